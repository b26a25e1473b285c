import { lowestIdAt } from '../core/platform/sortable-id.ts';
import type { SameText } from '../core/screening/screening.ts';
import { keyOf } from './article-key.ts';
import type { CommentRow } from './schema.ts';
import { type SQL, sql } from './sql.ts';
import { hasTrace, tracedIds, traceOf } from './trace-store.ts';

/** The same text, by anybody and anywhere: two are a campaign, and a few more show its size. */
const SAME_TEXT_LIMIT = 4;

/** A reader's latest comments under the article in which the same text is looked for. */
const OWN_LIMIT = 10;

interface Text {
  siteId: string;
  articleKey: string;
  /** The comment that it answers; null at the top. */
  parentId: SQL | string | null;
  /** The comment that has the text before an edit; it is no repetition of itself. */
  editedId?: string;
  readerId: string;
  textHash: string;
  sameTextSince: number;
  now: number;
}

export type SameTextRow = Pick<CommentRow, 'id' | 'reader_id' | 'article_key' | 'parent_id' | 'created_at'>;

/**
 * Finds the same text by this reader under this article, in the same place rather than in others, even if many others
 * have posted it since.
 */
const sameTextHere = ({
  siteId,
  articleKey,
  readerId,
  textHash,
  sameTextSince,
  parentId,
  editedId = '',
}: Text): SQL => sql`
  SELECT id, reader_id, article_key, parent_id, created_at FROM (
    SELECT site_id, id, reader_id, article_key, parent_id, created_at FROM comments INDEXED BY comments_by_reader_and_article
    WHERE site_id = ${siteId} AND reader_id = ${readerId} AND article_key = ${keyOf(siteId, articleKey)} AND author_name <> ''
      AND id >= ${lowestIdAt(sameTextSince)} AND id <> ${editedId}
    ORDER BY id DESC LIMIT ${OWN_LIMIT}) own
  WHERE ${hasTrace('own', traceOf.text(textHash))}
  ORDER BY parent_id IS ${parentId} DESC LIMIT 1`;

const sameTextAnywhere = ({ siteId, textHash, sameTextSince, now, editedId = '' }: Text): SQL => {
  const alike = tracedIds({ siteId, trace: traceOf.text(textHash), since: sameTextSince, now });
  return sql`SELECT id, reader_id, article_key, parent_id, created_at FROM comments
    WHERE site_id = ${siteId} AND id IN (SELECT id FROM (${alike}) WHERE id <> ${editedId} LIMIT ${SAME_TEXT_LIMIT})`;
};

/** Finds the same text in both ways; one comment may be found by both. */
export function findSameText(text: Text): SQL {
  return sql`SELECT * FROM (${sameTextHere(text)}) UNION ALL ${sameTextAnywhere(text)}`;
}

export function toSameText(
  rows: SameTextRow[],
  { readerId, articleKey, parentId }: { readerId: string; articleKey: string; parentId: string | null },
): SameText[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()].map((row) => ({
    sameReader: row.reader_id === readerId,
    sameArticle: row.article_key === articleKey,
    sameParent: row.article_key === articleKey && row.parent_id === parentId,
    createdAt: row.created_at,
  }));
}
