-- Bills that are paid by themselves. A rule is an account's for a category of bills, or, with an empty one, for every category
-- it has no rule for. `max` is what may be taken for one bill, fee and all; none is no limit.
CREATE TABLE autopay_rules (
    account BIGINT NOT NULL REFERENCES accounts (id),
    category TEXT NOT NULL,
    method BIGINT NOT NULL REFERENCES methods (id),
    max BIGINT CHECK (max > 0),
    days_before BIGINT NOT NULL CHECK (days_before >= 0 AND days_before <= 28),
    set_at BIGINT NOT NULL,
    PRIMARY KEY (account, category)
) STRICT;
CREATE INDEX autopay_rules_days ON autopay_rules (days_before, account);
CREATE INDEX autopay_rules_method ON autopay_rules (method);

-- What became of a bill in a cycle: a due date makes one. It is announced with what would be taken and when, then paid or
-- skipped; what became of the payment the payment tells. Whoever shares a bill may have a rule too, and one of them pays:
-- of all that is not skipped there is one in a cycle.
CREATE TABLE autopay_runs (
    bill BIGINT NOT NULL REFERENCES bills (id),
    due_on TEXT NOT NULL,
    account BIGINT NOT NULL REFERENCES accounts (id),
    state TEXT NOT NULL CHECK (state IN ('announced', 'paying', 'skipped')),
    why TEXT,
    total BIGINT NOT NULL CHECK (total >= 0),
    pay_on TEXT NOT NULL,
    announced_at BIGINT NOT NULL,
    payment BIGINT REFERENCES payments (id),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (bill, due_on, account),
    CHECK ((state = 'skipped') = (why IS NOT NULL)),
    CHECK ((state = 'paying') = (payment IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX autopay_runs_live ON autopay_runs (bill, due_on) WHERE state <> 'skipped';
CREATE INDEX autopay_runs_announced ON autopay_runs (pay_on, bill, account) WHERE state = 'announced';
CREATE INDEX autopay_runs_account ON autopay_runs (account, changed_at);
CREATE UNIQUE INDEX autopay_runs_payment ON autopay_runs (payment) WHERE payment IS NOT NULL;
