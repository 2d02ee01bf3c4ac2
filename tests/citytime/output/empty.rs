//! Of every command that prints a list, a line that finds nothing: an empty answer is a document too.

use super::{BILLS, PROGRAMS, RECORDS};
use crate::accounts::{PASSWORD, ivan};
use crate::support::both::{Database, Fixture, on_both_databases};
use crate::support::command::Shell;
use crate::support::portal::Portal;
use crate::support::served::serve_city;

/// Whose list is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// A newcomer's, who has nothing.
    Newcomer,
    /// A script's, whose token outlives the one session of its owner.
    Script,
    /// A clerk's, in a city where much has happened.
    Clerk,
    /// Of whoever comes by.
    Anyone,
    /// Of the operator of a city that has nothing, who is its clerk too.
    Founder,
}
use Whose::{Anyone, Clerk, Founder, Newcomer, Script};

/// Command, whose, and what is added to it that it finds nothing.
const LISTS: &[(&str, Whose, &str)] = &[
    ("account records list", Newcomer, ""),
    ("account sessions list", Script, ""),
    ("account sessions revoke", Newcomer, "--others"),
    ("account tokens list", Newcomer, ""),
    ("batch", Newcomer, "-"),
    ("bills autopay off", Newcomer, ""),
    ("bills calendar", Newcomer, ""),
    ("bills list", Newcomer, ""),
    ("city list", Anyone, ""),
    ("city search", Anyone, "zeppelin"),
    ("history", Newcomer, "payments"),
    ("notifications list", Newcomer, ""),
    ("permit list", Newcomer, ""),
    ("permit types", Founder, ""),
    ("portal clerk list", Founder, "{hosted}"),
    ("programs calendar", Anyone, "--from 900d"),
    ("programs list", Anyone, "--from 900d"),
    ("programs registrations", Newcomer, ""),
    ("request list", Newcomer, ""),
    ("request services", Founder, ""),
    ("staff audit list", Clerk, "--thing BIL-00000000"),
    ("staff bills aging", Founder, ""),
    ("staff bills import", Clerk, "-"),
    ("staff bills list", Clerk, "--due-before 2020-01-01"),
    ("staff ledger entries", Clerk, "--since 900d"),
    ("staff notices list", Clerk, "--status dead"),
    ("staff payments export", Clerk, "--from 2020-01-01 --to 2020-01-31"),
    ("staff payments list", Clerk, "--since 900d"),
    ("staff payments reconcile", Clerk, "{quiet}"),
    ("staff payments parked", Clerk, "--outcome duplicate"),
    ("staff permits list", Clerk, "--assignee olga"),
    ("staff programs publish", Clerk, "-"),
    ("staff programs registrations", Clerk, "{program} --status attended"),
    ("staff records import", Clerk, "-"),
    ("staff requests list", Clerk, "--assignee olga"),
    ("staff residents search", Clerk, "zeppelin"),
    ("staff support list", Clerk, "--writer ivan"),
    ("support faq", Anyone, "zeppelin"),
    ("support list", Newcomer, ""),
    ("wallet list", Newcomer, ""),
];
/// Lists that are never empty, and why.
pub(super) const NEVER: &[(&str, &str)] = &[
    ("account notifications set", "every topic is in it"),
    ("account notifications show", "every topic is in it"),
    ("config list", "every setting is in it"),
    ("notifications read", "a notice at least is named"),
    ("staff ledger accounts", "every account of the chart is in it"),
    ("staff programs attendance", "a registration at least is named"),
];
/// What stands on standard input where a file without a line is to be read: its first line names the columns.
const FILES: &[(&str, &str)] =
    &[("staff bills import", BILLS), ("staff programs publish", PROGRAMS), ("staff records import", RECORDS)];
/// A city that declares as little as it may.
const NOWHERE: &str = "[city]\nname = \"Nowhere\"\ncountry = \"US\"\nzone = \"America/Chicago\"\ncurrency = \"USD\"\n\
    languages = [\"en-US\"]\n[support]\nemail = \"help@nowhere.example\"\nphone = \"+13125550142\"\n[support.hours]\n\
    monday = [\"08:00-12:00\"]\n[terms]\nversion = \"1\"\ntext = \"None.\"\n[bills]\ncategories = []\n[payments]\n\
    kinds = [\"card\"]\nprocessor = \"sandbox\"\n";

