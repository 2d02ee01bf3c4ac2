//! The `citytime` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    citytime::cli::run(std::env::args_os())
}
