//! What a city declares of its permits: the types, each with its form, and the documents they ask for.

use std::sync::Arc;

use serde_json::Value;
use toml::de::DeValue;

use super::{
    Category, shapes,
    table::{Fault, Table},
};
use crate::{
    api::{
        money::{Currency, Minor},
        permits::DocumentAsked,
    },
    form::Form,
};

/// The city's permits.
#[derive(Debug, Clone, Default)]
pub struct Permits {
    /// The category of the bills their fees are.
    pub fee_category: String,
    /// The types, in the order of lists.
    pub types: Vec<PermitType>,
}

/// A type of permit.
#[derive(Debug, Clone)]
pub struct PermitType {
    /// The word in files, on the wire and in flags.
    pub id: String,
    /// What residents read.
    pub title: String,
    /// What kind of permit: `business`.
    pub category: String,
    /// What it is for, and what not.
    pub description: Option<String>,
    /// Who decides.
    pub department: String,
    /// What applying costs.
    pub fee: Minor,
    /// How many working days a decision takes.
    pub working_days: u32,
    /// The documents asked for.
    pub documents: Vec<DocumentAsked>,
    /// The form.
    pub form: Arc<Form>,
}

impl Permits {
    /// A type by its word.
    pub fn find(&self, id: &str) -> Option<&PermitType> {
        self.types.iter().find(|kind| kind.id == id)
    }
}

/// Reads the section `[permits]`; `categories` are those of bills, where all of them could be read.
pub(super) fn permits(
    section: &mut Table<'_>,
    currency: Option<Currency>,
    categories: Option<&[Category]>,
) -> Option<Permits> {
    let fee_category = section.required("fee_category", |value| {
        let id = shapes::identifier(value)?;
        let Some(categories) = categories else { return Ok(id) };
        if categories.iter().any(|category| category.id == id) {
            return Ok(id);
        }
        let known = categories.iter().map(|category| category.id.as_str()).collect::<Vec<_>>().join(", ");
        Err(Fault::new(format!("there is no category of bills `{id}`; one of {known} is"))
            .hint("fees are bills: name one of [[bills.categories]], or add one"))
    });
    let types = section.some_sections("types", |kind, before| permit_type(kind, before, currency));
    Some(Permits { fee_category: fee_category?, types })
}

fn permit_type(kind: &mut Table<'_>, before: &[PermitType], currency: Option<Currency>) -> Option<PermitType> {
    let id = kind.required("id", |value| {
        let id = shapes::identifier(value)?;
        match before.iter().find(|other| other.id == id) {
            Some(PermitType { title, .. }) => {
                Err(Fault::new(format!("`{id}` names the permit {title} already")).hint("give each an id of its own"))
            }
            None => Ok(id),
        }
    });
    let title = kind.required("title", shapes::line);
    let category = kind.required("category", shapes::identifier);
    let description = kind.optional("description", shapes::prose);
    let department = kind.required("department", shapes::line);
    let fee = kind.required("fee", |value| amount(value, currency));
    let working_days = kind.required("working_days", working_days);
    let documents = kind.sections("documents", document);
    let form = kind.required("form", form);
    Some(PermitType {
        id: id?,
        title: title?,
        category: category?,
        description,
        department: department?,
        fee: fee?,
        working_days: working_days?,
        documents,
        form: Arc::new(form?),
    })
}

fn document(document: &mut Table<'_>, before: &[DocumentAsked]) -> Option<DocumentAsked> {
    let id = document.required("id", |value| {
        let id = shapes::identifier(value)?;
        match before.iter().find(|other| other.id == id) {
            Some(DocumentAsked { title, .. }) => {
                Err(Fault::new(format!("`{id}` names the document {title} already")).hint("give each an id of its own"))
            }
            None => Ok(id),
        }
    });
    let title = document.required("title", shapes::line);
    let required = document
        .required("required", |value| value.as_bool().ok_or_else(|| super::table::wrong_type(value, "true or false")));
    let media_types = document.some("media_types", |value, _: &[String]| {
        let kind = shapes::line(value)?;
        let parts = kind.split('/').collect::<Vec<_>>();
        let allowed = |part: &&str| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte))
        };
        if parts.len() == 2 && parts.iter().all(allowed) {
            return Ok(kind);
        }
        Err(Fault::new(format!("`{kind}` is no media type; one looks like application/pdf")))
    });
    Some(DocumentAsked { id: id?, title: title?, required: required?, media_types })
}

/// An amount in decimal: `75.00`, with or without quotes.
pub(super) fn amount(value: &DeValue<'_>, currency: Option<Currency>) -> Result<Minor, Fault> {
    let text = match value {
        DeValue::String(text) => text.trim().to_owned(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        other => return Err(super::table::wrong_type(other, "an amount, as in 75.00")),
    };
    // Without a currency its own mistake is told; the amount cannot be judged.
    let Some(currency) = currency else { return Ok(Minor::ZERO) };
    Minor::parse(&text, currency).map_err(|error| Fault::new(error.to_string()).hint("write it as in 75.00"))
}

fn working_days(value: &DeValue<'_>) -> Result<u32, Fault> {
    let fault = || Fault::new("it must be a whole number from 1 to 999").hint("write it as in 10");
    let DeValue::Integer(number) = value else { return Err(fault()) };
    number.as_str().parse().ok().filter(|days| (1..=999).contains(days)).ok_or_else(fault)
}

/// A form: JSON Schema 2020-12 as JSON text, so that its fields keep their order.
fn form(value: &DeValue<'_>) -> Result<Form, Fault> {
    let hint = "write JSON Schema 2020-12 between ''' and '''";
    let text = value.as_str().ok_or_else(|| super::table::wrong_type(value, "text").hint(hint))?;
    let schema: Value =
        serde_json::from_str(text).map_err(|error| Fault::new(format!("the form is no JSON: {error}")).hint(hint))?;
    Form::compile(schema).map_err(|flaws| {
        let told = flaws.iter().map(ToString::to_string).collect::<Vec<_>>();
        Fault::new(format!("the form cannot be filled in: {}", told.join("; ")))
    })
}
