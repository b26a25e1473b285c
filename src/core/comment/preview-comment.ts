import type { Body } from '../body/body.ts';
import { parseBody } from '../body/parse-body.ts';
import type { Context } from '../event/context.ts';
import { admitBurst } from '../rate-limit/admit.ts';
import type { Bursts } from '../rate-limit/bursts.ts';
import { ok, type Result } from '../result.ts';
import { cleanText } from '../text/clean.ts';
import { countGraphemes } from '../text/graphemes.ts';

/** The comment as it would be shown, by the same code that will store it. */
export async function previewComment(
  deps: { bursts: Bursts },
  context: Context,
  input: { body: string },
): Promise<Result<{ body: Body; graphemes: number }>> {
  const admitted = await admitBurst(deps, context, 'preview');
  if (!admitted.ok) return admitted;
  const source = cleanText(input.body).trim();
  return ok({ body: parseBody(source).body, graphemes: countGraphemes(source) });
}
