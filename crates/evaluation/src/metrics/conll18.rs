//! The evaluation of the CoNLL 2018 shared task: tokens and sentences by their characters, words aligned by
//! characters, and within multiword tokens by the longest common subsequence of their forms; tags, lemmas and
//! relations on the aligned words. Relations are compared without subtype, features as far as they are universal.

use super::Counts;

const UNIVERSAL_FEATURES: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case",
    "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person",
    "Polite",
];

/// A syntactic word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// First character and one past the last of its token, counting no white space, from 0.
    pub span: (usize, usize),
    /// Whether its token holds several words; then `span` is the token's.
    pub multiword: bool,
    /// As written.
    pub form: String,
    /// Dictionary form; `_` in the gold data means that none is given.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Language-specific tag.
    pub xpos: String,
    /// Morphological features as in CoNLL-U.
    pub feats: String,
    /// Index of the head among the words of the whole text; `None` for a root.
    pub head: Option<usize>,
    /// Relation, with or without subtype.
    pub deprel: String,
}

/// An analysed text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Analysed {
    /// Spans of the surface tokens.
    pub tokens: Vec<(usize, usize)>,
    /// Spans of the sentences.
    pub sentences: Vec<(usize, usize)>,
    /// All words, in order.
    pub words: Vec<Word>,
}

/// The counts behind each score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Tally {
    pub tokens: Counts,
    pub sentences: Counts,
    pub words: Counts,
    pub upos: Counts,
    pub xpos: Counts,
    pub feats: Counts,
    pub lemma: Counts,
    pub uas: Counts,
    pub las: Counts,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, o: Tally) {
        self.tokens += o.tokens;
        self.sentences += o.sentences;
        self.words += o.words;
        self.upos += o.upos;
        self.xpos += o.xpos;
        self.feats += o.feats;
        self.lemma += o.lemma;
        self.uas += o.uas;
        self.las += o.las;
    }
}

/// Scores our analysis of the same text, and gives the aligned words as (gold, ours).
#[must_use]
pub fn evaluate(gold: &Analysed, ours: &Analysed) -> (Tally, Vec<(usize, usize)>) {
    let pairs = align(&gold.words, &ours.words);
    let mut gold_of = vec![None; ours.words.len()];
    for &(g, o) in &pairs {
        gold_of[o] = Some(g);
    }
    let count = |same: &dyn Fn(&Word, &Word) -> bool| {
        let right = pairs.iter().filter(|&&(g, o)| same(&gold.words[g], &ours.words[o])).count();
        Counts::new(right, gold.words.len(), ours.words.len())
    };
    // A head is right if it is aligned with the gold head; two roots agree.
    let same_head = |g: &Word, o: &Word| match (g.head, o.head) {
        (None, None) => true,
        (Some(g), Some(o)) => gold_of.get(o).copied().flatten() == Some(g),
        _ => false,
    };
    let tally = Tally {
        tokens: same_spans(&gold.tokens, &ours.tokens),
        sentences: same_spans(&gold.sentences, &ours.sentences),
        words: count(&|_, _| true),
        upos: count(&|g, o| g.upos == o.upos),
        xpos: count(&|g, o| g.xpos == o.xpos),
        feats: count(&|g, o| universal(&g.feats) == universal(&o.feats)),
        lemma: count(&|g, o| g.lemma == "_" || g.lemma == o.lemma),
        uas: count(&same_head),
        las: count(&|g, o| same_head(g, o) && main_relation(&g.deprel) == main_relation(&o.deprel)),
    };
    (tally, pairs)
}

/// A relation without its subtype.
#[must_use]
pub fn main_relation(deprel: &str) -> &str {
    deprel.split(':').next().unwrap_or(deprel)
}

/// The universal features, sorted.
fn universal(feats: &str) -> Vec<&str> {
    let name = |f: &str| f.split('=').next().unwrap_or("").to_owned();
    let mut kept: Vec<&str> =
        feats.split('|').filter(|f| UNIVERSAL_FEATURES.contains(&name(f).as_str())).collect();
    kept.sort_unstable();
    kept
}

fn same_spans(gold: &[(usize, usize)], ours: &[(usize, usize)]) -> Counts {
    let (mut i, mut j, mut right) = (0, 0, 0);
    while i < gold.len() && j < ours.len() {
        if ours[j].0 < gold[i].0 {
            j += 1;
        } else if gold[i].0 < ours[j].0 {
            i += 1;
        } else {
            right += usize::from(gold[i].1 == ours[j].1);
            (i, j) = (i + 1, j + 1);
        }
    }
    Counts::new(right, gold.len(), ours.len())
}

fn align(gold: &[Word], ours: &[Word]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut gi, mut si) = (0, 0);
    while gi < gold.len() && si < ours.len() {
        if gold[gi].multiword || ours[si].multiword {
            let (gs, ss);
            (gs, ss, gi, si) = multiword_stretch(gold, ours, gi, si);
            if si > ss && gi > gs {
                align_forms(&gold[gs..gi], &ours[ss..si], |g, s| pairs.push((gs + g, ss + s)));
            }
        } else if gold[gi].span == ours[si].span {
            pairs.push((gi, si));
            (gi, si) = (gi + 1, si + 1);
        } else if gold[gi].span.0 <= ours[si].span.0 {
            gi += 1;
        } else {
            si += 1;
        }
    }
    pairs
}

