//! ISO 20022 camt.053, the versions from .02 to .13 by the names of their elements: read as a stream, without a DTD and
//! without entities of its own, no deeper than the standard goes.

use std::collections::HashMap;

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use super::{Booked, Entry, MOST_ENTRIES, Statement, Unreadable, values};
use crate::api::{
    bank::compact,
    money::{Currency, Minor},
    time::Date,
};

/// Deepest nesting that is read: the standard needs fewer than twenty.
const DEEPEST: usize = 32;

/// An element that is being read.
struct Open {
    name: String,
    text: String,
    currency: Option<String>,
}

/// What a bank told of a transaction within an entry.
#[derive(Default)]
struct Transaction {
    bank_id: Option<String>,
    end_to_end: Option<String>,
    amount: Option<(Minor, Currency)>,
    structured: Vec<String>,
    free: Vec<String>,
    name: Option<String>,
    came_back: Option<String>,
}

/// What a bank told of an entry.
#[derive(Default)]
struct Booking {
    amount: Option<(Minor, Currency)>,
    direction: Option<String>,
    status: Option<String>,
    booked_on: Option<Date>,
    valued_on: Option<Date>,
    bank_id: Option<String>,
    reversal: bool,
    free: Vec<String>,
    transactions: Vec<Transaction>,
}

/// What has been read so far.
#[derive(Default)]
struct Found {
    account: Option<String>,
    entries: Vec<Entry>,
    booking: Option<Booking>,
    statements: usize,
    /// The account of the statement that is being read.
    current: Option<String>,
    number: u64,
}

