//! Lines that fit a terminal: broken between words, where a command that is told stays in one piece, to be copied as it stands.

use unicode_width::UnicodeWidthStr as _;

/// What a command that is told begins with.
const COMMAND: &str = "citytime ";

/// A line broken between words, so that none is longer than `room`. A longer word has a line to itself and stays whole:
/// it is an address or a token, and is copied as it stands.
pub(super) fn broken(line: &str, room: usize) -> String {
    filled(line.split(' '), room)
}

/// The same of what is said to a person: what stands in backquotes, and a command behind a colon or at the beginning, is as
/// one word, whatever its length.
pub(super) fn told(line: &str, room: usize) -> String {
    filled(pieces(line).into_iter(), room)
}

fn filled<'a>(pieces: impl Iterator<Item = &'a str>, room: usize) -> String {
    let mut text = String::new();
    let mut used = 0;
    for piece in pieces {
        let cells = piece.width();
        if !text.is_empty() {
            let separator = if used + 1 + cells > room { '\n' } else { ' ' };
            used = if separator == ' ' { used + 1 } else { 0 };
            text.push(separator);
        }
        text.push_str(piece);
        used += cells;
    }
    text
}

/// The words of a line, and the commands in it.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces: Vec<&str> = Vec::new();
    let mut rest = Some(line);
    while let Some(text) = rest {
        let word = text.find(' ').unwrap_or(text.len());
        let begins = text.starts_with(COMMAND) && pieces.last().is_none_or(|before| before.ends_with(':'));
        let length = if begins { command(text) } else { backquoted(text, word) };
        let (piece, behind) = text.split_at(length);
        pieces.push(piece);
        rest = behind.strip_prefix(' ');
    }
    pieces
}

/// Where the word ends that a text begins with, and what stands in backquotes where that begins in it.
fn backquoted(text: &str, word: usize) -> usize {
    let mut end = word;
    while text[..end].matches('`').count() % 2 == 1 {
        let Some(closed) = text[end..].find('`') else { return word };
        let behind = end + closed + 1;
        end = text[behind..].find(' ').map_or(text.len(), |blank| behind + blank);
    }
    end
}

/// Where the command ends that a text begins with: ahead of what is said behind a comma, a semicolon or in brackets, but for
/// what a shell would not read so. Commands that are told quote with single quotes only.
fn command(text: &str) -> usize {
    let (mut quoted, mut escaped, mut before) = (false, false, ' ');
    for (at, character) in text.char_indices() {
        let is_escaped = std::mem::take(&mut escaped);
        match character {
            _ if is_escaped => {}
            '\\' => escaped = !quoted,
            '\'' => quoted = !quoted,
            ' ' if !quoted && (matches!(before, ',' | ';') || text[at..].starts_with(" (")) => return at,
            _ => {}
        }
        before = character;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_broken_between_words() {
        assert_eq!(broken("one two  three four", 9), "one two \nthree\nfour");
        // A character may take two cells.
        assert_eq!(broken("道路 工事 許可", 9), "道路 工事\n許可");
        assert_eq!(broken("https://riverton.example/long is whole", 10), "https://riverton.example/long\nis whole");
    }

    #[test]
    fn a_command_that_is_told_stays_in_one_piece() {
        for (line, expected) in [
            (
                "hint: see what is open: citytime bills list",
                ["hint:", "see", "what", "is", "open:", "citytime bills list"].as_slice(),
            ),
            (
                "add it: citytime city add NAME URL; or try: citytime sandbox",
                &["add", "it:", "citytime city add NAME URL;", "or", "try:", "citytime sandbox"],
            ),
            (
                "code: citytime account verify CODE (--resend sends one)",
                &["code:", "citytime account verify CODE", "(--resend", "sends", "one)"],
            ),
            (
                "give it with --yes: citytime x --reason 'a; it'\\''s (b), c' -y",
                &["give", "it", "with", "--yes:", "citytime x --reason 'a; it'\\''s (b), c' -y"],
            ),
            (
                "type `citytime bills list`, or (`a b` and `c d`).",
                &["type", "`citytime bills list`,", "or", "(`a b`", "and", "`c d`)."],
            ),
            ("citytime login", &["citytime login"]),
            ("a newer citytime on it, `open", &["a", "newer", "citytime", "on", "it,", "`open"]),
            ("  BIL-1  two", &["", "", "BIL-1", "", "two"]),
        ] {
            assert_eq!(pieces(line), expected, "{line}");
            assert_eq!(pieces(line).join(" "), line);
        }
        assert_eq!(
            told("see: `citytime bills show BIL-1` shows it", 12),
            "see:\n`citytime bills show BIL-1`\nshows it"
        );
    }
}
