//! A record as tidy tables: one row an incident, a claim, a variant of a statement, a party, a place, …
//!
//! The tables say which columns they have and of which type; [`csv`](crate::csv)
//! writes them. Columns that point at words are `report`, `start`, `end`: code points from 0, end exclusive.

mod rows;

use std::collections::BTreeMap;
use std::fmt;
use std::io;

use ::record::{Date, Record};

use crate::pieces::{Items, Pieces};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Unicode text.
    Text,
    /// A whole number, not negative.
    Count,
    /// A decimal number.
    Float,
    /// A day.
    Day,
    /// Several texts, perhaps none.
    Texts,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds; every cell of it is of this kind or empty.
    pub kind: Kind,
}

/// One value. What the record does not know is [`Cell::Empty`], never a guess.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not known, or does not apply.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A decimal number.
    Float(f64),
    /// A day.
    Day(Date),
    /// Several texts.
    Texts(Vec<String>),
}

impl Cell {
    /// Text; empty if it is.
    pub fn text(value: impl ToString) -> Cell {
        Cell::maybe(Some(value))
    }

    /// Text, if there is any.
    pub fn maybe(value: Option<impl ToString>) -> Cell {
        value.map(|v| v.to_string()).filter(|v| !v.is_empty()).map_or(Cell::Empty, Cell::Text)
    }

    /// A number, if it is known.
    #[must_use]
    pub fn count(value: Option<u64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Count)
    }

    /// How many there are of something.
    #[must_use]
    pub fn size(n: usize) -> Cell {
        Cell::Count(n as u64)
    }

    /// A decimal number, if it is known.
    #[must_use]
    pub fn float(value: Option<f64>) -> Cell {
        value.filter(|v| v.is_finite()).map_or(Cell::Empty, Cell::Float)
    }

    /// A day, if it is known.
    #[must_use]
    pub fn day(value: Option<Date>) -> Cell {
        value.map_or(Cell::Empty, Cell::Day)
    }

    /// Adds another number to a number.
    fn add(&mut self, other: Cell) {
        match (self, other) {
            (Cell::Count(n), Cell::Count(m)) => *n += m,
            // Thousandths: so that the sum is the same in whatever order it is made.
            (Cell::Float(x), Cell::Float(y)) => *x = ((*x + y) * 1000.0).round() / 1000.0,
            (this @ Cell::Empty, other) => *this = other,
            _ => {}
        }
    }

    /// Several texts.
    pub fn list(values: impl IntoIterator<Item = impl ToString>) -> Cell {
        Cell::Texts(values.into_iter().map(|v| v.to_string()).collect())
    }
}

/// As in a CSV file: nothing for what is empty, days as `2024-02-05`, several texts with `; ` between.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Empty => Ok(()),
            Cell::Text(t) => f.write_str(t),
            Cell::Count(n) => n.fmt(f),
            Cell::Float(n) => n.fmt(f),
            Cell::Day(d) => d.fmt(f),
            Cell::Texts(all) => f.write_str(&all.join("; ")),
        }
    }
}

/// Takes one row after the other; each has a cell for every column.
pub type Rows<'a> = &'a mut dyn FnMut(Vec<Cell>) -> io::Result<()>;

/// One table of a record.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name: that of its file without the ending.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// What its rows are made of: each row of one item and the reports and actors that it names.
    pub items: Items,
    /// Its columns.
    pub columns: &'static [Column],
    /// By how many of the first columns rows are added up: those that agree in them are one row with the sum of each
    /// column of numbers after them. 0 where every row stands for itself.
    pub sums: usize,
    /// Gives the rows of its items in a piece of a record.
    pub rows: fn(&Record, Rows<'_>) -> io::Result<()>,
}

impl Table {
    /// Whether its rows hold words of reports, or code points in them, so that the texts are needed.
    #[must_use]
    pub fn needs_texts(&self) -> bool {
        self.columns.iter().any(|c| matches!(c.name, "words" | "start"))
    }

    /// Gives the rows of a record, in its order.
    ///
    /// # Errors
    /// If `each` fails, or the record cannot be read.
    pub fn all(&self, record: &dyn Pieces, each: Rows<'_>) -> io::Result<()> {
        self.added(
            |each| record.pieces(self.items, self.needs_texts(), &mut |piece| (self.rows)(piece, each)),
            each,
        )
    }

    /// Gives on the rows that `produce` gives of all pieces, added up where the table has sums, then sorted by what they
    /// are added up by.
    ///
    /// # Errors
    /// If `produce` or `each` fails.
    pub fn added(&self, produce: impl FnOnce(Rows<'_>) -> io::Result<()>, each: Rows<'_>) -> io::Result<()> {
        if self.sums == 0 {
            return produce(each);
        }
        let mut groups: BTreeMap<Vec<String>, Vec<Cell>> = BTreeMap::new();
        produce(&mut |cells| {
            let key = cells.iter().take(self.sums).map(ToString::to_string).collect();
            match groups.get_mut(&key) {
                Some(sum) => sum.iter_mut().zip(cells).skip(self.sums).for_each(|(s, c)| s.add(c)),
                None => {
                    groups.insert(key, cells);
                }
            }
            Ok(())
        })?;
        groups.into_values().try_for_each(each)
    }
}

/// The table with this name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|t| t.name == name)
}

/// A list of columns: `columns![Text: id title, Count: low high]`.
macro_rules! columns {
    ($($kind:ident: $($name:literal)+),+ $(,)?) => {
        &[$($($crate::tables::Column { name: $name, kind: $crate::tables::Kind::$kind },)+)+]
    };
}

pub(crate) use columns;

