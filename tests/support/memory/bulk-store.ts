import type { BulkStore } from '../../../src/core/comment/bulk-store.ts';
import { isVisible } from '../../../src/core/comment/comment-status.ts';
import type { FlagReason } from '../../../src/core/flag/flag-reason.ts';
import { articleIn, commentIn, type StoredComment, type Tables } from './tables.ts';

/** A comment that comes in bulk leaves no traces, and is in no shadow. */
const UNTRACED = {
  textHash: null,
  idempotencyKey: null,
  requestHash: null,
  network: null,
  shadowed: false,
  revision: 1,
  editedAt: null,
};

export function createBulkStore(tables: Tables): BulkStore {
  return {
    async insertComplete(siteId, comments) {
      const isThere = comments.some(({ id }) => commentIn(tables, siteId, id) !== undefined);
      if (isThere || new Set(comments.map(({ id }) => id)).size < comments.length) {
        throw new Error('a comment is there already');
      }
      for (const { flags, upVotes, downVotes, ...comment } of comments) {
        const broughtVotes = { up: upVotes, down: downVotes };
        tables.comments.push({ ...comment, ...UNTRACED, siteId, broughtVotes } satisfies StoredComment);
        for (const { reason, ...flag } of flags) {
          const known = reason as FlagReason;
          tables.flags.push({
            ...flag,
            reason: known,
            siteId,
            commentId: comment.id,
            settledBy: null,
            lastEvent: null,
          });
        }
      }
      const shown = comments.filter(({ status }) => isVisible(status));
      for (const key of new Set(shown.map(({ articleKey }) => articleKey))) {
        const article = articleIn(tables, siteId, key);
        if (article !== undefined) article.version += 1;
      }
    },
  };
}
