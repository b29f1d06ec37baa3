"""Trains the head that tells which words name deeds: `python training/deeds.py`.

One more layer over words, which starts as MiniLM's fifth, a hidden layer, and for each word a share for no deed, the sixteen
types of PLOVER, whether the deed was named before, and the modes. The layers below, which know tags, trees and names, stay
as they are: their rows come from the Rust code itself (`cargo run --release -p language --example word_rows`), so that the
head learns on what it will read. Trained on our own passages (`training/deeds/*.txt`, written for this; `--check` only
reads them) and written to `crates/language/model/deeds.bin`. Takes a few minutes on two cores; the same seed gives the same file on the same machine.

A line of a passage file is `TEXT ||| PARTIES`. In the text, `[words|TYPE.mode@how]` marks the words that name a deed:
`=` before the type says that the deed was named before, `/` between types that either is right, `@` that it is past,
planned, threatened, hypothetical, denied, alleged or ongoing. Parties are `words: actor + actor > target + target`, the
deeds separated by ` ; ` (not used yet). What stands in no bracket names no deed.
"""

import argparse
import pathlib
import random
import re
import subprocess
import tempfile
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import pretrained
from export import Writer
from model import Layer

ROOT = pathlib.Path(__file__).resolve().parent.parent
PASSAGES = pathlib.Path(__file__).resolve().parent / "deeds"
TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
    "ASSAULT"
).split()
MODES = (
    "visit third-party multilateral phone withdraw release disarm ceasefire access resign assist change yield meet "
    "disapprove investigate allege restrict arrest relations expel territory violence demo riot strike hunger boycott "
    "obstruct vandalize convict discontinue troops weapons police militia seize censor curfew martial-law deport withhold "
    "misinformation cyber abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial "
    "drone heavy-weapons crowd-control unconventional"
).split()
HOW = "past planned threatened hypothetical denied alleged ongoing".split()
MARK = re.compile(r"\[([^\[\]|]+)\|(=?)([A-Z/]+)((?:\.[a-z-]+)*)((?:@[a-z]+)*)\]")
# Words of a bracket that carry nothing.
EMPTY = {"AUX", "DET", "ADP", "PRON", "PUNCT", "PART", "CCONJ", "SCONJ", "SYM"}
CONTENT = {"NOUN", "VERB", "ADJ", "PROPN", "ADV", "NUM"}
DEPTH, WIDTH, HIDDEN = 4, 384, 256


@dataclass
class Mark:
    start: int  # first byte
    end: int
    types: list[str]
    mode: str
    again: bool  # the deed was named before


@dataclass
class Passage:
    text: str
    marks: list[Mark] = field(default_factory=list)


def passage(line: str) -> Passage:
    """A line of a file; `ValueError` says what is wrong with it."""
    source, _, parties = line.partition("|||")
    source = source.strip()
    text, marks, at, anchors = "", [], 0, set()
    for m in MARK.finditer(source):
        text += source[at : m.start()]
        types, how = m[3].split("/"), [h for h in m[5].split("@") if h]
        modes = [mode for mode in m[4].split(".") if mode]
        unknown = [t for t in types if t not in TYPES] + [x for x in modes if x not in MODES]
        if unknown := unknown + [h for h in how if h not in HOW]:
            raise ValueError(f"unknown {unknown[0]}")
        start = len(text.encode())
        text += m[1]
        anchors.add(m[1])
        marks.append(Mark(start, len(text.encode()), types, m[4][1:], m[2] == "="))
        at = m.end()
    text += source[at:]
    if re.search(r"[\[\]|]", text):
        raise ValueError("a bracket or bar that marks nothing")
    for part in filter(None, map(str.strip, parties.split(" ; "))):
        anchor, colon, sides = part.partition(":")
        if not colon or anchor.strip() not in anchors:
            raise ValueError(f"parties of «{anchor.strip()}», which is not marked")
        for name in filter(None, map(str.strip, re.split(r" \+ |>", sides))):
            if name not in text:
                raise ValueError(f"«{name}» is not in the text")
    return Passage(text, marks)


