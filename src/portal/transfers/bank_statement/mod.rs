//! A bank's statement as a bank writes it: from bytes to entries, or what is wrong with the file. Whatever cannot be
//! read refuses all of it: of a file that was cut off nothing is believed.
//!
//! - `camt`: ISO 20022 camt.053; `csv`: a table with a header
//! - `values`: amounts, dates and references, read alike from both

mod camt;
mod csv;
#[cfg(test)]
mod tests;
mod values;

use crate::{
    api::{
        bank::{CreditorReference, compact},
        money::{Currency, Minor},
        problem::{FieldError, Problem},
        time::Date,
    },
    portal::error::Error,
};

/// The most entries of a file.
pub(super) const MOST_ENTRIES: usize = 100_000;

/// What a bank says happened to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// The account, without blanks.
    pub(super) account: String,
    /// What happened, in the order of the file.
    pub(super) entries: Vec<Entry>,
}

/// Something that was booked on the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Where it stands in the file: the line of a table, the number of an entry of camt.053.
    pub(super) place: u64,
    /// The day it was booked.
    pub(super) booked_on: Date,
    /// What came in; below zero what went out.
    pub(super) amount: Minor,
    /// Its currency.
    pub(super) currency: Currency,
    /// What the bank calls it, where it calls it anything.
    pub(super) bank_id: Option<String>,
    /// Under which reference it came, as it stands there.
    pub(super) reference: Option<String>,
    /// The creditor reference in that, or in what was written beside it.
    pub(super) creditor_reference: Option<CreditorReference>,
    /// Who sent it.
    pub(super) name: Option<String>,
    /// What its payer calls it (EndToEndId).
    pub(super) end_to_end: Option<String>,
    /// Why it is no payment of somebody's, but money of the account's own that came back: the bank's code.
    pub(super) came_back: Option<String>,
    /// Whether the bank had booked something and takes that back.
    pub(super) booked: Booked,
}

/// How a bank books something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Booked {
    /// As it happens.
    AsNew,
    /// Taking back what it had booked before (RvslInd).
    AsReversal,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// What it is about: `/entries/3`, `/lines/7`; empty for the whole file.
    pub(super) pointer: String,
    /// What is wrong.
    pub(super) detail: String,
}

impl Unreadable {
    fn whole(detail: impl Into<String>) -> Self {
        Self { pointer: String::new(), detail: detail.into() }
    }
}

impl From<Unreadable> for Error {
    fn from(Unreadable { pointer, detail }: Unreadable) -> Self {
        let hint = "nothing of the file was booked; have the bank send it again";
        Problem::invalid(vec![FieldError::new(pointer, detail)]).hint(hint).into()
    }
}

/// Reads a statement: camt.053 where it begins as XML, a table otherwise.
pub(super) fn read(bytes: &[u8]) -> Result<Statement, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes.iter().take(error.valid_up_to()).filter(|&&byte| byte == b'\n').count() + 1;
        Unreadable {
            pointer: format!("/lines/{line}"),
            detail: format!("the file is not UTF-8: line {line} holds other bytes"),
        }
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let statement = match text.trim_start() {
        "" => return Err(Unreadable::whole("the file is empty")),
        xml if xml.starts_with('<') => camt::read(xml)?,
        _ => csv::read(text)?,
    };
    one_of_a_kind(&statement)?;
    Ok(statement)
}

/// Whether a statement is of an account, however either is written.
pub(super) fn is_of(statement: &Statement, account: &str) -> bool {
    bare(&statement.account) == bare(account)
}

/// The number of an account however it is written: without blanks, and without the zeros before it that tables lose.
pub(super) fn bare(account: &str) -> String {
    compact(account).trim_start_matches('0').to_owned()
}

/// Refuses two entries that the bank calls the same and tells differently: one of them would be lost.
fn one_of_a_kind(statement: &Statement) -> Result<(), Unreadable> {
    let mut known = std::collections::HashMap::new();
    for entry in &statement.entries {
        let Some(id) = entry.bank_id.as_deref() else { continue };
        let told = (entry.amount, entry.currency, &entry.reference);
        if let Some((place, before)) = known.insert((id, entry.amount < Minor::ZERO), (entry.place, told))
            && before != told
        {
            let detail = format!("the bank gives it the id of entry {place}, and tells it otherwise");
            return Err(Unreadable { pointer: format!("/entries/{}", entry.place), detail });
        }
    }
    Ok(())
}
