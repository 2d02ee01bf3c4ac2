//! The way back a clerk begins, for whoever lost the mailbox too.

use insta::assert_snapshot;
use serde_json::json;

use crate::recovery::{OTHER, ROSA, ROSAS_PASSWORD, finish, signed_in};
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    async fn a_clerk_begins_the_way_back_for_who_lost_the_mailbox_too(portal: Portal) {
        let (nadia, stranger) = (portal.nadia().await, portal.shell());
        let begin = "staff residents recover rosa --to rosa@new.example --reason 'mailbox closed' --identity 'passport seen'";
        assert_snapshot!(nadia.proven(&format!("{begin} --columns username,email,status,opens_at,ends_at,reason,identity,clerk")).await, @r"
        exit: 0
        ----- stdout
        username	email	status	opens_at	ends_at	reason	identity	clerk
        rosa	rosa@new.example	waiting	2026-11-24T15:00:00Z	2026-12-01T15:00:00Z	mailbox closed	passport seen	nadia
        ----- stderr
        Every address of the account was told. A code goes to the new one from the day after on:
        `citytime account recover start --username rosa`.
        ");
        assert_snapshot!(nadia.proven(&format!("{begin} -o json")).await.told(), @r"
        conflict, exit 6
        a recovery of rosa was begun already
        hint: it goes on by itself; whoever is signed in can stop it: citytime account recover stop
        ");
        let told = portal.letter(ROSA, "Somebody asked the city").await;
        assert!(told.text.contains("r…@new.example") && told.text.contains("citytime account recover stop"), "{}", told.text);
        // Within the day nothing goes there.
        stranger.run("account recover start --username rosa").await.ok();
        portal.letter(ROSA, "A new password").await;
        portal.work().await;
        assert_eq!(portal.letters_so_far("rosa@new.example", "").await.len(), 0);
        portal.sleep_for_seconds(24 * 60 * 60);
        stranger.run("account recover start --username rosa").await.ok();
        let code = portal.letter("rosa@new.example", "A new password").await.code();
        stranger.command(finish(&code)).stdin(OTHER).run().await.ok();
        let rosa = signed_in(&portal, OTHER).await;
        let account = rosa.run("account show -o json").await.ok().json();
        assert_eq!((&account["email"], &account["email_verified"]), (&json!("rosa@new.example"), &json!(true)));
        portal.letter(ROSA, "was reset").await;
        assert_snapshot!(rosa.run("account recover stop -o json").await.told(), @r"
        conflict, exit 6
        no recovery was begun for this account
        hint: there is nothing to stop
        ");
    }

    /// The code holds for half an hour, also where it was asked for at the end of the week.
    async fn a_code_of_the_last_minute_moves_the_account_too(portal: Portal) {
        let nadia = portal.nadia().await;
        nadia.proven("staff residents recover rosa --to rosa@new.example --reason 'mailbox closed' --identity 'passport seen'").await.ok();
        portal.sleep_for_seconds(8 * 24 * 60 * 60 - 600);
        portal.shell().run("account recover start --username rosa").await.ok();
        let code = portal.letter("rosa@new.example", "A new password").await.code();
        portal.sleep_for_seconds(1200);
        portal.shell().command(finish(&code)).stdin(OTHER).run().await.ok();
        let account = signed_in(&portal, OTHER).await.run("account show -o json").await.ok().json();
        assert_eq!((&account["email"], &account["status"]), (&json!("rosa@new.example"), &json!("active")));
    }

    /// The account's address of today was never confirmed, and the old mailbox is lost: a clerk can lead back to it.
    async fn an_address_that_was_never_confirmed_gets_its_code_by_a_clerk(portal: Portal) {
        let (rosa, nadia) = (signed_in(&portal, ROSAS_PASSWORD).await, portal.nadia().await);
        let update = rosa.command("account update --email rosa@new.example --password-stdin").stdin(ROSAS_PASSWORD);
        update.run().await.ok();
        let begin = async |address: &str| {
            nadia.proven(&format!("staff residents recover rosa --to {address} --reason 'mailbox closed' --identity 'passport seen' -o json")).await
        };
        assert_snapshot!(begin(ROSA).await.told(), @r"
        conflict, exit 6
        rosa@mail.riverton.example is an address of the account already
        hint: a code goes there anyhow: citytime account recover start --username NAME
        ");
        begin("rosa@new.example").await.ok();
        portal.sleep_for_seconds(25 * 60 * 60);
        portal.shell().run("account recover start --username rosa").await.ok();
        let code = portal.letter("rosa@new.example", "A new password").await.code();
        portal.shell().command(finish(&code)).stdin(OTHER).run().await.ok();
        let account = signed_in(&portal, OTHER).await.run("account show -o json").await.ok().json();
        assert_eq!((&account["email"], &account["email_verified"]), (&json!("rosa@new.example"), &json!(true)));
    }

    async fn whoever_is_signed_in_stops_what_a_clerk_began(portal: Portal) {
        let (nadia, rosa) = (portal.nadia().await, portal.rosa().await);
        let begin = "staff residents recover rosa --to thief@new.example --reason 'mailbox closed' --identity 'a letter'";
        // A clerk's token alone begins nothing.
        let bare = nadia.run(&format!("{begin} --no-input -o json")).await;
        assert_eq!((bare.exit, bare.error()["code"].as_str()), (2, Some("input_needed")), "{bare}");
        nadia.proven(begin).await.ok();
        assert_snapshot!(rosa.run("account recover stop --columns username,email,status,reason,clerk").await, @r"
        exit: 0
        ----- stdout
        username	email	status	reason	clerk
        rosa	thief@new.example	stopped	mailbox closed	nadia
        ----- stderr
        ");
        portal.letter(ROSA, "was closed").await;
        portal.sleep_for_seconds(25 * 60 * 60);
        portal.shell().run("account recover start --username rosa").await.ok();
        portal.letter(ROSA, "A new password").await;
        portal.work().await;
        assert_eq!(portal.letters_so_far("thief@new.example", "").await.len(), 0);
        for (line, code) in [
            ("staff residents recover nobody --to a@new.example --reason lost --identity seen", "not_found"),
            ("staff residents recover nadia --to a@new.example --reason lost --identity seen", "conflict"),
            ("staff residents recover rosa --to rosa@mail.riverton.example --reason lost --identity seen", "conflict"),
            ("staff residents recover rosa --to nowhere --reason x --identity ''", "invalid"),
        ] {
            let refused = nadia.proven(&format!("{line} -o json")).await;
            assert_eq!(refused.error()["code"], code, "{line}: {refused}");
        }
        let resident = rosa.run(&format!("{begin} -o json")).await;
        assert_eq!((resident.exit, resident.error()["code"].as_str()), (5, Some("forbidden")), "{resident}");
    }
}
