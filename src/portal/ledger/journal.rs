//! What is posted: an entry for what happened, made in one place for each kind, and summing to zero or not posted.

use super::queries;
use crate::{
    api::{
        id::{self, BankEntryId, BankEntryKind, BillId, BillKind, Kind, PaymentId, PaymentKind},
        ledger::{EntryKind, LedgerAccount},
        money::Minor,
        payments::Allocation,
        time::Timestamp,
        word::Word,
    },
    portal::{
        error::{Error, Result},
        store::{Query, Tx, Value, params, row},
    },
};

/// How many bits of an entry's id tell its place among those of its kind.
const PLACE_BITS: u32 = 19;
/// How many bits lie below the number of what an entry is about: four for the kind, and the place. There were three for
/// the kind at first: the codes of those kinds are even.
const BELOW_NUMBER: u32 = PLACE_BITS + 4;

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Bill(BillId),
    Payment(PaymentId),
    Bank(BankEntryId),
}

impl About {
    const fn number(self) -> i64 {
        match self {
            Self::Bill(id) => id.number(),
            Self::Payment(id) => id.number(),
            Self::Bank(id) => id.number(),
        }
    }

    /// The ids its entries can have: from the first to the last, both counted.
    pub(super) const fn ids(self) -> (i64, i64) {
        let first = self.number() << BELOW_NUMBER;
        (first, first | ((1 << BELOW_NUMBER) - 1))
    }
}

/// The id of an entry: what it is about, its kind and its place among those of that kind. The same thing has the same
/// id, so that it cannot be posted twice.
pub(super) const fn entry_id(about: About, kind: EntryKind, place: i64) -> i64 {
    (about.number() << BELOW_NUMBER) | (code(kind) << PLACE_BITS) | place
}

/// The ids the entries about a payment can have: from the first to the last, both counted.
pub(crate) const fn entries_of(payment: PaymentId) -> (i64, i64) {
    About::Payment(payment).ids()
}

/// What an entry of an id is called: `PAY-7K3Q9XM2.payment`, `BIL-7K3Q9XM2.adjustment.2`.
pub(super) fn name(id: i64, kind: EntryKind) -> String {
    let prefix = match kind {
        EntryKind::Charge | EntryKind::Adjustment | EntryKind::Void | EntryKind::Credit => BillKind::PREFIX,
        EntryKind::Payment | EntryKind::Return | EntryKind::Refund | EntryKind::Reversal | EntryKind::Chargeback => {
            PaymentKind::PREFIX
        }
        EntryKind::Park | EntryKind::GiveBack => BankEntryKind::PREFIX,
    };
    let place = id & ((1 << PLACE_BITS) - 1);
    let thing = id::spell(prefix, id >> BELOW_NUMBER);
    if place == 0 { format!("{thing}.{kind}") } else { format!("{thing}.{kind}.{}", place + 1) }
}

const fn code(kind: EntryKind) -> i64 {
    match kind {
        EntryKind::Charge => 0,
        EntryKind::Adjustment => 2,
        EntryKind::Void => 4,
        EntryKind::Credit => 6,
        EntryKind::Payment => 8,
        EntryKind::Return => 10,
        EntryKind::Refund => 12,
        EntryKind::Chargeback => 11,
        EntryKind::Reversal => 13,
        EntryKind::Park => 14,
        EntryKind::GiveBack => 15,
    }
}

row! {
    /// What an entry does to one account: a debit is above zero.
    #[derive(Copy)]
    pub(crate) struct Leg {
        pub(crate) account: LedgerAccount,
        pub(crate) bill: Option<BillId>,
        pub(crate) amount: i64,
    }
}

impl Leg {
    const fn owed(bill: BillId, amount: i64) -> Self {
        Self { account: LedgerAccount::Receivable, bill: Some(bill), amount }
    }

    const fn of(account: LedgerAccount, amount: i64) -> Self {
        Self { account, bill: None, amount }
    }
}

/// An entry to be posted.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    about: About,
    kind: EntryKind,
    place: i64,
    at: Timestamp,
    cause: Option<String>,
    legs: Vec<Leg>,
}

/// A payment that arrived.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paid<'a> {
    /// The payment.
    pub(crate) payment: PaymentId,
    /// What went to which bill.
    pub(crate) parts: &'a [Allocation],
    /// What the payer gave for the way it was paid.
    pub(crate) fee: Minor,
    /// Where the money is now.
    pub(crate) held: LedgerAccount,
}

