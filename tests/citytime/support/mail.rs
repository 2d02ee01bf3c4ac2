//! What the portal has written to people, read as their receivers would.

use citytime::portal::store::StoreError;
use serde_json::Value;

use super::eventually::eventually;
use super::portal::Portal;

citytime::queries! {
    /// What is on its way to an address.
    LETTERS = "SELECT COALESCE(n.address, a.email), n.subject, n.body FROM notices n LEFT JOIN accounts a ON a.id = n.account \
               ORDER BY n.created_at, n.id";
}

/// A letter or message that arrived.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    /// The address or number.
    to: String,
    /// In a line.
    subject: String,
    /// All of it.
    pub(crate) text: String,
    body: Value,
}

impl Letter {
    /// The code in it, as it is written.
    pub(crate) fn code(&self) -> String {
        self.body["code"].as_str().unwrap_or_else(|| panic!("no code in {}", self.text)).to_owned()
    }

    /// The link in it, from the portal's `/` on.
    pub(crate) fn link(&self) -> String {
        self.body["action"]["path"].as_str().unwrap_or_else(|| panic!("no link in {}", self.text)).to_owned()
    }
}

impl Portal {
    /// The letters that came to an address so far, whose subject holds these words.
    pub(crate) async fn letters_so_far(&self, to: &str, subject: &str) -> Vec<Letter> {
        let read = self.store().read((), |tx, ()| Box::pin(async move { tx.rows(&LETTERS, &[]).await }));
        let rows: Vec<(String, String, String)> = read.await.map_err(|error: StoreError| error).expect("the notices");
        let letters = rows.into_iter().map(|(to, subject, text)| {
            let body = serde_json::from_str(&text).expect("a body");
            Letter { to, subject, text, body }
        });
        letters.filter(|letter| letter.to == to && letter.subject.contains(subject)).collect()
    }

    /// Waits for so many of them.
    pub(crate) async fn letters(&self, to: &str, subject: &str, count: usize) -> Vec<Letter> {
        eventually(&format!("{count} letters to {to}: {subject}"), async || {
            Some(self.letters_so_far(to, subject).await).filter(|letters| letters.len() >= count)
        })
        .await
    }

    /// Waits for one, and returns the newest.
    pub(crate) async fn letter(&self, to: &str, subject: &str) -> Letter {
        self.letters(to, subject, 1).await.pop().expect("one at least")
    }
}
