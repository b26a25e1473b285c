-- Votes of a burst from one network are kept and not counted, so that a moderator can see that there were any.
ALTER TABLE votes ADD COLUMN quarantined INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN quarantined_votes INTEGER NOT NULL DEFAULT 0;
