//! Tables and lists of fields for people: aligned, fitted to the terminal, coloured where colour adds to words.
//! comfy-table lays them out; which columns stay and how wide they may be is decided here.

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Row, Table, Width, presets,
};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use super::{
    cell::{self, Local},
    fill::broken,
    output::Paint,
    sanitise,
    sheet::{Column, Kind, Shown},
};
use crate::settings::Header;

/// Blanks between columns.
const GAP: u16 = 2;
/// Text is not cut below this many cells while another column can go instead.
const LEAST: usize = 10;
/// A value of one thing is not broken into lines narrower than this.
const LEAST_LINE: usize = 20;

/// How a table is laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// The cells there are; `None`: as many as it takes.
    pub(super) width: Option<usize>,
    pub(super) header: Header,
    pub(super) paint: Paint,
    /// Whether the columns were asked for by name: then none is dropped.
    pub(super) columns: Chosen,
    /// How high a row may be.
    pub(super) rows: Height,
}

/// How high a row is, where there is a width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Height {
    /// One line: what does not fit its column is cut, and ends in `…`.
    Line,
    /// As many lines as its texts take, broken between words.
    Whole,
}

/// Who chose the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    ByUs,
    ByName,
}

/// A table, and what it had no room for.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) text: String,
    /// The columns left out.
    pub(super) dropped: Vec<&'static str>,
}

/// Several things, a line each.
pub(super) fn table(columns: &[&Column], items: &[Value], local: &Local, layout: Layout) -> Drawn {
    let had_differed = local.differs.get();
    let mut table = bare(layout.paint);
    if layout.rows == Height::Whole {
        table.set_delimiter(' ');
    }
    let row = |cells: Vec<Cell>| {
        let mut row = Row::from(cells);
        if layout.width.is_some() && layout.rows == Height::Line {
            row.max_height(1);
        }
        row
    };
    if layout.header == Header::Shown {
        table.set_header(row(columns.iter().map(|column| heading(column.heading().to_uppercase())).collect()));
    }
    for item in items {
        let cells = columns.iter().map(|column| {
            let mut text = cell::for_people(column, item, local);
            if layout.rows == Height::Line {
                text = sanitise::line(&text).into_owned();
                if let Some(width) = layout.width.filter(|_| may_be_cut(column)) {
                    shorten(&mut text, width * 8);
                }
            }
            tinted(column.kind, text)
        });
        table.add_row(row(cells.collect()));
    }
    for (column, drawn) in columns.iter().zip(table.column_iter_mut()) {
        drawn.set_padding((0, GAP));
        if matches!(column.kind, Kind::Money | Kind::Number) {
            drawn.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut dropped = Vec::new();
    if let Some(width) = layout.width {
        let fitted = fit(columns, &table.column_max_content_widths(), width, layout.columns);
        dropped.extend(columns.iter().zip(&fitted).filter(|(_, cells)| cells.is_none()).map(|(column, _)| column.name));
        table.set_constraints(fitted.into_iter().map(|column| match column {
            None => ColumnConstraint::Hidden,
            Some(cells) => {
                let cells = u16::try_from(cells).unwrap_or(u16::MAX);
                ColumnConstraint::Absolute(Width::Fixed(cells.saturating_add(GAP)))
            }
        }));
    }
    if !columns.iter().any(|column| column.kind == Kind::Time && !dropped.contains(&column.name)) {
        // Nobody sees the times of a column there was no room for.
        local.differs.set(had_differed);
    }
    Drawn { text: text(&table), dropped }
}

/// One thing, a field a line; fields it does not have are left out. Where a width is given, texts are broken between
/// words to stay within it, and a list that is longer has a line for each item.
pub(super) fn fields(columns: &[&Column], item: &Value, local: &Local, paint: Paint, width: Option<usize>) -> String {
    let mut table = bare(paint);
    let values = columns.iter().map(|column| (column, cell::for_people(column, item, local)));
    let values = values.filter(|(_, value)| !value.trim_end_matches('\n').is_empty()).collect::<Vec<_>>();
    let names = values.iter().map(|(column, _)| column.heading().width()).max().unwrap_or_default();
    let room = width.map(|width| width.saturating_sub(names + usize::from(GAP)).max(LEAST_LINE));
    for (column, value) in values {
        let mut value = value.trim_end_matches('\n').to_owned();
        if let Some(room) = room.filter(|&room| value.lines().any(|line| line.width() > room)) {
            let whole = cell::items(column, item).map_or(value, |items| items.join("\n"));
            value = whole.lines().map(|line| broken(line, room)).collect::<Vec<_>>().join("\n");
        }
        table.add_row([heading(column.heading()), tinted(column.kind, value)]);
    }
    for drawn in table.column_iter_mut() {
        drawn.set_padding((0, GAP));
    }
    text(&table)
}

/// A table without lines that asks no terminal about anything: width and colour are settled already.
fn bare(paint: Paint) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled).force_no_tty();
    // No cell holds a line end within a line: a text is cut where its column ends, not where a word does.
    table.set_delimiter('\n').style_text_only();
    if paint == Paint::Colour {
        // NO_COLOR was weighed against --color already; it would be asked again.
        crossterm::style::force_color_output(true);
        table.enforce_styling();
    }
    table
}

