//! What scripts rest on, of every command there is: with a JSON format one document on stdout and nothing beside it,
//! and of a failure one object on stderr and nothing on stdout. A command that is not in the table fails the test.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::accounts::ivan;
use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::command::{Output, Shell};
use crate::support::portal::Portal;

const PASSWORD: &str = "lanterns over the old weir\n";
const RECORDS: &str = "number,kind,holder,service_address,link_code\nUT-7,utility,Rosa,Weir Lane,ROSA-0007\n";
const BILLS: &str =
    "number,record,category,title,issued_on,due_on,amount\nW-7,UT-204177,utility,Water,2026-11-23,2026-12-14,1\n";
const PROGRAMS: &str = "number,category,title,starts_at,ends_at,venue,capacity\n\
    T-7,meeting,Parking,2026-12-07 19:00,2026-12-07 21:00,City hall,40\n";
const NEW: &str =
    "account create --username vera --name Vera --email vera@mail.example --accept-terms --password-stdin";
const HOSTED: &str = "--city {example} --database sqlite:{dir}/own.db";

/// How a command is made to fail.
enum Fails {
    /// Without a sign-in: status 4.
    NotSignedIn,
    /// Where no portal is: status 7.
    Away,
    /// With this line, and this status.
    As(&'static str, i32),
}

/// What a command prints.
enum Prints {
    /// A document of data.
    Data,
    /// A text for people or shells, whatever the format.
    Text,
    /// What the command it runs prints, or nothing.
    Nothing,
}

/// Whose shell a line is typed in.
#[derive(Clone, Copy)]
enum Who {
    Rosa,
    Nadia,
    Nobody,
}

/// A command of the tree, a line that succeeds, and what is typed on its standard input.
struct Entry {
    path: &'static str,
    who: Who,
    line: &'static str,
    stdin: &'static str,
    prints: Prints,
    fails: Fails,
}

fn entry(path: &'static str, who: Who, line: &'static str, fails: Fails) -> Entry {
    Entry { path, who, line, stdin: "", prints: Prints::Data, fails }
}

fn typed(path: &'static str, who: Who, line: &'static str, stdin: &'static str, fails: Fails) -> Entry {
    Entry { stdin, ..entry(path, who, line, fails) }
}

fn says(path: &'static str, line: &'static str, prints: Prints, fails: Fails) -> Entry {
    Entry { prints, ..entry(path, Who::Nobody, line, fails) }
}

/// Every command, in an order in which each succeeds. `{bill}` and its like are looked up before the line is run.
fn table() -> Vec<Entry> {
    use Fails::{As, Away, NotSignedIn};
    use Who::{Nadia, Nobody, Rosa};
    vec![
        entry("city add", Nobody, "city add riverton {url}", As("city add other http://127.0.0.1:1 --retries 0", 7)),
        entry("city list", Nobody, "city list", As("city list --columns nothing", 2)),
        entry("city use", Nobody, "city use riverton", As("city use nowhere", 2)),
        entry("city show", Nobody, "city show riverton", Away),
        typed(
            "login",
            Nobody,
            "login --username rosa --password-stdin",
            PASSWORD,
            As("login --username rosa --password-stdin", 2),
        ),
        entry("logout", Nobody, "logout", As("logout", 4)),
        entry("city remove", Nobody, "city remove riverton", As("city remove riverton", 2)),
        entry("whoami", Rosa, "whoami", NotSignedIn),
        entry("dashboard", Rosa, "dashboard", NotSignedIn),
        typed("account create", Nobody, NEW, "nineteen herons at dusk\n", As(NEW, 2)),
        entry("account show", Rosa, "account show", NotSignedIn),
        entry("account update", Rosa, "account update --name 'Rosa M.'", NotSignedIn),
        typed(
            "account recovery-email",
            Rosa,
            "account recovery-email rosa@first.example --password-stdin",
            PASSWORD,
            As("account recovery-email rosa@first.example", 2),
        ),
        entry("account verify", Rosa, "account verify {code}", NotSignedIn),
        typed(
            "account password",
            Rosa,
            "account password --password-stdin",
            "lanterns over the old weir\nherons over the second weir\n",
            As("account password", 2),
        ),
        entry("account recover start", Nobody, "account recover start --username rosa", Away),
        typed(
            "account recover finish",
            Nobody,
            "account recover finish --code {way_back} --password-stdin",
            "nineteen herons at dusk\n",
            As("account recover finish --code 77777-77777-77777 --password-stdin", 2),
        ),
        entry(
            "staff residents recover",
            Nadia,
            "staff residents recover rosa --to rosa@second.example --reason 'mailbox closed' --identity 'passport seen'",
            NotSignedIn,
        ),
        entry("account recover stop", Rosa, "account recover stop", NotSignedIn),
        entry("account records link", Rosa, "account records link UT-300412 --code K7QM-2X9D", NotSignedIn),
        entry("account records list", Rosa, "account records list", NotSignedIn),
        entry("account records unlink", Rosa, "account records unlink {record}", NotSignedIn),
        typed(
            "account tokens create",
            Rosa,
            "account tokens create --scope bills:read --label cron --password-stdin",
            "herons over the second weir\n",
            As("account tokens create --scope bills:read --label cron", 2),
        ),
        entry("account sessions list", Rosa, "account sessions list", NotSignedIn),
        entry(
            "account sessions revoke",
            Rosa,
            "account sessions revoke --others",
            As("account sessions revoke SES-00000000", 3),
        ),
        entry("account tokens list", Rosa, "account tokens list", NotSignedIn),
        entry("account tokens revoke", Rosa, "account tokens revoke {token}", NotSignedIn),
        entry("wallet add", Rosa, "wallet add --token pm_card_visa", NotSignedIn),
        entry("wallet list", Rosa, "wallet list", NotSignedIn),
        entry("wallet default", Rosa, "wallet default {method}", NotSignedIn),
        entry("wallet remove", Rosa, "wallet remove {method}", NotSignedIn),
        entry("bills list", Rosa, "bills list", NotSignedIn),
        entry("bills show", Rosa, "bills show {bill}", NotSignedIn),
        entry("bills pay", Rosa, "bills pay {bill} -y", NotSignedIn),
        entry("bills receipt", Rosa, "bills receipt {payment}", NotSignedIn),
        entry("programs list", Nobody, "programs list", Away),
        entry("programs show", Nobody, "programs show {program}", Away),
        entry("programs register", Rosa, "programs register {program}", NotSignedIn),
        entry("programs registrations", Rosa, "programs registrations", NotSignedIn),
        entry("programs calendar", Nobody, "programs calendar", Away),
        entry("programs cancel", Rosa, "programs cancel {registration}", NotSignedIn),
        entry("permit types", Nobody, "permit types", Away),
        entry(
            "permit apply",
            Rosa,
            "permit apply fence --set address=Towpath --set height_cm=150 --set material=wood --set neighbor_agrees=yes",
            NotSignedIn,
        ),
        entry("permit list", Rosa, "permit list", NotSignedIn),
        entry("permit status", Rosa, "permit status {asked}", NotSignedIn),
        entry("permit attach", Rosa, "permit attach {asked} signatures={pdf}", NotSignedIn),
        entry(
            "staff permits document",
            Nadia,
            "staff permits document {asked} signatures --out {dir}/a.pdf",
            NotSignedIn,
        ),
        entry(
            "permit answer",
            Rosa,
            "permit answer {asked} --note yes",
            As("permit answer PRM-00000000 --note yes", 3),
        ),
        entry("permit withdraw", Rosa, "permit withdraw {draft} --yes", As("permit withdraw PRM-00000000 --yes", 3)),
        entry("permit download", Rosa, "permit download {issued} --out {dir}/permit.txt", NotSignedIn),
        entry("staff permits list", Nadia, "staff permits list", NotSignedIn),
        entry("staff permits show", Nadia, "staff permits show {fence}", NotSignedIn),
        entry("staff permits assign", Nadia, "staff permits assign {fence}", NotSignedIn),
        entry(
            "staff permits ask",
            Nadia,
            "staff permits ask {fence} --note why",
            As("staff permits ask PRM-00000000 --note why", 3),
        ),
        entry(
            "staff permits decide",
            Nadia,
            "staff permits decide {fence} approve",
            As("staff permits decide PRM-00000000 approve", 3),
        ),
        entry(
            "staff permits issue",
            Nadia,
            "staff permits issue {approved}",
            As("staff permits issue PRM-00000000", 3),
        ),
        entry("history", Rosa, "history", NotSignedIn),
        entry("support faq", Nobody, "support faq refund", Away),
        entry("city search", Nobody, "city search boston", As("city search --columns nothing", 2)),
        entry("request services", Nobody, "request services", Away),
        entry(
            "request new",
            Rosa,
            "request new storm_drain --address '7 Weir Lane'",
            As("request new nothing --address Quay", 3),
        ),
        entry("request list", Rosa, "request list", As("request list --since nonsense", 2)),
        entry("request status", Rosa, "request status {request}", As("request status REQ-00000000", 3)),
        entry("request comment", Rosa, "request comment {request} Thanks", NotSignedIn),
        entry("request follow", Rosa, "request follow {request}", NotSignedIn),
        entry("request unfollow", Rosa, "request unfollow {request}", NotSignedIn),
        entry("staff requests list", Nadia, "staff requests list", NotSignedIn),
        entry("staff requests show", Nadia, "staff requests show {request}", NotSignedIn),
        entry("staff requests assign", Nadia, "staff requests assign {request} --to nadia", NotSignedIn),
        entry("staff requests note", Nadia, "staff requests note {request} Seen. --public", NotSignedIn),
        entry("staff requests close", Nadia, "staff requests close {request} --reason fixed", NotSignedIn),
        entry("staff requests reopen", Nadia, "staff requests reopen {closed}", NotSignedIn),
        entry("staff requests duplicate", Nadia, "staff requests duplicate {request} {older}", NotSignedIn),
        entry("support contact", Nobody, "support contact", Away),
        typed(
            "staff records import",
            Nadia,
            "staff records import -",
            RECORDS,
            As("staff records import absent.csv", 1),
        ),
        typed("staff bills import", Nadia, "staff bills import -", BILLS, As("staff bills import absent.csv", 1)),
        typed(
            "staff programs publish",
            Nadia,
            "staff programs publish -",
            PROGRAMS,
            As("staff programs publish absent.csv", 1),
        ),
        entry("staff programs registrations", Nadia, "staff programs registrations {program}", NotSignedIn),
        entry(
            "staff programs attendance",
            Nadia,
            "staff programs attendance {past} --attended {went}",
            As("staff programs attendance {past} --attended REG-00000000", 6),
        ),
        entry("staff programs cancel", Nadia, "staff programs cancel {program} --reason rain", NotSignedIn),
        entry("staff clock advance", Nadia, "staff clock advance 1d", NotSignedIn),
        entry("portal check", Nobody, "portal check {example}", As("portal check absent.toml", 1)),
        typed(
            "portal clerk add",
            Nobody,
            "portal clerk add olga --name Olga --email olga@mail.example --powers bills --password-stdin {hosted}",
            "nineteen herons at dusk\n",
            As("portal clerk add olga --name Olga --email olga@mail.example --powers bills {hosted}", 2),
        ),
        entry(
            "portal clerk list",
            Nobody,
            "portal clerk list {hosted}",
            As("portal clerk list --city absent.toml --database sqlite:x", 1),
        ),
        entry(
            "portal clerk remove",
            Nobody,
            "portal clerk remove olga {hosted}",
            As("portal clerk remove nobody {hosted}", 3),
        ),
        says(
            "sandbox",
            "sandbox --residents 0 -- true",
            Prints::Nothing,
            As("sandbox --residents 0 -- /no/such/program", 1),
        ),
        entry("api", Rosa, "api GET /v1/account", NotSignedIn),
        entry("config list", Nobody, "config list", As("config list --columns nothing", 2)),
        entry("config get", Nobody, "config get timeout", As("config get tiemout", 2)),
        entry("config set", Nobody, "config set timeout 60s", As("config set timeout soon", 2)),
        entry("config unset", Nobody, "config unset timeout", As("config unset tiemout", 2)),
        entry("config path", Nobody, "config path", As("config path --columns nothing", 2)),
        says("completions", "completions bash", Prints::Text, As("completions dash", 2)),
        says("man", "man", Prints::Text, As("man /dev/null/man", 1)),
        says("help", "help output", Prints::Text, As("help nothing", 2)),
        // It ends when it is told to: running it is another test's matter.
        says("portal serve", "help portal serve", Prints::Text, As("portal serve --listen 0.0.0.0:0 {hosted}", 2)),
    ]
}

/// The paths of all commands that do something.
fn leaves(command: &clap::Command, path: &str, found: &mut Vec<String>) {
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set()) {
        let path = format!("{path} {}", verb.get_name()).trim().to_owned();
        if verb.get_subcommands().next().is_none() {
            found.push(path.clone());
        }
        leaves(verb, &path, found);
    }
}

