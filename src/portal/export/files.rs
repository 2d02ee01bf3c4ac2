//! What was sent in: documents of applications and pictures of requests, each from where it is kept into the archive,
//! piece by piece.

use futures_util::StreamExt;
use serde::Serialize;

use super::queries::{self, DocumentRow, PictureRow};
use crate::{
    api::endpoint::SignedIn,
    portal::{
        error::{Error, Result},
        store::params,
        web::{archive::Archive, context::Context, file::ending},
    },
};

/// How many names are read at once.
const PAGE: i64 = 100;

/// What was sent in, as the archive tells of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Files {
    /// How many are in it.
    files: usize,
    /// Those the portal knows of and has no more, which keeps nobody from the rest.
    missing: Vec<String>,
}

/// Writes all of them: `documents/PRM-…/site_plan.pdf`, `pictures/REQ-…/1.jpg`.
pub(super) async fn write(archive: &mut Archive, context: &Context<SignedIn>) -> Result<Files> {
    let mut files = Files::default();
    documents(archive, context, &mut files).await?;
    pictures(archive, context, &mut files).await?;
    Ok(files)
}

async fn documents(archive: &mut Archive, context: &Context<SignedIn>, files: &mut Files) -> Result<()> {
    let account = context.account();
    let mut behind = (i64::MIN, String::new());
    loop {
        let read = context.portal.store().read_long(behind.clone(), move |tx, (permit, document)| {
            Box::pin(async move {
                let place = params![account, *permit, document, PAGE];
                Ok::<Vec<DocumentRow>, Error>(tx.rows(&queries::DOCUMENTS, &place).await?)
            })
        });
        let page = read.await?;
        let Some(last) = page.last() else { return Ok(()) };
        behind = (last.permit.number(), last.document.clone());
        for DocumentRow { permit, document, media_type, digest } in page {
            let name = format!("documents/{permit}/{document}.{}", ending(&media_type));
            copy(archive, context, files, name, &digest).await?;
        }
    }
}

async fn pictures(archive: &mut Archive, context: &Context<SignedIn>, files: &mut Files) -> Result<()> {
    let account = context.account();
    let mut behind = (i64::MIN, i64::MIN);
    loop {
        let read = context.portal.store().read_long(behind, move |tx, (request, place)| {
            Box::pin(async move {
                let place = params![account, *request, *place, PAGE];
                Ok::<Vec<PictureRow>, Error>(tx.rows(&queries::PICTURES, &place).await?)
            })
        });
        let page = read.await?;
        let Some(last) = page.last() else { return Ok(()) };
        behind = (last.request.number(), last.place);
        for PictureRow { request, place, media_type, digest } in page {
            let name = format!("pictures/{request}/{place}.{}", ending(&media_type));
            copy(archive, context, files, name, &digest).await?;
        }
    }
}

async fn copy(
    archive: &mut Archive,
    context: &Context<SignedIn>,
    files: &mut Files,
    name: String,
    digest: &[u8; 32],
) -> Result<()> {
    let Some(mut pieces) = context.portal.documents().find(digest).await? else {
        tracing::error!(name, "a file that was sent in is not there any more");
        files.missing.push(name);
        return Ok(());
    };
    archive.begin(&name)?;
    while let Some(piece) = pieces.next().await {
        archive.write(&piece?).await?;
    }
    files.files += 1;
    Ok(())
}
