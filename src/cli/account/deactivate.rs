//! `citytime account deactivate`: an account is put to rest; `reactivate`, which signs in, is in `session`.

use clap::Args;

use crate::{
    api::accounts::{DEACTIVATE, Deactivation},
    cli::{Context, proof::ProofArgs},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A resting account.
pub(crate) static DEACTIVATED: Sheet = Sheet {
    noun: "account",
    columns: &[
        Column::id("account").header("id"),
        Column::text("username"),
        Column::status("status"),
        Column::time("deactivated_at"),
        Column::number("sessions_ended"),
        Column::number("tokens_revoked"),
    ],
    when_empty: None,
};

/// Put your account to rest: every session and token ends at once, and notices stop
///
/// Asks for the password again. Nothing is lost, and nothing is cancelled: bills stay due, payments on their way settle,
/// applications and requests go on, your seats in programs and places in waiting lists stay yours. Seats that are held
/// until their fee is paid go to others when that time is up. Cancel first what you do not want. `citytime account
/// reactivate` brings the account back.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account deactivate
  citytime account deactivate --yes --password-stdin < password.txt")]
pub(super) struct DeactivateArgs {
    #[command(flatten)]
    proof: ProofArgs,
}

pub(super) async fn run(context: &mut Context, args: DeactivateArgs) -> Result<Outcome> {
    context.ui.check_columns(&DEACTIVATED)?;
    let portal = context.portal().await?;
    context.agree("Put the account to rest? Every session and token ends; bills stay due.")?;
    let call = async |proof| portal.call(&DEACTIVATE, (), &Deactivation { proof }).await;
    let rests = args.proof.prove(context, call).await?;
    context.ui.note("It comes back as it was: citytime account reactivate");
    Outcome::one(&DEACTIVATED, &rests)
}
