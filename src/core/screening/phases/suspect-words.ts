import type { PhaseVerdict, Submission } from '../screening.ts';
import { factsOf, findWordsInSubmission } from '../words-of-submission.ts';

/**
 * Words that are an insult in one sentence and a quotation in the next: only a person can tell. First of those that
 * hold, because it names what to look for, and a moderator reads the reasons in this order.
 */
export function suspectWords(submission: Submission): PhaseVerdict<'suspect-words'> {
  const hits = findWordsInSubmission(submission, submission.site.settings.suspectWords);
  return hits.length === 0
    ? { outcome: 'pass' }
    : { outcome: 'hold', signal: { phase: 'suspect-words', ...factsOf(hits) } };
}