/// All tables.
pub const TABLES: &[Table] = &[
    Table {
        name: "incidents",
        about: "an incident",
        items: Items::Incidents,
        columns: columns![
            Text: "id" "title" "type" "mode" "cameo", Texts: "contexts", Text: "factuality",
            Day: "earliest" "latest", Text: "precision",
            Text: "place" "country" "admin1", Float: "lat" "lon", Text: "place_precision",
            Texts: "actors" "targets",
            Count: "killed_low" "killed_best" "killed_high" "wounded_low" "wounded_best" "wounded_high",
            Texts: "reports", Count: "independent_voices", Texts: "responds_to", Text: "part_of",
        ],
        sums: 0,
        rows: rows::incidents,
    },
    Table {
        name: "figures",
        about: "a count of an incident, with the claims reconciled",
        items: Items::Incidents,
        columns: columns![
            Text: "incident" "what" "of" "where", Count: "low" "best" "high", Text: "rule", Count: "claims",
        ],
        sums: 0,
        rows: rows::figures,
    },
    Table {
        name: "claims",
        about: "a claim of a count, in one report's words",
        items: Items::Incidents,
        columns: columns![
            Text: "incident" "what" "of" "where", Count: "low" "high",
            Text: "qualifier" "by" "by_as_written" "as_written" "status" "report", Count: "start" "end",
        ],
        sums: 0,
        rows: rows::claims,
    },
    Table {
        name: "parties",
        about: "a piece of evidence for somebody's part in an incident",
        items: Items::Incidents,
        columns: columns![
            Text: "incident" "part" "actor" "name" "confidence" "words" "report", Count: "start" "end",
        ],
        sums: 0,
        rows: rows::parties,
    },
    Table {
        name: "places",
        about: "a piece of evidence for a place of an incident, the finest place first",
        items: Items::Incidents,
        columns: columns![
            Text: "incident", Count: "rank", Text: "name", Count: "geonames_id", Float: "lat" "lon",
            Text: "country" "admin1" "precision" "words" "report", Count: "start" "end",
        ],
        sums: 0,
        rows: rows::places,
    },
    Table {
        name: "grounds",
        about: "a piece of evidence for an incident's type, mode, contexts, factuality or date",
        items: Items::Incidents,
        columns: columns![Text: "incident" "field" "value" "words" "report", Count: "start" "end"],
        sums: 0,
        rows: rows::grounds,
    },
    Table {
        name: "mentions",
        about: "a mention of an incident",
        items: Items::Incidents,
        columns: columns![Text: "incident" "words" "report", Count: "start" "end"],
        sums: 0,
        rows: rows::mentions,
    },
    Table {
        name: "responses",
        about: "a piece of evidence that one incident answers another",
        items: Items::Incidents,
        columns: columns![Text: "incident" "responds_to" "words" "report", Count: "start" "end"],
        sums: 0,
        rows: rows::responses,
    },
    Table {
        name: "intensity",
        about: "a day's acts of one party towards another, with how cooperative or hostile they are",
        items: Items::Incidents,
        columns: columns![
            Day: "day", Text: "actor" "actor_name" "target" "target_name", Count: "incidents",
            Float: "plover" "goldstein",
        ],
        sums: 5,
        rows: rows::intensity,
    },
    Table {
        name: "statements",
        about: "a report's variant of a statement",
        items: Items::Statements,
        columns: columns![
            Text: "statement" "speaker", Texts: "about", Text: "kind" "speaker_as_written" "words" "drift" "report",
            Count: "start" "end",
        ],
        sums: 0,
        rows: rows::statements,
    },
    Table {
        name: "disputes",
        about: "a piece of evidence of one side of a dispute",
        items: Items::Disputes,
        columns: columns![
            Text: "dispute" "kind" "incident", Count: "side", Text: "claim", Texts: "by", Text: "words" "report",
            Count: "start" "end",
        ],
        sums: 0,
        rows: rows::disputes,
    },
    Table {
        name: "actors",
        about: "an actor",
        items: Items::Actors,
        columns: columns![
            Text: "id" "name" "kind" "country" "sector" "wikidata", Texts: "aliases" "roles", Count: "mentions",
        ],
        sums: 0,
        rows: rows::actors,
    },
    Table {
        name: "ties",
        about: "a piece of evidence of a tie between two actors",
        items: Items::Ties,
        columns: columns![Text: "a" "relation" "b" "words" "report", Count: "start" "end"],
        sums: 0,
        rows: rows::ties,
    },
    Table {
        name: "reports",
        about: "a report",
        items: Items::Reports,
        columns: columns![
            Text: "id" "title" "publisher" "author" "url" "language", Day: "published",
            Text: "date_from" "copy_of" "origin",
        ],
        sums: 0,
        rows: rows::reports,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::harbour;

    #[test]
    fn every_cell_is_of_its_columns_kind() -> io::Result<()> {
        let record = harbour();
        for table in TABLES {
            let mut rows = 0;
            (table.rows)(&record, &mut |cells| {
                rows += 1;
                assert_eq!(cells.len(), table.columns.len(), "{}", table.name);
                for (cell, column) in cells.iter().zip(table.columns) {
                    let fits = match cell {
                        Cell::Empty => column.kind != Kind::Texts,
                        Cell::Text(_) => column.kind == Kind::Text,
                        Cell::Count(_) => column.kind == Kind::Count,
                        Cell::Float(_) => column.kind == Kind::Float,
                        Cell::Day(_) => column.kind == Kind::Day,
                        Cell::Texts(_) => column.kind == Kind::Texts,
                    };
                    assert!(fits, "{}.{}: {cell:?}", table.name, column.name);
                }
                Ok(())
            })?;
            assert!(rows > 0, "{} is empty in the test's record", table.name);
        }
        Ok(())
    }
}
