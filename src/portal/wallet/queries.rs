//! SQL of the wallet.

use crate::{
    api::{
        city::PaymentKind,
        id::{AccountId, MethodId, SetupId},
        problem::{Code, Problem},
        time::Timestamp,
        wallet::{PaymentMethod, SetupStatus},
    },
    portal::{
        error::Result,
        gateways::processor::Method,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A new method; the first one is the default.
    pub INSERT = "INSERT INTO methods (id, account, kind, label, brand, last4, expires, reference, preferred, created_at) \
                  SELECT $1, $2, $3, $4, $5, $6, $7, $8, \
                  CASE WHEN EXISTS (SELECT 1 FROM methods WHERE account = $2 AND removed_at IS NULL AND preferred = 1) THEN 0 ELSE 1 END, $9";
    /// What payments by transfer are made with, unless there is one: it is no saved method, so it is removed from the first.
    pub INSERT_TRANSFER = "INSERT INTO methods (id, account, kind, label, brand, last4, reference, preferred, created_at, removed_at) \
                           VALUES ($1, $2, 'bank_transfer', 'Bank transfer', '', '', '', 0, $3, $3) \
                           ON CONFLICT (account) WHERE kind = 'bank_transfer' DO NOTHING";
    /// What payments by transfer are made with.
    pub TRANSFER = "SELECT id FROM methods WHERE account = $1 AND kind = 'bank_transfer'";
    /// A page of the methods.
    pub LIST = "SELECT id, kind, label, brand, last4, expires, preferred, reference FROM methods \
                WHERE account = $1 AND removed_at IS NULL AND id > $2 ORDER BY id LIMIT $3";
    /// A method.
    pub FIND = "SELECT id, kind, label, brand, last4, expires, preferred, reference FROM methods \
                WHERE id = $2 AND account = $1 AND removed_at IS NULL";
    /// The method that pays when none is named.
    pub FIND_DEFAULT = "SELECT id, kind, label, brand, last4, expires, preferred, reference FROM methods \
                        WHERE account = $1 AND removed_at IS NULL AND preferred = 1 ORDER BY id LIMIT 1";
    /// Takes a method: nobody removes it until this unit ends.
    pub TAKE = "UPDATE methods SET removed_at = removed_at WHERE id = $1 AND removed_at IS NULL";
    /// Removes a method; receipts still name it.
    pub REMOVE = "UPDATE methods SET removed_at = $3, preferred = 0 WHERE id = $2 AND account = $1 AND removed_at IS NULL";
    /// Makes one method the default and the others not.
    pub PREFER = "UPDATE methods SET preferred = CASE WHEN id = $2 THEN 1 ELSE 0 END WHERE account = $1 AND removed_at IS NULL";
    /// A set-up begins.
    pub BEGIN = "INSERT INTO setups (id, account, kind, label, reference, url, status, created_at, expires_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8)";
    /// A set-up of an account.
    pub SETUP = "SELECT id, account, kind, label, reference, url, status, method, created_at, expires_at FROM setups \
                 WHERE id = $1 AND account = $2";
    /// The set-up behind a reference of the processor.
    pub SETUP_BY = "SELECT id, account, kind, label, reference, url, status, method, created_at, expires_at FROM setups \
                    WHERE reference = $1";
    /// Set-ups nobody completed in time; those that ended first.
    pub OVERDUE = "SELECT id, account, kind, label, reference, url, status, method, created_at, expires_at FROM setups \
                   WHERE status = 'open' AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2";
    /// Ends a set-up, if it is still open.
    pub END = "UPDATE setups SET status = $2, ended_at = $3 WHERE id = $1 AND status = 'open'";
    /// Notes the method a set-up came to.
    pub CAME_TO = "UPDATE setups SET method = $2 WHERE id = $1";
    /// Whom the processor knows an account as.
    pub CUSTOMER = "SELECT customer FROM customers WHERE account = $1";
    /// Keeps whom the processor knows an account as, unless it is known.
    pub KEEP_CUSTOMER = "INSERT INTO customers (account, customer, created_at) VALUES ($1, $2, $3) ON CONFLICT (account) DO NOTHING";
    /// The method added last.
    pub NEWEST = "SELECT id FROM methods WHERE account = $1 AND removed_at IS NULL ORDER BY created_at DESC, id LIMIT 1";
}

row! {
    /// A saved method with its reference.
    pub struct MethodRow {
        pub id: MethodId,
        pub kind: PaymentKind,
        pub label: String,
        pub brand: String,
        pub last4: String,
        pub expires: Option<String>,
        pub preferred: bool,
        pub reference: String,
    }
}

row! {
    /// A set-up with its reference.
    pub struct SetupRow {
        pub id: SetupId,
        pub account: AccountId,
        pub kind: PaymentKind,
        pub label: Option<String>,
        pub reference: String,
        pub url: String,
        pub status: SetupStatus,
        pub method: Option<MethodId>,
        pub created_at: Timestamp,
        pub expires_at: Timestamp,
    }
}

impl From<MethodRow> for PaymentMethod {
    fn from(row: MethodRow) -> Self {
        let MethodRow { id, kind, label, brand, last4, expires, preferred, reference: _ } = row;
        Self { id, kind, label, brand, last4, expires, default: preferred }
    }
}

/// Keeps a new method.
pub async fn insert(
    tx: &Tx<'_>,
    id: MethodId,
    account: AccountId,
    method: &Method,
    label: &str,
    now: Timestamp,
) -> Result<()> {
    let Method { kind, brand, last4, expires, reference } = method;
    tx.execute(&INSERT, &params![id, account, *kind, label, brand, last4, expires, reference, now]).await?;
    Ok(())
}

/// Keeps a set-up that begins.
pub async fn begin(tx: &Tx<'_>, setup: &SetupRow) -> Result<()> {
    let SetupRow { id, account, kind, label, reference, url, created_at, expires_at, .. } = setup;
    let row = params![*id, *account, *kind, label, reference, url, *created_at, *expires_at];
    tx.execute(&BEGIN, &row).await?;
    Ok(())
}

/// A set-up of an account.
pub async fn setup(tx: &Tx<'_>, account: AccountId, id: SetupId) -> Result<Option<SetupRow>> {
    Ok(tx.optional(&SETUP, &params![id, account]).await?)
}

/// The set-up behind a reference of the processor.
pub async fn setup_by(tx: &Tx<'_>, reference: &str) -> Result<Option<SetupRow>> {
    Ok(tx.optional(&SETUP_BY, &params![reference]).await?)
}

/// Some of the set-ups nobody completed in time.
pub async fn overdue(tx: &Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<SetupRow>> {
    Ok(tx.rows(&OVERDUE, &params![now, limit]).await?)
}

/// Ends a set-up; tells whether it was still open.
pub async fn end(tx: &Tx<'_>, id: SetupId, status: SetupStatus, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(&END, &params![id, status, now]).await? == 1)
}

/// Notes the method a set-up came to.
pub async fn came_to(tx: &Tx<'_>, id: SetupId, method: MethodId) -> Result<()> {
    tx.execute(&CAME_TO, &params![id, method]).await?;
    Ok(())
}

/// Whom the processor knows an account as.
pub async fn customer(tx: &Tx<'_>, account: AccountId) -> Result<Option<String>> {
    let found = tx.optional::<(String,)>(&CUSTOMER, &params![account]).await?;
    Ok(found.map(|(customer,)| customer))
}

/// Keeps whom the processor knows an account as; tells whether nobody was known.
pub async fn keep_customer(tx: &Tx<'_>, account: AccountId, customer: &str, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(&KEEP_CUSTOMER, &params![account, customer, now]).await? == 1)
}

/// A page of the methods.
pub async fn list(tx: &Tx<'_>, account: AccountId, behind: MethodId, limit: i64) -> Result<Vec<MethodRow>> {
    Ok(tx.rows(&LIST, &params![account, behind, limit]).await?)
}

/// What payments of an account by transfer are made with; made under a fresh id the first time.
pub async fn by_transfer(tx: &Tx<'_>, fresh: MethodId, account: AccountId, now: Timestamp) -> Result<MethodId> {
    tx.execute(&INSERT_TRANSFER, &params![fresh, account, now]).await?;
    let (id,): (MethodId,) = tx.one(&TRANSFER, &params![account]).await?;
    Ok(id)
}

/// A method, or the default where none is named.
pub async fn find(tx: &Tx<'_>, account: AccountId, id: Option<MethodId>) -> Result<Option<MethodRow>> {
    let found = match id {
        Some(id) => tx.optional(&FIND, &params![account, id]).await?,
        None => tx.optional(&FIND_DEFAULT, &params![account]).await?,
    };
    Ok(found)
}

/// The method that was chosen to pay, or the default where none was.
///
/// # Errors
/// `NotFound` for one that is not there, `NoMethod` where there is none.
pub async fn chosen(tx: &Tx<'_>, account: AccountId, id: Option<MethodId>) -> Result<MethodRow> {
    find(tx, account, id).await?.ok_or_else(|| match id {
        Some(id) => Problem::not_found("payment method", id).into(),
        None => Problem::new(Code::NoMethod, "there is no payment method to pay with")
            .hint("add one: citytime wallet add")
            .into(),
    })
}

/// Takes a method: nobody removes it until this unit ends; `false` where somebody has.
pub async fn take(tx: &Tx<'_>, id: MethodId) -> Result<bool> {
    Ok(tx.execute(&TAKE, &params![id]).await? == 1)
}

/// Removes a method; where it was the default, the one added last becomes it.
pub async fn remove(tx: &Tx<'_>, account: AccountId, method: &MethodRow, now: Timestamp) -> Result<()> {
    tx.execute(&REMOVE, &params![account, method.id, now]).await?;
    if method.preferred
        && let Some((newest,)) = tx.optional::<(MethodId,)>(&NEWEST, &params![account]).await?
    {
        prefer(tx, account, newest).await?;
    }
    Ok(())
}

/// Makes a method the default.
pub async fn prefer(tx: &Tx<'_>, account: AccountId, id: MethodId) -> Result<()> {
    tx.execute(&PREFER, &params![account, id]).await?;
    Ok(())
}