/// From the multiword token at `gi` or `si`: the words of both sides over the same stretch of characters, as first
/// and one past the last of each side.
fn multiword_stretch(
    gold: &[Word],
    ours: &[Word],
    mut gi: usize,
    mut si: usize,
) -> (usize, usize, usize, usize) {
    let mut end;
    if gold[gi].multiword {
        end = gold[gi].span.1;
        if !ours[si].multiword && ours[si].span.0 < gold[gi].span.0 {
            si += 1;
        }
    } else {
        end = ours[si].span.1;
        if !gold[gi].multiword && gold[gi].span.0 < ours[si].span.0 {
            gi += 1;
        }
    }
    let beyond = |words: &[Word], i: usize, end: usize| match words.get(i) {
        None => true,
        Some(w) if w.multiword => w.span.0 >= end,
        Some(w) => w.span.1 > end,
    };
    let extended = |w: &Word, end: usize| if w.multiword { w.span.1.max(end) } else { end };
    let (gs, ss) = (gi, si);
    while !beyond(gold, gi, end) || !beyond(ours, si, end) {
        if gi < gold.len() && (si >= ours.len() || gold[gi].span.0 <= ours[si].span.0) {
            end = extended(&gold[gi], end);
            gi += 1;
        } else {
            end = extended(&ours[si], end);
            si += 1;
        }
    }
    (gs, ss, gi, si)
}

/// Pairs words of equal form (but for case) along their longest common subsequence.
fn align_forms(gold: &[Word], ours: &[Word], mut pair: impl FnMut(usize, usize)) {
    let forms = |words: &[Word]| words.iter().map(|w| w.form.to_lowercase()).collect::<Vec<_>>();
    let (a, b) = (forms(gold), forms(ours));
    let mut lcs = vec![vec![0; b.len() + 1]; a.len() + 1];
    for g in (0..a.len()).rev() {
        for s in (0..b.len()).rev() {
            lcs[g][s] = if a[g] == b[s] { 1 + lcs[g + 1][s + 1] } else { lcs[g + 1][s].max(lcs[g][s + 1]) };
        }
    }
    let (mut g, mut s) = (0, 0);
    while g < a.len() && s < b.len() {
        if a[g] == b[s] {
            pair(g, s);
            (g, s) = (g + 1, s + 1);
        } else if lcs[g][s] == lcs[g + 1][s] {
            g += 1;
        } else {
            s += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words written `form/head` (head from 1, 0 = root), a multiword token as `(a/1 b/2)`.
    fn analysed(text: &str) -> Analysed {
        let mut a = Analysed::default();
        let (mut at, mut open, mut group) = (0, None, 0);
        for item in text.split_whitespace() {
            if item.starts_with('(') {
                (open, group) = (Some(at), a.words.len());
            }
            let (form, head) = item.trim_matches(['(', ')']).split_once('/').unwrap();
            let len = form.chars().count();
            a.words.push(Word {
                span: (at, at + len),
                form: form.into(),
                head: head.parse::<usize>().unwrap().checked_sub(1),
                deprel: "x:sub".into(),
                lemma: form.to_lowercase(),
                ..Word::default()
            });
            at += len;
            if item.ends_with(')') {
                let span = (open.take().unwrap(), at);
                for w in &mut a.words[group..] {
                    (w.span, w.multiword) = (span, true);
                }
                a.tokens.push(span);
            } else if open.is_none() {
                a.tokens.push((at - len, at));
            }
        }
        a.sentences.push((0, at));
        a
    }

    #[test]
    fn the_same_analysis_is_perfect() {
        let a = analysed("(Do/3 n't/3) go/0 there/3");
        let (t, _) = evaluate(&a, &a);
        assert_eq!((t.tokens.f1(), t.words.f1(), t.uas.f1(), t.las.f1()), (100.0, 100.0, 100.0, 100.0));
    }

    #[test]
    fn words_of_a_multiword_token_are_aligned_by_form_even_if_we_saw_no_multiword_token() {
        let (t, pairs) = evaluate(&analysed("(Do/3 n't/3) go/0"), &analysed("Do/3 n't/3 go/0"));
        assert_eq!(pairs.len(), 3);
        assert_eq!(t.words.f1(), 100.0);
        assert_eq!(t.tokens, Counts::new(1, 2, 3), "but the token don't is not ours");
    }

    #[test]
    fn a_wrong_split_costs_its_words_and_the_heads_that_point_at_them() {
        // gold: New York-based firms; ours splits «York-based»: 2 of gold's 3 and ours 5 words align.
        let (t, pairs) =
            evaluate(&analysed("New/2 York-based/3 firms/0"), &analysed("New/2 York/5 -/4 based/5 firms/0"));
        assert_eq!(pairs, [(0, 0), (2, 4)]);
        assert_eq!(t.words, Counts::new(2, 3, 5));
        assert_eq!(t.uas, Counts::new(1, 3, 5), "only the root: the head of «New» is not aligned");
    }

    #[test]
    fn subtypes_other_features_and_missing_gold_lemmas_do_not_count() {
        let (mut gold, mut ours) = (analysed("He/0"), analysed("He/0"));
        (gold.words[0].deprel, ours.words[0].deprel) = ("nsubj:pass".into(), "nsubj".into());
        (gold.words[0].feats, ours.words[0].feats) =
            ("Number=Sing|Gender=Masc|Style=Coll".into(), "Gender=Masc|Number=Sing".into());
        (gold.words[0].lemma, ours.words[0].lemma) = ("_".into(), "he".into());
        let (t, _) = evaluate(&gold, &ours);
        assert_eq!((t.las.f1(), t.feats.f1(), t.lemma.f1()), (100.0, 100.0, 100.0));
    }
}
