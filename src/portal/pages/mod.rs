//! The few HTML pages that links in mails lead to. They need no script, load nothing from elsewhere, set no cookie,
//! and are kept by nobody: who holds the code of a mail may do what the mail is about, and nothing more.
//!
//! - `layout`: the frame every page stands in, and the headers it is sent with
//! - `visit`: what a browser sent
//! - `confirm`: an address is confirmed
//! - `setup`: a payment method is added, in a city whose processor is the sandbox
//! - `unsubscribe`: letters of a topic are ended
//! - `reset`: a new password, for whoever lost theirs
//!
//! Whoever opens a link only looks: programs that scan mail follow every link, so that a GET uses nothing up. Buttons
//! POST. A form's own code is the mail's: no other site knows it, and `CsrfLayer` refuses what other sites send.

mod confirm;
mod layout;
mod reset;
mod setup;
mod unsubscribe;
mod visit;

use axum::{body::Body, http::Uri};
use tower_http::csrf::{CsrfLayer, ProtectionError};

pub(crate) use self::{
    layout::{Page, field, hidden, notice},
    visit::Visit,
};
use crate::{
    api::{
        endpoint::Raw,
        problem::{Code, Problem},
    },
    portal::{
        error::{Error, Result},
        web::{
            answer::{self, RequestId},
            context::Context,
            grant::Grant,
            router::Routes,
        },
    },
};

/// What forms of pages are sent as.
pub(crate) const FORM: &[&str] = &["application/x-www-form-urlencoded"];
/// What pages are.
pub(crate) const HTML: &[&str] = &["text/html"];

/// Declares the operations of a page: what is shown, and what its button does.
macro_rules! page {
    ($($(#[doc = $summary:literal])+ $name:ident = $method:ident $path:literal $id:literal [$($field:literal)*];)+) => {$(
        $(#[doc = $summary])+
        static $name: $crate::api::endpoint::Raw<$crate::api::endpoint::Anyone> = $crate::api::endpoint::Raw {
            id: $id,
            method: $crate::api::endpoint::Method::$method,
            paths: &[$path],
            documented: $path,
            summary: concat!($($summary),+).trim_ascii(),
            need: (),
            fields: &[$($field),*],
            takes: $crate::portal::pages::FORM,
            files: &[],
            answers: $crate::portal::pages::HTML,
        };
    )+};
}
pub(crate) use page;

/// Where there are pages: what else is asked for there is refused on a page too.
const PATHS: &[&str] = &["/confirm", "/reset", "/recover", "/unsubscribe", "/wallet/setup", "/wallet/back"];

/// The pages of the portal itself.
pub(crate) fn routes(routes: Routes) -> Routes {
    let portal = routes.portal().clone();
    let routes = routes.elsewhere(move |id: &RequestId, uri: &Uri, code: Code| {
        PATHS.contains(&uri.path()).then(|| {
            let problem =
                Problem::new(code, "this page is opened or sent, and nothing else").hint("open the mail's link");
            Page::refusal(&problem).answer(&portal, id)
        })
    });
    setup::routes(unsubscribe::routes(reset::routes(confirm::routes(routes))))
}

/// A page and what makes it. What refuses it is a page too, and forms that another site sends never reach it.
pub(crate) fn add<A, F>(
    routes: Routes,
    operation: &'static Raw<A>,
    handler: impl Fn(Context<A>, Visit) -> F + Clone + Send + Sync + 'static,
) -> Routes
where
    A: Grant,
    F: Future<Output = Result<Page>> + Send + 'static,
{
    let portal = routes.portal().clone();
    let refusing = portal.clone();
    let refuse = move |id: &RequestId, _: &Uri, error: Error| Page::refusal(&error.problem).answer(&refusing, id);
    let mut guard = CsrfLayer::new();
    if let Some(origin) = portal.city().url.as_deref().and_then(origin)
        && let Ok(trusting) = guard.clone().add_trusted_origin(origin)
    {
        guard = trusting;
    }
    let guard = guard.with_rejection_response(move |_: ProtectionError| {
        let id = portal.request_id();
        let problem = Problem::new(Code::Forbidden, "this form was sent by another site, and nothing was done")
            .hint("open the link of the mail itself");
        let error = Error::from(problem);
        answer::log(&id, "pages.foreign_form", &error);
        Page::refusal(&error.problem).answer(&portal, &id)
    });
    let layer = move |route: axum::routing::MethodRouter| route.layer(guard.clone());
    routes.raw_in(operation, refuse, layer, move |context: Context<A>, id: RequestId, parts, body: Body| {
        let handler = handler.clone();
        async move {
            let portal = context.portal.clone();
            let visit = Visit::read(&parts, body).await?;
            Ok(handler(context, visit).await?.answer(&portal, &id))
        }
    })
}

/// The origin of a URL, as browsers write it; a default port is not theirs to write.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default().to_lowercase();
    let default = if scheme == "https" { ":443" } else { ":80" };
    Some(format!("{scheme}://{}", authority.strip_suffix(default).unwrap_or(&authority)))
}
