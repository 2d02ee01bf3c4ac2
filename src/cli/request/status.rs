//! `citytime request status`: one request, and waiting for its end.

use std::time::Duration;

use clap::Args;

use super::{REQUEST, wait};
use crate::{
    api::requests::{Request, RequestStatus},
    cli::{Context, context::SeenAs},
    failure::Result,
    settings::duration,
    ui::{Column, Outcome, Sheet},
};

/// What happened to a request.
static EVENT: Sheet = Sheet {
    noun: "event",
    when_empty: None,
    columns: &[Column::time("at"), Column::status("status"), Column::text("note"), Column::text("by").wide()],
};

/// Show a request and what happened to it
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime request status REQ-7K3Q9XM2
  citytime request status SR26-01234567 -c chicago --wait --wait-for 12h
  citytime request status --token 4f1c2a --wait")]
pub(super) struct StatusArgs {
    /// The request, as the city names it
    id: String,
    /// What is given is the token the city answered with, instead of an id
    #[arg(long)]
    token: bool,
    /// Wait until it is closed (with --token: until it has an id), for an hour unless --wait-for says otherwise
    #[arg(long)]
    wait: bool,
    /// Wait so long at most: 10m, 12h
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    wait_for: Option<Duration>,
}

pub(super) async fn run(context: &mut Context, args: StatusArgs) -> Result<Outcome> {
    context.ui.check_columns(&REQUEST)?;
    let patience = wait::patience(args.wait, args.wait_for);
    let endpoint = context.endpoint(SeenAs::Resident).await?;
    let request = if args.token {
        let filed = match patience {
            Some(limit) => Some(wait::for_id(context, &endpoint, &args.id, limit).await?),
            None => endpoint.token(&args.id).await?,
        };
        match filed.and_then(|filed| filed.service_request_id) {
            Some(id) => endpoint.request(&id).await?,
            None => {
                context.ui.note("the city has not given it an id yet; --wait waits for it");
                Request { token: Some(args.id), ..Request::default() }
            }
        }
    } else {
        let request = endpoint.request(&args.id).await?;
        match patience {
            Some(limit) if request.status != Some(RequestStatus::Closed) => {
                wait::until_closed(context, &endpoint, &args.id, limit).await?
            }
            _ => request,
        }
    };
    super::warn(context, &endpoint);
    let one = Outcome::one(&REQUEST, &request)?;
    context.ui.with_below(one, &EVENT, request.timeline.as_deref().unwrap_or_default())
}
