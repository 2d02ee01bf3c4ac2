//! A service's own questions: answered with `--set`, asked on a terminal, held against the definition before anything
//! is sent. Every mistake is told at once.

use std::collections::BTreeMap;

use crate::{
    api::{
        problem::{Code, FieldError},
        requests::{Attribute, Datatype, Definition},
    },
    cli::Context,
    client::open311::filing::Answers,
    failure::{Failure, Result},
    nearest::nearest,
    ui::{Choice, Clock, Question},
};

/// An answer as given with `--set`.
#[derive(Debug, Clone)]
pub(super) struct Set {
    code: String,
    value: String,
}

impl std::str::FromStr for Set {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (code, value) = text.split_once('=').ok_or("write it as CODE=VALUE")?;
        let (code, value) = (code.trim(), value.trim());
        if code.is_empty() {
            Err("a code stands before the =".to_owned())
        } else {
            Ok(Self { code: code.to_owned(), value: value.to_owned() })
        }
    }
}

/// The answers to send: those given, and on a terminal those asked for. Times are read on this clock.
pub(super) fn answers(
    context: &mut Context,
    definition: &Definition,
    given: &[Set],
    clock: &Clock,
) -> Result<BTreeMap<String, Answers>> {
    let (mut answers, mut wrong) = taken(definition, given, clock);
    let open =
        definition.attributes.iter().filter(|attribute| attribute.variable && !answers.contains_key(&attribute.code));
    let open = open.cloned().collect::<Vec<_>>();
    if wrong.is_empty() && context.ui.is_interactive() {
        for attribute in &definition.attributes {
            if !attribute.variable {
                context.ui.note(title(attribute));
            } else if open.contains(attribute)
                && let Some(answer) = asked(context, attribute, clock)?
            {
                answers.insert(attribute.code.clone(), answer);
            }
        }
        return Ok(answers);
    }
    let missing = open.iter().filter(|attribute| attribute.required).collect::<Vec<_>>();
    if wrong.is_empty() && !missing.is_empty() {
        let titles = missing.iter().map(|attribute| title(attribute)).collect::<Vec<_>>().join("; ");
        let flags = missing.iter().map(|attribute| format!("--set '{}={}'", attribute.code, shape(attribute)));
        let failure = Failure::new(Code::InputNeeded, format!("answers are needed, and nobody can be asked: {titles}"));
        return Err(failure.hint(format!("give them with {}", flags.collect::<Vec<_>>().join(" "))));
    }
    for attribute in missing {
        let needed = error(&attribute.code, format!("{}: an answer is needed", title(attribute)));
        // One that was given and is wrong is told as that.
        if wrong.iter().all(|told| told.pointer != needed.pointer) {
            wrong.push(needed);
        }
    }
    if wrong.is_empty() {
        return Ok(answers);
    }
    let mut failure = Failure::new(Code::Invalid, "the answers cannot be sent as they are");
    failure.errors = wrong;
    Err(failure.hint(format!("`citytime request services '{}'` shows the questions", definition.service_code)))
}

/// The answers given with flags, and what is wrong with them.
fn taken(definition: &Definition, given: &[Set], clock: &Clock) -> (BTreeMap<String, Answers>, Vec<FieldError>) {
    let (mut answers, mut wrong) = (BTreeMap::new(), Vec::new());
    let questions = || definition.attributes.iter().filter(|attribute| attribute.variable);
    for Set { code, value } in given {
        let exact = questions().find(|attribute| attribute.code == *code);
        let Some(attribute) = exact.or_else(|| questions().find(|attribute| attribute.code.eq_ignore_ascii_case(code)))
        else {
            let near = nearest(code, questions().map(|attribute| attribute.code.as_str()));
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            wrong.push(error(code, format!("the service asks no such question{near}")));
            continue;
        };
        match (read(attribute, value, clock), answers.get_mut(&attribute.code)) {
            (Err(why), _) => wrong.push(error(&attribute.code, format!("{}: {why}", title(attribute)))),
            (Ok(Answers::Several(more)), Some(Answers::Several(several))) => several.extend(more),
            (Ok(_), Some(_)) => wrong.push(error(&attribute.code, "it is answered twice".to_owned())),
            (Ok(answer), None) => {
                answers.insert(attribute.code.clone(), answer);
            }
        }
    }
    (answers, wrong)
}

fn error(code: &str, detail: String) -> FieldError {
    FieldError { pointer: format!("attribute[{code}]"), detail }
}

/// The question in the city's words.
fn title(attribute: &Attribute) -> String {
    let title = attribute.description.as_deref().unwrap_or(&attribute.code);
    title.trim().trim_end_matches(':').to_owned()
}

/// What an answer looks like, for hints.
fn shape(attribute: &Attribute) -> String {
    let first = || attribute.values.first().map_or("VALUE", |value| value.key.as_str()).to_owned();
    match attribute.datatype {
        Datatype::Number => "1".to_owned(),
        Datatype::Datetime => "2026-11-22 09:30".to_owned(),
        Datatype::SingleValueList | Datatype::MultiValueList => first(),
        Datatype::String | Datatype::Text => "…".to_owned(),
    }
}

/// Reads an answer as the question wants it; says what is wrong with it.
fn read(attribute: &Attribute, text: &str, clock: &Clock) -> Result<Answers, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("the answer is empty".to_owned());
    }
    match attribute.datatype {
        Datatype::String | Datatype::Text => Ok(Answers::One(text.to_owned())),
        Datatype::Number => {
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            number.map(|_| Answers::One(text.to_owned())).ok_or_else(|| format!("`{text}` is no number"))
        }
        Datatype::Datetime => {
            let instant = clock.read(text).ok_or_else(|| format!("`{text}` is no time; try 2026-11-22 09:30"))?;
            let zoned = instant.in_zone(&clock.zone);
            Ok(Answers::One(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()))
        }
        Datatype::SingleValueList => value(attribute, text).map(Answers::One),
        Datatype::MultiValueList => match value(attribute, text) {
            // A value may have a comma of its own.
            Ok(one) => Ok(Answers::Several(vec![one])),
            Err(_) => text
                .split(',')
                .map(|part| value(attribute, part.trim()))
                .collect::<Result<_, _>>()
                .map(Answers::Several),
        },
    }
}

