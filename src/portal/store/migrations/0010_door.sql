-- Guesses at secrets: what was tried at one from a network (an empty source is everywhere), and when its owner was
-- there.
CREATE TABLE guesses (
    subject BYTEA NOT NULL,
    source TEXT NOT NULL,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    succeeded_at BIGINT,
    PRIMARY KEY (subject, source)
) STRICT;
CREATE INDEX guesses_last ON guesses (last_at);

-- The network a session was begun from.
ALTER TABLE sessions ADD COLUMN source TEXT;
