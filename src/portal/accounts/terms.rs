//! The city's terms: which version is in force, which one an account accepted, and what waits until they are the same.

use super::queries;
use crate::{
    api::{
        accounts::{AcceptTerms, AcceptedTerms, Role, TermsStanding},
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

/// What waits for no terms although it changes something: accepting them and leaving; what secures an account, which
/// nobody may be kept from (password, second factor, sessions, tokens, the ways back, the addresses confirmed); what only
/// withdraws from something; asking the city what the terms mean; and what only looks, or notes that it was looked at.
const FREE: &[&str] = &[
    "accounts.accept_terms",
    "accounts.deactivate",
    "accounts.password",
    "accounts.recovery_email",
    "accounts.send_code",
    "accounts.verify",
    "autopay.off",
    "autopay.skip",
    "mfa.begin",
    "mfa.codes",
    "mfa.confirm",
    "mfa.disable",
    "notices.read",
    "payments.quote",
    "permits.check",
    "permits.withdraw",
    "records.unlink",
    "recovery.stop",
    "registrations.cancel",
    "requests.unfollow",
    "sessions.end",
    "sessions.revoke",
    "sessions.revoke_others",
    "support.open",
    "support.reply",
    "tokens.revoke",
    "transfers.quote",
    "wallet.cancel",
    "wallet.remove",
];

/// Whether an operation waits until new terms are accepted: what changes something for the one who is signed in. Clerks'
/// operations do not: the city's work goes on.
pub(crate) fn are_awaited(operation: &str, method: Method, needs: Needs) -> bool {
    method.mutates() && matches!(needs, Needs::Account(_) | Needs::Session | Needs::Visit) && !FREE.contains(&operation)
}

/// Whether somebody has accepted the terms in force; clerks need not.
pub(super) fn are_accepted(portal: &Portal, caller: &Caller) -> bool {
    caller.role == Role::Clerk || caller.terms_version == portal.city().terms.version
}

/// Refuses a resident who has not accepted the terms in force.
///
/// # Errors
/// [`Code::TermsNotAccepted`].
pub(crate) fn demand(portal: &Portal, caller: &Caller) -> Result<()> {
    if are_accepted(portal, caller) {
        return Ok(());
    }
    let version = &portal.city().terms.version;
    let detail = format!("the city has new terms, version {version}: they must be accepted first");
    let hint = "read them: citytime account terms show; then: citytime account terms accept; \
                until then everything can still be read";
    Err(Problem::new(Code::TermsNotAccepted, detail).hint(hint).into())
}

fn standing(portal: &Portal, accepted: AcceptedTerms) -> TermsStanding {
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
