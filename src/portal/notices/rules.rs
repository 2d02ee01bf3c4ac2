//! When a notice is tried again, where it goes, what can be silenced: pure decisions.

use std::time::Duration;

use jiff::SignedDuration;

use super::queries::{Content, Taken, Wish};
use crate::{
    api::{
        accounts::AccountStatus,
        notices::{Channel, Choice, Topic},
        problem::{FieldError, Problem},
        time::Timestamp,
        word::Word,
    },
    portal::{error::Result, gateways::Fault},
};

/// How often a letter is tried at most: for more than a day.
pub(super) const MOST_ATTEMPTS: i64 = 18;
/// How long the first wait is, in seconds; each is twice the one before.
const FIRST_WAIT: i64 = 5;
/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 4 * 3600;
/// What is due later than this was put there by a clock that has jumped back since.
const HORIZON: i64 = 24;
/// How long after a letter's own limit its lease ends, in seconds: time to note what became of it.
const MARGIN: u64 = 5;

/// What becomes of a letter that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// Somebody else has it.
    Sent,
    /// It is tried again then.
    Again(Timestamp, String),
    /// It is given up, and a clerk is shown why.
    Dead(String),
}

/// What becomes of a letter after so many attempts.
pub(super) fn fate(outcome: Result<(), Fault>, attempts: i64, now: Timestamp) -> Fate {
    match outcome {
        Ok(()) => Fate::Sent,
        Err(Fault::Refused(why)) => Fate::Dead(why),
        // Whoever gets it twice is charged or puzzled twice: a clerk, who is shown it, may ask the service first.
        Err(Fault::Unknown(why)) => Fate::Dead(format!("{why}: it may have been sent, and is not repeated by itself")),
        Err(Fault::Deferred(why)) if attempts >= MOST_ATTEMPTS => Fate::Dead(format!("{why}; tried {attempts} times")),
        Err(Fault::Deferred(why)) => Fate::Again(now.plus(wait(attempts)), why),
    }
}

/// Why a letter that was under way is not sent any more. What goes to a named address still is, whatever became of the
/// account: the way back into it does.
pub(super) fn too_late(letter: &Content, now: Timestamp) -> Option<&'static str> {
    if letter.expires_at.is_some_and(|at| at <= now) {
        return Some("it could not be sent while it was of use");
    }
    let rests = letter.status == Some(AccountStatus::Deactivated) && !letter.named;
    rests.then_some("its account was deactivated before it left")
}

/// How long to wait after so many attempts.
fn wait(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(20);
    SignedDuration::from_secs((FIRST_WAIT << doublings).min(LONGEST_WAIT))
}

/// Which letters leave first, the lowest ahead: what goes to a named address holds a code or a link that somebody waits for,
/// and waits behind nothing that accounts are told, however much of that there is.
pub(super) const fn priority(notice: &Taken) -> i64 {
    if notice.address.is_some() { 0 } else { 1 }
}

/// The latest instant anything is put off to.
pub(super) fn horizon(now: Timestamp) -> Timestamp {
    now.plus(SignedDuration::from_hours(HORIZON))
}

/// Until when a letter is whose that took it.
pub(super) fn lease(now: Timestamp, patience: Duration) -> Timestamp {
    let seconds = i64::try_from(patience.as_secs() + MARGIN).unwrap_or(i64::MAX);
    now.plus(SignedDuration::from_secs(seconds))
}

/// How an account is told of a topic unless it says otherwise.
pub(super) const USUAL: &[Channel] = &[Channel::Email];

/// Whether e-mails of a topic can be ended by their reader.
pub(super) const fn can_be_silenced(topic: Topic) -> bool {
    !matches!(topic, Topic::Account)
}

/// The channels a topic always comes by.
pub(super) fn always(topic: Topic) -> Vec<Channel> {
    if can_be_silenced(topic) { Vec::new() } else { vec![Channel::Email] }
}

/// What can be texted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Texting {
    /// The account's phone.
    Possible,
    /// The account has none.
    NoPhone,
    /// The account's phone is not confirmed: whose it is is not known.
    Unconfirmed,
    /// The city sends no messages.
    NoService,
}

