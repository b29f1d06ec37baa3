//! What items can be found by, gathered while a record is written.

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};

use crate::Of;

type Key = (Of, &'static str, String);

/// Facets of all tables. Written in the order of their keys, so that each kind of facet lies together in the file.
#[derive(Default)]
pub(crate) struct Facets(BTreeMap<Key, (String, Vec<usize>)>);

impl Facets {
    /// Item `ord` has this value. Items come in order; adding one twice is once.
    pub(crate) fn add(&mut self, of: Of, kind: &'static str, value: &str, label: &str, ord: usize) {
        let (_, items) =
            self.0.entry((of, kind, value.to_owned())).or_insert_with(|| (label.to_owned(), Vec::new()));
        if items.last() != Some(&ord) {
            items.push(ord);
        }
    }

    /// How many items have it so far.
    pub(crate) fn count(&self, of: Of, kind: &'static str, value: &str) -> usize {
        self.0.get(&(of, kind, value.to_owned())).map_or(0, |(_, items)| items.len())
    }

    /// Writes all; gives the id of each.
    pub(crate) fn write(&self, t: &Transaction<'_>) -> rusqlite::Result<BTreeMap<Key, i64>> {
        let mut facet = t.prepare("INSERT INTO facet VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        let mut item = t.prepare("INSERT INTO facet_item VALUES (?1, ?2)")?;
        let mut ids = BTreeMap::new();
        for (id, ((of, kind, value), (label, items))) in (0i64..).zip(&self.0) {
            facet.execute(params![id, of.table(), kind, value, label, items.len()])?;
            for ord in items {
                item.execute(params![id, ord])?;
            }
            ids.insert((*of, *kind, value.clone()), id);
        }
        Ok(ids)
    }
}
