import { ok, type Result, refuse } from '../result.ts';
import { cleanLine } from '../text/clean.ts';
import { countGraphemes } from '../text/graphemes.ts';

/** Longer names push the time and the buttons off a phone's line. */
export const MAX_NAME_GRAPHEMES = 60;

/** The name belongs to the comment, not to the reader: the same guest may sign differently. */
export function readAuthorName(raw: string): Result<string> {
  const name = cleanLine(raw);
  const refused = (message: string) => refuse({ reason: 'invalid-input', errors: [{ field: 'authorName', message }] });
  if (!/[\p{L}\p{N}]/u.test(name)) return refused('Write a name with at least one letter or digit.');
  if (countGraphemes(name) > MAX_NAME_GRAPHEMES) return refused(`A name has at most ${MAX_NAME_GRAPHEMES} characters.`);
  return ok(name);
}
