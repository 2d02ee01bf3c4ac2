//! SQL of the entries of bank statements.

use crate::{
    api::{
        id::{AccountId, BankEntryId, PaymentId, TransferId},
        money::{Currency, Minor},
        reconciliation::{BankEntry, BankEntryOutcome},
        time::Date,
    },
    portal::store::{queries, row},
};

/// An entry as clerks see it, and where it is found.
macro_rules! case {
    () => {
        "SELECT n.id, n.booked_on, n.amount, n.currency, n.reference, n.name, n.outcome, n.detail, n.account, a.name, n.transfer, \
         n.parked, n.applied, n.given_back, n.parked - n.applied - n.given_back, n.created_at \
         FROM bank_entries n LEFT JOIN accounts a ON a.id = n.account "
    };
}

queries! {
    /// An entry, unless it is known; what becomes of it is told behind it.
    pub INSERT = "INSERT INTO bank_entries (id, digest, booked_on, amount, currency, reference, name, outcome, parked, applied, \
                  given_back, clerk, created_at, end_to_end) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, 'ignored', 0, 0, 0, $8, $9, $10) \
                  ON CONFLICT (digest) DO NOTHING";
    /// What became of an entry.
    pub BOOK = "UPDATE bank_entries SET outcome = $2, detail = $3, account = $4, transfer = $5, payment = $6, parked = $7 WHERE id = $1";
    /// The entry of a digest.
    pub KNOWN = "SELECT id, booked_on, amount, currency, reference, name, outcome, transfer, payment, parked, detail \
                 FROM bank_entries WHERE digest = $1";
    /// Money arrives under the reference of a transfer; tells whose it is, what it was for, and what had arrived before.
    pub RECEIVE = "UPDATE transfers SET received = received + $2 WHERE id = $1 RETURNING account, amount, received - $2";
    /// Whose a transfer is, what it was for, and what has arrived.
    pub RECEIVED = "SELECT account, amount, received FROM transfers WHERE id = $1";
    /// Entries over an amount that were booked until a day, that no reversal takes back, and that their payer or their transfer
    /// calls so.
    pub ORIGINALS = "SELECT n.id, n.end_to_end, n.transfer FROM bank_entries n WHERE n.amount = $1 AND n.currency = $2 \
                     AND n.booked_on <= $3 AND n.outcome NOT IN ('ignored', 'wrong_currency') \
                     AND (n.end_to_end = $4 OR n.transfer = $5) \
                     AND NOT EXISTS (SELECT 1 FROM bank_entries r WHERE r.reverses = n.id) ORDER BY n.id";
    /// Takes an entry that is taken back: nobody else changes it until this unit ends.
    pub HOLD = "UPDATE bank_entries SET applied = applied WHERE id = $1";
    /// How an entry stands that no reversal takes back.
    pub STANDING = "SELECT n.account, n.transfer, n.booked_on, n.parked - n.applied - n.given_back, n.given_back FROM bank_entries n \
                    WHERE n.id = $1 AND NOT EXISTS (SELECT 1 FROM bank_entries r WHERE r.reverses = n.id)";
    /// Which entry another one takes back.
    pub REVERSES = "UPDATE bank_entries SET reverses = $2 WHERE id = $1";
    /// Takes a transfer: nobody else changes it until this unit ends.
    pub HOLD_TRANSFER = "UPDATE transfers SET received = received WHERE id = $1";
    /// Money that had arrived under the reference of a transfer did not, after all. Where the same was asked for anew
    /// meanwhile, that one waits for it.
    pub NOT_RECEIVED = "UPDATE transfers SET received = received - $2 WHERE id = $1 AND (received > $2 OR NOT EXISTS (SELECT 1 \
                        FROM transfers o WHERE o.account = transfers.account AND o.asked = transfers.asked AND o.received = 0))";
    /// Takes an entry: nobody else changes it until this unit ends. Tells whose it is, and what is held of it.
    pub TAKE = "UPDATE bank_entries SET applied = applied WHERE id = $1 AND (amount > 0 OR parked < 0) RETURNING account, parked - applied - given_back";
    /// So much of what was parked goes to bills of an account.
    pub APPLY = "UPDATE bank_entries SET applied = applied + $2, account = $3 WHERE id = $1";
    /// So much of what was parked was sent back.
    pub GIVE_BACK = "UPDATE bank_entries SET given_back = given_back + $2 WHERE id = $1";
    /// An entry as clerks see it.
    pub CASE = concat!(case!(), "WHERE n.id = $1");
    /// A page of those of which something is held, the oldest first.
    pub HELD = concat!(case!(), "WHERE (n.created_at, n.id) > ($1, $2) AND n.applied + n.given_back <> n.parked \
                AND (n.outcome = $3 OR $3 = '') ORDER BY n.created_at, n.id LIMIT $4");
}

row! {
    /// What became of an entry.
    pub struct EntryRow {
        pub id: BankEntryId,
        pub booked_on: Date,
        pub amount: Minor,
        pub currency: Currency,
        pub reference: Option<String>,
        pub name: Option<String>,
        pub outcome: BankEntryOutcome,
        pub transfer: Option<TransferId>,
        pub payment: Option<PaymentId>,
        pub parked: Minor,
        pub detail: Option<String>,
    }
}

row! {
    /// A transfer of which money arrives: what it was for, and what had arrived before.
    pub struct ReceivedRow {
        pub account: AccountId,
        pub amount: Minor,
        pub before: Minor,
    }
}

row! {
    /// What an entry is known by when its reversal comes.
    pub struct OriginalRow {
        pub end_to_end: Option<String>,
        pub transfer: Option<TransferId>,
    }
}

row! {
    /// How an entry stands that is taken back.
    pub struct StandingRow {
        pub account: Option<AccountId>,
        pub transfer: Option<TransferId>,
        pub booked_on: Date,
        pub left: Minor,
        pub given_back: Minor,
    }
}

row! {
    BankEntry {
        id, booked_on, amount, currency, reference, name, outcome, detail, account, payer, transfer, parked, applied, given_back,
        left, created_at
    }
}
