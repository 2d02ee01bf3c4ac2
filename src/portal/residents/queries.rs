//! SQL of residents, for clerks.

use crate::{
    api::{
        accounts::{AccountStatus, Role},
        id::AccountId,
        residents::ResidentLine,
        time::Date,
    },
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// Accounts behind a name, by name.
    pub SCAN = "SELECT id, username, name, email, phone, status FROM accounts WHERE username > $1 ORDER BY username LIMIT $2";
    /// The account of a name.
    pub FIND = "SELECT id, username, name, email, phone, status FROM accounts WHERE username = $1";
    /// What an account is for, and the last day it was signed in by password, as far as it is kept.
    pub SEEN = "SELECT a.role, (SELECT MAX(s.used_on) FROM sessions s WHERE s.account = a.id) FROM accounts a WHERE a.id = $1";
}

row! {
    /// An account in a list.
    pub struct LineRow {
        pub id: AccountId,
        pub username: String,
        pub name: String,
        pub email: String,
        pub phone: Option<String>,
        pub status: AccountStatus,
    }
}

impl From<LineRow> for ResidentLine {
    fn from(row: LineRow) -> Self {
        let LineRow { id, username, name, email, phone, status } = row;
        Self { id, username, name, email, phone, status }
    }
}

/// Accounts behind a name, by name.
pub async fn scan(tx: &Tx<'_>, behind: &str, limit: i64) -> Result<Vec<LineRow>> {
    Ok(tx.rows(&SCAN, &params![behind, limit]).await?)
}

/// The account of a name, in lower case.
pub async fn find(tx: &Tx<'_>, username: &str) -> Result<Option<LineRow>> {
    Ok(tx.optional(&FIND, &params![username]).await?)
}

/// What an account is for, and when it was last signed in by password.
pub async fn seen(tx: &Tx<'_>, id: AccountId) -> Result<(Role, Option<Date>)> {
    Ok(tx.one(&SEEN, &params![id]).await?)
}
