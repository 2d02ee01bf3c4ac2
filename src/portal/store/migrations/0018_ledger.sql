-- Double entry. A journal entry tells what happened to money, when and why; its postings say which accounts of the
-- ledger it moved, debits above zero and credits below, and sum to zero. Rows are added, never changed.
--
-- An entry's id is made of what it tells, so that nothing is written down twice: the number of the bill or payment, three
-- bits for the kind (0 charge, 1 adjustment, 2 void, 3 credit, 4 payment, 5 return, 6 refund), twenty for the place among
-- those of its kind.
CREATE TABLE journal_entries (
    id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    bill BIGINT REFERENCES bills (id),
    payment BIGINT REFERENCES payments (id),
    -- A clerk's reason, a bank's code; nothing where the kind says it all.
    cause TEXT,
    CONSTRAINT journal_entries_about CHECK ((bill IS NULL) <> (payment IS NULL)),
    CONSTRAINT journal_entries_id CHECK (id / 8388608 = COALESCE(bill, payment))
) STRICT;
CREATE INDEX journal_entries_at ON journal_entries (at, id);

-- The postings of before, of payments alone.
CREATE TABLE postings_before AS SELECT payment, place, ledger_account, bill, amount, at FROM postings;
DROP TABLE postings;

CREATE TABLE postings (
    entry BIGINT NOT NULL REFERENCES journal_entries (id),
    place BIGINT NOT NULL,
    ledger_account TEXT NOT NULL,
    -- What is owed is kept for each bill.
    bill BIGINT REFERENCES bills (id),
    amount BIGINT NOT NULL,
    PRIMARY KEY (entry, place),
    CONSTRAINT postings_something CHECK (amount <> 0),
    CONSTRAINT postings_receivable CHECK ((ledger_account = 'receivable') = (bill IS NOT NULL))
) STRICT;
CREATE INDEX postings_bill ON postings (bill, entry) WHERE bill IS NOT NULL;

-- What was charged before, on the day it was issued: the days since 1970 of a date of the calendar.
INSERT INTO journal_entries (id, kind, at, bill)
SELECT b.id * 8388608, 'charge', b.days * 86400000, b.id FROM (
    SELECT id, amount, 367 * y - 7 * (y + (m + 9) / 12) / 4 + 275 * m / 9 + d - 719574 AS days FROM (
        SELECT id, amount, CAST(substr(issued_on, 1, 4) AS BIGINT) AS y, CAST(substr(issued_on, 6, 2) AS BIGINT) AS m,
        CAST(substr(issued_on, 9, 2) AS BIGINT) AS d FROM bills
    ) AS parts
) AS b WHERE b.amount > 0;
INSERT INTO postings (entry, place, ledger_account, bill, amount)
SELECT id * 8388608, 0, 'receivable', id, amount FROM bills WHERE amount > 0;
INSERT INTO postings (entry, place, ledger_account, amount)
SELECT id * 8388608, 1, 'revenue', -amount FROM bills WHERE amount > 0;

-- What was withdrawn before: when is not known any more, so at once.
INSERT INTO journal_entries (id, kind, at, bill)
SELECT b.id * 8388608 + 2097152, 'void', e.at, b.id FROM bills b JOIN journal_entries e ON e.id = b.id * 8388608
WHERE b.status = 'void';
INSERT INTO postings (entry, place, ledger_account, bill, amount)
SELECT id * 8388608 + 2097152, 0, 'receivable', id, -amount FROM bills WHERE status = 'void' AND amount > 0;
INSERT INTO postings (entry, place, ledger_account, amount)
SELECT id * 8388608 + 2097152, 1, 'revenue', amount FROM bills WHERE status = 'void' AND amount > 0;

INSERT INTO journal_entries (id, kind, at, payment)
SELECT payment * 8388608 + 4194304, 'payment', MIN(at), payment FROM postings_before GROUP BY payment;
INSERT INTO postings (entry, place, ledger_account, bill, amount)
SELECT payment * 8388608 + 4194304, place, ledger_account, bill, amount FROM postings_before WHERE amount <> 0;
DROP TABLE postings_before;
