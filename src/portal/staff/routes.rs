//! The clerks' operations.

use super::imports;
use crate::{
    api::{
        endpoint::Clerk,
        problem::{Code, Problem},
        staff::{self, Advance, BillLine, ClockReading, Import, Imported, RecordLine},
        time::When,
    },
    portal::{
        error::{Error, Result},
        idempotency::{Claim, Claimed},
        web::{context::Context, router::Routes},
        worker,
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .add(&staff::IMPORT_RECORDS, import_records)
        .add(&staff::IMPORT_BILLS, import_bills)
        .add(&staff::ADVANCE_CLOCK, advance_clock)
}

async fn import_records(context: Context<Clerk>, (): (), input: Import<RecordLine>) -> Result<Imported> {
    imports::records(&context, input).await
}

async fn import_bills(context: Context<Clerk>, (): (), input: Import<BillLine>) -> Result<Imported> {
    imports::bills(&context, input).await
}

async fn advance_clock(context: Context<Clerk>, (): (), input: Advance) -> Result<ClockReading> {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let (portal, now, today) = (&context.portal, context.now, context.today);
    let ahead = match input.by {
        When::InDays(days) => i64::from(days) * DAY,
        when => when.start(today, &portal.city().zone).as_millisecond() - now.as_millisecond(),
    };
    if ahead < 0 {
        return Err(Error::field("/by", "the clock goes forward only"));
    }
    if !portal.clock().can_be_moved() {
        let problem = Problem::new(Code::Conflict, "this portal keeps the machine's time")
            .hint("only a sandbox's clock can be moved: citytime sandbox");
        return Err(problem.into());
    }
    // The clock is no row of the database: the key is taken first, so that it is moved once or, after a crash, not at all.
    let write = context.write(context.claim.clone(), move |tx, claim| {
        Box::pin(async move { Claim::take_if_given(claim.as_ref(), tx, 0, now).await })
    });
    if write.await? != Claimed::Fresh {
        return Ok(ClockReading { now, today });
    }
    portal.clock().advance(ahead);
    // What was waiting for that time has happened when this answers. Where some of it failed, that was logged: the clock
    // has moved all the same.
    let _ = worker::run_once(portal).await;
    let now = portal.clock().now();
    Ok(ClockReading { now, today: portal.today(now) })
}
