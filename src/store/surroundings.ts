import { MAX_DEPTH } from '../core/comment/comment.ts';
import { ID_LENGTH } from '../core/platform/sortable-id.ts';
import type { ThreadComment } from '../core/thread/thread.ts';
import type { ThreadStore } from '../core/thread/thread-store.ts';
import { keyOf } from './article-key.ts';
import type { Database } from './database.ts';
import { fromThreadCommentJson, type ThreadCommentJson, threadCommentAsJson, toArticle, toSite } from './rows.ts';
import type { ArticleRow, SiteRow } from './schema.ts';
import { type SQL, sql } from './sql.ts';

interface CommentAddress {
  siteId: string;
  articleKey: string;
  id: string;
}

/** Each statement finds the comment anew, in table alias `me`, so that all of them go in one batch. */
const asked = ({ siteId, articleKey, id }: CommentAddress): SQL =>
  sql`me.site_id = ${siteId} AND me.id = ${id} AND me.article_key = ${keyOf(siteId, articleKey)} AND me.listed = 1`;

const versionAt = (address: CommentAddress): SQL => sql`
  SELECT a.key, a.version FROM comments me
  JOIN articles a ON a.site_id = me.site_id AND a.key = me.article_key WHERE ${asked(address)}`;

interface CommentCell {
  comment: string;
}

const toComment = ({ comment }: CommentCell): ThreadComment =>
  fromThreadCommentJson(JSON.parse(comment) as ThreadCommentJson);

const comment = sql`${threadCommentAsJson('c')} AS comment`;

/** The ids that a path can hold, as a list for IN; beyond its end they are empty and find nothing. */
const idsOfPath = sql.raw(
  Array.from({ length: MAX_DEPTH }, (_, step) => `substr(me.path, ${1 + step * ID_LENGTH}, ${ID_LENGTH})`).join(', '),
);

const ancestors = (address: CommentAddress): SQL => sql`
  SELECT ${comment} FROM comments me CROSS JOIN comments c
  WHERE ${asked(address)} AND me.depth > 0
    AND c.site_id = me.site_id AND c.id IN (me.root_id, ${idsOfPath}) AND c.id <> me.id
  ORDER BY c.depth`;

/** `~` sorts after every character of an id. A position outside of the subtree does not lead out of it. */
const below = (address: CommentAddress, { afterPath, limit }: { afterPath: string | null; limit: number }): SQL => sql`
  SELECT ${comment} FROM comments me CROSS JOIN comments c INDEXED BY comments_replies
  WHERE ${asked(address)} AND c.site_id = me.site_id AND c.root_id = me.root_id AND c.depth > 0 AND c.listed = 1
    AND c.path > max(me.path, ${afterPath ?? ''}) AND c.path < me.path || '~'
  ORDER BY c.path LIMIT ${limit}`;

/** The bound beyond which a neighbour lies: the id of a top-level comment, the path of a reply. */
const SIDES = {
  earlier: {
    topLevel: sql`c.id < beside.place`,
    reply: sql`c.path < beside.place AND c.path > beside.above`,
    order: sql`DESC`,
  },
  later: {
    topLevel: sql`c.id > beside.place`,
    reply: sql`c.path > beside.place || '~' AND c.path < beside.above || '~'`,
    order: sql`ASC`,
  },
};

/**
 * The nearest siblings on one side. Each is one seek from the one before it. Nothing below a reply is read: the next
 * path beyond it belongs to its neighbour or to a comment below that, and begins with the neighbour's own. The
 * recursion is never deeper than `count`, whatever is stored.
 */
const siblings = (address: CommentAddress, side: keyof typeof SIDES, count: number): SQL => {
  const { siteId, id } = address;
  const { topLevel, reply, order } = SIDES[side];
  return sql`
    WITH RECURSIVE beside (article_key, root_id, above, place) AS (
      SELECT article_key, root_id,
        CASE WHEN depth > 0 THEN substr(path, 1, length(path) - ${ID_LENGTH}) END,
        coalesce(nullif(path, ''), id)
      FROM comments me WHERE ${asked(address)}
      UNION ALL
      SELECT article_key, root_id, above, CASE WHEN above IS NULL THEN (
          SELECT c.id FROM comments c INDEXED BY comments_top_level
          WHERE c.site_id = ${siteId} AND c.article_key = beside.article_key AND c.depth = 0 AND c.listed = 1
            AND ${topLevel} ORDER BY c.id ${order} LIMIT 1)
        ELSE (
          SELECT substr(c.path, 1, length(beside.place)) FROM comments c INDEXED BY comments_replies
          WHERE c.site_id = ${siteId} AND c.root_id = beside.root_id AND c.depth > 0 AND c.listed = 1
            AND ${reply} ORDER BY c.path ${order} LIMIT 1) END
      FROM beside WHERE place IS NOT NULL LIMIT ${count + 1})
    SELECT ${comment} FROM beside CROSS JOIN comments c
    WHERE c.site_id = ${siteId} AND c.id = substr(beside.place, -${ID_LENGTH}) AND c.id <> ${id}
    ORDER BY c.id`;
};

/** The comments above, below and beside a comment. */
export function createSurroundingsStore(
  database: Database,
): Pick<ThreadStore, 'findVersionAt' | 'findPermalink' | 'findReplies'> {
  return {
    async findVersionAt(address) {
      const [row] = await database.all<{ version: number }>(versionAt(address));
      return row?.version ?? null;
    },

    async findPermalink({ replies: repliesShown, siblingsEachSide, ...address }) {
      const {
        here: [here],
        above,
        replies,
        earlier,
        later,
      } = await database.batch<{
        here: SiteRow & ArticleRow & CommentCell;
        above: CommentCell;
        replies: CommentCell;
        earlier: CommentCell;
        later: CommentCell;
      }>({
        here: sql`SELECT s.id, s.name, s.origins, s.settings, a.*, ${threadCommentAsJson('me')} AS comment
        FROM comments me JOIN sites s ON s.id = me.site_id
        JOIN articles a ON a.site_id = me.site_id AND a.key = me.article_key
        WHERE ${asked(address)}`,
        above: ancestors(address),
        replies: below(address, { afterPath: null, limit: repliesShown + 1 }),
        earlier: siblings(address, 'earlier', siblingsEachSide),
        later: siblings(address, 'later', siblingsEachSide),
      });
      if (here === undefined) return null;
      return {
        site: toSite(here),
        article: toArticle(here),
        comment: toComment(here),
        ancestors: above.map(toComment),
        replies: replies.slice(0, repliesShown).map(toComment),
        hasMore: replies.length > repliesShown,
        siblings: { earlier: earlier.map(toComment), later: later.map(toComment) },
      };
    },

    async findReplies({ afterPath, limit, ...address }) {
      const {
        at: [at],
        replies,
      } = await database.batch<{ at: { key: string; version: number }; replies: CommentCell }>({
        at: versionAt(address),
        replies: below(address, { afterPath, limit: limit + 1 }),
      });
      if (at === undefined) return null;
      return {
        articleKey: at.key,
        version: at.version,
        replies: replies.slice(0, limit).map(toComment),
        hasMore: replies.length > limit,
      };
    },
  };
}
