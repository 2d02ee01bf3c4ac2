//! Reading the values of a `city.toml`: each function takes what stands there and gives what it means, or the fault.

use jiff::tz::TimeZone;
use toml::de::DeValue;

use super::{
    hours::{Clash, Span},
    table::{Fault, wrong_type},
};
use crate::{
    api::{money::Currency, time::Date, word::Word},
    nearest::nearest,
    portal::accounts::contact,
};

/// ISO 3166-1 alpha-2, officially assigned.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR \
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET \
    FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ \
    IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML \
    MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS \
    PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL \
    TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Text as it stands.
fn string<'v>(value: &'v DeValue<'_>) -> Result<&'v str, Fault> {
    value.as_str().ok_or_else(|| {
        let fault = wrong_type(value, "text");
        let quotable = matches!(value, DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_));
        if quotable { fault.hint("put it in quotes: \"…\"") } else { fault }
    })
}

/// A line of text that says something.
pub fn line(value: &DeValue<'_>) -> Result<String, Fault> {
    let line = string(value)?.trim();
    if line.is_empty() {
        return Err(Fault::new("it is empty").hint("fill it in: residents read it"));
    }
    if line.chars().any(char::is_control) {
        return Err(Fault::new("it must be one line, without control characters"));
    }
    Ok(line.to_owned())
}

/// Text of any number of lines that says something.
pub fn prose(value: &DeValue<'_>) -> Result<String, Fault> {
    let text = string(value)?;
    if text.trim().is_empty() {
        Err(Fault::new("it is empty").hint("fill it in: residents read it"))
    } else {
        Ok(text.to_owned())
    }
}

/// A country's code.
pub fn country(value: &DeValue<'_>) -> Result<String, Fault> {
    let code = string(value)?;
    let known = |code: &str| code.len() == 2 && COUNTRIES.split(' ').any(|known| known == code);
    if known(code) {
        return Ok(code.to_owned());
    }
    let fault = Fault::new(format!("`{code}` is no ISO 3166-1 alpha-2 code; one looks like US"));
    let upper = code.to_uppercase();
    Err(match upper.as_str() {
        "UK" => fault.hint("did you mean GB?"),
        upper if known(upper) => fault.hint(format!("did you mean {upper}?")),
        _ => fault,
    })
}

/// A time zone and its name.
pub fn zone(value: &DeValue<'_>) -> Result<(TimeZone, String), Fault> {
    let name = string(value)?;
    if let Ok(zone) = TimeZone::get(name)
        && let Some(canonical) = zone.iana_name().filter(|_| !zone.is_unknown()).map(str::to_owned)
    {
        return Ok((zone, canonical));
    }
    let names = jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect::<Vec<_>>();
    if names.is_empty() {
        return Err(Fault::new("this machine has no time zone database").hint("install the package tzdata"));
    }
    let fault = Fault::new(format!("`{name}` is no IANA time zone"));
    Err(match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => fault.hint(format!("did you mean {near}?")),
        None => fault.hint("one looks like America/Chicago; https://data.iana.org/time-zones lists them"),
    })
}

/// A currency.
pub fn currency(value: &DeValue<'_>) -> Result<Currency, Fault> {
    let code = string(value)?;
    code.parse().map_err(|error: crate::api::money::InvalidCurrency| {
        let fault = Fault::new(error.to_string());
        match code.to_uppercase().parse::<Currency>() {
            Ok(upper) => fault.hint(format!("did you mean {upper}?")),
            Err(_) => fault,
        }
    })
}

/// A language's tag of the shape of BCP 47 (RFC 5646, section 2.1).
pub fn language(value: &DeValue<'_>, before: &[String]) -> Result<String, Fault> {
    let tag = string(value)?;
    if !is_language(tag) {
        let fault = Fault::new(format!("`{tag}` is no BCP 47 language tag; one looks like en-US"));
        let dashed = tag.replace('_', "-");
        return Err(if is_language(&dashed) { fault.hint(format!("did you mean {dashed}?")) } else { fault });
    }
    if before.iter().any(|other| other.eq_ignore_ascii_case(tag)) {
        return Err(Fault::new(format!("`{tag}` is named twice")).hint("leave one out"));
    }
    Ok(tag.to_owned())
}

/// Whether a tag is well-formed: language, script, region, variants, extensions and private use, in this order.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let letters = |part: &str, sizes: &[usize]| {
        sizes.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let word = |part: &str, least: usize| {
        (least..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let digit = |part: &str| part.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    if !parts.next().is_some_and(|part| letters(part, &[2, 3, 5, 6, 7, 8])) {
        return false;
    }
    for _ in 0..3 {
        parts.next_if(|part| letters(part, &[3]));
    }
    parts.next_if(|part| letters(part, &[4]));
    parts.next_if(|part| letters(part, &[2]) || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit())));
    while parts.next_if(|part| word(part, 5) || (part.len() == 4 && digit(part) && word(part, 4))).is_some() {}
    while let Some(single) = parts.next_if(|part| part.len() == 1 && word(part, 1)) {
        let least = if single.eq_ignore_ascii_case("x") { 1 } else { 2 };
        if parts.next_if(|part| word(part, least)).is_none() {
            return false;
        }
        while parts.next_if(|part| word(part, least)).is_some() {}
    }
    parts.next().is_none()
}

