//! `citytime account create`: with flags, a file, or questions on a terminal.

use std::path::PathBuf;

use clap::Args;

use super::{
    ACCOUNT,
    details::{self, Details, PersonArgs},
};
use crate::{
    api::{
        accounts::{CREATE, NewAccount},
        city::City,
        problem::Code,
        secret::Secret,
    },
    cli::Context,
    failure::{Failure, Result},
    ui::{Outcome, Question},
};

/// Passwords are at least this long, in characters.
pub(super) const SHORTEST: usize = 15;
/// Passwords beside a second factor are.
pub(super) const SHORTEST_OF_TWO: usize = 8;

/// Create an account
///
/// Asks on a terminal for what no flag or file says, shows the city's terms, and asks to accept them. The password is
/// typed twice and never shown; scripts give it with --password-stdin.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account create
  citytime account create --username rosa --name \"Rosa Marin\" --email rosa@example.org \\
    --accept-terms --password-stdin < password.txt
  citytime account create --file rosa.json --accept-terms")]
pub(super) struct CreateArgs {
    /// Take what no flag says from this file of JSON (- is stdin)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// The name to sign in with: 3-32 letters, digits, dots, dashes or underscores
    #[arg(long, value_name = "NAME")]
    username: Option<String>,
    #[command(flatten)]
    person: PersonArgs,
    /// A second address, for recovery
    #[arg(long, value_name = "ADDRESS", value_hint = clap::ValueHint::EmailAddress)]
    recovery_email: Option<String>,
    /// Accept the city's terms (`citytime city show` tells their version)
    #[arg(long)]
    accept_terms: bool,
    /// Read the password from the first line of stdin
    #[arg(long)]
    password_stdin: bool,
}

pub(super) async fn run(context: &mut Context, args: CreateArgs) -> Result<Outcome> {
    context.ui.check_columns(&ACCOUNT)?;
    if args.password_stdin && args.file.as_deref().is_some_and(|file| file.as_os_str() == "-") {
        return Err(Failure::usage("stdin cannot hold both the password and the file")
            .hint("put the password in the file, or name a file on disk"));
    }
    let details = Details::read(&mut context.ui, args.file.as_deref())?.with(args.person);
    let typed = args.password_stdin.then(|| context.ui.secret_from_stdin("--password-stdin")).transpose()?;
    if context.ui.is_interactive() {
        // Before anything is typed: the city must be there.
        context.city().await?;
    } else if details.terms_version.is_none() && !args.accept_terms {
        context.ui.confirm("Do you accept the city's terms?", "--accept-terms")?;
    }
    let label = context.profile()?.label();
    let ui = &mut context.ui;
    let username = args.username.or(details.username);
    let username = details::needed(
        ui,
        username,
        &Question::new(&format!("Username at {label}"), "--username").check(&login_name),
    )?;
    let name = details::needed(ui, details.name, &Question::new("Your name", "--name"))?;
    let email = details::needed(ui, details.email, &Question::new("E-mail", "--email").check(&email))?;
    let phone = details::optional(ui, details.phone, Question::new("Phone", "--phone").check(&phone))?;
    let address = details::address(ui, details.address, None)?;
    let recovery_email = args.recovery_email.or(details.recovery_email);
    let recovery_email = details::optional(
        ui,
        recovery_email,
        Question::new("Second e-mail, for recovery", "--recovery-email").check(&self::email),
    )?;
    let password = match typed.or(details.password) {
        Some(password) => password,
        None => new_password(context)?,
    };
    let terms_version = match details.terms_version {
        Some(version) => version,
        None => accepted(context, args.accept_terms).await?,
    };
    let new = NewAccount { username, password, name, email, phone, address, recovery_email, terms_version };
    let account = context.public_portal()?.call(&CREATE, (), &new).await?;
    context.ui.note(format!(
        "Your account is made. A code was mailed to {}. Sign in, confirm the address with it, then link what the city's \
         letter is about: `citytime login`, `citytime account verify CODE`, `citytime account records link NUMBER --code \
         CODE`.",
        account.email
    ));
    Outcome::one(&ACCOUNT, &account)
}

fn new_password(context: &mut Context) -> Result<Secret> {
    let check = |password: &str| match password.chars().count() {
        length if length < SHORTEST => Err(format!(
            "a password has at least {SHORTEST} characters; a few words that do not belong together are good"
        )),
        _ => Ok(()),
    };
    context.ui.ask_new_secret(&format!("Password (at least {SHORTEST} characters)"), "--password-stdin", &check)
}

/// The version of the terms, once they are accepted.
async fn accepted(context: &mut Context, flag: bool) -> Result<String> {
    let City { name: city, terms, .. } = context.city().await?.clone();
    if flag || context.consents() {
        return Ok(terms.version);
    }
    if let Some(text) = &terms.text {
        context.ui.read_out(text);
    }
    if let Some(url) = &terms.url {
        context.ui.note(format!("The terms of {city} are at {url}"));
    }
    let question = format!("Do you accept the terms of {city}, version {}?", terms.version);
    match context.ui.confirm(&question, "--accept-terms") {
        Err(failure) if failure.code == Code::Interrupted => {
            Err(Failure::new(Code::TermsNotAccepted, "the terms were not accepted: no account was made"))
        }
        answered => answered.map(|()| terms.version),
    }
}

/// What a name to sign in with looks like; the portal decides, and knows which are taken.
fn login_name(text: &str) -> Result<(), String> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || ['.', '-', '_'].contains(&letter);
    match text.trim() {
        name if (3..=32).contains(&name.len())
            && name.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && name.chars().all(is_plain) =>
        {
            Ok(())
        }
        _ => Err("a username has 3 to 32 letters, digits, dots, dashes or underscores, a letter first".to_owned()),
    }
}

fn phone(text: &str) -> Result<(), String> {
    match text.chars().filter(char::is_ascii_digit).count() {
        7..=15 => Ok(()),
        _ => Err("a telephone number has 7 to 15 digits, with or without the country's code".to_owned()),
    }
}

fn email(text: &str) -> Result<(), String> {
    match text.split_once('@') {
        Some((name, host)) if !name.is_empty() && !host.is_empty() && !text.contains(char::is_whitespace) => Ok(()),
        _ => Err("an e-mail address looks like rosa@example.org".to_owned()),
    }
}
