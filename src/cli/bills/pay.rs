//! `citytime bills pay`: one bill, several, or all. On a terminal the quote is shown and agreed to first; elsewhere
//! `--yes` agrees.

use std::{collections::HashMap, time::Duration};

use clap::Args;

use super::{BILL, PAYMENT, QUOTE, TRANSFER, transfer, wait};
use crate::{
    api::{
        bills::{BillFilter, BillQuery, LIST},
        id::{BillId, MethodId},
        money::Decimal,
        payments::{self, NewPayment, PAY, Payment, PaymentStatus, Quote},
        time::When,
        wallet::{self, MethodQuery},
    },
    cli::{Context, complete},
    failure::{Failure, Result},
    settings::duration,
    ui::Outcome,
};

/// How long `--wait` waits unless told.
const PATIENCE: &str = "10m";

/// Pay bills: one, several or all
///
/// Several bills are one payment. On a terminal you see the bills, the fee and the total, and are asked; scripts agree
/// with --yes, and can hold the total to --max or --expect-total. A payment whose answer was lost ends with status 9
/// and tells the key to repeat it with: it is never made twice.
///
/// With --bank nothing is taken: you are told where to send the money from your own bank, and under which reference.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime bills pay BIL-7K3Q9XM2
  citytime bills pay BIL-7K3Q9XM2 --amount 25.00 --method WAL-0D4T8Z1C
  citytime bills pay --due-within 7d --max 200 --yes --wait
  citytime bills pay BIL-7K3Q9XM2 --bank
  citytime bills list --status overdue -o ids | citytime bills pay - --yes")]
pub(super) struct PayArgs {
    /// The bills (BIL-…); - reads them from stdin
    #[arg(value_name = "ID|-", conflicts_with_all = ["all", "due_within"], add = complete::bills())]
    bills: Vec<String>,
    /// Every bill with something to pay
    #[arg(long, conflicts_with = "due_within")]
    all: bool,
    /// Every bill due on or before this day: 7d is within a week
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    due_within: Option<When>,
    /// So much, instead of all that is owed: it goes to the bills in their order
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    amount: Option<Decimal>,
    /// With this payment method, instead of the default one
    #[arg(long, value_name = "ID", add = complete::methods())]
    method: Option<MethodId>,
    /// By a transfer from your own bank: tells the account, the reference and the amount
    #[arg(long, conflicts_with_all = ["method", "max", "expect_total", "wait", "wait_for"])]
    bank: bool,
    /// Refuse when the total, fee and all, is above this
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    max: Option<Decimal>,
    /// Refuse unless the total, fee and all, is exactly this
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    expect_total: Option<Decimal>,
    /// Only show what would be paid
    #[arg(long, conflicts_with_all = ["wait", "wait_for"])]
    dry_run: bool,
    /// Wait until the payment is settled, for ten minutes unless --wait-for says otherwise
    #[arg(long)]
    wait: bool,
    /// Wait so long at most: 10m, 1h
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    wait_for: Option<Duration>,
}

pub(super) async fn run(context: &mut Context, args: PayArgs) -> Result<Outcome> {
    context.ui.check_columns(match (args.dry_run, args.bank) {
        (true, _) => &QUOTE,
        (false, true) => &TRANSFER,
        (false, false) => &PAYMENT,
    })?;
    let patience = match (args.wait_for, args.wait) {
        (None, true) => Some(duration::parse(PATIENCE).map_err(Failure::bug)?),
        (limit, _) => limit,
    };
    let (dry_run, bank) = (args.dry_run, args.bank);
    let mut payment = asked(context, args).await?;
    if bank {
        return if dry_run { transfer::quote(context, payment).await } else { transfer::ask(context, payment).await };
    }
    if !dry_run && !context.consents() && !context.ui.is_interactive() {
        // What was typed wrong is told by now; asking fails before a payment is sent, and names the flag.
        context.agree("Pay these bills?")?;
    }
    let portal = context.portal().await?;
    if dry_run {
        let quote = portal.call(&payments::QUOTE, (), &payment).await?;
        if context.ui.machine() || context.settings.columns.is_some() {
            return Outcome::one(&QUOTE, &quote);
        }
        // A person sees what the question would show.
        return Ok(Outcome::Text(described(context, &quote).await?.join("\n") + "\n"));
    }
    if !context.consents() {
        agree(context, &mut payment).await?;
    }
    let made = wait::outcome(portal.call(&PAY, (), &payment).await?)?;
    let replayed = portal.was_replayed();
    let made = match patience {
        Some(limit) => wait::until_settled(context, made, limit).await?,
        None => made,
    };
    if replayed {
        context.ui.note("It was made before, under the same key: nothing was paid anew.");
    }
    tell(context, &made);
    Outcome::one(&PAYMENT, &made)
}

