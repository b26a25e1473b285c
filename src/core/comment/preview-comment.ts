import type { Body } from '../body/body.ts';
import { parseBody } from '../body/parse-body.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import { admit } from '../rate-limit/admit.ts';
import { LIMITS } from '../rate-limit/limits.ts';
import type { RateLimitLog } from '../rate-limit/rate-limit-log.ts';
import { ok, type Result } from '../result.ts';
import { cleanText } from '../text/clean.ts';
import { countGraphemes } from '../text/graphemes.ts';

/** The comment as it would be shown, by the same code that will store it. */
export async function previewComment(
  deps: { clock: Clock; ids: Ids; rateLimits: RateLimitLog },
  input: { networkKey: string; body: string },
): Promise<Result<{ body: Body; graphemes: number }>> {
  const now = deps.clock.now();
  const attempt = { limit: LIMITS.previewByNetwork, actorKey: input.networkKey, mark: deps.ids.sortable(now), now };
  const admitted = await admit(deps, attempt);
  if (!admitted.ok) return admitted;
  const source = cleanText(input.body).trim();
  return ok({ body: parseBody(source).body, graphemes: countGraphemes(source) });
}
