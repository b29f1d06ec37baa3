//! What happened to those who are counted, by the tree: where too many words stand between a count and its word of harm
//! for them to be read as one phrase ("two reporters, both from the capital, and the guide they had hired were killed").

use std::ops::Range;

use record::{Qualifier, Sentence, Upos};

use super::super::lexicon::{Use, lexicon};
use super::{Candidate, Predicate, Reader};
use crate::actor::pieces::token;
use crate::actor::words::Case;

/// How those counted stand to a verb.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// "were killed", "killed in the raid"
    Sufferer,
    /// "died"
    Subject,
    /// "killed five"
    Object,
}

/// Links of a list that are followed up to its first member.
const LIST: usize = 6;

impl Reader<'_> {
    /// The word of harm that those counted hang on, with what it says and how.
    pub(super) fn hung(
        &self,
        candidate: &Candidate,
        predicates: &[Predicate],
        range: Range<usize>,
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        // "Along with their cook"
        let joined = self.joined(candidate.quantity.start);
        // Who is named or taken as known has mostly been counted where he was first told of.
        let new = matches!(self.norm(candidate.quantity.start), "a" | "an");
        let persons = match candidate.single {
            true => new || joined,
            false => {
                candidate.noun.is_empty()
                    || self.head(&candidate.noun).is_some_and(|h| lexicon().is_person(h))
            }
        };
        // "The crew of Orca 3 suffered cuts": a number that ends a name.
        let before = candidate.quantity.start.checked_sub(1).and_then(|b| self.words.get(b));
        let named = candidate.noun.is_empty()
            && before.is_some_and(|w| {
                w.is_word
                    && w.case != Case::Lower
                    && w.sentence == self.words[candidate.quantity.start].sentence
            })
            && candidate.quantity.qualifier == Qualifier::Exact;
        let persons = persons && !named;
        if !persons {
            return None;
        }
        let own = candidate.quantity.start..candidate.noun.end.max(candidate.quantity.end);
        let last = own.clone().rev().find(|&i| self.words[i].is_word && self.norm(i) != "'s")?;
        let (s, mut at, _) = token(self.parsed, &self.words[last])?;
        let span = self.words[own.start].range.cover(self.words[own.end.max(own.start + 1) - 1].range);
        let head = |i: usize| s.head(i).filter(|&h| h < s.tokens.len() && h != i);
        for _ in 0..LIST {
            match head(at).filter(|&h| span.contains(s.tokens[h].range)) {
                Some(up) => at = up,
                None => break,
            }
        }
        if joined {
            return self.together(s, at, predicates);
        }
        let own_clause = self.told_of(s, at, predicates);
        // What is said of the first of a list is said of all.
        let own_place = at;
        for _ in 0..LIST {
            match head(at).filter(|&h| s.tokens[at].deprel == "conj" && nominal(s, h)) {
                Some(up) => at = up,
                None => break,
            }
        }
        let found = head(at).and_then(|up| match s.tokens[at].deprel {
            "nsubj:pass" => self.subject_of(s, up, Role::Sufferer, predicates),
            "nsubj" => self.subject_of(s, up, Role::Subject, predicates),
            "obj" => self.object_of(s, up, at, predicates),
            role if role.starts_with("nmod") && of(s, at) => {
                let p = self.at(s, up, predicates).filter(|p| !self.given_back(p, &range))?;
                let life = self.norm(p.words.start) == "life";
                Some((p.used(Use::Of).filter(|_| !life)?, "noun", p.words.clone()))
            }
            _ => None,
        });
        // The worst that is told: "79 people who had sought shelter there were killed".
        let found = found.into_iter().chain(own_clause).max_by_key(|(what, ..)| super::govern::rank(what));
        let (what, rule, harm) = found.filter(|(what, ..)| !candidate.single || *what == "killed")?;
        let none = candidate.quantity.qualifier == Qualifier::None;
        // "70 killed, 11 prisoners": what they are is said by their own noun.
        let held = self.head(&candidate.noun).is_some_and(|h| lexicon().is("held", h));
        if none && rule != "subject" || at != own_place && held {
            return None;
        }
        Some((what, if at == own_place { rule } else { "list" }, harm))
    }

    /// Whether one is told of as the company of another: "together with two aides", "with his son".
    fn joined(&self, start: usize) -> bool {
        let before = |n: usize| start.checked_sub(n).map_or("", |i| self.norm(i));
        let own = |w: &str| matches!(w, "his" | "her" | "their");
        // The possessive stands in the phrase of one person and before a number.
        let (with, owned) = if own(before(1)) { (2, true) } else { (1, own(self.norm(start))) };
        before(with) == "with" && (owned || matches!(before(with + 1), "along" | "together"))
    }

    /// What befell somebody with whom one is told of.
    fn together(
        &self,
        s: &Sentence,
        noun: usize,
        predicates: &[Predicate],
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let verb = s.head(noun).filter(|&v| v < noun && v < s.tokens.len())?;
        let hurt = s.children(verb).find(|&c| {
            let role = s.tokens[c].deprel;
            c < noun && (role == "nsubj:pass" || role == "obj")
        })?;
        let (what, _, harm) = match s.tokens[hurt].deprel {
            "obj" => self.says(s, verb, Role::Object, predicates),
            _ => self.subject_of(s, verb, Role::Sufferer, predicates),
        }?;
        Some((what, "list", harm))
    }

    /// The death that ends what is told of one who was hurt: "was shot at the door and died three hours later".
    pub(super) fn dies_of(&self, harm: &Range<usize>, predicates: &[Predicate]) -> Option<Range<usize>> {
        let (s, at, _) = token(self.parsed, &self.words[harm.start])?;
        let own_subject = |v: usize| s.children(v).any(|c| s.tokens[c].deprel.starts_with("nsubj"));
        let then = s.children(at).filter(|&v| v > at && s.tokens[v].deprel == "conj" && !own_subject(v));
        let mut told = then.filter_map(|v| self.says(s, v, Role::Subject, predicates));
        told.find(|(what, ..)| *what == "killed").map(|(.., words)| words)
    }

    /// "Three youths who were mowed down", "five men killed": what a clause of their own says.
    fn told_of(
        &self,
        s: &Sentence,
        noun: usize,
        predicates: &[Predicate],
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        s.children(noun).filter(|&v| v > noun).find_map(|v| match s.tokens[v].deprel {
            "acl" if participle(s, v) => self.says(s, v, Role::Sufferer, predicates),
            "acl:relcl" => {
                let subject = s.children(v).find(|&c| s.tokens[c].deprel.starts_with("nsubj"));
                let relative = subject.is_some_and(|c| s.tokens[c].xpos.starts_with('W'));
                match subject.map(|c| (s.tokens[c].deprel, relative)) {
                    Some(("nsubj:pass", true)) => self.says(s, v, Role::Sufferer, predicates),
                    Some((_, true)) => self.says(s, v, Role::Subject, predicates),
                    _ => None,
                }
            }
            _ => None,
        })
    }

    /// What a verb, or one joined to it, says of its subject: "were lined up and shot dead", "are reported to have died".
    fn subject_of(
        &self,
        s: &Sentence,
        verb: usize,
        role: Role,
        predicates: &[Predicate],
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let own_subject = |v: usize| s.children(v).any(|c| s.tokens[c].deprel.starts_with("nsubj"));
        let first = self.says(s, verb, role, predicates);
        let more = s
            .children(verb)
            .filter(|&v| v > verb && matches!(s.tokens[v].deprel, "conj" | "xcomp") && !own_subject(v));
        let more = more.filter_map(|v| {
            let passive = s.children(v).any(|c| s.tokens[c].deprel == "aux:pass")
                || role == Role::Sufferer && participle(s, v) && !s.children(v).any(|c| object(s, c));
            self.says(s, v, if passive { Role::Sufferer } else { Role::Subject }, predicates)
        });
        let made = self.state_of(s, verb, verb, predicates).filter(|(what, ..)| *what != "wounded");
        // The worst that is told of them.
        first
            .into_iter()
            .chain(made.filter(|_| role == Role::Sufferer))
            .chain(more)
            .max_by_key(|(what, ..)| super::govern::rank(what))
    }

    /// What a verb says of its object, with what it makes of it: "took 70 students into custody", "left two men dead".
    fn object_of(
        &self,
        s: &Sentence,
        verb: usize,
        noun: usize,
        predicates: &[Predicate],
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let around = || self.around(s, verb, noun);
        let state = || self.state_of(s, verb, noun, predicates);
        self.says(s, verb, Role::Object, predicates).or_else(around).or_else(state)
    }

    /// The state that a verb brings somebody to, told behind a word: "were stoned to death", "left two men dead".
    fn state_of(
        &self,
        s: &Sentence,
        verb: usize,
        behind: usize,
        predicates: &[Predicate],
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        // "Sentenced 14 people to death".
        if matches!(s.tokens[verb].lemma.as_str(), "sentence" | "condemn") {
            return None;
        }
        let end = s.tokens[behind].range.end();
        let state = predicates.iter().filter(|p| self.words[p.words.start].range.start() >= end);
        state.filter(|p| p.used(Use::State).is_some()).find_map(|p| {
            let hangs = p
                .words
                .clone()
                .any(|w| token(self.parsed, &self.words[w]).is_some_and(|(_, i, _)| s.head(i) == Some(verb)));
            Some((p.used(Use::State).filter(|_| hangs && real(s, verb))?, "object", p.words.clone()))
        })
    }

    /// What a phrase says that its object stands in: "took 70 students into custody", "led three editors off".
    fn around(
        &self,
        s: &Sentence,
        verb: usize,
        noun: usize,
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let end = s.subtree(noun).end();
        let first = self.words.partition_point(|w| w.range.end() <= s.tokens[verb].range.start());
        let next = self.words.partition_point(|w| w.range.start() < end);
        let inside = |i: usize| self.words.get(i).is_some_and(|w| w.sentence == self.words[first].sentence);
        if verb > noun || !inside(next) || !real(s, verb) {
            return None;
        }
        let mut norms = vec![self.norm(first)];
        norms.extend((next..next + 4).take_while(|&i| inside(i)).map(|i| self.norm(i)));
        let (n, harm) = lexicon().harm(&norms)?;
        let what = harm.iter().find(|h| matches!(h.used, Use::Active | Use::Past)).map(|h| h.what)?;
        (n > 1).then(|| (what, "object", first..first + 1))
    }

    /// What a verb says of one that stands to it in a role.
    fn says(
        &self,
        s: &Sentence,
        verb: usize,
        role: Role,
        predicates: &[Predicate],
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let p = self.at(s, verb, predicates).filter(|_| real(s, verb))?;
        let (what, rule) = match role {
            Role::Sufferer => (p.used(Use::Past).or_else(|| p.used(Use::Suffers))?, "subject"),
            // "That wounded three" is no state.
            Role::Subject => {
                let state = s.children(verb).any(|c| s.tokens[c].deprel == "cop");
                (p.used(Use::Suffers).or_else(|| p.used(Use::State).filter(|_| state))?, "subject")
            }
            Role::Object => (p.used(Use::Active).or_else(|| p.used(Use::Past))?, "object"),
        };
        Some((what, rule, p.words.clone()))
    }

    /// The word of harm that a token is in.
    fn at<'p>(&self, s: &Sentence, i: usize, predicates: &'p [Predicate]) -> Option<&'p Predicate> {
        let range = s.tokens.get(i)?.range;
        predicates.iter().find(|p| p.words.clone().any(|w| self.words[w].range.overlaps(range)))
    }
}

