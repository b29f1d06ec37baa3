//! Words to tags, lemmas, trees and names: the trained layers and their heads.

use record::{EntityKind, Upos};
use rten_simd::SimdOp;

use crate::encoder::{Embedding, Layer, Work};
use crate::features::features;
use crate::kernels::{Dots, Pool, WIDTH};
use crate::lemma::Script;
use crate::linear::Linear;
use crate::names::Names;
use crate::pieces::Pieces;
use crate::tree;
use crate::weights::{Table, Weights};

/// Words at once in one tree. A longer "sentence" is no sentence: it is read in parts, whose trees hang on the first.
const WORDS: usize = 160;
/// Pieces at once; small enough for the caches.
const ROWS: usize = 128;

/// What a sentence's words alone decide; ranges and texts are the caller's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Analysis {
    pub(crate) words: Vec<Word>,
    /// First word, one past the last, kind.
    pub(crate) entities: Vec<(usize, usize, EntityKind)>,
}

/// One word, analysed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) lemma: String,
    pub(crate) upos: Upos,
    pub(crate) xpos: &'static str,
    pub(crate) feats: &'static str,
    pub(crate) head: u32,
    pub(crate) deprel: &'static str,
}

/// The pretrained part, shared with the sentence vectors.
pub(crate) struct Base {
    pub(crate) pieces: Pieces,
    pub(crate) embedding: Embedding,
    pub(crate) first: Layer,
}

/// The trained part.
pub(crate) struct Analyser {
    layers: Vec<Layer>,
    shape: Table,
    suffix: Table,
    style: Table,
    tags: Head,
    upos: Linear,
    xpos: Linear,
    feats: Linear,
    lemma: Linear,
    ner: Head,
    entity: Linear,
    tree: Vec<f32>,
    arc_dep: Linear,
    arc_head: Linear,
    arc: Linear,
    arc_bias: Vec<f32>,
    label_dep: Linear,
    label_head: Linear,
    label: Linear,
    label_from_dep: Linear,
    label_from_head: Linear,
    labels: Labels,
}

/// A mean of the layers and what is made of it.
struct Head {
    mix: Vec<f32>,
    linear: Linear,
}

struct Labels {
    upos: Vec<Upos>,
    xpos: Vec<&'static str>,
    feats: Vec<&'static str>,
    lemma: Vec<Option<Script>>,
    deprel: Vec<&'static str>,
    root: usize,
    names: Names,
}

/// A part of a sentence that is read at once.
struct Part<'a> {
    sentence: usize,
    words: &'a [&'a str],
    /// Pieces of each word, all in `ids`.
    counts: Vec<usize>,
    ids: Vec<u32>,
}

impl Base {
    pub(crate) fn new(weights: &Weights) -> Base {
        Base {
            pieces: Pieces::new(&weights.strings("vocabulary")),
            embedding: Embedding::new(weights),
            first: Layer::new(weights, "0"),
        }
    }
}

impl Analyser {
    pub(crate) fn new(weights: &Weights) -> Analyser {
        let linear = |name: &str| Linear::new(weights, name);
        let head =
            |mix: &str, name: &str| Head { mix: weights.floats(&format!("mix.{mix}")), linear: linear(name) };
        let deprel = weights.strings("labels.deprel");
        let tags = head("tag", "tag");
        Analyser {
            layers: (1..tags.mix.len()).map(|i| Layer::new(weights, &i.to_string())).collect(),
            shape: weights.table("shape"),
            suffix: weights.table("suffix"),
            style: weights.table("style"),
            tags,
            upos: linear("upos"),
            xpos: linear("xpos"),
            feats: linear("feats"),
            lemma: linear("lemma"),
            ner: head("ner", "ner"),
            entity: linear("entity"),
            tree: weights.floats("mix.tree"),
            arc_dep: linear("arc_dep"),
            arc_head: linear("arc_head"),
            arc: linear("arc"),
            arc_bias: weights.floats("arc_bias"),
            label_dep: linear("label_dep"),
            label_head: linear("label_head"),
            label: linear("label"),
            label_from_dep: linear("label_from_dep"),
            label_from_head: linear("label_from_head"),
            labels: Labels {
                upos: weights.strings("labels.upos").iter().map(|u| u.parse().unwrap_or(Upos::X)).collect(),
                xpos: weights.strings("labels.xpos"),
                feats: weights.strings("labels.feats"),
                lemma: weights.strings("labels.lemma").into_iter().map(Script::read).collect(),
                root: deprel.iter().position(|&d| d == "root").unwrap_or(0),
                deprel,
                names: Names::new(&weights.strings("labels.entity")),
            },
        }
    }

