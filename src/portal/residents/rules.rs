//! Whom a clerk means: each word must fit, whatever its case and accents.

use super::queries::LineRow;
use crate::{api::id::AccountId, portal::fold};

/// From so many digits on, a part of a telephone number says something.
const DIGITS: usize = 4;

/// What a clerk typed.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    words: Vec<Word>,
    /// Whose record has what was typed as its number.
    pub holders: Vec<AccountId>,
}

#[derive(Debug, Clone)]
struct Word {
    plain: String,
    /// Its parts: `o'brien` is two.
    parts: Vec<String>,
    digits: String,
    id: Option<AccountId>,
}

impl Sought {
    /// Words as typed.
    pub fn new(typed: &str) -> Self {
        let word = |word: &str| Word {
            plain: fold::plain(word),
            parts: fold::words(word),
            digits: word.chars().filter(char::is_ascii_digit).collect(),
            id: word.parse().ok(),
        };
        Self { words: spoken(typed).iter().map(|text| word(text)).collect(), holders: Vec::new() }
    }

    /// Whether an account is meant; every one is where nothing was typed.
    pub fn means(&self, account: &LineRow) -> bool {
        if self.holders.contains(&account.id) {
            return true;
        }
        let (names, email) = (fold::words(&account.name), fold::plain(&account.email));
        self.words.iter().all(|word| {
            let named = |part: &String| names.iter().any(|name| name.starts_with(part.as_str()));
            let phone = |phone: &String| word.digits.len() >= DIGITS && phone.contains(&word.digits);
            word.id == Some(account.id)
                || account.username.starts_with(&word.plain)
                || email.starts_with(&word.plain)
                || (!word.parts.is_empty() && word.parts.iter().all(named))
                || (dialled(&word.plain) && account.phone.as_ref().is_some_and(phone))
        })
    }
}

/// The words of what was typed. A telephone number is one, in however many groups it is said.
fn spoken(typed: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in typed.split_whitespace() {
        match words.last_mut() {
            Some(number) if dialled(number) && dialled(word) => number.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// Whether a word holds nothing but what is dialled, and what people put between.
fn dialled(word: &str) -> bool {
    word.chars().all(|letter| letter.is_ascii_digit() || "+-()./".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::accounts::AccountStatus;

    #[test]
    fn people_are_found_by_what_they_say() {
        let rosa = LineRow {
            id: AccountId::new(77),
            username: "rosa".to_owned(),
            name: "Rosa Marín O'Brien".to_owned(),
            email: "Rosa.Marin@mail.example".to_owned(),
            phone: Some("+13125550142".to_owned()),
            status: AccountStatus::Active,
        };
        let id = rosa.id.to_string().to_lowercase();
        for typed in [
            "",
            "ROSA",
            "mar",
            "marin rosa",
            "brien",
            "o'brien",
            "rosa.marin@",
            "312-555",
            "5550142",
            "+1 312 555 0142",
            "(312) 555-0142",
            "312 / 555 01 42",
            "rosa 555 0142",
            "0142 marin",
            "01 42",
            &id,
        ] {
            assert!(Sought::new(typed).means(&rosa), "{typed}");
        }
        for typed in
            ["osa", "rosa berg", "142", "berg@", "312x555", "…", "ACC-00000000", "tomas", "312 555 0143", "312 0142"]
        {
            assert!(!Sought::new(typed).means(&rosa), "{typed}");
        }
        let held = Sought { holders: vec![rosa.id], ..Sought::new("UT-1") };
        assert!(held.means(&rosa));
    }
}
