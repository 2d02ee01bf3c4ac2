//! Lines of text as a PDF (ISO 32000-1) of A4 pages. They are set in Courier, one of the fonts every reader has (section
//! 9.6.2.2): columns line up, nothing is embedded, and text can be selected, searched and read aloud.

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

/// A4 in points.
const PAGE: Rect = Rect { x1: 0.0, y1: 0.0, x2: 595.0, y2: 842.0 };
/// What is left free at each side, in points.
const MARGIN: f32 = 54.0;
/// How large letters are: ninety of them, each six tenths as wide, fit between the margins.
const SIZE: f32 = 9.0;
/// How large those of a title are.
const TITLE_SIZE: f32 = 16.0;
/// From one line to the next.
const LEADING: f32 = 12.5;
/// How many lines a page has; the last tells its number.
const LINES: usize = 56;
/// How many letters fit on a line.
const WIDTH: usize = 90;

/// A line of a paper.
#[derive(Debug, Clone)]
pub(super) struct Line {
    text: String,
    look: Look,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Text,
    Strong,
    Title,
}

impl Line {
    /// Plain text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), look: Look::Text }
    }

    /// A heading or a sum.
    pub(super) fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), look: Look::Strong }
    }

    /// What the paper is headed by.
    pub(super) fn title(text: impl Into<String>) -> Self {
        Self { text: text.into(), look: Look::Title }
    }

    /// Nothing.
    pub(super) fn blank() -> Self {
        Self::text("")
    }
}

/// The lines as a document with a title.
pub(super) fn document(title: &str, lines: &[Line]) -> Vec<u8> {
    let pages: Vec<&[Line]> = if lines.is_empty() { vec![&[]] } else { lines.chunks(LINES - 2).collect() };
    let mut next = 0;
    let mut fresh = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree, plain, bold, info) = (fresh(), fresh(), fresh(), fresh(), fresh());
    let ids: Vec<(Ref, Ref)> = pages.iter().map(|_| (fresh(), fresh())).collect();
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree).lang(TextStr("en"));
    pdf.document_info(info).title(TextStr(title)).producer(TextStr("citytime"));
    let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(ids.iter().map(|(page, _)| *page)).count(count);
    for (font, name) in [(plain, "Courier"), (bold, "Courier-Bold")] {
        pdf.type1_font(font).base_font(Name(name.as_bytes())).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    for (place, (lines, (page, content))) in pages.iter().zip(&ids).enumerate() {
        let mut written = pdf.page(*page);
        written.media_box(PAGE).parent(tree).contents(*content);
        written.resources().fonts().pair(Name(b"F1"), plain).pair(Name(b"F2"), bold);
        written.finish();
        let foot = format!("{title}, page {} of {}", place + 1, pages.len());
        pdf.stream(*content, &text(lines, &foot));
    }
    pdf.finish()
}

fn text(lines: &[Line], foot: &str) -> Vec<u8> {
    let mut content = Content::new();
    content.begin_text();
    content.next_line(MARGIN, PAGE.y2 - MARGIN - LEADING);
    content.set_leading(LEADING);
    for line in lines {
        let (font, size, width) = match line.look {
            Look::Text => (Name(b"F1"), SIZE, WIDTH),
            Look::Strong => (Name(b"F2"), SIZE, WIDTH),
            Look::Title => (Name(b"F2"), TITLE_SIZE, 50),
        };
        content.set_font(font, size);
        content.show(Str(&encoded(&line.text, width)));
        content.next_line(0.0, -LEADING);
    }
    content.set_font(Name(b"F1"), SIZE);
    let below = f32::from(u16::try_from(LINES - lines.len()).unwrap_or(0));
    content.next_line(0.0, -LEADING * below);
    content.show(Str(&encoded(foot, WIDTH)));
    content.end_text();
    content.finish().into_vec()
}

/// Text in the encoding of the fonts, Windows code page 1252: what it does not have, and what controls a device, becomes a
/// question mark. The writer escapes what would end the text.
fn encoded(text: &str, width: usize) -> Vec<u8> {
    text.chars().take(width).map(letter).collect()
}

fn letter(letter: char) -> u8 {
    /// What stands from 0x80 on; what Unicode has at the same place is not there.
    const HIGH: [char; 32] = [
        '€', '?', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '?', 'Ž', '?', '?', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '?', 'ž', 'Ÿ',
    ];
    match u8::try_from(u32::from(letter)) {
        Ok(byte @ (0x20..=0x7E | 0xA0..)) => byte,
        _ => HIGH
            .iter()
            .position(|&high| high == letter && high != '?')
            .and_then(|at| u8::try_from(0x80 + at).ok())
            .unwrap_or(b'?'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_font() {
        assert_eq!(encoded("Rosa Marín €5 – “ß”", 90), b"Rosa Mar\xEDn \x805 \x96 \x93\xDF\x94");
        assert_eq!(encoded("a\u{1b}[2J\u{85}漢?", 90), b"a?[2J??\x3F");
        assert_eq!(encoded("abc", 2), b"ab");
    }

    #[test]
    fn text_cannot_leave_its_place() {
        let evil = Line::text(") Tj ET (\\) endstream");
        let made = String::from_utf8_lossy(&document("A (title)", &[evil])).into_owned();
        assert!(made.starts_with("%PDF-1.") && made.trim_end().ends_with("%%EOF"), "{made}");
        assert!(!made.contains("(\\) endstream) Tj") && made.matches(" Tj").count() >= 2, "{made}");
    }

    #[test]
    fn many_lines_are_many_pages() {
        let lines = vec![Line::text("line"); 200];
        let made = String::from_utf8_lossy(&document("Long", &lines)).into_owned();
        assert!(made.contains("/Count 4") && made.contains("page 4 of 4"), "{made}");
    }
}
