//! Parked money: who holds what, putting it to bills, and that it was sent back.

use super::{
    booking, entries,
    rules::{self, Parts, Spread},
    told,
};
use crate::{
    api::{
        endpoint::Clerk,
        id::{AccountId, BankEntryId, BankEntryKind, BillId, MethodId, PaymentId},
        ledger::LedgerAccount,
        money::{Currency, Minor},
        page::Page,
        problem::{Code, Problem},
        reconciliation::{self, BankEntry, NewApplication, ParkedQuery, SentBack},
        refunds::PaymentCase,
        time::Timestamp,
        word::Word,
    },
    portal::{
        Portal, audit, bills,
        error::{Error, Result},
        idempotency::{Claim, Claimed},
        ledger, notices,
        payments::{self, Arrival, arrive},
        random::with_fresh_ids,
        store::{Tx, params},
        wallet,
        web::{
            context::Context,
            paging::{cut, limit, read_time_cursor, time_cursor},
            router::Routes,
        },
    },
};

/// The operations on parked money.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .list(&reconciliation::PARKED, list)
        .add(&reconciliation::APPLY, apply)
        .add(&reconciliation::GIVE_BACK, give_back)
}

async fn list(context: Context<Clerk>, (): (), query: ParkedQuery) -> Result<Page<BankEntry>> {
    let limit = limit(query.limit);
    let first = (Timestamp::from_millisecond(i64::MIN), -1);
    let behind = query.after.as_deref().map_or(Ok(first), read_time_cursor::<BankEntryKind>)?;
    let outcome = query.outcome.map(Word::as_str).unwrap_or_default();
    let read = context.portal.store().read_long(behind, move |tx, (at, id)| {
        Box::pin(async move {
            Ok::<Vec<BankEntry>, Error>(tx.rows(&entries::HELD, &params![at, id, outcome, limit.probe()]).await?)
        })
    });
    Ok(cut(read.await?, limit, |last| time_cursor(last.created_at, last.id), |entry| entry))
}

/// What is held of an entry, which nobody else changes until the unit ends, and whose it is.
async fn held(tx: &Tx<'_>, id: BankEntryId, clerk: AccountId) -> Result<(Option<AccountId>, Minor)> {
    let found: Option<(Option<AccountId>, Minor)> = tx.optional(&entries::TAKE, &params![id]).await?;
    let (account, left) = found.ok_or_else(|| Error::from(Problem::not_found("bank entry", id)))?;
    if account == Some(clerk) {
        let problem = Problem::new(Code::Forbidden, format!("{id} is your own: another clerk decides on it"));
        return Err(problem.hint("ask a colleague with the power payments").about(id).into());
    }
    if left == Minor::ZERO {
        let problem = Problem::new(Code::Conflict, format!("nothing is held of {id}"));
        return Err(problem.hint("see what is: citytime staff payments parked").about(id).into());
    }
    Ok((account, left))
}

/// What is to be done with which entry, by whom.
#[derive(Clone)]
struct Applying {
    portal: Portal,
    clerk: AccountId,
    entry: BankEntryId,
    bills: Vec<BillId>,
    amount: Option<Minor>,
    who: Option<AccountId>,
    now: Timestamp,
}

async fn apply(context: Context<Clerk>, entry: BankEntryId, input: NewApplication) -> Result<PaymentCase> {
    let (portal, clerk, now) = (&context.portal, context.account(), context.now);
    let NewApplication { bills, amount, who } = input;
    let mut seen = std::collections::HashSet::new();
    if bills.is_empty() || bills.len() > payments::MOST_BILLS || !bills.iter().all(|bill| seen.insert(*bill)) {
        return Err(Error::field("/bills", format!("name 1 to {} bills, each once", payments::MOST_BILLS)));
    }
    if amount.is_some_and(|amount| amount.0 <= 0) {
        return Err(Error::field("/amount", "amount must be above zero"));
    }
    let who = match who {
        Some(who) => Some(audit::account_of(portal.store(), who).await?),
        None => None,
    };
    let applying = Applying { portal: portal.clone(), clerk, entry, bills, amount, who, now };
    let unit = (applying, context.required_claim()?);
    let applied = with_fresh_ids(|| async {
        let fresh: (PaymentId, MethodId) = (portal.random().id()?, portal.random().id()?);
        context.write(unit.clone(), move |tx, (applying, claim)| Box::pin(put(tx, applying, claim, fresh))).await
    });
    payments::case(portal, applied.await?).await
}

