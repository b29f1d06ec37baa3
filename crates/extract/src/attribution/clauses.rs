//! Attributions that the tree of one sentence shows: a reporting verb with its subject and its complement, "according
//! to", "the claim that", "reportedly", a name and a colon.

use record::{Stance, TextRange, Upos};

use super::cues::Cues;
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

/// Words among which the colon behind a name is looked for, and behind whoever is quoted.
const NAME: usize = 8;
const LABEL: usize = 18;

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
        // "Smith: we said no": what follows a name and a colon is Smith's, whoever else is quoted in it.
        if let Some(turn) = self.colon()
            && found.iter().all(|f| f.cue.is_none_or(|c| turn.cue < Some(c)))
        {
            found.insert(0, turn);
        }
        self.keep_outer(&mut found);
        self.claim_quotes(&mut found);
        found
    }

    /// Leaves out what is part of another attribution: a cue in a longer cue ("refused" in "refused to say"), and in
    /// reported speech the speaker's own words and thoughts ("she said she hoped that"). Those of others stay.
    fn keep_outer(&self, found: &mut Vec<Found>) {
        let within = |(a, b): (usize, usize), (c, d): (usize, usize)| c <= a && b <= d;
        let part = |f: &Found, of: &Found| {
            let (Some(cue), Some(outer)) = (f.cue, of.cue) else { return false };
            let told = of.content.iter().any(|&c| within(cue, c));
            let around = f.content.iter().any(|&c| within(outer, c));
            outer != cue && within(cue, outer) || told && !around && self.is_own(f, of)
        };
        let outer: Vec<bool> = found.iter().map(|f| !found.iter().any(|of| part(f, of))).collect();
        let mut outer = outer.into_iter();
        found.retain(|_| outer.next() == Some(true));
    }

    /// Whether an attribution inside of what another one tells is the same speaker's: nobody says it, or a pronoun. Within
    /// quotation marks a pronoun is somebody else.
    fn is_own(&self, inner: &Found, outer: &Found) -> bool {
        let word = |f: &Found| f.head.map(|h| self.tree.words[h].range.of(self.text).to_ascii_lowercase());
        let pronoun = |w: &str| matches!(w, "he" | "she" | "it" | "they" | "i" | "we");
        let same = |w: &str| pronoun(w) && word(outer).is_none_or(|o| !pronoun(&o) || o == w);
        let quoted = inner.head.is_some_and(|h| self.quoted(h).is_some());
        inner.rule != "adverb" && word(inner).is_none_or(|w| same(&w) && !quoted)
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

    /// The subject and the verb of the clause that a quotation is a part of, and its words.
    pub(super) fn around(&self, quote: TextRange) -> Option<(usize, usize, (usize, usize))> {
        let tree = &self.tree;
        let inside = |w: usize| quote.overlaps(tree.words[w].range);
        let first = (0..tree.words.len()).find(|w| inside(*w))?;
        let last = (first..tree.words.len()).rfind(|w| inside(*w))?;
        let outside = |w: &usize| !(first..=last).contains(w);
        let word = |w: &usize| !tree.is_punctuation(*w);
        let mut at = (first..=last).filter(word).find_map(|w| tree.head(w).filter(outside))?;
        for _ in 0..tree.words.len() {
            let subject = tree.children(at).iter().copied().find(|c| tree.words[*c].deprel == "nsubj");
            if let Some(subject) = subject.filter(outside)
                && matches!(tree.words[at].upos, Upos::Verb | Upos::Aux)
            {
                return Some((subject, at, (first, last)));
            }
            at = tree.head(at)?;
        }
        None
    }

    /// Whether a quotation is a whole object or complement of its clause ("amounts to "a second occupation""), not a word of a
    /// noun phrase ("wore a "make love, not war" shirt").
    pub(super) fn is_part(&self, quote: TextRange) -> bool {
        let tree = &self.tree;
        let inside = |w: usize| quote.overlaps(tree.words[w].range);
        let mut tops = (0..tree.words.len())
            .filter(|&w| inside(w) && !tree.is_punctuation(w))
            .filter(|&w| tree.head(w).is_none_or(|h| !inside(h)));
        let Some(top) = tops.next() else { return false };
        // "A "make love, not war" shirt": a noun right behind it is what it only describes.
        let last = (top..tree.words.len()).rfind(|&w| inside(w)).unwrap_or(top);
        let noun = |w: &usize| matches!(tree.words[*w].upos, Upos::Noun | Upos::Propn | Upos::Adj);
        if Some(last + 1).filter(|&w| w < tree.words.len()).is_some_and(|w| noun(&w)) {
            return false;
        }
        // What else of it hangs on other words hangs before it.
        let whole = tops.all(|w| tree.head(w).is_none_or(|h| h < w));
        let role =
            matches!(tree.relation(top), "obj" | "xcomp" | "ccomp" | "obl" | "root" | "parataxis" | "advcl");
        whole && role && tree.head(top).is_none_or(|h| h < top || tree.relation(top) == "ccomp")
    }

    pub(super) fn lemma(&self, i: usize) -> &str {
        &self.tree.words[i].lemma
    }

    pub(super) fn quoted(&self, i: usize) -> Option<&Quote> {
        self.quotes.iter().find(|q| q.range.contains(self.tree.words[i].range))
    }

    /// The reporting verb at `i`.
    fn verb(&self, i: usize) -> Option<Found> {
        let tree = &self.tree;
        if tree.relation(i) == "amod" {
            return None;
        }
        let verb = match tree.words[i].upos {
            Upos::Verb | Upos::Aux => {
                let particle = tree.children(i).iter().find(|c| tree.words[**c].deprel == "compound:prt");
                let form = tree.words[i].range.of(self.text);
                self.cues.verb(self.lemma(i), form, particle.map(|p| self.lemma(*p)))?
            }
            // "is confident that": an adjective speaks with its copula.
            Upos::Adj if tree.child(i, &["cop"]).is_some() => self.cues.adjective(self.lemma(i))?,
            _ => return None,
        };
        let passive =
            tree.children(i).iter().any(|c| matches!(tree.words[*c].deprel, "aux:pass" | "nsubj:pass"));
        let chain = self.chain(i);
        let top = *chain.last().unwrap_or(&i);
        let subject = self.subject(top, passive);
        if subject.is_some_and(|s| self.own_words(i, s)) {
            return None;
        }
        let subject = self.outside_quotes(i, subject);
        // "It is clear that" is nobody's view.
        if subject.is_none() && tree.words[i].upos == Upos::Adj {
            return None;
        }
        // "No group has said that it was behind the raid": that nobody says it.
        let none = |s: usize| tree.children(s).iter().any(|&c| tree.is(self.text, c, &["No", "no"]));
        if subject.is_some_and(none) {
            return None;
        }
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
        let mut cue = self.cue(i, &chain, &content);
        if rule == "verb.light" {
            cue.1 = content.first().map_or(cue.1, |c| cue.1.max(c.0.saturating_sub(1)));
        }
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
        // "said in a statement that": the verb's subject says it.
        let governor = tree.head(i).filter(|v| {
            tree.relation(i) == "obl"
                && *v < i
                && matches!(tree.words[*v].upos, Upos::Verb)
                && self.cues.verb(self.lemma(*v), tree.words[*v].range.of(self.text), None).is_some()
        });
        let sayer = || governor.and_then(|v| self.subject(v, false));
        let subject = holder.or_else(by).or_else(sayer);
        let that =
            tree.children(clause).iter().any(|m| tree.relation(*m) == "mark" && self.lemma(*m) == "that");
        if !that && subject.is_none() {
            return None;
        }
        let content = self.runs(&tree.mark(clause, |_| false), None);
        let source = subject.map(|s| {
            let (first, last) = tree.extent(s, |c| tree.relation(c) == "case" && tree.head(c) == Some(s));
            // "The minister's claim": the ending belongs to the name.
            let owned = tree.words.get(last + 1).is_some_and(|w| w.xpos == "POS") && last + 1 < i;
            (first, last.max(s) + usize::from(owned))
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

    /// "Name: what they say", "The ministry's spokesman: "…"": the whole sentence.
    fn colon(&self) -> Option<Found> {
        let tree = &self.tree;
        let colon = (1..tree.words.len().min(LABEL)).find(|i| tree.is(self.text, *i, &[":"]))?;
        let last = tree.words.len() - 1;
        // The time of an entry and what stands in brackets before it name nobody.
        let stamp = (0..colon).rfind(|i| tree.is(self.text, *i, &["]", ")"])).map_or(0, |i| i + 1);
        let start = (stamp..colon)
            .find(|i| !tree.is_punctuation(*i) && !matches!(tree.words[*i].upos, Upos::Num))
            .unwrap_or(colon);
        let name = |i: usize| {
            matches!(tree.words[i].upos, Upos::Propn)
                || matches!(tree.relation(i), "compound" | "flat" | "det" | "nmod")
        };
        let quoted = self.quotes.iter().any(|q| {
            tree.words
                .get(colon + 1)
                .is_some_and(|w| q.range.contains(w.range) && q.range.start() <= w.range.start())
        });
        let nominal = |i: usize| {
            let other = matches!(tree.words[i].upos, Upos::Verb | Upos::Aux | Upos::Sconj);
            !other && (!tree.is_punctuation(i) || tree.is(self.text, i, &[",", "-", "'", "’", "."]))
        };
        let speaks = |i: usize| matches!(tree.words[i].upos, Upos::Propn | Upos::Noun);
        // "Thursday: two soldiers killed": what is told under a day.
        let day = |i: usize| crate::time::is_weekday(&tree.words[i].range.of(self.text).to_lowercase());
        let short = colon < NAME
            && !(start..colon).any(day)
            && (start..colon).all(name)
            && (start..colon).any(|i| tree.words[i].upos == Upos::Propn);
        let told = quoted && (start..colon).all(nominal) && (start..colon).any(speaks);
        if start >= colon || !(short || told) || last < colon + 3 {
            return None;
        }
        let verb = (colon + 1..=last).any(|i| matches!(tree.words[i].upos, Upos::Verb | Upos::Aux));
        verb.then(|| Found {
            source: Some((start, colon - 1)),
            head: Some(
                (start..colon).find(|i| tree.head(*i).is_none_or(|h| h >= colon)).unwrap_or(colon - 1),
            ),
            cue: Some((colon, colon)),
            content: vec![self.trimmed((colon + 1, last))],
            stance: Stance::Says,
            rule: "colon",
            cited: None,
        })
    }

    /// "The minister said:" at the end of a paragraph: who speaks in the next one.
    pub(super) fn announced(&self) -> Option<Found> {
        let tree = &self.tree;
        let last = tree.words.len().checked_sub(1).filter(|l| tree.is(self.text, *l, &[":"]))?;
        let says = |i: &usize| {
            matches!(tree.words[*i].upos, Upos::Verb)
                && self
                    .cues
                    .verb(self.lemma(*i), tree.words[*i].range.of(self.text), None)
                    .is_some_and(|v| v.clause)
        };
        let i = (0..last).rfind(says)?;
        let chain = self.chain(i);
        let subject = self.subject(*chain.last().unwrap_or(&i), false)?;
        // The colon belongs to the cue, as what follows does.
        let cue = self.cue(i, &chain, &[(last + 1, last + 1)]);
        Some(Found {
            source: Some(self.beside_cue(subject, self.source(subject, &[]), cue, &[])),
            head: Some(subject),
            cue: Some(cue),
            content: Vec::new(),
            stance: Stance::Says,
            rule: "verb.announced",
            cited: None,
        })
    }

    /// Words as text.
    pub(super) fn range(&self, (first, last): (usize, usize)) -> TextRange {
        self.tree.range(first, last)
    }
}
