//! SQL of transfers.

use crate::{
    api::{
        id::{BillId, TransferId},
        money::Minor,
        time::Timestamp,
    },
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A transfer that is asked for, unless the same is open.
    pub INSERT = "INSERT INTO transfers (id, account, amount, received, asked, created_at) VALUES ($1, $2, $3, 0, $4, $5) \
                  ON CONFLICT DO NOTHING";
    /// A bill it is for.
    pub INSERT_BILL = "INSERT INTO transfer_bills (transfer, place, bill) VALUES ($1, $2, $3)";
    /// The same transfer, of which nothing has arrived.
    pub SAME = "SELECT id FROM transfers WHERE account = $1 AND asked = $2 AND received = 0";
    /// A transfer of an account.
    pub FIND = "SELECT id, amount, received, created_at FROM transfers WHERE id = $1 AND account = $2";
    /// A page of an account's transfers, the newest first; only those of which something is still to arrive, or all.
    pub LIST = "SELECT id, amount, received, created_at FROM transfers WHERE account = $1 AND (created_at, id) < ($2, $3) \
                AND ($4 = 0 OR received < amount) ORDER BY created_at DESC, id DESC LIMIT $5";
    /// The bills a transfer is for.
    pub BILLS = "SELECT bill FROM transfer_bills WHERE transfer = $1 ORDER BY place";
}

row! {
    /// A transfer as it is kept.
    pub struct TransferRow {
        pub id: TransferId,
        pub amount: Minor,
        pub received: Minor,
        pub created_at: Timestamp,
    }
}

/// The bills a transfer is for, in their order.
pub async fn bills(tx: &Tx<'_>, id: TransferId) -> Result<Vec<BillId>> {
    let rows: Vec<(BillId,)> = tx.rows(&BILLS, &params![id]).await?;
    Ok(rows.into_iter().map(|(bill,)| bill).collect())
}
