//! What clerks do: files of records and bills, each line by itself; the sandbox's clock.

use insta::assert_snapshot;

use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

const RECORDS: &str = "number,kind,holder,service_address,link_code
UT-500001,utility,Olga Lind,\"5 Mill Road, Riverton\",OLGA-5001
,utility,Nobody,Nowhere,NONE-0000
UT-500002,utility,Vera Lind,\"6 Mill Road, Riverton\",12
UT-500003,utility,Ines Lind
";
const BILLS: &str = "number,record,category,title,issued_on,due_on,amount,period
W-1,UT-204177,utility,Water,2026-11-23,2026-12-14,12.50,2026-12
W-2,UT-204177,utility,Water,2026-11-23,14.12.2026,12.50,
W-3,UT-000000,utility,Water,2026-11-23,2026-12-14,12.50,
W-4,UT-204177,magic,Water,2026-11-23,2026-12-14,12.50,
W-5,UT-204177,utility,Water,2026-11-23,2026-12-14,-12.50,
W-6,UT-204177,utility,Water,2026-11-23,2026-12-14
W-7,UT-204177,fine,\"Fine, \"\"unfair\"\"\",2026-11-23,2026-12-14,80,
";

on_both_databases! {
    async fn clerks_see_the_citys_bills(portal: Portal) {
        let nadia = portal.nadia().await;
        let listed = async |flags: &str| nadia.run(&format!("staff bills list -o json {flags}")).await.ok().json().as_array().unwrap().clone();
        // Whosever they are, and in the order in which they are due; the pages of a stream meet.
        let all = listed("--status all").await;
        let keys: Vec<_> = all.iter().map(|bill| format!("{}.{}", bill["due_on"].as_str().unwrap(), bill["id"].as_str().unwrap())).collect();
        assert!(keys.len() > 30 && keys.is_sorted_by(|one, other| one < other), "{} bills", keys.len());
        let open = listed("").await;
        assert!(open.len() < all.len() && open.iter().all(|bill| bill["status"] == "open"));
        let late = listed("--status overdue --category utility").await;
        assert!(!late.is_empty() && late.iter().all(|bill| bill["overdue"] == true && bill["category"] == "utility"));
        // A record by its number, however written, and by its id.
        let meter = listed("--record 'ut 00204177' --status all").await;
        let record = meter[0]["record"].as_str().unwrap();
        assert!(meter.len() > 2 && meter.iter().all(|bill| bill["record"] == record));
        assert_eq!(listed(&format!("--record {record} --status all")).await, meter);
        assert_eq!(listed(&format!("--record {record} --status all --due-before today")).await.len(), meter.len() - 1);
        let id = meter[0]["id"].as_str().unwrap();
        let shown = nadia.run(["staff", "bills", "show", id, "-o", "json"]).await.ok().json();
        assert_eq!(shown, meter[0]);
        assert!(nadia.run(["staff", "bills", "show", id]).await.ok().stderr.contains(&format!("staff payments list --bill {id}")));
        assert_eq!(portal.rosa().await.run(["staff", "bills", "show", id]).await.exit, 5);
    }

    /// A hint is a command whoever is told it may use.
    async fn clerks_are_told_clerks_commands(portal: Portal) {
        let nadia = portal.nadia().await;
        let hint = async |line: &str| nadia.run(&format!("{line} -o json")).await.error()["hint"].as_str().unwrap().to_owned();
        for (line, next) in [
            ("staff bills show BIL-00000000", "see those there are: `citytime staff bills list --status all`"),
            ("staff bills void BIL-00000000 --reason x -y", "see those there are: `citytime staff bills list --status all`"),
            ("staff bills show BIL-1", "see those there are: `citytime staff bills list --status all`"),
            ("staff bills list --record UT-1", "records come with an import: citytime staff records import FILE"),
            ("staff payments refund PAY-00000000 --reason fraud -y", "see those there are: `citytime staff payments list`"),
            ("staff payments give-back BNK-00000000 --reason x -y", "see those there are: `citytime staff payments parked`"),
            ("staff permits show PRM-00000000", "see those there are: `citytime staff permits list`"),
            ("staff requests show REQ-00000000", "see those there are: `citytime staff requests list`"),
        ] {
            assert_eq!(hint(line).await, next, "{line}");
        }
        let misplaced = nadia.run("staff bills show PAY-7K3Q9XM2 -o json").await.error();
        assert!(misplaced["hint"].as_str().unwrap().contains("`citytime staff payments show PAY-"), "{misplaced}");
        let draft = nadia.run("staff permits list --status in_review -o ids --limit 1").await.ok().stdout;
        let early = hint(&format!("staff permits issue -y {}", draft.trim())).await;
        assert_eq!(early, format!("only an approved one can: citytime staff permits show {}", draft.trim()));
    }

    async fn lines_that_are_wrong_keep_no_other_back(portal: Portal) {
        let nadia = portal.nadia().await;
        nadia.write("records.csv", RECORDS);
        assert_snapshot!(nadia.run("staff records import records.csv -o json").await.told(), @r"
        some_refused, exit 6
        3 of 4 lines of records.csv were refused; imported: 1 (1 created, 0 updated, 0 unchanged)
        hint: correct those lines and import the file again: lines that were imported stay as they are
        /lines/3: the number is empty
        /lines/4: link_code needs at least 6 letters or digits
        /lines/5: it has 3 cells, and the header 5
        ");
        nadia.write("bills.csv", BILLS);
        assert_snapshot!(nadia.run("staff bills import bills.csv").await, @r"
        exit: 6
        ----- stdout
        ----- stderr
        error: 5 of 7 lines of bills.csv were refused; imported: 2 (2 created, 0 updated, 0 unchanged)
          line 3: due_on: `14.12.2026` is no date; write it as in 2026-11-22
          line 4: there is no record UT-000000; import it first
          line 5: there is no category `magic`; one of utility, tax, license, fine, permit, program is
          line 6: amount: `-12.50` is no amount: leave the sign out, as in 12.50
          line 7: it has 6 cells, and the header 8
        hint: correct those lines and import the file again: lines that were imported stay as they are
        ");
        // The same file again: what was taken stays as it is.
        assert_snapshot!(nadia.run("staff bills import bills.csv -o json").await.error()["message"].as_str().unwrap(), @"5 of 7 lines of bills.csv were refused; imported: 2 (0 created, 0 updated, 2 unchanged)");
        let good: String = BILLS.lines().filter(|line| ["number", "W-1", "W-7"].iter().any(|word| line.starts_with(word))).map(|line| format!("{line}\n")).collect();
        let again = nadia.command("staff bills import - --columns number,line,outcome").stdin(&good);
        assert_snapshot!(again.run().await, @r"
        exit: 0
        ----- stdout
        number	line	outcome
        W-1	2	unchanged
        W-7	3	unchanged
        ----- stderr
        ");
        let changed = nadia.command("staff bills import - --columns number,line,outcome").stdin(good.replace("12.50", "13.50"));
        assert_snapshot!(changed.run().await, @r"
        exit: 0
        ----- stdout
        number	line	outcome
        W-1	2	updated
        W-7	3	unchanged
        ----- stderr
        ");
        let rosa = portal.rosa().await;
        let water = rosa.run("bills list --due-within 60d --jq 'map(select(.number == \"W-1\"))[0].amount'").await.ok();
        assert_eq!(water.stdout, "1350\n");
    }

    async fn a_bill_that_was_paid_is_not_made_smaller(portal: Portal) {
        let (nadia, rosa) = (portal.nadia().await, portal.rosa().await);
        let file = "number,record,category,title,issued_on,due_on,amount\nW-1,UT-204177,utility,Water,2026-11-23,2026-12-14,12.50\n";
        let import = |text: String| nadia.command("staff bills import - -o json").stdin(text).run();
        let id = import(file.to_owned()).await.ok().json()[0]["id"].as_str().unwrap().to_owned();
        rosa.run(["bills", "pay", &id, "-y"]).await.ok();
        assert_snapshot!(import(file.replace("12.50", "12.00")).await.told(), @r"
        some_refused, exit 6
        1 of 1 lines of stdin was refused; imported: 0 (0 created, 0 updated, 0 unchanged)
        hint: correct those lines and import the file again: lines that were imported stay as they are
        /lines/2: more than this was paid on bill BIL-00000001 already; void it and issue another
        ");
        // More is owed again.
        import(file.replace("12.50", "15.00")).await.ok();
        assert_eq!(rosa.run(["bills", "show", &id, "--jq", ".status, .balance"]).await.ok().stdout, "open\n250\n");
    }

    async fn files_that_are_none(portal: Portal) {
        let nadia = portal.nadia().await;
        nadia.write("bills.csv", "number,record\nW-1,UT-204177\n");
        assert_snapshot!(nadia.run("staff bills import bills.csv -o json").await.told(), @r"
        invalid, exit 6
        bills.csv has no column `category`
        hint: its first line must name the columns: number,record,category,title,issued_on,due_on,amount
        ");
        assert_snapshot!(nadia.run("staff bills import absent.csv -o json").await.told(), @r"
        file, exit 1
        cannot read absent.csv: there is no such file or folder
        hint: check the path (FILE names it)
        ");
        let empty = nadia.command("staff bills import - -o json").stdin("number,record,category,title,issued_on,due_on,amount\n");
        assert_eq!(empty.run().await.ok().json(), serde_json::json!([]));
        assert_snapshot!(nadia.command("staff records import - -o json").stdin("").run().await.told(), @r"
        invalid, exit 6
        stdin has no column `number`
        hint: its first line must name the columns: number,kind,holder,service_address,link_code
        ");
    }

    /// A card number is refused with its line, as any other mistake: the lines beside it are imported.
    async fn a_card_number_keeps_no_other_line_out(portal: Portal) {
        let nadia = portal.nadia().await;
        let line = |number: &str, title: &str| format!("{number},UT-204177,utility,{title},2026-11-23,2026-12-14,1.00\n");
        let head = "number,record,category,title,issued_on,due_on,amount\n";
        let file = [head, &line("C-1", "Water"), &line("C-2", "Card 4242 4242 4242 4242"), &line("C-3", "Water")].concat();
        assert_snapshot!(nadia.command("staff bills import -").stdin(file).run().await, @r"
        exit: 6
        ----- stdout
        ----- stderr
        error: 1 of 3 lines of stdin was refused; imported: 2 (2 created, 0 updated, 0 unchanged)
          line 3: title: this looks like a card number; card numbers never go through citytime
        hint: correct those lines and import the file again: lines that were imported stay as they are
        ");
    }

    async fn many_lines_travel_in_parts(portal: Portal) {
        let nadia = portal.nadia().await;
        let mut file = "number,record,category,title,issued_on,due_on,amount\n".to_owned();
        for line in 0..1200 {
            file += &format!("M-{line},UT-204177,utility,Water,2026-11-23,2026-12-14,0.01\n");
        }
        let import = || nadia.command("staff bills import - -o jsonl").stdin(file.clone()).run();
        let first = import().await.ok();
        assert_eq!(first.stdout.lines().count(), 1200);
        assert!(first.json_lines().iter().all(|line| line["outcome"] == "created"));
        assert!(import().await.ok().json_lines().iter().all(|line| line["outcome"] == "unchanged"));
    }

    async fn residents_are_no_clerks(portal: Portal) {
        let rosa = portal.rosa().await;
        rosa.write("bills.csv", BILLS);
        assert_snapshot!(rosa.run("staff bills import bills.csv -o json").await.told(), @r"
        forbidden, exit 5
        this needs a clerk with the power bills
        hint: an operator gives powers: citytime portal clerk add
        ");
        assert_snapshot!(rosa.run("staff clock advance 1d -o json").await.told(), @r"
        forbidden, exit 5
        this needs a clerk with the power clock
        hint: an operator gives powers: citytime portal clerk add
        ");
    }

    async fn the_clock_goes_forward_only(portal: Portal) {
        let nadia = portal.nadia().await;
        assert_eq!(portal.rosa().await.run("bills list --status overdue -o ids").await.ok().stdout.lines().count(), 1);
        assert_snapshot!(nadia.run("staff clock advance 2026-12-09T12:00:00Z -o json").await, @r#"
        exit: 0
        ----- stdout
        {"now":"2026-12-09T12:00:00Z","today":"2026-12-09"}
        ----- stderr
        "#);
        assert_eq!(portal.rosa().await.run("bills list --status overdue -o ids").await.ok().stdout.lines().count(), 4);
        // She was idle for two weeks as well.
        let nadia = portal.nadia().await;
        assert_snapshot!(nadia.run("staff clock advance 2026-12-01 -o json").await.told(), @r"
        invalid, exit 6
        the clock goes forward only
        hint: none
        /by: the clock goes forward only
        ");
        assert_snapshot!(nadia.run("staff clock advance tomorrow -o json").await.told(), @r"
        usage, exit 2
        invalid value 'tomorrow' for '<BY>': `tomorrow` is no date; try 2026-11-22, today, 7d or 2026-11-22T09:00:00Z
        hint: see `citytime staff clock advance --help`
        ");
    }
}
