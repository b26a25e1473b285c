-- The times at which the jobs of the minute last went through this database, and a health check last wrote to it.
CREATE TABLE runs (
  name TEXT NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  facts TEXT NOT NULL DEFAULT '{}'
) WITHOUT ROWID;

-- The secret that a key is hashed under, by its mark, and its id once it is hashed anew under another.
ALTER TABLE api_keys ADD COLUMN secret_mark TEXT NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN id TEXT NOT NULL DEFAULT '';
UPDATE api_keys SET secret_mark = coalesce((SELECT secret_marks ->> 'SECRET' FROM sites WHERE id = site_id), '');

-- Comments from before article_hours (0005) are in no hour, so that a rejection took away what nobody had counted. The
-- hours that rankings look back to are counted anew, from the id on that the first comment of that time can have; in a
-- database that has had the table for longer than that, nothing is read.
WITH since AS (SELECT (unixepoch() - 8 * 86400) * 1000 AS at, '0123456789abcdefghjkmnpqrstvwxyz' AS letters)
INSERT INTO article_hours (site_id, hour, article_key, comment_count)
SELECT c.site_id, c.created_at / 3600000, c.article_key, count(*)
FROM sites s CROSS JOIN comments c
WHERE EXISTS (SELECT 1 FROM d1_migrations
    WHERE name = '0005_create_article_hours.sql' AND applied_at > datetime('now', '-9 days'))
  AND c.site_id = s.id AND c.status IN ('approved', 'published')
  AND c.id >= (SELECT
    substr(letters, 1 + (at >> 40 & 31), 1) || substr(letters, 1 + (at >> 35 & 31), 1) ||
    substr(letters, 1 + (at >> 30 & 31), 1) || substr(letters, 1 + (at >> 25 & 31), 1) ||
    substr(letters, 1 + (at >> 20 & 31), 1) || substr(letters, 1 + (at >> 15 & 31), 1) ||
    substr(letters, 1 + (at >> 10 & 31), 1) || substr(letters, 1 + (at >> 5 & 31), 1) ||
    substr(letters, 1 + (at & 31), 1) FROM since)
GROUP BY 1, 2, 3
ON CONFLICT DO UPDATE SET comment_count = excluded.comment_count WHERE comment_count <> excluded.comment_count;

UPDATE article_hours SET comment_count = 0 WHERE comment_count < 0;
