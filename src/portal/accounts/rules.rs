//! What an account may be: decisions about what was typed, all mistakes told at once.

use super::contact;
use crate::{
    api::{
        accounts::{Account, AccountChange, Address, NewAccount},
        problem::{Code, FieldError, Problem},
        secret::Secret,
    },
    portal::{
        city::City,
        error::{Error, Result},
        sessions::{
            self,
            passwords::{self, Factors},
        },
    },
};

/// The longest name of a person, in characters.
const LONGEST_NAME: usize = 100;
/// A user name's fewest and most characters.
const USERNAME: std::ops::RangeInclusive<usize> = 3..=32;
/// Names nobody may have: they would look like the city's own.
const RESERVED: [&str; 9] =
    ["admin", "administrator", "city", "clerk", "mayor", "postmaster", "root", "staff", "support"];

/// A new account, checked and in the form it is kept in.
#[derive(Debug)]
pub struct Checked {
    /// In lower case.
    pub username: String,
    /// Not hashed yet.
    pub password: Secret,
    /// The person's name.
    pub name: String,
    /// Where notices go.
    pub email: String,
    /// E.164.
    pub phone: Option<String>,
    /// The postal address.
    pub address: Option<Address>,
    /// A second address for recovery.
    pub recovery_email: Option<String>,
    /// The terms accepted.
    pub terms_version: String,
}

/// Checks a new account against the city's rules.
pub fn checked(new: NewAccount, city: &City) -> Result<Checked> {
    let mut errors = Vec::new();
    let username = sessions::canonical_username(&new.username);
    if let Err(detail) = check_username(&username) {
        errors.push(FieldError::new("/username", detail));
    }
    let country = city.country();
    let name = person(&new.name, &mut errors);
    let email = field("/email", contact::email(&new.email), &mut errors).unwrap_or_default();
    let phone = given(new.phone).and_then(|typed| field("/phone", contact::phone(&typed, country), &mut errors));
    let recovery_email =
        given(new.recovery_email).and_then(|typed| field("/recovery_email", contact::email(&typed), &mut errors));
    if recovery_email.as_ref() == Some(&email) {
        errors.push(FieldError::new(
            "/recovery_email",
            "the recovery address must be another one than the e-mail address",
        ));
    }
    let address = new.address.map(|typed| contact::address(typed, country, &mut errors));
    if !errors.is_empty() {
        return Err(Problem::invalid(errors).into());
    }
    if new.terms_version != city.terms.version {
        let detail = format!("the terms of use, version {}, must be accepted", city.terms.version);
        let problem =
            Problem::new(Code::TermsNotAccepted, detail).hint("read them with `citytime city show`, then accept them");
        return Err(problem.into());
    }
    passwords::check(&new.password, &[&username, &name, &email, &city.name], Factors::One)?;
    let (password, terms_version) = (new.password, new.terms_version);
    Ok(Checked { username, password, name, email, phone, address, recovery_email, terms_version })
}

/// What to do about a change that was refused.
const UNCHANGED: &str = "nothing was changed: correct it, and send it again";

/// Checks a change, and puts what it changes into the form it is kept in.
pub fn changed(change: AccountChange, city: &City) -> Result<AccountChange> {
    let mut errors = Vec::new();
    let country = city.country();
    let checked = AccountChange {
        name: change.name.map(|typed| person(&typed, &mut errors)),
        email: change.email.and_then(|typed| field("/email", contact::email(&typed), &mut errors)),
        phone: change.phone.and_then(|typed| field("/phone", contact::phone(&typed, country), &mut errors)),
        address: change.address.map(|typed| contact::address(typed, country, &mut errors)),
        proof: None,
    };
    if errors.is_empty() && checked == AccountChange::default() {
        return Err(Error::field("", "nothing is to change: give a name, an e-mail address, a phone or an address"));
    }
    if errors.is_empty() { Ok(checked) } else { Err(Problem::invalid(errors).hint(UNCHANGED).into()) }
}

/// Whether a change is one of how the city reaches the account's owner, which is made only by whoever signs in again.
pub fn is_guarded(change: &AccountChange, account: &Account) -> bool {
    let is_other = |new: &Option<String>, present: Option<&String>| new.is_some() && new.as_ref() != present;
    is_other(&change.email, Some(&account.email)) || is_other(&change.phone, account.phone.as_ref())
}

fn check_username(username: &str) -> Result<(), String> {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "._-".contains(letter);
    let begins = username.chars().next().is_some_and(|letter| letter.is_ascii_lowercase());
    if !USERNAME.contains(&username.chars().count()) || !username.chars().all(plain) || !begins {
        return Err("a user name has 3 to 32 of a–z, 0–9, `.`, `_` and `-`, and begins with a letter".to_owned());
    }
    if RESERVED.contains(&username) {
        return Err(format!("nobody can be called `{username}`"));
    }
    Ok(())
}

fn person(typed: &str, errors: &mut Vec<FieldError>) -> String {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        errors.push(FieldError::new("/name", "the name is empty"));
    } else if name.chars().count() > LONGEST_NAME {
        errors.push(FieldError::new("/name", format!("the name has more than {LONGEST_NAME} characters")));
    }
    name
}

fn given(typed: Option<String>) -> Option<String> {
    typed.filter(|typed| !typed.trim().is_empty())
}

fn field<T>(pointer: &str, read: Result<T, String>, errors: &mut Vec<FieldError>) -> Option<T> {
    read.map_err(|detail| errors.push(FieldError::new(pointer, detail))).ok()
}
