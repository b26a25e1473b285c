import { moderationModeOf } from '../../article/article.ts';
import type { Phase } from '../screening.ts';

/**
 * Trust is earned by one comment that a moderator approved. Approved, not posted or published: who counts any earlier
 * comment lets a rejected one, or one still waiting, open the door. After the phases about the text, whose reasons
 * say more, and which hold the comments of trusted readers too.
 */
export const firstComment: Phase = ({ article, site, reader }) =>
  moderationModeOf(article, site) === 'first-comment' && reader.approvedCount === 0
    ? { outcome: 'hold', detail: 'The reader has no approved comment yet.' }
    : { outcome: 'pass' };
