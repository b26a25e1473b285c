-- What a comment is found by for a day, and by nobody afterwards: its network, its text, the key of its request. Rows of
-- a table of their own, because a column that is emptied later leaves its room in the comment's page unused. `slot` is
-- six hours since 1970, and first, so that what is over on every site is one range of the key.
CREATE TABLE comment_traces (
  slot INTEGER NOT NULL,
  site_id TEXT NOT NULL,
  trace TEXT NOT NULL,
  comment_id TEXT NOT NULL,
  PRIMARY KEY (slot, site_id, trace, comment_id)
) WITHOUT ROWID;

-- The columns that held this until now: text_hash, idempotency_key, network_key. A job empties them in the comments from
-- before, and finds these by comments_by_network, which stays until then.
DROP INDEX comments_by_text;
DROP INDEX comments_by_idempotency_key;

-- Empty since article_hours says what the lists are behind by.
DROP INDEX articles_to_relist;
