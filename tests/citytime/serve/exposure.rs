//! What the network sees: TLS with the city's own certificate, a proxy, and never passwords in the clear.

use crate::support::both::{Threads, on_sqlite};
use crate::support::certificates::Certificates;
use crate::support::served::{Riverton, get};

/// A certificate of the city's own authority is trusted with `--cacert` and not without, and the hint says so.
#[test]
fn tls_of_the_citys_own_authority() {
    on_sqlite(Threads::One, async |mut city: Riverton| {
        let Certificates { authority, certificate, key } = Certificates::write(&city.operator);
        let tls = format!("--listen 127.0.0.1:0 --tls-cert {certificate} --tls-key {key}");
        let served = city.serve_with(&tls).await;
        assert!(served.url.starts_with("https://127.0.0.1:"), "{}", served.url);
        let rosa = city.rosa_at(&served);
        let listed = rosa.run(&format!("--cacert {authority} bills list -o ids")).await.ok();
        assert!(listed.stdout.starts_with("BIL-"), "{listed}");
        let paid = rosa.command("-y bills pay --due-within 90d -o json").with("CITYTIME_CACERT", &authority);
        assert_eq!(paid.run().await.ok().json()["status"], "succeeded");

        let refused = rosa.run("bills list -o json").await;
        let error = refused.error();
        assert_eq!((refused.exit, &error["code"]), (7, &"network".into()), "{refused}");
        let hint = error["hint"].as_str().unwrap_or_default();
        assert!(hint.contains("--cacert"), "{refused}");
        served.drain().await;
    });
}

/// Beyond loopback there is no plain HTTP.
#[test]
fn plain_http_stays_on_loopback() {
    on_sqlite(Threads::One, async |city: Riverton| {
        for everywhere in ["0.0.0.0:0", "[::]:0"] {
            let refused = city.operator.run(&city.arguments(&format!("--listen {everywhere} -o json"))).await;
            let error = refused.error();
            assert_eq!((refused.exit, &error["code"]), (2, &"usage".into()), "{refused}");
            let hint = error["hint"].as_str().unwrap_or_default();
            assert!(hint.contains("--tls-cert") && hint.contains("--behind-proxy"), "{refused}");
        }
    });
}

/// A portal behind a proxy answers the proxy's network and nobody else.
#[test]
fn behind_a_proxy_only_the_proxy_is_answered() {
    on_sqlite(Threads::One, async |city: Riverton| {
        let token = city.crowd[0].token.clone();
        let served = city.serve_with("--listen 127.0.0.1:0 --behind-proxy 10.0.0.0/8 --behind-proxy 127.0.0.1").await;
        assert_eq!(get(&served.url, "/v1/bills", Some(&token)).await.status, 200);
        served.drain().await;
        let served = city.serve_with("--listen 127.0.0.1:0 --behind-proxy 10.0.0.0/8").await;
        let refused = get(&served.url, "/v1/bills", Some(&token)).await;
        assert_eq!(refused.status, 403, "{}", refused.body);
        served.drain().await;
    });
}
