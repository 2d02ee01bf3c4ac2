//! Seats and the waiting list against a model that knows nothing of columns: a line of people before a door.

#![expect(clippy::disallowed_methods, reason = "a past is made at the database")]

use std::collections::VecDeque;

use proptest::prelude::*;

use super::{Asked, booking, call_off, end_holds, publish, queries, rules::Seats, shown};
use crate::{
    api::{
        id::{AccountId, ProgramId, RegistrationId},
        money::Minor,
        programs::{NewRegistration, ProgramLine, RegistrationStatus},
        time::Timestamp,
    },
    portal::{
        Cost, Parcel, Portal,
        clock::Clock,
        error::Error,
        idempotency::Claim,
        random::Random,
        sandbox,
        store::{DatabaseUrl, Options, Store, params},
    },
};

mod sql {
    #![expect(dead_code, reason = "nobody asks for all of them")]

    crate::queries! {
        /// Somebody who registers.
        pub HOLDER = "INSERT INTO accounts (id, username, password, name, email, email_verified, role, powers, status, terms_version, \
                  terms_accepted_at, created_at) VALUES ($1, 'ida', '!', 'Ida', 'ida@example.org', 0, 'resident', '', 'active', '1', 0, 0)";
        /// Bills of fees that can be paid, and registrations whose seats are held for one.
        pub DEBTS = "SELECT (SELECT COUNT(*) FROM bills WHERE fee_of = 'registration' AND status = 'open'), \
                 (SELECT COUNT(*) FROM registrations r JOIN bills b ON b.id = r.bill WHERE r.status = 'held' AND b.status = 'open' \
                 AND b.amount = r.seats * 500), (SELECT COUNT(*) FROM registrations WHERE status = 'held')";
    }
}

const NOW: &str = "2026-11-23T15:00:00Z";

/// What happens.
#[derive(Debug, Clone)]
enum Event {
    /// A party asks.
    Asks(usize),
    /// One of those who have a place, or wait, leaves.
    Leaves(prop::sample::Index),
    /// The city changes the number of seats.
    Resized(i64),
    /// Every hold ends.
    HoldsEnd,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (1..=4_usize).prop_map(Event::Asks),
        4 => any::<prop::sample::Index>().prop_map(Event::Leaves),
        1 => (1..=12_i64).prop_map(Event::Resized),
        1 => Just(Event::HoldsEnd),
    ]
}

/// A party, by when it asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Party {
    number: usize,
    size: i64,
}

/// A room, and a line before its door.
#[derive(Debug, Clone, Default)]
struct Door {
    chairs: i64,
    inside: Vec<Party>,
    line: VecDeque<Party>,
    /// A chair fell free while the line stood: it is the line's.
    lines_turn: bool,
}

impl Door {
    fn free(&self) -> i64 {
        self.chairs - self.inside.iter().map(|party| party.size).sum::<i64>()
    }

    fn asks(&mut self, party: Party) {
        if party.size <= self.free() && !self.lines_turn {
            self.inside.push(party);
        } else {
            self.line.push_back(party);
        }
        self.line_moves();
    }

    fn leaves(&mut self, number: usize) {
        if self.inside.iter().any(|party| party.number == number) {
            self.inside.retain(|party| party.number != number);
            self.lines_turn = true;
        }
        self.line.retain(|party| party.number != number);
        self.line_moves();
    }

    fn resized(&mut self, chairs: i64) {
        self.lines_turn |= chairs > self.chairs;
        self.chairs = chairs;
        self.line_moves();
    }

    fn line_moves(&mut self) {
        while let Some(first) = self.line.front().copied().filter(|first| first.size <= self.free()) {
            self.line.pop_front();
            self.inside.push(first);
        }
        // With nobody in the line, or nothing left for it, newcomers may try again.
        self.lines_turn &= !self.line.is_empty() && self.free() > 0;
    }
}

/// The same, in the store.
struct Office {
    portal: Portal,
    program: ProgramId,
    account: AccountId,
    asked: Vec<RegistrationId>,
    fee: i64,
}

