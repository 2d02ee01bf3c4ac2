//! `citytime staff audit`: who changed what, and whether that is still what was written down.

use clap::{Args, Subcommand};

use crate::{
    api::{
        audit::{AuditCheck, AuditCheckQuery, AuditQuery, CHECK, LIST, Outcome as What, SealMark},
        problem::Code,
    },
    cli::{Context, list, words},
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

/// A row of the trail.
static ENTRY: Sheet = Sheet {
    noun: "audit entry",
    columns: &[
        Column::number("number"),
        Column::time("at").first(),
        Column::text("actor"),
        Column::text("username").header("who"),
        Column::text("operation").first(),
        Column::list("things"),
        Column::status("outcome"),
        Column::text("source"),
        Column::text("credential").wide(),
        Column::text("request_id").wide(),
        Column::number("seal").wide(),
        Column::id("account").asked(),
    ],
    when_empty: Some("widen it: leave --who, --operation, --thing or the dates out"),
};

/// What was found.
static FOUND: Sheet = Sheet {
    noun: "audit trail",
    columns: &[
        Column::number("seals"),
        Column::number("rows"),
        Column::number("unsealed"),
        Column::number("last.number").header("last seal"),
        Column::text("last.digest").header("its digest"),
    ],
    when_empty: None,
};

/// The audit trail: who changed what, and whether it is whole
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff audit list --who rosa --since -7d
  citytime staff audit list --thing BIL-7K3Q9XM2
  citytime staff audit verify")]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Verify(VerifyArgs),
}

/// List what was changed, by whom, from where; newest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff audit list --operation payments --since 2026-11-01 --until 2026-11-30
  citytime staff audit list --thing ACC-7K3Q9XM2 -o csv > trail.csv
  citytime staff audit list --outcome refused --since today")]
struct ListArgs {
    /// Done by this account: its name or id
    #[arg(long, value_name = "NAME|ID")]
    who: Option<String>,
    /// This operation, or all of a noun: payments.pay, payments
    #[arg(long, value_name = "OPERATION")]
    operation: Option<String>,
    /// About this thing: BIL-…, ACC-…, PRM-…
    #[arg(long, value_name = "ID")]
    thing: Option<String>,
    /// What came of it
    #[arg(long, value_parser = words::of::<What>())]
    outcome: Option<What>,
    #[command(flatten)]
    span: list::Span,
    #[command(flatten)]
    limit: list::Limit,
}

/// Look whether any row was changed, removed, added or moved at the database
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff audit verify
  citytime staff audit verify --seal 1204=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef

The last seal and its digest are printed: kept elsewhere, they show later that the chain was not made anew.
Exits 6 and tells the first row or seal that is wrong.")]
struct VerifyArgs {
    /// A seal that was printed before, and must still be the same
    #[arg(long, value_name = "NUMBER=DIGEST", value_parser = mark)]
    seal: Option<SealMark>,
}

fn mark(text: &str) -> Result<SealMark, String> {
    let parts = text.split_once('=').and_then(|(number, digest)| Some((number.trim().parse().ok()?, digest.trim())));
    match parts {
        Some((number, digest))
            if number > 0 && digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()) =>
        {
            Ok(SealMark { number, digest: digest.to_ascii_lowercase() })
        }
        _ => Err(format!("`{text}` is no seal: write the number and the 64 digits verify printed, as in 12=9f86d0…")),
    }
}

pub(super) async fn run(context: &mut Context, args: AuditArgs) -> Result<Outcome> {
    match args.verb {
        Verb::List(args) => {
            let ListArgs { who, operation, thing, outcome, span: list::Span { since, until }, limit } = args;
            let query = AuditQuery { who, operation, thing, outcome, since, until, ..AuditQuery::default() };
            list::print(context, &ENTRY, &LIST, query, limit).await
        }
        Verb::Verify(args) => verify(context, args).await,
    }
}

async fn verify(context: &mut Context, args: VerifyArgs) -> Result<Outcome> {
    context.ui.check_columns(&FOUND)?;
    let portal = context.portal().await?;
    let mut whole = AuditCheck { seals: 0, rows: 0, unsealed: 0, last: None, mark: None, next: None, wrong: None };
    loop {
        let mark = args.seal.as_ref().filter(|_| whole.seals == 0).map(|seal| seal.number);
        let portion = portal.call(&CHECK, (), &AuditCheckQuery { after: whole.next, mark }).await?;
        if let (Some(number), Some(kept)) = (mark, &args.seal)
            && portion.mark.as_ref() != Some(kept)
        {
            let told = portion.mark.map_or_else(|| "is not there".to_owned(), |mark| format!("is {}", mark.digest));
            return Err(Failure::new(
                Code::Conflict,
                format!("seal {number} {told}: the chain was made anew, or shortened"),
            )
            .hint("compare with a backup from when that seal was printed"));
        }
        if let Some(wrong) = portion.wrong {
            let sound = whole.rows + portion.rows;
            return Err(Failure::new(Code::Conflict, wrong.detail)
                .hint(format!("sound before it: {sound} rows; compare with a backup from before")));
        }
        whole.seals += portion.seals;
        whole.rows += portion.rows;
        whole.unsealed = portion.unsealed;
        whole.last = portion.last.or(whole.last);
        whole.next = portion.next;
        if whole.next.is_none() {
            return Outcome::one(&FOUND, &whole);
        }
    }
}
