//! Words to tags, lemmas, trees and names: the trained layers and their heads.

use std::ops::Range;

use record::{Deed, Entity, EntityKind, Participant, Sentence, Upos};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_vecmath::Gelu;

use crate::deeds::Deeds;
use crate::encoder::{Embedding, Layer, Work};
use crate::features::features;
use crate::kernels::{MIXES, Pool, WIDTH};
use crate::lemma::Script;
use crate::linear::Linear;
use crate::names::Names;
use crate::participants::{Pair, Participants, Tree};
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
    pub(crate) participants: Vec<Participant>,
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
    pub(crate) deed: Deed,
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
    /// One that sees a sentence alone, one that sees its neighbours too; their mean counts.
    deeds: [(Deeds, Participants); 2],
    tree: Vec<f32>,
    arc_dep: Linear,
    arc_head: Linear,
    arc: Linear,
    arc_bias: Vec<f32>,
    label_dep: Linear,
    label_head: Linear,
    label: Linear,
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

/// What the heads for deeds read, of the sentences of a passage.
#[derive(Default)]
struct About {
    /// Of each head, what its layer reads and what it reads beside that.
    input: [Vec<f32>; 2],
    rows: [Vec<f32>; 2],
    /// Sentence and number of its first word, of each part.
    parts: Vec<(usize, usize)>,
    /// Rows of each part.
    lengths: Vec<usize>,
}

/// A part of a sentence that is read at once.
struct Part<'a> {
    sentence: usize,
    words: &'a [&'a str],
    /// Pieces of each word, all in `ids`.
    counts: Vec<usize>,
    ids: Vec<u32>,
}

