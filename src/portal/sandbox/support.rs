//! What Rosa asked the city's support, made up: one ticket that is settled, and one that was answered yesterday.

use jiff::SignedDuration;

use super::household::People;
use crate::{
    api::{id::TicketId, time::Timestamp},
    portal::{
        Portal,
        error::{Error, Result},
        support::{Said, Speaker, open, say},
    },
};

/// Something that was said so many hours ago.
struct Line {
    hours_ago: i64,
    speaker: Speaker,
    text: &'static str,
}

/// Tells what was said.
pub(super) async fn live(portal: &Portal, people: People, now: Timestamp) -> Result<()> {
    let (rosa, nadia) = (Speaker::Writer(people.rosa), Speaker::Answering(people.nadia));
    let line = |hours_ago, speaker, text| Line { hours_ago, speaker, text };
    let name = vec![
        line(
            1490,
            rosa,
            "The name on my tax bill is Rosa Martin. I am Rosa Marín, with an accent and without a t.\n\nCan you mend that?",
        ),
        line(
            1473,
            nadia,
            "We have corrected it. The next bill will have your name as you write it; this one stays valid.",
        ),
        line(1451, rosa, "Thank you!"),
        line(1450, Speaker::Closing(people.nadia), "You are welcome."),
    ];
    let receipt = vec![
        line(52, rosa, "I paid the water bill by bank transfer of my bank last year. Which reference do I need now?"),
        line(27, nadia, "None any more: pay it here with `citytime bills pay`, by card or from your bank account."),
    ];
    tell(portal, now, "My name is misspelled", name).await?;
    tell(portal, now, "Reference for a bank transfer", receipt).await
}

async fn tell(portal: &Portal, now: Timestamp, subject: &'static str, lines: Vec<Line>) -> Result<()> {
    let id: TicketId = portal.random().id()?;
    let said = lines.into_iter().map(|Line { hours_ago, speaker, text }| Said {
        portal: portal.clone(),
        speaker,
        text: Some(text.to_owned()),
        now: now.plus(SignedDuration::from_hours(-hours_ago)),
        claim: None,
    });
    let unit = portal.store().write(said.collect::<Vec<_>>(), move |tx, said| {
        Box::pin(async move {
            let Some((first, others)) = said.split_first() else { return Ok(()) };
            open(tx, first, subject, id).await?;
            for said in others {
                say(tx, said, id).await?;
            }
            Ok::<_, Error>(())
        })
    });
    unit.await
}
