import { env } from 'cloudflare:workers';

/** Ids that are older than those of any test, in the order of `n`. */
const oldId = (n: string): string => `('1a' || printf('%07d', ${n}) || '0000000')`;

interface Crowd {
  site: string;
  article: string;
  topLevel: number;
  repliesEach: number;
  status?: 'published' | 'pending';
}

/** Fills an article with comments by SQL, with every column and counter as the product would have left it. */
export const fillArticle = async ({ site, article, topLevel, repliesEach, status = 'published' }: Crowd) => {
  const listed = status === 'published' ? 1 : 0;
  const series = (count: number) =>
    `WITH RECURSIVE series (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n < ${count - 1})`;
  const columns = `(site_id, id, article_key, parent_id, root_id, depth, path, reader_id, author_name, body, source,
    text_hash, status, listed, reply_count, created_at, signals)`;
  const content = `'reader-' || (n % 500), 'Reader ' || n,
    json_array(json_object('t', 'p', 'c', json_array('Comment number ' || n))), 'Comment number ' || n, 'hash-' || n,
    '${status}', ${listed}`;
  const replies = topLevel * repliesEach;
  await env.DB.batch([
    env.DB.prepare(
      `${series(topLevel)} INSERT INTO comments ${columns}
      SELECT ?1, ${oldId('n')}, ?2, NULL, ${oldId('n')}, 0, '', ${content}, ${listed * repliesEach}, 1700000000000 + n, '[]'
      FROM series`,
    ).bind(site, article),
    ...(replies === 0
      ? []
      : [
          env.DB.prepare(
            `${series(replies)} INSERT INTO comments ${columns}
            SELECT ?1, ${oldId(`n + ${topLevel}`)}, ?2, ${oldId(`n % ${topLevel}`)}, ${oldId(`n % ${topLevel}`)}, 1,
              ${oldId(`n + ${topLevel}`)}, ${content}, 0, 1700000000000 + ${topLevel} + n, '[]' FROM series`,
          ).bind(site, article),
        ]),
    env.DB.prepare(
      `UPDATE articles SET comment_count = comment_count + ${listed * (topLevel + replies)} WHERE site_id = ?1 AND key = ?2`,
    ).bind(site, article),
    env.DB.prepare(
      `INSERT INTO site_counts VALUES (?1, '${status}', ${topLevel + replies})
      ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    ).bind(site),
    env.DB.prepare(
      `INSERT INTO readers (site_id, id, comment_count, first_seen_at)
      SELECT site_id, reader_id, count(*), 1700000000000 FROM comments WHERE site_id = ?1 AND reader_id LIKE 'reader-%' GROUP BY reader_id
      ON CONFLICT DO UPDATE SET comment_count = excluded.comment_count`,
    ).bind(site),
  ]);
};
