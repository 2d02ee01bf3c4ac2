//! What the people of Riverton owe and have paid, made up.

use jiff::{SignedDuration, ToSpan};

use super::{
    CLERK, NEIGHBOUR, PASSWORD, RESIDENT,
    dice::Dice,
    household::{self, Household, Past, People, taken},
    people::{self, Person},
    permits, programs, requests, support,
};
use crate::{
    api::{
        accounts::{AccountStatus, Role},
        endpoint::Power,
        id::{BillId, RecordId},
        money::Minor,
        secret::Secret,
        staff::{BillLine, RecordLine},
        time::{Date, Timestamp},
        word::Word,
    },
    portal::{
        Portal,
        accounts::Post,
        bills,
        error::{Error, Result},
        records,
    },
};

/// How many of the crowd move in in one unit.
const HOUSEHOLDS: usize = 100;
/// How many months back the past goes.
const MONTHS: i32 = 14;
/// What nobody's password hashes to: the crowd cannot sign in.
const NO_PASSWORD: &str = "!";

/// Makes up lives.
pub(super) struct Life<'p> {
    portal: &'p Portal,
    seed: u64,
    dice: Dice,
    password: String,
    now: Timestamp,
    today: Date,
    lines: u64,
}

impl<'p> Life<'p> {
    /// Lives up to the portal's now.
    pub(super) async fn new(portal: &'p Portal, seed: u64) -> Result<Self> {
        let salt = portal.random().salt()?;
        let password = portal.passwords().hash(Secret::new(PASSWORD), salt).await?;
        let now = portal.clock().now();
        Ok(Self { portal, seed, dice: Dice::new(seed), password, now, today: portal.today(now), lines: 0 })
    }

    /// Everybody moves in: those with a name, and so many of the crowd.
    pub(super) async fn live(mut self, crowd: u32) -> Result<()> {
        let mut rosa = self.rosa()?;
        let tomas = self.tomas(&rosa)?;
        let nadia = self.nadia()?;
        rosa.bills.sort_by_key(|past| past.paid.map(|(_, at)| at));
        let people = People { rosa: rosa.account, tomas: tomas.account, nadia: nadia.account };
        self.move_in(vec![rosa, tomas, nadia]).await?;
        self.letter_nobody_answered().await?;
        let mut households = Vec::with_capacity(HOUSEHOLDS);
        for place in 1..=crowd {
            households.push(self.somebody(place)?);
            if households.len() == HOUSEHOLDS || place == crowd {
                self.move_in(std::mem::take(&mut households)).await?;
            }
        }
        programs::stage(self.portal, people, self.now, self.today).await?;
        requests::live(self.portal, people, self.seed).await?;
        permits::stage(self.portal, people, self.now).await?;
        support::live(self.portal, people, self.now).await
    }

    fn rosa(&mut self) -> Result<Household> {
        let mut rosa = self.person(RESIDENT, "Rosa Marín", "12 Weir Lane", "+13125550171")?;
        let meter = self.record(&mut rosa, "UT-204177", "utility", "12 Weir Lane", "7QMH-2X9D")?;
        let parcel = self.record(&mut rosa, "PC-118-04-220", "parcel", "12 Weir Lane", "P4RC-EL22")?;
        let shop = self.record(&mut rosa, "BL-55310", "license", "3 Lock Street", "L4NT-RN55")?;
        rosa.methods = vec![
            (self.portal.random().id()?, "pm_card_visa"),
            (self.portal.random().id()?, "pm_usBankAccount_success"),
        ];
        self.meter(&mut rosa, meter, MONTHS, 2)?;
        for (months, paid) in [(13, true), (7, true), (1, false)] {
            let issued = self.months_ago(months, 10);
            let title = format!(
                "Property tax, {} half of {}",
                if issued.civil().month() < 7 { "first" } else { "second" },
                issued.civil().year()
            );
            self.bill(&mut rosa, parcel, "tax", &title, issued, 60, 118_250, paid.then_some(45))?;
        }
        self.bill(
            &mut rosa,
            shop,
            "license",
            "Business license, Marín Lantern Repair",
            self.months_ago(12, 5),
            45,
            18_000,
            Some(20),
        )?;
        let soon = self.today.plus_days(-9);
        self.bill(
            &mut rosa,
            shop,
            "license",
            "Business license renewal, Marín Lantern Repair",
            soon,
            30,
            18_500,
            None,
        )?;
        self.bill(&mut rosa, shop, "permit", "Sidewalk display permit fee", soon, 23, 7_500, None)?;
        self.bill(
            &mut rosa,
            parcel,
            "fine",
            "Parking citation, Bridge Street",
            self.today.plus_days(-6),
            14,
            4_500,
            None,
        )?;
        self.bill(&mut rosa, parcel, "fine", "Library late fee", self.months_ago(5, 17), 30, 650, Some(2))?;
        Ok(rosa)
    }

