-- Whether a payment was made by itself. Its bill may be announced anew later in the cycle: where it was corrected, or money was
-- given back. The run then is that of the rest, and names the payment no more.
ALTER TABLE payments ADD COLUMN autopay BIGINT NOT NULL DEFAULT 0;
UPDATE payments SET autopay = 1 WHERE id IN (SELECT payment FROM autopay_runs WHERE payment IS NOT NULL);

-- When the newest event of a processor's own list came about that was seen: what it told and nobody heard is taken from there.
CREATE TABLE processor_seen (
    processor TEXT PRIMARY KEY,
    until BIGINT NOT NULL
) STRICT;

-- Events are kept as long as their list goes back; those that are older are found by this.
CREATE INDEX processor_events_handled ON processor_events (handled_at) WHERE handled_at IS NOT NULL;

-- By what its payer calls an entry its reversal is tied to it, once.
ALTER TABLE bank_entries ADD COLUMN end_to_end TEXT;
ALTER TABLE bank_entries ADD COLUMN reverses BIGINT REFERENCES bank_entries (id);
CREATE UNIQUE INDEX bank_entries_reverses ON bank_entries (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX bank_entries_amount ON bank_entries (amount, booked_on);
-- What the bank took back of something nobody knows is held below zero, until that is found.
ALTER TABLE bank_entries DROP CONSTRAINT bank_entries_not_overspent;
ALTER TABLE bank_entries ADD CONSTRAINT bank_entries_not_overspent CHECK (
    applied >= 0 AND CASE WHEN parked >= 0 THEN given_back >= 0 AND applied + given_back <= parked
    ELSE amount < 0 AND applied = 0 AND given_back IN (0, parked) END);
DROP INDEX bank_entries_held;
CREATE INDEX bank_entries_held ON bank_entries (created_at, id) WHERE applied + given_back <> parked;
