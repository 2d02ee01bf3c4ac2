//! `citytime staff residents`: helping people with their accounts.

use clap::{Args, Subcommand};

use crate::{
    api::recovery::{ASSIST, NewAssistedRecovery},
    cli::{Context, account::ASSISTED, proof::ProofArgs},
    failure::Result,
    ui::Outcome,
};

/// Help residents with their accounts
#[derive(Args, Debug)]
#[command(after_help = "Example:
  citytime staff residents recover rosa --to rosa@new.example --reason 'mailbox closed' --identity 'passport seen'")]
pub(super) struct ResidentsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Recover(RecoverArgs),
}

/// Begin a way back for somebody who lost password and mailbox
///
/// Make sure who it is first: a document with a picture, seen by you. Every address of the account is told at once, and
/// whoever is signed in can stop it. After a day the person asks for a code (`citytime account recover start`), which
/// goes to the new address too; with the new password it becomes the account's e-mail address. Your own password is asked
/// for again.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  citytime staff residents recover rosa --to rosa@new.example --reason 'mailbox closed' --identity 'passport seen'")]
struct RecoverArgs {
    /// The account's user name
    username: String,
    /// Where the person reads mail now
    #[arg(long, value_name = "ADDRESS", value_hint = clap::ValueHint::EmailAddress)]
    to: String,
    /// Why there is no other way; it is kept
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// How you made sure who it is; it is kept
    #[arg(long, value_name = "TEXT")]
    identity: String,
    #[command(flatten)]
    proof: ProofArgs,
}

pub(super) async fn run(context: &mut Context, args: ResidentsArgs) -> Result<Outcome> {
    let Verb::Recover(args) = args.verb;
    context.ui.check_columns(&ASSISTED)?;
    let RecoverArgs { username, to, reason, identity, proof } = args;
    let new = NewAssistedRecovery { username, email: to, reason, identity, proof: None };
    let portal = context.portal().await?;
    let begin = async |proof| portal.call(&ASSIST, (), &NewAssistedRecovery { proof, ..new.clone() }).await;
    let begun = proof.prove(context, begin).await?;
    context.ui.note("Every address of the account was told. A code goes to the new one from the day after on:");
    context.ui.note(format!("`citytime account recover start --username {}`.", begun.username));
    Outcome::one(&ASSISTED, &begun)
}
