//! What differs from run to run, made the same for snapshots: folders, ports, ids. Widths stay, so tables keep their
//! columns.

use std::collections::HashMap;

/// The letters of an id after its prefix: Crockford's base 32.
const ID_LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ID_LENGTH: usize = 8;

/// The text with `folder` as `[DIR]`, loopback ports as `[PORT]`, and each id numbered in the order it is first
/// seen: `BIL-00000001`. An id that is seen twice keeps its number.
pub(crate) fn steady(text: &str, folder: &str) -> String {
    number_ids(&hide_ports(&text.replace(folder, "[DIR]")))
}

fn hide_ports(text: &str) -> String {
    let mut hidden = text.to_owned();
    for host in ["127.0.0.1:", "localhost:", "[::1]:"] {
        let mut parts = hidden.split(host);
        let mut next = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            next += host;
            next += if digits > 0 { "[PORT]" } else { "" };
            next += &part[digits..];
        }
        hidden = next;
    }
    hidden
}

fn number_ids(text: &str) -> String {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut numbered = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(dash) = rest.find('-') {
        let (before, after) = (&rest[..dash], &rest[dash + 1..]);
        numbered += before;
        numbered.push('-');
        rest = after;
        let prefix = before.bytes().rev().take_while(u8::is_ascii_uppercase).count();
        let letters = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let word = &after[..letters];
        if prefix == 3 && letters == ID_LENGTH && word.chars().all(|letter| ID_LETTERS.contains(letter)) {
            let position = seen.len() + 1;
            let number = *seen.entry(word).or_insert(position);
            numbered += &format!("{number:0width$}", width = ID_LENGTH);
            rest = &after[letters..];
        }
    }
    numbered + rest
}