/// How the list of a command is empty: in whose shell, by what is added to it, with what on standard input.
pub(super) fn empty(path: &str) -> Option<(Whose, &'static str, String)> {
    let (_, whose, more) = LISTS.iter().find(|(known, ..)| *known == path)?;
    let file = FILES.iter().find(|(known, _)| *known == path).and_then(|(_, file)| file.lines().next());
    Some((*whose, more, file.map(|line| format!("{line}\n")).unwrap_or_default()))
}

/// The commands that are told of here, in order.
pub(super) fn known() -> Vec<&'static str> {
    let mut known: Vec<_> = LISTS.iter().map(|list| list.0).chain(NEVER.iter().map(|never| never.0)).collect();
    known.sort_unstable();
    known
}

/// The shells in which lists are empty, at a portal where much has happened.
pub(super) struct Shells {
    newcomer: Shell,
    script: Shell,
    clerk: Shell,
    anyone: Shell,
}

impl Shells {
    pub(super) async fn at(portal: &Portal) -> Self {
        let (newcomer, clerk, anyone) = (ivan(portal).await, portal.nadia().await, portal.shell());
        let otto = portal.shell();
        for line in [
            "account create --username otto --name Otto --email otto@mail.riverton.example --accept-terms --password-stdin",
            "login --username otto --password-stdin",
        ] {
            otto.command(line).stdin(PASSWORD).run().await.ok();
        }
        let code = portal.letter("otto@mail.riverton.example", "Confirm your e-mail address").await.code();
        otto.run(["account", "verify", &code]).await.ok();
        let create = "account tokens create --scope account:read --label script --password-stdin --jq .token";
        let token = otto.command(create).stdin(PASSWORD).run().await.ok().stdout;
        otto.run("logout").await.ok();
        Self { newcomer, script: portal.shell().with("CITYTIME_TOKEN", token.trim()), clerk, anyone }
    }

    /// The shell, but for that of a city that has nothing.
    pub(super) fn of(&self, whose: Whose) -> Option<&Shell> {
        match whose {
            Newcomer => Some(&self.newcomer),
            Script => Some(&self.script),
            Clerk => Some(&self.clerk),
            Anyone => Some(&self.anyone),
            Founder => None,
        }
    }
}

/// Asserts that a line prints an empty list and nothing beside it.
pub(super) async fn prints_nothing(shell: &Shell, line: &str, stdin: &str) {
    let output = shell.command(&format!("-o json {line}")).stdin(stdin).run().await;
    assert_eq!((output.exit, output.stdout.as_str(), output.stderr.as_str()), (0, "[]\n", ""), "{line}: {output}");
}

/// A database in which nothing is, and who is to serve it.
struct Nothing {
    operator: Shell,
    database: String,
}

impl Fixture for Nothing {
    async fn start(database: Database) -> Self {
        let operator = Shell::new();
        let database = match database {
            Database::Sqlite => format!("sqlite:{}", operator.home().join("nowhere.db").display()),
            Database::Postgres(url) => url,
        };
        Self { operator, database }
    }
}

on_both_databases! {
    async fn a_city_that_has_nothing_says_so(nothing: Nothing) {
        let Nothing { operator, database } = nothing;
        let city = operator.write("nowhere.toml", NOWHERE).display().to_string();
        let hosted = format!("--city {city} --database {database}");
        let add = format!(
            "portal clerk add olga --name Olga --email olga@mail.example --powers bills,requests --password-stdin {hosted}"
        );
        // Her account is there now, and no clerk's any more.
        operator.command(&add).stdin(PASSWORD).run().await.ok();
        operator.run(&format!("portal clerk remove olga {hosted}")).await.ok();
        let lists = LISTS.iter().filter(|(_, whose, _)| *whose == Founder);
        let (offline, online): (Vec<_>, Vec<_>) = lists.partition(|(path, ..)| path.starts_with("portal "));
        for (path, _, more) in offline {
            prints_nothing(&operator, &format!("{path} {}", more.replace("{hosted}", &hosted)), "").await;
        }
        operator.command(&add.replace("olga", "vera")).stdin(PASSWORD).run().await.ok();
        let served = serve_city(&operator, &city, &database).await;
        let vera = Shell::new().with("CITYTIME_CITY", served.url.as_str());
        vera.command("login --username vera --password-stdin").stdin(PASSWORD).run().await.ok();
        for (path, _, more) in online {
            prints_nothing(&vera, &format!("{path} {more}"), "").await;
        }
        served.drain().await;
    }
}
