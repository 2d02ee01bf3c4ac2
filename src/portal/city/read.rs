//! From the text of a `city.toml` to a [`City`], or every mistake in it.

use std::fmt::Write;

use toml::de::DeValue;

use super::{
    Category, City, ProgramCategory,
    hours::{Holiday, OpeningHours},
    payments, permits, post, services, shapes,
    table::{self, Fault, Table},
};
use crate::api::{city::Terms, money::Currency, support::Faq};

/// When a bill is reminded of, unless said: so many days before it is due.
const REMINDER_DAYS: [u32; 2] = [7, 1];

/// Something in a `city.toml` that must be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line it stands on, the first is 1; for what is missing, the line its section begins on.
    pub line: usize,
    /// The key it is about; empty where the text is not TOML.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// Reads a `city.toml`; on failure gives all its mistakes, in the order of their lines.
pub fn read(text: &str) -> Result<City, Vec<Mistake>> {
    match table::read(text, file) {
        (Some(city), mistakes) if mistakes.is_empty() => Ok(city),
        (_, mistakes) => Err(mistakes),
    }
}

/// The mistakes as lines: `city.toml:12: zone: …`, each with its hint below it.
pub fn report(mistakes: &[Mistake], file: &str) -> String {
    let mut report = String::new();
    for Mistake { line, key, message, hint } in mistakes {
        let about = if key.is_empty() { String::new() } else { format!("{key}: ") };
        // Writing to a `String` cannot fail.
        let _ = writeln!(report, "{file}:{line}: {about}{message}");
        if let Some(hint) = hint {
            let _ = writeln!(report, "  hint: {hint}");
        }
    }
    report
}

/// Every section is read before the first `?`: one mistake hides no other.
fn file(file: &mut Table<'_>) -> Option<City> {
    let mut country = None;
    let basics = file.section("city", |city| basics(city, &mut country));
    let support = file.section("support", |section| support(section, country.as_deref()));
    let terms = file.section("terms", terms);
    let mut all_read = true;
    let mut reminder_days = None;
    let categories = file.section("bills", |bills| {
        reminder_days = bills.has("reminder_days").then(|| bills.list("reminder_days", reminder));
        Some(bills.some_sections("categories", |section, before| {
            let category = category(section, before);
            all_read &= category.is_some();
            category
        }))
    });
    let currency = basics.as_ref().map(|basics| basics.currency);
    let payments = file.section("payments", |section| payments::payments(section, currency));
    // A category with a mistake of its own may be the one that is missed: that is told once, where it stands.
    let known = categories.as_deref().filter(|known| all_read && !known.is_empty());
    let permits = file.optional_section("permits", |section| permits::permits(section, currency, known));
    let programs =
        file.optional_section("programs", |programs| Some(programs.some_sections("categories", program_category)));
    if programs.is_some() && known.is_some_and(|bills| !bills.iter().any(|bill| bill.id == "program")) {
        let hint = "add a section [[bills.categories]] with id = \"program\": fees of programs are such bills";
        file.refuse("programs", Fault::new("there are programs, and no bills for their fees").hint(hint));
    }
    let departments = file.sections("departments", services::department);
    let requests = file.optional_section("requests", services::rules);
    let services = file.sections("services", |service, before| services::service(service, before, &departments));
    let mail = file.optional_section("mail", post::mail);
    let sms = file.optional_section("sms", post::sms);
    let has_url = basics.as_ref().is_none_or(|basics| basics.url.is_some());
    if mail.is_some() && !has_url {
        let hint = "add `url = \"https://…\"` to [city]: where residents reach the portal";
        file.refuse("mail", Fault::new("letters hold links to the portal, and [city] has no url").hint(hint));
    }
    let records =
        file.optional_section("records", |records| Some(records.optional("link_asks_holder", shapes::yes_or_no)));
    let (basics, support, payments) = (basics?, support?, payments?);
    let (zone, zone_name) = basics.zone;
    Some(City {
        name: basics.name,
        url: basics.url,
        country: country?,
        zone,
        zone_name,
        currency: basics.currency,
        languages: basics.languages,
        support_email: support.email,
        support_phone: support.phone,
        hours: support.hours,
        terms: terms?,
        payment_kinds: payments.kinds,
        processor: payments.processor,
        charges: payments.charges,
        bank: payments.bank,
        categories: categories?,
        permits: permits.unwrap_or_default(),
        program_categories: programs.unwrap_or_default(),
        faq: support.faq,
        departments,
        services,
        requests: requests.unwrap_or_default(),
        reminder_days: reminder_days.unwrap_or_else(|| REMINDER_DAYS.to_vec()),
        mail,
        sms,
        link_asks_holder: records.flatten().unwrap_or(false),
    })
}

struct Basics {
    name: String,
    url: Option<String>,
    zone: (jiff::tz::TimeZone, String),
    currency: Currency,
    languages: Vec<String>,
}

