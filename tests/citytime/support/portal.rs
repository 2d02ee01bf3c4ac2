//! A whole portal of the made-up city, on loopback over a database of its own: what tests of commands stand on. Its
//! people and their past are made once in the test process and copied for each test. Its clock stands still until a
//! test moves it, so what it answers is the same each time.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;

use citytime::api::secret::Secret;
use citytime::api::time::Timestamp;
use citytime::portal::Cost;
use citytime::portal::Parcel;
use citytime::portal::city::City;
use citytime::portal::clock::Clock;
use citytime::portal::gateways::documents::Documents;
use citytime::portal::gateways::post::Post;
use citytime::portal::random::Random;
use citytime::portal::sandbox;
use citytime::portal::seal::Seal;
use citytime::portal::store::{DatabaseUrl, Options, Store};
use citytime::portal::web::server::{Face, Server};
use jiff::SignedDuration;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::both::{Database, Fixture};
use super::command::Shell;
use super::leash;
use super::postgres::Template;

/// The password of everybody who has a name there.
pub(crate) const PASSWORD: &str = sandbox::PASSWORD;
/// Who lives there, and what they have paid.
const SEED: u64 = 7;
/// How many live there beside those with a name.
const CROWD: u32 = 2;
/// What is drawn after that: other numbers than those the city was made with.
const DRAWN: u64 = 11;
/// When the clock stands still: the Monday morning the city's past leads up to.
const NOW: &str = "2026-11-23T15:00:00Z";

/// The populated file, made by the first test that needs it.
static SQLITE: OnceCell<(PathBuf, TempDir)> = OnceCell::const_new();
/// The populated database of the cluster.
static POSTGRES: Template = Template::new("populated");

/// A portal that is being served.
pub(crate) struct Portal {
    _server: Server,
    inner: citytime::portal::Portal,
    database: DatabaseUrl,
    url: String,
    _folder: TempDir,
}

impl Fixture for Portal {
    async fn start(database: Database) -> Self {
        match database {
            Database::Sqlite => Self::on_a_copied_file().await,
            Database::Postgres(_) => {
                let url = POSTGRES.copy(async |url| populate(url.parse().expect("a URL")).await).await;
                let url = url.expect("PostgreSQL was there a moment ago").parse().expect("a URL");
                Self::serve(url, leash::folder()).await
            }
        }
    }
}

impl Portal {
    /// Another portal beside the test's own: a second city.
    pub(crate) async fn another() -> Self {
        Self::on_a_copied_file().await
    }

    async fn on_a_copied_file() -> Self {
        let made = SQLITE.get_or_init(|| async {
            let folder = leash::folder();
            let file = folder.path().join("populated.db");
            populate(DatabaseUrl::sqlite(&file)).await;
            (file, folder)
        });
        let (template, _) = made.await;
        let folder = leash::folder();
        let file = folder.path().join("city.db");
        std::fs::copy(template, &file).expect("the populated file is copied");
        Self::serve(DatabaseUrl::sqlite(file), folder).await
    }

    async fn serve(url: DatabaseUrl, folder: TempDir) -> Self {
        let store = Store::open(&url, small()).await.expect("the database opens");
        let clock = Clock::standing(NOW.parse().expect("an instant"));
        Self::over(store, url, clock, DRAWN, folder).await
    }

    async fn over(store: Store, database: DatabaseUrl, clock: Clock, seed: u64, folder: TempDir) -> Self {
        Self::of(sandbox::city().expect("the example is sound"), store, database, clock, seed, folder).await
    }

    async fn of(city: City, store: Store, database: DatabaseUrl, clock: Clock, seed: u64, folder: TempDir) -> Self {
        let post = Post::in_folder(&city, &folder.path().join("mail")).expect("a folder takes mail");
        let parcel = Parcel {
            city,
            store,
            clock,
            random: Random::seeded(seed),
            cost: Cost::STRONG,
            documents: Documents::temporary(),
            post,
            seal: Seal::new([7; 32]).expect("a key"),
        };
        let inner = citytime::portal::Portal::new(parcel).expect("a portal");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let server = Server::start(inner.clone(), listener, face()).await.expect("the portal starts");
        let url = format!("http://{}", server.address());
        Self { _server: server, inner, database, url, _folder: folder }
    }

