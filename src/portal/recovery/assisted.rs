//! A clerk begins the way back for somebody who lost the mailbox too, once it is sure who that is. Every address is
//! told, and for a day whoever is signed in can stop it (NIST SP 800-63B-4, 4.2.1 and 4.2.3); only then a code goes to
//! the new address, when it is asked for, and holds as any other.

use jiff::SignedDuration;

use super::{queries, tell_everywhere};
use crate::{
    api::{
        accounts::Role,
        endpoint::{Clerk, Empty, InSession},
        problem::{Code, FieldError, Problem},
        recovery::{AssistedRecovery, AssistedStatus, NewAssistedRecovery},
    },
    portal::{
        accounts::{contact, letters},
        error::{Error, Result},
        history::{self, Entry},
        sessions::{canonical_username, proof},
        store::params,
        web::context::Context,
    },
};

/// How long everybody has to stop it.
const WAIT: SignedDuration = SignedDuration::from_hours(24);
/// How long it is open then.
const OPEN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a reason may be, in characters.
const REASON: std::ops::RangeInclusive<usize> = 3..=500;

fn conflict(detail: impl Into<String>, hint: &str) -> Error {
    Problem::new(Code::Conflict, detail).hint(hint).into()
}

/// Begins it.
pub(super) async fn assist(context: Context<Clerk>, (): (), input: NewAssistedRecovery) -> Result<AssistedRecovery> {
    let (portal, clerk, now) = (context.portal.clone(), context.account(), context.now);
    let mut errors = Vec::new();
    let email = contact::email(&input.email).map_err(|detail| errors.push(FieldError::new("/email", detail)));
    for (pointer, text) in [("/reason", &input.reason), ("/identity", &input.identity)] {
        if !REASON.contains(&text.trim().chars().count()) {
            errors.push(FieldError::new(pointer, "write it down in 3 to 500 characters: it is kept, and looked at"));
        }
    }
    let (Ok(email), true) = (email, errors.is_empty()) else {
        return Err(Problem::invalid(errors).into());
    };
    proof::demand(&context, input.proof.as_ref()).await?;
    let username = canonical_username(&input.username);
    let id = portal.random().number()?;
    let (opens_at, ends_at) = (now.plus(WAIT), now.plus(WAIT + OPEN));
    let opens = opens_at.in_zone(&portal.city().zone).strftime("%A, %-d %B %Y, %H:%M").to_string();
    let unit =
        context.write((portal, username, email, input, opens), move |tx, (portal, username, email, input, opens)| {
            Box::pin(async move {
                let owner = queries::find(tx, username).await?;
                let owner = owner.ok_or_else(|| Error::from(Problem::not_found("account", username)))?;
                if owner.id == clerk || queries::role(tx, owner.id).await? == Role::Clerk {
                    return Err(conflict(
                        format!("{username} is a clerk's account"),
                        "an operator gives clerks a way back: citytime portal clerk add",
                    ));
                }
                // One that was never confirmed gets no code: it may be the very one its owner can read now.
                if owner.trusted().contains(&email.as_str()) {
                    let hint = "a code goes there anyhow: citytime account recover start --username NAME";
                    return Err(conflict(format!("{email} is an address of the account already"), hint));
                }
                if queries::assisted(tx, owner.id, now).await?.is_some() {
                    return Err(conflict(
                        format!("a recovery of {username} was begun already"),
                        "it goes on by itself; whoever is signed in can stop it: citytime account recover stop",
                    ));
                }
                tx.about(owner.id);
                // What nobody came back for makes room.
                queries::end_assisted(tx, owner.id, AssistedStatus::Expired, now).await?;
                let (reason, identity) = (input.reason.trim(), input.identity.trim());
                let values = params![id, owner.id, email, reason, identity, clerk, now, opens_at, ends_at];
                tx.execute(&queries::ASSIST, &values).await?;
                history::record(tx, owner.id, Entry::account(now, owner.id, "Recovery begun at the office", "waiting"))
                    .await?;
                let told = letters::assisted(portal.city(), username, email, opens);
                tell_everywhere(tx, portal, &owner, &told, now).await?;
                let begun = queries::assisted(tx, owner.id, now).await?;
                let begun = begun.ok_or_else(|| Error::internal("a recovery that was begun is not there"))?;
                Ok(begun.shown(AssistedStatus::Waiting))
            })
        });
    unit.await
}

/// Stops it: whoever is signed in needs no way back, or is not the one who asked for it.
pub(super) async fn stop(context: Context<InSession>, (): (), _: Empty) -> Result<AssistedRecovery> {
    let (portal, account, now) = (context.portal.clone(), context.account(), context.now);
    let unit = context.write(portal, move |tx, portal| {
        Box::pin(async move {
            let Some(found) = queries::assisted(tx, account, now).await? else {
                return Err(conflict("no recovery was begun for this account", "there is nothing to stop"));
            };
            queries::end_assisted(tx, account, AssistedStatus::Stopped, now).await?;
            // A code that was sent there already is worth nothing now.
            crate::portal::codes::replace(tx, account, crate::portal::codes::Purpose::Recovery, now).await?;
            history::record(tx, account, Entry::account(now, account, "Recovery stopped", "stopped")).await?;
            if let Some(owner) = queries::find_by_id(tx, account).await? {
                let told = letters::assisted_stopped(portal.city(), &owner.username);
                tell_everywhere(tx, portal, &owner, &told, now).await?;
            }
            Ok(found.shown(AssistedStatus::Stopped))
        })
    });
    unit.await
}
