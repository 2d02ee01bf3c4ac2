//! What there is: the lists a person sees, each read by the operation that shows it, and what no list shows.

use serde::Serialize;
use serde_json::Value;

use super::{
    kept,
    queries::{
        self, AutopayRow, BankEntryRow, CodeRow, CommentRow, FactorRow, FollowedRow, LetterRow, MethodRow, PastLinkRow,
        RecoveryRow, SetupRow, TokenRow, TransferRow,
    },
};
use crate::{
    api::{
        bills::{BillFilter, BillQuery},
        endpoint::{Empty, SignedIn},
        page::{ListQuery, MAX_LIMIT, Page},
        time::Timestamp,
    },
    portal::{
        accounts, bills,
        error::{Error, Result},
        history, notices, permits, programs, records, sessions,
        store::{BoxFuture, FromRow, Query},
        web::context::Context,
    },
};

/// Items as they will be written.
pub(super) type Items = Page<Value>;

/// Reads the page of a part that begins where another ended.
type Read = dyn Fn(Context<SignedIn>, Option<String>) -> BoxFuture<'static, Result<Items>> + Send + Sync;

/// A part of the archive: a file of JSON and one of CSV.
pub(super) struct Part {
    /// What its files are called.
    pub(super) name: &'static str,
    pages: Box<Read>,
}

impl Part {
    fn of<T, F>(
        name: &'static str,
        read: impl Fn(Context<SignedIn>, Option<String>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        T: Serialize + Send,
        F: Future<Output = Result<Page<T>>> + Send + 'static,
    {
        let pages = move |context, after| {
            let page = read(context, after);
            Box::pin(async move { plain(page.await?) }) as BoxFuture<'static, Result<Items>>
        };
        Self { name, pages: Box::new(pages) }
    }

    /// A list, as its operation shows it.
    fn list<I, T, F>(
        name: &'static str,
        query: I,
        list: impl Fn(Context<SignedIn>, (), I) -> F + Send + Sync + 'static,
    ) -> Self
    where
        I: ListQuery,
        T: Serialize + Send,
        F: Future<Output = Result<Page<T>>> + Send + 'static,
    {
        Self::of(name, move |context, after| {
            let mut query = query.clone();
            (*query.limit_mut(), *query.after_mut()) = (Some(MAX_LIMIT), after);
            list(context, (), query)
        })
    }

    /// One thing, as its operation shows it.
    fn one<T, F>(name: &'static str, show: impl Fn(Context<SignedIn>, (), Empty) -> F + Send + Sync + 'static) -> Self
    where
        T: Serialize + Send,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        Self::of(name, move |context, _| {
            let shown = show(context, (), Empty {});
            async move { Ok(Page { items: vec![shown.await?], next: None }) }
        })
    }

    /// Rows as they are kept.
    fn rows<R>(name: &'static str, query: &'static Query, place: fn(&R) -> (i64, i64)) -> Self
    where
        R: FromRow + Serialize + Send + 'static,
    {
        Self::of(name, move |context, after| kept::rows(context, after, query, place))
    }

    /// The page that begins where another ended.
    pub(super) fn page(&self, context: Context<SignedIn>, after: Option<String>) -> BoxFuture<'static, Result<Items>> {
        (self.pages)(context, after)
    }
}

fn plain<T: Serialize>(page: Page<T>) -> Result<Items> {
    let items = page.items.into_iter().map(serde_json::to_value).collect::<Result<_, _>>().map_err(Error::internal)?;
    Ok(Page { items, next: page.next })
}

/// All there is.
pub(super) fn all() -> Vec<Part> {
    let bills = BillQuery { status: Some(BillFilter::All), ..BillQuery::default() };
    vec![
        Part::one("account", accounts::routes::show),
        Part::rows("second-factor", &queries::FACTORS, |_: &FactorRow| (i64::MAX, i64::MAX)),
        Part::rows("codes-sent", &queries::CODES, |row: &CodeRow| millis(row.sent_at, row.expires_at)),
        Part::rows("recoveries", &queries::RECOVERIES, |row: &RecoveryRow| millis(row.begun_at, row.opens_at)),
        Part::list("sessions", Default::default(), sessions::routes::list),
        Part::rows("tokens", &queries::TOKENS, |row: &TokenRow| (row.id.number(), row.created_at.as_millisecond())),
        Part::list("records", Default::default(), records::routes::list),
        Part::rows("records-unlinked", &queries::PAST_LINKS, |row: &PastLinkRow| {
            (row.record.number(), row.unlinked_at.as_millisecond())
        }),
        Part::list("bills", bills, bills::routes::list),
        Part::of("payments", kept::payments),
        Part::of("autopay-rules", kept::autopay_rules),
        Part::rows("autopay", &queries::AUTOPAY, |row: &AutopayRow| {
            (row.announced_at.as_millisecond(), row.bill.number())
        }),
        Part::rows("payment-methods", &queries::METHODS, |row: &MethodRow| {
            (row.id.number(), row.created_at.as_millisecond())
        }),
        Part::rows("payment-setups", &queries::SETUPS, |row: &SetupRow| {
            (row.id.number(), row.created_at.as_millisecond())
        }),
        Part::rows("transfers", &queries::TRANSFERS, |row: &TransferRow| (row.id.number(), row.place)),
        Part::rows("bank-entries", &queries::BANK_ENTRIES, |row: &BankEntryRow| {
            (row.id.number(), row.created_at.as_millisecond())
        }),
        Part::list("permits", Default::default(), permits::routes::list),
        Part::of("requests", kept::requests),
        Part::rows("requests-followed", &queries::FOLLOWED, |row: &FollowedRow| {
            (row.request.number(), row.since.as_millisecond())
        }),
        Part::rows("requests-comments", &queries::COMMENTS, |row: &CommentRow| (row.request.number(), row.place)),
        Part::of("tickets", kept::tickets),
        Part::list("registrations", Default::default(), programs::routes::registrations),
        Part::list("notices", Default::default(), notices::routes::list),
        Part::of("notification-choices", kept::choices),
        Part::rows("letters", &queries::LETTERS, |row: &LetterRow| (row.notice.number(), row.place)),
        Part::list("history", Default::default(), history::routes::list),
        Part::of("audit-own", kept::own_audit),
        Part::of("audit-others", kept::others_audit),
    ]
}

