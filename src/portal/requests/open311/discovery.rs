//! Discovery, services and their definitions: what a client learns before it asks for anything.

use axum::{
    body::Body,
    http::{Response, StatusCode, request::Parts},
};
use serde_json::{Value, json};

use super::{BASE, Document, TEST_BASE, base, file, format};
use crate::{
    api::endpoint::Visitor,
    portal::{
        city::services::{Need, Question, Role, Service},
        error::Result,
        requests::filing,
        web::{answer::RequestId, context::Context},
    },
};

/// When what discovery says last changed.
const CHANGESET: &str = "2026-11-23T00:00:00Z";

pub async fn discovery(context: Context<Visitor>, id: RequestId, parts: Parts, _: Body) -> Result<Response<Body>> {
    let city = context.portal.city();
    let base = base(&context.portal, &parts);
    let endpoint = |path: &str, kind: &str| {
        json!({
            "specification": "http://wiki.open311.org/GeoReport_v2",
            "url": format!("{base}{path}"),
            "changeset": CHANGESET,
            "type": kind,
            "formats": ["application/json", "text/xml"],
        })
    };
    let value = json!({
        "changeset": CHANGESET,
        "contact": format!("{}: {}, {}", city.name, city.support_email, city.support_phone),
        "key_service": "A key is a token of your account: citytime account tokens create --scope requests:write",
        "endpoints": [endpoint(BASE, "production"), endpoint(TEST_BASE, "test")],
    });
    Ok(Document { root: "discovery", value }.answer(&id, StatusCode::OK, format(&parts)))
}

pub async fn services(context: Context<Visitor>, id: RequestId, parts: Parts, _: Body) -> Result<Response<Body>> {
    let services: Vec<Value> = context.portal.city().services.iter().map(service).collect();
    let document = Document { root: "services", value: Value::Array(services) };
    Ok(document.answer(&id, StatusCode::OK, format(&parts)))
}

fn service(service: &Service) -> Value {
    json!({
        "service_code": service.code,
        "service_name": service.name,
        "description": service.description,
        "metadata": !service.questions.is_empty(),
        "type": "realtime",
        "keywords": (!service.keywords.is_empty()).then(|| service.keywords.join(",")),
        "group": service.group,
    })
}

pub async fn definition(context: Context<Visitor>, id: RequestId, parts: Parts, _: Body) -> Result<Response<Body>> {
    let (code, format) = file(&parts)?;
    let service = filing::service(&code, context.portal.city())?;
    let attributes: Vec<Value> = service.questions.iter().map(question).collect();
    let value = json!({ "service_code": service.code, "attributes": attributes });
    Ok(Document { root: "service_definition", value }.answer(&id, StatusCode::OK, format))
}

fn question(question: &Question) -> Value {
    let values = question.values.iter().map(|choice| json!({ "key": choice.key, "name": choice.name }));
    let mut told = json!({
        "variable": question.role == Role::Asked,
        "code": question.code,
        "datatype": question.datatype,
        "required": question.need == Need::Required,
        "datatype_description": question.datatype_description,
        "order": question.order,
        "description": question.description,
    });
    if !question.values.is_empty() {
        told["values"] = values.collect();
    }
    told
}
