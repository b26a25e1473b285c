-- Tables are WITHOUT ROWID where their key is what they are read by: one B-tree, so one row read and one row written.

CREATE TABLE sites (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  origins TEXT NOT NULL DEFAULT '[]',
  settings TEXT NOT NULL DEFAULT '{}',
  -- The site's own posting window (rate limit "comment × site"): a minute since 1970 and the comments posted in it.
  minute INTEGER NOT NULL DEFAULT 0,
  minute_count INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE api_keys (
  site_id TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, key_hash)
) WITHOUT ROWID;

CREATE TABLE site_counts (
  site_id TEXT NOT NULL,
  -- A comment status, or 'reported'.
  name TEXT NOT NULL,
  count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, name)
) WITHOUT ROWID;

CREATE TABLE moderators (
  site_id TEXT NOT NULL,
  id TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('moderator', 'admin')),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX moderators_by_email ON moderators (site_id, email);

CREATE TABLE sign_in_links (
  site_id TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  moderator_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, token_hash)
) WITHOUT ROWID;

CREATE TABLE sessions (
  site_id TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  moderator_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, token_hash)
) WITHOUT ROWID;
CREATE INDEX sessions_by_moderator ON sessions (site_id, moderator_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sign_in_links_by_expiry ON sign_in_links (expires_at);
