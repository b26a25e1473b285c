CREATE TABLE articles (
  site_id TEXT NOT NULL,
  key TEXT NOT NULL,
  url TEXT NOT NULL,
  headline TEXT,
  section TEXT,
  topics TEXT NOT NULL DEFAULT '[]',
  authors TEXT NOT NULL DEFAULT '[]',
  key_points TEXT NOT NULL DEFAULT '[]',
  image TEXT,
  published_at INTEGER NOT NULL,
  commenting TEXT NOT NULL DEFAULT 'open' CHECK (commenting IN ('open', 'closed')),
  moderation TEXT CHECK (moderation IN ('post', 'first-comment', 'pre')),
  -- Visible comments. Changed only by arithmetic, in the batch that changes a comment's status.
  comment_count INTEGER NOT NULL DEFAULT 0,
  -- The count that article_lists holds; a job brings the two together.
  listed_count INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  -- The article's own posting window (rate limit "comment × article").
  minute INTEGER NOT NULL DEFAULT 0,
  minute_count INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, key)
) WITHOUT ROWID;
CREATE INDEX articles_to_relist ON articles (site_id, key) WHERE listed_count <> comment_count;

-- One row for each list that an article stands in: the site's own, its section's, each topic's and each author's.
CREATE TABLE article_lists (
  site_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('site', 'section', 'topic', 'author')),
  label TEXT NOT NULL,
  article_key TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  comment_count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, kind, label, published_at, article_key)
) WITHOUT ROWID;
CREATE INDEX article_lists_by_count ON article_lists (site_id, kind, label, comment_count, article_key);
CREATE INDEX article_lists_by_article ON article_lists (site_id, article_key);
