import { env } from 'cloudflare:workers';
import type { Newsroom } from './newsroom.ts';

/** Every number that is kept, counted again from the rows it stands for; what is wrong comes back. */
export async function miscounted(room: Newsroom): Promise<unknown[]> {
  const statements = {
    lists: `
      SELECT name, n AS counted, coalesce(count, 0) AS kept FROM (
        SELECT status AS name, count(*) AS n FROM comments WHERE site_id = ?1 GROUP BY status
        UNION ALL SELECT 'reported', count(*) FROM comments WHERE site_id = ?1 AND open_flags > 0)
      LEFT JOIN site_counts USING (name) WHERE coalesce(site_id, ?1) = ?1 AND n <> coalesce(count, 0)`,
    emptyLists: `
      SELECT name, count FROM site_counts s WHERE site_id = ?1 AND name <> 'reported' AND count <> 0
        AND NOT EXISTS (SELECT 1 FROM comments c WHERE c.site_id = ?1 AND c.status = s.name)`,
    articles: `
      SELECT key, comment_count FROM articles a WHERE site_id = ?1 AND comment_count <> (
        SELECT count(*) FROM comments c
        WHERE c.site_id = ?1 AND c.article_key = a.key AND c.status IN ('approved', 'published'))`,
    articleLists: `
      SELECT a.key FROM articles a JOIN article_lists l ON l.site_id = a.site_id AND l.article_key = a.key
      WHERE a.site_id = ?1 AND l.comment_count <> a.comment_count`,
    articleHours: `
      SELECT * FROM (
          SELECT article_key, created_at / 3600000 AS hour, count(*) AS counted FROM comments
          WHERE site_id = ?1 AND status IN ('approved', 'published') GROUP BY 1, 2)
        FULL JOIN (SELECT article_key, hour, comment_count AS kept FROM article_hours WHERE site_id = ?1)
          USING (article_key, hour)
      WHERE coalesce(counted, 0) <> coalesce(kept, 0)`,
    // Approvals are counted as moderators gave and took them, what is turned away as it stands.
    readers: `
      SELECT r.* FROM readers r WHERE r.site_id = ?1 AND (r.comment_count, r.rejected_count, r.approved_count) <> (
        SELECT count(*), sum(status IN ('rejected', 'spam')), (
          SELECT count(*) FROM comments c WHERE c.site_id = ?1 AND c.reader_id = r.id AND 'approved' = (
            SELECT coalesce(e.facts ->> 'lastWord', e.facts ->> 'to') FROM events e
            WHERE e.site_id = ?1 AND e.subject_kind = 'comment' AND e.subject_id = c.id AND e.actor_kind = 'moderator'
            ORDER BY e.id DESC LIMIT 1))
        FROM comments c WHERE c.site_id = ?1 AND c.reader_id = r.id)`,
    comments: `
      SELECT x.id, x.status, x.listed, x.reply_count, x.flag_count, x.open_flags, x.up_votes FROM comments x
      WHERE x.site_id = ?1 AND (x.reply_count <> CASE WHEN x.depth > 0 THEN 0 ELSE (
            SELECT count(*) FROM comments d
            WHERE d.site_id = ?1 AND d.root_id = x.id AND d.depth > 0 AND d.status IN ('approved', 'published')) END
        OR x.listed <> (x.status IN ('approved', 'published') OR EXISTS (
            SELECT 1 FROM comments d WHERE d.site_id = ?1 AND d.root_id = x.root_id AND d.id <> x.id
              AND substr(d.path, 1, length(x.path)) = x.path AND d.depth > x.depth AND d.status IN ('approved', 'published')))
        OR x.flag_count < (SELECT count(*) FROM flags f WHERE f.site_id = ?1 AND f.comment_id = x.id)
        OR x.open_flags < 0 OR x.open_flags <> x.flag_count - (
            SELECT total(e.facts ->> 'settledFlags') FROM events e
            WHERE e.site_id = ?1 AND e.subject_kind = 'comment' AND e.subject_id = x.id)
        OR x.up_votes <> (SELECT count(*) FROM votes v WHERE v.site_id = ?1 AND v.comment_id = x.id AND v.value = 1 AND v.quarantined = 0))`,
    // Each event goes on from where the one before it ended, and the last one ends where the comment is.
    events: `
      SELECT e.subject_id, e.verb, e.facts FROM (
        SELECT *, lead(facts ->> 'from') OVER (PARTITION BY subject_id ORDER BY id) AS next
        FROM events WHERE site_id = ?1 AND subject_kind = 'comment') e
      JOIN comments c ON c.site_id = ?1 AND c.id = e.subject_id WHERE e.facts ->> 'to' <> coalesce(e.next, c.status)`,
  };
  const wrong: unknown[] = [];
  for (const [what, statement] of Object.entries(statements)) {
    const { results } = await env.DB.prepare(statement).bind(room.site).all();
    wrong.push(...results.map((row) => ({ what, ...row })));
  }
  return wrong;
}
