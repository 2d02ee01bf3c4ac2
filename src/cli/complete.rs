//! Words a shell completes with. Only when the script of `citytime completions` asks, by its variable, and before
//! anything else: cities from the settings, ids from the portal, which has a short time to answer.

use std::{ffi::OsString, time::Duration};

use clap_complete::{ArgValueCandidates, CompleteEnv, CompletionCandidate};
use serde::{Serialize, de::DeserializeOwned};

use super::{Context, columns, command, context::SeenAs};
use crate::{
    api::{
        bills::{self, Bill, BillCaseQuery, BillFilter, BillQuery},
        endpoint::{Access, Endpoint},
        history::{self, HistoryKind, HistoryQuery},
        id::{Kind as _, PaymentKind},
        notices::{self, NoticeQuery},
        page::{ListQuery, Page},
        permits::{self, PermitQuery, PermitTypeQuery},
        programs::{self, ProgramQuery, RegistrationQuery},
        reconciliation::{self, ParkedQuery},
        records::{self, RecordQuery},
        sessions::{self, SessionQuery},
        support::{self, TicketQuery},
        time::When,
        tokens::{self, TokenQuery},
        transfers::{self, TransferQuery},
        wallet::{self, MethodQuery},
    },
    failure::{Failure, Result},
    settings::{Config, Directories, Environment, GlobalFlags, Settings, environment},
    ui::{Streams, Ui},
};

/// How long a shell waits for ids.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How many ids a shell is offered.
const OFFERED: usize = 100;

/// Whether this process was asked for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// It was not: it is a command like any other.
    No,
    /// It was, and has answered.
    Answered,
}

/// Answers the shell, where it asks.
pub(super) fn asked(arguments: &[OsString]) -> Result<Asked> {
    if arguments.is_empty() {
        return Ok(Asked::No);
    }
    // The words to complete stand behind `--`, the program's name first.
    let typed = arguments.iter().skip_while(|word| *word != "--").skip(2);
    let typed: Vec<String> = typed.map(|word| word.to_string_lossy().into_owned()).collect();
    let factory = || {
        let tree = command();
        let columns = columns::names(&columns::path(&tree, typed.iter().cloned()));
        tree.mut_arg("columns", |argument| argument.add(words(columns.into_iter())))
    };
    let completion = CompleteEnv::with_factory(factory).var(environment::COMPLETE.name);
    match completion.try_complete(arguments.iter().cloned(), None) {
        Ok(true) => Ok(Asked::Answered),
        Ok(false) => Ok(Asked::No),
        Err(error) => Err(Failure::usage(format!("{}: {error}", environment::COMPLETE.name))),
    }
}

/// Words there are, in this order.
pub(super) fn words(words: impl Iterator<Item = &'static str>) -> ArgValueCandidates {
    let words: Vec<&str> = words.collect();
    ArgValueCandidates::new(move || candidates(words.iter().map(|word| ((*word).to_owned(), String::new()))))
}

/// The cities in the settings.
pub(super) fn cities() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let profiles = context().map(|context| context.settings.profiles).unwrap_or_default();
        let candidate = |profile: crate::settings::Profile| {
            let name = profile.name?;
            Some(CompletionCandidate::new(name).help(Some(profile.url.to_string().into())))
        };
        profiles.into_iter().filter_map(candidate).collect()
    })
}

/// Bills with something to pay.
pub(super) fn bills() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let query = BillQuery { status: Some(BillFilter::Open), ..BillQuery::default() };
        offered(&bills::LIST, query, |bill| owed(&bill))
    })
}

/// The city's bills with something to pay, for clerks.
pub(super) fn staff_bills() -> ArgValueCandidates {
    ArgValueCandidates::new(|| offered(&bills::CASES, BillCaseQuery::default(), |bill| owed(&bill)))
}

/// A bill, and what is owed on it.
fn owed(bill: &Bill) -> (String, String) {
    let owed = bill.balance.display(bill.currency);
    (bill.id.to_string(), format!("{}, {owed}, due {}", bill.title, bill.due_on))
}

/// Payments, the newest first.
pub(super) fn payments() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let query = HistoryQuery { kind: Some(HistoryKind::Payment), ..HistoryQuery::default() };
        let mut offered =
            offered(&history::LIST, query, |entry| (entry.id, format!("{}, {}", entry.title, entry.status)));
        // What went back of them is there too.
        offered.retain(|candidate| candidate.get_value().to_string_lossy().starts_with(PaymentKind::PREFIX));
        offered
    })
}

/// One's bank transfers of which something is still to arrive.
pub(super) fn transfers() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let query = TransferQuery { open: Some(true), ..TransferQuery::default() };
        offered(&transfers::LIST, query, |transfer| {
            let amount = transfer.amount.display(transfer.currency);
            (transfer.id.to_string(), format!("{amount}, {}", transfer.status))
        })
    })
}

