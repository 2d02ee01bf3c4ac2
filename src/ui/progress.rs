//! That something takes long: a bar or a turning sign on stderr, only on a terminal, and only once a second went by.

use std::{sync::mpsc, thread, time::Duration};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Ui;
use crate::settings::{ColorChoice, Verbosity};

/// Shorter waits are not worth a word.
const PATIENCE: Duration = Duration::from_secs(1);

/// Something under way. It disappears when this is dropped.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    /// Hung up when the thing is done, which ends the thread that waits to show it.
    _done: Option<mpsc::Sender<()>>,
}

impl Progress {
    /// So much more is done.
    pub fn advance(&self, by: u64) {
        if let Some(bar) = &self.bar {
            bar.inc(by);
        }
    }

    /// What counts on from elsewhere: a stream that is being sent.
    pub fn counter(&self) -> impl Fn(u64) + Send + Sync + 'static {
        let bar = self.bar.clone();
        move |by| {
            if let Some(bar) = &bar {
                bar.inc(by);
            }
        }
    }

    /// What is being done now.
    pub fn label(&self, label: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(super::sanitise::line(label).into_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Things,
    Bytes,
}

impl Ui {
    /// Shows that something is under way, out of a total where that is known; nothing where stderr is no terminal.
    pub fn progress(&mut self, label: &str, total: Option<u64>) -> Progress {
        self.progress_of(label, total, Counted::Things)
    }

    /// The same for so many bytes, told in kB and MB.
    pub fn progress_in_bytes(&mut self, label: &str, total: Option<u64>) -> Progress {
        self.progress_of(label, total, Counted::Bytes)
    }

    fn progress_of(&mut self, label: &str, total: Option<u64>, counted: Counted) -> Progress {
        if !self.streams.errors.is_terminal() || self.settings.verbosity != Verbosity::Normal {
            return Progress { bar: None, _done: None };
        }
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let count = match counted {
            Counted::Things => "{pos}/{len}",
            Counted::Bytes => "{decimal_bytes} of {decimal_total_bytes}",
        };
        let shape = match (total, self.settings.color) {
            (Some(_), ColorChoice::Never) => format!("{{msg}} [{{bar:24}}] {count} {{eta}}"),
            (Some(_), _) => format!("{{msg}} [{{bar:24.cyan}}] {count} {{eta}}"),
            (None, _) => "{spinner} {msg} {elapsed}".to_owned(),
        };
        if let Ok(style) = ProgressStyle::with_template(&shape) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(super::sanitise::line(label).into_owned());
        self.progress = Some(bar.downgrade());
        let (done, waiting) = mpsc::channel();
        let shown = bar.clone();
        let waiter = thread::Builder::new().name("progress".to_owned()).spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(120));
            }
        });
        // Without a thread to spare the work goes on unseen.
        Progress { bar: waiter.is_ok().then_some(bar), _done: Some(done) }
    }
}
