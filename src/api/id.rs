//! Ids a person can read over the phone: three letters for the kind, a dash, eight Crockford base-32 characters from
//! 40 random bits (`BIL-7K3Q9XM2`). Read back without regard to case, with `O` for `0`, `I` and `L` for `1`, and with
//! or without the dash.

use std::{fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Crockford's alphabet: no letter looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 8;

/// What a kind of thing is called in its ids.
pub trait Kind: Send + Sync + 'static {
    /// Three capital letters.
    const PREFIX: &'static str;
    /// The noun, for errors: `bill`.
    const NOUN: &'static str;
    /// Which of a resident's commands lead to it.
    const COMMANDS: Commands;
    /// Which of a clerk's commands lead to it.
    const CLERKS: Commands;
}

/// Whose commands a hint names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Those of whoever looks at their own things.
    Residents,
    /// Those of the city's staff.
    Clerks,
}

/// Which commands lead to a kind of thing, for hints; each where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Commands {
    /// What lists them: `citytime bills list`.
    pub list: Option<&'static str>,
    /// What shows one, but for its id: `citytime bills show`.
    pub show: Option<&'static str>,
}

/// A kind as data, for whoever meets an id whose kind was not foreseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described {
    /// Three capital letters.
    pub prefix: &'static str,
    /// The noun: `bill`.
    pub noun: &'static str,
    /// Which of a resident's commands lead to it.
    pub commands: Commands,
    /// Which of a clerk's commands lead to it.
    pub clerks: Commands,
}

impl Described {
    /// Which commands of theirs lead to it.
    pub const fn commands_of(&self, audience: Audience) -> Commands {
        match audience {
            Audience::Residents => self.commands,
            Audience::Clerks => self.clerks,
        }
    }
}

/// What to do where there is no such thing: where those there are stand, as far as the id tells its kind.
pub fn where_listed(id: &str, audience: Audience) -> String {
    match describe(id).and_then(|kind| kind.commands_of(audience).list) {
        Some(list) => format!("see those there are: `{list}`"),
        None => "check that it is written as you were told it".to_owned(),
    }
}

/// The kind of thing a text is an id of, by its first letters and its form.
pub fn describe(text: &str) -> Option<&'static Described> {
    KINDS.iter().find(|kind| read(kind.prefix, text).is_some())
}

/// An id of any kind as it is told, however it was typed.
pub fn canonical(text: &str) -> Option<String> {
    KINDS.iter().find_map(|kind| read(kind.prefix, text).map(|number| spell(kind.prefix, number)))
}

/// The id of a `K`: 40 bits.
pub struct Id<K>(i64, PhantomData<fn() -> K>);

/// A text that is no id of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no {noun} id; one looks like {prefix}-7K3Q9XM2")]
pub struct InvalidId {
    /// What was read.
    pub text: String,
    /// The noun whose id was expected.
    pub noun: &'static str,
    /// The prefix such an id has.
    pub prefix: &'static str,
}

impl InvalidId {
    /// What to do next: where an id of another kind belongs, or where those of this kind are found.
    pub fn hint(&self, audience: Audience) -> Option<String> {
        if let Some(kind) = describe(&self.text) {
            let (id, commands) = (self.text.trim(), kind.commands_of(audience));
            return Some(match (commands.show, commands.list) {
                (Some(show), _) => format!("{id} is the id of a {}: `{show} {id}` shows it", kind.noun),
                (None, Some(list)) => format!("{id} is the id of a {}, one of `{list}`", kind.noun),
                (None, None) => format!("{id} is the id of a {}", kind.noun),
            });
        }
        let expected = KINDS.iter().find(|kind| kind.prefix == self.prefix)?;
        expected.commands_of(audience).list.map(|list| format!("see those there are: `{list}`"))
    }
}

impl<K> Id<K> {
    /// How many different ids a kind has.
    pub const SPACE: i64 = 1 << 40;

    /// The id of a number; bits above the 40th are cut off.
    pub const fn new(number: i64) -> Self {
        Self(number & (Self::SPACE - 1), PhantomData)
    }

