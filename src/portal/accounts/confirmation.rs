//! An address is confirmed with the code that was sent to it: by a command, or on the page its link opens.

use super::queries;
use crate::{
    api::{
        id::AccountId,
        problem::{self, Problem},
        secret::Secret,
        time::Timestamp,
    },
    portal::{
        Portal,
        codes::{self, Code, Presented, Purpose, Wanted},
        error::Result,
        history::{self, Entry},
        store::Tx,
        web::{context::Context, grant::Grant},
    },
};

/// What codes that confirm are for.
const ADDRESSES: &[Purpose] = &[Purpose::Email, Purpose::Phone, Purpose::RecoveryEmail];

/// What a link's code would confirm: nothing is used up.
pub(crate) async fn look(portal: &Portal, code: &Secret) -> Result<Presented> {
    let (code, now) = (Code::read(code)?, portal.clock().now());
    #[expect(clippy::disallowed_methods, reason = "tries are counted; nothing is confirmed by looking")]
    let unit = portal.store().write(code, move |tx, code| {
        Box::pin(async move { codes::present(tx, code, Wanted { purposes: ADDRESSES, account: None }, now).await })
    });
    let presented: Result<Result<Presented, Problem>> = unit.await;
    Ok(presented??)
}

/// Confirms what a link's code was sent to; tells what that is.
pub(crate) async fn follow<A: Grant>(context: &Context<A>, code: &Secret) -> Result<Presented> {
    let (code, now) = (Code::read(code)?, context.now);
    let unit = context.write(code, move |tx, code| {
        Box::pin(async move {
            let presented = codes::present(tx, code, Wanted { purposes: ADDRESSES, account: None }, now).await?;
            match &presented {
                Ok(presented) => confirm(tx, presented, now).await?,
                // That it was tried is kept, and is what was done.
                Err(_) => tx.refused(),
            }
            Ok(presented)
        })
    });
    let presented: Result<Result<Presented, Problem>> = unit.await;
    Ok(presented??)
}

/// Uses a code up, and notes that its address is whose it was said to be.
async fn confirm(tx: &Tx<'_>, code: &Presented, now: Timestamp) -> Result<()> {
    codes::consume(tx, code, now).await?;
    let account: AccountId = code.account;
    tx.about(account);
    let (confirmed, title) = match code.purpose {
        Purpose::Phone => (queries::confirm_phone(tx, account, &code.address).await?, "Phone confirmed"),
        Purpose::RecoveryEmail => {
            (queries::confirm_recovery_email(tx, account, &code.address).await?, "Recovery address confirmed")
        }
        Purpose::Email | Purpose::Recovery => {
            (queries::confirm_email(tx, account, &code.address).await?, "E-mail address confirmed")
        }
    };
    if !confirmed {
        let detail = format!("this code was sent to {}, which is not the account's any more", code.address);
        let problem = Problem::new(problem::Code::CodeExpired, detail)
            .hint("get one for the present address: citytime account verify --resend");
        return Err(problem.into());
    }
    history::record(tx, account, Entry::account(now, account, title, "active")).await
}
