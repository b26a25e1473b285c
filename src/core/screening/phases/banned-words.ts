import type { PhaseVerdict, Submission } from '../screening.ts';
import { factsOf, findWordsInSubmission } from '../words-of-submission.ts';

/**
 * Words the publisher never wants to see: no moderator need spend time on them. It rejects and does not refuse, so that
 * the comment is there when the list turns out to be wrong. Only an entry as written rejects: whether `c4sino` is one
 * spelled otherwise is for a person to say, and an innocent word is never turned away. Before all that hold, because a
 * rejection settles it.
 */
export function bannedWords(submission: Submission): PhaseVerdict<'banned-words'> {
  const hits = findWordsInSubmission(submission, submission.site.settings.bannedWords);
  if (hits.length === 0) return { outcome: 'pass' };
  const isWritten = hits.some(({ differences }) => differences.length === 0);
  return { outcome: isWritten ? 'reject' : 'hold', signal: { phase: 'banned-words', ...factsOf(hits) } };
}