    /// The number behind the id, as the database keeps it: `0..2^40`.
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&spell(K::PREFIX, self.0))
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A number as an id with the given prefix.
pub fn spell(prefix: &str, number: i64) -> String {
    let mut text = String::with_capacity(prefix.len() + 1 + LENGTH);
    text.push_str(prefix);
    text.push('-');
    for place in (0..LENGTH).rev() {
        let digit = (number >> (5 * place)) & 31;
        text.push(char::from(ALPHABET[usize::try_from(digit).unwrap_or(0)]));
    }
    text
}

/// Random bytes as so many letters of the alphabet, from five bits of each byte: codes that people type.
#[cfg(feature = "portal")]
pub(crate) fn letters(bytes: &[u8], count: usize) -> String {
    bytes.iter().take(count).map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
}

/// The letters somebody typed as they were meant, in any case, grouped or not, `O` for `0`, `I` and `L` for `1`; nothing
/// where one is none of the alphabet.
#[cfg(feature = "portal")]
pub(crate) fn meant(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
    letters.map(|letter| Some(char::from(ALPHABET[usize::try_from(digit(letter)?).ok()?]))).collect()
}

/// The value of a letter as people type it.
fn digit(character: char) -> Option<i64> {
    let character = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|&letter| char::from(letter) == character)?;
    i64::try_from(place).ok()
}

impl<K: Kind> FromStr for Id<K> {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let number = read(K::PREFIX, text).ok_or_else(|| InvalidId {
            text: text.to_owned(),
            noun: K::NOUN,
            prefix: K::PREFIX,
        })?;
        Ok(Self::new(number))
    }
}

/// The number of an id with that prefix.
fn read(expected: &str, text: &str) -> Option<i64> {
    let (prefix, rest) = text.trim().split_at_checked(expected.len())?;
    let digits = rest.strip_prefix('-').unwrap_or(rest);
    if !prefix.eq_ignore_ascii_case(expected) || digits.chars().count() != LENGTH {
        return None;
    }
    digits.chars().try_fold(0, |number, character| Some(number << 5 | digit(character)?))
}

impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "portal")]
impl<K: Kind> utoipa::PartialSchema for Id<K> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some(format!("^{}-[0-9A-HJKMNP-TV-Z]{{8}}$", K::PREFIX)))
            .examples([spell(K::PREFIX, 0x3_D9B7_BA85)])
            .into()
    }
}

#[cfg(feature = "portal")]
impl<K: Kind> utoipa::ToSchema for Id<K> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("{}Id", K::PREFIX).into()
    }
}

macro_rules! command {
    () => {
        None
    };
    ($command:literal) => {
        Some($command)
    };
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident $id:ident $prefix:literal $noun:literal
        $(, list $list:literal)? $(, show $show:literal)? $(, clerks list $listed:literal)? $(, clerks show $shown:literal)?;)+) => {
        /// Every kind.
        pub static KINDS: &[Described] = &[$(
            Described {
                prefix: $kind::PREFIX,
                noun: $kind::NOUN,
                commands: $kind::COMMANDS,
                clerks: $kind::CLERKS,
            },
        )+];
        $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $kind {}
        impl Kind for $kind {
            const PREFIX: &'static str = $prefix;
            const NOUN: &'static str = $noun;
            const COMMANDS: Commands = Commands { list: command!($($list)?), show: command!($($show)?) };
            const CLERKS: Commands = Commands { list: command!($($listed)?), show: command!($($shown)?) };
        }
        #[doc = concat!("The id of a ", $noun, ": `", $prefix, "-…`.")]
        pub type $id = Id<$kind>;
        )+
    };
}

