//! `citytime staff ledger`: the books in double entry, and whether they are right.

use clap::{Args, Subcommand};

use crate::{
    api::{
        endpoint::Empty,
        id::{BillId, PaymentId},
        ledger::{ACCOUNTS, CHECK, ENTRIES, EntryQuery},
        problem::{Code, FieldError},
    },
    cli::{Context, list},
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

/// How an account stands.
pub(crate) static ACCOUNT: Sheet = Sheet {
    noun: "ledger account",
    columns: &[
        Column::id("account"),
        Column::money("debits"),
        Column::money("credits"),
        Column::money("balance").first(),
        Column::status("normal_side").header("normally"),
        Column::text("meaning").wide(),
        Column::text("currency").asked(),
    ],
    when_empty: None,
};

/// A journal entry.
pub(crate) static ENTRY: Sheet = Sheet {
    noun: "journal entry",
    columns: &[
        Column::id("id"),
        Column::time("at"),
        Column::status("kind"),
        Column::money("amount").first(),
        Column::list("postings"),
        Column::text("cause").wide(),
        Column::id("bill").asked(),
        Column::id("payment").asked(),
        Column::id("bank_entry").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("widen it: leave --bill, --payment or the dates out"),
};

/// What was found.
pub(crate) static FOUND: Sheet = Sheet {
    noun: "ledger",
    columns: &[
        Column::number("entries"),
        Column::number("postings"),
        Column::number("bills"),
        Column::number("payments"),
        Column::number("bank_entries").wide(),
        Column::list("faults"),
    ],
    when_empty: None,
};

/// The ledger: every change of money in double entry, and whether it adds up
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff ledger check
  citytime staff ledger accounts
  citytime staff ledger entries --bill BIL-7K3Q9XM2")]
pub(super) struct LedgerArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Look whether every entry sums to zero, and bills and payments are what the postings say
    #[command(after_help = "Examples:
  citytime staff ledger check
  citytime staff ledger check -o json --jq .entries

Exits 6 and tells each difference when something is wrong: of entries, bills and payments at most a hundred each.")]
    Check,
    /// Show how every account stands: the trial balance
    #[command(after_help = "Example:\n  citytime staff ledger accounts -o csv > trial-balance.csv")]
    Accounts,
    Entries(EntriesArgs),
}

/// List the journal, newest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff ledger entries --since 2026-11-01 --until 2026-11-30 -o csv
  citytime staff ledger entries --payment PAY-7K3Q9XM2 -o json")]
struct EntriesArgs {
    /// Only what moved what is owed on this bill (BIL-…)
    #[arg(long, value_name = "ID", conflicts_with = "payment")]
    bill: Option<BillId>,
    /// Only of this payment (PAY-…)
    #[arg(long, value_name = "ID")]
    payment: Option<PaymentId>,
    #[command(flatten)]
    span: list::Span,
    #[command(flatten)]
    limit: list::Limit,
}

pub(super) async fn run(context: &mut Context, args: LedgerArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Check => check(context).await,
        Verb::Accounts => {
            context.ui.check_columns(&ACCOUNT)?;
            let balance = context.portal().await?.call(&ACCOUNTS, (), &Empty {}).await?;
            Outcome::many(&ACCOUNT, &balance.accounts)
        }
        Verb::Entries(EntriesArgs { bill, payment, span: list::Span { since, until }, limit }) => {
            let query = EntryQuery { bill, payment, since, until, ..EntryQuery::default() };
            list::print(context, &ENTRY, &ENTRIES, query, limit).await
        }
    }
}

async fn check(context: &mut Context) -> Result<Outcome> {
    context.ui.check_columns(&FOUND)?;
    let found = context.portal().await?.call(&CHECK, (), &Empty {}).await?;
    if found.faults.is_empty() {
        return Outcome::one(&FOUND, &found);
    }
    let count = found.faults.len();
    let message = match count {
        1 => "the ledger does not add up: there is a difference".to_owned(),
        count => format!("the ledger does not add up: there are {count} differences"),
    };
    let mut failure = Failure::new(Code::Conflict, message).hint(
        "see what was posted: citytime staff ledger entries --bill BIL-…; who changed it: citytime staff audit list",
    );
    failure.errors = found.faults.into_iter().map(|fault| FieldError::new(fault.thing, fault.detail)).collect();
    Err(failure)
}
