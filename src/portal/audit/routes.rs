//! The clerks' operations: the trail as a list, and whether it is whole.

use super::{
    check,
    queries::{self, EntryRow},
};
use crate::{
    api::{
        audit::{self, AuditCheck, AuditCheckQuery, AuditEntry, AuditQuery},
        endpoint::Clerk,
        id::AccountId,
        page::Page,
        time::{Timestamp, When},
        word::Word,
    },
    portal::{
        error::{Error, Result},
        sessions::canonical_username,
        store::{Store, Tx, params},
        web::{
            context::Context,
            paging::{cut, limit},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.list(&audit::LIST, list).add(&audit::CHECK, check)
}

impl From<EntryRow> for AuditEntry {
    fn from(row: EntryRow) -> Self {
        Self {
            number: row.id,
            at: row.at,
            actor: row.actor,
            account: row.account,
            username: row.username,
            credential: row.credential,
            operation: row.operation,
            outcome: row.outcome,
            things: row.things.split_ascii_whitespace().map(str::to_owned).collect(),
            request_id: row.request,
            source: row.source,
            seal: row.seal,
        }
    }
}

/// Which rows.
struct Selection {
    account: Option<AccountId>,
    operation: String,
    outcome: &'static str,
    thing: String,
    from: Timestamp,
    to: Timestamp,
    behind: i64,
    limit: i64,
}

async fn list(context: Context<Clerk>, (): (), query: AuditQuery) -> Result<Page<AuditEntry>> {
    let (store, today, zone) = (context.portal.store(), context.today, &context.portal.city().zone);
    let wrong = |_| Error::field("/after", "`after` is not what a page's `next` was");
    let limit = limit(query.limit);
    let account = match query.who {
        Some(who) => Some(account_of(store, who).await?),
        None => None,
    };
    let end = |when: When| match when {
        When::At(instant) => instant,
        when => When::On(when.date(today, zone).plus_days(1)).start(today, zone),
    };
    let selection = Selection {
        account,
        operation: query.operation.map(|operation| operation.trim().to_lowercase()).unwrap_or_default(),
        outcome: query.outcome.map(Word::as_str).unwrap_or_default(),
        thing: query.thing.map(|thing| spelled(&thing)).unwrap_or_default(),
        from: query.since.map_or(ever(i64::MIN), |when| when.start(today, zone)),
        to: query.until.map_or(ever(i64::MAX), end),
        behind: query.after.as_deref().map_or(Ok(i64::MAX), str::parse).map_err(wrong)?,
        limit: limit.probe(),
    };
    // Where few rows are asked for of many, they are looked for.
    let read = store.read_long(selection, |tx, selection| Box::pin(select(tx, selection)));
    Ok(cut(read.await?, limit, |last| last.id.to_string(), AuditEntry::from))
}

async fn select(tx: &Tx<'_>, selection: &Selection) -> Result<Vec<EntryRow>> {
    let Selection { account, operation, outcome, thing, from, to, behind, limit } = selection;
    let (mut lowest, mut behind) = (0_i64, *behind);
    if *from > ever(i64::MIN) || *to < ever(i64::MAX) {
        let (first, last): (i64, i64) = tx.one(&queries::SPAN, &params![from, to]).await?;
        (lowest, behind) = (first, behind.min(last.saturating_add(1)));
    }
    let rows = match (account, thing.as_str()) {
        (None, "") => {
            let values = params![behind, lowest, from, to, operation, *outcome, limit];
            tx.rows(&queries::LIST, &values).await?
        }
        (Some(account), "") => {
            let values = params![behind, lowest, from, to, operation, *outcome, limit, account];
            tx.rows(&queries::LIST_OF, &values).await?
        }
        (account, thing) => {
            let account = account.map_or(0, AccountId::number);
            let values = params![behind, lowest, from, to, operation, *outcome, limit, account, thing];
            tx.rows(&queries::LIST_ABOUT, &values).await?
        }
    };
    Ok(rows)
}

/// The first or last instant that can be told.
fn ever(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds)
}

/// An account by its id or its name.
pub(crate) async fn account_of(store: &Store, who: String) -> Result<AccountId> {
    if let Ok(account) = who.parse() {
        return Ok(account);
    }
    let read = store.read(canonical_username(&who), |tx, name| {
        Box::pin(async move { Ok::<_, Error>(tx.optional::<(AccountId,)>(&queries::NAMED, &params![name]).await?) })
    });
    let found = read.await?.ok_or_else(|| Error::field("/who", format!("there is no account `{}`", who.trim())))?;
    Ok(found.0)
}

/// An id as it is kept, however it was typed.
fn spelled(thing: &str) -> String {
    crate::api::id::canonical(thing).unwrap_or_else(|| thing.trim().to_owned())
}

async fn check(context: Context<Clerk>, (): (), query: AuditCheckQuery) -> Result<AuditCheck> {
    check::portion(context.portal.store(), query.after.unwrap_or(0), query.mark).await
}
