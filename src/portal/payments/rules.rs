//! What a payment is made of: which bills, how much of each, and whether that is what was expected.

use super::queries::{RefundableRow, ReturnableRow};
use crate::{
    api::{
        city::PaymentKind,
        id::{BillId, PaymentId},
        ledger::LedgerAccount,
        money::{Currency, Minor},
        payments::{Allocation, NewPayment, PaymentStatus},
        problem::{Code, FieldError, Problem},
    },
    portal::{
        bills::queries::BillRow,
        city::{City, PartialPayment},
        error::{Error, Result},
    },
};

/// The most bills of one payment.
pub const MOST_BILLS: usize = 200;

/// Checks what can be checked without looking at anything.
pub fn check(new: &NewPayment) -> Result<()> {
    let ways = usize::from(!new.bills.is_empty()) + usize::from(new.all) + usize::from(new.due_within.is_some());
    if ways != 1 {
        return Err(Error::field("/bills", "say which bills by exactly one of bills, all and due_within"));
    }
    if new.bills.len() > MOST_BILLS {
        return Err(Error::field("/bills", format!("one payment takes at most {MOST_BILLS} bills")));
    }
    let mut seen = std::collections::HashSet::new();
    if let Some(twice) = new.bills.iter().find(|bill| !seen.insert(**bill)) {
        return Err(Error::field("/bills", format!("{twice} is named twice")));
    }
    for (pointer, amount) in [("/amount", new.amount), ("/max", new.max), ("/expect_total", new.expect_total)] {
        if amount.is_some_and(|amount| amount.0 <= 0) {
            let field = FieldError::new(pointer, format!("{} must be above zero", &pointer[1..]));
            return Err(Problem::invalid(vec![field]).hint("say more, or leave it out").into());
        }
    }
    Ok(())
}

/// What goes to which bill, in their order: all that is payable, or `amount` of it.
pub fn allocate(bills: &[BillRow], amount: Option<Minor>, named: Named, city: &City) -> Result<Vec<Allocation>> {
    let currency = city.currency;
    if let Some(bill) = bills.iter().find(|bill| bill.payable() == Minor::ZERO)
        && named == Named::OneByOne
    {
        return Err(nothing_due(bill));
    }
    let payable = bills.iter().try_fold(Minor::ZERO, |sum, bill| sum.checked_add(bill.payable()));
    let payable = payable.ok_or_else(|| Error::internal("the bills sum up to more than 64 bits"))?;
    if payable == Minor::ZERO {
        let problem = Problem::new(Code::NothingDue, "there is nothing to pay")
            .hint("see all bills: citytime bills list --status all");
        return Err(problem.into());
    }
    let amount = amount.unwrap_or(payable);
    if amount > payable {
        let (asked, most) = (amount.display(currency), payable.display(currency));
        let problem = Problem::new(Code::AmountTooLarge, format!("{asked} is more than the {most} that can be paid"))
            .hint(format!("pay at most --amount {}", payable.decimal(currency)));
        return Err(problem.into());
    }
    let mut left = amount;
    let mut allocations = Vec::with_capacity(bills.len());
    for bill in bills {
        let part = Minor(bill.payable().0.min(left.0));
        if part == Minor::ZERO {
            break;
        }
        if part < bill.payable() {
            check_partial(bill, part, city)?;
        }
        left = Minor(left.0 - part.0);
        allocations.push(Allocation { bill: bill.id, amount: part });
    }
    Ok(allocations)
}

/// How the bills were named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// By their ids: each must have something payable.
    OneByOne,
    /// By a rule: whatever it finds.
    ByRule,
}

/// Whether part of a bill may be paid.
pub fn takes_parts(bill: &BillRow, city: &City) -> bool {
    // A fee is the portal's own bill, of no record: what it pays for is had whole or not at all.
    let parts = city.category(&bill.category).map(|category| category.partial_payment);
    bill.record.is_some() && parts == Some(PartialPayment::Allowed)
}

/// Where the money of a payment is that arrived by a kind of method.
pub const fn held(kind: PaymentKind) -> LedgerAccount {
    match kind {
        PaymentKind::BankTransfer => LedgerAccount::Bank,
        PaymentKind::Card | PaymentKind::BankAccount => LedgerAccount::ProcessorClearing,
    }
}

fn check_partial(bill: &BillRow, part: Minor, city: &City) -> Result<()> {
    if takes_parts(bill, city) {
        return Ok(());
    }
    let (part, whole) = (part.display(city.currency), bill.payable().display(city.currency));
    let detail = format!("{} must be paid in full: {whole}, not {part}", bill.id);
    Err(Problem::new(Code::Conflict, detail).hint("leave --amount out").about(bill.id).into())
}

