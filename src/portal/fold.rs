//! Texts as people mean them: without regard to case, accents and punctuation.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A text in small letters, without accents; letters that are one with their mark are spelled as people without the key do.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            // What small letters leave behind of a dotted capital I.
            letter if is_combining_mark(letter) => {}
            letter => plain.push(letter),
        }
    }
    plain
}

/// The words of a text, each plain.
pub fn words(text: &str) -> Vec<String> {
    let plain = plain(text);
    plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_accents_and_punctuation_go() {
        assert_eq!(words("  Marín-GARCÍA,  Rosa "), ["marin", "garcia", "rosa"]);
        assert_eq!(words("Łukasz Ærø Straße İnönü"), ["lukasz", "aero", "strasse", "inonu"]);
        assert_eq!(words("José"), words("JOSE\u{301}"));
    }

    proptest! {
        #[test]
        fn folded_once_is_folded(text in "\\PC{0,40}") {
            let once = plain(&text);
            prop_assert_eq!(plain(&once), once);
        }
    }
}
