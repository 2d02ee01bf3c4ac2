//! Whole uis on buffers: what reaches stdout and stderr, and in which order.

use std::{
    cell::RefCell,
    io::{self, Cursor, Write},
    rc::Rc,
};

use serde_json::{Value, json};

use super::*;
use crate::{api::problem::FieldError, settings::Consent};

static BILL: Sheet = Sheet {
    noun: "bill",
    columns: &[
        Column::id("id"),
        Column::text("title"),
        Column::money("amount"),
        Column::status("status"),
        Column::text("note").asked(),
    ],
    when_empty: None,
};

#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

/// Fails every write.
struct Refusing(ErrorKind);

impl Write for Refusing {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn terminal() -> Streams {
    let terminal = Stream::Terminal;
    Streams { input: terminal, output: terminal, errors: terminal, size: Some((60, 13)) }
}

fn settings(format: Option<Format>) -> OutputSettings {
    OutputSettings { format, color: ColorChoice::Never, ..OutputSettings::default() }
}

fn ui(settings: OutputSettings, streams: Streams, answers: &'static str) -> (Ui, Shared, Shared) {
    let (out, err) = (Shared::default(), Shared::default());
    let ui = Ui::new(settings, streams).unwrap().on(out.clone(), err.clone(), Cursor::new(answers));
    (ui, out, err)
}

fn bill(number: u32) -> Value {
    json!({"id": format!("BIL-{number}"), "title": "Water", "amount": 8740, "currency": "USD", "status": "open"})
}

fn many(count: u32) -> Outcome {
    Outcome::many(&BILL, &(0..count).map(bill).collect::<Vec<_>>()).unwrap()
}

#[test]
fn the_stream_decides_the_format() {
    let (mut piped, out, _) = ui(settings(None), Streams::default(), "");
    piped.show(&many(1)).unwrap();
    assert_eq!(out.text(), "", "kept until the command succeeded");
    piped.finish().unwrap();
    assert_eq!(out.text(), "id\ttitle\tamount\tstatus\nBIL-0\tWater\t87.40\topen\n");

    let (mut seen, out, err) = ui(settings(None), terminal(), "");
    seen.show(&many(1).and_more(More::Exactly(4))).unwrap();
    seen.finish().unwrap();
    assert_eq!(out.text(), "ID     TITLE  AMOUNT  STATUS\nBIL-0  Water  $87.40  open\n");
    assert_eq!(err.text(), "and 4 more bills; narrow the list, or pipe it to see all\n");

    let (mut one, out, _) = ui(settings(None), terminal(), "");
    one.show(&Outcome::one(&BILL, &bill(7)).unwrap()).unwrap();
    one.finish().unwrap();
    assert_eq!(out.text(), "id      BIL-7\ntitle   Water\namount  $87.40\nstatus  open\n");

    let (mut empty, out, err) = ui(settings(None), terminal(), "");
    empty.show(&many(0)).unwrap();
    empty.finish().unwrap();
    assert_eq!((out.text(), err.text()), (String::new(), "there are no bills\n".to_owned()));
}

#[test]
fn an_empty_list_says_what_to_do_next_on_a_terminal() {
    static CITY: Sheet = Sheet { noun: "city", columns: &[Column::id("name")], when_empty: Some("add one") };
    let told = |format: Option<Format>, nothing: Option<&'static str>| {
        let (mut ui, out, err) = ui(settings(format), terminal(), "");
        if let Some(nothing) = nothing {
            ui.when_empty(nothing);
        }
        ui.show(&Outcome::many::<Value>(&CITY, &[]).unwrap()).unwrap();
        ui.finish().unwrap();
        (out.text(), err.text())
    };
    assert_eq!(told(None, None), (String::new(), "there are no cities\nhint: add one\n".to_owned()));
    assert_eq!(told(None, Some("nothing is due")).1, "nothing is due\nhint: add one\n");
    assert_eq!(told(Some(Format::Json), None), ("[]\n".to_owned(), String::new()));
    assert_eq!(told(Some(Format::Tsv), None), ("name\n".to_owned(), String::new()));
}

