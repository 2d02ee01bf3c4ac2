//! Every command, with what it is typed as: one document when it succeeds, an empty list where it finds nothing, one error
//! when it fails.

use serde_json::Value;

use super::empty::{self, NEVER, Shells, empty};
use super::filled::filled;
use super::{Entry, Fails, Prints, Who, table};
use crate::support::both::on_both_databases;
use crate::support::command::Output;
use crate::support::portal::Portal;

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
        let shells = Shells::at(&portal).await;
        let (mut found, mut lists, table) = (Vec::new(), Vec::new(), table());
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
                    if data.is_array() {
                        lists.push(path);
                        if let Some((whose, more, stdin)) = empty(path)
                            && let Some(shell) = shells.of(whose)
                        {
                            let line = filled(&format!("{path} {more}"), &portal, &rosa, shell).await;
                            empty::prints_nothing(shell, &line, &stdin).await;
                        }
                    }
                    let columns = shell.run(&format!("-o json --columns nothing {line}")).await;
                    assert_eq!(columns.exit, 2, "{path}: {columns}");
                    let hint = columns.error()["hint"].as_str().unwrap_or_default().to_owned();
                    if let Some((_, told)) = hint.split_once("it has: ") {
                        let words: Vec<&str> = path.split(' ').collect();
                        let known = citytime::cli::columns_of(&words).join(", ");
                        // One that has no line there yet completes no columns; one that has must tell the right ones.
                        assert!(known.is_empty() || known == told, "the columns of `{path}` in src/cli/columns.rs: {known}");
                    }
                }
                Prints::Text => assert!(!output.stdout.is_empty(), "{path}"),
                Prints::Nothing => assert_eq!(output.stdout, "", "{path}"),
            }
        }
        lists.sort_unstable();
        // Each list has a line that finds nothing, or a reason why there is none.
        assert_eq!(lists, empty::known(), "those that are never empty: {NEVER:?}");
    }
}
