//! Find and show residents.

use super::{
    queries::{self, LineRow},
    rules::Sought,
};
use crate::{
    api::{
        dashboard::Due,
        endpoint::{Clerk, Empty},
        id::AccountId,
        page::Page,
        problem::Problem,
        residents::{self, Resident, ResidentLine, ResidentQuery, ResidentRecord},
    },
    portal::{
        accounts, dashboard,
        error::{Error, Result},
        records, sessions,
        web::{
            context::Context,
            paging::{cut, limit},
            router::Routes,
        },
    },
};

/// How many accounts are looked at in one read: none holds a snapshot for long.
const LOOKED_AT: i64 = 1000;

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.list(&residents::SEARCH, search).add(&residents::SHOW, show)
}

async fn search(context: Context<Clerk>, (): (), query: ResidentQuery) -> Result<Page<ResidentLine>> {
    let store = context.portal.store();
    let typed = query.sought.unwrap_or_default();
    let mut sought = Sought::new(&typed);
    if !typed.trim().is_empty() {
        sought.holders = store.read(typed, |tx, typed| Box::pin(records::queries::holders(tx, typed))).await?;
    }
    let limit = limit(query.limit);
    if let Some(name) = query.username {
        let name = sessions::canonical_username(&name);
        let row = store.read(name, |tx, name| Box::pin(queries::find(tx, name))).await?;
        return Ok(cut(row.into_iter().collect(), limit, |last| last.username.clone(), ResidentLine::from));
    }
    let mut behind = query.after.unwrap_or_default();
    let mut found: Vec<LineRow> = Vec::new();
    loop {
        let rows = store.read(behind, |tx, behind| Box::pin(queries::scan(tx, behind, LOOKED_AT))).await?;
        let Some(last) = rows.last() else { break };
        behind = last.username.clone();
        found.extend(rows.into_iter().filter(|row| sought.means(row)));
        if found.len() > limit.size() {
            break;
        }
    }
    Ok(cut(found, limit, |last| last.username.clone(), ResidentLine::from))
}

async fn show(context: Context<Clerk>, id: AccountId, _: Empty) -> Result<Resident> {
    let currency = context.portal.city().currency;
    let read = context.portal.store().read(id, |tx, &id| {
        Box::pin(async move {
            let account = accounts::queries::find(tx, id).await?;
            let account = account.ok_or_else(|| {
                let problem = Problem::not_found("resident", id);
                Error::from(problem.hint("find them by what they say: citytime staff residents search WORDS"))
            })?;
            let (seen, linked) = (queries::seen(tx, id).await?, records::queries::linked(tx, id).await?);
            Ok::<_, Error>((account, seen, linked, dashboard::queries::due(tx, id).await?))
        })
    });
    let (account, (role, last_seen_on), linked, (count, amount)) = read.await?;
    let record = |row: records::queries::LinkedRow| ResidentRecord {
        number: row.number,
        id: row.id,
        kind: row.kind,
        linked_at: row.linked_at,
    };
    Ok(Resident {
        id: account.id,
        username: account.username,
        name: account.name,
        email: account.email,
        email_verified: account.email_verified,
        phone: account.phone,
        address: account.address,
        status: account.status,
        role,
        records: linked.into_iter().map(record).collect(),
        due: Due { count, amount, currency },
        last_seen_on,
        created_at: account.created_at,
    })
}
