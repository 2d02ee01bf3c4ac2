//! Against localstripe (PyPI), somebody else's stand-in: a method added, paid with, declined; its signed events taken.
//! `.ci/run` installs it into `target/ci/venv`. Without it the test says so and skips; `CITYTIME_TEST_STRIPE=required`
//! makes that a failure.

use std::path::{Path, PathBuf};

use super::{WEBHOOK_SECRET, method, pay, pays_by_stripe};
use crate::bills::bill_of;
use crate::support::api::client;
use crate::support::both::on_both_databases;
use crate::support::postgres::{is_required, say};
use crate::support::served::Riverton;

/// Its application on a free port of loopback, where its own command binds every interface and keeps a file in /tmp.
const SERVER: &str = "
import logging
import socket
from aiohttp import web
from localstripe.resources import Store
Store.dump_to_disk = lambda self: None
from localstripe.server import app
logging.basicConfig(level=logging.INFO)
ear = socket.socket()
ear.bind(('127.0.0.1', 0))
print('port', ear.getsockname()[1], flush=True)
web.run_app(app, sock=ear, print=None)
";

citytime::queries! {
    /// Events that were acted on, of a kind.
    HANDLED = "SELECT COUNT(*) FROM processor_events WHERE handled_at IS NOT NULL AND kind = 'payment_intent.succeeded'";
}

fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/ci/venv/bin/python3");
    let found = std::process::Command::new(&python).args(["-c", "import localstripe"]).output();
    if found.is_ok_and(|ran| ran.status.success()) {
        return Some(python);
    }
    let told = format!("localstripe is missing for {} (.ci/run installs it)", python.display());
    assert!(!is_required("CITYTIME_TEST_STRIPE"), "{told}");
    say(&format!("Stripe was not spoken to: {told}"));
    None
}

on_both_databases! {
    async fn localstripe_is_paid_by(city: Riverton) {
        let Some(python) = python() else { return };
        let mut city = city;
        let shell = city.operator.again();
        let stripe = shell.program(python, ["-c", SERVER]).start();
        let url = format!("http://127.0.0.1:{}", stripe.until("port ").await);
        pays_by_stripe(&mut city, &url, "sk_test_12345");
        let served = city.serve().await;
        let form = format!("url={}/webhooks/stripe&secret={WEBHOOK_SECRET}", served.url);
        let configured = client().post(format!("{url}/_config/webhooks/portal")).body(form)
            .header("content-type", "application/x-www-form-urlencoded").send().await.expect("an answer");
        assert_eq!(configured.status(), 200);
        let rosa = city.rosa_at(&served);
        let fine = bill_of(rosa, "fine").await;
        let declines = method(rosa, "pm_card_chargeCustomerFail").await;
        let declined = rosa.run(["bills", "pay", &fine, "--method", &declines, "-y", "-o", "json"]).await;
        assert_eq!((declined.exit, declined.error()["code"].as_str()), (6, Some("declined")), "{declined}");
        let refused = rosa.run("wallet add --token pm_card_visa_chargeDeclined -o json").await;
        assert_eq!(refused.error()["code"], "declined", "{refused}");
        assert_eq!(rosa.run("wallet add --token pm_nothing -o json").await.error()["code"], "invalid");
        let visa = method(rosa, "pm_card_visa").await;
        let paid = pay(rosa, &fine, &visa).await;
        assert_eq!((&paid["status"], &paid["amount"]), (&"succeeded".into(), &4_500.into()), "{paid}");
        assert_eq!(rosa.run(["bills", "show", &fine, "-o", "json"]).await.ok().json()["status"], "paid");
        let nadia = city.nadia_at(&served);
        let paid = paid["id"].as_str().expect("an id");
        let refund = ["staff", "payments", "refund", "-y", paid, "--amount", "12.50", "--reason", "duplicate", "-o", "json"];
        assert_eq!(nadia.run(refund).await.ok().json()["status"], "succeeded");
        nadia.run("staff ledger check").await.ok();
        // Its event comes a second later, signed, and is taken and acted on before the portal ends.
        assert_eq!(stripe.until("webhook \"payment_intent.succeeded\" ").await, "successfully delivered");
        served.drain().await;
        let books = city.books().await;
        let read = books.store.read((), |tx, ()| Box::pin(async move { tx.one::<(i64,)>(&HANDLED, &[]).await }));
        let handled = read.await.map_err(|error: citytime::portal::store::StoreError| error).expect("a count");
        assert_eq!(handled, (1,));
        books.close().await;
    }
}
