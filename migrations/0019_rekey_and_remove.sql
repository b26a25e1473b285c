-- The key by which the publisher calls an article now; null: the one that its comments carry.
ALTER TABLE articles ADD COLUMN public_key TEXT;

-- Every other key that leads to an article. Looked up in the statement that needs it; a key that is none reads no row.
CREATE TABLE article_aliases (
  site_id TEXT NOT NULL,
  alias TEXT NOT NULL,
  article_key TEXT NOT NULL,
  PRIMARY KEY (site_id, alias)
) WITHOUT ROWID;
CREATE INDEX article_aliases_by_article ON article_aliases (site_id, article_key);

-- An article that has been removed and whose rows are still being deleted, or a whole site, which has no article_key.
CREATE TABLE removals (
  site_id TEXT NOT NULL,
  article_key TEXT NOT NULL,
  -- The table that is being gone through, and the place in it up to which that is done.
  stage TEXT NOT NULL,
  place TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (site_id, article_key)
) WITHOUT ROWID;
