//! What is told: typed, so that a mail, a text message and a list show the same. Words are chosen where the change is
//! made, form when it is sent.

use serde::{Deserialize, Serialize};

use crate::api::{notices::Topic, secret::Secret, time::Timestamp};

/// What is told.
///
/// ```text
/// Notice::new(Topic::Billing, "Payment received: $61.50")
///     .says("We received your payment. Thank you.")
///     .fact("Receipt", payment)
///     .command(format!("citytime bills receipt {payment}"))
///     .about(payment)
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    /// What it is about; an account says for each how it wants to be told.
    pub(crate) topic: Topic,
    /// In a line.
    pub(crate) subject: String,
    /// The rest.
    pub(crate) body: Body,
    /// The id of the thing it is about.
    pub(crate) about: Option<String>,
    /// After this it is not sent any more: what it says has ended.
    pub(crate) expires_at: Option<Timestamp>,
}

/// What is told beyond the subject.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Body {
    /// Whole sentences.
    pub(crate) paragraphs: Vec<String>,
    /// What and how much, as a table of two columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) facts: Vec<(String, String)>,
    /// A code to type in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<Secret>,
    /// A page of the portal that goes on from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) action: Option<Action>,
    /// The command that does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) command: Option<String>,
}

/// A page of the portal, and what to call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Action {
    /// What happens there: `Confirm the address`.
    pub(crate) label: String,
    /// Its path, from `/` on. It may hold a code.
    pub(crate) path: Secret,
}

impl Notice {
    /// A notice that says no more than its subject yet.
    pub(crate) fn new(topic: Topic, subject: impl Into<String>) -> Self {
        Self { topic, subject: one_line(&subject.into()), body: Body::default(), about: None, expires_at: None }
    }

    /// Says this too: a paragraph.
    pub(crate) fn says(mut self, paragraph: impl Into<String>) -> Self {
        self.body.paragraphs.push(paragraph.into());
        self
    }

    /// Says this too, where there is something to say.
    pub(crate) fn says_if(self, paragraph: Option<impl Into<String>>) -> Self {
        match paragraph {
            Some(paragraph) => self.says(paragraph),
            None => self,
        }
    }

    /// A line of the table.
    pub(crate) fn fact(mut self, label: &str, value: impl std::fmt::Display) -> Self {
        self.body.facts.push((label.to_owned(), one_line(&value.to_string())));
        self
    }

    /// A code to type in. It is forgotten once the notice has left.
    pub(crate) fn code(mut self, code: Secret) -> Self {
        self.body.code = Some(code);
        self
    }

    /// A page of the portal, by its path, that goes on from here.
    pub(crate) fn action(mut self, label: &str, path: impl Into<String>) -> Self {
        self.body.action = Some(Action { label: label.to_owned(), path: Secret::new(path) });
        self
    }

    /// The command that goes on from here.
    pub(crate) fn command(mut self, command: impl Into<String>) -> Self {
        self.body.command = Some(one_line(&command.into()));
        self
    }

    /// The thing it is about.
    pub(crate) fn about(mut self, id: impl std::fmt::Display) -> Self {
        self.about = Some(id.to_string());
        self
    }

    /// Not sent after this.
    pub(crate) fn until(mut self, at: Timestamp) -> Self {
        self.expires_at = Some(at);
        self
    }
}

impl Body {
    /// The whole of it as a text for a list; no code is in it.
    pub(crate) fn text(&self) -> String {
        let facts = self.facts.iter().map(|(label, value)| format!("{label}: {value}"));
        self.paragraphs.iter().cloned().chain(facts).collect::<Vec<_>>().join("\n")
    }
}

/// A text that may become a header or a cell: without line breaks and other control characters.
fn one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_control() || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_line_whatever_it_is_made_of() {
        let notice =
            Notice::new(Topic::Requests, "Pothole\r\nBcc: all@riverton.example").fact("Note", "a\u{1b}[2Jb\n\nc");
        assert_eq!(notice.subject, "Pothole Bcc: all@riverton.example");
        assert_eq!(notice.body.facts, [("Note".to_owned(), "a [2Jb c".to_owned())]);
    }

    #[test]
    fn codes_stay_out_of_lists() {
        let notice = Notice::new(Topic::Account, "Your code")
            .says("Type it in.")
            .fact("For", "rosa")
            .code(Secret::new("123456"));
        assert_eq!(notice.body.text(), "Type it in.\nFor: rosa");
    }
}
