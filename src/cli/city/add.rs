//! `citytime city add`: what an address is (a Citytime portal, an Open311 server, a bare endpoint), and keeping it.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use super::{CITY, Foreign, Known};
use crate::{
    api::{
        city::WELL_KNOWN,
        endpoint::Empty,
        problem::Code,
        requests::{EndpointType, Format},
    },
    cli::{Context, words},
    client::open311::{Counterpart, discover},
    failure::{Failure, Result},
    settings::{
        ApiKey, Kind, Open311, Origin, PortalUrl, Profile, Replace,
        directory::{self, Standing},
        profiles,
    },
    ui::Outcome,
};

/// Add a city by its address, under a name of your choice
///
/// What answers there is found out now, so that a wrong address is noticed: a Citytime portal, or an Open311 endpoint,
/// by its discovery or by itself. The first city becomes the current one.
#[derive(Args, Debug)]
#[command(
    group(ArgGroup::new("api_key")),
    after_help = "Examples:
  citytime city add riverton https://portal.riverton.example
  citytime city add sandbox http://127.0.0.1:8311
  citytime city add lakeside https://311.lakeside.example/open311/v2 --jurisdiction-id lakeside.example \\
    --api-key-command 'pass show lakeside-311'"
)]
pub(super) struct AddArgs {
    /// What to call it: letters, digits and dashes
    name: String,
    /// The address of its portal or endpoint; `citytime city search` knows many
    #[arg(value_hint = clap::ValueHint::Url)]
    url: Option<String>,
    /// Open311: the city meant, where an endpoint serves several
    #[arg(long, value_name = "ID")]
    jurisdiction_id: Option<String>,
    /// Open311: the encoding to speak; found out unless given
    #[arg(long, value_name = "FORMAT", value_parser = words::of::<Format>())]
    format: Option<Format>,
    /// Open311: the endpoint for trying things, where the server names one
    #[arg(long)]
    test: bool,
    /// Open311: a file whose first line is the key to file requests with
    #[arg(long, value_name = "FILE", group = "api_key", value_hint = clap::ValueHint::FilePath)]
    api_key_file: Option<PathBuf>,
    /// Open311: a program, with its arguments, that prints the key to file requests with
    #[arg(long, value_name = "COMMAND", group = "api_key")]
    api_key_command: Option<String>,
    /// Open311: ask for the key to file requests with when it is needed
    #[arg(long, group = "api_key")]
    api_key_prompt: bool,
}

pub(super) async fn run(context: &mut Context, args: AddArgs) -> Result<Outcome> {
    context.ui.check_columns(&CITY)?;
    profiles::check_name(&args.name).map_err(|why| {
        Failure::usage(why).hint("it is a short name of your own, as in: citytime city add riverton https://ADDRESS")
    })?;
    let Some(url) = &args.url else { return Err(addresses(&args.name)?) };
    let typed = url.as_str();
    let url = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = url.parse::<PortalUrl>()?;
    // Certificates given for this city are kept with it.
    let cacert = match (&context.settings.cacert.origin, &context.settings.cacert.value) {
        (Origin::Flag(_), Some(file)) => Some(absolute(file)?),
        _ => None,
    };
    let profile = Profile { name: Some(args.name.clone()), cacert, ..Profile::of_url(url) };
    if foreign(&args) {
        return add_open311(context, profile, args).await;
    }
    let refused = match context.portal_with(&profile, None)?.call(&WELL_KNOWN, (), &Empty {}).await {
        Ok(city) => {
            context.profiles()?.add(&profile, Replace::Never)?;
            let current = context.profiles()?.default_name()?;
            return Outcome::one(&CITY, &Known::new(profile, current.as_deref(), city));
        }
        Err(failure) => failure,
    };
    if matches!(refused.code, Code::Network | Code::TimedOut | Code::File | Code::Usage) {
        return Err(misspelt(refused, typed));
    }
    add_open311(context, profile, args).await.map_err(|failure| match failure.code {
        // Neither: what was said of the portal is told, with both ways on.
        Code::NotAPortal => {
            let endpoint = failure.hint.unwrap_or_default();
            refused.hint(format!("a portal answers at /.well-known/citytime; {endpoint}"))
        }
        _ => failure,
    })
}

