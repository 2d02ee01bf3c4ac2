-- Accounts and what opens them.
CREATE TABLE accounts (
    id BIGINT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_verified BIGINT NOT NULL,
    phone TEXT,
    address TEXT,
    recovery_email TEXT,
    role TEXT NOT NULL,
    powers TEXT NOT NULL,
    status TEXT NOT NULL,
    terms_version TEXT NOT NULL,
    terms_accepted_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
) STRICT;

CREATE TABLE sessions (
    digest BYTEA PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_on TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_account ON sessions (account);

CREATE TABLE tokens (
    id BIGINT PRIMARY KEY,
    digest BYTEA NOT NULL UNIQUE,
    account BIGINT NOT NULL REFERENCES accounts (id),
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_on TEXT,
    revoked_at BIGINT
) STRICT;
CREATE INDEX tokens_account ON tokens (account, id);

-- What the city knows of people, and whose it is.
CREATE TABLE records (
    id BIGINT PRIMARY KEY,
    canonical TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    holder TEXT NOT NULL,
    service_address TEXT NOT NULL,
    code BYTEA NOT NULL
) STRICT;

CREATE TABLE record_links (
    account BIGINT NOT NULL REFERENCES accounts (id),
    record BIGINT NOT NULL REFERENCES records (id),
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (account, record)
) STRICT;
CREATE INDEX record_links_record ON record_links (record);

-- What is owed. Nobody can pay more than that: the row itself refuses.
CREATE TABLE bills (
    id BIGINT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    record BIGINT NOT NULL REFERENCES records (id),
    category TEXT NOT NULL,
    title TEXT NOT NULL,
    period TEXT,
    issued_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    settled BIGINT NOT NULL CHECK (settled >= 0),
    pending BIGINT NOT NULL CHECK (pending >= 0),
    status TEXT NOT NULL,
    CONSTRAINT bills_not_overpaid CHECK (settled + pending <= amount)
) STRICT;
CREATE INDEX bills_record ON bills (record, due_on, id);

-- Saved ways to pay: references at the processor, never numbers.
CREATE TABLE methods (
    id BIGINT PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    brand TEXT NOT NULL,
    last4 TEXT NOT NULL,
    expires TEXT,
    reference TEXT NOT NULL,
    preferred BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    removed_at BIGINT
) STRICT;
CREATE INDEX methods_account ON methods (account, id);

-- Money on its way.
CREATE TABLE payments (
    id BIGINT PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES accounts (id),
    method BIGINT NOT NULL REFERENCES methods (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    fee BIGINT NOT NULL CHECK (fee >= 0),
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    settled_at BIGINT,
    failure_code TEXT,
    failure_detail TEXT
) STRICT;
CREATE INDEX payments_open ON payments (created_at, id) WHERE status IN ('pending', 'processing');

CREATE TABLE allocations (
    payment BIGINT NOT NULL REFERENCES payments (id),
    place BIGINT NOT NULL,
    bill BIGINT NOT NULL REFERENCES bills (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    PRIMARY KEY (payment, place)
) STRICT;
CREATE INDEX allocations_bill ON allocations (bill);

-- Double entry: the postings of a payment sum to zero. Rows are added, never changed.
CREATE TABLE postings (
    payment BIGINT NOT NULL REFERENCES payments (id),
    place BIGINT NOT NULL,
    ledger_account TEXT NOT NULL,
    bill BIGINT REFERENCES bills (id),
    amount BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (payment, place)
) STRICT;

-- What people did, newest first when read.
CREATE TABLE history (
    account BIGINT NOT NULL REFERENCES accounts (id),
    at BIGINT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    amount BIGINT,
    PRIMARY KEY (account, at, number)
) STRICT;

CREATE TABLE idempotency_keys (
    scope BIGINT NOT NULL,
    key TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    thing BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT;
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
