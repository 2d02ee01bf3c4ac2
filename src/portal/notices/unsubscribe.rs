//! The links that end letters of a topic (RFC 8058). They are signed by the portal and good for one account and topic,
//! for as long as the portal has its key.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{queries, rules};
use crate::{
    api::{
        endpoint::Anyone,
        id::AccountId,
        notices::{Channel, Topic},
    },
    portal::{
        Portal,
        error::{Error, Result},
        web::context::Context,
    },
};

/// How much of the signature a link holds, in bytes.
const SIGNATURE: usize = 16;

/// What links are signed with.
#[derive(Clone)]
pub(crate) struct Key(Vec<u8>);

impl Key {
    fn sign(&self, account: AccountId, topic: Topic) -> Option<Hmac<Sha256>> {
        let mut signing = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        signing.update(signed(account, topic).as_bytes());
        Some(signing)
    }
}

fn signed(account: AccountId, topic: Topic) -> String {
    format!("unsubscribe {account} {topic}")
}

/// The portal's key; drawn by whoever needs it first, and the same for every portal of the database.
pub(crate) async fn key(portal: &Portal) -> Result<Key> {
    if let Some(key) = portal.outbox().key() {
        return Ok(key.clone());
    }
    let fresh = portal.random().aside().bytes()?;
    #[expect(clippy::disallowed_methods, reason = "the portal's own key: drawn once, by whoever needs it first")]
    let write = portal.store().write(fresh, |tx, fresh| Box::pin(queries::key(tx, fresh)));
    let bytes: Vec<u8> = write.await?;
    Ok(portal.outbox().keep_key(Key(bytes)).clone())
}

/// The path of the page that ends letters of a topic to an account.
pub(crate) fn path(key: &Key, account: AccountId, topic: Topic) -> String {
    let signature = key.sign(account, topic).map(|signing| signing.finalize().into_bytes()).unwrap_or_default();
    format!("/unsubscribe?link={account}.{topic}.{}", HEXLOWER.encode(&signature[..SIGNATURE]))
}

/// Whose letters of which topic a link ends; nothing for one this portal did not make.
pub(crate) fn read(key: &Key, link: &str) -> Result<Option<(AccountId, Topic)>> {
    let mut parts = link.split('.');
    let (Some(account), Some(topic), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Ok(None);
    };
    let (Ok(account), Ok(topic), Ok(signature)) =
        (account.parse(), topic.parse(), HEXLOWER.decode(signature.as_bytes()))
    else {
        return Ok(None);
    };
    let signing = key.sign(account, topic).ok_or_else(|| Error::internal("the key of links cannot be used"))?;
    // Compared in constant time.
    let right = signature.len() == SIGNATURE && signing.verify_truncated_left(&signature).is_ok();
    Ok(right.then_some((account, topic)))
}

/// Ends letters of a topic to an account; other channels stay as they are.
pub(crate) async fn silence(context: &Context<Anyone>, account: AccountId, topic: Topic) -> Result<()> {
    let write = context.write((), move |tx, ()| {
        Box::pin(async move {
            tx.about(account);
            let choices = queries::choices(tx, account).await?;
            let chosen = choices.into_iter().find(|choice| choice.topic == topic && rules::can_be_silenced(topic));
            if let Some(chosen) = chosen {
                let others = chosen.channels.into_iter().filter(|&channel| channel != Channel::Email);
                queries::choose(tx, account, topic, &others.collect::<Vec<_>>()).await?;
            }
            Ok(())
        })
    });
    write.await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_good_for_its_own_account_and_topic() {
        let (key, other) = (Key(vec![1; 32]), Key(vec![2; 32]));
        let (rosa, tomas) = (AccountId::new(17), AccountId::new(18));
        let path = path(&key, rosa, Topic::Billing);
        let link = path.strip_prefix("/unsubscribe?link=").unwrap();
        assert_eq!(read(&key, link).unwrap(), Some((rosa, Topic::Billing)));
        assert_eq!(read(&other, link).unwrap(), None);
        for wrong in [
            link.replace("billing", "permits"),
            link.replace(&rosa.to_string(), &tomas.to_string()),
            link[..link.len() - 2].to_owned(),
            format!("{link}.x"),
            link.split('.').take(2).collect::<Vec<_>>().join(".") + ".",
            "..".to_owned(),
            String::new(),
        ] {
            assert_eq!(read(&key, &wrong).unwrap(), None, "{wrong}");
        }
    }
}