/// Entries of the city's bank of which something is held, for clerks.
pub(super) fn bank_entries() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        offered(&reconciliation::PARKED, ParkedQuery::default(), |entry| {
            let left = entry.left.display(entry.currency);
            (entry.id.to_string(), format!("{left} held, {}", entry.outcome))
        })
    })
}

/// Saved payment methods.
pub(super) fn methods() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        offered(&wallet::LIST, MethodQuery::default(), |method| (method.id.to_string(), method.label))
    })
}

/// One's applications for permits, the newest first.
pub(super) fn permits() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        offered(&permits::LIST, PermitQuery::default(), |permit| {
            (permit.id.to_string(), format!("{}, {}", permit.title, permit.status))
        })
    })
}

/// The types of permits.
pub(super) fn permit_types() -> ArgValueCandidates {
    ArgValueCandidates::new(|| offered(&permits::TYPES, PermitTypeQuery::default(), |kind| (kind.id, kind.title)))
}

/// Linked city records.
pub(super) fn records() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        offered(&records::LIST, RecordQuery::default(), |record| {
            (record.id.to_string(), format!("{} {}, {}", record.kind, record.number, record.service_address))
        })
    })
}

/// What was told and not read yet.
pub(super) fn notices() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let query = NoticeQuery { unread: Some(true), ..NoticeQuery::default() };
        offered(&notices::LIST, query, |notice| (notice.id.to_string(), notice.subject))
    })
}

/// Tokens that have not been revoked.
pub(super) fn tokens() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        offered(&tokens::LIST, TokenQuery::default(), |token| (token.id.to_string(), token.label))
    })
}

/// The account's sessions.
pub(super) fn sessions() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        offered(&sessions::LIST, SessionQuery::default(), |session| {
            let whence = session.source.unwrap_or_else(|| "nobody knows where".to_owned());
            let which = if session.current { ", this one" } else { "" };
            (session.id.to_string(), format!("begun {} from {whence}{which}", session.created_at))
        })
    })
}

/// Programs to come.
pub(super) fn programs() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        offered(&programs::LIST, ProgramQuery::default(), |program| {
            (program.id.to_string(), format!("{}, {}", program.title, program.starts_at))
        })
    })
}

/// One's registrations for programs to come.
pub(super) fn registrations() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let query = RegistrationQuery { from: Some(When::Today), ..RegistrationQuery::default() };
        offered(&programs::REGISTRATIONS, query, |registration| {
            (registration.id.to_string(), format!("{}, {}", registration.title, registration.status))
        })
    })
}

/// One's support tickets, the newest first.
pub(super) fn tickets() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        offered(&support::LIST, TicketQuery::default(), |ticket| {
            (ticket.id.to_string(), format!("{}, {}", ticket.subject, ticket.status))
        })
    })
}

/// What can be requested.
pub(super) fn services() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let fetch = async { context()?.endpoint(SeenAs::Anyone).await?.services().await };
        let services = in_time(fetch).unwrap_or_default();
        candidates(services.into_iter().map(|service| (service.service_code, service.service_name)))
    })
}

/// The beginning of a list as words and what they mean; nothing where the portal does not answer in time.
fn offered<A: Access, I: ListQuery + Serialize, T: DeserializeOwned>(
    endpoint: &Endpoint<A, (), I, Page<T>>,
    query: I,
    word: impl Fn(T) -> (String, String),
) -> Vec<CompletionCandidate> {
    let fetch = async {
        let portal = context()?.portal().await?;
        portal.pages(endpoint, query).take(OFFERED).await
    };
    candidates(in_time(fetch).unwrap_or_default().into_iter().map(word))
}

/// What came within the time a shell waits.
fn in_time<T>(fetch: impl Future<Output = Result<T>>) -> Option<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    let fetched = runtime.block_on(async { tokio::time::timeout(PATIENCE, fetch).await });
    runtime.shutdown_background();
    fetched.ok()?.ok()
}

/// Words and what they mean, in the list's order, not the alphabet's: what is due next stands first.
fn candidates(words: impl Iterator<Item = (String, String)>) -> Vec<CompletionCandidate> {
    let candidates = words.map(|(word, meaning)| {
        let meaning = (!meaning.is_empty()).then(|| crate::ui::sanitise::line(&meaning).into_owned().into());
        CompletionCandidate::new(word).help(meaning)
    });
    candidates.enumerate().map(|(order, candidate)| candidate.display_order(Some(order))).collect()
}

fn context() -> Result<Context> {
    let environment = Environment::capture();
    let flags = GlobalFlags { timeout: Some(PATIENCE), retries: Some(0), no_input: true, ..GlobalFlags::default() };
    let config = || Config::load(&Directories::locate(&environment)?);
    let settings = Settings::resolve(&flags, &environment, config)?;
    let ui = Ui::for_failures(settings.output_settings(), Streams::default());
    Ok(Context::new(ui, settings, environment))
}
