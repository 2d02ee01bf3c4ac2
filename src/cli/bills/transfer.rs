//! `citytime bills pay --bank`: where to send money from one's own bank, how much, and under which reference; and
//! `bills transfer`: what was asked for, and what has arrived of it.

use clap::Args;

use crate::{
    api::{
        bank::grouped,
        endpoint::Empty,
        id::TransferId,
        money::Minor,
        payments::NewPayment,
        transfers::{ASK, LIST, NewTransfer, QUOTE as QUOTED, SHOW, Transfer, TransferQuery, TransferStatus},
    },
    cli::{Context, complete, list},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

use super::QUOTE;

/// A transfer to be made.
pub(crate) static TRANSFER: Sheet = Sheet {
    noun: "transfer",
    columns: &[
        Column::id("id"),
        Column::money("amount").first(),
        Column::grouped("reference").first(),
        Column::text("holder").header("to"),
        Column::grouped("iban"),
        Column::text("routing_number").header("routing"),
        Column::text("account_number").header("account"),
        Column::status("status").first(),
        Column::money("received").wide(),
        Column::list("bills").wide(),
        Column::text("bank").wide(),
        Column::text("bic").wide(),
        Column::time("created_at").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("ask where to send money for a bill: citytime bills pay ID --bank; all that was asked for: --all"),
};

/// Show a bank transfer and what has arrived of it, or list those that are awaited
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime bills transfer
  citytime bills transfer TRF-7K3Q9XM2
  citytime bills transfer --all -o json")]
pub(super) struct TransferArgs {
    /// The transfer (TRF-…); all of which something is still to arrive where left out
    #[arg(conflicts_with_all = ["all", "limit"], add = complete::transfers())]
    transfer: Option<TransferId>,
    /// List those too that have arrived
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    limit: list::Limit,
}

pub(super) async fn run(context: &mut Context, TransferArgs { transfer, all, limit }: TransferArgs) -> Result<Outcome> {
    match transfer {
        Some(id) => {
            context.ui.check_columns(&TRANSFER)?;
            Outcome::one(&TRANSFER, &context.portal().await?.call(&SHOW, id, &Empty {}).await?)
        }
        None => {
            let query = TransferQuery { open: (!all).then_some(true), ..TransferQuery::default() };
            list::print(context, &TRANSFER, &LIST, query, limit).await
        }
    }
}

/// Asks for a transfer.
pub(super) async fn ask(context: &mut Context, payment: NewPayment) -> Result<Outcome> {
    let transfer = context.portal().await?.call(&ASK, (), &of(payment)).await?;
    for line in told(&transfer) {
        context.ui.note(line);
    }
    Outcome::one(&TRANSFER, &transfer)
}

/// Asks what a transfer would be for.
pub(super) async fn quote(context: &mut Context, payment: NewPayment) -> Result<Outcome> {
    Outcome::one(&QUOTE, &context.portal().await?.call(&QUOTED, (), &of(payment)).await?)
}

/// What of a payment says which transfer is meant.
fn of(payment: NewPayment) -> NewTransfer {
    let NewPayment { bills, all, due_within, amount, .. } = payment;
    NewTransfer { bills, all, due_within, amount }
}

/// What is to be done now, line by line.
fn told(transfer: &Transfer) -> Vec<String> {
    let Transfer { id, holder, iban, bic, routing_number, account_number, bank, reference, .. } = transfer;
    let left = Minor(transfer.amount.0 - transfer.received.0).display(transfer.currency);
    if transfer.status == TransferStatus::Received {
        return vec![format!("All of {id} has arrived: there is nothing to send.")];
    }
    let mut lines = vec![format!("Send {left} from your own bank to {holder}:")];
    let facts = [
        ("IBAN", iban.as_ref().map(|iban| grouped(iban.as_str()))),
        ("BIC", bic.clone()),
        ("routing", routing_number.as_ref().map(ToString::to_string)),
        ("account", account_number.clone()),
        ("bank", bank.clone()),
        ("reference", Some(grouped(reference.as_str()))),
    ];
    lines.extend(facts.into_iter().filter_map(|(name, fact)| Some(format!("  {name:9}  {}", fact?))));
    lines.push(
        "Write the reference beside it: by that it is known as yours. The bills stay open until it has arrived."
            .to_owned(),
    );
    lines.push(format!("See what has arrived: `citytime bills transfer {id}`"));
    lines
}
