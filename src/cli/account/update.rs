//! `citytime account update`: what changes is said with flags or a file, or asked for on a terminal.

use std::path::PathBuf;

use clap::Args;

use super::{
    ACCOUNT,
    details::{self, Details, PersonArgs},
};
use crate::{
    api::{
        accounts::{Account, AccountChange, SHOW, UPDATE},
        endpoint::Empty,
    },
    cli::{Context, proof::ProofArgs},
    failure::{Failure, Result},
    ui::{Outcome, Question, Ui},
};

/// Change name, e-mail, phone or address
///
/// What is not said stays. Without any flag each is asked for on a terminal, with what there is as the answer. E-mail
/// and phone are changed only by whoever gives the password again.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account update --phone 555-0142
  citytime account update --email rosa@example.org --password-stdin < password.txt
  citytime account update --address \"3 Quay Street, Flat 2, Riverton, IL 62701\"")]
pub(super) struct UpdateArgs {
    /// Take what no flag says from this file of JSON (- is stdin)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    #[command(flatten)]
    person: PersonArgs,
    #[command(flatten)]
    proof: ProofArgs,
}

pub(super) async fn run(context: &mut Context, args: UpdateArgs) -> Result<Outcome> {
    context.ui.check_columns(&ACCOUNT)?;
    if args.proof.password_stdin && args.file.as_deref().is_some_and(|file| file.as_os_str() == "-") {
        return Err(Failure::usage("stdin cannot hold both the password and the file").hint("name a file on disk"));
    }
    let details = Details::read(&mut context.ui, args.file.as_deref())?.with(args.person);
    if details.username.is_some() || details.password.is_some() || details.recovery_email.is_some() {
        return Err(Failure::usage("username, password and recovery e-mail are not changed by `account update`")
            .hint("leave them out of the file"));
    }
    let Details { name, email, phone, address, .. } = details;
    let mut change = AccountChange { name, email, phone, address, proof: None };
    let portal = context.portal().await?;
    if change == AccountChange::default() {
        if !context.ui.is_interactive() {
            return Err(Failure::usage("nothing was said that should change")
                .hint("say it with --name, --email, --phone, --address or --file"));
        }
        let account = portal.call(&SHOW, (), &Empty {}).await?;
        change = asked(&mut context.ui, &account)?;
        if change == AccountChange::default() {
            context.ui.note("Nothing changed.");
            return Outcome::one(&ACCOUNT, &account);
        }
    }
    let update = async |proof| portal.call(&UPDATE, (), &AccountChange { proof, ..change.clone() }).await;
    let account = args.proof.prove(context, update).await?;
    if change.email.is_some() && !account.email_verified {
        context.ui.note("A code was mailed to the new address. Confirm it: `citytime account verify CODE`.");
    }
    Outcome::one(&ACCOUNT, &account)
}

/// Asks for each, and keeps what differs from what there is.
fn asked(ui: &mut Ui, account: &Account) -> Result<AccountChange> {
    let mut ask = |prompt: &str, flag: &str, present: &str| {
        let answer = ui.ask(&Question::new(prompt, flag).or(present))?;
        Ok::<_, Failure>(Some(answer).filter(|answer| answer != present))
    };
    let name = ask("Your name", "--name", &account.name)?;
    let email = ask("E-mail", "--email", &account.email)?;
    let phone = ask("Phone", "--phone", account.phone.as_deref().unwrap_or_default())?;
    let address = details::address(ui, None, account.address.as_ref())?;
    let same = address.as_ref().zip(account.address.as_ref()).is_some_and(|(new, old)| new == old);
    Ok(AccountChange { name, email, phone, address: address.filter(|_| !same), proof: None })
}
