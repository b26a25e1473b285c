import { textFingerprintSource } from '../../text/fold.ts';
import { countGraphemes } from '../../text/graphemes.ts';
import type { PhaseVerdict, Submission } from '../screening.ts';

/** The time for which the same text counts as a repetition. */
export const REMEMBERED_MS = 24 * 60 * 60 * 1_000;

/** "Thank you" and "well said" are written to many people every day; a campaign needs a sentence. */
const MIN_LETTERS = 12;

/** One other comment with the same words is chance, a quotation or thanks to two people; this many are a campaign. */
const MIN_OTHERS = 2;

const isShort = (text: string): boolean => countGraphemes(textFingerprintSource(text)) < MIN_LETTERS;

/**
 * The same words again. A short text is nobody's property. A longer one by the same reader in answer to the same comment
 * (or at the top of the same article) is a second press of the button, and is refused. By one reader under several
 * articles, more than twice under one, or by several readers, it is what campaigns look like, and a moderator decides.
 * Before the ban, because a shadow-banned reader must be refused what everybody is, and so before anything that is
 * stored.
 */
export function repeatedText({ now, sameText, text }: Submission): PhaseVerdict<'repeated-text'> {
  const recent = sameText.filter(({ createdAt }) => now - createdAt <= REMEMBERED_MS);
  if (recent.length === 0 || isShort(text)) return { outcome: 'pass' };
  const own = recent.filter(({ sameReader }) => sameReader);
  if (own.some(({ sameArticle, sameParent }) => sameArticle && sameParent)) {
    return { outcome: 'refuse', problem: { reason: 'repeated-text' } };
  }
  if (own.some(({ sameArticle }) => !sameArticle) || own.length >= MIN_OTHERS) {
    return { outcome: 'hold', signal: { phase: 'repeated-text', by: 'same-reader', comments: own.length } };
  }
  const others = recent.length - own.length;
  if (others >= MIN_OTHERS) {
    return { outcome: 'hold', signal: { phase: 'repeated-text', by: 'others', comments: others } };
  }
  return { outcome: 'pass' };
}
