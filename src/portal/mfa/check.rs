//! Whether a code is right. It is used up in the unit of what it lets happen, so that nothing happens twice with it.

use super::{
    queries::{self, FactorRow},
    rules::{self, Typed},
    totp,
};
use crate::{
    api::{
        id::AccountId,
        problem::{Code, Problem},
        secret::Secret,
        time::Timestamp,
    },
    portal::{
        Portal,
        error::{Error, Result},
        sessions::passwords::Factors,
        store::Tx,
    },
};

/// A code that is right and was not used yet.
#[derive(Debug, Clone)]
pub(crate) struct RightCode {
    account: AccountId,
    now: Timestamp,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    OneTime { step: i64 },
    Recovery { digest: [u8; 32] },
}

impl RightCode {
    /// Uses it up, or refuses where somebody was faster.
    pub(crate) async fn spend(&self, tx: &Tx<'_>) -> Result<()> {
        let spent = match &self.kind {
            Kind::OneTime { step } => queries::use_step(tx, self.account, *step).await?,
            Kind::Recovery { digest } => queries::use_code(tx, self.account, digest, self.now).await?,
        };
        if spent { Ok(()) } else { Err(wrong()) }
    }
}

/// Whether the portal's key opens what was sealed before: told before it serves, not at somebody's sign-in.
pub(crate) async fn opens(portal: &Portal) -> Result<()> {
    let any = portal.store().read((), |tx, ()| Box::pin(queries::any(tx))).await?;
    any.map_or(Ok(()), |(account, sealed)| portal.seal().open(&sealed, &account.number().to_be_bytes()).map(drop))
}

/// Whether an account asks for a code: its second factor, where that is on.
pub(crate) async fn factor(portal: &Portal, account: AccountId) -> Result<Option<FactorRow>> {
    let found = portal.store().read(account, |tx, account| Box::pin(queries::find(tx, *account))).await?;
    Ok(found.filter(|factor| factor.enabled_at.is_some()))
}

/// What the password of an account stands beside.
pub(crate) async fn factors(portal: &Portal, account: AccountId) -> Result<Factors> {
    Ok(factor(portal, account).await?.map_or(Factors::One, |_| Factors::Two))
}

/// Holds a code against a second factor.
pub(crate) async fn check(
    portal: &Portal,
    account: AccountId,
    factor: &FactorRow,
    code: &Secret,
    now: Timestamp,
) -> Result<RightCode> {
    let kind = match rules::typed(code) {
        Typed::OneTime(digits) => {
            let secret = portal.seal().open(&factor.secret, &account.number().to_be_bytes())?;
            let step = totp::step_of(&digits, &secret, now, factor.last_step).ok_or_else(wrong)?;
            Kind::OneTime { step }
        }
        Typed::Recovery(letters) => {
            let digest = rules::digest(account, &letters);
            let read = portal.store().read(digest, move |tx, digest| Box::pin(queries::has_code(tx, account, digest)));
            if !read.await? {
                return Err(wrong());
            }
            Kind::Recovery { digest }
        }
        Typed::Neither => return Err(wrong()),
    };
    Ok(RightCode { account, now, kind })
}

/// The refusal of a sign-in without a code.
pub(crate) fn needed() -> Error {
    Problem::new(Code::CodeNeeded, "the account has a second factor: its code is needed too")
        .hint("give the code of your app, or a recovery code, with --code")
        .into()
}

/// The refusal of a code.
pub(super) fn wrong() -> Error {
    Problem::new(Code::BadCode, "the code is wrong, or was used already")
        .hint("take the app's next code; without the app, one of your recovery codes")
        .into()
}