impl Office {
    async fn open(folder: &std::path::Path, chairs: i64, fee: i64) -> Self {
        let url = DatabaseUrl::sqlite(folder.join("city.db"));
        let store = Store::open(&url, Options { readers: 1, ..Options::default() }).await.unwrap();
        let clock = Clock::standing(NOW.parse().unwrap());
        let cost = Cost { memory: 64, passes: 1 };
        let random = Random::seeded(3);
        let portal = Portal::new(Parcel {
            city: sandbox::city().unwrap(),
            store,
            clock,
            random,
            cost,
            documents: crate::portal::gateways::documents::Documents::temporary(),
            post: crate::portal::gateways::post::Post::default(),
            seal: crate::portal::seal::Seal::new([7; 32]).unwrap(),
        })
        .unwrap();
        let (program, account) = (ProgramId::new(1), AccountId::new(1));
        let office = Self { portal, program, account, asked: Vec::new(), fee };
        office
            .portal
            .store()
            .write((), move |tx, ()| {
                Box::pin(async move {
                    tx.execute(&sql::HOLDER, &params![account]).await?;
                    Ok::<_, Error>(())
                })
            })
            .await
            .unwrap();
        office.publish(chairs).await.unwrap();
        office
    }

    fn now(&self) -> Timestamp {
        self.portal.clock().now()
    }

    async fn publish(&self, capacity: i64) -> Result<(), String> {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let line = ProgramLine {
            line: 1,
            number: "W-1".to_owned(),
            category: "workshop".to_owned(),
            title: "Pottery".to_owned(),
            description: None,
            starts_at: at("2028-12-03T18:00:00Z"),
            ends_at: at("2028-12-03T20:00:00Z"),
            venue: "Kiln Street 4".to_owned(),
            capacity,
            fee: Minor(self.fee),
            opens_at: None,
            closes_at: None,
        };
        let (now, fresh) = (self.now(), self.program);
        let unit = (self.portal.clone(), line);
        let write =
            self.portal.store().write(unit, move |tx, (portal, line)| Box::pin(publish(tx, portal, fresh, line, now)));
        write.await.unwrap().map(drop)
    }

    async fn asks(&mut self, size: usize) {
        let number = self.asked.len();
        let participants = (0..size).map(|place| format!("Guest {number}-{place}")).collect();
        let new = NewRegistration { participants, ..NewRegistration::default() };
        let asked =
            Asked { portal: self.portal.clone(), account: self.account, program: self.program, new, now: self.now() };
        let claim = Claim::new(Some(self.account), format!("key-{number}"), "register", b"");
        let id = RegistrationId::new(1 + i64::try_from(number).unwrap());
        let write = self
            .portal
            .store()
            .write((asked, claim), move |tx, (asked, claim)| Box::pin(booking::register(tx, asked, claim, id)));
        self.asked.push(write.await.unwrap());
    }

    async fn leaves(&self, number: usize) {
        let (account, id, now) = (self.account, self.asked[number], self.now());
        let write = self
            .portal
            .store()
            .write(self.portal.clone(), move |tx, portal| Box::pin(booking::cancel(tx, portal, account, id, now)));
        write.await.unwrap();
    }

    /// Who is inside, in the order of asking, who waits, by position, and the seats.
    async fn look(&self) -> (Vec<usize>, Vec<usize>, Seats) {
        let (program, all) = (self.program, self.asked.clone());
        let read = self.portal.store().read(all, move |tx, all| {
            Box::pin(async move {
                let seats = queries::find(tx, program).await?.unwrap().seats();
                let (mut inside, mut line) = (Vec::new(), Vec::new());
                for (number, &id) in all.iter().enumerate() {
                    let registration = shown(tx, None, id).await?;
                    match (registration.status, registration.position) {
                        (RegistrationStatus::Held | RegistrationStatus::Registered, None) => inside.push(number),
                        (RegistrationStatus::Waitlisted, Some(position)) => line.push((position, number)),
                        (RegistrationStatus::Cancelled, None) => {}
                        other => panic!("{other:?}"),
                    }
                }
                line.sort_unstable();
                assert!(line.iter().map(|(position, _)| *position).eq(1..=i64::try_from(line.len()).unwrap()));
                let (bills, owed, held): (i64, i64, i64) = tx.one(&sql::DEBTS, &[]).await?;
                assert_eq!((bills, owed), (held, held), "a bill and a held seat go together");
                Ok::<_, Error>((inside, line.into_iter().map(|(_, number)| number).collect(), seats))
            })
        });
        read.await.unwrap()
    }
}

