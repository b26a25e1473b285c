-- What a moderator made of a comment's votes that were set aside. Append-only; `id` sorts by time. A table of its own,
-- because such a ruling changes no status: it is neither the last word on a comment nor what an undo takes back.
CREATE TABLE vote_rulings (
  site_id TEXT NOT NULL,
  comment_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ruling TEXT NOT NULL CHECK (ruling IN ('count-votes', 'discard-votes')),
  moderator_id TEXT NOT NULL,
  moderator_name TEXT NOT NULL,
  votes INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, comment_id, id)
) WITHOUT ROWID;

-- Votes that wait for a ruling: to rule costs what was set aside, however many votes count already.
CREATE INDEX votes_set_aside ON votes (site_id, comment_id, reader_id) WHERE quarantined = 1;
