//! What became of a charge, committed: the payment's state, the bills' columns, the postings and the history together.

use futures_util::future::try_join_all;

use super::{queries, told};
use crate::{
    api::{
        id::{AccountId, PaymentId, TokenId},
        ledger::LedgerAccount,
        money::Minor,
        payments::{Allocation, PaymentFailure, PaymentStatus},
        problem::Code,
        time::{Date, Timestamp},
    },
    portal::{
        Portal,
        audit::{self, Cause},
        bills,
        error::{Error, Result},
        fees,
        gateways::processor::{Attempt, Charge},
        history,
        ledger::{self, Entry, Paid},
        notices,
        store::{Tx, params},
        tokens,
    },
};

/// What settling is called in the audit trail.
pub(crate) const SETTLE: &str = "payments.settle";
/// How many payments the reconciler reads at once.
const PAGE: i64 = 200;

/// A payment whose charge is to be asked for, or asked about.
#[derive(Debug, Clone)]
pub struct Intent {
    /// Whose it is.
    pub account: AccountId,
    /// At whose asking.
    pub asked_by: AskedBy,
    /// Where it stands.
    pub status: PaymentStatus,
    /// What goes to the bills; the rest of the charge is the fee.
    pub amount: Minor,
    /// Where it counts.
    pub spent: Option<Spent>,
    /// What it is called in the history.
    pub title: String,
    /// The charge.
    pub attempt: Attempt,
    /// Where the money is once it has arrived.
    pub held: LedgerAccount,
}

/// At whose asking a payment is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// Its payer's, at that moment.
    Resident,
    /// The portal's, by a rule its payer had set.
    Autopay,
}

/// The token a payment was made with, and the day it counts on.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    /// The token.
    pub token: TokenId,
    /// The day.
    pub day: Date,
}

/// Asks the processor, and commits what it said. Anyone may do this for a payment, any number of times.
pub async fn charge(portal: &Portal, cause: Cause, intent: Intent, allocations: Vec<Allocation>) -> Result<()> {
    let now = portal.clock().now();
    let (status, failure) = match portal.processor().charge(&intent.attempt, now).await? {
        Charge::Succeeded => (PaymentStatus::Succeeded, None),
        Charge::Processing => (PaymentStatus::Processing, None),
        Charge::Failed(failure) => (PaymentStatus::Failed, Some(failure)),
        Charge::Returned(failure) => (PaymentStatus::Returned, Some(failure)),
    };
    if status == intent.status {
        return Ok(());
    }
    let result = Outcome { portal: portal.clone(), intent, allocations, status, failure, now };
    let cause = cause.about(result.intent.attempt.payment);
    let write = audit::write(portal.store(), cause, now, result, |tx, result| Box::pin(commit(tx, result)));
    match write.await {
        // Somebody else committed it first: a reconciler, or the request itself.
        Err(Commit::MovedOn) => Ok(()),
        Err(Commit::Failed(error)) => Err(error),
        Ok(()) => Ok(()),
    }
}

struct Outcome {
    portal: Portal,
    intent: Intent,
    allocations: Vec<Allocation>,
    status: PaymentStatus,
    failure: Option<PaymentFailure>,
    now: Timestamp,
}

