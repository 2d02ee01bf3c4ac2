//! SQL of notices.

use super::{
    Notice,
    notice::Body,
    outbox::Recipient,
    rules::{self, Fate, Texting},
};
use crate::{
    api::{
        accounts::AccountStatus,
        id::{AccountId, NoticeId},
        notices::{self as wire, Channel, DeliveryStatus, Topic},
        time::Timestamp,
        word::Word,
    },
    portal::{
        error::{Error, Result},
        store::{Tx, params, queries, row},
    },
};

/// The columns of [`DeliveryRow`].
macro_rules! delivery {
    () => {
        "d.notice, d.channel, d.address, d.status, n.topic, n.subject, d.attempts, d.answer, d.changed_at, d.due_at \
         FROM deliveries d JOIN notices n ON n.id = d.notice"
    };
}

queries! {
    /// A new notice, unless its id is taken.
    pub INSERT = "INSERT INTO notices (id, account, topic, subject, body, about, channel, address, created_at, \
                  expires_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9) ON CONFLICT (id) DO NOTHING";
    /// A page of what an account was told, newest first: behind (created_at, id).
    pub LIST = "SELECT id, created_at, topic, subject, body, about, read_at FROM notices \
                WHERE account = $1 AND channel IS NULL AND (created_at, id) < ($2, $3) \
                AND topic = COALESCE($4, topic) \
                AND (CAST($5 AS BIGINT) IS NULL OR (read_at IS NULL) = (CAST($5 AS BIGINT) = 1)) ORDER BY created_at DESC, id DESC LIMIT $6";
    /// A notice of an account, marked as read; when it was first is kept.
    pub READ = "UPDATE notices SET read_at = COALESCE(read_at, $3) WHERE id = $1 AND account = $2 AND channel IS NULL \
                RETURNING id, created_at, topic, subject, body, about, read_at";
    /// Takes up notices that are due, and those a clock that has jumped back since put off too far; what goes to a named address
    /// first.
    pub TAKE = "UPDATE notices SET due_at = NULL WHERE due_at IS NOT NULL AND id IN (SELECT id FROM notices \
                WHERE due_at IS NOT NULL AND (due_at <= $1 OR due_at > $2) ORDER BY CASE WHEN address IS NULL THEN 1 ELSE 0 END, due_at, id LIMIT $3) \
                RETURNING id, account, topic, channel, address";
    /// Where an account is reached, by addresses it has confirmed, and how it wants to be told of a topic.
    pub WISH = "SELECT a.confirmed_email, CASE WHEN a.phone_verified = 1 THEN a.phone END, a.status, c.channels FROM accounts a \
                LEFT JOIN notice_choices c ON c.account = a.id AND c.topic = $2 WHERE a.id = $1";
    /// A notice is to go to an address.
    pub DELIVER = "INSERT INTO deliveries (notice, channel, address, priority, status, attempts, due_at, changed_at) \
                   VALUES ($1, $2, $3, $4, 'waiting', 0, $5, $5) ON CONFLICT (notice, channel) DO NOTHING";
    /// Takes letters that are due for a while, those that somebody waits for first. The sign keeps SQLite from looking through all that are due for those that
    /// were chosen.
    pub LEASE = "UPDATE deliveries SET attempts = attempts + 1, due_at = $4 WHERE channel = $1 \
                 AND (+due_at <= $2 OR +due_at > $3) AND notice IN (SELECT notice FROM deliveries WHERE channel = $1 \
                 AND due_at IS NOT NULL AND (due_at <= $2 OR due_at > $3) ORDER BY priority, due_at, notice LIMIT $5) \
                 RETURNING notice, address, attempts";
    /// What a letter is made of.
    pub CONTENT = "SELECT n.account, n.topic, n.subject, n.body, n.about, n.created_at, n.expires_at, \
                   CASE WHEN n.channel IS NULL THEN 0 ELSE 1 END, a.name, a.status \
                   FROM notices n LEFT JOIN accounts a ON a.id = n.account WHERE n.id = $1";
    /// A letter has arrived, whoever had it last.
    pub SENT = "UPDATE deliveries SET status = 'sent', due_at = NULL, answer = NULL, changed_at = $3 \
                WHERE notice = $1 AND channel = $2 AND status <> 'sent'";
    /// Codes are forgotten once they have left.
    pub FORGET_BODY = "UPDATE notices SET body = '{\"paragraphs\":[]}' WHERE id = $1";
    /// A letter has not left, and whoever took it still has it.
    pub NOT_SENT = "UPDATE deliveries SET status = $4, due_at = $5, answer = $6, changed_at = $7 \
                    WHERE notice = $1 AND channel = $2 AND attempts = $3 AND status = 'waiting'";
    /// What an account was told since an instant, the oldest first.
    pub SINCE = "SELECT id, created_at, topic, subject, body, about, read_at FROM notices WHERE account = $1 \
                 AND channel IS NULL AND created_at >= $2 ORDER BY created_at, id LIMIT $3";
    /// How an account wants to be told.
    pub CHOICES = "SELECT topic, channels FROM notice_choices WHERE account = $1";
    /// How an account wants to be told of a topic from now on.
    pub CHOOSE = "INSERT INTO notice_choices (account, topic, channels) VALUES ($1, $2, $3) \
                  ON CONFLICT (account, topic) DO UPDATE SET channels = excluded.channels";
    /// An account's phone, and whether it is confirmed.
    pub PHONE = "SELECT phone, phone_verified FROM accounts WHERE id = $1";
    /// A page of what became of notices, what changed last first.
    pub DELIVERIES = concat!("SELECT ", delivery!(), " WHERE d.status = COALESCE($1, d.status) \
                      AND (d.changed_at, d.notice, d.channel) < ($2, $3, $4) \
                      ORDER BY d.changed_at DESC, d.notice DESC, d.channel DESC LIMIT $5");
    /// What became of a notice, on each channel.
    pub DELIVERIES_OF = concat!("SELECT ", delivery!(), " WHERE d.notice = $1 ORDER BY d.channel");
    /// Tries a notice again that was given up.
    pub RETRY = "UPDATE deliveries SET status = 'waiting', attempts = 0, due_at = $2, changed_at = $2 \
                 WHERE notice = $1 AND status = 'dead'";
    /// Forgets which letters arrived before an instant; what they said stays in the list.
    pub FORGET = "DELETE FROM deliveries WHERE status = 'sent' AND changed_at < $1";
    /// What a seeded past told is told; what is not of its last days was read.
    pub LONG_AGO = "UPDATE notices SET due_at = NULL, \
                    read_at = CASE WHEN created_at < $1 THEN created_at ELSE read_at END";
    /// A key of the portal, drawn now unless it was before.
    pub NEW_KEY = "INSERT INTO portal_keys (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    /// A key of the portal.
    pub KEY = "SELECT bytes FROM portal_keys WHERE name = $1";
}

