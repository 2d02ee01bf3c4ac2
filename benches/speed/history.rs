//! A million rows of history as JSON lines: the command line beside curl, and beside curl and jq, on the same stream; and
//! how much memory the command takes for it.

#![expect(clippy::disallowed_methods, reason = "a past is made at the database")]

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use citytime::{
    api::{id::AccountId, money::Minor, time::Timestamp},
    params,
    portal::store::{Options, Store, StoreError},
};

use crate::{
    Effort,
    command::{alone, run, run_piped, watch},
    host::Host,
    portal, postgres,
    programs::{self, CITYTIME, text},
    report::{Expected::Least, Report, Series, Unit},
    town,
};

/// How many are written in a unit.
const UNIT: i64 = 10_000;
/// The most memory the command may take, in bytes.
const MEMORY: f64 = 20e6;

/// `citytime history -o jsonl` beside `curl` and `curl | jq -c`, rows a second, on each database.
pub(crate) fn measure(effort: Effort, report: &mut Report) {
    let (Some(curl), Some(jq)) = (programs::find("curl"), programs::find("jq")) else {
        return report.leave_out("`citytime history`", "curl and jq are needed beside it");
    };
    let peers = Peers { curl, jq };
    let folder = programs::folder();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let rows = i64::from(effort.rows);
    let file = format!("sqlite:{}", text(&folder.path().join("city.db")));
    runtime.block_on(async {
        town::settle(&file).await;
        live(&file, rows).await;
    });
    beside(&peers, effort, &file, "", report);
    let Some(database) = runtime.block_on(postgres::database()) else {
        return report.leave_out("`citytime history` on PostgreSQL", "initdb and pg_ctl are not installed");
    };
    runtime.block_on(async {
        town::settle(&database).await;
        live(&database, rows).await;
        // The tests' cluster keeps no statistics by itself.
        portal::execute(&database, &["VACUUM ANALYZE", "CHECKPOINT"]).await;
    });
    beside(&peers, effort, &database, ", PostgreSQL", report);
}

/// The programs that read the same stream.
struct Peers {
    curl: PathBuf,
    jq: PathBuf,
}

/// A portal on a database, and those who read from it in turns.
fn beside(Peers { curl, jq }: &Peers, effort: Effort, database: &str, on: &str, report: &mut Report) {
    let folder = programs::folder();
    let host = Host::start(database, None);
    let url = format!("http://{}", host.address);
    let token = town::token(1);
    let mut citytime = alone(Path::new(CITYTIME), &["history", "-o", "jsonl"]);
    citytime.env("CITYTIME_CITY", &url).env("CITYTIME_TOKEN", token.expose());
    citytime.env("CITYTIME_CONFIG_DIR", folder.path());
    let bearer = format!("Authorization: Bearer {}", token.expose());
    let page = format!("{url}/v1/history");
    let fetch = ["-sS", "-N", "-H", &bearer, "-H", "Accept: application/x-ndjson", &page];
    let (mut bare, mut fetching) = (alone(curl, &fetch), alone(curl, &fetch));
    fetching.stdout(Stdio::piped());
    let mut jq = alone(jq, &["-c", "."]);

    let memory = watch(&mut citytime, effort.rows);
    let what = format!("`citytime history -o jsonl`, {} rows{on}", effort.rows);
    report.bound(&format!("memory of {what}"), memory, MEMORY);
    let mut ours = Series::new(&what);
    let (mut alone, mut piped) = (Series::new("`curl`, the same stream"), Series::new("`curl \\| jq -c`"));
    let rows = f64::from(effort.rows);
    for _ in 0..effort.rounds {
        ours.add(rows / run(&mut citytime));
        alone.add(rows / run(&mut bare));
        piped.add(rows / run_piped(&mut fetching, &mut jq));
    }
    report.compare(Unit::Rate, &ours, &alone, Least(0.6));
    report.compare(Unit::Rate, &ours, &piped, Least(5.0));
}

/// A resident's long past.
async fn live(database: &str, rows: i64) {
    let store = Store::open(&database.parse().expect("the benches' own URL"), Options::default()).await;
    let store = store.expect("the database opens");
    for begin in (0..rows).step_by(usize::try_from(UNIT).unwrap_or(1)) {
        let written = store.write(begin, move |tx, &begin| {
            Box::pin(async move {
                let account = AccountId::new(1);
                for row in begin..rows.min(begin + UNIT) {
                    let at = Timestamp::from_millisecond(1_700_000_000_000 + row * 60_000);
                    let (id, title) = (format!("PAY-{row:08}"), format!("Water, sewer and refuse, part {row}"));
                    let values = params![account, at, row, "payment", id, title, "succeeded", Some(Minor(8_622))];
                    tx.execute(town::query("history::queries::INSERT"), &values).await?;
                }
                Ok::<_, StoreError>(())
            })
        });
        written.await.expect("the past is written");
    }
    store.close().await.expect("the database closes");
}
