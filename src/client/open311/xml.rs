//! XML as a tree: names without their namespaces, attributes passed over, text with its references resolved.

use quick_xml::{Reader, events::Event};

use super::{text, tree::Tree};

/// Deepest nesting that is read: the standard needs six.
const DEEPEST: usize = 64;

/// An element that is being read.
struct Open {
    name: String,
    text: String,
    children: Vec<(String, Tree)>,
}

impl Open {
    fn close(self) -> (String, Tree) {
        let tree = if self.children.is_empty() { Tree::text(&self.text) } else { Tree::Fields(self.children) };
        (self.name, tree)
    }
}

/// Reads a document as an object of its root; the error says what is wrong with it.
pub(super) fn tree(document: &str) -> Result<Tree, String> {
    let mut reader = Reader::from_str(document.trim_start_matches('\u{feff}').trim_start());
    reader.config_mut().allow_dangling_amp = true;
    let mut root = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err("its elements are nested too deep".to_owned());
                }
                let name = String::from_utf8_lossy(start.local_name().into_inner()).into_owned();
                open.push(Open { name, text: String::new(), children: Vec::new() });
            }
            Event::Empty(start) => {
                let name = String::from_utf8_lossy(start.local_name().into_inner()).into_owned();
                open.last_mut().map_or(&mut root, |element| &mut element.children).push((name, Tree::Nothing));
            }
            Event::End(_) => {
                let Some(element) = open.pop() else { return Err("an element ends that never began".to_owned()) };
                open.last_mut().map_or(&mut root, |parent| &mut parent.children).push(element.close());
            }
            Event::Text(piece) => add(&mut open, &String::from_utf8_lossy(&piece)),
            Event::CData(piece) => add(&mut open, &String::from_utf8_lossy(&piece)),
            Event::GeneralRef(reference) => {
                let name = String::from_utf8_lossy(&reference).into_owned();
                let character = reference.resolve_char_ref().ok().flatten().or_else(|| text::entity(&name));
                add(&mut open, &character.map_or_else(|| format!("&{name};"), String::from));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if !open.is_empty() || root.is_empty() {
        return Err("it ends too early".to_owned());
    }
    Ok(Tree::Fields(root))
}

fn add(open: &mut [Open], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_sections_and_blanks() {
        let document = "\u{feff}<?xml version='1.0'?>\n<!-- c --><a:r xmlns:a='u' type='array'>\
            <a:t> M&#252;ll &amp; R&lt;x&gt; <![CDATA[<b>]]> A & B &nbsp;&unheard;\n</a:t><e/><w>  </w></a:r>";
        let told = Tree::Fields(vec![(
            "r".to_owned(),
            Tree::Fields(vec![
                ("t".to_owned(), Tree::Text("Müll & R<x> <b> A & B \u{a0}&unheard;".to_owned())),
                ("e".to_owned(), Tree::Nothing),
                ("w".to_owned(), Tree::Nothing),
            ]),
        )]);
        assert_eq!(tree(document).unwrap(), told);
        for wrong in ["", "text", "<a>", "<a></b>", "</a>", &"<a>".repeat(1000)] {
            assert!(tree(wrong).is_err(), "{wrong}");
        }
    }
}
