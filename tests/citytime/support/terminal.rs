//! A command at a terminal: what it prompts for is typed, and what a person would see is read off the screen.

use std::ffi::OsString;
use std::num::NonZeroU16;
use std::time::Duration;

use anstream::adapter::StripBytes;
use pty_process::{OwnedReadPty, OwnedWritePty, Size};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Child;
use tokio::time::timeout;

use super::command::{Command, exit_code};
use super::eventually::eventually;
use super::leash::Held;
use super::steady::steady;

/// How long a prompt or the end may be waited for.
const PATIENCE: Duration = Duration::from_secs(90);

/// A command running at a terminal. Dropped, it is killed.
pub(crate) struct Terminal {
    child: Child,
    held: Held,
    from_child: OwnedReadPty,
    to_child: OwnedWritePty,
    stripper: StripBytes,
    /// Everything printed, without colours and cursor movements.
    transcript: Vec<u8>,
    /// How much of the transcript earlier expectations have passed.
    passed: usize,
    screen: vt100::Parser,
    folder: String,
}

impl Command<'_> {
    /// Starts at a terminal of that size: `shell.command("login").at_terminal(80, 24)`.
    pub(crate) fn at_terminal(self, columns: u16, rows: u16) -> Terminal {
        let (pty, pts) = pty_process::open().expect("a pseudo-terminal");
        pty.resize(Size::new(rows, columns)).expect("the terminal takes its size");
        let (program, arguments) = self.interruptible();
        let child = pty_process::Command::new(program)
            .args(arguments)
            .current_dir(self.shell.home())
            .env_clear()
            .envs(self.environment())
            .spawn(pts)
            .unwrap_or_else(|error| panic!("{}: {error}", self.program.display()));
        let held = Held::new(child.id().expect("a child that was not waited for has an id"));
        let (from_child, to_child) = pty.into_split();
        let side = |length| NonZeroU16::new(length).expect("a terminal has a size");
        Terminal {
            child,
            held,
            from_child,
            to_child,
            stripper: StripBytes::new(),
            transcript: Vec::new(),
            passed: 0,
            screen: vt100::Parser::new(side(rows), side(columns), 0),
            folder: self.shell.home().to_string_lossy().into_owned(),
        }
    }

    /// The program and its arguments, such that Ctrl-C ends it as it does whatever a person starts. Where the tests run with
    /// interrupts ignored, as behind nohup, their children would ignore them too, and std resets that of no signal but one:
    /// GNU's env does, and then becomes the program.
    fn interruptible(&self) -> (OsString, Vec<OsString>) {
        if !interrupts_are_ignored() {
            return (self.program.clone(), self.arguments.clone());
        }
        let words = ["--default-signal=INT".into(), self.program.clone()];
        ("env".into(), words.into_iter().chain(self.arguments.iter().cloned()).collect())
    }
}

/// Whether this process ignores SIGINT (Linux: SigIgn). Elsewhere it is taken not to.
fn interrupts_are_ignored() -> bool {
    const INTERRUPT: u64 = 1 << (2 - 1);
    let about = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = about.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & INTERRUPT != 0)
}

impl Terminal {
    /// Waits until the command has printed `text` after what was expected before.
    pub(crate) async fn expect(&mut self, text: &str) {
        loop {
            let found = self.transcript[self.passed..].windows(text.len()).position(|part| part == text.as_bytes());
            if let Some(position) = found {
                self.passed += position + text.len();
                return;
            }
            let is_open = timeout(PATIENCE, self.read()).await.unwrap_or(false);
            assert!(is_open, "`{text}` did not appear; the screen shows:\n{}", self.screen());
        }
    }

    /// Waits for a prompt whose answer is not shown, and until the terminal shows nothing any more: what is typed before
    /// that would be seen.
    pub(crate) async fn expect_hidden(&mut self, prompt: &str) {
        self.expect(prompt).await;
        let input = format!("/proc/{}/fd/0", self.child.id().expect("it runs"));
        eventually("the terminal to hide what is typed", async || {
            let settings = tokio::process::Command::new("stty").args(["-F", &input, "-a"]).output().await;
            let settings = String::from_utf8(settings.expect("stty runs").stdout).expect("text");
            settings.split([' ', ';', '\n']).any(|word| word == "-echo").then_some(())
        })
        .await;
    }

    /// Types a line and Enter.
    pub(crate) async fn send_line(&mut self, line: &str) {
        self.send(&format!("{line}\r")).await;
    }

    /// Types keys: `"\x03"` is Ctrl-C, `"\x1b[B"` the arrow down.
    pub(crate) async fn send(&mut self, keys: &str) {
        self.to_child.write_all(keys.as_bytes()).await.expect("the terminal takes keys");
    }

    /// What a person sees now: rows without blanks at their end, made [`steady`].
    pub(crate) fn screen(&self) -> String {
        let screen = self.screen.screen();
        let rows: Vec<_> = screen.rows(0, screen.size().1.get()).map(|row| row.trim_end().to_owned()).collect();
        steady(rows.join("\n").trim_end(), &self.folder)
    }

    /// Waits for the command's end: its exit status, and what the screen then shows.
    pub(crate) async fn finish(mut self) -> (i32, String) {
        let exit = self.end().await;
        (exit, self.screen())
    }

    /// The same with ids and ports as they are, and lines that were wider than the screen in one piece.
    pub(crate) async fn finish_whole(mut self) -> (i32, String) {
        let exit = self.end().await;
        (exit, self.screen.screen().contents())
    }

    async fn end(&mut self) -> i32 {
        let ended = timeout(PATIENCE, async { while self.read().await {} }).await;
        assert!(ended.is_ok(), "the command did not end; the screen shows:\n{}", self.screen());
        let status =
            timeout(PATIENCE, self.child.wait()).await.expect("the command ends").expect("its status is known");
        self.held.over();
        exit_code(status)
    }

    /// Reads what was printed since; `false` when nothing can come any more.
    async fn read(&mut self) -> bool {
        let mut buffer = [0; 4096];
        // A terminal whose last program has ended answers EIO on Linux, an empty read elsewhere.
        let length = self.from_child.read(&mut buffer).await.unwrap_or(0);
        let printed = &buffer[..length];
        self.screen.process(printed);
        for plain in self.stripper.strip_next(printed) {
            self.transcript.extend(plain.iter().filter(|byte| **byte != b'\r'));
        }
        length > 0
    }
}
