//! A household: who it is, what it owes and has paid, and how it moves in, by the portal's own rules and queries.

use super::people::Person;
use crate::{
    api::{
        id::{AccountId, BillId, MethodId, PaymentId, RecordId},
        payments::NewPayment,
        secret::Secret,
        staff::{BillLine, RecordLine},
        time::{Timestamp, When},
    },
    portal::{
        Portal,
        accounts::{self, Checked, Post},
        bills,
        error::{Error, Result},
        gateways::sandbox,
        history::{self, Entry},
        idempotency::Claim,
        payments::{self, Asked},
        records,
        store::Tx,
        wallet,
    },
};

/// Who has a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct People {
    /// The resident whose life is told in full.
    pub(super) rosa: AccountId,
    /// Her neighbour.
    pub(super) tomas: AccountId,
    /// The clerk.
    pub(super) nadia: AccountId,
}

/// A person with a role, records and what became of their bills.
#[derive(Debug, Clone)]
pub(super) struct Household {
    pub(super) account: AccountId,
    pub(super) person: Person,
    pub(super) phone: Option<String>,
    pub(super) password: String,
    pub(super) post: Post,
    pub(super) moved_in: Timestamp,
    pub(super) records: Vec<(RecordId, RecordLine)>,
    /// Records of somebody else that are linked too.
    pub(super) shared: Vec<RecordId>,
    pub(super) methods: Vec<(MethodId, &'static str)>,
    pub(super) bills: Vec<Past>,
}

/// A bill, and the day it was paid.
#[derive(Debug, Clone)]
pub(super) struct Past {
    pub(super) id: BillId,
    pub(super) record: RecordId,
    pub(super) line: BillLine,
    pub(super) paid: Option<(PaymentId, Timestamp)>,
}

/// One household's past, in the unit that moves it in.
pub(super) async fn move_in(tx: &Tx<'_>, portal: &Portal, household: &Household) -> Result<()> {
    let Household { account, person, phone, password, post, moved_in, .. } = household;
    let (account, moved_in) = (*account, *moved_in);
    let checked = Checked {
        username: person.username.clone(),
        password: Secret::new(""),
        name: person.name.clone(),
        email: person.email.clone(),
        phone: phone.clone(),
        address: Some(person.address.clone()),
        recovery_email: None,
        terms_version: portal.city().terms.version.clone(),
    };
    accounts::queries::insert(tx, account, &checked, password, post, moved_in).await?;
    history::record(tx, account, Entry::account(moved_in, account, "Account created", "active")).await?;
    for (record, line) in &household.records {
        taken(records::import(tx, portal, *record, line, moved_in).await?)?;
        records::queries::link(tx, account, *record, moved_in).await?;
        let title = format!("Record linked: {}", line.number);
        history::record(tx, account, Entry::account(moved_in, *record, title, "linked")).await?;
    }
    for record in &household.shared {
        records::queries::link(tx, account, *record, moved_in).await?;
    }
    for (method, token) in &household.methods {
        let known = sandbox::method(token)?;
        let label = wallet::label(&known);
        wallet::queries::insert(tx, *method, account, &known, &label, moved_in).await?;
    }
    for past in &household.bills {
        let issued_on = past.line.issued_on;
        let issued = When::On(issued_on).start(issued_on, &portal.city().zone);
        taken(bills::queries::import(tx, past.id, past.record, &past.line, issued).await?)?;
        if let Some((payment, at)) = past.paid {
            pay(tx, portal, account, past.id, payment, at).await?;
        }
    }
    Ok(())
}

/// Pays a bill in the past, with the default method.
pub(super) async fn pay(
    tx: &Tx<'_>,
    portal: &Portal,
    account: AccountId,
    bill: BillId,
    payment: PaymentId,
    at: Timestamp,
) -> Result<()> {
    let new = NewPayment { bills: vec![bill], ..NewPayment::default() };
    let asked = Asked { portal: portal.clone(), account, token: None, new, now: at, today: portal.today(at) };
    let claim = Claim::new(Some(account), format!("sandbox-{payment}"), "sandbox", b"");
    payments::pay_at_once(tx, &asked, &claim, payment).await
}

pub(super) fn taken<T>(outcome: Result<T, String>) -> Result<()> {
    outcome.map(drop).map_err(Error::internal)
}
