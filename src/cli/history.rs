//! `citytime history`: everything that was done, newest first.

use clap::Args;

use super::{Context, complete, list};
use crate::{
    api::history::{HistoryKind, HistoryQuery, LIST},
    failure::Result,
    number,
    ui::{Column, Outcome, Sheet},
};

/// A history entry.
pub(crate) static ENTRY: Sheet = Sheet {
    noun: "history entry",
    columns: &[
        Column::id("id"),
        Column::time("at"),
        Column::status("kind"),
        Column::text("title"),
        Column::status("status"),
        Column::money("amount").first(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("widen it with --since and --until; what you pay, apply for or register for appears here"),
};

/// The kinds as they are typed.
const KINDS: [&str; 5] = ["payments", "requests", "permits", "programs", "account"];

/// Look back: payments, requests, permits, programs and the account, newest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime history
  citytime history payments --year 2026 -o csv > payments.csv
  citytime history --since -30d --until today")]
pub(crate) struct HistoryArgs {
    /// Only this kind: payments, requests, permits, programs or account
    #[arg(value_parser = kind, add = complete::words(KINDS.iter().copied()))]
    kind: Option<HistoryKind>,
    #[command(flatten)]
    span: list::Span,
    /// In this calendar year
    #[arg(long, allow_negative_numbers = true, value_parser = number::year, conflicts_with_all = ["since", "until"])]
    year: Option<i16>,
    #[command(flatten)]
    limit: list::Limit,
}

pub(crate) async fn run(context: &mut Context, args: HistoryArgs) -> Result<Outcome> {
    let query = HistoryQuery {
        kind: args.kind,
        since: args.span.since,
        until: args.span.until,
        year: args.year,
        ..HistoryQuery::default()
    };
    list::print(context, &ENTRY, &LIST, query, args.limit).await
}

/// One of them or many: `payment`, `payments`.
fn kind(word: &str) -> Result<HistoryKind, crate::api::word::UnknownWord> {
    word.strip_suffix('s').unwrap_or(word).parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_in_singular_and_plural() {
        assert_eq!(kind("payments").unwrap(), HistoryKind::Payment);
        assert_eq!(kind("permit").unwrap(), HistoryKind::Permit);
        assert_eq!(kind("account").unwrap(), HistoryKind::Account);
        assert!(kind("bills").is_err());
    }
}
