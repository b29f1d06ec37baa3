"""Trains the entity head once more, on what the finished engine makes of the sentences, and puts it into the weights:

    python names.py --data ../../shared/data --to ../crates/language/model

Run it behind `export.py`. The encoder stays as it is, so that tags and trees keep their bits. The loss is that of whole
sequences of labels (a conditional random field), in which a word whose label is unsure may have any; so what it counts
where one label stands behind another is learned too, and decoding has no constant to choose. The vectors of words come
from the Rust engine in 8 bits (`cargo run -p language --example word_vectors`). Two passes take four minutes of a core
and 4 GB of disk.
"""

import argparse
import random
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import data
import entities
import pools
import sentences
import treebank
from export import Writer
from model import DEPTH, NER, WIDTH
from treebank import Example

SEED = 1
LABELS = entities.LABELS
NEVER = -1e4
ROOT = Path(__file__).resolve().parent.parent


def examples(folder: Path) -> list[Example]:
    """All sentences with entities, and once more those of the sets with other names and in another dress."""
    banks = folder / "treebanks"
    ewt = treebank.read(banks / "en_ewt-ud-train.conllu")
    entities.annotated(ewt, Path(__file__).parent / "annotation" / "ewt.tsv")
    gum = treebank.read(banks / "en_gum-ud-train.conllu", without=data.LEFT_OUT)
    entities.gum(gum)
    sets = ewt + gum + entities.wnut(folder / "entities" / "wnut17-train.conll")
    orgs: dict[int, list[list[str]]] = defaultdict(list)
    for e in sets:
        for a, b, kind in entities.spans(e.entities or []):
            if kind == "ORG":
                orgs[b - a].append(e.words[a:b])
    sets += entities.re3d(folder / "entities" / "re3d" / "train.txt") + entities.meantime(folder / "meantime")
    chance = random.Random(SEED)
    varied = [Example(words=dressed(renamed(e, orgs, chance), chance), entities=e.entities) for e in sets]
    return [e for e in sets + varied + sentences.generated(training=True) if 0 < len(e.words) <= 100]


def renamed(e: Example, orgs: dict[int, list[list[str]]], chance: random.Random) -> list[str]:
    words = list(e.words)
    for a, b, kind in entities.spans(e.entities or []):
        if kind in ("PER", "LOC") and chance.random() < 0.5:
            words[a:b] = pools.other(words[a:b], kind, chance) or words[a:b]
        elif kind == "ORG" and chance.random() < 0.4:
            words[a:b] = chance.choice(orgs[b - a] or [words[a:b]])
    return words


def dressed(words: list[str], chance: random.Random) -> list[str]:
    dice = chance.random()
    if dice < 0.08:
        return [w.lower() for w in words]
    if dice < 0.11:
        return [w.upper() for w in words]
    if dice < 0.14:
        return [w[:1].upper() + w[1:] if len(w) > 3 or i == 0 else w for i, w in enumerate(words)]
    return words


class Vectors:
    """The vectors of the words of each sentence, in a file."""

    def __init__(self, rows: list[Example], file: Path) -> None:
        text = "".join("\x1f".join(e.words) + "\n" for e in rows)
        command = ["cargo", "run", "-q", "--release", "-p", "language", "--example", "word_vectors"]
        with file.open("wb") as out:
            subprocess.run(command, input=text.encode(), stdout=out, check=True, cwd=ROOT)
        self.data = np.memmap(file, np.uint8, "r")
        self.starts = [4]
        for e in rows:
            self.starts.append(self.starts[-1] + len(e.words) * DEPTH * WIDTH * 2 + 4)

    def of(self, index: int, words: int) -> torch.Tensor:
        raw = np.frombuffer(self.data, np.int16, words * DEPTH * WIDTH, self.starts[index]).copy()
        return torch.from_numpy(raw).view(torch.bfloat16).view(words, DEPTH, WIDTH).float()


