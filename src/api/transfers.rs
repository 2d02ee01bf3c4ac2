//! Bank transfers: money a payer sends from their own bank, known again by its reference.

use serde::{Deserialize, Serialize};

use super::{
    bank::{CreditorReference, Iban, RoutingNumber},
    endpoint::{Empty, Scope},
    id::{BillId, TransferId},
    money::{Currency, Minor},
    page::Page,
    payments::{NewPayment, Quote},
    time::{Timestamp, When},
};
use crate::{endpoints, list_query, words};

words! {
    /// The state of a transfer: what has arrived of it.
    pub enum TransferStatus ("transfer status") {
        /// Nothing yet.
        Open = "open",
        /// Less than was asked for.
        Partial = "partial",
        /// All that was asked for, or more.
        Received = "received",
    }
}

/// A transfer to be made: to whom, under which reference, how much. It sets nothing aside: until the money has arrived its
/// bills can be paid another way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Transfer {
    /// `TRF-…`.
    pub id: TransferId,
    /// What has arrived of it.
    pub status: TransferStatus,
    /// Whose account it goes to.
    pub holder: String,
    /// The account, where it has an IBAN.
    pub iban: Option<Iban>,
    /// The bank's BIC (ISO 9362), beside an IBAN.
    pub bic: Option<String>,
    /// The bank's routing number, where there is no IBAN.
    pub routing_number: Option<RoutingNumber>,
    /// The account's number at that bank.
    pub account_number: Option<String>,
    /// The bank's name.
    pub bank: Option<String>,
    /// What the payer writes beside the money: by it the money is known again.
    pub reference: CreditorReference,
    /// How much is to be sent.
    pub amount: Minor,
    /// How much has arrived under the reference.
    pub received: Minor,
    /// The currency.
    pub currency: Currency,
    /// What it is for: the bills, in the order they are paid.
    pub bills: Vec<BillId>,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// A transfer to be asked for: exactly one of `bills`, `all` and `due_within` says for which bills.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewTransfer {
    /// These bills, at most 200, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bills: Vec<BillId>,
    /// Every bill with something payable.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
    /// Every bill with something payable, due on or before this date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_within: Option<When>,
    /// In all; what is payable where left out. Goes to the bills in order, to each up to what is payable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Minor>,
}

/// Which bills a transfer is for is said as of a payment.
impl From<NewTransfer> for NewPayment {
    fn from(new: NewTransfer) -> Self {
        let NewTransfer { bills, all, due_within, amount } = new;
        Self { bills, all, due_within, amount, ..Self::default() }
    }
}

list_query! {
    /// Which transfers, the newest first.
    pub struct TransferQuery {
        /// Only those of which something is still to arrive.
        pub open: bool,
    }
}

endpoints! {
    /// What a transfer would be for; nothing is written down
    QUOTE = Post "/v1/transfers/quote" "transfers.quote", SignedIn(Some(Scope::BillsRead)), None,
        ((), NewTransfer) -> Quote, [Invalid, NotFound, NothingDue, AmountTooLarge, NoMethod, Conflict];
    /// Ask where to send the money for bills, and under which reference
    ASK = Post "/v1/transfers" "transfers.ask", SignedIn(Some(Scope::BillsPay)), Required,
        ((), NewTransfer) -> Transfer, [Invalid, NotFound, NothingDue, AmountTooLarge, NoMethod, Conflict];
    /// The account's transfers, the newest first
    LIST = Get "/v1/transfers" "transfers.list", SignedIn(Some(Scope::BillsRead)), None, ((), TransferQuery) -> Page<Transfer>,
        [Invalid, NoMethod];
    /// A transfer, and what has arrived of it
    SHOW = Get "/v1/transfers/{id}" "transfers.show", SignedIn(Some(Scope::BillsRead)), None,
        (TransferId, Empty) -> Transfer, [NotFound, NoMethod];
}
