//! Errors on the wire: RFC 9457 problem details with a closed set of codes. The same set serves the command line:
//! each code stands for one HTTP status and one exit status.

use serde::{Deserialize, Serialize};

use super::id::{Audience, where_listed};
use crate::words;

words! {
    /// What went wrong. Scripts compare these; they do not change within a major version.
    pub enum Code ("error code") {
        /// The request is malformed or breaks a rule that needs no state: `errors` tells where.
        Invalid = "invalid",
        /// The body is no JSON, or not of the type the operation reads.
        Malformed = "malformed",
        /// Nobody is signed in, or the token is unknown, ended or malformed.
        Unauthenticated = "unauthenticated",
        /// The token or session has expired.
        Expired = "expired",
        /// Name or password is wrong; which of them is not told.
        BadCredentials = "bad_credentials",
        /// This is done only by whoever signs in again: the request carries no proof of it.
        ProofNeeded = "proof_needed",
        /// The account has a second factor: its code is needed beside the password.
        CodeNeeded = "code_needed",
        /// The code is wrong, or was used before.
        BadCode = "bad_code",
        /// Signed in, but this token or clerk may not do that.
        Forbidden = "forbidden",
        /// No such thing, or not yours.
        NotFound = "not_found",
        /// The path exists, the method does not.
        MethodNotAllowed = "method_not_allowed",
        /// The body is larger than the operation reads.
        TooLarge = "too_large",
        /// Somebody else has this name or number already.
        Taken = "taken",
        /// The state of things does not allow it.
        Conflict = "conflict",
        /// The idempotency key was used for another request.
        KeyReused = "key_reused",
        /// An operation that needs an `Idempotency-Key` got none.
        KeyMissing = "key_missing",
        /// The bill is paid or void: nothing is payable.
        NothingDue = "nothing_due",
        /// More than is payable was offered.
        AmountTooLarge = "amount_too_large",
        /// The total is not the expected one, or above the given limit.
        TotalRefused = "total_refused",
        /// The token may not pay so much today.
        SpendingLimit = "spending_limit",
        /// There is no payment method to pay with.
        NoMethod = "no_method",
        /// The method's issuer declined.
        Declined = "declined",
        /// The method has not enough funds.
        InsufficientFunds = "insufficient_funds",
        /// The issuer wants the holder to confirm, which cannot happen unattended.
        AuthenticationRequired = "authentication_required",
        /// The password is too short, too common or guessed from context.
        WeakPassword = "weak_password",
        /// Number and code do not belong together.
        LinkRefused = "link_refused",
        /// There is no such code, or it is not a whole one.
        CodeUnknown = "code_unknown",
        /// The code holds no more: its time is over, or a newer one took its place.
        CodeExpired = "code_expired",
        /// The code did what it was for already.
        CodeUsed = "code_used",
        /// The code is for something else, or was sent for another account.
        CodeForeign = "code_foreign",
        /// The account's e-mail address must be confirmed first.
        Unverified = "unverified",
        /// The city's terms must be accepted first.
        TermsNotAccepted = "terms_not_accepted",
        /// The file is not of a type that is taken there.
        WrongMediaType = "wrong_media_type",
        /// Some lines of a file were refused; the others were taken.
        SomeRefused = "some_refused",
        /// It does not take this yet, or not any more: registration is closed.
        Closed = "closed",
        /// No seat is free.
        Full = "full",
        /// The city has called it off.
        Cancelled = "cancelled",
        /// Too many requests: wait as long as `Retry-After` says.
        RateLimited = "rate_limited",
        /// The portal cannot answer now: wait as long as `Retry-After` says.
        Unavailable = "unavailable",
        /// The portal failed; the request id leads its operators to the cause.
        Internal = "internal",

        /// The command line was not understood.
        Usage = "usage",
        /// A question would have to be asked, and there is nobody to ask.
        InputNeeded = "input_needed",
        /// A file of the command line's own is broken.
        ConfigInvalid = "config_invalid",
        /// Reading or writing a local file failed.
        File = "file",
        /// The portal was not reached.
        Network = "network",
        /// The portal did not answer in time.
        TimedOut = "timed_out",
        /// What answered is no portal, or not one this version understands.
        NotAPortal = "not_a_portal",
        /// The wait ended before the thing did.
        StillPending = "still_pending",
        /// The request was sent, its answer lost: repeat it with the printed key.
        OutcomeUnknown = "outcome_unknown",
        /// The user ended the command.
        Interrupted = "interrupted",
        /// A mistake in citytime itself.
        Bug = "bug",
    }
}

