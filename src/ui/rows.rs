//! Lists that arrive bit by bit.

use crate::failure::Result;

/// A list that arrives page by page or line by line.
#[expect(async_fn_in_trait, reason = "the command line runs on one thread: nobody asks for Send")]
pub trait Rows {
    /// The next rows: one or more whole lines, each one JSON object on one line and ended by `\n`; `None` after the
    /// last. The text is borrowed, so that a line can go from the socket to stdout without being read.
    async fn next(&mut self) -> Result<Option<&[u8]>>;

    /// How many rows there are in all, where that is known.
    fn total(&self) -> Option<u64> {
        None
    }

    /// How many rows may be counted beyond a screenful, to say how many more there are: fewer where each page is dear.
    fn countable(&self) -> u64 {
        1_000
    }
}

/// Rows that are all here already.
#[derive(Debug)]
pub struct Lines<I> {
    lines: I,
    line: Vec<u8>,
}

impl<I> Lines<I> {
    /// Rows of values.
    pub fn new(lines: I) -> Self {
        Self { lines, line: Vec::new() }
    }
}

impl<T: serde::Serialize, I: Iterator<Item = Result<T>>> Rows for Lines<I> {
    async fn next(&mut self) -> Result<Option<&[u8]>> {
        let Some(item) = self.lines.next() else { return Ok(None) };
        self.line.clear();
        serde_json::to_writer(&mut self.line, &item?)
            .map_err(|error| crate::failure::Failure::bug(format!("a row cannot be written as JSON: {error}")))?;
        self.line.push(b'\n');
        Ok(Some(&self.line))
    }
}
