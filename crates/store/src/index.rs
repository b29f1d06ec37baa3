//! Which items have which facets, held in memory: what makes filtering, counting and sorting of 100,000 incidents a
//! matter of a few milliseconds. It holds numbers and the names of the facets' values, nothing of the items themselves.

use std::collections::{BTreeMap, HashMap};

use record::Date;

use crate::{Error, Of, Store};

/// Kinds of facets that are counted for people; others (see `schema.sql`) are looked up in the file.
const KINDS: &[(Of, &[&str])] = &[
    (
        Of::Incident,
        &["type", "mode", "factuality", "country", "place", "actor", "target", "party", "publisher", "has"],
    ),
    (Of::Report, &["publisher", "language", "voice"]),
    (Of::Actor, &["kind", "country", "sector"]),
    (Of::Statement, &["speaker", "publisher", "kind", "has"]),
    (Of::Dispute, &["kind", "actor"]),
];

/// Of this kind an item must have every value that is asked for; of the others one of them.
const ALL_WANTED: &str = "has";

/// Which items are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Kind of facet to values: one of them must be there (all, for `has`). `id` is there for every table.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Those that may have been on this day or later. An item without any date is then left out.
    pub from: Option<Date>,
    /// Those that may have been on this day or earlier.
    pub to: Option<Date>,
    /// Those whose text has these words, as typed.
    pub text: Option<String>,
}

/// A value of a facet, with how many of the selected items have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// To filter by.
    pub value: String,
    /// For people.
    pub label: String,
    /// How many.
    pub count: usize,
}

/// How many items began on a stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// How many.
    pub count: usize,
}

/// What a filter selects.
#[derive(Debug, Clone)]
pub struct Selection {
    of: Of,
    bits: Bits,
    total: usize,
    /// For each kind that is filtered by: what the other filters leave.
    without: BTreeMap<String, Bits>,
    /// What the words found, the best first.
    ranked: Option<Vec<u32>>,
}

impl Selection {
    /// How many items.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }

    /// Of which table.
    #[must_use]
    pub fn of(&self) -> Of {
        self.of
    }
}

/// Facets and orders of all tables.
#[derive(Debug)]
pub struct Index(BTreeMap<Of, List>);

#[derive(Debug, Default)]
struct List {
    len: usize,
    kinds: BTreeMap<&'static str, Kind>,
    /// First and last possible day of each item, counted from 1970-01-01; backwards where no date is known.
    days: Vec<(i32, i32)>,
    /// Orders by name; the first is the usual one.
    orders: Vec<(&'static str, Vec<u32>)>,
}

#[derive(Debug, Default)]
struct Kind {
    values: Vec<(String, String)>,
    by_value: HashMap<String, usize>,
    /// Items of value `n` are `items[starts[n]..starts[n + 1]]`.
    starts: Vec<usize>,
    items: Vec<u32>,
}

impl Kind {
    fn items(&self, n: usize) -> &[u32] {
        let (from, to) = (self.starts.get(n), self.starts.get(n + 1));
        from.zip(to).and_then(|(a, b)| self.items.get(*a..*b)).unwrap_or(&[])
    }
}

const UNDATED: (i32, i32) = (i32::MAX, i32::MIN);

impl Index {
    /// Reads the facets and orders of a record.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn load(store: &Store) -> Result<Index, Error> {
        let mut lists = BTreeMap::new();
        for (of, kinds) in KINDS {
            let (days, orders) = orders(store, *of)?;
            let len = orders.first().map_or(0, |(_, order)| order.len());
            let mut list = List { len, days, orders, kinds: BTreeMap::new() };
            for kind in *kinds {
                list.kinds.insert(kind, load_kind(store, *of, kind, len)?);
            }
            lists.insert(*of, list);
        }
        Ok(Index(lists))
    }

    fn list(&self, of: Of) -> &List {
        static NONE: List = List { len: 0, kinds: BTreeMap::new(), days: Vec::new(), orders: Vec::new() };
        self.0.get(&of).unwrap_or(&NONE)
    }

