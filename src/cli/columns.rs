//! Which columns a command has, by its words: what help and completion tell of `--columns` before it runs. A command that
//! prints data has a line here; the test that runs every command says when it is missing or another.

use clap::builder::StyledStr;

use super::{
    account, batch, bills, city, config, dashboard, history, permit, programs, request, session, staff, statement,
    support, wallet,
};
use crate::ui::Sheet;

/// The sheet of a command: `["bills", "list"]`.
pub(super) fn sheet(path: &[&str]) -> Option<&'static Sheet> {
    Some(match path {
        ["account", "create" | "show" | "update"] => &account::ACCOUNT,
        ["account", "records", _] => &account::records::RECORD,
        ["account", "password"] => &account::password::CHANGED,
        ["account", "deactivate"] => &account::deactivate::DEACTIVATED,
        ["account", "terms", _] => &account::terms::STANDING,
        ["account", "sessions", _] => &account::sessions::SESSION,
        ["account", "tokens", "create"] => &account::tokens::NEW_TOKEN,
        ["account", "tokens", _] => &account::tokens::TOKEN,
        ["batch"] => &batch::RESULT,
        ["bills", "list" | "show" | "calendar"] => &bills::BILL,
        ["bills", "pay"] => &bills::PAYMENT,
        ["bills", "autopay", "skip"] => &bills::autopay::COVERED,
        ["bills", "autopay", _] => &bills::autopay::RULE,
        ["bills", "transfer"] => &bills::TRANSFER,
        ["bills", "receipt"] => &bills::RECEIPT_SHEET,
        ["city", "search"] => &city::search::ENTRY,
        ["city", "add" | "show"] => &city::CITY,
        ["city", _] => &city::PROFILE,
        ["config", "path"] => &config::FILE,
        ["config", _] => &config::SETTING,
        ["dashboard"] => &dashboard::DASHBOARD,
        ["history"] => &history::ENTRY,
        ["login" | "whoami"] | ["account", "reactivate"] => &session::WHO,
        ["logout"] => &session::SIGNED_OUT,
        ["permit", "types"] => &permit::TYPE_SHEET,
        ["permit", "download"] | ["staff", "permits", "document"] | ["account", "export"] => &permit::files::SAVED,
        ["permit", _] | ["staff", "permits", _] => &permit::PERMIT,
        ["programs", "list" | "show" | "calendar"] => &programs::PROGRAM,
        ["programs", _] => &programs::REGISTRATION_SHEET,
        ["request", "services"] => &request::services::SERVICE,
        ["request", _] => &request::REQUEST,
        ["staff", "requests", _] => &staff::requests::CASE,
        ["staff", "programs", "cancel"] => &programs::PROGRAM,
        ["staff", "programs", "registrations"] => &programs::REGISTRATION_SHEET,
        ["staff", "programs", _] | ["staff", "bills" | "records", "import"] => &staff::import::LINE,
        ["staff", "clock", _] => &staff::clock::READING,
        ["staff", "bills", "list" | "show"] => &staff::bills::BILL_CASE,
        ["staff", "bills", "void" | "credit"] => &bills::BILL,
        ["staff", "bills", "aging"] => &staff::bills::AGED,
        ["staff", "payments", "reconcile"] => &staff::bank::RECONCILED,
        ["staff", "payments", "parked" | "give-back"] => &staff::bank::BANK_ENTRY,
        ["staff", "payments", "refund"] => &staff::payments::REFUND_SHEET,
        ["staff", "payments", "export"] => &staff::payments::LINE,
        ["staff", "payments", _] => &staff::payments::CASE,
        ["staff", "ledger", "accounts"] => &staff::ledger::ACCOUNT,
        ["staff", "ledger", "entries"] => &staff::ledger::ENTRY,
        ["staff", "ledger", _] => &staff::ledger::FOUND,
        ["statement"] => &statement::LINE,
        ["support", "faq"] => &support::FAQ_SHEET,
        ["support", "contact"] => &support::CONTACT_SHEET,
        ["wallet", "setup"] => &wallet::SETUP,
        ["wallet", _] => &wallet::METHOD,
        _ => return of_operators(path),
    })
}

#[cfg(feature = "portal")]
fn of_operators(path: &[&str]) -> Option<&'static Sheet> {
    match path {
        ["portal", "check"] => Some(&super::portal::check::CHECKED),
        ["portal", "clerk", _] => Some(&super::portal::clerk::CLERK),
        _ => None,
    }
}

#[cfg(not(feature = "portal"))]
fn of_operators(_: &[&str]) -> Option<&'static Sheet> {
    None
}

/// The names of a command's columns.
pub(super) fn names(path: &[&str]) -> Vec<&'static str> {
    sheet(path).map(|sheet| sheet.columns.iter().map(|column| column.name).collect()).unwrap_or_default()
}

/// What a command prints in JSON that is more than the rows of its sheet, where --columns does not ask for these.
fn whole(path: &[&str]) -> Option<&'static Sheet> {
    match path {
        ["bills", "autopay", "show"] => Some(&bills::autopay::AUTOPAY),
        _ => None,
    }
}

/// A command's help, with its columns behind it.
pub(super) fn behind(help: StyledStr, path: &[&str]) -> StyledStr {
    let tail = match (names(path).as_slice(), whole(path)) {
        ([], _) => return help,
        (names, None) => format!("Columns (fields, in JSON): {}", names.join(", ")),
        (names, Some(whole)) => format!(
            "Columns (fields, in JSON with --columns): {}\nFields in JSON without --columns: {}",
            names.join(", "),
            whole.names().collect::<Vec<_>>().join(", ")
        ),
    };
    format!("{}\n\n{tail}\n", help.ansi().to_string().trim_end()).into()
}

/// The words of a command line that name a command of the tree, each as it is called there: `bill list` is `bills list`.
pub(super) fn path(tree: &clap::Command, words: impl Iterator<Item = String>) -> Vec<&str> {
    let (mut command, mut path) = (tree, Vec::new());
    for word in words.take_while(|word| word != "--") {
        // What is no word of the tree is a flag, its value, or an argument.
        if let Some(found) = command.find_subcommand(&word) {
            path.push(found.get_name());
            command = found;
        }
    }
    path
}
