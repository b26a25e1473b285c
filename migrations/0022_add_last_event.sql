-- The last event on the comment that the reader had reported: what came after it tells a new report from a repeat. Null
-- for reports from before.
ALTER TABLE flags ADD COLUMN last_event TEXT;

-- Small, because few are banned: whether a reader is costs no row of one who is not.
CREATE INDEX readers_banned ON readers (site_id, id, ban, ban_until) WHERE ban <> 'none';
