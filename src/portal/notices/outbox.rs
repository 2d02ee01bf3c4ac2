//! Writing notices down, in the unit of the change they tell: one row each, and nothing is read for it.

use std::sync::OnceLock;

use tokio::sync::Notify;

use super::{Notice, queries, unsubscribe::Key};
use crate::{
    api::{
        id::{AccountId, NoticeId},
        notices::Channel,
        time::Timestamp,
    },
    portal::{
        Portal,
        error::{Error, Result},
        random::Random,
        store::Tx,
    },
};

/// How often an id is drawn again when another notice has it.
const DRAWS: u32 = 4;

/// Where notices leave: ids for them, and a bell for whoever sends them.
pub(crate) struct Outbox {
    /// Of its own, so that what is told changes no other id of a seeded city.
    random: Random,
    bell: Notify,
    key: OnceLock<Key>,
}

impl Outbox {
    /// An outbox that draws its ids there.
    pub(crate) fn new(random: Random) -> Self {
        Self { random, bell: Notify::new(), key: OnceLock::new() }
    }

    /// What links are signed with, once it is known.
    pub(super) fn key(&self) -> Option<&Key> {
        self.key.get()
    }

    /// Remembers what links are signed with.
    pub(super) fn keep_key(&self, key: Key) -> &Key {
        self.key.get_or_init(|| key)
    }

    /// Waits until something was written; its unit may not be committed yet.
    pub(crate) async fn rung(&self) {
        self.bell.notified().await;
    }
}

/// To whom a notice goes.
#[derive(Clone, Copy)]
pub(super) struct Recipient<'a> {
    /// Whose it is.
    pub(super) account: Option<AccountId>,
    /// The one address it goes to; without one it goes where the account wants it.
    pub(super) address: Option<(Channel, &'a str)>,
}

/// Tells an account, on the channels it chose for the topic. It also finds it under `citytime notifications`.
pub(crate) async fn tell(
    tx: &Tx<'_>,
    portal: &Portal,
    account: AccountId,
    notice: &Notice,
    now: Timestamp,
) -> Result<()> {
    write(tx, portal, Recipient { account: Some(account), address: None }, notice, now).await
}

/// Tells one e-mail address, whatever was chosen: to confirm it, to warn the old one, to recover. `account` is whom it
/// concerns, where there is one; it does not find it under `citytime notifications`.
pub(crate) async fn mail_to(
    tx: &Tx<'_>,
    portal: &Portal,
    account: Option<AccountId>,
    address: &str,
    notice: &Notice,
    now: Timestamp,
) -> Result<()> {
    write(tx, portal, Recipient { account, address: Some((Channel::Email, address)) }, notice, now).await
}

/// Tells one phone (E.164), as [`mail_to`] does an e-mail address.
pub(crate) async fn text_to(
    tx: &Tx<'_>,
    portal: &Portal,
    account: Option<AccountId>,
    phone: &str,
    notice: &Notice,
    now: Timestamp,
) -> Result<()> {
    write(tx, portal, Recipient { account, address: Some((Channel::Sms, phone)) }, notice, now).await
}

/// Writes a notice down.
async fn write(tx: &Tx<'_>, portal: &Portal, to: Recipient<'_>, notice: &Notice, now: Timestamp) -> Result<()> {
    let body = serde_json::to_string(&notice.body).map_err(Error::internal)?;
    for _ in 0..DRAWS {
        let id: NoticeId = portal.outbox().random.id()?;
        if queries::insert(tx, id, to, notice, &body, now).await? {
            portal.outbox().bell.notify_one();
            return Ok(());
        }
    }
    Err(Error::internal("every id drawn for a notice was taken"))
}
