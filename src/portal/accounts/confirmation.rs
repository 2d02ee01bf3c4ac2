//! An address is confirmed with the code that was sent to it: by a command, or on the page its link opens.

use jiff::SignedDuration;

use super::{letters, queries, routes::found};
use crate::{
    api::{
        accounts::Account,
        confirmation::{Confirmable, Confirmation, RecoveryAddress, SendCode, SentCode},
        endpoint::{InSession, SignedIn},
        id::AccountId,
        problem::{self, Problem},
        secret::Secret,
        time::Timestamp,
    },
    portal::{
        Portal,
        codes::{self, Code, Presented, Purpose, Wanted},
        error::{Error, Result},
        guard::{self, Attempt, Subject},
        history::{self, Entry},
        notices,
        sessions::proof,
        store::Tx,
        web::{context::Context, grant::Grant},
    },
};

/// What codes that confirm are for.
const ADDRESSES: &[Purpose] = &[Purpose::Email, Purpose::Phone, Purpose::RecoveryEmail];
/// How many codes an account may cause for a kind of address in [`WINDOW`], and how many one address is sent, whoever
/// gives it for theirs.
const MOST_SENT: i64 = 5;
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

impl From<Confirmable> for Purpose {
    fn from(address: Confirmable) -> Self {
        match address {
            Confirmable::Email => Self::Email,
            Confirmable::Phone => Self::Phone,
            Confirmable::RecoveryEmail => Self::RecoveryEmail,
        }
    }
}

/// Confirms the address a code was sent to.
pub(super) async fn verify(context: Context<SignedIn>, (): (), input: Confirmation) -> Result<Account> {
    let code = Code::read(&input.code)?;
    let (account, now) = (context.account(), context.now);
    // Limited as sign-in is: whoever guesses waits.
    let subject = Subject::new("code", &account.to_string());
    let attempt = guard::begin(&context.portal, subject, context.source, now).await?;
    let unit = context.write((code, attempt), move |tx, (code, attempt)| {
        Box::pin(async move {
            let wanted = Wanted { purposes: ADDRESSES, account: Some(account) };
            let presented = match codes::present(tx, code, wanted, now).await? {
                Ok(presented) => presented,
                Err(problem) => {
                    // That it was tried is kept, and is what was done.
                    tx.refused();
                    return Ok(Err(problem));
                }
            };
            attempt.right(tx).await?;
            confirm(tx, &presented, now).await?;
            Ok(Ok(found(tx, account).await?))
        })
    });
    let confirmed: Result<Result<Account, Problem>> = unit.await;
    Ok(confirmed??)
}

/// Sends a code to an address of the account.
pub(super) async fn send_code(context: Context<SignedIn>, (): (), input: SendCode) -> Result<SentCode> {
    let (portal, account, now) = (context.portal.clone(), context.account(), context.now);
    if input.address == Confirmable::Phone && !portal.texts() {
        return Err(Problem::new(problem::Code::Conflict, "this city sends no text messages").into());
    }
    let code = Code::from_bytes(portal.random().bytes()?);
    let unit = context.write((portal, code), move |tx, (portal, code)| {
        Box::pin(async move {
            let present = found(tx, account).await?;
            let to = address_of(&present, input.address)?;
            let purpose = Purpose::from(input.address);
            let letter = Letter { account, username: present.username, purpose, to };
            let expires_at = send(tx, portal, &letter, code, now).await?;
            Ok::<_, Error>(SentCode { address: input.address, to: letter.to, expires_at })
        })
    });
    unit.await
}

/// The address, if it is there and not confirmed yet.
fn address_of(account: &Account, address: Confirmable) -> Result<String> {
    let conflict = |detail: &str, hint: &str| Error::from(Problem::new(problem::Code::Conflict, detail).hint(hint));
    let (to, confirmed, absent) = match address {
        Confirmable::Email => (Some(&account.email), account.email_verified, ""),
        Confirmable::Phone => {
            (account.phone.as_ref(), account.phone_verified, "give one: citytime account update --phone NUMBER")
        }
        Confirmable::RecoveryEmail => (
            account.recovery_email.as_ref(),
            account.recovery_email_verified,
            "give one: citytime account recovery-email ADDRESS",
        ),
    };
    let Some(to) = to else {
        return Err(conflict("the account has no such address", absent));
    };
    if confirmed {
        return Err(conflict(&format!("{to} is confirmed already"), "there is nothing to do"));
    }
    Ok(to.clone())
}

/// A code on its way to an address.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    /// Whose address it is.
    pub(crate) account: AccountId,
    /// The account's name.
    pub(crate) username: String,
    /// What the code is for.
    pub(crate) purpose: Purpose,
    /// The address.
    pub(crate) to: String,
}

