import { isVisible } from '../../../src/core/comment/comment-status.ts';
import type { TopLevelComment } from '../../../src/core/thread/thread.ts';
import type { ThreadStore } from '../../../src/core/thread/thread-store.ts';
import { isListed, scoreOf } from './counts.ts';
import { toArticle, toSite, toThreadComment } from './rows.ts';
import { articleIn, byText, commentIn, type StoredComment, siteIn, type Tables } from './tables.ts';

interface Place {
  siteId: string;
  articleKey: string;
  id: string;
}

const listedAt = (tables: Tables, { siteId, articleKey, id }: Place): StoredComment | undefined => {
  const comment = commentIn(tables, siteId, id, articleKey);
  return comment !== undefined && isListed(tables, comment) ? comment : undefined;
};

/** The replies below a comment, in the order of the tree. */
const repliesTo = (tables: Tables, { siteId, id, rootId, path }: StoredComment): StoredComment[] =>
  tables.comments
    .filter((other) => other.siteId === siteId && other.rootId === rootId && other.depth > 0 && other.id !== id)
    .filter((other) => other.path.startsWith(path) && isListed(tables, other))
    .sort((a, b) => byText(a.path, b.path));

const ancestorsOf = (tables: Tables, comment: StoredComment): StoredComment[] => {
  const parent = comment.parentId === null ? undefined : commentIn(tables, comment.siteId, comment.parentId);
  return parent === undefined ? [] : [...ancestorsOf(tables, parent), parent];
};

export function createThreadStore(tables: Tables): ThreadStore {
  return {
    async findVersion(siteId, articleKey) {
      return articleIn(tables, siteId, articleKey)?.version ?? null;
    },

    async findPage({ siteId, articleKey, sort, limit, repliesEach, after }) {
      const article = articleIn(tables, siteId, articleKey);
      const orders = {
        newest: (a: Placed, b: Placed) => byText(b.id, a.id),
        oldest: (a: Placed, b: Placed) => byText(a.id, b.id),
        top: (a: Placed, b: Placed) => b.score - a.score || byText(b.id, a.id),
      };
      type Placed = { id: string; score: number };
      const rest = tables.comments
        .filter((one) => one.siteId === siteId && one.articleKey === articleKey && one.depth === 0)
        .filter((comment) => isListed(tables, comment))
        .map((comment) => ({ comment, id: comment.id, score: scoreOf(tables, comment) }))
        .filter((placed) => after === null || orders[sort](placed, after) > 0)
        .sort(orders[sort]);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      return {
        site: toSite(siteIn(tables, siteId)),
        article: article === undefined ? null : toArticle(tables, article),
        comments: page.map(({ comment }): TopLevelComment => {
          const replies = repliesTo(tables, comment);
          return {
            comment: toThreadComment(tables, comment),
            replies: replies.slice(0, repliesEach).map((reply) => toThreadComment(tables, reply)),
            hasMoreReplies: replies.length > repliesEach,
          };
        }),
        next: rest.length > limit && last !== undefined ? { id: last.id, score: last.score } : null,
      };
    },

    async findNewest({ siteId, articleKey, limit }) {
      const article = articleIn(tables, siteId, articleKey);
      if (article === undefined) return { article: null, comments: [] };
      const newest = tables.comments
        .filter((one) => one.siteId === siteId && one.articleKey === article.key && isVisible(one.status))
        .sort((a, b) => byText(b.id, a.id))
        .slice(0, limit);
      return {
        article: toArticle(tables, article),
        comments: newest.map((comment) => toThreadComment(tables, comment)),
      };
    },

    async findVersionAt(place) {
      return listedAt(tables, place) === undefined
        ? null
        : (articleIn(tables, place.siteId, place.articleKey)?.version ?? null);
    },

    async findPermalink({ replies: repliesShown, siblingsEachSide, ...place }) {
      const me = listedAt(tables, place);
      const site = toSite(siteIn(tables, place.siteId));
      const article = articleIn(tables, place.siteId, place.articleKey);
      if (me === undefined || site === null || article === undefined) return null;
      const shown = (comments: StoredComment[]) => comments.map((comment) => toThreadComment(tables, comment));
      const replies = repliesTo(tables, me);
      const siblings = tables.comments
        .filter((one) => one.siteId === me.siteId && one.articleKey === me.articleKey && one.parentId === me.parentId)
        .filter((comment) => isListed(tables, comment))
        .sort((a, b) => byText(a.id, b.id));
      const at = siblings.indexOf(me);
      return {
        site,
        article: toArticle(tables, article),
        comment: toThreadComment(tables, me),
        ancestors: shown(ancestorsOf(tables, me)),
        replies: shown(replies.slice(0, repliesShown)),
        hasMore: replies.length > repliesShown,
        siblings: {
          earlier: shown(siblings.slice(Math.max(0, at - siblingsEachSide), at)),
          later: shown(siblings.slice(at + 1, at + 1 + siblingsEachSide)),
        },
      };
    },

    async findReplies({ afterPath, limit, ...place }) {
      const me = listedAt(tables, place);
      const article = articleIn(tables, place.siteId, place.articleKey);
      if (me === undefined || article === undefined) return null;
      const rest = repliesTo(tables, me).filter(({ path }) => afterPath === null || path > afterPath);
      return {
        articleKey: article.key,
        version: article.version,
        replies: rest.slice(0, limit).map((reply) => toThreadComment(tables, reply)),
        hasMore: rest.length > limit,
      };
    },
  };
}
