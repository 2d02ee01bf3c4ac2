//! The city and its support, for anyone.

use crate::{
    api::{
        city::{self, City},
        endpoint::{Anyone, Empty},
        support::{self, Contact},
    },
    portal::{
        error::Result,
        web::{context::Context, router::Routes},
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.add(&city::WELL_KNOWN, show_city).add(&support::CONTACT, contact)
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
