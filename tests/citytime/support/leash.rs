//! Programs that tests start end with the test process, also when that is killed: a shell holds their process groups
//! and kills what is left when its input closes.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Mutex};

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
"#;

static LEASH: LazyLock<Mutex<Child>> = LazyLock::new(|| {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", SCRIPT, "leash"]).current_dir("/").process_group(0);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    Mutex::new(shell.spawn().expect("a shell starts"))
});

fn order(order: &str, group: u32) {
    let mut leash = LEASH.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let shell = leash.stdin.as_mut().expect("stdin is a pipe");
    writeln!(shell, "{order} {group}").expect("the leash listens");
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
