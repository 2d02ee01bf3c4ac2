//! The words cities have for the state of a request, as open or closed. Case, `_`, `-` and blanks do not matter.

use crate::api::requests::RequestStatus;

/// Words for what is over, for whatever reason: those of the update extension, of CitySDK and of Connected Bits.
const OVER: &[&str] = &[
    "actioned",
    "archived",
    "cancelled",
    "canceled",
    "closed",
    "complete",
    "completed",
    "declined",
    "done",
    "duplicate",
    "fixed",
    "fixedcouncil",
    "fixeduser",
    "internalreferral",
    "invalid",
    "noactionrequired",
    "nofurtheraction",
    "notresponsible",
    "processed",
    "referred",
    "rejected",
    "resolved",
    "solved",
    "unabletofix",
];

/// What a word means. A word nobody knows is open: nothing says that the matter is over.
pub(super) fn meaning(word: &str) -> RequestStatus {
    let word = word.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
    if OVER.contains(&word.as_str()) || word.starts_with("closed") {
        RequestStatus::Closed
    } else {
        RequestStatus::Open
    }
}

/// The city's own word, where it says more than open or closed.
pub(super) fn own_word(word: &str) -> Option<String> {
    let standard = word.eq_ignore_ascii_case("open") || word.eq_ignore_ascii_case("closed");
    (!standard).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_cities() {
        for open in ["open", "OPEN", "in_process", "In Progress", "received", "for_triage", "action_scheduled", "neu"] {
            assert_eq!(meaning(open), RequestStatus::Open, "{open}");
        }
        for closed in ["Closed", "FIXED", "no_further_action", "No Further Action", "internal-referral", "duplicate"] {
            assert_eq!(meaning(closed), RequestStatus::Closed, "{closed}");
        }
        assert_eq!(own_word("Closed"), None);
        assert_eq!(own_word("in_process").unwrap(), "in_process");
    }
}
