//! Closed sets of words (states, kinds, scopes): one declaration gives the enum, its spelling on the wire, in the
//! database, in help and in completion.

/// An enum whose values are words. Implemented by [`words!`](crate::words) only.
pub trait Word: Copy + Eq + Send + Sync + 'static {
    /// Every value, in the order of declaration.
    const ALL: &'static [Self];
    /// What the set is called in an error: `payment status`.
    const SET: &'static str;

    /// The word itself.
    fn as_str(self) -> &'static str;

    /// The value a word names; `None` for a word outside the set.
    fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.as_str() == word)
    }
}

/// A word that is not in its set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no {set}; one of {allowed} is")]
pub struct UnknownWord {
    /// What was read.
    pub word: String,
    /// The set it was read for.
    pub set: &'static str,
    /// The words that are allowed, joined by commas.
    pub allowed: String,
}

impl UnknownWord {
    /// The error for `word` where a `W` was expected.
    pub fn of<W: Word>(word: &str) -> Self {
        let allowed = W::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", ");
        Self { word: word.to_owned(), set: W::SET, allowed }
    }
}

/// Declares an enum of words. (A word is taken as a token: as a `literal` the OpenAPI document would not see it.)
///
/// `words! { /// docs pub enum Status ("bill status") { /// docs Open = "open", … } }`.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident ($set:literal) { $($(#[$vmeta:meta])* $variant:ident = $word:tt),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $crate::api::word::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const SET: &'static str = $set;
            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::api::word::Word::as_str(*self))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::api::word::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                <Self as $crate::api::word::Word>::parse(word).ok_or_else(|| $crate::api::word::UnknownWord::of::<Self>(word))
            }
        }
    };
}
