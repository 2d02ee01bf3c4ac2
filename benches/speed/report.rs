//! Figures, their ratios to their peers', and the table of them all.

use std::{fmt, io::Write as _};

/// What is measured; how it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Seconds a run takes; less is better.
    Time,
    /// How many a second; more is better.
    Rate,
}

/// What a ratio is expected to be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expected {
    /// At most.
    Most(f64),
    /// At least.
    Least(f64),
    /// Nothing: it is told for what it is worth.
    Nothing,
}

/// The measurements of one thing, a round each.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    name: String,
    rounds: Vec<f64>,
}

impl Series {
    /// Nothing measured yet.
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), rounds: Vec::new() }
    }

    /// Adds a round's measurement.
    pub(crate) fn add(&mut self, figure: f64) {
        self.rounds.push(figure);
    }
}

/// All that was measured.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: Vec<String>,
    left_out: Vec<String>,
}

impl Report {
    /// Compares a thing with its peer, which was measured in the same rounds.
    pub(crate) fn compare(&mut self, unit: Unit, ours: &Series, peer: &Series, expected: Expected) {
        let ratios = ours.rounds.iter().zip(&peer.rounds).map(|(ours, peer)| ours / peer).collect();
        let ratio = median(ratios);
        let met = match expected {
            Expected::Most(most) => ratio <= most,
            Expected::Least(least) => ratio >= least,
            Expected::Nothing => true,
        };
        let (here, there) = (Figure(unit, median(ours.rounds.clone())), Figure(unit, median(peer.rounds.clone())));
        let verdict = if met { "" } else { " (short)" };
        say(&format!("{}: {here}; {}: {there}; ratio {ratio:.2}, expected {expected}{verdict}", ours.name, peer.name));
        let row = format!("| {} | {here} | {} | {there} | {ratio:.2}{verdict} | {expected} |", ours.name, peer.name);
        self.rows.push(row);
    }

    /// Tells how much memory something took, beside what it may take, in bytes.
    pub(crate) fn bound(&mut self, name: &str, bytes: f64, most: f64) {
        let (took, may, ratio) = (bytes / 1e6, most / 1e6, bytes / most);
        let verdict = if bytes <= most { "" } else { " (short)" };
        say(&format!("{name}: {took:.1} MB, expected ≤ {may:.0} MB{verdict}"));
        self.rows
            .push(format!("| {name} | {took:.1} MB | what it may take | {may:.0} MB | {ratio:.2}{verdict} | ≤ 1.00 |"));
    }

    /// Says that something is not measured, and why.
    pub(crate) fn leave_out(&mut self, what: &str, why: &str) {
        say(&format!("LEFT OUT: {what}: {why}"));
        self.left_out.push(format!("Left out: {what}: {why}."));
    }

    /// Whether everything was measured that was asked for.
    pub(crate) fn is_whole(&self) -> bool {
        self.left_out.is_empty()
    }

    /// Prints everything as one table in Markdown.
    pub(crate) fn table(&self) {
        say("\n| what | | beside | | ratio | expected |\n|---|---:|---|---:|---:|---:|");
        for row in &self.rows {
            say(row);
        }
        for left_out in &self.left_out {
            say(&format!("\n{left_out}"));
        }
    }
}

/// A line of stdout.
pub(crate) fn say(line: &str) {
    // Whoever closed stdout does not want to know.
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    let middle = figures.len() / 2;
    match figures.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => figures[middle],
        _ => f64::midpoint(figures[middle - 1], figures[middle]),
    }
}

struct Figure(Unit, f64);

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(unit, figure) = self;
        match unit {
            Unit::Time => write!(f, "{:.2} ms", figure * 1e3),
            Unit::Rate if *figure < 100.0 => write!(f, "{figure:.1} /s"),
            Unit::Rate => write!(f, "{figure:.0} /s"),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Most(most) => write!(f, "≤ {most:.2}"),
            Self::Least(least) => write!(f, "≥ {least:.2}"),
            Self::Nothing => f.write_str("–"),
        }
    }
}
