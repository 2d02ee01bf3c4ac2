//! `citytime bills pay --bank`: where to send money from one's own bank, how much, and under which reference.

use crate::{
    api::{
        bank::grouped,
        endpoint::Empty,
        id::TransferId,
        money::Minor,
        payments::NewPayment,
        transfers::{ASK, NewTransfer, QUOTE as QUOTED, SHOW, Transfer, TransferStatus},
    },
    cli::Context,
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
    when_empty: None,
};

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

/// Shows how a transfer stands.
pub(super) async fn show(context: &mut Context, id: TransferId) -> Result<Outcome> {
    Outcome::one(&TRANSFER, &context.portal().await?.call(&SHOW, id, &Empty {}).await?)
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
