-- A payment method that is being added on its processor's own page. The reference names it at the processor; the
-- sandbox's opens its page. A label is what its owner calls the method, once it is there.
CREATE TABLE setups (
    id BIGINT PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    label TEXT,
    reference TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    status TEXT NOT NULL,
    method BIGINT REFERENCES methods (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
) STRICT;
CREATE INDEX setups_open ON setups (expires_at, id) WHERE status = 'open';
