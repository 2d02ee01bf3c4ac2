//! Two hundred guesses at once, at real portals: two on one database, and those that come after them.

use serde_json::json;

use crate::support::both::{Database, Fixture, Threads, on_postgres, on_sqlite};
use crate::support::portal::PASSWORD;
use crate::support::served::{Riverton, Served};

/// Where the guesses come from.
const GUESSER: &str = "203.0.113.7";
/// Where the owner is.
const OWNER: &str = "198.51.100.1";

/// Signs in at a portal whose proxy we are.
async fn sign_in(client: &reqwest::Client, url: &str, source: &str, password: &str) -> (u16, Option<String>) {
    let body = json!({"username": "rosa", "password": password});
    let asked = client.post(format!("{url}/v1/sessions")).header("X-Forwarded-For", source).json(&body);
    let answer = asked.send().await.expect("the portal answers");
    let wait = answer.headers().get("retry-after").map(|wait| wait.to_str().expect("text").to_owned());
    (answer.status().as_u16(), wait)
}

/// Two hundred guesses at once, spread over the portals: how many were taken.
async fn storm(client: &reqwest::Client, portals: &[Served]) -> usize {
    let guesses = (0..200).map(|guess| {
        let url = &portals[guess % portals.len()].url;
        async move { sign_in(client, url, GUESSER, "wrong").await }
    });
    let mut taken = 0;
    for guess in futures_util::future::join_all(guesses).await {
        match guess {
            (401, None) => taken += 1,
            (429, Some(wait)) => assert!(wait.parse::<u64>().expect("seconds") >= 1),
            other => panic!("{other:?}"),
        }
    }
    taken
}

async fn besieged(city: Riverton, portals: usize) {
    // A second installation is refused, and means the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let serve = async || {
        let mut served = Vec::new();
        for _ in 0..portals {
            served.push(city.serve_with("--listen 127.0.0.1:0 --behind-proxy 127.0.0.1").await);
        }
        served
    };
    let served = serve().await;
    let taken = storm(&client, &served).await;
    // Five are free; then each waits twice as long, and the storm is not a quarter of an hour.
    assert!((5..15).contains(&taken), "{taken} guesses were taken");
    for portal in &served {
        assert_eq!(sign_in(&client, &portal.url, OWNER, PASSWORD).await, (200, None), "the owner, from elsewhere");
    }
    for portal in served {
        portal.drain().await;
    }
    // Those who come after know what was.
    let served = serve().await;
    let taken = storm(&client, &served).await;
    assert!(taken < 10, "{taken} guesses were taken by portals started anew");
    assert_eq!(sign_in(&client, &served[0].url, OWNER, PASSWORD).await, (200, None));
    assert_eq!(sign_in(&client, &served[0].url, "198.51.100.2", PASSWORD).await, (200, None), "and from a new place");
    for portal in served {
        portal.drain().await;
    }
}

/// The crowd is made with real portals, which take their database with them.
#[test]
fn two_hundred_guesses_at_one_portal() {
    on_sqlite(Threads::Several(2), async |city: Riverton| besieged(city, 1).await);
}

#[test]
fn two_hundred_guesses_at_two_portals_of_one_database() {
    on_postgres(Threads::Several(2), async |city: Riverton| besieged(city, 2).await);
}

/// As above, on the file that two portals of one machine share.
#[test]
fn two_portals_on_one_file_count_together() {
    Threads::Several(2).block_on(async {
        let city = Riverton::start(Database::Sqlite).await;
        besieged(city, 2).await;
    });
}
