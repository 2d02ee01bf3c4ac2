//! What `-vv` tells of the traffic, as it happens: to stderr, dimmed on a terminal, in every format.

use std::io::Write;

use anstyle::Style;

use super::sanitise;

/// Shows a line of the trace.
pub fn trace(line: &str) {
    let dim = Style::new().dimmed();
    let line = sanitise::line(line);
    // There is nobody to tell where that fails.
    let _ = writeln!(anstream::stderr(), "{dim}{line}{dim:#}");
}
