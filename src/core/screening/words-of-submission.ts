import { bodyLinks } from '../body/body-text.ts';
import type { Submission } from './screening.ts';
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

/** The facts that are kept with a comment: every entry, and those of them that are nowhere as written. */
export function factsOf(hits: readonly WordHit[]): { words: string[]; spelledOtherwise?: string[] } {
  const otherwise = hits.filter(({ differences }) => differences.length > 0).map(({ entry }) => entry);
  return { words: hits.map(({ entry }) => entry), ...(otherwise.length > 0 && { spelledOtherwise: otherwise }) };
}