impl Code {
    /// The HTTP status a portal answers with; 500 for codes that never travel.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Unauthenticated
            | Self::Expired
            | Self::BadCredentials
            | Self::ProofNeeded
            | Self::CodeNeeded
            | Self::BadCode => 401,
            Self::Declined | Self::InsufficientFunds | Self::AuthenticationRequired => 402,
            Self::Forbidden | Self::TermsNotAccepted | Self::Unverified => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Taken
            | Self::Conflict
            | Self::NothingDue
            | Self::AmountTooLarge
            | Self::TotalRefused
            | Self::SpendingLimit
            | Self::NoMethod
            | Self::Closed
            | Self::Full
            | Self::Cancelled => 409,
            Self::TooLarge => 413,
            Self::WrongMediaType => 415,
            Self::Invalid
            | Self::KeyReused
            | Self::WeakPassword
            | Self::LinkRefused
            | Self::CodeUnknown
            | Self::CodeExpired
            | Self::CodeUsed
            | Self::CodeForeign
            | Self::KeyMissing
            | Self::SomeRefused => 422,
            Self::RateLimited => 429,
            Self::Unavailable => 503,
            _ => 500,
        }
    }

    /// The status the process ends with.
    pub const fn exit(self) -> u8 {
        match self {
            Self::Usage | Self::InputNeeded => 2,
            Self::NotFound => 3,
            Self::Unauthenticated
            | Self::Expired
            | Self::BadCredentials
            | Self::ProofNeeded
            | Self::CodeNeeded
            | Self::BadCode => 4,
            Self::Forbidden | Self::TermsNotAccepted | Self::Unverified => 5,
            Self::Invalid
            | Self::Malformed
            | Self::MethodNotAllowed
            | Self::TooLarge
            | Self::Taken
            | Self::Conflict
            | Self::KeyReused
            | Self::KeyMissing
            | Self::NothingDue
            | Self::AmountTooLarge
            | Self::TotalRefused
            | Self::SpendingLimit
            | Self::NoMethod
            | Self::Declined
            | Self::InsufficientFunds
            | Self::AuthenticationRequired
            | Self::WeakPassword
            | Self::LinkRefused
            | Self::CodeUnknown
            | Self::CodeExpired
            | Self::CodeUsed
            | Self::CodeForeign
            | Self::WrongMediaType
            | Self::Closed
            | Self::Full
            | Self::Cancelled
            | Self::SomeRefused => 6,
            Self::RateLimited | Self::Unavailable | Self::Internal | Self::Network | Self::TimedOut => 7,
            Self::StillPending => 8,
            Self::OutcomeUnknown => 9,
            Self::Bug => 70,
            Self::Interrupted => 130,
            Self::ConfigInvalid | Self::File | Self::NotAPortal => 1,
        }
    }

    /// The problem's title: a few words for a person.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Invalid => "The request is invalid",
            Self::Malformed => "The request cannot be read",
            Self::Unauthenticated => "Not signed in",
            Self::Expired => "The sign-in has expired",
            Self::BadCredentials => "Wrong name or password",
            Self::ProofNeeded => "Sign in again",
            Self::CodeNeeded => "The code of the second factor is needed",
            Self::BadCode => "Wrong code",
            Self::Forbidden => "Not allowed",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "No such operation here",
            Self::TooLarge => "Too large",
            Self::Taken => "Already taken",
            Self::Conflict => "In conflict with the present state",
            Self::KeyReused => "The idempotency key belongs to another request",
            Self::KeyMissing => "An idempotency key is needed",
            Self::NothingDue => "Nothing is due",
            Self::AmountTooLarge => "More than is payable",
            Self::TotalRefused => "The total is not what was expected",
            Self::SpendingLimit => "More than the token may pay today",
            Self::NoMethod => "No payment method",
            Self::Declined => "The payment was declined",
            Self::InsufficientFunds => "Insufficient funds",
            Self::AuthenticationRequired => "The issuer asks for confirmation",
            Self::WeakPassword => "The password is too weak",
            Self::LinkRefused => "The record was not linked",
            Self::CodeUnknown => "No such code",
            Self::CodeExpired => "The code has expired",
            Self::CodeUsed => "The code was used",
            Self::CodeForeign => "The code is for something else",
            Self::Unverified => "The address is not confirmed",
            Self::TermsNotAccepted => "The terms are not accepted",
            Self::WrongMediaType => "Not a type of file that is taken there",
            Self::SomeRefused => "Some lines were refused",
            Self::Closed => "Closed",
            Self::Full => "Full",
            Self::Cancelled => "Cancelled",
            Self::RateLimited => "Too many requests",
            Self::Unavailable => "Not available now",
            Self::Internal => "The portal failed",
            Self::Usage => "Not understood",
            Self::InputNeeded => "An answer is needed",
            Self::ConfigInvalid => "A settings file is broken",
            Self::File => "A file cannot be used",
            Self::Network => "Not reached",
            Self::TimedOut => "No answer in time",
            Self::NotAPortal => "Not a portal",
            Self::StillPending => "Still pending",
            Self::OutcomeUnknown => "The outcome is unknown",
            Self::Interrupted => "Interrupted",
            Self::Bug => "A mistake in citytime",
        }
    }

    /// Whether a portal ever answers with it.
    pub const fn travels(self) -> bool {
        self.status() != 500 || matches!(self, Self::Internal)
    }
}

