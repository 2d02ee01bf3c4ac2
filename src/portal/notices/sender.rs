//! What carries notices out: one that is due is spread to the addresses it goes to, and each of those is tried until it
//! has arrived or is given up. Whoever takes a row has it for as long as its lease says, so any number of portals may
//! do this at once, and what one of them took and did not finish another takes up again.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{
    notice::Body,
    queries::{self, Leased},
    render::Telling,
    rules::{self, Fate},
    unsubscribe,
};
use crate::{
    api::{notices::Channel, time::Timestamp},
    portal::{
        Portal,
        error::{Error, Result},
        gateways::{Fault, mail::Letter, sms::TextMessage},
    },
};

/// How many notices are spread at once.
const SPREAD: i64 = 100;
/// How many letters are on their way at once.
const WAVE: i64 = 16;
/// How long to rest between two rounds, whatever there is: in a rush of payments, each of which writes a notice down, those who
/// wait for an answer come first. What is more than a wave in this time waits its turn, and codes do not wait behind it.
const PAUSE: Duration = Duration::from_millis(50);
/// How long to rest where nobody rings: what another portal wrote is found after that.
const REST: Duration = Duration::from_secs(2);
/// How long the unit that rang may take to be committed.
const COMMIT: Duration = Duration::from_millis(10);
/// How long letters that are on their way are waited for when the portal ends.
const FAREWELL: Duration = Duration::from_secs(10);
/// How often noting what became of a letter is tried, and how long between.
const NOTES: u32 = 5;

/// Sends until it is told to stop; what is on its way then is waited for.
pub(crate) async fn run(portal: &Portal, stop: &CancellationToken) {
    let departures = [Notify::new(), Notify::new()];
    let [mail, sms] = &departures;
    let ring = || departures.iter().for_each(Notify::notify_one);
    let spreading = async {
        while !stop.is_cancelled() {
            let spread = told(spread(portal).await);
            if spread > 0 {
                ring();
            }
            if spread < SPREAD {
                pause(stop).await;
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = portal.outbox().rung() => tokio::time::sleep(COMMIT).await,
                    () = tokio::time::sleep(REST) => {}
                }
            }
        }
    };
    tokio::join!(spreading, send_all(portal, stop, Channel::Email, mail), send_all(portal, stop, Channel::Sms, sms),);
}

async fn send_all(portal: &Portal, stop: &CancellationToken, channel: Channel, bell: &Notify) {
    while !stop.is_cancelled() {
        let wave = wave(portal, channel);
        let ended = async {
            stop.cancelled().await;
            tokio::time::sleep(FAREWELL).await;
        };
        let sent = tokio::select! {
            sent = wave => told(sent),
            // Its lease ends, and it is sent again as the same letter.
            () = ended => return,
        };
        pause(stop).await;
        if sent < WAVE {
            tokio::select! {
                () = stop.cancelled() => {}
                () = bell.notified() => {}
                () = tokio::time::sleep(REST) => {}
            }
        }
    }
}

async fn pause(stop: &CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(PAUSE) => {}
    }
}

fn told(round: Result<i64>) -> i64 {
    round.unwrap_or_else(|error| {
        tracing::error!(%error, "notices were not sent; the next round tries again");
        0
    })
}

/// Takes up what is due, and notes each address it goes to.
pub(crate) async fn spread(portal: &Portal) -> Result<i64> {
    let now = portal.clock().now();
    #[expect(clippy::disallowed_methods, reason = "what is told is on its way: nothing is changed by sending it")]
    let write = portal.store().write((), move |tx, ()| {
        Box::pin(async move {
            let taken = queries::take(tx, now, rules::horizon(now), SPREAD).await?;
            for notice in &taken {
                let addresses = match (&notice.address, notice.channel, notice.account) {
                    (Some(address), Some(channel), _) => vec![(channel, address.clone())],
                    (_, _, Some(account)) => rules::addresses(queries::wish(tx, account, notice.topic).await?),
                    _ => Vec::new(),
                };
                for (channel, address) in addresses {
                    queries::deliver(tx, notice, channel, &address, now).await?;
                }
            }
            Ok::<_, Error>(i64::try_from(taken.len()).unwrap_or(i64::MAX))
        })
    });
    write.await
}

