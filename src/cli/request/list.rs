//! `citytime request list`: requests that were filed.

use clap::{Args, builder::PossibleValuesParser};

use super::REQUEST;
use crate::{
    api::{
        requests::{Request, RequestStatus},
        time::When,
        word::Word,
    },
    cli::{Context, context::SeenAs},
    client::open311::{Listing, Query},
    failure::{Failure, Result},
    number,
    ui::{Outcome, Rows},
};

/// Rows counted beyond a screenful: cities answer a few times a minute.
const COUNTED: u64 = 50;

/// List requests
///
/// At your Citytime portal these are yours when you are signed in, and everybody's with --public; at any other city
/// they are everybody's. Cities tell the last 90 days unless asked: with --since a longer range is walked, the newest
/// first.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime request list
  citytime request list -c chicago --status open --service PHB --since -30d
  citytime request list --public --since 2026-01-01 -o csv > requests.csv")]
pub(super) struct ListArgs {
    /// Only in this state; all, where a city shows the open ones unasked
    #[arg(long, value_delimiter = ',', value_parser = PossibleValuesParser::new(["open", "closed", "all"]))]
    status: Vec<String>,
    /// Only for these services
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    service: Vec<String>,
    /// Made since this day or instant: 2026-11-22, today, -30d
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<When>,
    /// Made until the end of this day, or before this instant
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<When>,
    /// Everybody's, not only yours
    #[arg(long)]
    public: bool,
    /// Show at most so many
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::within::<u64, _>(1..))]
    limit: Option<u64>,
}

pub(super) async fn run(context: &mut Context, args: ListArgs) -> Result<Outcome> {
    context.ui.check_columns(&REQUEST)?;
    let endpoint = context.endpoint(if args.public { SeenAs::Anyone } else { SeenAs::Resident }).await?;
    let dated = args.since.is_some() || args.until.is_some();
    let clock = super::clock(context, &endpoint, dated).await?;
    let (since, until) = (args.since.map(|when| clock.start(when)), args.until.map(|when| clock.end(when)));
    if let (Some(since), until) = (since, until.unwrap_or(clock.now))
        && since >= until
    {
        return Err(Failure::usage("the range is empty: --since is not before its end")
            .hint("give an earlier --since, or a later --until"));
    }
    let mut status = args.status.iter().filter_map(|word| RequestStatus::parse(word)).collect::<Vec<_>>();
    if args.status.iter().any(|word| word == "all") {
        status = RequestStatus::ALL.to_vec();
    }
    let query = Query { status, service_code: args.service, since, until };
    let progress = context.ui.progress("listing requests", None);
    let listing = Listing::new(&endpoint, query, clock.now);
    let mut rows = Found { listing, left: args.limit.unwrap_or(u64::MAX), lines: Vec::new() };
    // The first page tells how many there are, where the city does.
    let first = rows.fetch().await;
    drop(progress);
    let first = first?;
    context.ui.stream(&REQUEST, Begun { first: Some(first), rows }).await?;
    super::warn(context, &endpoint);
    Ok(Outcome::Nothing)
}

/// A listing as rows for the ui.
struct Found<'e> {
    listing: Listing<'e>,
    left: u64,
    lines: Vec<u8>,
}

impl Found<'_> {
    /// The next page in `lines`; whether there was one.
    async fn fetch(&mut self) -> Result<bool> {
        self.lines.clear();
        while self.left > 0 && self.lines.is_empty() {
            let Some(page) = self.listing.next_page().await? else { return Ok(false) };
            for request in page.iter().take(usize::try_from(self.left).unwrap_or(usize::MAX)) {
                self.left -= 1;
                write(request, &mut self.lines)?;
            }
        }
        Ok(!self.lines.is_empty())
    }
}

fn write(request: &Request, lines: &mut Vec<u8>) -> Result<()> {
    let failed = |error| Failure::bug(format!("a request cannot be written as JSON: {error}"));
    serde_json::to_writer(&mut *lines, request).map_err(failed)?;
    lines.push(b'\n');
    Ok(())
}

/// Rows whose first page is there already.
struct Begun<'e> {
    first: Option<bool>,
    rows: Found<'e>,
}

impl Rows for Begun<'_> {
    async fn next(&mut self) -> Result<Option<&[u8]>> {
        let there = match self.first.take() {
            Some(there) => there,
            None => self.rows.fetch().await?,
        };
        Ok(there.then_some(self.rows.lines.as_slice()))
    }

    fn total(&self) -> Option<u64> {
        self.rows.listing.total().filter(|_| self.rows.left > u64::from(u32::MAX))
    }

    fn countable(&self) -> u64 {
        COUNTED
    }
}
