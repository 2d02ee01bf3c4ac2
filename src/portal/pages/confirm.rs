//! An address is confirmed: the page the link of a mail opens.

use maud::{Markup, html};

use super::{Page, Visit, add, field, hidden, notice, page};
use crate::{
    api::{endpoint::Anyone, problem::Problem, secret::Secret},
    portal::{
        accounts::confirmation,
        codes::{Presented, Purpose},
        error::Result,
        web::{context::Context, router::Routes},
    },
};

page! {
    /// The page on which an address is confirmed
    LOOK = Get "/confirm" "pages.confirm.show" ["code"];
    /// Confirm an address, from its page
    CONFIRM = Post "/confirm" "pages.confirm" ["code"];
}

pub(super) fn routes(routes: Routes) -> Routes {
    add(add(routes, &LOOK, look), &CONFIRM, confirm)
}

async fn look(context: Context<Anyone>, visit: Visit) -> Result<Page> {
    let Some(code) = visit.secret("code") else {
        return Ok(typed(""));
    };
    match confirmation::look(&context, &code).await {
        Ok(presented) => Ok(ask(&presented, &code)),
        Err(error) if error.internal.is_none() => Ok(again(&error.problem)),
        Err(error) => Err(error),
    }
}

async fn confirm(context: Context<Anyone>, visit: Visit) -> Result<Page> {
    let code = visit.secret("code").unwrap_or(Secret::new(""));
    match confirmation::follow(&context, &code).await {
        Ok(presented) => Ok(done(&presented)),
        Err(error) if error.internal.is_none() => Ok(again(&error.problem)),
        Err(error) => Err(error),
    }
}

/// Nothing is known yet: the code is to be typed.
fn typed(code: &str) -> Page {
    Page::new(
        "Confirm an address",
        html! {
            p { "Type the code of the mail or message that brought you here." }
            form method="post" action="confirm" {
                (field("code", "Code", "Fifteen letters and digits, as in 7K3Q9-XM24H-WPT7A", "text", "one-time-code", code))
                button { "Confirm" }
            }
        },
    )
}

fn ask(presented: &Presented, code: &Secret) -> Page {
    Page::new(
        format!("Is this {} yours?", kind(presented.purpose)),
        html! {
            p { "It was given as the " (kind(presented.purpose)) " of an account here: " strong { (presented.address) } }
            form method="post" action="confirm" {
                (hidden("code", code.expose()))
                button { "Yes, it is mine" }
            }
            p { "If it was not you who gave it, close this page: nothing happens then." }
        },
    )
}

fn done(presented: &Presented) -> Page {
    let text: Markup = html! {
        p { strong { (presented.address) } " is confirmed." }
    };
    let next = html! {
        @match presented.purpose {
            Purpose::Email | Purpose::Recovery => {
                p { "Everything the portal offers is open to the account now. Go on in your terminal:" }
                p { code { "citytime account show" } }
            }
            Purpose::RecoveryEmail => p { "Should you ever lose your password, a code goes there too." },
            Purpose::Phone => p { "Messages you ask for can go there now." },
        }
        p { "You can close this page." }
    };
    Page::new("Thank you", html! { (notice(&text)) (next) })
}

fn again(problem: &Problem) -> Page {
    typed("").mended(problem)
}

fn kind(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Email | Purpose::Recovery => "e-mail address",
        Purpose::RecoveryEmail => "recovery address",
        Purpose::Phone => "phone",
    }
}
