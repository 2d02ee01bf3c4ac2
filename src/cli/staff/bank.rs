//! `citytime staff payments reconcile` and what follows from it: statements of the city's bank, and the money of them that is
//! parked.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;

use super::payments::CASE;
use crate::{
    api::{
        id::{BankEntryId, BillId},
        money::{Decimal, Minor},
        problem::Code,
        reconciliation::{
            APPLY, BankEntryOutcome, GIVE_BACK, LOOK_AT, MOST_BYTES, NewApplication, PARKED, ParkedQuery, RECONCILE,
            ReconciledEntry, Reconciliation, SentBack,
        },
    },
    cli::{Context, complete, list, words},
    client::Upload,
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

/// How long a statement may take at least: it is booked entry by entry before the answer comes.
const PATIENCE: Duration = Duration::from_secs(600);

/// What became of an entry of a statement.
pub(crate) static RECONCILED: Sheet = Sheet {
    noun: "entry of a statement",
    columns: &[
        Column::id("entry"),
        Column::number("place"),
        Column::date("booked_on").header("booked"),
        Column::money("amount").first(),
        Column::grouped("reference"),
        Column::status("outcome").first(),
        Column::id("payment"),
        Column::list("allocations").header("bills"),
        Column::money("parked"),
        Column::text("detail").wide(),
        Column::text("name").wide(),
        Column::id("transfer").wide(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("the statement has no booked entries"),
};

/// Money that arrived at the bank, and what is held of it.
pub(crate) static BANK_ENTRY: Sheet = Sheet {
    noun: "bank entry",
    columns: &[
        Column::id("id"),
        Column::date("booked_on").header("booked"),
        Column::money("amount"),
        Column::money("left").header("held").first(),
        Column::status("outcome").first(),
        Column::text("payer"),
        Column::text("name").header("sent by"),
        Column::grouped("reference").wide(),
        Column::text("detail").wide(),
        Column::id("transfer").wide(),
        Column::money("parked").asked(),
        Column::money("applied").asked(),
        Column::money("given_back").asked(),
        Column::id("account").asked(),
        Column::time("created_at").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("money is parked by `citytime staff payments reconcile` where no bill takes it"),
};

/// Book what a statement of the city's bank says came in
///
/// The file is camt.053 (ISO 20022) or CSV with a header: date, amount, currency, reference, account, and where the bank tells
/// them id and name. Each entry is matched by the reference that `bills pay --bank` gave. What no bill takes is parked. The
/// same entry is booked once: the file can be sent again, also with others that hold some of the same entries. What the bank
/// itself takes back (RvslInd) is tied to what it had booked, whose payment then comes back. A file that is cut off, not UTF-8
/// or of another account is refused whole.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff payments reconcile statement.xml
  citytime staff payments reconcile statement.csv --dry-run
  citytime staff payments reconcile statement.xml -o jsonl | jq -r 'select(.parked > 0) | .entry'")]
pub(super) struct ReconcileArgs {
    /// The statement
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// Only show what would be done
    #[arg(long)]
    dry_run: bool,
}

/// List money that is parked, the oldest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff payments parked
  citytime staff payments parked --outcome unknown_reference -o json")]
pub(super) struct ParkedArgs {
    /// Only for this reason
    #[arg(long, value_parser = words::of::<BankEntryOutcome>())]
    outcome: Option<BankEntryOutcome>,
    #[command(flatten)]
    limit: list::Limit,
}

/// Put parked money to bills of whoever it is of
///
/// It goes to the bills in their order, to each up to what is payable, also to part of one. Whose money is nobody's yet, it
/// becomes theirs who alone owe the first bill, or --who says whose it is.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff payments apply BNK-7K3Q9XM2 BIL-7K3Q9XM2
  citytime staff payments apply BNK-7K3Q9XM2 BIL-7K3Q9XM2 BIL-0D4T8Z1C --amount 12.50 --who rosa")]
pub(super) struct ApplyArgs {
    /// The entry (BNK-…)
    #[arg(add = complete::bank_entries())]
    entry: BankEntryId,
    /// The bills (BIL-…)
    #[arg(required = true, value_name = "BILL", add = complete::staff_bills())]
    bills: Vec<BillId>,
    /// So much, instead of all that is held
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    amount: Option<Decimal>,
    /// Whose it is, where that is not known: an account's name or id
    #[arg(long, value_name = "NAME|ID")]
    who: Option<String>,
}

/// Note that parked money was sent back
///
/// All that is held of the entry leaves the books: send it from the city's bank. Whoever it is of is told. Of money the bank took
/// back, and whose payment was noted as returned, it is held no longer that it is not known. On a terminal you are asked
/// first; scripts agree with --yes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff payments give-back BNK-7K3Q9XM2 --reason 'Nothing is owed'
  citytime staff payments give-back BNK-7K3Q9XM2 --reason 'Nothing is owed' --yes")]
pub(super) struct GiveBackArgs {
    /// The entry (BNK-…)
    #[arg(add = complete::bank_entries())]
    entry: BankEntryId,
    /// Why
    #[arg(long)]
    reason: String,
}

pub(super) async fn reconcile(context: &mut Context, args: ReconcileArgs) -> Result<Outcome> {
    context.ui.check_columns(&RECONCILED)?;
    let (file, size) = (args.file.as_path(), size(&args.file)?);
    let portal = context.portal().await?.patient(PATIENCE)?;
    let progress = context.ui.progress_in_bytes(&format!("sending {}", file.display()), Some(size));
    let upload = Upload::new(file, progress.counter());
    let sent = match args.dry_run {
        true => portal.upload(&LOOK_AT, (), upload).await,
        false => portal.upload(&RECONCILE, (), upload).await,
    };
    drop(progress);
    let reconciled = sent.map_err(|failure| {
        let message = format!("{}: {}", file.display(), failure.message);
        Failure { message, ..failure }
    })?;
    let were = if args.dry_run { "would be" } else { "were" };
    if args.dry_run {
        context.ui.note("Nothing was booked.");
    }
    context.ui.note(summary(&reconciled, were));
    for line in held(&reconciled, args.dry_run) {
        context.ui.note(line);
    }
    Outcome::many(&RECONCILED, &reconciled.entries)
}

/// The size of a file that can be sent, in bytes.
fn size(path: &Path) -> Result<u64> {
    let about = std::fs::metadata(path).map_err(|error| Failure::file("read", path, error).named_by("FILE"))?;
    if !about.is_file() {
        return Err(Failure::new(Code::File, format!("{} is no file", path.display())));
    }
    if about.len() > MOST_BYTES {
        let message = format!("{} is larger than {} MB", path.display(), MOST_BYTES / 1_000_000);
        return Err(Failure::new(Code::TooLarge, message).hint("have the bank send shorter ones: of a week or a day"));
    }
    Ok(about.len())
}

/// How many entries came to what, as things `were` or `would be`.
fn summary(reconciled: &Reconciliation, were: &str) -> String {
    let mut counts: BTreeMap<BankEntryOutcome, usize> = BTreeMap::new();
    for entry in &reconciled.entries {
        *counts.entry(entry.outcome).or_default() += 1;
    }
    let counts: Vec<String> = counts
        .into_iter()
        .map(|(outcome, count)| format!("{count} {}", outcome.to_string().replace('_', " ")))
        .collect();
    let (all, new) = (reconciled.entries.len(), reconciled.new);
    format!("{all} entries of account {}, of which {new} {were} new: {}", reconciled.account, counts.join(", "))
}

/// What no bill takes, and what the bank took back of nobody knows what; each where there is any.
fn held(reconciled: &Reconciliation, dry_run: bool) -> Vec<String> {
    let sum = |counts: fn(&ReconciledEntry) -> bool| {
        let mut counted = reconciled.entries.iter().filter(|entry| counts(entry)).peekable();
        let currency = counted.peek()?.currency;
        Some(Minor(counted.map(|entry| entry.parked.0.abs()).sum()).display(currency))
    };
    let arrived = sum(|entry| entry.parked > Minor::ZERO).map(|sum| match dry_run {
        true => format!("{sum} of them would find no bill, and be parked"),
        false => format!("{sum} of them found no bill: see what is held by `citytime staff payments parked`"),
    });
    let taken_back = sum(|entry| entry.parked < Minor::ZERO).map(|sum| match dry_run {
        true => format!("{sum} taken back by the bank would be parked: it is not known of what"),
        false => format!(
            "{sum} was taken back by the bank, and it is not known of what: see `citytime staff payments parked`"
        ),
    });
    arrived.into_iter().chain(taken_back).collect()
}

pub(super) async fn parked(context: &mut Context, args: ParkedArgs) -> Result<Outcome> {
    let query = ParkedQuery { outcome: args.outcome, ..ParkedQuery::default() };
    list::print(context, &BANK_ENTRY, &PARKED, query, args.limit).await
}

pub(super) async fn apply(context: &mut Context, args: ApplyArgs) -> Result<Outcome> {
    context.ui.check_columns(&CASE)?;
    let amount = context.amount("--amount", args.amount.as_ref()).await?;
    let new = NewApplication { bills: args.bills, amount, who: args.who };
    Outcome::one(&CASE, &context.portal().await?.call(&APPLY, args.entry, &new).await?)
}

pub(super) async fn give_back(context: &mut Context, args: GiveBackArgs) -> Result<Outcome> {
    context.ui.check_columns(&BANK_ENTRY)?;
    context.agree(&format!("Note that all that is held of {} was sent back?", args.entry))?;
    let sent = SentBack { reason: args.reason };
    let entry = context.portal().await?.call(&GIVE_BACK, args.entry, &sent).await?;
    let amount = Minor(entry.given_back.0.abs()).display(entry.currency);
    context.ui.note(match entry.given_back < Minor::ZERO {
        false => format!("Send {amount} back from the city's bank: the books have it already."),
        true => format!(
            "The {amount} the bank took back is held against nobody any more: its payment has to be noted as returned."
        ),
    });
    Outcome::one(&BANK_ENTRY, &entry)
}
