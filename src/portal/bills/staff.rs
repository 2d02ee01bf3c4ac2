//! What clerks do with bills: look at them, withdraw one, take something off one, and see what is owed.

use super::{
    queries::{self, BillRow},
    rules,
};
use crate::{
    api::{
        bills::{self, AgedCategory, Aging, Bill, BillCaseQuery, BillQuery, Credit, Withdrawal},
        endpoint::{Clerk, Empty},
        id::{AccountId, BillId},
        money::Minor,
        notices::Topic,
        page::Page,
        problem::{Code, Problem},
        time::Timestamp,
    },
    portal::{
        Portal,
        error::{Error, Result},
        fees,
        idempotency::{Claim, Claimed},
        ledger,
        notices::{self, Notice},
        records,
        store::{Tx, params},
        web::{
            context::Context,
            paging::{cut, limit},
            router::Routes,
        },
    },
};

/// How long a reason may be, in characters.
const LONGEST_REASON: usize = 200;

/// The clerks' operations.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .list(&bills::CASES, list)
        .add(&bills::CASE, show)
        .add(&bills::VOID, void)
        .add(&bills::CREDIT, credit)
        .add(&bills::AGING, aging)
}

async fn list(context: Context<Clerk>, (): (), query: BillCaseQuery) -> Result<Page<Bill>> {
    let (city, today) = (context.portal.city(), context.today);
    let limit = limit(query.limit);
    let BillCaseQuery { status, category, record, due_before, due_within, after, .. } = query;
    let like = BillQuery { status, category, due_before, due_within, after, ..BillQuery::default() };
    let asked = (rules::selection(like, today, city)?, record);
    let read = context.portal.store().read_long(asked, move |tx, (selection, record)| {
        Box::pin(async move {
            let record = match record {
                Some(number) => Some(records::queries::known(tx, number).await?.id),
                None => None,
            };
            queries::cases(tx, selection, record, limit.probe()).await
        })
    });
    Ok(cut(read.await?, limit, rules::cursor, |row| rules::seen(row, city.currency, today)))
}

async fn show(context: Context<Clerk>, id: BillId, _: Empty) -> Result<Bill> {
    let read = context.portal.store().read(id, |tx, &id| Box::pin(queries::find_any(tx, id)));
    let row = read.await?.ok_or_else(|| Problem::not_found("bill", id))?;
    Ok(rules::seen(row, context.portal.city().currency, context.today))
}

/// A reason that says something, within bounds.
pub(crate) fn reason(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::field("/reason", "the reason is empty: the residents are told it"));
    }
    if text.chars().count() > LONGEST_REASON {
        return Err(Error::field("/reason", format!("the reason has more than {LONGEST_REASON} characters")));
    }
    Ok(text.to_owned())
}

/// Refuses a clerk who owes the bill: colleagues decide on it.
pub(crate) async fn refuse_own(tx: &Tx<'_>, id: BillId, clerk: AccountId) -> Result<()> {
    if queries::debtors(tx, id).await?.contains(&clerk) {
        let problem = Problem::new(Code::Forbidden, format!("{id} is your own: another clerk decides on it"));
        return Err(problem.hint("ask a colleague with the power bills").about(id).into());
    }
    Ok(())
}

/// A bill that is going to be changed: nobody else changes it until the unit ends.
async fn taken(tx: &Tx<'_>, id: BillId) -> Result<BillRow> {
    queries::take(tx, id).await?;
    queries::find_any(tx, id).await?.ok_or_else(|| Problem::not_found("bill", id).into())
}

