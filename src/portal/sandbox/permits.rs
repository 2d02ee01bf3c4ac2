//! What Rosa and her neighbour have applied for: made up, by the portal's own rules.

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::household::{self, People};
use crate::{
    api::{
        id::{AccountId, PermitId},
        time::Timestamp,
    },
    portal::{
        Portal,
        error::{Error, Result},
        permits::{Applying, Change, Doing, attach_kept, begin, move_on, rules::Event},
        store::Tx,
    },
};

/// A sketch that opens in a reader of PDF: an empty page.
const SKETCH: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// One application: its steps happen so many hours ago.
struct Story {
    account: AccountId,
    kind: &'static str,
    answers: Map<String, Value>,
    begun: i64,
    steps: Vec<(i64, Told)>,
}

/// What happens in a story.
enum Told {
    Submit,
    Attach(&'static str),
    Pay,
    Clerk(Event, Option<&'static str>),
}

/// Keeps the documents of the stories, also where the database is there already and the folder is not.
pub(super) async fn documents(portal: &Portal) -> Result<()> {
    portal.documents().keep(SKETCH).await.map(drop)
}

/// Everything they have applied for.
pub(super) async fn stage(portal: &Portal, people: People, now: Timestamp) -> Result<()> {
    for story in stories(people) {
        let (id, bill, payment) = (portal.random().id()?, portal.random().id()?, portal.random().id()?);
        let clerk = people.nadia;
        let write = portal.store().write((portal.clone(), story), move |tx, (portal, story)| {
            Box::pin(async move {
                let ago = |hours: i64| now.plus(SignedDuration::from_hours(-hours));
                let applying = Applying {
                    portal: portal.clone(),
                    account: story.account,
                    kind: story.kind.to_owned(),
                    answers: story.answers.clone(),
                    now: ago(story.begun),
                    claim: None,
                };
                begin(tx, &applying, id).await?;
                for (hours, told) in &story.steps {
                    let at = ago(*hours);
                    match told {
                        Told::Submit => happen(tx, portal, id, story.account, Doing::Submit(bill), None, at).await?,
                        Told::Attach(word) => attach_kept(tx, id, word, SKETCH, at).await?,
                        Told::Pay => household::pay(tx, portal, story.account, bill, payment, at).await?,
                        Told::Clerk(event, note) => {
                            happen(tx, portal, id, clerk, Doing::Clerk(*event), *note, at).await?;
                        }
                    }
                }
                Ok::<_, Error>(())
            })
        });
        write.await?;
    }
    Ok(())
}

async fn happen(
    tx: &Tx<'_>,
    portal: &Portal,
    id: PermitId,
    actor: AccountId,
    doing: Doing,
    note: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let note = note.map(str::to_owned);
    let change =
        Change { portal: portal.clone(), id, doing, actor: Some(actor), version: None, note, now, claim: None };
    move_on(tx, &change).await
}

fn stories(people: People) -> Vec<Story> {
    const DAY: i64 = 24;
    let answers = |value: Value| value.as_object().cloned().unwrap_or_default();
    let story = |account, kind, value, begun, steps| Story { account, kind, answers: answers(value), begun, steps };
    vec![
        story(
            people.rosa,
            "sidewalk_display",
            json!({ "shop": "Marín Lantern Repair", "address": "3 Lock Street", "width_cm": 180, "depth_cm": 60, "kinds": ["goods", "sign"] }),
            70 * DAY,
            vec![
                (70 * DAY, Told::Attach("sketch")),
                (70 * DAY - 1, Told::Submit),
                (69 * DAY, Told::Pay),
                (64 * DAY, Told::Clerk(Event::Approve, None)),
                (63 * DAY, Told::Clerk(Event::Issue, Some("120 cm of the sidewalk stay free"))),
            ],
        ),
        story(
            people.rosa,
            "block_party",
            json!({ "street": "Weir Lane, from Mill Road to Towpath", "on": "2027-06-19", "starts": "14:00", "ends": "22:00",
                "guests": 80, "music": "until_20", "alcohol": false }),
            12 * DAY,
            vec![
                (11 * DAY, Told::Submit),
                (4 * DAY, Told::Clerk(Event::Ask, Some("Which of the two garages on Weir Lane stay open for cars?"))),
            ],
        ),
        story(
            people.tomas,
            "fence",
            json!({ "address": "12 Weir Lane", "height_cm": 140, "material": "hedge", "neighbor_agrees": true }),
            5 * DAY,
            vec![(5 * DAY - 2, Told::Submit)],
        ),
        story(
            people.rosa,
            "fence",
            json!({ "address": "3 Lock Street", "height_cm": 160, "material": "wood", "neighbor_agrees": true }),
            3 * DAY,
            vec![(3 * DAY - 1, Told::Submit)],
        ),
        story(
            people.rosa,
            "food_vendor",
            json!({ "business_name": "Marín Lantern Repair", "unit": "stall" }),
            DAY,
            Vec::new(),
        ),
    ]
}
