//! The first unit of a payment: the key, the bills meant, what is set aside of them, and the payment, or none of it.

use std::iter::once;

use futures_util::{future::try_join_all, try_join};

use super::{
    queries,
    rules::{self, Named},
    settle::{self, AskedBy, Intent, Spent},
};
use crate::{
    api::{
        city::PaymentKind,
        id::{AccountId, BankEntryId, MethodId, PaymentId, TokenId},
        ledger::LedgerAccount,
        money::Minor,
        payments::{Allocation, NewPayment, PaymentStatus},
        problem::{Code, Problem},
        time::{Date, Timestamp},
    },
    portal::{
        Portal,
        bills::{self, queries::BillRow},
        error::{Error, Result},
        gateways::processor::Attempt,
        history::{self, Entry},
        idempotency::{Claim, Claimed},
        store::{Tx, params},
        tokens::spending,
        wallet::{self, queries::MethodRow},
    },
};

/// Who asks for a payment, of what, and when.
#[derive(Clone)]
pub(crate) struct Asked {
    /// The portal asked.
    pub(crate) portal: Portal,
    /// Who asks.
    pub(crate) account: AccountId,
    /// With which personal access token, where with one.
    pub(crate) token: Option<TokenId>,
    /// Of what.
    pub(crate) new: NewPayment,
    /// When.
    pub(crate) now: Timestamp,
    /// The city's date then.
    pub(crate) today: Date,
}

impl Asked {
    /// The bills meant, in the order they are paid.
    pub(crate) async fn bills(&self, tx: &Tx<'_>) -> Result<Vec<BillRow>> {
        if !self.new.bills.is_empty() {
            let found = self.new.bills.iter().map(async |&id| {
                let bill = bills::queries::find(tx, self.account, id).await?;
                bill.ok_or_else(|| Error::from(Problem::not_found("bill", id)))
            });
            return try_join_all(found).await;
        }
        let zone = &self.portal.city().zone;
        let before = self.new.due_within.map(|when| when.date(self.today, zone).plus_days(1));
        let before = before.unwrap_or_else(bills::rules::last_day);
        let most = i64::try_from(rules::MOST_BILLS).unwrap_or(i64::MAX);
        let found = bills::queries::payable(tx, self.account, before, most + 1).await?;
        if found.len() > rules::MOST_BILLS {
            let detail = format!("more than {} bills are meant, the most of one payment", rules::MOST_BILLS);
            return Err(Problem::new(Code::Invalid, detail).hint("pay in parts, by due_within or by their ids").into());
        }
        Ok(found)
    }

    pub(super) async fn method(&self, tx: &Tx<'_>) -> Result<MethodRow> {
        wallet::chosen(tx, self.account, self.new.method).await
    }

    /// What goes to which bill and what it costs to pay so, checked against what was expected.
    pub(crate) fn allocate(&self, bills: &[BillRow], kind: PaymentKind) -> Result<Allocated> {
        let city = self.portal.city();
        let named = if self.new.bills.is_empty() { Named::ByRule } else { Named::OneByOne };
        let allocations = rules::allocate(bills, self.new.amount, named, city)?;
        let amount = Minor(allocations.iter().map(|part| part.amount.0).sum());
        let fee = city.charges.fee(kind, amount);
        let total = Minor(amount.0 + fee.0);
        rules::check_total(&self.new, total, city.currency)?;
        Ok(Allocated { allocations, amount, fee, total })
    }
}

/// What a payment is made of.
pub(crate) struct Allocated {
    /// What goes to which bill.
    pub(crate) allocations: Vec<Allocation>,
    /// Their sum.
    pub(crate) amount: Minor,
    /// What it costs to pay by that kind of method.
    pub(crate) fee: Minor,
    /// What is taken.
    pub(crate) total: Minor,
}

/// What the first unit of a payment came to.
pub(crate) enum Intended {
    /// The same request was made before: its payment.
    Before(PaymentId),
    /// The payment is written down; its charge is to be asked for.
    Now(Intent, Vec<Allocation>),
}

