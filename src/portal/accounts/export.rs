//! Everything the portal holds about a person, as JSON and as CSV, in one archive that streams: each list is read page by
//! page, by the operation that shows it.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::routes;
use crate::{
    api::{
        bills::{BillFilter, BillQuery},
        endpoint::{Empty, InSession, SignedIn},
        history::{HistoryKind, HistoryQuery},
        page::{ListQuery, MAX_LIMIT, Page},
    },
    formula,
    portal::{
        audit, bills,
        error::{Error, Result},
        history, notices, payments, permits, programs, records, requests, sessions,
        store::BoxFuture,
        tokens, wallet,
        web::{archive::Archive, context::Context, file::Outgoing},
    },
};

type Items = Page<Value>;

/// Reads the page of a list that begins where another ended.
type Read = dyn Fn(Context<SignedIn>, Option<String>) -> BoxFuture<'static, Result<Items>> + Send + Sync;

/// A list of the archive: its name and its pages.
struct Part {
    name: &'static str,
    pages: Box<Read>,
}

/// A list as its operation shows it.
fn part<I, T, F>(
    name: &'static str,
    query: I,
    list: impl Fn(Context<SignedIn>, (), I) -> F + Send + Sync + 'static,
) -> Part
where
    I: ListQuery,
    T: Serialize,
    F: Future<Output = Result<Page<T>>> + Send + 'static,
{
    let pages = move |context, after| {
        let mut query = query.clone();
        (*query.limit_mut(), *query.after_mut()) = (Some(MAX_LIMIT), after);
        let page = list(context, (), query);
        Box::pin(async move { plain(page.await?) }) as BoxFuture<'static, Result<Items>>
    };
    Part { name, pages: Box::new(pages) }
}

/// The payments, or their receipts: the history knows which there are.
fn of_payments<T, F>(
    name: &'static str,
    show: impl Fn(Context<SignedIn>, crate::api::id::PaymentId) -> F + Clone + Send + Sync + 'static,
) -> Part
where
    T: Serialize + Send,
    F: Future<Output = Result<Option<T>>> + Send + 'static,
{
    let pages = move |context: Context<SignedIn>, after| {
        let show = show.clone();
        Box::pin(async move {
            let query = HistoryQuery {
                kind: Some(HistoryKind::Payment),
                limit: Some(MAX_LIMIT),
                after,
                ..HistoryQuery::default()
            };
            let entries = history::routes::list(context.clone(), (), query).await?;
            let mut items = Vec::with_capacity(entries.items.len());
            for entry in entries.items {
                let id = entry.id.parse().map_err(Error::internal)?;
                items.extend(show(context.clone(), id).await?);
            }
            plain(Page { items, next: entries.next })
        }) as BoxFuture<'static, Result<Items>>
    };
    Part { name, pages: Box::new(pages) }
}

fn plain<T: Serialize>(page: Page<T>) -> Result<Items> {
    let items = page.items.into_iter().map(serde_json::to_value).collect::<Result<_, _>>().map_err(Error::internal)?;
    Ok(Page { items, next: page.next })
}

/// All there is.
fn parts() -> Vec<Part> {
    let account = |context: Context<SignedIn>, _: Option<String>| {
        Box::pin(async move {
            let account = routes::show(context, (), Empty {}).await?;
            plain(Page { items: vec![account], next: None })
        }) as BoxFuture<'static, Result<Items>>
    };
    let all = BillQuery { status: Some(BillFilter::All), ..BillQuery::default() };
    vec![
        Part { name: "account", pages: Box::new(account) },
        part("records", Default::default(), records::routes::list),
        part("bills", all, bills::routes::list),
        of_payments("payments", async |context, id| payments::routes::show(context, id, Empty {}).await.map(Some)),
        of_payments("receipts", async |context, id| payments::routes::receipt_if_any(context, id).await),
        part("payment-methods", Default::default(), wallet::routes::list),
        part("permits", Default::default(), permits::routes::list),
        part("requests", Default::default(), requests::routes::list),
        part("registrations", Default::default(), programs::routes::registrations),
        part("notices", Default::default(), notices::routes::list),
        part("history", HistoryQuery::default(), history::routes::list),
        part("sessions", Default::default(), sessions::routes::list),
        part("tokens", Default::default(), tokens::routes::list),
        part("audit-own", Default::default(), audit::about::own),
        part("audit-others", Default::default(), audit::about::others),
    ]
}

