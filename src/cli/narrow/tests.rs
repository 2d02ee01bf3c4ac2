//! Tests of the tree of commands: a branch is what the whole tree has, and no free text takes a card number.

use std::collections::{BTreeMap, BTreeSet};

use clap::error::{ContextKind, ContextValue};

use super::*;

fn arguments(line: &str) -> Vec<OsString> {
    line.split(' ').map(OsString::from).collect()
}

/// What either tree makes of a command line, as text.
fn told(parsed: Result<Cli, Unread>) -> String {
    parsed.map_or_else(|error| error.to_string(), |cli| format!("{cli:?}"))
}

#[test]
fn a_branch_is_what_the_whole_tree_has() {
    let mut tree = whole();
    tree.build();
    for (noun, _) in BRANCHES {
        let mut narrow = narrow(&arguments(&format!("citytime {noun}")));
        narrow.build();
        let (whole, branch) = (tree.find_subcommand(noun).unwrap(), narrow.find_subcommand(noun).unwrap());
        let seen = |command: &Command| format!("{}", command.clone().render_long_help());
        assert_eq!(seen(branch), seen(whole), "{noun}");
    }
}

#[test]
fn a_card_number_is_free_text_and_ids_are_none() {
    let refused = |line: &str| matches!(parse(&arguments(line)), Err(Unread::CardNumber(_)));
    for line in [
        "citytime wallet add --label 4242424242424242",
        "citytime wallet add --token=4242-4242-4242-4242",
        "citytime request comment REQ-7K3Q9XM2 4242424242424242",
        "citytime permit apply fence --set height_cm=4242424242424242",
        "citytime account update --name 4242424242424242",
    ] {
        assert!(refused(line), "{line}");
    }
    for line in [
        "citytime account records link 4242424242424242 --code 4242424242424242",
        "citytime bills pay --all --max 4242424242424242 --idempotency-key 4242424242424242",
        "citytime bills list --jq 4242424242424242",
        "citytime api POST /v1/records -f number=4242424242424242",
        "citytime request new pothole --photo 4242424242424242.jpg",
        "citytime permit attach PRM-7K3Q9XM2 plan=4242424242424242.pdf",
        "citytime sandbox -- echo 4242424242424242",
    ] {
        assert!(!refused(line), "{line}");
    }
}

#[test]
fn every_command_line_means_what_it_means_to_the_whole_tree() {
    for line in [
        "citytime",
        "citytime --version",
        "citytime -V",
        "citytime --help",
        "citytime bills",
        "citytime bills list -o json --status paid",
        "citytime -o json bills list --version",
        "citytime --city bills list",
        "citytime --city bills wallet list",
        "citytime bill list",
        "citytime bills lst",
        "citytime wallet wallet",
        "citytime sandbox -- citytime bills list",
        "citytime help bills",
        "citytime nowhere",
        "citytime login --username rosa",
        "citytime staff bills import bills.csv",
    ] {
        let arguments = arguments(line);
        assert_eq!(told(parse(&arguments)), told(parse_with(whole(), &arguments)), "{line}");
    }
}

/// Arguments that take a number like a card's, beside the paths of files, which may be called as they like: why, and their names.
const TAKE_IT: [(&str, &[&str]); 6] = [
    ("ids, and the city's own numbers of records", &["id", "ids", "number", "record"]),
    (
        "codes, which are kept as digests or belong to a catalogue, whose address is refused before it is sent",
        &["code"],
    ),
    ("what a clerk looks somebody up by, which may be a record's number", &["sought"]),
    (
        "what programs make: cursors, keys (kept as digests where they look like that), addresses",
        &["after", "idempotency_key", "media_url"],
    ),
    ("amounts", &["amount", "expect_total", "max", "max_per_day"]),
    ("another program's words, and expressions that are not sent", &["command", "jq"]),
];

/// What becomes of a card number that is typed for an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is seen for what it is.
    Refused,
    /// It is no value of the argument: no id, date or word, and goes no further either.
    NoValue,
    /// It goes further.
    Taken,
}

