//! `citytime sandbox`: a made-up city to try things on, alone or around a command.

use std::{ffi::OsString, os::unix::process::ExitStatusExt, path::Path, process::ExitStatus};

use clap::Args;
use serde::Serialize;

use super::{Context, portal::told_to_end};
use crate::{
    api::problem::Code,
    failure::{Failure, Result},
    number,
    portal::{
        sandbox::{self, CLERK, PASSWORD, RESIDENT, Sandbox, Wish},
        store::{DatabaseUrl, InvalidDatabaseUrl},
    },
    settings::environment::{self, CITY, CONFIG_DIR, SANDBOX_MAIL, SANDBOX_PASSWORD, STAFF_TOKEN, TOKEN, TOKEN_FILE},
    ui::{Column, Outcome, Sheet},
};

static SANDBOX: Sheet = Sheet {
    noun: "sandbox",
    columns: &[
        Column::text("url"),
        Column::text("username"),
        Column::text("password"),
        Column::text("clerk"),
        Column::text("token").asked(),
        Column::text("clerk_token").asked(),
        Column::text("mail").asked(),
    ],
    when_empty: None,
};

/// Try a made-up city on this machine: serve it, or run a command against it
///
/// The command sees CITYTIME_CITY, CITYTIME_TOKEN (rosa's), CITYTIME_SANDBOX_PASSWORD, CITYTIME_STAFF_TOKEN, a
/// CITYTIME_CONFIG_DIR and CITYTIME_SANDBOX_MAIL of its own, and citytime on its PATH; its exit status is passed on.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime sandbox -- citytime bills list
  citytime sandbox -- sh examples/first-day.sh
  citytime sandbox --seed 7
  citytime sandbox --terms 2027-01 -- citytime account terms show")]
pub(crate) struct SandboxArgs {
    /// Make it repeatable: the same people, ids and first day for the same number
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, value_parser = number::within::<u64, _>(0..))]
    seed: Option<u64>,
    /// How many people live there beside those with a name
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 40,
        allow_negative_numbers = true,
        value_parser = number::within::<u32, _>(0..)
    )]
    residents: u32,
    /// Keep it there (sqlite:PATH or postgres://…) instead of forgetting it
    #[arg(long, value_name = "URL")]
    database: Option<DatabaseUrl>,
    /// Put new terms of use in force, by their version, which nobody there has accepted yet
    #[arg(long, value_name = "VERSION")]
    terms: Option<String>,
    /// The command to run against it
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

#[derive(Serialize)]
struct Told<'a> {
    url: &'a str,
    username: &'static str,
    password: &'static str,
    token: &'a str,
    clerk: &'static str,
    clerk_token: &'a str,
    mail: String,
}

pub(crate) async fn run(context: &mut Context, args: SandboxArgs) -> Result<Outcome> {
    let folder = tempfile::Builder::new().prefix("citytime-sandbox-").tempdir();
    let folder =
        folder.map_err(|error| Failure::new(Code::File, format!("no temporary folder can be made: {error}")))?;
    let made = |path: &Path| std::fs::create_dir(path).map_err(|error| Failure::file("make", path, error));
    let (mail, config, bin) = (folder.path().join("mail"), folder.path().join("config"), folder.path().join("bin"));
    for path in [&mail, &config, &bin] {
        made(path)?;
    }
    let database = match args.database {
        Some(database) => database,
        None => format!("sqlite:{}", folder.path().join("city.db").display())
            .parse()
            .map_err(|error: InvalidDatabaseUrl| Failure::bug(error.to_string()))?,
    };
    let wish = Wish { seed: args.seed, residents: args.residents, database, mail: mail.clone(), terms: args.terms };
    let sandbox = sandbox::open(wish).await.map_err(super::portal::refused)?;
    if args.command.is_empty() {
        serve(context, &sandbox, &mail).await?;
    } else {
        let status = around(&sandbox, &args.command, &mail, &config, &bin).await?;
        context.status = std::process::ExitCode::from(status);
    }
    sandbox.server.drain().await.map_err(|error| Failure::bug(format!("the sandbox did not end well: {error}")))?;
    Ok(Outcome::Nothing)
}

async fn serve(context: &mut Context, sandbox: &Sandbox, mail: &Path) -> Result<()> {
    let told = Told {
        url: &sandbox.url,
        username: RESIDENT,
        password: PASSWORD,
        token: sandbox.resident_token.expose(),
        clerk: CLERK,
        clerk_token: sandbox.clerk_token.expose(),
        mail: mail.display().to_string(),
    };
    context.ui.show(&Outcome::one(&SANDBOX, &told)?)?;
    context.ui.finish()?;
    context.ui.note(format!("in another terminal: citytime login -c {} --username {RESIDENT}", sandbox.url));
    context.ui.note("Ctrl-C ends it, and forgets everything unless --database keeps it");
    told_to_end().await.map_err(|error| Failure::bug(format!("signals cannot be waited for: {error}")))
}

/// Runs a command in the sandbox's environment, and tells the status it ended with.
async fn around(sandbox: &Sandbox, command: &[OsString], mail: &Path, config: &Path, bin: &Path) -> Result<u8> {
    let own =
        std::env::current_exe().map_err(|error| Failure::bug(format!("the program does not find itself: {error}")))?;
    let link = bin.join("citytime");
    std::os::unix::fs::symlink(&own, &link).map_err(|error| Failure::file("make", &link, error))?;
    let [program, arguments @ ..] = command else {
        return Err(Failure::usage("there is no command to run"));
    };
    let mut child = tokio::process::Command::new(program);
    child
        .args(arguments)
        .env_remove(TOKEN_FILE.name)
        .env(CITY.name, &sandbox.url)
        .env(TOKEN.name, sandbox.resident_token.expose())
        .env(CONFIG_DIR.name, config)
        .env(STAFF_TOKEN.name, sandbox.clerk_token.expose())
        .env(SANDBOX_PASSWORD.name, PASSWORD)
        .env(SANDBOX_MAIL.name, mail)
        .env("PATH", environment::search_path_with(bin)?);
    let mut child = child.spawn().map_err(|error| {
        Failure::new(Code::File, format!("cannot run {}: {error}", program.display())).because(error)
    })?;
    loop {
        // Ctrl-C reaches the command too: it decides what that means, and the sandbox outlives it.
        tokio::select! {
            status = child.wait() => {
                let status = status.map_err(|error| Failure::bug(format!("the command cannot be waited for: {error}")))?;
                return Ok(passed_on(status));
            }
            _ = told_to_end() => {}
        }
    }
}

/// A status as shells tell it: a signal is 128 and its number.
fn passed_on(status: ExitStatus) -> u8 {
    let number = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    u8::try_from(number).unwrap_or(1)
}