/// A problem with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// RFC 6901 pointer into the request: `/address/city`; empty for the whole.
    pub pointer: String,
    /// What is wrong, for a person.
    pub detail: String,
}

impl FieldError {
    /// A problem at a pointer.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

/// `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank`: the code says it all.
    #[serde(rename = "type", default = "about_blank")]
    pub kind: String,
    /// The code in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened.
    pub code: Code,
    /// What happened to what, for a person.
    pub detail: String,
    /// What to do next, for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The fields at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The thing the problem is about, where there is one: a declined payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// How many seconds to wait before trying again, where that is known; the header `Retry-After` says so too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// Leads the portal's operators to this request in their logs.
    #[serde(default)]
    pub request_id: String,
    /// The id of what is not there, where the hint follows from it; not sent.
    #[serde(skip)]
    pub missing: Option<String>,
}

fn about_blank() -> String {
    "about:blank".to_owned()
}

impl Problem {
    /// A problem of a kind with its detail.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            kind: about_blank(),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: detail.into(),
            hint: None,
            errors: Vec::new(),
            subject: None,
            retry_after: None,
            request_id: String::new(),
            missing: None,
        }
    }

    /// Nothing of that noun has that id, or it is somebody else's.
    pub fn not_found(noun: &str, id: impl std::fmt::Display) -> Self {
        let id = id.to_string();
        let problem = Self::new(Code::NotFound, format!("there is no {noun} {id}"));
        let problem = problem.hint(where_listed(&id, Audience::Residents));
        Self { missing: Some(id), ..problem }
    }

    /// The problem as a clerk is told it: what is not there is looked for by a command of theirs.
    #[must_use]
    pub fn for_clerks(self) -> Self {
        match self.missing.as_deref().map(|id| where_listed(id, Audience::Clerks)) {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// A request with these fields at fault.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [one] => one.detail.clone(),
            several => format!("{} fields are wrong", several.len()),
        };
        Self { errors, ..Self::new(Code::Invalid, detail) }
    }

    /// The problem with what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self.missing = None;
        self
    }

    /// The problem with how many seconds to wait.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The problem with the thing it is about.
    #[must_use]
    pub fn about(mut self, subject: impl std::fmt::Display) -> Self {
        self.subject = Some(subject.to_string());
        self
    }
}

#[cfg(test)]
mod tests;
