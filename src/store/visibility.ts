import { type CommentStatus, TURNED_AWAY_STATUSES, VISIBLE_STATUSES } from '../core/comment/comment-status.ts';
import { keyOf } from './article-key.ts';
import { type SQL, sql } from './sql.ts';

/** The statuses are written out and not bound: SQLite uses a partial index only for its literal condition. */
const listOf = (statuses: readonly CommentStatus[]): SQL => sql.raw(`('${statuses.join("', '")}')`);

export function visible(status: SQL): SQL {
  return sql`(${status} IN ${listOf(VISIBLE_STATUSES)})`;
}

export function turnedAway(status: SQL): SQL {
  return sql`(${status} IN ${listOf(TURNED_AWAY_STATUSES)})`;
}

/** True when the row is a comment in the shadow by this reader, who sees it as published. */
export function inShadowOf(readerId: string): SQL {
  return sql`(reader_id = ${readerId} AND status = 'rejected' AND shadowed = 1)`;
}

/** One comment, as one reader asks for it. */
export interface Asked {
  siteId: string;
  articleKey: string;
  commentId: string;
  readerId: string;
}

/** The comment asked for, if the reader sees it: its author sees a comment in the shadow as if all could. */
export function shownTo({ siteId, articleKey, commentId, readerId }: Asked): SQL {
  return sql`site_id = ${siteId} AND id = ${commentId} AND article_key = ${keyOf(siteId, articleKey)}
    AND (${visible(sql`status`)} OR ${inShadowOf(readerId)})`;
}