    /// Names of the orders of a table; the first is the usual one.
    #[must_use]
    pub fn orders(of: Of) -> &'static [&'static str] {
        match of {
            Of::Incident => &["newest", "oldest", "reports", "killed", "title"],
            Of::Report => &["newest", "oldest", "id"],
            Of::Actor => &["mentions", "incidents", "name"],
            Of::Statement => &["forms", "id"],
            Of::Dispute => &["id"],
        }
    }

    /// Kinds of facets of a table that are counted.
    #[must_use]
    pub fn kinds(of: Of) -> &'static [&'static str] {
        KINDS.iter().find(|(o, _)| *o == of).map_or(&[], |(_, kinds)| kinds)
    }

    /// What a filter selects.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn select(&self, store: &Store, of: Of, filter: &Filter) -> Result<Selection, Error> {
        let list = self.list(of);
        let mut base = Bits::full(list.len);
        if filter.from.is_some() || filter.to.is_some() {
            let from = filter.from.map_or(i32::MIN, day_number);
            let to = filter.to.map_or(i32::MAX, day_number);
            let mut inside = Bits::none(list.len);
            for (n, (earliest, latest)) in list.days.iter().enumerate() {
                if earliest <= latest && *earliest <= to && *latest >= from {
                    inside.set(n);
                }
            }
            base.and(&inside);
        }
        let mut ranked = None;
        if let Some(typed) = &filter.text {
            let hits = match crate::full_text(typed) {
                Some(query) => store.search(of, &query)?,
                None => Vec::new(),
            };
            base.and(&Bits::of(list.len, &hits));
            ranked = Some(hits);
        }
        let mut by_kind: BTreeMap<String, Bits> = BTreeMap::new();
        for (kind, values) in &filter.facets {
            let mut sets = Vec::new();
            for value in values {
                sets.push(self.having(store, of, kind, value)?);
            }
            if kind == ALL_WANTED {
                sets.iter().for_each(|set| base.and(set));
            } else if let Some(mut any) = sets.pop() {
                sets.iter().for_each(|set| any.or(set));
                by_kind.insert(kind.clone(), any);
            }
        }
        let mut bits = base.clone();
        by_kind.values().for_each(|set| bits.and(set));
        let without = by_kind.keys().map(|kind| {
            let mut others = base.clone();
            by_kind.iter().filter(|(k, _)| *k != kind).for_each(|(_, set)| others.and(set));
            (kind.clone(), others)
        });
        let without = without.collect();
        Ok(Selection { of, total: bits.count(), bits, without, ranked })
    }

    fn having(&self, store: &Store, of: Of, kind: &str, value: &str) -> Result<Bits, Error> {
        let list = self.list(of);
        if kind == "id" {
            let found: Vec<u32> = store.find(of, value)?.into_iter().collect();
            return Ok(Bits::of(list.len, &found));
        }
        let Some(known) = list.kinds.get(kind) else {
            return Ok(Bits::of(list.len, &store.with(of, kind, value, usize::MAX >> 1)?));
        };
        if let Some(n) = known.by_value.get(value) {
            return Ok(Bits::of(list.len, known.items(*n)));
        }
        // A person types a name, not an id: «Erbil», not 95446. Every value of that name is meant.
        let mut named = Bits::none(list.len);
        let wanted = value.to_lowercase();
        for (n, (_, label)) in known.values.iter().enumerate() {
            let label = label.to_lowercase();
            if label == wanted || label.split(" (").next() == Some(wanted.as_str()) {
                known.items(n).iter().for_each(|i| named.set(*i as usize));
            }
        }
        Ok(named)
    }

    /// The values of one kind with how many of the selected items have each, most first, at most `most`; and how many
    /// more values there are. A kind that is filtered by is counted as if it were not, so that a choice can be changed.
    #[must_use]
    pub fn facet(&self, selection: &Selection, kind: &str, most: usize) -> (Vec<Count>, usize) {
        let list = self.list(selection.of);
        let Some(known) = list.kinds.get(kind) else { return (Vec::new(), 0) };
        let bits = selection.without.get(kind).unwrap_or(&selection.bits);
        let all = bits.count() == list.len;
        let mut counts: Vec<(usize, usize)> = (0..known.values.len())
            .map(|n| {
                let items = known.items(n);
                let count = if all { items.len() } else { items.iter().filter(|i| bits.has(**i)).count() };
                (count, n)
            })
            .filter(|(count, _)| *count > 0)
            .collect();
        let order = |a: &(usize, usize), b: &(usize, usize)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        let more = counts.len().saturating_sub(most);
        if more > 0 && most > 0 {
            counts.select_nth_unstable_by(most - 1, order);
        }
        counts.truncate(most);
        counts.sort_unstable_by(order);
        let named = |(count, n): (usize, usize)| {
            let (value, label) = known.values[n].clone();
            Count { value, label, count }
        };
        (counts.into_iter().map(named).collect(), more)
    }

    /// What people call a value of a facet.
    #[must_use]
    pub fn label(&self, of: Of, kind: &str, value: &str) -> Option<&str> {
        let known = self.list(of).kinds.get(kind)?;
        known.by_value.get(value).map(|n| known.values[*n].1.as_str())
    }

    /// Selected items in this order, `take` of them after the first `skip`. An order that the table does not have is
    /// the usual one; `relevance` is there where words were searched for.
    #[must_use]
    pub fn page(&self, selection: &Selection, order: &str, skip: usize, take: usize) -> Vec<u32> {
        self.in_order(selection, order).skip(skip).take(take).collect()
    }

    /// How many selected items stand before the one after `ord` in this order; `None` if `ord` is not selected.
    #[must_use]
    pub fn after(&self, selection: &Selection, order: &str, ord: u32) -> Option<usize> {
        self.in_order(selection, order).position(|o| o == ord).map(|n| n + 1)
    }

    fn in_order<'a>(&'a self, selection: &'a Selection, order: &str) -> impl Iterator<Item = u32> + 'a {
        let list = self.list(selection.of);
        let usual = list.orders.first().map_or(&[][..], |(_, order)| order);
        let order = match &selection.ranked {
            Some(hits) if order == "relevance" => hits,
            _ => list.orders.iter().find(|(name, _)| *name == order).map_or(usual, |(_, order)| order),
        };
        order.iter().copied().filter(|n| selection.bits.has(*n))
    }

    /// When the selected items were: bars of one day, week, month, year or decade, of the finest that makes at most about
    /// `most` of them, without gaps; and how many items have no date. What was long before all the rest is one bar.
    #[must_use]
    pub fn bars(&self, selection: &Selection, most: i32) -> (Vec<Bar>, usize) {
        let list = self.list(selection.of);
        let mut undated = 0;
        let mut days = Vec::new();
        for (n, (earliest, latest)) in list.days.iter().enumerate() {
            if !selection.bits.has(u32::try_from(n).unwrap_or(u32::MAX)) {
                continue;
            }
            match (*earliest, *latest) {
                UNDATED => undated += 1,
                (i32::MIN, day) | (day, _) => days.push(day),
            }
        }
        days.sort_unstable();
        // A lone mention of something years ago would press all the rest into one bar.
        let (Some(first), Some(last)) = (days.get(days.len() / 50).copied(), days.last().copied()) else {
            return (Vec::new(), undated);
        };
        let span = last.saturating_sub(first);
        let unit = Unit::ALL.into_iter().find(|u| span / u.days() <= most).unwrap_or(Unit::Decade);
        let start = unit.around(date(first)).0;
        let early = days.partition_point(|d| *d < day_number(start));
        let mut bars = Vec::new();
        if let Some(day) = days.first().filter(|_| early > 0) {
            let before = start.yesterday().unwrap_or(start);
            bars.push(Bar { from: date(*day), to: before, count: early });
        }
        let (mut rest, mut from) = (&days[early..], start);
        while !rest.is_empty() {
            let (_, to) = unit.around(from);
            let (inside, after) = rest.split_at(rest.partition_point(|d| *d <= day_number(to)));
            bars.push(Bar { from, to, count: inside.len() });
            rest = after;
            match to.tomorrow() {
                Ok(next) => from = next,
                // The last day there is.
                Err(_) => break,
            }
        }
        (bars, undated)
    }
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
    Decade,
}

