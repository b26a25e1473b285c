-- The network that a comment came from, by its name of that day, beside the trace of its request. Null for all other
-- traces, and for comments from before.
ALTER TABLE comment_traces ADD COLUMN network TEXT;

-- Networks whose new comments wait for a moderator, because a reader there was banned.
CREATE TABLE network_holds (
  site_id TEXT NOT NULL,
  network TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (site_id, network)
) WITHOUT ROWID;
CREATE INDEX network_holds_by_end ON network_holds (until);
