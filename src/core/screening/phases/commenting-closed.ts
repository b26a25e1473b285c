import type { PhaseVerdict, Submission } from '../screening.ts';

/**
 * A closed thread takes nothing, whoever writes and whatever it says. First, because it costs nothing to know and
 * because a reader should not be told that a comment is too long where none can be posted.
 */
export function commentingClosed({ article }: Submission): PhaseVerdict<'commenting-closed'> {
  return article.commenting === 'closed'
    ? { outcome: 'refuse', problem: { reason: 'commenting-closed' } }
    : { outcome: 'pass' };
}
