//! Tables at every width, and with every kind of text.

use serde_json::json;

use super::*;

const COLUMNS: [Column; 4] =
    [Column::id("id"), Column::text("title"), Column::money("amount").header("Due"), Column::text("category").wide()];

fn items() -> Vec<Value> {
    vec![
        json!({"id": "BIL-1", "title": "Water and sewer, third quarter", "amount": 8740, "currency": "USD", "category": "utilities"}),
        json!({"id": "BIL-22", "title": "停车罚单", "amount": 123_456, "currency": "USD", "category": "fine"}),
    ]
}

fn at(width: Option<usize>, paint: Paint, chosen: Chosen) -> String {
    let layout = Layout { width, header: Header::Shown, paint, columns: chosen, rows: Height::Line };
    table(&COLUMNS.iter().collect::<Vec<_>>(), &items(), &Local::default(), layout).text
}

#[test]
fn a_table_as_wide_as_it_takes() {
    insta::assert_snapshot!(at(None, Paint::Plain, Chosen::ByUs), @r"
    ID      TITLE                                 DUE  CATEGORY
    BIL-1   Water and sewer, third quarter     $87.40  utilities
    BIL-22  停车罚单                        $1,234.56  fine
    ");
}

#[test]
fn narrow_terminals_lose_wide_columns_then_text() {
    insta::assert_snapshot!(at(Some(40), Paint::Plain, Chosen::ByUs), @r"
    ID      TITLE                        DUE
    BIL-1   Water and sewer, thi…     $87.40
    BIL-22  停车罚单               $1,234.56
    ");
    insta::assert_snapshot!(at(Some(29), Paint::Plain, Chosen::ByUs), @r"
    ID      TITLE             DUE
    BIL-1   Water and…     $87.40
    BIL-22  停车罚单    $1,234.56
    ");
    assert!(at(Some(40), Paint::Plain, Chosen::ByName).contains("CATEGORY"));
}

#[test]
fn every_line_fits() {
    for width in 9..90 {
        for chosen in [Chosen::ByUs, Chosen::ByName] {
            let text = at(Some(width), Paint::Plain, chosen);
            assert!(text.lines().all(|line| line.width() <= width && !line.ends_with(' ')), "{width}\n{text}");
            assert_eq!(text.lines().count(), 3, "{text}");
        }
    }
}

#[test]
fn where_texts_are_short_already_columns_go_from_the_right() {
    let columns = [
        Column::id("id"),
        Column::time("at"),
        Column::text("title"),
        Column::money("balance"),
        Column::status("status"),
        Column::yes_no("overdue"),
        Column::text("category").wide(),
    ];
    let columns = columns.iter().collect::<Vec<_>>();
    let item = json!({"id": "BIL-00000001", "at": "2026-11-22", "title": "Water and sewer, third quarter", "balance": 8740,
        "currency": "USD", "status": "open", "overdue": false, "category": "utilities"});
    let drawn = |width: usize| {
        let layout = Layout {
            width: Some(width),
            header: Header::Shown,
            paint: Paint::Plain,
            columns: Chosen::ByUs,
            rows: Height::Line,
        };
        let drawn = table(&columns, std::slice::from_ref(&item), &Local::default(), layout);
        format!("{}without {}\n", drawn.text, drawn.dropped.join(", "))
    };
    insta::assert_snapshot!([80, 60, 50, 26].map(drawn).concat(), @r"
    ID            AT          TITLE                         BALANCE  STATUS  OVERDUE
    BIL-00000001  2026-11-22  Water and sewer, third quar…   $87.40  open    no
    without category
    ID            AT          TITLE              BALANCE  STATUS
    BIL-00000001  2026-11-22  Water and sewer,…   $87.40  open
    without overdue, category
    ID            AT          TITLE            BALANCE
    BIL-00000001  2026-11-22  Water and sewe…   $87.40
    without status, overdue, category
    ID            TITLE
    BIL-00000001  Water and s…
    without at, balance, status, overdue, category
    ");
}

#[test]
fn a_long_value_is_broken_between_words_and_a_long_list_between_items() {
    let columns = [Column::text("note"), Column::list("scopes"), Column::list("few"), Column::text("token")];
    let columns = columns.iter().collect::<Vec<_>>();
    let item = json!({
        "note": "a payment is made when its receipt says so\nnot before", "few": ["a", "b"],
        "scopes": ["bills:read", "bills:pay", "every word of a list of five"], "token": "x".repeat(40),
    });
    insta::assert_snapshot!(fields(&columns, &item, &Local::default(), Paint::Plain, Some(32)), @r"
    note    a payment is made when
            its receipt says so
            not before
    scopes  bills:read
            bills:pay
            every word of a list of
            five
    few     a, b
    token   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    ");
    let whole = fields(&columns, &item, &Local::default(), Paint::Plain, Some(100));
    assert!(whole.contains("scopes  bills:read, bills:pay, every word of a list of five\n"), "{whole}");
}

#[test]
fn what_is_read_in_a_table_is_broken_between_words() {
    let columns = [Column::status("by"), Column::text("text")];
    let items = [
        json!({"by": "city", "text": "We have looked at it, and\nthe lamp is repaired."}),
        json!({"by": "you", "text": "Thanks."}),
    ];
    let layout = Layout {
        width: Some(24),
        header: Header::Shown,
        paint: Paint::Plain,
        columns: Chosen::ByUs,
        rows: Height::Whole,
    };
    insta::assert_snapshot!(table(&columns.iter().collect::<Vec<_>>(), &items, &Local::default(), layout).text, @"
    BY    TEXT
    city  We have looked at
          it, and
          the lamp is
          repaired.
    you   Thanks.
    ");
}

#[test]
fn one_thing_is_a_list_of_fields() {
    let columns = [Column::id("id"), Column::text("note"), Column::status("status"), Column::text("gone")];
    let item = json!({"id": "REQ-1", "note": "first\nsecond", "status": "paid"});
    let columns = columns.iter().collect::<Vec<_>>();
    insta::assert_snapshot!(fields(&columns, &item, &Local::default(), Paint::Plain, None), @r"
    id      REQ-1
    note    first
            second
    status  paid
    ");
    let lines =
        fields(&columns, &json!({"id": "REQ-1", "note": "first\n\nthird\n"}), &Local::default(), Paint::Plain, None);
    assert_eq!(lines, "id    REQ-1\nnote  first\n\n      third\n");
}

#[test]
fn colour_moves_nothing() {
    let columns = [Column::id("id"), Column::status("status"), Column::money("amount")];
    let columns = columns.iter().collect::<Vec<_>>();
    let items = ["paid", "in_review", "void", "open"].map(|status| json!({"id": 1, "status": status, "amount": 5}));
    let layout = Layout {
        width: Some(40),
        header: Header::Shown,
        paint: Paint::Plain,
        columns: Chosen::ByUs,
        rows: Height::Line,
    };
    let plain = table(&columns, &items, &Local::default(), layout).text;
    let coloured = table(&columns, &items, &Local::default(), Layout { paint: Paint::Colour, ..layout }).text;
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    for told in ["\u{1b}[1mSTATUS\u{1b}[0m ", "\u{1b}[38;5;2mpaid\u{1b}[39m ", "\u{1b}[2mvoid\u{1b}[0m ", "  open "] {
        assert!(coloured.contains(told), "{told:?} {coloured:?}");
    }
    let one = fields(&columns, &items[0], &Local::default(), Paint::Colour, None);
    assert!(one.contains("\u{1b}[1mstatus\u{1b}[0m  \u{1b}[38;5;2mpaid\u{1b}[39m\n"), "{one:?}");
}

/// `--color always` was weighed against NO_COLOR by the settings: comfy-table must not weigh it again.
#[test]
fn no_color_is_asked_once() {
    let again = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ui::table::tests::colour_moves_nothing"])
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&again.stdout);
    assert!(again.status.success() && told.contains("1 passed"), "{told}");
}

#[test]
fn wide_glyphs_are_aligned_and_cut_whole() {
    let columns = [Column::text("title"), Column::id("id")];
    let columns = columns.iter().collect::<Vec<_>>();
    let titles = ["Straße gesperrt 🚧🚧🚧", "停车罚单停车罚单停车罚单", "👩‍👩‍👧 family pass e\u{301}te\u{301} 👍🏽👍🏽", "a"];
    let items = titles.map(|title| json!({"title": title, "id": "X"}));
    let lines = |width: Option<usize>| {
        let layout =
            Layout { width, header: Header::Hidden, paint: Paint::Plain, columns: Chosen::ByUs, rows: Height::Line };
        let text = table(&columns, &items, &Local::default(), layout).text;
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for width in (13..40).map(Some).chain([None]) {
        let lines = lines(width);
        let widths = lines.iter().map(|line| line.width()).collect::<Vec<_>>();
        assert!(lines.len() == 4 && widths.iter().all(|each| each == &widths[0]), "{lines:#?}");
    }
    let layout = Layout {
        width: Some(20),
        header: Header::Hidden,
        paint: Paint::Plain,
        columns: Chosen::ByUs,
        rows: Height::Line,
    };
    let long = json!({"title": "水".repeat(100_000), "id": "X"});
    assert_eq!(table(&columns, &[long], &Local::default(), layout).text, "水水水水水水水水…  X\n");
    assert_eq!(lines(Some(13))[1], "停车罚单…   X");
    assert!(lines(None).iter().zip(titles).all(|(line, title)| line.starts_with(title)));
}

#[test]
fn nothing_is_lost_where_no_terminal_is() {
    let text = at(None, Paint::Plain, Chosen::ByUs);
    assert!(!text.contains('…'));
    let long = "é".repeat(70_000);
    let columns = [Column::text("title")];
    let layout =
        Layout { width: None, header: Header::Hidden, paint: Paint::Plain, columns: Chosen::ByUs, rows: Height::Line };
    let text = table(&[&columns[0]], &[json!({"title": long})], &Local::default(), layout).text;
    assert_eq!(text.replace('\n', ""), long);
    assert_eq!(table(&[], &items(), &Local::default(), layout).text, "");
}
