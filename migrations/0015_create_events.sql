-- Every deed but reading, posting, voting and reporting: who did what to whom. Append-only. `id` sorts by time; the
-- subjects of one deed share it. The subject stands before the id in the key, because what is asked while somebody
-- waits is about one subject: the last word on a comment is the last row of its range.
CREATE TABLE events (
  site_id TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  id TEXT NOT NULL,
  verb TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  -- Who it was, and what they were called when they did it. Nameless: a reader, the operator.
  actor_id TEXT,
  actor_name TEXT,
  article_key TEXT,
  -- JSON. No text of a comment, no name of a reader, no address.
  facts TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (site_id, subject_kind, subject_id, id, verb)
) WITHOUT ROWID;

-- The log and its seal read a site's events in the order of time.
CREATE INDEX events_by_time ON events (site_id, id);

-- A seal holds the hash of the events up to `last_id`, on top of the hash of the seal before it.
CREATE TABLE seals (
  site_id TEXT NOT NULL,
  last_id TEXT NOT NULL,
  events INTEGER NOT NULL,
  hash TEXT NOT NULL,
  sealed_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, last_id)
) WITHOUT ROWID;

-- Keyed hashes of the deployment's secrets, by which the job notices that one was changed.
ALTER TABLE sites ADD COLUMN secret_marks TEXT NOT NULL DEFAULT '{}';

-- The job ends what is over: a ban for good has no end.
CREATE INDEX readers_by_ban_end ON readers (site_id, ban_until) WHERE ban_until IS NOT NULL;

-- History. An author's event says what the moderators' last word was before it, '' if there was none; where it does not
-- say so yet, that word is looked up now.
INSERT INTO events (site_id, subject_kind, subject_id, id, verb, actor_kind, actor_id, actor_name, article_key, facts)
SELECT e.site_id, 'comment', e.comment_id, e.id,
  CASE e.kind
    WHEN 'approve' THEN 'comment.approved'
    WHEN 'reject' THEN 'comment.rejected'
    WHEN 'spam' THEN 'comment.marked-as-spam'
    WHEN 'restore' THEN 'comment.restored'
    WHEN 'undo' THEN 'comment.decision-undone'
    WHEN 'edit' THEN 'comment.edited'
    WHEN 'delete' THEN 'comment.deleted'
  END,
  iif(e.moderator_id IS NULL, 'reader', 'moderator'), coalesce(e.moderator_id, c.reader_id), e.moderator_name,
  c.article_key,
  json_patch('{}', json_object('from', e.from_status, 'to', e.to_status, 'reason', nullif(e.reason, ''),
    'settledFlags', nullif(e.settled_flags, 0),
    'lastWord', iif(e.moderator_id IS NOT NULL, NULL, coalesce(e.last_word, (
      SELECT coalesce(earlier.last_word, earlier.to_status) FROM moderation_events earlier
      WHERE earlier.site_id = e.site_id AND earlier.comment_id = e.comment_id AND earlier.id < e.id
        AND (earlier.moderator_id IS NOT NULL OR earlier.last_word IS NOT NULL)
      ORDER BY earlier.id DESC LIMIT 1), ''))))
FROM moderation_events e LEFT JOIN comments c ON c.site_id = e.site_id AND c.id = e.comment_id;

INSERT INTO events (site_id, subject_kind, subject_id, id, verb, actor_kind, actor_id, actor_name, article_key, facts)
SELECT r.site_id, 'votes', r.comment_id, r.id,
  CASE r.ruling WHEN 'count-votes' THEN 'votes.counted' WHEN 'discard-votes' THEN 'votes.discarded' END,
  'moderator', r.moderator_id, r.moderator_name, c.article_key, json_object('votes', r.votes)
FROM vote_rulings r LEFT JOIN comments c ON c.site_id = r.site_id AND c.id = r.comment_id;

DROP TABLE moderation_events;
DROP TABLE vote_rulings;
