//! The example is whole; a file with every kind of mistake has each told at its line.

mod bank;
mod stripe;

use super::*;
use crate::api::city::PaymentKind;

const EXAMPLE: &str = include_str!("../../../../examples/city.toml");

fn told(text: &str) -> String {
    report(&read(text).unwrap_err(), "city.toml")
}

#[test]
fn the_example_has_no_mistake() {
    let city = read(EXAMPLE).unwrap_or_else(|mistakes| panic!("{}", report(&mistakes, "city.toml")));
    assert_eq!((city.name.as_str(), city.country()), ("City of Riverton", "US"));
    assert_eq!(city.zone_name, "America/Chicago");
    assert_eq!(city.languages, ["en-US", "es-US"]);
    assert_eq!(city.payment_kinds, [PaymentKind::Card, PaymentKind::BankAccount]);
    assert_eq!(city.category("license").map(|category| category.title.as_str()), Some("Business license"));
    assert_eq!(
        city.public().support.hours,
        [
            "Mon–Wed 08:00–12:00, 13:00–17:00",
            "Thu 08:00–12:00, 13:00–19:00",
            "Fri 08:00–15:00",
            "closed on 2026-11-26 Thanksgiving Day",
            "closed on 2026-12-25 Christmas Day",
            "closed on 2027-01-01 New Year's Day",
        ]
    );
}

