//! Announcing and paying, by the worker of every portal process: each bill once in a cycle, whoever comes first, and
//! whatever it is killed at. That a bill is announced is written in the unit that tells it; that it is paid, in the unit
//! of the payment's intent, from where it is settled as any payment is.

use super::{
    queries::{self, Announced, Place, RunRow},
    rules::{self, Next},
    told::{self, Time, Told},
};
use crate::{
    api::{
        autopay::AutopayReason,
        id::{AccountId, BillId, PaymentId},
        money::Minor,
        payments::{Allocation, NewPayment},
        problem::Code,
        time::{Date, Timestamp},
    },
    portal::{
        Portal,
        audit::{self, Cause},
        bills,
        error::{Error, Result},
        idempotency::Claim,
        notices,
        payments::{
            self, Asked, Intended,
            settle::{self, Intent},
        },
        random::with_fresh_ids,
        store::Tx,
    },
};

/// What announcing is called in the audit trail.
const ANNOUNCE: &str = "autopay.announce";
/// What paying is called in the audit trail, and in the payment's key.
const PAY: &str = "autopay.pay";
/// How many bills are read at once.
const PAGE: i64 = 100;

/// Announces what is to be paid soon, and pays what was announced and whose day has come. What fails with one bill keeps
/// no other from its turn, and is tried again in the next round.
pub(crate) async fn run(portal: &Portal, now: Timestamp) -> Result<u64> {
    Ok(pay(portal, now).await? + announce(portal, now).await?)
}

/// Announces every covered bill that is due soon; looks again after a while only, or on the next day.
async fn announce(portal: &Portal, now: Timestamp) -> Result<u64> {
    let today = portal.today(now);
    let Some(look) = portal.announcing().begin(today, now) else { return Ok(0) };
    let days = portal
        .store()
        .read((), |tx, ()| Box::pin(async move { Ok::<Vec<(u32,)>, Error>(tx.rows(&queries::DAYS, &[]).await?) }));
    let mut announced = 0;
    for (days,) in days.await? {
        let until = rules::announced_until(today, days);
        let mut behind = (Date::from(jiff::civil::Date::MIN), BillId::new(0), now, AccountId::new(0));
        loop {
            let read = portal
                .store()
                .read_long(behind, move |tx, behind| Box::pin(queries::to_announce(tx, days, until, *behind, PAGE)));
            let page = read.await?;
            let Some(last) = page.last() else { break };
            behind = *last;
            for (due_on, bill, _, account) in page {
                match announce_one(portal, Place { bill, due_on, account }, now).await {
                    Ok(made) => announced += u64::from(made),
                    Err(error) => keep_on(error, bill)?,
                }
            }
        }
    }
    portal.announcing().has_looked(&look);
    Ok(announced)
}

/// One bill that cannot be seen to keeps no other from being; a database that is away keeps all.
fn keep_on(error: Error, bill: BillId) -> Result<()> {
    if error.problem.code == Code::Unavailable {
        return Err(error);
    }
    tracing::error!(%bill, %error, "autopay did not come to an end with this bill; a later round tries again");
    Ok(())
}

/// Announces a bill, or tells that it is not paid by itself; `false` where nothing was to be told.
async fn announce_one(portal: &Portal, place: Place, now: Timestamp) -> Result<bool> {
    let cause = Cause::portal(ANNOUNCE).about(place.bill).about(place.account);
    let write = audit::write(portal.store(), cause, now, (portal.clone(), place), move |tx, (portal, place)| {
        Box::pin(async move {
            let made = announce_in(tx, portal, place, now).await?;
            if !made {
                tx.nothing_new();
            }
            Ok::<_, Error>(made)
        })
    });
    write.await
}

async fn announce_in(tx: &Tx<'_>, portal: &Portal, place: &Place, now: Timestamp) -> Result<bool> {
    let (city, today) = (portal.city(), portal.today(now));
    // What was read to come here is looked at again: between the two anything may have been paid, withdrawn or ended.
    let found = bills::queries::find(tx, place.account, place.bill).await?;
    let Some(bill) = found.filter(|bill| bill.due_on == place.due_on && bill.pending == Minor::ZERO) else {
        return Ok(false);
    };
    let rules = queries::rules(tx, place.account).await?;
    let Some(rule) = rules::covering(&rules, &bill.category).filter(|_| bill.payable() > Minor::ZERO) else {
        return Ok(false);
    };
    let total = rules::total(&bill, rule, city);
    let taken = queries::taken(tx, place).await?;
    let why = rules::above_max(rule, taken, total).then_some(AutopayReason::AboveMax);
    let pay_on = rules::pay_on(bill.due_on, rule.days_before, today);
    let announced = Announced { why, total, pay_on, at: now };
    let time = if queries::keep(tx, place, &announced).await? || queries::keep_instead(tx, place, &announced).await? {
        Time::First
    } else if queries::keep_rest(tx, place, &announced).await? {
        Time::Rest
    } else {
        return Ok(false);
    };
    let notice = match why {
        None => {
            let told = Told { bill: &bill, rule, total, currency: city.currency };
            Some(told::announced(&told, pay_on, time))
        }
        Some(why) => told::skipped(&bill, why, Some(rule), city.currency),
    };
    if let Some(notice) = notice {
        notices::tell(tx, portal, place.account, &notice, now).await?;
    }
    Ok(true)
}

