//! `citytime account recovery-email`: a second address, for recovery.

use clap::Args;

use super::ACCOUNT;
use crate::{
    api::confirmation::{RECOVERY_EMAIL, RecoveryAddress},
    cli::{Context, proof::ProofArgs},
    failure::Result,
    ui::Outcome,
};

/// Set a second address, to which a code goes too should you lose your password
///
/// It counts once it is confirmed: a mail with a code goes there. The password is asked for again.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account recovery-email rosa@elsewhere.example
  citytime account recovery-email --none --password-stdin < password.txt")]
pub(super) struct RecoveryEmailArgs {
    /// The address; another one than your e-mail address
    #[arg(required_unless_present = "none", conflicts_with = "none", value_hint = clap::ValueHint::EmailAddress)]
    address: Option<String>,
    /// Take the present one away
    #[arg(long)]
    none: bool,
    #[command(flatten)]
    proof: ProofArgs,
}

pub(super) async fn run(context: &mut Context, args: RecoveryEmailArgs) -> Result<Outcome> {
    context.ui.check_columns(&ACCOUNT)?;
    let portal = context.portal().await?;
    let change =
        async |proof| portal.call(&RECOVERY_EMAIL, (), &RecoveryAddress { email: args.address.clone(), proof }).await;
    let account = args.proof.prove(context, change).await?;
    if args.address.is_some() && !account.recovery_email_verified {
        context.ui.note("A code was sent there. Confirm the address with it: `citytime account verify CODE`.");
    }
    Outcome::one(&ACCOUNT, &account)
}
