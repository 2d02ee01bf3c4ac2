//! A notice in the form it travels in: a letter as text and as a page, or a short message. Nothing in it tells the
//! city whether it was read.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::notice::Body;
use crate::{api::notices::Topic, portal::city::City};

/// The longest line of a letter's text, in characters.
const WIDTH: usize = 72;
/// The longest message, in characters: two of the pieces phones are sent.
const MESSAGE: usize = 300;

/// A notice, and what of the city and the reader is said with it.
pub(super) struct Telling<'a> {
    /// The city.
    pub(super) city: &'a City,
    /// Where the portal is reached.
    pub(super) portal: &'a str,
    /// The reader, where it is known who that is.
    pub(super) name: Option<&'a str>,
    /// What it is about.
    pub(super) topic: Topic,
    /// In a line.
    pub(super) subject: &'a str,
    /// The rest.
    pub(super) body: &'a Body,
    /// The thing it is about.
    pub(super) about: Option<&'a str>,
    /// The page that ends such letters, where they can be ended.
    pub(super) unsubscribe: Option<&'a str>,
}

impl Telling<'_> {
    /// The page that goes on from here.
    fn link(&self) -> Option<(&str, String)> {
        let action = self.body.action.as_ref()?;
        Some((&action.label, format!("{}{}", self.portal, action.path.expose())))
    }

    fn why(&self) -> String {
        match (self.topic, self.unsubscribe) {
            (_, Some(_)) => format!("You get this because you are told about {} by e-mail.", self.topic),
            (Topic::Account, None) => "This is about the security of your account, so it is always sent.".to_owned(),
            (_, None) => format!("You get this because it concerns you at {}.", self.city.name),
        }
    }

    /// The letter as text.
    pub(super) fn text(&self) -> String {
        let body = self.body;
        let mut parts = Vec::new();
        parts.push(self.name.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {name},")));
        parts.extend(body.paragraphs.iter().map(|paragraph| wrapped(paragraph)));
        if let Some(code) = &body.code {
            parts.push(format!("    {}", code.expose()));
        }
        if !body.facts.is_empty() {
            let widest = body.facts.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
            let lines = body.facts.iter().map(|(label, value)| format!("  {label:widest$}  {value}"));
            parts.push(lines.collect::<Vec<_>>().join("\n"));
        }
        if let Some((label, link)) = self.link() {
            parts.push(format!("{label}:\n{link}"));
        }
        if let Some(command) = &body.command {
            parts.push(format!("In your terminal:\n    {command}"));
        }
        let city = self.city;
        let mut foot = vec![
            "-- ".to_owned(),
            city.name.clone(),
            format!("{} | {}", city.support_email, city.support_phone),
            wrapped(&self.why()),
        ];
        if let Some(address) = self.unsubscribe {
            foot.push(format!("Stop them: {address}"));
        }
        parts.push(foot.join("\n"));
        parts.join("\n\n") + "\n"
    }

    /// The letter as a page.
    pub(super) fn page(&self) -> String {
        let (city, body) = (self.city, self.body);
        let page: Markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.subject) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    div.letter {
                        p.city { (city.name) }
                        h1 { (self.subject) }
                        p { "Hello" @if let Some(name) = self.name { " " (name) } "," }
                        @for paragraph in &body.paragraphs { p { (paragraph) } }
                        @if let Some(code) = &body.code { p.code { (code.expose()) } }
                        @if !body.facts.is_empty() {
                            table { @for (label, value) in &body.facts { tr { th scope="row" { (label) } td { (value) } } } }
                        }
                        @if let Some((label, link)) = self.link() { p { a.button href=(link) { (label) } } }
                        @if let Some(command) = &body.command { p.hint { "In your terminal:" } pre { (command) } }
                    }
                    div.foot {
                        p { (city.name) " · " a href={ "mailto:" (city.support_email) } { (city.support_email) } " · " (city.support_phone) }
                        p {
                            (self.why())
                            @if let Some(address) = self.unsubscribe { " " a href=(address) { "Stop them" } "." }
                        }
                    }
                }
            }
        };
        // Lines of a letter must not be endless.
        page.into_string().replace("><", ">\n<")
    }

    /// The message to a phone.
    pub(super) fn message(&self) -> String {
        let city = &self.city.name;
        let text = match (&self.body.code, self.about) {
            (Some(code), _) => format!("{city}: {}. {}", self.subject, code.expose()),
            (None, Some(about)) => format!("{city}: {} ({about})", self.subject),
            (None, None) => format!("{city}: {}", self.subject),
        };
        if text.chars().count() <= MESSAGE {
            return text;
        }
        text.chars().take(MESSAGE - 3).chain("...".chars()).collect()
    }
}

