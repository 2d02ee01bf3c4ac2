//! What a portal says about its city and itself, for anyone: `/.well-known/citytime`.

use serde::{Deserialize, Serialize};

use super::{endpoint::Empty, money::Currency};
use crate::{endpoints, words};

words! {
    /// A kind of payment method.
    pub enum PaymentKind ("payment kind") {
        /// A credit or debit card.
        Card = "card",
        /// A debit from a bank account, which settles days later.
        BankAccount = "bank_account",
        /// A transfer the payer makes at their bank.
        BankTransfer = "bank_transfer",
    }
}

/// A city and its portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct City {
    /// The city's name: `Riverton`.
    pub name: String,
    /// Its IANA time zone: civil dates are this zone's.
    pub zone: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// BCP 47 tags of the languages its notices come in, the first by default.
    pub languages: Vec<String>,
    /// The version of the portal's API: `v1`.
    pub api: String,
    /// The version of the software.
    pub version: String,
    /// The present version of the terms of use.
    pub terms: Terms,
    /// How bills can be paid.
    pub payment_kinds: Vec<PaymentKind>,
    /// Where residents reach the city.
    pub support: Support,
    /// Whether linking a record asks for the name it is in, beside its number and code.
    #[serde(default)]
    pub link_asks_holder: bool,
}

/// The terms of use a resident accepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Terms {
    /// Their version: a date or a number.
    pub version: String,
    /// Where they can be read in full.
    pub url: Option<String>,
    /// Their text, where the portal keeps it.
    pub text: Option<String>,
}

/// Where residents reach the city.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Support {
    /// Where mail goes.
    pub email: String,
    /// E.164.
    pub phone: String,
    /// When the telephone is answered, in the city's zone: `Mon–Fri 08:00–17:00`.
    pub hours: Vec<String>,
}

endpoints! {
    /// The city and its portal
    WELL_KNOWN = Get "/.well-known/citytime" "city.show", Anyone(), None, ((), Empty) -> City, [];
}