fn millis(one: Timestamp, other: Timestamp) -> (i64, i64) {
    (one.as_millisecond(), other.as_millisecond())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::portal::store::migrations;

    /// Where what a column ties to an account is in the archive, or why it is not.
    enum Told {
        In(&'static str),
        Not(&'static str),
    }

    use Told::{In, Not};

    /// Every column that names an account, as far as the schema was looked at.
    const TOLD: &[(&str, &str, Told)] = &[
        ("assisted_recoveries", "account", In("recoveries")),
        ("assisted_recoveries", "clerk", Not("what a clerk did is the city's; their trail is under audit-own")),
        ("audit", "account", In("audit-own")),
        ("autopay_rules", "account", In("autopay-rules")),
        ("autopay_runs", "account", In("autopay")),
        ("bank_entries", "account", In("bank-entries")),
        ("bank_entries", "clerk", Not("the work of a clerk: the statement of the city's bank is the city's")),
        ("bills", "account", In("bills")),
        ("codes", "account", In("codes-sent")),
        ("customers", "account", Not("the processor's own name for the account, as secret as a method's reference")),
        ("history", "account", In("history")),
        ("methods", "account", In("payment-methods")),
        ("notice_choices", "account", In("notification-choices")),
        ("notices", "account", In("notices")),
        ("past_links", "account", In("records-unlinked")),
        ("payments", "account", In("payments")),
        ("permit_steps", "account", Not("the steps are told with the permits; which clerk took one is the city's")),
        ("permits", "account", In("permits")),
        ("permits", "assignee", Not("the work of a clerk, on what is another's")),
        ("record_links", "account", In("records")),
        ("recovery_codes", "account", In("second-factor")),
        ("refunds", "clerk", Not("a refund is told with its payment, to whoever paid")),
        ("registrations", "account", In("registrations")),
        ("request_events", "author", In("requests-comments")),
        ("request_followers", "account", In("requests-followed")),
        ("requests", "assignee", Not("the work of a clerk, on what is another's")),
        ("requests", "reporter", In("requests")),
        ("second_factors", "account", In("second-factor")),
        ("sessions", "account", In("sessions")),
        ("setups", "account", In("payment-setups")),
        ("ticket_messages", "author", In("tickets")),
        ("tickets", "account", In("tickets")),
        ("tickets", "assignee", Not("the work of a clerk, on what is another's")),
        ("tokens", "account", In("tokens")),
        ("transfers", "account", In("transfers")),
    ];

    /// The columns that name an account, with their tables, as the migrations make them.
    fn columns() -> BTreeSet<(String, String)> {
        let (mut table, mut found) = (String::new(), BTreeSet::new());
        let lines = migrations::ALL.iter().flat_map(|step| step.sql.lines()).map(str::trim);
        for line in lines.filter(|line| !line.starts_with("--")) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let column = match words.as_slice() {
                ["CREATE", "TABLE", name, ..] => {
                    (*name).clone_into(&mut table);
                    continue;
                }
                ["ALTER", "TABLE", name, "ADD", "COLUMN", column, ..] => {
                    (*name).clone_into(&mut table);
                    *column
                }
                [column, ..] => column,
                [] => continue,
            };
            if line.contains("REFERENCES accounts (id)") || line.starts_with("account BIGINT") {
                found.insert((table.clone(), column.to_owned()));
            }
        }
        found
    }

    #[test]
    fn what_is_tied_to_an_account_is_in_the_archive_or_it_is_said_why_not() {
        let told: BTreeSet<_> =
            TOLD.iter().map(|(table, column, _)| ((*table).to_owned(), (*column).to_owned())).collect();
        assert_eq!(columns(), told, "a column that names an account has its part in the export, or a reason here");
        let parts: Vec<&str> = all().iter().map(|part| part.name).collect();
        for (table, column, told) in TOLD {
            match told {
                In(part) => assert!(parts.contains(part), "{table}.{column}: there is no part {part}"),
                Not(why) => assert!(why.len() > 20, "{table}.{column}: say why"),
            }
        }
    }
}
