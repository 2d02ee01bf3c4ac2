//! `citytime request new`: filing a request.

use std::{path::PathBuf, time::Duration};

use clap::Args;

use super::{
    REQUEST,
    questions::{self, Set},
    services, wait,
};
use crate::{
    api::{
        casework::{Nearby, Neighbour, SIMILAR, Similar},
        problem::Code,
        requests::{Datatype, Definition, Filed, Request, Service},
    },
    cli::{Context, complete, context::SeenAs},
    client::{
        Upload,
        open311::{self, Counterpart, Endpoint, Filing},
    },
    failure::{Failure, Result},
    settings::duration,
    ui::{Clock, Column, Outcome, Question, Sheet},
};

/// What would be filed.
static FILING: Sheet = Sheet {
    noun: "request",
    when_empty: None,
    columns: &[
        Column::id("service_code").header("service"),
        Column::text("description"),
        Column::text("address_string").header("address"),
        Column::number("lat"),
        Column::number("long"),
        Column::text("attributes").header("answers"),
        Column::text("media_url").header("picture"),
        Column::list("photos"),
        Column::text("address_id").wide(),
        Column::text("email").wide(),
        Column::text("first_name").wide(),
        Column::text("last_name").wide(),
        Column::text("phone").wide(),
    ],
};

/// File a request
///
/// On a terminal the service's questions are asked; scripts answer them with --set. A request is sent once: where its
/// answer is lost the command ends with status 9, and `citytime request list` tells whether it arrived.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime request new pothole
  citytime request new pothole --address '12 Mill Street' --description 'Deep, by the crossing' --set DEPTH=deep
  citytime request new pothole --address '12 Mill Street' --photo hole.jpg --photo street.jpg
  citytime request new PHB -c chicago --lat 41.88 --long -87.63 --address '121 N LaSalle St' --dry-run")]
pub(super) struct NewArgs {
    /// The service: its code, or its name
    #[arg(value_name = "CODE", add = complete::services())]
    code: String,
    /// What is the matter
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Where, as people say it
    #[arg(long, value_name = "TEXT")]
    address: Option<String>,
    /// Where, by the city's own id of the address
    #[arg(long, value_name = "ID")]
    address_id: Option<String>,
    /// Latitude in degrees: 41.88
    #[arg(long, value_name = "DEGREES", requires = "long", allow_hyphen_values = true, value_parser = latitude)]
    lat: Option<f64>,
    /// Longitude in degrees: -87.63
    #[arg(long, value_name = "DEGREES", requires = "lat", allow_hyphen_values = true, value_parser = longitude)]
    long: Option<f64>,
    /// An answer to a question of the service; once for each
    #[arg(long = "set", value_name = "CODE=VALUE")]
    answers: Vec<Set>,
    /// A picture to send along; several with several --photo. A Citytime portal keeps what it shows, and not what the
    /// camera wrote into it: place, time, owner. Other cities may keep that too, or take no pictures
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    photo: Vec<PathBuf>,
    /// The address of a picture on the web
    #[arg(long, value_name = "URL", value_hint = clap::ValueHint::Url, conflicts_with = "photo")]
    media_url: Option<String>,
    /// Your e-mail address, where the city may write to
    #[arg(long)]
    email: Option<String>,
    /// Your first name
    #[arg(long, value_name = "NAME")]
    first_name: Option<String>,
    /// Your last name
    #[arg(long, value_name = "NAME")]
    last_name: Option<String>,
    /// Your telephone number
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// File it even if an open request close by may be the same
    #[arg(long)]
    force: bool,
    /// Only show what would be filed
    #[arg(long, conflicts_with_all = ["wait", "wait_for"])]
    dry_run: bool,
    /// Where the city gives an id later: wait for it, for an hour unless --wait-for says otherwise
    #[arg(long)]
    wait: bool,
    /// Wait so long at most: 10m, 1h
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    wait_for: Option<Duration>,
}

pub(super) async fn run(context: &mut Context, args: NewArgs) -> Result<Outcome> {
    context.ui.check_columns(if args.dry_run { &FILING } else { &REQUEST })?;
    let patience = wait::patience(args.wait, args.wait_for);
    let photos = args.photo.clone();
    let bytes = photos.iter().map(|photo| open311::picture_size(photo)).sum::<Result<u64>>()?;
    let (dry_run, force) = (args.dry_run, args.force);
    let endpoint = context.endpoint(SeenAs::Resident).await?;
    let (service, definition) = services::find(&endpoint, &args.code).await?;
    let dated = definition.attributes.iter().any(|attribute| attribute.datatype == Datatype::Datetime);
    let clock = super::clock(context, &endpoint, dated).await?;
    let filing = filled(context, args, (&service, &definition), &clock)?;
    if dry_run {
        return Outcome::one(&FILING, &filing);
    }
    let key = match endpoint.counterpart() {
        Counterpart::Foreign => context.api_key().await?,
        Counterpart::Portal { .. } => None,
    };
    if let (Counterpart::Portal { .. }, false) = (endpoint.counterpart(), force) {
        let similar = similar(context, &filing).await?;
        if !similar.items.is_empty() {
            agree(context, &similar)?;
        }
    }
    let filed = {
        let label = if photos.len() == 1 { "sending a picture" } else { "sending pictures" };
        let progress = (!photos.is_empty()).then(|| context.ui.progress_in_bytes(label, Some(bytes)));
        let uploads =
            progress.iter().flat_map(|progress| photos.iter().map(|photo| Upload::new(photo, progress.counter())));
        endpoint.file(&filing, uploads.collect(), key.as_ref()).await?
    };
    if let (Counterpart::Foreign, false) = (endpoint.counterpart(), photos.is_empty()) {
        context.ui.note("not every city takes pictures: `citytime request status ID --columns media_url` tells whether this one did");
    }
    let request = followed(context, &endpoint, &service, filing, filed, patience).await?;
    super::warn(context, &endpoint);
    Outcome::one(&REQUEST, &request)
}

