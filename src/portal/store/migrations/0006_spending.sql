-- What a token may pay on one of the city's days: the row itself refuses more.
ALTER TABLE tokens ADD COLUMN max_per_day BIGINT;
ALTER TABLE tokens ADD COLUMN spent BIGINT NOT NULL DEFAULT 0 CHECK (spent >= 0);
-- The day `spent` is of; it never goes back.
ALTER TABLE tokens ADD COLUMN spent_on TEXT;
ALTER TABLE tokens ADD CONSTRAINT tokens_not_overspent CHECK (max_per_day IS NULL OR spent <= max_per_day);
-- With which token a payment was made, and on which of its days it counts.
ALTER TABLE payments ADD COLUMN token BIGINT REFERENCES tokens (id);
ALTER TABLE payments ADD COLUMN spent_on TEXT;
