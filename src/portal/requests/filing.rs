//! From what was sent to a request that is kept. All mistakes of a form are told at once.

use super::{
    ground::Point,
    pictures::{self, MOST_PICTURES},
    queries::{self, Event, RequestRow, Side},
    rules::{self, LONGEST_TEXT, notice},
    told::{self, Happening},
    working_days,
};
use crate::{
    api::{
        casework::{Answer, NoteAudience, Stage},
        id::{AccountId, RequestId},
        problem::{FieldError, Problem},
        requests::Datatype,
        time::Timestamp,
        word::Word,
    },
    nearest::nearest,
    portal::{
        Portal,
        accounts::contact,
        city::{
            City,
            services::{Audience, Need, Question, Role, Service},
        },
        error::{Error, Result},
        gateways::documents::Received,
        history::{self, Entry},
        idempotency::{Claim, Claimed},
        store::{Tx, params},
    },
};

/// The longest line of a form, in characters.
const LONGEST_LINE: usize = 300;

/// What was sent, as text.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub service_code: Option<String>,
    pub lat: Option<String>,
    pub long: Option<String>,
    pub address_string: Option<String>,
    pub address_id: Option<String>,
    pub zipcode: Option<String>,
    pub email: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub description: Option<String>,
    pub media_urls: Vec<String>,
    /// Codes with what was answered, in the order they were sent; one code may stand several times.
    pub attributes: Vec<(String, String)>,
}

/// A request that may be kept.
#[derive(Debug, Clone)]
pub struct Filing {
    pub service: String,
    pub title: String,
    pub department: String,
    pub private: bool,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub description: Option<String>,
    pub address: Option<String>,
    pub address_id: Option<String>,
    pub zipcode: Option<String>,
    pub point: Option<Point>,
    /// Addresses of pictures on the web.
    pub media: Vec<String>,
    /// Pictures that came with it; where there are any, those on the web are left out.
    pub pictures: Vec<Received>,
    pub answers: Vec<Answer>,
    pub expected_at: Option<Timestamp>,
}

/// Reads a form; all its mistakes at once, each with the name of its field.
pub fn read(form: Form, now: Timestamp, city: &City) -> Result<Filing> {
    let code = form.service_code.as_deref().ok_or_else(|| Error::field("/service_code", "service_code is missing"))?;
    let service = service(code, city)?;
    let mut desk = Desk { errors: Vec::new(), city };
    let point = desk.point(form.lat.as_deref(), form.long.as_deref());
    let address = desk.line("address_string", form.address_string);
    let address_id = desk.line("address_id", form.address_id);
    if form.lat.is_none() && form.long.is_none() && address.is_none() && address_id.is_none() {
        desk.refuse("lat", "where is it? give lat and long, or address_string, or address_id");
    }
    let names = [desk.line("first_name", form.first_name), desk.line("last_name", form.last_name)];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let filing = Filing {
        service: service.code.clone(),
        title: service.name.clone(),
        department: service.department.clone(),
        private: service.audience == Audience::Private,
        name: Some(name).filter(|name| !name.is_empty()),
        email: desk.contact("email", form.email, |text, _| contact::email(text)),
        phone: desk.contact("phone", form.phone, contact::phone),
        description: desk.prose("description", form.description),
        address,
        address_id,
        zipcode: desk.line("zipcode", form.zipcode),
        point,
        media: desk.media(form.media_urls),
        pictures: Vec::new(),
        answers: desk.answers(service, &form.attributes),
        expected_at: promised(service, now, city),
    };
    if desk.errors.is_empty() { Ok(filing) } else { Err(Problem::invalid(desk.errors).into()) }
}

/// The service of a code.
pub fn service<'c>(code: &str, city: &'c City) -> Result<&'c Service> {
    city.service(code).ok_or_else(|| {
        let problem = Problem::not_found("service", code);
        let all = "`citytime request services` shows them all";
        match nearest(code, city.services.iter().map(|service| service.code.as_str())) {
            Some(near) => problem.hint(format!("did you mean {near}? {all}")).into(),
            None => problem.hint(all).into(),
        }
    })
}

/// By when a service is promised that is asked for now.
pub fn promised(service: &Service, now: Timestamp, city: &City) -> Option<Timestamp> {
    let days = service.working_days?;
    Some(working_days::promised(now, days, &city.zone, |day| city.hours.works_on(day)))
}

