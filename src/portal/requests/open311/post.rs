//! Filing: whoever has a key, or anyone where the city takes requests from strangers.

use axum::{
    body::Body,
    http::{Response, StatusCode, request::Parts},
};
use serde_json::{Value, json};

use super::{
    Document, TEST_BASE,
    form::{Fields, File, clean},
    format,
};
use crate::{
    api::{
        endpoint::{Key, Method, Needs, Scope, Visitor},
        id::AccountId,
        problem::{Code, Problem},
    },
    portal::{
        accounts::terms,
        city::services::Strangers,
        error::Result,
        idempotency::Claim,
        random::with_fresh_ids,
        requests::filing::{self, Entrance, Filing, Form},
        web::{answer::RequestId, context::Context, grant::Caller, input},
    },
};

/// Whether what is sent is kept.
pub fn is_for_good(parts: &Parts) -> bool {
    !parts.uri.path().starts_with(TEST_BASE)
}

pub async fn post(context: Context<Visitor>, id: RequestId, parts: Parts, body: Body) -> Result<Response<Body>> {
    let mut fields = Fields::read(&parts, body).await?;
    let caller = writer(&context, &fields).await?;
    let context = context.known_as(caller.as_ref());
    let reporter = caller.map(|caller| caller.account);
    let city = context.portal.city();
    refuse_files(&std::mem::take(&mut fields.files))?;
    let filing = filing::read(form(&fields), context.now, city)?;
    let claim = claim(&parts, &fields, reporter, "POST requests")?;
    let account_id = reporter.map(|account| account.to_string());
    let (request, notice) = if is_for_good(&parts) {
        let row = file(&context, filing, reporter, claim).await?;
        (row.id, filing::promise(&row, city))
    } else {
        (context.portal.random().id()?, Some("This is the test endpoint: nothing was filed.".to_owned()))
    };
    let told = json!({ "service_request_id": request, "service_notice": notice, "account_id": account_id });
    let document = Document { root: "service_requests", value: Value::Array(vec![told]) };
    Ok(document.answer(&id, StatusCode::CREATED, format(&parts)))
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
        context.write(entrance, |tx, entrance| Box::pin(filing::file(tx, entrance))).await
    })
    .await
}

/// Who files: an account with the scope, or nobody the city knows, where it lets strangers.
pub async fn writer(context: &Context<Visitor>, fields: &Fields) -> Result<Option<Caller>> {
    match fields.caller(context).await? {
        Some(caller) => {
            caller.require_scope(Scope::RequestsWrite)?;
            let asked = ("open311", Method::Post, Needs::Visit);
            terms::demand(&context.portal, Some(&caller), asked)?;
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

fn refuse_files(files: &[File]) -> Result<()> {
    match files {
        [] => Ok(()),
        [File { field, bytes }, ..] => {
            let detail = format!("{field}: a file of {} bytes came with the form, and pictures are taken by address", bytes.len());
            Err(Problem::new(Code::Malformed, detail).hint("put it on the web and give media_url").into())
        }
    }
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
        media_urls: fields.all("media_url").map(str::to_owned).collect(),
        attributes: fields.attributes(),
    }
}
