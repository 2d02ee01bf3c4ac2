//! What tests start and write ends with the test process, also when that is killed: a shell holds the process groups
//! and a folder, and when its input closes it kills and removes what is left.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Mutex};

use tempfile::TempDir;

const SCRIPT: &str = r#"
trap '' HUP INT PIPE TERM
held=' '
while read -r order group; do
    case $order in
    hold) held="$held$group " ;;
    free) held="${held%% "$group" *} ${held#* "$group" }" ;;
    esac
done
for group in $held; do kill -s KILL -- "-$group" 2>/dev/null; done
rm -rf "$1"
"#;

static LEASH: LazyLock<Leash> = LazyLock::new(|| {
    let folder = tempfile::Builder::new().prefix("citytime-").tempdir_in("/tmp").expect("a temporary folder").keep();
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", SCRIPT, "leash"]).arg(&folder).current_dir("/").process_group(0);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    Leash { shell: Mutex::new(shell.spawn().expect("a shell starts")), folder }
});

struct Leash {
    shell: Mutex<Child>,
    folder: PathBuf,
}

fn order(order: &str, group: u32) {
    let mut shell = LEASH.shell.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let orders = shell.stdin.as_mut().expect("stdin is a pipe");
    writeln!(orders, "{order} {group}").expect("the leash listens");
}

/// A folder of its own for a test, removed when it is dropped or the test process ends.
pub(crate) fn folder() -> TempDir {
    TempDir::new_in(&LEASH.folder).expect("a temporary folder")
}

/// A process group that is killed when this is dropped, or the test process ends.
pub(crate) struct Held {
    group: u32,
    is_over: bool,
}

impl Held {
    /// Holds the group a process leads.
    pub(crate) fn new(leader: u32) -> Self {
        order("hold", leader);
        Self { group: leader, is_over: false }
    }

    /// Sends a signal by its name to every process of the group: `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        assert!(self.send(name), "SIG{name} reached nobody: the program has ended");
    }

    /// Whether there was a process to send the signal to.
    fn send(&self, name: &str) -> bool {
        // The shell's own `kill`: a bare machine has no other.
        let kill = format!("kill -s {name} -- -{} 2>/dev/null", self.group);
        Command::new("/bin/sh").args(["-c", &kill]).status().is_ok_and(|status| status.success())
    }

    /// Lets go: the leader was waited for, and its number may soon be another's.
    pub(crate) fn over(&mut self) {
        if !std::mem::replace(&mut self.is_over, true) {
            order("free", self.group);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if !self.is_over {
            self.send("KILL");
            self.over();
        }
    }
}
