import { keptSource } from '../core/body/markdown-of.ts';
import { isVisible } from '../core/comment/comment-status.ts';
import {
  asInserted,
  attemptToPost,
  type CommentToInsert,
  type InsertOutcome,
  type PostingContext,
} from '../core/comment/posting.ts';
import type { PostingStore } from '../core/comment/posting-store.ts';
import { MILLIS_A_DAY } from '../core/rate-limit/network.ts';
import { isFree, keyOf } from './article-key.ts';
import { registerByPage } from './article-store.ts';
import type { Database } from './database.ts';
import { commentOf, type EarlierRow, toEarlier } from './earlier-comment.ts';
import { countAttempt, type LimitWindowRow, windowsRefusing } from './limit-windows.ts';
import { carryHoldOn, type SiteRowWithHold, siteWithHold } from './network-holds.ts';
import { nextVersion } from './next-version.ts';
import { insertLettersAboutPublished } from './outbox.ts';
import { countInMinute, hasRoomToPost, limitReached, type ReachedRow, reachedColumns } from './posting-limits.ts';
import { hourOf } from './ranking-store.ts';
import { type StandingRow, toSite, toStanding } from './rows.ts';
import { findSameText, type SameTextRow, toSameText } from './same-text.ts';
import type { ArticleRow, CommentRow } from './schema.ts';
import { type SQL, sql } from './sql.ts';
import { leaveTraces, slotStart, type Trace, tracedIds, traceOf } from './trace-store.ts';
import { inShadowOf, visible } from './visibility.ts';

type Sought = Parameters<PostingStore['loadPosting']>[0];

const MILLIS_A_MINUTE = 60_000;

/** The time for which a request with the same Idempotency-Key is the same request. */
const SAME_REQUEST_MILLIS = MILLIS_A_DAY;

/**
 * The id of this reader's comment with the same Idempotency-Key since then; none without a key. The trace of one that
 * went with its article may still be there.
 */
const madeWith = (
  { siteId, readerId, idempotencyKey }: Pick<CommentToInsert, 'siteId' | 'readerId' | 'idempotencyKey'>,
  since: number,
  now: number,
) => {
  if (idempotencyKey === null) return sql`SELECT NULL AS id WHERE 0`;
  const trace = traceOf.request(readerId, idempotencyKey);
  return sql`SELECT id FROM (${tracedIds({ siteId, trace, since: slotStart(since), now })}) traced
    WHERE EXISTS (SELECT 1 FROM comments WHERE site_id = ${siteId} AND id = traced.id)`;
};

/** The same for a comment on its way in: loadPosting has looked a day back, so only later ones are new. */
const madeMeanwhile = (comment: CommentToInsert): SQL =>
  madeWith(comment, comment.createdAt - MILLIS_A_MINUTE, comment.createdAt);

interface Guards {
  /** True when no comment has this Idempotency-Key yet. */
  isNew: SQL;
  open: SQL;
  parentShown: SQL;
}

const guardsOf = (comment: CommentToInsert): Guards => {
  const { siteId, articleKey, parentId, registerUrl } = comment;
  const article = sql`articles WHERE site_id = ${siteId} AND key = ${articleKey}`;
  // A comment in the shadow takes only replies in the shadow.
  const shown = comment.shadowed
    ? sql`(${visible(sql`status`)} OR ${inShadowOf(comment.readerId)})`
    : visible(sql`status`);
  return {
    // An article that this comment registers does not exist before the comment does.
    open:
      registerUrl === null
        ? sql`coalesce((SELECT commenting FROM ${article}), 'closed') = 'open'`
        : sql`coalesce((SELECT commenting FROM ${article}), 'open') = 'open' AND ${isFree(siteId, articleKey, sql`${articleKey}`)}`,
    parentShown:
      parentId === null
        ? sql`1`
        : sql`EXISTS (SELECT 1 FROM comments WHERE site_id = ${siteId} AND id = ${parentId} AND ${shown})`,
    isNew: sql`NOT EXISTS (${madeMeanwhile(comment)})`,
  };
};

