//! Reading a TOML file so that every mistake is told, with its line: a key is declared in one line, and what nobody
//! declared is unknown.

use std::cell::RefCell;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{read::Mistake, syntax};
use crate::nearest::nearest;

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault, and nothing to say about how to mend it.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// Reads a whole file; `None` where a mistake left nothing whole, all mistakes in the order of their lines.
pub fn read<T>(text: &str, root: impl FnOnce(&mut Table<'_>) -> Option<T>) -> (Option<T>, Vec<Mistake>) {
    let (text, mut mistakes) = syntax::mend(text);
    let sheet = Sheet { text: &text, whole: mistakes.is_empty(), mistakes: RefCell::default() };
    // What is beyond mending has had its mistakes told.
    let value =
        DeTable::parse(&text).ok().and_then(|table| Table::new(&sheet, Place::File, 0, table.get_ref()).close(root));
    mistakes.append(&mut sheet.mistakes.into_inner());
    mistakes.sort_by_key(|mistake| mistake.line);
    (value, mistakes)
}

/// The line an offset in bytes is on; the first is 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

/// The text and what was found wrong with it.
struct Sheet<'t> {
    text: &'t str,
    /// Whether nothing was taken from the text for its syntax, so that what is missing was never there.
    whole: bool,
    mistakes: RefCell<Vec<Mistake>>,
}

impl Sheet<'_> {
    fn tell(&self, offset: usize, key: &str, fault: Fault) {
        let (line, Fault { message, hint }) = (line_of(self.text, offset), fault);
        self.mistakes.borrow_mut().push(Mistake { line, key: key.to_owned(), message, hint });
    }
}

/// Where a table stands.
#[derive(Debug, Clone)]
enum Place {
    File,
    Section(String),
    Item(String),
}

impl Place {
    fn path(&self, key: &str) -> String {
        match self {
            Self::File => key.to_owned(),
            Self::Section(path) | Self::Item(path) => format!("{path}.{key}"),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::File => "the file".to_owned(),
            Self::Section(path) => format!("[{path}]"),
            Self::Item(path) => format!("[[{path}]]"),
        }
    }
}

/// A table being read. Every key that is asked for is known; the others are mistakes.
pub struct Table<'t> {
    sheet: &'t Sheet<'t>,
    place: Place,
    /// Where it begins, in bytes.
    start: usize,
    table: &'t DeTable<'t>,
    known: Vec<&'static str>,
}

impl<'t> Table<'t> {
    fn new(sheet: &'t Sheet<'t>, place: Place, start: usize, table: &'t DeTable<'t>) -> Self {
        Self { sheet, place, start, table, known: Vec::new() }
    }

