//! `citytime login`, `logout` and `whoami`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{Context, proof};
use crate::{
    api::{
        accounts::{REACTIVATE, Role, WHOAMI, Whoami},
        endpoint::{Anyone, Empty, Endpoint, Scope},
        id::AccountId,
        problem::Code,
        secret::Secret,
        sessions::{CREATE, END, Session, SignIn},
        time::Timestamp,
        token,
    },
    failure::{Failure, Result},
    settings::{Config, Credential, Directories, PortalUrl, Profile, Profiles, TokenSource},
    ui::{Column, Outcome, Question, Sheet},
};

/// Who is signed in.
pub(crate) static WHO: Sheet = Sheet {
    noun: "sign-in",
    columns: &[
        Column::text("city"),
        Column::text("portal"),
        Column::text("username"),
        Column::status("role"),
        Column::list("scopes").wide(),
        Column::text("token_source"),
        Column::time("expires_at"),
        Column::id("account").wide(),
    ],
    when_empty: None,
};

/// What was signed out of.
pub(crate) static SIGNED_OUT: Sheet = Sheet {
    noun: "sign-in",
    columns: &[Column::text("city"), Column::text("portal"), Column::text("username"), Column::yes_no("ended")],
    when_empty: None,
};

/// Sign in with name and password, or with a token
///
/// Asks for both on a terminal. The password is never shown, and never an argument. What is kept is a session token,
/// in a file only you can read; it ends after 30 days, or 14 without use.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime login
  citytime login --username rosa --password-stdin < password.txt
  citytime login --username rosa --password-stdin --code 318204 < password.txt
  pass show city-token | citytime login --token-stdin")]
pub(crate) struct LoginArgs {
    /// The account's name
    #[arg(long, value_name = "NAME")]
    username: Option<String>,
    /// Read the password from the first line of stdin
    #[arg(long, conflicts_with = "token_stdin")]
    password_stdin: bool,
    /// A code of the second factor: six digits of the app, or a recovery code; asked for where the account has one
    #[arg(long, value_name = "CODE", conflicts_with = "token_stdin", value_parser = proof::code)]
    code: Option<Secret>,
    /// Read a token from the first line of stdin, and keep it
    #[arg(long, conflicts_with = "username")]
    token_stdin: bool,
}

/// Sign out: end the session at the portal, and forget it here
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime logout -c riverton")]
pub(crate) struct LogoutArgs {}

/// Show who is signed in, where, and what the sign-in may do
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime whoami\n  citytime whoami --jq .username")]
pub(crate) struct WhoamiArgs {}

/// Who is signed in, as printed.
#[derive(Serialize)]
struct Who {
    city: String,
    portal: PortalUrl,
    username: String,
    role: Role,
    scopes: Vec<Scope>,
    token_source: String,
    expires_at: Timestamp,
    account: AccountId,
}

impl Who {
    fn new(profile: &Profile, who: Whoami, source: &TokenSource) -> Self {
        Self {
            city: profile.label(),
            portal: profile.url.clone(),
            username: who.username,
            role: who.role,
            scopes: who.scopes,
            token_source: source.to_string(),
            expires_at: who.expires_at,
            account: who.account,
        }
    }
}

/// What was signed out of, as printed.
#[derive(Serialize)]
struct SignedOut {
    city: String,
    portal: PortalUrl,
    username: Option<String>,
    /// Whether the session was ended at the portal.
    ended: bool,
}

pub(crate) async fn login(context: &mut Context, args: LoginArgs) -> Result<Outcome> {
    context.ui.check_columns(&WHO)?;
    let profile = context.profile()?;
    profile.check_portal()?;
    let secret = if args.token_stdin {
        given_token(context)?
    } else {
        let given = Given { username: args.username, password_stdin: args.password_stdin, code: args.code };
        enter(context, &profile, given, &CREATE).await?
    };
    kept(context, &profile, secret).await
}

/// Bring your account back after `citytime account deactivate`, and sign in
///
/// It is as it was: its records, bills, history and payment methods. Tokens for scripts are to be made anew.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account reactivate
  citytime account reactivate --username rosa --password-stdin < password.txt")]
pub(crate) struct ReactivateArgs {
    /// The account's name
    #[arg(long, value_name = "NAME")]
    username: Option<String>,
    /// Read the password from the first line of stdin
    #[arg(long)]
    password_stdin: bool,
    /// A code of the second factor: six digits of the app, or a recovery code; asked for where the account has one
    #[arg(long, value_name = "CODE", value_parser = proof::code)]
    code: Option<Secret>,
}

pub(crate) async fn reactivate(context: &mut Context, args: ReactivateArgs) -> Result<Outcome> {
    context.ui.check_columns(&WHO)?;
    let profile = context.profile()?;
    profile.check_portal()?;
    let given = Given { username: args.username, password_stdin: args.password_stdin, code: args.code };
    let secret = enter(context, &profile, given, &REACTIVATE).await?;
    kept(context, &profile, secret).await
}

