//! A method is added on a page of Checkout (`mode=setup`): begun here, completed there, and looked at until it is.

use super::{
    Stripe,
    http::{Answer, Call},
    objects::{CheckoutSession, SetupIntent},
};
use crate::{
    api::{city::PaymentKind, money::Currency, time::Timestamp},
    portal::{
        city::payments::debit,
        error::{Error, Result},
        gateways::processor::{Beginning, Progress, Session},
    },
};

impl Stripe {
    /// Makes a page on which a customer adds a method; it sends them on to the portal's own when they are done.
    pub(crate) async fn begin(
        &self,
        customer: &str,
        beginning: &Beginning,
        currency: Currency,
        back: &str,
    ) -> Result<Session> {
        let kind = match beginning.kind {
            PaymentKind::Card => Some("card"),
            PaymentKind::BankAccount => debit(currency),
            PaymentKind::BankTransfer => None,
        };
        let kind =
            kind.ok_or_else(|| Error::field("/kind", format!("no {} methods are saved here", beginning.kind)))?;
        let call = Call::post("/v1/checkout/sessions")
            .field("mode", "setup")
            .field("customer", customer)
            .field("payment_method_types[]", kind)
            .field("client_reference_id", beginning.setup.to_string())
            .field("metadata[setup]", beginning.setup.to_string())
            .field("expires_at", beginning.until.as_millisecond().div_euclid(1000).to_string())
            .field("success_url", back)
            .field("cancel_url", back)
            .key(beginning.setup.to_string());
        let session: CheckoutSession = self.must(call, "a page").await?;
        let url = session.url.ok_or_else(|| Answer::Unknown("the page has no address".to_owned()).failed("a page"))?;
        let until = session.expires_at.map(|second| Timestamp::from_millisecond(second.saturating_mul(1000)));
        Ok(Session { reference: session.id, url, expires_at: until.unwrap_or(beginning.until) })
    }

    /// Asks how a page stands.
    pub(crate) async fn look(&self, reference: &str) -> Result<Progress> {
        let call =
            Call::get(format!("/v1/checkout/sessions/{reference}")).field("expand[]", "setup_intent.payment_method");
        let session: CheckoutSession = match self.ask(call).await {
            // It was made by another account: nobody completes it here.
            Answer::Refused { status: 404, .. } => return Ok(Progress::Expired),
            answer => answer.read("a page")?,
        };
        match (session.status.as_str(), session.setup_intent, session.customer) {
            ("complete", Some(intent), Some(customer)) => {
                let intent: SetupIntent = serde_json::from_value(intent).map_err(Error::internal)?;
                // A bank account may have to be verified first, which takes days: until then there is no method.
                match intent.payment_method {
                    Some(method) => method.saved(&customer).map(Progress::Completed),
                    None => Ok(Progress::Open),
                }
            }
            ("expired", ..) => Ok(Progress::Expired),
            _ => Ok(Progress::Open),
        }
    }

    /// Has a page wait no longer. One that has ended is left as it is: the next look tells.
    pub(crate) async fn call_off(&self, reference: &str) -> Result<()> {
        match self.ask(Call::post(format!("/v1/checkout/sessions/{reference}/expire"))).await {
            Answer::Done(_) | Answer::Refused { status: 400 | 404, .. } => Ok(()),
            other => Err(other.failed("a page")),
        }
    }
}
