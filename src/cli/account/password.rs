//! `citytime account password`: a new password, by whoever knows the present one.

use clap::Args;

use super::create::{SHORTEST, SHORTEST_OF_TWO};
use crate::{
    api::{
        accounts::{NewPassword, PASSWORD},
        endpoint::Empty,
        mfa::{self, MfaStatus},
        problem::Code,
        secret::Secret,
    },
    cli::{Context, proof},
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

/// What a change of the password came to.
pub(crate) static CHANGED: Sheet = Sheet {
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
    /// A code of your second factor: six digits of the app, or a recovery code
    #[arg(long, value_name = "CODE", value_parser = proof::code)]
    code: Option<Secret>,
    /// Revoke the tokens for scripts too: where somebody else may have made some
    #[arg(long)]
    revoke_tokens: bool,
}

pub(super) async fn run(context: &mut Context, args: PasswordArgs) -> Result<Outcome> {
    context.ui.check_columns(&CHANGED)?;
    let portal = context.portal().await?;
    let (present, password) = if args.password_stdin {
        let ui = &mut context.ui;
        let present = ui.secret_from_stdin("--password-stdin")?;
        let password = ui.secret_from_stdin("--password-stdin").map_err(|failure| match failure.code {
            Code::InputNeeded => Failure::new(failure.code, "the new password is missing: stdin has one line alone")
                .hint("the present password is its first line, the new one its second"),
            _ => failure,
        })?;
        (present, password)
    } else {
        let present = context.ui.ask_secret("Your present password", "--password-stdin")?;
        // Beside a second factor a shorter one will do.
        let factor = portal.call(&mfa::SHOW, (), &Empty {}).await?.status;
        let shortest = if factor == MfaStatus::On { SHORTEST_OF_TWO } else { SHORTEST };
        let check = |password: &str| match password.chars().count() {
            length if length < shortest => Err(format!(
                "a password has at least {shortest} characters; a few words that do not belong together are good"
            )),
            _ => Ok(()),
        };
        let prompt = format!("New password (at least {shortest} characters)");
        (present, context.ui.ask_new_secret(&prompt, "--password-stdin", &check)?)
    };
    let change = async |proof| {
        let new = NewPassword { password: password.clone(), revoke_tokens: args.revoke_tokens, proof };
        portal.call(&PASSWORD, (), &new).await
    };
    let changed = proof::prove_with(context, Some(present), args.code, change).await?;
    Outcome::one(&CHANGED, &changed)
}
