//! Noun phrases and clauses of a parsed sentence, as span-marked sets draw them.

use std::ops::Range;

use record::{Analysis, Sentence, TextRange, Upos};

/// A sentence turned downwards, with the dates in it.
pub(super) struct Clauses<'a> {
    text: &'a str,
    sentence: &'a Sentence,
    children: Vec<Vec<usize>>,
    dates: Vec<TextRange>,
}

/// Steps up a tree, which may be a loop.
const REACH: usize = 12;

/// Nouns that say something: what they say is no part of who or what is meant.
const SAYING: &[&str] = &[
    "accusation",
    "allegation",
    "announcement",
    "appeal",
    "bid",
    "call",
    "charge",
    "claim",
    "comment",
    "decision",
    "demand",
    "idea",
    "invitation",
    "move",
    "offer",
    "plan",
    "plea",
    "proposal",
    "rejection",
    "remark",
    "report",
    "request",
    "statement",
    "suggestion",
    "threat",
    "warning",
];

impl<'a> Clauses<'a> {
    fn new(analysis: &'a Analysis, sentence: &'a Sentence) -> Clauses<'a> {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for i in 0..sentence.tokens.len() {
            if let Some(h) = sentence.head(i) {
                children[h].push(i);
            }
        }
        let dates = analysis.times.iter().map(|t| t.range).collect();
        Clauses { text: &analysis.report.text, sentence, children, dates }
    }

    /// The sentence that holds a range.
    pub(super) fn around(analysis: &'a Analysis, range: TextRange) -> Option<Clauses<'a>> {
        let sentence = analysis.parsed.sentences.iter().find(|s| s.range.overlaps(range))?;
        Some(Clauses::new(analysis, sentence))
    }

    fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    fn is(&self, i: usize, relation: &str) -> bool {
        let own = self.sentence.tokens[i].deprel;
        own == relation || own.strip_prefix(relation).is_some_and(|rest| rest.starts_with(':'))
    }

    fn word(&self, i: usize) -> String {
        self.sentence.tokens[i].range.of(self.text).to_lowercase()
    }

    fn lemma(&self, i: usize) -> &str {
        &self.sentence.tokens[i].lemma
    }

    fn is_nominal(&self, i: usize) -> bool {
        matches!(self.sentence.tokens[i].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym)
    }

    fn is_date(&self, i: usize) -> bool {
        self.dates.iter().any(|d| d.overlaps(self.sentence.tokens[i].range))
    }

    fn preposition(&self, i: usize) -> String {
        let case = self.children[i].iter().filter(|&&c| self.is(c, "case") && c < i);
        case.map(|&c| self.word(c)).collect::<Vec<_>>().join(" ")
    }

    /// The words that lie in a range of bytes.
    pub(super) fn within(&self, bytes: &Range<usize>) -> Vec<usize> {
        let inside = |i: &usize| {
            let r = self.sentence.tokens[*i].range.bytes();
            r.start < bytes.end && bytes.start < r.end
        };
        (0..self.len()).filter(inside).collect()
    }

    /// The last word of a range whose head lies outside it.
    pub(super) fn top(&self, bytes: &Range<usize>) -> Option<usize> {
        let inside = self.within(bytes);
        let tops = inside.iter().rev().copied().find(|&i| {
            !matches!(self.sentence.tokens[i].upos, Upos::Punct | Upos::Det | Upos::Adp | Upos::Part)
                && self.sentence.head(i).is_none_or(|h| !inside.contains(&h))
        });
        tops.or(inside.last().copied())
    }

    pub(super) fn depth(&self, i: usize) -> usize {
        self.above(i).count()
    }

    /// The words above, from the nearest.
    fn above(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.sentence.head(i), |&h| self.sentence.head(h)).take(self.len())
    }

    pub(super) fn is_below(&self, i: usize, above: usize) -> bool {
        i == above || self.above(i).any(|h| h == above)
    }

    /// Whether only objects, subjects and what is said stand between a word and the root.
    pub(super) fn is_main(&self, i: usize) -> bool {
        let tells = |&j: &usize| {
            let told = ["obj", "nsubj", "xcomp", "ccomp", "parataxis", "conj"];
            let saying = self.is(j, "acl") && self.sentence.tokens[j].xpos == "VBG";
            self.sentence.head(j).is_none() || told.iter().any(|r| self.is(j, r)) || saying
        };
        std::iter::once(i).chain(self.above(i)).take(REACH).all(|j| tells(&j))
    }

    /// The word itself, or the verb above a noun.
    pub(super) fn verb_of(&self, i: usize) -> usize {
        if !self.is_nominal(i) {
            return i;
        }
        let chain: Vec<usize> = self.above(i).take(REACH).collect();
        chain.iter().copied().find(|&h| !self.is_nominal(h)).or(chain.last().copied()).unwrap_or(i)
    }

    /// The subject of a verb, its own or shared, and whether it is that of a passive.
    pub(super) fn subject(&self, verb: usize) -> (Option<usize>, bool) {
        let mut at = verb;
        for _ in 0..5 {
            for &c in &self.children[at] {
                if self.is(c, "nsubj") {
                    let passive = self.sentence.tokens[c].deprel == "nsubj:pass";
                    return (Some(c), passive);
                }
            }
            match self.sentence.head(at) {
                Some(h)
                    if matches!(self.sentence.tokens[at].deprel, "conj" | "xcomp" | "advcl" | "ccomp") =>
                {
                    at = h
                }
                _ => break,
            }
        }
        (None, false)
    }

    /// The noun whose owner, compound or adjective a word is ("Iran" in "Iran's offer"); never a word of the trigger.
    pub(super) fn owner(&self, i: usize, trigger: &[usize]) -> usize {
        let mut at = i;
        for _ in 0..REACH {
            let part = ["amod", "compound", "nmod:poss", "flat", "nummod", "det", "nmod:desc"]
                .iter()
                .any(|r| self.is(at, r));
            match self.sentence.head(at) {
                Some(h) if part && self.is_nominal(h) && !trigger.contains(&h) => at = h,
                _ => break,
            }
        }
        at
    }

    /// Whether a clause on a noun is an infinitive, a full clause or a relative clause.
    fn is_clause(&self, i: usize) -> bool {
        let marked =
            self.children[i].iter().any(|&c| self.is(c, "mark") && matches!(&*self.word(c), "to" | "that"));
        self.sentence.tokens[i].deprel == "acl:relcl"
            || marked
            || !matches!(self.sentence.tokens[i].xpos, "VBN" | "VBG" | "JJ")
    }
}