async fn void(context: Context<Clerk>, id: BillId, input: Withdrawal) -> Result<Bill> {
    let (portal, clerk, now, today) = (context.portal.clone(), context.account(), context.now, context.today);
    let unit = (portal.clone(), reason(&input.reason)?, context.claim.clone());
    let write = context.write(unit, move |tx, (portal, reason, claim)| {
        Box::pin(async move {
            if Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? != Claimed::Fresh {
                return taken(tx, id).await;
            }
            let bill = taken(tx, id).await?;
            refuse_own(tx, id, clerk).await?;
            let fee: (Option<fees::FeeOf>, Option<i64>) = tx.one(&queries::FEE, &params![id]).await?;
            rules::check_void(&bill, fees::read(fee), portal.city().currency)?;
            if !queries::void(tx, id, reason, now).await? {
                return Err(Error::internal(format!("{id} was checked, and not withdrawn")));
            }
            let amount = bill.amount.display(portal.city().currency);
            let notice = Notice::new(Topic::Billing, format!("Bill withdrawn: {}", bill.title))
                .says("The city has withdrawn this bill. Nothing is to be paid of it any more.")
                .fact("Amount", amount);
            tell(tx, portal, id, notice.fact("Reason", reason), now).await?;
            taken(tx, id).await
        })
    });
    Ok(rules::seen(write.await?, portal.city().currency, today))
}

async fn credit(context: Context<Clerk>, id: BillId, input: Credit) -> Result<Bill> {
    let (portal, clerk, now, today) = (context.portal.clone(), context.account(), context.now, context.today);
    if input.amount.0 <= 0 {
        return Err(Error::field("/amount", "amount must be above zero"));
    }
    let unit = (portal.clone(), reason(&input.reason)?, context.claim.clone());
    let write = context.write(unit, move |tx, (portal, reason, claim)| {
        Box::pin(async move {
            if Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? != Claimed::Fresh {
                return taken(tx, id).await;
            }
            let (bill, currency) = (taken(tx, id).await?, portal.city().currency);
            refuse_own(tx, id, clerk).await?;
            rules::check_credit(&bill, input.amount, portal.city())?;
            let settled = tx.one(&queries::CREDIT, &params![id, input.amount]).await?;
            ledger::credit(tx, id, input.amount, reason, now).await?;
            if let Some(fee) = fees::read(settled) {
                fees::paid(tx, portal, fee, now).await?;
            }
            let left = Minor(bill.amount.0 - bill.settled.0 - input.amount.0);
            let notice = Notice::new(Topic::Billing, format!("Credit on a bill: {}", bill.title))
                .says("The city has taken something off this bill.")
                .fact("Credit", input.amount.display(currency))
                .fact("Still owed", left.display(currency));
            tell(tx, portal, id, notice.fact("Reason", reason), now).await?;
            taken(tx, id).await
        })
    });
    Ok(rules::seen(write.await?, portal.city().currency, today))
}

/// Tells everybody who owes a bill.
async fn tell(tx: &Tx<'_>, portal: &Portal, id: BillId, notice: Notice, now: Timestamp) -> Result<()> {
    let notice = notice.fact("Bill", id).command(format!("citytime bills show {id}")).about(id);
    for account in queries::debtors(tx, id).await? {
        notices::tell(tx, portal, account, &notice, now).await?;
    }
    Ok(())
}

async fn aging(context: Context<Clerk>, (): (), _: Empty) -> Result<Aging> {
    type Row = (String, i64, Minor, Minor, Minor, Minor, Minor);
    let (today, currency) = (context.today, context.portal.city().currency);
    let since = [30, 60, 90].map(|days| today.plus_days(-days));
    let read = context.portal.store().read_long(since, move |tx, [month, two, three]| {
        Box::pin(
            async move { Ok::<Vec<Row>, Error>(tx.rows(&queries::AGING, &params![today, month, two, three]).await?) },
        )
    });
    let aged = |(category, bills, not_due, days_0_30, days_31_60, days_61_90, days_over_90): Row| {
        let parts = [not_due, days_0_30, days_31_60, days_61_90, days_over_90];
        let total = Minor(parts.iter().map(|part| part.0).sum());
        AgedCategory { category, bills, not_due, days_0_30, days_31_60, days_61_90, days_over_90, total, currency }
    };
    Ok(Aging { on: today, categories: read.await?.into_iter().map(aged).collect() })
}