row! {
    /// What became of a notice.
    pub struct DeliveryRow {
        pub notice: NoticeId,
        pub channel: Channel,
        pub address: String,
        pub status: DeliveryStatus,
        pub topic: Topic,
        pub subject: String,
        pub attempts: i64,
        pub answer: Option<String>,
        pub changed_at: Timestamp,
        pub due_at: Option<Timestamp>,
    }
}

impl From<DeliveryRow> for wire::Delivery {
    fn from(row: DeliveryRow) -> Self {
        let DeliveryRow { notice, channel, address, status, topic, subject, attempts, answer, changed_at, due_at } =
            row;
        Self { notice, channel, address, status, topic, subject, attempts, answer, at: changed_at, due_at }
    }
}

row! {
    /// A notice that was taken up.
    pub struct Taken {
        pub id: NoticeId,
        pub account: Option<AccountId>,
        pub topic: Topic,
        pub channel: Option<Channel>,
        pub address: Option<String>,
    }
}

row! {
    /// Where an account is reached, and how it wants to be told.
    pub struct Wish {
        pub email: Option<String>,
        pub phone: Option<String>,
        pub status: AccountStatus,
        pub channels: Option<String>,
    }
}

row! {
    /// What a letter is made of.
    pub struct Content {
        pub account: Option<AccountId>,
        pub topic: Topic,
        pub subject: String,
        pub body: String,
        pub about: Option<String>,
        pub created_at: Timestamp,
        pub expires_at: Option<Timestamp>,
        pub named: bool,
        pub name: Option<String>,
        pub status: Option<AccountStatus>,
    }
}