    fn tomas(&mut self, rosa: &Household) -> Result<Household> {
        let mut tomas = self.person(NEIGHBOUR, "Tomas Berg", "12 Weir Lane", "+13125550143")?;
        tomas.shared = rosa.records.iter().take(1).map(|(id, _)| *id).collect();
        let van = self.record(&mut tomas, "PK-90411", "parking", "12 Weir Lane", "V4N9-0411")?;
        tomas.methods = vec![(self.portal.random().id()?, "pm_card_chargeCustomerFail")];
        self.bill(&mut tomas, van, "fine", "Parking citation, Mill Road", self.today.plus_days(-20), 14, 6_000, None)?;
        Ok(tomas)
    }

    fn nadia(&mut self) -> Result<Household> {
        let mut nadia = self.person(CLERK, "Nadia Osei", "1 Union Street", "+13125550100")?;
        let powers = Power::ALL.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        nadia.post = Post { role: Role::Clerk, powers, status: AccountStatus::Active };
        Ok(nadia)
    }

    fn somebody(&mut self, place: u32) -> Result<Household> {
        let person = people::somebody(place, &mut self.dice);
        let street = person.address.line1.clone();
        let mut somebody = self.household(person, None, NO_PASSWORD.to_owned())?;
        let number = format!("UT-{}", 400_000 + u64::from(place));
        let meter = self.record(&mut somebody, &number, "utility", &street, "CR0W-D000")?;
        somebody.methods = vec![(self.portal.random().id()?, "pm_card_mastercard")];
        let open = if self.dice.once_in(4) { 2 } else { 1 };
        self.meter(&mut somebody, meter, 4, open)?;
        Ok(somebody)
    }

    fn person(&mut self, username: &str, name: &str, street: &str, phone: &str) -> Result<Household> {
        let email = format!("{username}@mail.riverton.example");
        let address = people::address(street);
        let person = Person { username: username.to_owned(), name: name.to_owned(), email, address };
        self.household(person, Some(phone.to_owned()), self.password.clone())
    }

    fn household(&mut self, person: Person, phone: Option<String>, password: String) -> Result<Household> {
        let moved_in = self.at(self.months_ago(MONTHS, 1), 9);
        Ok(Household {
            account: self.portal.random().id()?,
            person,
            phone,
            password,
            post: Post { role: Role::Resident, powers: String::new(), status: AccountStatus::Active },
            moved_in,
            records: Vec::new(),
            shared: Vec::new(),
            methods: Vec::new(),
            bills: Vec::new(),
        })
    }

    fn record(&mut self, of: &mut Household, number: &str, kind: &str, street: &str, code: &str) -> Result<RecordId> {
        let id = self.portal.random().id()?;
        let line = RecordLine {
            line: self.line(),
            number: number.to_owned(),
            kind: kind.to_owned(),
            holder: of.person.name.clone(),
            service_address: format!("{street}, Riverton, IL 60699"),
            link_code: Secret::new(code),
        };
        of.records.push((id, line));
        Ok(id)
    }

