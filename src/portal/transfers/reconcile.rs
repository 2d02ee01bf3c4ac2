//! A statement comes in: read whole, then booked entry by entry, each in a unit of its own. What is known is left as it is,
//! so that the same file, or another with the same entries, can come again.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{
    bank_statement::{self, Booked, Statement},
    booking::{self, Arriving, Fresh},
    look,
    routes::account,
};
use crate::{
    api::{
        endpoint::Clerk,
        problem::{Code, Problem},
        reconciliation::{self, MOST_BYTES, ReconciledEntry, Reconciliation},
    },
    portal::{
        Portal,
        error::Result,
        random::with_fresh_ids,
        web::{context::Context, file::Incoming, router::Routes},
    },
};

/// The operations on statements.
pub(super) fn routes(routes: Routes) -> Routes {
    routes.receive(&reconciliation::RECONCILE, reconcile).receive(&reconciliation::LOOK_AT, look_at)
}

/// The bytes of a file of a bearable size.
async fn bytes(file: &mut Incoming) -> Result<Vec<u8>> {
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    while let Some(piece) = file.next().await? {
        if bytes.len() + piece.len() > most {
            file.read_out().await;
            let detail = format!("the statement is larger than {} MB", MOST_BYTES / 1_000_000);
            return Err(Problem::new(Code::TooLarge, detail)
                .hint("have the bank send shorter ones: of a week or a day")
                .into());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// The statement in a file, if it is of the city's account.
async fn statement(portal: &Portal, mut file: Incoming) -> Result<Statement> {
    let own = match account(portal) {
        Ok(account) => account.number.as_str(),
        Err(refusal) => {
            file.read_out().await;
            return Err(refusal);
        }
    };
    let statement = bank_statement::read(&bytes(&mut file).await?)?;
    if !bank_statement::is_of(&statement, own) {
        let detail = format!("the statement is of the account {}, and the city's is {own}", statement.account);
        let problem = Problem::new(Code::Invalid, detail);
        return Err(problem.hint("nothing was booked; take the statement of the account in [payments.bank]").into());
    }
    Ok(statement)
}

/// The entries, each with a digest of what the bank calls it, when and over what it is: some banks number anew in each
/// statement. Where it calls it nothing, of all it says of it and of how many like it came before in the file. They are in
/// the order in which they were booked, what the bank takes back behind what it may have booked on that day.
fn arriving(statement: Statement) -> Vec<Arriving> {
    let mut before: HashMap<[u8; 32], u32> = HashMap::new();
    let account = bank_statement::bare(&statement.account);
    let known_again = statement.entries.into_iter().enumerate().map(|(nth, entry)| {
        // Money that goes out is below zero: a reversal is not what it takes back, though some banks call both the same.
        let (date, amount) = (entry.booked_on.to_string(), entry.amount.0.to_string());
        let digest = match &entry.bank_id {
            Some(id) => digest(&["id", &account, id, &date, &amount, entry.currency.code()]),
            None => {
                let (reference, name) = (entry.reference.as_deref(), entry.name.as_deref());
                let said = [reference, name].map(Option::unwrap_or_default);
                let alike = digest(&["said", &account, &date, &amount, entry.currency.code(), said[0], said[1]]);
                let count = before.entry(alike).and_modify(|count| *count += 1).or_insert(0);
                Sha256::new().chain_update(alike).chain_update(count.to_be_bytes()).finalize().into()
            }
        };
        Arriving { nth, entry, digest }
    });
    let mut arriving: Vec<Arriving> = known_again.collect();
    // Some banks tell the last first.
    arriving.sort_by_key(|Arriving { entry, .. }| (entry.booked_on, entry.booked == Booked::AsReversal));
    arriving
}

/// What was told of each entry, in the order of the file.
fn in_file_order(mut told: Vec<(usize, ReconciledEntry)>) -> Vec<ReconciledEntry> {
    told.sort_unstable_by_key(|(nth, _)| *nth);
    told.into_iter().map(|(_, entry)| entry).collect()
}

/// A digest of texts, each with its length before it.
fn digest(texts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.len().to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().into()
}

async fn reconcile(context: Context<Clerk>, (): (), file: Incoming) -> Result<Reconciliation> {
    let (portal, by) = (&context.portal, (context.account(), context.now));
    let statement = statement(portal, file).await?;
    let (account, mut new) = (statement.account.clone(), 0);
    let mut entries = Vec::with_capacity(statement.entries.len());
    for arriving in arriving(statement) {
        let nth = arriving.nth;
        let unit = (portal.clone(), arriving);
        let booked = with_fresh_ids(|| async {
            let fresh = Fresh::draw(portal.random())?;
            let write = context.write(unit.clone(), move |tx, (portal, arriving)| {
                Box::pin(booking::book(tx, portal, by, arriving, fresh))
            });
            write.await
        });
        let (entry, is_new) = booked.await?;
        new += u64::from(is_new);
        entries.push((nth, entry));
    }
    Ok(Reconciliation { account, new, entries: in_file_order(entries) })
}

/// What booking it would come to.
async fn look_at(context: Context<Clerk>, (): (), file: Incoming) -> Result<Reconciliation> {
    let portal = &context.portal;
    let statement = statement(portal, file).await?;
    let account = statement.account.clone();
    let arriving = arriving(statement);
    let (new, told) = look::look(portal, context.account(), &arriving).await?;
    let entries = in_file_order(arriving.iter().map(|arriving| arriving.nth).zip(told).collect());
    Ok(Reconciliation { account, new, entries })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<Arriving> {
        arriving(bank_statement::read(text.as_bytes()).unwrap())
    }

    #[test]
    fn an_entry_is_known_again_in_another_file() {
        let header = "date,amount,currency,reference,id,account,name\n";
        let line = |amount: &str, id: &str| format!("2026-11-23,{amount},USD,RF18539007547034,{id},4821900171,Rosa\n");
        let digests = |lines: &[String]| -> Vec<[u8; 32]> {
            entries(&format!("{header}{}", lines.concat())).iter().map(|arriving| arriving.digest).collect()
        };
        let (named, other, bare) = (line("5", "A-1"), line("5", "A-2"), line("5", ""));
        let one = digests(&[named.clone(), bare.clone(), bare.clone(), other.clone()]);
        assert_eq!(digests(&[bare.clone(), other, named]), [one[1], one[3], one[0]]);
        assert_ne!(one[1], one[2], "two alike in a file are two");
        assert_ne!(digests(&[line("6", "")])[0], one[1]);
        assert_ne!(digests(&[line("-5", "A-1")])[0], one[0], "what goes out is not what came in");
        // A table that lost the zeros before the account's number tells the same; an id that is given anew on another day does not.
        let zeros = bare.replace(",4821900171,", ",004821900171,");
        assert_eq!(digests(&[zeros])[0], one[1]);
        assert_ne!(digests(&[line("5", "A-1").replace("-23,", "-24,")])[0], one[0]);
    }
}
