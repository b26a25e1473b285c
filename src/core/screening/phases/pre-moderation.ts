import { moderationModeOf } from '../../article/article.ts';
import type { Phase } from '../screening.ts';

/**
 * Under this article every comment waits for a moderator. Last, because it says nothing about the comment: the reasons
 * that do must have been collected before it.
 */
export const preModeration: Phase = ({ article, site }) =>
  moderationModeOf(article, site) === 'pre'
    ? { outcome: 'hold', detail: 'Every comment under this article is approved first.' }
    : { outcome: 'pass' };