/// The payment as the command line asks for it.
async fn asked(context: &mut Context, args: PayArgs) -> Result<NewPayment> {
    let bills = bills(context, &args.bills)?;
    if bills.is_empty() && !args.all && args.due_within.is_none() {
        return Err(Failure::usage(match args.bills.is_empty() {
            true => "it was not said which bills to pay",
            false => "no bill came on stdin",
        })
        .hint("name them (BIL-…), or say --all or --due-within 7d"));
    }
    Ok(NewPayment {
        bills,
        all: args.all,
        due_within: args.due_within,
        amount: context.amount("--amount", args.amount.as_ref()).await?,
        method: args.method,
        expect_total: context.amount("--expect-total", args.expect_total.as_ref()).await?,
        max: context.amount("--max", args.max.as_ref()).await?,
    })
}

/// The bills named, each once; `-` stands for those on stdin.
fn bills(context: &mut Context, named: &[String]) -> Result<Vec<BillId>> {
    let mut words = Vec::new();
    for name in named {
        match name.as_str() {
            "-" => words.extend(context.ui.text_from_stdin()?.split_whitespace().map(str::to_owned)),
            name => words.push(name.to_owned()),
        }
    }
    let mut bills = Vec::with_capacity(words.len());
    for word in words {
        let id = word.parse::<BillId>()?;
        if !bills.contains(&id) {
            bills.push(id);
        }
    }
    Ok(bills)
}

/// Shows what would be paid and asks. What was agreed to becomes part of the payment: another total is refused.
async fn agree(context: &mut Context, payment: &mut NewPayment) -> Result<()> {
    if context.settings.idempotency_key.is_some() {
        // A repetition must be the same request; what it would cost now is not what it asked for.
        return context.agree("Repeat the payment under this key?");
    }
    let portal = context.portal().await?;
    let quote = portal.call(&payments::QUOTE, (), payment).await?;
    for line in described(context, &quote).await? {
        context.ui.note(line);
    }
    context.agree(&format!("Pay {}?", quote.total.display(quote.currency)))?;
    payment.expect_total = Some(quote.total);
    portal.repeat_with(format!("--expect-total {}", quote.total.decimal(quote.currency)));
    Ok(())
}

/// A quote as lines for a person.
async fn described(context: &Context, quote: &Quote) -> Result<Vec<String>> {
    let portal = context.portal().await?;
    let query = BillQuery { status: Some(BillFilter::Open), ..BillQuery::default() };
    let known = portal.pages(&LIST, query).take(500).await?;
    let titles = known.into_iter().map(|bill| (bill.id, bill.title)).collect::<HashMap<_, _>>();
    let mut lines = Vec::new();
    for line in &quote.lines {
        let title = titles.get(&line.bill).map(String::as_str).unwrap_or(BILL.noun);
        lines.push(format!("  {}  {:>12}  {title}", line.bill, line.amount.display(quote.currency)));
    }
    lines.push(format!("  {:12}  {:>12}", "fee", quote.fee.display(quote.currency)));
    lines.push(format!("  {:12}  {:>12}", "total", quote.total.display(quote.currency)));
    if let Some(id) = quote.method {
        let methods = portal.pages(&wallet::LIST, MethodQuery::default()).all().await?;
        let label = methods.into_iter().find(|method| method.id == id).map(|method| method.label);
        lines.push(format!("  with {}", label.unwrap_or_else(|| id.to_string())));
    }
    Ok(lines)
}

/// What is to be known of a payment beside what is printed.
fn tell(context: &mut Context, payment: &Payment) {
    match payment.status {
        PaymentStatus::Pending | PaymentStatus::Processing => context.ui.note(format!(
            "The payment is on its way and settles later: `citytime bills receipt {}` shows how it stands.",
            payment.id
        )),
        _ => {}
    }
}
