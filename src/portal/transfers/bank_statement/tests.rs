//! What is read of a statement, and what refuses all of it.

use proptest::prelude::*;

use super::*;

const HEADER: &str = "Date,Amount,Currency,Reference,Id,Account,Name\n";

fn document(entries: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\
         <GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>S</Id><Acct><Id><Othr><Id>004821900171</Id></Othr></Id><Ccy>USD</Ccy></Acct>\
         {entries}</Stmt></BkToCstmrStmt></Document>\n"
    )
}

fn booked(inside: &str) -> String {
    format!(
        "<Ntry><NtryRef>1</NtryRef><Amt Ccy=\"USD\">45.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
         <BookgDt><Dt>2026-11-23</Dt></BookgDt><AcctSvcrRef>B-1</AcctSvcrRef>{inside}</Ntry>"
    )
}

fn one(text: &str) -> Entry {
    let mut statement = read(text.as_bytes()).unwrap();
    assert_eq!((statement.account.as_str(), statement.entries.len()), ("004821900171", 1), "{text}");
    statement.entries.remove(0)
}

fn refusal(text: &[u8]) -> String {
    read(text).unwrap_err().detail
}

#[test]
fn an_entry_of_camt_says_what_it_says() {
    let details = "<NtryDtls><TxDtls><Refs><EndToEndId>E2E</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Rosa Mar&#xed;n</Nm></Pty></Dbtr></RltdPties>\
        <RmtInf><Strd><CdtrRefInf><Ref>RF18 5390 0754 7034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>";
    let entry = one(&document(&booked(details)));
    assert_eq!((entry.place, entry.booked_on.to_string().as_str(), entry.amount), (1, "2026-11-23", Minor(4500)));
    assert_eq!(entry.creditor_reference.unwrap().as_str(), "RF18539007547034");
    assert_eq!((entry.name.as_deref(), entry.bank_id.as_deref()), (Some("Rosa Marín"), Some("B-1")));
    // The older versions tell the state and the payer in another place; the reference may stand in free text, broken up.
    let reference = CreditorReference::of("7K3Q9XM2").unwrap();
    let old = document(&booked(&format!(
        "<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Rosa</Nm></Dbtr></RltdPties><RmtInf><Ustrd>for water, {} please</Ustrd></RmtInf></TxDtls></NtryDtls>",
        crate::api::bank::grouped(reference.as_str()).to_lowercase()
    )))
    .replace("<Sts><Cd>BOOK</Cd></Sts>", "<Sts>BOOK</Sts>")
    .replace("camt.053.001.08", "camt.053.001.02");
    let entry = one(&old);
    assert_eq!((entry.creditor_reference, entry.name.as_deref()), (Some(reference), Some("Rosa")));
    // Money that goes out, and what came back.
    let out = one(&document(&booked("")).replace("CRDT", "DBIT"));
    assert_eq!((out.amount, out.reference), (Minor(-4500), None));
    let back =
        one(&document(&booked("<NtryDtls><TxDtls><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>")));
    assert_eq!(back.came_back.as_deref(), Some("AC04"));
    // What is not booked is not there.
    assert_eq!(read(document(&booked("")).replace("BOOK", "PDNG").as_bytes()).unwrap().entries, []);
}

#[test]
fn a_batch_is_its_transactions() {
    let transaction = |amount: &str| {
        format!("<TxDtls><Refs><EndToEndId>x{amount}</EndToEndId></Refs><Amt Ccy=\"USD\">{amount}</Amt></TxDtls>")
    };
    let batch = |parts: &[&str]| {
        let parts: String = parts.iter().map(|amount| transaction(amount)).collect();
        document(&booked(&format!("<NtryDtls>{parts}</NtryDtls>")))
    };
    let entries = read(batch(&["40.00", "5"]).as_bytes()).unwrap().entries;
    let told: Vec<_> = entries.iter().map(|entry| (entry.amount.0, entry.bank_id.as_deref().unwrap())).collect();
    assert_eq!(told, [(4000, "B-1/1"), (500, "B-1/2")]);
    assert_eq!(
        refusal(batch(&["40.00", "6"]).as_bytes()),
        "entry 1: its 2 transactions sum to 46.00, and it is over 45.00"
    );
    // An id that is given to more than one of them tells none apart.
    let repeated = batch(&["40.00", "5"]).replace("<Refs>", "<Refs><AcctSvcrRef>B-1</AcctSvcrRef>");
    assert_eq!(read(repeated.as_bytes()).unwrap().entries, entries);
    let nothing = document(&booked("").replace("B-1", "NOTPROVIDED"));
    assert_eq!(one(&nothing).bank_id, None);
    let untold = document(&booked("<NtryDtls><TxDtls/><TxDtls/></NtryDtls>"));
    assert_eq!((one(&untold).amount, one(&untold).reference), (Minor(4500), None));
}

