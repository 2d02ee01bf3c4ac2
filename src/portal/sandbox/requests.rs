//! What the people of Riverton asked the city for over the last months, and what became of it: made up, and kept by the
//! portal's own rules.

use jiff::SignedDuration;

use super::{dice::Dice, household::People};
use crate::{
    api::{
        casework::{NoteAudience, Reason, Stage},
        id::{AccountId, RequestId},
        time::Timestamp,
    },
    portal::{
        Portal,
        error::{Error, Result},
        requests::{
            change::{self, Author, Change, Deed},
            filing::{self, Entrance, Form},
        },
    },
};

/// How many requests there are.
const COUNT: i64 = 60;
/// How many days back the oldest was filed.
const DAYS: i64 = 80;
/// Where the town hall stands, in degrees.
const TOWN_HALL: (f64, f64) = (41.5381, -88.0817);

/// Something people report: service, what they write, where, and what they answer.
type Report = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

const REPORTS: [Report; 20] = [
    (
        "pothole",
        "Deep hole right behind the bridge; two cars lost a hubcap.",
        "Bridge Street",
        &[("size", "large"), ("position", "lane")],
    ),
    ("pothole", "The patch from spring is gone again.", "Mill Road", &[("size", "small")]),
    (
        "pothole",
        "The bike lane drops off at the curb.",
        "Canal Row",
        &[("size", "large"), ("position", "bike"), ("position", "curb")],
    ),
    ("streetlight", "Dark since the storm.", "Weir Lane", &[("fault", "out"), ("pole", "R-2041")]),
    ("streetlight", "Flickers all night, right into our window.", "Juniper Way", &[("fault", "flickers")]),
    ("signal", "The button for pedestrians does nothing.", "Union Street", &[]),
    ("sidewalk", "A root lifted two slabs; my mother's walker gets stuck.", "Orchard Street", &[("height", "6.5")]),
    ("graffiti", "Silver paint over the mural's corner.", "Viaduct Street", &[("surface", "brick")]),
    ("graffiti", "Tags on the bus shelter.", "Depot Avenue", &[("surface", "glass")]),
    (
        "missed_pickup",
        "Recycling was out by six, and is still there.",
        "Elm Court",
        &[("carts", "recycling"), ("gate", "code 4711")],
    ),
    ("missed_pickup", "Whole block was left out.", "Granary Lane", &[("carts", "refuse"), ("carts", "yard")]),
    ("dumping", "A sofa and <eleven> tires & a bathtub.", "Towpath", &[("what", "Sofa, tires, bathtub")]),
    ("water_leak", "Water comes up between the paving stones.", "Lock Street", &[("flow", "stream")]),
    ("water_leak", "The hydrant drips; ice tomorrow.", "Ferry Road", &[("flow", "trickle")]),
    ("storm_drain", "Leaves over the grate, the crossing is a pond.", "Sluice Lane", &[]),
    ("tree", "A limb hangs over the walkway to the school.", "Alder Street", &[("danger", "walkway")]),
    ("tree", "It rubs on the wires when it blows.", "Kiln Street", &[("danger", "wires"), ("danger", "building")]),
    ("playground", "The swing's chain is worn through.", "Island Drive", &[]),
    ("building", "The stairwell has no railing since August.", "Paper Mill Row", &[("occupied", "yes")]),
    ("wellbeing", "I have not seen my neighbor in 3B for days, and his mail is piling up.", "Quarry Road", &[]),
];

/// One request's past.
struct Past {
    entrance: Entrance,
    changes: Vec<Change>,
}

/// Everything that was asked for, in the order it was.
pub(super) async fn live(portal: &Portal, people: People, seed: u64) -> Result<()> {
    let mut dice = Dice::new(seed ^ 0x0311);
    let mut pasts = Vec::new();
    for number in 0..COUNT {
        pasts.push(past(portal, people, &mut dice, number)?);
    }
    pasts.extend(twins(portal, people)?);
    let write = portal.store().write((portal.clone(), pasts), |tx, (portal, pasts)| {
        Box::pin(async move {
            for Past { entrance, changes } in pasts {
                filing::file(tx, portal, entrance).await?;
                for change in changes {
                    change::change(tx, portal, change).await?;
                }
            }
            Ok::<_, Error>(())
        })
    });
    write.await
}

