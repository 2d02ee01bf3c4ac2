//! What operators and callers are told while the database is away, and that the portal needs no restart afterwards.

use serde_json::Value;

use crate::support::both::{Threads, on_both_databases};
use crate::support::command::Shell;
use crate::support::postgres;
use crate::support::served::{Riverton, get};

/// How a portal is served whose health is asked for.
const LISTEN: &str = "--listen 127.0.0.1:0 --admin-listen 127.0.0.1:0";

on_both_databases! {
    /// A portal that can answer is alive and ready, on a listener apart from the one the city sees.
    async fn a_serving_portal_is_ready(city: Riverton) {
        let served = city.serve_with(LISTEN).await;
        let health = served.health().await;
        let live = get(&health, "/livez", None).await;
        assert_eq!((live.status, live.body.as_str()), (200, "alive\n"));
        let ready = get(&health, "/readyz", None).await;
        assert_eq!((ready.status, ready.body.as_str()), (200, "ready\n"));
        assert_eq!(get(&served.url, "/readyz", None).await.status, 404, "health is not the public's");
        assert_eq!(get(&health, "/v1/bills", None).await.status, 404, "bills are not the health listener's");
        served.drain().await;
    }
}

/// PostgreSQL is stopped and comes back under a portal that goes on.
#[test]
fn postgres_goes_away_and_comes_back() {
    Threads::One.block_on(async {
        let Some(cluster) = postgres::own() else { return };
        let mut city = Riverton::at(Shell::new(), cluster.database().await).await;
        let served = city.serve_with(LISTEN).await;
        let health = served.health().await;
        city.rosa_at(&served).run("bills list -o ids").await.ok();

        cluster.stop();
        assert_eq!(get(&health, "/livez", None).await.status, 200, "the process runs");
        let ready = get(&health, "/readyz", None).await;
        assert_eq!((ready.status, ready.body.as_str()), (503, "the database cannot be used\n"));
        let refused = get(&served.url, "/v1/bills", Some(&city.crowd[0].token)).await;
        assert_eq!(refused.status, 503);
        assert_eq!(refused.header("retry-after"), Some("2"));
        assert_eq!(refused.header("content-type"), Some("application/problem+json"));
        let problem: Value = serde_json::from_str(&refused.body).unwrap();
        assert_eq!((&problem["code"], &problem["status"]), (&"unavailable".into(), &503.into()));
        let told = city.rosa.command("bills list -o json").with("CITYTIME_RETRIES", "0").run().await;
        assert_eq!((told.exit, told.error()["code"].clone()), (7, "unavailable".into()), "{told}");

        // A command that is patient enough outlasts it.
        let patient = city.rosa.command("bills list -o ids").with("CITYTIME_RETRIES", "20").start();
        cluster.start_again();
        patient.finish().await.ok();
        let ready = get(&health, "/readyz", None).await;
        assert_eq!((ready.status, ready.body.as_str()), (200, "ready\n"));
        city.rosa.run("-y bills pay --due-within 90d").await.ok();
        served.drain().await;
        city.books().await.balance().await;
    });
}