#[test]
fn what_is_no_whole_statement_is_refused() {
    let whole = document(&booked(""));
    for cut in [whole.len() / 3, whole.len() / 2, whole.len() - 5, whole.len() - 15] {
        let told = refusal(&whole.as_bytes()[..cut]);
        assert!(told.contains("cut off"), "{cut}: {told}");
    }
    for (text, told) in [
        (
            whole.replace("BkToCstmrStmt", "CstmrCdtTrfInitn"),
            "the file is no camt.053: there is <CstmrCdtTrfInitn> where <BkToCstmrStmt> must be",
        ),
        ("<html></html>".to_owned(), "the file is no camt.053: there is <html> where <Document> must be"),
        (whole.replace("<Document", "<!DOCTYPE d [<!ENTITY x \"y\">]><Document"), "the file declares a document type"),
        (document(&booked("<AddtlNtryInf>&x;</AddtlNtryInf>")), "the file holds an entity that XML does not know: &x;"),
        (whole.replace("<Othr><Id>004821900171</Id></Othr>", ""), "the statement does not say of which account it is"),
        (whole.replace("45.00", "45.001"), "entry 1: `45.001` is no amount"),
        (whole.replace(" Ccy=\"USD\"", ""), "entry 1: its amount has no currency"),
        (whole.replace("2026-11-23", "23.11.2026"), "entry 1: `23.11.2026` is no date"),
        (
            whole.replace("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\""),
            "the file says it is ISO-8859-1, and must be UTF-8",
        ),
        (format!("{whole}<Document/>"), "the file goes on behind its end: <Document>"),
        (format!("<Document><BkToCstmrStmt>{}", "<a>".repeat(1000)), "its elements are nested too deep"),
        (
            document(&booked("").repeat(2).replacen("45.00", "46.00", 1)),
            "the bank gives it the id of entry 1, and tells it otherwise",
        ),
        (String::new(), "the file is empty"),
    ] {
        let refused = refusal(text.as_bytes());
        assert!(refused.starts_with(told), "{told}: {refused}");
    }
    let mut bytes = whole.into_bytes();
    let place = bytes.len() - 40;
    bytes[place] = 0xe9;
    assert_eq!(refusal(&bytes), "the file is not UTF-8: line 2 holds other bytes");
}

#[test]
fn a_table_says_the_same() {
    let text = format!("{HEADER}2026-11-23,45.00,USD,RF18539007547034,A-1,0048 2190 0171,Rosa\n");
    let entry = one(&text);
    assert_eq!((entry.place, entry.amount, entry.bank_id.as_deref()), (2, Minor(4500), Some("A-1")));
    assert!(entry.creditor_reference.is_some());
    let german = text.replace(',', ";");
    assert_eq!(one(&german), entry);
    assert_eq!(one(&text.replace("45.00", "-45.00")).amount, Minor(-4500));
    for (text, told) in [
        (text.trim_end().to_owned(), "the file is cut off: its last line does not end"),
        (format!("{text}2026-11-23,45\n"), "line 3: it has 2 cells, and the header 7: the file may be cut off"),
        (HEADER.to_owned(), "the file holds a header and nothing else"),
        ("date,amount\n".to_owned(), "the file is no statement: it has no column `currency`"),
        (
            format!("{text}{}", text.lines().last().unwrap().replace("0171", "0172") + "\n"),
            "line 3: it is of the account 004821900172",
        ),
        (text.replace("0048 2190 0171", ""), "line 2: its account is empty"),
        (text.replace("45.00", "1e3"), "line 2: `1e3` is no amount"),
        (text.replace("2026-11-23", "yesterday"), "line 2: `yesterday` is no date"),
        (text.replace("USD", "usd"), "line 2: `usd` is no ISO 4217 code"),
    ] {
        let refused = refusal(text.as_bytes());
        assert!(refused.starts_with(told), "{told}: {refused}");
    }
}

proptest! {
    #[test]
    fn an_amount_is_read_as_it_is_written(amount in 1..=1_000_000_000_000_i64, zeros in 0_usize..4) {
        let currency: Currency = "USD".parse().unwrap();
        let text = format!("{}{}", Minor(amount).decimal(currency), "0".repeat(zeros));
        prop_assert_eq!(values::amount(&text, currency), Ok(Minor(amount)));
        let longer = format!("{text}1");
        prop_assert!(values::amount(&longer, currency).is_err(), "{}", longer);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0_usize..2000) {
        let _ = read(&bytes);
        let whole = document(&booked(""));
        let _ = read(whole.as_bytes().get(..cut).unwrap_or_default());
        let _ = read(format!("{HEADER}{}\n", String::from_utf8_lossy(&bytes)).as_bytes());
    }
}
