-- Which letters leave first: 0 for what somebody waits for (a code, a link), 1 for what accounts are told.
ALTER TABLE deliveries ADD COLUMN priority BIGINT NOT NULL DEFAULT 1;

DROP INDEX deliveries_due;
CREATE INDEX deliveries_due ON deliveries (channel, priority, due_at, notice) WHERE due_at IS NOT NULL;

-- And which notices are taken up first.
DROP INDEX notices_due;
CREATE INDEX notices_due ON notices ((CASE WHEN address IS NULL THEN 1 ELSE 0 END), due_at, id) WHERE due_at IS NOT NULL;
