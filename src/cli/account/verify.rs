//! `citytime account verify`: an address is confirmed with the code that was sent to it.

use clap::Args;

use super::ACCOUNT;
use crate::{
    api::{
        confirmation::{Confirmable, Confirmation, SEND_CODE, SendCode, VERIFY},
        secret::Secret,
    },
    cli::{Context, words},
    failure::Result,
    ui::{Column, Outcome, Question, Sheet},
};

/// A code that was sent.
static SENT: Sheet = Sheet {
    noun: "code",
    columns: &[Column::text("address"), Column::text("to"), Column::time("expires_at")],
    when_empty: None,
};

/// Confirm your e-mail address, phone or recovery address
///
/// The code came with the mail or message that was sent to the address; it holds for half an hour by mail, ten minutes
/// by SMS, and once. On a terminal it is asked for. --resend sends another one, and the earlier ones end.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account verify 7K3Q9-XM24H-WPT7A
  citytime account verify --resend
  citytime account verify --resend phone")]
pub(super) struct VerifyArgs {
    /// The code; case and dashes do not matter
    #[arg(conflicts_with = "resend")]
    code: Option<String>,
    /// Send a code, to the e-mail address unless another is named
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "email", value_parser = words::of::<Confirmable>())]
    resend: Option<Confirmable>,
}

pub(super) async fn run(context: &mut Context, args: VerifyArgs) -> Result<Outcome> {
    if let Some(address) = args.resend {
        context.ui.check_columns(&SENT)?;
        let sent = context.portal().await?.call(&SEND_CODE, (), &SendCode { address }).await?;
        context.ui.note("Confirm it with the code that comes: `citytime account verify CODE`.");
        return Outcome::one(&SENT, &sent);
    }
    context.ui.check_columns(&ACCOUNT)?;
    let code = match args.code {
        Some(code) => code,
        None => context.ui.ask(&Question::new("Code from the mail or message", "citytime account verify CODE"))?,
    };
    let confirmation = Confirmation { code: Secret::new(code) };
    Outcome::one(&ACCOUNT, &context.portal().await?.call(&VERIFY, (), &confirmation).await?)
}
