//! `citytime request comment`, `follow` and `unfollow`: what a Citytime portal knows beyond Open311.

use clap::Args;

use super::REQUEST;
use crate::{
    api::{
        casework::{COMMENT, Comment, FOLLOW, UNFOLLOW},
        endpoint::Empty,
        id::RequestId,
    },
    cli::Context,
    failure::Result,
    ui::Outcome,
};

/// Comment on a request; on one of yours that was closed a short time ago it opens it again
///
/// At a Citytime portal only: Open311 knows no comments.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime request comment REQ-7K3Q9XM2 \"It is still there.\"")]
pub(super) struct CommentArgs {
    /// The request (REQ-…)
    id: RequestId,
    /// What to say
    text: String,
}

/// Follow a request: you are told what becomes of it
///
/// At a Citytime portal only. Whoever files a request follows it.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime request follow REQ-7K3Q9XM2")]
pub(super) struct FollowArgs {
    /// The request (REQ-…)
    id: RequestId,
}

/// Stop following a request
///
/// At a Citytime portal only.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime request unfollow REQ-7K3Q9XM2")]
pub(super) struct UnfollowArgs {
    /// The request (REQ-…)
    id: RequestId,
}

pub(super) async fn comment(context: &mut Context, args: CommentArgs) -> Result<Outcome> {
    context.ui.check_columns(&REQUEST)?;
    let request = context.portal().await?.call(&COMMENT, args.id, &Comment { text: args.text }).await?;
    Outcome::one(&REQUEST, &request)
}

pub(super) async fn follow(context: &mut Context, args: FollowArgs) -> Result<Outcome> {
    context.ui.check_columns(&REQUEST)?;
    let request = context.portal().await?.call(&FOLLOW, args.id, &Empty {}).await?;
    Outcome::one(&REQUEST, &request)
}

pub(super) async fn unfollow(context: &mut Context, args: UnfollowArgs) -> Result<Outcome> {
    context.ui.check_columns(&REQUEST)?;
    let request = context.portal().await?.call(&UNFOLLOW, args.id, &Empty {}).await?;
    Outcome::one(&REQUEST, &request)
}
