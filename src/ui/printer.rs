//! The formats programs read, written row by row: JSON, JSON lines, CSV, TSV, ids. A JSON row nobody filters goes
//! through as it came, unread.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    cell,
    jq::{Found, Jq},
    json,
    output::Paint,
    sanitise,
    sheet::Column,
};
use crate::{
    api::problem::Code,
    failure::{Failure, Result},
    settings::{Format, Header},
};

/// Writes the rows of one list.
pub(super) struct Printer<'a> {
    pub(super) format: Format,
    pub(super) columns: Vec<&'static Column>,
    /// Whether JSON keeps these columns only.
    pub(super) narrowed: bool,
    pub(super) header: Header,
    pub(super) jq: Option<&'a Jq>,
    /// Whether a person reads it: JSON is indented, text made safe.
    pub(super) terminal: bool,
    /// Whether JSON is coloured; the other formats never are.
    pub(super) paint: Paint,
    begun: bool,
    /// The document `--jq` is applied to, whole.
    document: Vec<u8>,
}

impl<'a> Printer<'a> {
    pub(super) fn new(format: Format, columns: Vec<&'static Column>, jq: Option<&'a Jq>) -> Self {
        Self {
            format,
            columns,
            narrowed: false,
            header: Header::Shown,
            jq,
            terminal: false,
            paint: Paint::Plain,
            begun: false,
            document: Vec::new(),
        }
    }

