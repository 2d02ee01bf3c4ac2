//! SQL of the dashboard.

use crate::{
    api::{id::AccountId, money::Minor},
    portal::{
        error::Result,
        store::{Tx, params, queries},
    },
};

queries! {
    /// How many bills have something payable, and how much in all.
    pub DUE = "SELECT COUNT(*), CAST(COALESCE(SUM(payable), 0) AS BIGINT) FROM ( \
               SELECT b.amount - b.settled - b.pending AS payable FROM record_links l JOIN bills b ON b.record = l.record \
               WHERE l.account = $1 AND b.status = 'open' AND b.settled + b.pending < b.amount UNION ALL \
               SELECT b.amount - b.settled - b.pending AS payable FROM bills b \
               WHERE b.account = $1 AND b.status = 'open' AND b.settled + b.pending < b.amount) AS all_of_them";
}

/// How many bills have something payable, and how much in all.
pub async fn due(tx: &Tx<'_>, account: AccountId) -> Result<(i64, Minor)> {
    Ok(tx.one(&DUE, &params![account]).await?)
}
