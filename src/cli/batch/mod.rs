//! `citytime batch`: operations from a file, a line each. Every line is a change under a key of its own, made from what
//! the line says, so that running the file again completes it and repeats nothing.
//!
//! - `operation`: what a line may ask for, and asking for it
//! - `run`: the lines at work, so many at once, their results in order

mod operation;
mod run;

use std::{collections::HashMap, path::PathBuf};

use clap::Args;
use data_encoding::HEXLOWER;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use self::{
    operation::{Operation, Word},
    run::{Ended, Results},
};
use crate::{
    api::problem::{Code, FieldError},
    cli::{Context, context::SeenAs},
    failure::{Failure, Result},
    number,
    ui::{Column, Outcome, Sheet},
};

/// What became of a line.
pub(crate) static RESULT: Sheet = Sheet {
    noun: "result",
    columns: &[
        Column::number("line"),
        Column::text("op"),
        Column::status("outcome").first(),
        Column::yes_no("replayed").header("before"),
        Column::id("id"),
        Column::text("error.message").header("error"),
        Column::text("key").wide(),
    ],
    when_empty: Some("the file has no lines"),
};

/// How many lines are at work at once unless told.
const JOBS: &str = "4";
/// The longest key a portal takes, in bytes (see `Idempotency-Key`).
const LONGEST_KEY: usize = 255;
/// How many hexadecimal digits of a line's digest its key has.
const DIGITS: usize = 32;

/// Run many operations from a file: pay, request, apply, register
///
/// Each line of the file is a JSON object with `op` and the fields of the API: amounts are whole minor units (1250 is
/// 12.50), everything else as `citytime api` sends it. Results come out in the order of the lines. Every line has an
/// idempotency key made from what it says (a second line that says the same has another), or its own in `key`: run the
/// file again after whatever went wrong, and what is done already is shown (`replayed`), not done twice. The portal keeps keys for 30
/// days; to do the same again on purpose, name the run with --idempotency-key.
///
/// A file with a line that cannot be understood is refused before anything is sent. The first line that fails ends the
/// run, once those at work are done; --keep-going does the others all the same.
#[derive(Args, Debug)]
#[command(after_help = r#"Examples:
  citytime batch ops.jsonl
  citytime batch ops.jsonl --jobs 8 --keep-going -o jsonl > results.jsonl
  jq -c '{op: "pay", bills: [.id]}' bills.jsonl | citytime batch - --idempotency-key 2026-12

Lines:
  {"op": "pay", "bills": ["BIL-7K3Q9XM2"], "amount": 2500}
  {"op": "register", "program": "PRG-7K3Q9XM2", "participants": ["Ana Marín"]}
  {"op": "apply", "type": "fence", "answers": {"height_cm": 150}, "draft": true}
  {"op": "request", "service_code": "pothole", "address_string": "3 Lock Street", "attributes": {"size": "small"}}"#)]
pub(crate) struct BatchArgs {
    /// The file; - is stdin
    #[arg(value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// How many lines are at work at once
    #[arg(
        long,
        value_name = "N",
        default_value = JOBS,
        allow_negative_numbers = true,
        value_parser = number::within::<u16, _>(1..=64)
    )]
    jobs: u16,
    /// Do the other lines when one fails or cannot be understood
    #[arg(long)]
    keep_going: bool,
}

/// A line of the file.
#[derive(Debug)]
struct Line {
    /// Its number, from 1.
    number: usize,
    /// What it asks for, where it says so.
    op: Option<Word>,
    /// The key of the change.
    key: String,
    /// What is to be done, or why that cannot be understood.
    asked: Result<Operation, String>,
}

/// What became of a line, as it is printed.
#[derive(Debug, Serialize)]
struct LineResult {
    line: usize,
    op: Option<Word>,
    outcome: &'static str,
    /// Whether an earlier run came to that.
    replayed: bool,
    id: Option<String>,
    key: String,
    result: Option<Value>,
    error: Option<LineError>,
}

/// Why a line failed.
#[derive(Debug, Serialize)]
struct LineError {
    code: Code,
    message: String,
    hint: Option<String>,
    exit_code: u8,
}

pub(crate) async fn run(context: &mut Context, args: BatchArgs) -> Result<Outcome> {
    context.ui.check_columns(&RESULT)?;
    let text = match args.file.to_str() {
        Some("-") => context.ui.text_from_stdin()?,
        _ => std::fs::read_to_string(&args.file)
            .map_err(|error| Failure::file("read", &args.file, error).named_by("FILE"))?,
    };
    let lines = lines(&text, context.settings.idempotency_key.as_deref())?;
    if !args.keep_going {
        refuse_unread(&lines)?;
    }
    let total = lines.len();
    let progress = context.ui.progress("running the batch", u64::try_from(total).ok());
    let portal = context.portal().await?;
    let filing = match lines.iter().any(|line| line.op == Some(Word::Request)) {
        true => Some(context.endpoint(SeenAs::Resident).await?),
        false => None,
    };
    let ended = Ended::new(args.keep_going);
    let mut results = Results::new(&portal, filing.as_deref(), lines, usize::from(args.jobs), &ended, progress);
    context.ui.stream(&RESULT, &mut results).await?;
    // Whoever stopped reading wanted no more of the results; the lines are done all the same.
    results.finish().await?;
    drop(results);
    ended.judge(total)?;
    if total > 0 {
        let lines = if total == 1 { "line" } else { "lines" };
        context.ui.note(format!("{total} {lines}: {}", ended.told()));
    }
    Ok(Outcome::Nothing)
}

