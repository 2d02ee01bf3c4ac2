-- Who asked for a way back into an account: every name alike, whether there is such an account or not.
CREATE TABLE recovery_requests (
    id BIGINT PRIMARY KEY,
    username TEXT NOT NULL,
    source TEXT NOT NULL,
    at BIGINT NOT NULL,
    done_at BIGINT
) STRICT;
CREATE INDEX recovery_requests_waiting ON recovery_requests (at) WHERE done_at IS NULL;
CREATE INDEX recovery_requests_source ON recovery_requests (source, at);

-- Ways back that a clerk began, for people who lost the mailbox too.
CREATE TABLE assisted_recoveries (
    id BIGINT PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES accounts (id),
    address TEXT NOT NULL,
    reason TEXT NOT NULL,
    identity TEXT NOT NULL,
    clerk BIGINT NOT NULL REFERENCES accounts (id),
    begun_at BIGINT NOT NULL,
    opens_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT
) STRICT;
CREATE UNIQUE INDEX assisted_recoveries_one ON assisted_recoveries (account) WHERE ended_at IS NULL;
