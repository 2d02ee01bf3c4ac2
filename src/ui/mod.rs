//! The only code that prints or asks. Commands return what they came to; this room decides how it looks.
//!
//! - [`sheet`]: what a noun looks like, declared once; [`rows`], `stream`: lists that arrive bit by bit
//! - [`output`]: format, colour, verbosity, and what the streams are
//! - `cell`, `table`, `printer`, `jq`, `json`: values as text, for people and for programs
//! - [`sanitise`]: text from outside, made safe for a terminal
//! - [`ask`]: questions; `edit`: longer texts, in an editor; `hidden`: answers that are not shown; `fail`: errors and warnings; `fill`: lines that fit
//!   a terminal; [`progress`]: that something takes long
//! - [`reader`]: whether anybody reads stdout
//! - `qr`: QR codes by half blocks
//! - [`clock`]: what time it is where the person sits

pub mod ask;
mod cell;
pub mod clock;
mod edit;
mod fail;
mod fill;
mod hidden;
mod jq;
mod json;
pub mod output;
mod printer;
pub mod progress;
mod qr;
pub mod reader;
pub mod rows;
pub mod sanitise;
pub mod sheet;
mod stream;
mod table;
mod trace;

use std::io::{self, BufRead, BufWriter, ErrorKind, Write};

use serde::Serialize;
use serde_json::Value;

pub use self::{
    ask::{Choice, Question},
    clock::Clock,
    edit::Draft,
    fail::paragraphs,
    output::{Stream, Streams},
    progress::Progress,
    rows::{Lines, Rows},
    sheet::{Column, Kind, More, Outcome, Sheet, Shown},
    trace::trace,
};
use self::{
    cell::Local,
    jq::Jq,
    output::Paint,
    printer::Printer,
    table::{Chosen, Drawn, Height, Layout},
};
use crate::{
    api::problem::Code,
    failure::{Failure, Result},
    settings::{Asking, ColorChoice, Format, OutputSettings, Verbosity},
};

/// Rows a terminal shows where its height is not known.
const SCREENFUL: usize = 22;

/// What prints and asks. Made once; does nothing until it is used.
pub struct Ui {
    settings: OutputSettings,
    streams: Streams,
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    /// Where answers come from, in tests; stdin otherwise.
    answers: Option<Box<dyn BufRead>>,
    jq: Option<Jq>,
    /// Results that wait for the command to succeed.
    held: Vec<u8>,
    pipe: Pipe,
    warnings: Vec<String>,
    /// Notes about results, said once these are printed.
    afterwards: Vec<Afterwards>,
    /// What an empty list is told as, where its command knows better than "there are no …".
    nothing: Option<&'static str>,
    instead: Option<&'static str>,
    progress: Option<indicatif::WeakProgressBar>,
    local: Local,
}

/// What is said of a result once it is printed.
#[derive(Debug)]
enum Afterwards {
    Note(String),
    Hint(&'static str),
    Detail(String),
}

/// Whether anybody still reads stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pipe {
    Open,
    Closed,
}

impl std::fmt::Debug for Ui {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ui").field("settings", &self.settings).field("streams", &self.streams).finish_non_exhaustive()
    }
}

impl Ui {
    /// A ui on the streams of this process. Compiles `--jq`, so that a mistake in it is told before anything is sent.
    pub fn new(settings: OutputSettings, streams: Streams) -> Result<Self> {
        let jq = settings.jq.as_deref().map(Jq::compile).transpose()?;
        Ok(Self { jq, ..Self::for_failures(settings, streams) })
    }

    /// A ui to tell a failure with, where none could be made: settings that do not resolve, a wrong `--jq`.
    pub fn for_failures(settings: OutputSettings, streams: Streams) -> Self {
        let out = BufWriter::with_capacity(64 * 1024, anstream::AutoStream::always(io::stdout()));
        let err = anstream::AutoStream::always(io::stderr());
        Self {
            settings,
            streams,
            out: Box::new(out),
            err: Box::new(err),
            answers: None,
            jq: None,
            held: Vec::new(),
            pipe: Pipe::Open,
            warnings: Vec::new(),
            afterwards: Vec::new(),
            nothing: None,
            instead: None,
            progress: None,
            local: Local::default(),
        }
    }

    /// The ui with other ends than the process's own, for tests: what it writes, and where answers come from.
    #[must_use]
    pub fn on(self, out: impl Write + 'static, err: impl Write + 'static, answers: impl BufRead + 'static) -> Self {
        Self { out: Box::new(out), err: Box::new(err), answers: Some(Box::new(answers)), ..self }
    }

