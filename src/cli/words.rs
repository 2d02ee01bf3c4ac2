//! Closed sets of words as arguments: help and completion show every word of the set.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::api::word::{UnknownWord, Word};

/// Reads a word of a set.
pub(crate) fn of<W: Word + std::str::FromStr<Err = UnknownWord>>() -> impl TypedValueParser<Value = W> {
    PossibleValuesParser::new(W::ALL.iter().map(|word| word.as_str())).try_map(|word| word.parse::<W>())
}
