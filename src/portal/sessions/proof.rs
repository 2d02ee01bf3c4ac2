//! Sign in again: whoever is signed in shows once more who they are, before what only the owner may do.
//!
//! An operation has `proof: Option<Proof>` in its input and [`ProofNeeded`](Code::ProofNeeded),
//! [`BadCredentials`](Code::BadCredentials) and [`RateLimited`](Code::RateLimited) among its errors; its handler says
//! `proof::demand(&context, input.proof.as_ref()).await?` once the rest of the input is sound. The command line asks
//! for the password when it is told that a proof is needed (`cli::proof`).

use super::door::{self, Knock};
use crate::{
    api::{
        problem::{Code, Problem},
        sessions::Proof,
    },
    portal::{
        error::{Error, Result},
        web::{
            context::Context,
            grant::{Caller, Grant},
        },
    },
};

/// Holds a proof against the account of whoever calls: limited as any sign-in, at the cost of one verification.
pub(crate) async fn demand<A: Grant<Who = Caller>>(context: &Context<A>, proof: Option<&Proof>) -> Result<()> {
    let Some(proof) = proof else {
        let problem = Problem::new(Code::ProofNeeded, "this is done only by whoever gives the password again")
            .hint("give it with --password-stdin");
        return Err(problem.into());
    };
    let (username, password) = (context.who.username.clone(), proof.password.clone());
    let (source, now, cause) = (context.source, context.now, context.cause.clone());
    let knock = Knock { username, password, source, now, cause };
    let opened = door::open(&context.portal, knock).await.map_err(|error| match error.problem.code {
        Code::BadCredentials => wrong(),
        _ => error,
    })?;
    #[expect(clippy::disallowed_methods, reason = "what was proven is done in a unit of its own, which leaves the row")]
    let settle = context.portal.store().write(opened.attempt, |tx, attempt| Box::pin(attempt.right(tx)));
    settle.await
}

fn wrong() -> Error {
    Problem::new(Code::BadCredentials, "the password is wrong")
        .hint("it is the one you sign in with; nothing was changed")
        .into()
}
