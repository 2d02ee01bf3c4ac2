//! Forms with conditions, every kind of mistake, and answers as they are typed.

use serde_json::json;

use super::*;

fn form() -> Form {
    Form::compile(json!({
        "type": "object",
        "required": ["name", "kind", "guests", "on", "alcohol"],
        "properties": {
            "name": { "title": "Name", "type": "string", "minLength": 3 },
            "kind": { "title": "Kind", "enum": ["parade", "market"] },
            "guests": { "title": "Guests", "type": "integer", "minimum": 1 },
            "on": { "title": "Date", "type": "string", "format": "date" },
            "alcohol": { "title": "Alcohol", "type": "boolean", "default": false },
            "stalls": { "title": "Stalls", "type": "array", "items": { "type": "string" }, "uniqueItems": true },
            "organizer": { "title": "Organizer", "type": "object", "required": ["phone"],
                "properties": { "phone": { "title": "Phone", "type": "string", "pattern": "^\\+[0-9]{8,15}$", "examples": ["+13125550142"] } } }
        },
        "if": { "properties": { "alcohol": { "const": true } }, "required": ["alcohol"] },
        "then": { "required": ["licence"], "properties": { "licence": { "title": "Liquor licence", "type": "string" } } }
    }))
    .unwrap()
}

fn answers(value: impl std::borrow::Borrow<Value>) -> Answers {
    value.borrow().as_object().unwrap().clone()
}

#[test]
fn every_mistake_is_told_at_once_with_pointer_and_title() {
    let wrong = answers(json!({
        "name": "x", "kind": "parad", "guests": 0, "on": "22.11.2026", "alcohol": true, "stalls": ["a", "a"],
        "organizer": { "phone": "555" }, "gests": 4,
    }));
    let told = form().mistakes(&wrong, Extent::Whole);
    let told = told.iter().map(|mistake| format!("{} {mistake}", mistake.pointer)).collect::<Vec<_>>();
    assert_eq!(
        told,
        [
            "/name Name: it needs at least 3 characters",
            "/kind Kind: `parad` is not one of parade, market; did you mean parade?",
            "/guests Guests: it must be at least 1, not 0",
            "/on Date: `22.11.2026` is not a date; write it as in 2026-11-22",
            "/stalls Stalls: it names something twice",
            "/organizer/phone Phone: `555` is not written as in +13125550142",
            "/licence Liquor licence: it is missing",
            "/gests there is no field `gests`; did you mean guests?",
        ]
    );
}

#[test]
fn a_draft_may_lack_something_but_not_be_wrong() {
    let begun = answers(json!({ "name": "Lantern walk", "guests": "many" }));
    let told = form().mistakes(&begun, Extent::SoFar);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].to_string(), "Guests: it must be a whole number, not text");
    assert_eq!(form().mistakes(&answers(json!({})), Extent::Whole).len(), 5);
}

#[test]
fn fields_follow_from_the_answers_so_far() {
    let names = |value: Value| form().fields(&answers(value)).iter().map(Field::name).collect::<Vec<_>>();
    let always = ["name", "kind", "guests", "on", "alcohol", "stalls", "organizer.phone"];
    assert_eq!(names(json!({ "alcohol": false })), always);
    assert_eq!(names(json!({ "alcohol": true })), [&always[..], &["licence"]].concat());
    let form = form();
    assert_eq!(form.field("licence", &Answers::new()).unwrap().title, "Liquor licence");
    let unknown = form.field("guest", &Answers::new()).unwrap_err().to_string();
    assert_eq!(unknown, "there is no field `guest`; did you mean guests?");
}

#[test]
fn answers_are_read_as_they_are_typed() {
    let form = form();
    let read = |name: &str, typed: &str| form.field(name, &Answers::new()).unwrap().read(typed);
    assert_eq!(read("alcohol", "y").unwrap(), json!(true));
    assert_eq!(read("guests", "40").unwrap(), json!(40));
    assert_eq!(read("kind", "Market").unwrap(), json!("market"));
    assert_eq!(read("stalls", "tea, bread").unwrap(), json!(["tea", "bread"]));
    assert_eq!(read("guests", "4.5").unwrap_err().to_string(), "`4.5` is not a whole number");
    let mut filled = Answers::new();
    let phone = form.field("organizer.phone", &filled).unwrap();
    phone.put(&mut filled, json!("+13125550142"));
    assert_eq!(Value::Object(filled.clone()), json!({ "organizer": { "phone": "+13125550142" } }));
    assert_eq!(phone.find(&filled), Some(&json!("+13125550142")));
}

#[test]
fn a_schema_that_is_no_form_is_refused() {
    let flaw = |schema| Form::compile(schema).unwrap_err()[0].pointer.clone();
    assert_eq!(flaw(json!({ "type": "array" })), "/type");
    assert_eq!(
        flaw(json!({ "type": "object", "properties": { "a": { "type": "strin", "title": "A" } } })),
        "/properties/a/type"
    );
    assert_eq!(flaw(json!({ "type": "object", "properties": { "a": { "type": "string" } } })), "/properties/a");
}