class Head(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight, self.gain = nn.Parameter(torch.zeros(DEPTH)), nn.Parameter(torch.ones(()))
        self.ner, self.entity = nn.Linear(WIDTH, NER), nn.Linear(NER, len(LABELS))
        self.steps = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.starts = nn.Parameter(torch.zeros(len(LABELS)))
        allowed = [[q[0] != "I" or p != "O" and p[2:] == q[2:] for q in LABELS] for p in LABELS]
        self.register_buffer("never", NEVER * (~torch.tensor(allowed)).float())
        self.register_buffer("never_first", NEVER * torch.tensor([p[0] == "I" for p in LABELS]).float())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        mixed = (x * (self.gain * self.weight.softmax(0))[:, None]).sum(2)
        hidden = F.gelu(self.ner(F.dropout(mixed, 0.1, self.training)))
        return self.entity(F.dropout(hidden, 0.3, self.training))

    def loss(self, scores: torch.Tensor, gold: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """What all sequences weigh against those that fit the labels."""
        count = len(scores)
        fits = torch.where((gold < 0)[..., None], 0.0, NEVER).expand(scores.shape).clone()
        fits.scatter_(2, gold.clamp_min(0)[..., None], 0.0)
        both, real = torch.cat([scores, scores + fits]), torch.cat([real, real])
        total = both[:, 0] + self.starts + self.never_first
        for t in range(1, both.shape[1]):
            step = torch.logsumexp(total[:, :, None] + self.steps + self.never, 1) + both[:, t]
            total = torch.where(real[:, t, None], step, total)
        weight = torch.logsumexp(total, 1)
        return (weight[:count] - weight[count:]).sum() / real[:count].sum()


def train(rows: list[Example], vectors: Vectors, epochs: int) -> Head:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # the steps are too small to share
    chance = random.Random(SEED)
    head = Head()
    optimizer = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.01)
    size = 40
    steps, step, mean, taken = epochs * (len(rows) // size), 0, {}, 0
    index = {x: i for i, x in enumerate(LABELS)}
    for epoch in range(epochs):
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].words) + chance.random() * 4)
        groups = [order[i : i + size] for i in range(0, len(order), size)]
        chance.shuffle(groups)
        total = 0.0
        for group in groups:
            longest = max(len(rows[i].words) for i in group)
            x = torch.zeros(len(group), longest, DEPTH, WIDTH)
            gold = torch.full((len(group), longest), data.MASKED)
            real = torch.zeros(len(group), longest, dtype=torch.bool)
            for at, i in enumerate(group):
                n = len(rows[i].words)
                x[at, :n], real[at, :n] = vectors.of(i, n), True
                gold[at, :n] = torch.tensor([data.MASKED if y is None else index[y] for y in rows[i].entities])
            loss = 3 * head.loss(head(x), gold, real)
            for g in optimizer.param_groups:
                g["lr"] = 2e-3 * min(1, step / 100) * max(0.02, 1 - step / steps)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 5.0)
            optimizer.step()
            step += 1
            total += loss.item()
            if step > steps * 0.6:
                taken += 1
                now = {k: v.detach().clone() for k, v in head.state_dict().items()}
                mean = {k: v + (now[k] - v) / taken for k, v in mean.items()} if mean else now
        print(f"epoch {epoch + 1}: loss {total / len(groups):.4f}", flush=True)
    head.load_state_dict(mean)
    return head.eval()


def replace(head: Head, file: Path) -> None:
    """Puts the head into a file of weights; all else stays as it is, byte for byte."""
    old = file.read_bytes()
    start = 4 + int.from_bytes(old[:4], "little")
    out = Writer()
    ours = ("mix.ner", "ner", "entity")
    for line in old[4:start].decode().splitlines():
        fields = line.split()
        if fields and not (fields[0] in ours or fields[0].rpartition(".")[0] in ours):
            name, kind, rows, columns, at = fields[0], fields[1], *map(int, fields[2:])
            size = rows * columns * (4 if kind == "f32" else 1)
            out.raw(name, kind, rows, columns, old[start + at : start + at + size])
    with torch.no_grad():
        out.floats("mix.ner", head.gain * head.weight.softmax(0))
        out.linear("ner", head.ner.weight, head.ner.bias)
        out.linear("entity", head.entity.weight, head.entity.bias)
        out.floats("entity.steps", head.steps)
        out.floats("entity.starts", head.starts)
    out.save(file)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--to", type=Path, default=Path("../crates/language/model"))
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--limit", type=int, help="sentences, for a trial")
    args = parser.parse_args()
    rows = [e for e in examples(args.data) if e.entities][: args.limit]
    with tempfile.TemporaryDirectory() as folder:
        head = train(rows, Vectors(rows, Path(folder) / "vectors"), args.epochs)
    replace(head, args.to / "analysis.bin")


if __name__ == "__main__":
    main()
