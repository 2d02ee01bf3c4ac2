-- Transfers that were asked for. Their reference is made of their id; they set nothing of a bill aside.
CREATE TABLE transfers (
    id BIGINT PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES accounts (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    -- What arrived under its reference.
    received BIGINT NOT NULL CHECK (received >= 0),
    -- A digest of amount and bills: who asks for the same again is told the same reference, until money has arrived.
    asked BYTEA NOT NULL,
    created_at BIGINT NOT NULL
) STRICT;
CREATE UNIQUE INDEX transfers_same ON transfers (account, asked) WHERE received = 0;

CREATE TABLE transfer_bills (
    transfer BIGINT NOT NULL REFERENCES transfers (id),
    place BIGINT NOT NULL,
    bill BIGINT NOT NULL REFERENCES bills (id),
    PRIMARY KEY (transfer, place)
) STRICT;
