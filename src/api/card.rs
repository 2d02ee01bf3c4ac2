//! Card numbers (primary account numbers, ISO/IEC 7812-1) told from other text, so that they are refused before they
//! enter anything: 13 to 19 digits that pass Luhn's check, with blanks, dashes or points between them as people write
//! them.
//!
//! - [`wire`]: where in a document or form they are looked for, and where not
//!
//! One number in ten passes Luhn's check by chance, so what is plainly something else is none: dates, decimal
//! fractions, seconds and milliseconds since 1970, telephone numbers with their `+`, the digits of a UUID or digest, IBANs and creditor references that
//! pass a check of their own (ISO 7064), more than 19 digits in a row. Of several numbers that stand side by side a
//! part is one only if it begins as an issuer's do: a card with what is written behind it.

#[cfg(test)]
mod tests;
pub mod wire;

use std::{borrow::Cow, ops::Range};

use super::bank;

/// What a person who typed one is told.
pub const REFUSAL: &str = "this looks like a card number; card numbers never go through citytime";
/// And what to do then.
pub const NEXT: &str =
    "add a card with `citytime wallet add`; if this is no card's number, write words between its digits";

/// What stands in place of one where text is shown or kept.
const WITHHELD: &str = "[withheld: looks like a card number]";
/// How many digits a card number has.
const DIGITS: std::ops::RangeInclusive<usize> = 13..=19;
/// The most characters between two groups of one number: a dash with its blanks.
const MOST_BETWEEN: usize = 3;
/// The most digits of a telephone number (E.164).
const LONGEST_TELEPHONE: usize = 15;

/// Whether a text holds what looks like a card number.
pub fn looks_like_card_number(text: &str) -> bool {
    find(text).is_some()
}

/// A text with every card number in it withheld.
pub fn withheld(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(found) = find(rest) {
        shown.push_str(&rest[..found.start]);
        shown.push_str(WITHHELD);
        rest = &rest[found.end..];
    }
    match shown.is_empty() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(shown + rest),
    }
}

/// Digits that stand together.
#[derive(Debug, Clone)]
struct Group {
    digits: Vec<u32>,
    place: Range<usize>,
}

/// Where the first card number of a text stands.
fn find(text: &str) -> Option<Range<usize>> {
    let mut groups = groups(text).into_iter().peekable();
    let mut run: Vec<Group> = Vec::new();
    while let Some(group) = groups.next() {
        let joined = groups.peek().is_some_and(|next| joins(&group, &text[group.place.end..next.place.start]));
        run.push(group);
        if joined {
            continue;
        }
        let found = without_dates(text, &run).find_map(|run| number(text, run));
        if found.is_some() {
            return found;
        }
        run.clear();
    }
    None
}

/// The value of a digit, of those keyboards write.
fn digit(character: char) -> Option<u32> {
    let zero = match character {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(u32::from(character) - u32::from(zero))
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, character) in text.char_indices() {
        let Some(value) = digit(character) else { continue };
        let end = at + character.len_utf8();
        match groups.last_mut().filter(|last| last.place.end == at) {
            Some(last) => {
                last.digits.push(value);
                last.place.end = end;
            }
            None => groups.push(Group { digits: vec![value], place: at..end }),
        }
    }
    groups
}

/// Whether what stands behind a group leads on to the next of the same number.
fn joins(group: &Group, between: &str) -> bool {
    let separates = |character: char| {
        matches!(character, ' ' | '\t' | '-' | '\u{a0}' | '\u{202f}' | '\u{2212}' | '\u{200b}')
            || ('\u{2007}'..='\u{2015}').contains(&character)
    };
    // Nobody writes the first digits of a card and then a point; degrees and amounts are written so.
    let point = between == "." && (4..=6).contains(&group.digits.len());
    point || (between.chars().count() <= MOST_BETWEEN && between.chars().all(separates))
}

/// A run without the dates in it, in the pieces they leave: `2026-11-22` is no part of a number.
fn without_dates<'r>(text: &str, run: &'r [Group]) -> impl Iterator<Item = &'r [Group]> {
    let value = |group: &Group| group.digits.iter().fold(0, |value, digit| value * 10 + digit);
    let is_date = |at: usize| match run.get(at..at + 3) {
        Some([year, month, day]) => {
            [year, month, day].map(|group| group.digits.len()) == [4, 2, 2]
                && [&text[year.place.end..month.place.start], &text[month.place.end..day.place.start]] == ["-", "-"]
                && (1900..2100).contains(&value(year))
                && (1..=12).contains(&value(month))
                && (1..=31).contains(&value(day))
        }
        _ => false,
    };
    let (mut pieces, mut from, mut at) = (Vec::new(), 0, 0);
    while at < run.len() {
        if is_date(at) {
            pieces.push(&run[from..at]);
            at += 3;
            from = at;
        } else {
            at += 1;
        }
    }
    pieces.push(&run[from..]);
    pieces.into_iter()
}

