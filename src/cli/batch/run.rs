//! The lines at work: so many at once, their results in the order of the lines.

use std::{cell::RefCell, pin::Pin};

use futures_util::{Stream, StreamExt, stream};

use super::{Line, LineError, LineResult, operation::Came};
use crate::{
    api::problem::Code,
    client::{Portal, open311},
    failure::{Failure, Result},
    ui::{Progress, Rows},
};

/// How a run stands.
#[derive(Debug)]
pub(super) struct Ended {
    keep_going: bool,
    tally: RefCell<Tally>,
}

#[derive(Debug, Default)]
struct Tally {
    done: usize,
    /// How many of those an earlier run had done.
    before: usize,
    /// The line and the code of each that failed.
    failed: Vec<(usize, Code)>,
}

impl Ended {
    /// Nothing has been done yet.
    pub(super) fn new(keep_going: bool) -> Self {
        Self { keep_going, tally: RefCell::default() }
    }

    /// Whether another line is begun.
    fn goes_on(&self) -> bool {
        self.keep_going || self.tally.borrow().failed.is_empty()
    }

    fn note(&self, line: usize, came: &Came) {
        let mut tally = self.tally.borrow_mut();
        match &came.made {
            Ok(_) => {
                tally.done += 1;
                tally.before += usize::from(came.replayed);
            }
            Err(failure) => tally.failed.push((line, failure.code)),
        }
    }

    /// What was done, in words: `9700 done, 300 done before`.
    pub(super) fn told(&self) -> String {
        let Tally { done, before, .. } = *self.tally.borrow();
        match before {
            0 => format!("{done} done"),
            before => format!("{} done, {before} done before", done - before),
        }
    }

    /// The failure of the whole, where a line failed: one whose outcome is not known weighs most, then what may do later.
    pub(super) fn judge(&self, total: usize) -> Result<()> {
        let tally = self.tally.borrow();
        let mut failed = tally.failed.clone();
        failed.sort_unstable_by_key(|(line, _)| *line);
        let Some(&(first, code)) = failed.first() else { return Ok(()) };
        let weighs = |exit: u8| failed.iter().map(|(_, code)| *code).find(|code| code.exit() == exit);
        let same = failed.iter().all(|(_, other)| other.exit() == code.exit());
        let code = weighs(Code::OutcomeUnknown.exit())
            .or_else(|| weighs(Code::Network.exit()))
            .or_else(|| same.then_some(code))
            .unwrap_or(Code::SomeRefused);
        let which = match failed.as_slice() {
            [_] => format!("line {first} failed"),
            more => format!("{} lines failed, line {first} first", more.len()),
        };
        let rest = match total - tally.done - failed.len() {
            0 => String::new(),
            left => format!(", {left} were not begun"),
        };
        let before = match tally.before {
            0 => String::new(),
            before => format!(" ({before} were done before)"),
        };
        let message = format!("{which}; of {total} lines {} are done{before}{rest}", tally.done);
        Err(Failure::new(code, message)
            .hint("run the file again once the cause is mended: what is done is not done twice, and a line you change is another"))
    }
}

/// The results, as they are made.
pub(super) struct Results<'r> {
    work: Pin<Box<dyn Stream<Item = Result<Vec<u8>>> + 'r>>,
    row: Vec<u8>,
    total: u64,
    progress: Progress,
}

impl<'r> Results<'r> {
    /// Begins the lines, `jobs` at once, as long as the results are asked for.
    pub(super) fn new(
        portal: &'r Portal,
        filing: Option<&'r open311::Endpoint>,
        lines: Vec<Line>,
        jobs: usize,
        ended: &'r Ended,
        progress: Progress,
    ) -> Self {
        let total = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        let begun = lines.into_iter().take_while(|_| ended.goes_on());
        let work = stream::iter(begun).map(move |line| done(portal, filing, line, ended)).buffered(jobs);
        Self { work: Box::pin(work), row: Vec::new(), total, progress }
    }

    /// Does what is left, for whoever wants no more results.
    pub(super) async fn finish(&mut self) -> Result<()> {
        while self.next().await?.is_some() {}
        Ok(())
    }
}

impl Rows for &mut Results<'_> {
    async fn next(&mut self) -> Result<Option<&[u8]>> {
        Results::next(self).await
    }

    fn total(&self) -> Option<u64> {
        Some(self.total)
    }

    // Every row is a line at work, shown or not.
    fn countable(&self) -> u64 {
        u64::MAX
    }
}

impl Results<'_> {
    async fn next(&mut self) -> Result<Option<&[u8]>> {
        let Some(row) = self.work.next().await else { return Ok(None) };
        self.row = row?;
        self.progress.advance(1);
        Ok(Some(&self.row))
    }
}

async fn done(portal: &Portal, filing: Option<&open311::Endpoint>, line: Line, ended: &Ended) -> Result<Vec<u8>> {
    let Line { number, op, key, asked } = line;
    let came = match asked {
        Ok(operation) => operation.done(portal, filing, &key).await,
        Err(why) => Err(Failure::new(Code::Invalid, why).hint("see: citytime batch --help")),
    };
    let came = came.unwrap_or_else(|failure| Came { made: Err(failure), replayed: false });
    ended.note(number, &came);
    let Came { made, replayed } = came;
    let (outcome, id, result, error) = match made {
        Ok((id, result)) => ("done", id, Some(result), None),
        Err(failure) => {
            let exit_code = failure.code.exit();
            let outcome = if exit_code == Code::OutcomeUnknown.exit() { "unknown" } else { "failed" };
            let Failure { code, message, hint, subject, .. } = failure;
            let hint = match code {
                // The key is the failed payment's: the same line would show it again.
                Code::Declined | Code::InsufficientFunds | Code::AuthenticationRequired => {
                    Some("to try it again, with another method perhaps, give this line a `key` of its own".to_owned())
                }
                _ => hint,
            };
            (outcome, subject, None, Some(LineError { code, message, hint, exit_code }))
        }
    };
    let result = LineResult { line: number, op, outcome, replayed, id, key, result, error };
    let mut row = serde_json::to_vec(&result).map_err(|error| Failure::bug(error.to_string()))?;
    row.push(b'\n');
    Ok(row)
}