    /// Another portal over the same database, as one of several processes would be: with a clock and connections of its
    /// own. On SQLite, which has one process, the connections are shared.
    pub(crate) async fn twin(&self) -> Self {
        let store = match self.database.documents() {
            Some(_) => self.store().clone(),
            None => Store::open(&self.database, small()).await.expect("the database opens"),
        };
        let clock = Clock::standing(self.now());
        Self::over(store, self.database.clone(), clock, DRAWN + 1, leash::folder()).await
    }

    /// Another portal over the same database, of a city that declares something else.
    pub(crate) async fn declaring(&self, change: impl FnOnce(&mut City)) -> Self {
        let mut city = sandbox::city().expect("the example is sound");
        change(&mut city);
        let clock = Clock::standing(self.now());
        Self::of(city, self.store().clone(), self.database.clone(), clock, DRAWN + 2, leash::folder()).await
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The folder its mail and SMS land in.
    pub(crate) fn mail(&self) -> PathBuf {
        self._folder.path().join("mail")
    }

    /// The portal behind it.
    pub(crate) fn inner(&self) -> &citytime::portal::Portal {
        &self.inner
    }

    /// Its database.
    pub(crate) fn store(&self) -> &Store {
        self.inner.store()
    }

    /// A shell that knows the city, and in which nobody is signed in.
    pub(crate) fn shell(&self) -> Shell {
        Shell::new().with("CITYTIME_CITY", &self.url)
    }

    /// The shell of the resident whose life is told in full.
    pub(crate) async fn rosa(&self) -> Shell {
        self.shell().with("CITYTIME_TOKEN", self.token(sandbox::RESIDENT).await)
    }

    /// The shell of her neighbour, with the same water meter and a card that declines.
    pub(crate) async fn tomas(&self) -> Shell {
        self.shell().with("CITYTIME_TOKEN", self.token(sandbox::NEIGHBOUR).await)
    }

    /// The shell of the clerk with every power.
    pub(crate) async fn nadia(&self) -> Shell {
        self.shell().with("CITYTIME_TOKEN", self.token(sandbox::CLERK).await)
    }

    /// A fresh session of one of them.
    pub(crate) async fn token(&self, username: &'static str) -> String {
        let token: Secret = sandbox::sign_in(&self.inner, username).await.expect("a session");
        token.expose().to_owned()
    }

    /// How many passwords it has checked.
    pub(crate) fn verified(&self) -> u64 {
        self.inner.passwords().verified()
    }

    /// A round of what runs by itself.
    pub(crate) async fn work(&self) {
        citytime::portal::worker::run_once(&self.inner).await.expect("the worker's round");
    }

    /// Moves the clock by seconds.
    pub(crate) fn sleep_for_seconds(&self, seconds: i64) {
        assert!(self.inner.clock().advance(1000 * seconds));
    }

    /// Moves the clock without telling anybody: nothing settles by itself.
    pub(crate) fn sleep_for_days(&self, days: i64) {
        assert!(
            self.inner.clock().advance(SignedDuration::from_hours(24 * days).as_millis().try_into().expect("days"))
        );
    }

    /// A round of what runs by itself.
    pub(crate) async fn round(&self) {
        citytime::portal::worker::run_once(&self.inner).await.expect("a round of the worker");
    }

    /// What the clock shows.
    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock().now()
    }
}

/// Of where a request comes from the tests are believed: they are the proxy.
fn face() -> Face {
    Face::BehindProxy(vec!["127.0.0.1".parse().expect("a network")])
}

/// As many connections as one person needs.
fn small() -> Options {
    Options { readers: 2, connections: 4, ..Options::default() }
}

async fn populate(url: DatabaseUrl) {
    let store = Store::open(&url, small()).await.expect("the database opens");
    sandbox::populate(store.clone(), Some(SEED), CROWD).await.expect("the city is populated");
    store.close().await.expect("the database closes");
}
