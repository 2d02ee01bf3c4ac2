//! What those who follow a request are told of it: its reporter, until they unfollow it, and whoever else does. Who
//! filed it, and who said what, is told to nobody.

use super::queries::{self, RequestRow, Side};
use crate::{
    api::{id::AccountId, notices::Topic, requests::RequestStatus, time::Timestamp},
    portal::{
        Portal,
        error::Result,
        notices::{self, Notice},
        store::Tx,
    },
};

/// What happened to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happening<'a> {
    /// It was filed.
    Filed,
    /// It stands somewhere else, and perhaps something was said with it.
    Moved(Option<&'a str>),
    /// Something was said.
    Said(&'a str, Side),
}

/// Tells everybody who follows a request, but for who did it.
pub(super) async fn tell(
    tx: &Tx<'_>,
    portal: &Portal,
    row: &RequestRow,
    happening: Happening<'_>,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<()> {
    let notice = notice(portal, row, happening);
    let filed = happening == Happening::Filed;
    for account in queries::following(tx, row.id).await? {
        // Who files a request gets that in writing; of what one does later one knows.
        if filed || Some(account) != by {
            notices::tell(tx, portal, account, &notice, now).await?;
        }
    }
    Ok(())
}

fn notice(portal: &Portal, row: &RequestRow, happening: Happening<'_>) -> Notice {
    let city = portal.city();
    let service = city.service(&row.service).map_or(row.service.as_str(), |service| service.name.as_str());
    let (subject, told, said) = match happening {
        Happening::Filed => (format!("Request received: {service}"), "We have your request.", None),
        Happening::Moved(said) if row.status == RequestStatus::Closed => {
            (format!("Request closed: {service}"), "A request you follow is closed.", said)
        }
        Happening::Moved(said) => {
            (format!("Request {}: {service}", row.stage), "A request you follow has moved on.", said)
        }
        Happening::Said(said, Side::City) => {
            (format!("The city on your request: {service}"), "The city wrote about a request you follow:", Some(said))
        }
        Happening::Said(said, Side::Reporter | Side::Resident) => {
            (format!("A comment on a request: {service}"), "Somebody commented on a request you follow:", Some(said))
        }
    };
    let mut notice = Notice::new(Topic::Requests, subject).says(told).says_if(said).fact("Request", row.id);
    if let Some(address) = &row.address {
        notice = notice.fact("Where", address);
    }
    notice.fact("Status", row.stage).command(format!("citytime request status {}", row.id)).about(row.id)
}
