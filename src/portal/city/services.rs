//! What residents can ask for: departments, services with their questions, and the rules of requests.

use toml::de::DeValue;

use super::{
    shapes,
    table::{Fault, Table},
};
use crate::nearest::nearest;

/// Part of the city's staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// The word in files, on the wire and in flags.
    pub id: String,
    /// What residents read.
    pub name: String,
}

/// Something residents can ask for (GeoReport: a service).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The word by which it is asked for.
    pub code: String,
    /// What residents read.
    pub name: String,
    /// What it is for, and what it is not for.
    pub description: Option<String>,
    /// What it stands beside in a list: `streets`.
    pub group: Option<String>,
    /// Words it is also found by.
    pub keywords: Vec<String>,
    /// The id of the department that does it.
    pub department: String,
    /// In how many working days it is promised.
    pub working_days: Option<u32>,
    /// Who may read its requests.
    pub audience: Audience,
    /// What is asked, in the order it is asked.
    pub questions: Vec<Question>,
}

/// Who may read something of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Public,
    /// Its reporter, and clerks.
    Private,
}

crate::words! {
    /// What an answer looks like (GeoReport's datatypes).
    pub enum Datatype ("datatype") {
        /// A line.
        String = "string",
        /// A number.
        Number = "number",
        /// An instant, RFC 3339.
        Datetime = "datetime",
        /// Several lines.
        Text = "text",
        /// One of the values.
        OneOf = "singlevaluelist",
        /// Some of the values.
        SomeOf = "multivaluelist",
    }
}

/// Something that is asked, or only told, with a request (GeoReport: an attribute).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The word in files and forms.
    pub code: String,
    /// The question, or the text that is only told.
    pub description: String,
    /// What the answer looks like.
    pub datatype: Datatype,
    /// What helps to answer it.
    pub datatype_description: Option<String>,
    /// Whether it is asked, or only told (GeoReport: `variable`).
    pub role: Role,
    /// Whether it must be answered.
    pub need: Need,
    /// Who may read the answer.
    pub audience: Audience,
    /// Where it stands among the others.
    pub order: u32,
    /// What can be chosen.
    pub values: Vec<Choice>,
}

/// Whether a question wants an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is asked.
    Asked,
    /// It is text to be read.
    Told,
}

/// Whether an answer must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It may.
    Optional,
}

/// An answer that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The word that is sent.
    pub key: String,
    /// What residents read.
    pub name: String,
}

/// Whether requests are taken from people who are not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strangers {
    /// They are.
    Welcome,
    /// A key or token is needed.
    Refused,
}

/// The rules of requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRules {
    /// So many days after it was closed a request can be reopened.
    pub reopen_days: u32,
    /// Within so many metres an open request for the same service is held to be the same.
    pub duplicate_radius_m: u32,
    /// Whether strangers may file.
    pub strangers: Strangers,
}

impl Default for RequestRules {
    fn default() -> Self {
        Self { reopen_days: 14, duplicate_radius_m: 75, strangers: Strangers::Refused }
    }
}

pub(super) fn department(department: &mut Table<'_>, before: &[Department]) -> Option<Department> {
    let id = department.required("id", |value| {
        let id = shapes::identifier(value)?;
        match before.iter().find(|other| other.id == id) {
            Some(Department { name, .. }) => {
                Err(Fault::new(format!("`{id}` is the {name} already")).hint("give each an id of its own"))
            }
            None => Ok(id),
        }
    });
    let name = department.required("name", shapes::line);
    Some(Department { id: id?, name: name? })
}

pub(super) fn rules(rules: &mut Table<'_>) -> Option<RequestRules> {
    let usual = RequestRules::default();
    let reopen_days = rules.optional("reopen_days", |value| shapes::whole(value, 0..=366));
    let radius = rules.optional("duplicate_radius_m", |value| shapes::whole(value, 0..=5000));
    let strangers = rules.optional("anonymous", shapes::yes_or_no);
    Some(RequestRules {
        reopen_days: reopen_days.unwrap_or(usual.reopen_days),
        duplicate_radius_m: radius.unwrap_or(usual.duplicate_radius_m),
        strangers: if strangers == Some(true) { Strangers::Welcome } else { usual.strangers },
    })
}