/// Why nothing of a bill can be paid.
pub fn nothing_due(bill: &BillRow) -> Error {
    use crate::api::bills::BillStatus;
    let id = bill.id;
    let problem = match bill.status {
        BillStatus::Paid => Problem::new(Code::NothingDue, format!("{id} is paid already"))
            .hint("see its payment: citytime history payments"),
        BillStatus::Void => Problem::new(Code::NothingDue, format!("{id} was withdrawn by the city"))
            .hint("nothing is owed on it; see what is: citytime bills list"),
        BillStatus::Open => Problem::new(Code::NothingDue, format!("a payment of all of {id} is on its way already"))
            .hint("see it: citytime history payments"),
    };
    problem.about(id).into()
}

/// Refuses a total that is not the expected one, or above the limit.
pub fn check_total(new: &NewPayment, total: Minor, currency: Currency) -> Result<()> {
    let refuse = |detail: String| {
        Err(Problem::new(Code::TotalRefused, detail).hint("look at it first: citytime bills pay … --dry-run").into())
    };
    if let Some(expected) = new.expect_total
        && expected != total
    {
        return refuse(format!("the total is {}, not {}", total.display(currency), expected.display(currency)));
    }
    if let Some(max) = new.max
        && total > max
    {
        return refuse(format!("the total is {}, above {}", total.display(currency), max.display(currency)));
    }
    Ok(())
}

/// How much goes back of a payment: what is asked for, or all that is left.
pub fn refund(row: &RefundableRow, asked: Option<Minor>, city: &City) -> Result<Minor> {
    let currency = city.currency;
    if !matches!(row.status, PaymentStatus::Succeeded | PaymentStatus::Refunded) {
        let detail = format!("the payment is {}: there is nothing to give back", row.status);
        return Err(Problem::new(Code::Conflict, detail).hint("only what has arrived can be refunded").into());
    }
    let left = Minor(row.amount.0 + row.fee.0 - row.refunded.0 - row.refunding.0);
    if left == Minor::ZERO {
        let problem = Problem::new(Code::Conflict, "all of the payment was given back, or is on its way back");
        return Err(problem.hint("see it: citytime staff payments show …").into());
    }
    let amount = asked.unwrap_or(left);
    if amount <= Minor::ZERO {
        return Err(Error::field("/amount", "amount must be above zero"));
    }
    if amount > left {
        let (asked, most) = (amount.display(currency), left.display(currency));
        let problem =
            Problem::new(Code::AmountTooLarge, format!("{asked} is more than the {most} that are left of the payment"));
        return Err(problem.hint(format!("give back at most --amount {}", left.decimal(currency))).into());
    }
    let whole = Minor(row.refunded.0 + row.refunding.0 + amount.0);
    if let Some(limit) = city.charges.refund_limit.filter(|limit| whole > *limit) {
        let (whole, limit) = (whole.display(currency), limit.display(currency));
        let detail = format!("{whole} of one payment is above the {limit} a clerk may give back");
        return Err(Problem::new(Code::Forbidden, detail)
            .hint("the limit is refund_limit of [payments] in the city's file: whoever runs the portal may raise it")
            .into());
    }
    Ok(amount)
}

/// Why a return of a payment is refused.
pub fn not_returnable(id: PaymentId, row: &ReturnableRow) -> Error {
    let (detail, hint) = match row.status {
        PaymentStatus::Succeeded | PaymentStatus::Refunded => (
            format!("a refund of {id} is on its way"),
            "note the return once the refund is settled: citytime staff payments show …",
        ),
        PaymentStatus::Returned => (format!("{id} came back already"), "see it: citytime staff payments show …"),
        status => {
            (format!("{id} is {status}: it did not arrive, and cannot come back"), "look at the bank's file again")
        }
    };
    Problem::new(Code::Conflict, detail).hint(hint).about(id).into()
}

/// What a payment is called in the history.
pub fn title(allocations: &[Allocation], bills: &[BillRow]) -> String {
    let titled = |id: BillId| bills.iter().find(|bill| bill.id == id).map_or("a bill", |bill| bill.title.as_str());
    match allocations {
        [only] => titled(only.bill).to_owned(),
        [first, rest @ ..] => format!("{} and {} more", titled(first.bill), rest.len()),
        [] => "nothing".to_owned(),
    }
}
