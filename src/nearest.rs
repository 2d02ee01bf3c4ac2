//! The word somebody may have meant.

/// The nearest of the known words, where one is near enough to be offered: a beginning, or few letters away.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    let distance = |other: &str| {
        let begins = word.len() >= 2 && other.to_lowercase().starts_with(&word);
        if begins { 0 } else { edits(&word, &other.to_lowercase()) }
    };
    let near = known.into_iter().map(|other| (distance(other), other)).min_by_key(|&(distance, _)| distance)?;
    (near.0 <= allowed).then_some(near.1)
}

/// Levenshtein's distance.
fn edits(one: &str, other: &str) -> usize {
    let other = other.chars().collect::<Vec<_>>();
    let mut row = (0..=other.len()).collect::<Vec<_>>();
    for (line, character) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        for (column, &against) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(character != against);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_offered_far_ones_are_not() {
        let known = ["riverton", "lakeside"];
        assert_eq!(nearest("rivreton", known), Some("riverton"));
        assert_eq!(nearest("lake", known), Some("lakeside"));
        assert_eq!(nearest("moon", known), None);
        assert_eq!(nearest("x", []), None);
    }
}
