//! `citytime staff`: what clerks do.
//!
//! - `import`: a file of lines, each taken or refused by itself; `records`, `bills` and `programs` are such files
//! - `requests`: working on service requests
//! - `ledger`: the books in double entry
//! - `payments`: what was paid, and giving it back; `bank`: what came in by transfer
//! - `notices`: what became of what people were told
//! - `audit`: who changed what
//! - `residents`: whom clerks help, and helping them with their accounts
//! - `support`: answering tickets
//! - `clock`: the sandbox's time

mod audit;
pub(super) mod bank;
pub(super) mod bills;
pub(super) mod clock;
pub(super) mod import;
pub(super) mod ledger;
mod notices;
pub(super) mod payments;
mod permits;
mod programs;
mod records;
pub(super) mod requests;
mod residents;
mod support;

use clap::{Args, Subcommand};

use super::Context;
use crate::{failure::Result, ui::Outcome};

/// For clerks: imports, service requests, programs, and the sandbox's clock
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime staff records import records.csv\n  citytime staff bills import bills.csv"
)]
pub(crate) struct StaffArgs {
    #[command(subcommand)]
    noun: Noun,
}

#[derive(Subcommand, Debug)]
enum Noun {
    #[command(alias = "record")]
    Records(records::RecordsArgs),
    #[command(alias = "bill")]
    Bills(bills::BillsArgs),
    #[command(alias = "program")]
    Programs(programs::ProgramsArgs),
    #[command(alias = "request")]
    Requests(requests::RequestsArgs),
    #[command(alias = "permit")]
    Permits(permits::PermitsArgs),
    #[command(alias = "notice")]
    Notices(notices::NoticesArgs),
    #[command(alias = "payment")]
    Payments(payments::PaymentsArgs),
    Ledger(ledger::LedgerArgs),
    Audit(audit::AuditArgs),
    #[command(alias = "resident")]
    Residents(residents::ResidentsArgs),
    Support(support::SupportArgs),
    Clock(clock::ClockArgs),
}

pub(crate) async fn run(context: &mut Context, args: StaffArgs) -> Result<Outcome> {
    match args.noun {
        Noun::Records(args) => records::run(context, args).await,
        Noun::Bills(args) => bills::run(context, args).await,
        Noun::Programs(args) => programs::run(context, args).await,
        Noun::Requests(args) => requests::run(context, args).await,
        Noun::Permits(args) => permits::run(context, args).await,
        Noun::Notices(args) => notices::run(context, args).await,
        Noun::Payments(args) => payments::run(context, args).await,
        Noun::Ledger(args) => ledger::run(context, args).await,
        Noun::Audit(args) => audit::run(context, args).await,
        Noun::Residents(args) => residents::run(context, args).await,
        Noun::Support(args) => support::run(context, args).await,
        Noun::Clock(args) => clock::run(context, args).await,
    }
}
