//! Attributions that the tree of one sentence shows: a reporting verb with its subject and its complement, "according
//! to", "the claim that", "reportedly", a name and a colon.

use record::{Stance, TextRange, Upos};

use super::cues::{Cues, Verb};
use super::quotes::Quote;
use super::tree::Tree;

/// An attribution before its content is widened to whole quotations and its speaker resolved.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// First and last word of the source.
    pub(super) source: Option<(usize, usize)>,
    /// The source's head word.
    pub(super) head: Option<usize>,
    /// First and last word of the cue.
    pub(super) cue: Option<(usize, usize)>,
    pub(super) content: Vec<(usize, usize)>,
    pub(super) stance: Stance,
    pub(super) rule: &'static str,
    /// "citing the governor": the head word of who said it first.
    pub(super) cited: Option<usize>,
}

/// One sentence and what the rules need to know about it.
pub(super) struct Clause<'a> {
    pub(super) text: &'a str,
    pub(super) tree: Tree<'a>,
    /// Quotations that touch the sentence.
    pub(super) quotes: Vec<Quote>,
    pub(super) cues: &'static Cues,
}

impl Clause<'_> {
    /// All attributions of the sentence, in the order of their cues.
    pub(super) fn attributions(&self) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for i in 0..self.tree.words.len() {
            let one = self
                .verb(i)
                .or_else(|| self.according(i))
                .or_else(|| self.noun(i))
                .or_else(|| self.adverb(i));
            found.extend(one.filter(|f| !f.content.is_empty()));
        }
        if found.is_empty() {
            found.extend(self.colon());
        }
        self.claim_quotes(&mut found);
        found
    }

    /// Quotations that no content holds go to the cue before them: `called the raid, the third this year, "a mistake"`.
    fn claim_quotes(&self, found: &mut [Found]) {
        let tree = &self.tree;
        for quote in &self.quotes {
            let inside = |w: &usize| quote.range.overlaps(tree.words[*w].range);
            let Some(first) = (0..tree.words.len()).find(inside) else { continue };
            let Some(last) = (first..tree.words.len()).rfind(inside) else { continue };
            let meets = |&(a, b): &(usize, usize)| a <= last && first <= b;
            let held = found.iter().any(|f| f.content.iter().chain(&f.cue).any(meets));
            if held || last < first + 3 {
                continue;
            }
            let cue = |f: &Found| f.cue.filter(|c| c.1 < first);
            if let Some(nearest) = found.iter_mut().filter(|f| f.rule == "verb.object").max_by_key(|f| cue(f))
                && cue(nearest).is_some()
            {
                nearest.content.push((first, last));
            }
        }
    }

    fn lemma(&self, i: usize) -> &str {
        &self.tree.words[i].lemma
    }

    fn quoted(&self, i: usize) -> Option<&Quote> {
        self.quotes.iter().find(|q| q.range.contains(self.tree.words[i].range))
    }

    /// The reporting verb at `i`.
    fn verb(&self, i: usize) -> Option<Found> {
        let tree = &self.tree;
        if !matches!(tree.words[i].upos, Upos::Verb | Upos::Aux) || tree.relation(i) == "amod" {
            return None;
        }
        let particle = tree.children(i).iter().find(|c| tree.words[**c].deprel == "compound:prt");
        let form = tree.words[i].range.of(self.text);
        let verb = self.cues.verb(self.lemma(i), form, particle.map(|p| self.lemma(*p)))?;
        let passive =
            tree.children(i).iter().any(|c| matches!(tree.words[*c].deprel, "aux:pass" | "nsubj:pass"));
        let chain = self.chain(i);
        let top = *chain.last().unwrap_or(&i);
        let subject = self.subject(top, passive);
        if subject.is_some_and(|s| self.own_words(i, s)) {
            return None;
        }
        let subject = self.outside_quotes(i, subject);
        // "See the report": a request to the reader.
        if subject.is_none() && matches!(tree.words[top].xpos, "VB" | "VBP") && tree.relation(top) == "root" {
            return None;
        }
        let (content, rule) = self.content(i, top, verb, passive, subject)?;
        let content = if rule == "verb.quote" { self.both_sides(i, subject, content) } else { content };
        // What a speaker says others want or condemn is part of the speech.
        if !matches!(rule, "verb.clause" | "verb.quote") && self.quoted(i).is_some() {
            return None;
        }
        let cue = self.cue(i, &chain, &content);
        let cited = tree
            .children(i)
            .iter()
            .chain(tree.children(top))
            .chain(subject.map_or(&[][..], |s| tree.children(s)))
            .find(|c| {
                matches!(tree.relation(**c), "advcl" | "acl") && matches!(self.lemma(**c), "cite" | "quote")
            })
            .and_then(|c| tree.child(*c, &["obj"]));
        Some(Found {
            source: subject.map(|s| self.beside_cue(s, self.source(s, &content), cue, &content)),
            head: subject,
            cue: Some(cue),
            content,
            stance: verb.stance,
            rule,
            cited,
        })
    }

    /// Whether a speaker says "I think", "you know" in a quotation: no words of somebody else.
    fn own_words(&self, i: usize, subject: usize) -> bool {
        let person = self.tree.words[subject].range.of(self.text).to_ascii_lowercase();
        matches!(person.as_str(), "i" | "we" | "you") && self.quoted(i).is_some()
    }

    /// The subject of a cue that stands outside all quotations stands outside them too; where the tree says otherwise,
    /// the noun phrase beside the cue is taken.
    fn outside_quotes(&self, i: usize, subject: Option<usize>) -> Option<usize> {
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
    fn chain(&self, i: usize) -> Vec<usize> {
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
    fn subject(&self, verb: usize, passive: bool) -> Option<usize> {
        let tree = &self.tree;
        if passive {
            return tree.children(verb).iter().copied().find(|c| {
                tree.relation(*c) == "obl"
                    && tree.children(*c).iter().any(|k| tree.relation(*k) == "case" && self.lemma(*k) == "by")
            });
        }
        let mut at = verb;
        for _ in 0..6 {
            if let Some(subject) = tree.child(at, &["nsubj"]) {
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
                    at = head
                }
                _ => return None,
            }
        }
        None
    }

    /// First and last word of the source whose head is `subject`.
    fn source(&self, subject: usize, content: &[(usize, usize)]) -> (usize, usize) {
        let tree = &self.tree;
        let inside_content = |i: usize| content.iter().any(|(a, b)| (*a..=*b).contains(&i));
        let (mut first, mut last) = tree.extent(subject, |c| {
            inside_content(c)
                || matches!(tree.relation(c), "case" | "cc" | "parataxis" | "advcl")
                    && tree.head(c) == Some(subject)
        });
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
        while first < subject && tree.is_punctuation(first) && !tree.is(self.text, first, &["“", "\""]) {
            first += 1;
        }
        while last > subject && tree.is_punctuation(last) && !tree.is(self.text, last, &["”", "\"", ")", "."])
        {
            last -= 1;
        }
        // An apposition between commas keeps its second one.
        let comma = |i: usize| tree.is(self.text, i, &[","]);
        let set_off =
            (subject..last).any(comma) && !tree.children(subject).iter().any(|c| tree.relation(*c) == "conj");
        if set_off && last + 1 < tree.words.len() && comma(last + 1) && !inside_content(last + 1) {
            last += 1;
        }
        (first, last)
    }

    /// The source without the cue in it, and with the names between it and the cue that the parser hung elsewhere.
    fn beside_cue(
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

    /// The content of the verb at `i`, whose clause hangs on `top`, and the rule that found it.
    fn content(
        &self,
        i: usize,
        top: usize,
        verb: &Verb,
        passive: bool,
        subject: Option<usize>,
    ) -> Option<(Vec<(usize, usize)>, &'static str)> {
        let tree = &self.tree;
        // "X, the minister said, Y": the verb hangs on its own content.
        if tree.relation(top) == "parataxis"
            && !passive
            && verb.clause
            && let Some(head) = tree.head(top)
        {
            let inside = tree.mark(head, |c| c == top);
            if subject.is_some() && !inside[top] && self.parenthetic(top, subject) {
                let content = self.runs(&inside, Some(top));
                if !content.is_empty() {
                    return Some((content, "verb.inserted"));
                }
            }
        }
        let clause = tree.children(i).iter().copied().find(|c| {
            tree.relation(*c) == "ccomp"
                || matches!(tree.words[*c].deprel, "csubj:pass")
                || tree.relation(*c) == "parataxis"
                    && verb.clause
                    && (*c > i || subject.is_some_and(|s| s > *c))
        });
        if let Some(clause) = clause
            && (verb.clause || self.quoted(clause).is_some())
        {
            if let Some(words) = self.whole_quote(i, clause) {
                return Some((vec![words], "verb.quote"));
            }
            let mut runs = self.runs(&tree.mark(clause, |c| Some(c) == subject), Some(i));
            if let Some(run) = runs.last_mut()
                && run.0 > i
            {
                *run = self.trimmed((self.clause_start(i, verb, run.0), self.rest(i, run.1)));
                // "In May, he said the port would open": only a cue between commas lies inside of its content.
                if !tree.is(self.text, (i + 1).min(tree.words.len() - 1), &[",", "-", "--", "—", "–"]) {
                    runs.drain(..runs.len() - 1);
                }
            }
            return Some((runs, "verb.clause"));
        }
        // A quotation that the parser hung elsewhere.
        if verb.clause
            && subject.is_some()
            && let Some(quote) = self.neighbour_quote(i, top, subject)
        {
            return Some((vec![quote], "verb.quote"));
        }
        if passive {
            if verb.object
                && let Some(patient) = tree.child(i, &["nsubj"])
                && self.subject(i, true).is_some()
            {
                return Some((vec![self.trimmed(tree.extent(patient, |_| false))], "verb.passive"));
            }
            return None;
        }
        let infinitive = || {
            tree.children(i)
                .iter()
                .copied()
                .find(|c| tree.relation(*c) == "xcomp" && tree.child(*c, &["mark"]).is_some())
        };
        if verb.infinitive
            && subject.is_some()
            && let Some(x) = infinitive()
        {
            return Some((vec![self.trimmed(self.tail(i, x))], "verb.infinitive"));
        }
        if verb.object
            && let Some(object) = tree.child(i, &["obj"]).filter(|o| *o > i)
        {
            return Some((vec![self.trimmed(self.tail(i, object))], "verb.object"));
        }
        let oblique = |c: &&usize| {
            matches!(tree.relation(**c), "obl" | "advcl")
                && **c > i
                && tree.children(**c).iter().any(|k| {
                    matches!(tree.relation(*k), "case" | "mark")
                        && verb.prepositions.contains(&self.lemma(*k))
                })
        };
        if let Some(object) = tree.children(i).iter().find(oblique) {
            let (first, last) = self.tail(i, *object);
            let first = tree
                .children(*object)
                .iter()
                .filter(|k| {
                    matches!(tree.relation(**k), "case" | "mark")
                        && **k >= first
                        && verb.prepositions.contains(&self.lemma(**k))
                })
                .map(|k| k + 1)
                .max()
                .unwrap_or(first);
            return (first <= last).then(|| (vec![self.trimmed((first, last))], "verb.preposition"));
        }
        None
    }

    /// The words of the quotation that holds `root` where the cue stands outside and the quotation begins the content.
    fn whole_quote(&self, cue: usize, root: usize) -> Option<(usize, usize)> {
        let tree = &self.tree;
        let quote = self.quoted(root).filter(|q| !q.range.overlaps(tree.words[cue].range))?;
        let inside = |w: usize| quote.range.overlaps(tree.words[w].range);
        let first = (0..=root).rev().take_while(|w| inside(*w)).last().unwrap_or(root);
        let last = (root..tree.words.len()).take_while(|w| inside(*w)).last().unwrap_or(root);
        let marked = tree.mark(root, |_| false);
        // Words of the same clause before the quotation make the content a mixed one.
        let lead = (0..first)
            .rev()
            .take_while(|w| *w != cue)
            .any(|w| marked[w] && !tree.is_punctuation(w) && (w > cue || last < cue));
        (!lead).then_some((first, last))
    }

    /// Where a that-clause behind the cue starts: right behind it, unless someone is told or a time stands between.
    fn clause_start(&self, cue: usize, verb: &Verb, start: usize) -> usize {
        let tree = &self.tree;
        let that = (cue + 1..start).find(|w| tree.words[*w].upos == Upos::Sconj && self.lemma(*w) == "that");
        let object = || {
            !verb.recipient
                && (cue + 1..start).all(|w| !tree.is_punctuation(w))
                && tree.children(cue).iter().any(|c| *c > cue && *c < start && tree.relation(*c) == "obj")
        };
        that.unwrap_or_else(|| if object() { cue + 1 } else { start })
    }

    /// The end of a content behind its cue. Parsers often hang its last part higher up, so it runs on to the next comma
    /// or dash, unless what follows is another act of the speaker.
    fn rest(&self, cue: usize, end: usize) -> usize {
        let tree = &self.tree;
        let stop = |w: usize| {
            tree.is(self.text, w, &[",", ";", ":", "--", "—", "–", ".", "?", "!", ")"])
                || tree.is(self.text, w, &["-"]) && tree.is_loose(w)
                || self
                    .quotes
                    .iter()
                    .any(|q| q.closed && q.range.end() == tree.words[w - 1].range.end() && w == end + 1)
        };
        let mut last = end;
        while last + 1 < tree.words.len() && !stop(last + 1) {
            let next = last + 1;
            // A quotation is taken whole.
            if let Some(quote) =
                self.quotes.iter().find(|q| q.range.start() == tree.words[next].range.start())
            {
                last = (next..tree.words.len())
                    .take_while(|w| quote.range.overlaps(tree.words[*w].range))
                    .last()
                    .unwrap_or(next);
                continue;
            }
            // "… and condemned": the second of two verbs of the same speaker.
            if tree.relation(next) == "cc" {
                let verb =
                    tree.head(next).filter(|h| tree.relation(*h) == "conj" && tree.head(*h) == Some(cue));
                if verb.is_some_and(|v| {
                    self.cues.verb(self.lemma(v), tree.words[v].range.of(self.text), None).is_some()
                }) {
                    break;
                }
            }
            last = next;
        }
        let that = last + 3 < tree.words.len()
            && tree.is(self.text, last + 1, &[","])
            && tree.is(self.text, last + 2, &["and", "but"])
            && tree.is(self.text, last + 3, &["that"]);
        if that { self.rest(cue, last + 3) } else { last }
    }

    /// `"We," he said, "will wait."`: a quotation on the other side of the cue belongs to the same content.
    fn both_sides(
        &self,
        cue: usize,
        subject: Option<usize>,
        mut content: Vec<(usize, usize)>,
    ) -> Vec<(usize, usize)> {
        let tree = &self.tree;
        let (from, to) = subject.map_or((cue, cue), |s| {
            let (a, b) = self.source(s, &content);
            (a.min(cue), b.max(cue))
        });
        let held = |w: usize| content.iter().any(|(a, b)| (*a..=*b).contains(&w));
        let side = |w: usize| {
            self.quotes.iter().find(|q| q.range.overlaps(tree.words[w].range)).filter(|_| !held(w))
        };
        let words = |q: &Quote| {
            let inside = |w: &usize| q.range.overlaps(tree.words[*w].range);
            Some(((0..tree.words.len()).find(inside)?, (0..tree.words.len()).rfind(inside)?))
        };
        let behind = (to + 1..tree.words.len())
            .find(|w| !tree.is(self.text, *w, &[","]))
            .filter(|w| *w > to + 1)
            .and_then(side);
        let before = (0..from).rev().find(|w| !tree.is(self.text, *w, &[","])).and_then(side);
        content.extend([before, behind].into_iter().flatten().filter_map(words));
        content.sort_unstable();
        content
    }

    /// Whether a clause is set off from the rest like "the minister said": little besides verb and subject.
    fn parenthetic(&self, top: usize, subject: Option<usize>) -> bool {
        let tree = &self.tree;
        !tree.children(top).iter().any(|c| tree.relation(*c) == "ccomp" && Some(*c) != subject)
    }

    /// The quotation right before or behind the clause of a verb that has no other complement.
    fn neighbour_quote(&self, i: usize, top: usize, subject: Option<usize>) -> Option<(usize, usize)> {
        let tree = &self.tree;
        let first = subject.map_or(top.min(i), |s| tree.extent(s, |_| false).0.min(top.min(i)));
        let mark = |i: usize| self.quotes.iter().find(|q| q.range.overlaps(tree.words[i].range));
        let comma = |i: usize| tree.is(self.text, i, &[",", ":"]);
        // Behind: said: "…", said, "…", said "…", told reporters in Geneva: "…".
        let colon = (i + 1..tree.words.len().min(i + 15)).find(|j| comma(*j) || mark(*j).is_some());
        let behind = colon.map(|j| if comma(j) { j + 1 } else { j }).filter(|j| *j < tree.words.len());
        let before = first.checked_sub(1).and_then(|j| if comma(j) { j.checked_sub(1) } else { Some(j) });
        for j in [behind, before].into_iter().flatten() {
            if let Some(quote) = mark(j)
                && !quote.range.contains(tree.words[i].range)
            {
                let inside = |w: usize| quote.range.overlaps(tree.words[w].range);
                let start = (0..=j).rev().take_while(|w| inside(*w)).last().unwrap_or(j);
                let end = (j..tree.words.len()).take_while(|w| inside(*w)).last().unwrap_or(j);
                if end > start + 1 {
                    return Some((start, end));
                }
            }
        }
        None
    }

    /// From the complement `x` of the verb `i` to the end of what belongs to the verb behind it.
    fn tail(&self, i: usize, x: usize) -> (usize, usize) {
        let tree = &self.tree;
        let (first, mut last) = tree.extent(x, |_| false);
        let first = first.max(i + 1);
        const LEADS: [&str; 9] = ["for", "of", "as", "to", "with", "from", "against", "about", "on"];
        for c in tree.children(i) {
            let (from, to) = tree.extent(*c, |_| false);
            let belongs = match tree.relation(*c) {
                "xcomp" | "ccomp" => true,
                "obl" | "advcl" => LEADS.contains(&self.lemma(from)),
                _ => false,
            };
            if *c > x && belongs && from == last + 1 {
                last = to;
            }
        }
        (first, self.before_aside(x, first, last))
    }

    /// The end of `first..=last` without a relative or participial clause behind a comma.
    fn before_aside(&self, x: usize, first: usize, last: usize) -> usize {
        let tree = &self.tree;
        let aside = |j: &usize| {
            tree.is(self.text, *j, &[","]) && self.quoted(*j).is_none() && *j < last && {
                let next = *j + 1;
                (next..=last).any(|w| {
                    matches!(tree.relation(w), "acl" | "advcl" | "parataxis")
                        && tree.head(w).is_some_and(|h| h < *j)
                        && tree.extent(w, |_| false).0 <= next
                })
            }
        };
        (first.max(x)..=last).find(aside).map_or(last, |j| j.saturating_sub(1).max(first))
    }

    /// Marked words as stretches: a gap splits only where the cue's own clause lies in it.
    fn runs(&self, inside: &[bool], cue: Option<usize>) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for i in (0..inside.len()).filter(|i| inside[*i]) {
            match runs.last_mut() {
                Some(run) if !cue.is_some_and(|c| (run.1..i).contains(&c)) => run.1 = i,
                _ => runs.push((i, i)),
            }
        }
        runs.retain(|(a, b)| (*a..=*b).any(|i| !self.tree.is_punctuation(i)));
        runs.into_iter().map(|run| self.trimmed(run)).collect()
    }

    /// A stretch without the punctuation at its ends, but with the quotation marks that belong to it.
    fn trimmed(&self, (mut first, mut last): (usize, usize)) -> (usize, usize) {
        let tree = &self.tree;
        let opening = |i: usize| self.quotes.iter().any(|q| q.range.start() == tree.words[i].range.start());
        let closing =
            |i: usize| self.quotes.iter().any(|q| q.closed && q.range.end() == tree.words[i].range.end());
        while first < last && tree.is_punctuation(first) && !opening(first) {
            first += 1;
        }
        while last > first
            && tree.is_punctuation(last)
            && !closing(last)
            && !tree.is(self.text, last, &[")", "?", "!", "]"])
        {
            last -= 1;
        }
        if first > 0 && opening(first - 1) {
            first -= 1;
        }
        for step in 1..=2 {
            if last + step < tree.words.len()
                && closing(last + step)
                && (last + 1..last + step).all(|i| tree.is_punctuation(i))
            {
                last += step;
                break;
            }
        }
        (first, last)
    }

    /// First and last word of the cue: auxiliaries, adverbs and carriers before the verb, its particle, the preposition
    /// or colon that leads to the content.
    fn cue(&self, i: usize, chain: &[usize], content: &[(usize, usize)]) -> (usize, usize) {
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
                    && (tree.words[next].upos == Upos::Adp || tree.is(self.text, next, &[":"]))
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

    /// "according to …" at `i`.
    fn according(&self, i: usize) -> Option<Found> {
        let tree = &self.tree;
        if self.lemma(i) != "accord" && !self.tree.is(self.text, i, &["according", "According"]) {
            return None;
        }
        let to = Some(i + 1).filter(|t| t + 1 < tree.words.len() && tree.is(self.text, *t, &["to"]))?;
        let head = tree.head(i).filter(|h| *h > to).or_else(|| tree.child(i, &["obl", "obj"]))?;
        let (_, mut end) = tree.extent(head, |c| c < to || matches!(tree.relation(c), "parataxis"));
        while end > head && tree.is_punctuation(end) && !tree.is(self.text, end, &["”", "\"", ")"]) {
            end -= 1;
        }
        let source = (to + 1, end.max(to + 1));
        let governor = if head == tree.head(i)? { tree.head(head)? } else { tree.head(i)? };
        let anchor = if tree.head(i) == Some(head) { head } else { i };
        let loose = i == 0 || tree.is(self.text, i - 1, &[","]);
        let top = if loose { self.outer_clause(governor) } else { self.clause_top(governor) };
        let mut inside = tree.mark(top, |c| c == anchor);
        inside[i..=source.1].fill(false);
        let content = self.runs(&inside, Some(i));
        (!content.is_empty()).then_some(Found {
            source: Some(source),
            head: Some(head),
            cue: Some((i, to)),
            content,
            stance: Stance::Says,
            rule: "according-to",
            cited: None,
        })
    }

    /// The whole sentence around a word, or what a reporting verb in it says.
    fn outer_clause(&self, i: usize) -> usize {
        let tree = &self.tree;
        let mut at = i;
        for _ in 0..tree.words.len() {
            match tree.head(at) {
                Some(head) if tree.relation(at) != "ccomp" => at = head,
                _ => break,
            }
        }
        at
    }

    /// The clause that a word stands in: the nearest verb or root above it, itself included.
    fn clause_top(&self, i: usize) -> usize {
        let tree = &self.tree;
        let mut at = i;
        for _ in 0..tree.words.len() {
            let clause = matches!(tree.relation(at), "root" | "ccomp" | "parataxis" | "advcl" | "conj")
                && matches!(tree.words[at].upos, Upos::Verb | Upos::Aux)
                || tree.child(at, &["nsubj"]).is_some();
            match tree.head(at) {
                Some(head) if !clause => at = head,
                _ => break,
            }
        }
        // Clauses joined by "and" belong together.
        while tree.relation(at) == "conj"
            && let Some(head) = tree.head(at)
            && head < at
        {
            at = head;
        }
        at
    }

    /// "the claim that …", "his promise to …" at `i`.
    fn noun(&self, i: usize) -> Option<Found> {
        let tree = &self.tree;
        if tree.words[i].upos != Upos::Noun {
            return None;
        }
        let stance = self.cues.noun(self.lemma(i))?;
        let clause = tree.children(i).iter().copied().find(|c| {
            *c > i
                && matches!(tree.relation(*c), "acl" | "ccomp")
                && tree.words[*c].deprel != "acl:relcl"
                && tree
                    .children(*c)
                    .iter()
                    .any(|m| tree.relation(*m) == "mark" && matches!(self.lemma(*m), "that" | "to"))
        })?;
        let holder = tree.children(i).iter().copied().find(|c| tree.words[*c].deprel == "nmod:poss");
        let by = || {
            tree.children(i).iter().copied().find(|c| {
                tree.relation(*c) == "nmod"
                    && *c < clause
                    && tree.children(*c).iter().any(|k| {
                        tree.relation(*k) == "case" && matches!(self.lemma(*k), "by" | "from" | "of")
                    })
            })
        };
        let subject = holder.or_else(by);
        let that =
            tree.children(clause).iter().any(|m| tree.relation(*m) == "mark" && self.lemma(*m) == "that");
        if !that && subject.is_none() {
            return None;
        }
        let content = self.runs(&tree.mark(clause, |_| false), None);
        let source = subject.map(|s| {
            let (first, last) = tree.extent(s, |c| tree.relation(c) == "case" && c < s);
            (first, last.max(s))
        });
        (!content.is_empty()).then_some(Found {
            source,
            head: subject,
            cue: Some((self.with_adjectives(i), i)),
            content,
            stance,
            rule: "noun",
            cited: None,
        })
    }

    /// First of the adjectives right before noun `i`.
    fn with_adjectives(&self, i: usize) -> usize {
        (0..i)
            .rev()
            .take_while(|j| self.tree.relation(*j) == "amod" && self.tree.head(*j) == Some(i))
            .last()
            .unwrap_or(i)
    }

    /// "reportedly" at `i`.
    fn adverb(&self, i: usize) -> Option<Found> {
        let tree = &self.tree;
        if tree.words[i].upos != Upos::Adv {
            return None;
        }
        let stance = self.cues.adverb(self.lemma(i))?;
        let mut inside = tree.mark(self.clause_top(tree.head(i)?), |_| false);
        inside[i] = false;
        let content = self.runs(&inside, Some(i));
        (!content.is_empty()).then_some(Found {
            source: None,
            head: None,
            cue: Some((i, i)),
            content,
            stance,
            rule: "adverb",
            cited: None,
        })
    }

    /// "Name: what they say", the whole sentence.
    fn colon(&self) -> Option<Found> {
        let tree = &self.tree;
        let colon = (1..tree.words.len().min(8)).find(|i| tree.is(self.text, *i, &[":"]))?;
        let name = |i: usize| {
            matches!(tree.words[i].upos, Upos::Propn)
                || matches!(tree.relation(i), "compound" | "flat" | "det" | "nmod")
        };
        let last = tree.words.len() - 1;
        if !(0..colon).all(name) || !(0..colon).any(|i| tree.words[i].upos == Upos::Propn) || last < colon + 3
        {
            return None;
        }
        let verb = (colon + 1..=last).any(|i| matches!(tree.words[i].upos, Upos::Verb | Upos::Aux));
        verb.then(|| Found {
            source: Some((0, colon - 1)),
            head: Some((0..colon).find(|i| tree.head(*i).is_none_or(|h| h >= colon)).unwrap_or(colon - 1)),
            cue: Some((colon, colon)),
            content: vec![self.trimmed((colon + 1, last))],
            stance: Stance::Says,
            rule: "colon",
            cited: None,
        })
    }

    /// Words as text.
    pub(super) fn range(&self, (first, last): (usize, usize)) -> TextRange {
        self.tree.range(first, last)
    }
}
