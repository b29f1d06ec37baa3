//! Which state "the army", "the president", "the police" is of where none is said.

use std::collections::BTreeMap;

use record::{ActorId, ActorKind, Block, BlockLabel, Place, PlacePrecision, Report, Sector};

use super::super::compose::{Of, What};
use super::super::knowledge::knowledge;
use super::super::pieces;
use super::{HEAD_WORDS, REACH, Resolver};
use crate::place::country::{self, Country};

/// States and territories without armed forces of their own (CIA World Factbook): "the army" there is another's.
const WITHOUT_FORCES: [&str; 22] = [
    "AND", "CRI", "DMA", "FSM", "GRD", "ISL", "KIR", "LCA", "LIE", "MCO", "MHL", "MUS", "NRU", "PAN", "PLW",
    "PSE", "SLB", "SMR", "TUV", "VAT", "VCT", "WSM",
];

/// What is somebody's whose state is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// Post or body of any state.
    State,
    Forces,
    /// Aircraft and ships.
    Jets,
    Embassy,
}

impl Resolver<'_> {
    /// Tells which states the report is about: those that are named most often, themselves and their towns.
    pub(crate) fn is_about(&mut self, states: &BTreeMap<&'static str, usize>) {
        let mut towns: BTreeMap<&'static str, Vec<&Place>> = BTreeMap::new();
        for place in self.places.iter().filter(|p| p.spot.precision < PlacePrecision::Country) {
            if let Some(code) = place.spot.country {
                towns.entry(code).or_default().push(place);
            }
        }
        let mut named = states.clone();
        for (code, towns) in towns {
            // One town alone may be another of its name.
            let sure = towns.iter().any(|t| t.rule == "only" || t.spot.name != towns[0].spot.name);
            if sure || states.contains_key(code) {
                *named.entry(code).or_insert(0) += towns.len();
            }
        }
        let mut named: Vec<(&'static str, usize)> = named.into_iter().collect();
        let first = |code: &str| self.places.iter().position(|p| p.spot.country == Some(code));
        named.sort_by_key(|&(code, n)| (std::cmp::Reverse(n), first(code).unwrap_or(usize::MAX)));
        self.about = named.into_iter().filter_map(|(code, _)| country::by_code(code)).collect();
    }

    /// Tells where the paper is written: the one country of the places above its first paragraph, its headline left out
    /// ("BAGHDAD, Feb 5 –", "Bogotá, 5 February"), or at its beginning ("QUETTA: "), if the report speaks of it.
    pub(crate) fn written_in(&mut self, report: &Report, states: &BTreeMap<&'static str, usize>) {
        let long = |b: &&Block| b.range.of(&report.text).split_whitespace().nth(HEAD_WORDS).is_some();
        let body = |b: &&Block| b.label == BlockLabel::Body;
        let Some(story) = report.blocks.iter().filter(body).find(long).map(|b| b.range.start()) else {
            return;
        };
        let titled = |p: &Place| {
            report.blocks.iter().any(|b| b.label == BlockLabel::Title && b.range.contains(p.range))
        };
        let opens = |p: &Place| {
            let behind = report.text.get(p.range.end()..).unwrap_or_default();
            p.range.start() == story
                && [":", ", ", " (", " -", " –", " —"].iter().any(|mark| behind.starts_with(mark))
        };
        let above = self.places.iter().filter(|p| (p.range.end() <= story || opens(p)) && !titled(p));
        let mut countries: Vec<&'static str> = above.filter_map(|p| p.spot.country).collect();
        let lines = countries.len();
        countries.dedup();
        let [code] = countries[..] else { return };
        let Some(&named) = states.get(code) else { return };
        // Who only writes from there tells of another state.
        let told = named > lines
            || self.places.iter().any(|p| p.range.start() > story && p.spot.country == Some(code));
        if told || self.about.first().is_none_or(|state| state.code == code) {
            self.home = country::by_code(code);
        }
    }

    /// The state that phrase `i`, which says none, is likely of: the one named last, that of the paper, or the one that the
    /// report is most about.
    pub(super) fn state_of(&self, i: usize, whose: Whose) -> Option<&'static Country> {
        if let Some(state) = self.state_behind(i).or_else(|| self.overthrown_by(i)) {
            return Some(state);
        }
        let near = self.nearest_state(i, whose);
        // A state has no embassy at home, and whose jets fly over a town is not said by where the paper is written.
        let home = self.home.filter(|_| matches!(whose, Whose::State | Whose::Forces));
        let about = self.about.iter().copied().filter(|_| whose != Whose::Embassy);
        let has = |state: &&'static Country| {
            !matches!(whose, Whose::Forces | Whose::Jets) || !WITHOUT_FORCES.contains(&state.code)
        };
        near.into_iter().chain(home).chain(about).find(has)
    }

    /// The state whose town or province the sentence, or else its paragraph before, names as where something is, the nearest to phrase `i`: police
    /// and security forces there are its own, unless it is said whose they are; armies go abroad.
    pub(super) fn state_here(&self, i: usize) -> Option<&'static Country> {
        let phrase = &self.phrases[i];
        let at = self.words[phrase.start].range.start();
        let sentence = self.parsed.sentence_of(self.words[phrase.start].range)?;
        let fine = |p: &&Place| p.locative && p.spot.precision < PlacePrecision::Country;
        let here = self.places.iter().filter(fine).filter(|p| sentence.range.contains(p.range));
        let near = here.min_by_key(|p| p.range.start().abs_diff(at));
        // "… marched in Thessaloniki. Police used tear gas."
        let before = || {
            let start = self.words[self.paragraph(phrase.start)].range.start();
            let told = |p: &&Place| (start..sentence.range.start()).contains(&p.range.start());
            self.places.iter().filter(fine).rfind(told)
        };
        near.or_else(before)?.spot.country.and_then(country::by_code)
    }

    /// The state of the town that its sentence names right before phrase `i` as where something is ("in Port Alma, parliament").
    pub(super) fn state_before(&self, i: usize) -> Option<&'static Country> {
        let word = &self.words[self.phrases[i].start];
        let sentence = self.parsed.sentence_of(word.range)?;
        let near = |p: &&Place| {
            p.locative
                && p.spot.precision < PlacePrecision::Country
                && sentence.range.contains(p.range)
                && self.text.get(p.range.end()..word.range.start()).is_some_and(|gap| gap.trim() == ",")
        };
        self.places.iter().rfind(near)?.spot.country.and_then(country::by_code)
    }

    /// The state of the town or province whose body phrase `i` is said to be: "the health ministry of Blue Nile".
    fn state_behind(&self, i: usize) -> Option<&'static Country> {
        let of = self.phrases[i].end;
        let word = self.words.get(of).filter(|w| w.norm == "of")?;
        let article = usize::from(self.words.get(of + 1).is_some_and(|w| w.norm == "the"));
        let first = self.words.get(of + 1 + article).filter(|w| w.sentence == word.sentence)?;
        let owner = self.places.iter().find(|p| p.range.start() == first.range.start())?;
        owner.spot.country.and_then(country::by_code)
    }

    /// The state whose rulers those of phrase `i` are said to have removed: "the officers who overthrew Norland's president", "the
    /// generals who seized power in Norland".
    fn overthrown_by(&self, i: usize) -> Option<&'static Country> {
        const OVERTHROW: [&str; 8] =
            ["overthrew", "ousted", "toppled", "deposed", "overthrown", "unseated", "removed", "power"];
        let end = self.phrases[i].end;
        let sentence = self.words[self.phrases[i].start].sentence;
        let here = |w: &&super::Word| w.sentence == sentence && w.norm != ",";
        let behind = || self.words.get(end..).unwrap_or_default().iter().take_while(here);
        behind().next().filter(|w| matches!(w.norm.as_str(), "who" | "that" | "which"))?;
        let verb = behind().take(4).position(|w| OVERTHROW.contains(&w.norm.as_str()))?;
        let near = end + verb..end + verb + 5;
        let state = self.phrases[i + 1..].iter().zip(&self.found[i + 1..]).find_map(|(p, found)| {
            let id = match (&p.what, found) {
                (What::Office { of: Of::Known(id), .. }, _) | (_, Some((id, _))) => id,
                _ => return None,
            };
            self.cards.country(id).filter(|_| near.contains(&p.start))
        });
        state.or_else(|| {
            let at = |p: &&Place| {
                near.clone().any(|w| {
                    self.words.get(w).is_some_and(|w| w.sentence == sentence && p.range.overlaps(w.range))
                })
            };
            self.places.iter().find(at)?.spot.country.and_then(country::by_code)
        })
    }

    /// Whether phrase `i` is the enemy's: "the enemy army".
    pub(super) fn is_enemys(&self, i: usize) -> bool {
        self.phrases[i].start.checked_sub(1).is_some_and(|b| self.words[b].norm == "enemy")
    }

    /// The state that the report calls the enemy: "the Ruritanian enemy".
    pub(super) fn enemy(&self) -> Option<&'static Country> {
        self.phrases.iter().zip(&self.found).find_map(|(p, found)| {
            let called = self.words.get(p.end).is_some_and(|w| w.norm == "enemy");
            let id = match (&p.what, found) {
                (What::Known(id, _), _) | (_, Some((id, _))) if called => id,
                _ => return None,
            };
            self.cards.country(id).filter(|_| self.cards.kind(id) == Some(ActorKind::State))
        })
    }

    /// The state named last before phrase `i`, in its sentence or the one before.
    fn nearest_state(&self, i: usize, whose: Whose) -> Option<&'static Country> {
        let here = self.words[self.phrases[i].start].sentence;
        let start = self.phrases[i].start;
        // A new paragraph speaks of what the report is about, unless it says otherwise.
        let paragraph = self.paragraph(start);
        let (mut best, mut at) = (None, 0);
        for (j, found) in self.found.iter().enumerate().take(i).skip(i.saturating_sub(REACH)) {
            let Some((id, _)) = found else { continue };
            let phrase = &self.phrases[j];
            let near = self.words[phrase.start].sentence + 1 >= here
                && phrase.start < start
                && phrase.start >= paragraph;
            let state = match self.cards.kind(id) {
                // Envoys are abroad: what stands behind them is seldom of their state.
                Some(ActorKind::Government) if id.as_str().ends_with("-embassy") => whose == Whose::Embassy,
                Some(ActorKind::State | ActorKind::Government) => true,
                // "Norland's defence minister ordered the navy to …"
                // Whoever speaks for many states stands for none, and an ambassador is abroad.
                Some(ActorKind::Person) => {
                    let titled = match &phrase.what {
                        What::Name { titles, .. } => {
                            let envoy = |t: &usize| knowledge().titles[*t].name.starts_with("ambassador");
                            !titles.is_empty() && (whose == Whose::Embassy || !titles.iter().any(envoy))
                        }
                        _ => false,
                    };
                    titled && self.cards.sector(id) != Some(Sector::Igo)
                }
                _ => false,
            };
            if near && state && phrase.start >= at && self.is_spoken_of(j, id) {
                best = self.cards.country(id).or(best);
                at = phrase.start;
            }
        }
        best
    }

    /// Whether the state or the body of it that phrase `j` names is one that a next sentence can go on about: the state of the
    /// report, or one that does something there. "A Belgian radio", "trained by Belgium" say nothing of whose the army is.
    fn is_spoken_of(&self, j: usize, id: &ActorId) -> bool {
        let state = self.cards.country(id);
        if state.is_some() && [self.about.first().copied(), self.home].contains(&state) {
            return true;
        }
        let embassy = id.as_str().ends_with("-embassy");
        let last = &self.words[self.phrases[j].end - 1];
        let government = self.cards.kind(id) == Some(ActorKind::Government) && !embassy;
        pieces::token(self.parsed, last)
            .is_none_or(|(_, _, t)| government || t.deprel.starts_with("nsubj") || t.deprel == "nmod:poss")
    }

    /// The first word of the paragraph of a word.
    fn paragraph(&self, word: usize) -> usize {
        let here = self.words[word].range.start();
        let begun = self.paragraphs.partition_point(|&p| p <= here);
        let Some(line) = begun.checked_sub(1).map(|p| self.paragraphs[p]) else { return 0 };
        self.words[..word].partition_point(|w| w.range.start() < line)
    }
}
