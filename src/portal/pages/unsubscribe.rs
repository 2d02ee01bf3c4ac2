//! Letters of a topic are ended: by the page their link opens, or at once by the reader's mail program (RFC 8058).

use maud::html;

use super::{Page, Visit, add, hidden, notice, page};
use crate::{
    api::{
        endpoint::Anyone,
        notices::Topic,
        problem::{Code, Problem},
    },
    portal::{
        Portal,
        error::Result,
        notices::unsubscribe,
        web::{context::Context, router::Routes},
    },
};

page! {
    /// The page on which letters of a topic are ended
    LOOK = Get "/unsubscribe" "pages.unsubscribe.show" ["link"];
    /// End letters of a topic, from their page or a mail program
    END = Post "/unsubscribe" "pages.unsubscribe" ["link" "List-Unsubscribe"];
}

pub(super) fn routes(routes: Routes) -> Routes {
    add(add(routes, &LOOK, look), &END, end)
}

/// Whoever opens a link only looks: programs that scan mail follow every link.
async fn look(context: Context<Anyone>, visit: Visit) -> Result<Page> {
    let (link, topic) = match read(&context.portal, &visit).await? {
        Ok((link, _, topic)) => (link, topic),
        Err(problem) => return Ok(Page::refusal(&problem)),
    };
    Ok(Page::new(
        format!("No more e-mails about {topic}?"),
        html! {
            p { "You will still find what you were told in your list: " code { "citytime notifications list" } }
            form method="post" action="unsubscribe" {
                (hidden("link", &link))
                button { "Stop e-mails about " (topic) }
            }
            p { "To keep them, close this page." }
        },
    ))
}

async fn end(context: Context<Anyone>, visit: Visit) -> Result<Page> {
    let (account, topic) = match read(&context.portal, &visit).await? {
        Ok((_, account, topic)) => (account, topic),
        Err(problem) => return Ok(Page::refusal(&problem)),
    };
    unsubscribe::silence(&context, account, topic).await?;
    let done = html! { p { "You get no more e-mails about " strong { (topic) } "." } };
    Ok(Page::new(
        "Done",
        html! {
            (notice(&done))
            p { "To have them again, in your terminal:" }
            p { code { "citytime account notifications set " (topic) "=email" } }
            p { "You can close this page." }
        },
    ))
}

/// Whose letters of which topic a link ends.
async fn read(
    portal: &Portal,
    visit: &Visit,
) -> Result<std::result::Result<(String, crate::api::id::AccountId, Topic), Problem>> {
    let link = visit.text("link").unwrap_or_default().to_owned();
    let found = unsubscribe::read(&unsubscribe::key(portal).await?, &link)?;
    let unknown = || {
        Problem::new(Code::NotFound, "this link is not whole, or not one of this city's")
            .hint("open it from the mail itself, or in your terminal: citytime account notifications set TOPIC=none")
    };
    Ok(found.map(|(account, topic)| (link, account, topic)).ok_or_else(unknown))
}
