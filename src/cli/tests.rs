//! The tree of commands as a whole.

use std::path::Path;

use clap::Parser;

use super::{Cli, command, generate};

#[test]
fn the_tree_is_sound() {
    command().debug_assert();
}

/// Visits every command that is shown.
fn each(command: &clap::Command, visit: &mut impl FnMut(&clap::Command)) {
    visit(command);
    command.get_subcommands().filter(|command| !command.is_hide_set()).for_each(|command| each(command, visit));
}

#[test]
fn every_command_says_what_it_does_and_shows_an_example() {
    let mut tree = command();
    tree.build();
    each(&tree, &mut |command| {
        let name = command.get_bin_name().unwrap_or(command.get_name());
        assert!(command.get_about().is_some(), "{name} does not say what it does");
        let example = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(example.starts_with("Example"), "{name} shows no example");
    });
}

/// What a shell makes of an example: words, quotes and the end of a command at a pipe, a redirection or a semicolon.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut begun) = (Vec::new(), String::new(), None, false);
    for character in line.chars() {
        match (character, quote) {
            ('"' | '\'', None) => (quote, begun) = (Some(character), true),
            (end, Some(open)) if end == open => quote = None,
            ('|' | '<' | '>' | ';' | ')', None) => break,
            (' ', None) => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            (other, _) => {
                word.push(other);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

#[test]
fn every_example_is_understood() {
    let mut tree = command();
    tree.build();
    each(&tree, &mut |command| {
        let text = command.get_after_help().map(ToString::to_string).unwrap_or_default().replace("\\\n", " ");
        for begin in text.match_indices("citytime ").map(|(at, _)| at) {
            let line = text[begin..].lines().next().unwrap_or_default();
            if text[..begin].ends_with('`') || text[..begin].ends_with('/') {
                continue;
            }
            let words = words(line);
            assert!(Cli::try_parse_from(&words).is_ok(), "{words:?}: {}", Cli::try_parse_from(&words).unwrap_err());
        }
    });
}

#[test]
fn nouns_are_understood_in_singular_and_plural() {
    for line in [
        "citytime bill list",
        "citytime bills list",
        "citytime cities list",
        "citytime accounts show",
        "citytime account record list",
        "citytime account token list",
        "citytime -o json bills list -c riverton --due-within 7d",
        "citytime requests list --status open,closed --since -30d",
        "citytime request new pothole --lat -41.5 --long -7 --set A=b --set C=d=e",
        "citytime cities search lake side",
        "citytime history --since -30d",
        "citytime bills pay BIL-7K3Q9XM2 bil7k3q9xm3 --wait-for 1h",
    ] {
        assert!(Cli::try_parse_from(line.split(' ')).is_ok(), "{}", Cli::try_parse_from(line.split(' ')).unwrap_err());
    }
    for line in [
        "citytime bills pay BIL-7K3Q9XM2 --all",
        "citytime bills pay --all --due-within 7d",
        "citytime bills list --status late",
        "citytime request new pothole --lat 41.5",
        "citytime request new pothole --lat 91 --long 0",
        "citytime request new pothole --set A",
        "citytime city add a https://a.example --api-key-prompt --api-key-file f",
        "citytime account tokens create --scope everything --label x",
        "citytime login --password-stdin --token-stdin",
        "citytime history --year 2026 --since 7d",
    ] {
        assert!(Cli::try_parse_from(line.split(' ')).is_err(), "{line}");
    }
}

#[cfg(feature = "portal")]
#[test]
fn generated_files_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, files) in [("completions", generate::scripts().unwrap()), ("man", generate::pages().unwrap())] {
        let folder = root.join(folder);
        let kept = std::fs::read_dir(&folder).map(|entries| entries.count()).unwrap_or_default();
        assert_eq!(kept, files.len(), "{} is stale: run `cargo run -- generate .`", folder.display());
        for (name, text) in files {
            let kept = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
            assert!(kept == text, "{name} is stale: run `cargo run -- generate .`");
        }
    }
}