/// The lines of a table; none ends in blanks.
fn text(table: &Table) -> String {
    table.lines().fold(String::new(), |mut text, line| {
        text.push_str(line.trim_end());
        text.push('\n');
        text
    })
}

/// How many cells each column takes, `None` where it is left out. Wide columns are dropped, last first; then the longest
/// texts are cut; then other columns dropped, last first and those that come first last, but for the id and the title. What stays is never broken: ids,
/// money and dates are whole, and a text is as wide as its heading.
fn fit(columns: &[&Column], contents: &[u16], width: usize, chosen: Chosen) -> Vec<Option<usize>> {
    let mut fitted = contents.iter().map(|&content| Some(usize::from(content))).collect::<Vec<_>>();
    let over = |fitted: &[Option<usize>]| {
        let cells = fitted.iter().flatten().map(|cells| cells + usize::from(GAP)).sum::<usize>();
        cells.saturating_sub(usize::from(GAP)).saturating_sub(width)
    };
    if chosen == Chosen::ByUs {
        for (column, _) in columns.iter().enumerate().rev().filter(|(_, column)| column.shown == Shown::Wide) {
            if over(&fitted) == 0 {
                break;
            }
            fitted[column] = None;
        }
    }
    let least = columns.iter().zip(contents).map(|(column, &content)| match usize::from(content) {
        content if may_be_cut(column) => content.min(column.heading().width().max(LEAST)),
        content => content,
    });
    let least = least.collect::<Vec<_>>();
    let title = columns.iter().skip(1).position(|column| column.kind == Kind::Text).map_or(0, |place| place + 1);
    let (first, others): (Vec<_>, Vec<_>) =
        (1..columns.len()).rev().partition(|&column| columns[column].shown == Shown::First);
    for column in others.into_iter().chain(first).filter(|&column| column != title) {
        let kept = least.iter().zip(&fitted).map(|(&least, cells)| cells.map(|_| least)).collect::<Vec<_>>();
        if over(&kept) == 0 {
            break;
        }
        fitted[column] = None;
    }
    // Where the id and the title alone are too wide, the title is cut further.
    let alone = fitted.iter().flatten().count() <= 2;
    loop {
        let excess = over(&fitted);
        let texts = columns.iter().zip(&least).zip(&mut fitted).filter(|((column, _), _)| may_be_cut(column));
        let longest = texts.filter_map(|((_, &least), cells)| {
            let least = if alone { 1 } else { least };
            cells.as_mut().filter(|cells| **cells > least).map(|cells| (cells, least))
        });
        match longest.max_by_key(|(cells, _)| **cells) {
            // One step at a time where several columns are long, so that they shrink together.
            Some((cells, least)) if excess > 0 => *cells = cells.saturating_sub(excess.div_ceil(4)).max(least),
            _ => return fitted,
        }
    }
}

fn may_be_cut(column: &Column) -> bool {
    matches!(column.kind, Kind::Text | Kind::List)
}

/// Spares comfy-table a text far longer than the terminal is wide: it would break all of it into lines to show one.
fn shorten(text: &mut String, characters: usize) {
    if let Some((end, _)) = text.char_indices().nth(characters) {
        text.truncate(end);
        text.push('…');
    }
}

fn heading(text: String) -> Cell {
    Cell::new_owned(text).add_attribute(Attribute::Bold)
}

/// A value; a word of state has its colour, and says the same without.
fn tinted(kind: Kind, text: String) -> Cell {
    let colour = match (kind, text.as_str()) {
        (
            Kind::Status,
            "paid" | "succeeded" | "active" | "approved" | "issued" | "registered" | "attended" | "closed" | "verified"
            | "done" | "delivered",
        ) => Some(Color::DarkGreen),
        (
            Kind::Status,
            "pending" | "processing" | "submitted" | "in review" | "info requested" | "held" | "waitlisted" | "full"
            | "unverified" | "draft",
        ) => Some(Color::DarkYellow),
        (
            Kind::Status,
            "failed" | "overdue" | "denied" | "returned" | "expired" | "declined" | "refused" | "revoked",
        ) => Some(Color::DarkRed),
        (Kind::Status, "void" | "withdrawn" | "cancelled" | "deactivated" | "refunded") => {
            return Cell::new_owned(text).add_attribute(Attribute::Dim);
        }
        _ => None,
    };
    let cell = Cell::new_owned(text);
    match colour {
        Some(colour) => cell.fg(colour),
        None => cell,
    }
}

#[cfg(test)]
mod tests;
