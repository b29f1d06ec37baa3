//! Whose count it is, where the tree of the sentence does not tell: "the army put the number of dead at 12; the rebels
//! say 40", "18 in the strikes, according to A, and 16 in the shelling, according to B", "Ministry: 12 dead", "12 dead:
//! police".

use std::ops::Range;

use record::{
    ActorMention, Attribution, AttributionKind, Event, Figure, Parsed, Place, Report, Stance, TextRange,
};

use super::lexicon::lexicon;
use super::number::join_digits;
use crate::actor::words::{Case, Word, words};

/// Words of a source, at most.
const SOURCE: usize = 10;

/// Ties figures to those who give them, adding the attributions that only a count shows.
pub(crate) fn claim(
    report: &Report,
    parsed: &Parsed,
    places: &[Place],
    mentions: &[ActorMention],
    attributions: &mut Vec<Attribution>,
    events: &mut [Event],
    figures: &mut [Figure],
) {
    if figures.is_empty() {
        return;
    }
    let text: &str = &report.text;
    let words = join_digits(words(report, parsed), text);
    let scene = Scene { words: &words, places, mentions };
    let mut last: Option<(Range<usize>, Option<usize>)> = None;
    for figure in figures.iter_mut() {
        let at = scene.at(figure.range);
        let sentence = scene.sentence(&at);
        let told = scene.teller(&at, &sentence).or_else(|| scene.colon(&at, &sentence));
        if let Some(told) = told {
            figure.attribution = Some(put(attributions, text, &scene, &told, figure.range));
        } else if let Some(i) = scene.nearest(&at, &sentence, attributions) {
            figure.attribution = Some(i);
        } else if figure.attribution.is_none()
            && let Some((before, attribution)) = &last
            && before.start >= sentence.start
            && (figure.part || scene.goes_on(before.end, at.start))
        {
            figure.attribution = *attribution;
        }
        last = Some((at, figure.attribution));
    }
    sort(attributions, events, figures);
}

/// Brings attributions back into the order of their content.
fn sort(attributions: &mut Vec<Attribution>, events: &mut [Event], figures: &mut [Figure]) {
    let key = |a: &Attribution| (a.content.first().copied(), a.cue);
    if attributions.is_sorted_by_key(key) {
        return;
    }
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|&i| (key(&attributions[i]), i));
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(new, &old)| place[old] = new);
    let moved = |i: &mut Option<usize>| *i = i.and_then(|i| place.get(i).copied());
    events.iter_mut().for_each(|e| moved(&mut e.attribution));
    figures.iter_mut().for_each(|f| moved(&mut f.attribution));
    attributions.iter_mut().for_each(|a| moved(&mut a.inside));
    let mut old: Vec<Option<Attribution>> = std::mem::take(attributions).into_iter().map(Some).collect();
    attributions.extend(order.into_iter().filter_map(|i| old[i].take()));
}

/// Who tells, the word that says so, and what is told.
struct Told {
    source: Range<usize>,
    cue: Range<usize>,
    content: Range<usize>,
}

struct Scene<'a> {
    words: &'a [Word],
    places: &'a [Place],
    mentions: &'a [ActorMention],
}