/// Where a form is read, and its mistakes are noted.
struct Desk<'c> {
    errors: Vec<FieldError>,
    city: &'c City,
}

impl Desk<'_> {
    fn refuse(&mut self, field: &str, detail: impl Into<String>) {
        self.errors.push(FieldError::new(format!("/{field}"), detail));
    }

    fn prose(&mut self, field: &str, text: Option<String>) -> Option<String> {
        let text = text?.trim().to_owned();
        let count = text.chars().count();
        if count > LONGEST_TEXT {
            self.refuse(field, format!("{field} has {count} characters, and at most {LONGEST_TEXT} fit"));
        }
        if text.contains('\0') {
            self.refuse(field, format!("{field} holds a character that is no text"));
        }
        Some(text).filter(|text| !text.is_empty())
    }

    fn line(&mut self, field: &str, text: Option<String>) -> Option<String> {
        let text = self.prose(field, text)?;
        if text.chars().count() > LONGEST_LINE || text.chars().any(char::is_control) {
            self.refuse(field, format!("{field} must be one line of at most {LONGEST_LINE} characters"));
        }
        Some(text)
    }

    fn contact(
        &mut self,
        field: &str,
        text: Option<String>,
        read: impl Fn(&str, &str) -> Result<String, String>,
    ) -> Option<String> {
        let text = self.line(field, text)?;
        read(&text, self.city.country()).map_err(|error| self.refuse(field, error)).ok()
    }

    fn point(&mut self, lat: Option<&str>, long: Option<&str>) -> Option<Point> {
        let (lat, long) = match (lat, long) {
            (Some(lat), Some(long)) => (lat, long),
            (None, None) => return None,
            (Some(_), None) => {
                self.refuse("long", "lat needs long beside it");
                return None;
            }
            (None, Some(_)) => {
                self.refuse("lat", "long needs lat beside it");
                return None;
            }
        };
        let read = |text: &str| text.trim().parse::<f64>().ok().filter(|degrees| degrees.is_finite());
        let Some((latitude, longitude)) = read(lat).zip(read(long)) else {
            self.refuse("lat", format!("`{lat}`, `{long}` are no decimal degrees, as in 41.8781 and -87.6298"));
            return None;
        };
        let point = Point::at(latitude, longitude);
        if point.is_none() {
            self.refuse("lat", format!("{latitude}, {longitude} is nowhere on earth; are lat and long swapped?"));
        }
        point
    }

    fn media(&mut self, urls: Vec<String>) -> Vec<String> {
        if urls.len() > MOST_PICTURES {
            self.refuse(
                "media_url",
                format!("{} pictures were sent, and at most {MOST_PICTURES} are kept", urls.len()),
            );
        }
        if let Some(mistake) = urls.iter().find_map(|url| rules::picture_mistake(url)) {
            self.refuse("media_url", mistake);
        }
        urls
    }

    fn answers(&mut self, service: &Service, given: &[(String, String)]) -> Vec<Answer> {
        let asked = || service.questions.iter().filter(|question| question.role == Role::Asked);
        for (code, _) in given {
            if !asked().any(|question| question.code == *code) {
                let near = nearest(code, asked().map(|question| question.code.as_str()));
                let hint = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
                self.refuse(&field(code), format!("{} asks no {code}{hint}", service.name));
            }
        }
        let mut answers = Vec::new();
        for question in asked() {
            let values = given.iter().filter(|(code, value)| *code == question.code && !value.trim().is_empty());
            let values: Vec<String> = values.map(|(_, value)| value.trim().to_owned()).collect();
            if values.is_empty() {
                if question.need == Need::Required {
                    self.refuse(
                        &field(&question.code),
                        format!("{} is missing: {}", question.code, question.description),
                    );
                }
                continue;
            }
            if let Some(detail) = mistake(question, &values) {
                self.refuse(&field(&question.code), format!("{}: {detail}", question.code));
            }
            answers.push(Answer { code: question.code.clone(), values });
        }
        answers
    }
}

fn field(code: &str) -> String {
    format!("attribute[{code}]")
}

