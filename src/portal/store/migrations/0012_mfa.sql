-- The second factor of an account; until a code of its secret was shown it counts for nothing. The secret is sealed with
-- the portal's key, which is not in the database.
CREATE TABLE second_factors (
    account BIGINT PRIMARY KEY REFERENCES accounts (id),
    secret BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    enabled_at BIGINT,
    last_step BIGINT NOT NULL
) STRICT;

CREATE TABLE recovery_codes (
    account BIGINT NOT NULL REFERENCES accounts (id),
    digest BYTEA NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account, digest)
) STRICT;
