//! The city's terms: which version is in force, which one an account accepted, and what waits until they are the same.

use super::queries;
use crate::{
    api::{
        accounts::{AcceptTerms, Role, TermsStanding},
        endpoint::{Empty, InSession, Method, Needs, SignedIn},
        problem::{Code, Problem},
    },
    portal::{
        Portal,
        error::{Error, Result},
        history::{self, Entry},
        web::{context::Context, grant::Caller},
    },
};

/// What can be done under terms that were replaced: ending things, and what looks and changes nothing.
const UNTOUCHED: &[&str] = &[
    "accounts.accept_terms",
    "accounts.deactivate",
    "accounts.password",
    "accounts.send_code",
    "accounts.verify",
    "notices.read",
    "payments.quote",
    "permits.check",
    "recovery.stop",
    "sessions.end",
    "sessions.revoke",
    "sessions.revoke_others",
    "tokens.revoke",
];

/// Refuses a change by a resident who has not accepted the terms in force. What can be read can be read before.
pub(crate) fn demand(
    portal: &Portal,
    caller: Option<&Caller>,
    (operation, method, needs): (&str, Method, Needs),
) -> Result<()> {
    let concerned = matches!(needs, Needs::Account(_) | Needs::Session | Needs::Visit);
    let version = &portal.city().terms.version;
    match caller {
        Some(caller)
            if concerned
                && method.mutates()
                && caller.role == Role::Resident
                && caller.terms_version != *version
                && !UNTOUCHED.contains(&operation) =>
        {
            let detail = format!("the city has new terms, version {version}: they must be accepted first");
            let problem = Problem::new(Code::TermsNotAccepted, detail)
                .hint("read and accept them: citytime account terms accept; until then everything can still be read");
            Err(problem.into())
        }
        _ => Ok(()),
    }
}

fn standing(portal: &Portal, accepted: crate::api::accounts::AcceptedTerms) -> TermsStanding {
    let terms = portal.city().terms.clone();
    TermsStanding {
        accepted: accepted.version == terms.version,
        version: terms.version,
        text: terms.text,
        url: terms.url,
        accepted_version: accepted.version,
        accepted_at: accepted.accepted_at,
    }
}

pub(super) async fn show(context: Context<SignedIn>, (): (), _: Empty) -> Result<TermsStanding> {
    let account = context.account();
    let read = context.portal.store().read(account, |tx, account| Box::pin(super::routes::found(tx, *account)));
    Ok(standing(&context.portal, read.await?.terms))
}

pub(super) async fn accept(context: Context<InSession>, (): (), input: AcceptTerms) -> Result<TermsStanding> {
    let (account, now) = (context.account(), context.now);
    let version = context.portal.city().terms.version.clone();
    if input.version != version {
        let detail = format!("version {} of the terms is not in force: {version} is", input.version);
        return Err(Error::field("/version", detail));
    }
    let write = context.write(version, move |tx, version| {
        Box::pin(async move {
            if queries::accept_terms(tx, account, version, now).await? {
                let title = format!("Terms accepted: version {version}");
                history::record(tx, account, Entry::account(now, account, title, "active")).await?;
            } else {
                tx.nothing_new();
            }
            super::routes::found(tx, account).await
        })
    });
    Ok(standing(&context.portal, write.await?.terms))
}