/// Looks up what a line names.
async fn filled(line: &str, portal: &Portal, rosa: &Shell, home: &Shell) -> String {
    let first = async |list: &str| {
        rosa.run(&format!("{list} -o ids")).await.ok().stdout.lines().next().unwrap_or_default().to_owned()
    };
    let mut line = line.replace("{hosted}", HOSTED);
    for (name, list) in [
        ("{record}", "account records list"),
        ("{token}", "account tokens list"),
        ("{method}", "wallet list"),
        ("{payment}", "history payments"),
        ("{asked}", "permit list --status info_requested"),
        ("{draft}", "permit list --status draft"),
        ("{issued}", "permit list --status issued"),
        ("{approved}", "permit list --status approved"),
        ("{fence}", "permit list --status in_review --type fence"),
        ("{program}", "programs list --category meeting"),
        ("{registration}", "programs registrations --status registered --from today"),
        ("{past}", "programs list --from -40d --to -40d"),
        ("{went}", "programs registrations --status attended"),
    ] {
        if line.contains(name) {
            line = line.replace(name, &first(list).await);
        }
    }
    for (name, list) in [("{request}", "open"), ("{closed}", "closed")] {
        if line.contains(name) {
            line = line.replace(name, &first(&format!("request list --status {list}")).await);
        }
    }
    if line.contains("{older}") {
        let open = rosa.run("request list --status open -o ids").await.ok();
        line = line.replace("{older}", open.stdout.lines().last().unwrap_or_default());
    }
    if line.contains("{bill}") {
        line = line.replace("{bill}", &bill_of(rosa, "fine").await);
    }
    if line.contains("{code}") {
        let address = format!("rosa@{}.example", portal.now().as_millisecond());
        let add = ["account", "recovery-email", address.as_str(), "--password-stdin"];
        rosa.command(add).stdin(PASSWORD).run().await.ok();
        line = line.replace("{code}", &portal.letter(&address, "Confirm").await.code());
    }
    if line.contains("{way_back}") {
        portal.shell().run("account recover start --username tomas").await.ok();
        line = line.replace("{way_back}", &portal.letter("tomas@mail.riverton.example", "A new password").await.code());
    }
    if line.contains("{pdf}") {
        line = line.replace("{pdf}", &home.write("plan.pdf", "%PDF-1.4\n").display().to_string());
    }
    line.replace("{url}", portal.url())
        .replace("{example}", concat!(env!("CARGO_MANIFEST_DIR"), "/examples/city.toml"))
        .replace("{dir}", &home.home().display().to_string())
}

