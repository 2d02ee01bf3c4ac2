//! The archive, written while it is read.

use serde_json::{Map, Value, json};

use super::{
    files,
    parts::{self, Part},
    table::Columns,
};
use crate::{
    api::{
        accounts,
        endpoint::{Empty, InSession, SignedIn},
    },
    portal::{
        audit,
        error::{Error, Result},
        web::{
            archive::Archive,
            context::Context,
            file::{Outgoing, Readers},
            router::Routes,
        },
    },
};

/// The operation.
pub fn routes(routes: Routes) -> Routes {
    routes.send(&accounts::EXPORT, export)
}

async fn export(context: Context<InSession>, (): (), _: Empty) -> Result<Outgoing> {
    let name = format!("citytime-{}-{}.zip", context.who.username, context.today);
    // What a row of the trail is about is known once it is sealed: what was done a moment ago is told with the rest.
    audit::seal::run(&context.portal).await?;
    let context = context.signed_in();
    let portal = context.portal.clone();
    let pieces = Archive::stream(&portal, |archive| write(archive, context));
    Ok(Outgoing { media_type: "application/zip".to_owned(), name, size: None, readers: Readers::Few, pieces })
}

async fn write(mut archive: Archive, context: Context<SignedIn>) -> Result<()> {
    let mut counted = Map::new();
    for part in parts::all() {
        // Twice through it, so that neither form of it waits in memory for the other.
        let (count, columns) = write_json(&mut archive, &part, &context).await?;
        write_csv(&mut archive, &part, &context, &columns).await?;
        counted.insert(part.name.to_owned(), json!(count));
    }
    let files = files::write(&mut archive, &context).await?;
    let (portal, who) = (&context.portal, &context.who);
    let about = json!({
        "city": portal.city().name,
        "account": who.account,
        "username": who.username,
        "exported_at": context.now,
        "items": counted,
        "sent_in": files,
    });
    archive.begin("about.json")?;
    archive.write(&serde_json::to_vec_pretty(&about).map_err(Error::internal)?).await?;
    archive.finish().await
}

/// An array of the items; tells how many there were, and which fields they had.
async fn write_json(archive: &mut Archive, part: &Part, context: &Context<SignedIn>) -> Result<(usize, Columns)> {
    archive.begin(&format!("{}.json", part.name))?;
    let (mut count, mut columns) = (0_usize, Columns::default());
    let mut pages = Pages::of(part, context);
    while let Some(items) = pages.next().await? {
        let mut text = Vec::with_capacity(items.len() * 256);
        for item in &items {
            columns.see(item);
            text.extend_from_slice(if count == 0 { b"[\n" } else { b",\n" });
            serde_json::to_writer(&mut text, item).map_err(Error::internal)?;
            count += 1;
        }
        archive.write(&text).await?;
    }
    archive.write(if count == 0 { b"[]\n" } else { b"\n]\n" }).await?;
    Ok((count, columns))
}

async fn write_csv(archive: &mut Archive, part: &Part, context: &Context<SignedIn>, columns: &Columns) -> Result<()> {
    archive.begin(&format!("{}.csv", part.name))?;
    archive.write(&columns.line()?).await?;
    let mut pages = Pages::of(part, context);
    while let Some(items) = pages.next().await? {
        archive.write(&columns.rows(&items)?).await?;
    }
    Ok(())
}

/// The pages of a part, one behind the other.
struct Pages<'p> {
    part: &'p Part,
    context: &'p Context<SignedIn>,
    /// Where the next one begins; nothing behind the last.
    after: Option<Option<String>>,
}

impl<'p> Pages<'p> {
    fn of(part: &'p Part, context: &'p Context<SignedIn>) -> Self {
        Self { part, context, after: Some(None) }
    }

    async fn next(&mut self) -> Result<Option<Vec<Value>>> {
        let Some(after) = self.after.take() else { return Ok(None) };
        let page = self.part.page(self.context.clone(), after).await?;
        self.after = page.next.map(Some);
        Ok(Some(page.items))
    }
}