/// Pays every announced bill whose day has come.
async fn pay(portal: &Portal, now: Timestamp) -> Result<u64> {
    let (today, before) = (portal.today(now), rules::announced_before(now));
    let mut behind = (Date::from(jiff::civil::Date::MIN), BillId::new(0), AccountId::new(0), today);
    let mut paid = 0;
    loop {
        let read =
            portal.store().read(behind, move |tx, behind| Box::pin(queries::to_pay(tx, today, before, *behind, PAGE)));
        let page = read.await?;
        let Some(last) = page.last() else { return Ok(paid) };
        behind = *last;
        for (_, bill, account, due_on) in page {
            match pay_one(portal, Place { bill, due_on, account }).await {
                Ok(()) => paid += 1,
                Err(error) => keep_on(error, bill)?,
            }
        }
    }
}

/// Pays an announced bill: its payment's intent in one unit with its being taken, then as any payment is settled.
async fn pay_one(portal: &Portal, place: Place) -> Result<()> {
    let now = portal.clock().now();
    let intended = with_fresh_ids(|| async {
        let id: PaymentId = portal.random().id()?;
        let cause = Cause::portal(PAY).about(place.bill).about(place.account);
        let unit = (portal.clone(), place);
        audit::write(portal.store(), cause, now, unit, move |tx, (portal, place)| {
            Box::pin(async move {
                let intended = pay_in(tx, portal, place, id, now).await?;
                Ok::<_, Error>(intended)
            })
        })
        .await
    });
    if let Some((intent, allocations)) = intended.await? {
        let payment = intent.attempt.payment;
        // The intent stands whatever happens now: the reconciler asks again under the same key.
        if let Err(error) = settle::charge(portal, Cause::portal(settle::SETTLE), intent, allocations).await {
            tracing::error!(%payment, %error, "not settled yet");
        }
    }
    Ok(())
}

async fn pay_in(
    tx: &Tx<'_>,
    portal: &Portal,
    place: &Place,
    id: PaymentId,
    now: Timestamp,
) -> Result<Option<(Intent, Vec<Allocation>)>> {
    let (city, today) = (portal.city(), portal.today(now));
    let Some(run) = queries::take(tx, place, (today, rules::announced_before(now)), now).await? else {
        // Another portal came first and paid it or announced it anew, or its owner stopped it.
        tx.nothing_new();
        return Ok(None);
    };
    // From here on nobody else pays of the bill or changes it.
    bills::queries::take(tx, place.bill).await?;
    let bill = bills::queries::find(tx, place.account, place.bill).await?;
    let rules = queries::rules(tx, place.account).await?;
    let taken = queries::taken(tx, place).await?;
    let next = rules::next(&run, taken, bill.as_ref(), &rules, city);
    let rule = bill.as_ref().and_then(|bill| rules::covering(&rules, &bill.category));
    let notice = match (next, &bill, rule) {
        (Next::Pay, Some(bill), Some(rule)) => {
            let new = NewPayment { bills: vec![bill.id], method: Some(rule.method), ..NewPayment::default() };
            let asked = Asked { portal: portal.clone(), account: place.account, token: None, new, now, today };
            return intend(tx, &asked, &run, id).await.map(Some);
        }
        (Next::Announce(total), Some(bill), Some(rule)) => {
            let pay_on = rules::pay_on(bill.due_on, rule.days_before, today);
            queries::announce_anew(tx, place, &Announced { why: None, total, pay_on, at: now }).await?;
            let told = Told { bill, rule, total, currency: city.currency };
            Some(told::announced(&told, pay_on, Time::Again))
        }
        (Next::Skip(why), bill, rule) => {
            queries::skip(tx, place, why).await?;
            bill.as_ref().and_then(|bill| told::skipped(bill, why, rule, city.currency))
        }
        (Next::Pay | Next::Announce(_), ..) => return Err(Error::internal("a bill without its rule was to be paid")),
    };
    if let Some(notice) = notice {
        notices::tell(tx, portal, place.account, &notice, now).await?;
    }
    Ok(None)
}

/// The intent of the payment, under a key of its own: it begins with a blank, which no request's key does.
async fn intend(tx: &Tx<'_>, asked: &Asked, run: &RunRow, id: PaymentId) -> Result<(Intent, Vec<Allocation>)> {
    let RunRow { bill, due_on, account, announced_at, .. } = *run;
    let announcement = format!(" autopay:{bill}:{due_on}:{}", announced_at.as_millisecond());
    let claim = Claim::new(Some(account), announcement, PAY, &[]);
    match payments::intend(tx, asked, &claim, id).await? {
        Intended::Now(intent, allocations) => {
            queries::pay(tx, &Place { bill, due_on, account }, id).await?;
            Ok((Intent { asked_by: settle::AskedBy::Autopay, ..intent }, allocations))
        }
        Intended::Before(before) => {
            Err(Error::internal(format!("{bill}, due on {due_on}, was paid by {before} before")))
        }
    }
}