/// A letter that was taken, for a while.
#[derive(Debug, Clone)]
pub struct Leased {
    /// The notice.
    pub notice: NoticeId,
    /// Where it goes.
    pub address: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// What it is made of.
    pub content: Content,
}

row! {
    /// A notice as it is kept.
    pub struct NoticeRow {
        pub id: NoticeId,
        pub created_at: Timestamp,
        pub topic: Topic,
        pub subject: String,
        pub body: String,
        pub about: Option<String>,
        pub read_at: Option<Timestamp>,
    }
}

impl NoticeRow {
    /// The notice as its account sees it.
    pub fn seen(self) -> Result<wire::Notice> {
        let Self { id, created_at, topic, subject, body, about, read_at } = self;
        let body: Body = serde_json::from_str(&body).map_err(Error::internal)?;
        Ok(wire::Notice { id, at: created_at, topic, subject, text: body.text(), about, read_at })
    }
}

/// Writes a notice down; `false` if its id is taken.
pub(super) async fn insert(
    tx: &Tx<'_>,
    id: NoticeId,
    to: Recipient<'_>,
    notice: &Notice,
    body: &str,
    now: Timestamp,
) -> Result<bool> {
    let Recipient { account, address } = to;
    let (channel, address) = (address.map(|(channel, _)| channel), address.map(|(_, address)| address));
    let Notice { topic, subject, about, expires_at, .. } = notice;
    let values = params![id, account, *topic, subject, body, about, channel, address, now, *expires_at];
    Ok(tx.execute(&INSERT, &values).await? == 1)
}

/// Where a list goes on: behind this notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// When it was told.
    pub at: Timestamp,
    /// Which it is.
    pub id: i64,
}

/// A page of what an account was told.
pub async fn list(
    tx: &Tx<'_>,
    account: AccountId,
    behind: Behind,
    (topic, unread): (Option<Topic>, Option<bool>),
    limit: i64,
) -> Result<Vec<NoticeRow>> {
    Ok(tx.rows(&LIST, &params![account, behind.at, behind.id, topic, unread, limit]).await?)
}

/// Marks a notice of an account as read.
pub async fn read(tx: &Tx<'_>, account: AccountId, id: NoticeId, now: Timestamp) -> Result<Option<NoticeRow>> {
    Ok(tx.optional(&READ, &params![id, account, now]).await?)
}

/// Takes up what is due, for this unit to spread.
pub(super) async fn take(tx: &Tx<'_>, now: Timestamp, horizon: Timestamp, limit: i64) -> Result<Vec<Taken>> {
    Ok(tx.rows(&TAKE, &params![now, horizon, limit]).await?)
}

/// Where an account is reached, and how it wants to be told of a topic.
pub(super) async fn wish(tx: &Tx<'_>, account: AccountId, topic: Topic) -> Result<Wish> {
    Ok(tx.one(&WISH, &params![account, topic]).await?)
}

/// A notice is to go to an address.
pub(super) async fn deliver(
    tx: &Tx<'_>,
    notice: &Taken,
    channel: Channel,
    address: &str,
    now: Timestamp,
) -> Result<()> {
    let priority = rules::priority(notice);
    tx.execute(&DELIVER, &params![notice.id, channel, address, priority, now]).await?;
    Ok(())
}

