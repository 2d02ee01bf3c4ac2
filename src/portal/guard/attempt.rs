//! A guess: asked for before anything is hashed, and counted as wrong until it is told right, so that many at once are
//! counted as many.

use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use tokio::sync::{Mutex, MutexGuard};

use super::{
    queries,
    rules::{self, Past, Wait},
};
use crate::{
    api::{
        problem::{Code, Problem},
        time::Timestamp,
    },
    portal::{
        Portal,
        error::{Error, Result},
        store::{Tx, params},
        web::source::Source,
    },
};

/// What a tally of everywhere has in place of a source.
const EVERYWHERE: &str = "";

/// What is guessed at. Only a digest is kept: people type passwords where a name belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subject([u8; 32]);

impl Subject {
    /// A kind of secret (`password`), and whose it is: a name as it is known, whether somebody has it or not.
    pub(crate) fn new(kind: &'static str, whose: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(kind.as_bytes());
        hash.update([0]);
        hash.update(whose.as_bytes());
        Self(hash.finalize().into())
    }

    /// What is kept of it.
    pub(crate) fn digest(&self) -> &[u8; 32] {
        &self.0
    }

    /// What all guesses of a source are counted under.
    fn anything() -> Self {
        Self::new("anything", "")
    }
}

/// A guess that was let through. It counts as wrong unless [`right`](Self::right) is called.
#[derive(Debug, Clone)]
#[must_use = "it counts as a wrong guess until it is told right"]
pub(crate) struct Attempt {
    subject: Subject,
    source: String,
    now: Timestamp,
}

/// How many kinds of guesses are counted at once.
const GATES: usize = 64;

/// Where guesses of one source at one secret wait for each other.
pub(crate) struct Gates(Vec<Mutex<()>>);

impl Gates {
    /// Nobody waits yet.
    pub(crate) fn new() -> Self {
        Self((0..GATES).map(|_| Mutex::new(())).collect())
    }

    /// Waits for the turn of a guess.
    async fn turn(&self, attempt: &Attempt) -> Option<MutexGuard<'_, ()>> {
        let mut hash = Sha256::new();
        hash.update(attempt.subject.0);
        hash.update(attempt.source.as_bytes());
        let [place, ..] = <[u8; 32]>::from(hash.finalize());
        Some(self.0.get(usize::from(place) % GATES)?.lock().await)
    }
}

/// Asks to guess; refused (429) where too much was guessed wrong before.
pub(crate) async fn begin(portal: &Portal, subject: Subject, source: Source, now: Timestamp) -> Result<Attempt> {
    let attempt = Attempt { subject, source: source.to_string(), now };
    // In this process one after the other, where the guesses are the same source's at the same secret: whoever must wait
    // is then turned away without a write, and a flood keeps neither the writer nor the connections busy.
    let _turn = portal.gates().turn(&attempt).await;
    let looked = portal.store().read(attempt.clone(), |tx, attempt| Box::pin(attempt.look(tx)));
    rules::judge(looked.await?, now).map_err(refused)?;
    #[expect(clippy::disallowed_methods, reason = "that somebody guesses is counted: nothing changes for anybody")]
    let counted = portal.store().write(attempt.clone(), |tx, attempt| Box::pin(attempt.count(tx)));
    counted.await?;
    Ok(attempt)
}

impl Attempt {
    async fn look(&self, tx: &Tx<'_>) -> Result<Past> {
        let Self { subject, source, now } = self;
        let of_source = queries::find(tx, &Subject::anything().0, source, *now).await?;
        let everywhere = queries::find(tx, &subject.0, EVERYWHERE, *now).await?;
        let here = queries::find(tx, &subject.0, source, *now).await?;
        let (source, everywhere, succeeded_at) = (of_source.tally(), everywhere.tally(), here.succeeded_at);
        Ok(Past { here: here.tally(), everywhere, source, succeeded_at })
    }

    /// Decides again with the tallies held, and counts. They are held in one order everywhere: nobody waits in a circle.
    async fn count(&self, tx: &Tx<'_>) -> Result<()> {
        let Self { subject, source, now } = self;
        let anything = Subject::anything();
        let of_source = queries::hold(tx, &anything.0, source, *now).await?;
        let everywhere = queries::hold(tx, &subject.0, EVERYWHERE, *now).await?;
        let here = queries::hold(tx, &subject.0, source, *now).await?;
        let past = Past {
            here: here.tally(),
            everywhere: everywhere.tally(),
            source: of_source.tally(),
            succeeded_at: here.succeeded_at,
        };
        let past = rules::judge(past, *now).map_err(refused)?;
        queries::count(tx, &anything.0, source, past.source).await?;
        queries::count(tx, &subject.0, EVERYWHERE, past.everywhere).await?;
        queries::count(tx, &subject.0, source, past.here).await
    }

    /// The guess was right, and not enough to get in: it is not counted, and clears nothing.
    async fn excused(&self, tx: &Tx<'_>) -> Result<()> {
        let Self { subject, source, .. } = self;
        tx.execute(&queries::FORGIVE, &params![Subject::anything().0, source]).await?;
        tx.execute(&queries::FORGIVE, &params![subject.0, EVERYWHERE]).await?;
        tx.execute(&queries::FORGIVE, &params![subject.0, source]).await?;
        Ok(())
    }

    /// The guess was right: the wrong ones are over, and its source is known from now on.
    pub(crate) async fn right(&self, tx: &Tx<'_>) -> Result<()> {
        let Self { subject, source, now } = self;
        tx.execute(&queries::FORGIVE, &params![Subject::anything().0, source]).await?;
        tx.execute(&queries::CLEAR, &params![subject.0, EVERYWHERE, now]).await?;
        tx.execute(&queries::SUCCEED, &params![subject.0, source, now]).await?;
        Ok(())
    }
}

/// Takes a guess back that was right, and not enough to get in.
pub(crate) async fn excuse(portal: &Portal, attempt: Attempt) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "a guess is not counted: nothing changes for anybody")]
    let excused = portal.store().write(attempt, |tx, attempt| Box::pin(attempt.excused(tx)));
    excused.await
}

/// The owner was here, and showed it otherwise than by guessing: wrong guesses are over.
pub(crate) async fn owner_was_here(tx: &Tx<'_>, subject: Subject, source: Source, now: Timestamp) -> Result<()> {
    tx.execute(&queries::CLEAR, &params![subject.0, EVERYWHERE, now]).await?;
    tx.execute(&queries::SUCCEED, &params![subject.0, source.to_string(), now]).await?;
    Ok(())
}

/// Forgets what was tried long ago.
pub(crate) async fn forget(tx: &Tx<'_>, now: Timestamp) -> Result<()> {
    let (tried, known) = (now.plus(-rules::FORGOTTEN), now.plus(-rules::KNOWN));
    tx.execute(&queries::FORGET, &params![tried, known]).await?;
    Ok(())
}

/// The same for every name, whether somebody has it or not.
fn refused(Wait(wait): Wait) -> Error {
    too_soon(wait, "wait that long before you try again; sign-ins you have go on working")
}

/// A guess that must wait so long.
pub(crate) fn too_soon(wait: SignedDuration, hint: &str) -> Error {
    let seconds = u32::try_from((wait.as_millis() + 999) / 1000).unwrap_or(u32::MAX);
    Problem::new(Code::RateLimited, format!("too many wrong guesses: the next one is taken in {}", told(seconds)))
        .retry_after(seconds)
        .hint(hint)
        .into()
}

/// A wait in words a person can plan with.
fn told(seconds: u32) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3600)),
    }
}
