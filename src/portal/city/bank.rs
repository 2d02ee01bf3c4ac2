//! Where residents send money from their own bank: `[payments.bank]`.

use toml::de::DeValue;

use super::{
    shapes,
    table::{Fault, Table},
};
use crate::api::bank::{Iban, RoutingNumber, compact};

/// The city's account that takes transfers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount {
    /// Whose it is, as the bank knows them.
    pub holder: String,
    /// The bank's name.
    pub bank: Option<String>,
    /// Which account.
    pub number: AccountNumber,
}

/// How an account is numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountNumber {
    /// By an IBAN, and where it is given the BIC of the bank.
    Iban(Iban, Option<String>),
    /// By the bank's routing number and the number there.
    Domestic(RoutingNumber, String),
}

impl AccountNumber {
    /// What a statement of the account calls it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Iban(iban, _) => iban.as_str(),
            Self::Domestic(_, account) => account,
        }
    }
}

/// Reads `[payments.bank]`.
pub(super) fn bank(section: &mut Table<'_>) -> Option<BankAccount> {
    let holder = section.required("holder", shapes::line);
    let bank = section.optional("bank", shapes::line);
    let iban = section.optional("iban", checked::<Iban>);
    let bic = section.optional("bic", bic);
    let routing = section.optional("routing", checked::<RoutingNumber>);
    let account = section.optional("account", account);
    let (by_iban, by_routing) = (section.has("iban"), section.has("routing") || section.has("account"));
    let hint = "name the account by `iban`, or by `routing` and `account`";
    match (by_iban, by_routing) {
        (true, true) => section.refuse("iban", Fault::new("the account is named in two ways").hint(hint)),
        (false, false) => section.missing("iban", Fault::new("the account is not named").hint(hint)),
        (false, true) => {
            for (key, other) in [("routing", "account"), ("account", "routing")] {
                if !section.has(key) {
                    let fault = Fault::new(format!("there is `{other}` without `{key}`"));
                    section.missing(key, fault.hint("add it: it takes both to reach the account"));
                }
            }
            if section.has("bic") {
                section.refuse("bic", Fault::new("a BIC goes with an IBAN").hint("leave it out"));
            }
        }
        (true, false) => {}
    }
    let number = match (iban, routing, account) {
        (Some(iban), None, None) => AccountNumber::Iban(iban, bic),
        (None, Some(routing), Some(account)) => AccountNumber::Domestic(routing, account),
        _ => return None,
    };
    Some(BankAccount { holder: holder?, bank, number })
}

/// A number that checks itself.
fn checked<T: std::str::FromStr<Err: std::fmt::Display>>(value: &DeValue<'_>) -> Result<T, Fault> {
    shapes::line(value)?
        .parse()
        .map_err(|error: T::Err| Fault::new(error.to_string()).hint("copy it from the bank's own papers"))
}

/// A BIC (ISO 9362): eight or eleven letters and digits.
fn bic(value: &DeValue<'_>) -> Result<String, Fault> {
    let text = compact(&shapes::line(value)?);
    let (head, rest) = text.split_at_checked(6).unwrap_or(("", ""));
    let fits = head.len() == 6
        && head.bytes().all(|byte| byte.is_ascii_uppercase())
        && matches!(rest.len(), 2 | 5)
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if fits { Ok(text) } else { Err(Fault::new(format!("`{text}` is no BIC; one looks like COBADEFFXXX"))) }
}

/// The number of an account at its bank: 4 to 17 digits.
fn account(value: &DeValue<'_>) -> Result<String, Fault> {
    let text = compact(&shapes::line(value)?);
    match (4..=17).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(text),
        false => Err(Fault::new(format!("`{text}` is no account number; one has 4 to 17 digits"))),
    }
}
