//! A command line that was not understood, told like any other failure. What was asked for about output is not known
//! then, so the arguments are looked through for it.

use std::{error::Error as _, ffi::OsString};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::{
    api::{
        card::withheld,
        id::{Audience, InvalidId},
    },
    failure::Failure,
    settings::{
        ColorChoice, Format, OutputSettings, Verbosity,
        environment::{self, Environment},
    },
};

/// A word that stands in more places than this says too little of which is meant.
const MOST_PLACES: usize = 3;

/// What clap ended with.
#[derive(Debug)]
pub enum Ended {
    /// Help or version, for [`Ui::show_help`](crate::ui::Ui::show_help), and success.
    Shown(Box<clap::builder::StyledStr>),
    /// A command that lacks its verb: what its help says of verbs, with colours, and the failure.
    Unfinished(String, Box<Failure>),
    /// A mistake.
    Failed(Box<Failure>),
}

/// Tells help and version from mistakes. `place` is the command a mistake was made at: `citytime bills list`.
pub fn ended(error: &clap::Error, place: impl Fn() -> String) -> Ended {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ended::Shown(Box::new(error.render())),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let help = error.render();
            let failure = unfinished(&help.to_string());
            Ended::Unfinished(verbs_alone(&help.ansi().to_string()), Box::new(failure))
        }
        _ => {
            let Failure { message, hint, .. } = failure(error, place);
            let failure = Failure::usage(withheld(&message));
            // What was not understood may be a card number all the same.
            Ended::Failed(Box::new(Failure { hint: hint.map(|hint| withheld(&hint).into_owned()), ..failure }))
        }
    }
}

