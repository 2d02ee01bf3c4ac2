//! `citytime portal serve`: the server, until it is told to end.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
};

use clap::Args;

use super::{Folders, Hosted, refused};
use crate::{
    api::problem::Code,
    cli::Context,
    failure::{Failure, Result},
    portal::{
        gateways::mail::Mail,
        mfa,
        random::Random,
        seal::{KeyFileError, Seal},
        web::{
            exposure::Network,
            server::{Face, Server, Tls},
        },
    },
    settings::Verbosity,
    ui::Outcome,
};

/// Serve a city's portal until SIGTERM or Ctrl-C, which answer what was asked and end
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime portal serve --city city.toml --database sqlite:riverton.db
  citytime portal serve --city city.toml --database postgres://citytime@/riverton?host=/run/postgresql \\
      --listen 0.0.0.0:443 --tls-cert fullchain.pem --tls-key key.pem --admin-listen 127.0.0.1:8312")]
pub(super) struct ServeArgs {
    #[command(flatten)]
    hosted: Hosted,
    /// Where documents are kept: a folder, which servers of one database share; beside the SQLite file unless given, else
    /// ./citytime-documents
    #[arg(long, value_name = "FOLDER")]
    documents: Option<PathBuf>,
    /// Write mail and SMS into this folder and send none; where city.toml has no [mail], they are written beside the
    /// SQLite file unless given, else into ./citytime-mail
    #[arg(long, value_name = "FOLDER")]
    mail: Option<PathBuf>,
    /// The file of the key that opens sealed secrets, made where it is not there: beside the SQLite file unless given, else
    /// ./citytime.key. Servers of one database share it, and a backup of the database needs it
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8311", value_parser = address)]
    listen: SocketAddr,
    /// The certificate chain, PEM
    #[arg(long, value_name = "FILE", requires = "tls_key", conflicts_with = "behind_proxy")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Answer plain HTTP to the proxies of this network only (CIDR; may be given again)
    #[arg(long, value_name = "NETWORK")]
    behind_proxy: Vec<Network>,
    /// Where to tell health: /livez and /readyz
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    admin_listen: Option<SocketAddr>,
}

/// Where the key is beside a database that is no file, unless said.
const KEY: &str = "citytime.key";

impl ServeArgs {
    /// What seals secrets, with the key in its file.
    fn seal(&self) -> Result<Seal> {
        let path = self.key.clone().or_else(|| self.hosted.database.key()).unwrap_or_else(|| PathBuf::from(KEY));
        let fresh = Random::system().bytes().map_err(refused)?;
        let key = Seal::in_file(&path, fresh).map_err(|error| {
            let hint = match &error {
                KeyFileError::Open { path, .. } => format!("take it from them: chmod 600 {}", path.display()),
                _ => "name another with --key, or make room for this one".to_owned(),
            };
            Failure::new(Code::File, error.to_string()).hint(hint).because(error)
        })?;
        Seal::new(key).map_err(refused)
    }

    /// What the network sees; beyond loopback it is never plain HTTP.
    fn face(&self) -> Result<Face> {
        if let (Some(certificate), Some(key)) = (&self.tls_cert, &self.tls_key) {
            return Ok(Face::Tls(Tls { certificate: certificate.clone(), key: key.clone() }));
        }
        if !self.behind_proxy.is_empty() {
            return Ok(Face::BehindProxy(self.behind_proxy.clone()));
        }
        if self.listen.ip().is_loopback() {
            return Ok(Face::Plain);
        }
        let message = format!("{} is not loopback: passwords would travel in the clear", self.listen);
        Err(Failure::usage(message).hint("give --tls-cert and --tls-key, or --behind-proxy with the proxy's network"))
    }
}

pub(super) async fn run(context: &mut Context, args: ServeArgs) -> Result<Outcome> {
    let face = args.face()?;
    log(context.ui.verbosity());
    let scheme = if matches!(face, Face::Tls(_)) { "https" } else { "http" };
    let listener = bind(args.listen)?;
    let admin = args.admin_listen.map(bind).transpose()?;
    let seal = args.seal()?;
    let folders = Folders { documents: args.documents.as_deref(), mail: args.mail.as_deref() };
    let portal = args.hosted.open_with(folders, seal, super::Creation::Allowed).await?;
    mfa::check::opens(&portal)
        .await
        .map_err(|error| refused(error).hint("give the --key FILE this database was served with before"))?;
    if let Some(Mail::Folder { path, .. }) = &portal.post().mail {
        context.ui.note(format!("mail and SMS are not sent, but written to {}", path.display()));
    }
    let (city, database) = (portal.city().name.clone(), args.hosted.database.to_string());
    let unusable =
        |error: io::Error| Failure::new(Code::File, format!("the portal cannot be served: {error}")).because(error);
    let mut server = Server::start(portal, listener, face).await.map_err(unusable)?;
    if let Some(admin) = admin {
        let address = admin.local_addr().map_err(unusable)?;
        server = server.with_health(admin).await.map_err(unusable)?;
        context.ui.note(format!("health on http://{address}/readyz"));
    }
    context.ui.note(format!("{city} on {database}, listening on {scheme}://{}", server.address()));
    told_to_end().await.map_err(unusable)?;
    context.ui.note("draining: what was asked is answered first");
    server.drain().await.map_err(unusable)?;
    Ok(Outcome::Nothing)
}

/// Reads an address with its port.
fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("`{text}` is no address and port; one looks like 127.0.0.1:8311 or [::1]:8311"))
}

fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).map_err(|error| {
        let failure = Failure::new(Code::File, format!("cannot listen on {address}: {error}"));
        match error.kind() {
            io::ErrorKind::AddrInUse => failure.hint("another process listens there: take another port"),
            io::ErrorKind::PermissionDenied => failure.hint("ports below 1024 need a privilege: take a higher one"),
            _ => failure,
        }
        .because(error)
    })
}

/// Waits for SIGTERM or SIGINT.
pub(crate) async fn told_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// The operators' log, on standard error: warnings, or what `-v` and `-vv` ask for.
fn log(verbosity: Verbosity) {
    let level = match verbosity {
        Verbosity::Quiet => tracing::Level::ERROR,
        Verbosity::Normal => tracing::Level::WARN,
        Verbosity::Verbose => tracing::Level::INFO,
        Verbosity::Trace => tracing::Level::DEBUG,
    };
    let subscriber = tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr).finish();
    // A second subscriber is refused; the first goes on.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
