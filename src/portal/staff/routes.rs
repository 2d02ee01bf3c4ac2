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
    let noted = context.write((), |_, ()| Box::pin(async { Ok::<_, Error>(()) }));
    noted.await?;
    portal.clock().advance(ahead);
    // What was waiting for that time has happened when this answers.
    if let Err(error) = worker::run_once(portal).await {
        // The clock has moved; to say otherwise would move it twice.
        tracing::error!(%error, "a round of the worker failed; the next one tries again");
    }
    let now = portal.clock().now();
    Ok(ClockReading { now, today: portal.today(now) })
}
