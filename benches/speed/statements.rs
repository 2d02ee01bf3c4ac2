//! What one payment of one bill says to a database, in both its units: the portal's own SQL, in the portal's order.

use citytime::portal::store::Query;

use crate::town::query;

/// A statement and what its placeholders stand for.
pub(crate) struct Statement {
    /// The portal's own.
    pub(crate) query: &'static Query,
    /// In order.
    pub(crate) arguments: &'static [Argument],
}

/// What a placeholder stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Argument {
    /// Whose the bill is.
    Account,
    /// The bill.
    Bill,
    /// The payment's new id.
    Payment,
    /// The id of the payment's entry in the ledger.
    Entry,
    /// The payment's id as a text.
    PaymentText,
    /// The key of the request: a new text.
    Key,
    /// What the key was used for.
    Fingerprint,
    /// The time in milliseconds.
    Now,
    /// A number.
    Number(i64),
    /// A text.
    Text(&'static str),
    /// NULL.
    Null,
}

use Argument::{Account, Bill, Entry, Fingerprint, Key, Now, Null, Number, Payment, PaymentText, Text};

/// The first unit: the key, the bill, the method; what is set aside, the payment, its history, and the audit trail.
pub(crate) fn intent() -> Vec<Statement> {
    made(&[
        ("idempotency::CLAIM", &[Account, Key, Fingerprint, Payment, Now]),
        ("bills::queries::FIND", &[Account, Bill]),
        ("wallet::queries::FIND_DEFAULT", &[Account]),
        ("payments::queries::RESERVE", &[Bill, Number(1)]),
        // Everybody's method has the number of their account.
        ("payments::queries::INSERT", &[Payment, Account, Account, Number(1), Number(0), Now, Null, Null, Null]),
        ("payments::queries::ALLOCATE", &[Payment, Number(0), Bill, Number(1)]),
        (
            "history::queries::INSERT",
            &[
                Account,
                Now,
                Payment,
                Text("payment"),
                PaymentText,
                Text("Water, sewer and refuse"),
                Text("pending"),
                Number(1),
            ],
        ),
        ("audit::queries::INSERT", &ASKED),
    ])
}

/// The second unit: the payment's state, the bill, the postings, the history, the notice, and the audit trail.
pub(crate) fn result() -> Vec<Statement> {
    made(&[
        ("payments::queries::MOVE", &[Payment, Text("succeeded"), Now, Null, Null]),
        ("payments::queries::SETTLE", &[Bill, Number(1)]),
        ("ledger::queries::ENTRY", &[Entry, Text("payment"), Now, Null, Payment, Null, Null]),
        (
            "ledger::queries::POST_TWO",
            &[
                Entry,
                Number(0),
                Text("processor_clearing"),
                Null,
                Number(1),
                Number(1),
                Text("receivable"),
                Bill,
                Number(-1),
            ],
        ),
        ("history::queries::RESTATE", &[Account, Now, Payment, Text("succeeded")]),
        (
            "notices::queries::INSERT",
            &[
                Payment,
                Account,
                Text("billing"),
                Text("Your payment went through"),
                Text(NOTICE),
                PaymentText,
                Null,
                Null,
                Now,
                Null,
            ],
        ),
        ("audit::queries::INSERT", &SETTLED),
    ])
}

/// About what the body of a payment's notice is.
const NOTICE: &str =
    "{paragraphs:[We have received $0.01 for Water, sewer and refuse.],facts:[[Payment,PAY-00000000]]}";

/// The first unit's row of the audit trail.
const ASKED: [Argument; 9] = audited(Text("resident"), Account, Text("payments.pay"));
/// The second's.
const SETTLED: [Argument; 9] = audited(Text("portal"), Null, Text("payments.settle"));

/// What a row of the audit trail says: when, who, by which credential, which operation, its outcome, about what, in
/// which request, from where.
const fn audited(actor: Argument, account: Argument, operation: Argument) -> [Argument; 9] {
    let (credential, request) = (Text("SES-00000000"), Text("req-00000000"));
    [Now, actor, account, credential, operation, Text("done"), PaymentText, request, Text("127.0.0.1")]
}

fn made(statements: &[(&str, &'static [Argument])]) -> Vec<Statement> {
    let made = statements.iter().map(|&(name, arguments)| {
        let query = query(name);
        // A statement that has changed is to be said here as it is now: what is measured beside it must be the same work.
        let wanted = (1..).take_while(|place| query.sql.contains(&format!("${place}"))).count();
        assert_eq!(arguments.len(), wanted, "{name} has so many placeholders");
        Statement { query, arguments }
    });
    made.collect()
}
