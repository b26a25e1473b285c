import type { PhaseVerdict, Submission } from '../screening.ts';
import { findWordsInSubmission } from '../words-of-submission.ts';

/**
 * Words the publisher never wants to see: no moderator need spend time on them. It rejects and does not refuse, so that
 * the comment is there when the list turns out to be wrong. Before all that hold, because a rejection settles it.
 */
export function bannedWords(submission: Submission): PhaseVerdict<'banned-words'> {
  const words = findWordsInSubmission(submission, submission.site.settings.bannedWords);
  return words.length === 0 ? { outcome: 'pass' } : { outcome: 'reject', signal: { phase: 'banned-words', words } };
}
