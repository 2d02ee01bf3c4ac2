-- Whether a payment was made by itself. Its bill may be announced anew later in the cycle: where it was corrected, or money was
-- given back. The run then is that of the rest, and names the payment no more.
ALTER TABLE payments ADD COLUMN autopay BIGINT NOT NULL DEFAULT 0;
UPDATE payments SET autopay = 1 WHERE id IN (SELECT payment FROM autopay_runs WHERE payment IS NOT NULL);

-- When the newest event of a processor's own list came about that was seen: what it told and nobody heard is taken from there.
CREATE TABLE processor_seen (
    processor TEXT PRIMARY KEY,
    until BIGINT NOT NULL
) STRICT;
