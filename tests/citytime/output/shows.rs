//! How lists look: empty ones, at a terminal and piped, narrowed to columns and through jq.

use insta::assert_snapshot;
use serde_json::json;

use crate::accounts::ivan;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    async fn an_empty_answer_is_a_whole_document(portal: Portal) {
        let ivan = ivan(&portal).await;
        for list in ["bills list", "wallet list", "account records list", "account tokens list", "history permits", "city list"] {
            let document = ivan.run(&format!("{list} -o json")).await.ok();
            assert_eq!((document.stdout.as_str(), document.stderr.as_str()), ("[]\n", ""), "{list}");
            for format in ["jsonl", "ids"] {
                assert_eq!(ivan.run(&format!("{list} -o {format}")).await.ok().stdout, "", "{list}");
            }
            for format in ["csv", "tsv"] {
                assert_eq!(ivan.run(&format!("{list} -o {format}")).await.ok().stdout.lines().count(), 1, "{list}");
            }
            assert_eq!(ivan.run(&format!("{list} --jq length")).await.ok().stdout, "0\n", "{list}");
        }
        let dashboard = ivan.run("dashboard -o json").await.ok().json();
        assert_eq!(json!([dashboard["due"]["count"], dashboard["bills"]]), json!([0, []]));
        assert_snapshot!(ivan.run("bills list -o table").await, @r"
        exit: 0
        ----- stdout
        ----- stderr
        nothing is due
        hint: bills come with a linked record: citytime account records link NUMBER --code CODE; paid ones: citytime bills list --status all
        ");
    }

    async fn a_terminal_shows_a_table_and_a_pipe_gets_it_all(portal: Portal) {
        let rosa = portal.rosa().await;
        let (exit, screen) = rosa.command("bills list").at_terminal(100, 24).finish().await;
        assert_eq!(exit, 0);
        assert_snapshot!(screen, @r"
        ID            TITLE                                           DUE           BALANCE  STATUS  OVERDUE
        BIL-00000001  Water, sewer and refuse, 2026-10                2026-10-23     $73.76  open    yes
        BIL-00000002  Water, sewer and refuse, 2026-11                2026-11-23     $86.22  open    no
        BIL-00000003  Pottery workshop, winter term                   2026-11-25     $96.00  open    no
        BIL-00000004  Parking citation, Bridge Street                 2026-12-01     $45.00  open    no
        BIL-00000005  Sidewalk display permit fee                     2026-12-07     $75.00  open    no
        BIL-00000006  Property tax, second half of 2026               2026-12-09  $1,182.50  open    no
        BIL-00000007  Business license renewal, Marín Lantern Repair  2026-12-14    $185.00  open    no
        ");
        let (_, narrow) = rosa.command("bills list").at_terminal(60, 24).finish().await;
        assert!(narrow.lines().all(|line| line.chars().count() <= 60), "{narrow}");
        // A screenful, and how many more.
        let (_, short) = rosa.command("history").at_terminal(100, 12).finish().await;
        assert_snapshot!(short, @r"
        REG-00000001  2026-11-22 06:00  program  Swimming for beginners             waitlisted        $90.00
        REQ-00000002  2026-11-21 07:00  request  Pothole, 3 Lock Street, Riverton   open
        TKT-00000003  2026-11-21 05:00  account  Support: Reference for a bank tr…  answered
        PRM-00000004  2026-11-20 10:00  permit   Fence permit                       in review
        REG-00000005  2026-11-19 09:00  program  Bicycle repair evening             registered
        REQ-00000006  2026-11-18 03:15  request  Tree trimming, 219 Kiln Street, …  action scheduled
        REG-00000007  2026-11-17 09:00  program  Winter solstice walk               cancelled
        PAY-00000008  2026-11-14 10:00  payment  Ice skating for families           succeeded         $18.00
        REG-00000009  2026-11-14 09:00  program  Ice skating for families           registered        $18.00
        and 36 more history entries; narrow the list, or pipe it to see all
        Times are on the city's clocks: America/Chicago
        ");
        let piped = rosa.run("history").await.ok().stdout;
        assert!(piped.lines().count() > 12 && piped.starts_with("id\tat\tkind\t"), "{piped}");
        let (_, home) = rosa.command("").at_terminal(111, 40).finish().await;
        assert_snapshot!(home, @r"
        Permits under way:
          PRM-00000001  Food vendor permit (draft): submit it: citytime permit apply PRM-00000001
          PRM-00000002  Fence permit (in review): Department of Inspections decides
          PRM-00000003  Block party permit (info requested): answer what was asked: citytime permit answer PRM-00000003
        Open requests:
          REQ-00000004  Pothole, 3 Lock Street, Riverton
          REQ-00000005  Tree trimming, 219 Kiln Street, Riverton
          REQ-00000006  Pothole, 167 Canal Row, Riverton
          and more: citytime history requests
        Coming up:
          REG-00000007  2026-11-28 18:00  Bicycle repair evening (registered)
          REG-00000008  2026-12-02 16:00  Swimming for beginners (waitlisted)
          REG-00000009  2026-12-05 14:00  Ice skating for families (registered)
          REG-00000010  2026-12-09 18:00  Pottery workshop, winter term (held)
        7 bills are due: $1,743.48 in all
        ID            TITLE                                           DUE           BALANCE  STATUS  OVERDUE  CATEGORY
        BIL-00000011  Water, sewer and refuse, 2026-10                2026-10-23     $73.76  open    yes      utility
        BIL-00000012  Water, sewer and refuse, 2026-11                2026-11-23     $86.22  open    no       utility
        BIL-00000013  Pottery workshop, winter term                   2026-11-25     $96.00  open    no       program
        BIL-00000014  Parking citation, Bridge Street                 2026-12-01     $45.00  open    no       fine
        BIL-00000015  Sidewalk display permit fee                     2026-12-07     $75.00  open    no       permit
        BIL-00000016  Property tax, second half of 2026               2026-12-09  $1,182.50  open    no       tax
        BIL-00000017  Business license renewal, Marín Lantern Repair  2026-12-14    $185.00  open    no       license
        Times are on the city's clocks: America/Chicago
        ");
    }

    async fn times_are_the_citys_for_people_and_utc_for_programs(portal: Portal) {
        let told = "Times are on the city's clocks: America/Chicago";
        for (zone, is_told) in [("Europe/Berlin", true), ("America/Chicago", false)] {
            let rosa = portal.rosa().await.with("TZ", zone);
            let (_, screen) = rosa.command("history --limit 2").at_terminal(100, 20).finish().await;
            assert!(screen.contains("2026-11-23 04:00") && screen.contains(told) == is_told, "{zone}: {screen}");
            let piped = rosa.run("history --limit 1 -o csv").await.ok();
            assert!(piped.stdout.contains("2026-11-23T10:00:00Z") && piped.stderr.is_empty(), "{piped}");
            let json = rosa.run("history --limit 1 -o json").await.ok();
            assert_eq!((&json.json()[0]["at"], json.stderr.as_str()), (&json!("2026-11-23T10:00:00Z"), ""));
        }
    }

    async fn what_is_paid_by_itself_has_rows_in_a_pipe(portal: Portal) {
        let rosa = portal.rosa().await;
        for category in ["utility", "fine"] {
            rosa.run(["bills", "autopay", "set", "--category", category]).await.ok();
        }
        let piped = rosa.run("bills autopay show --columns covers,days_before").await.ok().stdout;
        let mut rows: Vec<_> = piped.lines().collect();
        rows[1..].sort_unstable();
        assert_eq!(rows, ["covers\tdays_before", "fine\t2", "utility\t2"]);
        let whole = rosa.run("bills autopay show -o json").await.ok().json();
        assert_eq!((whole["rules"].as_array().map(Vec::len), whole["runs"].is_array()), (Some(2), true));
        // Columns are those of the rules in every format.
        let narrowed = rosa.run("bills autopay show --columns covers,days_before -o json").await.ok().json();
        assert!(narrowed.as_array().unwrap().contains(&json!({"covers": "fine", "days_before": 2})), "{narrowed}");
        assert_snapshot!(rosa.run("bills autopay show --columns runs -o json").await.told(), @r"
        usage, exit 2
        an autopay rule has no column `runs`
        hint: it has: covers, method_label, max, days_before, bills, set_at, category, method, summary, currency
        ");
        // Help names the fields of both: whoever writes a filter for the one or the other finds them there.
        for asked in ["bills autopay show --help", "help bills autopay show"] {
            let help = rosa.run(asked).await.ok().stdout;
            assert!(help.contains("\nColumns (fields, in JSON with --columns): covers, method_label, max"), "{help}");
            assert!(help.ends_with("\nFields in JSON without --columns: rules, runs\n"), "{help}");
        }
        let csv = rosa.run("bills autopay show --columns runs -o csv").await;
        assert!(csv.exit == 2 && csv.stderr.contains("it has: covers, method_label"), "{csv}");
    }

    async fn paying_at_a_terminal_shows_the_quote_and_asks(portal: Portal) {
        let rosa = portal.rosa().await;
        let mut terminal = rosa.command("bills pay --due-within 7d").at_terminal(100, 30);
        terminal.expect("Pay $255.98? [y/N]: ").await;
        terminal.send_line("n").await;
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 130);
        assert_snapshot!(screen, @r"
          BIL-00000001        $73.76  Water, sewer and refuse, 2026-10
          BIL-00000002        $86.22  Water, sewer and refuse, 2026-11
          BIL-00000003        $96.00  Pottery workshop, winter term
          fee                  $0.00
          total              $255.98
          with Visa ending in 4242
        Pay $255.98? [y/N]: n
        error: not confirmed: nothing was done
        ");
        let (exit, screen) = rosa.command("bills pay --due-within 7d --dry-run").at_terminal(100, 30).finish().await;
        assert_eq!(exit, 0, "{screen}");
        for line in ["$96.00  Pottery workshop, winter term", "total              $255.98", "with Visa ending in 4242"] {
            assert!(screen.contains(line), "{line}: {screen}");
        }
        let mut terminal = rosa.command("bills pay --due-within 7d --columns amount,status").at_terminal(100, 30);
        terminal.expect("[y/N]: ").await;
        terminal.send_line("y").await;
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 0, "{screen}");
        assert!(screen.contains("$255.98") && screen.contains("succeeded"), "{screen}");
    }

    async fn columns_and_jq(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("bills list -o json --columns number,balance --limit 2").await, @r#"
        exit: 0
        ----- stdout
        [{"number":"2026-000016","balance":7376},{"number":"2026-000017","balance":8622}]
        ----- stderr
        "#);
        assert_snapshot!(rosa.run("bills list --columns nummer -o json").await.told(), @r"
        usage, exit 2
        a bill has no column `nummer`
        hint: did you mean `number`? it has: id, title, due_on, balance, status, overdue, category, amount, paid, pending, period, number, issued_on, record, credited, autopay_on, payments, currency
        ");
        assert_snapshot!(rosa.run("bills list --jq '.[0] | .title, .balance, {id: .number}'").await, @r#"
        exit: 0
        ----- stdout
        Water, sewer and refuse, 2026-10
        7376
        {"id":"2026-000016"}
        ----- stderr
        "#);
        assert_snapshot!(rosa.run("bills list --jq '.[' -o json").await.told(), @r"
        usage, exit 2
        the --jq expression `.[` is wrong: expected closing bracket at its end
        hint: quote it for the shell, as in --jq '.[] | .id'
        ");
        assert_snapshot!(rosa.run("bills list --jq '.[0].title.x'").await, @r#"
        exit: 2
        ----- stdout
        ----- stderr
        {"error":{"code":"usage","message":"the --jq expression failed: cannot index \"Water, sewer and refuse, 2026-10\" with \"x\"","hint":"what was asked for was done; only its printing failed","status":null,"request_id":null,"exit_code":2}}
        "#);
        let variable = rosa.command("bills list --limit 1 --columns title").with("CITYTIME_OUTPUT", "csv");
        assert_eq!(variable.run().await.ok().stdout.lines().count(), 2);
    }
}
