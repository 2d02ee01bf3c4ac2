-- A bill belongs to a city record or to an account; one that is the fee of something says of what.
ALTER TABLE bills ALTER COLUMN record DROP NOT NULL;
ALTER TABLE bills ADD COLUMN account BIGINT REFERENCES accounts (id);
ALTER TABLE bills ADD COLUMN fee_of TEXT;
ALTER TABLE bills ADD COLUMN fee_number BIGINT;
ALTER TABLE bills ADD CONSTRAINT bills_addressed CHECK ((record IS NULL) <> (account IS NULL));
CREATE INDEX bills_account ON bills (account, due_on, id) WHERE account IS NOT NULL;

-- What the city offers. Nobody can take more seats than there are: the row itself refuses.
CREATE TABLE programs (
    id BIGINT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    category TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    venue TEXT NOT NULL,
    capacity BIGINT NOT NULL,
    fee BIGINT NOT NULL CHECK (fee >= 0),
    opens_at BIGINT,
    closes_at BIGINT NOT NULL,
    taken BIGINT NOT NULL CHECK (taken >= 0),
    -- Free seats that the waiting list has a right to.
    set_aside BIGINT NOT NULL CHECK (set_aside >= 0),
    waiting BIGINT NOT NULL CHECK (waiting >= 0),
    -- Tickets of the waiting list that were drawn.
    drawn BIGINT NOT NULL,
    cancelled_at BIGINT,
    reason TEXT,
    -- How often it was changed since it was published (RFC 5545, section 3.8.7.4).
    sequence BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CONSTRAINT programs_not_overbooked CHECK (taken + set_aside <= capacity)
) STRICT;
CREATE INDEX programs_start ON programs (starts_at, id);

CREATE TABLE registrations (
    id BIGINT PRIMARY KEY,
    program BIGINT NOT NULL REFERENCES programs (id),
    account BIGINT NOT NULL REFERENCES accounts (id),
    participants TEXT NOT NULL,
    seats BIGINT NOT NULL CHECK (seats > 0),
    status TEXT NOT NULL,
    -- Its place in the order of asking.
    ticket BIGINT NOT NULL,
    bill BIGINT REFERENCES bills (id),
    hold_ends_at BIGINT,
    note TEXT,
    sequence BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CONSTRAINT registrations_ticket UNIQUE (program, ticket)
) STRICT;
CREATE INDEX registrations_account ON registrations (account, program);
CREATE INDEX registrations_held ON registrations (hold_ends_at, id) WHERE status = 'held';
CREATE INDEX registrations_waiting ON registrations (program, ticket) WHERE status = 'waitlisted';
