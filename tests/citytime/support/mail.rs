//! What the portal has written to people, read from the letters and messages themselves.

use std::path::Path;

use super::eventually::eventually;
use super::portal::Portal;

/// A letter or message that arrived.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    /// The address or number.
    to: String,
    /// In a line.
    subject: String,
    /// All of it, without the breaks of its lines.
    pub(crate) text: String,
    whole: String,
}

impl Letter {
    fn read(whole: &str) -> Self {
        let header = |name: &str| whole.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
        let (head, body) = whole.split_once("\n\n").unwrap_or((whole, ""));
        // A message to a phone is its own subject.
        let subject = if head.contains("Subject: ") { header("Subject: ") } else { body.to_owned() };
        let plain = body.split("text/html").next().unwrap_or_default();
        let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { to: header("To: "), subject, text, whole: whole.to_owned() }
    }

    /// The code in it, as it is written: it stands alone in its line, or at the end of a message.
    pub(crate) fn code(&self) -> String {
        let alone = self.whole.lines().filter_map(|line| line.strip_prefix("    ")).find(|line| !line.contains(' '));
        let last = || self.whole.split_whitespace().last();
        let code = if self.whole.contains("Subject: ") { alone } else { last() };
        code.unwrap_or_else(|| panic!("no code in {}", self.whole)).to_owned()
    }

    /// The link in it, from the portal's `/` on.
    pub(crate) fn link(&self) -> String {
        let link = self.whole.lines().find_map(|line| line.strip_prefix("http://"));
        let path = link.and_then(|link| link.split_once('/')).map(|(_, path)| format!("/{path}"));
        path.unwrap_or_else(|| panic!("no link in {}", self.whole))
    }
}

/// Everything that landed in a folder, as it is, the oldest first.
fn mailbag(folder: &Path) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    // One that is being written has no name of its own yet.
    files.retain(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'));
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// The letters in a folder to an address, whose subject holds these words.
fn letters(folder: &Path, to: &str, subject: &str) -> Vec<Letter> {
    let letters = mailbag(folder).into_iter().map(|whole| Letter::read(&whole));
    letters.filter(|letter| letter.to == to && letter.subject.contains(subject)).collect()
}

/// Waits for a letter in the folder a portal process writes its mail into, and returns the newest.
pub(crate) async fn letter_in(folder: &Path, to: &str, subject: &str) -> Letter {
    eventually(&format!("a letter to {to}: {subject}"), async || letters(folder, to, subject).pop()).await
}

impl Portal {
    /// The letters that came to an address so far, whose subject holds these words.
    pub(crate) async fn letters_so_far(&self, to: &str, subject: &str) -> Vec<Letter> {
        letters(&self.mail(), to, subject)
    }

    /// Everything that left, as it is, the oldest first.
    pub(crate) fn mailbag(&self) -> Vec<String> {
        mailbag(&self.mail())
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
