//! A new password: the pages for whoever lost theirs.

use maud::html;

use super::{Page, Visit, add, field, hidden, notice, page};
use crate::{
    api::{
        endpoint::Anyone,
        problem::{Code, FieldError, Problem},
        secret::Secret,
    },
    portal::{
        error::{Error, Result},
        recovery::{self, finish},
        web::{context::Context, router::Routes},
    },
};

page! {
    /// The page on which a new password is set
    LOOK = Get "/reset" "pages.reset.show" ["code"];
    /// Set a new password, from its page
    RESET = Post "/reset" "pages.reset" ["code" "password" "again"];
    /// The page on which a code for a new password is asked for
    ASK = Get "/recover" "pages.recover.show" [];
    /// Ask for a code for a new password, from its page
    RECOVER = Post "/recover" "pages.recover" ["username"];
}

pub(super) fn routes(routes: Routes) -> Routes {
    let routes = add(add(routes, &LOOK, look), &RESET, reset);
    add(add(routes, &ASK, ask), &RECOVER, recover)
}

async fn look(context: Context<Anyone>, visit: Visit) -> Result<Page> {
    let Some(code) = visit.secret("code") else {
        return Ok(typed());
    };
    match finish::look(&context, &code).await {
        Ok(owner) => Ok(form(&owner.username, &code)),
        Err(error) => told(error, typed),
    }
}

async fn reset(context: Context<Anyone>, visit: Visit) -> Result<Page> {
    let code = visit.secret("code").unwrap_or(Secret::new(""));
    // A code that does not hold is told before anything about the password.
    let owner = match finish::look(&context, &code).await {
        Ok(owner) => owner,
        Err(error) => return told(error, typed),
    };
    let form = || form(&owner.username, &code);
    let (Some(password), Some(again)) = (visit.secret("password"), visit.secret("again")) else {
        return Ok(match visit.secret("password").or(visit.secret("again")) {
            // The code was typed on the page before.
            None => form(),
            Some(_) => form().mended(&differ()),
        });
    };
    if password != again {
        return Ok(form().mended(&differ()));
    }
    match finish::finish(&context, &code, password).await {
        Ok(recovered) => Ok(done(&recovered)),
        Err(error) => told(error, form),
    }
}

async fn ask(_: Context<Anyone>, _: Visit) -> Result<Page> {
    Ok(asked())
}

async fn recover(context: Context<Anyone>, visit: Visit) -> Result<Page> {
    let username = visit.text("username").unwrap_or_default();
    match recovery::begin(&context, username).await {
        Ok(started) => {
            let text = html! { p { (started.detail) } };
            let body = html! {
                (notice(&text))
                p { "The code holds for " (started.code_minutes) " minutes. Nothing has come? Look where unwanted mail goes, or ask again in five minutes." }
                p { a href="reset" { "I have a code" } }
            };
            Ok(Page::new("Look into your mail", body))
        }
        Err(error) => told(error, asked),
    }
}

/// A refusal is shown above the page it is about; a failure is a page of its own.
fn told(error: Error, page: impl FnOnce() -> Page) -> Result<Page> {
    if error.internal.is_some() || error.problem.code == Code::Unavailable {
        return Err(error);
    }
    Ok(page().mended(&error.problem))
}

fn differ() -> Problem {
    let detail = "the two passwords are not the same";
    Problem { errors: vec![FieldError::new("/again", detail)], ..Problem::new(Code::Invalid, detail) }
        .hint("type the new password twice")
}

fn typed() -> Page {
    Page::new(
        "Set a new password",
        html! {
            p { "Type the code of the mail that brought you here." }
            form method="post" action="reset" {
                (field("code", "Code", "Fifteen letters and digits, as in 7K3Q9-XM24H-WPT7A", "text", "one-time-code", ""))
                button { "Go on" }
            }
            p { a href="recover" { "Get another code" } }
        },
    )
}

fn form(username: &str, code: &Secret) -> Page {
    Page::new(
        "Set a new password",
        html! {
            p { "For the account " strong { (username) } ". Once it is set, everybody who is signed in is signed out." }
            form method="post" action="reset" {
                (hidden("code", code.expose()))
                // For whoever keeps passwords: whose it is.
                input type="text" name="username" value=(username) autocomplete="username" readonly hidden;
                (field("password", "New password", "At least 15 characters: a sentence of your own is long and easy to keep in mind", "password", "new-password", ""))
                (field("again", "The same again", "So that a slip of the finger does not lock you out", "password", "new-password", ""))
                button { "Set the password" }
            }
        },
    )
}

fn done(recovered: &crate::api::recovery::Recovered) -> Page {
    let text = html! { p { "The account " strong { (recovered.username) } " has a new password." } };
    let body = html! {
        (notice(&text))
        p { "Every session has ended. Sign in with the new password:" }
        p { code { "citytime login --username " (recovered.username) } }
        @if recovered.tokens_left > 0 {
            p { "Tokens for scripts go on working: " (recovered.tokens_left) ". See them with " code { "citytime account tokens list" } "." }
        }
        p { "You can close this page." }
    };
    Page::new("Done", body)
}

fn asked() -> Page {
    Page::new(
        "Lost your password?",
        html! {
            p { "A code for a new one goes to the addresses your account has confirmed." }
            form method="post" action="recover" {
                (field("username", "User name", "The name you sign in with", "text", "username", ""))
                button { "Send a code" }
            }
        },
    )
}
