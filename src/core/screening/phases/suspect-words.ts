import type { Phase } from '../screening.ts';
import { findWordsInSubmission } from '../words-of-submission.ts';

/**
 * Words that are an insult in one sentence and a quotation in the next: only a person can tell. First of those that
 * hold, because it names what to look for, and a moderator reads the reasons in this order.
 */
export const suspectWords: Phase = (submission) => {
  const found = findWordsInSubmission(submission, submission.site.settings.suspectWords);
  return found.length === 0 ? { outcome: 'pass' } : { outcome: 'hold', detail: `Suspect words: ${found.join(', ')}.` };
};
