//! `citytime bills autopay`: bills that are paid by themselves.

use clap::{Args, Subcommand};

use crate::{
    api::{
        autopay::{
            AutopayBill, AutopayEnd, AutopayReason, AutopayRules, AutopayRun, AutopayState, NewAutopayRule, OFF, SET,
            SHOW, SKIP, UNSKIP,
        },
        endpoint::Empty,
        id::{BillId, MethodId},
        money::Decimal,
        word::Word as _,
    },
    cli::{Context, complete},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A rule.
pub(crate) static RULE: Sheet = Sheet {
    noun: "autopay rule",
    columns: &[
        Column::text("covers"),
        Column::text("method_label").header("method"),
        Column::money("max").first(),
        Column::number("days_before"),
        Column::list("bills"),
        Column::time("set_at").wide(),
        Column::text("category").asked(),
        Column::id("method").asked(),
        Column::text("summary").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("set one: citytime bills autopay set --category utility"),
};

/// All of them, with what they came to, as one thing.
pub(crate) static AUTOPAY: Sheet =
    Sheet { noun: "autopay", columns: &[Column::list("rules"), Column::list("runs")], when_empty: None };

/// A bill that a rule covers.
pub(crate) static COVERED: Sheet = Sheet {
    noun: "bill",
    columns: &[
        Column::id("bill"),
        Column::text("title"),
        Column::date("due_on").header("due"),
        Column::money("total"),
        Column::date("pay_on").first(),
        Column::yes_no("announced"),
        Column::status("why"),
        Column::text("currency").asked(),
    ],
    when_empty: None,
};

/// Have bills paid by themselves
///
/// A rule covers the bills of a category on your linked records, or of every category that has no rule of its own. Each
/// payment is announced three days ahead by a notice, which is in `citytime notifications list` whatever you chose, and
/// can be called off bill by bill. A payment that fails is told and not tried again by itself.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime bills autopay set --category utility --max 150 --days-before 2
  citytime bills autopay show
  citytime bills autopay skip BIL-7K3Q9XM2
  citytime bills autopay off --category utility")]
pub(super) struct AutopayArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Show(ShowArgs),
    Set(SetArgs),
    Off(OffArgs),
    Skip(SkipArgs),
}

/// Show the rules, and what was announced, paid and skipped
///
/// JSON has the rules with their bills, and what became of each, as `rules` and `runs`; other formats have a row for each rule, and
/// so has JSON with --columns, which picks columns of the rules in every format.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime bills autopay show
  citytime bills autopay show --columns covers,method_label,max
  citytime bills autopay show --jq '.runs[] | select(.state == \"announced\") | .bill, .pay_on'")]
struct ShowArgs {}

/// Have the bills of a category, or of all others, paid by themselves
///
/// The rule takes the place of the one the category has. It pays bills of linked records, all that is payable of each;
/// fees of permits and programs are for you to decide each time. A bill that comes late, or is overdue, is announced at
/// once and paid three days later. A bill for which more would be taken in all than --max, or of which a payment is on
/// its way, is not paid by itself.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime bills autopay set --category utility --method WAL-0D4T8Z1C --max 150 --days-before 2
  citytime bills autopay set --max 200
  citytime bills autopay set --category tax --days-before 0 -o json")]
struct SetArgs {
    /// The category of bills; every category that has no rule of its own where left out
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// What pays; what is the default payment method now where left out
    #[arg(long, value_name = "ID", add = complete::methods())]
    method: Option<MethodId>,
    /// What may be taken for one bill, fee and all; any amount where left out
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    max: Option<Decimal>,
    /// How many days before it is due a bill is paid: 0 to 28
    #[arg(long, value_name = "DAYS", default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=28))]
    days_before: u32,
}

/// End a rule, or all of them
///
/// What was announced under it is not paid by itself any more, unless the rule for all other categories covers it now.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime bills autopay off\n  citytime bills autopay off --category utility")]
struct OffArgs {
    /// The rule of this category; every rule where left out
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// The rule for every category that has none of its own
    #[arg(long, conflicts_with = "category")]
    others: bool,
}

/// Leave a bill out: it is not paid by itself
///
/// The rule stays, and the bill of the next period is covered again.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime bills autopay skip BIL-7K3Q9XM2\n  citytime bills autopay skip BIL-7K3Q9XM2 --undo"
)]
struct SkipArgs {
    /// The bill (BIL-…)
    #[arg(add = complete::bills())]
    id: BillId,
    /// Leave it out no longer: it is announced again, and paid three days later at the earliest
    #[arg(long)]
    undo: bool,
}