/// What went back of a payment; below zero what came again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Back<'a> {
    /// A refund by the city, a return by the bank, or what else moves the money of a payment.
    pub(crate) kind: EntryKind,
    /// The payment.
    pub(crate) payment: PaymentId,
    /// What is owed again, of which bill.
    pub(crate) reopened: &'a [(BillId, Minor)],
    /// What went back of bills that stay paid.
    pub(crate) kept: Minor,
    /// What went back of the fee.
    pub(crate) fee: Minor,
    /// What went back of what is kept for the payer: it had gone back, and had not arrived.
    pub(crate) payable: Minor,
    /// What the city loses.
    pub(crate) lost: Minor,
    /// Where the money was.
    pub(crate) held: LedgerAccount,
    /// Why.
    pub(crate) cause: &'a str,
}

impl<'a> Back<'a> {
    /// Nothing of a payment whose money is held there.
    pub(crate) const fn nothing(kind: EntryKind, payment: PaymentId, held: LedgerAccount) -> Back<'a> {
        let (kept, fee, payable, lost) = (Minor::ZERO, Minor::ZERO, Minor::ZERO, Minor::ZERO);
        Back { kind, payment, reopened: &[], kept, fee, payable, lost, held, cause: "" }
    }
}

impl Entry {
    fn new(about: About, kind: EntryKind, at: Timestamp, legs: Vec<Leg>) -> Self {
        Self { about, kind, place: 0, at, cause: None, legs }
    }

    /// A bill is issued.
    pub(crate) fn charge(bill: BillId, amount: Minor, at: Timestamp) -> Self {
        let legs = vec![Leg::owed(bill, amount.0), Leg::of(LedgerAccount::Revenue, -amount.0)];
        Self::new(About::Bill(bill), EntryKind::Charge, at, legs)
    }

    /// A bill is over so much more, or less where it is below zero; so many corrections were before.
    fn adjustment(bill: BillId, difference: Minor, before: i64, at: Timestamp) -> Self {
        let legs = vec![Leg::owed(bill, difference.0), Leg::of(LedgerAccount::Revenue, -difference.0)];
        Self { place: before, ..Self::new(About::Bill(bill), EntryKind::Adjustment, at, legs) }
    }

    /// A bill that was over so much is withdrawn: nothing is owed on it, and what was paid of it is the payer's.
    pub(crate) fn void(bill: BillId, amount: Minor, cause: &str, at: Timestamp) -> Self {
        let legs = vec![Leg::owed(bill, -amount.0), Leg::of(LedgerAccount::Revenue, amount.0)];
        Self { cause: Some(cause.to_owned()), ..Self::new(About::Bill(bill), EntryKind::Void, at, legs) }
    }

    /// So much is taken off a bill; so many credits were before.
    fn credit(bill: BillId, amount: Minor, cause: &str, before: i64, at: Timestamp) -> Self {
        let legs = vec![Leg::owed(bill, -amount.0), Leg::of(LedgerAccount::Credits, amount.0)];
        let cause = Some(cause.to_owned());
        Self { place: before, cause, ..Self::new(About::Bill(bill), EntryKind::Credit, at, legs) }
    }

    /// A payment has arrived: its bills are owed less, the fee is earned.
    pub(crate) fn payment(paid: &Paid<'_>, at: Timestamp) -> Self {
        let amount: i64 = paid.parts.iter().map(|part| part.amount.0).sum();
        let mut legs = vec![Leg::of(paid.held, amount + paid.fee.0)];
        legs.extend(paid.parts.iter().map(|part| Leg::owed(part.bill, -part.amount.0)));
        legs.extend((paid.fee.0 != 0).then(|| Leg::of(LedgerAccount::Fees, -paid.fee.0)));
        Self::new(About::Payment(paid.payment), EntryKind::Payment, at, legs)
    }

    /// Money of a payment went back; so many entries of the kind were before.
    fn back(back: &Back<'_>, before: i64, at: Timestamp) -> Self {
        let reopened: i64 = back.reopened.iter().map(|(_, amount)| amount.0).sum();
        let total = reopened + back.kept.0 + back.fee.0 + back.payable.0 + back.lost.0;
        let mut legs = vec![Leg::of(back.held, -total)];
        legs.extend(back.reopened.iter().map(|&(bill, amount)| Leg::owed(bill, amount.0)));
        let others = [
            (LedgerAccount::Refunds, back.kept),
            (LedgerAccount::Fees, back.fee),
            (LedgerAccount::RefundsPayable, back.payable),
            (LedgerAccount::WriteOffs, back.lost),
        ];
        legs.extend(
            others.into_iter().filter(|(_, amount)| amount.0 != 0).map(|(account, amount)| Leg::of(account, amount.0)),
        );
        let cause = Some(back.cause.to_owned());
        Self { place: before, cause, ..Self::new(About::Payment(back.payment), back.kind, at, legs) }
    }