/// The command with nothing required but what the argument itself requires, and with nothing wrong but what is typed for it.
fn loosened(command: &Command, argument: &Arg) -> Command {
    let groups: Vec<_> = command.get_groups().map(|group| group.get_id().clone()).collect();
    let command = command.clone().no_binary_name(true).subcommand_required(false).arg_required_else_help(false);
    let command =
        groups.into_iter().fold(command, |command, group| command.mut_group(group, |group| group.required(false)));
    command.mut_args(|other| match other.get_id() == argument.get_id() {
        true => other.required(false),
        false if other.get_action().takes_values() => other.required(false).value_parser(clap::value_parser!(OsString)),
        false => other.required(false),
    })
}

/// Types a card number for an argument of a command.
fn typed(command: &Command, argument: &Arg) -> Fate {
    const NUMBER: &str = "4242424242424242";
    let tree = loosened(command, argument);
    let mut words = match (argument.get_long(), argument.get_short()) {
        (Some(long), _) => vec![format!("--{long}={NUMBER}")],
        (None, Some(short)) => vec![format!("-{short}{NUMBER}")],
        (None, None) => {
            let before = command.get_positionals().take_while(|other| other.get_id() != argument.get_id());
            let last = argument.is_last_set().then(|| "--".to_owned());
            before.map(|_| "x".to_owned()).chain(last).chain([NUMBER.to_owned()]).collect()
        }
    };
    // What an argument requires is typed too.
    for _ in 0..8 {
        let error = match tree.clone().try_get_matches_from(&words) {
            Ok(matches) if with_card_number(&tree, &matches).is_some() => return Fate::Refused,
            Ok(_) => return Fate::Taken,
            Err(error) if error.kind() != ErrorKind::MissingRequiredArgument => {
                let of_the_value = [ErrorKind::InvalidValue, ErrorKind::ValueValidation];
                assert!(of_the_value.contains(&error.kind()), "{words:?} of {}: {error}", command.get_name());
                return Fate::NoValue;
            }
            Err(error) => error,
        };
        let Some(ContextValue::Strings(missing)) = error.get(ContextKind::InvalidArg) else {
            panic!("{words:?}: {error}")
        };
        let missing = missing.iter().map(|usage| match usage.split_once(' ') {
            Some((long, _)) => format!("{long}=x"),
            None if usage.starts_with("--") => usage.clone(),
            None => "x".to_owned(),
        });
        words.splice(0..0, missing.collect::<Vec<_>>());
    }
    panic!("{words:?} of {} asks for more and more", command.get_name());
}

/// The arguments of a command and of those below it that take a card number and are no paths, each with where it was found first.
fn that_take_it(command: &Command, path: &str, found: &mut BTreeMap<String, String>, tried: &mut [usize; 3]) {
    for argument in command.get_arguments().filter(|argument| argument.get_action().takes_values()) {
        let fate = typed(command, argument);
        tried[fate as usize] += 1;
        let is_path =
            matches!(argument.get_value_hint(), ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath);
        if fate == Fate::Taken && !is_path {
            found.entry(argument.get_id().to_string()).or_insert_with(|| path.to_owned());
        }
    }
    for below in command.get_subcommands() {
        that_take_it(below, &format!("{path} {}", below.get_name()), found, tried);
    }
}

#[test]
fn every_free_text_refuses_a_card_number() {
    let (mut found, mut tried) = (BTreeMap::new(), [0; 3]);
    that_take_it(&whole(), "citytime", &mut found, &mut tried);
    let named: BTreeSet<&str> = TAKE_IT.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    found.retain(|name, _| !named.contains(name.as_str()));
    assert_eq!(found, BTreeMap::new(), "these take a card number, and it is not said why");
    let [refused, no_value, taken] = tried;
    assert!(refused > 20 && no_value > 20 && taken > 5, "{tried:?}");
}
