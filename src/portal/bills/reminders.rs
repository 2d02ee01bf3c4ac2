//! Reminders before a bill is due: one for each bill and cycle, whoever runs this and however often. That it was given is
//! written in the unit that gives it, under a key nobody writes twice.

use super::queries::{self, Upcoming};
use crate::{
    api::{
        id::BillId,
        notices::Topic,
        time::{Date, Timestamp},
    },
    portal::{
        Portal,
        error::{Error, Result},
        notices::{self, Notice},
        store::Tx,
    },
};
use futures_util::future::try_join_all;

/// How many bills are reminded of in one unit.
const PAGE: i64 = 100;
/// Reminds of every bill that is due soon and was not reminded of in this cycle; looks again after a while only, or on
/// the next day.
pub(crate) async fn remind(portal: &Portal) -> Result<u64> {
    let now = portal.clock().now();
    let today = portal.today(now);
    let Some(look) = portal.reminding().begin(today, now) else { return Ok(0) };
    let mut cycles = portal.city().reminder_days.clone();
    cycles.sort_unstable();
    let (mut from, mut given) = (today, 0);
    for cycle in cycles {
        let until = today.plus_days(i32::try_from(cycle).unwrap_or(i32::MAX));
        given += remind_of(portal, (from, until), cycle, today, now).await?;
        from = until.plus_days(1);
    }
    portal.reminding().has_looked(&look);
    Ok(given)
}

/// Reminds of what is due from one day until another.
async fn remind_of(
    portal: &Portal,
    (from, until): (Date, Date),
    cycle: u32,
    today: Date,
    now: Timestamp,
) -> Result<u64> {
    let mut behind = (from, BillId::new(0));
    let mut given = 0;
    loop {
        let read = portal
            .store()
            .read_long(behind, move |tx, behind| Box::pin(queries::upcoming(tx, *behind, until, cycle, PAGE)));
        let page = read.await?;
        let Some(last) = page.last() else { return Ok(given) };
        behind = (last.due_on, last.id);
        let unit = (portal.clone(), page);
        #[expect(
            clippy::disallowed_methods,
            reason = "a reminder changes nothing: that it was given is kept beside it"
        )]
        let write = portal.store().write(unit, move |tx, (portal, page)| {
            Box::pin(async move {
                let told = page.iter().map(|bill| tell(tx, portal, bill, cycle, (today, now)));
                Ok::<_, Error>(try_join_all(told).await?.into_iter().sum::<u64>())
            })
        });
        given += write.await?;
    }
}

/// Reminds everybody who owes a bill, unless somebody has.
async fn tell(
    tx: &Tx<'_>,
    portal: &Portal,
    bill: &Upcoming,
    cycle: u32,
    (today, now): (Date, Timestamp),
) -> Result<u64> {
    if !queries::mark_reminded(tx, bill, cycle, now).await? {
        return Ok(0);
    }
    let days = (bill.due_on.civil() - today.civil()).get_days();
    let when = match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    };
    let owed = bill.owed.display(portal.city().currency);
    let notice = Notice::new(Topic::Billing, format!("Due {when}: {}, {owed}", bill.title))
        .says(format!("This bill is due {when}, and {owed} of it is still to be paid."))
        .fact("Bill", bill.id)
        .fact("Due on", bill.due_on)
        .fact("To pay", &owed)
        .command(format!("citytime bills pay {}", bill.id))
        .about(bill.id);
    for account in queries::debtors(tx, bill.id).await? {
        notices::tell(tx, portal, account, &notice, now).await?;
    }
    Ok(1)
}
