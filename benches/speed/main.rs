//! How fast everything is beside its peers, measured in the same minutes on the same machine: `cargo bench --bench speed`.
//! Words behind `--` choose parts (`startup`, `command`, `history`, `batch`, `sqlite`, `postgres`, `signin`); `quick`
//! measures less often, `smoke` only shows that all of it runs, and fails where a part is left out.
//!
//! Every figure is taken in turns with its peer's, round after round, and a ratio is the median of the rounds' ratios:
//! what disturbs the machine for a second disturbs both.
//!
//! - `command`: whole processes: the command line against `curl`, `curl | jq` and `true`
//! - `portal`: the portal under load against its own `/livez`; payments against `raw` and `pgbench`
//! - `raw`: the statements of a payment on bare SQLite, committed in groups
//! - `pgbench`: the same statements by PostgreSQL's own bench
//! - `history`: a million rows as lines against `curl` and `jq`, on each database
//! - `batch`: ten thousand payments from a file against `xargs -P` of curl
//! - `signin`: sign-ins against bare argon2
//! - `load`: the load generator all share; `statements`: what a payment says to a database; `said`: that it says that
//! - `town`: the people and bills there are; `host`: a portal process
//! - `programs`: what is installed; `report`: figures, ratios, the table

#![allow(clippy::expect_used, clippy::panic, reason = "a bench that cannot go on says why and ends")]

mod batch;
mod command;
mod history;
mod host;
mod load;
mod pgbench;
mod portal;
#[expect(dead_code, reason = "the tests' own cluster; the benches need one database of it")]
#[path = "../../tests/citytime/support/postgres.rs"]
mod postgres;
mod programs;
mod raw;
mod report;
mod said;
mod signin;
mod statements;
mod town;

use std::{process::ExitCode, time::Duration};

use report::Report;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
struct Effort {
    /// Rounds of whole processes.
    runs: usize,
    /// Rounds of load.
    rounds: usize,
    /// How long a round puts load on each peer.
    span: Duration,
    /// How many rows of history are read.
    rows: u32,
    /// How many payments a file has.
    lines: u32,
}

/// Measures something.
type Part = fn(Effort, &mut Report);

const THOROUGH: Effort = Effort { runs: 400, rounds: 5, span: Duration::from_secs(2), rows: 1_000_000, lines: 10_000 };
const QUICK: Effort = Effort { runs: 60, rounds: 2, span: Duration::from_millis(700), rows: 1_000_000, lines: 2_000 };
/// Too little to measure anything.
const SMOKE: Effort = Effort { runs: 2, rounds: 1, span: Duration::from_millis(100), rows: 20_000, lines: 50 };

fn main() -> ExitCode {
    // cargo adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let efforts = [("quick", QUICK), ("smoke", SMOKE)];
    let named = efforts.iter().find(|(name, _)| words.iter().any(|word| word == name));
    let effort = named.map_or(THOROUGH, |&(_, effort)| effort);
    let chosen: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| efforts.iter().all(|(name, _)| name != word)).collect();
    let parts: [(&str, Part); 7] = [
        ("startup", command::startup),
        ("command", command::list),
        ("history", history::measure),
        ("batch", batch::measure),
        ("sqlite", portal::on_sqlite),
        ("postgres", portal::on_postgres),
        ("signin", signin::measure),
    ];
    if let Some(unknown) = chosen.iter().find(|word| parts.iter().all(|(name, _)| name != *word)) {
        panic!("there is no part `{unknown}`; parts are {}", parts.map(|(name, _)| name).join(", "));
    }
    let is_smoke = effort.runs == SMOKE.runs;
    if is_smoke {
        report::say("smoke: whether all of it runs; no figure below means anything");
    }
    let mut report = Report::default();
    for (name, part) in parts {
        if chosen.is_empty() || chosen.contains(&name) {
            part(effort, &mut report);
        }
    }
    report.table();
    // Whoever measures is told what is left out; whoever checks is not to take it for checked.
    if is_smoke && !report.is_whole() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
