//! The wallet: references of payment methods, never their numbers.

use insta::assert_snapshot;
use serde_json::json;

use crate::accounts::ivan;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    async fn the_first_method_is_the_default(portal: Portal) {
        let ivan = ivan(&portal).await;
        assert_eq!(ivan.run("wallet list -o json").await.ok().json(), json!([]));
        let visa = ivan.run("wallet add --token pm_card_visa --label 'My Visa' -o json").await.ok().json();
        let bank = ivan.run("wallet add --token pm_usBankAccount_success -o json").await.ok().json();
        assert_eq!((&visa["default"], &bank["default"]), (&json!(true), &json!(false)));
        assert_snapshot!(ivan.run(["wallet", "default", bank["id"].as_str().unwrap()]).await, @r"
        exit: 0
        ----- stdout
        id	label	kind	brand	last4	expires	default
        WAL-00000001	Riverton Test Bank ending in 6789	bank_account	Riverton Test Bank	6789		true
        ----- stderr
        ");
        let methods = ivan.run("wallet list -o json").await.ok().json();
        let defaults: Vec<_> = methods.as_array().unwrap().iter().filter(|method| method["default"] == true).collect();
        assert_eq!((defaults.len(), &defaults[0]["id"]), (1, &bank["id"]));
        // The default goes: the other becomes it.
        assert_snapshot!(ivan.run(["wallet", "remove", bank["id"].as_str().unwrap(), "-o", "json"]).await, @r#"
        exit: 0
        ----- stdout
        {"id":"WAL-00000001","kind":"bank_account","label":"Riverton Test Bank ending in 6789","brand":"Riverton Test Bank","last4":"6789","expires":null,"default":false}
        ----- stderr
        "#);
        assert_snapshot!(ivan.run("wallet list").await, @r"
        exit: 0
        ----- stdout
        id	label	kind	brand	last4	expires	default
        WAL-00000001	My Visa	card	visa	4242	2034-12	true
        ----- stderr
        ");
        assert_snapshot!(ivan.run(["wallet", "remove", bank["id"].as_str().unwrap(), "-o", "json"]).await.told(), @r"
        not_found, exit 3
        there is no payment method WAL-00000001
        hint: see those there are: `citytime wallet list`
        ");
        // Somebody else's is none.
        let rosas = portal.rosa().await.run("wallet list -o ids --limit 1").await.ok().stdout;
        assert_eq!(ivan.run(["wallet", "default", rosas.trim(), "-o", "json"]).await.error()["code"], "not_found");
        assert_eq!(ivan.run(["wallet", "remove", rosas.trim(), "-o", "json"]).await.error()["code"], "not_found");
    }

    async fn what_is_no_method_is_refused(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("wallet add --token pm_card_chargeDeclined -o json").await.told(), @r"
        declined, exit 6
        the card's issuer declined to have it saved
        hint: add another card, or ask the issuer
        ");
        assert_snapshot!(rosa.run("wallet add --token pm_nothing -o json").await.told(), @r"
        invalid, exit 6
        the processor knows no token `pm_nothing`
        hint: the sandbox's are pm_card_visa, pm_card_mastercard, pm_card_chargeCustomerFail, pm_card_chargeDeclined, pm_card_chargeDeclinedInsufficientFunds, pm_card_authenticationRequired, pm_card_refundFail, pm_usBankAccount_success, pm_usBankAccount_insufficientFunds
        ");
        assert_snapshot!(rosa.run("wallet add -o json").await.told(), @r"
        input_needed, exit 2
        an answer is needed (The processor's token (pm_…)), but there is no terminal to ask on
        hint: give it with --token
        ");
        for number in ["4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242"] {
            let refused = rosa.run(["wallet", "add", "--token", number, "-o", "json"]).await;
            assert_eq!((refused.exit, refused.error()["code"].as_str()), (6, Some("invalid")));
            assert!(!refused.stderr.contains("4242"), "{refused}");
        }
        assert_snapshot!(rosa.run("wallet add --token pm_card_visa --label 4242424242424242 -o json").await.told(), @r"
        invalid, exit 6
        what was given with --label looks like a card number: it was not sent or kept
        hint: card numbers never enter citytime: add the card at the processor, and give the token it tells (pm_…)
        ");
    }

    async fn adding_again_with_the_same_key_adds_nothing(portal: Portal) {
        let ivan = ivan(&portal).await;
        let add = "wallet add --token pm_card_visa --idempotency-key visa -o json";
        assert_eq!(ivan.run(add).await.ok().json(), ivan.run(add).await.ok().json());
        assert_eq!(ivan.run("wallet list -o ids").await.ok().stdout.lines().count(), 1);
        let other = ivan.run("wallet add --token pm_card_mastercard --idempotency-key visa -o json").await;
        assert_eq!(other.error()["code"], "key_reused");
    }
}
