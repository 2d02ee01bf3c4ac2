//! Lists as they arrive: rows are printed as they come, in constant memory; a terminal's table takes a screenful.

use std::{pin::pin, task::Poll};

use super::{Afterwards, More, Pipe, Rows, SCREENFUL, Sheet, Ui, plural, printer::Printer};
use crate::{
    api::problem::Code,
    failure::{Failure, Result},
    settings::Format,
};

/// The lines of a terminal beside the rows of a list: its header, how many more there are, on which clocks times are, and the
/// next prompt.
const BESIDE: usize = 4;

impl Ui {
    /// Prints a list as it arrives. A table on a terminal takes a screenful and says how many more there are; every
    /// other format prints each row as it comes, in constant memory.
    pub async fn stream(&mut self, sheet: &'static Sheet, mut rows: impl Rows) -> Result<()> {
        self.check_columns(sheet)?;
        if self.format() == Format::Table {
            return self.stream_table(sheet, rows).await;
        }
        let jq = self.jq.take();
        let printed = self.stream_rows(self.printer_with(sheet, jq.as_ref())?, &mut rows).await;
        self.jq = jq;
        printed
    }

    async fn stream_rows(&mut self, mut printer: Printer<'_>, rows: &mut impl Rows) -> Result<()> {
        let mut text = Vec::new();
        let mut begun = false;
        while self.pipe == Pipe::Open {
            let chunk = {
                let mut next = pin!(rows.next());
                // What was printed so far is handed on whenever there is nothing to do but wait.
                match std::future::poll_fn(|context| Poll::Ready(next.as_mut().poll(context))).await {
                    Poll::Ready(chunk) => chunk,
                    Poll::Pending => {
                        self.flush()?;
                        next.await
                    }
                }
            };
            let printed = match chunk {
                Ok(Some(lines)) => printer.lines(lines, &mut text),
                Ok(None) => break,
                Err(failure) => Err(failure),
            };
            match printed {
                Ok(()) => begun = true,
                // What came before is on stdout already: it ends with a whole line.
                Err(failure) if begun => {
                    printer.cut_off(&mut text);
                    self.write(&text)?;
                    self.flush()?;
                    return Err(failure);
                }
                Err(failure) => return Err(failure),
            }
            self.write_held()?;
            self.write(&text)?;
            text.clear();
        }
        printer.end(&mut text)?;
        self.write_held()?;
        self.write(&text)?;
        self.flush()
    }

    async fn stream_table(&mut self, sheet: &'static Sheet, mut rows: impl Rows) -> Result<()> {
        let room = self.streams.output.is_terminal().then(|| match self.streams.size {
            Some((_, height)) => usize::from(height).saturating_sub(BESIDE).max(10),
            None => SCREENFUL,
        });
        let mut items = Vec::new();
        let mut beyond = 0_u64;
        let mut more = More::None;
        let counted = rows.countable();
        let total = rows.total();
        while let Some(lines) = rows.next().await? {
            for line in lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
                if room.is_some_and(|room| items.len() >= room) {
                    beyond += 1;
                    continue;
                }
                items.push(serde_json::from_slice(line).map_err(|error| {
                    Failure::new(Code::NotAPortal, format!("a row of the answer is no JSON: {error}")).because(error)
                })?);
            }
            let shown = u64::try_from(items.len()).unwrap_or(u64::MAX);
            more = match total {
                Some(total) => More::Exactly(total.saturating_sub(shown)),
                None if beyond > counted => More::AtLeast(counted),
                None => More::Exactly(beyond),
            };
            if beyond > 0 && (total.is_some() || beyond > counted) {
                break;
            }
        }
        self.show_many(sheet, &items)?;
        self.tell_more(sheet, more);
        Ok(())
    }

    /// Says on stderr, after the list, what it left out.
    pub(super) fn tell_more(&mut self, sheet: &Sheet, more: More) {
        let (count, noun) = match more {
            More::None | More::Exactly(0) => return,
            More::Exactly(1) => ("1".to_owned(), sheet.noun.to_owned()),
            More::Exactly(count) => (count.to_string(), plural(sheet.noun)),
            More::AtLeast(count) => (format!("more than {count}"), plural(sheet.noun)),
        };
        let text = format!("and {count} more {noun}; narrow the list, or pipe it to see all");
        self.afterwards.push(Afterwards::Note(text));
    }
}