#[test]
fn columns_there_is_no_room_for_are_told_to_whoever_asked() {
    let told = |columns: Option<&str>, verbosity: Verbosity| {
        let asked = OutputSettings {
            columns: columns.map(|columns| columns.split(',').map(str::to_owned).collect()),
            verbosity,
            ..settings(None)
        };
        let (mut ui, out, err) = ui(asked, Streams { size: Some((24, 13)), ..terminal() }, "");
        ui.show(&many(1)).unwrap();
        ui.finish().unwrap();
        assert!(out.text().lines().all(|line| line.len() <= 24), "{}", out.text());
        err.text()
    };
    let text = "the terminal is too\nnarrow to show status; a\npipe shows every column\n";
    assert_eq!(told(None, Verbosity::Normal), "");
    assert_eq!(told(None, Verbosity::Verbose), text);
    assert_eq!(told(Some("id,title,amount,status"), Verbosity::Normal), text);
}

#[test]
fn a_line_of_a_file_is_told_once() {
    let mut failure = Failure::new(Code::SomeRefused, "2 lines were refused");
    failure.errors = vec![FieldError::new("/lines/2", "no amount"), FieldError::new("/lines/3/due_on", "is missing")];
    let (mut ui, _, err) = ui(settings(None), terminal(), "");
    ui.fail(&failure);
    assert_eq!(err.text(), "error: 2 lines were refused\n  line 2: no amount\n  line 3, due_on: is missing\n");
}

#[test]
fn jq_and_columns_work_on_the_document() {
    let mut asked = settings(Some(Format::Json));
    asked.jq = Some("map(.id) | join(\"+\")".to_owned());
    let (mut filtered, out, _) = ui(asked, terminal(), "");
    filtered.show(&many(3)).unwrap();
    filtered.finish().unwrap();
    assert_eq!(out.text(), "BIL-0+BIL-1+BIL-2\n");

    let mut asked = settings(Some(Format::Json));
    asked.columns = Some(vec!["note".to_owned(), "id".to_owned()]);
    let (mut narrowed, out, _) = ui(asked, Streams::default(), "");
    narrowed.show(&Outcome::one(&BILL, &bill(1)).unwrap()).unwrap();
    narrowed.finish().unwrap();
    assert_eq!(out.text(), "{\"note\":null,\"id\":\"BIL-1\"}\n");

    let mut wrong = settings(None);
    wrong.columns = Some(vec!["titel".to_owned()]);
    let (wrong, _, _) = ui(wrong, Streams::default(), "");
    assert_eq!(wrong.check_columns(&BILL).unwrap_err().code, Code::Usage);
    assert!(Ui::new(OutputSettings { jq: Some(".[".to_owned()), ..settings(None) }, terminal()).is_err());
}

#[test]
fn a_failure_leaves_stdout_empty() {
    let mut failure = Failure::new(Code::Invalid, "2 fields are wrong\u{1b}[2J").hint("try again");
    failure.errors = vec![FieldError::new("/address/city", "is missing"), FieldError::new("", "odd")];
    failure.status = Some(422);
    failure.request_id = Some("req-1".to_owned());
    failure.subject = Some("PAY-1".to_owned());

    let (mut lines, out, err) = ui(settings(None), Streams::default(), "");
    lines.show(&many(1)).unwrap();
    lines.warn("mind this");
    assert_eq!(lines.fail(&failure), 6);
    lines.finish().unwrap();
    assert_eq!(out.text(), "");
    assert_eq!(
        err.text(),
        "warning: mind this\nerror: 2 fields are wrong�[2J\n  address.city: is missing\n  odd\nhint: try again\n"
    );

    let (mut object, out, err) = ui(settings(Some(Format::Jsonl)), Streams::default(), "");
    object.note("not seen");
    object.warn("mind this");
    object.show(&many(1)).unwrap();
    assert_eq!(object.fail(&failure), 6);
    object.finish().unwrap();
    assert_eq!(out.text(), "");
    assert_eq!(err.text().lines().count(), 1);
    let told = serde_json::from_str::<Value>(&err.text()).unwrap();
    assert_eq!(
        told,
        json!({"error": {
            "code": "invalid", "message": "2 fields are wrong\u{1b}[2J", "hint": "try again", "status": 422,
            "request_id": "req-1", "exit_code": 6, "subject": "PAY-1", "warnings": ["mind this"],
            "errors": [{"pointer": "/address/city", "detail": "is missing"}, {"pointer": "", "detail": "odd"}],
        }})
    );
}

#[test]
fn warnings_of_a_success_are_one_object_too() {
    let (mut ui, _, err) = ui(settings(Some(Format::Json)), Streams::default(), "");
    ui.warn("one");
    ui.warn("two");
    ui.finish().unwrap();
    assert_eq!(err.text(), "{\"warnings\":[\"one\",\"two\"]}\n");
}

