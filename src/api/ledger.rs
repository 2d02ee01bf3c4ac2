//! The ledger: every change of money in double entry. Debits are above zero, credits below; an entry sums to zero.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Power},
    id::{BankEntryId, BillId, PaymentId},
    money::{Currency, Minor},
    page::Page,
    time::{Timestamp, When},
};
use crate::{endpoints, list_query, words};

words! {
    /// The chart of accounts.
    pub enum LedgerAccount ("ledger account") {
        /// What residents owe, kept for each bill.
        Receivable = "receivable",
        /// What the city has charged.
        Revenue = "revenue",
        /// What the payment processor has taken and owes the city.
        ProcessorClearing = "processor_clearing",
        /// What has arrived at the city's bank.
        Bank = "bank",
        /// What has arrived at the bank and went to no bill: held for whoever it is of.
        Unapplied = "unapplied",
        /// What payers gave for the way they paid.
        Fees = "fees",
        /// What was given back of bills that stay paid.
        Refunds = "refunds",
        /// What was taken off bills.
        Credits = "credits",
        /// What the city has lost.
        WriteOffs = "write_offs",
        /// What was to go back to payers and did not arrive.
        RefundsPayable = "refunds_payable",
    }
}

words! {
    /// A side of an account.
    pub enum Side ("side of an account") {
        /// Above zero.
        Debit = "debit",
        /// Below zero.
        Credit = "credit",
    }
}

impl LedgerAccount {
    /// The side on which the account normally stands.
    pub const fn normal_side(self) -> Side {
        match self {
            Self::Receivable
            | Self::ProcessorClearing
            | Self::Bank
            | Self::Refunds
            | Self::Credits
            | Self::WriteOffs => Side::Debit,
            Self::Revenue | Self::Fees | Self::Unapplied | Self::RefundsPayable => Side::Credit,
        }
    }

    /// What it holds, in words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Receivable => "what residents owe, kept for each bill",
            Self::Revenue => "what the city has charged",
            Self::ProcessorClearing => "what the payment processor has taken and owes the city",
            Self::Bank => "what has arrived at the city's bank",
            Self::Unapplied => "what has arrived at the bank and went to no bill: held for whoever it is of",
            Self::Fees => "what payers gave for the way they paid",
            Self::Refunds => "what was given back of bills that stay paid",
            Self::Credits => "what was taken off bills",
            Self::WriteOffs => "what the city has lost",
            Self::RefundsPayable => "what was to go back to payers and did not arrive",
        }
    }
}

words! {
    /// What an entry tells.
    pub enum EntryKind ("kind of entry") {
        /// A bill was issued: receivable against revenue.
        Charge = "charge",
        /// What a bill is over was corrected.
        Adjustment = "adjustment",
        /// A bill was withdrawn.
        Void = "void",
        /// Part of a bill was forgiven.
        Credit = "credit",
        /// A payment arrived.
        Payment = "payment",
        /// The bank took a payment back that had arrived.
        Return = "return",
        /// The city gave a payment back, or part of it.
        Refund = "refund",
        /// A refund did not arrive after all: what it had posted is reversed.
        Reversal = "reversal",
        /// A card's holder disputed a payment, and its processor took the money back; or gave it again.
        Chargeback = "chargeback",
        /// Money arrived at the bank and went to no bill: it is parked.
        Park = "park",
        /// What was parked was sent back.
        GiveBack = "give_back",
    }
}

/// A posting: what an entry did to one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Posting {
    /// The account.
    pub account: LedgerAccount,
    /// Of which bill; null but for receivables.
    pub bill: Option<BillId>,
    /// Debits above zero, credits below.
    pub amount: Minor,
}

/// A journal entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct LedgerEntry {
    /// What it is called: `PAY-7K3Q9XM2.payment`, `BIL-7K3Q9XM2.adjustment.2`, `BNK-7K3Q9XM2.park`.
    pub id: String,
    /// What it tells.
    pub kind: EntryKind,
    /// When it was posted.
    pub at: Timestamp,
    /// The bill it is about, where it is about one.
    pub bill: Option<BillId>,
    /// The payment it is about, where it is about one.
    pub payment: Option<PaymentId>,
    /// The entry of a bank statement it is about, where it is about one.
    pub bank_entry: Option<BankEntryId>,
    /// Why: a clerk's reason, a bank's code.
    pub cause: Option<String>,
    /// What it moved: the sum of its debits.
    pub amount: Minor,
    /// The currency.
    pub currency: Currency,
    /// What it did to which account; they sum to zero.
    pub postings: Vec<Posting>,
}

/// How an account stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AccountBalance {
    /// The account.
    pub account: LedgerAccount,
    /// What it holds, in words.
    pub meaning: String,
    /// The side on which it normally stands.
    pub normal_side: Side,
    /// The sum of its debits.
    pub debits: Minor,
    /// The sum of its credits, above zero.
    pub credits: Minor,
    /// Debits less credits.
    pub balance: Minor,
    /// The currency.
    pub currency: Currency,
}

/// The trial balance: how every account stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct TrialBalance {
    /// Each account of the chart. Their balances sum to zero.
    pub accounts: Vec<AccountBalance>,
}

/// Something that does not follow from the postings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct LedgerFault {
    /// The entry, bill, payment or bank entry.
    pub thing: String,
    /// What is wrong.
    pub detail: String,
}

/// What a look at the whole ledger found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct LedgerCheck {
    /// How many entries there are.
    pub entries: i64,
    /// How many postings they have.
    pub postings: i64,
    /// How many bills were held against them.
    pub bills: i64,
    /// How many payments were held against them.
    pub payments: i64,
    /// How many entries of bank statements were held against them.
    pub bank_entries: i64,
    /// What is wrong; of each kind of thing at most a hundred.
    pub faults: Vec<LedgerFault>,
}

list_query! {
    /// Which entries.
    pub struct EntryQuery {
        /// Of this bill, and of its payments.
        pub bill: BillId,
        /// Of this payment.
        pub payment: PaymentId,
        /// Posted at or after this.
        pub since: When,
        /// Posted before the end of this day, or before this instant.
        pub until: When,
    }
}

endpoints! {
    /// How every account of the ledger stands
    ACCOUNTS = Get "/v1/staff/ledger/accounts" "staff.ledger.accounts", Clerk(Power::Payments), None,
        ((), Empty) -> TrialBalance, [];
    /// The journal, newest first
    ENTRIES = Get "/v1/staff/ledger/entries" "staff.ledger.entries", Clerk(Power::Payments), None,
        ((), EntryQuery) -> Page<LedgerEntry>, [Invalid];
    /// Whether bills and payments are what the ledger says
    CHECK = Get "/v1/staff/ledger/check" "staff.ledger.check", Clerk(Power::Payments), None,
        ((), Empty) -> LedgerCheck, [];
}