/// The key of a value, given by key or name.
fn value(attribute: &Attribute, text: &str) -> Result<String, String> {
    let values = &attribute.values;
    let found = values.iter().find(|value| value.key == text).or_else(|| {
        let is_it = |known: &str| known.to_lowercase() == text.to_lowercase();
        values.iter().find(|value| is_it(&value.key) || is_it(&value.name))
    });
    found.map(|value| value.key.clone()).ok_or_else(|| {
        let known = values.iter().map(|value| value.key.as_str()).collect::<Vec<_>>().join(", ");
        format!("`{text}` is none of {known}")
    })
}

/// Asks a question on the terminal; what is not required may be left out.
fn asked(context: &mut Context, attribute: &Attribute, clock: &Clock) -> Result<Option<Answers>> {
    let how = attribute.datatype_description.as_deref().map(|how| format!(" ({how})")).unwrap_or_default();
    let optional = if attribute.required { "" } else { ", or Enter to leave it out" };
    let prompt = format!("{}{how}{optional}", title(attribute));
    let flag = format!("--set '{}=…'", attribute.code);
    let mut question = Question::new(&prompt, &flag);
    if !attribute.required {
        question = question.or("");
    }
    let choice = |key: &str, label: &str| Choice { value: key.to_owned(), label: label.to_owned() };
    let mut choices = attribute.values.iter().map(|value| choice(&value.key, &value.name)).collect::<Vec<_>>();
    match attribute.datatype {
        Datatype::SingleValueList => {
            if !attribute.required {
                choices.push(choice("", "leave it out"));
            }
            let chosen = context.ui.choose(&question, &choices)?;
            Ok(attribute.values.get(chosen).map(|value| Answers::One(value.key.clone())))
        }
        Datatype::MultiValueList => {
            let chosen = context.ui.choose_several(&question, &choices)?;
            let keys =
                chosen.into_iter().filter_map(|place| attribute.values.get(place)).map(|value| value.key.clone());
            let keys = keys.collect::<Vec<_>>();
            Ok((!keys.is_empty()).then_some(Answers::Several(keys)))
        }
        _ => {
            let check = |text: &str| match text {
                "" if !attribute.required => Ok(()),
                text => read(attribute, text, clock).map(drop),
            };
            let typed = context.ui.ask(&question.check(&check))?;
            Ok(read(attribute, &typed, clock).ok())
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::api::requests::AttributeValue;

    fn attribute(code: &str, datatype: Datatype, values: &[(&str, &str)]) -> Attribute {
        let values =
            values.iter().map(|(key, name)| AttributeValue { key: (*key).to_owned(), name: (*name).to_owned() });
        Attribute {
            code: code.to_owned(),
            variable: true,
            datatype,
            required: true,
            datatype_description: None,
            order: None,
            description: Some(format!("About {code}:")),
            values: values.collect(),
        }
    }

    fn tried(given: &[&str]) -> (Vec<String>, Vec<String>) {
        let definition = Definition {
            service_code: "x".to_owned(),
            attributes: vec![
                attribute("DEPTH", Datatype::Number, &[]),
                attribute("WHEN", Datatype::Datetime, &[]),
                attribute("KIND", Datatype::SingleValueList, &[("1", "Round"), ("2", "Long")]),
                attribute("ALL", Datatype::MultiValueList, &[("a", "A"), ("b, c", "B")]),
            ],
        };
        let clock =
            Clock { now: "2026-11-22T12:00:00Z".parse().unwrap(), zone: TimeZone::get("America/Chicago").unwrap() };
        let given = given.iter().map(|text| text.parse().unwrap()).collect::<Vec<Set>>();
        let (answers, wrong) = taken(&definition, &given, &clock);
        let answers = answers.into_iter().map(|(code, answer)| format!("{code} {answer:?}")).collect();
        (answers, wrong.into_iter().map(|error| format!("{} {}", error.pointer, error.detail)).collect())
    }

    #[test]
    fn answers_are_read_as_the_questions_want_them() {
        let (answers, wrong) = tried(&["depth=1.5", "WHEN=2026-07-01 09:30", "KIND=long", "ALL=a", "ALL=b, c"]);
        assert_eq!(wrong, Vec::<String>::new());
        assert_eq!(
            answers,
            [
                r#"ALL Several(["a", "b, c"])"#,
                r#"DEPTH One("1.5")"#,
                r#"KIND One("2")"#,
                r#"WHEN One("2026-07-01T09:30:00-05:00")"#
            ]
        );
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let (_, wrong) = tried(&["DEPTH=deep", "DEPT=1", "KIND=3", "WHEN=soon", "ALL=a,z", "KIND="]);
        assert_eq!(
            wrong,
            [
                "attribute[DEPTH] About DEPTH: `deep` is no number",
                "attribute[DEPT] the service asks no such question; did you mean `DEPTH`?",
                "attribute[KIND] About KIND: `3` is none of 1, 2",
                "attribute[WHEN] About WHEN: `soon` is no time; try 2026-11-22 09:30",
                "attribute[ALL] About ALL: `z` is none of a, b, c",
                "attribute[KIND] About KIND: the answer is empty",
            ]
        );
        assert!("=x".parse::<Set>().is_err() && "x".parse::<Set>().is_err());
    }
}
