//! The statements of a payment on bare SQLite: one thread, as many units in a commit as there are clients, each in a
//! savepoint, as the store does it, and nothing else: no HTTP, no JSON, no rows made into things.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, types::Value};

use crate::{
    programs::now,
    statements::{self, Argument, Statement},
    town,
};

/// A loop on a database file of its own.
pub(crate) struct Raw {
    connection: Connection,
    intent: Vec<(String, Statement)>,
    result: Vec<(String, Statement)>,
    made: i64,
}

/// A payment under way.
#[derive(Clone, Copy)]
struct Paying {
    bill: i64,
    payment: i64,
}

/// When all these payments are made, in milliseconds; entries of the history differ by the payment.
const AT: i64 = 1_795_000_000_000;

impl Raw {
    /// Opens a settled database, with the store's settings.
    pub(crate) fn open(path: &Path) -> Self {
        let connection = Connection::open(path).expect("the database opens");
        connection.set_prepared_statement_cache_capacity(64);
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
                 PRAGMA checkpoint_fullfsync = ON; PRAGMA foreign_keys = ON; PRAGMA mmap_size = 1073741824;
                 PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864",
            )
            .expect("SQLite takes its settings");
        let marked = |statements: Vec<Statement>| {
            // The portal's texts have no other `$`.
            statements.into_iter().map(|statement| (statement.query.sql.replace('$', "?"), statement)).collect()
        };
        Self { connection, intent: marked(statements::intent()), result: marked(statements::result()), made: 0 }
    }

    /// Pays for a while, as so many clients would that wait for each commit; payments a second.
    pub(crate) fn pay(&mut self, clients: u64, span: Duration) -> f64 {
        let clients = i64::try_from(clients).unwrap_or(1);
        let begun = now();
        let mut paid = 0.0;
        while begun.elapsed() < span {
            let paying: Vec<Paying> = (0..clients).map(|_| self.next()).collect();
            self.commit(&self.intent, &paying);
            self.commit(&self.result, &paying);
            paid += f64::from(u32::try_from(clients).unwrap_or(1));
        }
        paid / begun.elapsed().as_secs_f64()
    }

    fn next(&mut self) -> Paying {
        self.made += 1;
        // A step that has no divisor in common with the number of bills meets each of them in turn, in no order.
        Paying { bill: self.made * 7_919 % (town::RESIDENTS * town::BILLS) + 1, payment: drawn(self.made) }
    }

    fn commit(&self, statements: &[(String, Statement)], paying: &[Paying]) {
        self.command("BEGIN IMMEDIATE");
        for one in paying {
            self.command("SAVEPOINT unit");
            for (sql, statement) in statements {
                self.run(sql, statement, *one);
            }
            self.command("RELEASE unit");
        }
        self.command("COMMIT");
    }

    fn run(&self, sql: &str, statement: &Statement, paying: Paying) {
        let mut prepared = self.connection.prepare_cached(sql).expect("the portal's SQL");
        for (place, argument) in statement.arguments.iter().enumerate() {
            prepared.raw_bind_parameter(place + 1, value(*argument, paying)).expect("a value is bound");
        }
        let mut rows = prepared.raw_query();
        while rows.next().expect("the statement runs").is_some() {}
    }

    fn command(&self, sql: &str) {
        self.connection.prepare_cached(sql).and_then(|mut command| command.raw_execute()).expect("the command runs");
    }
}

/// The id of a payment, in no order: the portal and `pgbench` draw theirs too, and what is drawn lies on more pages than
/// what is counted. Of the 40 bits that ids have, each value once.
const fn drawn(number: i64) -> i64 {
    const STEP: i64 = 0x61_c886_4e35;
    number.wrapping_mul(STEP) & ((1 << 40) - 1)
}

fn value(argument: Argument, paying: Paying) -> Value {
    match argument {
        Argument::Account => Value::Integer(town::owner(paying.bill)),
        Argument::Bill => Value::Integer(paying.bill),
        Argument::Payment => Value::Integer(paying.payment),
        // As the ledger makes it: the number, and the kind of entry.
        Argument::Entry => Value::Integer(paying.payment * 8_388_608 + 4_194_304),
        Argument::PaymentText => Value::Text(format!("PAY-{:08}", paying.payment)),
        Argument::Key => Value::Text(format!("speed-{}", paying.payment)),
        Argument::Fingerprint => Value::Blob(vec![7; 32]),
        Argument::Now => Value::Integer(AT),
        Argument::Number(number) => Value::Integer(number),
        Argument::Text(text) => Value::Text(text.to_owned()),
        Argument::Null => Value::Null,
    }
}
