//! Autopay: bills that are paid by themselves. A rule says which, by what and up to how much; every such payment is
//! announced three days ahead, and can be called off bill by bill.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Scope},
    id::{BillId, MethodId, PaymentId},
    money::{Currency, Minor},
    time::{Date, Timestamp},
};
use crate::{endpoints, words};

words! {
    /// Where a bill stands that is, or was to be, paid by itself.
    pub enum AutopayState ("autopay state") {
        /// It is paid on the day that was told, unless something is in the way then.
        Announced = "announced",
        /// Its payment is on its way.
        Paying = "paying",
        /// Its payment arrived.
        Paid = "paid",
        /// Its payment failed or came back: it is not tried again by itself.
        Failed = "failed",
        /// It is not paid by itself.
        Skipped = "skipped",
    }
}

words! {
    /// Why a bill is not paid by itself.
    pub enum AutopayReason ("reason for which a bill is not paid by itself") {
        /// Its owner left it out.
        LeftOut = "left_out",
        /// It was paid otherwise.
        PaidOtherwise = "paid_otherwise",
        /// Another payment of it is on its way.
        Pending = "pending",
        /// A payment by itself was tried already, and did not arrive.
        Failed = "failed",
        /// More would be taken than the rule allows.
        AboveMax = "above_max",
        /// The payment method was removed.
        MethodGone = "method_gone",
        /// The rule was ended.
        RuleOff = "rule_off",
        /// The city withdrew the bill.
        Withdrawn = "withdrawn",
        /// The bill's record is not linked any more.
        Unlinked = "unlinked",
        /// The city moved the due date: the bill is announced anew for that.
        DueDateMoved = "due_date_moved",
        /// Another holder of the record has it paid by itself.
        AnotherHolder = "another_holder",
    }
}

/// A rule: which bills are paid by themselves, by what, when, up to how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AutopayRule {
    /// The category of bills; null for every category that has no rule of its own.
    pub category: Option<String>,
    /// The same in a word: the category, or `all others`.
    pub covers: String,
    /// What pays.
    pub method: MethodId,
    /// What its owner calls it.
    pub method_label: String,
    /// What may be taken for one bill, fee and all; null for any amount.
    pub max: Option<Minor>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// How many days before it is due a bill is paid.
    pub days_before: u32,
    /// When the rule was set.
    pub set_at: Timestamp,
    /// What it means, in a sentence.
    pub summary: String,
    /// The open bills it covers, the next due first, at most 200; none of a rule that was ended.
    pub bills: Vec<AutopayBill>,
}

/// An open bill a rule covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AutopayBill {
    /// The bill.
    pub bill: BillId,
    /// What it is for, in words.
    pub title: String,
    /// When it is due.
    pub due_on: Date,
    /// What would be taken for it now, fee and all.
    pub total: Minor,
    /// The currency.
    pub currency: Currency,
    /// When it is paid by itself; null where it is not.
    pub pay_on: Option<Date>,
    /// Whether that was announced already.
    pub announced: bool,
    /// Why it is not paid by itself, where it is not.
    pub why: Option<AutopayReason>,
}

/// What became of a bill by a rule in a cycle: a bill has one for each due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AutopayRun {
    /// The bill.
    pub bill: BillId,
    /// What it is for, in words.
    pub title: String,
    /// The due date that makes the cycle.
    pub due_on: Date,
    /// What was announced to be taken, fee and all.
    pub total: Minor,
    /// The currency.
    pub currency: Currency,
    /// Where it stands.
    pub state: AutopayState,
    /// When it is, or was to be, paid.
    pub pay_on: Date,
    /// Why it was skipped.
    pub why: Option<AutopayReason>,
    /// The payment, once there is one.
    pub payment: Option<PaymentId>,
    /// When it came to stand there, but for what became of the payment.
    pub changed_at: Timestamp,
}

/// All of an account's rules, and what they came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Autopay {
    /// The rules, that for all other categories last.
    pub rules: Vec<AutopayRule>,
    /// What was announced, paid and skipped, the last change first, at most 50.
    pub runs: Vec<AutopayRun>,
}

/// A rule to be set; it takes the place of the one its category has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewAutopayRule {
    /// For bills of this category; every category that has no rule of its own where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What pays; what is the default method now where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<MethodId>,
    /// What may be taken for one bill at most, fee and all; any amount where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Minor>,
    /// How many days before it is due a bill is paid: 0 to 28, 2 where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_before: Option<u32>,
}

words! {
    /// Which rules to end.
    pub enum AutopayRules ("choice of autopay rules") {
        /// Every one.
        All = "all",
        /// The one for every category that has no rule of its own.
        Others = "others",
    }
}

/// The rules to be ended: one of a category, or those that are named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AutopayEnd {
    /// The one for bills of this category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Those of no one category; every one where both are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<AutopayRules>,
}

/// The rules that were ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AutopayEnded {
    /// The rules.
    pub rules: Vec<AutopayRule>,
    /// The bills that were announced and are not paid by themselves now.
    pub stopped: Vec<BillId>,
}

endpoints! {
    /// Which bills are paid by themselves, and what was announced, paid and skipped
    SHOW = Get "/v1/autopay" "autopay.show", SignedIn(Some(Scope::BillsRead)), None, ((), Empty) -> Autopay, [];
    /// Have bills paid by themselves
    SET = Post "/v1/autopay" "autopay.set", SignedIn(Some(Scope::BillsPay)), Accepted, ((), NewAutopayRule) -> AutopayRule,
        [Invalid, NotFound, NoMethod];
    /// Have bills not paid by themselves any more
    OFF = Post "/v1/autopay/off" "autopay.off", SignedIn(Some(Scope::BillsPay)), Accepted, ((), AutopayEnd) -> AutopayEnded,
        [Invalid, NotFound];
    /// Leave a bill out: it is not paid by itself
    SKIP = Post "/v1/autopay/{id}/skip" "autopay.skip", SignedIn(Some(Scope::BillsPay)), Accepted,
        (BillId, Empty) -> AutopayBill, [NotFound, Conflict, NothingDue];
    /// Leave a bill out no longer
    UNSKIP = Delete "/v1/autopay/{id}/skip" "autopay.unskip", SignedIn(Some(Scope::BillsPay)), None,
        (BillId, Empty) -> AutopayBill, [NotFound, Conflict, NothingDue];
}
