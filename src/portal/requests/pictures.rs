//! Pictures that came with requests: taken in as they arrive, kept beside the documents, and shown to whoever may read the
//! request.

use std::{io, sync::Arc};

use axum::body::Bytes;
use data_encoding::HEXLOWER;
use futures_util::{Stream, stream};
use tokio::sync::Mutex;

use super::{
    open311::form::cut_off,
    queries::{self, PictureRow},
};
use crate::{
    api::{
        casework::PICTURE,
        endpoint::{Empty, Power, Scope, Slug, Visitor},
        id::RequestId,
        problem::{Code, Problem},
    },
    portal::{
        Portal,
        error::{Error, Result},
        gateways::documents::{Allowed, Arrived, Received, Source},
        pictures::{Cleaner, MEDIA_TYPES, Unclean},
        web::{
            context::Context,
            file::{Incoming, Outgoing, Readers, ending},
            grant::Caller,
            router::Routes,
        },
    },
};

/// How many pictures a request has at most.
pub const MOST_PICTURES: usize = 10;
/// What is taken.
const ALLOWED: Allowed<'static> = Allowed {
    noun: "picture",
    media_types: &MEDIA_TYPES,
    most_bytes: 20_000_000,
    smaller: "most telephones can share one in a smaller size",
};

/// The operation that shows them.
pub fn routes(routes: Routes) -> Routes {
    routes.send(&PICTURE, picture)
}

/// Where a picture is found, below the portal's address.
pub fn address(request: RequestId, place: usize) -> String {
    format!("/v1/requests/{request}/pictures/{place}")
}

async fn picture(context: Context<Visitor>, (id, place): (RequestId, Slug), _: Empty) -> Result<Outgoing> {
    let unknown = || Error::from(Problem::not_found("picture", format_args!("{place} of {id}")));
    let number: i64 = place.as_str().parse().map_err(|_| unknown())?;
    let read = context.portal.store().read(id, move |tx, &id| Box::pin(queries::picture(tx, id, number)));
    let row = read.await?.ok_or_else(unknown)?;
    if row.private && !context.who.as_ref().is_some_and(|caller| may_see(caller, &row)) {
        return Err(unknown());
    }
    Ok(Outgoing {
        name: format!("{id}-{place}.{}", ending(&row.media_type)),
        size: Some(u64::try_from(row.size).unwrap_or(0)),
        readers: if row.private { Readers::Few } else { Readers::Anybody },
        pieces: context.portal.documents().open(&row.digest).await?,
        media_type: row.media_type,
    })
}

/// Whether somebody may see the picture of a private request: who filed it, and clerks who work on requests.
fn may_see(caller: &Caller, row: &PictureRow) -> bool {
    let clerk = caller.powers.contains(&Power::Requests) && caller.may(Scope::Staff);
    clerk || (row.reporter == Some(caller.account) && caller.may(Scope::RequestsRead))
}

/// A form's body as the form's reader wants it. It is shared, so that what is left of it can be read out after a refusal.
pub fn pieces(body: Arc<Mutex<Incoming>>) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    stream::unfold(body, |body| async move {
        let next = body.lock().await.next().await;
        match next {
            Ok(piece) => piece.map(|piece| (Ok(piece), body)),
            Err(error) => Some((Err(io::Error::other(error.problem.detail)), body)),
        }
    })
}

/// Takes in the picture in a part of a form, without what it tells of whoever took it; `None` where the part is empty.
pub async fn take_in(portal: &Portal, part: multer::Field<'static>) -> Result<Option<Arrived>> {
    let field = part.name().unwrap_or_default().to_owned();
    let mut picture = Picture { part, first: None, cleaner: Some(Cleaner::default()), size: 0 };
    let named = |mut error: Error| {
        error.problem.detail = format!("{field}: {}", error.problem.detail);
        error
    };
    while picture.first.as_ref().is_none_or(Bytes::is_empty) {
        let piece = picture.part.chunk().await.map_err(|error| cut_off(&error.to_string()))?;
        let Some(piece) = piece else { return Ok(None) };
        picture.first = Some(piece);
    }
    let name = HEXLOWER.encode(&portal.random().bytes()?);
    portal.documents().arrive(&name, &mut picture, ALLOWED).await.map(Some).map_err(named)
}

/// Keeps the pictures that have arrived.
pub async fn settle(portal: &Portal, arrived: Vec<Arrived>) -> Result<Vec<Received>> {
    let mut kept = Vec::with_capacity(arrived.len());
    for picture in arrived {
        kept.push(portal.documents().settle(picture).await?);
    }
    Ok(kept)
}

/// Removes those that are not wanted.
pub async fn forget(portal: &Portal, arrived: Vec<Arrived>) {
    for picture in arrived {
        portal.documents().forget(picture).await;
    }
}

/// A picture as it comes in a form.
struct Picture {
    part: multer::Field<'static>,
    /// What was looked at to see whether there is any.
    first: Option<Bytes>,
    cleaner: Option<Cleaner>,
    /// How much has come, with what is left out.
    size: u64,
}

impl Picture {
    async fn piece(&mut self) -> Result<Option<Bytes>> {
        let piece = match self.first.take() {
            Some(first) => Some(first),
            None => self.part.chunk().await.map_err(|error| cut_off(&error.to_string()))?,
        };
        self.size += piece.as_ref().map_or(0, |piece| u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if self.size > ALLOWED.most_bytes { Err(ALLOWED.too_large()) } else { Ok(piece) }
    }
}

impl Source for Picture {
    async fn next(&mut self) -> Result<Option<Bytes>> {
        while let Some(mut cleaner) = self.cleaner.take() {
            let kept = match self.piece().await? {
                Some(piece) => {
                    let kept = cleaner.feed(&piece).map_err(unclean)?;
                    self.cleaner = Some(cleaner);
                    kept
                }
                None => cleaner.finish().map_err(unclean)?,
            };
            if !kept.is_empty() {
                return Ok(Some(kept.into()));
            }
        }
        Ok(None)
    }
}

fn unclean(why: Unclean) -> Error {
    let hint = match why {
        Unclean::Broken => "open it, save it anew, and send that",
        Unclean::Hidden => "send it as a JPEG",
    };
    Problem::new(Code::Invalid, why.to_string()).hint(hint).into()
}
