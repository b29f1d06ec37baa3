//! Those who came through an incident: who is told to be unharmed, whose home it was, who got free again.

use record::{Actor, ActorKind, Event, EventRole, Factuality, Mode, Sentence, TextRange};

use super::super::muc_words::{head, is, plain};
use super::category;
use super::hit::Target;
use super::{Told, View, names};

/// Words for a person whom nothing happened to.
const UNHARMED: &[&str] =
    &["unharmed", "unhurt", "unscathed", "uninjured", "unscratched", "unwounded", "unaffected"];

impl View<'_> {
    /// Who a sentence of the incident, or one beside it, tells to be unharmed.
    pub(super) fn unharmed(&self, events: &[Told<'_>]) -> Vec<Target> {
        let sentences = &self.analysis.parsed.sentences;
        let mut at: Vec<usize> = events
            .iter()
            .map(|(_, e)| self.sentence(e))
            .flat_map(|n| [n.saturating_sub(1), n, n + 1])
            .filter(|n| *n < sentences.len())
            .collect();
        at.sort_unstable();
        at.dedup();
        let mut found = Vec::new();
        for sentence in at.into_iter().map(|n| &sentences[n]) {
            for i in 0..sentence.tokens.len() {
                let word = sentence.tokens[i].lemma.to_lowercase();
                if UNHARMED.contains(&word.as_str())
                    && let Some(who) = subject(sentence, i)
                {
                    let effect = Some("NO INJURY OR DEATH");
                    found.extend(self.somebody(sentence, who).map(|t| Target { effect, ..t }));
                }
            }
        }
        found
    }

    /// Whose home, office or car was hit: the guide takes whoever is by it for a target.
    pub(super) fn at_home(&self, events: &[Told<'_>]) -> Vec<Target> {
        let is_place = |r: &EventRole| {
            let words = plain(r.range.of(self.text));
            is("homes", head(&words)) || matches!(head(&words), "VEHICLE" | "CAR" | "MOTORCADE" | "OFFICE")
        };
        let mut found = Vec::new();
        for role in events.iter().flat_map(|(_, e)| &e.targets).filter(|r| is_place(r)) {
            let all = &self.analysis.parsed.sentences;
            let Some(sentence) = all.iter().find(|s| s.range.overlaps(role.range)) else { continue };
            let inside = |i: usize| sentence.tokens[i].range.overlaps(role.range);
            let Some(top) = (0..sentence.tokens.len())
                .find(|&i| inside(i) && sentence.head(i).is_none_or(|h| !inside(h)))
            else {
                continue;
            };
            let owner = |&c: &usize| {
                let token = &sentence.tokens[c];
                let of = sentence.children(c).any(|d| sentence.tokens[d].lemma.eq_ignore_ascii_case("of"));
                token.deprel == "nmod:poss" || token.deprel == "nmod" && of
            };
            for c in sentence.children(top).filter(owner) {
                found.extend(self.somebody(sentence, c).filter(|t| t.name));
            }
        }
        found
    }

    /// Whoever word `i` of a sentence heads: by name, or as a person described.
    fn somebody(&self, sentence: &Sentence, i: usize) -> Option<Target> {
        let at = sentence.tokens[i].range;
        let mention =
            self.analysis.mentions.iter().filter(|m| m.range.overlaps(at)).max_by_key(|m| m.range.len());
        let actor = mention.and_then(|m| self.of_id(&m.actor));
        let person = actor.filter(|a| a.kind == ActorKind::Person);
        let words = plain(mention.map_or(at, |m| m.range).of(self.text));
        let described = crate::system::is_person(head(&words)) && !is("victims", head(&words));
        if person.is_none() && !described {
            return None;
        }
        let several = person.is_none() && sentence.tokens[i].xpos.ends_with('S');
        Some(Target {
            forms: [person.map_or_else(Vec::new, names), vec![words]].concat(),
            name: person.is_some(),
            called: person.map_or_else(String::new, |a| plain(&a.name)),
            titles: person.map_or_else(Vec::new, |a| self.titles(a)),
            number: Some(if several { "PLURAL" } else { "1" }.to_owned()),
            effect: None,
            known: category::known(actor),
            again: person.is_none(),
            bare: false,
            other: false,
            part: false,
            both: false,
        })
    }

    /// Notes who of those taken got free: by an event of release, or a figure.
    pub(super) fn free(&self, targets: &mut [Target]) {
        let released = |e: &&Event| {
            e.mode == Some(Mode::Release)
                && matches!(e.factuality, Factuality::Happened | Factuality::Ongoing)
        };
        let mut freed: Vec<(TextRange, Option<&Actor>)> = Vec::new();
        for e in self.analysis.events.iter().filter(released) {
            freed.extend(e.targets.iter().map(|r| (r.range, self.actor(r))));
        }
        let out = |f: &&record::Figure| {
            matches!(f.what.as_str(), "released" | "rescued" | "escaped") && f.bounds.high() != Some(0)
        };
        for f in self.analysis.figures.iter().filter(out) {
            let Some(c) = f.counted else { continue };
            let mention = self.analysis.mentions.iter().find(|m| m.range.overlaps(c));
            freed.push((c, mention.and_then(|m| self.of_id(&m.actor))));
        }
        let taken = targets.iter().filter(|t| !t.forms.is_empty()).count();
        for (range, actor) in freed {
            let words = plain(range.of(self.text));
            let person = actor.filter(|a| a.kind == ActorKind::Person);
            for t in targets.iter_mut().filter(|t| t.effect.is_none() && !t.forms.is_empty()) {
                let same = match person {
                    Some(a) => t.called == plain(&a.name),
                    None => {
                        t.forms.iter().any(|f| head(f) == head(&words))
                            || taken == 1 && (is("captives", head(&words)) || is("pronouns", &words))
                    }
                };
                if same {
                    t.effect = Some("REGAINED FREEDOM");
                }
            }
        }
    }
}

/// The subject of the verb or adjective that word `i` is or hangs on.
fn subject(sentence: &Sentence, i: usize) -> Option<usize> {
    let own = |w: usize| sentence.children(w).find(|&c| sentence.tokens[c].deprel.starts_with("nsubj"));
    let mut at = i;
    for _ in 0..3 {
        let relative = |s: usize| matches!(sentence.tokens[s].lemma.to_lowercase().as_str(), "who" | "that");
        match own(at) {
            Some(s) if relative(s) => return sentence.head(at),
            Some(s) => return Some(s),
            None => at = sentence.head(at)?,
        }
    }
    None
}