/// Reads the lines, blank ones left out, and gives each its key.
fn lines(text: &str, run: Option<&str>) -> Result<Vec<Line>> {
    let mut told = HashMap::<String, u32>::new();
    let (mut lines, mut own) = (Vec::new(), HashMap::<String, usize>::new());
    let numbered = text.trim_start_matches('\u{feff}').lines().zip(1..);
    for (text, number) in numbered.filter(|(text, _)| !text.trim().is_empty()) {
        let read = operation::read(text);
        let (op, said, own_key, asked) = match read {
            Ok(read) => (Some(read.op), read.said, read.key, read.operation),
            Err(why) => (None, text.trim().to_owned(), None, Err(why)),
        };
        let occurrence = told.entry(said.clone()).or_default();
        *occurrence += 1;
        let key = match own_key {
            Some(key) => {
                if let Some(before) = own.insert(key.clone(), number) {
                    return Err(Failure::new(
                        Code::Invalid,
                        format!("lines {before} and {number} have one key, `{key}`"),
                    )
                    .hint("a key is for one change: leave it out, or give each line its own"));
                }
                key
            }
            None => key(run, &said, *occurrence)?,
        };
        lines.push(Line { number, op, key, asked });
    }
    Ok(lines)
}

/// The key of a line that has none: the digest of what it says and of how often that was said before it.
fn key(run: Option<&str>, said: &str, occurrence: u32) -> Result<String> {
    let run = run.unwrap_or("batch");
    if run.len() + 1 + DIGITS > LONGEST_KEY {
        let most = LONGEST_KEY - 1 - DIGITS;
        return Err(Failure::usage(format!("--idempotency-key has {} characters, and here at most {most}", run.len())));
    }
    let digest = Sha256::new().chain_update(said).chain_update([0]).chain_update(occurrence.to_be_bytes()).finalize();
    let digits = HEXLOWER.encode(&digest[..DIGITS / 2]);
    Ok(format!("{run}.{digits}"))
}

/// Every line that cannot be understood, told at once, before anything is sent.
fn refuse_unread(lines: &[Line]) -> Result<()> {
    let unread = lines.iter().filter_map(|line| {
        let why = line.asked.as_ref().err()?;
        Some(FieldError::new(format!("/lines/{}", line.number), why.clone()))
    });
    let errors = unread.collect::<Vec<_>>();
    if errors.is_empty() {
        return Ok(());
    }
    let many = if errors.len() == 1 { "1 line".to_owned() } else { format!("{} lines", errors.len()) };
    let mut failure = Failure::new(Code::Invalid, format!("{many} cannot be understood; nothing was sent"))
        .hint("correct them, or do the others with --keep-going; see: citytime batch --help");
    failure.errors = errors;
    Err(failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, run: Option<&str>) -> Vec<String> {
        lines(text, run).unwrap().into_iter().map(|line| line.key).collect()
    }

    #[test]
    fn what_a_line_says_makes_its_key() {
        let pay = r#"{"op":"pay","all":true}"#;
        let spaced = r#"{ "op" : "pay", "all" : true }"#;
        let once = keys(pay, None);
        assert_eq!(keys(spaced, None), once);
        let twice = keys(&format!("{pay}\n\n{spaced}\n"), None);
        assert_eq!(twice[0], once[0]);
        assert_ne!(twice[1], once[0]);
        // Other lines before it change nothing.
        let other = r#"{"op":"register","program":"PRG-00000001"}"#;
        assert_eq!(keys(&format!("{other}\n{pay}"), None)[1], once[0]);
        let named = keys(pay, Some("november"));
        assert!(named[0].starts_with("november.") && named[0] != once[0]);
        assert_eq!(keys(r#"{"op":"pay","all":true,"key":"mine"}"#, None), ["mine"]);
        assert!(lines(pay, Some(&"k".repeat(250))).is_err());
        let own = r#"{"op":"pay","all":true,"key":"mine"}"#;
        assert_eq!(lines(&format!("{own}\n{own}"), None).unwrap_err().message, "lines 1 and 2 have one key, `mine`");
    }

    #[test]
    fn lines_that_cannot_be_understood_are_told_at_once() {
        let text = "{\"op\":\"pay\",\"all\":true}\nnonsense\n{\"op\":\"fly\"}\n{\"op\":\"pay\",\"amount\":\"12.50\"}\n[]\n{\"op\":\"register\"}\n";
        let failure = refuse_unread(&lines(text, None).unwrap()).unwrap_err();
        assert_eq!(
            (failure.code, failure.message.as_str()),
            (Code::Invalid, "5 lines cannot be understood; nothing was sent")
        );
        let told = failure.errors.iter().map(|error| error.pointer.as_str()).collect::<Vec<_>>();
        assert_eq!(told, ["/lines/2", "/lines/3", "/lines/4", "/lines/5", "/lines/6"]);
        assert!(failure.errors[1].detail.contains("pay, request, apply, register"), "{:?}", failure.errors);
    }
}