/** The row goes in only while every guard holds at the same moment, which makes the limits exact. */
const insertGuarded = (comment: CommentToInsert, guards: Guards): SQL => {
  const isListed = isVisible(comment.status) ? 1 : 0;
  return sql`
    INSERT INTO comments (site_id, id, article_key, parent_id, root_id, depth, path, reader_id, author_name,
      author_email, body, source, text_hash, status, listed, shadowed, signals, created_at)
    SELECT ${comment.siteId}, ${comment.id}, ${comment.articleKey}, ${comment.parentId}, ${comment.rootId},
      ${comment.depth}, ${comment.path}, ${comment.readerId}, ${comment.authorName}, ${comment.authorEmail},
      ${JSON.stringify(comment.body)}, ${keptSource(comment.source, comment.body)}, '', ${comment.status}, ${isListed},
      ${comment.shadowed ? 1 : 0}, ${JSON.stringify(comment.signals)}, ${comment.createdAt}
    WHERE ${guards.isNew} AND ${guards.open} AND ${guards.parentShown} AND ${hasRoomToPost(comment)}
    RETURNING id`;
};

const tracesOf = ({ textHash, readerId, idempotencyKey, requestHash, network }: CommentToInsert): Trace[] => [
  { trace: traceOf.text(textHash) },
  { trace: traceOf.request(readerId, idempotencyKey), requestHash, network: network.today },
];

/** Writes the comment's traces, the article that it registers and every counter; nothing if it was not inserted. */
const followInserted = (comment: CommentToInsert): SQL[] => {
  const { siteId, articleKey, readerId, createdAt, registerUrl } = comment;
  const deed = {
    site: siteId,
    id: comment.id,
    actor: { kind: 'reader', id: readerId, name: null },
    now: createdAt,
  } as const;
  const inserted = sql`EXISTS (SELECT 1 FROM comments WHERE site_id = ${siteId} AND id = ${comment.id})`;
  const shown = isVisible(comment.status) ? 1 : 0;
  const turnedAway = comment.status === 'rejected' ? 1 : 0;
  const statements = [
    leaveTraces(comment, tracesOf(comment), inserted),
    countAttempt(attemptToPost(comment), inserted),
    ...(registerUrl === null ? [] : registerByPage(deed, articleKey, registerUrl, inserted)),
    sql`UPDATE articles SET comment_count = comment_count + ${shown}, version = ${shown === 1 ? nextVersion : sql`version`},
        ${countInMinute(createdAt)}
      WHERE site_id = ${siteId} AND key = ${articleKey} AND ${inserted}`,
    sql`UPDATE sites SET ${countInMinute(createdAt)} WHERE id = ${siteId} AND ${inserted}`,
    sql`INSERT INTO readers (site_id, id, comment_count, rejected_count, first_seen_at)
      SELECT ${siteId}, ${readerId}, 1, ${turnedAway}, ${createdAt} WHERE ${inserted}
      ON CONFLICT DO UPDATE SET comment_count = comment_count + 1,
        rejected_count = rejected_count + excluded.rejected_count`,
    sql`INSERT INTO site_counts (site_id, name, count)
      SELECT ${siteId}, ${comment.status}, 1 WHERE ${inserted}
      ON CONFLICT DO UPDATE SET count = count + 1`,
  ];
  if (comment.isNetworkHeld) statements.push(carryHoldOn(siteId, comment.network, createdAt));
  if (shown === 1) {
    statements.push(insertLettersAboutPublished(deed, sql`${comment.id}`, sql`WHERE ${inserted}`));
    statements.push(sql`INSERT INTO article_hours (site_id, hour, article_key, comment_count)
      SELECT ${siteId}, ${hourOf(createdAt)}, ${articleKey}, 1 WHERE ${inserted}
      ON CONFLICT DO UPDATE SET comment_count = comment_count + 1`);
  }
  if (shown === 1 && comment.depth > 0) {
    statements.push(sql`UPDATE comments SET reply_count = reply_count + 1
      WHERE site_id = ${siteId} AND id = ${comment.rootId} AND ${inserted}`);
  }
  return statements;
};

interface Refusal extends ReachedRow {
  open: number;
  parent_shown: number;
}

/** The reasons as they are a moment after the refusal, counted for the time of the comment, so that a window still reaches as far back. */
const whyRefused = (comment: CommentToInsert, { open, parentShown }: Guards): SQL => sql`
  SELECT ${open} AS open, ${parentShown} AS parent_shown, ${reachedColumns(comment)}`;