    /// Money that arrived at the bank went to no bill, and is held for whoever it is of.
    pub(crate) fn park(entry: BankEntryId, amount: Minor, at: Timestamp) -> Self {
        let legs = vec![Leg::of(LedgerAccount::Bank, amount.0), Leg::of(LedgerAccount::Unapplied, -amount.0)];
        Self::new(About::Bank(entry), EntryKind::Park, at, legs)
    }

    /// What was held of it was sent back.
    pub(crate) fn unpark(entry: BankEntryId, amount: Minor, cause: &str, at: Timestamp) -> Self {
        let legs = vec![Leg::of(LedgerAccount::Unapplied, amount.0), Leg::of(LedgerAccount::Bank, -amount.0)];
        Self { cause: Some(cause.to_owned()), ..Self::new(About::Bank(entry), EntryKind::GiveBack, at, legs) }
    }

    /// The row of the entry and those of its postings, so many at once as there are statements for.
    fn statements(&self) -> Result<Vec<(&'static Query, Vec<Value<'_>>)>> {
        let id = entry_id(self.about, self.kind, self.place);
        let sum: i64 = self.legs.iter().map(|leg| leg.amount).sum();
        if sum != 0 || !(0..1 << PLACE_BITS).contains(&self.place) {
            let what = format!("the {} {} of {:?} sums to {sum}", self.kind, self.place, self.about);
            return Err(Error::internal(what));
        }
        let number = Value::Int(self.about.number());
        let [bill, payment, bank_entry] = match self.about {
            About::Bill(_) => [number, Value::Null, Value::Null],
            About::Payment(_) => [Value::Null, number, Value::Null],
            About::Bank(_) => [Value::Null, Value::Null, number],
        };
        let cause = self.cause.as_deref().map_or(Value::Null, Value::Text);
        let at = Value::Int(self.at.as_millisecond());
        let mut made = vec![(
            &queries::ENTRY,
            vec![Value::Int(id), Value::Text(self.kind.as_str()), at, bill, payment, bank_entry, cause],
        )];
        for (part, legs) in self.legs.chunks(3).enumerate() {
            let query: &'static Query = match legs.len() {
                3 => &queries::POST_THREE,
                2 => &queries::POST_TWO,
                _ => &queries::POST_ONE,
            };
            let mut values = vec![Value::Int(id)];
            for (place, leg) in legs.iter().enumerate() {
                let place = i64::try_from(3 * part + place).map_err(Error::internal)?;
                let bill = leg.bill.map_or(Value::Null, |bill| Value::Int(bill.number()));
                values.extend([Value::Int(place), Value::Text(leg.account.as_str()), bill, Value::Int(leg.amount)]);
            }
            made.push((query, values));
        }
        Ok(made)
    }
}

/// Posts an entry, in the unit of what it tells. One that moves nothing leaves no row.
pub(crate) async fn post(tx: &Tx<'_>, entry: &Entry) -> Result<()> {
    run(tx, None, entry).await
}

/// The same behind the statement that makes what the entry is about: they travel together.
pub(crate) async fn post_behind(
    tx: &Tx<'_>,
    (query, values): (&'static Query, &[Value<'_>]),
    entry: &Entry,
) -> Result<()> {
    run(tx, Some((query, values)), entry).await
}

/// Posts that a bill, which is taken, is over so much more, or less where it is below zero.
pub(crate) async fn adjust(tx: &Tx<'_>, bill: BillId, difference: Minor, now: Timestamp) -> Result<()> {
    if difference == Minor::ZERO {
        return Ok(());
    }
    let before = count(tx, About::Bill(bill), EntryKind::Adjustment).await?;
    post(tx, &Entry::adjustment(bill, difference, before, now)).await
}

/// Posts that so much was taken off a bill, which is taken.
pub(crate) async fn credit(tx: &Tx<'_>, bill: BillId, amount: Minor, cause: &str, now: Timestamp) -> Result<()> {
    let before = count(tx, About::Bill(bill), EntryKind::Credit).await?;
    post(tx, &Entry::credit(bill, amount, cause, before, now)).await
}

