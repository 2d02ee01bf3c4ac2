//! The `citytime` program.

fn main() {}