    /// Analyses sentences, given as their words.
    pub(crate) fn analyse(&self, base: &Base, sentences: &[Vec<&str>]) -> Vec<Analysis> {
        let mut out = vec![Analysis::default(); sentences.len()];
        let mut work = Work::default();
        let mut batch: Vec<Part> = Vec::new();
        let mut rows = 0;
        let longest = base.embedding.longest() - 2;
        for part in sentences.iter().enumerate().flat_map(|(i, words)| parts(base, i, words, longest)) {
            if rows + part.ids.len() > ROWS && !batch.is_empty() {
                self.run(base, &mut work, &batch, &mut out);
                batch.clear();
                rows = 0;
            }
            rows += part.ids.len();
            batch.push(part);
        }
        self.run(base, &mut work, &batch, &mut out);
        out
    }

    fn run(&self, base: &Base, work: &mut Work, parts: &[Part], out: &mut [Analysis]) {
        let mut ids = Vec::new();
        let mut lengths = Vec::new();
        for part in parts {
            ids.push(base.pieces.start);
            ids.extend(&part.ids);
            ids.push(base.pieces.end);
            lengths.push(part.ids.len() + 2);
        }
        let mut x = base.embedding.rows(&ids, &lengths);
        base.first.apply(work, &mut x, &lengths);
        self.add_features(parts, &mut x);
        let rows: usize = parts.iter().map(|p| p.words.len() + 1).sum();
        let mixes = [&self.tags.mix, &self.ner.mix, &self.tree];
        let mut mixed = [(); 3].map(|()| vec![0.0; rows * WIDTH]);
        for layer in 0..=self.layers.len() {
            if let Some(i) = layer.checked_sub(1) {
                self.layers[i].apply(work, &mut x, &lengths);
            }
            pool(parts, &x, mixes.map(|m| m[layer]), &mut mixed);
        }
        let [tags, names, tree] = mixed;

        let mut hidden = Vec::new();
        let [mut upos, mut xpos, mut feats, mut lemma, mut entity] = [(); 5].map(|()| Vec::new());
        self.tags.linear.gelu(&mut work.products, &tags, &mut hidden);
        self.upos.apply(&mut work.products, &hidden, &mut upos);
        self.xpos.apply(&mut work.products, &hidden, &mut xpos);
        self.feats.apply(&mut work.products, &hidden, &mut feats);
        self.lemma.apply(&mut work.products, &hidden, &mut lemma);
        self.ner.linear.gelu(&mut work.products, &names, &mut hidden);
        self.entity.apply(&mut work.products, &hidden, &mut entity);

        let arcs = self.arcs(work, &tree);
        let relations = self.relations(work, &tree);
        let mut start = 0;
        for part in parts {
            let analysis = &mut out[part.sentence];
            let n = part.words.len();
            let scores = arcs.scores(work, start, n);
            let heads = tree::heads(&scores, n);
            let offset = analysis.words.len();
            let top = analysis.words.iter().position(|w| w.head == 0);
            for (i, (&form, &head)) in part.words.iter().zip(&heads).enumerate() {
                let row = start + 1 + i;
                let deprel = match (head, top) {
                    (0, None) => "root",
                    (0, Some(_)) => "parataxis",
                    _ => self.labels.deprel[relations.best(row, start + head, self.labels.root)],
                };
                let head = match (head, top) {
                    (0, None) => 0,
                    (0, Some(top)) => top + 1,
                    (head, _) => head + offset,
                };
                analysis.words.push(Word {
                    lemma: self.labels.lemma(&base.pieces, form, at(&lemma, row, self.lemma.outputs())),
                    upos: self.labels.upos[best(at(&upos, row, self.upos.outputs()))],
                    xpos: self.labels.xpos[best(at(&xpos, row, self.xpos.outputs()))],
                    feats: self.labels.feats[best(at(&feats, row, self.feats.outputs()))],
                    head: u32::try_from(head).unwrap_or(0),
                    deprel,
                });
            }
            let outputs = self.entity.outputs();
            let scores = &entity[(start + 1) * outputs..(start + 1 + n) * outputs];
            let found = self.labels.names.find(scores);
            analysis.entities.extend(found.into_iter().map(|(a, b, kind)| (a + offset, b + offset, kind)));
            start += n + 1;
        }
    }

