-- Links of records that are over: whose it was, from when until when. Rows are added, never changed.
CREATE TABLE past_links (
    record BIGINT NOT NULL REFERENCES records (id),
    account BIGINT NOT NULL REFERENCES accounts (id),
    linked_at BIGINT NOT NULL,
    unlinked_at BIGINT NOT NULL
) STRICT;
CREATE INDEX past_links_record ON past_links (record, unlinked_at);
CREATE INDEX past_links_account ON past_links (account);