#[test]
fn a_reader_that_went_away_is_no_error_a_full_disk_is() {
    let (ui, ..) = ui(settings(None), Streams::default(), "");
    let mut gone = ui.on(Refusing(ErrorKind::BrokenPipe), io::sink(), io::empty());
    gone.show(&many(1)).unwrap();
    gone.finish().unwrap();
    let mut full = gone.on(Refusing(ErrorKind::StorageFull), io::sink(), io::empty());
    full.pipe = Pipe::Open;
    full.show(&many(1)).unwrap();
    let failure = full.finish().unwrap_err();
    assert_eq!((failure.code, failure.code.exit()), (Code::File, 1));
}

#[tokio::test]
async fn rows_are_printed_as_they_come() {
    let rows = |count: u32| Lines::new((0..count).map(|number| Ok(bill(number))));
    let printed = async |format: Format, count: u32| {
        let (mut ui, out, _) = ui(settings(Some(format)), Streams::default(), "");
        ui.stream(&BILL, rows(count)).await.unwrap();
        out.text()
    };
    let document = serde_json::from_str::<Vec<Value>>(&printed(Format::Json, 3).await).unwrap();
    assert_eq!(document, (0..3).map(bill).collect::<Vec<_>>());
    assert_eq!(printed(Format::Json, 0).await, "[]\n");
    assert_eq!(printed(Format::Jsonl, 2).await, format!("{}\n{}\n", bill(0), bill(1)));
    assert_eq!(printed(Format::Ids, 2).await, "BIL-0\nBIL-1\n");
    assert_eq!(printed(Format::Csv, 0).await, "id,title,amount,status\n");

    let (mut screen, out, err) = ui(settings(None), terminal(), "");
    screen.stream(&BILL, rows(25)).await.unwrap();
    screen.finish().unwrap();
    assert_eq!(out.text().lines().count(), 11);
    assert!(err.text().starts_with("and 15 more bills;"), "{}", err.text());
}

#[tokio::test]
async fn a_reader_that_goes_away_ends_the_stream() {
    let (ui, ..) = ui(settings(Some(Format::Jsonl)), Streams::default(), "");
    let mut gone = ui.on(Refusing(ErrorKind::BrokenPipe), io::sink(), io::empty());
    let endless = Lines::new((0..).map(|number| Ok(bill(number))));
    gone.stream(&BILL, endless).await.unwrap();
    gone.finish().unwrap();
}

#[tokio::test]
async fn a_stream_that_breaks_leaves_whole_lines() {
    let breaking = |after: u32| {
        Lines::new((0..=after).map(move |number| {
            if number == after { Err(Failure::new(Code::Network, "it broke off")) } else { Ok(bill(number)) }
        }))
    };
    let (mut begun, out, _) = ui(settings(Some(Format::Json)), Streams::default(), "");
    assert!(begun.stream(&BILL, breaking(2)).await.is_err());
    assert_eq!(out.text(), format!("[{},{}\n", bill(0), bill(1)));
    let (mut never, out, _) = ui(settings(Some(Format::Csv)), Streams::default(), "");
    assert!(never.stream(&BILL, breaking(0)).await.is_err());
    assert_eq!(out.text(), "");
}

#[test]
fn questions_are_asked_until_an_answer_passes() {
    let (mut asking, _, err) =
        ui(settings(None), terminal(), "\nno\nrosa@riverton.example\n\n2\nfour\nBank\nmaybe\ny\n");
    let check = |answer: &str| if answer.contains('@') { Ok(()) } else { Err("an address has an @".to_owned()) };
    let email = asking.ask(&Question::new("Email", "--email").check(&check)).unwrap();
    assert_eq!(email, "rosa@riverton.example");
    assert_eq!(err.text(), "Email: Email:   an address has an @\nEmail: ");
    assert_eq!(asking.ask(&Question::new("Country", "--country").or("US")).unwrap(), "US");
    let choices = ["card", "bank"].map(|value| Choice { value: value.to_owned(), label: value.to_uppercase() });
    assert_eq!(asking.choose(&Question::new("Pay with", "--method"), &choices).unwrap(), 1);
    assert_eq!(asking.choose(&Question::new("Pay with", "--method"), &choices).unwrap(), 1);
    asking.confirm("Pay $87.40?", "--yes").unwrap();
    assert_eq!(asking.ask(&Question::new("More", "--more")).unwrap_err().code, Code::Interrupted);
}

