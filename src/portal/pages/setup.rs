//! A payment method is added: the page of the `sandbox` processor, in place of one of a real processor's, and the page a
//! real one sends people back to. No number is asked for: what is chosen is a test method, by what becomes of it.

use maud::{Markup, html};

use super::{Page, Visit, add, hidden, notice, page};
use crate::{
    api::{
        city::PaymentKind,
        endpoint::Anyone,
        problem::{Code, Problem},
        wallet::SetupStatus,
    },
    portal::{
        error::{Error, Result},
        gateways::{processor::Processor, sandbox},
        wallet::{self, queries::SetupRow, setups},
        web::{context::Context, router::Routes},
    },
};

page! {
    /// The page on which a test method is added
    LOOK = Get "/wallet/setup" "pages.setup.show" ["session"];
    /// Add a test method, or call it off, from its page
    SET_UP = Post "/wallet/setup" "pages.setup" ["session" "choice"];
    /// The page behind the processor's own
    BACK = Get "/wallet/back" "pages.setup.back" [];
}

/// The processor sends here whoever is done with its page, or turns back: which of them it was is not told.
async fn back(_: Context<Anyone>, _: Visit) -> Result<Page> {
    let body = html! {
        p { "If you added a payment method, it is in your wallet in a moment. If you turned back, nothing was added." }
        p { "Go on in your terminal. You can close this page." }
    };
    Ok(Page::new("Back at the city", body))
}

/// What the button that calls it off sends.
const CALL_OFF: &str = "call-off";

pub(super) fn routes(routes: Routes) -> Routes {
    match routes.portal().processor() {
        Processor::Sandbox => add(add(routes, &LOOK, look), &SET_UP, set_up),
        Processor::Stripe(_) => add(routes, &BACK, back),
    }
}

async fn look(context: Context<Anyone>, visit: Visit) -> Result<Page> {
    match open(&context, &visit).await {
        Ok(setup) => Ok(form(&setup)),
        Err(error) => told(error),
    }
}

async fn set_up(context: Context<Anyone>, visit: Visit) -> Result<Page> {
    let setup = match open(&context, &visit).await {
        Ok(setup) => setup,
        Err(error) => return told(error),
    };
    let (portal, now, cause) = (&context.portal, context.now, context.cause.clone());
    let method = match visit.text("choice") {
        None => {
            let problem = Problem::new(Code::Invalid, "nothing was chosen").hint("choose one, or call it off");
            return Ok(form(&setup).mended(&problem));
        }
        Some(CALL_OFF) => {
            setups::end(portal, cause, &setup, SetupStatus::Cancelled, now).await?;
            let text = html! { p { "Nothing was added." } };
            return Ok(Page::new("Called off", html! { (notice(&text)) p { "You can close this page." } }));
        }
        // A token of another kind is none of this page's.
        Some(token) => match sandbox::method(token).and_then(|method| of_kind(method, setup.kind)) {
            Ok(method) => method,
            Err(error) if error.internal.is_none() => return Ok(form(&setup).mended(&error.problem)),
            Err(error) => return Err(error),
        },
    };
    setups::complete(portal, cause, &setup, &method, now).await?;
    let text = html! { p { strong { (setup.label.clone().unwrap_or_else(|| wallet::label(&method))) } " is in your wallet now." } };
    Ok(Page::new("Thank you", html! { (notice(&text)) p { "Go on in your terminal. You can close this page." } }))
}

fn of_kind(
    method: crate::portal::gateways::processor::Method,
    kind: PaymentKind,
) -> Result<crate::portal::gateways::processor::Method> {
    match method.kind == kind {
        true => Ok(method),
        false => Err(Error::field("/choice", "that is none of those offered here")),
    }
}

async fn open(context: &Context<Anyone>, visit: &Visit) -> Result<SetupRow> {
    setups::behind(&context.portal, visit.text("session").unwrap_or_default(), context.now).await
}

fn told(error: Error) -> Result<Page> {
    match error.internal {
        None => Ok(Page::refusal(&error.problem)),
        Some(_) => Err(error),
    }
}

fn form(setup: &SetupRow) -> Page {
    let what = match setup.kind {
        PaymentKind::Card => "card",
        PaymentKind::BankAccount | PaymentKind::BankTransfer => "bank account",
    };
    Page::new(
        format!("Add a {what}"),
        html! {
            p { "This city is made up and takes no money. In place of a number, choose what your " (what) " will do." }
            form method="post" action="setup" {
                (hidden("session", &setup.reference))
                fieldset {
                    legend { "Your " (what) }
                    @for offer in sandbox::offers(setup.kind) { (choice(&offer)) }
                }
                button { "Add it" }
            }
            form method="post" action="setup" {
                (hidden("session", &setup.reference))
                (hidden("choice", CALL_OFF))
                button class="plain" { "Call it off" }
            }
        },
    )
}

fn choice(offer: &sandbox::Offer) -> Markup {
    let sandbox::Offer { token, meaning, brand, last4 } = offer;
    html! {
        div class="choice" {
            input type="radio" name="choice" id=(token) value=(token) required;
            label for=(token) { (meaning) " " span class="quiet" { "(" (brand) " ending in " (last4) ")" } }
        }
    }
}