fn basics(city: &mut Table<'_>, country: &mut Option<String>) -> Option<Basics> {
    let name = city.required("name", shapes::line);
    let url = city.optional("url", shapes::url);
    *country = city.required("country", shapes::country);
    let zone = city.required("zone", shapes::zone);
    let currency = city.required("currency", shapes::currency);
    let languages = city.some("languages", shapes::language);
    Some(Basics { name: name?, url, zone: zone?, currency: currency?, languages })
}

struct Reach {
    email: String,
    phone: String,
    hours: OpeningHours,
    faq: Vec<Faq>,
}

fn support(support: &mut Table<'_>, country: Option<&str>) -> Option<Reach> {
    let email = support.required("email", shapes::email);
    let phone = support.required("phone", |value| shapes::phone(value, country));
    let week = support.section("hours", |hours| {
        Some([
            hours.list("monday", shapes::span),
            hours.list("tuesday", shapes::span),
            hours.list("wednesday", shapes::span),
            hours.list("thursday", shapes::span),
            hours.list("friday", shapes::span),
            hours.list("saturday", shapes::span),
            hours.list("sunday", shapes::span),
        ])
    });
    let holidays = support.sections("holidays", holiday);
    let faq = support.sections("faq", question);
    // Each span was judged where it stands, so that none clashes here.
    let hours = OpeningHours::new(week?, holidays).ok();
    Some(Reach { email: email?, phone: phone?, hours: hours?, faq })
}

fn holiday(holiday: &mut Table<'_>, before: &[Holiday]) -> Option<Holiday> {
    let date = holiday.required("date", |value| {
        let date = shapes::date(value)?;
        match before.iter().find(|other| other.date == date) {
            Some(Holiday { name, .. }) => Err(Fault::new(format!("{date} is {name} already")).hint("leave one out")),
            None => Ok(date),
        }
    });
    let name = holiday.required("name", shapes::line);
    Some(Holiday { date: date?, name: name? })
}

fn question(question: &mut Table<'_>, before: &[Faq]) -> Option<Faq> {
    let id = question.required("id", |value| {
        let id = shapes::identifier(value)?;
        match before.iter().find(|other| other.id == id) {
            Some(Faq { question, .. }) => Err(Fault::new(format!("`{id}` names the question `{question}` already"))
                .hint("give each an id of its own")),
            None => Ok(id),
        }
    });
    let asked = question.required("question", shapes::line);
    let answer = question.required("answer", shapes::prose);
    Some(Faq { id: id?, question: asked?, answer: answer?.trim().to_owned() })
}

fn terms(terms: &mut Table<'_>) -> Option<Terms> {
    let version = terms.required("version", shapes::line);
    let text = terms.optional("text", shapes::prose);
    let url = terms.optional("url", shapes::url);
    match (terms.has("text"), terms.has("url")) {
        (true, true) => {
            terms.refuse("url", Fault::new("the terms have a text and a url").hint("leave one of them out"));
        }
        (false, false) => {
            let hint =
                "add `text = \"\"\"…\"\"\"` with the terms, or `url = \"https://…\"` of the page that holds them";
            terms.missing("text", Fault::new("the terms have neither text nor url").hint(hint));
        }
        _ => {}
    }
    Some(Terms { version: version?, url, text })
}

fn reminder(value: &DeValue<'_>, before: &[u32]) -> Result<u32, Fault> {
    let days = shapes::whole(value, 0..=90)?;
    if before.contains(&days) {
        return Err(Fault::new(format!("{days} is named twice")).hint("leave one out"));
    }
    Ok(days)
}

fn category(category: &mut Table<'_>, before: &[Category]) -> Option<Category> {
    let id = category.required("id", |value| {
        let id = shapes::identifier(value)?;
        match before.iter().find(|other| other.id == id) {
            Some(Category { title, .. }) => {
                Err(Fault::new(format!("`{id}` names the category {title} already")).hint("give each an id of its own"))
            }
            None => Ok(id),
        }
    });
    let title = category.required("title", shapes::line);
    let partial_payment = category.required("partial_payment", shapes::word);
    Some(Category { id: id?, title: title?, partial_payment: partial_payment? })
}

fn program_category(category: &mut Table<'_>, before: &[ProgramCategory]) -> Option<ProgramCategory> {
    let id = category.required("id", |value| {
        let id = shapes::identifier(value)?;
        match before.iter().find(|other| other.id == id) {
            Some(ProgramCategory { title, .. }) => {
                Err(Fault::new(format!("`{id}` names the category {title} already")).hint("give each an id of its own"))
            }
            None => Ok(id),
        }
    });
    let title = category.required("title", shapes::line);
    Some(ProgramCategory { id: id?, title: title? })
}

#[cfg(test)]
mod tests;
