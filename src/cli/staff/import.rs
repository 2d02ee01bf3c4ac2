//! A file of lines, each taken or refused by itself. A line that cannot be read does not keep the others from the
//! portal; when any was refused the command ends with status 6 and tells which and why.

use std::path::Path;

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    api::{
        card,
        endpoint::{Access, Endpoint, PathParameter},
        problem::{Code, FieldError},
        staff::{Import, Imported, ImportedLine, LineOutcome},
    },
    cli::Context,
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

/// What became of a line.
pub(crate) static LINE: Sheet = Sheet {
    noun: "line",
    columns: &[
        Column::text("number"),
        Column::number("line"),
        Column::status("outcome").first(),
        Column::id("id"),
        Column::text("detail").wide(),
    ],
    when_empty: None,
};

/// How many lines travel at once.
const CHUNK: usize = 500;

/// The file to import.
#[derive(clap::Args, Debug)]
pub(super) struct FileArgs {
    /// A CSV file with a header (- is stdin)
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: std::path::PathBuf,
}

impl From<std::path::PathBuf> for FileArgs {
    fn from(file: std::path::PathBuf) -> Self {
        Self { file }
    }
}

/// The lines of a file: those that could be read, and what is wrong with the others.
#[derive(Debug)]
pub(super) struct Lines<T> {
    good: Vec<T>,
    bad: Vec<(u64, String)>,
}

impl<T> Lines<T> {
    /// Lines that could all be read.
    pub(super) fn of(lines: impl IntoIterator<Item = T>) -> Self {
        Self { good: lines.into_iter().collect(), bad: Vec::new() }
    }
}

/// Reads the file, or stdin for `-`.
pub(super) fn text(context: &mut Context, args: &FileArgs) -> Result<String> {
    match args.file.to_str() {
        Some("-") => context.ui.text_from_stdin(),
        _ => std::fs::read_to_string(&args.file)
            .map_err(|error| Failure::file("read", &args.file, error).named_by("FILE")),
    }
}

/// The file's name, for messages.
pub(super) fn name(args: &FileArgs) -> String {
    if args.file == Path::new("-") { "stdin".to_owned() } else { args.file.display().to_string() }
}

/// Reads the lines of a CSV text with a header. The header decides which cell is what, in any order and case; a column
/// that is needed and missing fails the whole file.
pub(super) fn parse<R: DeserializeOwned, T: Serialize>(
    file: &str,
    text: &str,
    needed: &[&str],
    read: impl Fn(u64, R) -> Result<T, String>,
) -> Result<Lines<T>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(false).from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| Failure::new(Code::Invalid, format!("{file} is no CSV: {error}"));
    let header = reader.headers().map_err(unreadable)?;
    let header = header.iter().map(|name| name.trim_start_matches('\u{feff}').to_lowercase());
    let header = csv::StringRecord::from_iter(header);
    if let Some(missing) = needed.iter().find(|name| !header.iter().any(|known| known == **name)) {
        let message = format!("{file} has no column `{missing}`");
        return Err(Failure::new(Code::Invalid, message)
            .hint(format!("its first line must name the columns: {}", needed.join(","))));
    }
    let mut lines = Lines { good: Vec::new(), bad: Vec::new() };
    for row in reader.records() {
        let told = match &row {
            Ok(row) => row.position(),
            Err(error) => error.position(),
        };
        let line = told.map_or(0, csv::Position::line);
        let value = row.and_then(|row| row.deserialize::<R>(Some(&header))).map_err(|error| why(&error));
        match value.and_then(|value| read(line, value)).and_then(sendable) {
            Ok(value) => lines.good.push(value),
            Err(why) => lines.bad.push((line, why)),
        }
    }
    Ok(lines)
}

/// Refuses a line that holds a card number: it would not be sent, nor would those that travel with it.
fn sendable<T: Serialize>(line: T) -> Result<T, String> {
    let document = serde_json::to_string(&line).map_err(|error| error.to_string())?;
    match card::wire::in_document(&document) {
        None => Ok(line),
        Some(pointer) => Err(format!("{}: {}", pointer.trim_start_matches('/'), card::REFUSAL)),
    }
}

/// What is wrong with a line, without the place: that is told beside it.
fn why(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} cells, and the header {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8".to_owned(),
        csv::ErrorKind::Deserialize { err, .. } => match err.kind() {
            csv::DeserializeErrorKind::Message(message) => message.clone(),
            kind => kind.to_string(),
        },
        _ => error.to_string(),
    }
}