    /// The format results are printed in.
    pub fn format(&self) -> Format {
        match self.settings.format {
            Some(format) if self.settings.jq.is_none() || format.is_json() => format,
            _ if self.settings.jq.is_some() => Format::Json,
            _ if self.streams.output.is_terminal() => Format::Table,
            _ => Format::Tsv,
        }
    }

    /// Whether a program reads what is printed.
    pub fn machine(&self) -> bool {
        self.format() != Format::Table
    }

    /// Whether somebody can be asked.
    pub fn is_interactive(&self) -> bool {
        self.settings.asking == Asking::Allowed && self.streams.input.is_terminal() && self.streams.errors.is_terminal()
    }

    /// How much is said on stderr.
    pub fn verbosity(&self) -> Verbosity {
        self.settings.verbosity
    }

    /// Fails where `--columns` asks for what this noun does not have. Commands that change things ask before they do.
    pub fn check_columns(&self, sheet: &'static Sheet) -> Result<()> {
        sheet.pick(self.settings.columns.as_deref()).map(drop)
    }

    /// Prints what a command came to. It is kept until [`finish`](Self::finish), so that a command that fails later
    /// leaves stdout empty.
    pub fn show(&mut self, outcome: &Outcome) -> Result<()> {
        match outcome {
            Outcome::Nothing => Ok(()),
            Outcome::Text(text) => {
                self.held.extend_from_slice(text.as_bytes());
                Ok(())
            }
            Outcome::One { sheet, item } => self.show_one(sheet, item),
            Outcome::Many { sheet, items, more } => {
                self.show_many(sheet, items)?;
                self.tell_more(sheet, *more);
                Ok(())
            }
        }
    }

    /// For people, shows one thing and a blank line, and leaves what belongs to it to be shown below, as a table of its
    /// own. For programs, and where `--columns` picks fields of the thing, the thing alone is what there is to show.
    pub fn with_below<T: Serialize>(&mut self, one: Outcome, below: &'static Sheet, items: &[T]) -> Result<Outcome> {
        if self.machine() || self.settings.columns.is_some() || items.is_empty() {
            return Ok(one);
        }
        self.show(&one)?;
        // What was said is read here, and nowhere else: it is not cut.
        let drawn = self.table(below, &sheet::values(below, items)?, Height::Whole)?;
        self.tell_dropped(&drawn.dropped);
        Ok(Outcome::Text(format!("\n{}", drawn.text)))
    }

    /// Prints help or a version, in clap's colours where stdout has any.
    pub fn show_help(&mut self, text: &clap::builder::StyledStr) {
        let text = if self.paint() == Paint::Colour { text.ansi().to_string() } else { text.to_string() };
        self.held.extend_from_slice(text.as_bytes());
    }

    fn show_one(&mut self, sheet: &'static Sheet, item: &Value) -> Result<()> {
        let mut held = std::mem::take(&mut self.held);
        if self.format() == Format::Table {
            let columns = sheet.pick(self.settings.columns.as_deref())?;
            held.extend_from_slice(table::fields(&columns, item, &self.local, self.paint(), self.width()).as_bytes());
        } else {
            self.printer(sheet)?.alone(item, &mut held)?;
        }
        self.held = held;
        Ok(())
    }

    fn show_many(&mut self, sheet: &'static Sheet, items: &[Value]) -> Result<()> {
        let mut held = std::mem::take(&mut self.held);
        if self.format() == Format::Table {
            let drawn = self.table(sheet, items, Height::Line)?;
            held.extend_from_slice(drawn.text.as_bytes());
            self.tell_dropped(&drawn.dropped);
        } else {
            let mut printer = self.printer(sheet)?;
            for item in items {
                printer.item(item, &mut held)?;
            }
            printer.end(&mut held)?;
        }
        self.held = held;
        if items.is_empty() && self.format() == Format::Table {
            self.tell_empty(sheet);
        }
        Ok(())
    }

    /// Says what the next list is told as where it is empty: "nothing is due".
    pub fn when_empty(&mut self, text: &'static str) {
        self.nothing = Some(text);
    }

    /// Says what to do next where the next list is empty: what its sheet says is for a list nobody narrowed.
    pub fn when_narrowed_to_nothing(&mut self, next: &'static str) {
        self.nothing = Some("there is nothing of that kind");
        self.instead = Some(next);
    }

    fn tell_empty(&mut self, sheet: &Sheet) {
        let none = self.nothing.map_or_else(|| format!("there are no {}", plural(sheet.noun)), str::to_owned);
        self.afterwards.push(Afterwards::Note(none));
        if let Some(next) = self.instead.or(sheet.when_empty) {
            self.afterwards.push(Afterwards::Hint(next));
        }
    }

