import { moderationInForce } from '../../article/article.ts';
import type { PhaseVerdict, Submission } from '../screening.ts';

/**
 * Under this article every comment waits for a moderator. Last, because it says nothing about the comment: the reasons
 * that do must have been collected before it.
 */
export function preModeration({ article, site }: Submission): PhaseVerdict<'pre-moderation'> {
  return moderationInForce(article, site) === 'pre'
    ? { outcome: 'hold', signal: { phase: 'pre-moderation' } }
    : { outcome: 'pass' };
}
