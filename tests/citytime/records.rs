//! City records: linked with the code of the city's letter, by several people where they share one.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::accounts::ivan;
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

on_both_databases! {
    async fn a_record_is_linked_and_brings_its_bills(portal: Portal) {
        let rosa = portal.rosa().await;
        let before = rosa.run("bills list -o ids").await.ok().stdout.lines().count();
        assert_snapshot!(rosa.run("account records link UT-300412 --code K7QM-2X9D").await, @r"
        exit: 0
        ----- stdout
        id	number	kind	holder	service_address	linked_at
        REC-00000001	UT-300412	utility	Rosa Marín	3 Lock Street, Riverton, IL 60699	2026-11-23T15:00:00Z
        ----- stderr
        Its bills are shown to you from now on: `citytime bills list`.
        ");
        assert_eq!(rosa.run("bills list -o ids").await.ok().stdout.lines().count(), before + 1);
        let records = rosa.run("account records list -o json").await.ok().json();
        let record = records.as_array().unwrap().iter().find(|record| record["number"] == "UT-300412").unwrap().clone();
        // Again, as it is written on another letter: the same link.
        let again = rosa.run("account record link 'ut 300412' --code k7qm2x9d -o json").await.ok().json();
        assert_eq!(again, record);
        let id = record["id"].as_str().unwrap();
        assert_eq!(rosa.run(["account", "records", "unlink", "-y", id, "-o", "json"]).await.ok().json(), record);
        assert_eq!(rosa.run("bills list -o ids").await.ok().stdout.lines().count(), before);
        assert_snapshot!(rosa.run(["account", "records", "unlink", "-y", id, "-o", "json"]).await.told(), @r"
        not_found, exit 3
        there is no linked record REC-00000001
        hint: see those there are: `citytime account records list`
        ");
        let history = rosa.run("history account -o json --limit 2").await.ok().json();
        let mut titles: Vec<_> = history.as_array().unwrap().iter().map(|entry| entry["title"].clone()).collect();
        titles.sort_by_key(ToString::to_string);
        assert_eq!(titles, [json!("Record linked: UT-300412"), json!("Record unlinked: UT-300412")]);
    }

    async fn a_number_and_a_code_that_do_not_belong_together(portal: Portal) {
        let ivan = ivan(&portal).await;
        let wrong = ivan.run("account records link UT-204177 --code K7QM-2X9D -o json").await;
        assert_snapshot!(wrong.told(), @r"
        link_refused, exit 6
        number UT-204177 and that code do not belong together
        hint: both are in the letter that came with the first bill
        ");
        // An unknown number is answered alike.
        let unknown = ivan.run("account records link UT-999999 --code K7QM-2X9D -o json").await;
        assert_eq!(unknown.told().replace("999999", "204177"), wrong.told());
        assert_snapshot!(ivan.run("account records link UT-204177 -o json").await.told(), @r"
        input_needed, exit 2
        an answer is needed (Link code), but there is no terminal to ask on
        hint: give it with --code
        ");
        assert_eq!(ivan.run("account records list -o json").await.ok().json(), json!([]));
        assert_eq!(ivan.run("bills list --status all -o json").await.ok().json(), json!([]));
    }

    async fn a_meter_two_people_share(portal: Portal) {
        let (rosa, tomas) = (portal.rosa().await, portal.tomas().await);
        let water = crate::bills::bill_of(&rosa, "utility").await;
        rosa.run(["bills", "pay", &water, "-y"]).await.ok();
        let seen = tomas.run(["bills", "show", &water, "-o", "json"]).await.ok().json();
        assert_eq!(seen["status"], "paid");
        let refused = tomas.run(["bills", "pay", &water, "-y", "-o", "json"]).await;
        assert_eq!(refused.error()["code"], "nothing_due");
        // Who paid is rosa's matter.
        assert_eq!(tomas.run("history payments -o json").await.ok().json(), json!([]));
    }

    async fn a_number_is_known_however_it_is_written(portal: Portal) {
        let ivan = ivan(&portal).await;
        let link = ["account", "records", "link", " ut 000300412", "--code", "k7qm 2x9d", "-o", "json"];
        assert_eq!(ivan.run(link).await.ok().json()["number"], "UT-300412");
        // A file with other zeros means this record, or another one: whoever keeps the file is to say.
        let nadia = portal.nadia().await;
        let head = "number,kind,holder,service_address,link_code";
        let file = nadia.write("zeros.csv", &format!("{head}\nUT-0300412,utility,Ana Cruz,9 Reed Street,N3W0-N3W0\n"));
        assert_snapshot!(nadia.run(["staff", "records", "import", file.to_str().unwrap()]).await, @r"
        exit: 6
        ----- stdout
        ----- stderr
        error: 1 of 1 lines of [DIR]/zeros.csv was refused; imported: 0 (0 created, 0 updated, 0 unchanged)
          line 2: UT-300412 is there already, and differs by zeros alone: write it so, or number it anew
        hint: correct those lines and import the file again: lines that were imported stay as they are
        ");
        assert_eq!(ivan.run("account records list --jq '.[].holder'").await.ok().stdout.trim(), "Rosa Marín");
    }

    async fn a_name_that_is_asked_for(portal: Portal) {
        // It may always be said, and then it counts.
        let ivan = ivan(&portal).await;
        let link = async |shell: &Shell, holder: &str| {
            shell.run(["account", "records", "link", "UT-300412", "--code", "K7QM-2X9D", "--holder", holder, "-o", "json"]).await
        };
        assert_snapshot!(link(&ivan, "Rosa Martín").await.told(), @r"
        link_refused, exit 6
        number UT-300412, that code and that name do not belong together
        hint: all three are in the letter that came with the first bill
        ");
        assert_eq!(link(&ivan, "MARIN, ROSA K.").await.ok().json()["holder"], "Rosa Marín");
        let strict = portal.declaring(|city| city.link_asks_holder = true).await;
        let tomas = portal.tomas().await.with("CITYTIME_CITY", strict.url());
        assert_snapshot!(tomas.run("account records link UT-300412 --code K7QM-2X9D -o json").await.told(), @r"
        invalid, exit 6
        this city asks for the name the record is in, too
        hint: say it as the letter does: --holder NAME
        /holder: this city asks for the name the record is in, too
        ");
        assert_eq!(link(&tomas, "Rosa Berg").await.error()["code"], "link_refused");
        assert_eq!(link(&tomas, "rosa marin").await.ok().json()["number"], "UT-300412");
        assert_eq!(tomas.run("account records list -o ids").await.ok().stdout.lines().count(), 3);
    }

    async fn what_two_holders_see_of_each_other(portal: Portal) {
        let (rosa, tomas) = (portal.rosa().await, portal.tomas().await);
        let water = crate::bills::bill_of(&rosa, "utility").await;
        let card = tomas.run("wallet add --token pm_card_visa --jq .id").await.ok().stdout.trim().to_owned();
        rosa.run(["bills", "pay", &water, "--amount", "10", "-y"]).await.ok();
        // What failed is its payer's own matter.
        tomas.run(["bills", "pay", &water, "--amount", "7", "-y"]).await;
        let paid = tomas.run(["bills", "pay", &water, "--amount", "5", "--method", &card, "-y", "-o", "json"]).await.ok().json();
        let payment = paid["id"].as_str().unwrap();
        let hers = rosa.run(["bills", "show", &water, "-o", "json"]).await.ok().json();
        // In a statement what the other paid is told without the payment it was part of.
        let statement = rosa.run("statement -o json").await.ok().json();
        let entries = statement["entries"].as_array().unwrap().iter();
        let entries = entries.filter(|entry| entry["bill"] == water.as_str() && entry["kind"] == "payment");
        let mut told: Vec<Value> = entries.map(|entry| json!([entry["amount"], entry["payment"].is_string()])).collect();
        told.sort_by_key(ToString::to_string);
        assert_eq!(told, [json!([-1000, true]), json!([-500, false])]);
        assert!(!statement.to_string().contains(payment), "{statement}");
        let his = tomas.run(["bills", "show", &water, "-o", "json"]).await.ok().json();
        // At one instant the order is that of the payments' ids, which are drawn.
        let seen = |bill: &Value| -> Vec<Value> {
            let payments = bill["payments"].as_array().unwrap().iter();
            let told = payments.map(|paid| json!([paid["by"], paid["amount"], paid["status"], paid["payment"].is_string()]));
            let mut told: Vec<Value> = told.collect();
            told.sort_by_key(ToString::to_string);
            told
        };
        let another = |amount: i64| json!(["another_holder", amount, "succeeded", false]);
        assert_eq!(seen(&hers), [another(500), json!(["you", 1000, "succeeded", true])]);
        let own = [json!(["you", 500, "succeeded", true]), json!(["you", 700, "failed", true])];
        assert_eq!(seen(&his), [vec![another(1000)], own.to_vec()].concat());
        assert_eq!((&hers["paid"], &hers["balance"]), (&his["paid"], &his["balance"]));
        // Nothing in it tells who the other is, or how they paid.
        let text = hers.to_string();
        for secret in ["Tomas", "tomas", "Berg", payment, &card, "4242", "Visa"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        for theirs in [format!("bills receipt {payment}"), format!("bills pay {water} --method {card} -y")] {
            assert_eq!(rosa.run(&format!("{theirs} -o json")).await.error()["code"], "not_found", "{theirs}");
        }
        assert!(!rosa.run("history -o json").await.ok().stdout.contains(payment));
        assert!(!rosa.run("wallet list -o json").await.ok().stdout.contains(&card));
        // In a list a bill tells no payments.
        assert!(rosa.run("bills list -o json").await.ok().json()[0].get("payments").is_none());
        // One of a household goes: the other stays as they were.
        let meter = his["record"].as_str().unwrap();
        let before = rosa.run("bills list --status all -o ids").await.ok().stdout;
        tomas.run(["account", "records", "unlink", "-y", meter]).await.ok();
        assert_eq!(tomas.run(["bills", "show", &water, "-o", "json"]).await.error()["code"], "not_found");
        assert_eq!(rosa.run("bills list --status all -o ids").await.ok().stdout, before);
        assert_eq!(seen(&rosa.run(["bills", "show", &water, "-o", "json"]).await.ok().json()), seen(&hers));
        // What he paid stays his to look back at.
        tomas.run(["bills", "receipt", payment]).await.ok();
    }

    async fn clerks_see_whose_a_record_is(portal: Portal) {
        let (tomas, nadia) = (portal.tomas().await, portal.nadia().await);
        assert_snapshot!(nadia.run("staff records show 'ut 00204177'").await, @r"
        exit: 0
        ----- stdout
        id	number	kind	holder	service_address	due.count	due.amount	links	wrong_codes
        REC-00000001	UT-204177	utility	Rosa Marín	12 Weir Lane, Riverton, IL 60699	2	159.98	tomas, rosa	0
        ----- stderr
        ");
        let meter = nadia.run("staff records show UT-204177 --jq .id").await.ok().stdout.trim().to_owned();
        tomas.run(["account", "records", "unlink", "-y", &meter]).await.ok();
        let links = async || nadia.run(["staff", "records", "show", &meter, "-o", "json"]).await.ok().json()["links"].clone();
        let told = |links: &Value| -> Vec<Value> {
            links.as_array().unwrap().iter().map(|link| json!([link["username"], link["unlinked_at"]])).collect()
        };
        assert_eq!(told(&links().await), [json!(["rosa", null]), json!(["tomas", "2026-11-23T15:00:00Z"])]);
        // A new letter: whoever linked it with the old one is told apart from whoever links it now.
        let row = "UT-204177,utility,Rosa Marín,\"12 Weir Lane, Riverton, IL 60699\",N3W0-C0D3";
        let file = nadia.write("letter.csv", &format!("number,kind,holder,service_address,link_code\n{row}\n"));
        nadia.run(["staff", "records", "import", file.to_str().unwrap()]).await.ok();
        tomas.run("account records link UT-204177 --code N3W0-C0D3").await.ok();
        let mut past = told(&links().await);
        assert_eq!(past.remove(0), json!(["tomas", null]));
        past.sort_by_key(ToString::to_string);
        assert_eq!(past, [json!(["rosa", "2026-11-23T15:00:00Z"]), json!(["tomas", "2026-11-23T15:00:00Z"])]);
        // A code, or what is kept of one, is shown to nobody.
        let whole = nadia.run(["staff", "records", "show", &meter, "-o", "json"]).await.ok().json();
        assert_eq!(whole.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "number", "kind", "holder", "service_address", "due", "wrong_codes", "links"]);
        assert_snapshot!(nadia.run("staff records show UT-1 -o json").await.told(), @r"
        not_found, exit 3
        there is no city record UT-1
        hint: records come with an import: citytime staff records import FILE
        ");
        assert_snapshot!(portal.rosa().await.run("staff records show UT-204177 -o json").await.told(), @r"
        forbidden, exit 5
        this needs a clerk with the power residents
        hint: an operator gives powers: citytime portal clerk add
        ");
    }

    async fn clerks_find_whom_they_help(portal: Portal) {
        let nadia = portal.nadia().await;
        let found = async |words: &str| -> String { nadia.run(&format!("staff residents search {words} --columns username --no-header")).await.ok().stdout.replace('\n', " ") };
        assert_eq!(found("MARIN rosa").await, "rosa ");
        assert_eq!(found("312-555-0143").await, "tomas ");
        assert_eq!(found("+1 312 555 0143").await, "tomas ");
        assert_eq!(found("'(312) 555-0143'").await, "tomas ");
        assert_eq!(found("tomas@").await, "tomas ");
        assert_eq!(found("ut204177").await, "rosa tomas ");
        assert_eq!(found("nobody").await, "");
        assert_snapshot!(nadia.run("staff residents search marin").await, @r"
        exit: 0
        ----- stdout
        id	username	name	email	phone	status
        ACC-00000001	rosa	Rosa Marín	rosa@mail.riverton.example	+13125550171	active
        ----- stderr
        ");
        assert_snapshot!(nadia.run("staff residents show ROSA").await, @r"
        exit: 0
        ----- stdout
        id	username	name	email	email_verified	phone	address.line1	address.line2	address.city	address.postal_code	status	role	records	due.count	due.amount	last_seen_on	created_at
        ACC-00000001	rosa	Rosa Marín	rosa@mail.riverton.example	true	+13125550171	12 Weir Lane		Riverton	60699	active	resident	UT-204177, BL-55310, PC-118-04-220	7	1743.48		2025-09-01T14:00:00Z
        ----- stderr
        ");
        let rosa = nadia.run("staff residents show rosa -o json").await.ok().json();
        let id = rosa["id"].as_str().unwrap();
        assert_eq!(nadia.run(["staff", "residents", "show", id, "-o", "json"]).await.ok().json(), rosa);
        let text = rosa.to_string();
        for secret in ["password", "argon2", "recovery", "WAL-", "pm_card", "digest"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        assert_snapshot!(nadia.run("staff residents show nobody -o json").await.told(), @r"
        not_found, exit 3
        nobody signs in as `nobody`
        hint: find them by what they say: citytime staff residents search nobody
        ");
        assert_snapshot!(nadia.run("staff residents show ACC-00000000 -o json").await.told(), @r"
        not_found, exit 3
        there is no resident ACC-00000001
        hint: find them by what they say: citytime staff residents search WORDS
        ");
        for asked in ["staff residents search rosa", "staff residents show rosa"] {
            let refused = portal.tomas().await.run(&format!("{asked} -o json")).await;
            assert_eq!((refused.exit, refused.error()["code"].as_str()), (5, Some("forbidden")), "{asked}");
        }
        // A page ends where it ends, and the next goes on there.
        let api = Api::signed_in(&portal, "nadia").await;
        let first = api.get("/v1/staff/residents?limit=2").await.ok();
        let next = api.get(&format!("/v1/staff/residents?limit=500&after={}", first["next"].as_str().unwrap())).await.ok();
        let names = [&first, &next].map(|page| page["items"].as_array().unwrap().iter().map(|line| line["username"].as_str().unwrap().to_owned()).collect::<Vec<_>>()).concat();
        let mut sorted = names.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((names.len(), &names), (5, &sorted));
    }

    async fn wrong_codes_are_slowed_down(portal: Portal) {
        let (rosa, tomas, nadia) = (portal.rosa().await, portal.tomas().await, portal.nadia().await);
        let ivan = ivan(&portal).await;
        let link = async |shell: &Shell, code: &str| {
            shell.run(["account", "records", "link", "UT-300412", "--code", code, "--retries", "0", "-o", "json"]).await
        };
        for guess in 1..=5 {
            assert_eq!(link(&ivan, &format!("WRONG-{guess}")).await.error()["code"], "link_refused", "{guess}");
        }
        // From here on each waits, the right one too, and twice as long each time.
        let late = link(&ivan, "K7QM-2X9D").await;
        let told = late.told();
        assert_snapshot!(told.split("; repeat").next().unwrap_or_default(), @r"
        rate_limited, exit 7
        too many wrong guesses: the next one is taken in 60 s
        hint: look at the letter meanwhile: number and code are in it
        ");
        assert_eq!(late.exit, 7);
        nadia.run("staff clock advance 2026-11-23T15:01:00Z").await.ok();
        assert_eq!(link(&ivan, "WRONG-6").await.error()["code"], "link_refused");
        nadia.run("staff clock advance 2026-11-23T15:02:59Z").await.ok();
        assert_eq!(link(&ivan, "K7QM-2X9D").await.error()["code"], "rate_limited");
        // A number nobody has is counted all the same, or it would tell that nobody has it.
        let unknown = ivan.run("account records link UT-1 --code K7QM-2X9D --retries 0 -o json").await;
        assert_eq!(unknown.error()["code"], "rate_limited");
        for guess in 1..=4 {
            assert_eq!(link(&tomas, &format!("WRONG-{guess}")).await.error()["code"], "link_refused", "{guess}");
        }
        // Ten wrong ones by now. Whoever guesses there waits a little after each, also those with guesses left ...
        assert_eq!(link(&tomas, "K7QM-2X9D").await.error()["code"], "rate_limited");
        assert_eq!(nadia.run("staff records show UT-300412 --jq .wrong_codes").await.ok().stdout.trim(), "10");
        // ... and the holder, who has the letter, waits for nobody.
        link(&rosa, "K7QM-2X9D").await.ok();
        nadia.run("staff clock advance 2026-11-23T15:03:59Z").await.ok();
        link(&tomas, "K7QM-2X9D").await.ok();
        // Being right clears nothing: the next wrong one of ivan waits four minutes, not none.
        link(&ivan, "K7QM-2X9D").await.ok();
        link(&ivan, "WRONG-7").await;
        nadia.run("staff clock advance 2026-11-23T15:07:58Z").await.ok();
        assert_eq!(link(&ivan, "K7QM-2X9D").await.error()["code"], "rate_limited");
        nadia.run("staff clock advance 8d").await.ok();
        for guess in 1..=5 {
            assert_eq!(link(&ivan, &format!("WRONG-{guess}")).await.error()["code"], "link_refused", "{guess}");
        }
    }
}

on_both_databases! {
    threads: 4,
    async fn many_wrong_codes_at_once_are_counted_as_many(portal: Portal) {
        let twin = portal.twin().await;
        let callers = [Api::signed_in(&portal, "tomas").await, Api::signed_in(&portal, "tomas").await.at(&twin)];
        let guesses = (0..40_usize).map(|number| {
            let body = json!({"number": "UT-300412", "code": format!("WRONG-{number}")});
            let caller = &callers[number % 2];
            async move { caller.ask("post", "/v1/records", Some(body), None).await.status }
        });
        let statuses = futures_util::future::join_all(guesses).await;
        let count = |wanted: u16| statuses.iter().filter(|status| **status == wanted).count();
        assert_eq!((count(422), count(429)), (5, 35), "{statuses:?}");
        // The one whose record it is links it at either portal, while the other is still told to wait.
        let right = json!({"number": "UT-300412", "code": "K7QM-2X9D"});
        let rosa = Api::signed_in(&portal, "rosa").await.at(&twin);
        rosa.ask("post", "/v1/records", Some(right.clone()), None).await.ok();
        assert_eq!(callers[1].ask("post", "/v1/records", Some(right), None).await.status, 429);
    }
}
