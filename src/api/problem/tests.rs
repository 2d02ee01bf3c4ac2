//! Codes and their statuses, and what those who ask are told.

use super::*;
use crate::api::word::Word;

#[test]
fn every_code_that_travels_has_an_error_status() {
    for &code in Code::ALL {
        assert!((400..600).contains(&code.status()), "{code}");
        assert!(!code.travels() || code.exit() != 70, "{code}");
    }
}

#[test]
fn what_is_not_there_names_a_command_of_whoever_asks() {
    let hint = |problem: Problem| problem.hint.unwrap();
    let missing = Problem::not_found("bill", "BIL-7K3Q9XM2");
    assert_eq!(hint(missing.clone()), "see those there are: `citytime bills list --status all`");
    assert_eq!(hint(missing.clone().for_clerks()), "see those there are: `citytime staff bills list --status all`");
    // A better hint stays.
    assert_eq!(hint(missing.hint("look twice").for_clerks()), "look twice");
    let method = Problem::not_found("payment method", "WAL-7K3Q9XM2").for_clerks();
    assert_eq!(hint(method), "check that it is written as you were told it");
}
