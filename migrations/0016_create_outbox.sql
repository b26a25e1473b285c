-- Who must hear of what: a receiver is a part of the product, such as notices or webhooks, by its name.
CREATE TABLE listeners (
  site_id TEXT NOT NULL,
  verb TEXT NOT NULL,
  receiver TEXT NOT NULL,
  PRIMARY KEY (site_id, verb, receiver)
) WITHOUT ROWID;

-- A letter says that something happened, and to what; what it was is read where it stands. A row goes when it has been
-- delivered, so the first one of a receiver is the next one to deliver.
CREATE TABLE outbox (
  site_id TEXT NOT NULL,
  receiver TEXT NOT NULL,
  id TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  verb TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- While somebody has it in hand, and after an attempt that failed: the time from which it may be taken up again.
  not_before INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, receiver, id, subject_kind, subject_id, verb)
) WITHOUT ROWID;

-- Letters that were given up, for a person to look at.
CREATE TABLE dead_letters (
  site_id TEXT NOT NULL,
  receiver TEXT NOT NULL,
  id TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  verb TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  died_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, receiver, id, subject_kind, subject_id, verb)
) WITHOUT ROWID;
