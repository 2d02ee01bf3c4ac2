//! The city and its support, for anyone.

use super::rules;
use crate::{
    api::{
        city::{self, City},
        endpoint::{Anyone, Empty},
        page::Page,
        support::{self, Contact, Faq, FaqQuery},
    },
    portal::{
        error::Result,
        web::{context::Context, paging::{foreign, limit}, router::Routes},
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.add(&city::WELL_KNOWN, show_city).add(&support::CONTACT, contact).list(&support::FAQ, faq)
}

async fn show_city(context: Context<Anyone>, (): (), _: Empty) -> Result<City> {
    Ok(context.portal.public().clone())
}

async fn contact(context: Context<Anyone>, (): (), _: Empty) -> Result<Contact> {
    let city = context.portal.city();
    let support = &context.portal.public().support;
    Ok(Contact {
        email: support.email.clone(),
        phone: support.phone.clone(),
        hours: support.hours.clone(),
        open_now: city.hours.open_at(context.now.in_zone(&city.zone).datetime()),
    })
}

async fn faq(context: Context<Anyone>, (): (), query: FaqQuery) -> Result<Page<Faq>> {
    let skipped = match query.after.as_deref() {
        Some(text) => text.parse().map_err(|_| foreign())?,
        None => 0_usize,
    };
    let found = rules::ranked(&context.portal.city().faq, query.words.as_deref().unwrap_or_default());
    let size = limit(query.limit).size();
    let next = (found.len() > skipped.saturating_add(size)).then(|| (skipped + size).to_string());
    Ok(Page { items: found.into_iter().skip(skipped).take(size).cloned().collect(), next })
}
