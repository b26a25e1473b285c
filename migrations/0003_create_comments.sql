-- What is known of a guest: the keyed hash of a key made in the browser, and how their comments fared.
CREATE TABLE readers (
  site_id TEXT NOT NULL,
  id TEXT NOT NULL,
  comment_count INTEGER NOT NULL DEFAULT 0,
  approved_count INTEGER NOT NULL DEFAULT 0,
  rejected_count INTEGER NOT NULL DEFAULT 0,
  ban TEXT NOT NULL DEFAULT 'none' CHECK (ban IN ('none', 'ban', 'shadow-ban')),
  ban_until INTEGER,
  first_seen_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, id)
) WITHOUT ROWID;

CREATE TABLE comments (
  site_id TEXT NOT NULL,
  -- Starts with the time of posting, so that the order of ids is the order of time.
  id TEXT NOT NULL,
  article_key TEXT NOT NULL,
  parent_id TEXT,
  root_id TEXT NOT NULL,
  depth INTEGER NOT NULL,
  -- The ids from below the top-level comment down to this one, joined: the order of paths is the order of the tree.
  path TEXT NOT NULL,
  reader_id TEXT NOT NULL,
  author_name TEXT NOT NULL,
  author_email TEXT,
  body TEXT NOT NULL,
  source TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'published', 'rejected', 'spam', 'deleted')),
  -- 1: stands in the thread, being visible or a tombstone above something visible.
  listed INTEGER NOT NULL,
  shadowed INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 1,
  signals TEXT NOT NULL DEFAULT '[]',
  up_votes INTEGER NOT NULL DEFAULT 0,
  down_votes INTEGER NOT NULL DEFAULT 0,
  score REAL NOT NULL DEFAULT 0,
  -- Visible replies of all depths; kept on top-level comments only.
  reply_count INTEGER NOT NULL DEFAULT 0,
  flag_count INTEGER NOT NULL DEFAULT 0,
  open_flags INTEGER NOT NULL DEFAULT 0,
  network_key TEXT,
  idempotency_key TEXT,
  created_at INTEGER NOT NULL,
  edited_at INTEGER,
  PRIMARY KEY (site_id, id)
) WITHOUT ROWID;

CREATE INDEX comments_top_level ON comments (site_id, article_key, id) WHERE depth = 0 AND listed = 1;
CREATE INDEX comments_top_level_by_score ON comments (site_id, article_key, score, id) WHERE depth = 0 AND listed = 1;
CREATE INDEX comments_replies ON comments (site_id, root_id, path) WHERE depth > 0 AND listed = 1;
CREATE INDEX comments_by_status ON comments (site_id, status, id);
CREATE INDEX comments_reported ON comments (site_id, id) WHERE open_flags > 0;
CREATE INDEX comments_by_reader ON comments (site_id, reader_id, id);
CREATE INDEX comments_by_network ON comments (site_id, network_key, id) WHERE network_key IS NOT NULL;
CREATE INDEX comments_by_text ON comments (site_id, text_hash, id);
CREATE UNIQUE INDEX comments_by_idempotency_key ON comments (site_id, reader_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL;

CREATE TABLE votes (
  site_id TEXT NOT NULL,
  reader_id TEXT NOT NULL,
  article_key TEXT NOT NULL,
  comment_id TEXT NOT NULL,
  value INTEGER NOT NULL CHECK (value IN (-1, 1)),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, reader_id, article_key, comment_id)
) WITHOUT ROWID;

CREATE TABLE flags (
  site_id TEXT NOT NULL,
  comment_id TEXT NOT NULL,
  reader_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, comment_id, reader_id)
) WITHOUT ROWID;

-- Append-only. `id` sorts by time.
CREATE TABLE moderation_events (
  site_id TEXT NOT NULL,
  comment_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('approve', 'reject', 'spam', 'restore', 'undo', 'edit', 'delete')),
  -- null: the comment's own author.
  moderator_id TEXT,
  moderator_name TEXT,
  from_status TEXT NOT NULL,
  to_status TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, comment_id, id)
) WITHOUT ROWID;
