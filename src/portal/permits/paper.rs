//! The permit itself: a sheet of plain text that can be printed and read anywhere.

use std::fmt::Write;

use serde_json::Value;

use crate::{
    api::{
        permits::{Permit, PermitStatus},
        time::Timestamp,
    },
    form::Answers,
    portal::city::City,
};

/// An issued permit as a sheet of text.
pub fn permit(permit: &Permit, city: &City) -> String {
    let date = |at: Timestamp| at.date_in(&city.zone).to_string();
    let issued = permit.timeline.iter().rfind(|step| step.status == PermitStatus::Issued);
    let mut sheet = format!("{}\n{}\n\n", city.name.to_uppercase(), permit.title.to_uppercase());
    // Writing to a `String` cannot fail.
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(sheet, "{name:<32}  {value}");
    };
    line("Permit", &permit.id.to_string());
    line("Issued to", &permit.applicant);
    line("Issued on", &issued.map(|step| date(step.at)).unwrap_or_default());
    line("Applied for on", &permit.submitted_at.map(date).unwrap_or_default());
    line("Fee paid", &permit.fee.display(permit.currency));
    if let Some(kind) = city.permits.find(&permit.kind) {
        line("Department", &kind.department);
        line("", "");
        let answers: &Answers = &permit.answers;
        for field in kind.form.fields(answers) {
            if let Some(value) = field.find(answers) {
                line(&field.title, &plain(value));
            }
        }
    }
    if let Some(note) = issued.and_then(|step| step.note.as_deref()) {
        line("", "");
        line("Conditions", note);
    }
    sheet
}

fn plain(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    // What a resident wrote is one line here, and steers no printer.
    text.split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}
