//! Statements as a bank would send them.

use std::fmt::Write as _;

/// The account of the made-up city.
pub(crate) const ACCOUNT: &str = "004821900171";

/// A line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) amount: String,
    pub(crate) currency: &'static str,
    pub(crate) reference: String,
    pub(crate) id: String,
    pub(crate) goes_out: bool,
    /// What its payer calls it; nothing where empty.
    pub(crate) end_to_end: &'static str,
    /// Whether the bank takes something back that it had booked.
    pub(crate) is_reversal: bool,
}

/// Money that comes in.
pub(crate) fn comes(cents: i64, reference: &str, id: &str) -> Line {
    let amount = format!("{}.{:02}", cents / 100, cents % 100);
    let (reference, id) = (reference.to_owned(), id.to_owned());
    Line { amount, currency: "USD", reference, id, goes_out: false, end_to_end: "", is_reversal: false }
}

/// The bank takes back what it had booked.
pub(crate) fn reverses(cents: i64, reference: &str, id: &str) -> Line {
    Line { goes_out: true, is_reversal: true, ..comes(cents, reference, id) }
}

/// The statement as camt.053.
pub(crate) fn camt(account: &str, lines: &[Line]) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">\n<BkToCstmrStmt>\
         <GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>USD</Ccy></Acct>\n"
    );
    for (place, line) in lines.iter().enumerate() {
        let Line { amount, currency, reference, id, goes_out, end_to_end, is_reversal } = line;
        let direction = if *goes_out { "DBIT" } else { "CRDT" };
        let id = if id.is_empty() { String::new() } else { format!("<AcctSvcrRef>{id}</AcctSvcrRef>") };
        let end_to_end = match *end_to_end {
            "" => String::new(),
            end_to_end => format!("<Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>"),
        };
        // Every other payer's bank puts the reference into free text.
        let remittance = match (reference.as_str(), place % 2) {
            ("", _) => String::new(),
            (reference, 0) => format!("<RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf>"),
            (reference, _) => format!("<RmtInf><Ustrd>city bill {reference} thanks</Ustrd></RmtInf>"),
        };
        writeln!(
            text,
            "<Ntry><Amt Ccy=\"{currency}\">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><RvslInd>{is_reversal}</RvslInd><Sts><Cd>BOOK</Cd></Sts>\
             <BookgDt><Dt>2026-11-23</Dt></BookgDt>{id}<NtryDtls><TxDtls>{end_to_end}{remittance}<RltdPties><Dbtr><Pty><Nm>Rosa &amp; Co</Nm></Pty></Dbtr></RltdPties>\
             </TxDtls></NtryDtls></Ntry>"
        )
        .unwrap();
    }
    text + "</Stmt></BkToCstmrStmt></Document>\n"
}

/// The statement as a table.
pub(crate) fn table(account: &str, lines: &[Line]) -> String {
    let mut text = "date,amount,currency,reference,id,account,name\n".to_owned();
    for Line { amount, currency, reference, id, goes_out, .. } in lines {
        let sign = if *goes_out { "-" } else { "" };
        writeln!(text, "2026-11-23,{sign}{amount},{currency},{reference},{id},{account},Rosa").unwrap();
    }
    text
}
