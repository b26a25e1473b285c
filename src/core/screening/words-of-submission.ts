import { bodyLinks } from '../body/body-text.ts';
import { countStatementBytes } from '../text/bytes.ts';
import type { FoundWords, Submission } from './screening.ts';
import { findWords, findWordsWritten, type WordHit } from './words.ts';

/** An address spells letters as `%63` if its writer likes; one that is not well-formed is read as it stands. */
const readable = (address: string): string => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

/** More than letters of one word may have between them. */
const APART = '\n\n\n\n';

/**
 * Entries of a list in anything a reader would see or follow: the name, the text, and where the links lead. As written
 * is what was typed so: a word that comes about when markup or invisible characters are taken out is spelled otherwise.
 */
export function findWordsInSubmission(
  { authorName, typed, text, body }: Pick<Submission, 'authorName' | 'typed' | 'text' | 'body'>,
  words: readonly string[],
): WordHit[] {
  const links = bodyLinks(body).map(readable);
  const hits = findWords([authorName, text, ...links].join(APART), words);
  if (hits.every(({ differences }) => differences.length > 0)) return hits;
  const written = new Set(findWordsWritten(authorName + APART + typed, words).map(({ entry }) => entry));
  return hits.map((hit) =>
    hit.differences.length > 0 || written.has(hit.entry) ? hit : { ...hit, differences: ['hidden'] },
  );
}

/** Beyond these a moderator needs no further reason, and a row could not hold two whole lists. */
const MOST_WORDS = 20;
const MOST_WORD_BYTES = 2_000;

/** As many of the hits as are kept, those first that weigh more: they are there as written. */
const firstOf = (hits: readonly WordHit[]): WordHit[] => {
  const inOrder = hits.toSorted((a, b) => Math.sign(a.differences.length) - Math.sign(b.differences.length));
  let bytes = 0;
  const tooMany = inOrder.findIndex(({ entry }, n) => {
    bytes += countStatementBytes(JSON.stringify(entry));
    return n === MOST_WORDS || bytes > MOST_WORD_BYTES;
  });
  return tooMany === -1 ? inOrder : inOrder.slice(0, tooMany);
};

/** The facts about them that are kept with a comment. */

export function factsOf(hits: readonly WordHit[]): FoundWords {
  const kept = firstOf(hits);
  const otherwise = kept.filter(({ differences }) => differences.length > 0).map(({ entry }) => entry);
  const more = hits.length - kept.length;
  return {
    words: kept.map(({ entry }) => entry),
    ...(otherwise.length > 0 && { spelledOtherwise: otherwise }),
    ...(more > 0 && { more }),
  };
}