/// The failure of an address nothing answers at: it is no city's yet, so it is told as it was typed.
fn misspelt(failure: Failure, typed: &str) -> Failure {
    match failure.code {
        Code::Network => failure.hint(format!(
            "check that the city's address is `{typed}`, and the network; `citytime city search` knows many cities"
        )),
        _ => failure,
    }
}

/// Whether a flag says that it is an Open311 city.
fn foreign(args: &AddArgs) -> bool {
    args.jurisdiction_id.is_some() || args.format.is_some() || args.test || api_key_given(args)
}

fn api_key_given(args: &AddArgs) -> bool {
    args.api_key_file.is_some() || args.api_key_command.is_some() || args.api_key_prompt
}

async fn add_open311(context: &mut Context, profile: Profile, args: AddArgs) -> Result<Outcome> {
    let known = directory::at(profile.url.as_str())?;
    let api_key = match (args.api_key_file, args.api_key_command, args.api_key_prompt) {
        (Some(file), ..) => Some(ApiKey::File(absolute(&file)?)),
        (_, Some(command), _) => {
            let words = command.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let given = (!words.is_empty()).then_some(ApiKey::Command(words));
            Some(given.ok_or_else(|| Failure::usage("--api-key-command names no program"))?)
        }
        (.., true) => Some(ApiKey::Prompt),
        _ => None,
    };
    let jurisdiction_id = args.jurisdiction_id.or_else(|| known.as_ref()?.jurisdiction_id.clone());
    let open311 = Open311 { jurisdiction_id, format: args.format, api_key };
    let asked = Profile { kind: Kind::Open311, open311, ..profile };
    let connection = context.open311_at(&asked, asked.url.clone(), Counterpart::Foreign);
    let wanted = if args.test { EndpointType::Test } else { EndpointType::Production };
    let progress = context.ui.progress("finding out what answers there", None);
    let found = discover(&connection, wanted).await;
    drop(progress);
    let found = found.map_err(|failure| match &known {
        Some(entry) if entry.status == Standing::Dead => {
            let year = entry.as_of.map(|year| format!(" in {year}")).unwrap_or_default();
            failure
                .hint(format!("it was found not to answer any more{year}: `citytime city search` shows what is known"))
        }
        _ => failure,
    })?;
    if args.test && found.kind != EndpointType::Test {
        context.ui.warn("this server names no endpoint for trying things: requests here are meant");
    }
    let open311 = Open311 { format: Some(args.format.unwrap_or(found.format)), ..asked.open311 };
    let profile = Profile { url: found.url, open311, ..asked };
    context.profiles()?.add(&profile, Replace::Never)?;
    let current = context.profiles()?.default_name()?;
    let foreign = Foreign::new(profile, current.as_deref(), found.services.len());
    Outcome::one(&CITY, &Foreign { key_service: found.key_service, contact: found.contact, ..foreign })
}

/// The failure of an add without an address: it tells those that are known.
fn addresses(name: &str) -> Result<Failure> {
    let failure = Failure::usage(format!("say at which address {name} answers"));
    let mut known = directory::search(&[name.replace(['-', '_', '.'], " ")])?;
    known.retain(|entry| entry.status != Standing::Dead);
    Ok(match known.as_slice() {
        [] => failure.hint(format!("citytime city add {name} URL; `citytime city search` knows Open311 endpoints")),
        [first, rest @ ..] => {
            let year = first.as_of.map(|year| format!(", {year}")).unwrap_or_default();
            let more = if rest.is_empty() {
                String::new()
            } else {
                format!("; `citytime city search {name}` knows {} more", rest.len())
            };
            failure.hint(format!(
                "{} ({}{year}) may: citytime city add {name} {}{more}",
                first.city, first.status, first.endpoint_url
            ))
        }
    })
}

fn absolute(file: &Path) -> Result<PathBuf> {
    std::path::absolute(file).map_err(|error| Failure::file("find", file, error))
}
