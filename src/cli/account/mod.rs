//! `citytime account`: the account itself, its city records, its sessions and tokens.
//!
//! - `create`, `update`: with flags, a file or questions; `details`: what both are made of
//! - `address`: a postal address in one line; `password`: another password; `mfa`: the second factor
//! - `notifications`: how one is told of what
//! - `deactivate`: an account is put to rest; `terms`: which version is accepted; `export`: everything in one archive
//! - `verify`: an address is confirmed; `recovery_email`, `recover`: the way back when the password is lost
//! - `records`: the city records linked to it; `sessions`: where it is signed in; `tokens`: tokens for scripts

mod address;
mod create;
pub(super) mod deactivate;
mod details;
pub(super) mod export;
mod mfa;
mod notifications;
pub(super) mod password;
pub(super) mod records;
mod recover;
mod recovery_email;
pub(super) mod sessions;
pub(super) mod terms;
pub(super) mod tokens;
mod update;
mod verify;

use clap::{Args, Subcommand};

pub(super) use self::recover::ASSISTED;

use super::{Context, session};
use crate::{
    api::{accounts::SHOW, endpoint::Empty},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// An account.
pub(crate) static ACCOUNT: Sheet = Sheet {
    noun: "account",
    columns: &[
        Column::id("id"),
        Column::text("username"),
        Column::text("name"),
        Column::text("email"),
        Column::yes_no("email_verified"),
        Column::text("phone"),
        Column::yes_no("phone_verified").wide(),
        Column::text("address.line1").header("address"),
        Column::text("address.line2").wide(),
        Column::text("address.city").header("town"),
        Column::text("address.region").header("region"),
        Column::text("address.postal_code").header("postal code"),
        Column::text("address.country").header("country").wide(),
        Column::text("recovery_email").wide(),
        Column::yes_no("recovery_email_verified").wide(),
        Column::status("status"),
        Column::text("terms.version").header("terms").wide(),
        Column::time("terms.accepted_at").header("terms accepted").wide(),
        Column::list("records"),
        Column::time("created_at").wide(),
    ],
    when_empty: None,
};

/// Your account, its city records, its sessions and its tokens
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account create
  citytime account records link 1002-44 --code 7H2K-9QXM
  citytime account tokens create --scope bills:read --expires 90d --label cron")]
pub(crate) struct AccountArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Create(create::CreateArgs),
    Show(ShowArgs),
    Update(update::UpdateArgs),
    Verify(verify::VerifyArgs),
    RecoveryEmail(recovery_email::RecoveryEmailArgs),
    Recover(recover::RecoverArgs),
    Password(password::PasswordArgs),
    Mfa(mfa::MfaArgs),
    #[command(alias = "record")]
    Records(records::RecordsArgs),
    #[command(alias = "notification")]
    Notifications(notifications::NotificationsArgs),
    Deactivate(deactivate::DeactivateArgs),
    Reactivate(session::ReactivateArgs),
    Terms(terms::TermsArgs),
    Export(export::ExportArgs),
    #[command(alias = "session")]
    Sessions(sessions::SessionsArgs),
    #[command(alias = "token")]
    Tokens(tokens::TokensArgs),
}

/// Show the account
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime account show\n  citytime account show --jq .email")]
struct ShowArgs {}

pub(crate) async fn run(context: &mut Context, args: AccountArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Create(args) => create::run(context, args).await,
        Verb::Show(ShowArgs {}) => Outcome::one(&ACCOUNT, &context.portal().await?.call(&SHOW, (), &Empty {}).await?),
        Verb::Deactivate(args) => deactivate::run(context, args).await,
        Verb::Reactivate(args) => session::reactivate(context, args).await,
        Verb::Terms(args) => terms::run(context, args).await,
        Verb::Export(args) => export::run(context, args).await,
        Verb::Update(args) => update::run(context, args).await,
        Verb::Password(args) => password::run(context, args).await,
        Verb::Mfa(args) => mfa::run(context, args).await,
        Verb::Verify(args) => verify::run(context, args).await,
        Verb::RecoveryEmail(args) => recovery_email::run(context, args).await,
        Verb::Recover(args) => recover::run(context, args).await,
        Verb::Records(args) => records::run(context, args).await,
        Verb::Notifications(args) => notifications::run(context, args).await,
        Verb::Sessions(args) => sessions::run(context, args).await,
        Verb::Tokens(args) => tokens::run(context, args).await,
    }
}