/// Why a result was not committed.
#[derive(Debug)]
enum Commit {
    MovedOn,
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Commit {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Commits that a charge succeeded, inside a larger unit.
pub(super) async fn commit_success(
    tx: &Tx<'_>,
    portal: &Portal,
    intent: Intent,
    allocations: Vec<Allocation>,
    now: Timestamp,
) -> Result<()> {
    let status = PaymentStatus::Succeeded;
    let outcome = Outcome { portal: portal.clone(), intent, allocations, status, failure: None, now };
    match commit(tx, &outcome).await {
        Ok(()) => Ok(()),
        Err(Commit::MovedOn) => Err(Error::internal("a payment settled itself")),
        Err(Commit::Failed(error)) => Err(error),
    }
}

async fn commit(tx: &Tx<'_>, outcome: &Outcome) -> Result<(), Commit> {
    let Outcome { portal, intent, allocations, status, failure, now } = outcome;
    let id = intent.attempt.payment;
    let settled_at = status.is_final().then_some(*now);
    let (code, detail) =
        (failure.as_ref().map(|failure| failure.code), failure.as_ref().map(|failure| &failure.detail));
    let moved = async {
        match tx.execute(&queries::MOVE, &params![id, *status, settled_at, code, detail]).await? {
            1 => Ok(()),
            _ => Err(Commit::MovedOn),
        }
    };
    // Of what fails, nothing was spent. Sent before the bills are: whoever locks both locks them in this order.
    let given_back = async {
        match intent.spent.filter(|_| matches!(status, PaymentStatus::Failed | PaymentStatus::Returned)) {
            Some(Spent { token, day }) => {
                tokens::queries::give_back(tx, token, day, intent.attempt.amount).await.map_err(Commit::from)
            }
            None => Ok(()),
        }
    };
    let bills = async {
        let parts = bills::queries::in_lock_order(allocations, |part| part.bill);
        let succeeded = *status == PaymentStatus::Succeeded;
        let settled = parts.into_iter().filter(|_| *status != PaymentStatus::Processing).map(async |part| {
            let part = params![part.bill, part.amount];
            if succeeded {
                return Ok(fees::read(tx.one(&queries::SETTLE, &part).await?));
            }
            tx.execute(&queries::RELEASE, &part).await?;
            Ok::<_, Error>(None)
        });
        Ok::<_, Commit>(try_join_all(settled).await?)
    };
    let postings = async {
        if *status == PaymentStatus::Succeeded {
            let fee = Minor(intent.attempt.amount.0 - intent.amount.0);
            let paid = Paid { payment: id, parts: allocations, fee, held: intent.held };
            Ok(ledger::post(tx, &Entry::payment(&paid, *now)).await?)
        } else {
            Ok::<_, Commit>(())
        }
    };
    let entry = async {
        let (at, status) = (intent.attempt.created_at, status.to_string());
        Ok(history::restate(tx, intent.account, at, id.number(), &status).await?)
    };
    let told = async {
        match told::notice(intent, allocations, *status, failure.as_ref()) {
            Some(notice) => Ok(notices::tell(tx, portal, intent.account, &notice, *now).await?),
            None => Ok::<_, Commit>(()),
        }
    };
    let ((), (), settled, (), (), ()) = futures_util::try_join!(moved, given_back, bills, postings, entry, told)?;
    for fee in settled.into_iter().flatten() {
        fees::paid(tx, portal, fee, *now).await?;
    }
    Ok(())
}

/// Settles whatever is open: what a crash left between intent and result, and what was on its way. Asking again under
/// the same key never charges twice.
pub async fn reconcile(portal: &Portal) -> Result<u64> {
    let currency = portal.city().currency;
    let mut behind = (Timestamp::from_millisecond(0), PaymentId::new(0));
    let mut asked = 0;
    loop {
        let page = portal.store().read(behind, |tx, behind| {
            Box::pin(async move {
                let open = queries::open(tx, *behind, PAGE).await?;
                let mut intents = Vec::with_capacity(open.len());
                for row in open {
                    let allocations = queries::allocations(tx, row.id).await?;
                    intents.push((row, allocations));
                }
                Ok::<_, Error>(intents)
            })
        });
        let page = page.await?;
        let Some((last, _)) = page.last() else {
            return Ok(asked);
        };
        behind = (last.created_at, last.id);
        for (row, allocations) in page {
            let attempt = Attempt {
                payment: row.id,
                reference: row.reference,
                amount: Minor(row.amount.0 + row.fee.0),
                currency,
                created_at: row.created_at,
            };
            let spent = row.token.zip(row.spent_on).map(|(token, day)| Spent { token, day });
            let (account, status, amount, title) = (row.account, row.status, row.amount, row.title);
            let held = LedgerAccount::ProcessorClearing;
            let asked_by = if row.autopay { AskedBy::Autopay } else { AskedBy::Resident };
            let intent = Intent { account, asked_by, status, amount, spent, title, attempt, held };
            match charge(portal, Cause::portal(SETTLE), intent, allocations).await {
                Ok(()) => asked += 1,
                Err(error) if error.problem.code == Code::Unavailable => return Err(error),
                // One payment that cannot be settled keeps no other from being.
                Err(error) => tracing::error!(payment = %row.id, %error, "not settled; the next round asks again"),
            }
        }
    }
}
