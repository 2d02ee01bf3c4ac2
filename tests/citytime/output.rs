//! What scripts rest on, of every command there is: with a JSON format one document on stdout and nothing beside it,
//! and of a failure one object on stderr and nothing on stdout. A command that is not in the table fails the test.

mod empty;
mod filled;
mod shows;
mod speaks;

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
        typed(
            "batch",
            Rosa,
            "batch -",
            "{\"op\": \"request\", \"service_code\": \"streetlight\", \"address_string\": \"1 Quay\", \"attributes\": {\"fault\": \"out\"}}\n",
            As("batch nowhere.jsonl", 1),
        ),
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
        entry("account mfa show", Rosa, "account mfa show", NotSignedIn),
        typed(
            "account mfa enable",
            Rosa,
            "account mfa enable --password-stdin",
            "herons over the second weir\n",
            As("account mfa enable", 2),
        ),
        // These need a code of an app: running them is another test's matter.
        says("account mfa codes", "help account mfa codes", Prints::Text, As("account mfa codes", 4)),
        says("account mfa disable", "help account mfa disable", Prints::Text, As("account mfa disable", 4)),
        entry("account recover start", Nobody, "account recover start --username rosa", Away),
        typed(
            "account recover finish",
            Nobody,
            "account recover finish --code {way_back} --password-stdin",
            "nineteen herons at dusk\n",
            As("account recover finish --code 77777-77777-77777 --password-stdin", 2),
        ),
        typed(
            "staff residents recover",
            Nadia,
            "staff residents recover rosa --to rosa@second.example --reason 'mailbox closed' --identity seen --password-stdin",
            PASSWORD,
            As("staff residents recover rosa --to rosa@second.example --reason 'mailbox closed' --identity seen", 2),
        ),
        entry("account recover stop", Rosa, "account recover stop", NotSignedIn),
        entry("account records link", Rosa, "account records link UT-300412 --code K7QM-2X9D", NotSignedIn),
        entry("account records list", Rosa, "account records list", NotSignedIn),
        entry("account records unlink", Rosa, "account records unlink {record} --yes", NotSignedIn),
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
        entry("account tokens revoke", Rosa, "account tokens revoke {token} --yes", NotSignedIn),
        entry("account notifications show", Rosa, "account notifications show", NotSignedIn),
        entry("account notifications set", Rosa, "account notifications set billing=email permits=none", NotSignedIn),
        entry("account terms show", Rosa, "account terms show", NotSignedIn),
        entry("account terms accept", Rosa, "account terms accept", NotSignedIn),
        entry("account export", Rosa, "account export --out {dir}/me.zip", NotSignedIn),
        // These end the sign-in the rest is run with: running them is another test's matter.
        says("account deactivate", "help account deactivate", Prints::Text, As("account deactivate --yes", 4)),
        says(
            "account reactivate",
            "help account reactivate",
            Prints::Text,
            As("account reactivate --password-stdin", 2),
        ),
        entry("notifications list", Rosa, "notifications list", NotSignedIn),
        entry("notifications read", Rosa, "notifications read {notice}", NotSignedIn),
        // It ends when it is told to, and waits for what comes: other tests' matters.
        says("notifications stream", "help notifications stream", Prints::Text, As("notifications stream", 4)),
        entry("staff notices list", Nadia, "staff notices list", NotSignedIn),
        says(
            "staff notices retry",
            "help staff notices retry",
            Prints::Text,
            As("staff notices retry NTC-00000000", 4),
        ),
        entry("wallet add", Rosa, "wallet add --token pm_card_visa", NotSignedIn),
        entry("wallet setup", Rosa, "wallet setup {setup}", As("wallet setup SET-00000000", 3)),
        entry("wallet list", Rosa, "wallet list", NotSignedIn),
        entry("wallet default", Rosa, "wallet default {method}", NotSignedIn),
        entry("wallet remove", Rosa, "wallet remove {method} --yes", NotSignedIn),
        entry("bills list", Rosa, "bills list", NotSignedIn),
        entry("bills show", Rosa, "bills show {bill}", NotSignedIn),
        entry("bills autopay set", Rosa, "bills autopay set --category fine --max 150", NotSignedIn),
        entry("bills autopay skip", Rosa, "bills autopay skip {bill}", As("bills autopay skip BIL-00000000", 3)),
        entry("bills autopay show", Rosa, "bills autopay show", NotSignedIn),
        entry("bills autopay off", Rosa, "bills autopay off", As("bills autopay off --category tax", 3)),
        entry("bills pay", Rosa, "bills pay {bill} -y", NotSignedIn),
        entry("bills transfer", Rosa, "bills transfer {transfer}", NotSignedIn),
        entry("bills receipt", Rosa, "bills receipt {payment}", NotSignedIn),
        entry("programs list", Nobody, "programs list", Away),
        entry("programs show", Nobody, "programs show {program}", Away),
        entry("programs register", Rosa, "programs register {program}", NotSignedIn),
        entry("programs registrations", Rosa, "programs registrations", NotSignedIn),
        entry("bills calendar", Rosa, "bills calendar", NotSignedIn),
        entry("programs calendar", Nobody, "programs calendar", Away),
        entry("programs cancel", Rosa, "programs cancel {registration} --yes", NotSignedIn),
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
        entry("staff payments list", Nadia, "staff payments list", NotSignedIn),
        entry("staff payments show", Nadia, "staff payments show {paid}", NotSignedIn),
        entry(
            "staff payments refund",
            Nadia,
            "staff payments refund {paid} --amount 0.01 --reason goodwill --keep-settled --yes",
            NotSignedIn,
        ),
        entry("staff payments export", Nadia, "staff payments export", NotSignedIn),
        entry("staff payments reconcile", Nadia, "staff payments reconcile {statement}", NotSignedIn),
        entry("staff payments parked", Nadia, "staff payments parked", NotSignedIn),
        entry(
            "staff payments apply",
            Nadia,
            "staff payments apply {held} {tax} --amount 0.50 --who rosa",
            As("staff payments apply BNK-00000000 BIL-00000000", 3),
        ),
        entry(
            "staff payments give-back",
            Nadia,
            "staff payments give-back {held} --reason wrong --yes",
            As("staff payments give-back BNK-00000000 --reason wrong --yes", 3),
        ),
        // A payment that comes back is another test's matter.
        says(
            "staff payments return",
            "help staff payments return",
            Prints::Text,
            As("staff payments return PAY-00000000 --code R01 --yes", 4),
        ),
        entry("staff bills credit", Nadia, "staff bills credit {tax} --amount 1 --reason wrong --yes", NotSignedIn),
        entry("staff bills void", Nadia, "staff bills void {display} --reason wrong --yes", NotSignedIn),
        entry("staff bills list", Nadia, "staff bills list --record UT-204177 --status all", NotSignedIn),
        entry("staff bills show", Nadia, "staff bills show {tax}", As("staff bills show BIL-00000000", 3)),
        entry("staff bills aging", Nadia, "staff bills aging", NotSignedIn),
        entry("staff ledger check", Nadia, "staff ledger check", NotSignedIn),
        entry("staff ledger accounts", Nadia, "staff ledger accounts", NotSignedIn),
        entry("staff ledger entries", Nadia, "staff ledger entries --payment {paid}", NotSignedIn),
        entry("staff audit list", Nadia, "staff audit list", NotSignedIn),
        entry("staff audit verify", Nadia, "staff audit verify", NotSignedIn),
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
            "staff permits decide {fence} approve --yes",
            As("staff permits decide PRM-00000000 approve --yes", 3),
        ),
        entry(
            "staff permits issue",
            Nadia,
            "staff permits issue {approved} --yes",
            As("staff permits issue PRM-00000000 --yes", 3),
        ),
        entry("history", Rosa, "history", NotSignedIn),
        entry("statement", Rosa, "statement --year 2026", NotSignedIn),
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
        entry("staff requests duplicate", Nadia, "staff requests duplicate {request} {older} --yes", NotSignedIn),
        entry("support contact", Nobody, "support contact", Away),
        entry("support email", Rosa, "support email Bin --body 'It is full.'", NotSignedIn),
        entry("support list", Rosa, "support list", NotSignedIn),
        entry("support show", Rosa, "support show {ticket}", NotSignedIn),
        entry("support reply", Rosa, "support reply {ticket} --body 'It still is.'", NotSignedIn),
        entry("staff support list", Nadia, "staff support list", NotSignedIn),
        entry("staff support show", Nadia, "staff support show {ticket}", NotSignedIn),
        entry("staff support assign", Nadia, "staff support assign {ticket}", NotSignedIn),
        entry("staff support reply", Nadia, "staff support reply {ticket} --body 'Soon.'", NotSignedIn),
        entry("staff support close", Nadia, "staff support close {ticket}", NotSignedIn),
        entry("staff residents search", Nadia, "staff residents search rosa", NotSignedIn),
        entry("staff residents show", Nadia, "staff residents show rosa", NotSignedIn),
        entry("staff records show", Nadia, "staff records show UT-204177", NotSignedIn),
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
        entry("staff programs cancel", Nadia, "staff programs cancel {program} --reason rain --yes", NotSignedIn),
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
