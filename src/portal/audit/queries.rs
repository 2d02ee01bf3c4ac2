//! SQL of the audit trail.

use crate::{
    api::{
        audit::{Actor, Outcome},
        id::AccountId,
        time::Timestamp,
    },
    portal::store::{queries, row},
};

macro_rules! entries {
    ($from:literal, $where:literal) => {
        concat!(
            "SELECT a.id, a.at, a.actor, a.account, u.username, a.credential, a.operation, a.outcome, a.things, a.request, \
             a.source, a.seal FROM ",
            $from,
            " LEFT JOIN accounts u ON u.id = a.account WHERE a.id < $1 AND a.id >= $2 AND a.at >= $3 AND a.at < $4 \
             AND ($5 = '' OR a.operation = $5 OR a.operation LIKE $5 || '.%') AND ($6 = '' OR a.outcome = $6) ",
            $where,
            " ORDER BY a.id DESC LIMIT $7"
        )
    };
}

queries! {
    /// A row.
    pub INSERT = "INSERT INTO audit (at, actor, account, credential, operation, outcome, things, request, source) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Makes the place of the last seal, where there is none.
    pub BEGIN = "INSERT INTO audit_head (place, number, digest) VALUES (1, 0, $1) ON CONFLICT (place) DO NOTHING";
    /// The last seal's place is taken: whoever else seals waits.
    pub TAKE_HEAD = "UPDATE audit_head SET number = number + 1 WHERE place = 1 RETURNING number, digest";
    /// Rows are given to a seal: the oldest that have none.
    pub TAKE_ROWS = "UPDATE audit SET seal = $1 WHERE id IN \
                     (SELECT id FROM audit WHERE seal IS NULL ORDER BY seal, id LIMIT $2) \
                     RETURNING id, at, actor, account, credential, operation, outcome, things, request, source, seal";
    /// A row is about a thing.
    pub ABOUT = "INSERT INTO audit_things (thing, audit) VALUES ($1, $2) ON CONFLICT (thing, audit) DO NOTHING";
    /// A seal.
    pub SEAL = "INSERT INTO audit_seals (number, at, first_id, last_id, earliest, latest, rows_sealed, digest, leaves) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// It is the last one now.
    pub SET_HEAD = "UPDATE audit_head SET digest = $1 WHERE place = 1";
    /// Whether anything is to be sealed.
    pub WAITING = "SELECT COUNT(*) FROM (SELECT id FROM audit WHERE seal IS NULL LIMIT 1) waiting";

    /// The last seal.
    pub HEAD = "SELECT number, digest FROM audit_head WHERE place = 1";
    /// The seal behind one.
    pub NEXT_SEAL = "SELECT number, at, first_id, last_id, earliest, latest, rows_sealed, digest, leaves FROM audit_seals \
                     WHERE number > $1 ORDER BY number LIMIT 1";
    /// A seal's digest.
    pub DIGEST = "SELECT digest FROM audit_seals WHERE number = $1";
    /// The rows of a seal: at most so many.
    pub SEALED = "SELECT id, at, actor, account, credential, operation, outcome, things, request, source, seal FROM audit \
                  WHERE seal = $1 ORDER BY id LIMIT $2";
    /// A row.
    pub ROW = "SELECT id, at, actor, account, credential, operation, outcome, things, request, source, seal FROM audit \
               WHERE id = $1";
    /// The first row that claims a seal there is not.
    pub ASTRAY = "SELECT MIN(id) FROM audit WHERE seal > $1 OR seal < 1";
    /// How many rows wait for their seal.
    pub UNSEALED = "SELECT COUNT(*) FROM audit WHERE seal IS NULL";

    /// Between which ids rows of a stretch of time lie: its seals know, and those without a seal are few.
    pub SPAN = "SELECT COALESCE(MIN(lowest), 0), COALESCE(MAX(highest), 0) FROM \
                (SELECT MIN(first_id) AS lowest, MAX(last_id) AS highest FROM audit_seals WHERE latest >= $1 AND earliest < $2 \
                 UNION ALL SELECT MIN(id), MAX(id) FROM audit WHERE seal IS NULL) spans";
    /// A page of the trail, the newest first.
    pub LIST = entries!("audit a", "");
    /// A page of what an account did.
    pub LIST_OF = entries!("audit a", "AND a.account = $8");
    /// A page of what a thing met with; by an account, or (0) by anybody.
    pub LIST_ABOUT = entries!(
        "audit a",
        "AND (a.account = $8 OR $8 = 0) AND a.id IN (SELECT audit FROM audit_things WHERE thing = $9 \
         UNION ALL SELECT id FROM audit WHERE seal IS NULL AND ' ' || things || ' ' LIKE '% ' || $9 || ' %')"
    );
    /// What others than residents did with the things of an account's history: behind a row and thing, newest first.
    pub LIST_OTHERS = "SELECT DISTINCT a.id, a.at, a.actor, a.operation, a.outcome, t.thing, a.seal FROM history h \
                       JOIN audit_things t ON t.thing = h.id JOIN audit a ON a.id = t.audit \
                       WHERE h.account = $1 AND (a.account IS NULL OR a.account <> $1) AND a.actor IN ('clerk', 'operator', 'portal') \
                       AND (a.id < $2 OR (a.id = $2 AND t.thing < $3)) ORDER BY a.id DESC, t.thing DESC LIMIT $4";
    /// Whose a name is.
    pub NAMED = "SELECT id FROM accounts WHERE username = $1";
}

row! {
    /// A row as it is kept: words as they stand there, so that whatever stands there can be told.
    pub struct RowRow {
        pub id: i64,
        pub at: Timestamp,
        pub actor: String,
        pub account: Option<AccountId>,
        pub credential: Option<String>,
        pub operation: String,
        pub outcome: String,
        pub things: String,
        pub request: Option<String>,
        pub source: Option<String>,
        pub seal: Option<i64>,
    }
}

row! {
    /// What somebody else did with a thing.
    pub struct OtherRow {
        pub id: i64,
        pub at: Timestamp,
        pub actor: Actor,
        pub operation: String,
        pub outcome: Outcome,
        pub thing: String,
        pub seal: Option<i64>,
    }
}

row! {
    /// A seal.
    pub struct SealRow {
        pub number: i64,
        pub at: Timestamp,
        pub first_id: i64,
        pub last_id: i64,
        pub earliest: Timestamp,
        pub latest: Timestamp,
        pub rows_sealed: i64,
        pub digest: Vec<u8>,
        pub leaves: Vec<u8>,
    }
}

row! {
    /// A row as it is listed.
    pub struct EntryRow {
        pub id: i64,
        pub at: Timestamp,
        pub actor: Actor,
        pub account: Option<AccountId>,
        pub username: Option<String>,
        pub credential: Option<String>,
        pub operation: String,
        pub outcome: Outcome,
        pub things: String,
        pub request: Option<String>,
        pub source: Option<String>,
        pub seal: Option<i64>,
    }
}
