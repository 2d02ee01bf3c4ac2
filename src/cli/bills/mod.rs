//! `citytime bills`: what is owed, and paying it.
//!
//! - `autopay`: bills that are paid by themselves
//! - `calendar`: due dates for a calendar
//! - `pay`: one, several or all of them; `wait`: until a payment is settled
//! - `transfer`: where to send the money from one's own bank

pub(super) mod autopay;
mod calendar;
mod pay;
mod transfer;
mod wait;

use std::path::PathBuf;

use clap::{Args, Subcommand};

pub(super) use self::{transfer::TRANSFER, wait::outcome as paid};

use super::{Context, complete, list, permit, words};
use crate::{
    api::{
        bills::{BillFilter, BillQuery, LIST, SHOW},
        endpoint::Empty,
        id::{BillId, PaymentId},
        money::Minor,
        payments::RECEIPT,
        statements::RECEIPT_PDF,
        time::When,
    },
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A bill.
pub(crate) static BILL: Sheet = Sheet {
    noun: "bill",
    columns: &[
        Column::id("id"),
        Column::text("title"),
        Column::date("due_on").header("due"),
        Column::money("balance"),
        Column::status("status"),
        Column::yes_no("overdue"),
        Column::text("category").wide(),
        Column::money("amount").wide(),
        Column::money("paid").wide(),
        Column::money("pending").wide(),
        Column::text("period").wide(),
        Column::text("number").wide(),
        Column::date("issued_on").wide(),
        Column::id("record").wide(),
        Column::money("credited").asked(),
        Column::date("autopay_on").header("paid by itself").asked(),
        Column::list("payments").header("paid by").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: Some(
        "bills come with a linked record: citytime account records link NUMBER --code CODE; paid ones: citytime bills list --status all",
    ),
};

/// A payment.
pub(crate) static PAYMENT: Sheet = Sheet {
    noun: "payment",
    columns: &[
        Column::id("id"),
        Column::money("amount"),
        Column::money("fee"),
        Column::status("status"),
        Column::id("method"),
        Column::list("allocations").header("bills"),
        Column::id("receipt").wide(),
        Column::time("created_at"),
        Column::time("settled_at").wide(),
        Column::text("failure.detail").header("failure").wide(),
        Column::money("refunded").asked(),
        Column::yes_no("autopay").header("by itself").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: None,
};

/// What a payment would be.
pub(crate) static QUOTE: Sheet = Sheet {
    noun: "quote",
    columns: &[
        Column::list("lines").header("bills"),
        Column::money("fee"),
        Column::money("total"),
        Column::id("method"),
        Column::text("currency").asked(),
    ],
    when_empty: None,
};

/// A receipt.
pub(crate) static RECEIPT_SHEET: Sheet = Sheet {
    noun: "receipt",
    columns: &[
        Column::id("id"),
        Column::text("city"),
        Column::text("payer"),
        Column::status("status"),
        Column::list("lines").header("bills"),
        Column::money("amount"),
        Column::money("fee"),
        Column::money("total"),
        Column::text("method"),
        Column::status("method_kind").wide(),
        Column::time("created_at"),
        Column::time("settled_at").wide(),
        Column::money("refunded").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: None,
};

/// Bills: what is owed, and paying it
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime bills list\n  citytime bills pay BIL-7K3Q9XM2")]
pub(crate) struct BillsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Show(ShowArgs),
    Pay(pay::PayArgs),
    Transfer(transfer::TransferArgs),
    Receipt(ReceiptArgs),
    Calendar(calendar::CalendarArgs),
    Autopay(autopay::AutopayArgs),
}

/// Which bills a list has, for residents and for clerks.
#[derive(Args, Debug)]
pub(in crate::cli) struct Which {
    /// Which ones
    #[arg(long, value_parser = words::of::<BillFilter>(), default_value = "open")]
    pub(in crate::cli) status: BillFilter,
    /// Only of this category
    #[arg(long, value_name = "CATEGORY")]
    pub(in crate::cli) category: Option<String>,
    /// Only those due before this day: 2026-11-22, today, 7d
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(in crate::cli) due_before: Option<When>,
    /// Only those due on or before this day: 7d is within a week
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(in crate::cli) due_within: Option<When>,
}

/// List bills, the next due first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime bills list
  citytime bills list --status overdue -o json
  citytime bills list --due-within 7d -o ids | citytime bills pay - --yes")]
struct ListArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    limit: list::Limit,
}

/// Show a bill
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime bills show BIL-7K3Q9XM2\n  citytime bills show BIL-7K3Q9XM2 --jq .balance"
)]
struct ShowArgs {
    /// The bill (BIL-…)
    #[arg(add = complete::bills())]
    id: BillId,
}

/// Show the receipt of a payment
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime bills receipt PAY-7K3Q9XM2\n  citytime bills receipt PAY-7K3Q9XM2 --out receipt.pdf"
)]
struct ReceiptArgs {
    /// The payment (PAY-…)
    #[arg(add = complete::payments())]
    payment: PaymentId,
    /// Write it as a PDF; - is stdout
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) async fn run(context: &mut Context, args: BillsArgs) -> Result<Outcome> {
    match args.verb {
        Verb::List(args) => {
            let query = BillQuery {
                status: Some(args.which.status),
                category: args.which.category,
                due_before: args.which.due_before,
                due_within: args.which.due_within,
                ..BillQuery::default()
            };
            if query == (BillQuery { status: Some(BillFilter::Open), ..BillQuery::default() }) {
                context.ui.when_empty("nothing is due");
            } else if query != (BillQuery { status: Some(BillFilter::All), ..BillQuery::default() }) {
                context.ui.when_narrowed_to_nothing("see every bill: citytime bills list --status all");
            }
            list::print(context, &BILL, &LIST, query, args.limit).await
        }
        Verb::Show(args) => {
            let bill = context.portal().await?.call(&SHOW, args.id, &Empty {}).await?;
            if bill.credited != Minor::ZERO {
                let taken_off = bill.credited.display(bill.currency);
                context.ui.note(format!("The city took {taken_off} off this bill; amount is what is left of it."));
            }
            if let Some(day) = bill.autopay_on {
                context.ui.note(format!("It is paid by itself on {day}: citytime bills autopay show"));
            }
            Outcome::one(&BILL, &bill)
        }
        Verb::Pay(args) => pay::run(context, args).await,
        Verb::Transfer(args) => transfer::run(context, args).await,
        Verb::Calendar(args) => calendar::run(context, args).await,
        Verb::Autopay(args) => autopay::run(context, args).await,
        Verb::Receipt(ReceiptArgs { payment, out: Some(out) }) => {
            context.ui.check_columns(&permit::SAVED)?;
            let file = context.portal().await?.download(&RECEIPT_PDF, payment, &Empty {}).await?;
            permit::save(context, file, &out).await
        }
        Verb::Receipt(args) => {
            let receipt = context.portal().await?.call(&RECEIPT, args.payment, &Empty {}).await?;
            if receipt.refunded != Minor::ZERO {
                let back = receipt.refunded.display(receipt.currency);
                context.ui.note(format!("{back} of it was given back."));
            }
            Outcome::one(&RECEIPT_SHEET, &receipt)
        }
    }
}