    /// Says which columns a terminal has no room for: to whoever asked for them by name, and with `-v`.
    fn tell_dropped(&mut self, dropped: &[&'static str]) {
        if !dropped.is_empty() {
            let text = format!("the terminal is too narrow to show {}; a pipe shows every column", dropped.join(", "));
            let asked = self.settings.columns.is_some();
            self.afterwards.push(if asked { Afterwards::Note(text) } else { Afterwards::Detail(text) });
        }
    }

    fn table(&self, sheet: &'static Sheet, items: &[Value], rows: Height) -> Result<Drawn> {
        if items.is_empty() {
            return Ok(Drawn::default());
        }
        let columns = sheet.pick(self.settings.columns.as_deref())?;
        let chosen = if self.settings.columns.is_some() { Chosen::ByName } else { Chosen::ByUs };
        let (header, paint) = (self.settings.header, self.paint());
        let layout = Layout { width: self.width(), header, paint, columns: chosen, rows };
        Ok(table::table(&columns, items, &self.local, layout))
    }

    /// The cells of a line of stdout, where it is a terminal.
    fn width(&self) -> Option<usize> {
        self.streams.output.is_terminal().then(|| self.streams.columns())
    }

    fn printer(&self, sheet: &'static Sheet) -> Result<Printer<'_>> {
        self.printer_with(sheet, self.jq.as_ref())
    }

    fn printer_with<'j>(&self, sheet: &'static Sheet, jq: Option<&'j Jq>) -> Result<Printer<'j>> {
        let columns = sheet.pick(self.settings.columns.as_deref())?;
        let mut printer = Printer::new(self.format(), columns, jq);
        printer.narrowed = self.settings.columns.is_some();
        printer.header = self.settings.header;
        printer.terminal = self.streams.output.is_terminal();
        printer.paint = self.paint();
        Ok(printer)
    }

    /// Hands bytes of a file on to stdout as they are.
    pub fn pass_on(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_held()?;
        self.write(bytes)
    }

    /// Hands a text or file that is here whole on to stdout: as it is, and made safe where a person reads it. What is
    /// no text does not go to a terminal.
    pub fn pass_on_whole(&mut self, bytes: &[u8]) -> Result<()> {
        if !self.streams.output.is_terminal() {
            return self.pass_on(bytes);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => self.pass_on(sanitise::lines(text).as_bytes()),
            Err(_) => Err(Failure::usage("the answer is no text, and would garble the terminal")
                .hint("keep it in a file: repeat the command with > FILE")),
        }
    }

    /// Prints in this format from now on, where the command knows but one.
    pub fn print_as(&mut self, format: Format) {
        self.settings.format = Some(format);
    }

    /// Prints what was kept, at the end of a command that succeeded.
    pub fn finish(&mut self) -> Result<()> {
        self.write_held()?;
        self.flush()?;
        for told in std::mem::take(&mut self.afterwards) {
            match told {
                Afterwards::Note(text) => self.note(text),
                Afterwards::Hint(text) => self.hint(text),
                Afterwards::Detail(text) => self.detail(text),
            }
        }
        self.tell_zone();
        self.tell_warnings();
        Ok(())
    }

    fn write_held(&mut self) -> Result<()> {
        let held = std::mem::take(&mut self.held);
        self.write(&held)
    }

    fn write(&mut self, text: &[u8]) -> Result<()> {
        if self.pipe == Pipe::Closed || text.is_empty() {
            return Ok(());
        }
        let written = self.out.write_all(text);
        self.written(written)
    }

    fn flush(&mut self) -> Result<()> {
        if self.pipe == Pipe::Closed {
            return Ok(());
        }
        let flushed = self.out.flush();
        self.written(flushed)
    }

    /// A pipe that closes early is no error: whoever read it has seen enough.
    fn written(&mut self, written: io::Result<()>) -> Result<()> {
        let Err(error) = written else { return Ok(()) };
        self.pipe = Pipe::Closed;
        if error.kind() == ErrorKind::BrokenPipe {
            return Ok(());
        }
        let failure = Failure::new(Code::File, format!("cannot write to standard output: {error}")).because(error);
        Err(failure.hint("what was asked for was done; only its result could not be written"))
    }

    /// Colour on stdout.
    fn paint(&self) -> Paint {
        self.paint_on(self.streams.output)
    }

    fn paint_on(&self, stream: Stream) -> Paint {
        match self.settings.color {
            ColorChoice::Always => Paint::Colour,
            ColorChoice::Auto if stream.is_terminal() => Paint::Colour,
            ColorChoice::Auto | ColorChoice::Never => Paint::Plain,
        }
    }
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with('s') => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests;
