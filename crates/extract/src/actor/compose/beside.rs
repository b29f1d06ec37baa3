//! What stands beside a piece: names after a post, whose something is, articles and verbs.

use record::{ActorId, ActorKind, EntityKind};

use super::super::knowledge::{Form, Sense, knowledge};
use super::super::pieces::{Piece, token};
use super::super::words::{Case, Word};
use super::{COMPOUNDS, Composer};
use crate::place::country::{self, Country};

/// Whether a piece is the name of a person, known or not.
fn is_person(piece: &Piece) -> bool {
    match piece.unknown {
        Some(kind) => kind == EntityKind::Per,
        None => {
            let entries = piece.entries();
            !entries.is_empty() && entries.iter().all(|&i| knowledge().entries[i].kind == ActorKind::Person)
        }
    }
}

impl Composer<'_> {
    /// The next piece, if no more than a possessive and two adjectives stand between.
    pub(super) fn follows(&self, k: usize) -> Option<usize> {
        let next = self.pieces.get(k + 1)?;
        let gap = &self.words[self.pieces[k].end..next.start];
        let same = self.words[next.start].sentence == self.words[self.pieces[k].start].sentence;
        let gap =
            gap.strip_prefix(gap.first().filter(|w| w.norm == "'s").map_or(&[][..], std::slice::from_ref))?;
        let adjectives = gap.len() <= 2 && gap.iter().all(|w| self.adjective(w));
        (same && adjectives && !self.words[next.start].glued).then_some(k + 1)
    }

    pub(super) fn adjective(&self, word: &Word) -> bool {
        let small = matches!(
            word.norm.as_str(),
            "against"
                | "on"
                | "in"
                | "of"
                | "for"
                | "with"
                | "from"
                | "by"
                | "over"
                | "at"
                | "to"
                | "and"
                | "as"
                | "after"
                | "amid"
                | "under"
                | "into"
                | "the"
        );
        if small || !word.is_word || word.glued || COMPOUNDS.iter().any(|(c, _)| *c == word.norm) {
            return false;
        }
        match token(self.parsed, word) {
            Some((_, _, token)) => {
                matches!(token.upos, record::Upos::Adj | record::Upos::Noun | record::Upos::Propn)
            }
            None => {
                word.case != Case::Lower
                    || matches!(
                        word.norm.as_str(),
                        "senior"
                            | "top"
                            | "military"
                            | "former"
                            | "new"
                            | "official"
                            | "special"
                            | "chief"
                            | "elite"
                            | "local"
                            | "deputy"
                            | "federal"
                    )
            }
        }
    }

    /// "The governor of the region Jo Doe": the person whose name stands right behind what the post is of.
    pub(super) fn behind_region(&self, k: usize) -> Option<usize> {
        const REGIONS: &[&str] = &[
            "region",
            "republic",
            "oblast",
            "district",
            "province",
            "city",
            "town",
            "village",
            "territory",
            "state",
            "municipality",
            "department",
            "country",
        ];
        let end = self.pieces[k].end;
        let [of, the, region, name] = self.words.get(end..end + 4)? else { return None };
        let lead = of.norm == "of" && the.norm == "the" && REGIONS.contains(&region.norm.as_str());
        let p = self.pieces.iter().skip(k + 1).take(3).position(|p| p.start == end + 3)? + k + 1;
        (lead && is_person(&self.pieces[p]) && name.sentence == of.sentence).then_some(p)
    }

    /// A person's name right after piece `k`: the words, and the piece if it is one.
    pub(super) fn name_after(&self, k: usize) -> Option<(usize, usize, Option<usize>)> {
        let end = self.pieces[k].end;
        let sentence = self.words[end - 1].sentence;
        let mut from = end;
        let comma = self.words.get(from).is_some_and(|w| w.norm == ",");
        from += usize::from(comma);
        let word =
            self.words.get(from).filter(|w| w.sentence == sentence && w.is_word && w.case != Case::Lower)?;
        if let Some(p) = self.pieces.iter().enumerate().skip(k + 1).take(3).find(|(_, p)| p.start == from) {
            let person = is_person(p.1);
            // "Major General Yehia Rasool": a second title before the name.
            if !person && p.1.titles().len() == p.1.senses.len() && !p.1.senses.is_empty() {
                return self.name_after(p.0);
            }
            return person.then_some((p.1.start, p.1.end, Some(p.0)));
        }
        if comma || self.shouting {
            return None;
        }
        // Without an entity: capitalised words after a capitalised or full title, none of which is a small word that a headline
        // only begins with a capital ("Norland Adviser Over And Over To").
        let small = |w: &Word| {
            use record::Upos::{Adp, Adv, Aux, Cconj, Det, Part, Pron, Sconj};
            let upos = token(self.parsed, w).map(|(_, _, t)| t.upos);
            upos.is_some_and(|u| matches!(u, Adp | Adv | Aux | Cconj | Det | Part | Pron | Sconj))
        };
        let _ = word;
        let to = (from..self.words.len())
            .take(4)
            .take_while(|&i| {
                let w = &self.words[i];
                let particle =
                    matches!(w.norm.as_str(), "bin" | "de" | "la" | "von" | "van" | "ibn") && i > from;
                w.sentence == sentence
                    && w.is_word
                    && (w.case == Case::Capital && !small(w) || particle)
                    && !self.pieces.iter().skip(k + 1).take(3).any(|p| p.start == i)
            })
            .last()?
            + 1;
        (self.words[to - 1].case != Case::Lower).then_some((from, to, None))
    }

    /// The piece after "of", "for" or "to".
    pub(super) fn of_after(&self, k: usize) -> Option<usize> {
        let next = self.pieces.get(k + 1)?;
        let gap = &self.words[self.pieces[k].end..next.start];
        // "fighters belonging to the group"
        let gap = match gap {
            [of, to, ..]
                if matches!(of.norm.as_str(), "belonging" | "loyal" | "affiliated")
                    && matches!(to.norm.as_str(), "to" | "with") =>
            {
                &gap[1..]
            }
            gap => gap,
        };
        let (first, rest) = gap.split_first()?;
        let of = matches!(first.norm.as_str(), "of" | "for" | "to" | "at" | "in" | "with");
        let small =
            |w: &Word| matches!(w.norm.as_str(), "the" | "a" | "an" | "its" | "their") || self.adjective(w);
        let same = self.words[next.start].sentence == first.sentence;
        let loose = matches!(first.norm.as_str(), "in" | "to" | "with" | "at");
        let named = next.is_name() || !loose;
        (of && same && named && rest.len() <= 3 && rest.iter().all(small)).then_some(k + 1)
    }

    /// The state after "of": "the foreign ministry of Iraq".
    pub(super) fn state_after(&self, k: usize) -> Option<(usize, &'static Country)> {
        let next = self.of_after(k)?;
        let first = &self.words[self.pieces[k].end];
        if !matches!(first.norm.as_str(), "of") {
            return None;
        }
        self.pieces[next].senses.iter().find_map(|s| match s {
            Sense::State(code, Form::Name) => country::by_code(code).map(|c| (next, c)),
            _ => None,
        })
    }

    /// The state that people are in or from, by its name or capital: "protesters in Paris", "soldiers from Kenya".
    pub(super) fn state_within(&self, k: usize, preposition: &str) -> Option<&'static Country> {
        let end = self.pieces[k].end;
        let place = self.pieces.get(k + 1).filter(|p| p.start == end + 1)?;
        // "Prisoners in a swap", but not "in Norland-mediated talks".
        let compound = self.words.get(place.end).is_some_and(|w| w.glued);
        let same = !compound && self.words[end].sentence == self.words[place.start].sentence;
        if !same || self.words[end].norm != preposition {
            return None;
        }
        place.senses.iter().find_map(|s| match s {
            Sense::State(code, Form::Name | Form::Capital) => country::by_code(code),
            _ => None,
        })
    }

    /// "Iran-backed" right before word `start`, over at most two adjectives.
    pub(super) fn compound_before(&mut self, start: usize) -> (Option<ActorId>, Option<&'static str>) {
        for back in 1..=3 {
            let Some(i) = start.checked_sub(back) else { break };
            let word = &self.words[i];
            if word.sentence != self.words[start].sentence || !word.is_word {
                break;
            }
            let Some((_, how)) = COMPOUNDS.iter().find(|(c, _)| *c == word.norm && word.glued) else {
                continue;
            };
            let owner = self.pieces.iter().find(|p| p.end == i);
            let id = owner.and_then(|p| {
                p.senses.iter().find_map(|s| match s {
                    Sense::State(code, _) => country::by_code(code).map(|c| self.cards.state(c)),
                    Sense::Entry(e) => Some(self.cards.entry(*e)),
                    _ => None,
                })
            });
            return match id {
                Some(id) => (Some(id), Some(how)),
                None => (None, None),
            };
        }
        (None, None)
    }

    pub(super) fn definite(&self, start: usize) -> bool {
        (1..=3).filter_map(|b| start.checked_sub(b)).find_map(|i| {
            let word = &self.words[i];
            let stop = !word.is_word || word.sentence != self.words[start].sentence;
            match word.norm.as_str() {
                "the" | "this" | "these" | "those" => Some(true),
                // "said that 25 fighters": a clause begins.
                "that" => Some(i + 1 == start),
                "a" | "an" | "some" | "several" | "any" | "of" | "by" | "and" => Some(false),
                _ if stop => Some(false),
                _ => None,
            }
        }) == Some(true)
    }

    /// Whether a state's name says where, not who: "in Iraq", "northern Iraq", "Baghdad, Iraq".
    pub(super) fn locative(&self, start: usize) -> bool {
        let mut i = start;
        while let Some(j) = i.checked_sub(1) {
            let word = &self.words[j];
            if word.sentence != self.words[start].sentence {
                return false;
            }
            match word.norm.as_str() {
                "in" | "inside" | "near" | "across" | "throughout" | "within" | "around" | "outside"
                | "northern" | "southern" | "eastern" | "western" | "central" | "northeastern"
                | "northwestern" | "southeastern" | "southwestern" => return true,
                "the" | "neighboring" | "neighbouring" | "nearby" => i = j,
                "and" | "," if j > 0 && self.pieces.iter().any(|p| p.end == j && p.is_name()) => {
                    i = self.pieces.iter().find(|p| p.end == j).map_or(j, |p| p.start);
                }
                _ => return false,
            }
        }
        false
    }

    /// Whether a capital stands for its government: subject of a verb, or between "between" and "and".
    pub(super) fn acts(&self, start: usize, end: usize) -> bool {
        if let Some((_, _, token)) = token(self.parsed, &self.words[end - 1]) {
            return matches!(token.deprel, "nsubj" | "nsubj:pass" | "obl:agent") || self.addressed(end);
        }
        let before = start.checked_sub(1).map(|i| &self.words[i]);
        let first = before.is_none_or(|w| w.sentence != self.words[start].sentence);
        let verb = |w: &Word| {
            w.case == Case::Lower
                && (w.norm.ends_with("ed")
                    || matches!(w.norm.as_str(), "said" | "says" | "has" | "had" | "will" | "would"))
        };
        first && self.words.get(end).is_some_and(verb)
    }

    /// Whether the name that ends before word `end` is whom a verb of words turns to: "accused Ruritania's capital of".
    pub(super) fn addressed(&self, end: usize) -> bool {
        let Some((sentence, i, token)) = token(self.parsed, &self.words[end - 1]) else { return false };
        let Some(head) = sentence.head(i).and_then(|h| sentence.tokens.get(h)) else { return false };
        let preposition = sentence.tokens.iter().find(|t| t.head as usize == i + 1 && t.deprel == "case");
        let preposition = preposition.map_or("", |t| t.lemma.as_str());
        let object = matches!(token.deprel, "obj" | "iobj");
        let phrase = token.deprel == "obl" && matches!(preposition, "on" | "with" | "against");
        (object && preposition.is_empty() || phrase) && knowledge().addressing(&head.lemma, preposition)
    }
}
