//! What cannot be taken back is agreed to first: asked at a terminal, `--yes` elsewhere.

use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

/// What ends or gives away something, as residents and as clerks type it. None of these things is there: whoever sent
/// anything would be told so.
const RESIDENTS: [&str; 6] = [
    "programs cancel REG-00000000",
    "wallet remove WAL-00000000",
    "permit withdraw PRM-00000000 --note 'not now'",
    "account tokens revoke TOK-00000000",
    "account records unlink REC-00000000",
    "account deactivate --password-stdin",
];
const CLERKS: [&str; 10] = [
    "staff payments refund PAY-00000000 --reason duplicate",
    "staff payments refund PAY-00000000 --amount 12.50 --reason goodwill --keep-settled",
    "staff payments return PAY-00000000 --code R01",
    "staff payments give-back BNK-00000000 --reason 'nothing is owed'",
    "staff bills void BIL-00000000 --reason 'issued twice'",
    "staff bills credit BIL-00000000 --amount 1 --reason wrong",
    "staff programs cancel PRG-00000000 --reason rain",
    "staff permits decide PRM-00000000 deny --reason 'a bus route'",
    "staff permits issue PRM-00000000",
    "staff requests duplicate REQ-00000000 REQ-00000001",
];

/// Nothing is sent, and the failure tells the command that agrees.
async fn asked(shell: &Shell, line: &str) {
    let told = shell.run(&format!("{line} -o json")).await;
    let error = told.error();
    assert_eq!((told.exit, &error["code"]), (2, &"input_needed".into()), "{line}: {error}");
    assert_eq!(error["hint"], format!("give it with --yes: citytime {line} -o json --yes"), "{line}");
}

on_both_databases! {
    async fn nobody_to_ask_and_no_agreement_change_nothing(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        for line in RESIDENTS {
            asked(&rosa, line).await;
        }
        for line in CLERKS {
            asked(&nadia, line).await;
        }
    }

    /// To agree does not help where the line itself is wrong.
    async fn what_is_typed_wrong_is_told_before_anybody_is_asked(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        for (shell, line, why) in [
            (&rosa, "bills pay nope", "`nope` is no bill id"),
            (&rosa, "bills pay BIL-00000000 PAY-00000000", "`PAY-00000000` is no bill id"),
            (&rosa, "bills pay BIL-00000000 --amount much", "--amount: "),
            (&rosa, "bills pay BIL-00000000 --max 0", "--max: an amount is above zero"),
            (&rosa, "bills pay", "it was not said which bills to pay"),
            (&rosa, "wallet remove nope", "`nope` is no "),
            (&nadia, "staff payments refund PAY-00000000 --amount much --reason goodwill", "--amount: "),
            (&nadia, "staff bills credit BIL-00000000 --amount 0 --reason wrong", "--amount: an amount is above zero"),
        ] {
            let told = shell.run(&format!("{line} -o json")).await;
            let error = told.error();
            assert_eq!((told.exit, &error["code"]), (2, &"usage".into()), "{line}: {error}");
            assert!(error["message"].as_str().is_some_and(|message| message.contains(why)), "{line}: {error}");
        }
        let piped = rosa.command("bills pay - -o json").stdin("BIL-00000000\nnope\n").run().await;
        assert_eq!((piped.exit, &piped.error()["code"]), (2, &"usage".into()));
    }

    async fn at_a_terminal_no_leaves_things_as_they_are(portal: Portal) {
        let rosa = portal.rosa().await;
        let count = async || rosa.run("wallet list -o ids").await.ok().stdout.lines().count();
        let method = rosa.run("wallet list -o ids --limit 1").await.ok().stdout.trim().to_owned();
        let before = count().await;
        for (answer, status, left) in [("n", 130, before), ("y", 0, before - 1)] {
            let mut terminal = rosa.command(&format!("wallet remove {method}")).at_terminal(100, 24);
            terminal.expect(&format!("Remove {method}?")).await;
            terminal.expect("[y/N]: ").await;
            terminal.send_line(answer).await;
            let (exit, screen) = terminal.finish().await;
            assert_eq!((exit, count().await), (status, left), "{screen}");
        }
    }
}
