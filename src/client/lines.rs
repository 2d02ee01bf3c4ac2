//! Lists as they stream in: whole lines of `application/x-ndjson`, unparsed, in constant memory. A portal that cannot
//! go on breaks the connection; what arrived of the line it was in is dropped, and the failure follows whole lines.

use std::time::Duration;

use reqwest::Response;

use super::{answer::Asked, attempt::content_type, reach};
use crate::{
    api::problem::Code,
    failure::{Failure, Result},
};

/// Longest line: an item is far below it, and what has no line ends at all is no list.
const LONGEST_LINE: usize = 16 << 20;

/// A list that is streaming in.
#[derive(Debug)]
pub struct Lines {
    asked: Asked,
    response: Response,
    /// How long the stream may be silent.
    patience: Duration,
    held: Vec<u8>,
    /// How much of `held` was given out.
    given: usize,
    ended: bool,
}

impl Lines {
    pub(super) fn new(asked: Asked, response: Response, patience: Duration) -> Result<Self> {
        let kind = content_type(&response);
        if !kind.starts_with("application/x-ndjson") {
            let message = format!("{} answered {} with `{kind}` instead of lines of JSON", asked.base, asked.operation);
            return Err(Failure::new(Code::NotAPortal, message)
                .hint("check the address: `citytime city list` shows those you keep"));
        }
        Ok(Self { asked, response, patience, held: Vec::new(), given: 0, ended: false })
    }

    /// The next whole lines, each with its line end; `None` when the list is complete.
    pub async fn next(&mut self) -> Result<Option<&[u8]>> {
        self.held.drain(..self.given);
        self.given = 0;
        while !self.ended {
            let chunk = tokio::time::timeout(self.patience, self.response.chunk()).await;
            let chunk =
                chunk.map_err(|_| self.broken(&format!("nothing came for {} s", self.patience.as_secs_f64())))?;
            let chunk = chunk.map_err(|error| self.broken(&reach::broken(&error)).because(error))?;
            let Some(chunk) = chunk else {
                self.ended = true;
                break;
            };
            let line_end = chunk.iter().rposition(|&byte| byte == b'\n');
            let before = self.held.len();
            self.held.extend_from_slice(&chunk);
            if let Some(line_end) = line_end {
                self.given = before + line_end + 1;
                return Ok(Some(&self.held[..self.given]));
            }
            if self.held.len() > LONGEST_LINE {
                return Err(self.broken("a line has no end"));
            }
        }
        if self.held.is_empty() { Ok(None) } else { Err(self.broken("it ends in the middle of a line")) }
    }

    fn broken(&self, why: &str) -> Failure {
        let message = format!("the list from {} is not complete: {why}", self.asked.base);
        Failure::new(Code::Network, message).hint("run the command again; what was printed are whole items")
    }
}
