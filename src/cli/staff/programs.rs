//! `citytime staff programs`: publishing, calling off, who is registered and who was there.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::{civil::DateTime, tz::TimeZone};
use serde::Deserialize;

use super::import::{self, FileArgs, LINE};
use crate::{
    api::{
        id::{ProgramId, RegistrationId},
        money::{Currency, Minor},
        programs::{
            ATTENDANCE, AttendanceLine, CALL_OFF, Cancellation, PUBLISH, ProgramLine, ROSTER, RegistrationStatus,
            RosterQuery,
        },
        time::Timestamp,
    },
    cli::{
        Context, complete, list,
        programs::{PROGRAM, REGISTRATION_SHEET},
        words,
    },
    failure::{Failure, Result},
    ui::Outcome,
};

const COLUMNS: &[&str] = &["number", "category", "title", "starts_at", "ends_at", "venue", "capacity"];

/// Programs: publish, call off, who comes and who was there
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime staff programs publish programs.csv")]
pub(super) struct ProgramsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Publish(PublishArgs),
    Cancel(CancelArgs),
    Registrations(RegistrationsArgs),
    Attendance(AttendanceArgs),
}

/// Publish programs, and changes to them; the city's own number decides whether one is new
///
/// The columns are number, category, title, starts_at, ends_at, venue, capacity and, where wanted, fee, description,
/// opens_at and closes_at, in any order. Times are on the city's clocks (2026-12-03 18:00) or RFC 3339; amounts are
/// decimal (12.50), an empty fee is none. Registration is open at once and until the program begins unless opens_at
/// and closes_at say otherwise. Publishing a file again is safe.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff programs publish programs.csv
  citytime staff programs publish programs.csv --jq 'map(select(.outcome == \"created\")) | .[].id'")]
struct PublishArgs {
    #[command(flatten)]
    file: FileArgs,
}

/// Call a program off: whoever is registered loses the seats, unpaid fees are withdrawn
///
/// On a terminal you are asked first; scripts agree with --yes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff programs cancel PRG-7K3Q9XM2 --reason \"the instructor is ill\"
  citytime staff programs cancel PRG-7K3Q9XM2 --reason \"the instructor is ill\" --yes")]
struct CancelArgs {
    /// The program (PRG-…)
    #[arg(add = complete::programs())]
    id: ProgramId,
    /// Why, for whoever is registered
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// List who is registered for a program, in the order of asking
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff programs registrations PRG-7K3Q9XM2
  citytime staff programs registrations PRG-7K3Q9XM2 --status registered -o csv > roster.csv")]
struct RegistrationsArgs {
    /// The program (PRG-…)
    #[arg(add = complete::programs())]
    id: ProgramId,
    /// Only in this state
    #[arg(long, value_parser = words::of::<RegistrationStatus>())]
    status: Option<RegistrationStatus>,
    #[command(flatten)]
    limit: list::Limit,
}

/// Note who was there
///
/// A file needs the column registration; others are ignored, so that a roster printed as CSV will do once `id` is
/// renamed to it.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff programs attendance PRG-7K3Q9XM2 --attended REG-7K3Q9XM2 REG-0D4T8Z1C
  citytime staff programs attendance PRG-7K3Q9XM2 --file attendance.csv")]
struct AttendanceArgs {
    /// The program (PRG-…)
    #[arg(add = complete::programs())]
    id: ProgramId,
    /// These registrations (REG-…)
    #[arg(long, value_name = "REG", num_args = 1.., required_unless_present = "file", conflicts_with = "file")]
    attended: Vec<RegistrationId>,
    /// A CSV file with a header (- is stdin)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Row {
    number: String,
    category: String,
    title: String,
    #[serde(default)]
    description: Option<String>,
    starts_at: String,
    ends_at: String,
    venue: String,
    capacity: String,
    #[serde(default)]
    fee: Option<String>,
    #[serde(default)]
    opens_at: Option<String>,
    #[serde(default)]
    closes_at: Option<String>,
}

#[derive(Deserialize)]
struct There {
    registration: String,
}

pub(super) async fn run(context: &mut Context, args: ProgramsArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Publish(args) => publish(context, args).await,
        Verb::Cancel(args) => {
            context.ui.check_columns(&PROGRAM)?;
            context.agree(&format!("Call {} off? Whoever is registered loses the seats, and is told why.", args.id))?;
            let cancellation = Cancellation { reason: args.reason };
            Outcome::one(&PROGRAM, &context.portal().await?.call(&CALL_OFF, args.id, &cancellation).await?)
        }
        Verb::Registrations(args) => {
            let query = RosterQuery { program: Some(args.id), status: args.status, ..RosterQuery::default() };
            list::print(context, &REGISTRATION_SHEET, &ROSTER, query, args.limit).await
        }
        Verb::Attendance(args) => attendance(context, args).await,
    }
}

