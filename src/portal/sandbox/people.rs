//! Who lives in Riverton: all of them made up.

use super::dice::Dice;
use crate::api::accounts::Address;

const FIRST: [&str; 24] = [
    "Amara", "Bao", "Carmen", "Dmitri", "Elif", "Farid", "Greta", "Hana", "Ines", "Jonas", "Kofi", "Leila", "Mateo",
    "Noor", "Oskar", "Priya", "Quinn", "Ravi", "Sofia", "Tariq", "Uma", "Viktor", "Wanda", "Yusuf",
];
const LAST: [&str; 24] = [
    "Abebe",
    "Brandt",
    "Castillo",
    "Dubois",
    "Eriksen",
    "Fontaine",
    "Garza",
    "Haddad",
    "Ivanov",
    "Jensen",
    "Kaplan",
    "Lindqvist",
    "Moreau",
    "Nakamura",
    "Okafor",
    "Petrov",
    "Quispe",
    "Rossi",
    "Sandoval",
    "Tanaka",
    "Ueda",
    "Vargas",
    "Whitfield",
    "Zhang",
];
const STREETS: [&str; 24] = [
    "Alder Street",
    "Bridge Street",
    "Canal Row",
    "Depot Avenue",
    "Elm Court",
    "Ferry Road",
    "Granary Lane",
    "Harbor Street",
    "Island Drive",
    "Juniper Way",
    "Kiln Street",
    "Lock Street",
    "Mill Road",
    "North Bank",
    "Orchard Street",
    "Paper Mill Row",
    "Quarry Road",
    "Reed Street",
    "Sluice Lane",
    "Towpath",
    "Union Street",
    "Viaduct Street",
    "Weir Lane",
    "Yard Street",
];

/// A person without a password: part of the crowd.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) username: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) address: Address,
}

/// The person at a place of the crowd.
pub(super) fn somebody(place: u32, dice: &mut Dice) -> Person {
    let (first, last) = (dice.one_of(&FIRST), dice.one_of(&LAST));
    let username = format!("{}.{}{place}", first.to_lowercase(), last.to_lowercase());
    let email = format!("{username}@mail.riverton.example");
    let address = address(&format!("{} {}", dice.between(1, 240), dice.one_of(&STREETS)));
    Person { username, name: format!("{first} {last}"), email, address }
}

/// An address in Riverton.
pub(super) fn address(line1: &str) -> Address {
    Address {
        line1: line1.to_owned(),
        line2: None,
        city: "Riverton".to_owned(),
        region: Some("IL".to_owned()),
        postal_code: "60699".to_owned(),
        country: Some("US".to_owned()),
    }
}
