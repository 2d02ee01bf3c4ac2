//! A portal process, as an operator starts it.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

use crate::programs::{self, CITYTIME, text};

/// A running portal; killed when dropped.
pub(crate) struct Host {
    child: Child,
    /// Where it answers.
    pub(crate) address: SocketAddr,
    /// Where it tells health.
    pub(crate) health: SocketAddr,
    _folder: TempDir,
}

/// A certificate for 127.0.0.1 and its key, PEM files.
pub(crate) struct Certificate {
    /// The certificate, for `--cacert` too.
    pub(crate) chain: PathBuf,
    key: PathBuf,
}

impl Certificate {
    /// Makes one in a folder.
    pub(crate) fn make(folder: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate is made");
        let (chain, key) = (folder.join("chain.pem"), folder.join("key.pem"));
        std::fs::write(&chain, made.cert.pem()).expect("the certificate is written");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("the key is written");
        Self { chain, key }
    }
}

impl Host {
    /// Starts `citytime portal serve` on free ports and waits until it listens.
    pub(crate) fn start(database: &str, certificate: Option<&Certificate>) -> Self {
        let city = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/city.toml");
        // What a portal keeps beside itself (its key, mail that is not sent) goes when this does.
        let folder = programs::folder();
        let mut command = Command::new(CITYTIME);
        command.current_dir(folder.path());
        command.args(["portal", "serve", "--city", city, "--database", database, "--listen", "127.0.0.1:0"]);
        command.args(["--admin-listen", "127.0.0.1:0"]);
        if let Some(Certificate { chain, key }) = certificate {
            command.args(["--tls-cert", text(chain), "--tls-key", text(key)]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("citytime starts");
        let mut said = BufReader::new(child.stderr.take().expect("stderr is a pipe")).lines().map_while(Result::ok);
        let mut health = None;
        let address = loop {
            let line = said.next().expect("the portal says where it listens before it ends");
            if line.contains("/readyz") {
                health = address_in(&line);
            } else if line.contains("listening on") {
                break address_in(&line).expect("an address");
            }
        };
        // A pipe nobody reads would stop it.
        std::thread::spawn(move || said.for_each(drop));
        Self { child, address, health: health.expect("the portal says where it tells health"), _folder: folder }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // One that has ended already cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address_in(line: &str) -> Option<SocketAddr> {
    // The database's URL comes before it.
    let (_, rest) = line.rsplit_once("://")?;
    rest.split('/').next()?.trim().parse().ok()
}
