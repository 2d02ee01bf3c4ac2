//! Receipts and statements on paper.
//!
//! - `pdf`: lines of text as a PDF

mod pdf;

use jiff::tz::TimeZone;

use self::pdf::Line;
use crate::api::{
    money::{Currency, Minor},
    payments::Receipt,
    statements::{Statement, StatementLine},
    time::{Date, Timestamp},
};

/// How wide the column of a title is, in letters.
const TITLE: usize = 40;

/// A receipt as a PDF.
pub(crate) fn receipt(receipt: &Receipt, zone: &TimeZone) -> Vec<u8> {
    let money = |amount: Minor| amount.display(receipt.currency);
    let mut lines = vec![
        Line::title(&receipt.city),
        Line::text(format!("Receipt {}", receipt.id)),
        Line::blank(),
        Line::text(format!("Paid by     {}", receipt.payer)),
        Line::text(format!("Paid with   {}", receipt.method)),
        Line::text(format!("Asked for   {}", when(receipt.created_at, zone))),
    ];
    lines.extend(receipt.settled_at.map(|at| Line::text(format!("Settled     {}", when(at, zone)))));
    lines.extend([Line::text(format!("State       {}", receipt.status)), Line::blank()]);
    lines.push(Line::strong(format!("{:12}  {:20}  {:TITLE$}{:>14}", "Bill", "Number", "For", "Amount")));
    for line in &receipt.lines {
        let (bill, number, title) = (line.bill.to_string(), cut(&line.number, 20), cut(&line.title, TITLE));
        lines.push(Line::text(format!("{bill:12}  {number:20}  {title:TITLE$}{:>14}", money(line.amount))));
    }
    let sum = |name: &str, amount: Minor| format!("{name:76}{:>14}", money(amount));
    lines.extend([Line::blank(), Line::text(sum("Bills", receipt.amount)), Line::text(sum("Fee", receipt.fee))]);
    lines.push(Line::strong(sum("Total", receipt.total)));
    if receipt.refunded != Minor::ZERO {
        lines.push(Line::text(sum("Refunded", receipt.refunded)));
    }
    pdf::document(&format!("Receipt {}", receipt.id), &lines)
}

/// A statement as a PDF.
pub(crate) fn statement(statement: &Statement, zone: &TimeZone) -> Vec<u8> {
    let Statement { city, name, from, to, categories, total, entries } = statement;
    let title = format!("Statement from {from} to {to}");
    let mut lines = vec![Line::title(city), Line::text(&title), Line::text(format!("of {name}")), Line::blank()];
    lines.push(Line::strong(format!(
        "{:15}{:>13}{:>13}{:>12}{:>12}{:>12}{:>13}",
        "Category", "Opening", "Charges", "Credits", "Payments", "Refunds", "Closing"
    )));
    lines.extend(categories.iter().map(|line| Line::text(summed(line))));
    lines.extend([Line::strong(summed(total)), Line::blank()]);
    lines.push(Line::strong(format!(
        "{:11} {:11}{:13} {:27}{:>13}{:>13}",
        "Day", "What", "Bill", "For", "Amount", "Owed"
    )));
    for entry in entries {
        let (day, kind, bill, title) = (day(entry.at, zone), entry.kind, entry.bill.to_string(), cut(&entry.title, 26));
        let (amount, balance) = (decimal(entry.amount, entry.currency), decimal(entry.balance, entry.currency));
        lines.push(Line::text(format!("{day:11} {kind:11}{bill:13} {title:27}{amount:>13}{balance:>13}")));
    }
    if entries.is_empty() {
        lines.push(Line::text("Nothing happened in this time."));
    }
    pdf::document(&title, &lines)
}

fn summed(line: &StatementLine) -> String {
    let money = |amount| decimal(amount, line.currency);
    let StatementLine { category, opening, charges, credits, payments, refunds, closing, .. } = line;
    let (opening, charges, credits) = (money(*opening), money(*charges), money(*credits));
    let (payments, refunds, closing) = (money(*payments), money(*refunds), money(*closing));
    let category = cut(category, 14);
    format!("{category:15}{opening:>13}{charges:>13}{credits:>12}{payments:>12}{refunds:>12}{closing:>13}")
}

fn decimal(amount: Minor, currency: Currency) -> String {
    amount.decimal(currency)
}

fn day(at: Timestamp, zone: &TimeZone) -> Date {
    at.date_in(zone)
}

fn when(at: Timestamp, zone: &TimeZone) -> String {
    format!("{} ({at})", day(at, zone))
}

/// A text that fits, with an ellipsis where it was cut.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}
