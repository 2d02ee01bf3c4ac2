//! An operation of the API as a value: the portal routes it, guards it and documents it, and the client calls it, all
//! from the one declaration beside the noun's types. What is not declared here with its access cannot be routed.

use std::marker::PhantomData;

use crate::{api::problem::Code, words};

/// HTTP methods the API uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads; the input travels as the query.
    Get,
    /// Makes something; the input travels as JSON.
    Post,
    /// Changes something; the input travels as JSON.
    Patch,
    /// Takes something away; there is no input.
    Delete,
}

impl Method {
    /// As in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether it changes anything.
    pub const fn mutates(self) -> bool {
        !matches!(self, Self::Get)
    }
}

words! {
    /// What a personal access token may do. A session may do what its role allows.
    pub enum Scope ("scope") {
        /// Read the account, its records and what is signed in.
        AccountRead = "account:read",
        /// Change the account and its records.
        AccountWrite = "account:write",
        /// Read bills, payments and receipts.
        BillsRead = "bills:read",
        /// Pay bills.
        BillsPay = "bills:pay",
        /// Read saved payment methods.
        WalletRead = "wallet:read",
        /// Add and remove payment methods.
        WalletWrite = "wallet:write",
        /// Read the history.
        HistoryRead = "history:read",
        /// Read one's permit applications.
        PermitsRead = "permits:read",
        /// Apply for permits, and work on applications.
        PermitsWrite = "permits:write",
        /// Read one's registrations for programs.
        ProgramsRead = "programs:read",
        /// Register for programs, and cancel.
        ProgramsWrite = "programs:write",
        /// Read one's service requests.
        RequestsRead = "requests:read",
        /// File service requests, comment on and follow them.
        RequestsWrite = "requests:write",
        /// Read one's support tickets.
        SupportRead = "support:read",
        /// Write to support.
        SupportWrite = "support:write",
        /// Use a clerk's powers.
        Staff = "staff",
    }
}

impl Scope {
    /// Whether it is for those alone whose e-mail address is confirmed: to pay, apply, file and register. Looking is open
    /// to everybody.
    pub const fn needs_confirmed_address(self) -> bool {
        matches!(self, Self::BillsPay | Self::PermitsWrite | Self::RequestsWrite | Self::ProgramsWrite)
    }
}

words! {
    /// What a clerk may do.
    pub enum Power ("power") {
        /// Import and correct bills.
        Bills = "bills",
        /// Work on permit applications.
        Permits = "permits",
        /// Work on service requests.
        Requests = "requests",
        /// Publish programs.
        Programs = "programs",
        /// See and refund payments.
        Payments = "payments",
        /// Import city records and help residents.
        Residents = "residents",
        /// Answer support tickets.
        Support = "support",
        /// Read the audit trail.
        Audit = "audit",
        /// Move the sandbox's clock.
        Clock = "clock",
    }
}

/// Who may call an operation: a type, so that a handler's signature tells it too.
pub trait Access: Send + Sync + 'static {
    /// What the caller must be granted beyond being of this kind.
    type Need: Copy + Send + Sync + 'static;
    /// The need in words, as the OpenAPI document tells it.
    fn describe(need: Self::Need) -> Needs;
}

/// An access with its need, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nobody has to be signed in.
    Nothing,
    /// Nobody has to be signed in; whoever says who they are must be known.
    Visit,
    /// Signed in; a personal token needs the scope, where one is named.
    Account(Option<Scope>),
    /// Signed in by password: a personal token will not do.
    Session,
    /// A clerk with the power.
    Power(Power),
}

/// Anyone, signed in or not.
#[derive(Debug)]
pub enum Anyone {}
/// Anyone; whoever gives a token or key is known by it.
#[derive(Debug)]
pub enum Visitor {}
/// Whoever is signed in, by a session or a token with the scope (none: any token).
#[derive(Debug)]
pub enum SignedIn {}
/// Whoever is signed in by a session: what a personal token must never do.
#[derive(Debug)]
pub enum InSession {}
/// A clerk with a power.
#[derive(Debug)]
pub enum Clerk {}

impl Access for Anyone {
    type Need = ();
    fn describe((): ()) -> Needs {
        Needs::Nothing
    }
}
impl Access for Visitor {
    type Need = ();
    fn describe((): ()) -> Needs {
        Needs::Visit
    }
}
impl Access for SignedIn {
    type Need = Option<Scope>;
    fn describe(need: Option<Scope>) -> Needs {
        Needs::Account(need)
    }
}
impl Access for InSession {
    type Need = ();
    fn describe((): ()) -> Needs {
        Needs::Session
    }
}
impl Access for Clerk {
    type Need = Power;
    fn describe(need: Power) -> Needs {
        Needs::Power(need)
    }
}

/// No input, or no output beyond "done".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Empty {}

/// In place of an input or output: the bytes of a file, streamed as they are. The type keeps such an operation from being
/// served or called as one of JSON.
#[derive(Debug, Clone, Copy)]
pub enum File {}

/// The header of an answer that says `true` where the request was made before under its key, and shows what that made; as
/// Stripe calls it, since the draft of `Idempotency-Key` has no name for it.
pub const REPLAYED: &str = "idempotent-replayed";

/// Whether an operation takes an `Idempotency-Key`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// It does not: it reads, its effect is the same twice, or its answer is a secret.
    None,
    /// It is kept when given.
    Accepted,
    /// Without one it is refused: money or a place would be taken twice.
    Required,
}

