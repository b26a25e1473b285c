import { type SQL, sql } from 'drizzle-orm';
import { type CommentStatus, TURNED_AWAY_STATUSES, VISIBLE_STATUSES } from '../core/comment/comment-status.ts';

/** Written out and not bound: a partial index is used only where the condition stands as the index has it. */
const listOf = (statuses: readonly CommentStatus[]): SQL => sql.raw(`('${statuses.join("', '")}')`);

export function visible(status: SQL): SQL {
  return sql`(${status} IN ${listOf(VISIBLE_STATUSES)})`;
}

export function turnedAway(status: SQL): SQL {
  return sql`(${status} IN ${listOf(TURNED_AWAY_STATUSES)})`;
}

/** Whether the row is a comment in the shadow by this reader, who sees it as published. */
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

/** What the answer is about: a comment in the shadow is answered to its author as if all could see it. */
export function shownTo({ siteId, articleKey, commentId, readerId }: Asked): SQL {
  return sql`site_id = ${siteId} AND id = ${commentId} AND article_key = ${articleKey}
    AND (${visible(sql`status`)} OR ${inShadowOf(readerId)})`;
}
