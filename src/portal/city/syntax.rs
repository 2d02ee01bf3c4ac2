//! Every error of TOML's syntax in a text, and the text without what they spoil, so that the rest can be judged too.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
};

use super::{read::Mistake, table::line_of};

/// How many errors are told of one text: past these it is hardly meant to be TOML.
const MOST: usize = 100;

/// The errors of syntax, and the text with what they spoil made blank; each byte that is left is where it was.
///
/// The parser itself goes astray after some errors (a list that is not closed takes in all that follows), so it is
/// asked for the first only, again and again.
pub fn mend(text: &str) -> (String, Vec<Mistake>) {
    let (mut text, mut mistakes) = (text.to_owned(), Vec::new());
    while let Some((mistake, spoiled)) = first(&text).filter(|_| mistakes.len() < MOST) {
        mistakes.push(mistake);
        let blank =
            text[spoiled.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect::<String>();
        text.replace_range(spoiled, &blank);
    }
    (text, mistakes)
}

/// The first error, and the lines it spoils.
fn first(text: &str) -> Option<(Mistake, Range<usize>)> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let end = text.trim_end().len();
    let start = |error: &Error| error.span().map_or(end, |span| span.start.min(end));
    let error = errors.iter().min_by_key(|error| start(error))?;
    let (offset, mut values) = (start(error), Vec::new());
    spans(text, table.get_ref(), &mut values);
    let within = values.into_iter().find(|value| (value.start..=value.end).contains(&offset));
    let begins = within.map_or(offset, |value| value.start);
    let (line, first) = (line_of(text, offset), line_of(text, begins));
    let hint = if first < line {
        format!("is what begins on line {first} closed?")
    } else {
        "https://toml.io/en/v1.0.0 tells how it is written".to_owned()
    };
    let message = format!("this is not TOML: {}", error.message().replace('\n', "; "));
    Some((Mistake { line, key: String::new(), message, hint: Some(hint) }, spoiled(text, begins)))
}

/// The lines that are lost with the one an offset is on: of a section's header all until the next header, so that its
/// keys are not taken for another's; of a key all until the next key.
fn spoiled(text: &str, offset: usize) -> Range<usize> {
    let start = text.as_bytes().iter().take(offset).rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let whole_section = first.trim_start().starts_with('[');
    let more = lines.take_while(|line| !(is_header(line) || (!whole_section && is_key(line))));
    start..start + first.len() + more.map(str::len).sum::<usize>()
}

fn is_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default().trim();
    line.strip_prefix('[')
        .and_then(|line| line.strip_suffix(']'))
        .is_some_and(|path| is_path(path.strip_prefix('[').and_then(|path| path.strip_suffix(']')).unwrap_or(path)))
}

fn is_key(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| is_path(key))
}

fn is_path(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

/// Where the values of all keys stand; those within a list or an inline table are left to it.
fn spans(text: &str, table: &DeTable<'_>, found: &mut Vec<Range<usize>>) {
    // A section has the span of its header or key, which ends before what it holds.
    let section =
        |value: &Spanned<DeValue<'_>>| !text.get(value.span().start..).is_some_and(|rest| rest.starts_with('{'));
    for value in table.values() {
        match value.get_ref() {
            DeValue::Table(table) if section(value) => spans(text, table, found),
            DeValue::Array(items) if items.first().is_some_and(|item| item.get_ref().is_table() && section(item)) => {
                items.iter().filter_map(|item| item.get_ref().as_table()).for_each(|table| spans(text, table, found));
            }
            _ => found.push(value.span()),
        }
    }
}
