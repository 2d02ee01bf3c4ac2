//! Who may call what: the token in the request, the account behind it, the scope or power asked for.

use axum::http::{HeaderMap, header};

use crate::{
    api::{
        accounts::{AccountStatus, Role},
        endpoint::{Access, Anyone, Clerk, InSession, Power, Scope, SignedIn, Visitor},
        id::{AccountId, TokenId},
        problem::{Code, Problem},
        time::Timestamp,
        token::{self, Token},
        word::Word,
    },
    portal::{
        Portal,
        error::{Error, Result},
        sessions, tokens,
    },
};

/// Where Open311's clients give their key.
const API_KEY: &str = "x-api-key";

/// Whoever is signed in.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub username: String,
    /// What it is for.
    pub role: Role,
    /// What a clerk may do.
    pub powers: Vec<Power>,
    /// The version of the terms the account accepted.
    pub terms_version: String,
    /// The state of the account.
    pub status: AccountStatus,
    /// When this sign-in ends.
    pub expires_at: Timestamp,
    /// How the caller signed in.
    pub credential: Credential,
}

/// What a caller signed in with.
#[derive(Debug, Clone)]
pub enum Credential {
    /// A session, by the digest of its token.
    Session([u8; 32]),
    /// A personal access token and its scopes.
    Token(TokenId, Vec<Scope>),
}

impl Caller {
    /// The digest of the session this is, where it is one.
    pub fn session(&self) -> Option<[u8; 32]> {
        match self.credential {
            Credential::Session(digest) => Some(digest),
            Credential::Token(..) => None,
        }
    }

    /// The personal access token that was given, where one was.
    pub fn token(&self) -> Option<TokenId> {
        match &self.credential {
            Credential::Session(_) => None,
            Credential::Token(id, _) => Some(*id),
        }
    }

    /// What this sign-in may do.
    pub fn scopes(&self) -> Vec<Scope> {
        Scope::ALL.iter().copied().filter(|&scope| self.may(scope)).collect()
    }

    /// Whether this sign-in may do that: a session whatever the account's role allows, a token what it was made for.
    pub fn may(&self, scope: Scope) -> bool {
        match &self.credential {
            Credential::Session(_) => scope != Scope::Staff || self.role == Role::Clerk,
            Credential::Token(_, scopes) => scopes.contains(&scope),
        }
    }

    /// Refuses an account whose address is not confirmed.
    pub fn require_confirmed_address(&self) -> Result<()> {
        match self.status {
            AccountStatus::Unverified => {
                let problem = Problem::new(Code::Unverified, "the account's e-mail address is not confirmed yet")
                    .hint("type the code that was mailed: citytime account verify CODE (--resend sends another one)");
                Err(problem.into())
            }
            _ => Ok(()),
        }
    }

    /// Refuses a token without a scope, and an account whose address is not confirmed what needs that.
    pub fn require_scope(&self, scope: Scope) -> Result<()> {
        if self.may(scope) {
            return if scope.needs_confirmed_address() { self.require_confirmed_address() } else { Ok(()) };
        }
        let problem = Problem::new(Code::Forbidden, format!("this token has no scope {scope}")).hint(format!(
            "make one that has it: citytime account tokens create --scope {scope} --label NAME --expires 90d"
        ));
        Err(problem.into())
    }
}

/// How an access is granted, and what the handler learns of the caller.
pub trait Grant: Access {
    /// What a handler is told of who calls.
    type Who: Send + 'static;

    /// Looks at a request's credentials.
    fn admit(
        portal: &Portal,
        headers: &HeaderMap,
        need: Self::Need,
        now: Timestamp,
    ) -> impl Future<Output = Result<Self::Who>> + Send;

    /// Whoever is signed in, where somebody is.
    fn caller(who: &Self::Who) -> Option<&Caller>;

    /// The account, where there is one: idempotency keys are its own.
    fn account(who: &Self::Who) -> Option<AccountId> {
        Self::caller(who).map(|caller| caller.account)
    }
}

impl Grant for Anyone {
    type Who = ();
    async fn admit(_: &Portal, _: &HeaderMap, (): (), _: Timestamp) -> Result<()> {
        Ok(())
    }
    fn caller((): &()) -> Option<&Caller> {
        None
    }
}

