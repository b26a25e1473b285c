-- The newest comments under an article, replies among them: no other index has the replies of an article in order of time.
CREATE INDEX comments_visible ON comments (site_id, article_key, id) WHERE status IN ('approved', 'published');