const toOutcome = (refusal: Refusal, comment: CommentToInsert, windows: LimitWindowRow[]): InsertOutcome => {
  if (refusal.open !== 1) return { outcome: 'closed' };
  if (refusal.parent_shown !== 1) return { outcome: 'parent-gone' };
  return { outcome: 'limited', refusal: limitReached(comment, refusal, windows) };
};

/** The rare answer has a round trip of its own, so that no post pays for the question. */
const refusedInsert = async (database: Database, comment: CommentToInsert, guards: Guards): Promise<InsertOutcome> => {
  const {
    earlier: [earlier],
    refused: [refusal],
    windows,
  } = await database.batch<{ earlier: EarlierRow; refused: Refusal; windows: LimitWindowRow }>({
    earlier: commentOf(comment, madeMeanwhile(comment)),
    refused: whyRefused(comment, guards),
    windows: windowsRefusing(attemptToPost(comment)),
  });
  if (earlier !== undefined) return { outcome: 'replayed', ...toEarlier(earlier) };
  if (refusal === undefined) throw new Error('a comment was neither inserted nor refused');
  return toOutcome(refusal, comment, windows);
};

/** The site, with what there is of the article and of the reader's standing in the same row: a statement costs more than it. */
type SceneRow = SiteRowWithHold & {
  [Column in 'key' | 'commenting']: ArticleRow[Column] | null;
} & { article_moderation: ArticleRow['moderation'] } & (StandingRow | { [Column in keyof StandingRow]: null });

const findScene = ({ siteId, articleKey, readerId, network, now }: Sought): SQL => sql`
  SELECT s.*, a.key, a.commenting, a.moderation AS article_moderation, r.approved_count, r.ban, r.ban_until
  FROM (${siteWithHold(siteId, network, now)}) s
  LEFT JOIN articles a ON a.site_id = s.id AND a.key = ${keyOf(siteId, articleKey)}
  LEFT JOIN readers r ON r.site_id = s.id AND r.id = ${readerId}`;

const findParent = (siteId: string, parentId: string): SQL => sql`
  SELECT id, root_id, depth, path, reader_id, status, shadowed, article_key FROM comments
  WHERE site_id = ${siteId} AND id = ${parentId}`;

const articleIn = ({ key, commenting, article_moderation: moderation }: SceneRow): PostingContext['article'] =>
  key === null || commenting === null ? null : { key, commenting, moderation };

const toParent = (row: CommentRow): PostingContext['parent'] => ({
  id: row.id,
  rootId: row.root_id,
  depth: row.depth,
  path: row.path,
  readerId: row.reader_id,
  status: row.status,
  shadowed: row.shadowed === 1,
  articleKey: row.article_key,
});

export function createPostingStore(database: Database): PostingStore {
  return {
    async loadPosting(query) {
      const { siteId, readerId, parentId, now } = query;
      const {
        scene: [scene],
        parent: [parent],
        sameText,
        earlier: [earlier],
      } = await database.batch<{ scene: SceneRow; parent: CommentRow; sameText: SameTextRow; earlier: EarlierRow }>({
        scene: findScene(query),
        parent: parentId === null ? [] : findParent(siteId, parentId),
        sameText: findSameText(query),
        earlier: query.idempotencyKey === null ? [] : commentOf(query, madeWith(query, now - SAME_REQUEST_MILLIS, now)),
      });
      const article = scene === undefined ? null : articleIn(scene);
      const articleKey = article?.key ?? query.articleKey;
      return {
        site: scene === undefined ? null : toSite(scene),
        article,
        parent: parent === undefined ? null : toParent(parent),
        reader: toStanding(scene?.ban == null ? undefined : scene),
        isNetworkHeld: scene?.is_held === 1,
        sameText: toSameText(sameText, { readerId, articleKey, parentId }),
        earlier: earlier === undefined ? null : toEarlier(earlier),
      };
    },

    async insert(comment) {
      const guards = guardsOf(comment);
      const { inserted } = await database.batch<{ inserted: { id: string } }>({
        inserted: insertGuarded(comment, guards),
        follow: followInserted(comment),
      });
      if (inserted.length === 0) return refusedInsert(database, comment, guards);
      return { outcome: 'inserted', comment: asInserted(comment), requestHash: comment.requestHash };
    },
  };
}
