-- Applications for permits. What the type said when one was begun stays with it: the city's file may change.
CREATE TABLE permits (
    id BIGINT PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES accounts (id),
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    category TEXT NOT NULL,
    department TEXT NOT NULL,
    status TEXT NOT NULL,
    -- Counts the changes: a change is made on the version it names, or not at all.
    version BIGINT NOT NULL,
    answers TEXT NOT NULL,
    fee BIGINT NOT NULL CHECK (fee >= 0),
    bill BIGINT REFERENCES bills (id),
    assignee BIGINT REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    submitted_at BIGINT,
    decided_at BIGINT,
    expected_on TEXT,
    -- Working days the department has left, while it does not count them.
    days_left BIGINT NOT NULL,
    expires_at BIGINT
) STRICT;
CREATE INDEX permits_account ON permits (account, created_at, id);
CREATE INDEX permits_queue ON permits (submitted_at, id) WHERE status IN ('in_review', 'approved');
CREATE INDEX permits_submitted ON permits (status, submitted_at, id);
CREATE INDEX permits_expiry ON permits (expires_at, id) WHERE expires_at IS NOT NULL;

-- What happened to them, in order. Rows are added, never changed.
CREATE TABLE permit_steps (
    permit BIGINT NOT NULL REFERENCES permits (id),
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    status TEXT NOT NULL,
    note TEXT,
    party TEXT NOT NULL,
    account BIGINT REFERENCES accounts (id),
    PRIMARY KEY (permit, place)
) STRICT;

-- What is attached: the bytes lie where documents are kept, by their digest.
CREATE TABLE permit_documents (
    permit BIGINT NOT NULL REFERENCES permits (id),
    document TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    attached_at BIGINT NOT NULL,
    PRIMARY KEY (permit, document)
) STRICT;
