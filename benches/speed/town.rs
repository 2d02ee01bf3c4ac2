//! The people of the benches and what they owe: two hundred residents with fifty open bills each, so that clients that
//! pay at random rarely meet, and bills so large that a cent at a time never pays them.

#![expect(clippy::disallowed_methods, reason = "a past is made at the database")]

use citytime::portal::gateways::{documents::Documents, post::Post};
use citytime::{
    api::{
        id::{AccountId, BillId, MethodId, RecordId},
        money::Minor,
        secret::Secret,
        time::{Date, Timestamp},
        token::{Kind, Token},
    },
    params,
    portal::{
        self, Cost, Parcel, Portal,
        clock::Clock,
        random::Random,
        sandbox,
        seal::Seal,
        store::{DatabaseUrl, Options, Query, Store, StoreError, Tx},
    },
};
use jiff::SignedDuration;

/// How many residents there are; their accounts, methods and records are numbered from 1.
pub(crate) const RESIDENTS: i64 = 200;
/// How many open bills each has; all bills are numbered from 1, resident after resident.
pub(crate) const BILLS: i64 = 50;
/// Everybody's password.
pub(crate) const PASSWORD: &str = "lanterns over the old weir";

/// The bearer token of a resident's session.
pub(crate) fn token(resident: i64) -> Secret {
    Token::from_bytes(Kind::Session, session(resident))
}

/// A resident's name to sign in with.
pub(crate) fn username(resident: i64) -> String {
    format!("resident{resident}")
}

/// The resident who has a bill.
pub(crate) fn owner(bill: i64) -> i64 {
    (bill - 1) / BILLS + 1
}

/// A query of the portal by the end of its name.
pub(crate) fn query(name: &str) -> &'static Query {
    let found = portal::queries().find(|query| query.name.ends_with(&format!("::portal::{name}")));
    found.unwrap_or_else(|| panic!("the portal has no query {name}"))
}

/// Fills an empty database.
pub(crate) async fn settle(database: &str) {
    let url: DatabaseUrl = database.parse().expect("the benches' own URL");
    let store = Store::open(&url, Options::default()).await.expect("the database opens");
    let (clock, random) = (Clock::machine(), Random::system());
    let city = sandbox::city().expect("the sandbox's city is right");
    let parcel = Parcel {
        city,
        store: store.clone(),
        clock,
        random,
        cost: Cost::STRONG,
        documents: Documents::temporary(),
        post: Post::default(),
        seal: Seal::new([7; 32]).expect("a key"),
    };
    let portal = Portal::new(parcel).expect("a portal");
    let now = portal.clock().now();
    let password = portal.passwords().hash(Secret::new(PASSWORD), [7; 16]).await.expect("a password is hashed");
    let past = Past { password, now, today: portal.today(now) };
    for resident in 1..=RESIDENTS {
        let unit = store.write((resident, past.clone()), |tx, (resident, past)| Box::pin(move_in(tx, *resident, past)));
        unit.await.expect("a resident moves in");
    }
    store.close().await.expect("the database closes");
}

#[derive(Clone)]
struct Past {
    password: String,
    now: Timestamp,
    today: Date,
}

async fn move_in(tx: &Tx<'_>, resident: i64, past: &Past) -> Result<(), StoreError> {
    let Past { password, now, today } = past;
    let (account, method, record) = (AccountId::new(resident), MethodId::new(resident), RecordId::new(resident));
    let none: Option<String> = None;
    let name = username(resident);
    let email = format!("{name}@mail.riverton.example");
    let (confirmed, no_phone) = (true, false);
    let values = params![
        account, name, password, name, email, none, none, none, "resident", "", "active", "2026-01", now, confirmed,
        email, no_phone
    ];
    tx.execute(query("accounts::queries::INSERT"), &values).await?;
    let expires = now.plus(SignedDuration::from_hours(24 * 30));
    let digest = Token::digest(&session(resident));
    tx.execute(query("sessions::queries::INSERT"), &params![digest, account, now, expires, today, "127.0.0.1"]).await?;
    let number = format!("UT-{resident:06}");
    let code = [0_u8; 32];
    let values = params![record, number, number, "utility", name, "12 Weir Lane, Riverton", code];
    tx.execute(query("records::queries::INSERT"), &values).await?;
    tx.execute(query("records::queries::LINK"), &params![account, record, now]).await?;
    let label = "visa 4242";
    let values = params![method, account, "card", label, "visa", "4242", "2030-12", "pm_card_visa", now];
    tx.execute(query("wallet::queries::INSERT"), &values).await?;
    let insert = query("bills::queries::INSERT");
    for place in 1..=BILLS {
        let bill = (resident - 1) * BILLS + place;
        let due = today.plus_days(i32::try_from(place).unwrap_or(1));
        let issued = due.plus_days(-60);
        let (number, title) = (format!("2026-{bill:06}"), format!("Water, sewer and refuse, part {place}"));
        let (period, amount) = ("2026-01", Minor(1_000_000_000));
        let id = BillId::new(bill);
        let values = params![id, number, record, "utility", title, period, issued, due, amount];
        tx.execute(insert, &values).await?;
    }
    Ok(())
}

/// What a resident's token is made of.
fn session(resident: i64) -> [u8; 32] {
    let mut bytes = [9; 32];
    bytes[..8].copy_from_slice(&resident.to_be_bytes());
    bytes
}
