//! `citytime wallet add`: on the processor's page, where the number is typed and nowhere else; or by the token it gave.

use std::{process::Stdio, time::Duration};

use clap::Args;

use super::METHOD;
use crate::{
    api::{
        endpoint::Empty,
        id::MethodId,
        page::MAX_LIMIT,
        problem::Code,
        wallet::{
            ADD, CANCEL, LIST, MethodQuery, NewMethod, NewSetup, PaymentMethod, SET_UP, SETUP, Setup, SetupStatus,
        },
    },
    cli::{Context, words},
    failure::{Failure, Result},
    settings::duration,
    ui::Outcome,
    words,
};

use super::setup::SETUP_SHEET;

words! {
    /// A kind of method, as it is typed.
    pub enum Kind ("kind of payment method") {
        /// A credit or debit card.
        Card = "card",
        /// A bank account that is debited.
        Bank = "bank",
    }
}

impl From<Kind> for crate::api::city::PaymentKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Card => Self::Card,
            Kind::Bank => Self::BankAccount,
        }
    }
}

/// Add a payment method: on the processor's page, or by a token it gave
///
/// The page is opened in a browser where there is one, and its address is told on stderr. The command waits until the
/// method is there, and ends with it; Ctrl-C calls it off. Numbers of cards and accounts are typed on that page alone.
/// The first method becomes the default.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime wallet add
  citytime wallet add --kind bank --label Savings --no-browser
  citytime wallet add --no-wait --jq .url
  citytime wallet add --token pm_card_visa --label \"My Visa\"")]
pub(super) struct AddArgs {
    /// What to add; the first kind the city takes unless given
    #[arg(long, value_parser = words::of::<Kind>(), conflicts_with = "token")]
    kind: Option<Kind>,
    /// What to call it; brand and last digits unless given
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,
    /// Open no browser, only tell the address
    #[arg(long, conflicts_with = "token")]
    no_browser: bool,
    /// Print the set-up and end: `wallet setup` tells how it stands
    #[arg(long, conflicts_with = "token")]
    no_wait: bool,
    /// Wait so long at most: 10m; as long as the page waits unless given
    #[arg(long, value_name = "TIME", value_parser = duration::parse, conflicts_with_all = ["no_wait", "token"])]
    wait_for: Option<Duration>,
    /// The processor's token (pm_…), where there is one already
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
}

pub(super) async fn run(context: &mut Context, args: AddArgs) -> Result<Outcome> {
    context.ui.check_columns(if args.no_wait { &SETUP_SHEET } else { &METHOD })?;
    let portal = context.portal().await?;
    if let Some(token) = args.token {
        let method = portal.call(&ADD, (), &NewMethod { token, label: args.label }).await?;
        return Outcome::one(&METHOD, &method);
    }
    let new = NewSetup { kind: args.kind.map(Into::into), label: args.label };
    let setup = portal.call(&SET_UP, (), &new).await?;
    if args.no_wait {
        return Outcome::one(&SETUP_SHEET, &setup);
    }
    context.ui.tell_address(&setup.url, "to add the method, open");
    if !args.no_browser && context.has_display() {
        open(&setup.url);
    }
    let method = wait(context, &setup, args.wait_for).await?;
    Outcome::one(&METHOD, &find(context, method).await?)
}

/// Waits for the method. Whoever is interrupted here calls it off, so that nobody adds a method later unseen.
async fn wait(context: &mut Context, setup: &Setup, limit: Option<Duration>) -> Result<MethodId> {
    let (portal, interrupts) = (context.portal().await?, context.interrupts());
    let progress = context.ui.progress("waiting for the page", None);
    let ended = tokio::select! {
        biased;
        () = interrupts.taken() => None,
        method = until_ended(context, setup, limit) => Some(method),
    };
    drop(progress);
    if let Some(ended) = ended {
        return ended;
    }
    let id = setup.id;
    let called_off = portal.call_part(&CANCEL, id, &Empty {}, 1).await;
    let failure = Failure::new(Code::Interrupted, format!("interrupted: {id} is called off"));
    Err(match called_off {
        Ok(_) => failure.hint("begin again: `citytime wallet add`"),
        Err(error) => {
            let hint = format!("see how it stands: `citytime wallet setup {id}`");
            Failure { message: format!("interrupted, and {id} could not be called off: {error}"), ..failure }.hint(hint)
        }
    })
}

/// Asks for the set-up until it ended, for as long as `limit`, or as its page waits. One that is still open then stays so.
async fn until_ended(context: &Context, setup: &Setup, limit: Option<Duration>) -> Result<MethodId> {
    let portal = context.portal().await?;
    let pause = Duration::from_secs(setup.interval.into());
    let life = setup.expires_at.as_millisecond().saturating_sub(setup.created_at.as_millisecond());
    // A portal that can be reached says itself that the page's time is over, one question later.
    let life = Duration::from_millis(u64::try_from(life).unwrap_or_default()) + pause * 2;
    let mut unreachable = None;
    let asking = async {
        loop {
            tokio::time::sleep(pause).await;
            unreachable = match portal.call(&SETUP, setup.id, &Empty {}).await {
                Ok(seen) => match outcome(&seen) {
                    Some(ended) => return ended,
                    None => None,
                },
                // A portal that cannot be reached for a while is asked again: the page goes on without it.
                Err(failure) if failure.code.exit() == Code::Network.exit() => Some(failure),
                Err(failure) => return Err(failure),
            };
        }
    };
    let ended = tokio::time::timeout(limit.unwrap_or(life), asking).await;
    ended.unwrap_or_else(|_| {
        let id = setup.id;
        let failure = unreachable.unwrap_or_else(|| {
            Failure::new(Code::StillPending, format!("{id} is still open: no method was added yet"))
        });
        let failure = Failure { subject: Some(id.to_string()), ..failure };
        Err(failure.hint(format!("see how it stands: `citytime wallet setup {id}`; --cancel there calls it off")))
    })
}

/// What a set-up came to; none while it is open.
fn outcome(setup: &Setup) -> Option<Result<MethodId>> {
    let failed = |code, what: &str| {
        let mut failure = Failure::new(code, format!("{} {what}: no method was added", setup.id));
        failure.subject = Some(setup.id.to_string());
        Some(Err(failure.hint("begin again: `citytime wallet add`")))
    };
    match (setup.status, setup.method) {
        (SetupStatus::Open, _) => None,
        (SetupStatus::Completed, Some(method)) => Some(Ok(method)),
        (SetupStatus::Completed, None) => {
            Some(Err(Failure::new(Code::NotAPortal, format!("{} is said to be completed, without a method", setup.id))))
        }
        (SetupStatus::Expired, _) => failed(Code::Closed, "was not completed in time"),
        (SetupStatus::Cancelled, _) => failed(Code::Cancelled, "was called off"),
    }
}

/// The method itself, among those of the wallet.
async fn find(context: &Context, id: MethodId) -> Result<PaymentMethod> {
    let portal = context.portal().await?;
    let query = MethodQuery { limit: Some(MAX_LIMIT), ..MethodQuery::default() };
    let methods = portal.pages(&LIST, query).all().await?;
    methods.into_iter().find(|method| method.id == id).ok_or_else(|| {
        Failure::new(Code::NotFound, format!("{id} was added, and is not in the wallet any more"))
            .hint("see what is: `citytime wallet list`")
    })
}

/// Opens an address in the browser there is. Where that fails it was told all the same.
fn open(url: &str) {
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return;
    }
    let (program, arguments): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = std::process::Command::new(program);
    command.args(arguments).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let _ = command.spawn();
}