impl Analysis {
    /// What an analysed sentence and its entities came from; `None` if an entity does not lie on its words.
    pub(crate) fn of(sentence: &Sentence, entities: &[Entity]) -> Option<Analysis> {
        let tokens = &sentence.tokens;
        let words = tokens.iter().map(|t| Word {
            lemma: t.lemma.clone(),
            upos: t.upos,
            xpos: t.xpos,
            feats: t.feats,
            head: t.head,
            deprel: t.deprel,
            deed: t.deed.unwrap_or(Deed::NONE),
        });
        let span = |e: &Entity| {
            let first = tokens.iter().position(|t| t.range.start() == e.range.start())?;
            let last = tokens.iter().position(|t| t.range.end() == e.range.end())?;
            (first <= last).then_some((first, last + 1, e.kind))
        };
        let entities = entities.iter().map(span).collect::<Option<_>>()?;
        Some(Analysis { words: words.collect(), entities, participants: sentence.participants.clone() })
    }
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
    pub(crate) fn new(weights: &Weights, deeds: [&Weights; 2]) -> Analyser {
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
            deeds: deeds.map(|weights| (Deeds::new(weights), Participants::new(weights))),
            tree: weights.floats("mix.tree"),
            arc_dep: linear("arc_dep"),
            arc_head: linear("arc_head"),
            arc: linear("arc"),
            arc_bias: weights.floats("arc_bias"),
            label_dep: linear("label_dep"),
            label_head: linear("label_head"),
            label: linear("label"),
            labels: Labels {
                upos: weights.strings("labels.upos").iter().map(|u| u.parse().unwrap_or(Upos::X)).collect(),
                xpos: weights.strings("labels.xpos"),
                feats: weights.strings("labels.feats"),
                lemma: weights.strings("labels.lemma").into_iter().map(Script::read).collect(),
                root: deprel.iter().position(|&d| d == "root").unwrap_or(0),
                deprel,
                names: Names::new(
                    &weights.strings("labels.entity"),
                    weights.floats("entity.steps"),
                    weights.floats("entity.starts"),
                ),
            },
        }
    }

    /// Analyses sentences that stand one behind the other, given as their words. What is known of the deeds of the first two
    /// and the last two is only right where the report begins or ends with them: of `own` the answers are given.
    pub(crate) fn analyse(
        &self,
        base: &Base,
        sentences: &[Vec<&str>],
        own: Range<usize>,
    ) -> impl Iterator<Item = Analysis> {
        let mut out = vec![Analysis::default(); sentences.len()];
        let mut about = About::default();
        let mut work = Work::default();
        let mut batch: Vec<Part> = Vec::new();
        let mut rows = 0;
        let longest = base.embedding.longest() - 2;
        for part in sentences.iter().enumerate().flat_map(|(i, words)| parts(base, i, words, longest)) {
            if rows + part.ids.len() > ROWS && !batch.is_empty() {
                self.run(base, &mut work, &batch, &mut out, &mut about);
                batch.clear();
                rows = 0;
            }
            rows += part.ids.len();
            batch.push(part);
        }
        self.run(base, &mut work, &batch, &mut out, &mut about);
        self.add_deeds(&mut work, sentences, &mut out, about);
        out.into_iter().take(own.end).skip(own.start)
    }

    /// Runs the encoder; hands the rows of each layer to `each`.
    fn encode(&self, base: &Base, work: &mut Work, parts: &[Part], mut each: impl FnMut(usize, &[f32])) {
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
        for layer in 0..=self.layers.len() {
            if let Some(i) = layer.checked_sub(1) {
                self.layers[i].apply(work, &mut x, &lengths);
            }
            each(layer, &x);
        }
    }

    /// For training: see [`crate::Language::word_vectors`].
    pub(crate) fn word_vectors(&self, base: &Base, words: &[&str]) -> Vec<Vec<f32>> {
        let parts = parts(base, 0, words, base.embedding.longest() - 2);
        let parts = parts.get(..1).unwrap_or_default();
        let rows = parts.iter().map(|p| p.words.len() + 1).sum::<usize>();
        let mut out = vec![Vec::new(); rows];
        self.encode(base, &mut Work::default(), parts, |_, x| {
            let mut mixed = [(); MIXES].map(|()| vec![0.0; rows * WIDTH]);
            pool(parts, x, std::array::from_fn(|i| if i == 0 { 1.0 } else { 0.0 }), &mut mixed);
            for (row, out) in mixed[0].chunks_exact(WIDTH).zip(&mut out) {
                out.extend_from_slice(row);
            }
        });
        out
    }

    fn run(&self, base: &Base, work: &mut Work, parts: &[Part], out: &mut [Analysis], about: &mut About) {
        let rows: usize = parts.iter().map(|p| p.words.len() + 1).sum();
        let [(a, _), (b, _)] = &self.deeds;
        let mixes = [&self.tags.mix, &self.ner.mix, &self.tree, &a.input, &a.mix, &b.input, &b.mix];
        let mut mixed = [(); MIXES].map(|()| vec![0.0; rows * WIDTH]);
        self.encode(base, work, parts, |layer, x| pool(parts, x, mixes.map(|m| m[layer]), &mut mixed));
        let [tags, names, tree, deeds @ ..] = mixed;
        for (i, mixed) in deeds.iter().enumerate() {
            let to = if i % 2 == 0 { &mut about.input[i / 2] } else { &mut about.rows[i / 2] };
            to.extend_from_slice(mixed);
        }

        let mut hidden = Vec::new();
        let [mut upos, mut xpos, mut feats, mut lemma, mut entity] = [(); 5].map(|()| Vec::new());
        self.tags.linear.gelu(&mut work.products, &tags, &mut hidden);
        work.products.take(&hidden, self.upos.inputs());
        self.upos.product(&mut work.products, &mut upos);
        self.xpos.product(&mut work.products, &mut xpos);
        self.feats.product(&mut work.products, &mut feats);
        self.lemma.product(&mut work.products, &mut lemma);
        self.ner.linear.gelu(&mut work.products, &names, &mut hidden);
        self.entity.apply(&mut work.products, &hidden, &mut entity);
        let heads = self.heads(work, &tree, parts);
        let relations = self.relations(work, &tree, &heads);

        let (mut start, mut of) = (0, 0);
        for part in parts {
            let analysis = &mut out[part.sentence];
            let n = part.words.len();
            let offset = analysis.words.len();
            let top = analysis.words.iter().position(|w| w.head == 0);
            for (i, &form) in part.words.iter().enumerate() {
                let row = start + 1 + i;
                let head = heads[of + i].1 - start;
                let deprel = match (head, top) {
                    (0, None) => "root",
                    (0, Some(_)) => "parataxis",
                    _ => self.labels.deprel[relations[of + i]],
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
                    deed: Deed::NONE,
                });
            }
            let outputs = self.entity.outputs();
            let scores = &entity[(start + 1) * outputs..(start + 1 + n) * outputs];
            let found = self.labels.names.find(scores);
            let head = |i: usize| (heads[of + i].1 - start).checked_sub(1);
            for (i, &(a, mut b, kind)) in found.iter().enumerate() {
                let free = found.get(i + 1).is_none_or(|next| next.0 > b);
                // "the Marlow Hotel's garden": what is possessed and has no capital is no part of the name.
                let small = |w: &&str| w.starts_with(char::is_lowercase);
                let possessive = (a + 1..b).find(|&i| matches!(part.words[i], "'s" | "’s"));
                if let Some(s) = possessive
                    && s + 1 < b
                    && part.words[s + 1..b].iter().all(small)
                {
                    b = s;
                }
                if kind == EntityKind::Fac && free && matches!(part.words.get(b), Some(&("'s" | "’s" | "s")))
                {
                    // "Dinner at Wendy's": a possessive that possesses nothing belongs to the name.
                    let top = (a..b).find(|&i| head(i).is_none_or(|h| !(a..b).contains(&h))).unwrap_or(a);
                    let possesses = analysis.words[offset + top].deprel == "nmod:poss" && head(top) > Some(b);
                    b += usize::from(!possesses);
                }
                analysis.entities.push((a + offset, b + offset, kind));
            }
            about.parts.push((part.sentence, offset));
            about.lengths.push(n + 1);
            start += n + 1;
            of += n;
        }
    }

    /// Adds which words name deeds and who has a part in them.
    fn add_deeds(&self, work: &mut Work, sentences: &[Vec<&str>], out: &mut [Analysis], mut about: About) {
        let mut shares = Vec::new();
        for ((head, _), (input, rows)) in self.deeds.iter().zip(about.input.iter_mut().zip(&mut about.rows)) {
            let own = head.find(work, input, rows, &about.lengths);
            shares.resize(own.len(), 0.0);
            shares.iter_mut().zip(own).for_each(|(sum, x)| *sum += x / 2.0);
        }
        let mut start = 0;
        let (head, _) = &self.deeds[0];
        for (&(sentence, offset), &length) in about.parts.iter().zip(&about.lengths) {
            let words = &mut out[sentence].words[offset..offset + length - 1];
            for (i, word) in words.iter_mut().enumerate() {
                word.deed = head.judge(at(&shares, start + 1 + i, head.outputs()));
            }
            start += length;
        }
        let tree = |(&(sentence, offset), &length): (&(usize, usize), &usize)| {
            let words = offset..offset + length - 1;
            Tree::new(sentence, &out[sentence].words[words.clone()], &sentences[sentence][words], offset)
        };
        let trees: Vec<Tree> = about.parts.iter().zip(&about.lengths).map(tree).collect();
        let pairs = Pair::all(&trees, 1);
        let mut shares = vec![[0.0; 4]; pairs.len()];
        for ((head, participants), rows) in self.deeds.iter().zip(&about.rows) {
            // Words of another sentence are judged by the head that sees it.
            let is_asked = |pair: &Pair| pair.beside == 0 || head.looks_beside();
            let asked: Vec<&Pair> = pairs.iter().filter(|pair| is_asked(pair)).collect();
            let own = participants.find(&mut work.products, rows, &asked);
            let asked = pairs.iter().zip(&mut shares).filter(|(pair, _)| is_asked(pair));
            for ((pair, sum), own) in asked.zip(own) {
                let part = if pair.beside == 0 { 0.5 } else { 1.0 };
                sum.iter_mut().zip(own).for_each(|(sum, x)| *sum += x * part);
            }
        }
        for (pair, shares) in pairs.iter().zip(shares) {
            out[about.parts[pair.of].0].participants.extend(pair.judge(shares));
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

    /// The row of each word and of its head; the row of a part's start piece stands for the root.
    fn heads(&self, work: &mut Work, tree: &[f32], parts: &[Part]) -> Vec<(usize, usize)> {
        let [mut hidden, mut deps, mut heads] = [(); 3].map(|()| Vec::new());
        work.products.take(tree, WIDTH);
        self.arc_head.product(&mut work.products, &mut heads);
        self.arc_dep.product(&mut work.products, &mut hidden);
        Gelu {}.map_mut(&mut heads);
        Gelu {}.map_mut(&mut hidden);
        self.arc.apply(&mut work.products, &hidden, &mut deps);
        // The bias of a head is the same for each dependent: added once to all of them.
        let width = self.arc_bias.len();
        for row in deps.chunks_exact_mut(width) {
            for (x, b) in row.iter_mut().zip(&self.arc_bias) {
                *x += b;
            }
        }
        let mut out = Vec::new();
        let mut start = 0;
        for part in parts {
            let (first, end) = ((start + 1) * width, (start + 1 + part.words.len()) * width);
            let scores = work.dot(&deps[first..end], &heads[start * width..end], width);
            let found = tree::heads(&scores, part.words.len());
            out.extend(found.into_iter().enumerate().map(|(i, head)| (start + 1 + i, start + head)));
            start += part.words.len() + 1;
        }
        out
    }

    /// For each pair of rows, dependent and head, the best relation other than the root's.
    fn relations(&self, work: &mut Work, tree: &[f32], pairs: &[(usize, usize)]) -> Vec<usize> {
        let [mut deps, mut heads, mut scores] = [(); 3].map(|()| Vec::new());
        work.products.take(tree, WIDTH);
        self.label_dep.product(&mut work.products, &mut deps);
        self.label_head.product(&mut work.products, &mut heads);
        let width = self.label_dep.outputs();
        let mut hidden = Vec::with_capacity(pairs.len() * width);
        for &(dep, head) in pairs {
            hidden.extend(at(&deps, dep, width).iter().zip(at(&heads, head, width)).map(|(a, b)| a + b));
        }
        Gelu {}.map_mut(&mut hidden);
        self.label.apply(&mut work.products, &hidden, &mut scores);
        let choose = |row: &mut [f32]| {
            row[self.labels.root] = f32::MIN;
            best(row)
        };
        scores.chunks_exact_mut(self.label.outputs()).map(choose).collect()
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
fn pool(parts: &[Part], x: &[f32], weights: [f32; MIXES], mixes: &mut [Vec<f32>; MIXES]) {
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
pub(crate) fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = i;
        }
    }
    best
}
