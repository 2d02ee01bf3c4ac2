//! Tables and lists of fields for people: aligned, fitted to the terminal, coloured where colour adds to words.

use anstyle::{AnsiColor, Style};
use serde_json::Value;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{
    cell::{self, Local},
    output::Header,
    sanitise,
    sheet::{Column, Kind, Shown},
};

const GAP: usize = 2;
/// Text is never cut below this many cells.
const LEAST: usize = 10;

/// Whether colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Colour,
    Plain,
}

impl Paint {
    /// The text in a style, where colour is used.
    pub(super) fn over(self, style: Style, text: &str) -> String {
        match self {
            Self::Colour if !text.is_empty() => format!("{style}{text}{style:#}"),
            _ => text.to_owned(),
        }
    }
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// The cells there are; `None`: as many as it takes.
    pub(super) width: Option<usize>,
    pub(super) header: Header,
    pub(super) paint: Paint,
    /// Whether the columns were asked for by name: then none is dropped.
    pub(super) columns: Chosen,
}

/// Who chose the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    ByUs,
    ByName,
}

/// Several things, a line each.
pub(super) fn table(columns: &[&Column], items: &[Value], local: &Local, layout: Layout) -> String {
    let mut shown = columns
        .iter()
        .map(|column| {
            let cells = items.iter().map(|item| sanitise::line(&cell::for_people(column, item, local)).into_owned());
            let heading = match layout.header {
                Header::Shown => column.heading().to_uppercase(),
                Header::Hidden => String::new(),
            };
            Strip::new(column, heading, cells.collect())
        })
        .collect::<Vec<_>>();
    if let Some(width) = layout.width {
        fit(&mut shown, width, layout.columns);
    }
    let mut text = String::new();
    if layout.header == Header::Shown {
        line(&mut text, &shown, |strip| (&strip.heading, Some(Style::new().bold())), layout.paint);
    }
    for row in 0..items.len() {
        line(&mut text, &shown, |strip| (&strip.cells[row], style(strip.kind, &strip.cells[row])), layout.paint);
    }
    text
}

/// One thing, a field a line; fields it does not have are left out.
pub(super) fn fields(columns: &[&Column], item: &Value, local: &Local, paint: Paint) -> String {
    let rows = columns.iter().filter_map(|column| {
        let value = cell::for_people(column, item, local);
        (!value.is_empty()).then(|| (column, column.heading(), value))
    });
    let rows = rows.collect::<Vec<_>>();
    let width = rows.iter().map(|(_, heading, _)| heading.width()).max().unwrap_or(0) + GAP;
    let mut text = String::new();
    for (column, heading, value) in rows {
        let pad = " ".repeat(width - heading.width());
        text.push_str(&paint.over(Style::new().bold(), &heading));
        for (number, part) in value.lines().enumerate() {
            text.push_str(if number == 0 { &pad } else { "" });
            text.push_str(&" ".repeat(if number == 0 { 0 } else { width }));
            text.push_str(&style(column.kind, part).map_or_else(|| part.to_owned(), |style| paint.over(style, part)));
            text.push('\n');
        }
    }
    text
}

/// A column with its cells.
struct Strip {
    kind: Kind,
    shown: Shown,
    heading: String,
    cells: Vec<String>,
    width: usize,
}

impl Strip {
    fn new(column: &Column, heading: String, cells: Vec<String>) -> Self {
        let width = cells.iter().chain([&heading]).map(|cell| cell.width()).max().unwrap_or(0);
        Self { kind: column.kind, shown: column.shown, heading, cells, width }
    }

    fn is_cut(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::List)
    }
}

/// Drops wide columns, last first, then cuts the longest texts, until the lines fit; ids, money and dates stay whole.
fn fit(strips: &mut Vec<Strip>, width: usize, chosen: Chosen) {
    let total =
        |strips: &[Strip]| strips.iter().map(|strip| strip.width).sum::<usize>() + GAP * strips.len().saturating_sub(1);
    while chosen == Chosen::ByUs && total(strips) > width {
        match strips.iter().rposition(|strip| strip.shown == Shown::Wide) {
            Some(at) => drop(strips.remove(at)),
            None => break,
        }
    }
    while total(strips) > width {
        let over = total(strips) - width;
        let longest =
            strips.iter_mut().filter(|strip| strip.is_cut() && strip.width > LEAST).max_by_key(|strip| strip.width);
        let Some(strip) = longest else { break };
        // One step at a time where several columns are long, so that they shrink together.
        strip.width = strip.width.saturating_sub(over.div_ceil(4).max(1)).max(LEAST);
    }
    for strip in strips.iter_mut().filter(|strip| strip.is_cut()) {
        let width = strip.width;
        for cell in strip.cells.iter_mut().chain([&mut strip.heading]) {
            cut(cell, width);
        }
    }
}

