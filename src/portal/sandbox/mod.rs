//! A made-up city, Riverton, on loopback: to try the tool on, and to test one's scripts on.
//!
//! - `dice`: the chances of a made-up life, repeatable
//! - `people`: who lives there
//! - `life`: what they owe and have paid
//! - `permits`: what they have applied for
//! - `programs`: what the city offers, and who goes there
//! - `requests`: what they asked the city for
//! - `support`: what they asked its support
//! - `household`: how they move in, by the portal's own rules

#![expect(clippy::disallowed_methods, reason = "a made-up past has no trail: nobody did it")]

mod dice;
mod household;
mod life;
mod people;
mod permits;
mod programs;
mod requests;
mod support;

use std::{
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
};

use self::life::Life;
use super::{
    Parcel, Portal, bills,
    city::{City, read},
    clock::Clock,
    error::{Error, Result},
    gateways::{documents::Documents, post::Post},
    notices,
    random::Random,
    seal::Seal,
    sessions::{self, NewSession, passwords::Cost},
    store::{DatabaseUrl, Options, Store},
    web::server::{Face, Server},
};
use crate::api::{
    id::AccountId,
    secret::Secret,
    time::Timestamp,
    token::{self, Token},
};

/// What the sandbox's city says of itself.
pub const CITY: &str = include_str!("../../../examples/city.toml");
/// The password of everybody who has a name there. It protects nothing: the city is made up.
pub const PASSWORD: &str = "lanterns over the old weir";
/// The resident whose life is told in full.
pub const RESIDENT: &str = "rosa";
/// Her neighbour, with the same water meter.
pub const NEIGHBOUR: &str = "tomas";
/// The clerk with every power.
pub const CLERK: &str = "nadia";
/// Where a seeded sandbox's clock starts: a Monday morning in the city.
const SEEDED_START: &str = "2026-11-23T15:00:00Z";

/// How a sandbox is to be.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Makes everything repeatable, and the clock start at a fixed day.
    pub seed: Option<u64>,
    /// How many people beside those with a name.
    pub residents: u32,
    /// Where it is kept.
    pub database: DatabaseUrl,
    /// The folder its mail and SMS land in.
    pub mail: PathBuf,
    /// The version of new terms, which nobody who lives there has accepted yet.
    pub terms: Option<String>,
}

/// A sandbox that is being served.
pub struct Sandbox {
    /// The portal.
    pub server: Server,
    /// Its URL.
    pub url: String,
    /// Rosa's session.
    pub resident_token: Secret,
    /// The clerk's session.
    pub clerk_token: Secret,
}

/// The made-up city as declared.
pub fn city() -> Result<City> {
    read::read(CITY).map_err(|mistakes| Error::internal(read::report(&mistakes, "city.toml")))
}

/// Makes a sandbox, or opens the one the database keeps, and serves it on a free loopback port.
pub async fn open(wish: Wish) -> Result<Sandbox> {
    let store = Store::open(&wish.database, Options::default()).await?;
    let documents = wish.database.documents().map_or_else(Documents::temporary, Documents::in_folder);
    let post = Post::in_folder(&city()?, &wish.mail)?;
    let key = match wish.database.key() {
        Some(file) => Seal::in_file(&file, Random::system().bytes()?).map_err(Error::internal)?,
        // It protects nothing: the city is made up.
        None => [7; 32],
    };
    let outside = || Ok::<_, Error>((documents.clone(), post.clone(), Seal::new(key)?));
    let portal = populate_with(store, outside()?, wish.seed, wish.residents).await?;
    let portal = match wish.terms {
        Some(version) => under_terms(&portal, version, outside()?)?,
        None => portal,
    };
    portal.clock().run();
    let resident_token = sign_in(&portal, RESIDENT).await?;
    let clerk_token = sign_in(&portal, CLERK).await?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(Error::internal)?;
    let server = Server::start(portal, listener, Face::Plain).await.map_err(Error::internal)?;
    let url = format!("http://{}", server.address());
    Ok(Sandbox { server, url, resident_token, clerk_token })
}

/// The made-up city's portal over a database, its people moved in if it is empty. With a seed its clock stands at a
/// fixed day until it is made to run.
pub async fn populate(store: Store, seed: Option<u64>, residents: u32) -> Result<Portal> {
    let key = Random::system().bytes()?;
    populate_with(store, (Documents::temporary(), Post::default(), Seal::new(key)?), seed, residents).await
}

/// The same city after it put new terms in force.
fn under_terms(portal: &Portal, version: String, (documents, post, seal): (Documents, Post, Seal)) -> Result<Portal> {
    let mut city = city()?;
    city.terms.version = version;
    let (store, clock, random) = (portal.store().clone(), portal.clock().clone(), portal.random().aside());
    Portal::new(Parcel { city, store, clock, random, cost: Cost::STRONG, documents, post, seal })
}

async fn populate_with(
    store: Store,
    (documents, post, seal): (Documents, Post, Seal),
    seed: Option<u64>,
    residents: u32,
) -> Result<Portal> {
    let start = seed.map(|_| SEEDED_START.parse::<Timestamp>()).transpose().map_err(Error::internal)?;
    let clock = start.map_or_else(Clock::movable, Clock::standing);
    let is_empty = find(&store, RESIDENT).await?.is_none();
    // A city that is there already has what its seed drew: drawn again, it would clash.
    let random = seed.filter(|_| is_empty).map_or_else(Random::system, Random::seeded);
    let parcel = Parcel { city: city()?, store, clock, random, cost: Cost::STRONG, documents, post, seal };
    let portal = Portal::new(parcel)?;
    permits::documents(&portal).await?;
    if is_empty {
        Life::new(&portal, seed.unwrap_or(1)).await?.live(residents).await?;
        bills::reminders::remind(&portal).await?;
        notices::told_long_ago(&portal).await?;
    }
    Ok(portal)
}

async fn find(store: &Store, username: &'static str) -> Result<Option<AccountId>> {
    let read = store.read((), move |tx, ()| Box::pin(sessions::queries::find_account(tx, username)));
    Ok(read.await?.map(|account| account.id))
}

/// A session of one of the made-up people, without a password's cost.
pub async fn sign_in(portal: &Portal, username: &'static str) -> Result<Secret> {
    let account = find(portal.store(), username).await?;
    let account =
        account.ok_or_else(|| Error::internal(format!("this database is no sandbox: {username} is not there")))?;
    let bytes = portal.random().bytes()?;
    let digest = Token::digest(&bytes);
    let now = portal.clock().now();
    let (expires_at, today) = (sessions::expiry(now), portal.today(now));
    let new = NewSession { digest, account, now, expires_at, today, source: None };
    portal.store().write(new, |tx, new| Box::pin(sessions::queries::insert(tx, new))).await?;
    Ok(Token::from_bytes(token::Kind::Session, bytes))
}
