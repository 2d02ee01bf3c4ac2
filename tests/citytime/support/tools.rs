//! What the machine may lack: where it does a test says so and skips, or fails where it is required, as in CI.

use std::path::Path;

use super::command::Shell;
use super::postgres::{is_required, say};

/// A Python with these modules: that of `.ci/run`, or the machine's. `None` where neither has them, which is said, and
/// which a variable that says `required`, as in CI, makes a failure.
pub(crate) async fn python_with(shell: &Shell, modules: &str, variable: &str) -> Option<String> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/ci/venv/bin/python3");
    for python in [own.display().to_string(), "python3".to_owned()] {
        let script = ["-c", "command -v \"$0\" >/dev/null && exec \"$0\" -c \"import $1\"", &python, modules];
        if shell.program("sh", script).run().await.exit == 0 {
            return Some(python);
        }
    }
    assert!(!is_required(variable), "there is no Python with {modules}, and {variable}=required: run .ci/run once");
    say(&format!("skipped: there is no Python with {modules} (pip install {modules})"));
    None
}

/// Whether strace runs, which `CITYTIME_TEST_STRACE=required` makes a failure to lack.
pub(crate) async fn has_strace(shell: &Shell) -> bool {
    if shell.program("sh", ["-c", "strace -o /dev/null true"]).run().await.exit == 0 {
        return true;
    }
    assert!(!is_required("CITYTIME_TEST_STRACE"), "strace does not run, and CITYTIME_TEST_STRACE=required");
    say("skipped: strace does not run (apt-get install strace)");
    false
}
