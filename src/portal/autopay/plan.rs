//! What the rules of an account mean for its open bills: which are paid by themselves, when, and what is in the way.

use super::{
    queries::{self, Kept, Place, RuleRow, RunRow},
    rules, words,
};
use crate::{
    api::{
        autopay::{AutopayBill, AutopayReason, AutopayRule},
        bills::BillStatus,
        id::{AccountId, BillId},
        money::Minor,
        time::Date,
    },
    portal::{bills::queries::BillRow, city::City, error::Result, store::Tx},
};

/// The rules of an account, and what was announced of its open bills.
pub(crate) struct Plan {
    account: AccountId,
    rules: Vec<RuleRow>,
    runs: Vec<RunRow>,
    /// What was paid of bills by themselves, fees and all, and did not come back.
    taken: Vec<(BillId, Minor)>,
}

/// What a rule means for a bill.
struct Planned {
    total: Minor,
    pay_on: Option<Date>,
    announced: bool,
    why: Option<AutopayReason>,
}

impl Plan {
    /// That of an account without a rule.
    pub(crate) fn none(account: AccountId) -> Self {
        Self { account, rules: Vec::new(), runs: Vec::new(), taken: Vec::new() }
    }

    /// Reads it.
    pub(crate) async fn read(tx: &Tx<'_>, account: AccountId) -> Result<Self> {
        let rules = queries::rules(tx, account).await?;
        // Most accounts have no rule: nothing more is read for them.
        if rules.is_empty() {
            return Ok(Self::none(account));
        }
        let (runs, taken) = (queries::runs_of_open(tx, account).await?, queries::taken_of_open(tx, account).await?);
        Ok(Self { account, rules, runs, taken })
    }

    /// That of an account for one bill, open or not; `back` is given back of what was taken for it, and not noted yet.
    async fn of_bill(tx: &Tx<'_>, place: Place, back: Minor) -> Result<Self> {
        let Place { account, bill, .. } = place;
        let rules = queries::rules(tx, account).await?;
        let (runs, taken) = (queries::runs_of_bill(tx, account, bill).await?, queries::taken(tx, &place).await?);
        Ok(Self { account, rules, runs, taken: vec![(bill, Minor(taken.0.saturating_sub(back.0)))] })
    }

    /// Its rules.
    pub(super) fn rules(&self) -> &[RuleRow] {
        &self.rules
    }

    /// The day a bill is paid by itself; `None` where it is not.
    pub(crate) fn pay_on(&self, bill: &BillRow, city: &City, today: Date) -> Option<Date> {
        self.planned(bill, city, today)?.pay_on
    }

    /// What becomes of a bill; `None` where no rule covers it.
    pub(super) fn bill(&self, bill: &BillRow, city: &City, today: Date) -> Option<AutopayBill> {
        let Planned { total, pay_on, announced, why } = self.planned(bill, city, today)?;
        let (id, title, due_on, currency) = (bill.id, bill.title.clone(), bill.due_on, city.currency);
        Some(AutopayBill { bill: id, title, due_on, total, currency, pay_on, announced, why })
    }

    /// A rule with those of these bills that it covers.
    pub(super) fn rule(&self, rule: &RuleRow, bills: &[BillRow], city: &City, today: Date) -> AutopayRule {
        let covered = bills.iter().filter(|bill| {
            rules::covering(&self.rules, &bill.category).is_some_and(|covers| covers.category == rule.category)
        });
        let bills = covered.filter_map(|bill| self.bill(bill, city, today)).collect();
        AutopayRule { bills, ..seen(rule, &self.rules, city) }
    }

    fn planned(&self, bill: &BillRow, city: &City, today: Date) -> Option<Planned> {
        // A fee is paid by whoever wants what it is for: that is decided each time.
        if bill.record.is_none() || bill.status != BillStatus::Open {
            return None;
        }
        let rule = rules::covering(&self.rules, &bill.category)?;
        let total = rules::total(bill, rule, city);
        let not = |why| Some(Planned { total, pay_on: None, announced: false, why: Some(why) });
        let mut runs = self.runs.iter().filter(|run| run.bill == bill.id && run.due_on == bill.due_on);
        // Who sees the bill has its record again.
        let own = |run: &&RunRow| run.account == self.account && run.why != Some(AutopayReason::Unlinked);
        let own = runs.clone().find(own);
        match own.map(|run| (run.state, run)) {
            Some((Kept::Announced, run)) => {
                return Some(Planned { total, pay_on: Some(run.pay_on), announced: true, why: None });
            }
            Some((Kept::Paying, _)) if bill.pending != Minor::ZERO => return not(AutopayReason::Pending),
            // What was paid has arrived, and more is owed since: that is announced and paid as the whole was.
            Some((Kept::Paying, run)) if run.has_arrived() => {}
            Some((Kept::Paying, _)) => return not(AutopayReason::Failed),
            Some((Kept::Skipped, run)) => return not(run.why.unwrap_or(AutopayReason::LeftOut)),
            None if runs.any(|run| run.state != Kept::Skipped) => return not(AutopayReason::AnotherHolder),
            None => {}
        }
        if bill.pending != Minor::ZERO {
            return not(AutopayReason::Pending);
        }
        let taken = self.taken.iter().find(|(id, _)| *id == bill.id).map_or(Minor::ZERO, |&(_, taken)| taken);
        if rules::above_max(rule, taken, total) {
            return not(AutopayReason::AboveMax);
        }
        let pay_on = Some(rules::pay_on(bill.due_on, rule.days_before, today));
        Some(Planned { total, pay_on, announced: false, why: None })
    }
}

/// What is taken for a bill by itself, and when, were it as it is given: by whichever rule of those who owe it comes first.
/// `back` is given back to an account of what its rule had taken for the bill, and not noted yet.
pub(crate) async fn takes(
    tx: &Tx<'_>,
    bill: &BillRow,
    back: Option<(AccountId, Minor)>,
    city: &City,
    today: Date,
) -> Result<Option<(Date, Minor)>> {
    let mut first: Option<(Date, Minor)> = None;
    for account in queries::covering(tx, bill.id).await? {
        let place = Place { bill: bill.id, due_on: bill.due_on, account };
        let back = back.filter(|&(of, _)| of == account).map_or(Minor::ZERO, |(_, back)| back);
        let planned = Plan::of_bill(tx, place, back).await?.planned(bill, city, today);
        let taken = planned.and_then(|planned| Some((planned.pay_on?, planned.total)));
        first = first.into_iter().chain(taken).min_by_key(|&(day, _)| day);
    }
    Ok(first)
}

/// A rule as its owner sees it, among their others, without its bills.
pub(super) fn seen(rule: &RuleRow, rules: &[RuleRow], city: &City) -> AutopayRule {
    let category = Some(rule.category.clone()).filter(|category| !category.is_empty());
    AutopayRule {
        covers: category.clone().unwrap_or_else(|| "all others".to_owned()),
        category,
        method: rule.method,
        method_label: rule.label.clone(),
        max: rule.max,
        currency: city.currency,
        days_before: rule.days_before,
        set_at: rule.set_at,
        summary: words::summary(rule, rules, city),
        bills: Vec::new(),
    }
}
