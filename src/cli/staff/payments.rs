//! `citytime staff payments`: what was paid, giving it back, and the lines for the city's bookkeeping.

use clap::{Args, Subcommand};

use super::bank;
use crate::{
    api::{
        city::PaymentKind,
        endpoint::Empty,
        id::{BillId, PaymentId},
        money::{Currency, Decimal},
        payments::PaymentStatus,
        problem::Code,
        refunds::{
            BookkeepingQuery, EXPORT, LIST, NewRefund, NewReturn, PaidAgain, PaymentQuery, QUOTE, REFUND, RETURN,
            RefundMade, RefundReason, RefundStatus, RefundedBills, SHOW,
        },
        time::When,
    },
    cli::{Context, list, words},
    failure::{Failure, Result},
    settings::Format,
    ui::{Column, Outcome, Sheet},
};

/// A payment as clerks see it.
pub(crate) static CASE: Sheet = Sheet {
    noun: "payment",
    columns: &[
        Column::id("id"),
        Column::time("created_at"),
        Column::text("payer"),
        Column::money("amount").first(),
        Column::money("fee"),
        Column::money("refunded"),
        Column::status("status").first(),
        Column::text("method").wide(),
        Column::list("allocations").header("bills").wide(),
        Column::list("refunds").wide(),
        Column::list("disputes").wide(),
        Column::text("failure.detail").header("failure").wide(),
        Column::id("account").asked(),
        Column::status("method_kind").asked(),
        Column::time("settled_at").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("widen it: leave --status, --who, --bill or the dates out"),
};

/// A refund.
pub(crate) static REFUND_SHEET: Sheet = Sheet {
    noun: "refund",
    columns: &[
        Column::id("id"),
        Column::id("payment"),
        Column::money("amount").first(),
        Column::status("reason"),
        Column::status("bills"),
        Column::status("status").first(),
        Column::time("created_at"),
        Column::time("settled_at").wide(),
        Column::text("failure.detail").header("failure").wide(),
        Column::list("paid_again").asked(),
        Column::status("method_kind").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: None,
};

/// A line for the city's bookkeeping.
pub(crate) static LINE: Sheet = Sheet {
    noun: "line",
    columns: &[
        Column::id("payment"),
        Column::time("at"),
        Column::status("kind").first(),
        Column::text("account"),
        Column::id("bill"),
        Column::text("number"),
        Column::text("category"),
        Column::money("amount").first(),
        Column::text("currency"),
        Column::status("method_kind"),
        Column::text("payer"),
        Column::text("cause"),
        Column::id("bank_entry").asked(),
    ],
    when_empty: None,
};

/// Payments: what came in, and giving it back
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff payments list --bill BIL-7K3Q9XM2
  citytime staff payments refund PAY-7K3Q9XM2 --amount 12.50 --reason duplicate
  citytime staff payments reconcile statement.xml
  citytime staff payments export --from 2026-11-01 --to 2026-11-30 > november.csv")]
pub(super) struct PaymentsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    /// Show a payment, with what went back of it
    #[command(after_help = "Example:\n  citytime staff payments show PAY-7K3Q9XM2 -o json")]
    Show {
        /// The payment (PAY-…)
        payment: PaymentId,
    },
    Refund(RefundArgs),
    /// Note that the bank took a payment back that had arrived
    ///
    /// Its bills are owed again, and the payer is told. What the city had given back of it itself is lost. On a terminal you
    /// are asked first; scripts agree with --yes.
    #[command(after_help = "Examples:
  citytime staff payments return PAY-7K3Q9XM2 --code R01
  citytime staff payments return PAY-7K3Q9XM2 --code R01 --yes")]
    Return {
        /// The payment (PAY-…)
        payment: PaymentId,
        /// The bank's code: R01 funds, R02 closed, R03 no account, R04 number, R07 and R10 not authorised, R08 stopped, R16 frozen
        #[arg(long, value_name = "CODE")]
        code: String,
    },
    Reconcile(bank::ReconcileArgs),
    Parked(bank::ParkedArgs),
    Apply(bank::ApplyArgs),
    GiveBack(bank::GiveBackArgs),
    Export(ExportArgs),
}

/// List payments, newest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff payments list --since -7d
  citytime staff payments list --who rosa --status succeeded -o ids")]
struct ListArgs {
    /// Only in this state
    #[arg(long, value_parser = words::of::<PaymentStatus>())]
    status: Option<PaymentStatus>,
    /// Only by this account: its name or id
    #[arg(long, value_name = "NAME|ID")]
    who: Option<String>,
    /// Only of this bill (BIL-…)
    #[arg(long, value_name = "ID")]
    bill: Option<BillId>,
    #[command(flatten)]
    span: list::Span,
    #[command(flatten)]
    limit: list::Limit,
}

/// Give a payment back, or part of it
///
/// Its bills are owed again, unless they were withdrawn or --keep-settled says that they stay paid. Fees the portal issued
/// itself stay paid in any case. Of several bills the one paid last is given back first, the fee of the method last.
///
/// What is owed again is paid by itself once more where one of those who owe it has autopay for it: you are told so before you
/// agree and with the refund (`paid_again` in JSON), with the day where the money goes back at once. To a bank's account it takes
/// some days: until then the bills stay paid, and no day is known.
///
/// On a terminal you are asked first; scripts agree with --yes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff payments refund PAY-7K3Q9XM2 --reason cancelled
  citytime staff payments refund PAY-7K3Q9XM2 --amount 12.50 --reason goodwill --keep-settled
  citytime staff payments refund PAY-7K3Q9XM2 --reason duplicate --yes --idempotency-key case-4711")]
struct RefundArgs {
    /// The payment (PAY-…)
    payment: PaymentId,
    /// So much, instead of all that is left of it, fee and all
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    amount: Option<Decimal>,
    /// Why
    #[arg(long, value_parser = words::of::<RefundReason>())]
    reason: RefundReason,
    /// Its bills stay paid: the city gives this away
    #[arg(long)]
    keep_settled: bool,
}

/// Print what payments, refunds and returns moved, as CSV for the city's bookkeeping
///
/// A line for each bill, fee and loss, by the day it was posted: what came in is above zero, what went out below. The sum is
/// what the money of the city changed by.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff payments export --from 2026-11-01 --to 2026-11-30 > november.csv
  citytime staff payments export --from -7d -o jsonl")]
struct ExportArgs {
    /// From this day or instant
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<When>,
    /// To the end of this day, or before this instant
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<When>,
}

pub(super) async fn run(context: &mut Context, args: PaymentsArgs) -> Result<Outcome> {
    match args.verb {
        Verb::List(ListArgs { status, who, bill, span: list::Span { since, until }, limit }) => {
            let query = PaymentQuery { status, who, bill, since, until, ..PaymentQuery::default() };
            list::print(context, &CASE, &LIST, query, limit).await
        }
        Verb::Show { payment } => Outcome::one(&CASE, &context.portal().await?.call(&SHOW, payment, &Empty {}).await?),
        Verb::Refund(args) => refund(context, args).await,
        Verb::Return { payment, code } => {
            context.ui.check_columns(&CASE)?;
            context.agree(&format!("Note that {payment} was taken back? Its bills are owed again."))?;
            Outcome::one(&CASE, &context.portal().await?.call(&RETURN, payment, &NewReturn { code }).await?)
        }
        Verb::Reconcile(args) => bank::reconcile(context, args).await,
        Verb::Parked(args) => bank::parked(context, args).await,
        Verb::Apply(args) => bank::apply(context, args).await,
        Verb::GiveBack(args) => bank::give_back(context, args).await,
        Verb::Export(ExportArgs { from, to }) => {
            if context.settings.output.value.is_none() && context.settings.jq.is_none() {
                context.ui.print_as(Format::Csv);
            }
            let query = BookkeepingQuery { from, to, ..BookkeepingQuery::default() };
            list::print(context, &LINE, &EXPORT, query, list::Limit::default()).await
        }
    }
}

async fn refund(context: &mut Context, args: RefundArgs) -> Result<Outcome> {
    context.ui.check_columns(&REFUND_SHEET)?;
    let amount = context.amount("--amount", args.amount.as_ref()).await?;
    let bills = args.keep_settled.then_some(RefundedBills::Kept);
    let mut new = NewRefund { amount, reason: args.reason, bills };
    agree(context, args.payment, &mut new).await?;
    let made = context.portal().await?.call(&REFUND, args.payment, &new).await?;
    let RefundMade { refund, paid_again } = &made;
    if refund.status == RefundStatus::Failed {
        let told = refund.failure.as_ref();
        let why = told.map_or_else(|| "it failed".to_owned(), |failure| failure.detail.clone());
        let mut failure = Failure::new(
            told.map_or(Code::Declined, |failure| failure.code),
            format!("{} did not go back: {why}", refund.id),
        );
        failure.subject = Some(refund.id.to_string());
        return Err(failure.hint("nothing was changed; give the money back another way"));
    }
    if matches!(refund.status, RefundStatus::Pending | RefundStatus::Processing) {
        let next = format!(
            "The money is on its way back: `citytime staff payments show {}` shows how it stands.",
            refund.payment
        );
        context.ui.note(next);
    }
    if refund.method_kind == PaymentKind::BankTransfer && refund.status == RefundStatus::Succeeded {
        let amount = refund.amount.display(refund.currency);
        context.ui.note(format!(
            "It was paid by transfer: send {amount} back from the city's bank. The books have it already."
        ));
    }
    for line in again(paid_again, refund.currency) {
        context.ui.note(line);
    }
    if !paid_again.is_empty() {
        context.ui.note("To leave them paid another time, refund with --keep-settled.");
    }
    // Of a bill that is still paid nothing can be taken off.
    if let Some(PaidAgain { bill, .. }) = paid_again.iter().find(|again| again.pay_on.is_some()) {
        context.ui.note("To take off now what is not to be owed:");
        context.ui.note(format!("citytime staff bills credit {bill} --amount AMOUNT --reason WHY"));
    }
    Outcome::one(&REFUND_SHEET, &made)
}

/// Asks whether to give so much back; who can be asked is told before what comes of the bills. The amount that was agreed to
/// becomes part of the refund: more is not given back, whatever is left by then.
async fn agree(context: &mut Context, payment: PaymentId, new: &mut NewRefund) -> Result<()> {
    let what = match new.amount {
        Some(amount) => format!("{} of {payment}", amount.display(context.city().await?.currency)),
        None => format!("all that is left of {payment}"),
    };
    // A repetition is the same refund, whatever there is to give back by now.
    if context.consents() || !context.ui.is_interactive() || context.settings.idempotency_key.is_some() {
        return context.agree(&format!("Give {what} back?"));
    }
    let portal = context.portal().await?;
    let quote = portal.call(&QUOTE, payment, new).await?;
    for line in again(&quote.paid_again, quote.currency) {
        context.ui.tell(&line);
    }
    if !quote.paid_again.is_empty() {
        context.ui.tell("With --keep-settled they stay paid, and nothing is taken.");
    }
    context.agree(&format!("Give {} of {payment} back?", quote.amount.display(quote.currency)))?;
    if new.amount.is_none() {
        new.amount = Some(quote.amount);
        portal.repeat_with(format!("--amount {}", quote.amount.decimal(quote.currency)));
    }
    Ok(())
}

/// What autopay takes of what is owed again, a line for each bill.
fn again(paid: &[PaidAgain], currency: Currency) -> impl Iterator<Item = String> {
    paid.iter().map(move |PaidAgain { bill, total, pay_on }| {
        let total = total.display(currency);
        match pay_on {
            Some(day) => format!("{bill} is owed again, and autopay takes {total} for it on {day}."),
            None => format!(
                "{bill} will be owed again once the money has gone back; autopay then takes {total}, three days after announcing it \
                 at the earliest."
            ),
        }
    })
}