    /// A key that must be there.
    pub fn required<T>(&mut self, key: &'static str, read: impl FnOnce(&DeValue<'_>) -> Result<T, Fault>) -> Option<T> {
        self.present(key);
        self.optional(key, read)
    }

    /// A key that may be left out.
    pub fn optional<T>(&mut self, key: &'static str, read: impl FnOnce(&DeValue<'_>) -> Result<T, Fault>) -> Option<T> {
        let value = self.find(key)?;
        read(value.get_ref()).map_err(|fault| self.sheet.tell(value.span().start, key, fault)).ok()
    }

    /// A list that must be there and hold something.
    pub fn some<T>(&mut self, key: &'static str, read: impl FnMut(&DeValue<'_>, &[T]) -> Result<T, Fault>) -> Vec<T> {
        self.present(key);
        let empty = |value: &DeValue<'_>| value.as_array().is_some_and(|items| items.is_empty());
        if let Some(value) = self.find(key).filter(|value| empty(value.get_ref())) {
            self.sheet.tell(value.span().start, key, Fault::new("the list is empty").hint("name at least one"));
        }
        self.list(key, read)
    }

    /// A list that may be left out; each item is judged beside those before it.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&DeValue<'_>, &[T]) -> Result<T, Fault>,
    ) -> Vec<T> {
        let mut items = Vec::new();
        for value in self.array(key, "a list, as in [\"…\", \"…\"]") {
            match read(value.get_ref(), &items) {
                Ok(item) => items.push(item),
                Err(fault) => self.sheet.tell(value.span().start, key, fault),
            }
        }
        items
    }

    /// A section that must be there.
    pub fn section<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Table<'_>) -> Option<T>) -> Option<T> {
        let place = Place::Section(self.place.path(key));
        if !self.has(key) {
            let hint = "add it; examples/city.toml shows, with comments, what it holds";
            self.missing(key, Fault::new(format!("the section {} is missing", place.name())).hint(hint));
        }
        self.optional_section(key, read)
    }

    /// A section that may be left out.
    pub fn optional_section<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Table<'_>) -> Option<T>,
    ) -> Option<T> {
        let place = Place::Section(self.place.path(key));
        let value = self.find(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Table::new(self.sheet, place, value.span().start, table).close(read),
            other => {
                let hint = format!("write a section {}", place.name());
                self.sheet.tell(value.span().start, key, wrong_type(other, "a section").hint(hint));
                None
            }
        }
    }

    /// Sections of one name, each judged beside those before it; there may be none.
    pub fn sections<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Table<'_>, &[T]) -> Option<T>,
    ) -> Vec<T> {
        let place = Place::Item(self.place.path(key));
        let mut items = Vec::new();
        for value in self.array(key, &format!("sections {}", place.name())) {
            match value.get_ref() {
                DeValue::Table(table) => {
                    let item = Table::new(self.sheet, place.clone(), value.span().start, table);
                    items.extend(item.close(|table| read(table, &items)));
                }
                other => {
                    let hint = format!("write a section {} for each", place.name());
                    self.sheet.tell(value.span().start, key, wrong_type(other, "a section").hint(hint));
                }
            }
        }
        items
    }

    /// Sections of one name, at least one.
    pub fn some_sections<T>(
        &mut self,
        key: &'static str,
        read: impl FnMut(&mut Table<'_>, &[T]) -> Option<T>,
    ) -> Vec<T> {
        if !self.has(key) {
            let place = Place::Item(self.place.path(key)).name();
            self.missing(
                key,
                Fault::new(format!("there is no {place}")).hint(format!("add a section {place} for each")),
            );
        }
        self.sections(key, read)
    }

    /// Whether a key is there, whatever it holds.
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Tells a mistake about a key that is there, or about the table where it is not.
    pub fn refuse(&self, key: &str, fault: Fault) {
        let start = self.entry(key).map_or(self.start, |(_, value)| value.span().start);
        self.sheet.tell(start, key, fault);
    }

    /// Tells that a key is missing, unless broken syntax may hide it.
    pub fn missing(&self, key: &str, fault: Fault) {
        if self.sheet.whole {
            self.sheet.tell(self.start, key, fault);
        }
    }

    fn present(&self, key: &str) {
        if !self.has(key) {
            let hint = format!("add `{key} = …` to {}", self.place.name());
            self.missing(key, Fault::new(format!("it is missing from {}", self.place.name())).hint(hint));
        }
    }

    fn array(&mut self, key: &'static str, expected: &str) -> &'t [Spanned<DeValue<'t>>] {
        let Some(value) = self.find(key) else { return &[] };
        match value.get_ref() {
            DeValue::Array(items) => items,
            other => {
                self.sheet.tell(value.span().start, key, wrong_type(other, expected));
                &[]
            }
        }
    }

    fn entry(&self, key: &str) -> Option<(&'t Spanned<toml::de::DeString<'t>>, &'t Spanned<DeValue<'t>>)> {
        let table = self.table;
        table.iter().find(|(name, _)| name.get_ref().as_ref() == key)
    }

    fn find(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entry(key).map(|(_, value)| value)
    }

    /// Reads the table, then tells the keys nobody asked for.
    fn close<T>(mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let value = read(&mut self);
        for name in self.table.keys() {
            let key = name.get_ref().as_ref();
            if self.known.contains(&key) {
                continue;
            }
            let fault = Fault::new(format!("{} has no such key", self.place.name()));
            let hint = match nearest(key, self.known.iter().copied()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("its keys are {}", self.known.join(", ")),
            };
            self.sheet.tell(name.span().start, key, fault.hint(hint));
        }
        value
    }
}

/// The fault of a value that is of another type than it must be.
pub fn wrong_type(value: &DeValue<'_>, expected: &str) -> Fault {
    let found = match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    };
    Fault::new(format!("this is {found}; it must be {expected}"))
}
