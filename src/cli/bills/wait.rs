//! Waiting until a payment is settled. The portal does not push: it is asked, less often as time goes by.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

use crate::{
    api::{
        endpoint::Empty,
        id::PaymentId,
        payments::{Payment, PaymentStatus, SHOW},
        problem::Code,
    },
    cli::Context,
    failure::{Failure, Result},
};

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// Asks for a payment until its state is final, for as long as `limit`. One that failed or came back is a failure.
pub(super) async fn until_settled(context: &mut Context, payment: Payment, limit: Duration) -> Result<Payment> {
    let id = payment.id;
    let portal = context.portal().await?;
    let _progress = context.ui.progress(&format!("waiting for {id} to settle"), None);
    let asking = async {
        let pauses = ExponentialBuilder::new().with_min_delay(FIRST_PAUSE).with_max_delay(LONGEST_PAUSE);
        let mut payment = payment;
        for pause in pauses.without_max_times().build() {
            if payment.status.is_final() {
                break;
            }
            tokio::time::sleep(pause).await;
            payment = match portal.call(&SHOW, id, &Empty {}).await {
                Ok(payment) => payment,
                // A portal that cannot be reached for a while is asked again: the payment goes on without it.
                Err(failure) if failure.code.exit() == Code::Network.exit() => payment,
                Err(failure) => return Err(made(id, failure)),
            };
        }
        Ok::<_, Failure>(payment)
    };
    match tokio::time::timeout(limit, asking).await {
        Ok(settled) => outcome(settled?),
        Err(_) => {
            let mut failure = Failure::new(Code::StillPending, format!("{id} is not settled yet"));
            failure.subject = Some(id.to_string());
            Err(failure.hint(format!("it was made, and goes on by itself; look again: `citytime bills receipt {id}`")))
        }
    }
}

/// A failure to look at a payment, which says that it was made all the same.
fn made(id: PaymentId, failure: Failure) -> Failure {
    let message = format!("{id} was made, but cannot be looked at: {}", failure.message);
    Failure { message, subject: Some(id.to_string()), ..failure }
}

/// A payment that was asked for, unless it failed.
pub(in crate::cli) fn outcome(payment: Payment) -> Result<Payment> {
    if !matches!(payment.status, PaymentStatus::Failed | PaymentStatus::Returned) {
        return Ok(payment);
    }
    let told = payment.failure.as_ref();
    let why = told.map_or_else(|| format!("it is {}", payment.status), |failure| failure.detail.clone());
    let code = told.map_or(Code::Declined, |failure| failure.code);
    let mut failure = Failure::new(code, format!("{} was not paid: {why}", payment.id));
    failure.subject = Some(payment.id.to_string());
    Err(failure.hint("pay with another method: `citytime wallet list` shows those you have"))
}
