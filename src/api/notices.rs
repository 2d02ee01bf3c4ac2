//! Notices: what an account is told, and how it wants to be.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Power, Scope},
    id::NoticeId,
    page::Page,
    time::Timestamp,
};
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

words! {
    /// Where a notice on its way to an address stands.
    pub enum DeliveryStatus ("delivery status") {
        /// To be tried, now or again later.
        Waiting = "waiting",
        /// Somebody else has it.
        Sent = "sent",
        /// Given up.
        Dead = "dead",
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

/// Notices that were marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct MarkedNotices {
    /// In the order they were named.
    pub items: Vec<Notice>,
}

/// How an account is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Choices {
    /// Each topic.
    pub items: Vec<Choice>,
}

/// Notices that are tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct RetriedNotices {
    /// On every channel of each, in the order they were named.
    pub items: Vec<Delivery>,
}

/// What is waited for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NoticeWait {
    /// What the last answer's `after` was; without it nothing is waited for, and what comes next is behind the answer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How long to wait for something to come, in seconds (0–60; 20 unless said).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

/// What has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewNotices {
    /// What was told since, the oldest first; nothing, where nothing came in time.
    pub items: Vec<Notice>,
    /// Opaque: pass it as `after` to go on.
    pub after: String,
}

/// How an account is told of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Choice {
    /// The topic.
    pub topic: Topic,
    /// How it is told; none, and it is only found in the list.
    pub channels: Vec<Channel>,
    /// Channels it always comes by; as a choice is made this is not looked at.
    #[serde(default)]
    pub always: Vec<Channel>,
}

/// How an account wants to be told from now on; topics that are not named stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewChoices {
    /// At least one.
    pub choices: Vec<Choice>,
}

/// A notice on its way to an address, as clerks see it: not what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// The notice: `NTC-…`.
    pub notice: NoticeId,
    /// How it travels.
    pub channel: Channel,
    /// Where to.
    pub address: String,
    /// Where it stands.
    pub status: DeliveryStatus,
    /// What it is about.
    pub topic: Topic,
    /// In a line.
    pub subject: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What the gateway said last.
    pub answer: Option<String>,
    /// When that was.
    pub at: Timestamp,
    /// When it is tried next.
    pub due_at: Option<Timestamp>,
}

list_query! {
    /// Which notices, what changed last first.
    pub struct DeliveryQuery {
        /// Those that stand so.
        pub status: DeliveryStatus,
    }
}

/// Which notices are to be tried again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Retry {
    /// At least one, at most 200.
    pub notices: Vec<NoticeId>,
}

endpoints! {
    /// What the account was told, the newest first
    LIST = Get "/v1/notices" "notices.list", SignedIn(Some(Scope::AccountRead)), None,
        ((), NoticeQuery) -> Page<Notice>, [Invalid];
    /// Mark notices as read
    READ = Post "/v1/notices/read" "notices.read", SignedIn(Some(Scope::AccountWrite)), None,
        ((), ReadNotices) -> MarkedNotices, [Invalid, NotFound];
    /// Wait until the account is told something
    WAIT = Get "/v1/notices/wait" "notices.wait", SignedIn(Some(Scope::AccountRead)), None,
        ((), NoticeWait) -> NewNotices, [Invalid];
    /// How the account is told of each topic
    CHOICES = Get "/v1/account/notifications" "notices.choices", SignedIn(Some(Scope::AccountRead)), None,
        ((), Empty) -> Choices, [];
    /// Choose how the account is told
    CHOOSE = Patch "/v1/account/notifications" "notices.choose", SignedIn(Some(Scope::AccountWrite)), None,
        ((), NewChoices) -> Choices, [Invalid];
    /// What became of notices
    DELIVERIES = Get "/v1/staff/notices" "staff.notices.list", Clerk(Power::Support), None,
        ((), DeliveryQuery) -> Page<Delivery>, [Invalid];
    /// Try notices again that were given up
    RETRY = Post "/v1/staff/notices/retry" "staff.notices.retry", Clerk(Power::Support), None,
        ((), Retry) -> RetriedNotices, [Invalid, NotFound, Conflict];
}
