//! Texts some cities write for their web pages: references and markup made plain, everything else left as it is.

/// The character a named reference stands for: XML's own, and those that web pages are full of.
pub(super) fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "deg" => '°',
        "eacute" => 'é',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "szlig" => 'ß',
        _ => return None,
    })
}

/// Elements that only shape a text.
const MARKUP: &[&str] = &[
    "a", "b", "br", "div", "em", "font", "h1", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "span", "strong", "u",
    "ul",
];

/// The text without markup and with references resolved. What only looks like either stays: `5 < 7`, `AT&T`.
pub(super) fn plain(text: &str) -> String {
    let text = without_markup(&resolved(text));
    let mut lines = text.lines().map(|line| line.trim_end().replace('\u{a0}', " ")).collect::<Vec<_>>();
    lines.dedup_by(|next, line| next.is_empty() && line.is_empty());
    lines.join("\n").trim().to_owned()
}

fn resolved(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let named = after.find(';').filter(|&end| end <= 8).map(|end| (&after[..end], &after[end + 1..]));
        match named.and_then(|(name, behind)| Some((numbered(name).or_else(|| entity(name))?, behind))) {
            Some((character, behind)) => {
                plain.push(character);
                rest = behind;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain + rest
}

fn numbered(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    char::from_u32(number.ok()?).filter(|character| !character.is_control() || character.is_whitespace())
}

fn without_markup(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let name = after.trim_start_matches('/').split(|end: char| !end.is_ascii_alphanumeric()).next();
        let name = name.unwrap_or_default().to_ascii_lowercase();
        match after.find('>').filter(|_| MARKUP.contains(&name.as_str())) {
            Some(end) => {
                if matches!(name.as_str(), "br" | "p" | "div" | "li" | "hr") && !plain.ends_with('\n') {
                    plain.push('\n');
                }
                rest = &after[end + 1..];
            }
            None => {
                plain.push('<');
                rest = after;
            }
        }
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_text_and_text_stays() {
        assert_eq!(plain("<p>Call&nbsp;<b>311</b><br/>or &#8220;write&#8221;</p>"), "Call 311\nor “write”");
        assert_eq!(plain("&lt;a href='x'&gt;More&lt;/a&gt; &amp; more"), "More & more");
        for same in ["5 < 7 > 3", "AT&T; a &b", "<unknown> stays", "a\nb", "&#0; &#xffffffff;", "&"] {
            assert_eq!(plain(same), same);
        }
    }
}
