//! Programs: what is offered, who has seats and who waits, what is refused, and the calendar.

#![expect(clippy::disallowed_methods, reason = "what no portal does is done at the database")]

use citytime::api::id::ProgramId;
use citytime::portal::store::StoreError;
use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;
use crate::support::tools;

citytime::queries! {
    /// Forgets that seats of a program were taken.
    BREAK = "UPDATE programs SET taken = 0 WHERE id = $1";
}

/// What a clerk publishes in these tests.
const FILE: &str = "number,category,title,starts_at,ends_at,venue,capacity,fee,opens_at,closes_at,description
T-1,workshop,Kites,2026-12-05 10:00,2026-12-05 12:00,Towpath,4,,,,\"Paper, string; glue\"
T-2,activity,Rowing,2026-12-06 10:00,2026-12-06 12:00,Ferry Road,3,25.00,,,
T-3,meeting,Parking,2026-12-07 19:00,2026-12-07 21:00,City hall,40,0,2026-12-01 08:00,2026-12-06 12:00,
";

/// Publishes the file and returns the ids of its programs.
async fn published(nadia: &Shell) -> Vec<String> {
    let output = nadia.command("staff programs publish - -o ids --columns id").stdin(FILE).run().await.ok();
    output.stdout.lines().map(str::to_owned).collect()
}

async fn program(shell: &Shell, id: &str) -> Value {
    shell.run(["programs", "show", id, "-o", "json"]).await.ok().json()
}

/// Registers, and returns the registration.
async fn register(shell: &Shell, id: &str, names: &[&str]) -> Value {
    let names = names.iter().flat_map(|&name| ["--for", name]);
    let words: Vec<&str> = ["programs", "register", id, "-o", "json"].into_iter().chain(names).collect();
    shell.run(words).await.ok().json()
}

async fn registration(shell: &Shell, id: &str) -> Value {
    let all = shell.run("programs registrations -o json").await.ok().json();
    let found = all.as_array().unwrap().iter().find(|one| one["id"] == id);
    found.unwrap_or_else(|| panic!("no {id} in {all}")).clone()
}

fn text<'v>(thing: &'v Value, field: &str) -> &'v str {
    thing[field].as_str().unwrap_or_else(|| panic!("{thing} has no {field}"))
}

/// The code a refusal has, and the status it ends with.
async fn refused(shell: &Shell, words: &[&str]) -> (String, i64) {
    let error = shell.run(words.iter().copied().chain(["-o", "json"]).collect::<Vec<_>>()).await.error();
    assert!(!text(&error, "message").is_empty() && !text(&error, "hint").is_empty(), "{error}");
    (text(&error, "code").to_owned(), error["exit_code"].as_i64().unwrap())
}