/// Takes letters that are due, until the lease ends.
pub(super) async fn lease(
    tx: &Tx<'_>,
    channel: Channel,
    (now, horizon, lease): (Timestamp, Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Leased>> {
    let taken: Vec<(NoticeId, String, i64)> = tx.rows(&LEASE, &params![channel, now, horizon, lease, limit]).await?;
    let leased = taken.into_iter().map(async |(notice, address, attempts)| {
        let content = tx.one(&CONTENT, &params![notice]).await?;
        Ok::<_, Error>(Leased { notice, address, attempts, content })
    });
    futures_util::future::try_join_all(leased).await
}

/// Notes what became of a letter.
pub(super) async fn note(
    tx: &Tx<'_>,
    (notice, channel, attempts): (NoticeId, Channel, i64),
    fate: &Fate,
    named: bool,
    now: Timestamp,
) -> Result<()> {
    let (status, due_at, answer) = match fate {
        Fate::Sent => {
            tx.execute(&SENT, &params![notice, channel, now]).await?;
            if named {
                tx.execute(&FORGET_BODY, &params![notice]).await?;
            }
            return Ok(());
        }
        Fate::Again(at, why) => (DeliveryStatus::Waiting, Some(*at), why),
        Fate::Dead(why) => (DeliveryStatus::Dead, None, why),
    };
    tx.execute(&NOT_SENT, &params![notice, channel, attempts, status, due_at, answer, now]).await?;
    Ok(())
}

/// The key that signs links; this one, if there was none.
pub(super) async fn key(tx: &Tx<'_>, fresh: &[u8; 32]) -> Result<Vec<u8>> {
    tx.execute(&NEW_KEY, &params!["links", *fresh]).await?;
    let (bytes,) = tx.one(&KEY, &params!["links"]).await?;
    Ok(bytes)
}

/// What an account was told since an instant, the oldest first.
pub(super) async fn since(tx: &Tx<'_>, account: AccountId, from: Timestamp, limit: i64) -> Result<Vec<NoticeRow>> {
    Ok(tx.rows(&SINCE, &params![account, from, limit]).await?)
}

/// How an account is told of each topic.
pub(super) async fn choices(tx: &Tx<'_>, account: AccountId) -> Result<Vec<wire::Choice>> {
    let kept: Vec<(Topic, String)> = tx.rows(&CHOICES, &params![account]).await?;
    let chosen = |topic| kept.iter().find(|(kept, _)| *kept == topic).map(|(_, channels)| channels.as_str());
    let choice =
        |&topic| wire::Choice { topic, channels: rules::channels(chosen(topic)), always: rules::always(topic) };
    Ok(Topic::ALL.iter().map(choice).collect())
}

/// How an account wants to be told of a topic from now on.
pub(super) async fn choose(tx: &Tx<'_>, account: AccountId, topic: Topic, channels: &[Channel]) -> Result<()> {
    tx.execute(&CHOOSE, &params![account, topic, rules::channels_text(channels)]).await?;
    Ok(())
}

/// Whether an account can be texted to.
pub(super) async fn texting(tx: &Tx<'_>, account: AccountId) -> Result<Texting> {
    let (phone, confirmed): (Option<String>, bool) = tx.one(&PHONE, &params![account]).await?;
    Ok(match phone {
        None => Texting::NoPhone,
        Some(_) if confirmed => Texting::Possible,
        Some(_) => Texting::Unconfirmed,
    })
}

/// A page of what became of notices.
pub(super) async fn deliveries(
    tx: &Tx<'_>,
    status: Option<DeliveryStatus>,
    (at, id, channel): &(Timestamp, i64, String),
    limit: i64,
) -> Result<Vec<DeliveryRow>> {
    Ok(tx.rows(&DELIVERIES, &params![status, *at, *id, channel, limit]).await?)
}

/// Tries a notice again wherever it was given up; what became of it then, and how often it was given up.
pub(super) async fn retry(tx: &Tx<'_>, id: NoticeId, now: Timestamp) -> Result<(u64, Vec<DeliveryRow>)> {
    let again = tx.execute(&RETRY, &params![id, now]).await?;
    Ok((again, tx.rows(&DELIVERIES_OF, &params![id]).await?))
}

/// What a seeded past told has been told, and all but its last days was read.
pub(super) async fn long_ago(tx: &Tx<'_>, read_before: Timestamp) -> Result<()> {
    tx.execute(&LONG_AGO, &params![read_before]).await?;
    Ok(())
}
