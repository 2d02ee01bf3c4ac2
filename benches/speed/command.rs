//! Whole processes, from spawn to exit: what a person or a script waits for.

use std::{
    io::Read as _,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    Effort,
    host::{Certificate, Host},
    programs::{self, CITYTIME, now, text},
    report::{
        Expected::{Most, Nothing},
        Report, Series, Unit,
    },
    town,
};

/// `citytime --version` beside `true`.
pub(crate) fn startup(effort: Effort, report: &mut Report) {
    let Some(program) = programs::find("true") else { return report.leave_out("--version", "there is no `true`") };
    let (mut ours, mut peer) = (Series::new("`citytime --version`"), Series::new("`true`"));
    let (mut version, mut nothing) = (alone(Path::new(CITYTIME), &["--version"]), alone(&program, &[]));
    for _ in 0..effort.runs {
        ours.add(run(&mut version));
        peer.add(run(&mut nothing));
    }
    report.compare(Unit::Time, &ours, &peer, Nothing);
}

/// `citytime bills list -o jsonl` beside curl, and beside curl and jq.
pub(crate) fn list(effort: Effort, report: &mut Report) {
    let (Some(curl), Some(jq)) = (programs::find("curl"), programs::find("jq")) else {
        return report.leave_out("`citytime bills list`", "curl and jq are needed beside it");
    };
    let folder = programs::folder();
    let database = format!("sqlite:{}", text(&folder.path().join("city.db")));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(town::settle(&database));
    let certificate = Certificate::make(folder.path());
    for (scheme, certificate, most) in [("http", None, 0.35), ("https", Some(&certificate), 0.5)] {
        let host = Host::start(&database, certificate);
        let peers = Peers { url: format!("{scheme}://{}", host.address), certificate, curl: &curl, jq: &jq };
        peers.measure(effort, scheme, most, folder.path(), report);
    }
}

struct Peers<'a> {
    url: String,
    certificate: Option<&'a Certificate>,
    curl: &'a Path,
    jq: &'a Path,
}

impl Peers<'_> {
    fn measure(&self, effort: Effort, scheme: &str, most: f64, config: &Path, report: &mut Report) {
        let token = town::token(1);
        let (bearer, page) =
            (format!("Authorization: Bearer {}", token.expose()), format!("{}/v1/bills?limit=50", self.url));
        let cacert = self.certificate.map(|certificate| ["--cacert", text(&certificate.chain)]);
        let cacert = cacert.as_ref().map(<[&str; 2]>::as_slice).unwrap_or_default();
        let mut citytime = alone(Path::new(CITYTIME), &[&["bills", "list", "-o", "jsonl"], cacert].concat());
        citytime.env("CITYTIME_CITY", &self.url).env("CITYTIME_TOKEN", token.expose());
        citytime.env("CITYTIME_CONFIG_DIR", config);
        let fetch = [&["-s", "-H", bearer.as_str(), page.as_str()], cacert].concat();
        let mut curl = alone(self.curl, &fetch);
        let mut fetching = alone(self.curl, &fetch);
        fetching.stdout(Stdio::piped());
        let mut jq = alone(self.jq, &["-c", ".items[]"]);

        let lines = |output: Vec<u8>| output.iter().filter(|&&byte| byte == b'\n').count();
        assert_eq!(lines(output(&mut citytime)), 50, "citytime lists fifty bills");
        assert_eq!(output(&mut curl).windows(9).filter(|part| part == b"\"balance\"").count(), 50, "curl fetches them");

        let mut ours = Series::new(format!("`citytime bills list -o jsonl`, 50 rows, {scheme}"));
        let (mut alone, mut piped) = (Series::new("`curl`"), Series::new("`curl \\| jq -c`"));
        for _ in 0..effort.runs {
            ours.add(run(&mut citytime));
            alone.add(run(&mut curl));
            piped.add(run_piped(&mut fetching, &mut jq));
        }
        report.compare(Unit::Time, &ours, &alone, Most(most));
        report.compare(Unit::Time, &ours, &piped, Nothing);
    }
}

/// A program with an environment of nothing but PATH.
pub(crate) fn alone(program: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("PATH", programs::path());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Seconds from spawn to exit.
pub(crate) fn run(command: &mut Command) -> f64 {
    let begun = now();
    let status = command.status().expect("the program starts");
    let took = begun.elapsed().as_secs_f64();
    assert!(status.success(), "{command:?}: {status}");
    took
}

/// Seconds until both ends of a pipe have exited.
pub(crate) fn run_piped(from: &mut Command, to: &mut Command) -> f64 {
    let begun = now();
    let mut writes = from.spawn().expect("the program starts");
    to.stdin(writes.stdout.take().expect("stdout is a pipe"));
    let mut reads = to.spawn().expect("the program starts");
    // The pipe's end here is closed, as a shell would.
    to.stdin(Stdio::null());
    let (wrote, read) = (writes.wait().expect("it ends"), reads.wait().expect("it ends"));
    let took = begun.elapsed().as_secs_f64();
    assert!(wrote.success() && read.success(), "{from:?} | {to:?}");
    took
}

fn output(command: &mut Command) -> Vec<u8> {
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("the program starts");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The most memory a program has had, in bytes, until it had written so many lines.
pub(crate) fn watch(command: &mut Command, expected: u32) -> f64 {
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut output = child.stdout.take().expect("stdout is a pipe");
    let mut piece = vec![0; 1 << 20];
    let (mut lines, mut most) = (0, 0.0_f64);
    loop {
        let length = output.read(&mut piece).expect("stdout is read");
        if length == 0 {
            break;
        }
        lines += piece[..length].iter().filter(|&&byte| byte == b'\n').count();
        most = most.max(memory_of(child.id()));
    }
    command.stdout(Stdio::null());
    assert!(child.wait().expect("it ends").success(), "{command:?}");
    assert_eq!(u32::try_from(lines), Ok(expected), "as many lines as there are things");
    most
}

/// Linux's `VmHWM`; 0 once the process has ended.
fn memory_of(process: u32) -> f64 {
    let about = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kilobytes = about.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    kilobytes.and_then(|figure| figure.parse::<f64>().ok()).unwrap_or(0.0) * 1024.0
}