/// The failure a mistake is: clap's first line says what, its tips and usage what to do.
fn failure(error: &clap::Error, place: impl Fn() -> String) -> Failure {
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n");
    let first = paragraphs.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(first);
    // Clap puts what is missing or possible on lines of their own: one sentence here.
    let message = message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    // That a flag nobody knows may be meant as a value is seldom so, and misleads.
    let tips = text.lines().filter_map(|line| line.trim().strip_prefix("tip: "));
    let (misleading, tips) = tips.partition::<Vec<_>, _>(|tip| tip.starts_with("to pass '"));
    let usage = error.get(ContextKind::Usage).map(|usage| match usage {
        ContextValue::StyledStr(usage) => usage.to_string(),
        other => other.to_string(),
    });
    let usage = usage.as_deref().map(|usage| usage.trim().trim_start_matches("Usage:").trim());
    if let (ErrorKind::MissingSubcommand, Some(usage), Some(ContextValue::Strings(verbs))) =
        (error.kind(), usage, error.get(ContextKind::ValidSubcommand))
    {
        return no_verb(usage, &verbs.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let failure = Failure::usage(message);
    if let Some(wrong) = error.source().and_then(|cause| cause.downcast_ref::<InvalidId>()) {
        let audience = if place().starts_with("citytime staff ") { Audience::Clerks } else { Audience::Residents };
        if let Some(hint) = wrong.hint(audience) {
            return failure.hint(hint);
        }
    }
    // A word that stands elsewhere is meant rather than one that looks like it.
    if let (ErrorKind::InvalidSubcommand, Some(ContextValue::String(word))) =
        (error.kind(), error.get(ContextKind::InvalidSubcommand))
        && let Some(hint) = elsewhere(word)
    {
        return failure.hint(hint);
    }
    match (tips.as_slice(), usage) {
        ([], _) if !misleading.is_empty() => failure.hint(format!("see `{} --help`", place())),
        ([], None) => failure.hint(format!("see `{} --help`", place())),
        ([], Some(usage)) => failure.hint(format!("usage: {usage}")),
        (tips, _) => failure.hint(tips.join("; ")),
    }
}

/// Where in the tree a word stands that was looked for in the wrong place: `pay` is `citytime bills pay`.
fn elsewhere(word: &str) -> Option<String> {
    let mut found = Vec::new();
    look_through(&super::command(), "citytime", word, &mut found);
    // What is for everybody comes first, and of much the shortest is meant.
    found.sort_by_key(|path| (path.starts_with("citytime staff "), path.split(' ').count()));
    if found.is_empty() || found.len() > MOST_PLACES {
        return None;
    }
    let places = found.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>();
    Some(format!("there is {}", places.join(" and ")))
}

fn look_through(command: &clap::Command, path: &str, word: &str, found: &mut Vec<String>) {
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set()) {
        let path = format!("{path} {}", verb.get_name());
        if verb.get_name() == word || verb.get_all_aliases().any(|alias| alias == word) {
            found.push(path.clone());
        }
        look_through(verb, &path, word, found);
    }
}

/// A help without its flags: whoever named no verb looks for one.
fn verbs_alone(help: &str) -> String {
    let flags = |paragraph: &&str| {
        let plain = anstream::adapter::strip_str(paragraph).to_string();
        plain.starts_with("Options:") || plain.starts_with("Global flags:")
    };
    help.trim_end().split("\n\n").filter(|paragraph| !flags(paragraph)).collect::<Vec<_>>().join("\n\n")
}

/// The failure of a command without its verb: the verbs are those its help lists.
fn unfinished(help: &str) -> Failure {
    let usage = help.lines().find_map(|line| line.strip_prefix("Usage: ")).unwrap_or("citytime <COMMAND>");
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let verbs = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let verbs = verbs.filter_map(|line| line.split_whitespace().next()).collect::<Vec<_>>();
    no_verb(usage, &verbs)
}

fn no_verb(usage: &str, verbs: &[&str]) -> Failure {
    let failure = Failure::usage(format!("say what to do: {usage}"));
    match verbs {
        [] => failure.hint(format!("see `{} --help`", command(usage))),
        verbs => failure.hint(format!("`{}` is followed by one of: {}", command(usage), verbs.join(", "))),
    }
}

/// The command a usage line is about: its words up to the first in brackets.
fn command(usage: &str) -> String {
    usage.split_whitespace().take_while(|word| !word.starts_with(['[', '<', '-'])).collect::<Vec<_>>().join(" ")
}

/// What the arguments (without the program's name) and variables ask of the output: enough to tell a failure with.
/// Arguments that make no sense are passed over: they are what the failure is about.
pub fn output_asked(arguments: &[OsString], environment: &Environment) -> OutputSettings {
    let mut asked = OutputSettings::default();
    let variable = |variable| environment.text(variable).ok().flatten();
    asked.format = variable(environment::OUTPUT).and_then(|word| word.parse().ok());
    if environment.has(environment::NO_COLOR) || variable(environment::TERM) == Some("dumb") {
        asked.color = ColorChoice::Never;
    } else if environment.on(environment::CLICOLOR_FORCE) {
        asked.color = ColorChoice::Always;
    }
    let words = arguments.iter().map(|argument| argument.to_str().unwrap_or_default()).collect::<Vec<_>>();
    let mut words = words.into_iter().take_while(|&word| word != "--").peekable();
    while let Some(word) = words.next() {
        match word.split_once('=') {
            Some(("--output", value)) => format(&mut asked, value),
            Some(("--color", value)) => color(&mut asked, value),
            Some(("--jq", _)) => asked.format = json(asked.format),
            Some(_) | None => match word {
                "--json" => asked.format = Some(Format::Json),
                "--jq" => asked.format = json(asked.format),
                "--output" => format(&mut asked, words.peek().copied().unwrap_or_default()),
                "--color" => color(&mut asked, words.peek().copied().unwrap_or_default()),
                _ => short(&mut asked, word, words.peek().copied()),
            },
        }
    }
    asked
}

/// `-o json`, `-ojson`, `-qo json`: a bundle of short flags, the last of which may take a value.
fn short(asked: &mut OutputSettings, word: &str, next: Option<&str>) {
    let Some(bundle) = word.strip_prefix('-').filter(|bundle| !bundle.starts_with('-')) else { return };
    for (at, letter) in bundle.char_indices() {
        match letter {
            'o' => {
                let value = bundle[at + 1..].trim_start_matches('=');
                return format(asked, if value.is_empty() { next.unwrap_or_default() } else { value });
            }
            'v' => asked.verbosity = Verbosity::Verbose,
            'q' | 'y' => {}
            _ => return,
        }
    }
}

fn format(asked: &mut OutputSettings, word: &str) {
    asked.format = word.parse().ok().or(asked.format);
}

fn color(asked: &mut OutputSettings, word: &str) {
    asked.color = word.parse().unwrap_or(asked.color);
}

fn json(format: Option<Format>) -> Option<Format> {
    Some(format.filter(|format| format.is_json()).unwrap_or(Format::Json))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::{api::id::BillId, settings::GlobalFlags};

    #[derive(Parser, Debug)]
    #[command(name = "citytime", version = "1")]
    struct Cli {
        #[command(flatten)]
        global: GlobalFlags,
        #[command(subcommand)]
        noun: Noun,
    }

    #[derive(clap::Subcommand, Debug)]
    enum Noun {
        Bills { id: String },
        Note { bill: BillId },
    }

    fn scanned(line: &str, output: Option<&str>) -> Option<Format> {
        let arguments = line.split(' ').map(OsString::from).collect::<Vec<_>>();
        let environment = Environment::of(output.map(|word| (environment::OUTPUT, word)));
        output_asked(&arguments, &environment).format
    }

    #[test]
    fn the_format_is_found_wherever_it_stands() {
        for line in ["bills -o json x", "-ojson", "--output json", "--output=json", "--json", "-qo json", "-yvo=json"] {
            assert_eq!(scanned(line, None), Some(Format::Json), "{line}");
        }
        for line in ["bills", "-o yaml", "x -- -o json", "--out json", "-c o", "--columns -o"] {
            assert_eq!(scanned(line, None), None, "{line}");
        }
        assert_eq!(scanned("bills -o csv --jq .", None), Some(Format::Json));
        assert_eq!(scanned("bills", Some("jsonl")), Some(Format::Jsonl));
        assert_eq!(scanned("bills -o table", Some("json")), Some(Format::Table));
    }

    fn told(line: &str) -> (String, String) {
        let error = Cli::try_parse_from(line.split(' ')).unwrap_err();
        match ended(&error, || "citytime bills".to_owned()) {
            Ended::Failed(failure) | Ended::Unfinished(_, failure) => {
                (failure.message, failure.hint.unwrap_or_default())
            }
            Ended::Shown(text) => ("shown".to_owned(), text.to_string()),
        }
    }

    #[test]
    fn mistakes_say_what_and_what_next() {
        let lines = [
            "bils x",
            "bills",
            "bills x -o yaml",
            "bills x --timeout soon",
            "bills x --colums id",
            "bills x y",
            "bills x --json -o csv",
            "bills x --retries 99",
            "bills x --columns id,",
        ];
        let said =
            lines.map(|line| told(&format!("citytime {line}"))).map(|(what, next)| format!("{what}\n-> {next}\n"));
        insta::assert_snapshot!(said.concat(), @r"
        unrecognized subcommand 'bils'
        -> a similar subcommand exists: 'bills'
        the following required arguments were not provided: <ID>
        -> usage: citytime bills <ID>
        invalid value 'yaml' for '--output <FORMAT>' [possible values: table, json, jsonl, csv, tsv, ids]
        -> see `citytime bills --help`
        invalid value 'soon' for '--timeout <TIME>': `soon` is no span of time; try 30s, 5m or 1h30m
        -> see `citytime bills --help`
        unexpected argument '--colums' found
        -> a similar argument exists: '--columns'
        unexpected argument 'y' found
        -> usage: citytime bills [OPTIONS] <ID>
        the argument '--json' cannot be used with '--output <FORMAT>'
        -> usage: citytime bills --json <ID>
        invalid value '99' for '--retries <N>': write a whole number from 0 to 20
        -> see `citytime bills --help`
        invalid value '' for '--columns <A,B>': a column name is missing; write them as in id,status,due_on
        -> see `citytime bills --help`
        ");
        assert_eq!(told("citytime").1, "`citytime` is followed by one of: bills, note, help");
        assert_eq!(
            told("citytime note PAY-7K3Q9XM2").1,
            "PAY-7K3Q9XM2 is the id of a payment: `citytime bills receipt PAY-7K3Q9XM2` shows it"
        );
        assert_eq!(told("citytime --version"), ("shown".to_owned(), "citytime 1\n".to_owned()));
    }

    #[test]
    fn a_word_in_the_wrong_place_is_told_where_it_stands() {
        let next = |line: &str| {
            let error = super::super::command().try_get_matches_from(line.split(' ')).unwrap_err();
            failure(&error, || "citytime".to_owned()).hint.unwrap_or_default()
        };
        assert_eq!(next("citytime records link"), "there is `citytime account records` and `citytime staff records`");
        assert_eq!(next("citytime receipt"), "there is `citytime bills receipt`");
        assert_eq!(next("citytime bills aging"), "there is `citytime staff bills aging`");
        // In very many places, and in none.
        assert!(!next("citytime list").contains("there is"));
        assert_eq!(next("citytime zeppelin"), "usage: citytime [OPTIONS] [COMMAND]");
        assert_eq!(next("citytime bils"), "some similar subcommands exist: 'bill', 'bills'");
    }

    #[test]
    fn global_flags_stand_anywhere() {
        for line in
            ["citytime -o json -c r bills x", "citytime bills x -c r -o json", "citytime bills -c r x --output json"]
        {
            let cli = Cli::try_parse_from(line.split(' ')).unwrap();
            assert_eq!((cli.global.city.as_deref(), cli.global.output), (Some("r"), Some(Format::Json)));
        }
        let cli = Cli::try_parse_from("citytime bills x --columns id,due_on -vv".split(' ')).unwrap();
        assert_eq!(cli.global.columns.unwrap(), ["id", "due_on"]);
        assert_eq!(cli.global.verbose, 2);
    }
}
