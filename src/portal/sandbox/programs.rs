//! What Riverton offers, and who goes there: made up, by the portal's own rules.

use jiff::SignedDuration;

use super::household::{self, People};
use crate::{
    api::{
        id::{AccountId, ProgramId, RegistrationId},
        money::Minor,
        programs::{NewRegistration, ProgramLine},
        time::{Date, Timestamp, When},
    },
    portal::{
        Portal,
        error::{Error, Result},
        idempotency::Claim,
        programs::{self, Asked},
        store::Tx,
    },
};

/// When all of it was published, in days before today.
const PUBLISHED: i64 = 75;
const HOUR: i64 = 60;

/// A program: number, category, title, venue, days from today, hour, minutes, seats, fee.
type Offer = (&'static str, &'static str, &'static str, &'static str, i32, i64, i64, i64, i64);

const OFFERS: [Offer; 15] = [
    ("W-090", "workshop", "Lantern repair for beginners", "3 Lock Street", -40, 18, 120, 8, 0),
    ("A-190", "activity", "Autumn river clean-up", "North Bank landing", -20, 9, 180, 60, 0),
    ("W-091", "workshop", "Bread from the old mill", "Mill Road kitchen", -12, 17, 150, 10, 1_800),
    ("W-104", "workshop", "First aid at home", "Fire station, Union Street", 2, 18, 180, 14, 2_000),
    ("W-102", "workshop", "Bicycle repair evening", "Depot Avenue 7", 5, 18, 120, 10, 0),
    ("M-301", "meeting", "Town meeting: next year's budget", "City hall, great room", 7, 19, 120, 120, 0),
    ("A-202", "activity", "Swimming for beginners", "Canal Row baths", 9, 16, 60, 8, 4_500),
    ("A-201", "activity", "Ice skating for families", "Quarry Road rink", 12, 14, 120, 40, 600),
    ("W-101", "workshop", "Pottery workshop, winter term", "Kiln Street 4", 16, 18, 150, 12, 9_600),
    ("A-203", "activity", "Winter solstice walk", "Towpath, at the weir", 28, 16, 150, 50, 0),
    ("M-302", "meeting", "Planning commission: Lock Street crossing", "City hall, room 2", 30, 18, 90, 40, 0),
    ("W-103", "workshop", "Letterpress printing", "Paper Mill Row 11", 45, 10, 360, 6, 6_000),
    ("A-204", "activity", "Choir project: songs of the river", "Granary Lane school", 60, 19, 120, 80, 0),
    ("W-105", "workshop", "Spanish among neighbors", "Library, Orchard Street", 75, 18, 90, 15, 12_000),
    ("A-205", "activity", "Spring bird count", "Island Drive reserve", 100, 7, 240, 30, 0),
];

/// The days of a made-up life.
struct Days<'p> {
    portal: &'p Portal,
    today: Date,
    now: Timestamp,
}

impl Days<'_> {
    /// So many minutes after the midnight so many days from today, on the city's clocks.
    fn at(&self, days: i32, minutes: i64) -> Timestamp {
        let midnight = When::On(self.today.plus_days(days)).start(self.today, &self.portal.city().zone);
        midnight.plus(SignedDuration::from_mins(minutes))
    }

    /// So many hours ago.
    fn ago(&self, hours: i64) -> Timestamp {
        self.now.plus(SignedDuration::from_hours(-hours))
    }

    fn line(&self, offer: &Offer) -> ProgramLine {
        let &(number, category, title, venue, days, hour, minutes, capacity, fee) = offer;
        let year = self.today.plus_days(days).civil().year();
        ProgramLine {
            line: 0,
            number: format!("{year}-{number}"),
            category: category.to_owned(),
            title: title.to_owned(),
            description: (number == "W-102").then(|| {
                "Bring your bicycle; tools, patches and tea are there. Children with somebody who holds the wheel."
                    .to_owned()
            }),
            starts_at: self.at(days, hour * HOUR),
            ends_at: self.at(days, hour * HOUR + minutes),
            venue: venue.to_owned(),
            capacity,
            fee: Minor(fee),
            opens_at: (number == "W-103").then(|| self.at(10, 8 * HOUR)),
            closes_at: (number == "W-104").then(|| self.at(-1, 18 * HOUR)),
        }
    }
}

