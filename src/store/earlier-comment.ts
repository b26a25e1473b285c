import type { CommentToInsert, Earlier } from '../core/comment/posting.ts';
import { ownComment } from './own-comment-store.ts';
import { toOwnComment } from './rows.ts';
import type { CommentRow } from './schema.ts';
import { type SQL, sql } from './sql.ts';
import { requestHashIn } from './trace-store.ts';

export type EarlierRow = CommentRow & { reason: string | null; request_hash: string | null };

/** A comment as its author may see it, with the hash of the request that it was made by, if it had a key. */
export function commentOf(request: Pick<CommentToInsert, 'siteId' | 'readerId' | 'idempotencyKey'>, id: SQL): SQL {
  const { siteId, readerId, idempotencyKey } = request;
  const hash = idempotencyKey === null ? sql`NULL` : requestHashIn('own', { readerId, idempotencyKey });
  return sql`SELECT own.*, ${hash} AS request_hash
    FROM (${ownComment(sql`c.site_id = ${siteId} AND c.id = (${id})`)}) own`;
}

export function toEarlier(row: EarlierRow): Earlier {
  return { comment: toOwnComment(row), requestHash: row.request_hash };
}
