-- Visible comments that an article got in the last so many hours, in order, so that "most commented" reads what it shows
-- and adds up nothing. A job brings in what article_hours has counted since, and takes out the hours that are over.
CREATE TABLE article_activity (
  site_id TEXT NOT NULL,
  hours INTEGER NOT NULL,
  article_key TEXT NOT NULL,
  comment_count INTEGER NOT NULL,
  PRIMARY KEY (site_id, hours, article_key)
) WITHOUT ROWID;
CREATE INDEX article_activity_by_count ON article_activity (site_id, hours, comment_count DESC, article_key);

-- What of comment_count the lists and rankings hold; a job brings the two together.
ALTER TABLE article_hours ADD COLUMN ranked_count INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_hours_to_rank ON article_hours (site_id, hour, article_key) WHERE ranked_count <> comment_count;

-- The hour from which article_activity looks back.
ALTER TABLE sites ADD COLUMN ranked_hour INTEGER NOT NULL DEFAULT 0;