async fn publish(context: &mut Context, args: PublishArgs) -> Result<Outcome> {
    context.ui.check_columns(&LINE)?;
    let file = import::name(&args.file);
    let text = import::text(context, &args.file)?;
    let city = context.city().await?;
    let (currency, zone) = (city.currency, TimeZone::get(&city.zone));
    let zone = zone.map_err(|error| Failure::bug(format!("the city's zone `{}` is not known: {error}", city.zone)))?;
    let lines = import::parse(&file, &text, COLUMNS, |number, row| line(currency, &zone, number, row))?;
    import::send(context, &PUBLISH, (), &file, lines).await
}

async fn attendance(context: &mut Context, args: AttendanceArgs) -> Result<Outcome> {
    context.ui.check_columns(&LINE)?;
    let Some(file) = args.file else {
        let lines = (1..).zip(args.attended).map(|(line, registration)| AttendanceLine { line, registration });
        return import::send(context, &ATTENDANCE, args.id, "--attended", import::Lines::of(lines)).await;
    };
    let file = FileArgs::from(file);
    let (name, text) = (import::name(&file), import::text(context, &file)?);
    let lines = import::parse(&name, &text, &["registration"], |line, row: There| {
        let registration = row.registration.parse::<RegistrationId>().map_err(|error| error.to_string())?;
        Ok(AttendanceLine { line, registration })
    })?;
    import::send(context, &ATTENDANCE, args.id, &name, lines).await
}

fn line(currency: Currency, zone: &TimeZone, line: u64, row: Row) -> Result<ProgramLine, String> {
    if row.number.is_empty() {
        return Err("the number is empty".to_owned());
    }
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let maybe = |column: &str, text: Option<String>| given(text).map(|text| time(column, &text, zone)).transpose();
    let capacity = row.capacity.parse().map_err(|_| format!("capacity: `{}` is no whole number", row.capacity))?;
    let fee = given(row.fee).map(|fee| Minor::parse(&fee, currency)).transpose();
    Ok(ProgramLine {
        line,
        starts_at: time("starts_at", &row.starts_at, zone)?,
        ends_at: time("ends_at", &row.ends_at, zone)?,
        opens_at: maybe("opens_at", row.opens_at)?,
        closes_at: maybe("closes_at", row.closes_at)?,
        capacity,
        fee: fee.map_err(|error| format!("fee: {error}"))?.unwrap_or(Minor::ZERO),
        number: row.number,
        category: row.category,
        title: row.title,
        description: given(row.description),
        venue: row.venue,
    })
}

/// An instant, or a time on the city's clocks; one they skip or show twice must be told as an instant.
fn time(column: &str, text: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    // A day without its time parses as midnight, which nobody means.
    let civil = text.contains(':').then(|| text.replacen(' ', "T", 1).parse::<DateTime>().ok()).flatten();
    let civil = civil.ok_or_else(|| format!("{column}: `{text}` is no time; write it as in 2026-12-03 18:00"))?;
    let there = zone.to_ambiguous_zoned(civil).unambiguous();
    there.map(|zoned| Timestamp::from(zoned.timestamp())).map_err(|_| {
        format!("{column}: the city's clocks do not show {text} exactly once; write it as in 2026-12-03T18:00:00-06:00")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_on_the_citys_clocks() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let read = |text| time("starts_at", text, &zone).map(|at| at.to_string());
        assert_eq!(read("2026-12-03 18:00").unwrap(), "2026-12-04T00:00:00Z");
        assert_eq!(read("2026-07-03T18:00").unwrap(), "2026-07-03T23:00:00Z");
        assert_eq!(read("2026-12-03T18:00:00-06:00").unwrap(), "2026-12-04T00:00:00Z");
        for (wrong, why) in [
            ("2026-03-08 02:30", "exactly once"),
            ("2026-11-01 01:30", "exactly once"),
            ("2026-12-03", "is no time"),
            ("tomorrow", "is no time"),
        ] {
            assert!(read(wrong).unwrap_err().contains(why), "{wrong}");
        }
    }

    #[test]
    fn lines_tell_what_is_wrong_with_them() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let row = |capacity: &str, fee: &str| Row {
            number: "W-1".to_owned(),
            category: "workshop".to_owned(),
            title: "Pottery".to_owned(),
            description: Some(String::new()),
            starts_at: "2026-12-03 18:00".to_owned(),
            ends_at: "2026-12-03 20:00".to_owned(),
            venue: "Kiln Street 4".to_owned(),
            capacity: capacity.to_owned(),
            fee: Some(fee.to_owned()),
            opens_at: None,
            closes_at: Some(String::new()),
        };
        let read = |capacity, fee| line("USD".parse().unwrap(), &zone, 2, row(capacity, fee));
        let good = read("12", "").unwrap();
        assert_eq!((good.capacity, good.fee, good.closes_at, good.description), (12, Minor::ZERO, None, None));
        assert!(read("a dozen", "").unwrap_err().starts_with("capacity: "));
        assert!(read("12", "1.005").unwrap_err().starts_with("fee: "));
    }
}