impl Scene<'_> {
    fn norm(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |w| w.norm.as_str())
    }

    fn at(&self, range: TextRange) -> Range<usize> {
        let start = self.words.partition_point(|w| w.range.end() <= range.start());
        start..self.words.partition_point(|w| w.range.start() < range.end()).max(start)
    }

    fn cover(&self, words: &Range<usize>) -> TextRange {
        self.words[words.start].range.cover(self.words[words.end.max(words.start + 1) - 1].range)
    }

    fn sentence(&self, at: &Range<usize>) -> Range<usize> {
        let Some(word) = self.words.get(at.start) else { return at.clone() };
        let start = self.words.partition_point(|w| w.sentence < word.sentence);
        start..self.words.partition_point(|w| w.sentence <= word.sentence)
    }

    /// Where the clause of word `i` begins.
    fn clause(&self, i: usize, start: usize) -> usize {
        let ends = |w: &str| matches!(w, ";" | ":" | "while" | "whereas" | "although" | "though" | "but");
        // "09:45 Rescuers have lowered their count"
        let digits = |j: usize| !self.norm(j).is_empty() && self.norm(j).bytes().all(|b| b.is_ascii_digit());
        let hour = |j: usize| self.norm(j) == ":" && j > 0 && digits(j - 1) && digits(j + 1);
        (start..i).rev().find(|&j| ends(self.norm(j))).map_or(start, |j| if hour(j) { j + 2 } else { j + 1 })
    }

    /// "The junta acknowledges three", "the army put the number of dead at 12", "witnesses counted 34 bodies".
    fn teller(&self, at: &Range<usize>, sentence: &Range<usize>) -> Option<Told> {
        if self.words.get(at.start)?.quoted {
            return None;
        }
        let start = self.clause(at.start, sentence.start);
        let small = |w: &str| lexicon().is("before number", w);
        // "has recorded the killing of 30 miners"
        let harm = |w: &str| lexicon().is("harm noun", w);
        let tells = |i: &usize| lexicon().is("tells", self.norm(*i));
        let near =
            (start..at.start).rev().find(|&i| !small(self.norm(i)) && !harm(self.norm(i))).filter(tells);
        let sets = |i: usize| lexicon().is("sets", self.norm(i));
        let verb = near.or_else(|| {
            let to = matches!(self.norm(at.start.wrapping_sub(1)), "at" | "to");
            let verb = (start..at.start).rev().take(14).find(|&i| sets(i)).filter(|_| to)?;
            let counts = |w: &str| lexicon().is("counts", w);
            (verb + 1..at.start).any(|j| counts(self.norm(j))).then_some(verb)
        })?;
        let source = self.source(verb, start, sentence.start)?;
        let end = (at.end..sentence.end)
            .find(|&j| matches!(self.norm(j), ";" | "while" | "whereas" | "although" | "but"))
            .unwrap_or(sentence.end);
        let end = (at.end..end).rev().find(|&j| self.words[j].is_word).map_or(at.end, |j| j + 1);
        Some(Told { source, cue: verb..verb + 1, content: verb + 1..end })
    }

    /// Whoever stands before a verb.
    fn source(&self, verb: usize, start: usize, sentence: usize) -> Option<Range<usize>> {
        let helper = |w: &str| lexicon().is("before verb", w) || w.ends_with("ly") && w != "family";
        let mut end = verb;
        while end > start && helper(self.norm(end - 1)) {
            end -= 1;
        }
        // "A security source, speaking on condition of anonymity, gave", "Oslo, which counts otherwise, has put".
        if end > start && self.norm(end - 1) == "," {
            end = (start..end - 1).rev().find(|&j| self.norm(j) == ",")?;
        }
        // "The army, which puts the toll at 12"
        let relative = end > sentence && matches!(self.norm(end - 1), "which" | "who");
        if relative {
            end = (sentence..end - 1).rev().find(|&j| self.norm(j) == ",").filter(|&j| j + 2 == end)?;
        }
        let floor = if relative { sentence } else { start };
        let stop = |w: &str| {
            matches!(
                w,
                "," | ";" | ":" | "that" | "when" | "where" | "as" | "after" | "and" | "or" | "if" | "\""
            )
        };
        let from = (floor..end).rev().find(|&j| stop(self.norm(j))).map_or(floor, |j| j + 1);
        let source = from..end;
        let fits = !source.is_empty()
            && source.len() <= SOURCE
            && !source.clone().any(|i| {
                lexicon().is("tells", self.norm(i)) && self.words[i].case == Case::Lower && i + 1 < end
                    || self.norm(i).bytes().all(|b| b.is_ascii_digit())
            });
        (fits && self.speaks(&source)).then_some(source)
    }

    /// Whether words can mean somebody who gives numbers.
    fn speaks(&self, source: &Range<usize>) -> bool {
        let head = self.head(source);
        let word = self.norm(head);
        let singular = word.strip_suffix('s').unwrap_or(word);
        let known = lexicon().is("speaker", word) || lexicon().is("speaker", singular);
        let pronoun = matches!(word, "he" | "she" | "they" | "it" | "we");
        let range = self.words[head].range;
        known
            || lexicon().is_person(word)
            || pronoun && source.len() == 1
            || self.mentions.iter().any(|m| m.range.overlaps(range) && m.rule != "pronoun")
    }

    /// The word that a phrase hangs on: the last one before "of", "in" or a comma.
    fn head(&self, phrase: &Range<usize>) -> usize {
        let ends = |i: &usize| {
            matches!(self.norm(*i), "of" | "in" | "at" | "from" | "for" | "on" | "near" | "," | "(" | "with")
        };
        phrase.clone().skip(1).find(ends).unwrap_or(phrase.end) - 1
    }

    /// "Health ministry: 12 dead", "12 dead in raid: army".
    fn colon(&self, at: &Range<usize>, sentence: &Range<usize>) -> Option<Told> {
        let colon = |i: &usize| self.norm(*i) == ":";
        let first = sentence.clone().find(colon)?;
        let somebody = |source: &Range<usize>| {
            let range = self.cover(source);
            let place = self.places.iter().any(|p| p.range.contains(range));
            let plain = source.clone().all(|i| {
                self.words[i].is_word && !self.norm(i).bytes().any(|b| b.is_ascii_digit())
                    || self.norm(i) == "'s"
            });
            plain && !place && self.speaks(source)
        };
        let lead = sentence.start..first;
        if !lead.is_empty() && lead.len() <= 5 && at.start > first && somebody(&lead) {
            let content = first + 1..sentence.end;
            return (!content.is_empty()).then_some(Told { source: lead, cue: first..first + 1, content });
        }
        let last = sentence.clone().rfind(colon)?;
        let end = sentence.clone().rev().find(|&i| self.words[i].is_word)? + 1;
        let tail = last + 1..end;
        let closes = !tail.is_empty() && tail.len() <= 4 && at.end <= last && somebody(&tail);
        closes.then(|| Told { source: tail, cue: last..last + 1, content: sentence.start..last })
    }

    /// Of several "according to" in one sentence, the next one.
    fn nearest(
        &self,
        at: &Range<usize>,
        sentence: &Range<usize>,
        attributions: &[Attribution],
    ) -> Option<usize> {
        let here = self.cover(sentence);
        let mut own = attributions
            .iter()
            .enumerate()
            .filter(|(_, a)| a.rule == "according-to" && a.cue.is_some_and(|c| here.contains(c)))
            .filter_map(|(i, a)| Some((a.cue?.start(), i)))
            .collect::<Vec<_>>();
        own.sort_unstable();
        let end = self.words[at.end.max(at.start + 1) - 1].range.end();
        let next = own.iter().find(|(start, _)| *start >= end);
        next.filter(|_| own.len() > 1).map(|&(_, i)| i)
    }

    /// Whether one list goes on between two counts: "four deaths, nine people wounded and 60 boats sunk".
    fn goes_on(&self, from: usize, to: usize) -> bool {
        let gap = from.min(to)..to;
        gap.len() <= 5
            && gap.clone().any(|i| matches!(self.norm(i), "," | "and" | "with" | "including"))
            && gap.clone().all(|i| {
                !matches!(self.norm(i), ";" | ":")
                    && !lexicon().is("parts", self.norm(i))
                    && !lexicon().is("tells", self.norm(i))
            })
    }
}

