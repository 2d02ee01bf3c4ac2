//! What a token may pay on one of the city's days: counted on the token's own row, which refuses more, in the unit of the
//! payment; given back where the payment fails on the same day.

use super::queries::{self, SpendingRow};
use crate::{
    api::{
        id::TokenId,
        money::{Currency, Minor},
        problem::{Code, Problem},
        time::Date,
    },
    portal::{error::Result, store::Tx},
};

/// Counts what a payment comes to, fee and all; tells the day it counts on.
///
/// # Errors
/// `SpendingLimit` where the token may not pay so much on that day.
pub async fn count(tx: &Tx<'_>, token: TokenId, today: Date, total: Minor, currency: Currency) -> Result<Date> {
    if let Some(day) = queries::spend(tx, token, today, total).await? {
        return Ok(day);
    }
    let spending = queries::spent(tx, token).await?;
    Err(refusal(token, &spending, today, total, currency).into())
}

/// Refuses what [`count`] would.
pub async fn check(tx: &Tx<'_>, token: TokenId, today: Date, total: Minor, currency: Currency) -> Result<()> {
    let spending = queries::spent(tx, token).await?;
    if left(&spending, today).is_some_and(|left| total > left) {
        return Err(refusal(token, &spending, today, total, currency).into());
    }
    Ok(())
}

/// Refuses a token that has a limit what would get around it, and why.
///
/// # Errors
/// `Forbidden`.
pub async fn refuse_limited(tx: &Tx<'_>, token: TokenId, why: &str) -> Result<()> {
    if queries::spent(tx, token).await?.max_per_day.is_none() {
        return Ok(());
    }
    let problem = Problem::new(Code::Forbidden, format!("this token has a spending limit, and may not do that: {why}"));
    Err(problem.hint("sign in with your password: citytime login").about(token).into())
}

/// What it may still pay on a day; `None` without a limit.
fn left(spending: &SpendingRow, today: Date) -> Option<Minor> {
    spending.max_per_day.map(|most| Minor(most.0 - spending.spent_by(today).0))
}

fn refusal(token: TokenId, spending: &SpendingRow, today: Date, total: Minor, currency: Currency) -> Problem {
    let left = left(spending, today).unwrap_or(Minor::ZERO);
    let most = spending.max_per_day.unwrap_or(Minor::ZERO).display(currency);
    let (detail, hint) = if left == Minor::ZERO {
        (format!("this token may pay {most} a day, and has: nothing is left today"), String::new())
    } else {
        let (total, still) = (total.display(currency), left.display(currency));
        let detail = format!("this token may pay {most} a day: {still} is left today, and this comes to {total}");
        (detail, format!("pay at most {still} with it, "))
    };
    Problem::new(Code::SpendingLimit, detail)
        .hint(format!("{hint}go on tomorrow, or sign in with your password: citytime login"))
        .about(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_day() {
        let (yesterday, today): (Date, Date) = ("2026-11-22".parse().unwrap(), "2026-11-23".parse().unwrap());
        let spending = |most, spent, day| SpendingRow { max_per_day: most, spent: Minor(spent), spent_on: day };
        let most = Some(Minor(20_000));
        assert_eq!(left(&spending(None, 5, Some(today)), today), None);
        assert_eq!(left(&spending(most, 0, None), today), most);
        assert_eq!(left(&spending(most, 15_000, Some(today)), today), Some(Minor(5_000)));
        assert_eq!(left(&spending(most, 15_000, Some(yesterday)), today), most);
        // A portal whose clock is behind another's: the later day has begun.
        assert_eq!(left(&spending(most, 15_000, Some(today)), yesterday), Some(Minor(5_000)));
    }
}
