-- Clerks list the city's bills, in any state, by due date.
CREATE INDEX bills_all_due ON bills (due_on, id);
-- Residents list their bank transfers, the newest first.
CREATE INDEX transfers_account ON transfers (account, created_at, id);
