import { parseBody } from '../body/parse-body.ts';
import type { Hashing } from '../platform/hashing.ts';
import { cleanText } from '../text/clean.ts';
import { textFingerprintSource } from '../text/fold.ts';
import { type OwnComment, ownStatus } from './own-comment.ts';

/** A reader's text, ready to be screened: cleaned source, tree, plain text, and the hash that finds it again. */
export async function readSource(deps: { hashing: Hashing }, siteId: string, raw: string) {
  const source = cleanText(raw).trim();
  const { body, text } = parseBody(source);
  // A text of emoji alone has no letters to compare, so it is compared as it stands.
  const textHash = await deps.hashing.text(siteId, textFingerprintSource(text) || text);
  return { source, body, text, textHash };
}

const MILLIS_A_MINUTE = 60_000;

/** The end of the time in which the author may change or delete it, in epoch milliseconds; null when there is none. */
export function editableUntil(
  comment: Pick<OwnComment, 'createdAt' | 'status' | 'shadowed'>,
  settings: { editWindowMinutes: number },
): number | null {
  const status = ownStatus(comment);
  const isOpen = status === 'pending' || status === 'published';
  return isOpen ? comment.createdAt + settings.editWindowMinutes * MILLIS_A_MINUTE : null;
}
