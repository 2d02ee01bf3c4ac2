//! Add, list, remove and prefer payment methods.

use super::{
    queries::{self, MethodRow},
    setups,
};
use crate::{
    api::{
        endpoint::{Empty, SignedIn},
        id::{AccountId, MethodId},
        page::Page,
        problem::Problem,
        wallet::{self, MethodQuery, NewMethod, PaymentMethod},
    },
    portal::{
        autopay,
        error::{Error, Result},
        gateways::processor::Method,
        history::{self, Entry},
        idempotency::{Claim, Claimed},
        random::with_fresh_ids,
        store::Tx,
        web::{
            context::Context,
            paging::{cut, id_cursor, limit},
            router::Routes,
        },
    },
};

/// The longest label, in characters.
const LONGEST_LABEL: usize = 60;

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .add(&wallet::ADD, add)
        .add(&wallet::SET_UP, setups::begin)
        .add(&wallet::SETUP, setups::show)
        .add(&wallet::CANCEL, setups::cancel)
        .list(&wallet::LIST, list)
        .add(&wallet::REMOVE, remove)
        .add(&wallet::DEFAULT, prefer)
}

async fn add(context: Context<SignedIn>, (): (), input: NewMethod) -> Result<PaymentMethod> {
    let (portal, now, account) = (&context.portal, context.now, context.account());
    check_label(input.label.as_deref())?;
    let method = portal.processor().keep(portal, account, input.token.trim(), now).await?;
    if !portal.city().payment_kinds.contains(&method.kind) {
        return Err(Error::field("/token", format!("this city takes no {} payments", method.kind)));
    }
    let typed = input.label.as_deref().map(str::trim).filter(|label| !label.is_empty());
    let label = typed.map_or_else(|| label(&method), str::to_owned);
    let unit = std::sync::Arc::new((method, label, context.claim.clone()));
    with_fresh_ids(|| async {
        let id: MethodId = portal.random().id()?;
        let write = context.write(unit.clone(), move |tx, unit| {
            Box::pin(async move {
                let (method, label, claim) = &**unit;
                if let Claimed::Done(made) = Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? {
                    return found(tx, account, MethodId::new(made)).await;
                }
                tx.about(id);
                queries::insert(tx, id, account, method, label, now).await?;
                let title = format!("Payment method added: {label}");
                history::record(tx, account, Entry::account(now, id, title, "active")).await?;
                found(tx, account, id).await
            })
        });
        write.await.map(PaymentMethod::from)
    })
    .await
}

/// What a method is called unless its owner says: `Visa ending in 4242`.
pub(crate) fn label(method: &Method) -> String {
    let mut letters = method.brand.chars();
    let brand: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    format!("{brand} ending in {}", method.last4)
}

/// Refuses a label that is too long.
pub(super) fn check_label(label: Option<&str>) -> Result<()> {
    match label {
        Some(label) if label.chars().count() > LONGEST_LABEL => {
            Err(Error::field("/label", format!("a label has at most {LONGEST_LABEL} characters")))
        }
        _ => Ok(()),
    }
}

async fn list(context: Context<SignedIn>, (): (), query: MethodQuery) -> Result<Page<PaymentMethod>> {
    let account = context.account();
    let behind: MethodId = id_cursor(query.after.as_deref())?;
    let limit = limit(query.limit);
    let read =
        context.portal.store().read((), move |tx, ()| Box::pin(queries::list(tx, account, behind, limit.probe())));
    Ok(cut(read.await?, limit, |last| last.id.to_string(), PaymentMethod::from))
}

async fn remove(context: Context<SignedIn>, id: MethodId, _: Empty) -> Result<PaymentMethod> {
    let (account, now) = (context.account(), context.now);
    let write = context.write((context.portal.clone(), id), move |tx, &(ref portal, id)| {
        Box::pin(async move {
            let method = found(tx, account, id).await?;
            queries::remove(tx, account, &method, now).await?;
            autopay::method_removed(tx, portal, account, &method, now).await?;
            let title = format!("Payment method removed: {}", method.label);
            history::record(tx, account, Entry::account(now, id, title, "removed")).await?;
            Ok::<_, Error>(MethodRow { preferred: false, ..method })
        })
    });
    write.await.map(PaymentMethod::from)
}

async fn prefer(context: Context<SignedIn>, id: MethodId, _: Empty) -> Result<PaymentMethod> {
    let (account, now) = (context.account(), context.now);
    let write = context.write(context.claim.clone(), move |tx, claim| {
        Box::pin(async move {
            found(tx, account, id).await?;
            if Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? == Claimed::Fresh {
                queries::prefer(tx, account, id).await?;
            }
            found(tx, account, id).await
        })
    });
    write.await.map(PaymentMethod::from)
}

async fn found(tx: &Tx<'_>, account: AccountId, id: MethodId) -> Result<MethodRow> {
    let method = queries::find(tx, account, Some(id)).await?;
    method.ok_or_else(|| Problem::not_found("payment method", id).into())
}
