//! Which bills a list has, what a bill looks like today, and whether an imported line will do.

use super::queries::{BillPaymentRow, BillRow};
use crate::{
    api::{
        bills::{Bill, BillFilter, BillPayment, BillQuery, BillStatus, Payer},
        id::{AccountId, BillId},
        money::{Currency, Minor},
        problem::{Code, Problem},
        staff::BillLine,
        time::Date,
    },
    portal::{autopay::Plan, city::City, error::Result, fees::Fee, unknown, web::paging::foreign},
};

/// The largest amount of a bill, in minor units: what a thousand of them sum up to still fits.
const LARGEST: i64 = 1_000_000_000_000;

/// Which bills to read.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The status asked for; empty for any.
    pub status: &'static str,
    /// The category asked for; empty for any.
    pub category: String,
    /// Due before this date.
    pub before: Date,
    /// Behind the bill with this due date and id.
    pub behind: (String, i64),
}

/// The bills a query asks for.
pub fn selection(query: BillQuery, today: Date, city: &City) -> Result<Selection> {
    let category = query.category.unwrap_or_default();
    if !category.is_empty() && city.category(&category).is_none() {
        let known = city.categories.iter().map(|category| category.id.as_str());
        return Err(unknown::category(&category, known, "leave the category out").into());
    }
    let status = query.status.unwrap_or(BillFilter::Open);
    let mut before = last_day();
    if status == BillFilter::Overdue {
        before = before.min(today);
    }
    if let Some(when) = query.due_before {
        before = before.min(when.date(today, &city.zone));
    }
    if let Some(when) = query.due_within {
        before = before.min(when.date(today, &city.zone).plus_days(1));
    }
    let behind = query.after.as_deref().map_or_else(|| Ok((String::new(), 0)), read_cursor)?;
    let status = match status {
        BillFilter::Open | BillFilter::Overdue => "open",
        BillFilter::Paid => "paid",
        BillFilter::All => "",
    };
    Ok(Selection { status, category, before, behind })
}

/// A date past every due date.
pub fn last_day() -> Date {
    jiff::civil::Date::MAX.into()
}

/// Where the page that ends with a bill goes on.
pub fn cursor(last: &BillRow) -> String {
    format!("{}.{}", last.due_on, last.id)
}

fn read_cursor(text: &str) -> Result<(String, i64)> {
    let parts =
        text.split_once('.').and_then(|(due, id)| Some((due.parse::<Date>().ok()?, id.parse::<BillId>().ok()?)));
    let (due, id) = parts.ok_or_else(foreign)?;
    Ok((due.to_string(), id.number()))
}

/// A bill as it looks today, to anyone: when an account has it paid by itself is not in it.
pub fn seen(row: BillRow, currency: Currency, today: Date) -> Bill {
    let balance = match row.status {
        BillStatus::Open | BillStatus::Paid => Minor(row.amount.0 - row.settled.0),
        // What was withdrawn is owed by nobody.
        BillStatus::Void => Minor::ZERO,
    };
    Bill {
        id: row.id,
        number: row.number,
        category: row.category,
        title: row.title,
        record: row.record,
        period: row.period,
        issued_on: row.issued_on,
        due_on: row.due_on,
        amount: row.amount,
        credited: row.credited,
        paid: row.settled,
        pending: row.pending,
        balance,
        currency,
        status: row.status,
        overdue: row.status == BillStatus::Open && row.due_on < today,
        autopay_on: None,
        payments: None,
    }
}

/// A bill as it looks today to an account, by its autopay rules.
pub fn seen_by(row: BillRow, plan: &Plan, city: &City, today: Date) -> Bill {
    let autopay_on = plan.pay_on(&row, city, today);
    Bill { autopay_on, ..seen(row, city.currency, today) }
}

