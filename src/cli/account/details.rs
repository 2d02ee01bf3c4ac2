//! What an account is made of, from a file, flags or questions. All of it may be missing: what is needed is asked for.

use std::path::Path;

use serde::Deserialize;

use super::address;
use crate::{
    api::{accounts::Address, problem::Code, secret::Secret},
    failure::{Failure, Result},
    ui::{Question, Ui},
};

/// The flags that say who somebody is.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct PersonArgs {
    /// The person's name
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// Where notices go
    #[arg(long, value_name = "ADDRESS", value_hint = clap::ValueHint::EmailAddress)]
    pub(super) email: Option<String>,
    /// With or without the country's code
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub(super) phone: Option<String>,
    /// The postal address: LINE, CITY, REGION POSTAL
    #[arg(long, value_name = "\"LINE, CITY, REGION POSTAL\"", value_parser = address::parse)]
    pub(super) address: Option<Address>,
}

/// A file of details: JSON with the fields of an account, any of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Details {
    pub(super) username: Option<String>,
    pub(super) password: Option<Secret>,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) address: Option<Address>,
    pub(super) recovery_email: Option<String>,
    /// The version of the terms that is accepted.
    pub(super) terms_version: Option<String>,
}

impl Details {
    /// Reads a file, or stdin for `-`; nothing where no file is named.
    pub(super) fn read(ui: &mut Ui, file: Option<&Path>) -> Result<Self> {
        let Some(file) = file else { return Ok(Self::default()) };
        let text = match file.to_str() {
            Some("-") => ui.text_from_stdin()?,
            _ => {
                std::fs::read_to_string(file).map_err(|error| Failure::file("read", file, error).named_by("--file"))?
            }
        };
        let mut deserializer = serde_json::Deserializer::from_str(&text);
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let message = format!("{} is no file of account details: at {}: {}", file.display(), error.path(), error.inner());
            Failure::new(Code::Invalid, message).hint(
                "it is JSON with username, name, email, phone, address {line1, city, region, postal_code}, recovery_email",
            )
        })
    }

    /// The details with what flags say in their place.
    pub(super) fn with(mut self, flags: PersonArgs) -> Self {
        self.name = flags.name.or(self.name);
        self.email = flags.email.or(self.email);
        self.phone = flags.phone.or(self.phone);
        self.address = flags.address.or(self.address);
        self
    }
}

/// Asks for what must be answered, unless it is known.
pub(super) fn needed(ui: &mut Ui, known: Option<String>, question: &Question<'_>) -> Result<String> {
    match known {
        Some(known) => Ok(known),
        None => ui.ask(question),
    }
}

/// Asks for what may be left out, where somebody can be asked: nothing typed is no answer.
pub(super) fn optional(ui: &mut Ui, known: Option<String>, question: Question<'_>) -> Result<Option<String>> {
    if known.is_some() || !ui.is_interactive() {
        return Ok(known);
    }
    let prompt = format!("{} (or nothing)", question.prompt);
    let answer = match question.validate {
        None => ui.ask(&Question { prompt: &prompt, ..question.or("") })?,
        Some(check) => {
            let check = |text: &str| if text.is_empty() { Ok(()) } else { check(text) };
            ui.ask(&Question { prompt: &prompt, validate: Some(&check), ..question.or("") })?
        }
    };
    Ok(Some(answer).filter(|answer| !answer.is_empty()))
}

/// Asks for an address, where somebody can be asked and none is known.
pub(super) fn address(ui: &mut Ui, known: Option<Address>, default: Option<&Address>) -> Result<Option<Address>> {
    if known.is_some() || !ui.is_interactive() {
        return Ok(known);
    }
    let check = |text: &str| if text.is_empty() { Ok(()) } else { address::parse(text).map(drop) };
    let question =
        Question::new("Postal address, as in \"12 Mill Lane, Riverton, IL 62701\" (or nothing)", "--address");
    let default = default.map(address::line).unwrap_or_default();
    let answer = ui.ask(&question.or(default).check(&check))?;
    Ok(address::parse(&answer).ok())
}
