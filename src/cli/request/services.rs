//! `citytime request services`: what can be requested, and what a service asks.

use clap::Args;
use serde::Serialize;

use crate::{
    api::{
        problem::Code,
        requests::{Attribute, Definition, Service},
    },
    cli::{Context, complete, context::SeenAs},
    client::open311::Endpoint,
    failure::{Failure, Result},
    nearest::nearest,
    ui::{Column, Outcome, Sheet},
};

/// Something that can be requested.
pub(crate) static SERVICE: Sheet = Sheet {
    noun: "service",
    when_empty: None,
    columns: &[
        Column::id("service_code").header("code"),
        Column::text("service_name").header("name"),
        Column::text("group").wide(),
        Column::yes_no("metadata").header("questions"),
        Column::text("description").wide(),
        Column::text("keywords").wide(),
        Column::status("type").asked(),
    ],
};

/// A service with its questions.
static DEFINITION: Sheet = Sheet {
    noun: "service",
    when_empty: None,
    columns: &[
        Column::id("service_code").header("code"),
        Column::text("service_name").header("name"),
        Column::text("description"),
        Column::text("group"),
        Column::text("keywords").wide(),
        Column::status("type"),
        Column::yes_no("metadata").header("questions"),
        Column::list("attributes").asked(),
    ],
};

/// A question of a service.
static QUESTION: Sheet = Sheet {
    noun: "question",
    when_empty: None,
    columns: &[
        Column::id("code"),
        Column::text("description").header("question"),
        Column::status("datatype").header("answer"),
        Column::yes_no("required"),
        Column::list("values").wide(),
        Column::text("datatype_description").header("how").wide(),
    ],
};

/// A service with its questions, as printed.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    service: &'a Service,
    attributes: &'a [Attribute],
}

/// List what can be requested, or show one service with its questions
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime request services
  citytime request services pothole
  citytime request services -c chicago --jq '.[] | select(.group == \"Streets\").service_code'")]
pub(super) struct ServicesArgs {
    /// The service whose questions to show
    #[arg(value_name = "CODE", add = complete::services())]
    code: Option<String>,
}

pub(super) async fn run(context: &mut Context, args: ServicesArgs) -> Result<Outcome> {
    context.ui.check_columns(if args.code.is_some() { &DEFINITION } else { &SERVICE })?;
    let endpoint = context.endpoint(SeenAs::Anyone).await?;
    let outcome = match args.code {
        None => Outcome::many(&SERVICE, &endpoint.services().await?)?,
        Some(code) => {
            let (service, definition) = find(&endpoint, &code).await?;
            let shown = Shown { service: &service, attributes: &definition.attributes };
            let one = Outcome::one(&DEFINITION, &shown)?;
            context.ui.with_below(one, &QUESTION, &definition.attributes)?
        }
    };
    super::warn(context, &endpoint);
    Ok(outcome)
}

/// The service of that code (or name), and its questions: none where it has none.
pub(super) async fn find(endpoint: &Endpoint, code: &str) -> Result<(Service, Definition)> {
    let services = endpoint.services().await?;
    let exact = services.iter().find(|service| service.service_code == code);
    let named = || {
        let is_it = |text: &str| text.trim().to_lowercase() == code.trim().to_lowercase();
        let mut alike = services.iter().filter(|service| is_it(&service.service_code) || is_it(&service.service_name));
        // Two of one name are told apart by their code alone.
        alike.next().filter(|_| alike.next().is_none())
    };
    let Some(service) = exact.or_else(named) else {
        let mut failure = Failure::new(Code::NotFound, format!("there is no service `{code}`"));
        failure.subject = Some(code.to_owned());
        let codes = services.iter().map(|service| service.service_code.as_str());
        let names = services.iter().map(|service| service.service_name.as_str());
        let near = nearest(code, codes).or_else(|| {
            let near = nearest(code, names)?;
            services.iter().find(|service| service.service_name == near).map(|service| service.service_code.as_str())
        });
        return Err(match near {
            Some(near) => failure.hint(format!("did you mean `{near}`? `citytime request services` shows them all")),
            None => failure.hint("`citytime request services` shows them all"),
        });
    };
    let none = Definition { service_code: service.service_code.clone(), attributes: Vec::new() };
    let definition = if service.metadata {
        match endpoint.definition(&service.service_code).await {
            // Some say that there are questions where there are none.
            Err(failure) if failure.code == Code::NotFound => none,
            definition => definition?,
        }
    } else {
        none
    };
    Ok((service.clone(), definition))
}
