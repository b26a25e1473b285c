-- How many open reports the event settled; its undo opens them again, which here is a negative number.
ALTER TABLE moderation_events ADD COLUMN settled_flags INTEGER NOT NULL DEFAULT 0;