impl Grant for Visitor {
    type Who = Option<Caller>;
    async fn admit(portal: &Portal, headers: &HeaderMap, (): (), now: Timestamp) -> Result<Option<Caller>> {
        if headers.contains_key(header::AUTHORIZATION) {
            return identify(portal, headers, now).await.map(Some);
        }
        match headers.get(API_KEY) {
            Some(key) => recognise(portal, key.to_str().unwrap_or_default(), now).await.map(Some),
            None => Ok(None),
        }
    }
    fn caller(who: &Option<Caller>) -> Option<&Caller> {
        who.as_ref()
    }
}

impl Grant for SignedIn {
    type Who = Caller;
    async fn admit(portal: &Portal, headers: &HeaderMap, need: Option<Scope>, now: Timestamp) -> Result<Caller> {
        let caller = identify(portal, headers, now).await?;
        if let Some(scope) = need {
            caller.require_scope(scope)?;
        }
        Ok(caller)
    }
    fn caller(who: &Caller) -> Option<&Caller> {
        Some(who)
    }
}

impl Grant for InSession {
    type Who = Caller;
    async fn admit(portal: &Portal, headers: &HeaderMap, (): (), now: Timestamp) -> Result<Caller> {
        let caller = identify(portal, headers, now).await?;
        match caller.credential {
            Credential::Session(_) => Ok(caller),
            Credential::Token(..) => {
                let problem = Problem::new(Code::Forbidden, "a personal access token may not do this")
                    .hint("sign in with your password first: citytime login");
                Err(problem.into())
            }
        }
    }
    fn caller(who: &Caller) -> Option<&Caller> {
        Some(who)
    }
}

impl Grant for Clerk {
    type Who = Caller;
    async fn admit(portal: &Portal, headers: &HeaderMap, need: Power, now: Timestamp) -> Result<Caller> {
        let caller = identify(portal, headers, now).await?;
        if caller.role == Role::Clerk {
            caller.require_scope(Scope::Staff)?;
        }
        if caller.role != Role::Clerk || !caller.powers.contains(&need) {
            let problem = Problem::new(Code::Forbidden, format!("this needs a clerk with the power {need}"))
                .hint("an operator gives powers: citytime portal clerk add");
            return Err(problem.into());
        }
        Ok(caller)
    }
    fn caller(who: &Caller) -> Option<&Caller> {
        Some(who)
    }
}

fn unauthenticated(detail: &str) -> Error {
    Problem::new(Code::Unauthenticated, detail).hint("sign in: citytime login").into()
}

async fn identify(portal: &Portal, headers: &HeaderMap, now: Timestamp) -> Result<Caller> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Err(unauthenticated("nobody is signed in"));
    };
    let text = value.to_str().ok().and_then(|value| {
        let (scheme, text) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(text.trim())
    });
    let Some(text) = text else {
        return Err(unauthenticated("the Authorization header is not `Bearer` and a token"));
    };
    recognise(portal, text, now).await
}

/// Whose a token is, wherever it was given.
pub async fn recognise(portal: &Portal, text: &str, now: Timestamp) -> Result<Caller> {
    let Ok((kind, bytes)) = Token::parse(text) else {
        return Err(unauthenticated("the token is malformed"));
    };
    let digest = Token::digest(&bytes);
    let found = match kind {
        token::Kind::Session => sessions::find_caller(portal, digest, now).await?,
        token::Kind::Personal => tokens::find_caller(portal, digest, now).await?,
    };
    let Some(caller) = found else {
        return Err(unauthenticated("the token is unknown or was ended"));
    };
    if caller.expires_at <= now {
        let (what, hint) = match &caller.credential {
            Credential::Session(_) => ("sign-in", "sign in again: citytime login".to_owned()),
            Credential::Token(_, scopes) => {
                let scopes = scopes.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
                (
                    "token",
                    format!("make another: citytime account tokens create --scope {scopes} --label NAME --expires 90d"),
                )
            }
        };
        let problem = Problem::new(Code::Expired, format!("the {what} ended at {}", caller.expires_at)).hint(hint);
        return Err(problem.into());
    }
    Ok(caller)
}
