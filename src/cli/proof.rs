//! Sign in again: commands that only the owner of an account may run ask once more for the password, where the portal
//! wants it: at the terminal, or from stdin where `--password-stdin` says so.

use clap::Args;

use super::Context;
use crate::{
    api::{problem::Code, secret::Secret, sessions::Proof},
    failure::Result,
};

/// How a script shows again who it acts for.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct ProofArgs {
    /// Read your password, which is asked for again, from the first line of stdin
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

impl ProofArgs {
    /// Calls the portal with a proof, once it says that it needs one: until then nothing is asked, and what it would
    /// refuse anyhow is told first.
    pub(crate) async fn prove<T>(
        &self,
        context: &mut Context,
        call: impl AsyncFn(Option<Proof>) -> Result<T>,
    ) -> Result<T> {
        let password = self.password_stdin.then(|| context.ui.secret_from_stdin("--password-stdin")).transpose()?;
        prove_with(context, password, call).await
    }
}

/// The same with a password that is known already, or not.
pub(crate) async fn prove_with<T>(
    context: &mut Context,
    mut password: Option<Secret>,
    call: impl AsyncFn(Option<Proof>) -> Result<T>,
) -> Result<T> {
    loop {
        let proof = password.clone().map(|password| Proof { password });
        match call(proof).await {
            Err(failure) if failure.code == Code::ProofNeeded && password.is_none() => {
                password = Some(context.ui.ask_secret("Your password", "--password-stdin")?);
            }
            done => return done,
        }
    }
}
