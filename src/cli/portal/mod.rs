//! `citytime portal`: what operators of a portal do.

pub(super) mod check;
pub(super) mod clerk;
mod serve;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

pub(crate) use serve::told_to_end;

use super::Context;
use crate::{
    api::problem::Code,
    failure::{Failure, Result},
    portal::{
        self, Parcel, Portal,
        city::{City, read},
        clock::Clock,
        gateways::{documents::Documents, post::Post},
        random::Random,
        seal::Seal,
        sessions::passwords::Cost,
        store::{Creation, DatabaseUrl, Options, Store},
    },
    ui::Outcome,
};

/// Where documents are kept beside a database that is no file, unless said.
const DOCUMENTS: &str = "citytime-documents";
/// Where mail is written beside a database that is no file, where a city declares no server for it.
const MAIL: &str = "citytime-mail";

/// Serve a city's portal, and look after it
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime portal check city.toml
  citytime portal clerk add nadia --city city.toml --database sqlite:riverton.db --name \"Nadia Osei\" \\
      --email nadia@riverton.example --powers bills,residents
  citytime portal serve --city city.toml --database sqlite:riverton.db")]
pub(crate) struct PortalArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Serve(serve::ServeArgs),
    Check(check::CheckArgs),
    Clerk(clerk::ClerkArgs),
}

/// Runs a verb of the noun.
pub(crate) async fn run(context: &mut Context, args: PortalArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Serve(args) => serve::run(context, args).await,
        Verb::Check(args) => check::run(&args),
        Verb::Clerk(args) => clerk::run(context, args).await,
    }
}

/// Which city, and where its data is.
#[derive(Args, Debug)]
struct Hosted {
    /// The city's declaration (see examples/city.toml)
    // Its name and type are the global flag's: here it names a file.
    #[arg(long, value_name = "FILE")]
    city: String,
    /// Where the data is: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL")]
    database: DatabaseUrl,
}

/// Where a portal keeps what is no row of its database.
#[derive(Debug, Clone, Copy, Default)]
struct Folders<'a> {
    documents: Option<&'a Path>,
    mail: Option<&'a Path>,
}

impl Hosted {
    /// The portal over its database, which is brought up to date, and made where that is allowed, for what seals and opens
    /// no secret.
    async fn open(&self, creation: Creation) -> Result<Portal> {
        let unkept = Random::system().bytes().and_then(Seal::new).map_err(refused)?;
        self.open_with(Folders::default(), unkept, creation).await
    }

    /// The same for serving it.
    async fn open_with(&self, folders: Folders<'_>, seal: Seal, creation: Creation) -> Result<Portal> {
        let city = declared(Path::new(&self.city), "--city")?;
        let store = Store::open(&self.database, Options { creation, ..Options::default() }).await.map_err(|error| {
            let code = if error.is_unavailable() { Code::Unavailable } else { Code::File };
            Failure::new(code, format!("the database {} cannot be opened: {error}", self.database))
                .hint("check --database, and that this user may read and write there")
        })?;
        let beside = || self.database.documents().unwrap_or_else(|| PathBuf::from(DOCUMENTS));
        let documents = Documents::in_folder(folders.documents.map_or_else(beside, Path::to_owned));
        let mail_beside = self.database.mail().unwrap_or_else(|| PathBuf::from(MAIL));
        let post = match folders.mail {
            Some(folder) => Post::in_folder(&city, folder),
            None => Post::declared(&city, &mail_beside),
        };
        let post = post.map_err(refused)?;
        let (clock, random) = (Clock::machine(), Random::system());
        let parcel = Parcel { city, store, clock, random, cost: Cost::STRONG, documents, post, seal };
        Portal::new(parcel).map_err(refused)
    }
}

/// A city as its file declares it, or every mistake in the file.
fn declared(path: &Path, named_by: &str) -> Result<City> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, error).named_by(named_by))?;
    read::read(&text).map_err(|mistakes| {
        let report = read::report(&mistakes, &path.display().to_string());
        let count = mistakes.len();
        let message = format!(
            "{count} mistake{} in {}\n{}",
            if count == 1 { "" } else { "s" },
            path.display(),
            report.trim_end()
        );
        Failure::new(Code::ConfigInvalid, message)
    })
}

/// A refusal of the portal's own rules, as the command line tells it.
pub(crate) fn refused(error: portal::error::Error) -> Failure {
    let failure = Failure::from(*error.problem);
    match error.internal {
        Some(internal) => Failure { message: format!("{}: {internal}", failure.message), ..failure }.because(internal),
        None => failure,
    }
}
