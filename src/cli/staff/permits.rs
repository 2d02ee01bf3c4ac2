//! `citytime staff permits`: the applications clerks decide.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::{
    api::{
        endpoint::{Empty, Slug},
        id::PermitId,
        permits::{
            ASK, ASSIGN, Assignment, CASE, CASE_DOCUMENT, CASES, CaseQuery, DECIDE, Decision, ISSUE, Inquiry,
            PermitStatus, Remark, Verdict,
        },
    },
    cli::{Context, list, permit, words},
    failure::Result,
    number,
    ui::{Outcome, Question},
};

/// Applications for permits: the queue, questions, decisions
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff permits list
  citytime staff permits ask PRM-7K3Q9XM2 --note \"Which garage stays open?\"
  citytime staff permits decide PRM-7K3Q9XM2 approve
  citytime staff permits issue PRM-7K3Q9XM2")]
pub(super) struct PermitsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// List what there is something to do for, the longest submitted first
    #[command(
        after_help = "Examples:\n  citytime staff permits list --assignee me\n  citytime staff permits list --status info_requested"
    )]
    List {
        /// Those that stand here instead
        #[arg(long, value_parser = words::of::<PermitStatus>())]
        status: Option<PermitStatus>,
        /// Only of this type
        #[arg(long = "type", value_name = "TYPE")]
        kind: Option<String>,
        /// Only those this clerk looks after; me is you
        #[arg(long, value_name = "CLERK")]
        assignee: Option<String>,
        #[command(flatten)]
        limit: list::Limit,
    },
    /// Show an application
    #[command(after_help = "Example:\n  citytime staff permits show PRM-7K3Q9XM2 -o json")]
    Show {
        /// The application (PRM-…)
        id: PermitId,
    },
    /// Download a document of an application
    #[command(after_help = "Example:\n  citytime staff permits document PRM-7K3Q9XM2 site_plan --out plan.pdf")]
    Document {
        /// The application (PRM-…)
        id: PermitId,
        /// Which document
        document: Slug,
        /// Where to write it; - is stdout
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Say who looks after an application: you, unless --to names another
    #[command(after_help = "Example:\n  citytime staff permits assign PRM-7K3Q9XM2 --to nadia")]
    Assign {
        /// The application (PRM-…)
        id: PermitId,
        /// Another clerk
        #[arg(long, value_name = "CLERK")]
        to: Option<String>,
    },
    /// Ask the applicant for something; the working days stop until it is answered
    #[command(after_help = "Example:\n  citytime staff permits ask PRM-7K3Q9XM2 --note \"Which garage stays open?\"")]
    Ask {
        /// The application (PRM-…)
        id: PermitId,
        /// What is asked
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// Approve or deny an application, for good
    ///
    /// On a terminal you are asked first; scripts agree with --yes.
    #[command(after_help = "Examples:
  citytime staff permits decide PRM-7K3Q9XM2 deny --reason \"The street is a bus route\"
  citytime staff permits decide PRM-7K3Q9XM2 approve --yes")]
    Decide {
        /// The application (PRM-…)
        id: PermitId,
        /// What is decided
        #[arg(value_parser = words::of::<Decision>())]
        decision: Decision,
        /// Why; a denial needs it
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Only if it is still this version
        #[arg(long, value_name = "VERSION", allow_negative_numbers = true, value_parser = number::within::<i64, _>(1..))]
        version: Option<i64>,
    },
    /// Issue an approved permit
    ///
    /// On a terminal you are asked first; scripts agree with --yes.
    #[command(after_help = "Examples:
  citytime staff permits issue PRM-7K3Q9XM2 --note \"120 cm stay free\"
  citytime staff permits issue PRM-7K3Q9XM2 --note \"120 cm stay free\" --yes")]
    Issue {
        /// The application (PRM-…)
        id: PermitId,
        /// Conditions, printed on the permit
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
}

pub(super) async fn run(context: &mut Context, args: PermitsArgs) -> Result<Outcome> {
    let portal = context.portal().await?;
    if !matches!(args.verb, Verb::Document { .. }) {
        context.ui.check_columns(&permit::PERMIT)?;
    }
    let permit = match args.verb {
        Verb::List { status, kind, assignee, limit } => {
            let query = CaseQuery { status, kind, assignee, ..CaseQuery::default() };
            return list::print(context, &permit::PERMIT, &CASES, query, limit).await;
        }
        Verb::Document { id, document, out } => {
            let file = portal.download(&CASE_DOCUMENT, (id, document), &Empty {}).await?;
            return permit::save(context, file, &out).await;
        }
        Verb::Show { id } => portal.call(&CASE, id, &Empty {}).await?,
        Verb::Assign { id, to } => portal.call(&ASSIGN, id, &Assignment { to }).await?,
        Verb::Ask { id, note } => {
            let note = match note {
                Some(note) => note,
                None => context.ui.ask(&Question::new("What is asked", "--note"))?,
            };
            portal.call(&ASK, id, &Inquiry { note }).await?
        }
        Verb::Decide { id, decision, reason, version } => {
            let reason = match (decision, reason) {
                (Decision::Deny, None) => Some(context.ui.ask(&Question::new("Why", "--reason"))?),
                (_, reason) => reason,
            };
            let verdict = if decision == Decision::Deny { "Deny" } else { "Approve" };
            context.agree(&format!("{verdict} {id}? It stays so, and the applicant is told."))?;
            portal.call(&DECIDE, id, &Verdict { decision, reason, version }).await?
        }
        Verb::Issue { id, note } => {
            context.agree(&format!("Issue {id}? It cannot be taken back."))?;
            portal.call(&ISSUE, id, &Remark { note }).await?
        }
    };
    Outcome::one(&permit::PERMIT, &permit)
}