on_both_databases! {
    async fn programs_are_listed_and_shown(portal: Portal) {
        let anyone = portal.shell();
        let all = anyone.run("programs list -o json").await.ok().json();
        let all = all.as_array().unwrap();
        assert!(all.len() >= 12 && all.is_sorted_by_key(|program| program["starts_at"].as_str().unwrap().to_owned()));
        for status in ["open", "full", "closed", "scheduled", "cancelled"] {
            assert!(all.iter().any(|program| program["status"] == status), "{status}");
        }
        let some = async |filter: &str| {
            anyone.run(&format!("programs list {filter} -o json")).await.ok().json().as_array().unwrap().clone()
        };
        assert!(some("--free").await.iter().all(|program| program["fee"] == 0));
        assert!(some("--open").await.iter().all(|program| program["status"] == "open" && program["seats_left"].as_i64() > Some(0)));
        assert!(some("--category meeting").await.iter().all(|program| program["category"] == "meeting"));
        assert_eq!(some("--from 7d --to 7d").await.len(), 1);
        assert_eq!(some("--from -60d").await.len(), all.len() + 3);
        assert_eq!(some("--limit 2").await.len(), 2);
        assert_eq!(refused(&anyone, &["programs", "list", "--category", "opera"]).await.1, 6);
        let full = all.iter().find(|program| program["status"] == "full").unwrap();
        assert_eq!(program(&anyone, text(full, "id")).await, *full);
        assert_eq!((&full["seats_left"], &full["waiting"]), (&json!(0), &json!(2)));
        assert_eq!(refused(&anyone, &["programs", "show", "PRG-00000000"]).await, ("not_found".into(), 3));
        let rosa = portal.rosa().await;
        let coming = rosa.run("dashboard --jq .programs").await.ok().json();
        let states: Vec<_> = coming.as_array().unwrap().iter().map(|one| text(one, "status")).collect();
        assert_eq!(states, ["registered", "waitlisted", "registered", "held"], "{coming}");
        assert_eq!(coming[1]["position"], 2);
        let past = rosa.run("history programs -o json").await.ok().json();
        assert!(past.as_array().unwrap().iter().any(|entry| entry["status"] == "attended" && entry["amount"] == 1800));
    }

    async fn a_household_registers_and_leaves(portal: Portal) {
        let (rosa, tomas, nadia) = (portal.rosa().await, portal.tomas().await, portal.nadia().await);
        let kites = &published(&nadia).await[0];
        let mine = register(&rosa, kites, &["Rosa Marín", "  Ana   Marín "]).await;
        assert_eq!((&mine["status"], &mine["position"], &mine["bill"]), (&json!("registered"), &Value::Null, &Value::Null));
        assert_eq!(mine["participants"], json!(["Rosa Marín", "Ana Marín"]));
        assert_eq!(program(&rosa, kites).await["seats_left"], 2);
        assert_eq!(refused(&rosa, &["programs", "register", kites, "--for", "ANA marín"]).await, ("conflict".into(), 6));
        let (full, code) = (["programs", "register", kites, "--seats-only", "--for", "A", "--for", "B", "--for", "C"], "full".to_owned());
        assert_eq!(refused(&tomas, &full).await, (code.clone(), 6));
        let crowd: Vec<_> = ["programs", "register", kites].into_iter().chain(["--for", "a", "--for", "b", "--for", "c", "--for", "d", "--for", "e"]).collect();
        assert_eq!(refused(&tomas, &crowd).await, (code, 6));
        // Three wait for three seats; one who would fit into two is not held up by them, one after that is.
        let theirs = register(&tomas, kites, &["Tomas", "Ida", "Nils"]).await;
        assert_eq!((text(&theirs, "status"), &theirs["position"]), ("waitlisted", &json!(1)));
        let third = register(&nadia, kites, &["Nadia", "Kwame"]).await;
        assert_eq!(text(&third, "status"), "registered");
        let last = register(&nadia, kites, &["Efua"]).await;
        assert_eq!((text(&last, "status"), &last["position"]), ("waitlisted", &json!(2)));
        // Two seats fall free: too few for the first of the list, and nobody overtakes it.
        let left = nadia.run(["programs", "cancel", "-y", text(&third, "id"), "-o", "json"]).await.ok().json();
        assert_eq!(left["status"], "cancelled");
        assert_eq!((program(&rosa, kites).await["seats_left"].as_i64(), registration(&nadia, text(&last, "id")).await["position"].as_i64()), (Some(0), Some(2)));
        rosa.run(["programs", "cancel", "-y", text(&mine, "id")]).await.ok();
        assert_eq!(registration(&tomas, text(&theirs, "id")).await["status"], "registered");
        assert_eq!(registration(&nadia, text(&last, "id")).await["status"], "registered");
        assert_eq!(refused(&rosa, &["programs", "cancel", "-y", text(&mine, "id")]).await.0, "conflict");
        assert_eq!(refused(&rosa, &["programs", "cancel", "-y", text(&theirs, "id")]).await, ("not_found".into(), 3));
        let entry = rosa.run("history programs --limit 1 -o json").await.ok().json();
        assert_eq!((text(&entry[0], "id"), text(&entry[0], "status")), (text(&mine, "id"), "cancelled"));
    }

    async fn a_fee_holds_the_seats_until_it_is_paid(portal: Portal) {
        let (rosa, tomas, nadia) = (portal.rosa().await, portal.tomas().await, portal.nadia().await);
        let rowing = &published(&nadia).await[1];
        let mine = register(&rosa, rowing, &["Rosa", "Ana"]).await;
        assert_eq!((text(&mine, "status"), text(&mine, "hold_ends_at")), ("held", "2026-11-25T15:00:00Z"));
        let bill = rosa.run(["bills", "show", text(&mine, "bill"), "-o", "json"]).await.ok().json();
        assert_eq!((&bill["amount"], &bill["record"], text(&bill, "category")), (&json!(5000), &Value::Null, "program"));
        assert_eq!((text(&bill, "due_on"), text(&bill, "number")), ("2026-11-25", text(&mine, "id")));
        assert_eq!(refused(&tomas, &["bills", "show", text(&mine, "bill")]).await.0, "not_found");
        let listed = rosa.run("bills list --category program -o ids").await.ok().stdout;
        assert!(listed.contains(text(&mine, "bill")));
        // A card pays at once: the seats are taken in the unit that settles it.
        rosa.run(["bills", "pay", text(&mine, "bill"), "-y"]).await.ok();
        assert_eq!(registration(&rosa, text(&mine, "id")).await["status"], "registered");
        let theirs = register(&tomas, rowing, &["Tomas"]).await;
        let waits = register(&nadia, rowing, &["Nadia"]).await;
        assert_eq!((text(&theirs, "status"), text(&waits, "status"), &waits["bill"]), ("held", "waitlisted", &Value::Null));
        // Cancelled before it is paid: nothing is owed. The next has the seat, and the bill.
        tomas.run(["programs", "cancel", "-y", text(&theirs, "id")]).await.ok();
        assert_eq!(tomas.run(["bills", "show", text(&theirs, "bill"), "--jq", ".status"]).await.ok().stdout.trim(), "void");
        assert_eq!(refused(&tomas, &["bills", "pay", text(&theirs, "bill"), "-y"]).await.0, "nothing_due");
        let promoted = registration(&nadia, text(&waits, "id")).await;
        assert_eq!((text(&promoted, "status"), &promoted["position"]), ("held", &Value::Null));
        // A hold that ends gives the seat away.
        let next = register(&tomas, rowing, &["Tomas"]).await;
        assert_eq!(text(&next, "status"), "waitlisted");
        nadia.run("staff clock advance 2d").await.ok();
        let ended = registration(&nadia, text(&promoted, "id")).await;
        assert_eq!(text(&ended, "status"), "cancelled");
        assert!(text(&ended, "note").contains("not paid in time"));
        assert_eq!(nadia.run(["bills", "show", text(&promoted, "bill"), "--jq", ".status"]).await.ok().stdout.trim(), "void");
        let next = registration(&tomas, text(&next, "id")).await;
        assert_eq!(text(&next, "status"), "held");
        // Paid, and then given up: the city is to be asked for the money.
        let left = rosa.run(["programs", "cancel", "-y", text(&mine, "id"), "-o", "json"]).await.ok().json();
        assert!(text(&left, "note").contains("ask the city for a refund, help@riverton.example"), "{left}");
    }

    async fn a_payment_on_its_way_keeps_the_seats(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let rowing = &published(&nadia).await[1];
        let mine = register(&rosa, rowing, &["Rosa"]).await;
        let bank = rosa.run("wallet add --token pm_usBankAccount_success --jq .id").await.ok().stdout;
        rosa.run(["bills", "pay", text(&mine, "bill"), "--method", bank.trim(), "-y"]).await.ok();
        assert_eq!(refused(&rosa, &["programs", "cancel", "-y", text(&mine, "id")]).await, ("conflict".into(), 6));
        nadia.run("staff clock advance 3d").await.ok();
        assert_eq!(registration(&rosa, text(&mine, "id")).await["status"], "held");
        nadia.run("staff clock advance 1d").await.ok();
        assert_eq!(registration(&rosa, text(&mine, "id")).await["status"], "registered");
    }

    async fn clerks_publish_change_and_call_off(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let ids = published(&nadia).await;
        let outcomes = async |file: &str| {
            let output = nadia.command("staff programs publish - -o json").stdin(file).run().await.ok().json();
            output.as_array().unwrap().iter().map(|line| text(line, "outcome").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(outcomes(FILE).await, ["unchanged"; 3]);
        register(&rosa, &ids[0], &["Rosa", "Ana", "Leo"]).await;
        let waits = register(&nadia, &ids[0], &["Nadia", "Efua"]).await;
        assert_eq!(text(&waits, "status"), "waitlisted");
        assert_eq!(outcomes(&FILE.replace("Towpath,4", "Towpath,6")).await, ["updated", "unchanged", "unchanged"]);
        assert_eq!(registration(&nadia, text(&waits, "id")).await["status"], "registered");
        let changed = program(&rosa, &ids[0]).await;
        assert_eq!((&changed["sequence"], &changed["seats_left"]), (&json!(1), &json!(1)));
        let wrong = FILE.replace("Towpath,4", "Towpath,2").replace("meeting,Parking", "opera,Parking").replace("25.00", "2.500");
        let told = nadia.command("staff programs publish - -o json").stdin(wrong).run().await;
        let error = told.error();
        let lines: Vec<_> = error["errors"].as_array().unwrap().iter().map(|line| text(line, "detail")).collect();
        assert_eq!((told.exit, lines.len()), (6, 3), "{told}");
        assert!(lines[0].contains("5 seats of") && lines[1].contains("decimals") && lines[2].contains("there is no category `opera`"), "{lines:?}");
        // Called off: nobody has a place any more, and nobody owes anything.
        let held = register(&rosa, &ids[1], &["Rosa"]).await;
        let gone = nadia.run(["staff", "programs", "cancel", "-y", &ids[1], "--reason", "the boats leak", "-o", "json"]).await.ok().json();
        assert_eq!((text(&gone, "status"), text(&gone, "reason"), &gone["sequence"]), ("cancelled", "the boats leak", &json!(1)));
        let mine = registration(&rosa, text(&held, "id")).await;
        assert_eq!((text(&mine, "status"), text(&mine, "note")), ("cancelled", "called off by the city: the boats leak"));
        assert_eq!(rosa.run(["bills", "show", text(&held, "bill"), "--jq", ".status"]).await.ok().stdout.trim(), "void");
        assert_eq!(refused(&rosa, &["programs", "register", &ids[1]]).await, ("cancelled".into(), 6));
        assert_eq!(refused(&nadia, &["staff", "programs", "cancel", "-y", &ids[1], "--reason", "again"]).await.0, "cancelled");
        assert_eq!(refused(&rosa, &["programs", "register", &ids[2]]).await, ("closed".into(), 6));
        assert_eq!(refused(&rosa, &["staff", "programs", "cancel", "-y", &ids[0], "--reason", "no"]).await.1, 5);
        // Who was there is noted once it has begun.
        let roster = nadia.run(["staff", "programs", "registrations", &ids[0], "-o", "json"]).await.ok().json();
        let roster: Vec<&str> = roster.as_array().unwrap().iter().map(|one| text(one, "id")).collect();
        assert_eq!(roster.len(), 2);
        let there = ["staff", "programs", "attendance", &ids[0], "--attended", roster[0]];
        assert_eq!(refused(&nadia, &there).await.0, "conflict");
        nadia.run("staff clock advance 2026-12-08").await.ok();
        // A session nobody used for two weeks has ended.
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let noted = nadia.run(there.into_iter().chain(["-o", "json"]).collect::<Vec<_>>()).await.ok().json();
        assert_eq!(noted[0]["outcome"], "updated");
        assert_eq!(registration(&rosa, roster[0]).await["status"], "attended");
        let file = format!("registration\n{}\n{}\n", roster[0], roster[1]);
        let noted = nadia.command(["staff", "programs", "attendance", &ids[0], "--file", "-", "-o", "json"]).stdin(file).run().await.ok().json();
        assert_eq!((&noted[0]["outcome"], &noted[1]["outcome"]), (&json!("unchanged"), &json!("updated")));
        assert_eq!(refused(&rosa, &["programs", "register", &ids[0]]).await.0, "closed");
        assert_eq!(refused(&rosa, &["programs", "cancel", "-y", roster[0]]).await.0, "conflict");
    }

    async fn a_key_registers_once(portal: Portal) {
        let (rosa, nadia) = (Api::signed_in(&portal, "rosa").await, portal.nadia().await);
        let path = format!("/v1/programs/{}/register", published(&nadia).await[0]);
        let unkeyed = rosa.ask("POST", &path, Some(json!({})), None).await;
        assert_eq!((unkeyed.status, &unkeyed.body["code"]), (422, &json!("key_missing")));
        let once = rosa.ask("POST", &path, Some(json!({"participants": ["Rosa"]})), Some("k")).await.ok();
        let twice = rosa.ask("POST", &path, Some(json!({"participants": ["Rosa"]})), Some("k")).await.ok();
        assert_eq!(once, twice);
        let other = rosa.ask("POST", &path, Some(json!({"participants": ["Ana"]})), Some("k")).await;
        assert_eq!((other.status, &other.body["code"]), (422, &json!("key_reused")));
        let cancel = format!("/v1/registrations/{}/cancel", once["id"].as_str().unwrap());
        for _ in 0..2 {
            assert_eq!(rosa.ask("POST", &cancel, Some(json!({})), Some("c")).await.ok()["status"], "cancelled");
        }
        // The same request is the same registration, in its present state.
        assert_eq!(rosa.ask("POST", &path, Some(json!({"participants": ["Rosa"]})), Some("k")).await.ok()["status"], "cancelled");
        for (body, pointer) in [
            (json!({"participants": ["Rosa", "rosa"]}), "/participants/1"),
            (json!({"participants": [" "]}), "/participants/0"),
            (json!({"participants": vec!["x"; 11]}), "/participants"),
        ] {
            let wrong = rosa.ask("POST", &path, Some(body), Some(pointer)).await;
            assert_eq!((wrong.status, &wrong.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", wrong.body);
        }
    }

    async fn a_calendar_is_understood_by_others(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let ids = published(&nadia).await;
        // One beyond the spring's change of clocks.
        let summer = FILE.lines().next().unwrap().to_owned() + "\nT-8,activity,Regatta,2027-06-05 10:00,2027-06-05 12:00,Ferry Road,9,,,,\n";
        nadia.command("staff programs publish -").stdin(summer).run().await.ok();
        let all = rosa.run("programs calendar").await.ok().stdout;
        assert_eq!(all, rosa.run("programs calendar").await.ok().stdout, "the same twice");
        assert!(all.starts_with("BEGIN:VCALENDAR\r\n") && all.ends_with("END:VCALENDAR\r\n"));
        assert!(all.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "folded, and CRLF throughout");
        assert!(all.contains(&format!("UID:{}@city-of-riverton.citytime\r\n", ids[0])));
        assert!(all.contains("DTSTART;TZID=America/Chicago:20261205T100000\r\n") && all.contains("STATUS:CANCELLED\r\n"));
        assert!(all.contains("DESCRIPTION:Paper\\, string\\; glue\r\n"));
        assert_eq!(all.matches("BEGIN:VTIMEZONE").count(), 1);
        nadia.run(["staff", "programs", "cancel", "-y", &ids[0], "--reason", "no wind, at all; and rain for the whole of that week, they say"]).await.ok();
        let mine = rosa.run("programs calendar --mine").await.ok().stdout;
        assert!(mine.contains("STATUS:TENTATIVE") && mine.contains("STATUS:CONFIRMED") && mine.contains("STATUS:CANCELLED"));
        let none = rosa.run("programs calendar --category meeting --from 900d").await.ok().stdout;
        assert!(none.contains("BEGIN:VTIMEZONE") && !none.contains("VEVENT"));
        let data = rosa.run("programs calendar --mine -o json").await.ok().json();
        assert!(data.as_array().unwrap().len() >= 6);
        let all = rosa.run("programs calendar").await.ok().stdout;
        let read = read_by_another(&rosa, &[&all, &mine, &none]).await;
        let Some(read) = read else { return };
        let programs = rosa.run("programs list --from -30d -o json").await.ok().json();
        let expected: Vec<Value> = programs.as_array().unwrap().iter().map(|program| {
            let status = if program["status"] == "cancelled" { "CANCELLED" } else { "CONFIRMED" };
            json!([format!("{}@city-of-riverton.citytime", text(program, "id")), text(program, "title"), text(program, "starts_at"),
                text(program, "ends_at"), status, program["sequence"], text(program, "venue")])
        }).collect();
        assert_eq!(read[0], json!(expected));
        assert_eq!((read[1].as_array().map(Vec::len), read[2].as_array().map(Vec::len)), (Some(data.as_array().unwrap().len()), Some(0)));
    }

    async fn questions_are_answered(portal: Portal) {
        let anyone = portal.shell();
        let all = anyone.run("support faq -o json").await.ok().json();
        assert!(all.as_array().unwrap().len() >= 5);
        assert_eq!(anyone.run("support faq WAITING list -o ids --limit 1").await.ok().stdout.trim(), "waiting_list");
        assert_eq!(anyone.run("support faq réfund --jq .[0].id").await.ok().stdout.trim(), "refund");
        assert_eq!(anyone.run("support faq zeppelin -o json").await.ok().json(), json!([]));
        // At a terminal the answer is there whole, in lines that fit.
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for question in all.as_array().unwrap() {
            let (exit, screen) = anyone.command(&format!("support faq {}", text(question, "id"))).at_terminal(60, 60).finish().await;
            assert_eq!(exit, 0, "{screen}");
            assert!(screen.starts_with(&format!("id        {}\n", text(question, "id"))), "{screen}");
            assert!(words(&screen).contains(&words(text(question, "answer"))), "{screen}");
            assert!(screen.lines().all(|line| line.chars().count() <= 60), "{screen}");
        }
        let (_, screen) = anyone.command("support faq").at_terminal(80, 24).finish().await;
        assert!(screen.contains("citytime support faq ID\n") && screen.contains('…'), "{screen}");
    }
}

/// What PyPI's icalendar reads in calendars, each as a list of events; `None` where this machine has it not.
async fn read_by_another(shell: &Shell, calendars: &[&str]) -> Option<Value> {
    const READER: &str = r#"
import json, sys
from datetime import timezone
from icalendar import Calendar
utc = lambda at: at.dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
read = []
for text in json.load(sys.stdin):
    calendar = Calendar.from_ical(text)
    zones = {str(zone["TZID"]): zone.to_tz(lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}
    assert not calendar.errors, calendar.errors
    events = []
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        for name in ("DTSTART", "DTEND"):
            # The zone as it stands in the file gives the same instant as the one the machine knows.
            own = event[name].dt.replace(tzinfo=None).replace(tzinfo=zones[event[name].params["TZID"]])
            assert own == event[name].dt, (name, own, event[name].dt)
        events.append([str(event["UID"]), str(event["SUMMARY"]), utc(event["DTSTART"]), utc(event["DTEND"]),
            str(event["STATUS"]), int(event["SEQUENCE"]), str(event["LOCATION"])])
    read.append(events)
print(json.dumps(read))
"#;
    let python = tools::python_with(shell, "icalendar", "CITYTIME_TEST_CALENDAR").await?;
    let stdin = serde_json::to_string(calendars).unwrap();
    Some(shell.program(python, ["-c", READER]).stdin(stdin).run().await.ok().json())
}

on_both_databases! {
    /// A program whose seats do not add up any more, by whatever mistake, keeps no other hold from ending.
    async fn a_hold_that_cannot_end_keeps_no_other(portal: Portal) {
        let (rosa, tomas, nadia) = (portal.rosa().await, portal.tomas().await, portal.nadia().await);
        let ids = published(&nadia).await;
        let held = rosa.run("programs registrations --status held --jq '.[0] | .id, .program'").await.ok().stdout;
        let (stuck, broken) = held.trim().split_once('\n').expect("an id and a program");
        let other = register(&tomas, &ids[1], &[]).await;
        assert_eq!(text(&other, "status"), "held");
        let broken: ProgramId = broken.parse().unwrap();
        let write = portal.store().write(broken, |tx, &broken| {
            Box::pin(async move { tx.execute(&BREAK, &citytime::params![broken]).await })
        });
        let broken: Result<u64, StoreError> = write.await;
        assert_eq!(broken.unwrap(), 1);
        nadia.run("staff clock advance 4d").await.ok();
        assert_eq!(text(&registration(&tomas, text(&other, "id")).await, "status"), "cancelled");
        assert_eq!(text(&registration(&rosa, stuck).await, "status"), "held");
    }
    /// Of a fee that came back nothing is had: whoever leaves owes nothing, and is not told to ask for it.
    async fn a_registration_whose_fee_came_back_ends(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let rowing = &published(&nadia).await[1];
        let bank = rosa.run("wallet add --token pm_usBankAccount_success --jq .id").await.ok().stdout;
        let mut registered = Vec::new();
        for name in ["Rosa", "Ana", "Leo"] {
            let mine = register(&rosa, rowing, &[name]).await;
            let pay = ["bills", "pay", text(&mine, "bill"), "--method", bank.trim(), "-y", "--jq", ".id"];
            registered.push((mine.clone(), rosa.run(pay).await.ok().stdout.trim().to_owned()));
        }
        nadia.run("staff clock advance 4d").await.ok();
        for (mine, payment) in &registered[..2] {
            assert_eq!(registration(&rosa, text(mine, "id")).await["status"], "registered");
            nadia.run(["staff", "payments", "return", "-y", payment, "--code", "R01"]).await.ok();
        }
        let bill = async |mine: &Value| rosa.run(["bills", "show", text(mine, "bill"), "--jq", ".status"]).await.ok().stdout;
        let [(hers, _), (anas, _), (leos, _)] = registered.as_slice() else { panic!("three") };
        // The resident leaves.
        assert_eq!(bill(hers).await, "open\n");
        let left = rosa.run(["programs", "cancel", "-y", text(hers, "id"), "-o", "json"]).await.ok().json();
        assert_eq!((text(&left, "status"), &left["note"], bill(hers).await.as_str()), ("cancelled", &Value::Null, "void\n"));
        // The city calls it off: what was paid and is had may be asked for, what came back may not.
        nadia.run(["staff", "programs", "cancel", "-y", rowing, "--reason", "the boats leak"]).await.ok();
        let off = "called off by the city: the boats leak";
        assert_eq!((text(&registration(&rosa, text(anas, "id")).await, "note"), bill(anas).await.as_str()), (off, "void\n"));
        let note = registration(&rosa, text(leos, "id")).await;
        assert!(text(&note, "note").starts_with(&format!("{off}; the fee was paid (")), "{note}");
        assert_eq!(bill(leos).await, "paid\n");
        nadia.run("staff ledger check").await.ok();
    }
}
