//! `citytime portal check`: every mistake in a city's declaration.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::declared;
use crate::{
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

pub(crate) static CHECKED: Sheet = Sheet {
    noun: "city",
    columns: &[
        Column::text("name"),
        Column::text("zone"),
        Column::text("currency"),
        Column::list("payment_kinds").header("payments"),
        Column::list("categories"),
    ],
    when_empty: None,
};

/// Tell every mistake in a city's declaration, with its line and a hint
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime portal check city.toml")]
pub(super) struct CheckArgs {
    /// The declaration
    #[arg(value_name = "CITY.toml")]
    file: PathBuf,
}

#[derive(Serialize)]
struct Checked {
    name: String,
    zone: String,
    currency: String,
    payment_kinds: Vec<String>,
    categories: Vec<String>,
}

pub(super) fn run(args: &CheckArgs) -> Result<Outcome> {
    let city = declared(&args.file, "CITY.toml")?;
    let checked = Checked {
        currency: city.currency.to_string(),
        payment_kinds: city.payment_kinds.iter().map(ToString::to_string).collect(),
        categories: city.categories.into_iter().map(|category| category.id).collect(),
        name: city.name,
        zone: city.zone_name,
    };
    Outcome::one(&CHECKED, &checked)
}