/// Cuts a text to so many cells; `…` stands where something is missing.
fn cut(text: &mut String, width: usize) {
    if text.as_str().width() <= width {
        return;
    }
    let mut used = 0;
    let keep = text.char_indices().find(|(_, character)| {
        used += character.width().unwrap_or(0);
        used > width.saturating_sub(1)
    });
    text.truncate(keep.map_or(text.len(), |(at, _)| at));
    text.truncate(text.trim_end().len());
    text.push('…');
}

fn line<'a>(
    text: &mut String,
    strips: &'a [Strip],
    of: impl Fn(&'a Strip) -> (&'a String, Option<Style>),
    paint: Paint,
) {
    let mut blank = 0;
    for (place, strip) in strips.iter().enumerate() {
        let (cell, style) = of(strip);
        let spare = strip.width.saturating_sub(cell.width());
        let right = matches!(strip.kind, Kind::Money | Kind::Number);
        blank += if place == 0 { 0 } else { GAP } + if right { spare } else { 0 };
        if !cell.is_empty() {
            // Spaces are written only once something follows: no line ends in them.
            text.push_str(&" ".repeat(blank));
            blank = 0;
            text.push_str(&style.map_or_else(|| cell.clone(), |style| paint.over(style, cell)));
        }
        blank += if right { 0 } else { spare };
    }
    text.push('\n');
}

/// The colour of a word of state; the word itself says the same.
fn style(kind: Kind, word: &str) -> Option<Style> {
    let colour = |colour: AnsiColor| Some(colour.on_default());
    match kind {
        Kind::Status => match word {
            "paid" | "succeeded" | "active" | "approved" | "issued" | "registered" | "attended" | "closed"
            | "verified" | "done" | "delivered" => colour(AnsiColor::Green),
            "pending" | "processing" | "submitted" | "in review" | "info requested" | "held" | "waitlisted"
            | "full" | "unverified" | "draft" => colour(AnsiColor::Yellow),
            "failed" | "overdue" | "denied" | "returned" | "expired" | "declined" | "refused" | "revoked" => {
                colour(AnsiColor::Red)
            }
            "void" | "withdrawn" | "cancelled" | "deactivated" | "refunded" => Some(Style::new().dimmed()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const COLUMNS: [Column; 4] = [
        Column::id("id"),
        Column::text("title"),
        Column::money("amount").header("Due"),
        Column::text("category").wide(),
    ];

    fn items() -> Vec<Value> {
        vec![
            json!({"id": "BIL-1", "title": "Water and sewer, third quarter", "amount": 8740, "currency": "USD", "category": "utilities"}),
            json!({"id": "BIL-22", "title": "停车罚单", "amount": 123_456, "currency": "USD", "category": "fine"}),
        ]
    }

    fn at(width: Option<usize>, paint: Paint, chosen: Chosen) -> String {
        let layout = Layout { width, header: Header::Shown, paint, columns: chosen };
        table(&COLUMNS.iter().collect::<Vec<_>>(), &items(), &Local::default(), layout)
    }

    #[test]
    fn a_table_as_wide_as_it_takes() {
        insta::assert_snapshot!(at(None, Paint::Plain, Chosen::ByUs), @r"
        ID      TITLE                                 DUE  CATEGORY
        BIL-1   Water and sewer, third quarter     $87.40  utilities
        BIL-22  停车罚单                        $1,234.56  fine
        ");
    }

    #[test]
    fn narrow_terminals_lose_wide_columns_then_text() {
        insta::assert_snapshot!(at(Some(40), Paint::Plain, Chosen::ByUs), @r"
        ID      TITLE                        DUE
        BIL-1   Water and sewer, thi…     $87.40
        BIL-22  停车罚单               $1,234.56
        ");
        insta::assert_snapshot!(at(Some(20), Paint::Plain, Chosen::ByUs), @r"
        ID      TITLE             DUE
        BIL-1   Water and…     $87.40
        BIL-22  停车罚单    $1,234.56
        ");
        assert!(at(Some(40), Paint::Plain, Chosen::ByName).contains("CATEGORY"));
    }

    #[test]
    fn every_line_fits() {
        for width in 29..90 {
            let text = at(Some(width), Paint::Plain, Chosen::ByUs);
            assert!(text.lines().all(|line| line.width() <= width && !line.ends_with(' ')), "{width}\n{text}");
        }
    }

    #[test]
    fn one_thing_is_a_list_of_fields() {
        let columns = [Column::id("id"), Column::text("note"), Column::status("status"), Column::text("gone")];
        let item = json!({"id": "REQ-1", "note": "first\nsecond", "status": "paid"});
        let columns = columns.iter().collect::<Vec<_>>();
        insta::assert_snapshot!(fields(&columns, &item, &Local::default(), Paint::Plain), @r"
        id      REQ-1
        note    first
                second
        status  paid
        ");
        let coloured = fields(&columns, &item, &Local::default(), Paint::Colour);
        assert!(coloured.contains("\u{1b}[32mpaid\u{1b}[0m"), "{coloured:?}");
    }
}
