//! What an operator declares in `city.toml`.
//!
//! - `read`: from text to a [`City`], with every mistake told
//! - `table`: a TOML file read so that every mistake is told, with its line
//! - `syntax`: what of a text is no TOML
//! - `shapes`: what a value must look like
//! - `bank`: where money is sent by transfer
//! - `charges`: what paying costs, and how much a clerk may give back
//! - `payments`: how it is paid
//! - `post`: how notices leave
//! - `hours`: when the telephone is answered, and which days are worked
//! - `services`: what residents can ask for, and who does it
//! - `permits`: the types of permits, with their forms
//! - `workdays`: so many working days from a date

pub mod bank;
pub mod charges;
pub mod hours;
pub mod payments;
pub mod permits;
pub mod post;
pub mod read;
pub mod services;
mod shapes;
mod syntax;
mod table;
pub mod workdays;

use hours::OpeningHours;
use jiff::tz::TimeZone;
use services::{Department, RequestRules, Service};

use crate::api::{
    city::{PaymentKind, Support, Terms},
    money::Currency,
    support::Faq,
    time::Date,
};

/// A city as declared.
#[derive(Debug, Clone)]
pub struct City {
    /// `Riverton`.
    pub name: String,
    /// Where its portal is reached from outside; what a request was sent to, unless given.
    pub url: Option<String>,
    /// ISO 3166-1 alpha-2: telephone numbers and addresses without a country are of this one.
    pub country: String,
    /// The zone of its civil dates.
    pub zone: TimeZone,
    /// The zone's IANA name.
    pub zone_name: String,
    /// The currency of its bills.
    pub currency: Currency,
    /// BCP 47, the first by default.
    pub languages: Vec<String>,
    /// Where mail to support goes.
    pub support_email: String,
    /// E.164.
    pub support_phone: String,
    /// When the telephone is answered.
    pub hours: OpeningHours,
    /// What residents accept.
    pub terms: Terms,
    /// What kinds of methods can be saved to pay with; transfers are taken where there is a [`bank`](Self::bank).
    pub payment_kinds: Vec<PaymentKind>,
    /// Who moves the money.
    pub processor: payments::Processor,
    /// What paying costs, and how much a clerk may give back.
    pub charges: charges::Charges,
    /// Where money is sent by transfer, where it takes any.
    pub bank: Option<bank::BankAccount>,
    /// What bills are for.
    pub categories: Vec<Category>,
    /// What it allows on application.
    pub permits: permits::Permits,
    /// What kinds of programs there are.
    pub program_categories: Vec<ProgramCategory>,
    /// Questions people ask, and the answers.
    pub faq: Vec<Faq>,
    /// Its staff's parts.
    pub departments: Vec<Department>,
    /// What residents can ask for, in the order of lists.
    pub services: Vec<Service>,
    /// The rules of requests.
    pub requests: RequestRules,
    /// How many days before a bill is due it is reminded of.
    pub reminder_days: Vec<u32>,
    /// What takes its mail.
    pub mail: Option<post::MailServer>,
    /// What takes its text messages.
    pub sms: Option<post::TextService>,
    /// Whether linking a record asks for the name it is in.
    pub link_asks_holder: bool,
}

crate::words! {
    /// Whether part of a bill may be paid.
    pub enum PartialPayment ("rule for partial payment") {
        /// Any part.
        Allowed = "allowed",
        /// All or nothing.
        Refused = "refused",
    }
}

/// A category of bills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The word in files, on the wire and in flags.
    pub id: String,
    /// What residents read.
    pub title: String,
    /// Whether part of such a bill may be paid.
    pub partial_payment: PartialPayment,
}

/// A category of programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramCategory {
    /// The word in files, on the wire and in flags.
    pub id: String,
    /// What residents read.
    pub title: String,
}

impl City {
    /// The country of numbers and addresses that name none.
    pub fn country(&self) -> &str {
        &self.country
    }

    /// A category by its word.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// The working day so many working days after a date.
    pub fn working_days_after(&self, from: Date, days: u32) -> Date {
        workdays::after(from, days, |day| self.hours.works_on(day))
    }

    /// A category of programs by its word.
    pub fn program_category(&self, id: &str) -> Option<&ProgramCategory> {
        self.program_categories.iter().find(|category| category.id == id)
    }

    /// A service by its code.
    pub fn service(&self, code: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.code == code)
    }

    /// A department by its word.
    pub fn department(&self, id: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.id == id)
    }

    /// What anyone is told of the city.
    pub fn public(&self) -> crate::api::city::City {
        crate::api::city::City {
            name: self.name.clone(),
            zone: self.zone_name.clone(),
            currency: self.currency,
            languages: self.languages.clone(),
            api: "v1".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            terms: self.terms.clone(),
            payment_kinds: self
                .payment_kinds
                .iter()
                .copied()
                .chain(self.bank.as_ref().map(|_| PaymentKind::BankTransfer))
                .collect(),
            support: Support {
                email: self.support_email.clone(),
                phone: self.support_phone.clone(),
                hours: self.hours.lines(),
            },
            link_asks_holder: self.link_asks_holder,
        }
    }
}
