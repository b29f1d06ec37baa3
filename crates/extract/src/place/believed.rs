//! Names that the model takes for where a deed was, though no list or only a weak sign tells that they are places.

use record::{EntityKind, Parsed, Sentence, TextRange, Upos};

use super::loud::is_loud;
use super::words::{self, Class};

/// Percent from which on they are believed to. Chosen on the passages to work on and LGL, whose gold has no buildings.
const SURE: u8 = 80;

/// What the tagger takes for places and where deeds likely were.
pub(super) fn names(text: &str, parsed: &Parsed) -> Vec<TextRange> {
    let loc = parsed.entities.iter().filter(|e| e.kind == EntityKind::Loc).map(|e| e.range);
    let told = |range: &TextRange| {
        let around = parsed.sentences.iter().find(|s| s.range.overlaps(*range));
        around.is_some_and(|s| !is_loud(text, s) && share(s, *range) >= SURE)
    };
    loc.filter(told).collect()
}

/// Names with the word for what they name where deeds surely were: "the Kfar Sira estate", "the Banu gorge".
pub(super) fn sites(text: &str, parsed: &Parsed) -> Vec<TextRange> {
    let mut found = Vec::new();
    for s in parsed.sentences.iter().filter(|s| !is_loud(text, s)) {
        let sure = s.participants.iter().filter(|p| p.beside == 0 && p.place >= SURE && p.place > p.time);
        let word = |w: usize| Some(w).filter(|&w| is_site(s, w)).or_else(|| s.head(w).filter(|&h| h > w));
        found.extend(sure.filter_map(|p| site(text, parsed, s, word(p.word as usize)?)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The site whose kind word `w` tells, with the name before it.
fn site(text: &str, parsed: &Parsed, s: &Sentence, w: usize) -> Option<TextRange> {
    let kind = s.tokens.get(w).filter(|_| is_site(s, w))?;
    let part = |i: &usize| {
        let t = &s.tokens[*i];
        let name = t.upos == Upos::Propn && t.range.of(text).starts_with(char::is_uppercase);
        s.head(*i) == Some(w) && name && matches!(t.deprel, "compound" | "amod" | "nmod")
    };
    let first = (0..w).rev().take_while(part).last()?;
    // "Police station", "FARC camp": a word of every day, or who is there, is no name of a site.
    let plain = |i: usize| words::is(Class::Common, &s.tokens[i].range.of(text).to_lowercase());
    let body = |e: &record::Entity| e.kind == EntityKind::Org && e.range.overlaps(s.tokens[first].range);
    let named = first + 1 < w || !plain(first) && !parsed.entities.iter().any(body);
    named.then(|| s.tokens[first].range.cover(kind.range))
}

/// Whether a word tells what kind of site a name before it has.
fn is_site(s: &Sentence, w: usize) -> bool {
    s.tokens.get(w).is_some_and(|t| words::is(Class::Site, &t.lemma.to_lowercase()))
}

/// How likely words tell where some deed of their sentence was, in percent.
fn share(s: &Sentence, at: TextRange) -> u8 {
    let here = s
        .participants
        .iter()
        .filter(|p| p.beside == 0 && s.tokens.get(p.word as usize).is_some_and(|t| t.range.overlaps(at)));
    here.map(|p| p.place).max().unwrap_or(0)
}