fn nominal(s: &Sentence, i: usize) -> bool {
    matches!(s.tokens[i].upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron)
}

fn participle(s: &Sentence, v: usize) -> bool {
    matches!(s.tokens[v].xpos, "VBN" | "VBD")
}

fn object(s: &Sentence, i: usize) -> bool {
    matches!(s.tokens[i].deprel, "obj" | "ccomp")
}

/// Whether a noun hangs on another by "of".
fn of(s: &Sentence, i: usize) -> bool {
    s.children(i).any(|c| s.tokens[c].deprel == "case" && s.tokens[c].lemma == "of")
}

/// Whether a verb tells what happened: not what may or is to happen.
fn real(s: &Sentence, verb: usize) -> bool {
    let child = |test: &dyn Fn(usize) -> bool| s.children(verb).any(test);
    let modal = child(&|c| s.tokens[c].xpos == "MD");
    let perfect = child(&|c| s.tokens[c].deprel == "aux" && s.tokens[c].lemma == "have");
    let purpose = child(&|c| {
        s.tokens[c].deprel == "mark" && matches!(s.tokens[c].lemma.as_str(), "to" | "if" | "unless")
    });
    let not = child(&|c| matches!(s.tokens[c].lemma.as_str(), "not" | "never"));
    !not && (perfect || !modal && !purpose)
}
