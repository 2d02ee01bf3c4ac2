//! `citytime request` against cities as they are: a server on loopback for each way real ones speak Open311, with
//! content made up here.
//!
//! - `server`: an HTTP server that answers as told, and remembers what it was asked
//! - `json`, `xml`: the dialects, each listed, defined, shown and filed at
//! - `liars`: servers that do not do what they should
//! - `cities`: `city search`, `city add`, and what an Open311 city is refused; a Citytime portal spoken to the same way
//! - `asking`: questions on a terminal

mod asking;
mod cities;
mod json;
mod liars;
mod server;
mod xml;

use serde_json::Value;

use self::server::{Answer, City, Seen};
use crate::support::command::Shell;

/// A person who has added a city under the name `there`.
struct Visit {
    shell: Shell,
    city: City,
    /// What `city add` printed.
    added: Value,
}

impl Visit {
    /// Starts a city and adds it: `flags` are those of `city add`.
    async fn to(path: &str, flags: &str, answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        let city = City::start(answer).await;
        let shell = Shell::new();
        shell.write("key", "key-of-rosa\n");
        let line = format!("city add there {}{path} {flags} --json", city.url());
        let added = shell.run(&line).await.ok().json();
        Self { shell, city, added }
    }

    /// What a command prints as JSON.
    async fn json(&self, line: &str) -> Value {
        self.shell.run(&format!("{line} --json")).await.ok().json()
    }

    /// The codes of the services.
    async fn codes(&self) -> Vec<String> {
        strings(&self.json("request services").await, "service_code")
    }

    /// The ids of the requests, as `flags` narrow them.
    async fn ids(&self, flags: &str) -> Vec<String> {
        strings(&self.json(&format!("request list {flags}")).await, "service_request_id")
    }

    /// The forms that were filed so far.
    fn filed(&self) -> Vec<Seen> {
        self.city.seen().into_iter().filter(|seen| seen.method == "POST").collect()
    }
}

/// One field of every item; `-` where it is null.
fn strings(items: &Value, field: &str) -> Vec<String> {
    let items = items.as_array().expect("a list");
    items.iter().map(|item| item[field].as_str().unwrap_or("-").to_owned()).collect()
}