/// The request with its answers, description and place: those given, and on a terminal those asked for.
fn filled(
    context: &mut Context,
    args: NewArgs,
    (service, definition): (&Service, &Definition),
    clock: &Clock,
) -> Result<Filing> {
    let placed = args.address.is_some() || args.address_id.is_some() || args.lat.is_some();
    if !placed && !context.ui.is_interactive() {
        let failure = Failure::new(Code::InputNeeded, "an answer is needed (where it is), and nobody can be asked");
        return Err(failure.hint("give it with --address TEXT, or --lat and --long; some cities want all three"));
    }
    let attributes = questions::answers(context, definition, &args.answers, clock)?;
    let description = match args.description {
        Some(text) => Some(text),
        None if context.ui.is_interactive() => {
            let prompt = format!("What is the matter ({})", service.service_name);
            Some(context.ui.ask(&Question::new(&prompt, "--description").or(""))?)
        }
        None => None,
    };
    let address_string = match args.address {
        None if !placed => Some(context.ui.ask(&Question::new("Where (an address)", "--address"))?),
        address => address,
    };
    Ok(Filing {
        service_code: service.service_code.clone(),
        lat: args.lat,
        long: args.long,
        address_string,
        address_id: args.address_id,
        description: description.filter(|text| !text.trim().is_empty()),
        attributes,
        media_url: args.media_url,
        photos: args.photo.iter().map(|photo| photo.display().to_string()).collect(),
        email: args.email,
        first_name: args.first_name,
        last_name: args.last_name,
        phone: args.phone,
    })
}

/// Open requests at a Citytime portal that may be the same: for the same service, and close by.
async fn similar(context: &Context, filing: &Filing) -> Result<Similar> {
    let Some((lat, long)) = filing.lat.zip(filing.long) else { return Ok(Similar::default()) };
    let nearby = Nearby { service_code: filing.service_code.clone(), lat, long };
    context.public_portal()?.call(&SIMILAR, (), &nearby).await
}

/// Tells what is close by, and goes on only if the user wants to.
fn agree(context: &mut Context, similar: &Similar) -> Result<()> {
    for Neighbour { request, distance_m } in &similar.items {
        let said = request.description.as_deref().or(request.address.as_deref()).unwrap_or(&request.service_name);
        let filed = context.ui.local_time(request.requested_datetime);
        context.ui.note(format!("{}, {distance_m} m away, filed {filed}: {said}", request.service_request_id));
    }
    // Whoever is asked now must know which clocks these are.
    context.ui.tell_zone();
    let question = match similar.items.len() {
        1 => "This may be filed already; `citytime request follow` follows it. File another one?",
        _ => "This may be filed already; `citytime request follow` follows one. File another one?",
    };
    context.ui.confirm(question, "--force")
}

/// What was filed, as far as it is known: an id now, an id later, or none ever.
async fn followed(
    context: &mut Context,
    endpoint: &Endpoint,
    service: &Service,
    filing: Filing,
    mut filed: Filed,
    patience: Option<Duration>,
) -> Result<Request> {
    match (&filed.service_request_id, &filed.token, patience) {
        (None, Some(token), Some(limit)) => {
            let became = wait::for_id(context, endpoint, &token.clone(), limit).await?;
            filed.service_request_id = became.service_request_id;
        }
        (None, Some(token), None) => context
            .ui
            .note(format!("it was filed, and gets its id later: `citytime request status --token {token} --wait`")),
        (None, None, _) => context.ui.note("it was filed; this city gives no number to follow it by"),
        (Some(_), ..) => {}
    }
    let filed_as_sent = |filed: Filed| Request {
        token: filed.token.filter(|_| filed.service_request_id.is_none()),
        service_request_id: filed.service_request_id,
        service_name: Some(service.service_name.clone()),
        service_code: Some(service.service_code.clone()),
        description: filing.description,
        service_notice: filed.service_notice,
        address: filing.address_string,
        address_id: filing.address_id,
        lat: filing.lat,
        long: filing.long,
        media_url: filing.media_url,
        account_id: filed.account_id,
        ..Request::default()
    };
    // A city's own portal knows at once what it made of it; elsewhere a new request may not be shown for days.
    if let (Counterpart::Portal { .. }, Some(id)) = (endpoint.counterpart(), &filed.service_request_id)
        && let Ok(request) = endpoint.request(id).await
    {
        return Ok(request);
    }
    Ok(filed_as_sent(filed))
}

fn latitude(text: &str) -> Result<f64, String> {
    degrees(text, 90.0)
}

fn longitude(text: &str) -> Result<f64, String> {
    degrees(text, 180.0)
}

fn degrees(text: &str, limit: f64) -> Result<f64, String> {
    let degrees = text.trim().parse::<f64>().ok().filter(|degrees| degrees.abs() <= limit);
    degrees.ok_or_else(|| format!("`{text}` is no number of degrees from -{limit} to {limit}"))
}
