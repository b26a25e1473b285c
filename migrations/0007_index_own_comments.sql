-- A reader's own comments under one article, the latest first, however much the reader writes elsewhere.
CREATE INDEX comments_by_reader_and_article ON comments (site_id, reader_id, article_key, id);
