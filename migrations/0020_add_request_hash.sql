-- The hash of the whole request that a comment was made by, beside the trace of its key: the same key with anything
-- changed is another request. Null for all other traces.
ALTER TABLE comment_traces ADD COLUMN request_hash TEXT;
