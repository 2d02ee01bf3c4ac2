//! What payers are told of money that is held for them.

use crate::{
    api::{
        id::BankEntryId,
        money::{Currency, Minor},
        notices::Topic,
    },
    portal::notices::Notice,
};

/// What is told when money arrived that no bill took.
pub(super) fn held(entry: BankEntryId, amount: Minor, why: Option<&str>, currency: Currency) -> Notice {
    let amount = amount.display(currency);
    Notice::new(Topic::Billing, format!("Money held: {amount}"))
        .says("Your transfer has arrived, and no bill could take this part of it. The city holds it for you, and puts it to another bill or sends it back.")
        .says_if(why.map(|why| format!("The reason: {why}.")))
        .fact("Amount", &amount)
        .fact("Entry", entry)
        .command("citytime support contact")
        .about(entry)
}

/// What is told when the bank took back what was held.
pub(super) fn taken_back(entry: BankEntryId, amount: Minor, currency: Currency) -> Notice {
    let amount = amount.display(currency);
    Notice::new(Topic::Billing, format!("Money taken back: {amount}"))
        .says("Your transfer did not arrive after all: the bank has taken it back, and the city holds it for you no longer.")
        .fact("Amount", &amount)
        .fact("Entry", entry)
        .command("citytime support contact")
        .about(entry)
}

/// What is told when held money was sent back.
pub(super) fn sent_back(entry: BankEntryId, amount: Minor, reason: &str, currency: Currency) -> Notice {
    let amount = amount.display(currency);
    Notice::new(Topic::Billing, format!("Money sent back: {amount}"))
        .says("The city has sent back what it held of your transfer. It goes to the account it came from.")
        .fact("Amount", &amount)
        .fact("Reason", reason)
        .fact("Entry", entry)
        .command("citytime support contact")
        .about(entry)
}
