//! `citytime help`: of a command, or on a topic that belongs to none.

use clap::Args;

use super::{Context, columns, command, complete};
use crate::{
    failure::{Failure, Result},
    nearest::nearest,
    settings::environment,
    ui::Outcome,
};

const TOPICS: &[&str] = &["environment", "exit-codes", "output", "cron"];

const EXIT_CODES: &str = "What a command ends with:

    0  done
    1  failed otherwise
    2  the command line was not understood, or an answer is needed
    3  not found
    4  not signed in, or the sign-in has expired
    5  not allowed
    6  refused: invalid, or in conflict (declined, already paid, closed)
    7  try later: network, time-out, too many requests, a portal that fails
    8  still pending when --wait ran out
    9  the outcome is unknown: repeat the command with the printed key
   70  a mistake in citytime
  130  interrupted

After 7 and 9 repeat a payment with the printed --idempotency-key: nothing is paid twice.
";

const OUTPUT: &str = "Results go to stdout, everything else to stderr.

On a terminal, results are tables fitted to its width, with times on the city's clocks and amounts with their
sign. Piped, they are tab-separated with a header: nothing is cut, times are RFC 3339 in UTC, amounts plain decimals.

    -o json    one document, also when the answer is empty ([]) and after every change
    -o jsonl   one object a line, as it streams in
    -o csv     comma-separated, with cells that never become formulas
    -o tsv     tab-separated
    -o ids     the first column alone: what other commands take

    --columns id,due_on   these columns, in this order; in JSON, these fields
    --no-header           without the row of names
    --jq EXPR             filters the JSON; texts are printed without quotes

A command's help names its columns, which are the fields in JSON. Where JSON is more than these rows, as of
`citytime bills autopay show`, it names those fields too: --columns then makes JSON the rows.

In JSON, amounts are whole minor units (cents) beside `currency`. With a JSON format an error is one object on stderr:

    {\"error\":{\"code\",\"message\",\"hint\",\"status\",\"request_id\",\"exit_code\"}}

One command waits for a page that somebody opens: `citytime wallet add`. It tells the address at once, on stderr, as an
object in a line of its own; an error is the line after it:

    {\"open\":\"https://…\"}

Where a command fails stdout is empty, unless a list had begun to stream: then it holds whole lines, and the status is
not 0.
";

const CRON: &str = "Commands that run by themselves, from cron or a systemd timer.

A token of their own, with no more than they need, in a file only you can read:

    umask 077
    citytime account tokens create --scope bills:read,bills:pay --expires 90d --label cron --jq .token \\
        > ~/.citytime-token

cron starts them with few variables. Say what they need at the head of the crontab:

    PATH=/usr/local/bin:/usr/bin:/bin
    CITYTIME_CITY=riverton
    CITYTIME_TOKEN_FILE=/home/rosa/.citytime-token

    # m h  dom mon dow   command (a % is written \\% here)
    15  6  *   *   *     citytime bills list --due-within 7d -o csv > due.csv

What they rest on:

    - Nobody is there to ask: a question that is needed ends the command with status 2. --yes agrees beforehand.
    - Pay with a limit (--max 300) and a key that names the occasion (--idempotency-key \"rent-$(date +%Y-%m)\"): run
      twice, or again after a failure, it is paid once.
    - Where a command succeeds it says nothing on stderr but warnings, so that cron mails only what went wrong (-q
      leaves notes out).
    - The status tells what to do: after 7 try again later, after 9 repeat with the same key, after 4 make a new
      token; 8 is still pending. See `citytime help exit-codes`.
    - A busy or unreachable portal is tried again by itself: --retries and --timeout say how long.

A systemd timer keeps the token as a credential, and runs what was missed while the machine was off. The units, a
crontab and the scripts they run are in the folder examples/ of citytime's source.
";

/// Show help: of a command, or on environment, exit-codes, output or cron
#[derive(Args, Debug, Default)]
#[command(after_help = "Examples:\n  citytime help bills pay\n  citytime help exit-codes")]
pub(super) struct HelpArgs {
    /// A command, or one of environment, exit-codes, output and cron
    #[arg(value_name = "TOPIC", add = complete::words(TOPICS.iter().copied()))]
    topic: Vec<String>,
}

pub(super) async fn run(context: &mut Context, args: HelpArgs) -> Result<Outcome> {
    let topic = args.topic.iter().map(String::as_str).collect::<Vec<_>>();
    let text = match topic.as_slice() {
        ["environment"] => environment::help(),
        ["exit-codes"] => EXIT_CODES.to_owned(),
        ["output"] => OUTPUT.to_owned(),
        ["cron"] => CRON.to_owned(),
        words => {
            // Bare `citytime` shows what there is; every flag in full is for whoever asks for help.
            let text = if words.is_empty() { command().render_help() } else { of_command(words)? };
            context.ui.show_help(&text);
            return Ok(Outcome::Nothing);
        }
    };
    Ok(Outcome::Text(text))
}

/// What bare `citytime` says: the short help.
pub(super) fn overview(context: &mut Context) -> Outcome {
    context.ui.show_help(&command().render_help());
    Outcome::Nothing
}

fn of_command(words: &[&str]) -> Result<clap::builder::StyledStr> {
    let mut tree = command();
    tree.build();
    let mut found = &mut tree;
    for word in words {
        let known = found.get_subcommands().map(clap::Command::get_name).map(str::to_owned).collect::<Vec<_>>();
        let Some(next) = found.find_subcommand_mut(word) else {
            let unknown = Failure::usage(format!("there is no help on `{}`", words.join(" ")));
            let all = known.iter().map(String::as_str).chain(TOPICS.iter().copied());
            return Err(match nearest(word, all) {
                Some(near) => unknown.hint(format!("did you mean `{near}`?")),
                None => unknown.hint(format!("topics are {}; commands: citytime --help", TOPICS.join(", "))),
            });
        };
        found = next;
    }
    let help = found.render_long_help();
    let tree = command();
    Ok(columns::behind(help, &columns::path(&tree, words.iter().map(|word| (*word).to_owned()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_found_by_words_and_aliases() {
        assert!(of_command(&["bill", "pay"]).unwrap().to_string().contains("--expect-total"));
        let unknown = of_command(&["bils"]).unwrap_err();
        assert_eq!(unknown.hint.unwrap(), "did you mean `bills`?");
    }
}