#[test]
fn every_kind_of_mistake_is_told() {
    let text = r#"
colour = "green"

[city]
nmae = "City of Riverton"
country = "UK"
zone = "America/Chicgo"
currency = "usd"
languages = [
    "en-US",
    "es_US",
    "EN-us",
    3,
]

[support]
email = "help at riverton"
phone = "312-555-0142"

[support.hours]
monday = ["08:00-12:00", "11:00-13:00"]
tuesday = ["13:00-17:00", "08:00-12:00"]
wednesday = ["08:00-12:00", "12:00-13:00"]
thursday = ["8-12", "17:00-13:00"]
friday = "08:00-12:00"
saterday = []

[[support.holidays]]
date = "2026-11-26"
name = "Thanksgiving Day"

[[support.holidays]]
date = 2026-12-25
name = ""

[[support.holidays]]
date = 2027-01-01
name = "New Year's Day"

[[support.holidays]]
date = 2027-01-01
name = "New Year"

[terms]
version = 2026
text = "Be kind."
url = "riverton.example"

[payments]
kinds = ["card", "cards", "bitcoin", "card", "bank_transfer"]
processor = "paper"

[[bills.categories]]
id = "Property Tax"
title = "Property tax"
partial_payment = "maybe"

[[bills.categories]]
id = "fine"
title = "Fine"
partial_payment = "refused"

[[bills.categories]]
id = "fine"
titel = "Fine"
partial_payment = true
"#;
    insta::assert_snapshot!(told(text), @r#"
    city.toml:2: colour: the file has no such key
      hint: its keys are city, support, terms, bills, payments, permits, programs, departments, requests, services, mail, sms, records
    city.toml:4: name: it is missing from [city]
      hint: add `name = …` to [city]
    city.toml:5: nmae: [city] has no such key
      hint: its keys are name, url, country, zone, currency, languages
    city.toml:6: country: `UK` is no ISO 3166-1 alpha-2 code; one looks like US
      hint: did you mean GB?
    city.toml:7: zone: `America/Chicgo` is no IANA time zone
      hint: did you mean America/Chicago?
    city.toml:8: currency: `usd` is no ISO 4217 code; one looks like USD
      hint: did you mean USD?
    city.toml:11: languages: `es_US` is no BCP 47 language tag; one looks like en-US
      hint: did you mean es-US?
    city.toml:12: languages: `EN-us` is named twice
      hint: leave one out
    city.toml:13: languages: this is a number; it must be text
      hint: put it in quotes: "…"
    city.toml:17: email: `help at riverton` is no e-mail address; one looks like rosa@riverton.example
    city.toml:18: phone: `312-555-0142` is no E.164 telephone number; one looks like +13125550142
      hint: write + and the country code, then the number, digits only
    city.toml:21: monday: `11:00-13:00` cannot stand here: it overlaps 08:00-12:00
      hint: leave a break between them, or make them one
    city.toml:22: tuesday: `08:00-12:00` cannot stand here: it comes after 13:00-17:00 and is earlier in the day
      hint: write the spans of a day in the order of the clock
    city.toml:23: wednesday: `12:00-13:00` cannot stand here: it begins where 08:00-12:00 ends, with no break between them
      hint: write 08:00-13:00
    city.toml:24: thursday: `8-12` is no span of opening hours: one is two 24-hour times with a hyphen between, as in 08:00-12:00
    city.toml:24: thursday: `17:00-13:00` is no span of opening hours: it must end after 17:00, not at 13:00
    city.toml:25: friday: this is text; it must be a list, as in ["…", "…"]
    city.toml:26: saterday: [support.hours] has no such key
      hint: did you mean saturday?
    city.toml:29: date: this is text; it must be a date
      hint: write it without quotes: 2026-11-26
    city.toml:34: name: it is empty
      hint: fill it in: residents read it
    city.toml:41: date: 2027-01-01 is New Year's Day already
      hint: leave one out
    city.toml:45: version: this is a number; it must be text
      hint: put it in quotes: "…"
    city.toml:47: url: `riverton.example` is no URL; one looks like https://riverton.example/portal-terms
    city.toml:47: url: the terms have a text and a url
      hint: leave one of them out
    city.toml:50: kinds: `cards` is no payment kind; one of card, bank_account, bank_transfer is
      hint: did you mean card?
    city.toml:50: kinds: `bitcoin` is no payment kind; one of card, bank_account, bank_transfer is
    city.toml:50: kinds: `card` is named twice
      hint: leave one out
    city.toml:51: processor: `paper` is no payment processor; one of sandbox, stripe is
    city.toml:54: id: `Property Tax` is not made of 1 to 40 lower-case letters, digits and `_`
      hint: did you mean property_tax?
    city.toml:56: partial_payment: `maybe` is no rule for partial payment; one of allowed, refused is
    city.toml:63: title: it is missing from [[bills.categories]]
      hint: add `title = …` to [[bills.categories]]
    city.toml:64: id: `fine` names the category Fine already
      hint: give each an id of its own
    city.toml:65: titel: [[bills.categories]] has no such key
      hint: its keys are id, title, partial_payment
    city.toml:66: partial_payment: this is true or false; it must be text
    "#);
}

#[test]
fn what_is_missing_is_told_at_its_section() {
    let text = "[city]\nlanguages = []\n\n[support.hours]\n\n[terms]\n\n[payments]\nprocessor = \"sandbox\"\nkinds = [\"bank_transfer\"]\n[bills]\n";
    insta::assert_snapshot!(told(text), @r#"
    city.toml:1: name: it is missing from [city]
      hint: add `name = …` to [city]
    city.toml:1: country: it is missing from [city]
      hint: add `country = …` to [city]
    city.toml:1: zone: it is missing from [city]
      hint: add `zone = …` to [city]
    city.toml:1: currency: it is missing from [city]
      hint: add `currency = …` to [city]
    city.toml:2: languages: the list is empty
      hint: name at least one
    city.toml:4: email: it is missing from [support]
      hint: add `email = …` to [support]
    city.toml:4: phone: it is missing from [support]
      hint: add `phone = …` to [support]
    city.toml:6: version: it is missing from [terms]
      hint: add `version = …` to [terms]
    city.toml:6: text: the terms have neither text nor url
      hint: add `text = """…"""` with the terms, or `url = "https://…"` of the page that holds them
    city.toml:10: kinds: the processor sandbox carries no bank_transfer; it carries card, bank_account
    city.toml:11: categories: there is no [[bills.categories]]
      hint: add a section [[bills.categories]] for each
    "#);
    insta::assert_snapshot!(told("support = 3\ncity = []\nbills = { categories = [1] }"), @r#"
    city.toml:1: support: this is a number; it must be a section
      hint: write a section [support]
    city.toml:1: terms: the section [terms] is missing
      hint: add it; examples/city.toml shows, with comments, what it holds
    city.toml:1: payments: the section [payments] is missing
      hint: add it; examples/city.toml shows, with comments, what it holds
    city.toml:2: city: this is a list; it must be a section
      hint: write a section [city]
    city.toml:3: categories: this is a number; it must be a section
      hint: write a section [[bills.categories]] for each
    "#);
}

#[test]
fn broken_syntax_is_told_and_hides_no_other_mistake() {
    let text = EXAMPLE
        .replace("zone = \"America/Chicago\"", "zone = \"America/Chicago")
        .replace("currency = \"USD\"", "currency = \"dollars\"")
        .replace("phone = ", "phone ")
        .replace("[terms]", "[terms")
        .replace("id = \"license\"", "id = \"license\"\nid = \"licence\"")
        .replace("title = \"Permit fee\"", "title = Permit fee\nfee = 3");
    insta::assert_snapshot!(told(&text), @r#"
    city.toml:16: this is not TOML: invalid basic string, expected `"`
      hint: https://toml.io/en/v1.0.0 tells how it is written
    city.toml:18: currency: `dollars` is no ISO 4217 code; one looks like USD
    city.toml:26: this is not TOML: key with no value, expected `=`
      hint: https://toml.io/en/v1.0.0 tells how it is written
    city.toml:105: this is not TOML: unclosed table, expected `]`
      hint: https://toml.io/en/v1.0.0 tells how it is written
    city.toml:205: this is not TOML: duplicate key
      hint: https://toml.io/en/v1.0.0 tells how it is written
    city.toml:216: this is not TOML: string values must be quoted, expected literal string
      hint: https://toml.io/en/v1.0.0 tells how it is written
    city.toml:217: fee: [[bills.categories]] has no such key
      hint: its keys are id, title, partial_payment
    "#);
}

#[test]
fn what_is_not_closed_is_told_once() {
    let text = EXAMPLE
        .replace("[\"en-US\", \"es-US\"]", "[\n  \"en-US\",\n  \"es-US\",\n")
        .replace("friday = [\"08:00-15:00\"]", "friday = [\"08:00-15:00\"")
        .replace("refused\"", "denied\"");
    insta::assert_snapshot!(told(&text), @r"
    city.toml:25: this is not TOML: string values must be quoted, expected literal string
      hint: is what begins on line 20 closed?
    city.toml:39: this is not TOML: missing comma between array elements, expected `,`
      hint: is what begins on line 38 closed?
    city.toml:209: partial_payment: `denied` is no rule for partial payment; one of allowed, refused is
    city.toml:219: partial_payment: `denied` is no rule for partial payment; one of allowed, refused is
    city.toml:224: partial_payment: `denied` is no rule for partial payment; one of allowed, refused is
    ");
    insta::assert_snapshot!(told("[city]\nname = \"\"\"Riverton\n\n[terms]\nversion = \"\"\n"), @r#"
    city.toml:5: this is not TOML: invalid multi-line basic string, expected `"`
      hint: is what begins on line 2 closed?
    city.toml:5: version: it is empty
      hint: fill it in: residents read it
    "#);
    insta::assert_snapshot!(told("[city\nname = \"Riverton\"\n[city]\n[city]\nzone = 3\n= 3\n"), @r#"
    city.toml:1: this is not TOML: unclosed table, expected `]`
      hint: https://toml.io/en/v1.0.0 tells how it is written
    city.toml:4: this is not TOML: duplicate key
      hint: https://toml.io/en/v1.0.0 tells how it is written
    "#);
}

#[test]
fn windows_line_ends_change_nothing() {
    assert!(read(&EXAMPLE.replace('\n', "\r\n")).is_ok());
}

proptest::proptest! {
    /// Whatever a slip of the hand leaves of a file, each mistake has a line of that file.
    #[test]
    fn a_slip_never_panics(start in 0..4000_usize, length in 0..60_usize, put in "\\PC{0,8}") {
        let line = |offset: usize| (offset..=EXAMPLE.len()).find(|&at| EXAMPLE.is_char_boundary(at)).unwrap_or(EXAMPLE.len());
        let (start, end) = (line(start), line(start + length));
        let text = format!("{}{put}{}", &EXAMPLE[..start], &EXAMPLE[end..]);
        for mistake in read(&text).err().unwrap_or_default() {
            proptest::prop_assert!((1..=text.lines().count() + 1).contains(&mistake.line));
        }
    }
}

/// The mistakes of sections behind the example, without the numbers of their lines.
fn told_behind_the_example(sections: &str) -> String {
    let told = told(&format!("{EXAMPLE}\n{sections}"));
    let without_line =
        |line: &str| line.split_once(": ").filter(|_| line.starts_with("city.toml")).map(|(_, rest)| rest.to_owned());
    told.lines().map(|line| without_line(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

#[test]
fn mistakes_of_mail_and_sms_are_told() {
    let told = told_behind_the_example(
        r#"
[mail]
from = "Riverton"
host = "smtp://mail.riverton.example"
port = 70000
security = "ssl"
username = "portal"
ca_file = "authority.pem"

[sms]
account = "12345"
token_file = "/nowhere/token"
from = "312 555 0100"
url = "http://sms.riverton.example"
timeout_seconds = 0
"#,
    );
    insta::assert_snapshot!(told, @r#"
    password_file: there is a username, and no password
      hint: add `password_file = "/…"`, a file whose first line is the password
    from: `Riverton` is no sender
      hint: one looks like City of Riverton <portal@riverton.example>
    host: `smtp://mail.riverton.example` is no name of a server; one looks like smtp.riverton.example
      hint: the port is a key of its own, and there is no smtp:// before it
    port: `70000` is not one of 1 to 65535
    security: `ssl` is no kind of security; one of starttls, tls, none is
    ca_file: `authority.pem` is no whole path
      hint: begin it with /
    account: `12345` is no account SID; one is AC and 32 hexadecimal digits
      hint: Twilio's console shows it as Account SID
    token_file: /nowhere/token cannot be read: No such file or directory (os error 2)
      hint: make it readable for the user the portal runs as
    from: `312 555 0100` is no E.164 telephone number; one looks like +13125550142
      hint: write + and the country code, then the number, digits only
    url: the token would travel in the clear
      hint: take https://
    timeout_seconds: `0` is not one of 1 to 300
    "#);
    let told = told_behind_the_example(
        "[mail]\nfrom = \"portal@riverton.example\"\nhost = \"mail.riverton.example\"\nsecurity = \"none\"\n",
    );
    insta::assert_snapshot!(told, @r#"
    mail: letters hold links to the portal, and [city] has no url
      hint: add `url = "https://…"` to [city]: where residents reach the portal
    security: `none` is for a server on loopback only
      hint: take security = "starttls" or "tls": letters hold codes that open accounts
    "#);
}

#[test]
fn fees_that_cannot_be_are_told() {
    let fees = "processor = \"sandbox\"\nrefund_limit = \"ten\"\n[payments.fees.card]\npercent = 101\n[payments.fees.bank_transfer]\n\
                fixed = 1\n[payments.fees.bank_account]\nminimum = 1\n[payments.fees.cash]\n";
    let text = told(&EXAMPLE.replace("processor = \"sandbox\"\n", fees));
    for mistake in [
        "refund_limit: `ten` is no amount",
        "percent: `101` is no percentage from 0 to 100 with at most two decimals",
        "bank_transfer: the city takes no payments by bank_transfer",
        "fixed: the fee has neither fixed nor percent",
        "cash: [payments.fees] has no such key",
    ] {
        assert!(text.contains(mistake), "{mistake}: {text}");
    }
    let good = EXAMPLE.replace(
        "# [payments.fees.card]\n# fixed = \"0.30\"\n# percent = \"2.9\"\n# minimum = \"1.00\"",
        "[payments.fees.card]\nfixed = 0.30\npercent = 2.9",
    );
    let city = read(&good).unwrap_or_else(|mistakes| panic!("{}", report(&mistakes, "city.toml")));
    assert_eq!(city.charges.fee(PaymentKind::Card, crate::api::money::Minor(10_000)).0, 320);
    assert_eq!(city.charges.fee(PaymentKind::BankAccount, crate::api::money::Minor(10_000)).0, 0);
}
