//! What is written to people about their addresses and the way back into their account.

use crate::{
    api::{notices::Topic, secret::Secret, time::Timestamp},
    portal::{
        city::City,
        codes::{Code, Purpose},
        notices::Notice,
    },
};

/// Something about the account itself: it cannot be silenced.
fn letter(subject: String) -> Notice {
    Notice::new(Topic::Account, subject)
}

/// The code that confirms an address.
pub(crate) fn confirm(city: &City, username: &str, purpose: Purpose, code: &Code, until: Timestamp) -> Notice {
    let minutes = purpose.lifetime().as_mins();
    let (subject, said) = match purpose {
        Purpose::Phone => (
            format!("Confirm your phone for {}", city.name),
            format!("This number was given for the account {username}."),
        ),
        Purpose::RecoveryEmail => (
            format!("Confirm your recovery address for {}", city.name),
            format!("This address was given as the recovery address of the account {username}."),
        ),
        Purpose::Email | Purpose::Recovery => (
            format!("Confirm your e-mail address for {}", city.name),
            format!("This address was given for the account {username}."),
        ),
    };
    letter(subject)
        .says(said)
        .says(format!(
            "If it was you, confirm it within {minutes} minutes. If it was not, do nothing: nothing happens then."
        ))
        .code(Secret::new(code.text()))
        .action("Confirm the address", format!("/confirm?code={}", code.text()))
        .command(format!("citytime account verify {}", code.text()))
        .until(until)
}

/// The e-mail address was changed: told to the one it was.
pub(crate) fn email_changed(city: &City, username: &str, new: &str) -> Notice {
    letter(format!("Your e-mail address at {} was changed", city.name))
        .says(format!("The account {username} has another e-mail address now; this one was it before."))
        .says(not_you(city))
        .fact("Account", username)
        .fact("New address", masked(new))
}

/// The recovery address was changed or taken away.
pub(crate) fn recovery_email_changed(city: &City, username: &str, new: Option<&str>) -> Notice {
    let said = match new {
        Some(_) => "The account has another recovery address now. It counts once it is confirmed.",
        None => "The account has no recovery address any more.",
    };
    let notice = letter(format!("Your recovery address at {} was changed", city.name)).says(said).says(not_you(city));
    let notice = notice.fact("Account", username);
    match new {
        Some(new) => notice.fact("New recovery address", masked(new)),
        None => notice,
    }
}

/// The way back: the code that lets a new password be set.
pub(crate) fn recover(city: &City, username: &str, code: &Code, until: Timestamp) -> Notice {
    let minutes = Purpose::Recovery.lifetime().as_mins();
    letter(format!("A new password for {}", city.name))
        .says(format!("Somebody, hopefully you, lost the password of the account {username}."))
        .says(format!(
            "Set a new one within {minutes} minutes. Once it is set, everybody who is signed in is signed out."
        ))
        .says("If it was not you, do nothing: the password stays as it is, and nobody learns that the account exists.")
        .code(Secret::new(code.text()))
        .action("Set a new password", format!("/reset?code={}", code.text()))
        .command(format!("citytime account recover finish --code {}", code.text()))
        .until(until)
}

/// A new password was set by way of recovery.
pub(crate) fn recovered(city: &City, username: &str, sent_to: &str) -> Notice {
    letter(format!("Your password at {} was reset", city.name))
        .says(format!("A new password was set for the account {username}, with a code that was sent to an address of it. Every session has ended."))
        .says(not_you(city))
        .fact("Account", username)
        .fact("Code sent to", masked(sent_to))
        .command("citytime login")
}

/// A clerk began to bring somebody back into an account: everybody who can be reached may object.
pub(crate) fn assisted(city: &City, username: &str, to: &str, opens_at: &str) -> Notice {
    letter(format!("Somebody asked the city for a way into your account at {}", city.name))
        .says(format!("At the city's office somebody showed who they are, and asked for a way back into the account {username}, whose mailbox they say is lost."))
        .says(format!("From {opens_at} on a code for a new password may be sent to the address below. Until then you can stop it."))
        .says("If it was not you, sign in and stop it, or call the city at once.")
        .fact("Account", username)
        .fact("Address", masked(to))
        .fact("Call", &city.support_phone)
        .command("citytime account recover stop")
}

/// It was stopped, or has come to its end.
pub(crate) fn assisted_stopped(city: &City, username: &str) -> Notice {
    letter(format!("The way into your account at {} was closed", city.name))
        .says(format!(
            "What was begun at the city's office for the account {username} was stopped. Nothing has changed."
        ))
        .fact("Account", username)
}

fn not_you(city: &City) -> String {
    format!(
        "If it was not you, get a new password at once (citytime account recover start) and tell the city: {}.",
        city.support_phone
    )
}

/// An address that its owner knows again, and nobody else learns from.
pub(crate) fn masked(address: &str) -> String {
    match address.split_once('@') {
        Some((name, domain)) => {
            let first: String = name.chars().take(1).collect();
            format!("{first}…@{domain}")
        }
        None => {
            let digits: Vec<char> = address.chars().collect();
            let last: String = digits.iter().skip(digits.len().saturating_sub(2)).collect();
            format!("…{last}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn an_address_is_known_again_by_its_owner_alone() {
        assert_eq!(masked("rosa@mail.example"), "r…@mail.example");
        assert_eq!(masked("éva@mail.example"), "é…@mail.example");
        assert_eq!(masked("+13125550142"), "…42");
        assert_eq!(masked(""), "…");
    }
}
