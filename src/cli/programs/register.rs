//! `citytime programs register`: seats for oneself, or for several of a household.

use clap::Args;

use super::REGISTRATION_SHEET;
use crate::{
    api::{
        id::ProgramId,
        programs::{NewRegistration, REGISTER, Registration, RegistrationStatus},
    },
    cli::{Context, complete},
    failure::Result,
    ui::Outcome,
};

/// Register for a program, or join its waiting list
///
/// With a fee your seats are held for 48 hours, and a bill comes with them: pay it with `citytime bills pay`. Where
/// too few seats are free you join the waiting list, and have the seats as soon as they are enough for all of you.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime programs register PRG-7K3Q9XM2
  citytime programs register PRG-7K3Q9XM2 --for \"Rosa Marín\" --for \"Ana Marín\"
  citytime programs register PRG-7K3Q9XM2 --seats-only --jq .status")]
pub(super) struct RegisterArgs {
    /// The program (PRG-…)
    #[arg(add = complete::programs())]
    id: ProgramId,
    /// Who comes, once for each of the household; you, unless given
    #[arg(long = "for", value_name = "NAME")]
    participants: Vec<String>,
    /// Fail when too few seats are free, instead of joining the waiting list
    #[arg(long)]
    seats_only: bool,
}

pub(super) async fn run(context: &mut Context, args: RegisterArgs) -> Result<Outcome> {
    context.ui.check_columns(&REGISTRATION_SHEET)?;
    let new = NewRegistration { participants: args.participants, seats_only: args.seats_only };
    let made = context.portal().await?.call(&REGISTER, args.id, &new).await?;
    tell(context, &made);
    Outcome::one(&REGISTRATION_SHEET, &made)
}

/// What is to be done beside what is printed.
fn tell(context: &mut Context, made: &Registration) {
    match (made.status, made.bill, made.position) {
        (RegistrationStatus::Held, Some(bill), _) => {
            let until = made.hold_ends_at.map(|end| context.ui.local_time(end)).unwrap_or_default();
            context.ui.note(format!("The seats are held until {until}: pay the fee with `citytime bills pay {bill}`."));
        }
        (RegistrationStatus::Waitlisted, _, Some(position)) => {
            context.ui.note(format!("Too few seats are free: you are number {position} on the waiting list."));
        }
        _ => {}
    }
}
