//! The dashboard: what is due, open and coming up.

use serde::{Deserialize, Serialize};

use super::{
    bills::Bill,
    casework::ServiceRequest,
    endpoint::{Empty, Scope},
    money::{Currency, Minor},
    permits::Permit,
    programs::Registration,
};
use crate::endpoints;

/// What is payable in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Due {
    /// How many bills.
    pub count: i64,
    /// How much.
    pub amount: Minor,
    /// The currency.
    pub currency: Currency,
}

/// What is due, open and coming up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Dashboard {
    /// What is payable in all.
    pub due: Due,
    /// The bills next due, at most ten.
    pub bills: Vec<Bill>,
    /// The applications under way, the newest ten; none for a token that may not read them.
    pub permits: Vec<Permit>,
    /// The registrations for programs still to come, at most ten; none for a token that may not read them.
    pub programs: Vec<Registration>,
    /// The caller's open service requests, the newest first, at most ten.
    pub requests: Vec<ServiceRequest>,
}

endpoints! {
    /// What is due, open and coming up
    SHOW = Get "/v1/dashboard" "dashboard.show", SignedIn(Some(Scope::BillsRead)), None, ((), Empty) -> Dashboard, [];
}
