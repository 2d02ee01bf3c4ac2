//! The wallet: saved payment methods. A method is a reference at the processor, never a number.

use serde::{Deserialize, Serialize};

use super::{
    city::PaymentKind,
    endpoint::{Empty, Scope},
    id::{MethodId, SetupId},
    page::Page,
    time::Timestamp,
};
use crate::{endpoints, list_query, words};

/// A saved payment method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct PaymentMethod {
    /// `WAL-…`.
    pub id: MethodId,
    /// What kind it is.
    pub kind: PaymentKind,
    /// What its owner calls it.
    pub label: String,
    /// Who issued it: `visa`, the bank's name.
    pub brand: String,
    /// Its last four digits.
    pub last4: String,
    /// When it expires: `2030-12`.
    pub expires: Option<String>,
    /// Whether it pays when none is named.
    pub default: bool,
}

/// A method to be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewMethod {
    /// The processor's token for it (`pm_…`).
    pub token: String,
    /// What to call it; brand and digits where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

words! {
    /// The state of a set-up.
    pub enum SetupStatus ("set-up status") {
        /// Its page waits for the method.
        Open = "open",
        /// The method was added.
        Completed = "completed",
        /// Nobody completed it in time.
        Expired = "expired",
        /// Its page, or its owner, called it off.
        Cancelled = "cancelled",
    }
}

/// A payment method that is being added on its processor's own page, where its number is typed and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Setup {
    /// `SET-…`.
    pub id: SetupId,
    /// Its state.
    pub status: SetupStatus,
    /// The processor's page. Who opens it adds a method to this wallet: it is its owner's alone.
    pub url: String,
    /// What kind of method is added.
    pub kind: PaymentKind,
    /// The method, once it is added.
    pub method: Option<MethodId>,
    /// When it began.
    pub created_at: Timestamp,
    /// Until when the page waits.
    pub expires_at: Timestamp,
    /// How many seconds to wait before asking for its state again.
    pub interval: u32,
}

/// A set-up to begin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewSetup {
    /// What kind of method; the first the city takes where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<PaymentKind>,
    /// What to call the method; brand and digits where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

list_query! {
    /// Which methods.
    pub struct MethodQuery {}
}

endpoints! {
    /// Add a payment method by its token
    ADD = Post "/v1/wallet" "wallet.add", SignedIn(Some(Scope::WalletWrite)), Accepted, ((), NewMethod) -> PaymentMethod,
        [Invalid, Declined];
    /// Begin to add a payment method on the processor's page
    SET_UP = Post "/v1/wallet/setups" "wallet.set_up", SignedIn(Some(Scope::WalletWrite)), Accepted,
        ((), NewSetup) -> Setup, [Invalid];
    /// How the adding of a payment method stands
    SETUP = Get "/v1/wallet/setups/{id}" "wallet.setup", SignedIn(Some(Scope::WalletRead)), None,
        (SetupId, Empty) -> Setup, [NotFound];
    /// Call off the adding of a payment method
    CANCEL = Post "/v1/wallet/setups/{id}/cancel" "wallet.cancel", SignedIn(Some(Scope::WalletWrite)), Accepted,
        (SetupId, Empty) -> Setup, [NotFound, Conflict];
    /// The saved payment methods
    LIST = Get "/v1/wallet" "wallet.list", SignedIn(Some(Scope::WalletRead)), None, ((), MethodQuery) -> Page<PaymentMethod>, [];
    /// Remove a payment method
    REMOVE = Delete "/v1/wallet/{id}" "wallet.remove", SignedIn(Some(Scope::WalletWrite)), None,
        (MethodId, Empty) -> PaymentMethod, [NotFound, Conflict];
    /// Make a payment method the default
    DEFAULT = Post "/v1/wallet/{id}/default" "wallet.default", SignedIn(Some(Scope::WalletWrite)), Accepted,
        (MethodId, Empty) -> PaymentMethod, [NotFound];
}