/// Tries what is due on a channel, all at once, and notes what became of each.
pub(crate) async fn wave(portal: &Portal, channel: Channel) -> Result<i64> {
    let post = portal.post();
    let patience = match channel {
        Channel::Email => post.mail.as_ref().map(|mail| mail.patience()),
        Channel::Sms => post.sms.as_ref().map_or(Some(Duration::ZERO), |sms| Some(sms.patience())),
    };
    let Some(patience) = patience else { return Ok(0) };
    let now = portal.clock().now();
    let (lease, horizon) = (rules::lease(now, patience), rules::horizon(now));
    #[expect(clippy::disallowed_methods, reason = "what is told is on its way: nothing is changed by sending it")]
    let write = portal.store().write((), move |tx, ()| {
        Box::pin(async move { queries::lease(tx, channel, (now, horizon, lease), WAVE).await })
    });
    let leased = write.await?;
    let count = i64::try_from(leased.len()).unwrap_or(i64::MAX);
    if leased.is_empty() {
        return Ok(0);
    }
    let key = unsubscribe::key(portal).await?;
    let fates = join_all(leased.into_iter().map(async |letter| {
        let outcome = match rules::too_late(&letter.content, now) {
            Some(why) => Err(Fault::Refused(why.to_owned())),
            None => send(portal, channel, &letter, &key).await,
        };
        // The clock has gone on while it was sent.
        let fate = rules::fate(outcome, letter.attempts, portal.clock().now());
        if let Fate::Again(_, why) | Fate::Dead(why) = &fate {
            tracing::warn!(notice = %letter.notice, %channel, attempts = letter.attempts, why, "a notice did not leave");
        }
        (letter, fate)
    }));
    note(portal, channel, fates.await).await?;
    Ok(count)
}

async fn send(portal: &Portal, channel: Channel, leased: &Leased, key: &unsubscribe::Key) -> Result<(), Fault> {
    let broken = |error: serde_json::Error| Fault::Refused(format!("what was written down cannot be read: {error}"));
    let body: Body = serde_json::from_str(&leased.content.body).map_err(broken)?;
    let base = portal.base_url();
    let ends = match (leased.content.account, channel, leased.content.named) {
        (Some(account), Channel::Email, false) if rules::can_be_silenced(leased.content.topic) => {
            Some(format!("{base}{}", unsubscribe::path(key, account, leased.content.topic)))
        }
        _ => None,
    };
    let telling = Telling {
        city: portal.city(),
        portal: &base,
        name: leased.content.name.as_deref(),
        topic: leased.content.topic,
        subject: &leased.content.subject,
        body: &body,
        about: leased.content.about.as_deref(),
        unsubscribe: ends.as_deref(),
    };
    let (id, to, at) = (leased.notice, leased.address.clone(), leased.content.created_at);
    match channel {
        Channel::Email => {
            let Some(mail) = &portal.post().mail else { return Err(Fault::Deferred("no mail is sent".to_owned())) };
            let (subject, text, html) = (leased.content.subject.clone(), telling.text(), telling.page());
            let reply_to = portal.city().support_email.clone();
            mail.send(&Letter { id, to, reply_to, at, subject, text, html, unsubscribe: ends }).await
        }
        Channel::Sms => match &portal.post().sms {
            Some(sms) => sms.send(&TextMessage { id, to, at, text: telling.message() }).await,
            None => Err(Fault::Refused("this city sends no SMS: its city.toml has no [sms]".to_owned())),
        },
    }
}

/// Notes what became of letters. What is not noted is sent again, so a database that is away is waited for.
async fn note(portal: &Portal, channel: Channel, fates: Vec<(Leased, Fate)>) -> Result<()> {
    let fates = std::sync::Arc::new(fates);
    let mut tried = 0;
    loop {
        tried += 1;
        let now: Timestamp = portal.clock().now();
        #[expect(clippy::disallowed_methods, reason = "what is told is on its way: nothing is changed by sending it")]
        let write = portal.store().write(fates.clone(), move |tx, fates| {
            Box::pin(async move {
                for (letter, fate) in fates.iter() {
                    queries::note(tx, (letter.notice, channel, letter.attempts), fate, letter.content.named, now)
                        .await?;
                }
                Ok::<_, Error>(())
            })
        });
        match write.await {
            Err(error) if tried < NOTES => {
                tracing::warn!(%error, "what became of notices is not noted yet");
                tokio::time::sleep(REST / 4).await;
            }
            noted => return noted,
        }
    }
}
