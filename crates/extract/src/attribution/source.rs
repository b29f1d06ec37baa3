//! Who says it: the subject of a cue, its words, and the words of the cue beside it.

use record::{Token, Upos};

use super::clauses::Clause;

impl Clause<'_> {
    /// Whether a speaker says "I think", "you know" in a quotation: no words of somebody else.
    pub(super) fn own_words(&self, i: usize, subject: usize) -> bool {
        let person = self.tree.words[subject].range.of(self.text).to_ascii_lowercase();
        matches!(person.as_str(), "i" | "we" | "you") && self.quoted(i).is_some()
    }

    /// The subject of a cue that stands outside all quotations stands outside them too; where the tree says otherwise,
    /// the noun phrase beside the cue is taken.
    pub(super) fn outside_quotes(&self, i: usize, subject: Option<usize>) -> Option<usize> {
        if self.quotes.is_empty() || self.quoted(i).is_some() {
            return subject;
        }
        if subject.is_some_and(|s| self.quoted(s).is_none()) {
            return subject;
        }
        let tree = &self.tree;
        let nominal = |j: &usize| matches!(tree.words[*j].upos, Upos::Noun | Upos::Propn | Upos::Pron);
        let edge = |j: usize| self.quotes.iter().any(|q| q.range.overlaps(tree.words[j].range));
        let before =
            (0..i).rev().find(|j| !matches!(tree.words[*j].upos, Upos::Adv | Upos::Aux)).filter(nominal);
        let after = || {
            let inverted =
                i.checked_sub(1).is_some_and(|j| edge(j) || j > 0 && tree.is_punctuation(j) && edge(j - 1));
            let end = (i + 1..tree.words.len())
                .find(|j| tree.is_punctuation(*j) || edge(*j))
                .unwrap_or(tree.words.len());
            // The head of the phrase behind the verb: the word of it whose own head lies outside.
            (i + 1..end)
                .filter(|_| inverted)
                .find(|j| nominal(j) && tree.head(*j).is_none_or(|h| h <= i || h >= end))
        };
        before.filter(|j| !edge(*j)).or_else(after)
    }

    /// The verb with the verbs that lend it their subject: "refused to say" gives say, refused.
    pub(super) fn chain(&self, i: usize) -> Vec<usize> {
        let tree = &self.tree;
        let mut chain = vec![i];
        let mut at = i;
        while chain.len() < 4
            && tree.relation(at) == "xcomp"
            && let Some(head) = tree.head(at)
            && self.cues.carries(self.lemma(head))
            && head < at
        {
            chain.push(head);
            at = head;
        }
        chain
    }

    /// The head word of who says it.
    pub(super) fn subject(&self, verb: usize, passive: bool) -> Option<usize> {
        let tree = &self.tree;
        if passive {
            return tree.children(verb).iter().copied().find(|c| {
                tree.relation(*c) == "obl"
                    && tree.children(*c).iter().any(|k| tree.relation(*k) == "case" && self.lemma(*k) == "by")
            });
        }
        let mut at = verb;
        for _ in 0..6 {
            // "attacks will undermine talks, noting that": the attacks note nothing, whoever tells of them does.
            let speaks = |s: &usize| at == verb || !self.cues.is_mute(self.lemma(*s));
            if let Some(subject) = self.nearest_subject(at).filter(speaks) {
                return Some(subject).filter(|s| !tree.is(self.text, *s, &["it", "It"]) || at == verb);
            }
            let head = tree.head(at)?;
            match tree.relation(at) {
                "acl" if tree.words[at].deprel == "acl:relcl" => return None,
                "acl" => {
                    return Some(head)
                        .filter(|h| matches!(tree.words[*h].upos, Upos::Noun | Upos::Propn | Upos::Pron));
                }
                "conj" | "advcl" | "xcomp" | "parataxis" | "ccomp" if tree.relation(at) != "ccomp" => {
                    at = self.inserted(head, at).unwrap_or(head)
                }
                // "calling it "rash" and claiming that": joined to a word within the clause.
                _ if at != verb && tree.words[at].upos != Upos::Verb => at = head,
                _ => return None,
            }
        }
        None
    }

    /// The subject of a verb; of two with a mark between them ("Norland: Army shells a town, group says") the nearer.
    fn nearest_subject(&self, verb: usize) -> Option<usize> {
        let tree = &self.tree;
        let first = tree.child(verb, &["nsubj"])?;
        let cut = |c: usize| (first..c).any(|j| tree.is(self.text, j, &[":", "-", "--", "—", "–"]));
        let next = tree.children(verb).iter().copied().filter(|&c| c < verb && tree.relation(c) == "nsubj");
        Some(next.max().filter(|&c| c > first && cut(c)).unwrap_or(first))
    }

    /// "The men were killed, the army said, without saying how": the verb of saying between a clause and what the parser
    /// hangs on it.
    fn inserted(&self, clause: usize, at: usize) -> Option<usize> {
        let tree = &self.tree;
        let verb = tree.head(clause).filter(|_| tree.relation(clause) == "ccomp")?;
        (clause < verb && verb < at).then_some(verb)
    }

    /// First and last word of the source whose head is `subject`.
    pub(super) fn source(&self, subject: usize, content: &[(usize, usize)]) -> (usize, usize) {
        let tree = &self.tree;
        let inside_content = |i: usize| content.iter().any(|(a, b)| (*a..=*b).contains(&i));
        let (mut first, mut last) = tree.extent(subject, |c| {
            inside_content(c)
                || matches!(tree.relation(c), "case" | "cc" | "parataxis" | "advcl")
                    && tree.head(c) == Some(subject)
        });
        // It ends before the day it spoke.
        let after = tree.children(subject).iter().copied().filter(|&c| (subject + 1..=last).contains(&c));
        let cut = after.filter(|&c| self.is_date(c));
        if let Some(start) = cut.map(|c| tree.extent(c, |_| false).0).filter(|&start| start > subject).min() {
            last = last.min(start - 1);
        }
        // "the nominee Jane Doe" is one whom the parser may take for two.
        let name = |w: usize| {
            let day = |t: &Token| DAYS.contains(&t.range.of(self.text));
            tree.words.get(w).is_some_and(|t| t.upos == Upos::Propn && !day(t)) && tree.is_loose(w)
        };
        while matches!(tree.words[last].upos, Upos::Noun | Upos::Propn) && name(last + 1) {
            last += 1;
        }
        // A source is one stretch: it ends where the content starts.
        for (a, b) in content {
            if *a > subject && *a <= last {
                last = a - 1;
            }
            if *b < subject && *b >= first {
                first = b + 1;
            }
        }
        // "GENEVA -- The minister said": what stands before a dash is no part of the source.
        if let Some(dash) = (first..subject)
            .rev()
            .find(|j| tree.is(self.text, *j, &["-", "--", "—", "–", ":"]) && tree.is_loose(*j))
        {
            first = dash + 1;
        }
        // "…, after protests calling for": no comma and no preposition begins it.
        let led = |i: usize| tree.relation(i) == "case" && tree.head(i) == Some(subject);
        while first < subject
            && (tree.is_punctuation(first) && !tree.is(self.text, first, &["“", "\""]) || led(first))
        {
            first += 1;
        }
        while last > subject && tree.is_punctuation(last) && !tree.is(self.text, last, &["”", "\"", ")", "."])
        {
            last -= 1;
        }
        let comma = |i: usize| tree.is(self.text, i, &[","]);
        // "Killing 31, among them two nurses, a rescue worker said": the nurses do not speak.
        if tree.is(self.text, first, &["among", "including"])
            && let Some(behind) = (first..last).rev().find(|&i| comma(i))
        {
            first = behind + 1;
        }
        // An apposition between commas keeps its second one.
        let set_off =
            (subject..last).any(comma) && !tree.children(subject).iter().any(|c| tree.relation(*c) == "conj");
        if set_off && last + 1 < tree.words.len() && comma(last + 1) && !inside_content(last + 1) {
            last += 1;
        }
        (first, last)
    }

    /// The source without the cue in it, and with the names between it and the cue that the parser hung elsewhere.
    pub(super) fn beside_cue(
        &self,
        head: usize,
        source: (usize, usize),
        cue: (usize, usize),
        content: &[(usize, usize)],
    ) -> (usize, usize) {
        let tree = &self.tree;
        let (first, mut last) = source;
        if head < cue.0 && last >= cue.0 {
            last = cue.0 - 1;
            while last > head && tree.is_punctuation(last) {
                last -= 1;
            }
        }
        let held = |w: usize| content.iter().any(|(a, b)| (*a..=*b).contains(&w));
        let name = |w: usize| {
            (matches!(tree.words[w].upos, Upos::Propn | Upos::Noun | Upos::Adj)
                || tree.words[w].xpos == "HYPH")
                && !held(w)
        };
        if last < cue.0 && last + 6 > cue.0 && (last + 1..cue.0).all(name) {
            last = cue.0 - 1;
        }
        (first, last)
    }

    /// First and last word of the cue: auxiliaries, adverbs and carriers before the verb, its particle, the preposition
    /// or colon that leads to the content.
    pub(super) fn cue(&self, i: usize, chain: &[usize], content: &[(usize, usize)]) -> (usize, usize) {
        let tree = &self.tree;
        let top = *chain.last().unwrap_or(&i);
        let mut first = top;
        let belongs = |j: usize| {
            matches!(tree.relation(j), "aux" | "advmod" | "cop" | "mark")
                && tree.head(j).is_some_and(|h| chain.contains(&h))
                && !(tree.relation(j) == "mark" && tree.words[j].upos != Upos::Part)
                && !matches!(tree.words[j].xpos, "WRB" | "WP")
        };
        while first > 0 && belongs(first - 1) {
            first -= 1;
        }
        let mut last = i;
        let limit = content.iter().map(|c| c.0).find(|a| *a > i);
        while let Some(next) = Some(last + 1).filter(|n| *n < tree.words.len()) {
            let takes = tree.words[next].deprel == "compound:prt"
                || limit == Some(next + 1)
                    && (tree.words[next].upos == Upos::Adp
                        || tree.words[next].upos == Upos::Sconj && tree.is(self.text, next, LEADS)
                        || tree.is(self.text, next, &[":"]))
                || limit.is_some_and(|l| next < l)
                    && tree.words[next].upos == Upos::Adp
                    && tree.head(next).is_some_and(|h| limit.is_some_and(|l| h >= l));
            if !takes || limit.is_some_and(|l| next >= l) {
                break;
            }
            last = next;
        }
        (first, last)
    }

    /// "on Friday", "in 2015", "in late August": when it was said.
    fn is_date(&self, c: usize) -> bool {
        let tree = &self.tree;
        let word = tree.words[c].range.of(self.text);
        let year =
            word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit());
        let dated = |k: &usize| tree.relation(*k) == "case" && matches!(self.lemma(*k), "on" | "in");
        matches!(tree.relation(c), "nmod" | "obl")
            && (year || DAYS.contains(&word))
            && (tree.children(c).iter().any(dated) || tree.words[c].deprel.ends_with(":unmarked"))
    }
}

/// Prepositions that lead to what is said ("called for closing the base", "concern about the base").
pub(super) const LEADS: &[&str] = &["for", "of", "against", "about", "on", "over", "with", "from"];

/// Names of days and months.
const DAYS: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
