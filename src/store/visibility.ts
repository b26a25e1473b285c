import { type SQL, sql } from 'drizzle-orm';

export function visible(status: SQL): SQL {
  return sql`(${status} IN ('approved', 'published'))`;
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