    /// Whole lines of JSON objects.
    pub(super) fn lines(&mut self, lines: &[u8], out: &mut Vec<u8>) -> Result<()> {
        let as_it_came = !self.narrowed && !self.terminal && self.paint == Paint::Plain;
        if self.format == Format::Jsonl && self.jq.is_none() && as_it_came {
            out.extend_from_slice(lines);
            if !lines.ends_with(b"\n") {
                out.push(b'\n');
            }
            return Ok(());
        }
        lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).try_for_each(|line| self.line(line, out))
    }

    fn line(&mut self, line: &[u8], out: &mut Vec<u8>) -> Result<()> {
        let unread = self.format.is_json() && !self.narrowed && !self.terminal;
        if unread {
            return self.json(line, out);
        }
        let item = serde_json::from_slice(line).map_err(|error| {
            Failure::new(Code::NotAPortal, format!("a row of the answer is no JSON: {error}")).because(error)
        })?;
        self.item(&item, out)
    }

    /// One thing of the list.
    pub(super) fn item(&mut self, item: &Value, out: &mut Vec<u8>) -> Result<()> {
        match self.format {
            Format::Json | Format::Jsonl => {
                let text = self.object(item)?;
                self.json(text.as_bytes(), out)
            }
            Format::Csv | Format::Tsv | Format::Table => {
                self.head(out)?;
                let cells = self.columns.iter().map(|column| self.safe(cell::for_programs(column, item)));
                delimited(self.format, cells, out)
            }
            Format::Ids => {
                self.begun = true;
                let Some(column) = self.columns.first() else { return Ok(()) };
                let id = cell::find(item, column.name).map(|_| cell::for_programs(column, item)).unwrap_or_default();
                out.extend_from_slice(sanitise::line(&id).as_bytes());
                out.push(b'\n');
                Ok(())
            }
        }
    }

    /// What stands after the last row; an empty list is a whole document too.
    pub(super) fn end(mut self, out: &mut Vec<u8>) -> Result<()> {
        match (self.format, self.jq) {
            (Format::Json, Some(jq)) => {
                self.document.extend_from_slice(if self.begun { b"]" } else { b"[]" });
                let document = std::mem::take(&mut self.document);
                self.filtered(jq, &document, out)
            }
            (Format::Json, None) => {
                out.extend_from_slice(match (self.begun, self.terminal) {
                    (false, _) => b"[]\n",
                    (true, false) => b"]\n",
                    (true, true) => b"\n]\n",
                });
                Ok(())
            }
            (Format::Csv | Format::Tsv | Format::Table, _) => self.head(out),
            _ => Ok(()),
        }
    }

    /// What stands after the last row of a list that broke off: the end of its line.
    pub(super) fn cut_off(&self, out: &mut Vec<u8>) {
        if self.format == Format::Json && self.jq.is_none() && self.begun {
            out.push(b'\n');
        }
    }

    /// One thing by itself, not of a list.
    pub(super) fn alone(&mut self, item: &Value, out: &mut Vec<u8>) -> Result<()> {
        if !self.format.is_json() {
            return self.item(item, out);
        }
        let text = self.object(item)?;
        match self.jq {
            Some(jq) => self.filtered(jq, text.as_bytes(), out),
            None => {
                out.extend_from_slice(&self.painted(text.as_bytes()));
                out.push(b'\n');
                Ok(())
            }
        }
    }

    /// A thing as JSON: narrowed where columns were asked for, indented where a person reads.
    fn object(&self, item: &Value) -> Result<String> {
        let narrowed = self.narrowed.then(|| cell::only(item, &self.columns));
        let item = narrowed.as_ref().unwrap_or(item);
        let indent = self.terminal && self.format == Format::Json && self.jq.is_none();
        let text = if indent { serde_json::to_string_pretty(item) } else { serde_json::to_string(item) };
        let text = text.map_err(|error| Failure::bug(format!("JSON cannot be written: {error}")))?;
        Ok(if self.terminal { sanitise::json(&text).into_owned() } else { text })
    }

    fn json(&mut self, text: &[u8], out: &mut Vec<u8>) -> Result<()> {
        match (self.format, self.jq) {
            (Format::Json, Some(_)) => {
                self.document.push(if self.begun { b',' } else { b'[' });
                self.document.extend_from_slice(text);
            }
            (Format::Json, None) if self.terminal => {
                out.extend_from_slice(if self.begun { b",\n" } else { b"[\n" });
                for (number, line) in self.painted(text).split(|&byte| byte == b'\n').enumerate() {
                    out.extend_from_slice(if number == 0 { b"  " } else { b"\n  " });
                    out.extend_from_slice(line);
                }
            }
            (Format::Json, None) => {
                out.push(if self.begun { b',' } else { b'[' });
                out.extend_from_slice(&self.painted(text));
            }
            (_, Some(jq)) => self.filtered(jq, text, out)?,
            (_, None) => {
                out.extend_from_slice(&self.painted(text));
                out.push(b'\n');
            }
        }
        self.begun = true;
        Ok(())
    }

    /// What `--jq` makes of a document, a result a line; what reaches a terminal is made safe.
    fn filtered(&self, jq: &Jq, document: &[u8], out: &mut Vec<u8>) -> Result<()> {
        jq.run(document, |found| {
            match found {
                Found::Text(text) if self.terminal => {
                    out.extend_from_slice(sanitise::lines(&String::from_utf8_lossy(text)).as_bytes());
                }
                Found::Text(text) => out.extend_from_slice(text),
                Found::Json(text) if self.terminal => {
                    out.extend_from_slice(&self.painted(sanitise::json(text).as_bytes()));
                }
                Found::Json(text) => out.extend_from_slice(&self.painted(text.as_bytes())),
            }
            out.push(b'\n');
        })
    }

    /// A piece of JSON in colour, where colour is used.
    fn painted<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        match self.paint {
            Paint::Colour => Cow::Owned(json::coloured(text)),
            Paint::Plain => Cow::Borrowed(text),
        }
    }

    fn head(&mut self, out: &mut Vec<u8>) -> Result<()> {
        if std::mem::replace(&mut self.begun, true) || self.header == Header::Hidden {
            return Ok(());
        }
        delimited(self.format, self.columns.iter().map(|column| column.name.to_owned()), out)
    }

    /// A tab-separated cell is on one line; a CSV cell may have several, and is made safe where a person reads it.
    fn safe(&self, text: String) -> String {
        match self.format {
            Format::Csv if self.terminal => sanitise::lines(&text).into_owned(),
            Format::Csv => text,
            _ => sanitise::line(&text).into_owned(),
        }
    }
}