impl Unit {
    const ALL: [Unit; 5] = [Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::Decade];

    fn days(self) -> i32 {
        match self {
            Unit::Day => 1,
            Unit::Week => 7,
            Unit::Month => 30,
            Unit::Year => 365,
            Unit::Decade => 3652,
        }
    }

    /// The first and last day of the stretch that a day is in. Weeks begin on Monday.
    fn around(self, day: Date) -> (Date, Date) {
        let number = day_number(day);
        match self {
            Unit::Day => (day, day),
            Unit::Week => {
                // 1970-01-01 was a Thursday.
                let monday = number - (number + 3).rem_euclid(7);
                (date(monday), date(monday + 6))
            }
            Unit::Month => (day.first_of_month(), day.last_of_month()),
            Unit::Year => (day.first_of_year(), day.last_of_year()),
            Unit::Decade => {
                let year = day.year() - day.year().rem_euclid(10);
                let (first, last) = (Date::new(year, 1, 1), Date::new(year + 9, 12, 31));
                (first.unwrap_or(day), last.unwrap_or(day))
            }
        }
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// A day counted from 1970-01-01.
fn day_number(date: Date) -> i32 {
    EPOCH.until(date).map_or(0, |span| span.get_days())
}

fn date(number: i32) -> Date {
    let day = std::time::Duration::from_secs(u64::from(number.unsigned_abs()) * 86_400);
    let found = if number < 0 { EPOCH.checked_sub(day) } else { EPOCH.checked_add(day) };
    found.unwrap_or(EPOCH)
}

type Orders = (Vec<(i32, i32)>, Vec<(&'static str, Vec<u32>)>);

/// Days and orders of a table.
fn orders(store: &Store, of: Of) -> Result<Orders, Error> {
    let number = |text: Option<String>| text.and_then(|t| t.parse::<Date>().ok()).map(day_number);
    let mut days = Vec::new();
    // What to sort by, largest first: one or two numbers.
    let mut numbers: Vec<(i64, i64)> = Vec::new();
    let sql = match of {
        Of::Incident => "SELECT earliest, latest, reports, COALESCE(killed, -1) FROM incident ORDER BY ord",
        Of::Report => "SELECT published, published, 0, 0 FROM report ORDER BY ord",
        Of::Actor => "SELECT NULL, NULL, mentions, incidents FROM actor ORDER BY ord",
        Of::Statement => "SELECT NULL, NULL, variants, 0 FROM statement ORDER BY ord",
        Of::Dispute => "SELECT NULL, NULL, 0, 0 FROM dispute ORDER BY ord",
    };
    let dated = matches!(of, Of::Incident | Of::Report);
    for (earliest, latest, a, b) in
        store.many(sql, [], |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, i64>(2)?, r.get::<_, i64>(3)?)))?
    {
        numbers.push((a, b));
        if dated {
            days.push(match (number(earliest), number(latest)) {
                (None, None) => UNDATED,
                (from, to) => (from.unwrap_or(i32::MIN), to.unwrap_or(i32::MAX)),
            });
        }
    }
    let all: Vec<u32> = (0..u32::try_from(numbers.len()).unwrap_or(u32::MAX)).collect();
    let sorted = |key: &dyn Fn(usize) -> (i64, i64)| {
        let mut order = all.clone();
        order.sort_by_key(|n| key(*n as usize));
        order
    };
    let day = |n: usize| match days[n] {
        UNDATED => None,
        (i32::MIN, day) | (day, _) => Some(i64::from(day)),
    };
    let newest = |n: usize| day(n).map_or((1, 0), |d| (0, -d));
    let oldest = |n: usize| day(n).map_or((1, 0), |d| (0, d));
    let column = |sql: &str| store.many(sql, [], |r| r.get::<_, u32>(0));
    let orders = match of {
        Of::Incident => vec![
            ("newest", sorted(&newest)),
            ("oldest", sorted(&oldest)),
            ("reports", sorted(&|n| (-numbers[n].0, newest(n).1))),
            ("killed", sorted(&|n| (-numbers[n].1, -numbers[n].0))),
            ("title", column("SELECT ord FROM incident ORDER BY title COLLATE NOCASE, ord")?),
        ],
        Of::Report => vec![("newest", sorted(&newest)), ("oldest", sorted(&oldest)), ("id", all)],
        Of::Actor => vec![
            ("mentions", sorted(&|n| (-numbers[n].0, -numbers[n].1))),
            ("incidents", sorted(&|n| (-numbers[n].1, -numbers[n].0))),
            ("name", column("SELECT ord FROM actor ORDER BY name COLLATE NOCASE, ord")?),
        ],
        Of::Statement => vec![("forms", sorted(&|n| (-numbers[n].0, 0))), ("id", all)],
        Of::Dispute => vec![("id", all)],
    };
    Ok((days, orders))
}

fn load_kind(store: &Store, of: Of, kind: &str, len: usize) -> Result<Kind, Error> {
    let mut loaded = Kind { starts: vec![0], ..Kind::default() };
    let mut numbers = HashMap::new();
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    let facets = store.many(
        "SELECT id, value, label FROM facet WHERE of = ?1 AND kind = ?2 ORDER BY id",
        (of.table(), kind),
        |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?)),
    )?;
    for (n, (id, value, label)) in facets.into_iter().enumerate() {
        (first, last) = (first.min(id), last.max(id));
        numbers.insert(id, n);
        loaded.by_value.insert(value.clone(), n);
        loaded.values.push((value, label));
    }
    // Facets of one kind lie together, and their items in the same order.
    let items = store.many(
        "SELECT facet, item FROM facet_item WHERE facet BETWEEN ?1 AND ?2 ORDER BY facet, item",
        (first, last),
        |r| Ok((r.get::<_, i64>(0)?, r.get::<_, u32>(1)?)),
    )?;
    for (facet, item) in items {
        let Some(n) = numbers.get(&facet) else { continue };
        if item as usize >= len {
            return Err(
                store.damaged(format!("facet {facet} names {} {item}, which is not there", of.table()))
            );
        }
        while loaded.starts.len() < n + 1 {
            loaded.starts.push(loaded.items.len());
        }
        loaded.items.push(item);
    }
    loaded.starts.resize(loaded.values.len() + 1, loaded.items.len());
    if let Some(end) = loaded.starts.last_mut() {
        *end = loaded.items.len();
    }
    Ok(loaded)
}

