//! A parsed sentence made quick to walk: children, subtrees, folded lemmas. Tolerates any heads at all.

use record::{Deed, Participant, Sentence, TextRange, Token, Upos};

use super::headline::{self, Mended};
use super::lexicon::{Classes, Lexicon};

/// How likely words tell where and when a deed was, in percent.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    pub(super) place: u8,
    pub(super) time: u8,
}

/// A sentence with its tree turned downwards.
pub(super) struct Tree<'a> {
    tokens: &'a [Token],
    participants: &'a [Participant],
    /// What single words of a headline are after all.
    mended: Vec<(usize, Mended)>,
    heads: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    lemmas: Vec<String>,
    forms: Vec<String>,
    /// "cease-fire" for the head of its three tokens.
    joined: Vec<Option<String>>,
    /// Classes of each word, by lemma, form or whole; `None` if the lexicon knows none of these.
    classes: Vec<Option<Classes>>,
    /// First and last word of the subtree of each word.
    spread: Vec<(usize, usize)>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(text: &str, sentence: &'a Sentence, lexicon: &Lexicon) -> Tree<'a> {
        let tokens = sentence.tokens.as_slice();
        let n = tokens.len();
        let forms: Vec<String> = tokens.iter().map(|t| t.range.of(text).to_lowercase()).collect();
        let mut lemmas: Vec<String> = tokens
            .iter()
            .zip(&forms)
            .map(|(t, form)| {
                let lemma = t.lemma.to_lowercase();
                // Only what can be inflected is repaired: "United" is no form of "unit".
                let inflected = matches!(t.upos, Upos::Verb | Upos::Noun) || t.xpos.starts_with("VB");
                let past = matches!(t.xpos, "VBD" | "VBN");
                if inflected { lexicon.lemma(form, &lemma, past) } else { lemma }
            })
            .collect();
        let mut heads = heads(tokens);
        let mended = headline::mend(tokens, &forms, &lemmas, lexicon, &mut heads);
        for &(i, m) in mended.iter().filter(|(_, m)| m.upos == Upos::Verb) {
            lemmas[i] = lexicon.lemma(&forms[i], &lemmas[i], m.xpos == "VBN");
        }
        let mut children = vec![Vec::new(); n];
        for (i, head) in heads.iter().enumerate() {
            if let Some(h) = *head {
                children[h].push(i);
            }
        }
        let mut tree = Tree {
            tokens,
            participants: &sentence.participants,
            mended,
            heads,
            children,
            lemmas,
            forms,
            joined: vec![None; n],
            classes: Vec::new(),
            spread: (0..n).map(|i| (i, i)).collect(),
        };
        tree.join(lexicon);
        tree.classes = (0..n).map(|i| tree.look_up(i, lexicon)).collect();
        tree.measure();
        tree
    }

    /// Puts words together again that were split at a hyphen, where the lexicon knows them so or written as one.
    fn join(&mut self, lexicon: &Lexicon) {
        for i in 1..self.len().saturating_sub(1) {
            let hyphen = matches!(self.form(i), "-" | "‐" | "‑");
            if !hyphen
                || self.range(i - 1).end() != self.range(i).start()
                || self.range(i).end() != self.range(i + 1).start()
            {
                continue;
            }
            let head = if self.head(i + 1) == Some(i - 1) { i - 1 } else { i + 1 };
            let (left, right) = (self.form(i - 1), self.lemma(i + 1));
            self.joined[head] = [format!("{left}-{right}"), format!("{left}{right}")]
                .into_iter()
                .find(|word| lexicon.knows(word));
        }
    }

    fn look_up(&self, i: usize, lexicon: &Lexicon) -> Option<Classes> {
        let (lemma, form) = (self.lemma(i), self.form(i));
        let form = (form != lemma).then(|| lexicon.classes(form)).flatten();
        let known = [lexicon.classes(lemma), form, self.joined(i).and_then(|word| lexicon.classes(word))];
        known.into_iter().flatten().reduce(Classes::and)
    }

    /// Spreads every word's position to its ancestors, from the leaves up. Words on a cycle keep their own.
    fn measure(&mut self) {
        let roots = (0..self.len()).filter(|&i| self.head(i).is_none());
        let mut order: Vec<usize> = roots.collect();
        let mut next = 0;
        while let Some(&i) = order.get(next) {
            order.extend(self.children(i));
            next += 1;
        }
        for &i in order.iter().rev() {
            if let Some(h) = self.head(i) {
                let (left, right) = self.spread[i];
                self.spread[h] = (self.spread[h].0.min(left), self.spread[h].1.max(right));
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn head(&self, i: usize) -> Option<usize> {
        *self.heads.get(i)?
    }

    pub(super) fn children(&self, i: usize) -> &[usize] {
        self.children.get(i).map_or(&[], Vec::as_slice)
    }

    /// Children by relation; `nsubj` also means `nsubj:pass`.
    pub(super) fn by_relation<'b>(&'b self, i: usize, relation: &'b str) -> impl Iterator<Item = usize> + 'b {
        self.children(i).iter().copied().filter(move |&c| self.is(c, relation))
    }

    /// Whether word `i` stands in this relation to its head, whatever the subtype.
    pub(super) fn is(&self, i: usize, relation: &str) -> bool {
        let own = self.deprel(i);
        own == relation || own.strip_prefix(relation).is_some_and(|rest| rest.starts_with(':'))
    }

    pub(super) fn deprel(&self, i: usize) -> &'static str {
        self.mended(i).map_or_else(|| self.tokens.get(i).map_or("", |t| t.deprel), |m| m.deprel)
    }

    pub(super) fn lemma(&self, i: usize) -> &str {
        self.lemmas.get(i).map_or("", String::as_str)
    }

    /// The classes that word `i` has, by its lemma, as written, or as a whole; `None` if the lexicon does not know it.
    pub(super) fn classes(&self, i: usize) -> Option<Classes> {
        *self.classes.get(i)?
    }

    fn mended(&self, i: usize) -> Option<Mended> {
        self.mended.iter().find(|(j, _)| *j == i).map(|&(_, m)| m)
    }

    /// The whole of a hyphenated word.
    pub(super) fn joined(&self, i: usize) -> Option<&str> {
        self.joined.get(i)?.as_deref()
    }

    /// The word as written, in lower case.
    pub(super) fn form(&self, i: usize) -> &str {
        self.forms.get(i).map_or("", String::as_str)
    }

    pub(super) fn upos(&self, i: usize) -> Upos {
        self.mended(i).map_or_else(|| self.tokens.get(i).map_or(Upos::X, |t| t.upos), |m| m.upos)
    }

    pub(super) fn xpos(&self, i: usize) -> &'static str {
        self.mended(i).map_or_else(|| self.tokens.get(i).map_or("", |t| t.xpos), |m| m.xpos)
    }

    /// Whether word `i` names a deed, as the model judges it.
    pub(super) fn deed(&self, i: usize) -> Option<Deed> {
        self.tokens.get(i)?.deed
    }

    /// Who may have a part in the deed that word `i` names: a word, how likely it does it and how likely it is done to it,
    /// both in percent.
    pub(super) fn participants(&self, i: usize) -> impl Iterator<Item = (usize, u8, u8)> {
        let own = self.participants.iter().filter(move |p| p.beside == 0 && p.deed as usize == i);
        own.map(|p| (p.word as usize, p.actor, p.target)).filter(|&(word, ..)| word < self.len())
    }

    /// How likely words of a range tell where and when the deed that word `i` names was.
    pub(super) fn setting(&self, i: usize, at: TextRange) -> Setting {
        let own = self.participants.iter().filter(|p| p.beside == 0 && p.deed as usize == i);
        let inside = own.filter(|p| self.range(p.word as usize).overlaps(at));
        inside.fold(Setting::default(), |best, p| Setting {
            place: best.place.max(p.place),
            time: best.time.max(p.time),
        })
    }

    /// The first word of a range that the model takes for one that may name a deed.
    pub(super) fn judged(&self, at: TextRange) -> Option<usize> {
        (0..self.len()).find(|&i| at.contains(self.range(i)) && self.deed(i).is_some_and(|d| d.share > 0))
    }

    /// Who of the sentences beside this one may have a part in the deed that word `i` names.
    pub(super) fn beside(&self, i: usize) -> impl Iterator<Item = &'a Participant> {
        self.participants.iter().filter(move |p| p.beside != 0 && p.deed as usize == i)
    }

    pub(super) fn is_nominal(&self, i: usize) -> bool {
        matches!(self.upos(i), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym)
    }

    /// A verb, or a word that stands where one would.
    pub(super) fn is_verb(&self, i: usize) -> bool {
        self.upos(i) == Upos::Verb || (self.upos(i) == Upos::Aux && !self.is(i, "aux") && !self.is(i, "cop"))
    }

    pub(super) fn range(&self, i: usize) -> TextRange {
        self.tokens.get(i).map(|t| t.range).unwrap_or_default()
    }

    /// First and last word below `i`, itself included.
    pub(super) fn spread(&self, i: usize) -> (usize, usize) {
        self.spread.get(i).copied().unwrap_or((i, i))
    }

    /// The text from word `a` to word `b`.
    pub(super) fn between(&self, a: usize, b: usize) -> TextRange {
        self.range(a).cover(self.range(b))
    }

    /// Whether `above` is `i` or one of its ancestors.
    pub(super) fn is_below(&self, i: usize, above: usize) -> bool {
        let mut at = Some(i);
        for _ in 0..=self.len() {
            match at {
                Some(a) if a == above => return true,
                Some(a) => at = self.head(a),
                None => return false,
            }
        }
        false
    }

    /// The prepositions of a phrase ("on", "because of"), joined by a space; empty if it has none.
    pub(super) fn preposition(&self, i: usize) -> String {
        let mut words = self.case_of(i);
        // In a name of several words it may hang on one of the others.
        for c in self.by_relation(i, "flat") {
            if words.is_empty() {
                words = self.case_of(c);
            }
        }
        // "against US and Iraqi forces": it may hang on the first word of the phrase.
        if words.is_empty()
            && let Some(&c) = self.children(i).iter().find(|&&c| c < i && self.upos(c) != Upos::Punct)
            && matches!(self.deprel(c), "compound" | "amod")
            && self.by_relation(c, "case").next().is_some_and(|case| case < c)
        {
            words = self.case_of(c);
        }
        words
    }

    fn case_of(&self, i: usize) -> String {
        let mut words = String::new();
        for c in
            self.children(i).iter().copied().filter(|&c| self.is(c, "case") || (self.is(c, "mark") && c < i))
        {
            if self.form(c) == "'s" || self.form(c) == "’s" || self.form(c) == "'" || self.form(c) == "’"
            {
                continue;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(self.form(c));
            if self.form(c) == "such" && self.by_relation(c, "fixed").next().is_some() {
                words.push_str(" as");
            }
        }
        words
    }

    /// `i` and everything coordinated with it, but for what it is said not to be ("a republic and not a member of the union").
    pub(super) fn with_conjuncts(&self, i: usize) -> Vec<usize> {
        let not =
            |c: usize| self.is_nominal(c) && self.by_relation(c, "advmod").any(|n| self.lemma(n) == "not");
        let mut all = vec![i];
        let joined = self.by_relation(i, "conj").filter(|&c| self.is_nominal(c) == self.is_nominal(i));
        all.extend(joined.filter(|&c| !not(c)));
        all
    }

    /// The words that lie in a range of text.
    pub(super) fn within(&self, range: TextRange) -> Vec<usize> {
        (0..self.len()).filter(|&i| self.range(i).overlaps(range)).collect()
    }

    /// The highest word of a range: the one whose head lies outside.
    pub(super) fn top(&self, range: TextRange) -> Option<usize> {
        let inside = self.within(range);
        inside
            .iter()
            .copied()
            .find(|&i| {
                self.upos(i) != Upos::Punct && self.head(i).is_none_or(|h| !self.range(h).overlaps(range))
            })
            .or_else(|| inside.last().copied())
    }
}

/// The heads as the parser gives them, but for one thing that cannot be: "A will meet B, C announced", where A hangs on
/// "announced" beside C and "meet" has no subject. A then belongs to "meet".
fn heads(tokens: &[Token]) -> Vec<Option<usize>> {
    let n = tokens.len();
    let mut heads: Vec<Option<usize>> = tokens
        .iter()
        .enumerate()
        .map(|(i, t)| (t.head as usize).checked_sub(1).filter(|&h| h < n && h != i))
        .collect();
    let mut subjects: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (i, token) in tokens.iter().enumerate() {
        if let Some(h) = heads[i].filter(|_| matches!(token.deprel, "nsubj" | "nsubj:pass")) {
            subjects[h].push(i);
        }
    }
    for c in 0..n {
        let Some(h) = heads[c].filter(|&h| tokens[c].deprel == "ccomp" && c < h) else { continue };
        if subjects[c].is_empty()
            && let (Some(&first), Some(&last)) = (subjects[h].first(), subjects[h].last())
            && first < c
            && c < last
        {
            heads[first] = Some(c);
            subjects[h].remove(0);
        }
    }
    heads
}
