//! A statement as a table (RFC 4180): a header names the columns in any order, a line for each entry. Amounts are
//! decimals with a point; below zero is what went out. The last line ends as the others do: otherwise the file may have
//! been cut off.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{Booked, Entry, MOST_ENTRIES, Statement, Unreadable, values};
use crate::api::{bank::compact, money::Minor};

/// The columns there must be.
const NEEDED: [&str; 5] = ["date", "amount", "currency", "reference", "account"];

fn at(line: u64, detail: impl Into<String>) -> Unreadable {
    Unreadable { pointer: format!("/lines/{line}"), detail: format!("line {line}: {}", detail.into()) }
}

/// Where a column stands.
struct Header(Vec<String>);

impl Header {
    fn cell<'r>(&self, row: &'r StringRecord, name: &str) -> Option<&'r str> {
        let place = self.0.iter().position(|known| known == name)?;
        row.get(place).filter(|cell| !cell.is_empty())
    }

    fn needed<'r>(&self, row: &'r StringRecord, name: &str, line: u64) -> Result<&'r str, Unreadable> {
        self.cell(row, name).ok_or_else(|| at(line, format!("its {name} is empty")))
    }
}

/// Reads a table.
pub(super) fn read(text: &str) -> Result<Statement, Unreadable> {
    if !text.ends_with('\n') {
        return Err(Unreadable::whole("the file is cut off: its last line does not end"));
    }
    // Where a comma separates decimals a semicolon separates cells.
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains(';') && !first.contains(',') { b';' } else { b',' };
    let mut reader =
        ReaderBuilder::new().trim(Trim::All).delimiter(delimiter).flexible(false).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| Unreadable::whole(format!("the file is no CSV: {error}")))?;
    let header = Header(header.iter().map(str::to_lowercase).collect());
    if let Some(missing) = NEEDED.iter().find(|name| !header.0.iter().any(|known| known == **name)) {
        let detail =
            format!("the file is no statement: it has no column `{missing}` (there must be {})", NEEDED.join(", "));
        return Err(Unreadable::whole(detail));
    }
    let mut statement: Option<Statement> = None;
    for row in reader.records() {
        let row = row.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            match error.kind() {
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                    at(line, format!("it has {len} cells, and the header {expected_len}: the file may be cut off"))
                }
                _ => at(line, error.to_string()),
            }
        })?;
        let line = row.position().map_or(0, csv::Position::line);
        let account = compact(header.needed(&row, "account", line)?);
        let of = statement.get_or_insert_with(|| Statement { account: account.clone(), entries: Vec::new() });
        if of.account != account {
            return Err(at(line, format!("it is of the account {account}, and the lines before of {}", of.account)));
        }
        of.entries.extend(entry(&header, &row, line)?);
        if of.entries.len() > MOST_ENTRIES {
            return Err(Unreadable::whole(format!("the file has more than {MOST_ENTRIES} entries")));
        }
    }
    statement.ok_or_else(|| Unreadable::whole("the file holds a header and nothing else: of which account is it?"))
}

/// The entry of a line; nothing where nothing was moved.
fn entry(header: &Header, row: &StringRecord, line: u64) -> Result<Option<Entry>, Unreadable> {
    let wrong = |detail: String| at(line, detail);
    let booked_on = values::date(header.needed(row, "date", line)?).map_err(wrong)?;
    let currency = values::currency(header.needed(row, "currency", line)?).map_err(wrong)?;
    let amount = header.needed(row, "amount", line)?;
    let (magnitude, sign) = amount.strip_prefix('-').map_or((amount, 1), |magnitude| (magnitude, -1));
    let amount = Minor(sign * values::amount(magnitude, currency).map_err(wrong)?.0);
    let cell = |name: &str| header.cell(row, name).map(str::to_owned);
    let reference = cell("reference");
    let creditor_reference = values::creditor_reference(reference.as_deref());
    let (bank_id, name) = (cell("id"), cell("name"));
    let (place, end_to_end, came_back, booked) = (line, None, None, Booked::AsNew);
    let entry = Entry {
        place,
        booked_on,
        amount,
        currency,
        bank_id,
        reference,
        creditor_reference,
        name,
        end_to_end,
        came_back,
        booked,
    };
    Ok((amount != Minor::ZERO).then_some(entry))
}