/// Checks choices, and orders their channels.
pub(super) fn chosen(choices: &[Choice], texting: Texting) -> Result<Vec<(Topic, Vec<Channel>)>> {
    if choices.is_empty() {
        return Err(crate::portal::error::Error::field("/choices", "name at least one topic"));
    }
    let mut errors = Vec::new();
    let mut chosen: Vec<(Topic, Vec<Channel>)> = Vec::new();
    for (place, Choice { topic, channels, .. }) in choices.iter().enumerate() {
        let pointer = format!("/choices/{place}");
        if chosen.iter().any(|(known, _)| known == topic) {
            errors.push(FieldError::new(&pointer, format!("{topic} is named twice")));
        }
        if always(*topic).iter().any(|channel| !channels.contains(channel)) {
            let detail = format!("{topic} always comes by e-mail: it tells you when somebody gets at your account");
            errors.push(FieldError::new(&pointer, detail));
        }
        match texting {
            _ if !channels.contains(&Channel::Sms) => {}
            Texting::Possible => {}
            Texting::NoPhone => {
                let detail = "the account has no phone for SMS; add one: citytime account update --phone NUMBER";
                errors.push(FieldError::new(&pointer, detail));
            }
            Texting::Unconfirmed => {
                let detail = "the account's phone is not confirmed; get a code: citytime account verify --resend phone";
                errors.push(FieldError::new(&pointer, detail));
            }
            Texting::NoService => {
                errors.push(FieldError::new(&pointer, "this city sends no SMS; choose email or none"));
            }
        }
        chosen.push((*topic, Channel::ALL.iter().copied().filter(|channel| channels.contains(channel)).collect()));
    }
    let hint = "see what is chosen: citytime account notifications show";
    if errors.is_empty() { Ok(chosen) } else { Err(Problem::invalid(errors).hint(hint).into()) }
}

/// How far back a notice may have been written that only appears now: longer than any unit takes.
const LATE: i64 = 60;

/// Where a stream stands: what was seen of the last minute, as what comes late to it is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stand {
    /// The newest instant seen.
    pub(super) at: Timestamp,
    /// What was seen since a minute before that.
    pub(super) seen: Vec<i64>,
}

impl Stand {
    /// The first instant to look at.
    pub(super) fn from(&self) -> Timestamp {
        self.at.plus(SignedDuration::from_secs(-LATE))
    }

    /// As it travels.
    pub(super) fn text(&self) -> String {
        let seen = self.seen.iter().map(|id| format!(".{id:x}")).collect::<String>();
        format!("{}{seen}", self.at.as_millisecond())
    }

    /// Reads what travelled.
    pub(super) fn read(text: &str) -> Result<Self> {
        let wrong = || crate::portal::error::Error::field("/after", "`after` is not what the last answer's was");
        let mut parts = text.split('.');
        let at = parts.next().and_then(|at| at.parse().ok()).map(Timestamp::from_millisecond).ok_or_else(wrong)?;
        let seen = parts.map(|id| i64::from_str_radix(id, 16).map_err(|_| wrong())).collect::<Result<_>>()?;
        Ok(Self { at, seen })
    }

    /// Where it stands once these were seen too: id and instant of all there are from [`from`](Self::from) on.
    pub(super) fn after(&self, there: &[(i64, Timestamp)]) -> Self {
        let at = there.iter().map(|(_, at)| *at).fold(self.at, Ord::max);
        let stand = Self { at, seen: Vec::new() };
        let from = stand.from();
        Self { seen: there.iter().filter(|(_, at)| *at >= from).map(|(id, _)| *id).collect(), ..stand }
    }
}

/// Channels as the database keeps them.
pub(super) fn channels_text(channels: &[Channel]) -> String {
    channels.iter().map(|channel| channel.as_str()).collect::<Vec<_>>().join(" ")
}

/// Channels as they were kept, or the usual ones.
pub(super) fn channels(kept: Option<&str>) -> Vec<Channel> {
    match kept {
        Some(kept) => kept.split(' ').filter_map(Channel::parse).collect(),
        None => USUAL.to_vec(),
    }
}