/// A word and what is coordinated with it.
pub(super) fn conjuncts(clauses: &Clauses, i: usize) -> Vec<usize> {
    let others =
        clauses.children[i].iter().copied().filter(|&c| clauses.is(c, "conj") && clauses.is_nominal(c));
    std::iter::once(i).chain(others).collect()
}

/// The bytes of the noun phrase of word `head`, with the bytes `given` if they touch it. `joined`: with what is
/// coordinated with it. `renamed`: with an apposition, whatever it is; else only with a name.
pub(super) fn phrase(
    clauses: &Clauses,
    head: usize,
    given: Option<Range<usize>>,
    joined: bool,
    renamed: bool,
) -> Range<usize> {
    let mut kept = vec![false; clauses.len()];
    kept[head] = true;
    let mut open = vec![head];
    while let Some(i) = open.pop() {
        for &c in &clauses.children[i] {
            if !kept[c] && belongs(clauses, head, i, c, joined, renamed) {
                kept[c] = true;
                open.push(c);
            }
        }
    }
    for i in given.map(|g| clauses.within(&g)).unwrap_or_default() {
        kept[i] = true;
    }
    let (mut first, mut last) = (head, head);
    while first > 0 && kept[first - 1] {
        first -= 1;
    }
    while last + 1 < kept.len() && kept[last + 1] {
        last += 1;
    }
    let is_mark = |i: usize| {
        let word = clauses.word(i);
        clauses.sentence.tokens[i].upos == Upos::Punct && !matches!(word.as_str(), "(" | ")")
    };
    while first < last && is_mark(first) {
        first += 1;
    }
    while last > first && is_mark(last) {
        last -= 1;
    }
    clauses.sentence.tokens[first].range.start()..clauses.sentence.tokens[last].range.end()
}

fn belongs(clauses: &Clauses, head: usize, above: usize, c: usize, joined: bool, renamed: bool) -> bool {
    let relation = clauses.sentence.tokens[c].deprel;
    if above != head {
        return !(matches!(relation, "acl:relcl" | "parataxis")
            || (relation == "acl" && clauses.is_clause(c)));
    }
    match relation {
        "case" | "mark" => c > head,
        "cc" | "conj" | "cc:preconj" => joined,
        "advcl" | "parataxis" | "discourse" | "vocative" | "cop" | "aux" | "obj" | "ccomp" | "xcomp" => false,
        "appos" => renamed || clauses.sentence.tokens[c].upos == Upos::Propn,
        r if r.starts_with("acl") => !clauses.is_clause(c),
        r if r.starts_with("nsubj") || r.starts_with("obl") => false,
        r if r.starts_with("nmod") && c > head => {
            let said = SAYING.contains(&clauses.lemma(head))
                && matches!(
                    clauses.preposition(c).as_str(),
                    "for" | "on" | "to" | "about" | "over" | "at" | "against"
                );
            !said && !clauses.is_date(c)
        }
        _ => true,
    }
}