fn past(portal: &Portal, people: People, dice: &mut Dice, number: i64) -> Result<Past> {
    let now = portal.clock().now();
    let age = SignedDuration::from_mins((COUNT - number) * DAYS * 24 * 60 / COUNT - dice.between(30, 900));
    let filed = now.plus(-age);
    let place = usize::try_from(number).unwrap_or(0) % REPORTS.len();
    let report = REPORTS[place];
    let reporter = match number % 7 {
        0 => Some(people.rosa),
        3 => Some(people.tomas),
        _ if report.0 == "wellbeing" => Some(people.tomas),
        _ => None,
    };
    let spread = |dice: &mut Dice| dice.between(-15_000, 15_000);
    let (north, east) = (spread(dice), spread(dice));
    let entrance = entrance(portal, report, dice.between(1, 240), (north, east), reporter, filed)?;
    let mut story = Story { portal, people, id: entrance.id, at: filed, now, changes: Vec::new() };
    story.after(
        dice.between(2, 20),
        Author::Clerk(people.nadia),
        Deed::Assign { clerk: Some(people.nadia), department: None },
        None,
        NoteAudience::Internal,
    );
    match number % 5 {
        0 => story.tell(dice, Some(Stage::Investigating), "Somebody will look at it this week."),
        1 => story.tell(dice, Some(Stage::ActionScheduled), "A crew has it on its list."),
        2 => {
            let note = Some("Check the gas map before anybody digs.");
            story.after(
                dice.between(4, 30),
                Author::Clerk(people.nadia),
                Deed::Note(None),
                note,
                NoteAudience::Internal,
            );
        }
        _ => {}
    }
    if let Some(reporter) = reporter.filter(|_| number % 2 == 0) {
        let said = Some("It is still there this morning.");
        story.after(dice.between(10, 40), Author::Resident(reporter), Deed::Comment, said, NoteAudience::Public);
    }
    // One in six is left for somebody to be late with.
    if number % 6 != 5 {
        let reason = match number % 9 {
            4 => Reason::NothingFound,
            7 => Reason::NotOurs,
            _ => Reason::Fixed,
        };
        let note = (number % 4 == 0).then_some("Thank you for telling us.");
        story.after(
            dice.between(30, 260),
            Author::Clerk(people.nadia),
            Deed::Close(reason),
            note,
            NoteAudience::Public,
        );
        if let Some(reporter) = reporter.filter(|_| number % 14 == 0) {
            let said = Some("It came back after the rain.");
            story.after(dice.between(24, 90), Author::Resident(reporter), Deed::Comment, said, NoteAudience::Public);
        }
    }
    Ok(Past { entrance, changes: story.changes })
}

/// Two reports of one hole, found to be the same, and both open; rosa filed the first.
fn twins(portal: &Portal, people: People) -> Result<Vec<Past>> {
    let now = portal.clock().now();
    let ago = |hours: i64| now.plus(SignedDuration::from_hours(-hours));
    let report: Report = ("pothole", "A hole as wide as the lane, at the lock.", "Lock Street", &[("size", "lane")]);
    let again: Report = (
        "pothole",
        "Somebody will break an axle at the lock.",
        "Lock Street",
        &[("size", "lane"), ("position", "lane")],
    );
    let first = entrance(portal, report, 3, (4_200, -3_100), Some(people.rosa), ago(50))?;
    let second = entrance(portal, again, 5, (4_204, -3_104), Some(people.tomas), ago(30))?;
    let mut story = Story { portal, people, id: second.id, at: ago(30), now, changes: Vec::new() };
    story.after(4, Author::Clerk(people.nadia), Deed::Duplicate(first.id), None, NoteAudience::Public);
    let changes = story.changes;
    Ok(vec![Past { entrance: first, changes: Vec::new() }, Past { entrance: second, changes }])
}

/// What came in, as if by the form.
fn entrance(
    portal: &Portal,
    report: Report,
    house: i64,
    offset: (i64, i64),
    reporter: Option<AccountId>,
    now: Timestamp,
) -> Result<Entrance> {
    let (code, said, street, answers) = report;
    let degrees =
        |middle: f64, offset: i64| format!("{:.6}", middle + f64::from(i32::try_from(offset).unwrap_or(0)) / 1e6);
    let stranger = reporter.is_none();
    let told = |text: &str| stranger.then(|| text.to_owned());
    let form = Form {
        service_code: Some(code.to_owned()),
        lat: Some(degrees(TOWN_HALL.0, offset.0)),
        long: Some(degrees(TOWN_HALL.1, offset.1)),
        address_string: Some(format!("{house} {street}, Riverton")),
        zipcode: Some("60699".to_owned()),
        description: Some(said.to_owned()),
        first_name: told("Wilhelmina"),
        last_name: told("Strand"),
        email: told("w.strand@mail.riverton.example"),
        phone: told("+13125550188"),
        media_urls: if house % 3 == 0 {
            vec![format!("https://photos.riverton.example/{house}.jpg")]
        } else {
            Vec::new()
        },
        attributes: answers.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())).collect(),
        ..Form::default()
    };
    let filing = filing::read(form, now, portal.city())?;
    Ok(Entrance { id: portal.random().id()?, filing, reporter, now, claim: None })
}

/// What happened to a request, one thing after the other, up to now.
struct Story<'p> {
    portal: &'p Portal,
    people: People,
    id: RequestId,
    at: Timestamp,
    now: Timestamp,
    changes: Vec<Change>,
}

impl Story<'_> {
    fn tell(&mut self, dice: &mut Dice, stage: Option<Stage>, note: &str) {
        let clerk = Author::Clerk(self.people.nadia);
        self.after(dice.between(4, 30), clerk, Deed::Note(stage), Some(note), NoteAudience::Public);
    }

    /// So many hours later, unless that is still to come.
    fn after(&mut self, hours: i64, author: Author, deed: Deed, note: Option<&str>, audience: NoteAudience) {
        let at = self.at.plus(SignedDuration::from_hours(hours));
        if at >= self.now {
            return;
        }
        self.at = at;
        let reopen_days = self.portal.city().requests.reopen_days;
        let note = note.map(str::to_owned);
        self.changes.push(Change {
            id: self.id,
            author,
            deed,
            note,
            audience,
            media: None,
            now: at,
            reopen_days,
            claim: None,
        });
    }
}
