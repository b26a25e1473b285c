-- One random key a UTC day, which the names of networks on that day need beside the secret. Once it is deleted nobody can
-- look an address up in what is left of the day.
CREATE TABLE day_keys (
  day INTEGER NOT NULL PRIMARY KEY,
  key TEXT NOT NULL
) WITHOUT ROWID;
