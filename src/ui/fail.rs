//! Errors, warnings and notes, on stderr: for people as lines, for programs as one JSON object.

use std::{error::Error, io::Write};

use anstyle::{AnsiColor, Style};
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use super::{Ui, fill, output::Paint, sanitise};
use crate::{failure::Failure, settings::Verbosity};

/// The longest line that reads well, in columns.
const LINE: usize = 100;

impl Ui {
    /// Whether a JSON format was asked for: then stderr holds one JSON object at most, and ahead of it the address of a page
    /// that is waited for.
    fn speaks_json(&self) -> bool {
        self.format().is_json()
    }

    /// Says something by the way. Silent with `-q`, and where programs read stderr as JSON.
    pub fn note(&mut self, text: impl AsRef<str>) {
        if self.settings.verbosity >= Verbosity::Normal && !self.speaks_json() {
            let text = format!("{}\n", self.filled(&sanitise::lines(text.as_ref())));
            self.say(&text);
        }
    }

    /// A text for stderr whose lines fit the terminal there: they are broken at blanks, but never within a command that is
    /// told, and go on as far in as they began. Elsewhere than on a terminal the lines are as they are.
    pub(super) fn filled(&self, text: &str) -> String {
        let Some(width) = self.streams.errors.is_terminal().then(|| self.streams.columns()) else {
            return text.to_owned();
        };
        let lines = text.lines().map(|line| match line.width() <= width {
            true => line.to_owned(),
            false => {
                let words = line.trim_start_matches(' ');
                let margin = &line[..line.len() - words.len()];
                let broken = fill::told(words, width.saturating_sub(margin.len()).max(1));
                broken.lines().map(|part| format!("{margin}{part}")).collect::<Vec<_>>().join("\n")
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// A text behind its label, ended.
    fn labelled(&self, label: &str, colour: AnsiColor, text: &str) -> String {
        let text = self.filled(&format!("{label} {}", sanitise::lines(text)));
        let painted = self.paint_on(self.streams.errors).over(colour.on_default().bold(), label);
        format!("{painted}{}\n", text.strip_prefix(label).unwrap_or_default())
    }

    /// Shows a longer text to be read before the next question, its paragraphs filled to the terminal's width.
    pub fn read_out(&mut self, text: &str) {
        let width = self.width().unwrap_or(LINE).min(LINE);
        let filled =
            paragraphs(text).iter().map(|words| textwrap::fill(&sanitise::line(words), width)).collect::<Vec<_>>();
        let text = filled.join("\n\n");
        self.say(&format!("\n{text}\n\n"));
    }

    /// Tells what a person needs for the next question: said whatever the format, as that is asked whatever the format.
    pub fn tell(&mut self, text: &str) {
        let text = self.filled(&sanitise::lines(text));
        self.say(&format!("{text}\n"));
    }

    /// Says what to do next, where a note said how things are.
    pub(super) fn hint(&mut self, text: &str) {
        if self.settings.verbosity >= Verbosity::Normal && !self.speaks_json() {
            self.say(&self.labelled("hint:", AnsiColor::Cyan, text));
        }
    }

    /// Shows help on stderr, ahead of a failure that it helps with.
    pub fn remind(&mut self, help: &str) {
        if self.speaks_json() {
            return;
        }
        match self.paint_on(self.streams.errors) {
            Paint::Colour => self.say(&format!("{help}\n\n")),
            Paint::Plain => self.say(&format!("{}\n\n", anstream::adapter::strip_str(help))),
        }
    }

    /// Says what only `-v` wants to know.
    pub fn detail(&mut self, text: impl AsRef<str>) {
        if self.says(Verbosity::Verbose) {
            let text = self.filled(&sanitise::lines(text.as_ref()));
            let text = self.paint_on(self.streams.errors).over(Style::new().dimmed(), &text);
            self.say(&format!("{text}\n"));
        }
    }

    /// What shows HTTP with `-vv`, from wherever it happens; `None` where nobody wants to see it.
    pub fn tracer(&self) -> Option<impl Fn(&str) + Send + Sync + 'static> {
        let paint = self.paint_on(self.streams.errors);
        self.says(Verbosity::Trace).then_some(move |text: &str| {
            let text = paint.over(Style::new().dimmed(), &sanitise::lines(text));
            // There is nobody to tell where stderr cannot be written.
            drop(writeln!(anstream::AutoStream::always(std::io::stderr()), "{text}"));
        })
    }

    /// Whether so much is to be said. Programs that read stderr as JSON are spared, a person who asked is not.
    fn says(&self, verbosity: Verbosity) -> bool {
        self.settings.verbosity >= verbosity && (!self.speaks_json() || self.streams.errors.is_terminal())
    }

    /// Tells an address somebody has to open, whatever is quiet: the command waits for it. Programs that read stderr as
    /// JSON get it as an object.
    pub fn tell_address(&mut self, url: &str, what: &str) {
        if self.speaks_json() && !self.streams.errors.is_terminal() {
            return self.say(&format!("{}\n", json!({ "open": url })));
        }
        self.say(&format!("{what} {}\n", sanitise::line(url)));
    }

    /// Warns. With a JSON format the warning waits: it is told within the error, or alone when all went well.
    pub fn warn(&mut self, text: impl Into<String>) {
        let text = text.into();
        if self.speaks_json() {
            self.warnings.push(text);
            return;
        }
        self.say(&self.labelled("warning:", AnsiColor::Yellow, &text));
    }

    /// The warnings of a command that succeeded, as one JSON object.
    pub(super) fn tell_warnings(&mut self) {
        if !self.warnings.is_empty() {
            let warnings = std::mem::take(&mut self.warnings);
            self.say(&format!("{}\n", json!({ "warnings": warnings })));
        }
    }

    /// Tells a failure and returns the status to end with. Results that were kept are dropped: stdout stays empty,
    /// unless a stream had begun.
    pub fn fail(&mut self, failure: &Failure) -> u8 {
        self.held.clear();
        self.afterwards.clear();
        let told = if self.speaks_json() { self.as_json(failure) } else { self.as_lines(failure) };
        self.say(&told);
        failure.code.exit()
    }

    fn as_lines(&self, failure: &Failure) -> String {
        let mut text = self.labelled("error:", AnsiColor::Red, &failure.message);
        for error in &failure.errors {
            let place = sanitise::line(&place(&error.pointer)).into_owned();
            let told = failure.errors.len() == 1 && failure.message.ends_with(error.detail.as_str());
            let line = match (place.as_str(), told) {
                ("", true) => continue,
                // The message says the rest, and may name it already.
                (place, true) if failure.message.contains(place) => continue,
                (place, true) => format!("  field: {place}"),
                ("", false) => format!("  {}", sanitise::line(&error.detail)),
                (place, false) => format!("  {place}: {}", sanitise::line(&error.detail)),
            };
            text.push_str(&self.filled(&line));
            text.push('\n');
        }
        if let Some(hint) = &failure.hint {
            text.push_str(&self.labelled("hint:", AnsiColor::Cyan, hint));
        }
        let verbose = self.settings.verbosity >= Verbosity::Verbose;
        if let Some(id) = &failure.request_id
            && (verbose || failure.status.is_some_and(|status| status >= 500))
        {
            text.push_str(&format!("request: {}\n", sanitise::line(id)));
        }
        if verbose {
            let mut source = failure.source();
            while let Some(cause) = source {
                text.push_str(&format!("cause: {}\n", sanitise::line(&cause.to_string())));
                source = cause.source();
            }
        }
        text
    }

    fn as_json(&mut self, failure: &Failure) -> String {
        let mut error = Map::new();
        let mut put = |name: &str, value: Value| error.insert(name.to_owned(), value);
        put("code", json!(failure.code));
        put("message", json!(failure.message));
        put("hint", json!(failure.hint));
        put("status", json!(failure.status));
        put("request_id", json!(failure.request_id));
        put("exit_code", json!(failure.code.exit()));
        if !failure.errors.is_empty() {
            put("errors", json!(failure.errors));
        }
        if let Some(subject) = &failure.subject {
            put("subject", json!(subject));
        }
        if !self.warnings.is_empty() {
            put("warnings", json!(std::mem::take(&mut self.warnings)));
        }
        let text = json!({ "error": error }).to_string();
        format!("{}\n", if self.streams.errors.is_terminal() { sanitise::json(&text) } else { text.into() })
    }

    /// Writes to stderr, around what shows progress. There is nobody to tell where that fails.
    pub(super) fn say(&mut self, text: &str) {
        let err = &mut self.err;
        let mut write = || drop(err.write_all(text.as_bytes()).and_then(|()| err.flush()));
        match self.progress.as_ref().and_then(indicatif::WeakProgressBar::upgrade) {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

/// What a person calls the field at a JSON pointer: a flag's or a form's field, or a line of a file as its editor counts.
fn place(pointer: &str) -> String {
    let place = pointer.strip_prefix("/answers/").or_else(|| pointer.strip_prefix('/'));
    match place.map(|place| (place, place.strip_prefix("lines/"))) {
        // What other cities tell is no pointer.
        None => pointer.to_owned(),
        Some((_, Some(line))) => format!("line {}", line.replacen('/', ", ", 1).replace('/', ".")),
        Some((place, _)) => place.replace('/', "."),
    }
}

/// The paragraphs of a text, each on one line: where they are shown has a width of its own.
pub fn paragraphs(text: &str) -> Vec<String> {
    let of_words = |lines: &str| lines.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim().split("\n\n").map(of_words).collect()
}
