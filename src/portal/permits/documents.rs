//! Attaching documents and reading them again.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{
    queries::{self, DocumentRow, PermitRow},
    routes::load,
    rules::{self, Viewer},
};
use crate::{
    api::{
        endpoint::{Clerk, Empty, SignedIn, Slug},
        id::{AccountId, PermitId},
        permits::{self, MOST_BYTES, Permit, PermitStatus},
        problem::{Code, Problem},
        time::Timestamp,
    },
    portal::{
        Portal,
        error::{Error, Result},
        gateways::documents::{Allowed, Received},
        store::{Tx, params},
        web::{
            context::Context,
            file::{Incoming, Outgoing, Readers, ending},
            router::Routes,
        },
    },
};

/// The noun's operations on documents.
pub fn routes(routes: Routes) -> Routes {
    routes
        .receive(&permits::ATTACH, attach)
        .send(&permits::DOCUMENT, document)
        .send(&permits::CASE_DOCUMENT, case_document)
}

async fn attach(context: Context<SignedIn>, (id, word): (PermitId, Slug), mut file: Incoming) -> Result<Permit> {
    let (portal, account, now) = (&context.portal, context.account(), context.now);
    let allowed = match allowed(portal, account, id, word.as_str()).await {
        Ok(allowed) => allowed,
        Err(refusal) => {
            file.read_out().await;
            return Err(refusal);
        }
    };
    let name = HEXLOWER.encode(&portal.random().bytes()?);
    let media_types: Vec<&str> = allowed.iter().map(String::as_str).collect();
    let smaller = "a scan in grey, or fewer pages";
    let allowed = Allowed { noun: "document", media_types: &media_types, most_bytes: MOST_BYTES, smaller };
    let received = portal.documents().receive(&name, file, allowed).await?;
    // Only now is it attached: the application may have moved on while it arrived.
    let write = context.write((word, received), move |tx, (word, received)| {
        Box::pin(async move {
            if tx.execute(&queries::HOLD_OPEN, &params![id, account, now]).await? == 0 {
                let row = queries::find(tx, id).await?.ok_or_else(|| Problem::not_found("permit", id))?;
                return Err(closed(&row).into());
            }
            let Received { digest, size, media_type } = received;
            tx.execute(&queries::ATTACH, &params![id, word.as_str(), media_type, *size, *digest, now]).await?;
            Ok::<_, Error>(())
        })
    });
    write.await?;
    load(portal, Viewer::Applicant, Some(account), id).await
}

/// Attaches a document that is kept already: a sandbox's past.
pub(crate) async fn attach_kept(tx: &Tx<'_>, id: PermitId, word: &str, bytes: &[u8], now: Timestamp) -> Result<()> {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    tx.execute(&queries::ATTACH, &params![id, word, "application/pdf", size, digest, now]).await?;
    Ok(())
}

/// What a document may be, where one may be attached now.
async fn allowed(portal: &Portal, account: AccountId, id: PermitId, word: &str) -> Result<Vec<String>> {
    let row = portal.store().read(id, |tx, &id| Box::pin(queries::find(tx, id))).await?;
    let row = row.filter(|row| row.account == account).ok_or_else(|| Problem::not_found("permit", id))?;
    if !matches!(row.status, PermitStatus::Draft | PermitStatus::InfoRequested) {
        return Err(closed(&row).into());
    }
    let kind = rules::kind(portal.city(), &row.kind)?;
    match kind.documents.iter().find(|asked| asked.id == word) {
        Some(asked) => Ok(asked.media_types.clone()),
        None => Err(Problem::new(Code::NotFound, rules::no_such_document(kind, word))
            .hint(format!("see what is asked for: citytime permit types {}", kind.id))
            .into()),
    }
}

fn closed(row: &PermitRow) -> Problem {
    Problem::new(Code::Conflict, format!("{} is {}: nothing can be attached to it now", row.id, row.status))
        .hint("documents are attached to a draft, or when a clerk has asked for them")
        .about(row.id)
}

async fn document(context: Context<SignedIn>, (id, word): (PermitId, Slug), _: Empty) -> Result<Outgoing> {
    // Whose it is is settled first: another person's is not there.
    load(&context.portal, Viewer::Applicant, Some(context.account()), id).await?;
    read(&context.portal, id, word).await
}

async fn case_document(context: Context<Clerk>, (id, word): (PermitId, Slug), _: Empty) -> Result<Outgoing> {
    load(&context.portal, Viewer::Clerk, None, id).await?;
    read(&context.portal, id, word).await
}

async fn read(portal: &Portal, id: PermitId, word: Slug) -> Result<Outgoing> {
    let (documents, _) = portal.store().read(id, |tx, &id| Box::pin(queries::details(tx, id))).await?;
    let found = documents.into_iter().find(|document| document.id == word.as_str());
    let DocumentRow { media_type, size, digest, .. } =
        found.ok_or_else(|| Problem::not_found("document", format_args!("{word} of {id}")))?;
    Ok(Outgoing {
        name: format!("{id}-{word}.{}", ending(&media_type)),
        readers: Readers::Few,
        size: Some(u64::try_from(size).unwrap_or(0)),
        pieces: portal.documents().open(&digest).await?,
        media_type,
    })
}
