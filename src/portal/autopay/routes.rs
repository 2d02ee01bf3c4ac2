//! Set, show and end rules; leave a bill out.

use super::{
    plan::{self, Plan},
    queries::{self, Announced, Place, ToldRow},
    rules, told,
};
use crate::{
    api::{
        autopay::{
            self, Autopay, AutopayBill, AutopayEnd, AutopayEnded, AutopayReason, AutopayRule, AutopayRules, AutopayRun,
            NewAutopayRule,
        },
        bills::BillStatus,
        endpoint::{Empty, SignedIn},
        id::{AccountId, BillId},
        money::Currency,
        problem::{Code, Problem},
        time::Date,
    },
    portal::{
        Portal,
        bills::{self, queries::BillRow},
        error::{Error, Result},
        idempotency::Claim,
        notices,
        store::{Tx, params},
        tokens::spending,
        wallet,
        web::{context::Context, router::Routes},
    },
};

/// How many covered bills are shown.
const BILLS_SHOWN: i64 = 200;
/// How many runs are shown.
const RUNS_SHOWN: i64 = 50;

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .add(&autopay::SHOW, show)
        .add(&autopay::SET, set)
        .add(&autopay::OFF, off)
        .add(&autopay::SKIP, skip)
        .add(&autopay::UNSKIP, unskip)
}

pub(crate) async fn show(context: Context<SignedIn>, (): (), _: Empty) -> Result<Autopay> {
    let (portal, account, today) = (context.portal.clone(), context.account(), context.today);
    let read = context.portal.store().read(portal, move |tx, portal| {
        Box::pin(async move {
            let plan = Plan::read(tx, account).await?;
            let open = bills::queries::payable(tx, account, bills::rules::last_day(), BILLS_SHOWN).await?;
            let city = portal.city();
            let rules = plan.rules().iter().map(|rule| plan.rule(rule, &open, city, today)).collect();
            let runs = queries::runs(tx, account, RUNS_SHOWN).await?;
            let runs = runs.into_iter().map(|run| seen(run, city.currency)).collect();
            Ok::<_, Error>(Autopay { rules, runs })
        })
    });
    read.await
}

fn seen(run: ToldRow, currency: Currency) -> AutopayRun {
    let state = run.state();
    let ToldRow { bill, title, due_on, total, pay_on, why, payment, changed_at, .. } = run;
    AutopayRun { bill, title, due_on, total, currency, state, pay_on, why, payment, changed_at }
}

/// Refuses a token that may pay only so much a day: a rule pays without it, and would outlive its limit.
async fn refuse_limited(tx: &Tx<'_>, context: &Context<SignedIn>) -> Result<()> {
    match context.who.token() {
        Some(token) => spending::refuse_limited(tx, token, "what is paid by itself would not count").await,
        None => Ok(()),
    }
}

async fn set(context: Context<SignedIn>, (): (), input: NewAutopayRule) -> Result<AutopayRule> {
    let (account, now, today) = (context.account(), context.now, context.today);
    let checked = rules::checked(&input, context.portal.city())?;
    let write = context.write((context.clone(), checked, input.method), move |tx, (context, checked, method)| {
        Box::pin(async move {
            let (portal, claim) = (&context.portal, context.claim.as_ref());
            if let Some(before) = Claim::answered(claim, tx, now).await? {
                return Ok(before);
            }
            refuse_limited(tx, context).await?;
            let method = wallet::chosen(tx, account, *method).await?;
            // Whoever removes it now waits, and finds the rule.
            if !wallet::queries::take(tx, method.id).await? {
                return Err(Problem::not_found("payment method", method.id).into());
            }
            tx.about(method.id);
            queries::set(tx, account, checked, method.id, now).await?;
            let plan = Plan::read(tx, account).await?;
            let open = bills::queries::payable(tx, account, bills::rules::last_day(), BILLS_SHOWN).await?;
            let row = plan.rules().iter().find(|rule| rule.category == checked.category);
            let row = row.ok_or_else(|| Error::internal("a rule was set, and is not there"))?;
            let rule = plan.rule(row, &open, portal.city(), today);
            notices::tell(tx, portal, account, &told::set(&rule), now).await?;
            Claim::keep(claim, tx, &rule).await?;
            Ok::<_, Error>(rule)
        })
    });
    let rule = write.await?;
    // What it covers is announced in the next round, not in a minute's time.
    context.portal.announcing().look_again();
    Ok(rule)
}

