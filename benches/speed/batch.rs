//! Many payments from a file: `citytime batch` beside `xargs -P` of curl, a process for each line, and how much memory the
//! command takes for it.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use citytime::api::id::BillId;

use crate::{
    Effort,
    command::{alone, run, watch},
    host::Host,
    programs::{self, CITYTIME, text},
    report::{Expected::Least, Report, Series, Unit},
    town,
};

/// How many lines are at work at once, on either side.
const JOBS: &str = "8";
/// How many of the command's lines come to one of curl's, which takes its time.
const SHARE: u32 = 10;
/// The most memory the command may take, in bytes.
const MEMORY: f64 = 30e6;

/// `citytime batch` beside `xargs -P curl`, payments a second.
pub(crate) fn measure(effort: Effort, report: &mut Report) {
    let (Some(curl), Some(xargs)) = (programs::find("curl"), programs::find("xargs")) else {
        return report.leave_out("`citytime batch`", "curl and xargs are needed beside it");
    };
    let folder = programs::folder();
    let database = format!("sqlite:{}", text(&folder.path().join("city.db")));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(town::settle(&database));
    let host = Host::start(&database, None);
    let files = Files { folder: folder.path(), url: format!("http://{}", host.address) };
    let (lines, fewer) = (effort.lines, effort.lines / SHARE);

    let what = format!("`citytime batch --jobs {JOBS}`, {lines} payments");
    let memory = watch(&mut files.batch("memory", lines), lines);
    report.bound(&format!("memory of {what}"), memory, MEMORY);
    let mut ours = Series::new(&what);
    let mut peer = Series::new(format!("`xargs -P {JOBS} curl`, {fewer} of them"));
    for round in 0..effort.rounds {
        ours.add(f64::from(lines) / run(&mut files.batch(&format!("batch-{round}"), lines)));
        peer.add(f64::from(fewer) / run(&mut files.curls(&xargs, &curl, &format!("curl-{round}"), fewer)));
    }
    report.compare(Unit::Rate, &ours, &peer, Least(5.0));
}

/// The files of both sides: payments of a cent by the first resident, of one bill after the other, each under a key of
/// its own.
struct Files<'a> {
    folder: &'a Path,
    url: String,
}

impl Files<'_> {
    /// `citytime batch` over a file of so many lines; each run's keys are its own.
    fn batch(&self, name: &str, lines: u32) -> Command {
        let mut file = String::new();
        for line in 0..lines {
            let bill = bill(line);
            writeln!(file, r#"{{"op":"pay","bills":["{bill}"],"amount":1,"key":"{name}-{line}"}}"#)
                .expect("a text grows");
        }
        let file = self.written(&format!("{name}.jsonl"), &file);
        let mut command = alone(Path::new(CITYTIME), &["batch", text(&file), "--jobs", JOBS, "-o", "jsonl"]);
        command.env("CITYTIME_CITY", &self.url).env("CITYTIME_TOKEN", town::token(1).expose());
        command.env("CITYTIME_CONFIG_DIR", self.folder);
        command
    }

    /// `xargs -P` over the names of as many files, each a request as curl reads it.
    fn curls(&self, xargs: &Path, curl: &Path, name: &str, lines: u32) -> Command {
        let mut names = String::new();
        for line in 0..lines {
            let request = format!(
                "url = \"{}/v1/payments\"\nheader = \"Authorization: Bearer {}\"\nheader = \"Idempotency-Key: {name}-{line}\"\n\
                 header = \"Content-Type: application/json\"\ndata = \"{{\\\"bills\\\":[\\\"{}\\\"],\\\"amount\\\":1}}\"\n\
                 silent\nfail\noutput = \"/dev/null\"\n",
                self.url,
                town::token(1).expose(),
                bill(line),
            );
            let file = self.written(&format!("{name}-{line}"), &request);
            writeln!(names, "{}", text(&file)).expect("a text grows");
        }
        let names = self.written(&format!("{name}.names"), &names);
        alone(xargs, &["-a", text(&names), "-P", JOBS, "-n", "1", text(curl), "-K"])
    }

    fn written(&self, name: &str, content: &str) -> PathBuf {
        let file = self.folder.join(name);
        std::fs::write(&file, content).expect("a file is written");
        file
    }
}

/// The bill a line pays of.
fn bill(line: u32) -> BillId {
    BillId::new(i64::from(line) % town::BILLS + 1)
}
