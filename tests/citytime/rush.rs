//! Two thousand people register at once for two hundred seats: no seat is given twice, none stays empty, and whoever
//! waits waits in order. On PostgreSQL at two portals at once.

#![expect(clippy::disallowed_methods, reason = "a past is made at the database")]

use std::collections::HashMap;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};

use citytime::api::id::{AccountId, RegistrationId};
use citytime::api::time::Timestamp;
use citytime::api::token::{Kind, Token};
use citytime::portal::clock::Clock;
use citytime::portal::random::Random;
use citytime::portal::store::{DatabaseUrl, Options, Store, StoreError};
use citytime::portal::web::server::{Face, Server};
use citytime::portal::{Cost, Parcel, Portal, sandbox, worker};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::both::{Database, Fixture, Threads, on_both_databases, on_postgres};
use crate::support::command::Shell;
use crate::support::leash;

const PEOPLE: usize = 2_000;
const SEATS: i64 = 200;
/// How many ask at once where the portals are in this process, which has the files of both ends.
const TASKS: usize = 64;
/// How many ask at once at portal processes: what a process may have open where nobody raised it (1024) leaves room for.
const TASKS_OF_PROCESSES: usize = 500;
/// How often somebody of those five hundred comes again who was told that the portal is too busy.
const PATIENCE: usize = 20;
/// Every so manyth comes with a household of three.
const HOUSEHOLD: usize = 9;
const NOW: &str = "2026-11-23T15:00:00Z";

citytime::queries! {
    /// Somebody who registers.
    MOVE_IN = "INSERT INTO accounts (id, username, password, name, email, email_verified, role, powers, status, terms_version, \
               terms_accepted_at, created_at) VALUES ($1, $2, '!', $2, 'x@mail.example', 0, 'resident', '', 'active', '2026-01', 0, 0)";
    /// Signed in.
    SIGN_IN = "INSERT INTO sessions (digest, account, created_at, expires_at, used_on) VALUES ($1, $2, $3, $4, $5)";
    /// A program.
    OFFER = "INSERT INTO programs (id, number, category, title, starts_at, ends_at, venue, capacity, fee, closes_at, taken, set_aside, \
             waiting, drawn, sequence, changed_at) VALUES ($1, $2, 'workshop', $2, $3, $4, 'Towpath', $5, $6, $3, 0, 0, 0, 0, 0, 0)";
    /// The program's own count, and that of its registrations.
    COUNTED = "SELECT p.taken, CAST((SELECT COALESCE(SUM(r.seats), 0) FROM registrations r WHERE r.program = p.id \
               AND r.status IN ('held', 'registered')) AS BIGINT), p.waiting, (SELECT COUNT(*) FROM registrations r \
               WHERE r.program = p.id AND r.status = 'waitlisted'), (SELECT COUNT(*) FROM registrations r WHERE r.program = p.id) \
               FROM programs p WHERE p.id = $1";
    /// Who waits, in order: ticket and seats.
    LINE = "SELECT ticket, seats FROM registrations WHERE program = $1 AND status = 'waitlisted' ORDER BY ticket";
    /// Who waits, in order: the registration.
    WAITING = "SELECT id FROM registrations WHERE program = $1 AND status = 'waitlisted' ORDER BY ticket";
    /// Those with seats: ticket and seats.
    SEATED = "SELECT ticket, seats FROM registrations WHERE program = $1 AND status IN ('held', 'registered') ORDER BY ticket";
    /// Fees that are owed, those of them with held seats of the same size, and held seats in all.
    OWED = "SELECT (SELECT COUNT(*) FROM bills WHERE fee_of = 'registration' AND status = 'open'), \
            (SELECT COUNT(*) FROM registrations r JOIN bills b ON b.id = r.bill AND b.status = 'open' AND b.fee_number = r.id \
            AND b.account = r.account WHERE r.status = 'held' AND b.amount = r.seats * 1500), \
            (SELECT COUNT(*) FROM registrations WHERE status = 'held')";
}

/// Portals over one database, and people who are signed in.
struct Rush {
    portals: Vec<(Portal, Server, String)>,
    /// As `--database` takes it.
    database: String,
    /// Where everybody asks, in turn.
    urls: Vec<String>,
    now: Timestamp,
    tokens: Vec<String>,
    _folder: TempDir,
}

