//! Who of the people described one by one is the same person: "a 17-year-old", "the boy", "he".

use std::collections::BTreeSet;
use std::ops::Range;

use super::lexicon::lexicon;
use super::read::Reading;
use crate::actor::words::Word;

/// The rule of a figure of one who is told by another and is not he: "his driver".
const COMPANION: &str = "companion";

/// What the words for a person tell.
#[derive(Debug, Clone, Default)]
struct Description<'a> {
    names: BTreeSet<&'a str>,
    age: Option<u64>,
    /// Classes of the data file: `male`, `female`; `child`, `adult`; `suspect`, `officer`.
    sex: Option<&'static str>,
    stage: Option<&'static str>,
    side: Option<&'static str>,
    /// "his father": the noun, for one who is told by another.
    kin: Option<&'a str>,
    /// "his driver": whoever it is, not he.
    companion: bool,
    head: &'a str,
    pronoun: bool,
    /// "another man", "a second victim".
    other: bool,
    definite: bool,
}

impl Description<'_> {
    /// Whether both can be one person.
    fn fits(&self, other: &Description<'_>) -> bool {
        let clash = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if a != b);
        if let (Some(a), Some(b)) = (self.age, other.age)
            && a != b
        {
            return false;
        }
        let same_age = self.age.is_some() && self.age == other.age;
        let names = !self.names.is_empty() && !other.names.is_empty() && self.names.is_disjoint(&other.names);
        !(names
            || clash(self.sex, other.sex)
            || clash(self.stage, other.stage) && !same_age
            || clash(self.side, other.side)
            || clash(self.kin, other.kin))
    }

    fn learn(&mut self, other: &Description<'_>) {
        self.age = self.age.or(other.age);
        self.sex = self.sex.or(other.sex);
        self.stage = self.stage.or(other.stage);
        self.side = self.side.or(other.side);
    }
}

/// A person with the readings that speak of them.
struct Person<'a> {
    is: Description<'a>,
    /// Sentence and word of harm of the last reading.
    last: (usize, Option<Range<usize>>),
}

/// For each reading of one person, which person it is, counted from 0.
pub(super) fn persons(
    words: &[Word],
    text: &str,
    names: &[Range<usize>],
    readings: &mut [(Reading, Range<usize>)],
) -> Vec<Option<usize>> {
    let mut known: Vec<Person<'_>> = Vec::new();
    let mut out = Vec::new();
    for (reading, sentence) in readings {
        let single = reading.single && reading.bounds.single() == Some(1);
        let Some(counted) = reading.counted.as_ref().filter(|_| single) else {
            out.push(None);
            continue;
        };
        let is = describe(words, text, names, counted);
        let here = (words[sentence.start].sentence, reading.harm.clone());
        // Two in one list are two; so are two that one sentence introduces.
        let apart = |p: &Person<'_>| {
            p.last.0 == here.0
                && (p.last.1 == here.1
                    || !is.definite && !is.pronoun && is.names.is_empty() && p.is.head != is.head)
        };
        let found = (0..known.len()).rev().find(|&i| {
            let p = &known[i];
            !is.other && !apart(p) && p.is.fits(&is) && (!is.companion || p.is.head == is.head)
        });
        if found.is_none() && is.companion && !known.is_empty() {
            reading.rule = COMPANION;
        }
        let person = found.unwrap_or_else(|| {
            known.push(Person { is: is.clone(), last: here.clone() });
            known.len() - 1
        });
        known[person].is.learn(&is);
        known[person].is.names.extend(is.names);
        known[person].last = here;
        out.push(Some(person));
    }
    out
}

fn describe<'a>(
    words: &'a [Word],
    text: &str,
    names: &[Range<usize>],
    counted: &Range<usize>,
) -> Description<'a> {
    let norm = |i: usize| words.get(i).map_or("", |w| w.norm.as_str());
    let inside: Vec<&str> = counted.clone().map(norm).collect();
    let before = counted.start.checked_sub(1).map_or("", norm);
    let head = inside.iter().rev().find(|w| **w != "'s").copied().unwrap_or("");
    let named = names.iter().filter(|n| n.start < counted.end && n.end >= counted.end);
    let mut is = Description {
        names: named.flat_map(|n| n.clone()).map(norm).filter(|w| w.len() > 1).collect(),
        head,
        pronoun: counted.len() == 1 && matches!(head, "he" | "she" | "him" | "himself" | "herself"),
        other: before == "another" || inside.iter().any(|w| lexicon().is("another", w)),
        definite: matches!(before, "the" | "his" | "her" | "their" | "its" | "this" | "that"),
        age: age(words, text, counted),
        ..Description::default()
    };
    let possessed =
        matches!(before, "his" | "her" | "their" | "my") || norm(counted.start.wrapping_sub(2)) == "'s";
    is.companion = possessed && lexicon().is("companion", head);
    is.kin = Some(head).filter(|h| possessed && lexicon().is("kin", h));
    for (classes, of) in [
        (["male", "female"], &mut is.sex),
        (["child", "adult"], &mut is.stage),
        (["suspect", "officer"], &mut is.side),
    ] {
        *of = classes.into_iter().find(|c| inside.iter().any(|w| lexicon().is(c, w)));
    }
    is
}

/// "a 17-year-old boy", "Ann Roe, 35,", "the man, 40".
fn age(words: &[Word], text: &str, counted: &Range<usize>) -> Option<u64> {
    let number = |i: usize| words.get(i)?.range.of(text).parse::<u64>().ok().filter(|n| *n < 120);
    let year = |i: usize| words.get(i).is_some_and(|w| w.norm == "year" || w.norm == "month");
    let inside = counted.clone().find_map(|i| number(i).filter(|_| year(i + 1)));
    let comma = words.get(counted.end).is_some_and(|w| matches!(w.norm.as_str(), "," | "("));
    inside.or_else(|| number(counted.end + 1).filter(|_| comma))
}

/// For each reading, whether it tells of the wound of one who is said to have died: such a person is not counted among
/// the wounded.
pub(super) fn died(
    words: &[Word],
    readings: &[(Reading, Range<usize>)],
    persons: &[Option<usize>],
) -> Vec<bool> {
    let all = || readings.iter().map(|(r, _)| r).zip(persons.iter().copied());
    let dead: BTreeSet<usize> = all().filter(|(r, _)| r.what == "killed").filter_map(|(_, p)| p).collect();
    // The dead who are counted and not described.
    let counted = all()
        .filter(|(r, p)| r.what == "killed" && p.is_none() && !r.part && !r.cumulative)
        .filter_map(|(r, _)| r.bounds.single())
        .max()
        .unwrap_or(0);
    let unknown = usize::try_from(counted).unwrap_or(usize::MAX).saturating_sub(dead.len());
    // "Was shot" does not say that one lived.
    let open = |r: &Reading| {
        r.harm.as_ref().is_some_and(|h| {
            let said: Vec<&str> = h.clone().map(|i| words[i].norm.as_str()).collect();
            said.iter().any(|w| lexicon().is("deadly", w))
        })
    };
    let lived: BTreeSet<usize> =
        all().filter(|(r, _)| r.what == "wounded" && !open(r)).filter_map(|(_, p)| p).collect();
    let left: BTreeSet<usize> = all()
        .filter(|(r, _)| r.what == "wounded" && open(r))
        .filter_map(|(_, p)| p)
        .filter(|p| !dead.contains(p) && !lived.contains(p))
        .collect();
    let gone = |p: usize| dead.contains(&p) || left.len() <= unknown && left.contains(&p);
    all().map(|(r, p)| r.what == "wounded" && p.is_some_and(gone)).collect()
}
