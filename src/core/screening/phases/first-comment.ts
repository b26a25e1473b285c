import { moderationInForce } from '../../article/article.ts';
import type { PhaseVerdict, Submission } from '../screening.ts';

/**
 * Trust is earned by one comment that a moderator approved. Approved, not posted or published: to count any earlier
 * comment would let a rejected one, or one still waiting, open the door. After the phases about the text, whose reasons
 * say more, and which hold the comments of trusted readers too.
 */
export function firstComment({ article, site, reader }: Submission): PhaseVerdict<'first-comment'> {
  return moderationInForce(article, site) === 'first-comment' && reader.approvedCount === 0
    ? { outcome: 'hold', signal: { phase: 'first-comment' } }
    : { outcome: 'pass' };
}
