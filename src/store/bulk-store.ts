import type { BulkStore, CompleteComment } from '../core/comment/bulk-store.ts';
import { isTurnedAway, isVisible } from '../core/comment/comment-status.ts';
import { ID_LENGTH } from '../core/platform/sortable-id.ts';
import { COMMENT_ROW_COLUMNS, commentRow } from './comment-row.ts';
import type { Database } from './database.ts';
import { nextVersion } from './next-version.ts';
import { hourOf } from './ranking-store.ts';
import { type SQL, sql } from './sql.ts';
import { visible } from './visibility.ts';

/** The ids that stand above a comment, the top-level one first. */
const ancestorsOf = ({ depth, rootId, path }: CompleteComment): string[] =>
  Array.from({ length: depth }, (_, step) =>
    step === 0 ? rootId : path.slice((step - 1) * ID_LENGTH, step * ID_LENGTH),
  );

/** The number of comments with each key. */
const tally = (comments: CompleteComment[], keyOf: (comment: CompleteComment) => string): [string, number][] => {
  const counts = new Map<string, number>();
  for (const comment of comments) counts.set(keyOf(comment), (counts.get(keyOf(comment)) ?? 0) + 1);
  return [...counts];
};

const insertRows = (siteId: string, comments: CompleteComment[]): SQL => {
  const rows = comments.map(({ flags, ...comment }) =>
    commentRow({ ...comment, flagCount: flags.length, listed: isVisible(comment.status), replyCount: 0 }),
  );
  const values = COMMENT_ROW_COLUMNS.map((_, column) => `value ->> ${column}`).join(', ');
  return sql`INSERT INTO comments (site_id, ${sql.raw(COMMENT_ROW_COLUMNS.join(', '))})
    SELECT ${siteId}, ${sql.raw(values)} FROM json_each(${JSON.stringify(rows)})`;
};

const insertFlags = (siteId: string, comments: CompleteComment[]): SQL => {
  const rows = comments.flatMap(({ id, flags }) =>
    flags.map(({ readerId, reason, note, createdAt }) => [id, readerId, reason, note, createdAt]),
  );
  return sql`INSERT INTO flags (site_id, comment_id, reader_id, reason, note, created_at)
    SELECT ${siteId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
    FROM json_each(${JSON.stringify(rows)})`;
};

const countReaders = (siteId: string, comments: CompleteComment[]): SQL => {
  const rows = comments.map(({ readerId, status, createdAt }) => [readerId, isTurnedAway(status) ? 1 : 0, createdAt]);
  return sql`INSERT INTO readers (site_id, id, comment_count, rejected_count, first_seen_at)
    SELECT ${siteId}, value ->> 0, count(*), sum(value ->> 1), min(value ->> 2)
    FROM json_each(${JSON.stringify(rows)}) WHERE true GROUP BY 2
    ON CONFLICT DO UPDATE SET comment_count = comment_count + excluded.comment_count,
      rejected_count = rejected_count + excluded.rejected_count,
      first_seen_at = min(first_seen_at, excluded.first_seen_at)`;
};

const countStatuses = (siteId: string, comments: CompleteComment[]): SQL => {
  const reported = comments.filter(({ flags }) => flags.length > 0);
  const counts = [...tally(comments, ({ status }) => status), ...tally(reported, () => 'reported')];
  return sql`INSERT INTO site_counts (site_id, name, count)
    SELECT ${siteId}, value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(counts)}) WHERE true
    ON CONFLICT DO UPDATE SET count = count + excluded.count`;
};

/** Counts visible comments for the article, its hour and the top-level comment, and lists the tombstones above. */
const countShown = (siteId: string, shown: CompleteComment[]): SQL[] => {
  const byArticle = JSON.stringify(tally(shown, ({ articleKey }) => articleKey));
  const byHour = tally(shown, ({ articleKey, createdAt }) => JSON.stringify([hourOf(createdAt), articleKey]));
  const byRoot = JSON.stringify(
    tally(
      shown.filter(({ depth }) => depth > 0),
      ({ rootId }) => rootId,
    ),
  );
  const above = JSON.stringify([...new Set(shown.flatMap(ancestorsOf))]);
  return [
    sql`UPDATE articles SET comment_count = comment_count + (more.value ->> 1), version = ${nextVersion}
      FROM json_each(${byArticle}) more
      WHERE articles.site_id = ${siteId} AND articles.key IN (SELECT value ->> 0 FROM json_each(${byArticle}))
        AND articles.key = more.value ->> 0`,
    sql`INSERT INTO article_hours (site_id, hour, article_key, comment_count)
      SELECT ${siteId}, json_extract(value ->> 0, '$[0]'), json_extract(value ->> 0, '$[1]'), value ->> 1
      FROM json_each(${JSON.stringify(byHour)}) WHERE true
      ON CONFLICT DO UPDATE SET comment_count = comment_count + excluded.comment_count`,
    sql`UPDATE comments SET reply_count = reply_count + (more.value ->> 1) FROM json_each(${byRoot}) more
      WHERE comments.site_id = ${siteId} AND comments.id IN (SELECT value ->> 0 FROM json_each(${byRoot}))
        AND comments.id = more.value ->> 0`,
    sql`UPDATE comments SET listed = 1
      WHERE site_id = ${siteId} AND id IN (SELECT value FROM json_each(${above}))
        AND listed = 0 AND NOT ${visible(sql`status`)}`,
  ];
};

export function createBulkStore(database: Database): BulkStore {
  return {
    async insertComplete(siteId, comments) {
      const shown = comments.filter(({ status }) => isVisible(status));
      await database.batch({
        rows: insertRows(siteId, comments),
        flags: insertFlags(siteId, comments),
        readers: countReaders(siteId, comments),
        statuses: countStatuses(siteId, comments),
        shown: countShown(siteId, shown),
      });
    },
  };
}
