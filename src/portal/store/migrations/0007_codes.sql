-- Codes that were sent to an address: of each only a digest is kept.
CREATE TABLE codes (
    digest BYTEA PRIMARY KEY,
    handle TEXT NOT NULL,
    purpose TEXT NOT NULL,
    account BIGINT NOT NULL REFERENCES accounts (id),
    address TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT
) STRICT;
CREATE INDEX codes_handle ON codes (handle);
CREATE INDEX codes_account ON codes (account, purpose, made_at);
CREATE INDEX codes_age ON codes (expires_at);

-- The address that was confirmed last: mail that matters goes there too until a new one is confirmed.
ALTER TABLE accounts ADD COLUMN confirmed_email TEXT;
ALTER TABLE accounts ADD COLUMN phone_verified BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN recovery_email_verified BIGINT NOT NULL DEFAULT 0;
-- Who had an account before addresses were confirmed goes on as they were.
UPDATE accounts SET email_verified = 1, confirmed_email = email WHERE status = 'active';
