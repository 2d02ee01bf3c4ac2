//! What a city answered, whatever its encoding: one tree, so that the reader's rules are written once.

/// A piece of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tree {
    /// `null`, an empty or blank text, an empty element: nothing was said.
    Nothing,
    /// A text, a number or a boolean, verbatim but for blanks around it.
    Text(String),
    /// Several pieces.
    List(Vec<Tree>),
    /// Named pieces in their order; in XML a name may stand several times.
    Fields(Vec<(String, Tree)>),
}

impl Tree {
    /// A text without the blanks around it; nothing where it is blank.
    pub(super) fn text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Nothing,
            text => Self::Text(text.to_owned()),
        }
    }

    /// The first of these names that says something.
    pub(super) fn get(&self, names: &[&str]) -> Option<&Self> {
        let Self::Fields(fields) = self else { return None };
        names.iter().find_map(|name| {
            fields.iter().find(|(known, value)| known == name && !value.is_nothing()).map(|(_, value)| value)
        })
    }

    /// Whether there is a field of one of these names, saying something or not.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        matches!(self, Self::Fields(fields) if fields.iter().any(|(known, _)| names.contains(&known.as_str())))
    }

    pub(super) const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// Whether it holds other pieces.
    pub(super) const fn is_structured(&self) -> bool {
        matches!(self, Self::List(_) | Self::Fields(_))
    }

    /// The things in an envelope: `[…]`, `{root: […]}`, `{root: {item: …}}`, one thing alone; in XML the repeated child,
    /// whatever the root is called. A thing is known by having one of `marks`.
    pub(super) fn items<'t>(&'t self, item: &[&str], marks: &[&str]) -> Vec<&'t Self> {
        let mut found = Vec::new();
        self.collect(item, marks, &mut found);
        found
    }

    fn collect<'t>(&'t self, item: &[&str], marks: &[&str], found: &mut Vec<&'t Self>) {
        match self {
            Self::Nothing | Self::Text(_) => {}
            Self::List(pieces) => pieces.iter().for_each(|piece| piece.collect(item, marks, found)),
            Self::Fields(_) if self.has(marks) => found.push(self),
            Self::Fields(fields) => {
                let named = fields.iter().filter(|(name, _)| item.contains(&name.as_str())).collect::<Vec<_>>();
                let inside = if named.is_empty() { fields.iter().collect() } else { named };
                for (_, piece) in inside {
                    piece.collect(item, marks, found);
                }
            }
        }
    }

    /// The texts in it: one, those of a list, or those under `names` in objects.
    pub(super) fn texts(&self, names: &[&str]) -> Vec<String> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Text(text) => vec![text.clone()],
            Self::List(pieces) => pieces.iter().flat_map(|piece| piece.texts(names)).collect(),
            Self::Fields(fields) => {
                let named = fields.iter().filter(|(name, _)| names.contains(&name.as_str())).collect::<Vec<_>>();
                // A wrapper of another name (`<media_urls><media_url>…`) is looked through.
                let inside = if named.is_empty() {
                    fields.iter().filter(|(_, value)| value.is_structured()).collect()
                } else {
                    named
                };
                inside.into_iter().flat_map(|(_, value)| value.texts(names)).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::open311::{json, xml};

    fn ids(tree: &Tree) -> Vec<String> {
        let items = tree.items(&["request"], &["id"]);
        items.iter().filter_map(|item| item.get(&["id"])).flat_map(|id| id.texts(&[])).collect()
    }

    #[test]
    fn envelopes_of_every_kind() {
        for text in [
            r#"[{"id":1},{"id":"2"}]"#,
            r#"{"service_requests":[{"id":1},{"id":2}]}"#,
            r#"{"service_requests":{"request":[{"id":1},{"id":2}]}}"#,
            r#"[{"request":{"id":1}},{"request":{"id":2}}]"#,
            r#"{"response":{"0":{"id":1},"1":{"id":2}}}"#,
        ] {
            assert_eq!(ids(&json::tree(text).unwrap()), ["1", "2"], "{text}");
        }
        for text in [
            "<service_requests><request><id>1</id></request><request><id>2</id></request></service_requests>",
            "<o:x xmlns:o='u'><o:request><o:id> 1\n</o:id></o:request><o:request><o:id>2</o:id></o:request></o:x>",
            "<requests type='array'><r><id>1</id></r><r><id>2</id></r></requests>",
        ] {
            assert_eq!(ids(&xml::tree(text).unwrap()), ["1", "2"], "{text}");
        }
        assert_eq!(ids(&json::tree(r#"{"id":"7"}"#).unwrap()), ["7"]);
        assert_eq!(ids(&xml::tree("<r><request><id>7</id></request></r>").unwrap()), ["7"]);
        for text in ["[]", "null", "{}", r#"{"service_requests":[]}"#, r#"{"service_requests":null}"#, "\"x\""] {
            assert!(ids(&json::tree(text).unwrap()).is_empty(), "{text}");
        }
    }
}