/// The card number of a run of groups: all of it, one group of it, or some that begin as an issuer's do.
fn number(text: &str, run: &[Group]) -> Option<Range<usize>> {
    let place = |part: &[Group]| Some(part.first()?.place.start..part.last()?.place.end);
    let is_other = |part: &[Group]| place(part).is_none_or(|place| is_something_else(text, &place, &digits(part)));
    if is_number(&digits(run)) && !is_other(run) {
        return place(run);
    }
    for from in 0..run.len() {
        for to in from + 1..=run.len() {
            let part = &run[from..to];
            let digits = digits(part);
            if digits.len() > *DIGITS.end() {
                break;
            }
            if is_number(&digits) && (part.len() == 1 || is_issued(&digits)) && !is_other(part) {
                return place(part);
            }
        }
    }
    None
}

fn digits(run: &[Group]) -> Vec<u32> {
    run.iter().flat_map(|group| group.digits.iter().copied()).collect()
}

/// Of the industries ISO/IEC 7812-1 numbers by the first digit, 0, 1 and 7 issue no payment cards: a number of seconds or
/// milliseconds since 1970, as scripts write into names and keys, begins with 1.
fn is_number(digits: &[u32]) -> bool {
    DIGITS.contains(&digits.len()) && !matches!(digits.first(), Some(0 | 1 | 7)) && luhn(digits)
}

/// Luhn's check (ISO/IEC 7812-1, annex B); zeros alone are no number.
fn luhn(digits: &[u32]) -> bool {
    let sum = digits.iter().rev().enumerate().map(|(place, &digit)| match (place % 2, digit * 2) {
        (0, _) => digit,
        (_, doubled) if doubled > 9 => doubled - 9,
        (_, doubled) => doubled,
    });
    sum.sum::<u32>().is_multiple_of(10) && digits.iter().any(|&digit| digit != 0)
}

/// Whether a number begins and is as long as those of an issuer that is known.
fn is_issued(digits: &[u32]) -> bool {
    let first = |count: usize| digits.iter().take(count).fold(0, |value, digit| value * 10 + digit);
    match (first(1), first(2), first(4), digits.len()) {
        (4, _, _, length) => matches!(length, 13 | 16 | 19),
        (_, 34 | 37, _, length) => length == 15,
        (_, 30 | 36 | 38 | 39, _, length) => length >= 14,
        (_, 51..=55, _, length) | (_, _, 2221..=2720, length) => length == 16,
        (_, 50 | 56..=58, _, _) => true,
        (_, 35, _, length) | (6, _, _, length) | (_, 81 | 82, _, length) | (_, _, 2200..=2204 | 9792, length) => {
            length >= 16
        }
        _ => false,
    }
}

/// Whether what stands there is plainly something else.
fn is_something_else(text: &str, place: &Range<usize>, digits: &[u32]) -> bool {
    let before = &text[..place.start];
    let is_telephone = before.ends_with('+') && digits.len() <= LONGEST_TELEPHONE;
    let is_fraction =
        before.strip_suffix('.').is_some_and(|before| before.ends_with(|last: char| digit(last).is_some()));
    is_telephone || is_fraction || is_reference(before, digits) || is_hexadecimal(text, place)
}

/// An IBAN (ISO 13616) or creditor reference (ISO 11649): two letters, two check digits, and all of it passes ISO 7064.
fn is_reference(before: &str, digits: &[u32]) -> bool {
    let mut back = before.chars().rev();
    let (Some(second), Some(first)) = (back.next(), back.next()) else { return false };
    let letters = [first, second];
    if back.next().is_some_and(char::is_alphanumeric) || !letters.iter().all(char::is_ascii_alphabetic) {
        return false;
    }
    let (check, rest) = digits.split_at(2);
    let values = letters.iter().filter_map(|letter| letter.to_digit(36));
    bank::remainder(rest.iter().copied().chain(values).chain(check.iter().copied())) == 1
}

/// Part of a UUID, or of a digest in hexadecimal.
fn is_hexadecimal(text: &str, place: &Range<usize>) -> bool {
    let outside = |character: char| !(character.is_ascii_alphanumeric() || character == '-');
    let start =
        text[..place.start].rfind(outside).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[place.end..].find(outside).map_or(text.len(), |at| place.end + at);
    let word = &text[start..end];
    let parts = word.split('-').map(str::len).collect::<Vec<_>>();
    let is_hexadecimal = word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let has_letters = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_hexadecimal && has_letters && (parts == [8, 4, 4, 4, 12] || (parts.len() == 1 && word.len() >= 32))
}
