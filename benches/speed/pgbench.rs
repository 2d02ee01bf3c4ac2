//! The statements of a payment by PostgreSQL's own bench: two transactions, every statement prepared, a round trip each.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{
    programs::text,
    statements::{self, Argument, Statement},
    town,
};

/// pgbench with a payment's script, on a settled database.
pub(crate) struct Pgbench {
    program: PathBuf,
    script: PathBuf,
    database: String,
}

impl Pgbench {
    /// Writes the script into a folder.
    pub(crate) fn new(program: PathBuf, folder: &Path, database: &str) -> Self {
        let script = folder.join("payment.sql");
        std::fs::write(&script, written()).expect("the script is written");
        Self { program, script, database: database.to_owned() }
    }

    /// Pays for a while through so many connections; payments a second.
    pub(crate) fn pay(&self, clients: u64, span: Duration) -> f64 {
        let (clients, seconds) = (clients.to_string(), span.as_secs().max(1).to_string());
        let mut command = Command::new(&self.program);
        command.args(["-n", "-M", "prepared", "-c", &clients, "-j", "2", "-T", &seconds, "-f", text(&self.script)]);
        let output = command.arg(&self.database).output().expect("pgbench starts");
        let said = String::from_utf8_lossy(&output.stdout);
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        match rate {
            Some(rate) if output.status.success() => rate,
            _ => panic!("pgbench failed: {said}{}", String::from_utf8_lossy(&output.stderr)),
        }
    }
}

fn written() -> String {
    let bills = town::RESIDENTS * town::BILLS;
    let each = town::BILLS;
    let mut script = format!(
        "\\set bill random(1, {bills})\n\\set account (:bill - 1) / {each} + 1\n\
         \\set payment random(4294967296, 1099511627775)\n"
    );
    for unit in [statements::intent(), statements::result()] {
        script.push_str("BEGIN;\n");
        for statement in &unit {
            // Writing into a text does not fail.
            let _ = writeln!(script, "{};", filled(statement));
        }
        script.push_str("COMMIT;\n");
    }
    script
}

fn filled(statement: &Statement) -> String {
    let mut sql = statement.query.sql.to_owned();
    // The last first: `$1` is the beginning of `$12`.
    for (place, argument) in statement.arguments.iter().enumerate().rev() {
        sql = sql.replace(&format!("${}", place + 1), &written_as(*argument));
    }
    sql
}

fn written_as(argument: Argument) -> String {
    match argument {
        Argument::Account => ":account".to_owned(),
        Argument::Bill => ":bill".to_owned(),
        Argument::Payment | Argument::PaymentText | Argument::Key => ":payment".to_owned(),
        // As the ledger makes it: the number, and the kind of entry.
        Argument::Entry => "(:payment * 8388608::bigint + 4194304)".to_owned(),
        Argument::Fingerprint => format!("'\\x{}'", "07".repeat(32)),
        Argument::Now => "1795000000000".to_owned(),
        Argument::Number(number) => number.to_string(),
        Argument::Text(text) => format!("'{text}'"),
        Argument::Null => "NULL".to_owned(),
    }
}
