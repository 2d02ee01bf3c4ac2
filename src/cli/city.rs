//! `citytime city`: the cities this machine knows, each a profile with its own sign-in.

use clap::{Args, Subcommand};
use serde::Serialize;

use super::{Context, complete};
use crate::{
    api::{
        city::{City, PaymentKind, WELL_KNOWN},
        endpoint::Empty,
    },
    failure::{Failure, Result},
    settings::{Origin, PortalUrl, Replace, profiles},
    ui::{Column, Outcome, Sheet},
};

/// A city as this machine knows it.
pub(crate) static PROFILE: Sheet = Sheet {
    noun: "city",
    columns: &[
        Column::id("name"),
        Column::text("url").header("URL"),
        Column::yes_no("current"),
        Column::text("username").wide(),
    ],
    when_empty: Some("add yours: citytime city add NAME URL; or try the made-up one: citytime sandbox"),
};

/// A city as its portal describes it.
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
    ],
    when_empty: None,
};

/// A profile, as printed.
#[derive(Serialize)]
struct Profile {
    name: Option<String>,
    url: PortalUrl,
    current: bool,
    username: Option<String>,
}

impl Profile {
    fn new(context: &Context, profile: profiles::Profile, current: Option<&str>) -> Self {
        // Whose sign-in is kept is a nicety here: a file that cannot be read is told where the sign-in is needed.
        let kept = context.credentials().and_then(|credentials| credentials.get(&profile.url)).ok().flatten();
        let current = profile.name.is_some() && profile.name.as_deref() == current;
        Self { current, username: kept.and_then(|kept| kept.username), name: profile.name, url: profile.url }
    }
}

/// A city, as printed: its profile and what its portal says.
#[derive(Serialize)]
struct Known {
    name: Option<String>,
    city: String,
    url: PortalUrl,
    current: bool,
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

/// Cities: add, choose, look at and remove them
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime city add riverton https://portal.riverton.example")]
pub(crate) struct CityArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Add(AddArgs),
    List(ListArgs),
    Use(UseArgs),
    Show(ShowArgs),
    Remove(RemoveArgs),
}

/// Add a city by the address of its portal, under a name of your choice
///
/// The portal is asked who it is, so that a wrong address is noticed now. The first city becomes the current one.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime city add riverton https://portal.riverton.example\n  citytime city add sandbox http://127.0.0.1:8311"
)]
struct AddArgs {
    /// What to call it: letters, digits and dashes
    name: String,
    /// The portal's address
    #[arg(value_hint = clap::ValueHint::Url)]
    url: String,
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
        Verb::Add(args) => add(context, args).await,
        Verb::List(_) => list(context),
        Verb::Use(args) => choose(context, &args.name),
        Verb::Show(args) => show(context, args).await,
        Verb::Remove(args) => remove(context, &args.name),
    }
}

async fn add(context: &mut Context, args: AddArgs) -> Result<Outcome> {
    context.ui.check_columns(&CITY)?;
    profiles::check_name(&args.name).map_err(Failure::usage)?;
    let url = if args.url.contains("://") { args.url } else { format!("https://{}", args.url) };
    let url = url.parse::<PortalUrl>().map_err(|error| Failure::usage(error.to_string()))?;
    // Certificates given for this city are kept with it.
    let cacert = match (&context.settings.cacert.origin, &context.settings.cacert.value) {
        (Origin::Flag(_), Some(file)) => {
            Some(std::path::absolute(file).map_err(|error| Failure::file("find", file, error))?)
        }
        _ => None,
    };
    let profile = profiles::Profile { name: Some(args.name), cacert, ..profiles::Profile::of_url(url) };
    let city = context.portal_with(&profile, None).call(&WELL_KNOWN, (), &Empty {}).await?;
    context.profiles()?.add(&profile, Replace::Never)?;
    let known = Known::new(profile, context.profiles()?.default_name()?.as_deref(), city);
    Outcome::one(&CITY, &known)
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