kinds! {
    /// A resident's or clerk's account.
    AccountKind AccountId "ACC" "account", clerks show "citytime staff residents show";
    /// What the city knows of a person: a utility account, a parcel, a licence.
    RecordKind RecordId "REC" "city record", list "citytime account records list",
        clerks show "citytime staff records show";
    /// What is owed.
    BillKind BillId "BIL" "bill", list "citytime bills list --status all", show "citytime bills show",
        clerks list "citytime staff bills list --status all", clerks show "citytime staff bills show";
    /// What was paid, for one or more bills.
    PaymentKind PaymentId "PAY" "payment", list "citytime history payments", show "citytime bills receipt",
        clerks list "citytime staff payments list", clerks show "citytime staff payments show";
    /// What goes back of a payment.
    RefundKind RefundId "RFD" "refund", list "citytime history payments", clerks list "citytime staff payments list";
    /// A transfer somebody is going to make at their bank.
    TransferKind TransferId "TRF" "transfer", list "citytime bills transfer --all", show "citytime bills transfer";
    /// A line of the city's bank statement.
    BankEntryKind BankEntryId "BNK" "bank entry", clerks list "citytime staff payments parked";
    /// A saved way to pay.
    MethodKind MethodId "WAL" "payment method", list "citytime wallet list";
    /// A payment method that is being added on its processor's page.
    SetupKind SetupId "SET" "set-up", show "citytime wallet setup";
    /// A personal access token.
    TokenKind TokenId "TOK" "token", list "citytime account tokens list";
    /// A sign-in by password.
    SessionKind SessionId "SES" "session", list "citytime account sessions list";
    /// An application for a permit.
    PermitKind PermitId "PRM" "permit", list "citytime permit list", show "citytime permit status",
        clerks list "citytime staff permits list", clerks show "citytime staff permits show";
    /// What the city offers at a time and place: a workshop, a meeting.
    ProgramKind ProgramId "PRG" "program", list "citytime programs list", show "citytime programs show",
        clerks list "citytime programs list", clerks show "citytime programs show";
    /// Seats in a program.
    RegistrationKind RegistrationId "REG" "registration", list "citytime programs registrations",
        clerks list "citytime staff programs registrations PROGRAM";
    /// A service request.
    RequestKind RequestId "REQ" "service request", list "citytime request list", show "citytime request status",
        clerks list "citytime staff requests list", clerks show "citytime staff requests show";
    /// A question to the city's support, and what was said about it.
    TicketKind TicketId "TKT" "support ticket", list "citytime support list", show "citytime support show",
        clerks list "citytime staff support list", clerks show "citytime staff support show";
    /// What somebody was told.
    NoticeKind NoticeId "NTC" "notice", list "citytime notifications list", clerks list "citytime staff notices list";
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_id_is_read_back_however_it_is_written(number in 0..BillId::SPACE, dash: bool, lower: bool) {
            let id = BillId::new(number);
            let mut text = id.to_string();
            if !dash { text = text.replace('-', ""); }
            if lower { text = text.to_lowercase(); }
            let misread = text[3..].replace('0', "O").replace('1', "l");
            prop_assert_eq!(text.parse::<BillId>().unwrap(), id);
            prop_assert_eq!(format!("bil{misread}").parse::<BillId>().unwrap(), id);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,16}") {
            let _ = text.parse::<BillId>();
        }
    }

    #[test]
    fn another_kind_is_refused() {
        let refused = "PAY-7K3Q9XM2".parse::<BillId>().unwrap_err();
        assert_eq!(refused.to_string(), "`PAY-7K3Q9XM2` is no bill id; one looks like BIL-7K3Q9XM2");
        let shown = "PAY-7K3Q9XM2 is the id of a payment: `citytime bills receipt PAY-7K3Q9XM2` shows it";
        assert_eq!(refused.hint(Audience::Residents).unwrap(), shown);
        let to_clerks = "PAY-7K3Q9XM2 is the id of a payment: `citytime staff payments show PAY-7K3Q9XM2` shows it";
        assert_eq!(refused.hint(Audience::Clerks).unwrap(), to_clerks);
        let listed = "wal7k3q9xm2".parse::<BillId>().unwrap_err();
        let wallet = "wal7k3q9xm2 is the id of a payment method, one of `citytime wallet list`";
        assert_eq!(listed.hint(Audience::Residents).unwrap(), wallet);
        assert_eq!(listed.hint(Audience::Clerks).unwrap(), "wal7k3q9xm2 is the id of a payment method");
        let garbled = "BIL-7K3".parse::<BillId>().unwrap_err();
        let bills = [(Audience::Residents, "bills"), (Audience::Clerks, "staff bills")];
        for (audience, noun) in bills {
            let listed = format!("see those there are: `citytime {noun} list --status all`");
            assert_eq!(garbled.hint(audience).unwrap(), listed);
        }
        assert_eq!("x".parse::<AccountId>().unwrap_err().hint(Audience::Residents), None);
    }
}
