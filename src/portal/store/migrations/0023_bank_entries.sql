-- What the city's bank statements told. An entry is known again by what the bank calls it, or by all it says of it.
CREATE TABLE bank_entries (
    id BIGINT PRIMARY KEY,
    digest BYTEA NOT NULL UNIQUE,
    booked_on TEXT NOT NULL,
    -- Above zero what came in, below what went out.
    amount BIGINT NOT NULL CHECK (amount <> 0),
    currency TEXT NOT NULL,
    reference TEXT,
    name TEXT,
    outcome TEXT NOT NULL,
    detail TEXT,
    account BIGINT REFERENCES accounts (id),
    transfer BIGINT REFERENCES transfers (id),
    -- The payment it became when it was reconciled, which names the entry.
    payment BIGINT,
    -- What was parked of it, and what became of that.
    parked BIGINT NOT NULL,
    applied BIGINT NOT NULL,
    given_back BIGINT NOT NULL,
    clerk BIGINT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    CONSTRAINT bank_entries_not_overspent
        CHECK (parked >= 0 AND applied >= 0 AND given_back >= 0 AND applied + given_back <= parked)
) STRICT;
CREATE INDEX bank_entries_held ON bank_entries (created_at, id) WHERE applied + given_back < parked;

-- The money of which entry of a statement a payment is made of.
ALTER TABLE payments ADD COLUMN bank_entry BIGINT REFERENCES bank_entries (id);
CREATE INDEX payments_bank_entry ON payments (bank_entry) WHERE bank_entry IS NOT NULL;
-- Payments by transfer share a method, which is no saved one: it was removed when it was made.
CREATE UNIQUE INDEX methods_transfer ON methods (account) WHERE kind = 'bank_transfer';

-- An entry of the journal may be about an entry of a statement. Of the kind's three bits and the place's twenty the highest
-- of the place counts to the kind now, so that there are sixteen kinds; no thing has half a million entries of one.
ALTER TABLE journal_entries ADD COLUMN bank_entry BIGINT REFERENCES bank_entries (id);
ALTER TABLE journal_entries DROP CONSTRAINT journal_entries_about;
ALTER TABLE journal_entries DROP CONSTRAINT journal_entries_id;
ALTER TABLE journal_entries ADD CONSTRAINT journal_entries_about CHECK (
    CASE WHEN bill IS NULL THEN 0 ELSE 1 END + CASE WHEN payment IS NULL THEN 0 ELSE 1 END
    + CASE WHEN bank_entry IS NULL THEN 0 ELSE 1 END = 1);
ALTER TABLE journal_entries ADD CONSTRAINT journal_entries_id CHECK (id / 8388608 = COALESCE(bill, payment, bank_entry));
