//! Filing: whoever has a key, or anyone where the city takes requests from strangers.

use axum::{
    body::Body,
    http::{Response, StatusCode, request::Parts},
};
use serde_json::{Value, json};

use super::{
    Document, TEST_BASE,
    form::{Fields, clean},
    format,
};
use crate::{
    api::{
        endpoint::{Key, Scope, Visitor},
        id::AccountId,
        problem::{Code, Problem},
    },
    portal::{
        accounts::terms,
        city::services::Strangers,
        error::Result,
        idempotency::Claim,
        random::with_fresh_ids,
        requests::{
            filing::{self, Entrance, Filing, Form},
            pictures,
        },
        web::{
            answer::{self, RequestId},
            context::Context,
            grant::Caller,
            input,
        },
    },
};

/// Whether what is sent is kept.
pub fn is_for_good(parts: &Parts) -> bool {
    !parts.uri.path().starts_with(TEST_BASE)
}

pub async fn post(context: Context<Visitor>, id: RequestId, parts: Parts, body: Body) -> Result<Response<Body>> {
    let mut fields = Fields::read(&context.portal, &parts, body).await?;
    let judged = judge(&context, &parts, &fields).await;
    let arrived = std::mem::take(&mut fields.pictures);
    let (judged, arrived) = match judged {
        Ok(judged) if is_for_good(&parts) => (judged, arrived),
        other => {
            pictures::forget(&context.portal, arrived).await;
            (other?, Vec::new())
        }
    };
    let Judged { mut filing, caller, claim } = judged;
    let context = context.known_as(caller.as_ref());
    let reporter = caller.map(|caller| caller.account);
    let account_id = reporter.map(|account| account.to_string());
    let (request, notice) = if is_for_good(&parts) {
        filing.pictures = pictures::settle(&context.portal, arrived).await?;
        let row = file(&context, filing, reporter, claim.clone()).await?;
        (row.id, filing::promise(&row, context.portal.city()))
    } else {
        (context.portal.random().id()?, Some("This is the test endpoint: nothing was filed.".to_owned()))
    };
    let told = json!({ "service_request_id": request, "service_notice": notice, "account_id": account_id });
    let document = Document { root: "service_requests", value: Value::Array(vec![told]) };
    Ok(answer::replayed(document.answer(&id, StatusCode::CREATED, format(&parts)), claim.as_ref()))
}

/// What may be filed, by whom, under which key.
struct Judged {
    filing: Filing,
    caller: Option<Caller>,
    claim: Option<Claim>,
}

async fn judge(context: &Context<Visitor>, parts: &Parts, fields: &Fields) -> Result<Judged> {
    let caller = writer(context, fields).await?;
    let filing = filing::read(form(fields), context.now, context.portal.city())?;
    let claim = claim(parts, fields, caller.as_ref().map(|caller| caller.account), "POST requests")?;
    Ok(Judged { filing, caller, claim })
}

async fn file(
    context: &Context<Visitor>,
    filing: Filing,
    reporter: Option<AccountId>,
    claim: Option<Claim>,
) -> Result<crate::portal::requests::queries::RequestRow> {
    with_fresh_ids(|| async {
        let entrance = Entrance {
            id: context.portal.random().id()?,
            filing: filing.clone(),
            reporter,
            now: context.now,
            claim: claim.clone(),
        };
        let unit = (context.portal.clone(), entrance);
        context.write(unit, |tx, (portal, entrance)| Box::pin(filing::file(tx, portal, entrance))).await
    })
    .await
}

/// Who files: an account with the scope, or nobody the city knows, where it lets strangers.
pub async fn writer(context: &Context<Visitor>, fields: &Fields) -> Result<Option<Caller>> {
    match fields.caller(context).await? {
        Some(caller) => {
            caller.require_scope(Scope::RequestsWrite)?;
            terms::demand(&context.portal, &caller)?;
            Ok(Some(caller))
        }
        None if context.portal.city().requests.strangers == Strangers::Welcome => Ok(None),
        None => {
            let problem = Problem::new(Code::Unauthenticated, "an api_key is needed")
                .hint("it is a token of your account with the scope requests:write; discovery tells how to get one");
            Err(problem.into())
        }
    }
}

/// The caller's key, where one was given.
pub fn claim(parts: &Parts, fields: &Fields, account: Option<AccountId>, operation: &str) -> Result<Option<Claim>> {
    let key = input::idempotency_key(Key::Accepted, &parts.headers)?;
    Ok(key.map(|key| Claim::new(account, key, operation, fields.fingerprint().as_bytes())))
}

fn form(fields: &Fields) -> Form {
    let text = |name: &str| fields.get(name).map(|value| clean(&value));
    Form {
        service_code: text("service_code"),
        lat: text("lat"),
        long: text("long"),
        address_string: text("address_string").or_else(|| text("address")),
        address_id: text("address_id"),
        zipcode: text("zipcode"),
        email: text("email"),
        first_name: text("first_name"),
        last_name: text("last_name"),
        phone: text("phone"),
        description: text("description"),
        // Pictures that come with a form go before those on the web.
        media_urls: match fields.pictures.as_slice() {
            [] => fields.all("media_url").map(str::to_owned).collect(),
            _ => Vec::new(),
        },
        attributes: fields.attributes(),
    }
}