/// Sends an address the code that confirms it, in the unit that made or changed the address; earlier codes end.
///
/// # Errors
/// [`problem::Code::RateLimited`] where the account has caused enough of them, or the address has got enough: nobody
/// fills another's mailbox. Then the address is not changed either.
pub(crate) async fn send(
    tx: &Tx<'_>,
    portal: &Portal,
    letter: &Letter,
    code: &Code,
    now: Timestamp,
) -> Result<Timestamp> {
    let Letter { account, username, purpose, to } = letter;
    let since = now.plus(-WINDOW);
    let caused = codes::sent_since(tx, *account, *purpose, since).await?;
    if caused.max(codes::sent_to(tx, to, since).await?) >= MOST_SENT {
        let problem = Problem::new(problem::Code::RateLimited, format!("{MOST_SENT} codes were sent within the hour"))
            .retry_after(600)
            .hint("look for the newest one, also among what was taken for spam; or wait a while");
        return Err(problem.into());
    }
    codes::replace(tx, *account, *purpose, now).await?;
    let until = codes::issue(tx, code, *purpose, *account, to, now).await?;
    let notice = letters::confirm(portal.city(), username, *purpose, code, until);
    match purpose {
        Purpose::Phone => notices::text_to(tx, portal, Some(*account), to, &notice, now).await?,
        _ => notices::mail_to(tx, portal, Some(*account), to, &notice, now).await?,
    }
    Ok(until)
}

/// Changes the second address; it counts once it is confirmed.
pub(super) async fn recovery_email(context: Context<InSession>, (): (), input: RecoveryAddress) -> Result<Account> {
    let (portal, account, now) = (context.portal.clone(), context.account(), context.now);
    let email = input.email.as_deref().map(super::contact::email).transpose();
    let email = email.map_err(|detail| Error::field("/email", detail))?;
    let present = portal.store().read(account, |tx, account| Box::pin(found(tx, *account))).await?;
    if email.as_ref() == Some(&present.email) {
        return Err(Error::field("/email", "the recovery address must be another one than the e-mail address"));
    }
    proof::demand(&context, input.proof.as_ref()).await?;
    let code = Code::from_bytes(portal.random().bytes()?);
    let unit = context.write((portal, email, code), move |tx, (portal, email, code)| {
        Box::pin(async move {
            let before = found(tx, account).await?;
            if before.recovery_email == *email {
                return Ok(before);
            }
            queries::set_recovery_email(tx, account, email.as_deref()).await?;
            codes::replace(tx, account, Purpose::RecoveryEmail, now).await?;
            // What was sent to the old one is worth nothing now.
            codes::replace(tx, account, Purpose::Recovery, now).await?;
            let told = letters::recovery_email_changed(portal.city(), &before.username, email.as_deref());
            notices::tell(tx, portal, account, &told, now).await?;
            if let Some(old) = before.recovery_email.as_ref().filter(|_| before.recovery_email_verified) {
                notices::mail_to(tx, portal, Some(account), old, &told, now).await?;
            }
            if let Some(email) = email {
                let (username, purpose) = (before.username, Purpose::RecoveryEmail);
                let letter = Letter { account, username, purpose, to: email.clone() };
                send(tx, portal, &letter, code, now).await?;
            }
            history::record(tx, account, Entry::account(now, account, "Recovery address changed", "active")).await?;
            found(tx, account).await
        })
    });
    unit.await
}

/// Limited before anything is written, as sign-in is: a handle is guessed at as a name is.
async fn begin<A: Grant>(context: &Context<A>, code: &Code) -> Result<Attempt> {
    guard::begin(&context.portal, Subject::new("confirm", code.handle()), context.source, context.now).await
}

/// What a link's code would confirm: nothing is used up.
pub(crate) async fn look<A: Grant>(context: &Context<A>, code: &Secret) -> Result<Presented> {
    let (code, now) = (Code::read(code)?, context.now);
    let attempt = begin(context, &code).await?;
    #[expect(clippy::disallowed_methods, reason = "tries are counted; nothing is confirmed by looking")]
    let unit = context.portal.store().write((code, attempt), move |tx, (code, attempt)| {
        Box::pin(async move {
            let presented = codes::present(tx, code, Wanted { purposes: ADDRESSES, account: None }, now).await?;
            if presented.is_ok() {
                attempt.right(tx).await?;
            }
            Ok(presented)
        })
    });
    let presented: Result<Result<Presented, Problem>> = unit.await;
    Ok(presented??)
}

/// Confirms what a link's code was sent to; tells what that is.
pub(crate) async fn follow<A: Grant>(context: &Context<A>, code: &Secret) -> Result<Presented> {
    let (code, now) = (Code::read(code)?, context.now);
    let attempt = begin(context, &code).await?;
    let unit = context.write((code, attempt), move |tx, (code, attempt)| {
        Box::pin(async move {
            let presented = codes::present(tx, code, Wanted { purposes: ADDRESSES, account: None }, now).await?;
            match &presented {
                Ok(presented) => {
                    attempt.right(tx).await?;
                    confirm(tx, presented, now).await?;
                }
                // As above.
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
