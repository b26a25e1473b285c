import type { Body } from '../body/body.ts';
import { parseBody } from '../body/parse-body.ts';
import type { Context } from '../event/context.ts';
import type { Ids } from '../platform/ids.ts';
import { admitNetwork } from '../rate-limit/admit.ts';
import { LIMITS } from '../rate-limit/limits.ts';
import type { RateLimitLog } from '../rate-limit/rate-limit-log.ts';
import { ok, type Result } from '../result.ts';
import { cleanText } from '../text/clean.ts';
import { countGraphemes } from '../text/graphemes.ts';

/** The comment as it would be shown, by the same code that will store it. */
export async function previewComment(
  deps: { ids: Ids; rateLimits: RateLimitLog },
  context: Context,
  input: { body: string },
): Promise<Result<{ body: Body; graphemes: number }>> {
  const admitted = await admitNetwork(deps, context, LIMITS.previewByNetwork);
  if (!admitted.ok) return admitted;
  const source = cleanText(input.body).trim();
  return ok({ body: parseBody(source).body, graphemes: countGraphemes(source) });
}