/// Sends the lines and tells what became of each.
pub(super) async fn send<A: Access, P: PathParameter + Clone, T: Serialize + Clone>(
    context: &mut Context,
    endpoint: &Endpoint<A, P, Import<T>, Imported>,
    path: P,
    file: &str,
    lines: Lines<T>,
) -> Result<Outcome> {
    let portal = context.portal().await?;
    let total = u64::try_from(lines.good.len()).ok();
    let progress = context.ui.progress(&format!("importing {file}"), total);
    let mut done = Vec::with_capacity(lines.good.len());
    for (part, chunk) in lines.good.chunks(CHUNK).enumerate() {
        let sent = portal.call_part(endpoint, path.clone(), &Import { lines: chunk.to_vec() }, part + 1).await;
        let imported = sent.map_err(|failure| stopped(failure, done.len()))?;
        progress.advance(u64::try_from(chunk.len()).unwrap_or_default());
        done.extend(imported.lines);
    }
    drop(progress);
    judge(file, &done, &lines.bad)
}

fn stopped(mut failure: Failure, done: usize) -> Failure {
    if done > 0 {
        failure.message = format!("{} (the {done} lines before it were imported)", failure.message);
    }
    failure
}

fn judge(file: &str, done: &[ImportedLine], bad: &[(u64, String)]) -> Result<Outcome> {
    let mut refused = bad.to_vec();
    for line in done.iter().filter(|line| line.outcome == LineOutcome::Refused) {
        refused.push((line.line, line.detail.clone().unwrap_or_else(|| "it was refused".to_owned())));
    }
    if refused.is_empty() {
        return Outcome::many(&LINE, done);
    }
    refused.sort();
    let all = done.len() + bad.len();
    let count = |outcome| done.iter().filter(|line| line.outcome == outcome).count();
    let message = format!(
        "{} of {all} lines of {file} {} refused; imported: {} ({} created, {} updated, {} unchanged)",
        refused.len(),
        if refused.len() == 1 { "was" } else { "were" },
        all - refused.len(),
        count(LineOutcome::Created),
        count(LineOutcome::Updated),
        count(LineOutcome::Unchanged),
    );
    let mut failure = Failure::new(Code::SomeRefused, message)
        .hint("correct those lines and import the file again: lines that were imported stay as they are");
    failure.errors = refused.into_iter().map(|(line, why)| FieldError::new(format!("/lines/{line}"), why)).collect();
    Err(failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Row {
        number: String,
        holder: String,
    }

    fn parsed(text: &str) -> Result<Lines<String>> {
        parse::<Row, _>("records.csv", text, &["number", "holder"], |line, row| match row.number.as_str() {
            "" => Err("the number is empty".to_owned()),
            number => Ok(format!("{line}:{number}:{}", row.holder)),
        })
    }

    #[test]
    fn a_line_that_is_wrong_does_not_keep_the_others_back() {
        let text = "\u{feff}Holder, NUMBER\nRosa,1\nToo,many,cells\n\"Two\nlines\",2\n,\n\nIvan,3\n";
        let lines = parsed(text).unwrap();
        assert_eq!(lines.good, ["2:1:Rosa", "4:2:Two\nlines", "7:3:Ivan"]);
        let bad = [(3, "it has 3 cells, and the header 2".to_owned()), (6, "the number is empty".to_owned())];
        assert_eq!(lines.bad, bad);
    }

    #[test]
    fn a_file_without_its_header_is_refused_whole() {
        let failure = parsed("number,name\n1,Rosa\n").unwrap_err();
        assert_eq!(failure.message, "records.csv has no column `holder`");
        assert!(parsed("").is_err());
    }

    #[test]
    fn refused_lines_are_told_with_what_was_imported() {
        let line = |line, outcome| ImportedLine { line, number: line.to_string(), outcome, id: None, detail: None };
        let done = vec![line(2, LineOutcome::Created), line(4, LineOutcome::Refused), line(5, LineOutcome::Updated)];
        let failure = judge("b.csv", &done, &[(3, "no amount".to_owned())]).unwrap_err();
        assert_eq!((failure.code, failure.code.exit()), (Code::SomeRefused, 6));
        assert!(failure.message.starts_with("2 of 4 lines of b.csv were refused; imported: 2 ("), "{failure}");
        assert_eq!(failure.errors[0], FieldError::new("/lines/3", "no amount"));
        assert_eq!(failure.errors[1].pointer, "/lines/4");
    }
}
