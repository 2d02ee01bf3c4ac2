//! What was asked for is sent: after it was answered, so that the answer takes as long for every name.

use jiff::SignedDuration;

use super::queries::{self, OwnerRow};
use crate::{
    api::time::Timestamp,
    portal::{
        Portal,
        accounts::letters,
        audit::{self, Cause},
        codes::{self, Code, Purpose},
        error::{Error, Result},
        notices,
        store::Tx,
    },
};

/// An account gets codes at most so often: whoever asks again and again fills no mailbox, and ends no code either. One
/// that was sent within that time holds long enough.
const PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// What the trail calls it.
const DELIVER: &str = "recovery.deliver";
/// To how many addresses of an account codes go at most.
const ADDRESSES: usize = 3;

/// Sends what is waiting; tells how much was looked at. What fails keeps nothing else from its turn, and waits for the
/// next round; the first failure is the answer then.
pub(crate) async fn deliver(portal: &Portal) -> Result<u64> {
    let waiting = portal.store().read((), |tx, ()| Box::pin(queries::waiting(tx))).await?;
    let (mut looked_at, mut first) = (0, None);
    for (id, username) in waiting {
        match deliver_one(portal, id, username).await {
            Ok(()) => looked_at += 1,
            Err(error) => {
                tracing::error!(%error, "a way back could not be sent yet; the next round tries again");
                first = first.or(Some(error));
            }
        }
    }
    first.map_or(Ok(looked_at), Err)
}

/// Sends what one question asks for, if anything.
async fn deliver_one(portal: &Portal, id: i64, username: String) -> Result<()> {
    let now = portal.clock().now();
    let codes = [(); ADDRESSES].map(|()| portal.random().bytes().map(Code::from_bytes));
    let codes = codes.into_iter().collect::<Result<Vec<Code>>>()?;
    let input = (portal.clone(), username, codes);
    let unit =
        audit::write(portal.store(), Cause::portal(DELIVER), now, input, move |tx, (portal, username, codes)| {
            Box::pin(async move {
                let owner = match queries::take(tx, id, now).await? {
                    true => queries::find(tx, username).await?,
                    false => None,
                };
                let rests = match &owner {
                    Some(owner) => codes::sent_since(tx, owner.id, Purpose::Recovery, now.plus(-PAUSE)).await? > 0,
                    None => true,
                };
                let Some(owner) = owner.filter(|_| !rests) else {
                    // Of what is sent the trail tells; of what nobody gets there is nothing to tell.
                    tx.nothing_new();
                    return Ok(());
                };
                tx.about(owner.id);
                let assisted = queries::assisted(tx, owner.id, now).await?.filter(|found| found.is_open(now));
                let addresses =
                    owner.trusted().into_iter().chain(assisted.as_ref().map(|found| found.address.as_str()));
                send(tx, portal, (&owner, &addresses.collect::<Vec<_>>()), codes, now).await
            })
        });
    let done: Result<(), Error> = unit.await;
    done
}

/// A code of its own to each address: that of one mailbox opens nothing for who reads another.
async fn send(
    tx: &Tx<'_>,
    portal: &Portal,
    (owner, addresses): (&OwnerRow, &[&str]),
    codes: &[Code],
    now: Timestamp,
) -> Result<()> {
    for (address, code) in addresses.iter().zip(codes) {
        let until = codes::issue(tx, code, Purpose::Recovery, owner.id, address, now).await?;
        let letter = letters::recover(portal.city(), &owner.username, code, until);
        notices::mail_to(tx, portal, Some(owner.id), address, &letter, now).await?;
    }
    Ok(())
}
