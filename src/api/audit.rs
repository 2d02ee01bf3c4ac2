//! The audit trail: who changed what, by which operation, from where.

use crate::words;

words! {
    /// Who did something.
    pub enum Actor ("actor") {
        /// Somebody signed in with a resident's account.
        Resident = "resident",
        /// Somebody signed in with a clerk's account.
        Clerk = "clerk",
        /// Somebody who was not signed in.
        Visitor = "visitor",
        /// Whoever runs the portal, at its database.
        Operator = "operator",
        /// The portal by itself: time passed, or a processor answered.
        Portal = "portal",
    }
}

words! {
    /// What came of it.
    pub enum Outcome ("outcome") {
        /// It was done.
        Done = "done",
        /// It was refused, and that it was tried is worth keeping: a sign-in with a wrong password.
        Refused = "refused",
    }
}
