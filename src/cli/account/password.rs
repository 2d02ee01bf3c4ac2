//! `citytime account password`: a new password, by whoever knows the present one.

use clap::Args;

use super::create::SHORTEST;
use crate::{
    api::accounts::{NewPassword, PASSWORD},
    cli::{Context, proof},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// What a change of the password came to.
static CHANGED: Sheet = Sheet {
    noun: "password change",
    columns: &[
        Column::text("username"),
        Column::time("changed_at"),
        Column::number("sessions_ended"),
        Column::number("tokens_revoked"),
    ],
    when_empty: None,
};

/// Change your password; every other session ends at once
///
/// Asks for the present password, and for the new one twice. A script gives both on stdin: the present one on the first
/// line, the new one on the second. Tokens for scripts stay: `citytime account tokens list` shows them.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account password
  printf '%s\\n' \"$old\" \"$new\" | citytime account password --password-stdin")]
pub(super) struct PasswordArgs {
    /// Read the present password from the first line of stdin, and the new one from the second
    #[arg(long)]
    password_stdin: bool,
    /// Revoke the tokens for scripts too: where somebody else may have made some
    #[arg(long)]
    revoke_tokens: bool,
}

pub(super) async fn run(context: &mut Context, args: PasswordArgs) -> Result<Outcome> {
    context.ui.check_columns(&CHANGED)?;
    let portal = context.portal().await?;
    let ui = &mut context.ui;
    let (present, password) = if args.password_stdin {
        (ui.secret_from_stdin("--password-stdin")?, ui.secret_from_stdin("--password-stdin")?)
    } else {
        let present = ui.ask_secret("Your present password", "--password-stdin")?;
        let check = |password: &str| match password.chars().count() {
            length if length < SHORTEST => Err(format!(
                "a password has at least {SHORTEST} characters; a few words that do not belong together are good"
            )),
            _ => Ok(()),
        };
        let prompt = format!("New password (at least {SHORTEST} characters)");
        (present, ui.ask_new_secret(&prompt, "--password-stdin", &check)?)
    };
    let change = async |proof| {
        let new = NewPassword { password: password.clone(), revoke_tokens: args.revoke_tokens, proof };
        portal.call(&PASSWORD, (), &new).await
    };
    let changed = proof::prove_with(context, Some(present), change).await?;
    Outcome::one(&CHANGED, &changed)
}
