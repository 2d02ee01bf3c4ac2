//! `citytime staff bills`: the city's bills.

use clap::{Args, Subcommand};
use serde::Deserialize;

use super::import::{self, FileArgs, LINE};
use crate::{
    api::{
        bills::{AGING, BillCaseQuery, CASE, CASES, CREDIT, Credit, VOID, Withdrawal},
        endpoint::Empty,
        id::BillId,
        money::{Currency, Decimal, Minor},
        staff::{BillLine, IMPORT_BILLS},
    },
    cli::{
        Context,
        bills::{BILL, Which},
        complete, list,
    },
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

const COLUMNS: &[&str] = &["number", "record", "category", "title", "issued_on", "due_on", "amount"];

/// A bill as clerks see it.
pub(crate) static BILL_CASE: Sheet = Sheet {
    noun: "bill",
    columns: &[
        Column::id("id"),
        Column::text("title"),
        Column::id("record"),
        Column::date("due_on").header("due").first(),
        Column::money("balance").first(),
        Column::status("status"),
        Column::yes_no("overdue"),
        Column::text("number").wide(),
        Column::text("category").wide(),
        Column::money("amount").wide(),
        Column::money("paid").wide(),
        Column::money("pending").wide(),
        Column::text("period").wide(),
        Column::date("issued_on").wide(),
        Column::money("credited").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("widen it: --status all, and leave --record, --category and the dates out"),
};

/// The city's bills
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff bills import bills.csv
  citytime staff bills list --record UT-204177 --status all
  citytime staff bills aging")]
pub(super) struct BillsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Import(ImportArgs),
    List(ListArgs),
    Show(ShowArgs),
    /// Withdraw a bill of which nothing was paid; those who owe it are told why
    ///
    /// On a terminal you are asked first; scripts agree with --yes.
    #[command(after_help = "Examples:
  citytime staff bills void BIL-7K3Q9XM2 --reason \"Issued twice\"
  citytime staff bills void BIL-7K3Q9XM2 --reason \"Issued twice\" --yes")]
    Void {
        /// The bill (BIL-…)
        #[arg(add = complete::staff_bills())]
        bill: BillId,
        /// Why, as its residents are told it
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Take something off a bill: at most what is still payable; those who owe it are told why
    ///
    /// On a terminal you are asked first; scripts agree with --yes.
    #[command(after_help = "Examples:
  citytime staff bills credit BIL-7K3Q9XM2 --amount 12.50 --reason \"Meter read wrong\"
  citytime staff bills credit BIL-7K3Q9XM2 --amount 12.50 --reason \"Meter read wrong\" --yes")]
    Credit {
        /// The bill (BIL-…)
        #[arg(add = complete::staff_bills())]
        bill: BillId,
        /// So much
        #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
        amount: Decimal,
        /// Why, as its residents are told it
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Show what is owed to the city, by category and by how long it is overdue
    #[command(
        after_help = "Examples:\n  citytime staff bills aging\n  citytime staff bills aging -o csv > receivables.csv"
    )]
    Aging,
}

/// List the city's bills, the next due first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff bills list --record UT-204177 --status all
  citytime staff bills list --status overdue --category fine -o csv > overdue.csv")]
struct ListArgs {
    #[command(flatten)]
    which: Which,
    /// Only of this city record: its number, however written, or its id (REC-…)
    #[arg(long, value_name = "NUMBER|ID")]
    record: Option<String>,
    #[command(flatten)]
    limit: list::Limit,
}

/// Show a bill, whosever it is
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime staff bills show BIL-7K3Q9XM2\n  citytime staff bills show BIL-7K3Q9XM2 --jq .balance"
)]
struct ShowArgs {
    /// The bill (BIL-…)
    #[arg(add = complete::staff_bills())]
    id: BillId,
}