/// The key, the payment and what is held less, or none of it.
async fn put(tx: &Tx<'_>, applying: &Applying, claim: &Claim, fresh: (PaymentId, MethodId)) -> Result<PaymentId> {
    let Applying { portal, clerk, entry, bills: named, amount, now, .. } = applying;
    let ((payment, method), currency) = (fresh, portal.city().currency);
    if let Claimed::Done(before) = claim.take(tx, payment.number(), *now).await? {
        return Ok(PaymentId::new(before));
    }
    let (known, left) = held(tx, *entry, *clerk).await?;
    if left < Minor::ZERO {
        let problem =
            Problem::new(Code::Conflict, format!("{entry} is money the bank took back: no bill is paid with it"));
        return Err(problem
            .hint("note the return of its payment: citytime staff payments return PAY-… --code …")
            .about(entry)
            .into());
    }
    let account = whose(tx, applying, known).await?;
    let asked = amount.unwrap_or(left);
    if asked > left {
        return Err(too_large(asked, left, &format!("is held of {entry}"), currency));
    }
    let method = wallet::queries::by_transfer(tx, method, account, *now).await?;
    for &bill in named {
        bills::refuse_own(tx, bill, *clerk).await?;
        if bills::queries::find(tx, account, bill).await?.is_none() {
            let problem = Problem::not_found("bill", bill).hint("parked money goes to bills of whoever it is of");
            return Err(problem.into());
        }
    }
    let rows = booking::taken(tx, named).await?;
    // A clerk decides whether part of a bill is taken.
    let Spread { parts, why, left: over } = rules::spread(&rows, asked, Parts::Any, portal.city());
    let used = Minor(asked.0 - over.0);
    if parts.is_empty() {
        return Err(Problem::new(Code::NothingDue, why.join("; "))
            .hint("name other bills, or give the money back")
            .into());
    }
    if amount.is_some() && over != Minor::ZERO {
        return Err(too_large(asked, used, "is payable of these bills", currency));
    }
    tx.execute(&entries::APPLY, &params![*entry, used, account]).await?;
    let title = payments::title(&parts, &rows);
    let held = LedgerAccount::Unapplied;
    arrive(tx, portal, Arrival { payment, account, method, parts, title, held, entry: *entry }, *now).await?;
    Ok(payment)
}

fn too_large(asked: Minor, most: Minor, what: &str, currency: Currency) -> Error {
    let (shown, left) = (asked.display(currency), most.display(currency));
    let problem = Problem::new(Code::AmountTooLarge, format!("{shown} is more than the {left} that {what}"));
    problem.hint(format!("take at most --amount {}", most.decimal(currency))).into()
}

/// Whose the money is: known, said, or whoever alone owes the first of the bills.
async fn whose(tx: &Tx<'_>, applying: &Applying, known: Option<AccountId>) -> Result<AccountId> {
    let Applying { entry, bills: named, who, .. } = applying;
    match (known, *who) {
        (Some(known), Some(who)) if known != who => {
            let problem = Problem::new(Code::Conflict, format!("{entry} is another's: {known}"));
            Err(problem.hint("leave --who out").about(entry).into())
        }
        (Some(account), _) | (None, Some(account)) => Ok(account),
        (None, None) => {
            let Some(&bill) = named.first() else { return Err(Error::internal("parked money goes to no bill")) };
            let debtors = bills::queries::debtors(tx, bill).await?;
            let [debtor] = debtors.as_slice() else {
                let problem =
                    Error::field("/who", format!("{} people owe {bill}: say whose the money is", debtors.len()));
                return Err(problem);
            };
            Ok(*debtor)
        }
    }
}

async fn give_back(context: Context<Clerk>, id: BankEntryId, input: SentBack) -> Result<BankEntry> {
    let (portal, clerk, now) = (&context.portal, context.account(), context.now);
    let unit = (portal.clone(), bills::reason(&input.reason)?, context.required_claim()?);
    let write = context.write(unit, move |tx, (portal, reason, claim)| {
        Box::pin(async move {
            if claim.take(tx, id.number(), now).await? == Claimed::Fresh {
                let (account, left) = held(tx, id, clerk).await?;
                tx.execute(&entries::GIVE_BACK, &params![id, left]).await?;
                ledger::post(tx, &ledger::Entry::unpark(id, left, reason, now)).await?;
                if let Some(account) = account {
                    let notice = told::sent_back(id, left, reason, portal.city().currency);
                    notices::tell(tx, portal, account, &notice, now).await?;
                }
            }
            Ok::<BankEntry, Error>(tx.one(&entries::CASE, &params![id]).await?)
        })
    });
    write.await
}
