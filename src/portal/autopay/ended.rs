//! Rules that end with something else: with the method that pays, with the account.

use super::{plan, queries, told};
use crate::{
    api::{autopay::AutopayReason, id::AccountId, time::Timestamp},
    portal::{
        Portal,
        error::Result,
        notices,
        store::{Tx, params},
        wallet::queries::MethodRow,
    },
};

/// Ends the rules by which a method pays, in the unit that removes it, and tells their owner.
pub(crate) async fn method_removed(
    tx: &Tx<'_>,
    portal: &Portal,
    account: AccountId,
    method: &MethodRow,
    now: Timestamp,
) -> Result<()> {
    let rules = queries::rules(tx, account).await?;
    let ended = rules.iter().filter(|rule| rule.method == method.id);
    let covers: Vec<String> = ended.map(|rule| plan::seen(rule, &rules, portal.city()).covers).collect();
    if covers.is_empty() {
        return Ok(());
    }
    tx.execute(&queries::END_BY_METHOD, &params![account, method.id]).await?;
    queries::stop(tx, account, AutopayReason::MethodGone, now).await?;
    notices::tell(tx, portal, account, &told::method_removed(&method.label, &covers), now).await
}

/// Ends every rule of an account that is put to rest, in the unit that does: nothing is taken from who is told nothing.
pub(crate) async fn account_rests(tx: &Tx<'_>, account: AccountId, now: Timestamp) -> Result<()> {
    if tx.execute(&queries::END_ALL, &params![account]).await? > 0 {
        queries::stop(tx, account, AutopayReason::RuleOff, now).await?;
    }
    Ok(())
}