/// Where a notice to an account goes: to addresses it has confirmed, as any other may be somebody else's; nowhere, where
/// it wants none or was put to rest.
pub(super) fn addresses(wish: Wish) -> Vec<(Channel, String)> {
    let Wish { email, phone, status, channels: kept } = wish;
    if status == AccountStatus::Deactivated {
        return Vec::new();
    }
    let address = |channel| match channel {
        Channel::Email => email.clone(),
        Channel::Sms => phone.clone(),
    };
    channels(kept.as_deref()).into_iter().filter_map(|channel| Some((channel, address(channel)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let now = Timestamp::from_millisecond(0);
        let deferred = || Err(Fault::Deferred("451 later".to_owned()));
        let waits = (1..MOST_ATTEMPTS).map(|attempts| match fate(deferred(), attempts, now) {
            Fate::Again(at, _) => at.as_millisecond() / 1000,
            other => panic!("{other:?}"),
        });
        let waits = waits.collect::<Vec<_>>();
        assert_eq!(waits[..5], [5, 10, 20, 40, 80]);
        assert!(waits.is_sorted() && waits.iter().all(|&wait| wait <= LONGEST_WAIT));
        assert!(waits.iter().sum::<i64>() > 24 * 3600, "a day without a gateway loses nothing");
        assert_eq!(fate(deferred(), MOST_ATTEMPTS, now), Fate::Dead("451 later; tried 18 times".to_owned()));
        assert_eq!(fate(Err(Fault::Refused("550 no".to_owned())), 1, now), Fate::Dead("550 no".to_owned()));
    }

    #[test]
    fn a_stream_misses_nothing_and_shows_nothing_twice() {
        let at = |seconds: i64| Timestamp::from_millisecond(1000 * seconds);
        let stand = Stand { at: at(100), seen: vec![1] };
        assert_eq!(Stand::read(&stand.text()).unwrap(), stand);
        // 2 was written before 1 and committed after it; 3 is new.
        let next = stand.after(&[(1, at(100)), (2, at(90)), (3, at(155))]);
        assert_eq!(next, Stand { at: at(155), seen: vec![1, 3] });
        assert_eq!(next.after(&[]).at, at(155));
        for wrong in ["", "x", "1.", "1.g", "."] {
            assert!(Stand::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_concerns_the_account_is_always_mailed() {
        let choice = |topic, channels: &[Channel]| Choice { topic, channels: channels.to_vec(), always: Vec::new() };
        let refused =
            |choices: &[Choice], texting| chosen(choices, texting).unwrap_err().problem.errors[0].detail.clone();
        assert!(refused(&[choice(Topic::Account, &[])], Texting::Possible).contains("always comes by e-mail"));
        assert!(refused(&[choice(Topic::Billing, &[Channel::Sms])], Texting::NoPhone).contains("--phone"));
        assert!(refused(&[choice(Topic::Billing, &[Channel::Sms])], Texting::Unconfirmed).contains("--resend phone"));
        assert!(refused(&[choice(Topic::Billing, &[Channel::Sms])], Texting::NoService).contains("no SMS"));
        let twice = [choice(Topic::Billing, &[]), choice(Topic::Billing, &[])];
        assert!(refused(&twice, Texting::Possible).contains("twice"));
        let both = [choice(Topic::Billing, &[Channel::Sms, Channel::Email, Channel::Sms])];
        assert_eq!(chosen(&both, Texting::Possible).unwrap(), [(Topic::Billing, vec![Channel::Email, Channel::Sms])]);
    }

    #[test]
    fn what_is_too_late_is_not_sent() {
        let at = Timestamp::from_millisecond;
        let letter = |status, named, expires_at| Content {
            account: None,
            topic: Topic::Billing,
            subject: String::new(),
            body: String::new(),
            about: None,
            created_at: at(0),
            expires_at,
            named,
            name: None,
            status,
        };
        let (active, rests) = (Some(AccountStatus::Active), Some(AccountStatus::Deactivated));
        assert_eq!(too_late(&letter(active, false, None), at(9)), None);
        assert_eq!(too_late(&letter(None, true, Some(at(10))), at(9)), None);
        assert!(too_late(&letter(active, false, Some(at(9))), at(9)).is_some_and(|why| why.contains("of use")));
        assert!(too_late(&letter(rests, false, None), at(9)).is_some_and(|why| why.contains("deactivated")));
        assert_eq!(too_late(&letter(rests, true, None), at(9)), None, "the way back leads to a named address");
    }

    #[test]
    fn a_notice_goes_where_its_account_wants_it() {
        let wish = |status, phone: Option<&str>, kept: Option<&str>| {
            let (phone, channels) = (phone.map(str::to_owned), kept.map(str::to_owned));
            let to = addresses(Wish { email: Some("r@x.example".to_owned()), phone, status, channels });
            to.into_iter().map(|(channel, _)| channel).collect::<Vec<_>>()
        };
        let active = AccountStatus::Active;
        let unconfirmed = Wish { email: None, phone: None, status: active, channels: Some("email sms".to_owned()) };
        assert_eq!(addresses(unconfirmed), []);
        assert_eq!(wish(active, None, None), [Channel::Email]);
        assert_eq!(wish(active, None, Some("")), []);
        assert_eq!(wish(active, None, Some("email sms")), [Channel::Email]);
        assert_eq!(wish(active, Some("+1"), Some("email sms")), [Channel::Email, Channel::Sms]);
        assert_eq!(wish(AccountStatus::Deactivated, Some("+1"), Some("email sms")), []);
    }
}
