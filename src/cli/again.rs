//! A command line as it is typed again, with the agreement it lacked.

/// The flag of `account` whose value is worth something to whoever reads it: it is not repeated where a log may keep it.
const CODE: &str = "--code";

/// The command of these words, the program's name left out, with `--yes`.
pub(super) fn agreed(typed: &[String]) -> String {
    // Behind `--` it would be an argument.
    let (words, rest) = typed.split_at(typed.iter().position(|word| word == "--").unwrap_or(typed.len()));
    let mut line = "citytime".to_owned();
    let of_account = words.iter().any(|word| matches!(word.as_str(), "account" | "accounts"));
    let secret = |word: &str| word == CODE && of_account;
    let mut is_code = false;
    for word in words.iter().map(String::as_str).chain(["--yes"]).chain(rest.iter().map(String::as_str)) {
        line.push(' ');
        match word.split_once('=') {
            Some((flag, _)) if secret(flag) => line.push_str("--code …"),
            _ if is_code => line.push('…'),
            _ => line.push_str(&quoted(word)),
        }
        is_code = secret(word);
    }
    line
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "-_./:=,@%+".contains(character);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_told_as_it_is_typed() {
        let told = |words: &[&str]| agreed(&words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>());
        assert_eq!(told(&["wallet", "remove", "WAL-7K3Q9XM2"]), "citytime wallet remove WAL-7K3Q9XM2 --yes");
        assert_eq!(
            told(&["staff", "bills", "void", "BIL-7K3Q9XM2", "--reason", "it's Ana's", "-o", "json"]),
            r"citytime staff bills void BIL-7K3Q9XM2 --reason 'it'\''s Ana'\''s' -o json --yes"
        );
        assert_eq!(told(&["bills", "pay", "--", "-"]), "citytime bills pay --yes -- -");
        assert_eq!(told(&["x", "--reason", "$(rm)", ""]), "citytime x --reason '$(rm)' '' --yes");
    }

    #[test]
    fn a_code_is_not_repeated() {
        for words in
            [["account", "deactivate", "--code", "123456"].as_slice(), &["account", "deactivate", "--code=123456"]]
        {
            let words = words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
            assert_eq!(agreed(&words), "citytime account deactivate --code … --yes");
        }
        let alias = ["accounts", "deactivate", "--code", "123456"].map(str::to_owned);
        assert_eq!(agreed(&alias), "citytime accounts deactivate --code … --yes");
        let bank = ["payments", "return", "--code", "R01"].map(str::to_owned);
        assert_eq!(agreed(&bank), "citytime payments return --code R01 --yes");
    }
}