#[test]
fn where_nobody_can_be_asked_the_flag_is_named() {
    let (mut piped, _, err) = ui(settings(None), Streams::default(), "y\n");
    for failure in [
        piped.ask(&Question::new("Email", "--email")).unwrap_err(),
        piped.ask_secret("Password", "--password-stdin").unwrap_err(),
        piped.confirm("Pay $87.40?", "--yes").unwrap_err(),
    ] {
        assert_eq!((failure.code, failure.code.exit()), (Code::InputNeeded, 2));
        assert!(failure.hint.unwrap().starts_with("give it with --"));
    }
    assert_eq!(err.text(), "");
    assert_eq!(piped.secret_from_stdin("--password-stdin").unwrap().expose(), "y");
    let (mut agreed, ..) = ui(OutputSettings { consent: Consent::Given, ..settings(None) }, Streams::default(), "");
    agreed.confirm("Pay $87.40?", "--yes").unwrap();
}

#[test]
fn what_is_said_fits_the_terminal() {
    let narrow = Streams { size: Some((24, 10)), ..terminal() };
    let (mut narrow, _, err) = ui(OutputSettings { color: ColorChoice::Never, ..settings(None) }, narrow, "");
    narrow.note("  indented notes go on as far in");
    narrow.warn("type `citytime account password-reset`");
    assert_eq!(err.text(), "  indented notes go on\n  as far in\nwarning: type\n`citytime account password-reset`\n");
    let (mut piped, _, err) = ui(settings(None), Streams::default(), "");
    piped.note("a line that a program reads stays whole");
    assert_eq!(err.text(), "a line that a program reads stays whole\n");
}

#[test]
fn help_is_coloured_where_stdout_is() {
    let help = clap::Command::new("citytime").render_help();
    for (streams, coloured) in [(terminal(), true), (Streams::default(), false)] {
        let (mut ui, out, _) = ui(OutputSettings::default(), streams, "");
        ui.show_help(&help);
        ui.finish().unwrap();
        assert!(out.text().contains("Usage:") && out.text().contains('\u{1b}') == coloured);
    }
}

#[test]
fn colour_is_decided_for_each_stream() {
    let streams = Streams { errors: Stream::Piped, ..terminal() };
    let (mut ui, out, err) = ui(OutputSettings { color: ColorChoice::Auto, ..settings(None) }, streams, "");
    ui.show(&many(1)).unwrap();
    ui.finish().unwrap();
    ui.fail(&Failure::usage("no"));
    assert!(out.text().contains("\u{1b}[1mID\u{1b}[0m"));
    assert_eq!(err.text(), "error: no\n");
}

#[test]
fn json_is_coloured_on_a_terminal_and_always() {
    let printed = |color: ColorChoice, streams: Streams| {
        let (mut ui, out, _) = ui(OutputSettings { color, ..settings(Some(Format::Json)) }, streams, "");
        ui.show(&Outcome::one(&BILL, &bill(1)).unwrap()).unwrap();
        ui.finish().unwrap();
        out.text()
    };
    assert!(printed(ColorChoice::Auto, terminal()).starts_with("{\n  \u{1b}[1m\u{1b}[34m\"id\"\u{1b}[0m: "));
    assert!(printed(ColorChoice::Always, Streams::default()).contains("\u{1b}[32m\"BIL-1\"\u{1b}[0m"));
    for (color, streams) in [(ColorChoice::Never, terminal()), (ColorChoice::Auto, Streams::default())] {
        assert_eq!(serde_json::from_str::<Value>(&printed(color, streams)).unwrap(), bill(1));
    }
}

/// Starting costs next to nothing: the zone is looked up, and a filter compiled, only where one is needed.
#[test]
fn nothing_is_loaded_before_it_is_used() {
    static VISIT: Sheet = Sheet { noun: "visit", columns: &[Column::id("id"), Column::time("at")], when_empty: None };
    let visit = json!({"id": "VIS-1", "at": "2026-11-22T23:30:00Z"});
    let loaded = |format: Option<Format>, sheet: &'static Sheet, item: &Value| {
        let (mut ui, ..) = ui(settings(format), terminal(), "");
        assert!(!ui.local.is_known() && ui.jq.is_none());
        ui.show(&Outcome::one(sheet, item).unwrap()).unwrap();
        ui.finish().unwrap();
        ui.local.is_known()
    };
    for format in [Format::Json, Format::Jsonl, Format::Csv, Format::Tsv, Format::Ids] {
        assert!(!loaded(Some(format), &VISIT, &visit), "{format}");
    }
    assert!(!loaded(None, &BILL, &bill(1)), "a table without times");
    assert!(loaded(None, &VISIT, &visit));
}
