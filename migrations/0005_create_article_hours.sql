-- Visible comments by the hour (since 1970) they were posted in: what "most commented in the last day" adds up.
CREATE TABLE article_hours (
  site_id TEXT NOT NULL,
  hour INTEGER NOT NULL,
  article_key TEXT NOT NULL,
  comment_count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, hour, article_key)
) WITHOUT ROWID;
