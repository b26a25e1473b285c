import { bodyLinks } from '../body/body-text.ts';
import type { Submission } from './screening.ts';
import { findWords } from './words.ts';

/** An address spells letters as `%63` if its writer likes; one that is not well-formed is read as it stands. */
const readable = (address: string): string => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

/** Entries of a list in anything a reader would see or follow: the name, the text, and where the links lead. */
export function findWordsInSubmission(submission: Submission, words: readonly string[]): string[] {
  const links = bodyLinks(submission.body).map(readable);
  return findWords([submission.authorName, submission.text, ...links].join('\n\n'), words);
}
