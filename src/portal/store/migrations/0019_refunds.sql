-- What a clerk took off a bill; `amount` is what is left of the charge.
ALTER TABLE bills ADD COLUMN credited BIGINT NOT NULL DEFAULT 0;

-- What of a payment went back to its payer, and what is on its way back. More than was taken is refused by the row itself.
ALTER TABLE payments ADD COLUMN refunded BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payments ADD COLUMN refunding BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payments ADD CONSTRAINT payments_not_overrefunded
    CHECK (refunded >= 0 AND refunding >= 0 AND refunded + refunding <= amount + fee);
ALTER TABLE allocations ADD COLUMN refunded BIGINT NOT NULL DEFAULT 0;
ALTER TABLE allocations ADD CONSTRAINT allocations_not_overrefunded CHECK (refunded >= 0 AND refunded <= amount);

CREATE TABLE refunds (
    id BIGINT PRIMARY KEY,
    payment BIGINT NOT NULL REFERENCES payments (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL,
    -- What becomes of the bills that were paid: reopened or kept.
    bills TEXT NOT NULL,
    status TEXT NOT NULL,
    clerk BIGINT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    settled_at BIGINT,
    failure_code TEXT,
    failure_detail TEXT
) STRICT;
CREATE INDEX refunds_open ON refunds (created_at, id) WHERE status IN ('pending', 'processing');
CREATE INDEX refunds_payment ON refunds (payment, created_at);
CREATE INDEX payments_created ON payments (created_at, id);
