//! What `/openapi.json` says is what the portal does: who may call each operation, and what each answers.

pub(crate) mod document;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use self::document::{Document, Operation};
use crate::door::mfa::App;
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::portal::{PASSWORD, Portal};
use crate::transfers::statement::{ACCOUNT, comes, table};

/// What is asked with a body, and changes nothing.
const LOOKS: &[&str] = &["payments.quote", "staff.payments.quote", "transfers.quote", "permits.check"];
/// What changes something only where something else happened first: `terms` and `notices::letters` look for its row.
const ELSEWHERE: &[&str] = &["accounts.accept_terms", "staff.notices.retry"];

fn id_of(thing: &Value) -> &str {
    thing["id"].as_str().unwrap_or_else(|| panic!("{thing} has no id"))
}

/// Everything the document refers to.
fn references<'d>(value: &'d Value, found: &mut BTreeSet<&'d str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

on_both_databases! {
    async fn what_is_referred_to_is_there(portal: Portal) {
        let document = Document::of(&portal).await;
        let mut found = BTreeSet::new();
        references(&document.whole, &mut found);
        let missing: Vec<_> =
            found.iter().filter(|place| document.whole.pointer(place.trim_start_matches('#')).is_none()).collect();
        assert!(found.len() > 20 && missing.is_empty(), "{missing:?}");
        let names: BTreeSet<_> = document.operations.iter().map(Operation::id).collect();
        assert_eq!(names.len(), document.operations.len(), "each operation has a name of its own");
    }

    async fn nobody_gets_in_unguarded(portal: Portal) {
        let mut document = Document::of(&portal).await;
        let (nobody, rosa) = (Api::anonymous(&portal), Api::signed_in(&portal, "rosa").await);
        let nadia = Api::signed_in(&portal, "nadia").await;
        let token = rosa.ask("POST", "/v1/tokens", Some(json!({"label": "bare", "scopes": ["history:read"], "expires": "9d", "proof": {"password": PASSWORD}})), None).await.ok();
        let bare = Api::anonymous(&portal).with_token(token["token"].as_str().unwrap());
        for operation in document.operations.clone() {
            let (id, path) = (operation.id().to_owned(), operation.path_of_nothing());
            let anonymous = operation.call(&nobody, &path).await;
            document.check(&operation, &anonymous);
            if operation.who() == "anyone" {
                assert_ne!(anonymous.status, 401, "{id}");
                continue;
            }
            if operation.who() == "visitor" {
                // Whoever says who they are must be known.
                let forged = operation.call(&Api::anonymous(&portal).with_token("cts_forged"), &path).await;
                assert_eq!((anonymous.status, forged.status), (404, 401), "{id}");
                continue;
            }
            assert_eq!((anonymous.status, &anonymous.body["code"]), (401, &json!("unauthenticated")), "{id}");
            let forged = operation.call(&Api::anonymous(&portal).with_token("cts_forged"), &path).await;
            assert_eq!(forged.status, 401, "{id}: {}", forged.body);
            let scope = &operation.described["x-access"]["scope"];
            let narrow = operation.call(&bare, &path).await;
            if operation.who() != "signed_in" || scope.is_string() && scope != "history:read" {
                document.check(&operation, &narrow);
                assert_eq!((narrow.status, &narrow.body["code"]), (403, &json!("forbidden")), "{id}");
            } else {
                assert_eq!(narrow.status, 200, "{id}: {}", narrow.body);
            }
            // A resident is no clerk, whatever is asked.
            if operation.who() == "clerk" {
                let resident = operation.call(&rosa, &path).await;
                document.check(&operation, &resident);
                assert_eq!((resident.status, &resident.body["code"]), (403, &json!("forbidden")), "{id}");
            }
            // What is nobody's is not found.
            if path != operation.path {
                let whoever = if operation.who() == "clerk" { &nadia } else { &rosa };
                let nothing = operation.call(whoever, &path).await;
                document.check(&operation, &nothing);
                assert_eq!((nothing.status, &nothing.body["code"]), (404, &json!("not_found")), "{id}");
            }
        }
    }

    async fn every_answer_is_as_described(portal: Portal) {
        let mut document = Document::of(&portal).await;
        let (nobody, rosa, nadia) = (Api::anonymous(&portal), Api::signed_in(&portal, "rosa").await, Api::signed_in(&portal, "nadia").await);
        document.ask(&nobody, "get", "/.well-known/citytime", None).await;
        document.ask(&nobody, "get", "/v1/support/contact", None).await;
        document.ask(&nobody, "get", "/v1/support/faq?words=refund", None).await;
        let ticket = document.ask(&rosa, "post", "/v1/support/tickets", Some(json!({"subject": "Bin", "text": "It is full."}))).await;
        document.ask(&rosa, "post", "/v1/support/tickets", Some(json!({"subject": " ", "text": "It is full."}))).await;
        document.ask(&rosa, "get", "/v1/support/tickets?status=open", None).await;
        let (mine, case) = (format!("/v1/support/tickets/{}", id_of(&ticket)), format!("/v1/staff/support/{}", id_of(&ticket)));
        document.ask(&rosa, "get", &mine, None).await;
        document.ask(&nadia, "get", "/v1/staff/support?assignee=none", None).await;
        document.ask(&nadia, "get", &case, None).await;
        document.ask(&nadia, "post", &format!("{case}/assign"), Some(json!({}))).await;
        document.ask(&nadia, "post", &format!("{case}/reply"), Some(json!({"text": "Soon."}))).await;
        document.ask(&rosa, "post", &format!("{mine}/reply"), Some(json!({"text": "When?"}))).await;
        document.ask(&nadia, "post", &format!("{case}/close"), Some(json!({}))).await;
        document.ask(&nadia, "post", &format!("{case}/close"), Some(json!({}))).await;
        let residents = document.ask(&nadia, "get", "/v1/staff/residents?sought=rosa", None).await;
        document.ask(&nadia, "get", &format!("/v1/staff/residents/{}", id_of(&residents["items"][0])), None).await;
        document.ask(&nadia, "get", "/v1/staff/records/by-number?number=UT-204177", None).await;
        document.ask(&nadia, "get", "/v1/staff/records/by-number?number=UT-1", None).await;
        let vera = json!({"username": "vera", "password": "nineteen herons at dusk", "name": "Vera", "email": "vera@mail.example",
            "address": {"line1": "1 Quay", "city": "Riverton", "postal_code": "60699"}, "terms_version": "2026-01"});
        document.ask(&nobody, "post", "/v1/accounts", Some(vera)).await;
        let session = document.ask(&nobody, "post", "/v1/sessions", Some(json!({"username": "vera", "password": "nineteen herons at dusk"}))).await;
        document.ask(&nobody, "post", "/v1/sessions", Some(json!({"username": "vera", "password": "no"}))).await;
        let vera = Api::anonymous(&portal).with_token(session["token"].as_str().unwrap());
        document.ask(&vera, "get", "/v1/account", None).await;
        let code = portal.letter("vera@mail.example", "Confirm").await.code();
        document.ask(&vera, "post", "/v1/permits", Some(json!({"type": "fence", "draft": true}))).await;
        document.ask(&vera, "post", "/v1/account/verify", Some(json!({"code": "77777-77777-77777"}))).await;
        document.ask(&vera, "post", "/v1/account/verify/send", Some(json!({"address": "phone"}))).await;
        document.ask(&vera, "post", "/v1/account/verify/send", Some(json!({"address": "email"}))).await;
        document.ask(&vera, "post", "/v1/account/verify", Some(json!({"code": code}))).await;
        let code = portal.letters("vera@mail.example", "Confirm", 2).await.into_iter().map(|letter| letter.code()).find(|newer| *newer != code);
        document.ask(&vera, "post", "/v1/account/verify", Some(json!({"code": code}))).await;
        let proof = json!({"password": "nineteen herons at dusk"});
        document.ask(&vera, "post", "/v1/account/recovery-email", Some(json!({"email": "vera@elsewhere.example", "proof": proof}))).await;
        document.ask(&nobody, "post", "/v1/recoveries", Some(json!({"username": "vera"}))).await;
        let code = portal.letter("vera@mail.example", "A new password").await.code();
        document.ask(&nobody, "post", "/v1/recoveries/finish", Some(json!({"code": code, "password": "short"}))).await;
        document.ask(&nobody, "post", "/v1/recoveries/finish", Some(json!({"code": code, "password": "nineteen herons at dusk, and one"}))).await;
        let assist = json!({"username": "vera", "email": "vera@new.example", "reason": "mailbox closed", "identity": "passport seen", "proof": {"password": PASSWORD}});
        document.ask(&nadia, "post", "/v1/staff/recoveries", Some(assist.clone())).await;
        document.ask(&nadia, "post", "/v1/staff/recoveries", Some(assist)).await;
        let signed_in = json!({"username": "vera", "password": "nineteen herons at dusk, and one"});
        let session = document.ask(&nobody, "post", "/v1/sessions", Some(signed_in)).await;
        let vera = Api::anonymous(&portal).with_token(session["token"].as_str().unwrap());
        document.ask(&vera, "post", "/v1/account/recovery/stop", Some(json!({}))).await;
        document.ask(&vera, "post", "/v1/account/recovery/stop", Some(json!({}))).await;
        document.ask(&vera, "patch", "/v1/account", Some(json!({"phone": "312-555-0144", "proof": {"password": "nineteen herons at dusk, and one"}}))).await;
        document.ask(&vera, "patch", "/v1/account", Some(json!({"name": "Vera W."}))).await;
        document.ask(&vera, "delete", "/v1/sessions/current", None).await;
        for path in ["/v1/whoami", "/v1/account", "/v1/dashboard", "/v1/bills?status=all&limit=3", "/v1/history?limit=500", "/v1/statement?from=-30d", "/v1/statement?year=2026&to=today", "/v1/wallet", "/v1/tokens", "/v1/records"] {
            document.ask(&rosa, "get", path, None).await;
        }
        let cron = json!({"label": "cron", "scopes": ["bills:read"], "expires": "30d"});
        assert_eq!(document.ask(&rosa, "post", "/v1/tokens", Some(cron.clone())).await["code"], "proof_needed");
        let proven = |password: &str| {
            let mut cron = cron.clone();
            cron["proof"] = json!({"password": password});
            Some(cron)
        };
        assert_eq!(document.ask(&rosa, "post", "/v1/tokens", proven("no")).await["code"], "bad_credentials");
        let token = document.ask(&rosa, "post", "/v1/tokens", proven(PASSWORD)).await;
        let new = json!({"password": "herons over the second weir", "proof": {"password": PASSWORD}});
        document.ask(&rosa, "post", "/v1/account/password", Some(new)).await;
        Api::signed_in(&portal, "rosa").await;
        let sessions = document.ask(&rosa, "get", "/v1/sessions?limit=500", None).await;
        let other = sessions["items"].as_array().unwrap().iter().find(|session| session["current"] == false);
        document.ask(&rosa, "delete", &format!("/v1/sessions/{}", id_of(other.expect("another session"))), None).await;
        document.ask(&rosa, "delete", "/v1/sessions/others", None).await;
        let proven = |code: &Value| Some(json!({"proof": {"password": "herons over the second weir", "code": code}}));
        document.ask(&rosa, "get", "/v1/account/mfa", None).await;
        assert_eq!(document.ask(&rosa, "post", "/v1/account/mfa/disable", proven(&Value::Null)).await["code"], "conflict");
        let secret = document.ask(&rosa, "post", "/v1/account/mfa", proven(&Value::Null)).await;
        let app = App::new(secret["secret"].as_str().unwrap());
        let wrong = document.ask(&rosa, "post", "/v1/account/mfa/confirm", Some(json!({"code": "nonsense"}))).await;
        assert_eq!(wrong["code"], "bad_code");
        let code = json!({"code": app.code(&portal, 0)});
        let codes = document.ask(&rosa, "post", "/v1/account/mfa/confirm", Some(code)).await;
        let without = document.ask(&rosa, "post", "/v1/account/mfa/codes", proven(&Value::Null)).await;
        assert_eq!(without["code"], "code_needed");
        let codes = document.ask(&rosa, "post", "/v1/account/mfa/codes", proven(&codes["recovery_codes"][0])).await;
        document.ask(&rosa, "post", "/v1/account/mfa/disable", proven(&codes["recovery_codes"][0])).await;
        document.ask(&rosa, "get", "/v1/tokens", None).await;
        document.ask(&rosa, "delete", &format!("/v1/tokens/{}", id_of(&token)), None).await;
        let record = document.ask(&rosa, "post", "/v1/records", Some(json!({"number": "UT-300412", "code": "K7QM-2X9D"}))).await;
        document.ask(&rosa, "delete", &format!("/v1/records/{}", id_of(&record)), None).await;
        let bank = document.ask(&rosa, "post", "/v1/wallet", Some(json!({"token": "pm_usBankAccount_success"}))).await;
        let declines = document.ask(&rosa, "post", "/v1/wallet", Some(json!({"token": "pm_card_chargeCustomerFail"}))).await;
        document.ask(&rosa, "post", &format!("/v1/wallet/{}/default", id_of(&bank)), Some(json!({}))).await;
        let setup = document.ask(&rosa, "post", "/v1/wallet/setups", Some(json!({"kind": "card"}))).await;
        let setup = format!("/v1/wallet/setups/{}", id_of(&setup));
        document.ask(&rosa, "get", &setup, None).await;
        document.ask(&rosa, "post", &format!("{setup}/cancel"), Some(json!({}))).await;
        let bills = document.ask(&rosa, "get", "/v1/bills", None).await;
        let bills: Vec<&str> = bills["items"].as_array().unwrap().iter().map(id_of).collect();
        document.ask(&rosa, "get", &format!("/v1/bills/{}", bills[0]), None).await;
        for rule in [json!({"max": 20_000, "days_before": 1}), json!({"category": "magic"}), json!({"method": "WAL-00000000"})] {
            document.ask(&rosa, "post", "/v1/autopay", Some(rule)).await;
        }
        let skip = format!("/v1/autopay/{}/skip", bills[0]);
        document.ask(&rosa, "post", &skip, Some(json!({}))).await;
        document.ask(&rosa, "get", "/v1/autopay", None).await;
        document.ask(&rosa, "delete", &skip, None).await;
        document.ask(&rosa, "post", "/v1/autopay/off", Some(json!({"category": "tax"}))).await;
        document.ask(&rosa, "post", "/v1/autopay/off", Some(json!({}))).await;
        document.ask(&rosa, "post", &skip, Some(json!({}))).await;
        document.ask(&rosa, "post", "/v1/payments/quote", Some(json!({"bills": bills}))).await;
        let transfer = document.ask(&rosa, "post", "/v1/transfers", Some(json!({"bills": [bills[0]]}))).await;
        document.ask(&rosa, "post", "/v1/transfers", Some(json!({"bills": [bills[0]], "amount": 999_999_999}))).await;
        document.ask(&rosa, "post", "/v1/transfers/quote", Some(json!({"bills": bills}))).await;
        document.ask(&rosa, "get", &format!("/v1/transfers/{}", id_of(&transfer)), None).await;
        document.ask(&rosa, "get", "/v1/transfers?open=true&limit=1", None).await;
        let payment = document.ask(&rosa, "post", "/v1/payments", Some(json!({"bills": [bills[0]]}))).await;
        document.ask(&rosa, "get", &format!("/v1/payments/{}", id_of(&payment)), None).await;
        document.ask(&rosa, "get", &format!("/v1/payments/{}/receipt", id_of(&payment)), None).await;
        let told = document.ask(&rosa, "get", "/v1/notices?topic=billing&unread=true", None).await;
        document.ask(&rosa, "post", "/v1/notices/read", Some(json!({"notices": [id_of(&told["items"][0])]}))).await;
        document.ask(&rosa, "post", "/v1/notices/read", Some(json!({"notices": []}))).await;
        let stand = document.ask(&rosa, "get", "/v1/notices/wait", None).await;
        document.ask(&rosa, "get", &format!("/v1/notices/wait?seconds=0&after={}", stand["after"].as_str().unwrap()), None).await;
        document.ask(&rosa, "get", "/v1/notices/wait?after=never", None).await;
        document.ask(&rosa, "get", "/v1/account/notifications", None).await;
        for channels in [json!([]), json!(["email", "sms"])] {
            let choices = json!({"choices": [{"topic": "account", "channels": channels}]});
            document.ask(&rosa, "patch", "/v1/account/notifications", Some(choices)).await;
        }
        document.ask(&nadia, "get", "/v1/staff/notices?status=waiting&limit=3", None).await;
        let unknown = json!({"notices": ["NTC-00000000"]});
        document.ask(&nadia, "post", "/v1/staff/notices/retry", Some(unknown)).await;
        for refused in [
            json!({"bills": [bills[1]], "method": id_of(&declines)}),
            json!({"bills": [bills[0]]}),
            json!({"bills": [bills[1]], "amount": 999_999_999}),
            json!({"bills": [bills[1]], "max": 1}),
            json!({"bills": ["BIL-00000000"]}),
            json!({"bills": []}),
        ] {
            assert!(document.ask(&rosa, "post", "/v1/payments", Some(refused)).await["code"].is_string());
        }
        document.ask(&rosa, "delete", &format!("/v1/wallet/{}", id_of(&declines)), None).await;
        let line = json!({"line": 2, "number": "UT-9", "kind": "utility", "holder": "Rosa", "service_address": "Quay", "link_code": "ROSA-0009"});
        document.ask(&nadia, "post", "/v1/staff/records/import", Some(json!({"lines": [line]}))).await;
        let line = json!({"line": 2, "number": "W-9", "record": "UT-9", "category": "magic", "title": "Water", "issued_on": "2026-11-23",
            "due_on": "2026-12-23", "amount": 100});
        document.ask(&nadia, "post", "/v1/staff/bills/import", Some(json!({"lines": [line]}))).await;
        let line = json!({"line": 2, "number": "T-9", "category": "workshop", "title": "Kites", "starts_at": "2026-12-05T16:00:00Z",
            "ends_at": "2026-12-05T18:00:00Z", "venue": "Towpath", "capacity": 2, "fee": 500});
        let published = document.ask(&nadia, "post", "/v1/staff/programs/import", Some(json!({"lines": [line]}))).await;
        let kites = published["lines"][0]["id"].as_str().unwrap().to_owned();
        document.ask(&nobody, "get", "/v1/programs?open=true&limit=2", None).await;
        document.ask(&nobody, "get", &format!("/v1/programs/{kites}"), None).await;
        let register = format!("/v1/programs/{kites}/register");
        let place = document.ask(&rosa, "post", &register, Some(json!({"participants": ["Ana", "Leo"]}))).await;
        document.ask(&rosa, "post", &register, Some(json!({"seats_only": true}))).await;
        document.ask(&rosa, "post", &register, Some(json!({"participants": ["Ana"]}))).await;
        document.ask(&rosa, "get", "/v1/registrations?status=held", None).await;
        document.ask(&rosa, "get", &format!("/v1/registrations/{}", id_of(&place)), None).await;
        let cancel = format!("/v1/registrations/{}/cancel", id_of(&place));
        document.ask(&rosa, "post", &cancel, Some(json!({}))).await;
        document.ask(&rosa, "post", &cancel, Some(json!({}))).await;
        document.ask(&nadia, "get", &format!("/v1/staff/registrations?program={kites}"), None).await;
        let past = document.ask(&nobody, "get", "/v1/programs?from=-60d&to=today", None).await;
        let there = json!({"lines": [{"line": 2, "registration": id_of(&place)}]});
        document.ask(&nadia, "post", &format!("/v1/staff/programs/{}/attendance", id_of(&past["items"][0])), Some(there)).await;
        let off = format!("/v1/staff/programs/{kites}/cancel");
        document.ask(&nadia, "post", &off, Some(json!({"reason": "no wind"}))).await;
        document.ask(&nadia, "post", &off, Some(json!({"reason": "no wind"}))).await;
        document.ask(&rosa, "post", &register, Some(json!({}))).await;
        document.ask(&nobody, "get", "/v1/permit-types?category=event", None).await;
        document.ask(&nobody, "get", "/v1/permit-types/fence", None).await;
        let fence = json!({"address": "Towpath", "height_cm": 150, "material": "wood", "neighbor_agrees": true});
        let new = json!({"type": "fence", "answers": fence, "draft": true});
        document.ask(&rosa, "post", "/v1/permits/check", Some(new.clone())).await;
        document.ask(&rosa, "post", "/v1/permits/check", Some(json!({"type": "fence"}))).await;
        let draft = document.ask(&rosa, "post", "/v1/permits", Some(new)).await;
        let permit = format!("/v1/permits/{}", id_of(&draft));
        let case = format!("/v1/staff/permits/{}", id_of(&draft));
        document.ask(&rosa, "patch", &permit, Some(json!({"version": 1, "answers": fence}))).await;
        document.ask(&rosa, "patch", &permit, Some(json!({"version": 1, "answers": fence}))).await;
        document.ask(&rosa, "post", &format!("{permit}/submit"), Some(json!({"version": 2}))).await;
        document.ask(&rosa, "get", "/v1/permits", None).await;
        document.ask(&rosa, "get", &permit, None).await;
        document.ask(&nadia, "get", "/v1/staff/permits", None).await;
        document.ask(&nadia, "get", &case, None).await;
        document.ask(&nadia, "post", &format!("{case}/assign"), Some(json!({}))).await;
        document.ask(&nadia, "post", &format!("{case}/ask"), Some(json!({"note": "Why?"}))).await;
        document.ask(&rosa, "post", &format!("{permit}/answer"), Some(json!({"version": 5, "note": "Goats"}))).await;
        document.ask(&nadia, "post", &format!("{case}/decide"), Some(json!({"decision": "deny"}))).await;
        document.ask(&nadia, "post", &format!("{case}/decide"), Some(json!({"decision": "approve"}))).await;
        document.ask(&nadia, "post", &format!("{case}/issue"), Some(json!({}))).await;
        document.ask(&rosa, "post", &format!("{permit}/withdraw"), Some(json!({}))).await;
        let begun = document.ask(&rosa, "get", "/v1/permits?status=draft", None).await;
        document.ask(&rosa, "post", &format!("/v1/permits/{}/withdraw", id_of(&begun["items"][0])), Some(json!({}))).await;
        document.ask(&nadia, "post", "/v1/staff/clock/advance", Some(json!({"by": "4d"}))).await;
        document.ask(&rosa, "get", "/v1/history?kind=payment", None).await;
        let mine = document.ask(&rosa, "get", "/v1/requests?status=open", None).await;
        let id = |at: usize| mine["items"][at]["service_request_id"].as_str().unwrap().to_owned();
        let (one, other) = (id(1), id(2));
        document.ask(&nobody, "get", "/v1/requests/similar?service_code=pothole&lat=41.5423&long=-88.0848", None).await;
        document.ask(&rosa, "get", &format!("/v1/requests/{one}"), None).await;
        document.ask(&rosa, "post", &format!("/v1/requests/{one}/comments"), Some(json!({"text": "Still there."}))).await;
        document.ask(&rosa, "post", &format!("/v1/requests/{one}/follow"), Some(json!({}))).await;
        document.ask(&rosa, "delete", &format!("/v1/requests/{one}/follow"), None).await;
        document.ask(&nadia, "get", "/v1/staff/audit?limit=3", None).await;
        let card = document.ask(&rosa, "post", "/v1/wallet", Some(json!({"token": "pm_card_visa"}))).await;
        let charged = document.ask(&rosa, "post", "/v1/payments", Some(json!({"bills": [bills[3]], "method": id_of(&card)}))).await;
        document.ask(&nadia, "get", "/v1/staff/payments?limit=2&status=succeeded&who=rosa", None).await;
        document.ask(&nadia, "get", &format!("/v1/staff/payments/{}", id_of(&charged)), None).await;
        let refunds = format!("/v1/staff/payments/{}/refunds", id_of(&payment));
        document.ask(&nadia, "post", &format!("{refunds}/quote"), Some(json!({"reason": "goodwill"}))).await;
        document.ask(&nadia, "post", &refunds, Some(json!({"reason": "duplicate", "amount": 999_999_999}))).await;
        document.ask(&nadia, "post", &refunds, Some(json!({"reason": "duplicate", "amount": 100}))).await;
        for (of, code) in [(&payment, "R01"), (&charged, "R99"), (&charged, "R01"), (&charged, "R01")] {
            let path = format!("/v1/staff/payments/{}/return", id_of(of));
            document.ask(&nadia, "post", &path, Some(json!({"code": code}))).await;
        }
        let statement = table(ACCOUNT, &[comes(200, "", "O-1")]);
        nadia.send("/v1/staff/bank-statements", statement).await.ok();
        let held = document.ask(&nadia, "get", "/v1/staff/bank-entries?outcome=unknown_reference", None).await;
        let held = format!("/v1/staff/bank-entries/{}", id_of(&held["items"][0]));
        for amount in [100, 999_999_999] {
            let put = json!({"bills": [bills[6]], "amount": amount, "who": "rosa"});
            document.ask(&nadia, "post", &format!("{held}/apply"), Some(put)).await;
        }
        for _ in 0..2 {
            document.ask(&nadia, "post", &format!("{held}/give-back"), Some(json!({"reason": "Nothing is owed"}))).await;
        }
        document.ask(&nadia, "get", "/v1/staff/bookkeeping?from=today&to=today&limit=2", None).await;
        document.ask(&nadia, "get", "/v1/staff/bookkeeping?from=today&to=-1d", None).await;
        document.ask(&nadia, "get", "/v1/staff/bills/aging", None).await;
        document.ask(&nadia, "get", "/v1/staff/bills?record=UT-204177&status=all&category=utility&due_within=30d&limit=1", None).await;
        document.ask(&nadia, "get", "/v1/staff/bills?record=UT-1", None).await;
        document.ask(&nadia, "get", &format!("/v1/staff/bills/{}", bills[0]), None).await;
        for (bill, verb, body) in [
            (4, "void", json!({"reason": "Issued twice"})),
            (4, "void", json!({"reason": "Issued twice"})),
            (4, "credit", json!({"amount": 100, "reason": "Measured wrong"})),
            (5, "credit", json!({"amount": 100, "reason": "Measured wrong"})),
            (5, "credit", json!({"amount": 999_999_999, "reason": "Measured wrong"})),
        ] {
            document.ask(&nadia, "post", &format!("/v1/staff/bills/{}/{verb}", bills[bill]), Some(body)).await;
        }
        document.ask(&nadia, "get", "/v1/staff/ledger/accounts", None).await;
        document.ask(&nadia, "get", "/v1/staff/ledger/check", None).await;
        for query in [format!("payment={}", id_of(&payment)), format!("bill={}&limit=1", bills[0]), "since=today&until=today".to_owned()] {
            document.ask(&nadia, "get", &format!("/v1/staff/ledger/entries?{query}"), None).await;
        }
        document.ask(&nadia, "get", &format!("/v1/staff/ledger/entries?payment={}&bill={}", id_of(&payment), bills[0]), None).await;
        document.ask(&nadia, "get", "/v1/staff/audit/check", None).await;
        document.ask(&rosa, "get", "/v1/account/terms", None).await;
        document.ask(&rosa, "post", "/v1/account/terms", Some(json!({"version": "2026-01"}))).await;
        document.ask(&nadia, "get", "/v1/staff/requests?limit=3", None).await;
        document.ask(&nadia, "get", &format!("/v1/staff/requests/{one}"), None).await;
        for (verb, body) in [
            ("assign", json!({"department": "water"})),
            ("notes", json!({"text": "Seen.", "audience": "internal"})),
            ("close", json!({"reason": "fixed"})),
            ("close", json!({"reason": "fixed"})),
            ("reopen", json!({})),
            ("duplicate", json!({"of": other})),
        ] {
            document.ask(&nadia, "post", &format!("/v1/staff/requests/{one}/{verb}"), Some(body)).await;
        }
        // Only what a mail server refused for good is tried again: `notices::letters` does, with one that refuses.
        document.seen.insert("staff.notices.retry".to_owned());
        let owner = json!({"username": "tomas", "password": PASSWORD});
        let tomas = document.ask(&nobody, "post", "/v1/sessions", Some(owner.clone())).await;
        let tomas = Api::anonymous(&portal).with_token(tomas["token"].as_str().unwrap());
        document.ask(&tomas, "post", "/v1/account/deactivate", Some(json!({"proof": {"password": PASSWORD}}))).await;
        document.ask(&nobody, "post", "/v1/account/reactivate", Some(owner.clone())).await;
        document.ask(&nobody, "post", "/v1/account/reactivate", Some(owner)).await;
        let unseen: Vec<_> = document.operations.iter().filter(|operation| !operation.streams()).map(Operation::id).filter(|id| !document.seen.contains(*id)).collect();
        assert!(unseen.is_empty(), "not called: {unseen:?}");
        // And every change has left its row. Those of files, and of other standards' forms, are asked for beside it.
        let trail = document.ask(&nadia, "get", "/v1/staff/audit?outcome=done&limit=500", None).await;
        let trail: BTreeSet<_> = trail["items"].as_array().unwrap().iter().map(|row| row["operation"].as_str().unwrap()).collect();
        let changes = document.operations.iter().filter(|operation| operation.mutates() && !operation.streams());
        let silent: Vec<_> = changes.map(Operation::id).filter(|id| !LOOKS.contains(id) && !ELSEWHERE.contains(id) && !trail.contains(id)).collect();
        assert!(silent.is_empty(), "changes that left no row in the audit trail, or were called only to be refused: {silent:?}");
    }

    async fn what_is_no_operation_is_told(portal: Portal) {
        let rosa = Api::signed_in(&portal, "rosa").await;
        for (method, path, status, code) in [
            ("GET", "/v1/nothing", 404, "not_found"),
            ("PUT", "/v1/bills", 405, "method_not_allowed"),
            ("GET", "/v1/bills/7", 404, "not_found"),
            ("GET", "/v1/bills?colour=red", 422, "invalid"),
        ] {
            let answer = rosa.ask(method, path, None, None).await;
            assert_eq!((answer.status, answer.kind.as_str()), (status, "application/problem+json"), "{method} {path}: {}", answer.body);
            assert_eq!(answer.body["code"], code, "{method} {path}");
        }
        let unkeyed = rosa.ask("POST", "/v1/payments", Some(json!({"all": true})), None).await;
        assert_eq!((unkeyed.status, &unkeyed.body["code"]), (422, &json!("key_missing")));
        let unknown = rosa.ask("POST", "/v1/payments/quote", Some(json!({"all": true, "colour": "red"})), None).await;
        assert_eq!((unknown.status, &unknown.body["errors"][0]["pointer"]), (422, &json!("/colour")), "{}", unknown.body);
        let huge = rosa.ask("POST", "/v1/payments/quote", Some(json!({"bills": ["x".repeat(2 << 20)]})), None).await;
        assert_eq!((huge.status, &huge.body["code"]), (413, &json!("too_large")));
    }
}