    /// A water bill a month, the last `open` of them not paid.
    fn meter(&mut self, of: &mut Household, meter: RecordId, months: i32, open: i32) -> Result<()> {
        for month in (0..months).rev() {
            let issued = self.months_ago(month, 2);
            let (year, number) = (issued.civil().year(), issued.civil().month());
            let title = format!("Water, sewer and refuse, {year}-{number:02}");
            let amount = self.dice.between(6_150, 9_980);
            let paid = (month >= open).then(|| self.dice.between(6, 18));
            self.bill(of, meter, "utility", &title, issued, 21, amount, paid)?;
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "a line of a table of bills")]
    fn bill(
        &mut self,
        of: &mut Household,
        record: RecordId,
        category: &str,
        title: &str,
        issued_on: Date,
        due_days: i32,
        amount: i64,
        paid_after: Option<i64>,
    ) -> Result<()> {
        let number = of.records.iter().find(|(id, _)| *id == record).map(|(_, line)| line.number.clone());
        let paid = match paid_after {
            Some(days) => {
                let hour = self.dice.between(7, 21);
                let day = issued_on.plus_days(i32::try_from(days).unwrap_or(0));
                Some((self.portal.random().id()?, self.at(day, hour)))
            }
            None => None,
        };
        let serial = self.line();
        let line = BillLine {
            line: serial,
            number: format!("{}-{serial:06}", issued_on.civil().year()),
            record: number.unwrap_or_default(),
            category: category.to_owned(),
            title: title.to_owned(),
            period: (category == "utility").then(|| issued_on.to_string()[..7].to_owned()),
            issued_on,
            due_on: issued_on.plus_days(due_days),
            amount: Minor(amount),
        };
        of.bills.push(Past { id: self.portal.random().id()?, record, line, paid });
        Ok(())
    }

    fn line(&mut self) -> u64 {
        self.lines += 1;
        self.lines
    }

    /// A day of the month so many months ago, counted from the last month in which that day has come.
    fn months_ago(&self, months: i32, day: i8) -> Date {
        let today = self.today.civil();
        let months = if day > today.day() { months + 1 } else { months };
        let then = today.saturating_sub(months.months());
        jiff::civil::Date::new(then.year(), then.month(), day).unwrap_or(then).into()
    }

    /// An instant of a day, and never one that is still to come.
    fn at(&self, day: Date, hour: i64) -> Timestamp {
        let midnight = crate::api::time::When::On(day).start(self.today, &self.portal.city().zone);
        midnight.plus(SignedDuration::from_hours(hour)).min(self.now)
    }

    async fn move_in(&self, households: Vec<Household>) -> Result<()> {
        let portal = self.portal.clone();
        let write = self.portal.store().write(households, move |tx, households| {
            let portal = portal.clone();
            Box::pin(async move {
                for household in households {
                    household::move_in(tx, &portal, household).await?;
                }
                Ok::<_, Error>(())
            })
        });
        write.await
    }

    /// A record whose letter is still to be answered: `account records link UT-300412 --code K7QM-2X9D`.
    async fn letter_nobody_answered(&mut self) -> Result<()> {
        let (record, bill): (RecordId, BillId) = (self.portal.random().id()?, self.portal.random().id()?);
        let line = RecordLine {
            line: self.line(),
            number: "UT-300412".to_owned(),
            kind: "utility".to_owned(),
            holder: "Rosa Marín".to_owned(),
            service_address: "3 Lock Street, Riverton, IL 60699".to_owned(),
            link_code: Secret::new("K7QM-2X9D"),
        };
        let issued_on = self.today.plus_days(-4);
        let serial = self.line();
        let owed = BillLine {
            line: serial,
            number: format!("{}-{serial:06}", issued_on.civil().year()),
            record: line.number.clone(),
            category: "utility".to_owned(),
            title: "Water, sewer and refuse, Lock Street workshop".to_owned(),
            period: None,
            issued_on,
            due_on: issued_on.plus_days(21),
            amount: Minor(5_320),
        };
        let (now, issued) = (self.now, self.at(issued_on, 0));
        let write = self.portal.store().write((self.portal.clone(), line, owed), move |tx, (portal, line, owed)| {
            Box::pin(async move {
                taken(records::import(tx, portal, record, line, now).await?)?;
                taken(bills::queries::import(tx, bill, record, owed, issued).await?)
            })
        });
        write.await
    }
}