/// What is owed of a category.
pub(crate) static AGED: Sheet = Sheet {
    noun: "category",
    columns: &[
        Column::id("category"),
        Column::number("bills"),
        Column::money("not_due"),
        Column::money("days_0_30").header("0–30 days"),
        Column::money("days_31_60").header("31–60"),
        Column::money("days_61_90").header("61–90"),
        Column::money("days_over_90").header("over 90"),
        Column::money("total").first(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("nothing is owed; see paid bills: citytime staff ledger entries"),
};

/// Import bills; the city's own bill number decides whether one is new
///
/// The columns are number, record, category, title, issued_on, due_on, amount and, where there is one, period, in any
/// order; amounts are decimal (12.50). Importing a file again is safe.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff bills import bills.csv
  citytime staff bills import bills.csv -o json --jq 'map(select(.outcome == \"created\")) | length'")]
struct ImportArgs {
    #[command(flatten)]
    file: FileArgs,
}

#[derive(Deserialize)]
struct Row {
    number: String,
    record: String,
    category: String,
    title: String,
    #[serde(default)]
    period: Option<String>,
    issued_on: String,
    due_on: String,
    amount: String,
}

pub(super) async fn run(context: &mut Context, args: BillsArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Import(args) => import(context, args).await,
        Verb::List(ListArgs { which, record, limit }) => {
            let Which { status, category, due_before, due_within } = which;
            let status = Some(status);
            let query = BillCaseQuery { status, record, category, due_before, due_within, ..BillCaseQuery::default() };
            list::print(context, &BILL_CASE, &CASES, query, limit).await
        }
        Verb::Show(ShowArgs { id }) => {
            context.ui.check_columns(&BILL_CASE)?;
            let bill = context.portal().await?.call(&CASE, id, &Empty {}).await?;
            if bill.credited != Minor::ZERO {
                let taken_off = bill.credited.display(bill.currency);
                context.ui.note(format!("{taken_off} was taken off this bill; amount is what is left of it."));
            }
            if bill.paid != Minor::ZERO || bill.pending != Minor::ZERO {
                context.ui.note(format!("Its payments: citytime staff payments list --bill {id}"));
            }
            Outcome::one(&BILL_CASE, &bill)
        }
        Verb::Void { bill, reason } => {
            context.ui.check_columns(&BILL)?;
            context.agree(&format!("Withdraw {bill}? Those who owe it are told why."))?;
            let voided = context.portal().await?.call(&VOID, bill, &Withdrawal { reason }).await?;
            Outcome::one(&BILL, &voided)
        }
        Verb::Credit { bill, amount, reason } => {
            context.ui.check_columns(&BILL)?;
            let amount =
                context.amount("--amount", Some(&amount)).await?.ok_or_else(|| Failure::bug("an amount is lost"))?;
            let currency = context.city().await?.currency;
            context.agree(&format!("Take {} off {bill}? Those who owe it are told why.", amount.display(currency)))?;
            let credited = context.portal().await?.call(&CREDIT, bill, &Credit { amount, reason }).await?;
            Outcome::one(&BILL, &credited)
        }
        Verb::Aging => {
            context.ui.check_columns(&AGED)?;
            let aging = context.portal().await?.call(&AGING, (), &Empty {}).await?;
            Outcome::many(&AGED, &aging.categories)
        }
    }
}

async fn import(context: &mut Context, args: ImportArgs) -> Result<Outcome> {
    context.ui.check_columns(&LINE)?;
    let file = import::name(&args.file);
    let text = import::text(context, &args.file)?;
    let currency = context.city().await?.currency;
    let lines = import::parse(&file, &text, COLUMNS, |number, row| line(currency, number, row))?;
    import::send(context, &IMPORT_BILLS, (), &file, lines).await
}

fn line(currency: Currency, line: u64, row: Row) -> Result<BillLine, String> {
    if row.number.is_empty() {
        return Err("the number is empty".to_owned());
    }
    let date = |column: &str, text: &str| {
        text.parse().map_err(|_| format!("{column}: `{text}` is no date; write it as in 2026-11-22"))
    };
    Ok(BillLine {
        line,
        issued_on: date("issued_on", &row.issued_on)?,
        due_on: date("due_on", &row.due_on)?,
        amount: Minor::parse(&row.amount, currency).map_err(|error| format!("amount: {error}"))?,
        number: row.number,
        record: row.record,
        category: row.category,
        title: row.title,
        period: row.period.filter(|period| !period.is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tell_what_is_wrong_with_them() {
        let row = |due_on: &str, amount: &str| Row {
            number: "B-1".to_owned(),
            record: "1002-44".to_owned(),
            category: "water".to_owned(),
            title: "Water".to_owned(),
            period: Some(String::new()),
            issued_on: "2026-11-01".to_owned(),
            due_on: due_on.to_owned(),
            amount: amount.to_owned(),
        };
        let read = |due_on, amount| line("USD".parse().unwrap(), 2, row(due_on, amount));
        let good = read("2026-12-01", "12.5").unwrap();
        assert_eq!((good.amount, good.period, good.line), (Minor(1250), None, 2));
        assert!(read("01.12.2026", "1").unwrap_err().starts_with("due_on: `01.12.2026` is no date"));
        assert!(read("2026-12-01", "1.005").unwrap_err().contains("USD has 2 decimals"));
        assert!(read("2026-12-01", "-1").unwrap_err().starts_with("amount: "));
    }
}
