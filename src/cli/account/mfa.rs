//! `citytime account mfa`: the second factor: an authenticator app's codes, and codes for when it is lost.

use clap::{Args, Subcommand};

use crate::{
    api::{
        endpoint::Empty,
        mfa::{BEGIN, CODES, CONFIRM, DISABLE, MfaChange, MfaConfirmation, MfaSecret, RecoveryCodes, SHOW},
        problem::Code,
        secret::Secret,
    },
    cli::{
        Context,
        proof::{ProofArgs, code},
    },
    failure::Result,
    ui::{Column, Outcome, Question, Sheet},
};

/// The second factor.
static MFA: Sheet = Sheet {
    noun: "second factor",
    columns: &[Column::status("status"), Column::time("enabled_at"), Column::number("recovery_codes_left")],
    when_empty: None,
};

/// A secret that waits for its first code.
static SECRET: Sheet = Sheet {
    noun: "second factor",
    columns: &[Column::status("status"), Column::text("secret"), Column::text("uri"), Column::time("expires_at")],
    when_empty: None,
};

/// Recovery codes, told once.
static RECOVERY: Sheet = Sheet {
    noun: "second factor",
    columns: &[Column::status("status"), Column::time("enabled_at"), Column::list("recovery_codes")],
    when_empty: None,
};

/// The second factor: a code of an app on your phone, beside the password
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account mfa enable
  citytime account mfa show")]
pub(super) struct MfaArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    #[command(alias = "status")]
    Show(ShowArgs),
    Enable(EnableArgs),
    Codes(CodesArgs),
    Disable(DisableArgs),
}

/// Show whether there is a second factor, and how many recovery codes are left
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime account mfa show")]
struct ShowArgs {}

/// Turn the second factor on: every sign-in needs a code from then on
///
/// Shows a QR code for an authenticator app, and the secret as text; asks for one code of it before it counts, and then
/// shows ten recovery codes, this once. Every other session ends. A script does it in two steps: without --code it is
/// given the secret, with --code it turns it on.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account mfa enable
  citytime account mfa enable --password-stdin --jq .secret < password.txt > secret
  citytime account mfa enable --code \"$(oathtool --totp -b - < secret)\" --jq '.recovery_codes[]'")]
struct EnableArgs {
    /// Read your password, which is asked for again, from the first line of stdin
    #[arg(long, conflicts_with = "code")]
    password_stdin: bool,
    /// Turn on what was begun before, with a code of the app
    #[arg(long, value_name = "CODE", value_parser = code)]
    code: Option<Secret>,
}

/// Make ten new recovery codes; the earlier ones are worth nothing from then on
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime account mfa codes")]
struct CodesArgs {
    #[command(flatten)]
    proof: ProofArgs,
}

/// Turn the second factor off: the password opens the account alone
///
/// Asks for the password and for a code: of the app, or where that is lost a recovery code.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account mfa disable
  citytime account mfa disable --password-stdin --code 7K3Q-9XM2-41BC-0DQF-W8HT-2R6N < password.txt")]
struct DisableArgs {
    #[command(flatten)]
    proof: ProofArgs,
}

pub(super) async fn run(context: &mut Context, args: MfaArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Show(ShowArgs {}) => Outcome::one(&MFA, &context.portal().await?.call(&SHOW, (), &Empty {}).await?),
        Verb::Enable(args) => enable(context, args).await,
        Verb::Codes(args) => {
            context.ui.check_columns(&RECOVERY)?;
            let portal = context.portal().await?;
            let make = async |proof| portal.call(&CODES, (), &MfaChange { proof }).await;
            let codes = args.proof.prove(context, make).await?;
            told(context, &codes)
        }
        Verb::Disable(args) => {
            context.ui.check_columns(&MFA)?;
            let portal = context.portal().await?;
            let disable = async |proof| portal.call(&DISABLE, (), &MfaChange { proof }).await;
            Outcome::one(&MFA, &args.proof.prove(context, disable).await?)
        }
    }
}

async fn enable(context: &mut Context, args: EnableArgs) -> Result<Outcome> {
    let portal = context.portal().await?;
    let confirm = async |code| portal.call(&CONFIRM, (), &MfaConfirmation { code }).await;
    if let Some(code) = args.code {
        context.ui.check_columns(&RECOVERY)?;
        let codes = confirm(code).await?;
        return told(context, &codes);
    }
    // What is printed in the end is the one or the other: the secret where nobody can be asked for a code.
    context.ui.check_columns(if context.ui.is_interactive() { &RECOVERY } else { &SECRET })?;
    let begin = async |proof| portal.call(&BEGIN, (), &MfaChange { proof }).await;
    let proof = ProofArgs { password_stdin: args.password_stdin, code: None };
    let secret: MfaSecret = proof.prove(context, begin).await?;
    if !context.ui.is_interactive() {
        context.ui.note("It counts once a code of it was shown: citytime account mfa enable --code CODE");
        return Outcome::one(&SECRET, &secret);
    }
    context.ui.show_qr(secret.uri.expose());
    context.ui.tell(&format!(
        "Scan this with an authenticator app, or type its secret into it:\n  {}\n  {}",
        in_groups(secret.secret.expose()),
        secret.uri.expose(),
    ));
    loop {
        let typed = context.ui.ask(&Question::new("Code of the app", "--code"))?;
        match confirm(Secret::new(typed)).await {
            Err(failure) if failure.code == Code::BadCode => {
                context.ui.tell("  the code is wrong: type the six digits the app shows now");
            }
            done => return told(context, &done?),
        }
    }
}

fn told(context: &mut Context, codes: &RecoveryCodes) -> Result<Outcome> {
    context
        .ui
        .note("Keep the recovery codes apart from the app: each opens the account once, and they are not shown again.");
    Outcome::one(&RECOVERY, codes)
}

/// A secret as it is easily typed.
fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
