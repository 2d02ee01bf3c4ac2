//! Where a ticket goes from where it is; and which question somebody means: how often their words stand in it, without
//! regard to case and accents. A word in a question counts more than one in its answer.

use crate::{
    api::support::{Faq, TicketStatus},
    portal::fold::words as folded,
};

/// What a word in a question counts; one in an answer counts 1.
const IN_QUESTION: usize = 4;
/// From so many letters on, the beginning of a word is enough: `permit` finds `permits`.
const BEGINNING: usize = 3;

/// What somebody does with a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Its writer says something.
    Asks,
    /// A clerk answers.
    Answers,
    /// A clerk takes it as settled.
    Closes,
}

/// Where a ticket goes; `None` where it may not: what is settled is opened by its writer alone.
pub fn transition(from: TicketStatus, turn: Turn) -> Option<TicketStatus> {
    match (from, turn) {
        (_, Turn::Asks) => Some(TicketStatus::Open),
        (TicketStatus::Open | TicketStatus::Answered, Turn::Answers) => Some(TicketStatus::Answered),
        (TicketStatus::Open | TicketStatus::Answered, Turn::Closes) => Some(TicketStatus::Closed),
        (TicketStatus::Closed, Turn::Answers | Turn::Closes) => None,
    }
}

/// The questions that have any of the words, the best first, and before them the one whose id it is; all of them, in their
/// order, where there are no words.
pub fn ranked<'f>(all: &'f [Faq], words: &str) -> Vec<&'f Faq> {
    let (id, words) = (words.trim(), folded(words));
    if words.is_empty() {
        return all.iter().collect();
    }
    let scored = all.iter().map(|faq| ((faq.id == id, score(faq, &words)), faq));
    let mut found: Vec<_> = scored.filter(|(score, _)| *score > (false, (0, 0))).collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, faq)| faq).collect()
}

/// How many of the words a question has at all, and then how often.
fn score(faq: &Faq, words: &[String]) -> (usize, usize) {
    let (question, answer) = (folded(&faq.question), folded(&faq.answer));
    let count = |text: &[String], word: &String| text.iter().filter(|&other| means(word, other)).count();
    let counts = words.iter().map(|word| IN_QUESTION * count(&question, word) + count(&answer, word));
    counts.fold((0, 0), |(words, times), count| (words + usize::from(count > 0), times + count))
}

fn means(word: &str, other: &str) -> bool {
    other == word || (word.chars().count() >= BEGINNING && other.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faq(id: &str, question: &str, answer: &str) -> Faq {
        Faq { id: id.to_owned(), question: question.to_owned(), answer: answer.to_owned() }
    }

    #[test]
    fn what_is_settled_is_opened_by_its_writer_alone() {
        use TicketStatus::{Answered, Closed, Open};
        for (from, asks, answers, closes) in [
            (Open, Some(Open), Some(Answered), Some(Closed)),
            (Answered, Some(Open), Some(Answered), Some(Closed)),
            (Closed, Some(Open), None, None),
        ] {
            let led = [Turn::Asks, Turn::Answers, Turn::Closes].map(|turn| transition(from, turn));
            assert_eq!(led, [asks, answers, closes], "{from}");
        }
    }

    #[test]
    fn the_question_counts_more_and_accents_do_not() {
        let all = [
            faq("hours", "When is the office open?", "The permit desk is open until noon. Permits, permits!"),
            faq("permit", "Do I need a permit for a café?", "Ask us."),
            faq("bins", "When are bins collected?", "On Tuesdays."),
        ];
        let ids = |words: &str| ranked(&all, words).iter().map(|faq| faq.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids("permit"), ["permit", "hours"]);
        assert_eq!(ids("CAFE"), ["permit"]);
        assert_eq!(ids("open permit"), ["hours", "permit"]);
        assert_eq!(ids("Tuesday"), ["bins"]);
        assert_eq!(ids(" ?! "), ["hours", "permit", "bins"]);
        assert!(ids("zeppelin").is_empty());
        assert_eq!(ids("hours"), ["hours"], "an id is enough");
    }
}
