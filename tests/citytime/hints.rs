//! What a person at a terminal is told to do next, and that what they see fits their terminal.

use insta::assert_snapshot;

use crate::accounts::ivan;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

#[tokio::test]
async fn a_noun_without_its_verb_shows_its_verbs() {
    let shell = Shell::new();
    assert_snapshot!(shell.run("bills").await, @r"
    exit: 2
    ----- stdout
    ----- stderr
    Bills: what is owed, and paying it

    Usage: citytime bills [OPTIONS] <COMMAND>

    Commands:
      list      List bills, the next due first
      show      Show a bill
      pay       Pay bills: one, several or all
      transfer  Show a bank transfer and what has arrived of it, or list those that are awaited
      receipt   Show the receipt of a payment
      calendar  Due dates for a calendar: iCalendar on stdout
      autopay   Have bills paid by themselves

    Examples:
      citytime bills list
      citytime bills pay BIL-00000001

    error: say what to do: citytime bills [OPTIONS] <COMMAND>
    hint: `citytime bills` is followed by one of: list, show, pay, transfer, receipt, calendar, autopay
    ");
    assert_snapshot!(shell.run("wallet -o json").await.told(), @r"
    usage, exit 2
    say what to do: citytime wallet [OPTIONS] <COMMAND>
    hint: `citytime wallet` is followed by one of: list, add, setup, remove, default
    ");
}

#[tokio::test]
async fn an_id_of_another_kind_is_told_where_it_belongs() {
    let shell = Shell::new();
    assert_snapshot!(shell.run("bills show PAY-7K3Q9XM2 -o json").await.told(), @r"
    usage, exit 2
    invalid value 'PAY-00000001' for '<ID>': `PAY-00000001` is no bill id; one looks like BIL-00000001
    hint: PAY-00000001 is the id of a payment: `citytime bills receipt PAY-00000001` shows it
    ");
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told_with_its_flag() {
    let shell = Shell::new();
    assert_snapshot!(shell.run("staff bills import absent.csv -o json").await.told(), @r"
    file, exit 1
    cannot read absent.csv: there is no such file or folder
    hint: check the path (FILE names it)
    ");
}

#[tokio::test]
async fn an_empty_list_of_cities_says_how_to_add_one() {
    let (exit, screen) = Shell::new().command("city list").at_terminal(100, 10).finish().await;
    assert_eq!(exit, 0);
    assert_snapshot!(screen, @r"
    there are no cities
    hint: add yours: citytime city add NAME URL; or try the made-up one: citytime sandbox
    ");
}

on_both_databases! {
    async fn lists_fit_narrow_terminals(portal: Portal) {
        let rosa = portal.rosa().await;
        for (list, prefix) in [("bills list", "BIL-"), ("history --limit 5", ""), ("wallet list", "WAL-")] {
            for width in [50, 60] {
                let (exit, screen) = rosa.command(list).at_terminal(width, 30).finish().await;
                assert_eq!(exit, 0, "{screen}");
                let mut rows = screen.lines().filter(|row| !row.starts_with("Times are on"));
                assert!(rows.next().is_some_and(|header| header.starts_with("ID  ")), "{screen}");
                // A row that did not fit would go on in the next one, without an id.
                assert!(rows.all(|row| row.starts_with(prefix) && row.as_bytes().get(3) == Some(&b'-')), "{screen}");
            }
        }
    }

    async fn narrow_tables_keep_what_the_list_is_about(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        for (shell, line, width, columns) in [
            (&rosa, "statement", 60, ["OPENING", "CLOSING"]),
            (&rosa, "history payments", 60, ["TITLE", "AMOUNT"]),
            (&rosa, "wallet list", 50, ["LABEL", "DEFAULT"]),
            (&rosa, "bills list", 50, ["DUE", "BALANCE"]),
            (&rosa, "statement --entries", 60, ["TITLE", "AMOUNT"]),
            (&rosa, "programs list", 50, ["TITLE", "STARTS"]),
            (&nadia, "staff payments list", 60, ["AMOUNT", "STATUS"]),
            (&nadia, "staff bills list", 60, ["DUE", "BALANCE"]),
            (&nadia, "staff bills aging", 60, ["CATEGORY", "TOTAL"]),
            (&nadia, "staff ledger accounts", 50, ["ACCOUNT", "BALANCE"]),
        ] {
            let (exit, screen) = shell.command(line).at_terminal(width, 200).finish().await;
            let table = |row: &&str| columns.iter().all(|column| row.split("  ").any(|cell| cell.trim() == *column));
            assert!(exit == 0 && screen.lines().find(table).is_some(), "{line}: {screen}");
        }
    }

    async fn what_is_refused_says_what_to_do(portal: Portal) {
        let rosa = portal.rosa().await;
        rosa.write("bad.json", "{bad");
        for line in [
            "bills list --category opera",
            "history --since today --until -3d",
            "programs list --from 30d --to today",
            "request list --since today --until -3d",
            "account update --phone abc",
            "account tokens create --label x --scope bills:read --expires 2020-01-01",
            "permit apply fence --set x",
            "permit apply fence --file bad.json",
            "bills list -c ftp://riverton.example",
        ] {
            let error = rosa.run(&format!("{line} -o json")).await.error();
            assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{line}: {error}");
        }
        assert_snapshot!(rosa.run("history --since today --until -3d").await, @r"
        exit: 6
        ----- stdout
        ----- stderr
        error: it ends before it begins
          field: until
        hint: give an earlier since, or a later until
        ");
        assert_snapshot!(rosa.run("support email Lantern --text hello -o json").await.told(), @r"
        usage, exit 2
        unexpected argument '--text' found
        hint: see `citytime support email --help`
        ");
        assert_eq!(rosa.run("bills pay --due-within -900d --dry-run -o json").await.error()["code"], "nothing_due");
        let (exit, screen) = rosa.command("bills list --status paid --category fine --due-before 2020-01-01").at_terminal(100, 10).finish().await;
        assert_eq!(exit, 0);
        assert_snapshot!(screen, @r"
        there is nothing of that kind
        hint: see every bill: citytime bills list --status all
        ");
    }

    async fn a_word_that_is_nearly_right_is_told_the_right_one(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        for (shell, line, next) in [
            (&rosa, "bills list --category utilty", "did you mean `utility`?"),
            (&rosa, "programs list --category workshp", "did you mean `workshop`?"),
            (&rosa, "permit types --category busines", "did you mean `business`?"),
            (&rosa, "permit types --category opera", "citytime permit types"),
            (&nadia, "staff bills list --category utilty", "did you mean `utility`?"),
            (&nadia, "staff requests list --service pothol", "did you mean pothole? `citytime request services`"),
        ] {
            let error = shell.run(&format!("{line} -o json")).await.error();
            let hint = error["hint"].as_str().unwrap_or_default();
            assert!(error["exit_code"] == 6 && hint.contains(next), "{line}: {error}");
        }
    }

    async fn what_is_said_is_broken_between_words(portal: Portal) {
        let rosa = portal.rosa().await;
        let (exit, screen) = rosa.command("bills list --category opera").at_terminal(40, 20).finish().await;
        assert_eq!(exit, 6);
        assert_snapshot!(screen, @r"
        error: there is no category `opera`; one
        of utility, tax, license, fine, permit,
        program is
        hint: take one of these, or leave the
        category out
        ");
    }

    /// A command that is told is selected by three clicks, however narrow the terminal.
    async fn a_command_that_is_told_is_in_one_piece(portal: Portal) {
        let rosa = portal.rosa().await;
        for width in [30, 45, 60, 75] {
            let terminal = rosa.command("wallet remove WAL-7K3Q9XM2 --no-input").at_terminal(width, 30);
            let (exit, screen) = terminal.finish_whole().await;
            assert_eq!(exit, 2);
            let whole = "citytime wallet remove WAL-7K3Q9XM2 --no-input --yes";
            assert!(screen.lines().any(|line| line == whole), "{width}: {screen}");
        }
        // With a question before it.
        let (_, screen) = rosa.command("permit apply fnce").at_terminal(30, 20).finish_whole().await;
        assert!(screen.lines().any(|line| line == "citytime permit types"), "{screen}");
    }

    async fn what_a_resident_has_none_of_says_how_to_begin(portal: Portal) {
        let ivan = ivan(&portal).await;
        for (list, next) in [
            ("wallet list", "citytime wallet add"),
            ("account records list", "citytime account records link NUMBER"),
            ("account tokens list", "citytime account tokens create"),
            ("support list", "citytime support email SUBJECT"),
            ("bills list", "nothing is due"),
        ] {
            let (exit, screen) = ivan.command(list).at_terminal(160, 10).finish().await;
            assert!(exit == 0 && screen.contains(next), "{screen}");
            assert_eq!(ivan.run(list).await.ok().stderr, "", "a pipe is told nothing");
        }
        let who = ivan.run("whoami --jq '.scopes | contains([\"staff\"])'").await.ok();
        assert_eq!(who.stdout, "false\n");
    }

    async fn ctrl_c_at_a_hidden_prompt_leaves_the_terminal_as_it_was(portal: Portal) {
        let shell = portal.shell();
        let line = "trap : INT; citytime login --username rosa; echo ended $?; stty -a";
        let mut terminal = shell.program("bash", ["-c", line]).at_terminal(100, 24);
        // Hidden as soon as it is asked for: nothing is waited for before keys are typed.
        terminal.expect("Password: ").await;
        terminal.send("lanterns\x03").await;
        let (_, screen) = terminal.finish().await;
        assert!(screen.contains("ended 130") && !screen.contains("lanterns"), "{screen}");
        let words: Vec<_> = screen.split([' ', ';', '\n']).collect();
        assert!(["echo", "icanon", "isig"].iter().all(|mode| words.contains(mode)), "{screen}");
    }
}