/// Posts that money of a payment, which is taken, went back; tells the entry.
pub(crate) async fn give_back(tx: &Tx<'_>, back: &Back<'_>, now: Timestamp) -> Result<i64> {
    let about = About::Payment(back.payment);
    let before = count(tx, about, back.kind).await?;
    post(tx, &Entry::back(back, before, now)).await?;
    Ok(entry_id(about, back.kind, before))
}

/// What an entry did to which account.
pub(crate) async fn legs(tx: &Tx<'_>, entry: i64) -> Result<Vec<Leg>> {
    Ok(tx.rows(&queries::LEGS, &params![entry]).await?)
}

/// What of a payment is kept for its payer: it had gone back, and had not arrived.
pub(crate) async fn payable(tx: &Tx<'_>, payment: PaymentId) -> Result<Minor> {
    let (first, last) = entries_of(payment);
    let (payable,) = tx.one(&queries::PAYABLE, &params![first, last]).await?;
    Ok(payable)
}

/// How many entries of a kind there are about a thing, which is taken.
async fn count(tx: &Tx<'_>, about: About, kind: EntryKind) -> Result<i64> {
    let (first, last) = (entry_id(about, kind, 0), entry_id(about, kind, (1 << PLACE_BITS) - 1));
    let (count,): (i64,) = tx.one(&queries::COUNT, &params![first, last]).await?;
    Ok(count)
}

async fn run(tx: &Tx<'_>, first: Option<(&'static Query, &[Value<'_>])>, entry: &Entry) -> Result<()> {
    let made = match entry.legs.iter().all(|leg| leg.amount == 0) {
        true => Vec::new(),
        false => entry.statements()?,
    };
    let made = made.iter().map(|(query, values)| (*query, values.as_slice()));
    let statements: Vec<_> = first.into_iter().chain(made).collect();
    tx.pipeline(&statements).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> Timestamp {
        Timestamp::from_millisecond(0)
    }

    #[test]
    fn an_entry_is_named_by_what_it_tells() {
        let last = BillId::new(BillId::SPACE - 1);
        let id = entry_id(About::Bill(last), EntryKind::Adjustment, 1);
        assert_eq!(name(id, EntryKind::Adjustment), "BIL-ZZZZZZZZ.adjustment.2");
        let (first, end) = About::Bill(last).ids();
        assert!((first..=end).contains(&id));
        assert_eq!((first, end), (i64::MAX - (1 << 23) + 1, i64::MAX));
        let payment = entry_id(About::Payment(PaymentId::new(1)), EntryKind::Payment, 0);
        assert_eq!(
            (payment, name(payment, EntryKind::Payment).as_str()),
            (8_388_608 + 4_194_304, "PAY-00000001.payment")
        );
        let back = entry_id(About::Bank(BankEntryId::new(1)), EntryKind::GiveBack, 0);
        assert_eq!((back, name(back, EntryKind::GiveBack).as_str()), (8_388_608 + 7_864_320, "BNK-00000001.give_back"));
    }

    #[test]
    fn an_entry_that_does_not_sum_to_zero_is_refused() {
        let good = Entry::charge(BillId::new(1), Minor(5), at());
        assert!(good.statements().is_ok());
        let mut bad = good;
        bad.legs.pop();
        assert!(bad.statements().is_err());
    }

    #[test]
    fn many_bills_are_posted_in_few_statements() {
        let parts: Vec<_> = (1..=5).map(|bill| Allocation { bill: BillId::new(bill), amount: Minor(bill) }).collect();
        let paid =
            Paid { payment: PaymentId::new(9), parts: &parts, fee: Minor(2), held: LedgerAccount::ProcessorClearing };
        let entry = Entry::payment(&paid, at());
        // What an entry is, and one from where the money is, five bills, the fee.
        let statements = entry.statements().unwrap();
        assert_eq!(statements.iter().map(|(_, values)| values.len()).collect::<Vec<_>>(), [7, 13, 13, 5]);
    }

    #[test]
    fn no_statement_changes_what_was_posted() {
        let changes = |sql: &str| {
            let words = sql.to_lowercase();
            ["journal_entries", "postings"].iter().any(|table| {
                words.contains(&format!("update {table}")) || words.contains(&format!("delete from {table}"))
            })
        };
        let changing: Vec<_> =
            crate::portal::queries().filter(|query| changes(query.sql)).map(|query| query.name).collect();
        assert_eq!(changing, [] as [&str; 0], "rows of the ledger are added, never changed");
        assert!(changes("UPDATE postings SET amount = 1") && changes("DELETE FROM journal_entries"));
    }
}
