//! The wallet: saved payment methods. A method is a reference at the processor, never a number.

use serde::{Deserialize, Serialize};

use super::{
    city::PaymentKind,
    endpoint::{Empty, Scope},
    id::MethodId,
    page::Page,
};
use crate::{endpoints, list_query};

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

list_query! {
    /// Which methods.
    pub struct MethodQuery {}
}

endpoints! {
    /// Add a payment method by its token
    ADD = Post "/v1/wallet" "wallet.add", SignedIn(Some(Scope::WalletWrite)), Accepted, ((), NewMethod) -> PaymentMethod,
        [Invalid, Declined];
    /// The saved payment methods
    LIST = Get "/v1/wallet" "wallet.list", SignedIn(Some(Scope::WalletRead)), None, ((), MethodQuery) -> Page<PaymentMethod>, [];
    /// Remove a payment method
    REMOVE = Delete "/v1/wallet/{id}" "wallet.remove", SignedIn(Some(Scope::WalletWrite)), None,
        (MethodId, Empty) -> PaymentMethod, [NotFound, Conflict];
    /// Make a payment method the default
    DEFAULT = Post "/v1/wallet/{id}/default" "wallet.default", SignedIn(Some(Scope::WalletWrite)), Accepted,
        (MethodId, Empty) -> PaymentMethod, [NotFound];
}
