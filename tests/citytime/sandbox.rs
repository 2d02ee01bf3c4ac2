//! `citytime sandbox` around a command.

use insta::assert_snapshot;

use crate::support::command::Shell;

#[tokio::test]
async fn a_seeded_city_that_is_kept_is_opened_again_and_again() {
    let shell = Shell::new();
    let sandbox = |script| {
        shell.program(
            "citytime",
            ["sandbox", "--seed", "7", "--residents", "0", "--database", "sqlite:kept.db", "--", "sh", "-c", script],
        )
    };
    let paid =
        sandbox("citytime bills list --jq '.[0].id'; citytime bills pay --all -y --jq .status").run().await.ok().stdout;
    let bill = paid.lines().next().unwrap().to_owned();
    for _ in 0..3 {
        let again = sandbox(
            "citytime bills list -o ids; echo \"$CITYTIME_SANDBOX_PASSWORD\" | \
             citytime account tokens create --scope bills:read --label t --password-stdin --jq .label",
        )
        .run()
        .await
        .ok();
        assert_eq!(again.stdout, "t\n");
    }
    let tokens = sandbox("citytime account tokens list --jq length; citytime bills list --status all -o ids")
        .run()
        .await
        .ok()
        .stdout;
    assert!(tokens.starts_with("3\n") && tokens.contains(&bill), "{tokens}");
    // Another seed's city is another one; the same seed's is the same.
    let first = async |seed: &str| {
        let sandbox = ["sandbox", "--seed", seed, "--residents", "0", "--", "citytime", "bills", "list", "-o", "json"];
        shell.program("citytime", sandbox).run().await.ok().stdout
    };
    let (one, same, other) = (first("7").await, first("7").await, first("8").await);
    assert_eq!(one, same);
    assert!(one.contains(&bill) && one != other);
}

#[tokio::test]
async fn the_status_of_the_command_is_passed_on() {
    let shell = Shell::new();
    let ended = shell.program("citytime", ["sandbox", "--residents", "0", "--", "sh", "-c", "exit 8"]).run().await;
    assert_eq!((ended.exit, ended.stdout.as_str(), ended.stderr.as_str()), (8, "", ""));
    let killed =
        shell.program("citytime", ["sandbox", "--residents", "0", "--", "sh", "-c", "kill -TERM $$"]).run().await;
    assert_eq!(killed.exit, 128 + 15);
    let absent =
        shell.program("citytime", ["sandbox", "--residents", "0", "-o", "json", "--", "/no/such/program"]).run().await;
    assert_snapshot!(absent.told(), @r"
    file, exit 1
    cannot run /no/such/program: No such file or directory (os error 2)
    hint: none
    ");
}
