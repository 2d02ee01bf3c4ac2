//! What the lines of the table name, looked up before each is run.

use super::{HOSTED, PASSWORD};
use crate::bills::bill_of;
use crate::support::command::Shell;
use crate::support::portal::Portal;
use crate::transfers::statement::{ACCOUNT, camt, comes, table};

/// Looks up what a line names.
pub(super) async fn filled(line: &str, portal: &Portal, rosa: &Shell, home: &Shell) -> String {
    let first = async |list: &str| {
        rosa.run(&format!("{list} -o ids")).await.ok().stdout.lines().next().unwrap_or_default().to_owned()
    };
    let mut line = line.replace("{hosted}", HOSTED);
    for (name, list) in [
        ("{record}", "account records list"),
        ("{token}", "account tokens list"),
        ("{method}", "wallet list"),
        ("{setup}", "wallet add --no-wait"),
        ("{payment}", "history payments"),
        ("{transfer}", "bills pay --all --bank"),
        ("{asked}", "permit list --status info_requested"),
        ("{draft}", "permit list --status draft"),
        ("{issued}", "permit list --status issued"),
        ("{approved}", "permit list --status approved"),
        ("{fence}", "permit list --status in_review --type fence"),
        ("{ticket}", "support list"),
        ("{program}", "programs list --category meeting"),
        ("{registration}", "programs registrations --status registered --from today"),
        ("{past}", "programs list --from -40d --to -40d"),
        ("{notice}", "notifications list --unread"),
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
    for (name, category) in [("{bill}", "fine"), ("{tax}", "tax"), ("{display}", "permit")] {
        if line.contains(name) {
            line = line.replace(name, &bill_of(rosa, category).await);
        }
    }
    if line.contains("{paid}") {
        let payments = rosa.run("history payments -o ids").await.ok();
        line = line.replace("{paid}", payments.stdout.lines().last().unwrap_or_default());
    }
    if line.contains("{statement}") {
        let statement = home.write("statement.csv", &table(ACCOUNT, &[comes(100, "", "O-1")]));
        line = line.replace("{statement}", &statement.display().to_string());
    }
    if line.contains("{quiet}") {
        let statement = home.write("quiet.xml", &camt(ACCOUNT, &[]));
        line = line.replace("{quiet}", &statement.display().to_string());
    }
    if line.contains("{held}") {
        let held = portal.nadia().await.run("staff payments parked -o ids").await.ok().stdout;
        line = line.replace("{held}", held.lines().next().unwrap_or_default());
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
