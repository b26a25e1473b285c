import { isVisible } from '../../../src/core/comment/comment-status.ts';
import type { FlagStore } from '../../../src/core/flag/flag-store.ts';
import { banAt } from '../../../src/core/reader/reader.ts';
import { eventsOn } from './events.ts';
import { countOrRefuse } from './limit-windows.ts';
import { isShownTo, standingOf } from './rows.ts';
import { commentIn, type Tables } from './tables.ts';

export function createFlagStore(tables: Tables): FlagStore {
  return {
    async flag(attempt, { articleKey, commentId, readerId, reason, note }) {
      const { siteId, now } = attempt;
      const refusal = countOrRefuse(tables, attempt);
      if (refusal !== null) return { outcome: 'limited', refusal };
      const { ban, banUntil } = banAt(standingOf(tables, siteId, readerId), now);
      if (ban === 'ban') return { outcome: 'banned', until: banUntil };
      const comment = commentIn(tables, siteId, commentId, articleKey);
      if (comment === undefined || !isShownTo(readerId, comment)) return { outcome: 'not-found' };
      // A report of a comment in the shadow, or by a reader in the shadow, is thanked for, and nothing is stored.
      if (!isVisible(comment.status) || ban === 'shadow-ban') return { outcome: 'done' };
      const lastEvent = eventsOn(tables, siteId, 'comment', commentId)[0]?.id ?? '';
      const earlier = tables.flags.findLast(
        (flag) => flag.siteId === siteId && flag.commentId === commentId && flag.readerId === readerId,
      );
      if (earlier === undefined || earlier.settledBy !== null) {
        const settledBy = null;
        tables.flags.push({ siteId, commentId, readerId, reason, note, createdAt: now, settledBy, lastEvent });
      } else if ((earlier.lastEvent ?? '') !== lastEvent) {
        Object.assign(earlier, { reason, note, createdAt: now, lastEvent });
      }
      return { outcome: 'done' };
    },
  };
}
