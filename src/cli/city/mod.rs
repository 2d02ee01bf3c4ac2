//! `citytime city`: the cities this machine knows, each a profile with its own sign-in.
//!
//! - `add`: what an address is, and keeping it; `search`: Open311 endpoints that are known

mod add;
pub(super) mod search;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::{Context, complete, context::SeenAs};
use crate::{
    api::{
        city::{City, PaymentKind},
        requests::Format,
    },
    failure::Result,
    settings::{Kind, PortalUrl, profiles},
    ui::{Column, Outcome, Sheet},
};

/// A city as this machine knows it.
pub(crate) static PROFILE: Sheet = Sheet {
    noun: "city",
    columns: &[
        Column::id("name"),
        Column::text("url").header("URL"),
        Column::yes_no("current"),
        Column::text("kind").wide(),
        Column::text("username").wide(),
    ],
    when_empty: Some("add yours: citytime city add NAME URL; or try the made-up one: citytime sandbox"),
};

/// A city as its portal, or its Open311 endpoint, describes it.
pub(crate) static CITY: Sheet = Sheet {
    noun: "city",
    columns: &[
        Column::id("name"),
        Column::text("city"),
        Column::text("url").header("URL"),
        Column::yes_no("current"),
        Column::text("zone"),
        Column::text("currency"),
        Column::list("payment_kinds").wide(),
        Column::list("languages").wide(),
        Column::text("version").wide(),
        Column::text("terms_version").wide(),
        Column::text("email").wide(),
        Column::text("phone").wide(),
        Column::list("hours").wide(),
        Column::text("kind").wide(),
        Column::number("services").wide(),
        Column::text("jurisdiction_id").wide(),
        Column::text("format").wide(),
        Column::text("key_service").wide(),
        Column::text("contact").wide(),
    ],
    when_empty: None,
};

/// A profile, as printed.
#[derive(Serialize)]
struct Profile {
    name: Option<String>,
    url: PortalUrl,
    current: bool,
    kind: Kind,
    username: Option<String>,
}

impl Profile {
    fn new(context: &Context, profile: profiles::Profile, current: Option<&str>) -> Self {
        // Whose sign-in is kept is a nicety here: a file that cannot be read is told where the sign-in is needed.
        let kept = context.credentials().and_then(|credentials| credentials.get(&profile.url)).ok().flatten();
        let current = profile.name.is_some() && profile.name.as_deref() == current;
        let username = kept.and_then(|kept| kept.username);
        Self { current, kind: profile.kind, username, name: profile.name, url: profile.url }
    }
}

/// A city, as printed: its profile and what its portal says.
#[derive(Serialize)]
struct Known {
    name: Option<String>,
    city: String,
    url: PortalUrl,
    current: bool,
    kind: Kind,
    zone: String,
    currency: String,
    payment_kinds: Vec<PaymentKind>,
    languages: Vec<String>,
    version: String,
    terms_version: String,
    email: String,
    phone: String,
    hours: Vec<String>,
}

impl Known {
    fn new(profile: profiles::Profile, current: Option<&str>, city: City) -> Self {
        Self {
            current: profile.name.is_some() && profile.name.as_deref() == current,
            name: profile.name,
            city: city.name,
            url: profile.url,
            kind: profile.kind,
            zone: city.zone,
            currency: city.currency.to_string(),
            payment_kinds: city.payment_kinds,
            languages: city.languages,
            version: city.version,
            terms_version: city.terms.version,
            email: city.support.email,
            phone: city.support.phone,
            hours: city.support.hours,
        }
    }
}

/// An Open311 city, as printed: its profile and what its endpoint says.
#[derive(Serialize)]
struct Foreign {
    name: Option<String>,
    url: PortalUrl,
    current: bool,
    kind: Kind,
    jurisdiction_id: Option<String>,
    format: Option<Format>,
    /// How many kinds of request it takes.
    services: usize,
    key_service: Option<String>,
    contact: Option<String>,
}

impl Foreign {
    fn new(profile: profiles::Profile, current: Option<&str>, services: usize) -> Self {
        Self {
            current: profile.name.is_some() && profile.name.as_deref() == current,
            name: profile.name,
            url: profile.url,
            kind: profile.kind,
            jurisdiction_id: profile.open311.jurisdiction_id,
            format: profile.open311.format,
            services,
            key_service: None,
            contact: None,
        }
    }
}

/// Cities: search, add, choose, look at and remove them
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime city add riverton https://portal.riverton.example")]
pub(crate) struct CityArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Search(search::SearchArgs),
    Add(add::AddArgs),
    List(ListArgs),
    Use(UseArgs),
    Show(ShowArgs),
    Remove(RemoveArgs),
}

/// List the cities this machine knows
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime city list -o json")]
struct ListArgs {}

/// Make a city the current one
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime city use riverton")]
struct UseArgs {
    /// Its name
    #[arg(add = complete::cities())]
    name: String,
}

/// Show what a city's portal says about itself
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime city show\n  citytime city show riverton --jq .zone")]
struct ShowArgs {
    /// Its name; the current one unless given
    #[arg(add = complete::cities())]
    name: Option<String>,
}

/// Forget a city and the sign-in to it
///
/// The sign-in is forgotten here only: to end it at the portal too, run `citytime logout` first.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime city remove riverton")]
struct RemoveArgs {
    /// Its name
    #[arg(add = complete::cities())]
    name: String,
}

pub(crate) async fn run(context: &mut Context, args: CityArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Search(args) => search::run(context, &args),
        Verb::Add(args) => add::run(context, args).await,
        Verb::List(_) => list(context),
        Verb::Use(args) => choose(context, &args.name),
        Verb::Show(args) => show(context, args).await,
        Verb::Remove(args) => remove(context, &args.name),
    }
}

fn list(context: &Context) -> Result<Outcome> {
    let current = context.profile().ok().and_then(|profile| profile.name);
    let profiles = context.settings.profiles.iter();
    let known = profiles.map(|profile| Profile::new(context, profile.clone(), current.as_deref())).collect::<Vec<_>>();
    Outcome::many(&PROFILE, &known)
}

fn choose(context: &Context, name: &str) -> Result<Outcome> {
    context.ui.check_columns(&PROFILE)?;
    let profile = context.profiles()?.choose(name)?;
    Outcome::one(&PROFILE, &Profile::new(context, profile, Some(name)))
}

async fn show(context: &mut Context, args: ShowArgs) -> Result<Outcome> {
    context.ui.check_columns(&CITY)?;
    let current = context.profile().ok().and_then(|profile| profile.name);
    if let Some(name) = args.name {
        context.settings.city.value = Some(name);
    }
    let profile = context.profile()?;
    if profile.kind == Kind::Open311 {
        let services = context.endpoint(SeenAs::Anyone).await?.services().await?.len();
        return Outcome::one(&CITY, &Foreign::new(profile, current.as_deref(), services));
    }
    let city = context.city().await?.clone();
    Outcome::one(&CITY, &Known::new(profile, current.as_deref(), city))
}

fn remove(context: &Context, name: &str) -> Result<Outcome> {
    context.ui.check_columns(&PROFILE)?;
    let profile = context.profiles()?.remove(name)?;
    let shared = context.settings.profiles.iter().filter(|known| known.url == profile.url).count() > 1;
    let printed = Profile::new(context, profile.clone(), None);
    if !shared {
        context.credentials()?.forget(&profile.url)?;
    }
    Outcome::one(&PROFILE, &printed)
}
