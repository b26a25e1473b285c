import { textFingerprintSource } from '../../text/fold.ts';
import type { PhaseVerdict, Submission } from '../screening.ts';

/** The time for which the same text counts as a repetition. */
export const REMEMBERED_MS = 24 * 60 * 60 * 1_000;

/** "Thank you" and "well said" are written by many people every day; a campaign needs a sentence. */
const MIN_LETTERS = 12;

/** One other comment with the same words is chance or a quotation; this many are a campaign. */
const MIN_OTHERS = 2;

/**
 * The same words again: by the same reader under the same article it is a second press of the button or flooding, and
 * is refused; from one reader under several articles, or from several readers, it is what campaigns look like, and a
 * moderator decides. Before the ban, because a shadow-banned reader must be refused what everybody is, and so before
 * anything that is stored.
 */
export function repeatedText({ now, sameText, text }: Submission): PhaseVerdict<'repeated-text'> {
  const recent = sameText.filter(({ createdAt }) => now - createdAt <= REMEMBERED_MS);
  if (recent.some(({ sameReader, sameArticle }) => sameReader && sameArticle)) {
    return { outcome: 'refuse', problem: { reason: 'repeated-text' } };
  }
  if ([...textFingerprintSource(text)].length < MIN_LETTERS) return { outcome: 'pass' };
  const own = recent.filter(({ sameReader }) => sameReader).length;
  if (own > 0) return { outcome: 'hold', signal: { phase: 'repeated-text', by: 'same-reader', comments: own } };
  const others = recent.length;
  if (others >= MIN_OTHERS) {
    return { outcome: 'hold', signal: { phase: 'repeated-text', by: 'others', comments: others } };
  }
  return { outcome: 'pass' };
}