pub(super) fn service(service: &mut Table<'_>, before: &[Service], departments: &[Department]) -> Option<Service> {
    let code = service.required("code", |value| {
        let code = shapes::identifier(value)?;
        match before.iter().find(|other| other.code == code) {
            Some(Service { name, .. }) => {
                Err(Fault::new(format!("`{code}` is the service {name} already")).hint("give each a code of its own"))
            }
            None => Ok(code),
        }
    });
    let name = service.required("name", shapes::line);
    let description = service.optional("description", shapes::prose);
    let group = service.optional("group", shapes::line);
    let keywords = service.list("keywords", keyword);
    let department = service.required("department", |value| known_department(value, departments));
    let working_days = service.optional("working_days", |value| shapes::whole(value, 0..=366));
    let private = service.optional("private", shapes::yes_or_no);
    let mut questions = service.sections("attributes", question);
    questions.sort_by_key(|question| question.order);
    Some(Service {
        code: code?,
        name: name?,
        description: description.map(|text| text.trim().to_owned()),
        group,
        keywords,
        department: department?,
        working_days,
        audience: audience(private),
        questions,
    })
}

fn audience(private: Option<bool>) -> Audience {
    if private == Some(true) { Audience::Private } else { Audience::Public }
}

/// On the wire the keywords are one text, divided by commas.
fn keyword(value: &DeValue<'_>, _: &[String]) -> Result<String, Fault> {
    let keyword = shapes::line(value)?;
    if keyword.contains(',') {
        return Err(Fault::new("a keyword has no comma").hint("make two of it"));
    }
    Ok(keyword)
}

fn known_department(value: &DeValue<'_>, departments: &[Department]) -> Result<String, Fault> {
    let id = shapes::identifier(value)?;
    if departments.iter().any(|department| department.id == id) {
        return Ok(id);
    }
    let fault = Fault::new(format!("there is no department `{id}`"));
    Err(match nearest(&id, departments.iter().map(|department| department.id.as_str())) {
        Some(near) => fault.hint(format!("did you mean {near}?")),
        None => fault.hint("add a section [[departments]] with this id"),
    })
}

fn question(question: &mut Table<'_>, before: &[Question]) -> Option<Question> {
    let code = question.required("code", |value| {
        let code = shapes::identifier(value)?;
        if before.iter().any(|other| other.code == code) {
            return Err(Fault::new(format!("`{code}` is asked already")).hint("give each question a code of its own"));
        }
        Ok(code)
    });
    let description = question.required("description", shapes::prose);
    let datatype = question.required("datatype", shapes::word::<Datatype>);
    let datatype_description = question.optional("datatype_description", shapes::line);
    let variable = question.optional("variable", shapes::yes_or_no);
    let required = question.optional("required", shapes::yes_or_no);
    let private = question.optional("private", shapes::yes_or_no);
    let order = question.optional("order", |value| shapes::whole(value, 1..=1000));
    let values = question.sections("values", choice);
    let chosen = matches!(datatype, Some(Datatype::OneOf | Datatype::SomeOf));
    if chosen && !question.has("values") {
        let hint = "add `values = [{ key = \"…\", name = \"…\" }, …]`";
        question.missing("values", Fault::new("there is nothing to choose from").hint(hint));
    }
    if datatype.is_some() && !chosen && question.has("values") {
        let hint = "make it a singlevaluelist or multivaluelist, or leave `values` out";
        question.refuse("values", Fault::new("only lists have values").hint(hint));
    }
    let role = if variable == Some(false) { Role::Told } else { Role::Asked };
    if role == Role::Told && required == Some(true) {
        let hint = "leave `required` out, or `variable = false`";
        question.refuse("required", Fault::new("what is only told cannot be answered").hint(hint));
    }
    let place = u32::try_from(before.len()).unwrap_or(u32::MAX).saturating_add(1);
    Some(Question {
        code: code?,
        description: description.map(|text| text.trim().to_owned())?,
        datatype: datatype?,
        datatype_description,
        role,
        need: if required == Some(true) { Need::Required } else { Need::Optional },
        audience: audience(private),
        order: order.unwrap_or(place),
        values,
    })
}

fn choice(choice: &mut Table<'_>, before: &[Choice]) -> Option<Choice> {
    let key = choice.required("key", |value| {
        let key = shapes::line(value)?;
        if before.iter().any(|other| other.key == key) {
            return Err(Fault::new(format!("`{key}` can be chosen already")).hint("give each a key of its own"));
        }
        Ok(key)
    });
    let name = choice.required("name", shapes::line);
    Some(Choice { key: key?, name: name? })
}
