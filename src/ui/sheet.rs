//! What a noun looks like: its columns, declared once. Tables, CSV, `--columns`, completion and help read the same
//! declaration.

use serde::Serialize;
use serde_json::Value;

use crate::failure::{Failure, Result};
use crate::nearest::nearest;

/// One column of a noun.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The JSON field it shows, dotted where nested: `address.city`.
    pub name: &'static str,
    /// What stands above it in a table.
    pub header: &'static str,
    /// What it holds, which decides how it is written.
    pub kind: Kind,
    /// When it is shown.
    pub shown: Shown,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An id or code.
    Id,
    /// A long number without blanks, which people read in groups of four: an IBAN, a reference.
    Grouped,
    /// Text somebody wrote.
    Text,
    /// Integer minor units; the currency is the field `currency` beside it, or of the whole.
    Money,
    /// A number.
    Number,
    /// A civil date.
    Date,
    /// An instant.
    Time,
    /// A word of a closed set: coloured.
    Status,
    /// An array, joined by commas.
    List,
    /// A boolean.
    YesNo,
}

/// When a column is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Always, and on a narrow terminal longer than the others: what a list of these is looked at for.
    First,
    /// Always; narrow terminals drop it before what comes first, the last one declared before the others.
    Always,
    /// Where there is room: narrow terminals drop it first, the last one declared before the others.
    Wide,
    /// Only with `--columns`.
    Asked,
}

macro_rules! column_of {
    ($($(#[$meta:meta])* $name:ident $kind:ident;)+) => {
        $($(#[$meta])*
        pub const fn $name(name: &'static str) -> Self {
            Self { name, header: name, kind: Kind::$kind, shown: Shown::Always }
        })+
    };
}

impl Column {
    column_of! {
        /// An id or code.
        id Id;
        /// A long number.
        grouped Grouped;
        /// Text somebody wrote.
        text Text;
        /// Integer minor units.
        money Money;
        /// A number.
        number Number;
        /// A civil date.
        date Date;
        /// An instant.
        time Time;
        /// A word of a closed set.
        status Status;
        /// An array.
        list List;
        /// A boolean.
        yes_no YesNo;
    }

    /// The column with another heading than its field's name.
    #[must_use]
    pub const fn header(self, header: &'static str) -> Self {
        Self { header, ..self }
    }

    /// The column a list is looked at for: the last to go on a narrow terminal, the id and the title aside.
    #[must_use]
    pub const fn first(self) -> Self {
        Self { shown: Shown::First, ..self }
    }

    /// The column shown where there is room.
    #[must_use]
    pub const fn wide(self) -> Self {
        Self { shown: Shown::Wide, ..self }
    }

    /// The column shown with `--columns` only.
    #[must_use]
    pub const fn asked(self) -> Self {
        Self { shown: Shown::Asked, ..self }
    }

    /// The heading as printed: a field's name loses its underscores and dots.
    pub fn heading(&self) -> String {
        if self.header == self.name { self.name.replace(['_', '.'], " ") } else { self.header.to_owned() }
    }
}

/// A noun and its columns.
#[derive(Debug)]
pub struct Sheet {
    /// One of it: `bill`.
    pub noun: &'static str,
    /// Its columns; the first is what `-o ids` prints.
    pub columns: &'static [Column],
    /// What to do next where a list of it is empty, for a terminal.
    pub when_empty: Option<&'static str>,
}

impl Sheet {
    /// The columns `--columns` asks for, in that order; without it those shown unasked. An unknown one is a usage error.
    pub fn pick(&'static self, asked: Option<&[String]>) -> Result<Vec<&'static Column>> {
        let Some(asked) = asked else {
            return Ok(self.columns.iter().filter(|column| column.shown != Shown::Asked).collect());
        };
        asked.iter().map(|name| self.column(name)).collect()
    }

    /// The names of its columns, for completion.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| column.name)
    }

    /// What help says of its columns.
    pub fn help(&self) -> String {
        format!("Columns: {}", self.names().collect::<Vec<_>>().join(", "))
    }

    fn column(&'static self, name: &str) -> Result<&'static Column> {
        let found = self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name));
        found.ok_or_else(|| {
            let known = self.names().collect::<Vec<_>>();
            let article = if self.noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
            let unknown = Failure::usage(format!("{article} {} has no column `{name}`", self.noun));
            match nearest(name, known.iter().copied()) {
                Some(near) => unknown.hint(format!("did you mean `{near}`? it has: {}", known.join(", "))),
                None => unknown.hint(format!("it has: {}", known.join(", "))),
            }
        })
    }
}

/// What a command came to, for [`Ui::show`](super::Ui::show).
#[derive(Debug)]
pub enum Outcome {
    /// Nothing to print.
    Nothing,
    /// One thing.
    One {
        /// How it looks.
        sheet: &'static Sheet,
        /// The thing.
        item: Value,
    },
    /// Several things.
    Many {
        /// How they look.
        sheet: &'static Sheet,
        /// The things.
        items: Vec<Value>,
        /// What was left out.
        more: More,
    },
    /// Text that is printed as it is, whatever the format: a completion script, a calendar.
    Text(String),
}

/// How many things a list left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum More {
    /// None.
    #[default]
    None,
    /// So many.
    Exactly(u64),
    /// So many at least.
    AtLeast(u64),
}

impl Outcome {
    /// One thing.
    pub fn one<T: Serialize>(sheet: &'static Sheet, item: &T) -> Result<Self> {
        Ok(Self::One { sheet, item: value(sheet, item)? })
    }

    /// Several things, all of them.
    pub fn many<T: Serialize>(sheet: &'static Sheet, items: &[T]) -> Result<Self> {
        Ok(Self::Many { sheet, items: values(sheet, items)?, more: More::None })
    }

    /// The list with what it left out.
    #[must_use]
    pub fn and_more(self, more: More) -> Self {
        match self {
            Self::Many { sheet, items, .. } => Self::Many { sheet, items, more },
            other => other,
        }
    }
}

/// Things as JSON.
pub(super) fn values<T: Serialize>(sheet: &Sheet, items: &[T]) -> Result<Vec<Value>> {
    items.iter().map(|item| value(sheet, item)).collect()
}

fn value<T: Serialize>(sheet: &Sheet, item: &T) -> Result<Value> {
    serde_json::to_value(item)
        .map_err(|error| Failure::bug(format!("a {} cannot be written as JSON: {error}", sheet.noun)))
}

#[cfg(test)]
mod tests {
    use super::*;

    static BILL: Sheet = Sheet {
        noun: "bill",
        columns: &[Column::id("id"), Column::date("due_on").header("Due"), Column::text("note").asked()],
        when_empty: None,
    };

    #[test]
    fn columns_are_picked_in_the_order_asked() {
        let names = |asked: &[&str]| {
            let asked = asked.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
            BILL.pick(Some(&asked)).map(|columns| columns.iter().map(|column| column.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["note", "ID"]).unwrap(), ["note", "id"]);
        let unknown = names(&["due"]).unwrap_err();
        assert_eq!(unknown.message, "a bill has no column `due`");
        assert_eq!(unknown.hint.unwrap(), "did you mean `due_on`? it has: id, due_on, note");
        assert_eq!(BILL.pick(None).unwrap().len(), 2);
    }
}