/// What is wrong with an answer, if anything is.
fn mistake(question: &Question, values: &[String]) -> Option<String> {
    if values.len() > 1 && question.datatype != Datatype::MultiValueList {
        return Some(format!("{} answers were given, and one fits", values.len()));
    }
    let longest = if question.datatype == Datatype::Text { LONGEST_TEXT } else { LONGEST_LINE };
    let wrong = |value: &String| {
        if value.chars().count() > longest {
            return Some(format!("more than {longest} characters were given"));
        }
        match question.datatype {
            Datatype::Text | Datatype::String => None,
            Datatype::Number if value.parse::<f64>().is_ok_and(f64::is_finite) => None,
            Datatype::Number => Some(format!("`{value}` is no number")),
            Datatype::Datetime if value.parse::<Timestamp>().is_ok() => None,
            Datatype::Datetime => Some(format!("`{value}` is no time, as in 2026-11-22T09:00:00-06:00")),
            Datatype::SingleValueList | Datatype::MultiValueList
                if question.values.iter().any(|choice| choice.key == *value) =>
            {
                None
            }
            Datatype::SingleValueList | Datatype::MultiValueList => {
                let keys = question.values.iter().map(|choice| choice.key.as_str()).collect::<Vec<_>>().join(", ");
                Some(format!("`{value}` cannot be chosen; one of {keys} can"))
            }
        }
    };
    values.iter().find_map(wrong)
}

/// A filing with who files it.
#[derive(Debug, Clone)]
pub struct Entrance {
    pub id: RequestId,
    pub filing: Filing,
    pub reporter: Option<AccountId>,
    pub now: Timestamp,
    pub claim: Option<Claim>,
}

/// Keeps a request: its timeline begins, its reporter follows it and finds it in the history. With a key that was used
/// already, the request that was filed then.
pub async fn file(tx: &Tx<'_>, portal: &Portal, entrance: &Entrance) -> Result<RequestRow> {
    let Entrance { id, filing, reporter, now, claim } = entrance;
    if let Claimed::Done(thing) = Claim::take_if_given(claim.as_ref(), tx, id.number(), *now).await? {
        let filed = queries::find(tx, RequestId::new(thing)).await?;
        return filed.ok_or_else(|| Error::internal("the request of a key is gone"));
    }
    tx.about(id);
    let json = |value: Result<String, serde_json::Error>| value.map_err(Error::internal);
    let media = match filing.pictures.len() {
        0 => filing.media.clone(),
        count => (1..=count).map(|place| pictures::address(*id, place)).collect(),
    };
    let (media, answers) = (json(serde_json::to_string(&media))?, json(serde_json::to_string(&filing.answers))?);
    let (latitude, longitude) = (filing.point.map(|at| at.latitude), filing.point.map(|at| at.longitude));
    let values = params![
        id,
        filing.service,
        filing.department,
        filing.private,
        reporter,
        filing.name,
        filing.email,
        filing.phone,
        filing.description,
        filing.address,
        filing.address_id,
        filing.zipcode,
        latitude,
        longitude,
        media,
        answers,
        now,
        filing.expected_at
    ];
    tx.execute(&queries::INSERT, &values).await?;
    for (picture, place) in filing.pictures.iter().zip(1_i64..) {
        let Received { digest, size, media_type } = picture;
        tx.execute(&queries::ADD_PICTURE, &params![id, place, media_type, size, digest]).await?;
    }
    let event = Event {
        place: 1,
        at: *now,
        status: Stage::Open,
        note: None,
        audience: NoteAudience::Public,
        side: Side::Reporter,
        author: *reporter,
        department: None,
        media: None,
    };
    queries::tell(tx, *id, &event).await?;
    if let Some(reporter) = *reporter {
        tx.execute(&queries::FOLLOW, &params![id, reporter, now]).await?;
        let place = filing.address.as_ref().map_or(String::new(), |address| format!(", {address}"));
        let title = format!("{}{place}", filing.title);
        history::record(tx, reporter, Entry::request(*now, *id, title, Stage::Open.as_str())).await?;
    }
    let filed = queries::find(tx, *id).await?;
    let filed = filed.ok_or_else(|| Error::internal("a request that was filed is not there"))?;
    told::tell(tx, portal, &filed, Happening::Filed, *reporter, *now).await?;
    Ok(filed)
}

/// What is promised of a request.
pub fn promise(row: &RequestRow, city: &City) -> Option<String> {
    notice(row.expected_at, city)
}