def passages() -> list[Passage]:
    found = []
    for path in sorted(PASSAGES.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line.strip():
                try:
                    found.append(passage(line))
                except ValueError as error:
                    raise SystemExit(f"{path}:{number}: {error}") from None
    return found


class Words:
    """Every word of the passages, sentence by sentence, with its rows and labels. A sentence begins with its start piece."""

    def __init__(self, texts: list[Passage]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            command = ["cargo", "run", "--release", "--quiet", "-p", "language", "--example", "word_rows", "--", folder]
            subprocess.run(command, input="\n".join(p.text for p in texts).encode(), check=True, cwd=ROOT)
            table = pathlib.Path(folder, "words.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
            size = DEPTH * WIDTH
            self.rows = np.fromfile(pathlib.Path(folder, "rows.f32"), np.float32).reshape(-1, size).astype(np.float16)
        words = [line.split("\t") for line in table]
        self.sentences: list[list[int]] = []
        first = {}
        inside: dict[int, list[int]] = {}
        for i, w in enumerate(words):
            if w[4] == "_":
                self.sentences.append([])
                first[int(w[0]), int(w[1])] = i
            else:
                inside.setdefault(int(w[0]), []).append(i)
            self.sentences[-1].append(i)
        self.kinds = np.zeros((len(words), 1 + len(TYPES)), np.float32)
        self.kinds[:, 0] = 1
        self.modes = np.full(len(words), -1)
        self.again = np.full(len(words), -1, np.float32)
        self.counts = np.array([w[4] in CONTENT for w in words], np.float32)
        for number, p in enumerate(texts):
            for mark in p.marks:
                own = [i for i in inside.get(number, []) if int(words[i][2]) < mark.end and int(words[i][3]) > mark.start]
                own = [i for i in own if words[i][4] not in EMPTY] or own
                if not own:
                    continue
                # The word on which the others hang names the deed; of the others nothing is said.
                above = {i: first[number, int(words[i][1])] + int(words[i][5]) for i in own}
                top = next((i for i in own if int(words[i][5]) == 0 or above[i] not in own), own[0])
                self.counts[own] = 0
                self.counts[top] = 1
                self.kinds[top] = 0
                for kind in mark.types:
                    self.kinds[top, 1 + TYPES.index(kind)] = 1 / len(mark.types)
                self.again[top] = mark.again
                if mark.mode in MODES:
                    self.modes[top] = MODES.index(mark.mode)


class Head(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.input = nn.Parameter(torch.tensor([0.0] * (DEPTH - 1) + [1.5]))
        self.mix = nn.Parameter(torch.zeros(DEPTH + 1))
        self.layer = Layer()
        self.layer.load_state_dict(pretrained.minilm().layers[DEPTH])
        self.hidden = nn.Linear(WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1 + len(TYPES) + 1 + len(MODES))

    def forward(self, rows: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        layers = list(F.dropout(rows, 0.1, self.training).unflatten(-1, (DEPTH, WIDTH)).unbind(2))
        x = sum(share * layer for share, layer in zip(self.input.softmax(0), layers))
        layers.append(self.layer(x, mask))
        x = sum(share * layer for share, layer in zip(self.mix.softmax(0), layers))
        out = self.out(F.dropout(F.gelu(self.hidden(x)), 0.3, self.training))
        return out.split([1 + len(TYPES), 1, len(MODES)], -1)


def batches(words: Words, size: int, rng: random.Random) -> list[list[list[int]]]:
    """Sentences of about the same length together, `size` words a batch."""
    order = sorted(words.sentences, key=lambda s: len(s) + rng.random() * 6)
    found, now = [], []
    for sentence in order:
        now.append(sentence)
        if sum(map(len, now)) >= size:
            found.append(now)
            now = []
    found += [now] if now else []
    rng.shuffle(found)
    return found


def packed(words: Words, batch: list[list[int]]) -> tuple[torch.Tensor, ...]:
    shape = len(batch), max(map(len, batch))
    rows, kinds = np.zeros((*shape, DEPTH * WIDTH), np.float32), np.zeros((*shape, 1 + len(TYPES)), np.float32)
    mask, counts, modes = np.full(shape, -1e4, np.float32), np.zeros(shape, np.float32), np.full(shape, -1)
    again = np.full(shape, -1, np.float32)
    for i, s in enumerate(batch):
        rows[i, : len(s)], kinds[i, : len(s)] = words.rows[s], words.kinds[s]
        mask[i, : len(s)], counts[i, : len(s)], modes[i, : len(s)] = 0, words.counts[s], words.modes[s]
        again[i, : len(s)] = words.again[s]
    return (*map(torch.from_numpy, (rows, kinds, counts, again, modes)), torch.from_numpy(mask)[:, None, None])


def train(words: Words, epochs: int, seed: int) -> Head:
    rng = random.Random(seed)
    torch.manual_seed(seed)
    head = Head()
    fine = list(head.layer.parameters())
    rest = [p for n, p in head.named_parameters() if not n.startswith("layer.")]
    rates = 4e-4, 2e-3
    optimizer = torch.optim.AdamW([{"params": fine}, {"params": rest}], weight_decay=1e-2)
    steps = epochs * (len(batches(words, 1024, rng)) + 8)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps, pct_start=0.15)
    head.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for batch in batches(words, 1024, rng):
            rows, kinds, counts, again, modes, mask = packed(words, batch)
            kind, before, mode = head(rows, mask)
            loss = -((kinds * kind.log_softmax(-1)).sum(-1) * counts).sum() / counts.sum()
            if (said := again >= 0).any():
                before = before.squeeze(-1)[said]
                loss = loss + 0.2 * F.binary_cross_entropy_with_logits(before, again[said])
            if (modes >= 0).any():
                loss = loss + 0.3 * F.cross_entropy(mode.flatten(0, 1), modes.flatten(), ignore_index=-1)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch + 1}: loss {total / count:.4f}", flush=True)
    return head.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only read the passages")
    parser.add_argument("--to", type=pathlib.Path, default=ROOT / "crates/language/model/deeds.bin")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    texts = passages()
    print(f"{len(texts)} passages, {sum(len(p.marks) for p in texts)} marks")
    if options.check:
        return
    head = train(Words(texts), options.epochs, options.seed)
    out = Writer()
    with torch.no_grad():
        out.text("kinds", TYPES)
        out.text("modes", MODES)
        out.floats("input", head.input.softmax(0))
        out.floats("mix", head.mix.softmax(0))
        out.layer("layer", head.layer)
        out.linear("hidden", head.hidden.weight, head.hidden.bias)
        out.linear("out", head.out.weight, head.out.bias)
    out.save(options.to)


if __name__ == "__main__":
    main()
