import type { OwnCommentStore } from '../../../src/core/comment/own-comment-store.ts';
import { isListed } from './counts.ts';
import { eventsOn } from './events.ts';
import { countOrRefuse } from './limit-windows.ts';
import { carryHoldOn, isNetworkHeld } from './network-holds.ts';
import { standingOf, toArticle, toOwnComment, toSite } from './rows.ts';
import { sameTextAs } from './same-text.ts';
import { changeStatuses } from './status-changes.ts';
import { articleIn, byText, commentIn, siteIn, type Tables } from './tables.ts';

const MINE_LIMIT = 50;

export function createOwnCommentStore(tables: Tables): OwnCommentStore {
  return {
    async findMine(siteId, articleKey, readerId) {
      const isMine = (one: { siteId: string; articleKey: string; readerId: string }) =>
        one.siteId === siteId && one.articleKey === articleKey && one.readerId === readerId;
      const own = tables.comments.filter((comment) => isMine(comment) && comment.authorName !== '');
      const newest = own.sort((a, b) => byText(b.id, a.id)).slice(0, MINE_LIMIT);
      return {
        site: toSite(siteIn(tables, siteId)),
        comments: newest.map((comment) => toOwnComment(tables, comment)),
        votes: new Map(tables.votes.filter(isMine).map(({ commentId, value }) => [commentId, value])),
      };
    },

    async findOwn(attempt, { articleKey, id, readerId, text }) {
      const { siteId } = attempt;
      const comment = commentIn(tables, siteId, id, articleKey);
      const refusal = comment?.readerId === readerId ? countOrRefuse(tables, attempt) : null;
      if (refusal !== null) return { refusal };
      carryHoldOn(tables, siteId, attempt.network, attempt.now);
      const [site, article] = [toSite(siteIn(tables, siteId)), articleIn(tables, siteId, articleKey)];
      if (comment === undefined || site === null || article === undefined) return { found: null };
      if (comment.readerId !== readerId) return { found: null };
      const found = {
        comment: toOwnComment(tables, comment),
        site,
        article: toArticle(tables, article),
        reader: standingOf(tables, siteId, readerId),
        isNetworkHeld: isNetworkHeld(tables, siteId, attempt.network, attempt.now),
        signals: [...comment.signals],
        lastEventId: eventsOn(tables, siteId, 'comment', id)[0]?.id ?? null,
        sameText:
          text === null
            ? []
            : sameTextAs(tables, { siteId, articleKey, parentId: comment.parentId, readerId, ...text }, id),
      };
      return { found };
    },

    async edit(deed, { articleKey, id, from, to, revision, textHashBefore, textHash, ...text }) {
      const changes = [{ id, articleKey, from, to, revision }];
      const changed = changeStatuses(tables, deed, { verb: 'comment.edited', reason: '', changes });
      const comment = commentIn(tables, deed.site, id, articleKey);
      if (comment === undefined || !changed.has(id)) return null;
      // A changed text is found by its new words alone; one whose trace is deleted already gets no new one.
      if (comment.textHash === textHashBefore) comment.textHash = textHash;
      Object.assign(comment, text, { revision: revision + 1, editedAt: deed.now });
      const article = articleIn(tables, deed.site, articleKey);
      if (article !== undefined && isListed(tables, comment)) article.version += 1;
      return toOwnComment(tables, comment);
    },

    async erase(deed, { articleKey, id, from, revision }) {
      const changes = [{ id, articleKey, from, to: 'deleted' as const, revision }];
      const changed = changeStatuses(tables, deed, { verb: 'comment.deleted', reason: '', changes });
      const comment = commentIn(tables, deed.site, id, articleKey);
      if (comment === undefined || !changed.has(id)) return false;
      const nothing = { body: [], source: '', textHash: null, authorName: '', authorEmail: null, signals: [] };
      Object.assign(comment, nothing, { revision: revision + 1 });
      return true;
    },
  };
}
