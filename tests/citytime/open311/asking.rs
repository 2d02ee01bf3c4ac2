//! Questions on a terminal, asked from the definition and held against it as one types.

use super::{
    Visit,
    server::{Answer, Seen, json, refused},
};

fn city(seen: &Seen) -> Answer {
    match seen.asks() {
        ("GET", "/v2/services.json") => {
            json(r#"[{"service_code":"BIN","service_name":"Full bin","metadata":true,"type":"blackbox"}]"#)
        }
        ("GET", "/v2/services/BIN.json") => json(
            r#"{"service_code":"BIN","attributes":[
            {"code":"INFO","variable":false,"datatype":"string","order":1,"description":"Bins are emptied on Mondays."},
            {"code":"KIND","variable":true,"required":true,"datatype":"singlevaluelist","order":2,"description":"Which bin?",
             "values":[{"key":"g","name":"Glass"},{"key":"p","name":"Paper"}]},
            {"code":"HOW","variable":true,"required":true,"datatype":"number","order":3,"description":"How many?"},
            {"code":"ALSO","variable":true,"required":false,"datatype":"multivaluelist","order":4,"description":"What else?",
             "values":[{"key":"r","name":"Rats"},{"key":"s","name":"Smell"},{"key":"n","name":"Noise"}]},
            {"code":"SINCE","variable":true,"required":false,"datatype":"datetime","order":5,"description":"Since when?"}]}"#,
        ),
        ("POST", _) => json(r#"[{"service_notice":"Thank you"}]"#),
        _ => refused(404, "[]"),
    }
}

#[tokio::test]
async fn questions_are_asked_in_their_order_and_checked() {
    let there = Visit::to("/v2", "--api-key-prompt", city).await;
    let mut terminal = there.shell.command("request new bin").at_terminal(100, 40);
    terminal.expect("emptied on Mondays").await;
    terminal.expect("2  Paper").await;
    terminal.expect("Which bin?: ").await;
    terminal.send_line("2").await;
    terminal.expect("How many?: ").await;
    terminal.send_line("lots").await;
    terminal.expect("`lots` is no number").await;
    terminal.send_line("3").await;
    terminal.expect("What else?").await;
    terminal.send_line("1, noise").await;
    terminal.expect("commas between them").await;
    terminal.send_line("1,3").await;
    terminal.expect("Since when?").await;
    terminal.send_line("2026-11-20 09:30").await;
    terminal.expect("What is the matter").await;
    terminal.send_line("").await;
    terminal.expect("Where").await;
    terminal.send_line("1 Lake Road").await;
    terminal.expect("API key for there: ").await;
    terminal.send_line("typed-key").await;
    terminal.expect("gives no number to follow it by").await;
    let (exit, screen) = terminal.finish().await;
    assert_eq!(exit, 0, "{screen}");
    let form = &there.filed()[0];
    let fields = ["api_key", "attribute[KIND]", "attribute[HOW]", "attribute[SINCE]", "address_string"]
        .map(|name| form.form(name));
    assert_eq!(
        fields.map(Option::unwrap_or_default),
        ["typed-key", "p", "3", "2026-11-20T09:30:00+00:00", "1 Lake Road"]
    );
    assert_eq!((form.all("attribute[ALSO][]"), form.form("description")), (vec!["r", "n"], None));
}