/// Reads a document.
pub(super) fn read(document: &str) -> Result<Statement, Unreadable> {
    let mut reader = Reader::from_str(document);
    let mut open: Vec<Open> = Vec::new();
    let (mut found, mut ended) = (Found::default(), false);
    loop {
        let event = reader.read_event().map_err(|error| {
            let detail = format!("the file is cut off or no XML: at byte {}: {error}", reader.error_position());
            Unreadable::whole(detail)
        })?;
        match event {
            Event::Start(start) => found.begin(&start, &mut open, ended)?,
            Event::Empty(start) => {
                found.begin(&start, &mut open, ended)?;
                ended |= found.end(&mut open)?;
            }
            Event::End(_) => ended |= found.end(&mut open)?,
            Event::Text(piece) => add(&mut open, &String::from_utf8_lossy(&piece))?,
            Event::CData(piece) => add(&mut open, &String::from_utf8_lossy(&piece))?,
            Event::GeneralRef(reference) => {
                let name = String::from_utf8_lossy(&reference).into_owned();
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                let character = character.or_else(|| resolve_predefined_entity(&name).map(str::to_owned));
                let character = character.ok_or_else(|| {
                    Unreadable::whole(format!("the file holds an entity that XML does not know: &{name};"))
                })?;
                add(&mut open, &character)?;
            }
            Event::DocType(_) => {
                return Err(Unreadable::whole("the file declares a document type: no bank's statement does"));
            }
            Event::Decl(declared) => {
                if let Some(Ok(encoding)) = declared.encoding()
                    && !encoding.eq_ignore_ascii_case(b"utf-8")
                {
                    let encoding = String::from_utf8_lossy(&encoding);
                    return Err(Unreadable::whole(format!("the file says it is {encoding}, and must be UTF-8")));
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if let Some(element) = open.last() {
        return Err(Unreadable::whole(format!("the file is cut off: <{}> does not end", element.name)));
    }
    match (ended, found.statements, found.account) {
        (true, 1.., Some(account)) => Ok(Statement { account, entries: found.entries }),
        (false, ..) => Err(Unreadable::whole("the file is cut off: nothing of it has ended")),
        _ => Err(Unreadable::whole("the file is no camt.053: it holds no statement (Stmt)")),
    }
}

/// Adds text to the element that is open; outside of all there is none.
fn add(open: &mut [Open], text: &str) -> Result<(), Unreadable> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(Unreadable::whole("there is text outside of the document")),
    }
    Ok(())
}

impl Found {
    fn begin(&mut self, start: &BytesStart<'_>, open: &mut Vec<Open>, ended: bool) -> Result<(), Unreadable> {
        let name = String::from_utf8_lossy(start.local_name().into_inner()).into_owned();
        if ended {
            return Err(Unreadable::whole(format!("the file goes on behind its end: <{name}>")));
        }
        if open.len() >= DEEPEST {
            return Err(Unreadable::whole("its elements are nested too deep"));
        }
        let expected = ["Document", "BkToCstmrStmt"];
        if let Some(expected) = expected.get(open.len())
            && name != *expected
        {
            return Err(Unreadable::whole(format!(
                "the file is no camt.053: there is <{name}> where <{expected}> must be"
            )));
        }
        match (open.len(), name.as_str()) {
            (2, "Stmt") => (self.statements, self.current) = (self.statements + 1, None),
            (3, "Ntry") => {
                self.number += 1;
                self.booking = Some(Booking::default());
            }
            (5, "TxDtls") => {
                if let Some(booking) = &mut self.booking {
                    booking.transactions.push(Transaction::default());
                }
            }
            _ => {}
        }
        let currency = start.attributes().flatten().find(|attribute| attribute.key.local_name().into_inner() == b"Ccy");
        let currency = currency.map(|attribute| String::from_utf8_lossy(&attribute.value).into_owned());
        open.push(Open { name, text: String::new(), currency });
        Ok(())
    }

    /// An element ends; tells whether it was the document.
    fn end(&mut self, open: &mut Vec<Open>) -> Result<bool, Unreadable> {
        let path: Vec<&str> = open.iter().map(|element| element.name.as_str()).collect();
        let text = open.last().map(|element| element.text.trim()).unwrap_or_default().to_owned();
        let currency = open.last().and_then(|element| element.currency.clone());
        match path.as_slice() {
            ["Document", _, "Stmt"] => self.statement()?,
            ["Document", _, "Stmt", "Ntry"] => self.entry()?,
            ["Document", _, "Stmt", "Ntry", _, "TxDtls", rest @ ..] => self.transaction(rest, text, currency)?,
            ["Document", _, "Stmt", "Ntry", rest @ ..] => self.part(rest, text, currency)?,
            ["Document", _, "Stmt", "Acct", "Id", "IBAN"] | ["Document", _, "Stmt", "Acct", "Id", "Othr", "Id"] => {
                self.current.get_or_insert(compact(&text));
            }
            _ => {}
        }
        open.pop();
        Ok(open.is_empty())
    }

    fn wrong(&self, detail: impl Into<String>) -> Unreadable {
        let number = self.number;
        Unreadable { pointer: format!("/entries/{number}"), detail: format!("entry {number}: {}", detail.into()) }
    }

    fn statement(&mut self) -> Result<(), Unreadable> {
        let account = self
            .current
            .take()
            .ok_or_else(|| Unreadable::whole("the statement does not say of which account it is"))?;
        match &self.account {
            Some(other) if *other != account => {
                Err(Unreadable::whole(format!("the file is of two accounts: {other} and {account}")))
            }
            _ => {
                self.account = Some(account);
                Ok(())
            }
        }
    }

    fn money(&self, text: &str, currency: Option<String>) -> Result<(Minor, Currency), Unreadable> {
        let currency = currency.ok_or_else(|| self.wrong("its amount has no currency"))?;
        let currency = values::currency(&currency).map_err(|detail| self.wrong(detail))?;
        Ok((values::amount(text, currency).map_err(|detail| self.wrong(detail))?, currency))
    }

    fn part(&mut self, path: &[&str], text: String, currency: Option<String>) -> Result<(), Unreadable> {
        let date = |text: &str| values::date(text).map_err(|detail| self.wrong(detail));
        let read = match path {
            ["Amt"] => Booking { amount: Some(self.money(&text, currency)?), ..Booking::default() },
            ["BookgDt", "Dt" | "DtTm"] => Booking { booked_on: Some(date(&text)?), ..Booking::default() },
            ["ValDt", "Dt" | "DtTm"] => Booking { valued_on: Some(date(&text)?), ..Booking::default() },
            _ => Booking::default(),
        };
        let Some(booking) = &mut self.booking else { return Ok(()) };
        booking.amount = booking.amount.or(read.amount);
        booking.booked_on = booking.booked_on.or(read.booked_on);
        booking.valued_on = booking.valued_on.or(read.valued_on);
        match path {
            ["CdtDbtInd"] => booking.direction = Some(text),
            ["RvslInd"] => booking.reversal = matches!(text.as_str(), "true" | "1"),
            ["Sts"] | ["Sts", "Cd"] if !text.is_empty() => booking.status = Some(text),
            ["AcctSvcrRef"] => booking.bank_id = identifier(text),
            ["AddtlNtryInf"] => booking.free.push(text),
            _ => {}
        }
        Ok(())
    }

    fn transaction(&mut self, path: &[&str], text: String, currency: Option<String>) -> Result<(), Unreadable> {
        let amount = match path {
            ["Amt"] | ["AmtDtls", "TxAmt", "Amt"] => Some(self.money(&text, currency)?),
            _ => None,
        };
        let Some(transaction) = self.booking.as_mut().and_then(|booking| booking.transactions.last_mut()) else {
            return Ok(());
        };
        transaction.amount = transaction.amount.or(amount);
        match path {
            ["Refs", "AcctSvcrRef"] => transaction.bank_id = identifier(text),
            ["Refs", "EndToEndId"] => transaction.end_to_end = identifier(text),
            ["RmtInf", "Strd", "CdtrRefInf", "Ref"] => transaction.structured.push(text),
            ["RmtInf", "Ustrd"] | ["AddtlTxInf"] => transaction.free.push(text),
            ["RltdPties", "Dbtr", "Nm"] | ["RltdPties", "Dbtr", "Pty", "Nm"] => transaction.name = said(text),
            ["RtrInf", "Rsn", "Cd" | "Prtry"] => transaction.came_back = said(text),
            ["RtrInf"] => {
                transaction.came_back.get_or_insert_with(|| "no reason given".to_owned());
            }
            _ => {}
        }
        Ok(())
    }

    /// An entry has ended: what was booked becomes what is reconciled.
    fn entry(&mut self) -> Result<(), Unreadable> {
        let Some(booking) = self.booking.take() else { return Ok(()) };
        // What is pending or for information was not booked, and may never be.
        match booking.status.as_deref() {
            Some("BOOK") => {}
            Some(_) => return Ok(()),
            None => return Err(self.wrong("it does not say whether it is booked (Sts)")),
        }
        let sign = match booking.direction.as_deref() {
            Some("CRDT") => 1,
            Some("DBIT") => -1,
            _ => return Err(self.wrong("it does not say whether money came or went (CdtDbtInd)")),
        };
        let (whole, currency) = booking.amount.ok_or_else(|| self.wrong("it has no amount"))?;
        let booked_on = booking.booked_on.or(booking.valued_on).ok_or_else(|| self.wrong("it has no date"))?;
        let amounts: Option<Vec<_>> = booking.transactions.iter().map(|transaction| transaction.amount).collect();
        let transactions = match (booking.transactions.len(), amounts) {
            (2.., Some(amounts)) => {
                let sum: i64 = amounts.iter().map(|(amount, _)| amount.0).sum();
                if sum != whole.0 || amounts.iter().any(|(_, other)| *other != currency) {
                    return Err(self.wrong(format!(
                        "its {} transactions sum to {}, and it is over {}",
                        amounts.len(),
                        Minor(sum).decimal(currency),
                        whole.decimal(currency)
                    )));
                }
                booking.transactions
            }
            // Whose share is how large is not told: it is one sum, and nobody's.
            (2.., None) => vec![Transaction::default()],
            (0, _) => vec![Transaction { free: booking.free, ..Transaction::default() }],
            (_, _) => booking.transactions,
        };
        let several = transactions.len() > 1;
        // Some banks repeat the id of the entry, or one id, with each transaction: it tells none of them apart.
        let mut ids: HashMap<String, usize> = HashMap::new();
        for id in transactions.iter().filter_map(|transaction| transaction.bank_id.clone()) {
            *ids.entry(id).or_default() += 1;
        }
        let tells_apart = |id: &String| ids.get(id) == Some(&1);
        for (place, transaction) in transactions.into_iter().enumerate() {
            let amount = transaction.amount.filter(|_| several).map_or(whole, |(amount, _)| amount);
            let of_entry =
                booking.bank_id.as_ref().map(|id| if several { format!("{id}/{}", place + 1) } else { id.clone() });
            let texts = transaction.structured.iter().chain(&transaction.free).chain(&transaction.end_to_end);
            let creditor_reference = values::creditor_reference(texts.map(String::as_str));
            let (booked, reversal) = match booking.reversal {
                true => (Booked::AsReversal, Some("reversal".to_owned())),
                false => (Booked::AsNew, None),
            };
            let reference = creditor_reference.as_ref().map(ToString::to_string);
            let reference = reference
                .or_else(|| transaction.structured.into_iter().next())
                .or_else(|| transaction.end_to_end.clone());
            if amount == Minor::ZERO {
                continue;
            }
            self.entries.push(Entry {
                place: self.number,
                booked_on,
                amount: Minor(sign * amount.0),
                currency,
                bank_id: transaction.bank_id.filter(tells_apart).or(of_entry),
                reference,
                creditor_reference,
                name: transaction.name,
                end_to_end: transaction.end_to_end,
                came_back: transaction.came_back.or(reversal),
                booked,
            });
        }
        match self.entries.len() > MOST_ENTRIES {
            true => Err(Unreadable::whole(format!("the file has more than {MOST_ENTRIES} entries"))),
            false => Ok(()),
        }
    }
}

/// An id, where the bank gives one.
fn identifier(text: String) -> Option<String> {
    said(text).filter(|id| id != "NOTPROVIDED")
}

/// A text that says something.
fn said(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
