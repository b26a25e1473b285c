import { type SQL, sql } from 'drizzle-orm';

export function visible(status: SQL): SQL {
  return sql`(${status} IN ('approved', 'published'))`;
}

/** Whether the row is a comment in the shadow by this reader, who sees it as published. */
export function inShadowOf(readerId: string): SQL {
  return sql`(reader_id = ${readerId} AND status = 'rejected' AND shadowed = 1)`;
}

/** What the answer is about: a comment in the shadow is answered to its author as if all could see it. */
export function shownTo(siteId: string, commentId: string, readerId: string): SQL {
  return sql`site_id = ${siteId} AND id = ${commentId} AND (${visible(sql`status`)} OR ${inShadowOf(readerId)})`;
}
