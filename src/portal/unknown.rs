//! A word that is none of those a city declares, told with the nearest of them.

use crate::{
    api::problem::{FieldError, Problem},
    nearest::nearest,
};

/// A category that is none of the known; `otherwise` says what else can be done.
pub(crate) fn category<'k>(typed: &str, known: impl IntoIterator<Item = &'k str>, otherwise: &str) -> Problem {
    let known: Vec<_> = known.into_iter().collect();
    let mistake = in_category(typed, &known);
    let hint = match nearest(typed, known) {
        Some(near) => format!("did you mean `{near}`? Or {otherwise}"),
        None => format!("take one of these, or {otherwise}"),
    };
    Problem::invalid(vec![mistake]).hint(hint)
}

/// The mistake such a category is, among others of one input.
pub(crate) fn in_category(typed: &str, known: &[&str]) -> FieldError {
    FieldError::new("/category", format!("there is no category `{typed}`; one of {} is", known.join(", ")))
}