fn delimited(format: Format, cells: impl Iterator<Item = String>, out: &mut Vec<u8>) -> Result<()> {
    let mut writer = csv::WriterBuilder::new();
    if format != Format::Csv {
        writer.delimiter(b'\t').quote_style(csv::QuoteStyle::Never);
    }
    let mut writer = writer.buffer_capacity(512).from_writer(out);
    let written = writer.write_record(cells).map_err(csv::Error::into).and_then(|()| writer.flush());
    written.map_err(|error: std::io::Error| Failure::bug(format!("a line cannot be written: {error}")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    static COLUMNS: [Column; 3] = [Column::id("id"), Column::text("title"), Column::money("amount")];

    fn printed(format: Format, items: &[Value], set: impl FnOnce(&mut Printer<'_>)) -> String {
        printed_with(format, items, None, set)
    }

    fn printed_with(format: Format, items: &[Value], jq: Option<&Jq>, set: impl FnOnce(&mut Printer<'_>)) -> String {
        let mut printer = Printer::new(format, COLUMNS.iter().collect(), jq);
        set(&mut printer);
        let mut out = Vec::new();
        for item in items {
            printer.lines(format!("{item}\n").as_bytes(), &mut out).unwrap();
        }
        printer.end(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn items() -> [Value; 2] {
        [
            json!({"id": "BIL-1", "title": "=HYPERLINK(\"x\")\tand", "amount": 8740, "currency": "USD"}),
            json!({"id": "BIL-2", "title": "a, \"b\"\nc", "amount": -5, "currency": "USD"}),
        ]
    }

    #[test]
    fn every_format_writes_every_row() {
        assert_eq!(printed(Format::Ids, &items(), |_| ()), "BIL-1\nBIL-2\n");
        assert_eq!(
            printed(Format::Tsv, &items(), |_| ()),
            "id\ttitle\tamount\nBIL-1\t'=HYPERLINK(\"x\") and\t87.40\nBIL-2\ta, \"b\" c\t-0.05\n"
        );
        assert_eq!(
            printed(Format::Csv, &items(), |printer| printer.header = Header::Hidden),
            "BIL-1,\"'=HYPERLINK(\"\"x\"\")\tand\",87.40\nBIL-2,\"a, \"\"b\"\"\nc\",-0.05\n"
        );
        let document = printed(Format::Json, &items(), |_| ());
        assert_eq!(serde_json::from_str::<Vec<Value>>(&document).unwrap(), items());
        assert_eq!(document.lines().count(), 1);
        let indented = printed(Format::Json, &items(), |printer| printer.terminal = true);
        assert_eq!(serde_json::from_str::<Vec<Value>>(&indented).unwrap(), items());
        assert_eq!(printed(Format::Jsonl, &items(), |_| ()), items().map(|item| format!("{item}\n")).concat());
    }

    #[test]
    fn an_empty_list_is_a_whole_document() {
        assert_eq!(printed(Format::Json, &[], |_| ()), "[]\n");
        assert_eq!(printed(Format::Json, &[], |printer| printer.terminal = true), "[]\n");
        assert_eq!(printed(Format::Jsonl, &[], |_| ()), "");
        assert_eq!(printed(Format::Csv, &[], |_| ()), "id,title,amount\n");
        let jq = Jq::compile("length").unwrap();
        let mut out = Vec::new();
        Printer::new(Format::Json, Vec::new(), Some(&jq)).end(&mut out).unwrap();
        assert_eq!(out, b"0\n");
    }

    #[test]
    fn columns_narrow_json_too() {
        let narrowed = printed(Format::Jsonl, &items(), |printer| {
            printer.narrowed = true;
            printer.columns.truncate(1);
        });
        assert_eq!(narrowed, "{\"id\":\"BIL-1\"}\n{\"id\":\"BIL-2\"}\n");
    }

    #[test]
    fn json_may_be_coloured_and_nothing_else() {
        let colour = |format, terminal: bool| {
            printed(format, &items(), |printer| (printer.paint, printer.terminal) = (Paint::Colour, terminal))
        };
        let bare = |format, terminal: bool| printed(format, &items(), |printer| printer.terminal = terminal);
        for (format, terminal) in
            [(Format::Json, true), (Format::Json, false), (Format::Jsonl, true), (Format::Jsonl, false)]
        {
            let told = colour(format, terminal);
            assert!(told.contains("\u{1b}[36m8740\u{1b}[0m"), "{told:?}");
            assert_eq!(anstream::adapter::strip_str(&told).to_string(), bare(format, terminal));
        }
        for format in [Format::Csv, Format::Tsv, Format::Ids] {
            assert_eq!(colour(format, true), bare(format, true));
        }
        let jq = Jq::compile(".[0] | .id, {amount}").unwrap();
        let filtered = printed_with(Format::Json, &items(), Some(&jq), |printer| printer.paint = Paint::Colour);
        assert!(filtered.starts_with("BIL-1\n{\u{1b}["), "{filtered:?}");
    }

    #[test]
    fn what_jq_makes_steers_no_terminal() {
        let item = json!({"t": "\u{9b}31m\u{1b}[2J"});
        let jq = Jq::compile(".[] | .t, [.t]").unwrap();
        let told = printed_with(Format::Json, &[item], Some(&jq), |printer| printer.terminal = true);
        assert_eq!(told, "�31m�[2J\n[\"\\u009b31m\\u001b[2J\"]\n");
    }

    #[test]
    fn json_for_a_terminal_steers_nothing() {
        let item = json!({"t": "\u{9b}31m\u{202e}\u{7f}"});
        let text = printed(Format::Json, std::slice::from_ref(&item), |printer| printer.terminal = true);
        assert!(text.is_ascii(), "{text:?}");
        assert_eq!(serde_json::from_str::<Vec<Value>>(&text).unwrap(), [item]);
    }
}