async fn off(context: Context<SignedIn>, (): (), input: AutopayEnd) -> Result<AutopayEnded> {
    let (account, now) = (context.account(), context.now);
    if input.category.is_some() && input.rules.is_some() {
        return Err(Error::field("/rules", "name a category, or say which rules, not both"));
    }
    rules::check_category(input.category.as_deref(), context.portal.city())?;
    let unit = (context.portal.clone(), input, context.claim.clone());
    let write = context.write(unit, move |tx, (portal, input, claim)| {
        Box::pin(async move {
            if let Some(before) = Claim::answered(claim.as_ref(), tx, now).await? {
                return Ok(before);
            }
            let (rules, city) = (queries::rules(tx, account).await?, portal.city());
            let which = match (&input.category, input.rules) {
                (Some(category), _) => Some(category.as_str()),
                (None, Some(AutopayRules::Others)) => Some(""),
                (None, Some(AutopayRules::All) | None) => None,
            };
            let ended = rules.iter().filter(|rule| which.is_none_or(|which| rule.category == which));
            let ended: Vec<AutopayRule> = ended.map(|rule| plan::seen(rule, &rules, city)).collect();
            if let (Some(_), []) = (which, ended.as_slice()) {
                let problem = Problem::new(Code::NotFound, "there is no such autopay rule");
                return Err(problem.hint("see those there are: citytime bills autopay show").into());
            }
            match which {
                Some(category) => tx.execute(&queries::END, &params![account, category]).await?,
                None => tx.execute(&queries::END_ALL, &params![account]).await?,
            };
            let stopped = queries::stop(tx, account, AutopayReason::RuleOff, now).await?;
            stopped.iter().for_each(|bill| tx.about(bill));
            let ended = AutopayEnded { rules: ended, stopped };
            Claim::keep(claim.as_ref(), tx, &ended).await?;
            Ok::<_, Error>(ended)
        })
    });
    write.await
}

async fn skip(context: Context<SignedIn>, id: BillId, _: Empty) -> Result<AutopayBill> {
    let (account, now, today) = (context.account(), context.now, context.today);
    let write = context.write((context.portal.clone(), context.claim.clone()), move |tx, (portal, claim)| {
        Box::pin(async move {
            if let Some(before) = Claim::answered(claim.as_ref(), tx, now).await? {
                return Ok(before);
            }
            let (bill, planned) = covered(tx, portal, account, id, today).await?;
            let place = Place { bill: id, due_on: bill.due_on, account };
            let pay_on = planned.pay_on.unwrap_or(bill.due_on);
            let announced = Announced { why: Some(AutopayReason::LeftOut), total: planned.total, pay_on, at: now };
            if !queries::leave_out(tx, &place, &announced).await? {
                let detail = format!("{id} is being paid by itself already, or was tried to be");
                let problem = Problem::new(Code::Conflict, detail).hint("see its payment: citytime history payments");
                return Err(problem.about(id).into());
            }
            let (_, now_planned) = covered(tx, portal, account, id, today).await?;
            Claim::keep(claim.as_ref(), tx, &now_planned).await?;
            Ok::<_, Error>(now_planned)
        })
    });
    write.await
}

async fn unskip(context: Context<SignedIn>, id: BillId, _: Empty) -> Result<AutopayBill> {
    let (account, today) = (context.account(), context.today);
    let write = context.write(context.clone(), move |tx, context| {
        Box::pin(async move {
            refuse_limited(tx, context).await?;
            covered(tx, &context.portal, account, id, today).await?;
            tx.execute(&queries::TAKE_IN, &params![id, account]).await?;
            let (_, planned) = covered(tx, &context.portal, account, id, today).await?;
            Ok::<_, Error>(planned)
        })
    });
    let planned = write.await?;
    context.portal.announcing().look_again();
    Ok(planned)
}

/// An open bill of an account that a rule covers, and what becomes of it.
async fn covered(
    tx: &Tx<'_>,
    portal: &Portal,
    account: AccountId,
    id: BillId,
    today: Date,
) -> Result<(BillRow, AutopayBill)> {
    let bill = bills::queries::find(tx, account, id).await?.ok_or_else(|| Problem::not_found("bill", id))?;
    if bill.status != BillStatus::Open {
        let problem = Problem::new(Code::NothingDue, format!("{id} is {}: nothing is to be paid of it", bill.status));
        return Err(problem.hint("see what is open: citytime bills list").about(id).into());
    }
    let plan = Plan::read(tx, account).await?;
    match plan.bill(&bill, portal.city(), today) {
        Some(planned) => Ok((bill, planned)),
        None => {
            let problem =
                Problem::new(Code::Conflict, format!("no autopay rule covers {id}: it is not paid by itself"));
            Err(problem.hint("see the rules: citytime bills autopay show").about(id).into())
        }
    }
}