impl Fixture for Rush {
    async fn start(database: Database) -> Self {
        let folder = leash::folder();
        let (database, count) = match database {
            Database::Sqlite => (format!("sqlite:{}", folder.path().join("city.db").display()), 1),
            Database::Postgres(url) => (url, 2),
        };
        let url: DatabaseUrl = database.parse().unwrap();
        let mut portals = Vec::new();
        for place in 0..count {
            let store = Store::open(&url, Options::default()).await.unwrap();
            let clock = Clock::standing(NOW.parse().unwrap());
            let random = Random::seeded(place as u64);
            let parcel = Parcel {
                city: sandbox::city().unwrap(),
                store,
                clock,
                random,
                cost: Cost { memory: 64, passes: 1 },
                documents: citytime::portal::gateways::documents::Documents::temporary(),
                post: citytime::portal::gateways::post::Post::default(),
                seal: citytime::portal::seal::Seal::new([7; 32]).unwrap(),
            };
            let portal = Portal::new(parcel).unwrap();
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let server = Server::start(portal.clone(), listener, Face::Plain).await.unwrap();
            let url = format!("http://{}", server.address());
            portals.push((portal, server, url));
        }
        let now = Timestamp::from_millisecond(0);
        Self { portals, database, urls: Vec::new(), now, tokens: Vec::new(), _folder: folder }
    }
}

impl Rush {
    fn store(&self) -> &Store {
        self.portals[0].0.store()
    }

    /// The same with everybody moved in and signed in at an instant, to ask at these portals.
    async fn at(self, urls: Vec<String>, now: Timestamp) -> Self {
        let mut rush = Self { urls, now, ..self };
        rush.everybody_moves_in().await;
        rush
    }

    async fn everybody_moves_in(&mut self) {
        let mut people = Vec::with_capacity(PEOPLE);
        for place in 0..PEOPLE {
            let mut bytes = [7; 32];
            bytes[..8].copy_from_slice(&(place as u64).to_be_bytes());
            self.tokens.push(Token::from_bytes(Kind::Session, bytes).expose().to_owned());
            people.push((AccountId::new(1 + place as i64), format!("guest{place}"), Token::digest(&bytes)));
        }
        let now = self.now;
        let today = now.date_in(&sandbox::city().unwrap().zone);
        let later = Timestamp::from_millisecond(now.as_millisecond() + 10 * 86_400_000);
        let write = self.store().write(people, move |tx, people| {
            Box::pin(async move {
                for (account, name, digest) in people {
                    tx.execute(&MOVE_IN, &citytime::params![account, name]).await?;
                    tx.execute(&SIGN_IN, &citytime::params![digest, account, now, later, today]).await?;
                }
                Ok::<_, StoreError>(())
            })
        });
        write.await.unwrap();
    }

    async fn offer(&self, number: i64, fee: i64) {
        let now = self.now;
        let starts = Timestamp::from_millisecond(now.as_millisecond() + 9 * 86_400_000);
        let ends = Timestamp::from_millisecond(starts.as_millisecond() + 3_600_000);
        let write = self.store().write(format!("W-{number}"), move |tx, name| {
            Box::pin(async move {
                tx.execute(&OFFER, &citytime::params![number, name, starts, ends, SEATS, fee]).await?;
                Ok::<_, StoreError>(())
            })
        });
        write.await.unwrap();
    }

    /// Everybody asks, from so many tasks at all portals, and so often again where the portal was too busy; what each was
    /// answered in the end.
    async fn everybody_registers(&self, program: &str, tasks: usize, patience: usize) -> Vec<Value> {
        let next = AtomicUsize::new(0);
        // A second installation is refused, and means the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let task = async || {
            let mut answers = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(token) = self.tokens.get(place) else { return answers };
                let url = &self.urls[place % self.urls.len()];
                let names: Vec<_> = (0..if place.is_multiple_of(HOUSEHOLD) { 3 } else { 1 })
                    .map(|who| format!("Guest {place}-{who}"))
                    .collect();
                let ask = || {
                    let request = client.post(format!("{url}/v1/programs/{program}/register")).bearer_auth(token);
                    let request = request.header("Idempotency-Key", format!("{program}-{place}"));
                    request.json(&json!({ "participants": names })).send()
                };
                let mut answer = ask().await.unwrap();
                // A portal whose database is too busy for one more says so after a while, and when to come again: under the
                // same key, as the command does it.
                for _ in 0..patience {
                    if answer.status() != 503 || !answer.headers().contains_key("retry-after") {
                        break;
                    }
                    answer = ask().await.unwrap();
                }
                assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
                answers.push(answer.json::<Value>().await.unwrap());
            }
        };
        join_all((0..tasks).map(|_| task())).await.into_iter().flatten().collect()
    }

    async fn counted(&self, program: i64) -> (i64, i64, i64, i64, i64) {
        let read = self
            .store()
            .read((), move |tx, ()| Box::pin(async move { tx.one(&COUNTED, &citytime::params![program]).await }));
        read.await.unwrap_or_else(|error: StoreError| panic!("{error}"))
    }

    async fn parties(&self, program: i64, which: &'static citytime::portal::store::Query) -> Vec<(i64, i64)> {
        let read = self
            .store()
            .read((), move |tx, ()| Box::pin(async move { tx.rows(which, &citytime::params![program]).await }));
        read.await.unwrap_or_else(|error: StoreError| panic!("{error}"))
    }

    async fn in_line(&self, program: i64) -> Vec<RegistrationId> {
        let read = self.store().read((), move |tx, ()| {
            Box::pin(async move { tx.rows::<(RegistrationId,)>(&WAITING, &citytime::params![program]).await })
        });
        let rows = read.await.unwrap_or_else(|error: StoreError| panic!("{error}"));
        rows.into_iter().map(|(id,)| id).collect()
    }

    async fn owed(&self) -> (i64, i64, i64) {
        let read = self.store().read((), |tx, ()| Box::pin(async move { tx.one(&OWED, &[]).await }));
        read.await.unwrap_or_else(|error: StoreError| panic!("{error}"))
    }
}