/// Everything, as it is read.
pub(super) async fn export(context: Context<InSession>, (): (), _: Empty) -> Result<Outgoing> {
    let name = format!("citytime-{}-{}.zip", context.who.username, context.today);
    // What was done a moment ago is told with the rest.
    audit::seal::run(&context.portal).await?;
    let context = context.signed_in();
    let portal = context.portal.clone();
    let pieces = Archive::stream(&portal, |archive| write(archive, context));
    Ok(Outgoing { media_type: "application/zip".to_owned(), name, size: None, pieces })
}

async fn write(mut archive: Archive, context: Context<SignedIn>) -> Result<()> {
    let mut counted = Map::new();
    for part in parts() {
        archive.begin(&format!("{}.json", part.name))?;
        let mut count = 0_usize;
        let mut pages = Pages::of(&part, &context);
        while let Some(items) = pages.next().await? {
            let mut text = Vec::with_capacity(items.len() * 256);
            for item in &items {
                text.extend_from_slice(if count == 0 { b"[\n" } else { b",\n" });
                serde_json::to_writer(&mut text, item).map_err(Error::internal)?;
                count += 1;
            }
            archive.write(&text).await?;
        }
        archive.write(if count == 0 { b"[]\n" } else { b"\n]\n" }).await?;
        archive.begin(&format!("{}.csv", part.name))?;
        let mut columns: Option<Vec<String>> = None;
        let mut pages = Pages::of(&part, &context);
        while let Some(items) = pages.next().await? {
            archive.write(&rows(&items, &mut columns)?).await?;
        }
        counted.insert(part.name.to_owned(), json!(count));
    }
    archive.begin("about.json")?;
    let (portal, who) = (&context.portal, &context.who);
    let about = json!({
        "city": portal.city().name,
        "account": who.account,
        "username": who.username,
        "exported_at": context.now,
        "items": counted,
    });
    archive.write(&serde_json::to_vec_pretty(&about).map_err(Error::internal)?).await?;
    archive.finish().await
}

/// The pages of a part, one behind the other.
struct Pages<'p> {
    part: &'p Part,
    context: &'p Context<SignedIn>,
    after: Option<Option<String>>,
}

impl<'p> Pages<'p> {
    fn of(part: &'p Part, context: &'p Context<SignedIn>) -> Self {
        Self { part, context, after: Some(None) }
    }

    async fn next(&mut self) -> Result<Option<Vec<Value>>> {
        let Some(after) = self.after.take() else { return Ok(None) };
        let page = (self.part.pages)(self.context.clone(), after).await?;
        self.after = page.next.map(Some);
        Ok(Some(page.items))
    }
}

/// Items as lines of CSV (RFC 4180), the columns first; what has parts of its own stands in its cell as JSON.
fn rows(items: &[Value], columns: &mut Option<Vec<String>>) -> Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    for item in items.iter().filter_map(Value::as_object) {
        if columns.is_none() {
            let names = item.keys().cloned().collect::<Vec<_>>();
            csv.write_record(&names).map_err(Error::internal)?;
            *columns = Some(names);
        }
        let cells = columns.iter().flatten().map(|name| cell(item.get(name)));
        csv.write_record(cells).map_err(Error::internal)?;
    }
    csv.into_inner().map_err(Error::internal)
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => formula::defused(text.clone()),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_no_formulas_and_columns_stay() {
        let items = [json!({"a": "=1+1", "b": null, "c": [1, "x"]}), json!({"c": "\"quoted\"", "a": 7})];
        let mut columns = None;
        let text = String::from_utf8(rows(&items, &mut columns).unwrap()).unwrap();
        assert_eq!(text, "a,b,c\n'=1+1,,\"[1,\"\"x\"\"]\"\n7,,\"\"\"quoted\"\"\"\n");
        assert_eq!(String::from_utf8(rows(&items[1..], &mut columns).unwrap()).unwrap(), "7,,\"\"\"quoted\"\"\"\n");
    }
}
