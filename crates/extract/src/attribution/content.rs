//! What is said: the words of a content, found by the tree and mended by quotation marks and commas.

use record::Upos;

use super::clauses::Clause;
use super::cues::Verb;
use super::quotes::Quote;
use super::source::LEADS;

impl Clause<'_> {
    /// The content of the verb at `i`, whose clause hangs on `top`, and the rule that found it.
    pub(super) fn content(
        &self,
        i: usize,
        top: usize,
        verb: &Verb,
        passive: bool,
        subject: Option<usize>,
    ) -> Option<(Vec<(usize, usize)>, &'static str)> {
        let tree = &self.tree;
        let told = self.has_object(i, verb);
        // "X, the minister said, Y": the verb hangs on its own content.
        if tree.relation(top) == "parataxis"
            && !passive
            && verb.clause
            && !told
            // "Norland expels two envoys, Ruritania vows tit-for-tat"
            && tree.child(i, &["xcomp"]).is_none_or(|x| x < i)
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
                    // "Norland holds ten of them; Sudland wants them back": what stands behind is no part of it.
                    && !(i..*c).any(|w| tree.is(self.text, w, &[";"]))
        });
        if let Some(clause) = clause
            && (verb.clause || self.quoted(clause).is_some())
            && !(told && clause < i)
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
            // "But the road was open, a driver said": the first word belongs to it.
            if let Some(run) = runs.first_mut().filter(|r| r.1 < i && r.0 == 1 && tree.relation(0) == "cc") {
                run.0 = 0;
            }
            return Some((runs, "verb.clause"));
        }
        // A quotation that the parser hung elsewhere.
        if verb.clause
            && subject.is_some()
            && let Some(quote) = self.neighbour_quote(i, top, subject)
            && !(verb.object && !passive && self.is_in_object(i, quote))
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
            let (first, last) = self.tail(i, x);
            // "urged the rebels to leave": who is to do it is part of it.
            let whom = tree.child(i, &["obj"]).filter(|o| *o > i && *o < x);
            let first = whom.map_or(first, |o| tree.extent(o, |c| c >= x).0.max(i + 1).min(first));
            return Some((vec![self.trimmed((first, last))], "verb.infinitive"));
        }
        if verb.light
            && let Some(object) = tree.child(i, &["obj"]).filter(|o| *o > i)
            && let Some(content) = self.said_by(object)
        {
            return Some((vec![content], "verb.light"));
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

    /// "Rebels seize town, army denies claim": a verb with an object of its own says that, not the clause before.
    fn has_object(&self, i: usize, verb: &Verb) -> bool {
        let object = self.tree.child(i, &["obj"]).filter(|o| *o > i && !verb.recipient);
        object.is_some_and(|o| self.quoted(o).is_none() && self.tree.words[o].upos != Upos::Pron)
    }

    /// "expressed concern about the talks", "voiced hope that": what is said in the noun.
    fn said_by(&self, noun: usize) -> Option<(usize, usize)> {
        let tree = &self.tree;
        let leads = |k: &usize| match tree.relation(*k) {
            "case" => LEADS.contains(&self.lemma(*k)),
            "mark" => matches!(self.lemma(*k), "that" | "to"),
            _ => false,
        };
        let complement = |c: &usize| *c > noun && matches!(tree.words[*c].deprel, "acl" | "ccomp" | "nmod");
        let (top, lead) = tree
            .children(noun)
            .iter()
            .filter(|c| complement(c))
            .find_map(|c| Some((*c, tree.children(*c).iter().copied().find(leads)?)))?;
        let (first, last) = tree.extent(top, |_| false);
        let first = if tree.relation(lead) == "case" { lead + 1 } else { first };
        (first <= last).then(|| self.trimmed((first, last)))
    }

    /// The words of the quotation that holds `root` where the cue stands outside and the quotation begins the content.
    pub(super) fn whole_quote(&self, cue: usize, root: usize) -> Option<(usize, usize)> {
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
    pub(super) fn clause_start(&self, cue: usize, verb: &Verb, start: usize) -> usize {
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
    pub(super) fn rest(&self, cue: usize, end: usize) -> usize {
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
        let last = self.before_concession(cue, last);
        let that = last + 3 < tree.words.len()
            && tree.is(self.text, last + 1, &[","])
            && tree.is(self.text, last + 2, &["and", "but"])
            && tree.is(self.text, last + 3, &["that"]);
        if that { self.rest(cue, last + 3) } else { last }
    }

    /// The end of a content before a clause that sets the outlet's own words against it: ", though she admitted that".
    fn before_concession(&self, cue: usize, last: usize) -> usize {
        let tree = &self.tree;
        let set_against = |j: &usize| {
            tree.is(self.text, *j, &[","])
                && self.quoted(*j).is_none()
                && tree.is(self.text, *j + 1, CONCESSIONS)
                && tree.words[*j + 1].upos == Upos::Sconj
        };
        (cue + 2..last).find(set_against).map_or(last, |j| j - 1)
    }

    /// `"We," he said, "will wait."`: a quotation on the other side of the cue belongs to the same content.
    pub(super) fn both_sides(
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

    /// Whether a quotation is only a part of what the verb at `i` has for an object: "reported “40 cases” in the city".
    fn is_in_object(&self, i: usize, quote: (usize, usize)) -> bool {
        let tree = &self.tree;
        let Some(object) = tree.child(i, &["obj"]).filter(|o| *o > i) else { return false };
        let (first, last) = tree.extent(object, |_| false);
        let meets = first <= quote.1 && quote.0 <= last;
        let other = |w: usize| !(quote.0..=quote.1).contains(&w) && !tree.is_punctuation(w);
        meets && (first..=last).any(other)
    }

    /// Whether a clause is set off from the rest like "the minister said": little besides verb and subject.
    pub(super) fn parenthetic(&self, top: usize, subject: Option<usize>) -> bool {
        let tree = &self.tree;
        !tree.children(top).iter().any(|c| tree.relation(*c) == "ccomp" && Some(*c) != subject)
    }

    /// The quotation right before or behind the clause of a verb that has no other complement.
    pub(super) fn neighbour_quote(
        &self,
        i: usize,
        top: usize,
        subject: Option<usize>,
    ) -> Option<(usize, usize)> {
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
    pub(super) fn tail(&self, i: usize, x: usize) -> (usize, usize) {
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

    /// The end of `first..=last` without a participial clause behind a comma. A relative clause belongs to its noun.
    pub(super) fn before_aside(&self, x: usize, first: usize, last: usize) -> usize {
        let tree = &self.tree;
        let aside = |j: &usize| {
            tree.is(self.text, *j, &[","]) && self.quoted(*j).is_none() && *j < last && {
                let next = *j + 1;
                (next..=last).any(|w| {
                    (matches!(tree.relation(w), "advcl" | "parataxis") || tree.words[w].deprel == "acl")
                        && tree.head(w).is_some_and(|h| h < *j)
                        && tree.extent(w, |_| false).0 <= next
                })
            }
        };
        (first.max(x)..=last).find(aside).map_or(last, |j| j.saturating_sub(1).max(first))
    }

    /// Marked words as stretches: a gap splits only where the cue's own clause lies in it.
    pub(super) fn runs(&self, inside: &[bool], cue: Option<usize>) -> Vec<(usize, usize)> {
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
    pub(super) fn trimmed(&self, (mut first, mut last): (usize, usize)) -> (usize, usize) {
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

    /// The whole sentence around a word, or what a reporting verb in it says.
    pub(super) fn outer_clause(&self, i: usize) -> usize {
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
    pub(super) fn clause_top(&self, i: usize) -> usize {
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
}

/// Conjunctions of clauses that set something against what is said.
const CONCESSIONS: &[&str] = &["though", "although", "even"];