/// Publishes the programs, and sends people there, up to the portal's now.
pub(super) async fn stage(portal: &Portal, guests: People, now: Timestamp, today: Date) -> Result<()> {
    let write = portal.store().write(portal.clone(), move |tx, portal| {
        Box::pin(async move {
            let days = Days { portal, today, now };
            let published = days.ago(24 * PUBLISHED);
            let mut stage = Stage { tx, portal, programs: Vec::with_capacity(OFFERS.len()) };
            for offer in &OFFERS {
                let fresh = portal.random().id()?;
                household::taken(programs::publish(tx, portal, fresh, &days.line(offer), published).await?)?;
                stage.programs.push((offer.0, fresh));
            }
            stage.past(&days, guests).await?;
            stage.to_come(&days, guests).await
        })
    });
    write.await
}

struct Stage<'t, 'c> {
    tx: &'t Tx<'c>,
    portal: &'t Portal,
    programs: Vec<(&'static str, ProgramId)>,
}

impl Stage<'_, '_> {
    async fn past(&self, days: &Days<'_>, guests: People) -> Result<()> {
        let People { rosa, tomas, .. } = guests;
        let lanterns = self.register(rosa, "W-090", &["Rosa Marín"], days.ago(24 * 60)).await?;
        self.register(tomas, "W-090", &["Tomas Berg"], days.ago(24 * 58)).await?;
        self.attended("W-090", lanterns, days.at(-40, 21 * HOUR)).await?;
        self.register(rosa, "A-190", &["Rosa Marín", "Ana Marín"], days.ago(24 * 30)).await?;
        let bread = self.register(rosa, "W-091", &["Rosa Marín"], days.ago(24 * 33)).await?;
        self.pay(rosa, bread, days.ago(24 * 32)).await?;
        self.attended("W-091", bread, days.at(-12, 20 * HOUR)).await
    }

    async fn to_come(&self, days: &Days<'_>, guests: People) -> Result<()> {
        let People { rosa, tomas, nadia } = guests;
        let skating = ["Rosa Marín", "Ana Marín", "Leo Marín"];
        let skating = self.register(rosa, "A-201", &skating, days.ago(24 * 9)).await?;
        self.pay(rosa, skating, days.ago(24 * 9 - 1)).await?;
        // Eight seats for two families of four; who comes later waits.
        self.register(tomas, "A-202", &["Tomas Berg", "Ida Berg", "Nils Berg", "Ebba Berg"], days.ago(30)).await?;
        self.register(nadia, "A-202", &["Nadia Osei", "Kwame Osei", "Efua Osei", "Abena Osei"], days.ago(29)).await?;
        self.register(nadia, "A-202", &["Yaw Osei"], days.ago(28)).await?;
        self.register(rosa, "A-202", &["Ana Marín", "Leo Marín"], days.ago(27)).await?;
        self.register(rosa, "W-102", &["Rosa Marín"], days.ago(24 * 4)).await?;
        self.register(tomas, "M-301", &["Tomas Berg"], days.ago(24 * 3)).await?;
        self.register(rosa, "A-203", &["Rosa Marín", "Leo Marín"], days.ago(24 * 6)).await?;
        let program = self.program("A-203")?;
        programs::call_off(self.tx, self.portal, program, "the towpath is flooded", days.ago(24 * 2)).await?;
        // Five hours ago, so that the seats are held for two days less that.
        self.register(rosa, "W-101", &["Rosa Marín"], days.ago(5)).await?;
        Ok(())
    }

    fn program(&self, number: &str) -> Result<ProgramId> {
        let found = self.programs.iter().find(|(known, _)| *known == number).map(|(_, id)| *id);
        found.ok_or_else(|| Error::internal(format!("nobody offers {number}")))
    }

    async fn register(
        &self,
        account: AccountId,
        number: &str,
        participants: &[&str],
        now: Timestamp,
    ) -> Result<RegistrationId> {
        let participants = participants.iter().map(|&name| name.to_owned()).collect();
        let new = NewRegistration { participants, ..NewRegistration::default() };
        let id: RegistrationId = self.portal.random().id()?;
        let asked = Asked { portal: self.portal.clone(), account, program: self.program(number)?, new, now };
        let claim = Claim::new(Some(account), format!("sandbox-{id}"), "sandbox", b"");
        programs::register(self.tx, &asked, &claim, id).await
    }

    async fn pay(&self, account: AccountId, registration: RegistrationId, at: Timestamp) -> Result<()> {
        let bill = programs::shown(self.tx, Some(account), registration).await?.bill;
        let bill = bill.ok_or_else(|| Error::internal(format!("{registration} has no fee")))?;
        let payment = self.portal.random().id()?;
        household::pay(self.tx, self.portal, account, bill, payment, at).await
    }

    async fn attended(&self, number: &str, registration: RegistrationId, at: Timestamp) -> Result<()> {
        household::taken(programs::attend(self.tx, self.program(number)?, registration, at).await?)
    }
}