/// Keeps a sign-in, and tells whose it is.
async fn kept(context: &mut Context, profile: &Profile, secret: Secret) -> Result<Outcome> {
    let portal = context.portal_with(profile, Some(secret.clone()))?;
    let who = portal.call(&WHOAMI, (), &Empty {}).await?;
    let credential =
        Credential { token: secret, username: Some(who.username.clone()), expires_at: Some(who.expires_at) };
    keep(context, profile, &credential)?;
    if !who.terms_accepted {
        context.ui.note("The city has new terms. Until you accept them you can read, and change nothing:");
        context.ui.note("citytime account terms show");
        context.ui.note("citytime account terms accept");
    }
    let kept = TokenSource::Stored(context.credentials()?.path().to_owned());
    if let Ok(Some(token)) = context.token().await
        && token.source != kept
    {
        let source = token.source.to_string();
        context.ui.warn(format!("commands will not use this sign-in while {source} gives another token"));
    }
    Outcome::one(&WHO, &Who::new(profile, who, &kept))
}

/// What of a sign-in was given with the command.
struct Given {
    username: Option<String>,
    password_stdin: bool,
    code: Option<Secret>,
}

/// A sign-in by name and password, asked for where they are not given, as is the code of a second factor.
async fn enter(
    context: &mut Context,
    profile: &Profile,
    given: Given,
    entrance: &Endpoint<Anyone, (), SignIn, Session>,
) -> Result<Secret> {
    let Given { username, password_stdin, code } = given;
    if context.ui.is_interactive() && !password_stdin {
        // Before anything is typed: the city must be there.
        context.city().await?;
    }
    let username = match username {
        Some(username) => username,
        None if password_stdin => {
            return Err(Failure::new(Code::InputNeeded, "whose password it is must be said")
                .hint("give the account's name with --username NAME"));
        }
        None => context.ui.ask(&Question::new(&format!("Username at {}", profile.label()), "--username"))?,
    };
    let password = if password_stdin {
        context.ui.secret_from_stdin("--password-stdin")?
    } else {
        context.ui.ask_secret("Password", "--password-stdin")?
    };
    let portal = context.public_portal()?;
    let mut sign_in = SignIn { username, password, code };
    let mut answered = portal.call(entrance, (), &sign_in).await;
    if sign_in.code.is_none() && answered.as_ref().is_err_and(|failure| failure.code == Code::CodeNeeded) {
        sign_in.code = Some(proof::ask_code(context)?);
        answered = portal.call(entrance, (), &sign_in).await;
    }
    Ok(answered?.token)
}

pub(crate) async fn logout(context: &mut Context, _: LogoutArgs) -> Result<Outcome> {
    context.ui.check_columns(&SIGNED_OUT)?;
    let profile = context.profile()?;
    profile.check_portal()?;
    let credentials = context.credentials()?;
    let Some(kept) = credentials.get(&profile.url)? else {
        let failure = Failure::new(Code::Unauthenticated, format!("nobody is signed in to {} here", profile.label()));
        return Err(match context.token().await? {
            Some(token) => failure.hint(format!("the token comes from {}: take it away there", token.source)),
            None => failure.hint("sign in with `citytime login`"),
        });
    };
    let session = token::Token::parse(kept.token.expose()).is_ok_and(|(kind, _)| kind == token::Kind::Session);
    let mut ended = false;
    if session {
        match context.portal_with(&profile, Some(kept.token))?.call(&END, (), &Empty {}).await {
            Ok(_) => ended = true,
            // A session that has ended is what was wanted.
            Err(failure) if failure.code.exit() == Code::Unauthenticated.exit() => ended = true,
            Err(failure) => context.ui.warn(format!(
                "the session was forgotten here, but not ended at the portal, where it lasts until it expires: {failure}"
            )),
        }
    } else {
        context.ui.warn("the token was forgotten here; to end it, run `citytime account tokens revoke`");
    }
    credentials.forget(&profile.url)?;
    Outcome::one(&SIGNED_OUT, &SignedOut { city: profile.label(), portal: profile.url, username: kept.username, ended })
}

pub(crate) async fn whoami(context: &mut Context, _: WhoamiArgs) -> Result<Outcome> {
    let profile = context.profile()?;
    let who = context.portal().await?.call(&WHOAMI, (), &Empty {}).await?;
    let source = match context.token().await? {
        Some(token) => token.source.clone(),
        None => TokenSource::Stored(context.credentials()?.path().to_owned()),
    };
    Outcome::one(&WHO, &Who::new(&profile, who, &source))
}

/// Moves a broken `config.toml` aside; settings that cannot be read for another reason stay a failure.
pub(crate) fn mend_config(directories: &Directories, failure: Failure) -> Result<(PathBuf, Config)> {
    if failure.code != Code::ConfigInvalid {
        return Err(failure);
    }
    let aside = Profiles::at(directories).set_broken_aside()?;
    Ok((aside, Config::load(directories)?))
}

fn given_token(context: &mut Context) -> Result<Secret> {
    let secret = context.ui.secret_from_stdin("--token-stdin")?;
    token::Token::parse(secret.expose()).map_err(|error| {
        Failure::new(Code::Unauthenticated, error.to_string())
            .hint("make one with `citytime account tokens create`, or sign in with `citytime login`")
    })?;
    Ok(secret)
}

/// Keeps a sign-in; a broken file of sign-ins gives way to a new one.
fn keep(context: &mut Context, profile: &Profile, credential: &Credential) -> Result<()> {
    let credentials = context.credentials()?;
    match credentials.put(&profile.url, credential) {
        Err(failure) if failure.code == Code::ConfigInvalid => {
            credentials.replace_broken(&profile.url, credential)?;
            context.ui.warn(format!("{failure}; it was set aside and begun anew"));
            Ok(())
        }
        kept => kept,
    }
}