/// Refuses to withdraw a bill of which something was paid or is on its way, or that is not open.
pub fn check_void(bill: &BillRow, fee: Option<Fee>, currency: Currency) -> Result<()> {
    let id = bill.id;
    let refuse = |detail: String, hint: String| Err(Problem::new(Code::Conflict, detail).hint(hint).about(id).into());
    if let Some(fee) = fee {
        let hint = "the bill goes with it: cancel the registration, call the program off, or deny the application";
        return refuse(format!("{id} is the fee of a {}, and is not withdrawn alone", fee.of), hint.to_owned());
    }
    if bill.status == BillStatus::Void {
        return refuse(
            format!("{id} was withdrawn already"),
            format!("see it: citytime staff ledger entries --bill {id}"),
        );
    }
    if bill.pending != Minor::ZERO {
        let pending = bill.pending.display(currency);
        return refuse(
            format!("a payment of {pending} of {id} is on its way"),
            "try again once it is settled".to_owned(),
        );
    }
    if bill.settled != Minor::ZERO {
        let settled = bill.settled.display(currency);
        let hint = format!("give it back first: citytime staff payments list --bill {id}");
        return refuse(format!("{settled} of {id} was paid"), hint);
    }
    if bill.status == BillStatus::Paid {
        return refuse(
            format!("nothing is owed on {id} any more"),
            format!("see it: citytime staff ledger entries --bill {id}"),
        );
    }
    Ok(())
}

/// Refuses to take more off a bill than is still payable of it, or than a clerk may.
pub fn check_credit(bill: &BillRow, amount: Minor, city: &City) -> Result<()> {
    let (id, payable, currency) = (bill.id, bill.payable(), city.currency);
    if payable == Minor::ZERO {
        let problem = match bill.status {
            BillStatus::Open => Problem::new(Code::NothingDue, format!("a payment of all of {id} is on its way"))
                .hint("try again once it is settled"),
            BillStatus::Paid => Problem::new(Code::NothingDue, format!("nothing is owed on {id} any more"))
                .hint(format!("give back what was paid: citytime staff payments list --bill {id}")),
            BillStatus::Void => Problem::new(Code::NothingDue, format!("{id} was withdrawn"))
                .hint(format!("see it: citytime staff ledger entries --bill {id}")),
        };
        return Err(problem.about(id).into());
    }
    if amount > payable {
        let (asked, most) = (amount.display(currency), payable.display(currency));
        let detail = format!("{asked} is more than the {most} that are still payable of {id}");
        let hint = format!("credit at most --amount {}; what was paid is refunded", payable.decimal(currency));
        return Err(Problem::new(Code::AmountTooLarge, detail).hint(hint).about(id).into());
    }
    let whole = Minor(bill.credited.0 + amount.0);
    if let Some(limit) = city.charges.credit_limit.filter(|limit| whole > *limit) {
        let (whole, limit) = (whole.display(currency), limit.display(currency));
        let detail = format!("{whole} off one bill is above the {limit} a clerk may take off");
        let hint = "the limit is credit_limit of [payments] in the city's file: whoever runs the portal may raise it";
        return Err(Problem::new(Code::Forbidden, detail).hint(hint).about(id).into());
    }
    Ok(())
}

/// A payment of a bill as somebody sees it who may see the bill.
pub fn seen_payment(row: &BillPaymentRow, looks: AccountId) -> BillPayment {
    let &BillPaymentRow { payment, account, amount, status, created_at: at } = row;
    let (by, payment) = if account == looks { (Payer::You, Some(payment)) } else { (Payer::AnotherHolder, None) };
    BillPayment { by, at, amount, status, payment }
}

/// What is wrong with an imported line, if anything is.
pub fn refusal(line: &BillLine, city: &City) -> Option<String> {
    for (field, value) in [("number", &line.number), ("record", &line.record), ("title", &line.title)] {
        if value.trim().is_empty() {
            return Some(format!("{field} is empty"));
        }
        if value.chars().count() > 200 {
            return Some(format!("{field} has more than 200 characters"));
        }
    }
    if city.category(&line.category).is_none() {
        let known: Vec<_> = city.categories.iter().map(|category| category.id.as_str()).collect();
        return Some(format!("there is no category `{}`; one of {} is", line.category, known.join(", ")));
    }
    if line.amount.0 <= 0 || line.amount.0 > LARGEST {
        return Some("amount must be above zero, and not absurdly large".to_owned());
    }
    if line.due_on < line.issued_on {
        return Some(format!("due_on {} is before issued_on {}", line.due_on, line.issued_on));
    }
    None
}