/// A set of item numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bits(Vec<u64>);

impl Bits {
    fn none(len: usize) -> Bits {
        Bits(vec![0; len.div_ceil(64)])
    }

    fn full(len: usize) -> Bits {
        let mut bits = Bits(vec![u64::MAX; len.div_ceil(64)]);
        if let Some(last) = bits.0.last_mut().filter(|_| !len.is_multiple_of(64)) {
            *last = (1 << (len % 64)) - 1;
        }
        bits
    }

    fn of(len: usize, items: &[u32]) -> Bits {
        let mut bits = Bits::none(len);
        items.iter().for_each(|n| bits.set(*n as usize));
        bits
    }

    fn set(&mut self, n: usize) {
        if let Some(word) = self.0.get_mut(n / 64) {
            *word |= 1 << (n % 64);
        }
    }

    fn has(&self, n: u32) -> bool {
        self.0.get(n as usize / 64).is_some_and(|word| word >> (n % 64) & 1 == 1)
    }

    fn and(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    fn or(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_any_length_counts_its_own() {
        for len in [0, 1, 63, 64, 65, 1000] {
            assert_eq!(Bits::full(len).count(), len);
            assert_eq!(Bits::none(len).count(), 0);
        }
        let mut set = Bits::of(130, &[0, 64, 129]);
        assert!(set.has(64) && set.has(129) && !set.has(1) && !set.has(4000));
        set.and(&Bits::of(130, &[64, 65]));
        assert_eq!(set, Bits::of(130, &[64]));
    }

    #[test]
    fn stretches_of_the_calendar_follow_each_other() {
        for unit in Unit::ALL {
            let mut day = Date::constant(1958, 11, 3);
            for _ in 0..40 {
                let (from, to) = unit.around(day);
                assert!(from <= day && day <= to, "{unit:?} {day}");
                assert_eq!(unit.around(to), (from, to), "{unit:?} {day}");
                day = to.tomorrow().unwrap();
                assert_eq!(unit.around(day).0, day, "{unit:?} {day}");
            }
        }
        assert_eq!(Unit::Week.around(Date::constant(2024, 2, 7)).0, Date::constant(2024, 2, 5), "a Monday");
    }
}
