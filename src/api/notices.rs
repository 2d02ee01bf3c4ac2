//! Notices: what an account is told, and how it wants to be.

use serde::{Deserialize, Serialize};

use super::{endpoint::Scope, id::NoticeId, page::Page, time::Timestamp};
use crate::{endpoints, list_query, words};

words! {
    /// What a notice is about.
    pub enum Topic ("topic of notices") {
        /// Bills that are due, and payments.
        Billing = "billing",
        /// Applications for permits.
        Permits = "permits",
        /// Service requests one filed or follows.
        Requests = "requests",
        /// Registrations for programs.
        Programs = "programs",
        /// The account itself and its security. By e-mail it cannot be silenced.
        Account = "account",
    }
}

words! {
    /// How a notice travels.
    pub enum Channel ("channel of notices") {
        /// To the account's e-mail address.
        Email = "email",
        /// To the account's phone.
        Sms = "sms",
    }
}

/// What an account was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Notice {
    /// `NTC-…`.
    pub id: NoticeId,
    /// When.
    pub at: Timestamp,
    /// What it is about.
    pub topic: Topic,
    /// In a line.
    pub subject: String,
    /// In full.
    pub text: String,
    /// The id of the thing it is about.
    pub about: Option<String>,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

list_query! {
    /// Which notices, the newest first.
    pub struct NoticeQuery {
        /// About one topic.
        pub topic: Topic,
        /// Only those that were not read (`true`), or only those that were.
        pub unread: bool,
    }
}

/// Which notices were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct ReadNotices {
    /// At least one, at most 200.
    pub notices: Vec<NoticeId>,
}

endpoints! {
    /// What the account was told, the newest first
    LIST = Get "/v1/notices" "notices.list", SignedIn(Some(Scope::AccountRead)), None,
        ((), NoticeQuery) -> Page<Notice>, [Invalid];
    /// Mark notices as read
    READ = Post "/v1/notices/read" "notices.read", SignedIn(Some(Scope::AccountWrite)), None,
        ((), ReadNotices) -> Page<Notice>, [Invalid, NotFound];
}