/// Written for mail programs: they know little, and show what they do not know as plain text.
const STYLE: &str = "
body { margin: 0; padding: 24px 12px; background: #f3f4f1; color: #1d2522; font: 16px/1.5 system-ui, sans-serif; }
.letter { max-width: 34em; margin: 0 auto; padding: 28px 32px; background: #ffffff; border-radius: 8px; }
.city { margin: 0 0 20px; color: #1b5e52; font-weight: 600; }
h1 { margin: 0 0 16px; font-size: 22px; line-height: 1.25; }
table { margin: 20px 0; border-collapse: collapse; }
th { padding: 4px 20px 4px 0; color: #56605c; font-weight: 400; text-align: left; vertical-align: top; }
td { padding: 4px 0; font-weight: 600; }
.code { margin: 24px 0; font: 600 30px/1 ui-monospace, monospace; letter-spacing: 4px; }
a { color: #1b5e52; }
a.button { display: inline-block; padding: 12px 22px; border-radius: 6px; background: #1b5e52; color: #ffffff; font-weight: 600; text-decoration: none; }
.hint { margin: 20px 0 4px; color: #56605c; }
pre { margin: 0; padding: 12px 16px; border-radius: 6px; background: #eef1ee; font: 14px/1.4 ui-monospace, monospace; white-space: pre-wrap; }
.foot { max-width: 34em; margin: 16px auto 0; padding: 0 32px; color: #56605c; font-size: 13px; }
@media (prefers-color-scheme: dark) {
body { background: #14191a; color: #e6ebe8; }
.letter { background: #1e2625; }
.city, a { color: #7cc8b6; }
th, .hint, .foot { color: #a3aeaa; }
pre { background: #14191a; }
}
";

/// A paragraph in lines that are read with ease.
fn wrapped(paragraph: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::secret::Secret,
        portal::{notices::Notice, sandbox},
    };

    fn told(notice: &Notice, unsubscribe: Option<&str>, show: impl Fn(&Telling<'_>) -> String) -> String {
        let city = sandbox::city().unwrap();
        show(&Telling {
            city: &city,
            portal: "https://portal.riverton.example",
            name: Some("Rosa Marín"),
            topic: notice.topic,
            subject: &notice.subject,
            body: &notice.body,
            about: notice.about.as_deref(),
            unsubscribe,
        })
    }

    #[test]
    fn a_letter_is_short_and_says_what_to_do_next() {
        let notice = Notice::new(Topic::Billing, "Payment returned: $61.50")
            .says("Your bank took the payment back. What it was for is to be paid again, and the city asks you to do so soon.")
            .fact("For", "Water, sewer and refuse, 2026-10")
            .fact("Payment", "PAY-7K3Q9XM2")
            .command("citytime bills list");
        insta::assert_snapshot!(told(&notice, Some("https://portal.riverton.example/unsubscribe?link=x"), |telling| telling.text()), @r"
        Hello Rosa Marín,

        Your bank took the payment back. What it was for is to be paid again,
        and the city asks you to do so soon.

          For      Water, sewer and refuse, 2026-10
          Payment  PAY-7K3Q9XM2

        In your terminal:
            citytime bills list

        -- 
        City of Riverton
        help@riverton.example | +13125550142
        You get this because you are told about billing by e-mail.
        Stop them: https://portal.riverton.example/unsubscribe?link=x
        ");
    }

    #[test]
    fn what_people_wrote_is_text_and_no_page() {
        let notice =
            Notice::new(Topic::Requests, "<b>Pothole</b>").says("<script>alert(1)</script>").fact("Note", "\"&'");
        let page = told(&notice, None, |telling| telling.page());
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("&quot;&amp;"), "{page}");
        assert!(page.lines().all(|line| line.len() < 900));
    }

    #[test]
    fn a_message_fits_a_phone() {
        let code = Notice::new(Topic::Account, "Your code to confirm this phone").code(Secret::new("123456"));
        assert_eq!(
            told(&code, None, |telling| telling.message()),
            "City of Riverton: Your code to confirm this phone. 123456"
        );
        let long = Notice::new(Topic::Requests, "x".repeat(500)).about("REQ-7K3Q9XM2");
        assert_eq!(told(&long, None, |telling| telling.message()).chars().count(), MESSAGE);
    }
}
