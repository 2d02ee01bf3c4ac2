//! `citytime request`: service requests, at a Citytime portal and at any city that speaks Open311.
//!
//! - `services`: what can be requested; `new`: filing; `questions`: a service's own questions
//! - `list`, `status`: requests that were filed; `wait`: until something becomes of them
//! - `follow`: comments and followers, at a Citytime portal
//!
//! To add a verb: a file with its `…Args` and `run`, and a line in `verbs!`.

mod follow;
mod list;
mod new;
mod questions;
pub(super) mod services;
mod status;
mod wait;

use clap::{Args, Subcommand};

use super::Context;
use crate::{
    client::open311::{Counterpart, Endpoint},
    failure::Result,
    ui::{Clock, Column, Outcome, Sheet},
};

/// A service request.
pub(crate) static REQUEST: Sheet = Sheet {
    noun: "request",
    when_empty: None,
    columns: &[
        Column::id("service_request_id").header("id"),
        Column::status("status"),
        Column::text("service_name").header("service"),
        Column::text("address"),
        Column::time("requested_datetime").header("requested"),
        Column::time("updated_datetime").header("updated").wide(),
        Column::time("expected_datetime").header("expected").wide(),
        Column::text("description").wide(),
        Column::text("status_notes").wide(),
        Column::text("agency_responsible").header("agency").wide(),
        Column::text("service_notice").header("notice").wide(),
        Column::text("token").wide(),
        Column::text("status_word").asked(),
        Column::id("service_code").asked(),
        Column::number("lat").asked(),
        Column::number("long").asked(),
        Column::text("address_id").asked(),
        Column::text("zipcode").asked(),
        Column::text("media_url").asked(),
        Column::text("account_id").asked(),
        Column::text("attributes").asked(),
        Column::list("timeline").asked(),
    ],
};

/// Service requests: what can be requested, filing, and what became of it
///
/// Works at a Citytime portal and at every city with an Open311 endpoint: `citytime city search` knows many.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime request services
  citytime request new pothole --address '12 Mill Street' --description 'Deep, by the crossing'
  citytime request list --status open")]
pub(crate) struct RequestArgs {
    #[command(subcommand)]
    verb: Verb,
}

/// Declares the verbs: what is parsed for each, and what runs it.
macro_rules! verbs {
    ($($verb:ident($args:ty) => $run:path;)+) => {
        #[derive(Subcommand, Debug)]
        enum Verb { $($verb($args)),+ }

        pub(crate) async fn run(context: &mut Context, args: RequestArgs) -> Result<Outcome> {
            match args.verb { $(Verb::$verb(args) => $run(context, args).await),+ }
        }
    };
}

verbs! {
    Services(services::ServicesArgs) => services::run;
    New(new::NewArgs) => new::run;
    List(list::ListArgs) => list::run;
    Status(status::StatusArgs) => status::run;
    Comment(follow::CommentArgs) => follow::comment;
    Follow(follow::FollowArgs) => follow::follow;
    Unfollow(follow::UnfollowArgs) => follow::unfollow;
}

/// On which clock times are read: the city's, where it tells its zone and there is a time to read; else the terminal's.
async fn clock(context: &mut Context, endpoint: &Endpoint, dated: bool) -> Result<Clock> {
    match endpoint.counterpart() {
        Counterpart::Portal { .. } if dated => context.city_clock().await,
        _ => Ok(context.ui.clock()),
    }
}

/// Warns of what was doubtful in a city's answers.
fn warn(context: &mut Context, endpoint: &Endpoint) {
    for doubt in endpoint.doubts() {
        context.ui.warn(doubt);
    }
}
