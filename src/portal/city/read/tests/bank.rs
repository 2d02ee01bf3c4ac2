//! What a city must say of the account that takes transfers.

use super::{EXAMPLE, read, report, told};
use crate::{api::city::PaymentKind, portal::city::bank::AccountNumber};

const DOMESTIC: &str = "routing = \"123456780\"\naccount = \"004821900171\"\n";

fn by(lines: &str) -> String {
    EXAMPLE.replacen(DOMESTIC, lines, 1)
}

#[test]
fn an_account_is_named_in_one_of_two_ways() {
    let city = read(EXAMPLE).unwrap();
    let account = city.bank.as_ref().unwrap();
    assert_eq!((account.holder.as_str(), account.number.as_str()), ("City of Riverton", "004821900171"));
    assert_eq!(city.public().payment_kinds, [PaymentKind::Card, PaymentKind::BankAccount, PaymentKind::BankTransfer]);
    let city = read(&by("iban = \"DE89 3704 0044 0532 0130 00\"\nbic = \"cobadeffxxx\"\n"));
    let city = city.unwrap_or_else(|mistakes| panic!("{}", report(&mistakes, "city.toml")));
    let AccountNumber::Iban(iban, bic) = city.bank.unwrap().number else { panic!("an IBAN") };
    assert_eq!((iban.as_str(), bic.as_deref()), ("DE89370400440532013000", Some("COBADEFFXXX")));
}

#[test]
fn mistakes_of_the_account_are_told() {
    for (lines, mistake) in [
        (
            "iban = \"DE89 3704 0044 0532 0130 01\"\n",
            "iban: `DE89 3704 0044 0532 0130 01` is no IBAN: its check digits do not fit",
        ),
        ("iban = \"DE89370400440532013000\"\nbic = \"COBA\"\n", "bic: `COBA` is no BIC"),
        ("routing = \"123456781\"\naccount = \"004821900171\"\n", "routing: `123456781` is no routing number"),
        ("routing = \"123456780\"\naccount = \"0048-21\"\n", "account: `0048-21` is no account number"),
        ("routing = \"123456780\"\n", "account: there is `routing` without `account`"),
        ("account = \"004821900171\"\nbic = \"COBADEFF\"\n", "bic: a BIC goes with an IBAN"),
        ("", "iban: the account is not named"),
        ("iban = \"DE89370400440532013000\"\nrouting = \"123456780\"\n", "iban: the account is named in two ways"),
        ("konto = \"1\"\n", "konto: [payments.bank] has no such key"),
    ] {
        let told = told(&by(lines));
        assert!(told.contains(mistake), "{lines}{told}");
    }
}