async fn run(chairs: i64, fee: i64, events: Vec<Event>) {
    let folder = tempfile::tempdir().unwrap();
    let mut office = Office::open(folder.path(), chairs, fee).await;
    let mut door = Door { chairs, ..Door::default() };
    for event in events {
        match &event {
            Event::Asks(size) => {
                let party = Party { number: office.asked.len(), size: i64::try_from(*size).unwrap() };
                if party.size > door.chairs {
                    continue;
                }
                office.asks(*size).await;
                door.asks(party);
            }
            Event::Leaves(which) => {
                let there: Vec<_> = door.inside.iter().chain(&door.line).map(|party| party.number).collect();
                if !there.is_empty() {
                    let number = *which.get(&there);
                    office.leaves(number).await;
                    door.leaves(number);
                }
            }
            Event::Resized(chairs) => {
                let taken = door.chairs - door.free();
                match office.publish(*chairs).await {
                    Ok(()) => door.resized(*chairs),
                    Err(refused) => assert!(*chairs < taken, "{refused}"),
                }
            }
            Event::HoldsEnd if fee > 0 => {
                office.portal.clock().advance(48 * 60 * 60 * 1000);
                // One after the other, each with what it frees, in the order of asking: holds begun at one instant end so.
                let ended: Vec<_> = held_in_order(&office).await;
                end_holds(&office.portal).await.unwrap();
                ended.into_iter().for_each(|number| door.leaves(number));
            }
            Event::HoldsEnd => {}
        }
        let (inside, line, seats) = office.look().await;
        let mut expected: Vec<_> = door.inside.iter().map(|party| party.number).collect();
        expected.sort_unstable();
        assert_eq!(inside, expected, "inside, after {event:?}");
        assert_eq!(line, door.line.iter().map(|party| party.number).collect::<Vec<_>>(), "the line, after {event:?}");
        assert_eq!((seats.capacity, seats.taken), (door.chairs, door.chairs - door.free()));
        assert_eq!(seats.waiting, i64::try_from(door.line.len()).unwrap());
        let open = if door.lines_turn { 0 } else { door.free() };
        assert_eq!(seats.open(), open, "for newcomers, after {event:?}");
    }
    let (portal, program, now) = (office.portal.clone(), office.program, office.now());
    let write = office
        .portal
        .store()
        .write(portal, move |tx, portal| Box::pin(call_off(tx, portal, program, "the kiln is cold", now)));
    write.await.unwrap();
    let (inside, line, seats) = office.look().await;
    assert!(inside.is_empty() && line.is_empty() && seats.taken == 0 && seats.waiting == 0);
}

/// Those whose hold is over, as `end_holds` takes them: by its end, and then by id, which here is the order of asking.
async fn held_in_order(office: &Office) -> Vec<usize> {
    let (all, now) = (office.asked.clone(), office.now());
    let read = office.portal.store().read(all, move |tx, all| {
        Box::pin(async move {
            let mut held = Vec::new();
            for (number, &id) in all.iter().enumerate() {
                let registration = shown(tx, None, id).await?;
                held.extend(registration.hold_ends_at.filter(|end| *end <= now).map(|end| (end, number)));
            }
            held.sort_unstable();
            Ok::<_, Error>(held.into_iter().map(|(_, number)| number).collect())
        })
    });
    read.await.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn seats_and_waiting_list_are_a_room_and_a_line(
        chairs in 1..=10_i64,
        fee in prop_oneof![Just(0), Just(500)],
        events in prop::collection::vec(event(), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(chairs, fee, events));
    }
}