/// Asserts that nothing but warnings is on stderr.
fn assert_quiet(output: &Output) {
    if output.stderr.is_empty() {
        return;
    }
    let told: Value = serde_json::from_str(&output.stderr).unwrap_or_else(|error| panic!("{error}\n{output}"));
    assert!(told.as_object().is_some_and(|told| told.keys().eq(["warnings"])), "{output}");
}

on_both_databases! {
    async fn every_command_speaks_json(portal: Portal) {
        let (rosa, nadia, nobody) = (portal.rosa().await, portal.nadia().await, portal.shell());
        let (mut found, table) = (Vec::new(), table());
        leaves(&citytime::cli::command(), "", &mut found);
        found.sort();
        let mut known: Vec<&str> = table.iter().map(|entry| entry.path).collect();
        known.sort_unstable();
        assert_eq!(found, known, "each command has an entry in the table, and each entry a command");
        for Entry { path, who, line, stdin, prints, fails } in table {
            let shell = match who {
                Who::Rosa => &rosa,
                Who::Nadia => &nadia,
                Who::Nobody => &nobody,
            };
            let line = filled(line, &portal, &rosa, shell).await;
            // What fails comes first: it changes nothing.
            let away = portal.shell().with("CITYTIME_CITY", "http://127.0.0.1:1");
            let (failed, status) = match fails {
                Fails::NotSignedIn => (portal.shell().run(&format!("{line} -o json")).await, 4),
                Fails::Away => (away.run(&format!("{} -o json --retries 0", line.replace(" riverton", ""))).await, 7),
                Fails::As(_, _) if path == "logout" => (portal.shell().run("logout -o json").await, 4),
                Fails::As(wrong, status) => {
                    let wrong = filled(wrong, &portal, &rosa, shell).await;
                    let fresh = portal.shell();
                    let shell = if matches!(who, Who::Nobody) { &fresh } else { shell };
                    (shell.run(&format!("-o json {wrong}")).await, status)
                }
            };
            assert_eq!(failed.exit, status, "{path}: {failed}");
            failed.error();
            let misread = shell.run(&format!("-o json {path} --no-such-flag")).await;
            assert_eq!((misread.exit, misread.error()["code"].as_str()), (2, Some("usage")), "{path}: {misread}");

            let output = shell.command(&format!("-o json {line}")).stdin(stdin).run().await;
            assert_eq!(output.exit, 0, "{path}: {output}");
            assert_quiet(&output);
            match prints {
                Prints::Data => {
                    let data = output.json();
                    assert!(data.is_object() || data.is_array(), "{path}: {output}");
                    let columns = shell.run(&format!("-o json --columns nothing {line}")).await;
                    assert_eq!(columns.exit, 2, "{path}: {columns}");
                    columns.error();
                }
                Prints::Text => assert!(!output.stdout.is_empty(), "{path}"),
                Prints::Nothing => assert_eq!(output.stdout, "", "{path}"),
            }
        }
    }

    async fn an_empty_answer_is_a_whole_document(portal: Portal) {
        let ivan = ivan(&portal).await;
        for list in ["bills list", "wallet list", "account records list", "account tokens list", "history permits", "city list"] {
            let document = ivan.run(&format!("{list} -o json")).await.ok();
            assert_eq!((document.stdout.as_str(), document.stderr.as_str()), ("[]\n", ""), "{list}");
            for format in ["jsonl", "ids"] {
                assert_eq!(ivan.run(&format!("{list} -o {format}")).await.ok().stdout, "", "{list}");
            }
            for format in ["csv", "tsv"] {
                assert_eq!(ivan.run(&format!("{list} -o {format}")).await.ok().stdout.lines().count(), 1, "{list}");
            }
            assert_eq!(ivan.run(&format!("{list} --jq length")).await.ok().stdout, "0\n", "{list}");
        }
        let dashboard = ivan.run("dashboard -o json").await.ok().json();
        assert_eq!(json!([dashboard["due"]["count"], dashboard["bills"]]), json!([0, []]));
        assert_snapshot!(ivan.run("bills list -o table").await, @r"
        exit: 0
        ----- stdout
        ----- stderr
        nothing is due
        hint: bills come with a linked record: citytime account records link NUMBER --code CODE; paid ones: citytime bills list --status all
        ");
    }

    async fn a_terminal_shows_a_table_and_a_pipe_gets_it_all(portal: Portal) {
        let rosa = portal.rosa().await;
        let (exit, screen) = rosa.command("bills list").at_terminal(100, 24).finish().await;
        assert_eq!(exit, 0);
        assert_snapshot!(screen, @r"
        ID            TITLE                                           DUE           BALANCE  STATUS  OVERDUE
        BIL-00000001  Water, sewer and refuse, 2026-10                2026-10-23     $73.76  open    yes
        BIL-00000002  Water, sewer and refuse, 2026-11                2026-11-23     $86.22  open    no
        BIL-00000003  Pottery workshop, winter term                   2026-11-25     $96.00  open    no
        BIL-00000004  Parking citation, Bridge Street                 2026-12-01     $45.00  open    no
        BIL-00000005  Sidewalk display permit fee                     2026-12-07     $75.00  open    no
        BIL-00000006  Property tax, second half of 2026               2026-12-09  $1,182.50  open    no
        BIL-00000007  Business license renewal, Marín Lantern Repair  2026-12-14    $185.00  open    no
        ");
        let (_, narrow) = rosa.command("bills list").at_terminal(60, 24).finish().await;
        assert!(narrow.lines().all(|line| line.chars().count() <= 60), "{narrow}");
        // A screenful, and how many more.
        let (_, short) = rosa.command("history").at_terminal(100, 12).finish().await;
        assert_snapshot!(short, @r"
        REG-00000001  2026-11-23 10:00  program  Pottery workshop, winter term      held              $96.00
        REG-00000002  2026-11-22 12:00  program  Swimming for beginners             waitlisted        $90.00
        REQ-00000003  2026-11-21 13:00  request  Pothole, 3 Lock Street, Riverton   open
        PRM-00000004  2026-11-20 16:00  permit   Fence permit                       in review
        REG-00000005  2026-11-19 15:00  program  Bicycle repair evening             registered
        REQ-00000006  2026-11-18 09:15  request  Tree trimming, 219 Kiln Street, …  action scheduled
        REG-00000007  2026-11-17 15:00  program  Winter solstice walk               cancelled
        PAY-00000008  2026-11-14 16:00  payment  Ice skating for families           succeeded         $18.00
        REG-00000009  2026-11-14 15:00  program  Ice skating for families           registered        $18.00
        PRM-00000010  2026-11-12 15:00  permit   Block party permit                 info requested
        and 34 more history entries; narrow the list, or pipe it to see all
        ");
        let piped = rosa.run("history").await.ok().stdout;
        assert!(piped.lines().count() > 12 && piped.starts_with("id\tat\tkind\t"), "{piped}");
        let (_, home) = rosa.command("").at_terminal(111, 40).finish().await;
        assert_snapshot!(home, @r"
        Permits under way:
          PRM-00000001  Food vendor permit (draft): submit it: citytime permit apply PRM-00000001
          PRM-00000002  Fence permit (in review): Department of Inspections decides
          PRM-00000003  Block party permit (info requested): answer what was asked: citytime permit answer PRM-00000003
        Open requests:
          REQ-00000004  Pothole, 3 Lock Street, Riverton
          REQ-00000005  Tree trimming, 219 Kiln Street, Riverton
          REQ-00000006  Pothole, 167 Canal Row, Riverton
          and more: citytime history requests
        Coming up:
          REG-00000007  2026-11-29 00:00  Bicycle repair evening (registered)
          REG-00000008  2026-12-02 22:00  Swimming for beginners (waitlisted)
          REG-00000009  2026-12-05 20:00  Ice skating for families (registered)
          REG-00000010  2026-12-10 00:00  Pottery workshop, winter term (held)
        7 bills are due: $1,743.48 in all
        ID            TITLE                                           DUE           BALANCE  STATUS  OVERDUE  CATEGORY
        BIL-00000011  Water, sewer and refuse, 2026-10                2026-10-23     $73.76  open    yes      utility
        BIL-00000012  Water, sewer and refuse, 2026-11                2026-11-23     $86.22  open    no       utility
        BIL-00000013  Pottery workshop, winter term                   2026-11-25     $96.00  open    no       program
        BIL-00000014  Parking citation, Bridge Street                 2026-12-01     $45.00  open    no       fine
        BIL-00000015  Sidewalk display permit fee                     2026-12-07     $75.00  open    no       permit
        BIL-00000016  Property tax, second half of 2026               2026-12-09  $1,182.50  open    no       tax
        BIL-00000017  Business license renewal, Marín Lantern Repair  2026-12-14    $185.00  open    no       license
        ");
    }

    async fn paying_at_a_terminal_shows_the_quote_and_asks(portal: Portal) {
        let rosa = portal.rosa().await;
        let mut terminal = rosa.command("bills pay --due-within 7d").at_terminal(100, 30);
        terminal.expect("Pay $255.98? [y/N]: ").await;
        terminal.send_line("n").await;
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 130);
        assert_snapshot!(screen, @r"
          BIL-00000001        $73.76  Water, sewer and refuse, 2026-10
          BIL-00000002        $86.22  Water, sewer and refuse, 2026-11
          BIL-00000003        $96.00  Pottery workshop, winter term
          fee                  $0.00
          total              $255.98
          with Visa ending in 4242
        Pay $255.98? [y/N]: n
        error: not confirmed: nothing was done
        ");
        let mut terminal = rosa.command("bills pay --due-within 7d --columns amount,status").at_terminal(100, 30);
        terminal.expect("[y/N]: ").await;
        terminal.send_line("y").await;
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 0, "{screen}");
        assert!(screen.contains("$255.98") && screen.contains("succeeded"), "{screen}");
    }

    async fn columns_and_jq(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("bills list -o json --columns number,balance --limit 2").await, @r#"
        exit: 0
        ----- stdout
        [{"number":"2026-000016","balance":7376},{"number":"2026-000017","balance":8622}]
        ----- stderr
        "#);
        assert_snapshot!(rosa.run("bills list --columns nummer -o json").await.told(), @r"
        usage, exit 2
        a bill has no column `nummer`
        hint: did you mean `number`? it has: id, title, due_on, balance, status, overdue, category, amount, paid, pending, period, number, issued_on, record, currency
        ");
        assert_snapshot!(rosa.run("bills list --jq '.[0] | .title, .balance, {id: .number}'").await, @r#"
        exit: 0
        ----- stdout
        Water, sewer and refuse, 2026-10
        7376
        {"id":"2026-000016"}
        ----- stderr
        "#);
        assert_snapshot!(rosa.run("bills list --jq '.[' -o json").await.told(), @r"
        usage, exit 2
        the --jq expression `.[` is wrong: expected closing bracket at its end
        hint: quote it for the shell, as in --jq '.[] | .id'
        ");
        assert_snapshot!(rosa.run("bills list --jq '.[0].title.x'").await, @r#"
        exit: 2
        ----- stdout
        ----- stderr
        {"error":{"code":"usage","message":"the --jq expression failed: cannot index \"Water, sewer and refuse, 2026-10\" with \"x\"","hint":"what was asked for was done; only its printing failed","status":null,"request_id":null,"exit_code":2}}
        "#);
        let variable = rosa.command("bills list --limit 1 --columns title").with("CITYTIME_OUTPUT", "csv");
        assert_eq!(variable.run().await.ok().stdout.lines().count(), 2);
    }
}
