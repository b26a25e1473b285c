-- A reader's own comments under one article, without those they deleted: these have lost their author's name. That is
-- what tells them apart here, and not the status, which each decision would have to write to this index as well.
DROP INDEX comments_by_reader_and_article;
CREATE INDEX comments_by_reader_and_article ON comments (site_id, reader_id, article_key, id) WHERE author_name <> '';
