"""Label tables, training sentences as tensors, and changes that make the model robust."""

import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch

import entities
import features
import lemma
import pools
import sentences
import treebank
from treebank import Example

LEFT_OUT = ("whow", "fiction", "reddit")
MASKED = -100
SEED = 20240917


def training_sets(data: Path) -> list[Example]:
    """Everything the model learns from but the sentences of our own, which are others every epoch."""
    banks = data / "treebanks"
    ewt = treebank.read(banks / "en_ewt-ud-train.conllu")
    entities.annotated(ewt, Path(__file__).parent / "annotation" / "ewt.tsv")
    gum = treebank.read(banks / "en_gum-ud-train.conllu", without=LEFT_OUT)
    entities.gum(gum)
    named = entities.wnut(data / "entities" / "wnut17-train.conll")
    named += entities.re3d(data / "entities" / "re3d" / "train.txt")
    named += entities.meantime(data / "meantime")
    return [e for e in ewt + gum + named if 0 < len(e.words) <= 100]


def indexed(tables: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    return {k: {x: i for i, x in enumerate(v)} for k, v in tables.items()}


class Labels:
    """The label tables. Rare feature strings and lemma scripts are dropped: the nearest frequent one is better than
    one seen once."""

    def __init__(self, examples: list[Example]) -> None:
        trees = [e for e in examples if e.upos]
        count = lambda get, least: [  # noqa: E731
            x for x, n in sorted(Counter(v for e in trees for v in get(e)).items(), key=lambda p: (-p[1], p[0]))
            if n >= least
        ]
        self.tables = {
            "upos": count(lambda e: e.upos, 1),
            "xpos": count(lambda e: e.xpos, 1),
            "feats": count(lambda e: e.feats, 3),
            "lemma": count(lambda e: map(lemma.script, e.words, e.lemmas), 3),
            "deprel": count(lambda e: e.deprels, 2),
            "entity": entities.LABELS,
        }
        self.index = indexed(self.tables)

    @classmethod
    def read(cls, path: Path) -> "Labels":
        """The tables of an earlier training."""
        labels = cls.__new__(cls)
        labels.tables = json.loads(path.read_text(encoding="utf-8"))
        labels.index = indexed(labels.tables)
        return labels

    def sizes(self) -> dict[str, int]:
        return {k: len(v) for k, v in self.tables.items()}

    def of(self, table: str, values: list[str | None] | None, n: int) -> list[int]:
        if values is None:
            return [MASKED] * n
        index = self.index[table]
        return [index.get(v, MASKED) if v is not None else MASKED for v in values]


class Thesaurus:
    """The words of the treebanks by fine part of speech and letter case, to put in place of one another: what a teacher
    makes of the sentences then is learned from words and names in places where no set has them."""

    KINDS = ("NN", "NNS", "NNP", "VB", "VBD", "VBG", "VBN", "VBZ", "VBP", "JJ", "RB")
    SHARE = 0.3  # of the words of these kinds

    def __init__(self, examples: list[Example]) -> None:
        counts: Counter[tuple[str, bool, str]] = Counter()
        for e in examples:
            for word, tag in zip(e.words, e.xpos or []):
                if tag in self.KINDS and word.isalpha():
                    counts[tag, word[0].isupper(), word] += 1
        self.words: dict[tuple[str, bool], list[str]] = {}
        for (tag, upper, word), _ in sorted(counts.items()):
            self.words.setdefault((tag, upper), []).append(word)

    def changed(self, e: Example, chance: random.Random) -> Example:
        """The sentence with other words of the same kinds; only its parts of speech are certain then."""
        words, feats = list(e.words), list(e.feats or [])
        for i, tag in enumerate(e.xpos or []):
            if tag in self.KINDS and words[i].isalpha() and chance.random() < self.SHARE:
                words[i] = chance.choice(self.words[tag, words[i][0].isupper()])
        return Example(words=words, upos=e.upos, xpos=e.xpos, feats=feats)


RENAMED = 0.3


def renamed(e: Example, chance: random.Random) -> tuple[list[str], list[str] | None]:
    """Words and lemmas with some of the people and places named otherwise."""
    words, lemmas = list(e.words), e.lemmas and list(e.lemmas)
    for a, b, kind in entities.spans(e.entities or []):
        if kind not in ("PER", "LOC") or chance.random() > RENAMED or lemmas and lemmas[a:b] != words[a:b]:
            continue
        new = pools.other(words[a:b], kind, chance)
        if new:
            words[a:b] = new
            if lemmas:
                lemmas[a:b] = new
    return words, lemmas


def varied(e: Example, chance: random.Random) -> Example:
    """The sentence with other names and in another dress: headline, all capitals, no capitals, no full stop."""
    words, lemmas = renamed(e, chance)
    cut = len(words)
    if e.heads and cut > 3 and e.upos[-1] == "PUNCT" and cut not in e.heads and chance.random() < 0.12:
        cut -= 1
    elif not e.heads and cut > 3 and words[-1] == "." and chance.random() < 0.12:
        cut -= 1
    dice = chance.random()
    if dice < 0.04:
        words = [w.lower() for w in words]
    elif dice < 0.07:
        words = [w.upper() for w in words]
    elif dice < 0.11:
        words = [w[:1].upper() + w[1:] if len(w) > 3 or i == 0 else w for i, w in enumerate(words)]
    part = lambda x: None if x is None else x[:cut]  # noqa: E731
    return Example(
        words=words[:cut], upos=part(e.upos), xpos=part(e.xpos), feats=part(e.feats), lemmas=part(lemmas),
        heads=part(e.heads), deprels=part(e.deprels), entities=part(e.entities),
    )


@dataclass
class Turns:
    """What an epoch shows."""

    examples: list[Example]
    labels: Labels
    batch: int
    changed: float  # share of sentences shown once more with other words, for a teacher to judge

    def __post_init__(self) -> None:
        self.pieces = features.Pieces()
        self.thesaurus = Thesaurus(self.examples)

    def __call__(self, turn: int) -> list[dict[str, torch.Tensor]]:
        chance = random.Random(SEED + turn)
        shown = [varied(e, chance) for e in self.examples + sentences.generated(training=True, turn=turn)]
        for e in self.examples:
            if e.xpos and chance.random() < self.changed:
                shown.append(self.thesaurus.changed(e, chance))
        rows = [encoded(e, self.pieces, self.labels, chance) for e in shown]
        return [batch(group) for group in batches(rows, self.batch, chance)]


def encoded(e: Example, pieces: features.Pieces, labels: Labels, chance: random.Random | None = None) -> dict:
    """A sentence as numbers."""
    n = len(e.words)
    ids, word_of = [pieces.cls], [0]
    for i, w in enumerate(e.words):
        of = pieces.of(w)
        if chance and chance.random() < 0.02:
            of = [pieces.unk]
        ids += of
        word_of += [i + 1] * len(of)
    out = {
        "ids": [*ids, pieces.sep],
        "word_of": word_of,
        "shape": [features.shape(w) for w in e.words],
        "suffix": [features.suffix(w) for w in e.words],
        "style": features.styles(e.words),
        "heads": e.heads if e.heads else [MASKED] * n,
    }
    for name, values in (
        ("upos", e.upos), ("xpos", e.xpos), ("feats", e.feats), ("deprel", e.deprels), ("entity", e.entities),
        ("lemma", e.lemmas and list(map(lemma.script, e.words, e.lemmas))),
    ):
        out[name] = labels.of(name, values, n)
    return out


def batch(rows: list[dict]) -> dict[str, torch.Tensor]:
    """Pads sentences to one length. Numbers of 16 bits; `on` widens them."""
    pieces = max(len(r["ids"]) for r in rows)
    words = max(len(r["shape"]) for r in rows)
    pad = lambda key, size, value: torch.tensor([r[key] + [value] * (size - len(r[key])) for r in rows], dtype=torch.int16)  # noqa: E731
    out = {"ids": pad("ids", pieces, 0), "word_of": pad("word_of", pieces, words + 1)}
    for key in ("shape", "suffix", "style"):
        out[key] = pad(key, words, 0)
    out["real"] = torch.tensor([[True] * len(r["shape"]) + [False] * (words - len(r["shape"])) for r in rows])
    for key in ("heads", "upos", "xpos", "feats", "lemma", "deprel", "entity"):
        out[key] = pad(key, words, MASKED)
    return out


def on(device: torch.device, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {
        k: v.to(device, torch.bool if v.dtype == torch.bool else torch.int64, non_blocking=True)
        for k, v in batch.items()
    }


def batches(rows: list[dict], words: int, chance: random.Random | None = None) -> list[list[dict]]:
    """Groups sentences of like length, about `words` words together."""
    key = (lambda r: len(r["ids"]) + chance.random() * 3) if chance else (lambda r: len(r["ids"]))
    rows = sorted(rows, key=key)
    out, now, longest = [], [], 0
    for r in rows:
        longest = max(longest, len(r["ids"]))
        if now and longest * (len(now) + 1) > words:
            out.append(now)
            now, longest = [], len(r["ids"])
        now.append(r)
    if now:
        out.append(now)
    if chance:
        chance.shuffle(out)
    return out
