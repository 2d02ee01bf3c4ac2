//! Quote, ask, list, show.

use futures_util::{future::try_join_all, try_join};

use super::{
    parked,
    queries::{self, TransferRow},
    reconcile, rules,
};
use crate::{
    api::{
        city::PaymentKind,
        endpoint::{Empty, SignedIn},
        id::{AccountId, BillId, TransferId, TransferKind},
        page::Page,
        payments::Quote,
        problem::{Code, Problem},
        transfers::{self, NewTransfer, Transfer, TransferQuery},
    },
    portal::{
        Portal,
        city::bank::{AccountNumber, BankAccount},
        error::{Error, Result},
        idempotency::{Claim, Claimed},
        payments::{self, Allocated, Asked},
        random::with_fresh_ids,
        store::{Tx, params},
        web::{
            context::Context,
            paging::{cut, newest, read_time_cursor, short_limit, time_cursor},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    let routes = parked::routes(reconcile::routes(routes));
    routes
        .add(&transfers::QUOTE, quote)
        .add(&transfers::ASK, ask)
        .list(&transfers::LIST, list)
        .add(&transfers::SHOW, show)
}

/// The account money is sent to.
pub(super) fn account(portal: &Portal) -> Result<&BankAccount> {
    let none = || {
        let problem = Problem::new(Code::NoMethod, "this city takes no bank transfers");
        problem.hint("pay with a saved method: citytime wallet list").into()
    };
    portal.city().bank.as_ref().ok_or_else(none)
}

/// Whoever asks for which bills; refused where the city has no account.
fn asked(context: &Context<SignedIn>, new: NewTransfer) -> Result<Asked> {
    account(&context.portal)?;
    let new = new.into();
    payments::check(&new)?;
    let (account, now, today) = (context.account(), context.now, context.today);
    Ok(Asked { portal: context.portal.clone(), account, token: None, new, now, today })
}

/// What the money is for.
async fn allocated(tx: &Tx<'_>, asked: &Asked) -> Result<Allocated> {
    asked.allocate(&asked.bills(tx).await?, PaymentKind::BankTransfer)
}

async fn quote(context: Context<SignedIn>, (): (), input: NewTransfer) -> Result<Quote> {
    let asked = asked(&context, input)?;
    let currency = context.portal.city().currency;
    let read = context.portal.store().read(asked, move |tx, asked| {
        Box::pin(async move {
            let Allocated { allocations: lines, fee, total, .. } = allocated(tx, asked).await?;
            Ok::<_, Error>(Quote { lines, fee, total, currency, method: None })
        })
    });
    read.await
}

async fn ask(context: Context<SignedIn>, (): (), input: NewTransfer) -> Result<Transfer> {
    let portal = &context.portal;
    let unit = (asked(&context, input)?, context.required_claim()?);
    let intended = with_fresh_ids(|| async {
        let id: TransferId = portal.random().id()?;
        context.write(unit.clone(), move |tx, (asked, claim)| Box::pin(write_down(tx, asked, claim, id))).await
    });
    load(portal, context.account(), intended.await?).await
}

/// The key and the transfer, or neither. Who asks for the same again, and nothing has arrived, is told the same.
async fn write_down(tx: &Tx<'_>, asked: &Asked, claim: &Claim, id: TransferId) -> Result<TransferId> {
    let allocated = allocated(tx, asked).await;
    let meant = allocated.map(|Allocated { allocations, amount, .. }| {
        let bills: Vec<BillId> = allocations.into_iter().map(|part| part.bill).collect();
        (rules::asked(amount, &bills), amount, bills)
    });
    let same: Option<(TransferId,)> = match &meant {
        Ok((digest, ..)) => tx.optional(&queries::SAME, &params![asked.account, digest]).await?,
        Err(_) => None,
    };
    let known = same.map(|(known,)| known);
    if let Claimed::Done(before) = claim.take(tx, known.unwrap_or(id).number(), asked.now).await? {
        return Ok(TransferId::new(before));
    }
    let (digest, amount, bills) = meant?;
    if let Some(known) = known {
        tx.nothing_new();
        return Ok(known);
    }
    tx.about(id);
    let row = params![id, asked.account, amount, digest, asked.now];
    if tx.execute(&queries::INSERT, &row).await? == 0 {
        return Err(Error::taken("the same transfer was asked for at the same time"));
    }
    let parts = bills.iter().zip(0_i64..).map(async |(&bill, place)| {
        tx.about(bill);
        tx.execute(&queries::INSERT_BILL, &params![id, place, bill]).await
    });
    try_join_all(parts).await?;
    Ok(id)
}

async fn list(context: Context<SignedIn>, (): (), query: TransferQuery) -> Result<Page<Transfer>> {
    let (portal, payer, limit) = (&context.portal, context.account(), short_limit(query.limit));
    let behind = query.after.as_deref().map_or_else(|| Ok(newest()), read_time_cursor::<TransferKind>)?;
    let open = i64::from(query.open.unwrap_or_default());
    let read = portal.store().read(behind, move |tx, &(at, id)| {
        Box::pin(async move {
            let most = limit.probe();
            let rows: Vec<TransferRow> = tx.rows(&queries::LIST, &params![payer, at, id, open, most]).await?;
            try_join_all(rows.into_iter().map(async |row| Ok::<_, Error>((queries::bills(tx, row.id).await?, row))))
                .await
        })
    });
    let found = read.await?.into_iter().map(|(bills, row)| seen(portal, &row, bills)).collect::<Result<Vec<_>>>()?;
    Ok(cut(found, limit, |last| time_cursor(last.created_at, last.id), |transfer| transfer))
}

async fn load(portal: &Portal, payer: AccountId, id: TransferId) -> Result<Transfer> {
    let read = portal.store().read(id, move |tx, &id| {
        Box::pin(async move {
            let row = async { Ok(tx.optional::<TransferRow>(&queries::FIND, &params![id, payer]).await?) };
            try_join!(row, queries::bills(tx, id))
        })
    });
    let (row, bills) = read.await?;
    let row = row.ok_or_else(|| Error::from(Problem::not_found("transfer", id)))?;
    seen(portal, &row, bills)
}

/// A transfer as its payer sees it.
fn seen(portal: &Portal, row: &TransferRow, bills: Vec<BillId>) -> Result<Transfer> {
    let BankAccount { holder, bank, number } = account(portal)?.clone();
    let (iban, bic, routing_number, account_number) = match number {
        AccountNumber::Iban(iban, bic) => (Some(iban), bic, None, None),
        AccountNumber::Domestic(routing, account) => (None, None, Some(routing), Some(account)),
    };
    Ok(Transfer {
        id: row.id,
        status: rules::status(row.amount, row.received),
        holder,
        iban,
        bic,
        routing_number,
        account_number,
        bank,
        reference: rules::reference(row.id)?,
        amount: row.amount,
        received: row.received,
        currency: portal.city().currency,
        bills,
        created_at: row.created_at,
    })
}

async fn show(context: Context<SignedIn>, id: TransferId, _: Empty) -> Result<Transfer> {
    load(&context.portal, context.account(), id).await
}
