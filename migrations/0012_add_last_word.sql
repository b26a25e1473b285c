-- In an author's event: the moderators' last word on the comment, which an edit leaves standing; '' if there was none.
-- Who asks for it reads one event, however often the author has edited. Null in events from before this column.
ALTER TABLE moderation_events ADD COLUMN last_word TEXT;