    /// Adds what the pieces do not tell to the rows of each word.
    fn add_features(&self, parts: &[Part], x: &mut [f32]) {
        let mut rows = x.chunks_exact_mut(WIDTH);
        for part in parts {
            rows.next();
            for (feature, &count) in features(part.words).iter().zip(&part.counts) {
                for row in rows.by_ref().take(count) {
                    self.shape.add(feature.shape, row);
                    self.suffix.add(feature.suffix, row);
                    self.style.add(feature.style, row);
                }
            }
            rows.next();
        }
    }

    fn arcs(&self, work: &mut Work, tree: &[f32]) -> Arcs {
        let [mut hidden, mut deps, mut heads] = [(); 3].map(|()| Vec::new());
        self.arc_dep.gelu(&mut work.products, tree, &mut hidden);
        self.arc.apply(&mut work.products, &hidden, &mut deps);
        self.arc_head.gelu(&mut work.products, tree, &mut heads);
        // The bias of a head is the same for each dependent: added once to all of them.
        for row in deps.chunks_exact_mut(self.arc_bias.len()) {
            for (x, b) in row.iter_mut().zip(&self.arc_bias) {
                *x += b;
            }
        }
        Arcs { deps, heads, width: self.arc_bias.len() }
    }

    fn relations(&self, work: &mut Work, tree: &[f32]) -> Relations {
        let [mut hidden, mut pairs, mut heads, mut from_dep, mut from_head] = [(); 5].map(|()| Vec::new());
        self.label_dep.gelu(&mut work.products, tree, &mut hidden);
        self.label.apply(&mut work.products, &hidden, &mut pairs);
        self.label_from_dep.apply(&mut work.products, &hidden, &mut from_dep);
        self.label_head.gelu(&mut work.products, tree, &mut heads);
        self.label_from_head.apply(&mut work.products, &heads, &mut from_head);
        Relations {
            pairs,
            heads,
            from_dep,
            from_head,
            width: self.label_head.outputs(),
            count: self.labels.deprel.len(),
        }
    }
}

/// Vectors of words as dependents and as heads; a dot product scores the pair.
struct Arcs {
    deps: Vec<f32>,
    heads: Vec<f32>,
    width: usize,
}

impl Arcs {
    /// Scores of the `n` words behind the root row `start`, each against the root and each other.
    fn scores(&self, work: &mut Work, start: usize, n: usize) -> Vec<f32> {
        let deps = &self.deps[(start + 1) * self.width..(start + 1 + n) * self.width];
        let heads = &self.heads[start * self.width..(start + 1 + n) * self.width];
        work.dot(deps, heads, self.width)
    }
}

/// What the relation between two words is chosen from.
struct Relations {
    pairs: Vec<f32>,
    heads: Vec<f32>,
    from_dep: Vec<f32>,
    from_head: Vec<f32>,
    width: usize,
    count: usize,
}

