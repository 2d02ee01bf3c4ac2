//! A real mail server (aiosmtpd, of PyPI) beside a test: STARTTLS with a certificate of the city's own authority, AUTH,
//! and the moods of mail servers.

use std::path::PathBuf;

use serde_json::Value;

use super::certificates::Certificates;
use super::command::Shell;
use super::eventually::eventually;
use super::running::Running;
use super::served::Riverton;
use super::tools;

/// The program.
const SERVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/smtp.py");
/// The password of its one user, `portal`.
const PASSWORD: &str = "under the old weir";

/// The server.
pub(crate) struct MailServer {
    _running: Running,
    folder: PathBuf,
    port: u16,
    authority: String,
    password: PathBuf,
}

impl MailServer {
    /// Starts one whose files are in the shell's home.
    pub(crate) async fn start(shell: &Shell) -> Option<Self> {
        let python = tools::python_with(shell, "aiosmtpd", "CITYTIME_TEST_MAIL").await?;
        let folder = shell.home().join("mailserver");
        std::fs::create_dir(&folder).unwrap();
        let Certificates { authority, certificate, key } = Certificates::write(shell);
        std::fs::copy(certificate, folder.join("cert.pem")).unwrap();
        std::fs::copy(key, folder.join("key.pem")).unwrap();
        let running = shell.program(python, [SERVER, &folder.display().to_string()]).start();
        let port = running.until("port ").await.parse().unwrap();
        let password = shell.write("smtp-password", &format!("{PASSWORD}\n"));
        Some(Self { _running: running, folder, port, authority, password })
    }

    /// Has a city send its mail here; a letter may take so many seconds.
    pub(crate) fn take_mail_of(&self, city: &mut Riverton, seconds: u32) {
        let Self { port, authority, password, .. } = self;
        city.declare(&format!(
            "[mail]\nfrom = \"City of Riverton <portal@riverton.example>\"\nhost = \"localhost\"\nport = {port}\n\
             security = \"starttls\"\nusername = \"portal\"\npassword_file = \"{}\"\nca_file = \"{authority}\"\n\
             timeout_seconds = {seconds}\n",
            password.display()
        ));
    }

    /// What to do with letters to an address: `accept`, `refuse`, `defer-once`, `stall`, `hold` (take it, and never say
    /// so), `slow` (say so after a second).
    pub(crate) fn treat(&self, address: &str, mood: &str) {
        std::fs::write(self.folder.join("mode"), format!("{address} {mood}\n")).unwrap();
    }

    /// The letters taken so far.
    pub(crate) fn inbox(&self) -> Vec<Value> {
        self.lines("inbox")
    }

    /// How often it was asked to take a letter to an address.
    pub(crate) fn asked(&self, address: &str) -> usize {
        self.lines("asked").iter().filter(|asked| asked["to"] == address).count()
    }

    /// Waits for so many letters, and returns them.
    pub(crate) async fn letters(&self, count: usize) -> Vec<Value> {
        let what = format!("{count} letters");
        eventually(&what, async || Some(self.inbox()).filter(|inbox| inbox.len() >= count)).await
    }

    fn lines(&self, name: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        // The last line may be half written.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}
