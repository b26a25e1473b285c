import { isVisible } from '../../../src/core/comment/comment-status.ts';
import type { FlagStore } from '../../../src/core/flag/flag-store.ts';
import { countOrRefuse } from './limit-windows.ts';
import { isShownTo } from './rows.ts';
import { commentIn, type Tables } from './tables.ts';

export function createFlagStore(tables: Tables): FlagStore {
  return {
    async flag(attempt, { articleKey, commentId, readerId, reason, note }) {
      const { siteId, now } = attempt;
      const refusal = countOrRefuse(tables, attempt);
      if (refusal !== null) return { outcome: 'limited', refusal };
      const comment = commentIn(tables, siteId, commentId, articleKey);
      if (comment === undefined || !isShownTo(readerId, comment)) return { outcome: 'not-found' };
      const isNew = !tables.flags.some(
        (flag) => flag.siteId === siteId && flag.commentId === commentId && flag.readerId === readerId,
      );
      // An author who reports a comment in the shadow reads the usual thanks, and no report is stored.
      if (isNew && isVisible(comment.status)) {
        tables.flags.push({ siteId, commentId, readerId, reason, note, createdAt: now, settledBy: null });
      }
      return { outcome: 'done' };
    },
  };
}
