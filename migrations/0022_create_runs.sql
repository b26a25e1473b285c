-- When the jobs of the minute last went through this database, and when a health check last wrote to it.
CREATE TABLE runs (
  name TEXT NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  facts TEXT NOT NULL DEFAULT '{}'
) WITHOUT ROWID;
