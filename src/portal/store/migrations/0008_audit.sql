-- Who changed what: a row in the unit of each change. Rows are added; later they are given to a seal, once, and that is
-- all that is ever changed of them. Nothing refers to an account: no writer waits for another here.
CREATE TABLE audit (
    id BIGSERIAL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    account BIGINT,
    credential TEXT,
    operation TEXT NOT NULL,
    outcome TEXT NOT NULL,
    -- Ids, separated by blanks.
    things TEXT NOT NULL,
    request TEXT,
    source TEXT,
    seal BIGINT
) STRICT;
CREATE INDEX audit_seal ON audit (seal, id);
CREATE INDEX audit_account ON audit (account, id) WHERE account IS NOT NULL;

-- What rows are about, so that a thing's are found; written with the seal.
CREATE TABLE audit_things (
    thing TEXT NOT NULL,
    audit BIGINT NOT NULL,
    PRIMARY KEY (thing, audit)
) STRICT;

-- Batches of rows, each chained to the one before: `leaves` is, for each row in the order of ids, its id (8 bytes,
-- big-endian) and its SHA-256; `digest` is over the seal before and all of this one.
CREATE TABLE audit_seals (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    first_id BIGINT NOT NULL,
    last_id BIGINT NOT NULL,
    earliest BIGINT NOT NULL,
    latest BIGINT NOT NULL,
    rows_sealed BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    leaves BYTEA NOT NULL
) STRICT;

-- The last seal there is. Whoever seals holds this row: one at a time.
CREATE TABLE audit_head (
    place BIGINT PRIMARY KEY CHECK (place = 1),
    number BIGINT NOT NULL,
    digest BYTEA NOT NULL
) STRICT;
