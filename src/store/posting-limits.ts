import { attemptToPost, type CommentToInsert } from '../core/comment/posting.ts';
import { lowestIdAt, timeOfId } from '../core/platform/sortable-id.ts';
import type { Refusal } from '../core/rate-limit/attempt.ts';
import { LIMITS, type Limit, limitFor } from '../core/rate-limit/limits.ts';
import { MILLIS_A_DAY } from '../core/rate-limit/network.ts';
import { hasRoom, type LimitWindowRow, refusalIn } from './limit-windows.ts';
import { type SQL, sql } from './sql.ts';

const MILLIS_A_MINUTE = 60_000;

const minuteOf = (at: number): number => Math.floor(at / MILLIS_A_MINUTE);

const { commentByReader } = LIMITS;

/** The most that a reader may post, and in which time. */
const BY_READER = {
  minute: { limit: commentByReader, count: commentByReader.count, windowSeconds: commentByReader.windowSeconds },
  day: { limit: commentByReader, count: commentByReader.aDay, windowSeconds: MILLIS_A_DAY / 1_000 },
};

/**
 * The id that has to leave the window before this reader's next comment may come; null while there is room. A comment
 * that is as old as the window, to the millisecond, has left it: `retryAt` is this moment.
 */
const readerBlocker = (
  { siteId, readerId, createdAt }: CommentToInsert,
  { count, windowSeconds }: Omit<Refusal, 'retryAt'>,
): SQL => sql`(SELECT id FROM comments INDEXED BY comments_by_reader
  WHERE site_id = ${siteId} AND reader_id = ${readerId} AND id >= ${lowestIdAt(createdAt - windowSeconds * 1_000 + 1)}
  ORDER BY id DESC LIMIT 1 OFFSET ${count - 1})`;

/** True while there is room in this minute by the row's own counter. A late one of the minute before counts in this one. */
const hasRoomIn = (table: SQL, limit: Limit, { createdAt, isStranger }: CommentToInsert): SQL =>
  sql`coalesce((SELECT minute_count FROM ${table} AND minute >= ${minuteOf(createdAt)}), 0)
    < ${limitFor(limit, isStranger).count}`;

const hasRoomInArticle = (comment: CommentToInsert): SQL => {
  const { siteId, articleKey } = comment;
  return hasRoomIn(sql`articles WHERE site_id = ${siteId} AND key = ${articleKey}`, LIMITS.commentByArticle, comment);
};

/** The same counter, one further. */
export function countInMinute(at: number): SQL {
  const minute = minuteOf(at);
  return sql`minute_count = iif(minute >= ${minute}, minute_count + 1, 1), minute = max(minute, ${minute})`;
}

/** True while no limit of reader, article, site and network is reached. */
export function hasRoomToPost(comment: CommentToInsert): SQL {
  return sql`coalesce(${readerBlocker(comment, BY_READER.minute)}, ${readerBlocker(comment, BY_READER.day)}) IS NULL
    AND ${hasRoomInArticle(comment)}
    AND ${hasRoomIn(sql`sites WHERE id = ${comment.siteId}`, LIMITS.commentBySite, comment)}
    AND ${hasRoom(attemptToPost(comment))}`;
}

export interface ReachedRow {
  minute_blocker: string | null;
  day_blocker: string | null;
  room_in_article: number;
}

/** The columns that tell the limits that are reached apart, but for those of the network. */
export function reachedColumns(comment: CommentToInsert): SQL {
  return sql`${readerBlocker(comment, BY_READER.minute)} AS minute_blocker,
    ${readerBlocker(comment, BY_READER.day)} AS day_blocker, ${hasRoomInArticle(comment)} AS room_in_article`;
}

const until = (id: string | null, window: Omit<Refusal, 'retryAt'>): Refusal | null =>
  id === null ? null : { ...window, retryAt: timeOfId(id) + window.windowSeconds * 1_000 };

const ceilingReached = (ceiling: Limit, { createdAt, isStranger }: CommentToInsert): Refusal => {
  const limit = limitFor(ceiling, isStranger);
  const { count, windowSeconds } = limit;
  return { limit, count, windowSeconds, retryAt: (minuteOf(createdAt) + 1) * MILLIS_A_MINUTE };
};

/** The limit that a refused comment met; of a reader's the one that lasts longer. */
export function limitReached(comment: CommentToInsert, reached: ReachedRow, windows: LimitWindowRow[]): Refusal {
  return (
    until(reached.day_blocker, BY_READER.day) ??
    until(reached.minute_blocker, BY_READER.minute) ??
    refusalIn(attemptToPost(comment), windows) ??
    ceilingReached(reached.room_in_article === 1 ? LIMITS.commentBySite : LIMITS.commentByArticle, comment)
  );
}
