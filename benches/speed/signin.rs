//! Sign-ins, whose cost is the password's hash, beside that hash alone on every core.

use std::{num::NonZero, thread, time::Duration};

use argon2::{Algorithm, Argon2, Params, Version};
use citytime::portal::Cost;

use crate::{
    Effort,
    host::Host,
    load, programs,
    programs::{now, text},
    report::{Expected::Nothing, Report, Series, Unit},
    town,
};

/// How many sign in at once.
const CLIENTS: u64 = 8;

/// `POST /v1/sessions` beside bare argon2.
pub(crate) fn measure(effort: Effort, report: &mut Report) {
    let folder = programs::folder();
    let database = format!("sqlite:{}", text(&folder.path().join("city.db")));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(town::settle(&database));
    let host = Host::start(&database, None);
    let mut ours = Series::new(format!("sign-ins, {CLIENTS} clients"));
    let mut peer = Series::new("argon2id alone, on every core");
    for _ in 0..effort.rounds {
        ours.add(load::drive(host.address, CLIENTS, effort.span, |client, asked, request| {
            let who = i64::try_from(client + asked * CLIENTS).unwrap_or(0) % town::RESIDENTS + 1;
            let (name, password) = (town::username(who), town::PASSWORD);
            let body = format!(r#"{{"username":"{name}","password":"{password}"}}"#);
            request.extend(load::post("/v1/sessions", "", &body));
        }));
        peer.add(hashes(effort.span));
    }
    report.compare(Unit::Rate, &ours, &peer, Nothing);
}

/// Hashes a second of all cores together.
fn hashes(span: Duration) -> f64 {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let workers: Vec<_> = (0..cores).map(|_| thread::spawn(move || hash_for(span))).collect();
    workers.into_iter().map(|worker| worker.join().expect("hashing does not fail")).sum()
}

fn hash_for(span: Duration) -> f64 {
    let params = Params::new(Cost::STRONG.memory, Cost::STRONG.passes, 1, None).expect("the portal's own cost");
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let begun = now();
    let mut made = 0.0;
    while begun.elapsed() < span {
        let mut hash = [0; 32];
        argon.hash_password_into(town::PASSWORD.as_bytes(), &[7; 16], &mut hash).expect("a password is hashed");
        made += 1.0;
    }
    made / begun.elapsed().as_secs_f64()
}
