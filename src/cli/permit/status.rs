//! `permit status`: what happened, what happens next by when, and waiting for it.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use clap::Args;

use super::{PERMIT, complete};
use crate::{
    api::{
        endpoint::Empty,
        id::PermitId,
        permits::{Permit, PermitStatus, SHOW},
        problem::Code,
        word::{UnknownWord, Word},
    },
    cli::Context,
    failure::{Failure, Result},
    settings::duration,
    ui::{Column, Outcome, Sheet},
};

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);
/// How long is waited unless said.
const PATIENCE: &str = "10m";

/// What happened to an application.
static STEP: Sheet = Sheet {
    noun: "step",
    when_empty: None,
    columns: &[Column::time("at"), Column::status("status"), Column::text("note"), Column::text("by").wide()],
};

/// Show where an application stands: what happened, and what happens next by when
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime permit status PRM-7K3Q9XM2
  citytime permit status PRM-7K3Q9XM2 --jq '.timeline[] | \"\\(.at) \\(.status)\"'
  citytime permit status PRM-7K3Q9XM2 --wait=issued --wait-for 2h")]
pub(super) struct StatusArgs {
    /// The application (PRM-…)
    #[arg(add = complete::permits())]
    id: PermitId,
    /// Wait until it is decided, or until it stands here: --wait=issued
    #[arg(long, value_name = "STATE", num_args = 0..=1, require_equals = true, default_missing_value = "decided", value_parser = until)]
    wait: Option<Until>,
    /// Wait so long at most: 10m, 1h
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    wait_for: Option<Duration>,
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// Any decision, or another end.
    Decided,
    /// This.
    Status(PermitStatus),
}

impl Until {
    fn came(self, status: PermitStatus) -> bool {
        match self {
            Self::Decided => status.is_final() || status == PermitStatus::Approved,
            Self::Status(wanted) => status == wanted,
        }
    }
}

impl std::fmt::Display for Until {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Decided => f.write_str("decided"),
            Self::Status(status) => f.write_str(status.as_str()),
        }
    }
}

fn until(word: &str) -> Result<Until, UnknownWord> {
    if word == "decided" { Ok(Until::Decided) } else { word.parse().map(Until::Status) }
}

pub(super) async fn run(context: &mut Context, args: StatusArgs) -> Result<Outcome> {
    context.ui.check_columns(&PERMIT)?;
    let wanted = args.wait.or(args.wait_for.map(|_| Until::Decided));
    let portal = context.portal().await?;
    let permit = portal.call(&SHOW, args.id, &Empty {}).await?;
    let permit = match wanted {
        None => permit,
        Some(wanted) => {
            let limit = args.wait_for.map_or_else(|| duration::parse(PATIENCE).map_err(Failure::bug), Ok)?;
            wait(context, permit, wanted, limit).await?
        }
    };
    let one = Outcome::one(&PERMIT, &permit)?;
    context.ui.with_below(one, &STEP, &permit.timeline)
}

/// Asks until the application stands where it is wanted. One that ended elsewhere never will.
async fn wait(context: &mut Context, permit: Permit, wanted: Until, limit: Duration) -> Result<Permit> {
    let id = permit.id;
    let portal = context.portal().await?;
    let _progress = context.ui.progress(&format!("waiting for {id} to be {wanted}"), None);
    let asking = async {
        let pauses = ExponentialBuilder::new().with_min_delay(FIRST_PAUSE).with_max_delay(LONGEST_PAUSE);
        let mut permit = permit;
        for pause in pauses.without_max_times().build() {
            if wanted.came(permit.status) || permit.status.is_final() {
                break;
            }
            tokio::time::sleep(pause).await;
            permit = portal.call(&SHOW, id, &Empty {}).await?;
        }
        Ok::<_, Failure>(permit)
    };
    let about = |mut failure: Failure| {
        failure.subject = Some(id.to_string());
        failure
    };
    match tokio::time::timeout(limit, asking).await {
        Err(_) => {
            let failure = Failure::new(Code::StillPending, format!("{id} is not {wanted} yet"));
            Err(about(failure.hint(format!("it goes on by itself; look again: citytime permit status {id}"))))
        }
        Ok(permit) => {
            let permit = permit?;
            if wanted.came(permit.status) {
                return Ok(permit);
            }
            let failure = Failure::new(Code::Conflict, format!("{id} is {}: it will not be {wanted}", permit.status));
            Err(about(failure.hint(format!("its timeline tells why: citytime permit status {id}"))))
        }
    }
}
