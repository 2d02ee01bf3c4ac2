//! `citytime programs`: what the city offers, and registering for it.
//!
//! - `register`: seats for oneself or a household; `calendar`: programs for a calendar (RFC 5545)

mod calendar;
mod register;

use clap::{Args, Subcommand};

use super::{Context, complete, list, words};
use crate::{
    api::{
        dashboard::Dashboard,
        endpoint::Empty,
        id::{ProgramId, RegistrationId},
        programs::{
            CANCEL, LIST, ProgramQuery, REGISTRATIONS, Registration, RegistrationQuery, RegistrationStatus, SHOW,
        },
        time::When,
    },
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A program.
pub(crate) static PROGRAM: Sheet = Sheet {
    noun: "program",
    columns: &[
        Column::id("id"),
        Column::text("title"),
        Column::time("starts_at").header("starts").first(),
        Column::money("fee"),
        Column::number("seats_left").header("seats left"),
        Column::status("status"),
        Column::text("category").wide(),
        Column::text("venue").wide(),
        Column::time("ends_at").header("ends").wide(),
        Column::number("capacity").wide(),
        Column::number("waiting").wide(),
        Column::time("opens_at").wide(),
        Column::time("closes_at").wide(),
        Column::text("description").asked(),
        Column::text("reason").asked(),
        Column::text("number").asked(),
        Column::number("sequence").asked(),
        Column::time("changed_at").asked(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("look further: leave out --category, --free and --open, or set --from and --to"),
};

/// A registration.
pub(crate) static REGISTRATION_SHEET: Sheet = Sheet {
    noun: "registration",
    columns: &[
        Column::id("id"),
        Column::text("title"),
        Column::time("starts_at").header("starts"),
        Column::status("status").first(),
        Column::number("position"),
        Column::list("participants"),
        Column::id("program").wide(),
        Column::text("venue").wide(),
        Column::id("bill").wide(),
        Column::time("hold_ends_at").header("held until").wide(),
        Column::text("note").wide(),
        Column::time("ends_at").asked(),
        Column::time("created_at").asked(),
        Column::number("sequence").asked(),
        Column::time("changed_at").asked(),
    ],
    when_empty: Some("see what there is: citytime programs list; then: citytime programs register ID"),
};

/// Programs: workshops, activities and meetings, and registering for them
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime programs list --open\n  citytime programs register PRG-7K3Q9XM2 --for \"Ana Marín\""
)]
pub(crate) struct ProgramsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Show(ShowArgs),
    Register(register::RegisterArgs),
    Registrations(RegistrationsArgs),
    Cancel(CancelArgs),
    Calendar(calendar::CalendarArgs),
}

/// List the city's programs, the next first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime programs list
  citytime programs list --category workshop --free --open
  citytime programs list --from 2026-12-01 --to 2026-12-31 -o json")]
struct ListArgs {
    /// Only of this category
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Beginning on or after this day; today unless given
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<When>,
    /// Beginning on or before this day: 2026-12-31, 30d
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<When>,
    /// Only those without a fee
    #[arg(long)]
    free: bool,
    /// Only those with free seats and open registration
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    limit: list::Limit,
}

/// Show a program
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime programs show PRG-7K3Q9XM2\n  citytime programs show PRG-7K3Q9XM2 --jq .seats_left"
)]
struct ShowArgs {
    /// The program (PRG-…)
    #[arg(add = complete::programs())]
    id: ProgramId,
}

/// List your registrations, the next program first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime programs registrations --from today
  citytime programs registrations --status waitlisted -o json")]
struct RegistrationsArgs {
    /// Only in this state
    #[arg(long, value_parser = words::of::<RegistrationStatus>())]
    status: Option<RegistrationStatus>,
    /// For programs beginning on or after this day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<When>,
    /// For programs beginning on or before this day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<When>,
    #[command(flatten)]
    limit: list::Limit,
}

/// Cancel a registration: its seats go to the next on the waiting list
///
/// The bill of a fee that was not paid is withdrawn. For a fee that was paid the city is to be asked for a refund. On a
/// terminal you are asked first; scripts agree with --yes.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime programs cancel REG-7K3Q9XM2\n  citytime programs cancel REG-7K3Q9XM2 --yes"
)]
struct CancelArgs {
    /// The registration (REG-…)
    #[arg(add = complete::registrations())]
    registration: RegistrationId,
}

pub(crate) async fn run(context: &mut Context, args: ProgramsArgs) -> Result<Outcome> {
    match args.verb {
        Verb::List(args) => {
            let query = ProgramQuery {
                category: args.category,
                from: args.from,
                to: args.to,
                free: args.free.then_some(true),
                open: args.open.then_some(true),
                ..ProgramQuery::default()
            };
            list::print(context, &PROGRAM, &LIST, query, args.limit).await
        }
        Verb::Show(args) => {
            context.ui.check_columns(&PROGRAM)?;
            Outcome::one(&PROGRAM, &context.public_portal()?.call(&SHOW, args.id, &Empty {}).await?)
        }
        Verb::Register(args) => register::run(context, args).await,
        Verb::Registrations(args) => {
            let query = RegistrationQuery { status: args.status, from: args.from, to: args.to, ..Default::default() };
            list::print(context, &REGISTRATION_SHEET, &REGISTRATIONS, query, args.limit).await
        }
        Verb::Cancel(args) => {
            context.ui.check_columns(&REGISTRATION_SHEET)?;
            context.agree(&format!("Cancel {}? Its seats go to the next on the waiting list.", args.registration))?;
            let cancelled = context.portal().await?.call(&CANCEL, args.registration, &Empty {}).await?;
            if let Some(note) = &cancelled.note {
                context.ui.note(format!("{}: {note}", cancelled.id));
            }
            Outcome::one(&REGISTRATION_SHEET, &cancelled)
        }
        Verb::Calendar(args) => calendar::run(context, args).await,
    }
}

/// The programs of a dashboard, as lines beside its table.
pub(super) fn coming_up(context: &mut Context, dashboard: &Dashboard) {
    if !dashboard.programs.is_empty() {
        context.ui.note("Coming up:");
    }
    for Registration { id, title, starts_at, status, .. } in &dashboard.programs {
        context.ui.note(format!("  {id}  {}  {title} ({status})", context.ui.local_time(*starts_at)));
    }
}