/// An operation: who (`A`), on what (`P`, the parameters of the path), with what (`I`), giving what (`O`).
pub struct Endpoint<A: Access, P, I, O> {
    /// OpenAPI's operationId: `bills.list`.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The path with its parameters: `/v1/bills/{id}`.
    pub path: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// What the caller must be granted.
    pub need: A::Need,
    /// Whether it takes an idempotency key.
    pub key: Key,
    /// The codes it answers with, beside those every operation of its kind has.
    pub errors: &'static [Code],
    /// The types of path, input and output.
    pub types: PhantomData<fn(P, I) -> O>,
}

impl<A: Access, P, I, O> Endpoint<A, P, I, O> {
    /// The path with its parameter filled in. Ids and the words of paths need no escaping.
    pub fn path_for(&self, parameter: &P) -> String
    where
        P: PathParameter,
    {
        let texts = parameter.texts();
        let mut path = String::with_capacity(self.path.len() + 16);
        for (place, part) in self.path.split(['{', '}']).enumerate() {
            // Every other part is a parameter's name.
            path.push_str(if place % 2 == 0 { part } else { texts.get(place / 2).map_or("", String::as_str) });
        }
        path
    }
}

/// The word by which a city names something in its own files: a type of permit, a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slug(String);

impl Slug {
    /// The word itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Slug {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if (1..=40).contains(&text.len()) && text.bytes().all(allowed) {
            return Ok(Self(text.to_owned()));
        }
        Err(format!("`{text}` is not made of 1 to 40 lower-case letters, digits and `_`"))
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// What can stand in a path: nothing, an id, a word, or a pair of them.
pub trait PathParameter: Sized + Send + 'static {
    /// The parameters' texts, in the order of the path.
    fn texts(&self) -> Vec<String>;
    /// Reads them back; the error is for a person.
    fn read(texts: &[&str]) -> Result<Self, String>;
    /// The patterns of their schemas.
    fn patterns() -> Vec<String>;
}

impl PathParameter for () {
    fn texts(&self) -> Vec<String> {
        Vec::new()
    }
    fn read(_: &[&str]) -> Result<Self, String> {
        Ok(())
    }
    fn patterns() -> Vec<String> {
        Vec::new()
    }
}

impl<K: crate::api::id::Kind> PathParameter for crate::api::id::Id<K> {
    fn texts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
    fn read(texts: &[&str]) -> Result<Self, String> {
        let text = texts.first().copied().unwrap_or_default();
        text.parse().map_err(|error: crate::api::id::InvalidId| error.to_string())
    }
    fn patterns() -> Vec<String> {
        vec![format!("^{}-[0-9A-HJKMNP-TV-Z]{{8}}$", K::PREFIX)]
    }
}

impl PathParameter for Slug {
    fn texts(&self) -> Vec<String> {
        vec![self.0.clone()]
    }
    fn read(texts: &[&str]) -> Result<Self, String> {
        texts.first().copied().unwrap_or_default().parse()
    }
    fn patterns() -> Vec<String> {
        vec!["^[a-z0-9_]{1,40}$".to_owned()]
    }
}

/// Two parameters, one behind the other.
impl<P: PathParameter, Q: PathParameter> PathParameter for (P, Q) {
    fn texts(&self) -> Vec<String> {
        [self.0.texts(), self.1.texts()].concat()
    }
    fn read(texts: &[&str]) -> Result<Self, String> {
        let (first, second) = texts.split_at(P::patterns().len().min(texts.len()));
        Ok((P::read(first)?, Q::read(second)?))
    }
    fn patterns() -> Vec<String> {
        [P::patterns(), Q::patterns()].concat()
    }
}

/// An operation whose requests and answers have a form of their own, which its handler reads and writes: Open311's, or
/// a page for browsers. Its access is declared as any other's.
pub struct Raw<A: Access> {
    /// OpenAPI's operationId: `open311.requests.list`.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The paths it is served at; the parameter of each, where it has one, is the last part.
    pub paths: &'static [&'static str],
    /// The path in the document, where the several stand for one: `/open311/v2/requests.{format}`.
    pub documented: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// What the caller must be granted.
    pub need: A::Need,
    /// The parameters of its query, or of the form it takes.
    pub fields: &'static [&'static str],
    /// The files a form of several parts may have beside them; any number of each.
    pub files: &'static [&'static str],
    /// The media types of that form; none for what reads.
    pub takes: &'static [&'static str],
    /// The media types it answers with.
    pub answers: &'static [&'static str],
}

/// Declares a noun's operations as constants:
/// `endpoints! { /// docs LIST = Get "/v1/bills" "bills.list" "Bills" SignedIn(Some(Scope::BillsRead)) (), BillQuery => Page<Bill>, errors [..]; }`.
#[macro_export]
macro_rules! endpoints {
    ($(#[doc = $summary:literal] $name:ident = $method:ident $path:literal $id:literal, $access:ident($($need:expr)?), $key:ident,
        ($path_type:ty, $input:ty) -> $output:ty, [$($code:ident),*];)+) => {$(
        #[doc = $summary]
        pub const $name: $crate::api::endpoint::Endpoint<$crate::api::endpoint::$access, $path_type, $input, $output> =
            $crate::api::endpoint::Endpoint {
                id: $id,
                method: $crate::api::endpoint::Method::$method,
                path: $path,
                summary: $summary.trim_ascii(),
                need: $crate::endpoints!(@need $($need)?),
                key: $crate::api::endpoint::Key::$key,
                errors: &[$($crate::api::problem::Code::$code),*],
                types: std::marker::PhantomData,
            };
    )+};
    (@need) => { () };
    (@need $need:expr) => { $need };
}
