-- What people are told. One row each, written in the unit of the change; who gets it, and how, is settled when it is
-- due. One that goes to a named address has its channel; the others go where their account wants them.
CREATE TABLE notices (
    id BIGINT PRIMARY KEY,
    account BIGINT REFERENCES accounts (id),
    topic TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    about TEXT,
    channel TEXT,
    address TEXT,
    -- What must be told once only, in one word: two that tell it are one.
    once TEXT UNIQUE,
    created_at BIGINT NOT NULL,
    -- After this nobody wants to hear it.
    expires_at BIGINT,
    read_at BIGINT,
    -- When it is to be taken up; nothing, once it was.
    due_at BIGINT,
    CONSTRAINT notices_addressed CHECK ((channel IS NULL) = (address IS NULL) AND (account IS NOT NULL OR address IS NOT NULL))
) STRICT;
CREATE INDEX notices_account ON notices (account, created_at, id);
CREATE INDEX notices_due ON notices (due_at, id) WHERE due_at IS NOT NULL;

-- A notice on its way to one address.
CREATE TABLE deliveries (
    notice BIGINT NOT NULL REFERENCES notices (id),
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    -- When it is to be tried (again), or its lease ends; nothing, once it has arrived or was given up.
    due_at BIGINT,
    -- What the gateway said last.
    answer TEXT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (notice, channel)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (channel, due_at, notice) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_state ON deliveries (status, changed_at, notice);

-- How an account wants to be told of a topic, where it said so.
CREATE TABLE notice_choices (
    account BIGINT NOT NULL REFERENCES accounts (id),
    topic TEXT NOT NULL,
    channels TEXT NOT NULL,
    PRIMARY KEY (account, topic)
) STRICT;

-- What the portal signs its own links with; drawn when it is first needed.
CREATE TABLE portal_keys (
    name TEXT PRIMARY KEY,
    bytes BYTEA NOT NULL
) STRICT;
