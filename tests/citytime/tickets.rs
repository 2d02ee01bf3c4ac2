//! Support tickets: written, answered, closed and opened again; and when the telephone is answered.

use citytime::portal::store::StoreError;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

citytime::queries! {
    /// What was told of a ticket: to which address, where to one, and in which words.
    TOLD = "SELECT COALESCE(address, ''), subject, body FROM notices WHERE about = $1 ORDER BY created_at, subject";
}

/// What was told of a ticket.
async fn told(portal: &Portal, id: &str) -> Vec<(String, String, String)> {
    let read = portal
        .store()
        .read(id.to_owned(), |tx, id| Box::pin(async move { tx.rows(&TOLD, &citytime::params![id]).await }));
    read.await.unwrap_or_else(|error: StoreError| panic!("{error}"))
}

/// Writes to support and returns the ticket's id.
async fn written(shell: &Shell, subject: &str, text: &str) -> String {
    shell.run(["support", "email", subject, "--body", text, "--jq", ".id"]).await.ok().stdout.trim().to_owned()
}

async fn shown(shell: &Shell, id: &str) -> Value {
    shell.run(["support", "show", id, "-o", "json"]).await.ok().json()
}

on_both_databases! {
    /// What was said is read at a terminal too: no word of it is cut off.
    async fn a_long_answer_is_shown_whole(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let id = written(&rosa, "Lamp", "It is dark on the quay.").await;
        let answer = "The lamp on the quay was looked at on Tuesday.\nIts cable is broken, and a crew repairs it as soon as the \
                      part that was ordered for it arrives.";
        nadia.run(["staff", "support", "reply", &id, "--body", answer]).await.ok();
        for (shell, line) in [(&rosa, format!("support show {id}")), (&nadia, format!("staff support show {id}"))] {
            let (exit, screen) = shell.command(&line).at_terminal(60, 40).finish().await;
            assert_eq!(exit, 0, "{screen}");
            assert!(screen.lines().all(|line| line.chars().count() <= 60), "{screen}");
            let said: Vec<_> = answer.split_whitespace().collect();
            let shown: Vec<_> = screen.split_whitespace().collect();
            assert!(shown.windows(said.len()).any(|words| words == said), "{screen}");
        }
    }

    async fn a_ticket_from_its_opening_to_its_end(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        assert_snapshot!(rosa.run(["support", "email", "My bin was not emptied", "--body", "Not on Monday, not today.\n\nRosa"]).await, @r"
        exit: 0
        ----- stdout
        id	subject	status	created_at	updated_at
        TKT-00000001	My bin was not emptied	open	2026-11-23T15:00:00Z	2026-11-23T15:00:00Z
        ----- stderr
        The city has it as TKT-00000001; its answer comes there, and by mail.
        ");
        let id = rosa.run("support list --limit 1 -o ids").await.ok().stdout.trim().to_owned();
        assert!(id.starts_with("TKT-"), "{id}");
        let waiting = nadia.run("staff support list --status open --assignee none -o ids").await.ok().stdout;
        assert_eq!(waiting.trim(), id);
        assert_snapshot!(nadia.run(["staff", "support", "assign", &id, "-o", "jsonl", "--columns", "status,assignee,writer.username"]).await, @r#"
        exit: 0
        ----- stdout
        {"status":"open","assignee":"nadia","writer":{"username":"rosa"}}
        ----- stderr
        "#);
        assert_eq!(nadia.run("staff support list --assignee me --status open -o ids").await.ok().stdout.trim(), id);
        nadia.run(["staff", "support", "reply", &id, "--body", "A crew comes tomorrow."]).await.ok();
        assert_snapshot!(rosa.run(["support", "show", &id]).await, @r"
        exit: 0
        ----- stdout
        id	subject	status	created_at	updated_at
        TKT-00000001	My bin was not emptied	answered	2026-11-23T15:00:00Z	2026-11-23T15:00:00Z
        ----- stderr
        ");
        assert_eq!(shown(&rosa, &id).await["status"], "answered");
        // Which clerk it was is the clerks' own matter.
        assert!(!shown(&rosa, &id).await.to_string().contains("nadia"));
        let case = nadia.run(["staff", "support", "show", &id, "-o", "json"]).await.ok().json();
        assert_eq!(case["messages"][1]["clerk"], "nadia");
        assert_eq!(case["writer"]["email"], "rosa@mail.riverton.example");
        rosa.run(["support", "reply", &id, "--body", "It did. Thank you!"]).await.ok();
        assert_eq!(shown(&rosa, &id).await["status"], "open");
        nadia.run(["staff", "support", "close", &id]).await.ok();
        assert_eq!(shown(&rosa, &id).await["status"], "closed");
        assert_snapshot!(nadia.run(["staff", "support", "close", &id, "-o", "json"]).await.told(), @r"
        conflict, exit 6
        TKT-00000001 is closed already: only its writer opens it again
        hint: see what was said: citytime staff support show TKT-00000001
        ");
        // With a last word or an answer neither: nothing is said, and nobody told.
        let before = (shown(&rosa, &id).await, told(&portal, &id).await.len());
        for verb in ["close", "reply"] {
            let refused = nadia.run(["staff", "support", verb, &id, "--body", "Once more.", "-o", "json"]).await;
            assert_eq!((refused.exit, refused.error()["code"].as_str()), (6, Some("conflict")), "{verb}: {refused}");
        }
        assert_eq!((shown(&rosa, &id).await, told(&portal, &id).await.len()), before);
        // History shows it as it stands, once.
        let history = rosa.run("history account -o json").await.ok().json();
        let entries: Vec<_> = history.as_array().unwrap().iter().filter(|entry| entry["id"] == id).collect();
        assert_eq!(entries.len(), 1);
        assert_eq!(json!([entries[0]["title"], entries[0]["status"]]), json!(["Support: My bin was not emptied", "closed"]));
        // Her word opens it again; a closing word is said and closes.
        rosa.run(["support", "reply", &id, "--body", "Again it was not."]).await.ok();
        assert_eq!(shown(&rosa, &id).await["status"], "open");
        let closed = nadia.run(["staff", "support", "close", &id, "--body", "It is today.", "-o", "json"]).await.ok().json();
        assert_eq!(json!([closed["status"], closed["messages"].as_array().unwrap().len()]), json!(["closed", 5]));
    }

    async fn a_ticket_is_its_writers_alone(portal: Portal) {
        let (rosa, tomas) = (portal.rosa().await, portal.tomas().await);
        let id = written(&rosa, "Mine", "Mine alone.").await;
        assert_eq!(tomas.run("support list -o json").await.ok().json(), json!([]));
        for asked in [vec!["support", "show", &id], vec!["support", "reply", &id, "--body", "x"]] {
            let refused = tomas.run([asked, vec!["-o", "json"]].concat()).await;
            assert_eq!((refused.exit, refused.error()["code"].as_str()), (3, Some("not_found")), "{refused}");
        }
        for verb in ["list", "show TKT-00000000", "reply TKT-00000000 --body x", "close TKT-00000000", "assign TKT-00000000"] {
            let refused = tomas.run(&format!("staff support {verb} -o json")).await;
            assert_eq!((refused.exit, refused.error()["code"].as_str()), (5, Some("forbidden")), "{verb}");
        }
        let nadia = portal.nadia().await;
        for verb in ["show", "reply --body x", "close", "close --body x", "assign"] {
            let (verb, rest) = verb.split_once(' ').unwrap_or((verb, ""));
            let refused = nadia.run(&format!("staff support {verb} TKT-00000000 {rest} -o json")).await;
            assert_eq!(refused.exit, 3, "{verb}: {refused}");
        }
        assert_snapshot!(nadia.run(["staff", "support", "assign", &id, "--to", "rosa", "-o", "json"]).await.told(), @r"
        invalid, exit 6
        there is no clerk `rosa` with the power support; clerks are named by their username
        hint: none
        /to: there is no clerk `rosa` with the power support; clerks are named by their username
        ");
        assert_eq!(shown(&rosa, &id).await["messages"].as_array().unwrap().len(), 1);
        // A token needs its scope.
        let token = rosa.proven("account tokens create --scope support:read --label s --jq .token").await.ok().stdout;
        let reader = portal.shell().with("CITYTIME_TOKEN", token.trim());
        shown(&reader, &id).await;
        let refused = reader.run(["support", "reply", &id, "--body", "x", "-o", "json"]).await;
        assert_eq!((refused.exit, refused.error()["code"].as_str()), (5, Some("forbidden")));
    }

    async fn what_may_be_said(portal: Portal) {
        let rosa = portal.rosa().await;
        let (file, home) = (rosa.write("letter.txt", "From a file.\r\nTwo lines.\n"), rosa.home().to_owned());
        let from_file = ["support", "email", "A file", "--body-file", file.to_str().unwrap(), "-o", "json"];
        assert_eq!(rosa.run(from_file).await.ok().json()["messages"][0]["text"], "From a file.\nTwo lines.");
        let piped = rosa.command("support email stdin --body-file - -o json").stdin("Piped.\n").run().await.ok().json();
        assert_eq!(piped["messages"][0]["text"], "Piped.");
        // What would do something to a terminal is not kept.
        let nasty = written(&rosa, "A \u{1b}[31mred\u{7} line", "text\u{1b}]0;title\u{7}\u{202e}drow").await;
        let kept = shown(&rosa, &nasty).await;
        assert_eq!(json!([kept["subject"], kept["messages"][0]["text"]]), json!(["A [31mred line", "text]0;titledrow"]));
        assert_snapshot!(rosa.run("support email Question -o json").await.told(), @r"
        input_needed, exit 2
        a text is needed, but there is no terminal to type it on
        hint: give it with --body or --body-file
        ");
        assert_snapshot!(rosa.run(["support", "email", " ", "--body", "x", "-o", "json"]).await.told(), @r"
        invalid, exit 6
        the subject is empty: say in a line what it is about
        hint: none
        /subject: the subject is empty: say in a line what it is about
        ");
        assert_snapshot!(rosa.run(["support", "email", "x", "--body", " \n ", "-o", "json"]).await.told(), @r"
        invalid, exit 6
        the text is empty: say something
        hint: none
        /text: the text is empty: say something
        ");
        let long = "x".repeat(10_001);
        assert_snapshot!(rosa.command("support email x --body-file - -o json").stdin(long).run().await.told(), @r"
        invalid, exit 6
        the text has 10001 characters, and at most 10000 are taken
        hint: none
        /text: the text has 10001 characters, and at most 10000 are taken
        ");
        assert_snapshot!(rosa.run("support email x --body-file missing.txt -o json").await.told().replace(home.to_str().unwrap(), "HOME"), @r"
        file, exit 1
        cannot read missing.txt: there is no such file or folder
        hint: check the path
        ");
        assert_eq!(rosa.run("support email x --body y --body-file z").await.exit, 2);
        // Somebody who writes all the time is slowed down.
        let api = Api::signed_in(&portal, "tomas").await;
        let mut answers = Vec::new();
        for number in 0..21 {
            let text = json!({"subject": format!("{number}"), "text": "x"});
            answers.push(api.ask("post", "/v1/support/tickets", Some(text), None).await);
        }
        let late = answers.pop().unwrap();
        assert!(answers.iter().all(|answer| answer.status == 200));
        assert_eq!((late.status, late.body["code"].as_str()), (429, Some("rate_limited")));
        assert_eq!(late.header("retry-after"), Some("3600"));
        assert_eq!(late.body["detail"], "you wrote to support 20 times within an hour: write again in 60 min");
    }

    async fn the_same_key_is_the_same_ticket(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let before = rosa.run("support list -o ids").await.ok().stdout.lines().count();
        let email = ["support", "email", "Once", "--body", "One.", "--idempotency-key", "k", "-o", "json"];
        let (once, twice) = (rosa.run(email).await.ok().json(), rosa.run(email).await.ok().json());
        assert_eq!(once, twice);
        let id = once["id"].as_str().unwrap();
        let other = ["support", "email", "Once", "--body", "Two.", "--idempotency-key", "k", "-o", "json"];
        assert_eq!(rosa.run(other).await.error()["code"], "key_reused");
        for _ in 0..2 {
            rosa.run(["support", "reply", id, "--body", "More.", "--idempotency-key", "r"]).await.ok();
            nadia.run(["staff", "support", "reply", id, "--body", "Yes.", "--idempotency-key", "a"]).await.ok();
            nadia.run(["staff", "support", "close", id, "--idempotency-key", "c"]).await.ok();
        }
        let ticket = shown(&rosa, id).await;
        assert_eq!(json!([ticket["messages"].as_array().unwrap().len(), ticket["status"]]), json!([3, "closed"]));
        assert_eq!(rosa.run("support list -o ids").await.ok().stdout.lines().count(), before + 1);
    }

    async fn a_text_is_typed_in_an_editor(portal: Portal) {
        let rosa = portal.rosa().await;
        let types = rosa.write("types.sh", "cat \"$1\" >seen.txt\n{ echo 'Typed here.'; cat \"$1\"; } >new && mv new \"$1\"\n");
        let rosa = rosa.with("EDITOR", "false").with("VISUAL", format!("sh {}", types.display()));
        let (exit, screen) = rosa.command("support email Typed").at_terminal(100, 30).finish().await;
        assert_eq!(exit, 0, "{screen}");
        assert_snapshot!(screen, @r"
        The city has it as TKT-00000001; its answer comes there, and by mail.
        id          TKT-00000001
        subject     Typed
        status      open
        created at  2026-11-23 09:00
        updated at  2026-11-23 09:00
        Times are on the city's clocks: America/Chicago
        ");
        let id = rosa.run("support list --limit 1 -o ids").await.ok().stdout.trim().to_owned();
        assert_eq!(shown(&rosa, &id).await["messages"][0]["text"], "Typed here.");
        let seen = std::fs::read_to_string(rosa.home().join("seen.txt")).unwrap();
        assert!(seen.contains("Write above this line to support: Typed."), "{seen}");
        // An editor that fails, one that saves nothing, one that is not there: nothing is sent.
        for editor in ["false", "true", "no-such-editor"] {
            let shell = portal.rosa().await.with("VISUAL", editor);
            let (exit, screen) = shell.command("support email Nothing").at_terminal(100, 30).finish().await;
            let told = match editor {
                "true" => (2, "nothing was typed, so nothing was sent"),
                "false" => (130, "the editor `false` failed"),
                _ => (130, "the editor `no-such-editor` failed"),
            };
            assert!(exit == told.0 && screen.contains(told.1), "{editor}: {exit} {screen}");
        }
        assert_eq!(rosa.run("support list --limit 1 -o ids").await.ok().stdout.trim(), id);
        // What was typed is not lost where it cannot be sent.
        let (exit, screen) = rosa.command("support reply TKT-00000000").at_terminal(300, 30).finish_whole().await;
        let path = screen.split("--body-file ").nth(1).and_then(|rest| rest.split_whitespace().next());
        let path = path.unwrap_or_else(|| panic!("{screen}"));
        assert_eq!((exit, std::fs::read_to_string(path).unwrap().lines().next()), (3, Some("Typed here.")));
        std::fs::remove_file(path).unwrap();
        // But not with a card number in it: no copy of that lies about.
        let types = rosa.write("card.sh", "printf 'It is 4242 4242 4242 4242.\n' >\"$1\"\n");
        let drafts = rosa.home().join("drafts");
        std::fs::create_dir(&drafts).unwrap();
        let rosa = rosa.with("VISUAL", format!("sh {}", types.display())).with("TMPDIR", drafts.display().to_string());
        let (exit, screen) = rosa.command("support email Card").at_terminal(300, 30).finish_whole().await;
        assert_eq!(exit, 6, "{screen}");
        assert!(screen.contains("what you typed is not kept") && !screen.contains("--body-file"), "{screen}");
        assert_eq!(std::fs::read_dir(&drafts).unwrap().count(), 0, "{screen}");
    }

    /// At a terminal what was said stands below the ticket; columns are the ticket's, and leave it alone.
    async fn columns_are_the_tickets(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let id = written(&rosa, "Columns", "Which?").await;
        let at_terminal = async |shell: &Shell, line: &str| {
            let (exit, screen) = shell.command(&format!("{line} --columns id,status")).at_terminal(100, 30).finish().await;
            assert_eq!(exit, 0, "{line}: {screen}");
            screen.trim().to_owned()
        };
        let ticket = |status: &str| format!("id      {id}\nstatus  {status}");
        for (shell, line, status) in [
            (&rosa, format!("support show {id}"), "open"),
            (&rosa, format!("support reply {id} --body More."), "open"),
            (&nadia, format!("staff support show {id}"), "open"),
            (&nadia, format!("staff support reply {id} --body These."), "answered"),
            (&nadia, format!("staff support assign {id}"), "answered"),
            (&nadia, format!("staff support close {id} --body Thanks."), "closed"),
        ] {
            assert_eq!(at_terminal(shell, &line).await, ticket(status).replace(&id, "TKT-00000001"), "{line}");
        }
        let (_, whole) = rosa.command(&format!("support show {id}")).at_terminal(100, 40).finish().await;
        assert!(whole.contains("Thanks.") && whole.contains("subject     Columns"), "{whole}");
        let permit = rosa.run("permit list --limit 1 -o ids").await.ok().stdout.trim().to_owned();
        let request = rosa.run("request list --limit 1 -o ids").await.ok().stdout.trim().to_owned();
        for (line, columns) in [
            (format!("permit status {permit}"), "id,status"),
            (format!("request status {request}"), "service_request_id,status"),
            ("request services pothole".to_owned(), "service_code,group"),
        ] {
            let (exit, screen) = rosa.command(&format!("{line} --columns {columns}")).at_terminal(100, 40).finish().await;
            assert_eq!((exit, screen.trim().lines().count()), (0, 2), "{line}: {screen}");
        }
    }

    async fn the_line_is_open_by_the_citys_clock(portal: Portal) {
        let shell = portal.shell();
        let open_at = async |instant: &str| {
            portal.nadia().await.run(["staff", "clock", "advance", instant]).await.ok();
            shell.run("support contact --jq .open_now").await.ok().stdout.trim() == "true"
        };
        // Monday at nine in Chicago, which is UTC-6; noon to one is a break.
        assert_eq!(shell.run("support contact --jq .open_now").await.ok().stdout.trim(), "true");
        assert!(!open_at("2026-11-23T18:00:00Z").await, "12:00, the break");
        assert!(open_at("2026-11-23T19:00:00Z").await, "13:00");
        assert!(!open_at("2026-11-23T23:00:00Z").await, "17:00, the end");
        assert!(!open_at("2026-11-26T16:00:00Z").await, "Thanksgiving Day, a Thursday");
        assert!(open_at("2026-11-27T16:00:00Z").await, "the Friday after");
        assert!(!open_at("2026-11-28T16:00:00Z").await, "a Saturday");
        // On 2027-03-14 the clocks of the city go ahead: eight o'clock is an hour earlier in UTC from then on.
        assert!(!open_at("2027-03-12T13:59:59Z").await, "07:59 in winter");
        assert!(open_at("2027-03-12T14:00:00Z").await, "08:00 in winter");
        assert!(!open_at("2027-03-15T12:59:59Z").await, "07:59 in summer");
        assert!(open_at("2027-03-15T13:00:00Z").await, "08:00 in summer");
        assert!(!open_at("2027-11-05T12:59:59Z").await, "07:59, the last Friday of summer time");
        assert!(open_at("2027-11-05T13:00:00Z").await, "08:00, the last Friday of summer time");
        assert!(!open_at("2027-11-08T13:00:00Z").await, "07:00 in winter");
        assert!(open_at("2027-11-08T14:00:00Z").await, "08:00 in winter");
    }

    async fn the_city_is_mailed_and_the_writer_told(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let id = written(&rosa, "A hole in the quay", "Before 3 Lock Street.").await;
        let asked = told(&portal, &id).await;
        let [(address, subject, body)] = asked.as_slice() else { panic!("{asked:?}") };
        assert_eq!((address.as_str(), subject.as_str()), ("help@riverton.example", format!("[{id}] A hole in the quay").as_str()));
        for part in ["Before 3 Lock Street.", "Rosa Marín <rosa@mail.riverton.example>", "citytime staff support reply TKT-"] {
            assert!(body.contains(part), "{part}: {body}");
        }
        // An answer goes where she wants to be told, under her own notices too.
        nadia.run(["staff", "support", "reply", &id, "--body", "It is fenced off."]).await.ok();
        let answered = told(&portal, &id).await;
        assert_eq!(answered.len(), 2);
        let answer = answered.iter().find(|(address, _, _)| address.is_empty()).unwrap();
        assert_eq!(answer.1, format!("Our answer: A hole in the quay [{id}]"));
        assert!(answer.2.contains("It is fenced off."), "{}", answer.2);
        // What was said before is not told again.
        for _ in 0..2 {
            rosa.run(["support", "reply", &id, "--body", "Thank you!", "--idempotency-key", "thanks"]).await.ok();
        }
        nadia.run(["staff", "support", "close", &id]).await.ok();
        assert_eq!(told(&portal, &id).await.len(), 4);
    }
}