/// The first unit: the key, what is set aside of the bills, and the payment, or none of it.
pub(crate) async fn intend(tx: &Tx<'_>, asked: &Asked, claim: &Claim, id: PaymentId) -> Result<Intended> {
    // On PostgreSQL these three travel together.
    let known = async {
        let found = try_join!(async { Ok(asked.bills(tx).await) }, async { Ok(asked.method(tx).await) });
        found
    };
    let (claimed, (bills, method)) = try_join!(claim.take(tx, id.number(), asked.now), known)?;
    if let Claimed::Done(before) = claimed {
        return Ok(Intended::Before(PaymentId::new(before)));
    }
    tx.about(id);
    let (bills, method) = (bills?, method?);
    let Allocated { allocations, amount, fee, total } = asked.allocate(&bills, method.kind)?;
    allocations.iter().for_each(|part| tx.about(part.bill));
    let (account, now) = (asked.account, asked.now);
    let currency = asked.portal.city().currency;
    let spent = match asked.token {
        // Before the bills: whoever locks both locks them in this order.
        Some(token) => Some(Spent { token, day: spending::count(tx, token, asked.today, total, currency).await? }),
        None => None,
    };
    let title = rules::title(&allocations, &bills);
    let (method, reference) = (method.id, method.reference);
    let held = LedgerAccount::ProcessorClearing;
    let written = Written { id, account, method, reference, amount, fee, spent, title, held, entry: None };
    let intent = write_down(tx, &asked.portal, written, &allocations, now).await?;
    Ok(Intended::Now(intent, allocations))
}

/// What a payment is written down as.
pub(super) struct Written {
    pub(super) id: PaymentId,
    pub(super) account: AccountId,
    pub(super) method: MethodId,
    pub(super) reference: String,
    pub(super) amount: Minor,
    pub(super) fee: Minor,
    pub(super) spent: Option<Spent>,
    pub(super) title: String,
    pub(super) held: LedgerAccount,
    pub(super) entry: Option<BankEntryId>,
}

/// The payment's rows and what is set aside of the bills, or none of it.
pub(super) async fn write_down(
    tx: &Tx<'_>,
    portal: &Portal,
    written: Written,
    allocations: &[Allocation],
    now: Timestamp,
) -> Result<Intent> {
    let Written { id, account, method, reference, amount, fee, spent, title, held, entry: bank_entry } = written;
    let entry = Entry::payment(now, id, title.clone(), PaymentStatus::Pending, amount);
    let (token, day) = (spent.map(|spent| spent.token), spent.map(|spent| spent.day));
    let row = params![id, account, method, amount, fee, now, token, day, bank_entry];
    let placed: Vec<_> = allocations.iter().zip(0_i64..).collect();
    let parts: Vec<_> = placed.iter().map(|(part, place)| params![id, *place, part.bill, part.amount]).collect();
    // In this order: the payment is there before its parts.
    let parts = parts.iter().map(|part| (&queries::ALLOCATE, part.as_slice()));
    let payment: Vec<_> = once((&queries::INSERT, row.as_slice())).chain(parts).collect();
    let payment = async { Ok::<_, Error>(tx.pipeline(&payment).await?) };
    try_join!(reserve(tx, allocations), payment, history::record(tx, account, entry))?;
    let currency = portal.city().currency;
    let amount_charged = Minor(amount.0 + fee.0);
    let attempt = Attempt { payment: id, reference, amount: amount_charged, currency, created_at: now };
    let (asked_by, status) = (AskedBy::Resident, PaymentStatus::Pending);
    Ok(Intent { account, asked_by, status, amount, spent, title, attempt, held })
}

/// Sets the parts aside; the rows themselves refuse what is not payable any more.
async fn reserve(tx: &Tx<'_>, allocations: &[Allocation]) -> Result<()> {
    let parts = bills::queries::in_lock_order(allocations, |part| part.bill);
    let reserved = parts.into_iter().map(async |part| {
        match tx.execute(&queries::RESERVE, &params![part.bill, part.amount]).await? {
            1 => Ok(()),
            _ => {
                let detail = format!("another payment of {} came first", part.bill);
                let problem = Problem::new(Code::NothingDue, detail)
                    .hint(format!("see what is still payable: citytime bills show {}", part.bill))
                    .about(part.bill);
                Err(Error::from(problem))
            }
        }
    });
    try_join_all(reserved).await?;
    Ok(())
}

/// Both units in one, of a payment that was made before there was a portal to wait for: a sandbox's past.
pub(crate) async fn pay_at_once(tx: &Tx<'_>, asked: &Asked, claim: &Claim, id: PaymentId) -> Result<()> {
    match intend(tx, asked, claim, id).await? {
        Intended::Before(_) => Ok(()),
        Intended::Now(intent, allocations) => {
            settle::commit_success(tx, &asked.portal, intent, allocations, asked.now).await
        }
    }
}
