import type { Clock, Ids, RateLimitLog } from '../ports.ts';
import { admit } from '../rate-limit/admit.ts';
import { LIMITS } from '../rate-limit/limits.ts';
import { ok, type Result } from '../result.ts';
import { cleanText } from '../text/clean.ts';
import { countGraphemes } from '../text/graphemes.ts';
import type { Body } from './body.ts';
import { parseBody } from './parse-body.ts';

/** The comment as it would be shown, by the same code that will store it. */
export const previewComment = async (
  deps: { clock: Clock; ids: Ids; rateLimits: RateLimitLog },
  input: { networkKey: string; body: string },
): Promise<Result<{ body: Body; graphemes: number }>> => {
  const now = deps.clock.now();
  const attempt = { limit: LIMITS.previewByNetwork, actorKey: input.networkKey, mark: deps.ids.sortable(now), now };
  const admitted = await admit(deps, attempt);
  if (!admitted.ok) return admitted;
  const source = cleanText(input.body).trim();
  return ok({ body: parseBody(source).body, graphemes: countGraphemes(source) });
};
