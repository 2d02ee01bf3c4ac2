//! Bills: what is owed, as tables, lines and JSON.

use insta::assert_snapshot;

use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

/// The id of the first open bill of a category.
pub(crate) async fn bill_of(shell: &Shell, category: &str) -> String {
    let bills = shell.run(["bills", "list", "--category", category, "-o", "ids", "--limit", "1"]).await.ok();
    bills.stdout.trim().to_owned()
}

on_both_databases! {
    async fn bills_are_listed_the_next_due_first(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("bills list").await, @r"
        exit: 0
        ----- stdout
        id	title	due_on	balance	status	overdue	category	amount	paid	pending	period	number	issued_on	record
        BIL-00000001	Water, sewer and refuse, 2026-10	2026-10-23	73.76	open	true	utility	73.76	0.00	0.00	2026-10	2026-000016	2026-10-02	REC-00000002
        BIL-00000003	Water, sewer and refuse, 2026-11	2026-11-23	86.22	open	false	utility	86.22	0.00	0.00	2026-11	2026-000017	2026-11-02	REC-00000002
        BIL-00000004	Pottery workshop, winter term	2026-11-25	96.00	open	false	program	96.00	0.00	0.00		REG-00000005	2026-11-23	
        BIL-00000006	Parking citation, Bridge Street	2026-12-01	45.00	open	false	fine	45.00	0.00	0.00		2026-000024	2026-11-17	REC-00000007
        BIL-00000008	Sidewalk display permit fee	2026-12-07	75.00	open	false	permit	75.00	0.00	0.00		2026-000023	2026-11-14	REC-00000009
        BIL-00000010	Property tax, second half of 2026	2026-12-09	1182.50	open	false	tax	1182.50	0.00	0.00		2026-000020	2026-10-10	REC-00000007
        BIL-00000011	Business license renewal, Marín Lantern Repair	2026-12-14	185.00	open	false	license	185.00	0.00	0.00		2026-000022	2026-11-14	REC-00000009
        ----- stderr
        ");
        assert_snapshot!(rosa.run("bills list --status overdue --columns id,title,due_on,balance").await, @r"
        exit: 0
        ----- stdout
        id	title	due_on	balance
        BIL-00000001	Water, sewer and refuse, 2026-10	2026-10-23	73.76
        ----- stderr
        ");
        assert_snapshot!(rosa.run("bills list --due-within 10d --columns title,due_on --no-header").await, @r"
        exit: 0
        ----- stdout
        Water, sewer and refuse, 2026-10	2026-10-23
        Water, sewer and refuse, 2026-11	2026-11-23
        Pottery workshop, winter term	2026-11-25
        Parking citation, Bridge Street	2026-12-01
        ----- stderr
        ");
        assert_snapshot!(rosa.run("bills list --due-before 2026-12-07 --columns title,due_on --no-header").await, @r"
        exit: 0
        ----- stdout
        Water, sewer and refuse, 2026-10	2026-10-23
        Water, sewer and refuse, 2026-11	2026-11-23
        Pottery workshop, winter term	2026-11-25
        Parking citation, Bridge Street	2026-12-01
        ----- stderr
        ");
        assert_snapshot!(rosa.run("bills list --category license --status all -o csv --columns title,status,amount").await, @r#"
        exit: 0
        ----- stdout
        title,status,amount
        "Business license, Marín Lantern Repair",paid,180.00
        "Business license renewal, Marín Lantern Repair",open,185.00
        ----- stderr
        "#);
        assert_snapshot!(rosa.run("bills list --jq 'map(.balance) | add'").await, @r"
        exit: 0
        ----- stdout
        174348
        ----- stderr
        ");
        let ids = rosa.run("bills list --limit 3 -o ids").await.ok();
        assert_eq!(ids.stdout.lines().count(), 3);
        let every = rosa.run("bills list --status all --json").await.ok().json();
        let every = every.as_array().unwrap();
        assert!(every.len() > 15 && every.is_sorted_by_key(|bill| bill["due_on"].as_str().unwrap()));
        let overdue = rosa.run("bills list --status overdue --json").await.ok().json();
        assert!(overdue.as_array().unwrap().iter().all(|bill| bill["overdue"] == true && bill["status"] == "open"));
    }

    async fn a_bill_is_shown(portal: Portal) {
        let rosa = portal.rosa().await;
        let fine = bill_of(&rosa, "fine").await;
        assert_snapshot!(rosa.run(["bills", "show", &fine]).await, @r"
        exit: 0
        ----- stdout
        id	title	due_on	balance	status	overdue	category	amount	paid	pending	period	number	issued_on	record
        BIL-00000001	Parking citation, Bridge Street	2026-12-01	45.00	open	false	fine	45.00	0.00	0.00		2026-000024	2026-11-17	REC-00000002
        ----- stderr
        ");
        assert_snapshot!(rosa.run(["bills", "show", &fine, "-o", "json"]).await, @r#"
        exit: 0
        ----- stdout
        {"id":"BIL-00000001","number":"2026-000024","category":"fine","title":"Parking citation, Bridge Street","record":"REC-00000002","period":null,"issued_on":"2026-11-17","due_on":"2026-12-01","amount":4500,"credited":0,"paid":0,"pending":0,"balance":4500,"currency":"USD","status":"open","overdue":false,"autopay_on":null,"payments":[]}
        ----- stderr
        "#);
        // As it is read over the telephone.
        let spoken = fine.to_lowercase().replace('-', "");
        assert_eq!(rosa.run(["bill", "show", &spoken, "--jq", ".id"]).await.ok().stdout.trim(), fine);
    }

    async fn a_bill_that_is_not_yours_is_no_bill(portal: Portal) {
        let (rosa, tomas) = (portal.rosa().await, portal.tomas().await);
        let theirs = bill_of(&tomas, "fine").await;
        assert_snapshot!(rosa.run(["bills", "show", &theirs, "-o", "json"]).await.told(), @r"
        not_found, exit 3
        there is no bill BIL-00000001
        hint: see those there are: `citytime bills list --status all`
        ");
        assert_snapshot!(rosa.run("bills show BIL-00000000 -o json").await.told(), @r"
        not_found, exit 3
        there is no bill BIL-00000001
        hint: see those there are: `citytime bills list --status all`
        ");
        assert_snapshot!(rosa.run(["bills", "pay", &theirs, "-y", "-o", "json"]).await.told(), @r"
        not_found, exit 3
        there is no bill BIL-00000001
        hint: see those there are: `citytime bills list --status all`
        ");
        assert_snapshot!(rosa.run("bills show 7 -o json").await.told(), @r"
        usage, exit 2
        invalid value '7' for '<ID>': `7` is no bill id; one looks like BIL-00000001
        hint: see those there are: `citytime bills list --status all`
        ");
        // The water meter is theirs together.
        let water = bill_of(&tomas, "utility").await;
        rosa.run(["bills", "show", &water]).await.ok();
    }

    async fn due_dates_are_for_calendars(portal: Portal) {
        let rosa = portal.rosa().await;
        let event = async |id: &str| {
            let text = rosa.run("bills calendar").await.ok().stdout;
            assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
            assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
            let unfolded = text.replace("\r\n ", "");
            let events = unfolded.split("BEGIN:VEVENT").filter(|event| event.contains(&format!("UID:{id}@"))).collect::<Vec<_>>();
            assert_eq!(events.len(), 1, "{id} is in it once: {text}");
            events[0].split("\r\n").map(str::to_owned).collect::<Vec<_>>()
        };
        let id = rosa.run("bills list --category utility -o ids --limit 1").await.ok().stdout.trim().to_owned();
        // Of two versions the later one counts: each says when it was made, in UTC.
        let machine = || citytime::portal::clock::Clock::machine().now().as_millisecond() / 1000;
        let made = |event: &[String]| {
            let stamp = event.iter().find_map(|line| line.strip_prefix("DTSTAMP:")).expect("a DTSTAMP");
            let stamp = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).expect("a time in UTC");
            jiff::tz::TimeZone::UTC.to_timestamp(stamp).expect("an instant").as_second()
        };
        let before = machine();
        let open = event(&id).await;
        assert!((before..=machine()).contains(&made(&open)), "{open:?}");
        for line in ["DTSTART;VALUE=DATE:20261023", "DTEND;VALUE=DATE:20261024", "STATUS:CONFIRMED", "TRANSP:TRANSPARENT"] {
            assert!(open.iter().any(|known| known == line), "{line}: {open:?}");
        }
        assert!(open.iter().any(|line| line == "SUMMARY:$73.76 due: Water\\, sewer and refuse\\, 2026-10"), "{open:?}");
        rosa.run(&format!("bills pay {id} --amount 3.76 --yes")).await.ok();
        let partly = event(&id).await;
        assert!(made(&partly) >= made(&open), "{partly:?}");
        assert!(partly.iter().any(|line| line.starts_with("SUMMARY:$70.00 due")), "{partly:?}");
        let other = rosa.run("bills list --category tax -o ids --limit 1").await.ok().stdout.trim().to_owned();
        rosa.run(&format!("bills pay {other} --yes")).await.ok();
        let paid = event(&other).await;
        assert!(paid.iter().any(|line| line == "STATUS:CANCELLED"), "{paid:?}");
        let asks = |event: &[String]| event.iter().any(|line| line.contains("Pay it: citytime bills pay"));
        assert!(asks(&open) && !asks(&paid), "what is paid asks for nothing: {paid:?}");
        let data = rosa.run("bills calendar -o json").await.ok().json();
        assert!(data.as_array().is_some_and(|bills| bills.len() > 6), "{data}");
    }
}
