-- Which entry of the journal tells of a refund that went back: it is reversed where the money does not arrive after all.
-- Of those before, the entries are in the order in which they were settled.
ALTER TABLE refunds ADD COLUMN entry BIGINT REFERENCES journal_entries (id);
UPDATE refunds SET entry = payment * 8388608 + 6291456 + (SELECT COUNT(*) FROM refunds AS other
    WHERE other.payment = refunds.payment AND other.status = 'succeeded'
    AND (other.settled_at, other.id) < (refunds.settled_at, refunds.id))
WHERE status = 'succeeded';

-- Charges that a card's holder disputes, by what the processor calls each dispute.
CREATE TABLE disputes (
    reference TEXT PRIMARY KEY,
    payment BIGINT NOT NULL REFERENCES payments (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL,
    status TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    settled_at BIGINT
) STRICT;
CREATE INDEX disputes_payment ON disputes (payment, opened_at);
