-- Whom a processor knows an account as: a customer, under whom its methods are saved.
CREATE TABLE customers (
    account BIGINT PRIMARY KEY REFERENCES accounts (id),
    customer TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
) STRICT;

-- What a processor told by itself. It may tell it more than once, and in any order: kept so that it is acted on once,
-- and acted on though the portal ended in between. Nothing of it is believed but what it is about.
CREATE TABLE processor_events (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    about TEXT,
    payment BIGINT,
    received_at BIGINT NOT NULL,
    handled_at BIGINT
) STRICT;
CREATE INDEX processor_events_open ON processor_events (received_at, id) WHERE handled_at IS NULL;