/// Asserts what holds of a program everybody has asked for, with what each was answered.
async fn seats_are_exact(rush: &Rush, number: i64, fee: i64, answers: &[Value]) {
    let mut states = HashMap::<String, usize>::new();
    for answer in answers {
        *states.entry(answer["status"].as_str().unwrap().to_owned()).or_default() += 1;
        let waits = answer["status"] == "waitlisted";
        assert_eq!((waits, !waits && fee > 0), (answer["position"].is_i64(), answer["bill"].is_string()), "{answer}");
    }
    let (taken, seated, waiting, waits, all) = rush.counted(number).await;
    assert_eq!((taken, seated), (SEATS, SEATS), "exactly the seats there are: {states:?}");
    assert_eq!((waiting, all), (waits, PEOPLE as i64));
    // Whoever was told a place has it: the positions are 1, 2, 3 and so on, each once, and in that order they stand in line.
    let mut told: Vec<(i64, &str)> = answers
        .iter()
        .filter_map(|answer| Some((answer["position"].as_i64()?, answer["id"].as_str().expect("an id"))))
        .collect();
    told.sort_unstable();
    assert!(told.iter().map(|(position, _)| *position).eq(1..=waiting));
    let in_line: Vec<String> = rush.in_line(number).await.iter().map(ToString::to_string).collect();
    assert!(told.iter().map(|(_, id)| *id).eq(in_line), "who was told an earlier place stands earlier in line");
    // Nobody who asked later has seats that somebody who waits could have had.
    let (line, seats) = (rush.parties(number, &LINE).await, rush.parties(number, &SEATED).await);
    for (ticket, size) in line {
        let before: i64 = seats.iter().filter(|(other, _)| *other < ticket).map(|(_, size)| size).sum();
        assert!(before + size > SEATS, "ticket {ticket} waits with {before} seats taken before it");
    }
    let (bills, held, all_held) = rush.owed().await;
    assert_eq!((bills, held), (all_held, all_held), "a bill and held seats go together");
}

/// At two portal processes, as a city runs them.
#[test]
fn at_two_portal_processes() {
    on_postgres(Threads::Several(4), async |rush: Rush| {
        let shell = Shell::new();
        let city = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/city.toml");
        let line = format!("portal serve --city {city} --database {} --listen 127.0.0.1:0", rush.database);
        let processes = [shell.command(&line).start(), shell.command(&line).start()];
        let mut urls = Vec::new();
        for process in &processes {
            urls.push(process.until("listening on ").await);
        }
        let rush = rush.at(urls, Clock::machine().now()).await;
        rush.offer(1, 1500).await;
        let id = citytime::api::id::ProgramId::new(1).to_string();
        let answers = rush.everybody_registers(&id, TASKS_OF_PROCESSES, PATIENCE).await;
        seats_are_exact(&rush, 1, 1500, &answers).await;
        for process in processes {
            process.signal("TERM");
            process.finish().await.ok();
        }
    });
}

on_both_databases! {
    threads: 4,
    async fn two_thousand_people_register_for_two_hundred_seats(rush: Rush) {
        let urls = rush.portals.iter().map(|(_, _, url)| url.clone()).collect();
        let rush = rush.at(urls, NOW.parse().unwrap()).await;
        for (number, fee) in [(1, 0), (2, 1500)] {
            rush.offer(number, fee).await;
            let id = citytime::api::id::ProgramId::new(number).to_string();
            let answers = rush.everybody_registers(&id, TASKS, 0).await;
            seats_are_exact(&rush, number, fee, &answers).await;
        }
        // Nobody pays: every hold ends, at all portals at once, and the next in the line have the seats.
        let before = rush.parties(2, &LINE).await;
        for (portal, _, _) in &rush.portals {
            assert!(portal.clock().advance(2 * 86_400_000));
        }
        let rounds = join_all(rush.portals.iter().map(|(portal, _, _)| worker::run_once(portal))).await;
        rounds.into_iter().for_each(|round| round.unwrap());
        let (taken, seated, waiting, waits, _) = rush.counted(2).await;
        let (line, seats) = (rush.parties(2, &LINE).await, rush.parties(2, &SEATED).await);
        assert_eq!((taken, waiting), (seated, waits));
        assert_eq!(before, [seats, line].concat(), "those who waited longest have the seats");
        assert!(SEATS - taken < 3, "{taken}");
        let (bills, held, all_held) = rush.owed().await;
        assert_eq!((bills, held), (all_held, all_held));
    }
}