impl Relations {
    /// Index of the best relation, not `without`, of row `dep` to row `head`.
    fn best(&self, dep: usize, head: usize, without: usize) -> usize {
        let vector = at(&self.heads, head, self.width);
        let pairs = at(&self.pairs, dep, self.width * self.count);
        let (from_dep, from_head) =
            (at(&self.from_dep, dep, self.count), at(&self.from_head, head, self.count));
        let mut scores = Vec::with_capacity(self.count);
        Dots { rows: pairs, vector, to: &mut scores }.dispatch();
        for (score, (a, b)) in scores.iter_mut().zip(from_dep.iter().zip(from_head)) {
            *score += a + b;
        }
        scores[without] = f32::MIN;
        best(&scores)
    }
}

impl Labels {
    /// The lemma by the best script that fits the form; where that makes a new word which the vocabulary does not
    /// know ("clashe"), by one nearly as good that makes one it knows ("clash").
    fn lemma(&self, pieces: &Pieces, form: &str, scores: &[f32]) -> String {
        /// How much less a script may score; tuned on EWT's development set, where it is worth 0.3 points.
        const NEAR: f32 = 5.0;
        let top = best(scores);
        let lower = form.to_lowercase();
        let lemma = self.lemma[top].and_then(|s| s.apply(form));
        if let Some(lemma) = &lemma {
            let low = lemma.to_lowercase();
            if low == lower || pieces.is_word(&low) {
                return lemma.clone();
            }
        }
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        let known = order.iter().take_while(|&&i| scores[top] - scores[i] < NEAR).find_map(|&i| {
            let lemma = self.lemma[i]?.apply(form)?;
            let low = lemma.to_lowercase();
            (low != lower && pieces.is_word(&low)).then_some(lemma)
        });
        known
            .or(lemma)
            .or_else(|| order.iter().find_map(|&i| self.lemma[i]?.apply(form)))
            .unwrap_or_else(|| form.to_owned())
    }
}

/// Cuts a sentence where it is too long, in words or in pieces.
fn parts<'a>(base: &Base, sentence: usize, words: &'a [&'a str], longest: usize) -> Vec<Part<'a>> {
    let mut out = Vec::new();
    let mut part = Part { sentence, words: &[], counts: Vec::new(), ids: Vec::new() };
    let mut start = 0;
    let mut ids = Vec::new();
    for (i, word) in words.iter().enumerate() {
        ids.clear();
        base.pieces.of(word, &mut ids);
        if i - start == WORDS || part.ids.len() + ids.len() > longest {
            part.words = &words[start..i];
            out.push(std::mem::replace(
                &mut part,
                Part { sentence, words: &[], counts: Vec::new(), ids: Vec::new() },
            ));
            start = i;
        }
        part.counts.push(ids.len());
        part.ids.append(&mut ids);
    }
    part.words = &words[start..];
    if !part.words.is_empty() {
        out.push(part);
    }
    out
}

/// Adds the mean of each word's rows, times a weight, to each of the mixes. Row 0 of a part is its start piece.
fn pool(parts: &[Part], x: &[f32], weights: [f32; 3], mixes: &mut [Vec<f32>; 3]) {
    let (mut from, mut to) = (0, 0);
    for part in parts {
        for count in std::iter::once(1).chain(part.counts.iter().copied()) {
            let rows = &x[from..from + count * WIDTH];
            let mixes = mixes.each_mut().map(|mix| &mut mix[to..to + WIDTH]);
            Pool { rows, weights, mixes }.dispatch();
            from += count * WIDTH;
            to += WIDTH;
        }
        from += WIDTH;
    }
}

/// Row `index` of rows of `width`.
fn at(x: &[f32], index: usize, width: usize) -> &[f32] {
    &x[index * width..(index + 1) * width]
}

/// Index of the first of the greatest.
fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = i;
        }
    }
    best
}
