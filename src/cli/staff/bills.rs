//! `citytime staff bills`: the city's bills.

use clap::{Args, Subcommand};
use serde::Deserialize;

use super::import::{self, FileArgs, LINE};
use crate::{
    api::{
        bills::{AGING, CREDIT, Credit, VOID, Withdrawal},
        endpoint::Empty,
        id::BillId,
        money::{Currency, Decimal, Minor},
        staff::{BillLine, IMPORT_BILLS},
    },
    cli::{Context, bills::BILL},
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

const COLUMNS: &[&str] = &["number", "record", "category", "title", "issued_on", "due_on", "amount"];

/// The city's bills
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff bills import bills.csv
  citytime staff bills aging")]
pub(super) struct BillsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Import(ImportArgs),
    /// Withdraw a bill of which nothing was paid; those who owe it are told why
    ///
    /// On a terminal you are asked first; scripts agree with --yes.
    #[command(after_help = "Examples:
  citytime staff bills void BIL-7K3Q9XM2 --reason \"Issued twice\"
  citytime staff bills void BIL-7K3Q9XM2 --reason \"Issued twice\" --yes")]
    Void {
        /// The bill (BIL-…)
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
        Column::money("total"),
        Column::text("currency").asked(),
    ],
    when_empty: Some("nothing is owed: see paid bills with citytime staff ledger entries"),
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
        Verb::Void { bill, reason } => {
            context.ui.check_columns(&BILL)?;
            let voided = context.portal().await?.call(&VOID, bill, &Withdrawal { reason }).await?;
            Outcome::one(&BILL, &voided)
        }
        Verb::Credit { bill, amount, reason } => {
            context.ui.check_columns(&BILL)?;
            let amount =
                context.amount("--amount", Some(&amount)).await?.ok_or_else(|| Failure::bug("an amount is lost"))?;
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
            context.agree(&format!("Withdraw {bill}? Those who owe it are told why."))?;
            let currency = context.city().await?.currency;
            context.agree(&format!("Take {} off {bill}? Those who owe it are told why.", amount.display(currency)))?;
