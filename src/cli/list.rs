//! What every list shares: how many things to show, and the way from the portal's stream to the ui.

use serde::Serialize;

use super::Context;
use crate::{
    api::{
        endpoint::{Access, Endpoint, Needs},
        page::{ListQuery, Page},
        time::When,
    },
    client,
    failure::Result,
    number,
    ui::{Outcome, Rows, Sheet},
};

/// How much of a list to show.
#[derive(clap::Args, Debug, Clone, Copy, Default)]
pub(crate) struct Limit {
    /// Show at most so many
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::within::<u64, _>(1..))]
    limit: Option<u64>,
}

impl Limit {
    /// How many things, where it was said.
    pub(crate) fn most(self) -> Option<usize> {
        self.limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX))
    }
}

/// Between which instants.
#[derive(clap::Args, Debug, Clone, Copy, Default)]
pub(crate) struct Span {
    /// Since this day or instant: 2026-11-22, today, -30d
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) since: Option<When>,
    /// Until the end of this day, or before this instant
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) until: Option<When>,
}

/// Prints a list as it streams in from the portal.
pub(crate) async fn print<A: Access, I: ListQuery + Serialize, T>(
    context: &mut Context,
    sheet: &'static Sheet,
    endpoint: &Endpoint<A, (), I, Page<T>>,
    mut query: I,
    args: Limit,
) -> Result<Outcome> {
    context.ui.check_columns(sheet)?;
    let limit = args.limit.unwrap_or(u64::MAX);
    // Of a stream the limit is that of the whole: without one all of it comes.
    *query.limit_mut() = args.limit.and_then(|limit| u32::try_from(limit).ok());
    // What anyone may read needs no sign-in, not even a sound one.
    let portal = match A::describe(endpoint.need) {
        Needs::Nothing => context.public_portal()?,
        _ => context.portal().await?,
    };
    let lines = portal.lines(endpoint, &query).await?;
    context.ui.stream(sheet, First { lines, left: limit }).await?;
    Ok(Outcome::Nothing)
}

/// The first lines of a stream.
struct First {
    lines: client::Lines,
    left: u64,
}

impl Rows for First {
    async fn next(&mut self) -> Result<Option<&[u8]>> {
        if self.left == 0 {
            return Ok(None);
        }
        let Some(lines) = self.lines.next().await? else { return Ok(None) };
        if self.left == u64::MAX {
            return Ok(Some(lines));
        }
        let wanted = usize::try_from(self.left).unwrap_or(usize::MAX);
        let mut ends = lines.iter().enumerate().filter(|&(_, &byte)| byte == b'\n').map(|(at, _)| at + 1);
        match ends.nth(wanted - 1) {
            Some(end) => {
                self.left = 0;
                Ok(Some(&lines[..end]))
            }
            None => {
                let seen = lines.iter().filter(|&&byte| byte == b'\n').count();
                self.left -= u64::try_from(seen).unwrap_or(self.left);
                Ok(Some(lines))
            }
        }
    }
}