/// An e-mail address.
pub fn email(value: &DeValue<'_>) -> Result<String, Fault> {
    contact::email(string(value)?).map_err(Fault::new)
}

/// A telephone number of E.164's shape. Whether it is in use is not judged: numbering plans grow.
pub fn phone(value: &DeValue<'_>, country: Option<&str>) -> Result<String, Fault> {
    let typed = string(value)?;
    let digits = typed.strip_prefix('+').unwrap_or_default();
    let shaped = (8..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if shaped {
        return Ok(typed.to_owned());
    }
    let fault = Fault::new(format!("`{typed}` is no E.164 telephone number; one looks like +13125550142"));
    Err(match contact::phone(typed, country.unwrap_or_default()) {
        Ok(number) => fault.hint(format!("did you mean {number}?")),
        Err(_) => fault.hint("write + and the country code, then the number, digits only"),
    })
}

/// The address of a page.
pub fn url(value: &DeValue<'_>) -> Result<String, Fault> {
    let text = string(value)?;
    let invalid = || Fault::new(format!("`{text}` is no URL; one looks like https://riverton.example/portal-terms"));
    let url = reqwest::Url::parse(text).map_err(|_| invalid())?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() { Ok(text.to_owned()) } else { Err(invalid()) }
}

/// A civil date.
pub fn date(value: &DeValue<'_>) -> Result<Date, Fault> {
    let hint = "write it without quotes: 2026-11-26";
    let fault = || wrong_type(value, "a date").hint(hint);
    let date = match value {
        DeValue::Datetime(toml::value::Datetime { date: Some(date), time: None, offset: None }) => date,
        _ => return Err(fault()),
    };
    date.to_string().parse().map_err(|_| Fault::new(format!("there is no {date} in the calendar")).hint(hint))
}

/// A word of a set.
pub fn word<W: Word + std::str::FromStr<Err = crate::api::word::UnknownWord>>(value: &DeValue<'_>) -> Result<W, Fault> {
    string(value)?.parse::<W>().map_err(|error| {
        let fault = Fault::new(error.to_string());
        match nearest(&error.word, W::ALL.iter().map(|word| word.as_str())) {
            Some(near) => fault.hint(format!("did you mean {near}?")),
            None => fault,
        }
    })
}

/// The word by which files and flags name a thing: lower-case letters, digits and `_`.
pub fn identifier(value: &DeValue<'_>) -> Result<String, Fault> {
    let id = string(value)?;
    let fits = |id: &str| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        (1..=40).contains(&id.len()) && id.bytes().all(allowed)
    };
    if fits(id) {
        return Ok(id.to_owned());
    }
    let fault = Fault::new(format!("`{id}` is not made of 1 to 40 lower-case letters, digits and `_`"));
    let near = id.trim().to_lowercase().replace([' ', '-'], "_");
    Err(if fits(&near) { fault.hint(format!("did you mean {near}?")) } else { fault })
}

/// A whole number within bounds.
pub fn whole(value: &DeValue<'_>, bounds: std::ops::RangeInclusive<u32>) -> Result<u32, Fault> {
    let DeValue::Integer(number) = value else { return Err(wrong_type(value, "a whole number")) };
    let read = u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| bounds.contains(number));
    read.ok_or_else(|| Fault::new(format!("`{number}` is not one of {} to {}", bounds.start(), bounds.end())))
}

/// True or false.
pub fn yes_or_no(value: &DeValue<'_>) -> Result<bool, Fault> {
    value.as_bool().ok_or_else(|| wrong_type(value, "true or false"))
}

/// A span of opening hours, after those of the same day that stand before it.
pub fn span(value: &DeValue<'_>, before: &[Span]) -> Result<Span, Fault> {
    let text = string(value)?;
    let span =
        text.parse::<Span>().map_err(|error| Fault::new(format!("`{text}` is no span of opening hours: {error}")))?;
    let Err(clash) = before.iter().try_for_each(|&earlier| span.follows(earlier)) else { return Ok(span) };
    Err(Fault::new(format!("`{text}` cannot stand here: {clash}")).hint(match clash {
        Clash::Overlaps { .. } => "leave a break between them, or make them one".to_owned(),
        Clash::OutOfOrder { .. } => "write the spans of a day in the order of the clock".to_owned(),
        Clash::Touches { joined, .. } => format!("write {joined}"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_of_rfc_5646() {
        for right in [
            "en",
            "en-US",
            "es-419",
            "zh-Hant-TW",
            "zh-cmn-Hans-CN",
            "sl-rozaj-biske",
            "de-CH-1996",
            "en-a-myext",
            "de-x-a",
        ] {
            assert!(is_language(right), "{right}");
        }
        for wrong in ["", "e", "en_US", "en-", "-US", "english language", "en-US-US", "en-a", "en-x", "a-DE", "four"] {
            assert!(!is_language(wrong), "{wrong}");
        }
    }
}
