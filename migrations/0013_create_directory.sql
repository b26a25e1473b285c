-- Which database each site is in, by the name of its binding. Read in the first database alone, whose sites are entered
-- here; in each further one it stays empty.
CREATE TABLE directory (
  site_id TEXT PRIMARY KEY,
  database TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO directory (site_id, database) SELECT id, 'DB' FROM sites;
