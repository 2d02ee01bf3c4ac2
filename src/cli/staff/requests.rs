//! `citytime staff requests`: what clerks do with service requests.

use clap::{Args, Subcommand};

use crate::{
    api::{
        casework::{
            ASSIGN, Assign, CLOSE, CaseQuery, Close, DUPLICATE, DuplicateOf, NOTE, Note, NoteAudience, REOPEN, Reason,
            Reopen, STAFF_LIST, STAFF_SHOW, Stage,
        },
        endpoint::Empty,
        id::RequestId,
        requests::RequestStatus,
    },
    cli::{Context, list, words::of},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A service request as clerks see it.
pub(crate) static CASE: Sheet = Sheet {
    noun: "service request",
    when_empty: None,
    columns: &[
        Column::id("service_request_id").header("id"),
        Column::text("service_code").header("service"),
        Column::status("status").first(),
        Column::status("stage"),
        Column::text("assignee"),
        Column::time("expected_datetime").header("expected"),
        Column::text("address").wide(),
        Column::text("description").wide(),
        Column::text("department").asked(),
        Column::time("requested_datetime").header("requested").asked(),
        Column::time("updated_datetime").header("updated").asked(),
        Column::text("service_name").asked(),
        Column::text("status_notes").asked(),
        Column::status("reason").asked(),
        Column::id("duplicate_of").asked(),
        Column::yes_no("private").asked(),
        Column::number("followers").asked(),
        Column::text("reporter.username").asked(),
        Column::text("reporter.name").asked(),
        Column::text("reporter.email").asked(),
        Column::text("reporter.phone").asked(),
        Column::number("lat").asked(),
        Column::number("long").asked(),
    ],
};

/// Service requests: list, assign, note, close, reopen, tell duplicates
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff requests list --status open --assignee none
  citytime staff requests assign REQ-7K3Q9XM2 --to nadia
  citytime staff requests close REQ-7K3Q9XM2 --reason fixed --note \"Patched on Tuesday.\"")]
pub(super) struct RequestsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Show(ShowArgs),
    Assign(AssignArgs),
    Note(NoteArgs),
    Close(CloseArgs),
    Reopen(ReopenArgs),
    Duplicate(DuplicateArgs),
}

/// List service requests, the newest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff requests list --overdue
  citytime staff requests list --service pothole --status open -o ids")]
struct ListArgs {
    /// Only open ones, or only closed ones
    #[arg(long, value_parser = of::<RequestStatus>())]
    status: Option<RequestStatus>,
    /// Only this service
    #[arg(long, value_name = "CODE")]
    service: Option<String>,
    /// Only this department
    #[arg(long, value_name = "ID")]
    department: Option<String>,
    /// Only those of this clerk; none for those nobody has
    #[arg(long, value_name = "USERNAME")]
    assignee: Option<String>,
    /// Only open ones past what was promised
    #[arg(long, conflicts_with = "status")]
    overdue: bool,
    #[command(flatten)]
    limit: list::Limit,
}

/// Show a service request with who filed it and every note
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime staff requests show REQ-7K3Q9XM2 -o json")]
struct ShowArgs {
    /// The request (REQ-…)
    id: RequestId,
}

/// Give a service request to a clerk, to a department, or both
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff requests assign REQ-7K3Q9XM2 --to nadia
  citytime staff requests assign REQ-7K3Q9XM2 --department water")]
struct AssignArgs {
    /// The request (REQ-…)
    id: RequestId,
    /// The clerk, by username
    #[arg(long, value_name = "USERNAME", required_unless_present = "department")]
    to: Option<String>,
    /// The department, by its id
    #[arg(long, value_name = "ID")]
    department: Option<String>,
}

/// Note something on a service request, for clerks or for everybody
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff requests note REQ-7K3Q9XM2 \"Gas main below.\" --internal
  citytime staff requests note REQ-7K3Q9XM2 \"A crew comes on Friday.\" --public --status action_scheduled")]
struct NoteArgs {
    /// The request (REQ-…)
    id: RequestId,
    /// What to say
    text: String,
    /// Clerks alone read it
    #[arg(long, required_unless_present = "public", conflicts_with = "public")]
    internal: bool,
    /// Everybody who may read the request reads it
    #[arg(long)]
    public: bool,
    /// Where the request stands now
    #[arg(long, value_parser = of::<Stage>())]
    status: Option<Stage>,
}

/// Close a service request, with a reason the public reads
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime staff requests close REQ-7K3Q9XM2 --reason fixed")]
struct CloseArgs {
    /// The request (REQ-…)
    id: RequestId,
    /// Why
    #[arg(long, value_parser = of::<Reason>())]
    reason: Reason,
    /// What the public reads beside the reason
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Open a service request again that was closed a short time ago
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime staff requests reopen REQ-7K3Q9XM2 --note \"The patch did not hold.\"")]
struct ReopenArgs {
    /// The request (REQ-…)
    id: RequestId,
    /// What the public reads
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Tell that a service request is the same as another one, whose state it shares from then on
///
/// On a terminal you are asked first; scripts agree with --yes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff requests duplicate REQ-7K3Q9XM2 REQ-0H3K9M2V
  citytime staff requests duplicate REQ-7K3Q9XM2 REQ-0H3K9M2V --yes")]
struct DuplicateArgs {
    /// The request (REQ-…)
    id: RequestId,
    /// The one it is the same as (REQ-…)
    of: RequestId,
}

pub(super) async fn run(context: &mut Context, args: RequestsArgs) -> Result<Outcome> {
    context.ui.check_columns(&CASE)?;
    let case = match args.verb {
        Verb::List(args) => {
            let query = CaseQuery {
                status: args.status,
                service_code: args.service,
                department: args.department,
                assignee: args.assignee,
                overdue: args.overdue.then_some(true),
                ..CaseQuery::default()
            };
            return list::print(context, &CASE, &STAFF_LIST, query, args.limit).await;
        }
        Verb::Show(args) => context.portal().await?.call(&STAFF_SHOW, args.id, &Empty {}).await?,
        Verb::Assign(args) => {
            let assign = Assign { to: args.to, department: args.department };
            context.portal().await?.call(&ASSIGN, args.id, &assign).await?
        }
        Verb::Note(args) => {
            let audience = if args.internal { NoteAudience::Internal } else { NoteAudience::Public };
            let note = Note { text: args.text, audience, status: args.status };
            context.portal().await?.call(&NOTE, args.id, &note).await?
        }
        Verb::Close(args) => {
            let close = Close { reason: args.reason, note: args.note };
            context.portal().await?.call(&CLOSE, args.id, &close).await?
        }
        Verb::Reopen(args) => context.portal().await?.call(&REOPEN, args.id, &Reopen { note: args.note }).await?,
        Verb::Duplicate(args) => {
            context.agree(&format!(
                "Tell that {} is the same as {}? It has no state of its own then.",
                args.id, args.of
            ))?;
            context.portal().await?.call(&DUPLICATE, args.id, &DuplicateOf { of: args.of }).await?
        }
    };
    Outcome::one(&CASE, &case)
}