/// The attribution with these words, which is made or mended if the tree has given its verb other words.
fn put(
    attributions: &mut Vec<Attribution>,
    text: &str,
    scene: &Scene<'_>,
    told: &Told,
    figure: TextRange,
) -> usize {
    let cue = scene.cover(&told.cue);
    let content = scene.cover(&told.content).cover(figure);
    let source = scene.cover(&told.source);
    let known = attributions
        .iter()
        .position(|a| a.cue.is_some_and(|c| c.overlaps(cue)) && a.source.is_some_and(|s| s.overlaps(source)));
    if let Some(i) = known {
        if !attributions[i].content.iter().any(|c| c.contains(figure)) {
            let parts = &mut attributions[i].content;
            parts.retain(|c| !c.overlaps(content));
            parts.push(content);
            parts.sort_unstable();
        }
        return i;
    }
    let head = scene.words[scene.head(&told.source)].range;
    let speaker = scene
        .mentions
        .iter()
        .filter(|m| m.range.overlaps(head) && !m.range.of(text).is_empty())
        .max_by_key(|m| (m.range.len(), std::cmp::Reverse(m.range)))
        .map(|m| m.actor.clone());
    attributions.push(Attribution {
        source: Some(source),
        cue: Some(cue),
        content: vec![content],
        kind: AttributionKind::Indirect,
        speaker,
        via: None,
        inside: None,
        stance: Stance::Says,
        rule: "count",
    });
    attributions.len() - 1
}