pub(super) async fn run(context: &mut Context, args: AutopayArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Show(ShowArgs {}) => show(context).await,
        Verb::Set(args) => set(context, args).await,
        Verb::Off(args) => off(context, args).await,
        Verb::Skip(args) => skip(context, args).await,
    }
}

async fn show(context: &mut Context) -> Result<Outcome> {
    context.ui.check_columns(&RULE)?;
    let autopay = context.portal().await?.call(&SHOW, (), &Empty {}).await?;
    // A document holds all of it; rows are those of the rules, for programs as for people, and columns are of rows.
    if context.ui.format().is_json() && context.settings.columns.is_none() {
        return Outcome::one(&AUTOPAY, &autopay);
    }
    for rule in &autopay.rules {
        context.ui.note(&rule.summary);
        for bill in &rule.bills {
            context.ui.note(line(bill));
        }
    }
    let past = autopay.runs.iter().filter(|run| run.state != AutopayState::Announced);
    for run in past {
        context.ui.note(told(run));
    }
    Outcome::many(&RULE, &autopay.rules)
}

async fn set(context: &mut Context, args: SetArgs) -> Result<Outcome> {
    context.ui.check_columns(&RULE)?;
    let SetArgs { category, method, max, days_before } = args;
    let max = context.amount("--max", max.as_ref()).await?;
    let new = NewAutopayRule { category, method, max, days_before: Some(days_before) };
    let rule = context.portal().await?.call(&SET, (), &new).await?;
    context.ui.note(&rule.summary);
    for bill in &rule.bills {
        context.ui.note(line(bill));
    }
    if rule.bills.is_empty() {
        context.ui.note("No bill is open that it covers: it covers those that come.");
    }
    Outcome::one(&RULE, &rule)
}

async fn off(context: &mut Context, args: OffArgs) -> Result<Outcome> {
    context.ui.check_columns(&RULE)?;
    let OffArgs { category, others } = args;
    let end = AutopayEnd { category, rules: others.then_some(AutopayRules::Others) };
    let ended = context.portal().await?.call(&OFF, (), &end).await?;
    for bill in &ended.stopped {
        context.ui.note(format!("{bill} was announced, and is not paid by itself any more."));
    }
    context.ui.when_empty("there was no rule");
    Outcome::many(&RULE, &ended.rules)
}

async fn skip(context: &mut Context, SkipArgs { id, undo }: SkipArgs) -> Result<Outcome> {
    context.ui.check_columns(&COVERED)?;
    let portal = context.portal().await?;
    let bill =
        if undo { portal.call(&UNSKIP, id, &Empty {}).await? } else { portal.call(&SKIP, id, &Empty {}).await? };
    Outcome::one(&COVERED, &bill)
}

/// A covered bill in a line: when it is paid, or why it is not.
fn line(bill: &AutopayBill) -> String {
    let AutopayBill { bill: id, title, total, currency, due_on, .. } = bill;
    let when = match (bill.pay_on, bill.why) {
        (Some(day), _) if day > *due_on => format!("on {day}, which is after it is due ({due_on})"),
        (Some(day), _) => format!("on {day}"),
        (None, why) => format!("not by itself: {}", reason(why)),
    };
    format!("  {id}  {:>10}  {title}: {when}", total.display(*currency))
}

/// What became of a bill, in a line.
fn told(run: &AutopayRun) -> String {
    let AutopayRun { bill, title, total, currency, pay_on, state, .. } = run;
    let what = match state {
        AutopayState::Announced => format!("on {pay_on}"),
        AutopayState::Paying => "its payment is on its way".to_owned(),
        AutopayState::Paid => format!("paid by itself, {}", total.display(*currency)),
        AutopayState::Failed => "the payment failed, and is not tried again by itself".to_owned(),
        AutopayState::Skipped => format!("not paid by itself: {}", reason(run.why)),
    };
    format!("  {bill}  {title}: {what}")
}

/// Why a bill is not paid by itself, for people.
fn reason(why: Option<AutopayReason>) -> String {
    let Some(why) = why else { return "it is not known why".to_owned() };
    let said = match why {
        AutopayReason::LeftOut => "you left it out",
        AutopayReason::Pending => "a payment of it is on its way",
        AutopayReason::Failed => "its payment failed, and is not tried again by itself",
        AutopayReason::AboveMax => "more would be taken for it in all than the rule's --max",
        AutopayReason::AnotherHolder => "another holder of the record has it paid by itself",
        AutopayReason::PaidOtherwise => "it was paid otherwise",
        AutopayReason::MethodGone
        | AutopayReason::RuleOff
        | AutopayReason::Withdrawn
        | AutopayReason::Unlinked
        | AutopayReason::DueDateMoved => return why.as_str().replace('_', " "),
    };
    said.to_owned()
}
