-- What people ask the city's support. `messages` counts what was said; `opened_at` is since when it waits for an answer.
CREATE TABLE tickets (
    id BIGINT PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES accounts (id),
    subject TEXT NOT NULL,
    status TEXT NOT NULL,
    assignee BIGINT REFERENCES accounts (id),
    messages BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
) STRICT;
CREATE INDEX tickets_account ON tickets (account, created_at, id);
CREATE INDEX tickets_updated ON tickets (updated_at, id);
CREATE INDEX tickets_waiting ON tickets (updated_at, id) WHERE status <> 'closed';

-- What was said. Rows are added, never changed.
CREATE TABLE ticket_messages (
    ticket BIGINT NOT NULL REFERENCES tickets (id),
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    side TEXT NOT NULL,
    author BIGINT NOT NULL REFERENCES accounts (id),
    text TEXT NOT NULL,
    PRIMARY KEY (ticket, place)
) STRICT;
CREATE INDEX ticket_messages_author ON ticket_messages (author, at);
