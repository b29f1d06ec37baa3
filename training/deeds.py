"""Trains the heads that tell which words name deeds, who has a part in them, and where and when they are: `python training/deeds.py`.

One more layer over words, which starts as MiniLM's fifth, a hidden layer, and for each word a share for no deed, the sixteen
types of PLOVER, whether the deed was named before, and the modes. For a word that names a deed and another of its sentence
it tells how likely that heads who does it or to whom it is done, and how likely it tells where or when it is. The layers below,
which know tags, trees and names, stay as they are: their rows come from the Rust code itself
(`cargo run --release -p language --example word_rows`), so that the head learns on what it will read.

Trained on our own passages (`training/deeds/*.txt`, written for this; `--check` only reads them) and, for deeds and places, the
marked piles (`piles.py`), and written to `crates/language/model/deeds.bin`. Takes ten minutes on two cores. The seed fixes the
order, not the last bits of sums on several threads: two runs differ in the loss by up to a hundredth, and in scores by a point
or two. `--hold SETS` trains without those sets and tells how the heads do on them.

A line of a passage file is `TEXT ||| PARTIES`. In the text, `[words|TYPE.mode@how]` marks the words that name a deed:
`=` before the type says that the deed was named before, `/` between types that either is right, `@` that it is past,
planned, threatened, hypothetical, denied, alleged or ongoing. Parties are `words: actor + actor > target + target`, and where
and when it is follows as ` @place + place ~ time` (words may stand in another sentence); the deeds are separated by ` ; `, in
order. A deed without colon teaches nothing of who has a part, one without `@` nothing of where and when. What stands in no
bracket names no deed.
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

import piles
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
# A name in the place of an incident.
NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
# Words of a bracket that carry nothing.
EMPTY = {"AUX", "DET", "ADP", "PRON", "PUNCT", "PART", "CCONJ", "SCONJ", "SYM"}
CONTENT = {"NOUN", "VERB", "ADJ", "PROPN", "ADV", "NUM"}
DEPTH, WIDTH, HIDDEN = 4, 384, 256
# Of the head for participants: width, rows of its table (`WAYS` in participants.rs), and roles beside none.
NARROW, WAYS, ROLES, SETTING = 128, 4096, ("actor", "target"), ("place", "time")


@dataclass
class Mark:
    start: int  # first byte
    end: int
    types: list[str]
    mode: str
    again: bool  # the deed was named before
    parties: tuple[list[str], list[str]] | None = None  # who does it and to whom, in words of the text
    where: list[str] | None = None
    when: list[str] | None = None
    listed: bool = False  # whether more is known of it than that it is named


@dataclass
class Passage:
    text: str
    marks: list[Mark] = field(default_factory=list)
    source: str = ""


def passage(line: str) -> Passage:
    """A line of a file; `ValueError` says what is wrong with it."""
    source, _, parties = line.partition("|||")
    source = source.strip()
    text, marks, at, anchors = "", [], 0, []
    for m in MARK.finditer(source):
        text += source[at : m.start()]
        types, how = m[3].split("/"), [h for h in m[5].split("@") if h]
        modes = [mode for mode in m[4].split(".") if mode]
        unknown = [t for t in types if t not in TYPES] + [x for x in modes if x not in MODES]
        if unknown := unknown + [h for h in how if h not in HOW]:
            raise ValueError(f"unknown {unknown[0]}")
        start = len(text.encode())
        text += m[1]
        anchors.append(m[1])
        marks.append(Mark(start, len(text.encode()), types, m[4][1:], m[2] == "="))
        at = m.end()
    text += source[at:]
    if re.search(r"[\[\]|]", text):
        raise ValueError("a bracket or bar that marks nothing")
    for part in filter(None, map(str.strip, parties.split(" ; "))):
        part, at_sign, setting = part.partition(" @")
        anchor, colon, sides = part.partition(":")
        first = next((m for m, a in zip(marks, anchors) if a == anchor.strip() and not m.listed), None)
        if not first:
            raise ValueError(f"«{anchor.strip()}» is not marked, or not so often")
        first.listed = True
        first.parties = halves(sides, ">", text) if colon else None
        if at_sign:
            first.where, first.when = halves(setting, "~", text)
    return Passage(text, marks)


def halves(given: str, between: str, text: str) -> tuple[list[str], list[str]]:
    """Words of the text before and after a sign, each in turn."""
    first, _, second = given.partition(between)
    both = [[x for name in half.split(" + ") if (x := name.strip())] for half in (first, second)]
    for name in both[0] + both[1]:
        if name not in text:
            raise ValueError(f"«{name}» is not in the text")
    return both[0], both[1]


def passages() -> list[Passage]:
    found = []
    for path in sorted(PASSAGES.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line.strip():
                try:
                    found.append(passage(line))
                    found[-1].source = path.stem.split("-")[0]
                except ValueError as error:
                    raise SystemExit(f"{path}:{number}: {error}") from None
    return found


def of_piles() -> list[Passage]:
    """The lines of the marked piles: a deed was named before if a word before it in the report tells of its incident, and is
    where the words of the incident's place stand, if it has one."""
    found = []
    for pile in piles.piles():
        for report in pile.reports.values():
            told: set[str] = set()
            for line in report:
                p = Passage(line.text, source="piles")
                for start, end, name in line.marks:
                    incident = pile.incidents[name]
                    mark = Mark(start, end, [incident.kind], incident.mode, name in told)
                    if incident.place:
                        mark.where = [x for x in NAME.findall(incident.place) if x in line.text]
                        mark.listed = True
                    p.marks.append(mark)
                    told.add(name)
                found.append(p)
    return found


def spans(text: str, words: str) -> list[tuple[int, int]]:
    """Where words stand in a text, in bytes."""
    data, wanted = text.encode(), words.encode()
    found, at = [], data.find(wanted)
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = data.find(wanted, at + 1)
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
            pairs = np.loadtxt(pathlib.Path(folder, "pairs.tsv"), np.int32, delimiter="\t")
        words = [line.split("\t") for line in table]
        self.sentences: list[list[int]] = []
        self.sources: list[str] = []
        first: dict[tuple[int, int], int] = {}
        number_of: dict[tuple[int, int], int] = {}
        inside: dict[int, list[int]] = {}
        for i, w in enumerate(words):
            if w[4] == "_":
                number_of[int(w[0]), int(w[1])] = len(self.sentences)
                self.sentences.append([])
                self.sources.append(texts[int(w[0])].source)
                first[int(w[0]), int(w[1])] = i
            else:
                inside.setdefault(int(w[0]), []).append(i)
            self.sentences[-1].append(i)
        self.kinds = np.zeros((len(words), 1 + len(TYPES)), np.float32)
        self.kinds[:, 0] = 1
        self.modes = np.full(len(words), -1)
        self.again = np.full(len(words), -1, np.float32)
        self.counts = np.array([w[4] in CONTENT for w in words], np.float32)
        starts: dict[tuple[int, int], list[int]] = {}
        for row, pair in enumerate(pairs):
            starts.setdefault((int(pair[0]), int(pair[1])), []).append(row)
        # For each sentence: words that name deeds with the others of their sentence, what is looked up, the role, and whether
        # that tells where and when (-1: not known); the last is the number of the deed.
        self.pairs: dict[int, list[tuple[int, int, np.ndarray, int, int, int, int]]] = {}
        # Whether somebody does it, and to somebody, and whether where and when are told, in this sentence; None: not known.
        self.deeds: list[tuple[bool | None, ...]] = []
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
                if mark.listed:
                    at = number, int(words[top][1])
                    start = first[at]
                    sentence = self.sentences[number_of[at]]
                    roles = self.roles(p, mark, words, start, sentence)
                    where = self.told(p, mark, mark.where or [], words, start, sentence)
                    when = self.told(p, mark, mark.when or [], words, start, sentence)
                    naming = {i - start - 1 for i in own if words[i][4] in CONTENT}
                    for row in starts.get(at, []):
                        deed, word = int(pairs[row, 2]), int(pairs[row, 3])
                        if deed in naming and word not in naming:
                            role = roles.get(word, 0) if mark.parties is not None else -1
                            place = int(word in where) if mark.where is not None else -1
                            time = int(word in when) if mark.when is not None else -1
                            ways, own_number = pairs[row, 4:], len(self.deeds) if deed == top - start - 1 else -1
                            pair = deed + 1, word + 1, ways, role, place, time, own_number
                            self.pairs.setdefault(number_of[at], []).append(pair)
                    parties = (bool(mark.parties[0]), bool(mark.parties[1])) if mark.parties is not None else (None, None)
                    setting = None if mark.where is None else bool(where), None if mark.when is None else bool(when)
                    self.deeds.append((*parties, *setting))

    @staticmethod
    def roles(p: Passage, mark: Mark, words: list[list[str]], start: int, sentence: list[int]) -> dict[int, int]:
        """The role of those words of a sentence that head a party of a deed, where the party stands nearest to it."""
        found = {}
        for role, names in enumerate(mark.parties or (), 1):
            for name in names:
                best: list[int] = []
                for a, b in sorted(spans(p.text, name), key=lambda s: abs(s[0] - mark.start)):
                    best = [i for i in sentence if int(words[i][2]) < b and int(words[i][3]) > a]
                    if best:
                        break
                above = {i: start + int(words[i][5]) for i in best}
                tops = [i for i in best if int(words[i][5]) == 0 or above[i] not in best]
                nominal = [i for i in tops if words[i][4] in {"NOUN", "PROPN", "NUM", "PRON", "SYM", "ADJ", "DET"}]
                if tops:
                    found[(nominal or tops)[0] - start - 1] = role
        return found


    @staticmethod
    def told(
        p: Passage, mark: Mark, names: list[str], words: list[list[str]], start: int, sentence: list[int]
    ) -> set[int]:
        """The words of a sentence in names for where or when a deed is, each where it stands nearest to it."""
        found = set()
        for name in names:
            for a, b in sorted(spans(p.text, name), key=lambda s: abs(s[0] - mark.start)):
                if best := [i for i in sentence if int(words[i][2]) < b and int(words[i][3]) > a]:
                    found |= {i - start - 1 for i in best}
                    break
        return found


class Head(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.input = nn.Parameter(torch.tensor([0.0] * (DEPTH - 1) + [1.5]))
        self.mix = nn.Parameter(torch.zeros(DEPTH + 1))
        self.layer = Layer()
        self.layer.load_state_dict(pretrained.minilm().layers[DEPTH])
        self.hidden = nn.Linear(WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1 + len(TYPES) + 1 + len(MODES))
        self.deed, self.word = nn.Linear(WIDTH, NARROW), nn.Linear(WIDTH, NARROW)
        self.ways = nn.Embedding(WAYS, NARROW)
        nn.init.normal_(self.ways.weight, std=0.05)
        self.role = nn.Linear(NARROW, 1 + len(ROLES) + len(SETTING))

    def forward(self, rows: torch.Tensor, mask: torch.Tensor, pairs: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
        layers = list(F.dropout(rows, 0.1, self.training).unflatten(-1, (DEPTH, WIDTH)).unbind(2))
        x = sum(share * layer for share, layer in zip(self.input.softmax(0), layers))
        layers.append(self.layer(x, mask))
        x = sum(share * layer for share, layer in zip(self.mix.softmax(0), layers))
        out = self.out(F.dropout(F.gelu(self.hidden(x)), 0.3, self.training))
        deed, word, ways = pairs
        x = F.dropout(x.flatten(0, 1), 0.1, self.training)
        z = self.deed(x[deed]) + self.word(x[word]) + self.ways(ways).sum(1)
        return *out.split([1 + len(TYPES), 1, len(MODES)], -1), self.role(F.dropout(F.gelu(z), 0.3, self.training))


def batches(words: Words, chosen: list[int], size: int, rng: random.Random) -> list[list[int]]:
    """Sentences of about the same length together, `size` words a batch."""
    order = sorted(chosen, key=lambda s: len(words.sentences[s]) + rng.random() * 6)
    found: list[list[int]] = []
    now: list[int] = []
    for sentence in order:
        now.append(sentence)
        if sum(len(words.sentences[s]) for s in now) >= size:
            found.append(now)
            now = []
    found += [now] if now else []
    rng.shuffle(found)
    return found


def packed(words: Words, numbers: list[int]) -> tuple[torch.Tensor, ...]:
    batch = [words.sentences[n] for n in numbers]
    shape = len(batch), max(map(len, batch))
    rows, kinds = np.zeros((*shape, DEPTH * WIDTH), np.float32), np.zeros((*shape, 1 + len(TYPES)), np.float32)
    mask, counts, modes = np.full(shape, -1e4, np.float32), np.zeros(shape, np.float32), np.full(shape, -1)
    again = np.full(shape, -1, np.float32)
    for i, s in enumerate(batch):
        rows[i, : len(s)], kinds[i, : len(s)] = words.rows[s], words.kinds[s]
        mask[i, : len(s)], counts[i, : len(s)], modes[i, : len(s)] = 0, words.counts[s], words.modes[s]
        again[i, : len(s)] = words.again[s]
    return (*map(torch.from_numpy, (rows, kinds, counts, again, modes)), torch.from_numpy(mask)[:, None, None])


def paired(words: Words, numbers: list[int]) -> tuple[tuple[torch.Tensor, ...], torch.Tensor, list[int]]:
    """Pairs of a batch as rows of the packed sentences, what is looked up for them, their roles, and their deeds."""
    width = max(len(words.sentences[n]) for n in numbers)
    pairs = [
        (i * width + d, i * width + w, ways, role, place, time, deed)
        for i, n in enumerate(numbers)
        for d, w, ways, role, place, time, deed in words.pairs.get(n, [])
        if max(d, w) < len(words.sentences[n])
    ]
    columns = [torch.tensor([p[k] for p in pairs], dtype=torch.long) for k in (0, 1, 3, 4, 5)]
    ways = torch.from_numpy(np.array([p[2] for p in pairs], np.int64).reshape(len(pairs), -1))
    return (columns[0], columns[1], ways), torch.stack(columns[2:], -1), [p[6] for p in pairs]


def train(words: Words, chosen: list[int], epochs: int, seed: int) -> Head:
    rng = random.Random(seed)
    torch.manual_seed(seed)
    head = Head()
    fine = list(head.layer.parameters())
    rest = [p for n, p in head.named_parameters() if not n.startswith("layer.")]
    rates = 4e-4, 2e-3
    optimizer = torch.optim.AdamW([{"params": fine}, {"params": rest}], weight_decay=1e-2)
    steps = epochs * (len(batches(words, chosen, 1024, rng)) + 8)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps, pct_start=0.15)
    head.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for batch in batches(words, chosen, 1024, rng):
            rows, kinds, counts, again, modes, mask = packed(words, batch)
            pairs, roles, _ = paired(words, batch)
            kind, before, mode, role = head(rows, mask, pairs)
            loss = -((kinds * kind.log_softmax(-1)).sum(-1) * counts).sum() / counts.sum()
            if (said := again >= 0).any():
                before = before.squeeze(-1)[said]
                loss = loss + 0.2 * F.binary_cross_entropy_with_logits(before, again[said])
            if (modes >= 0).any():
                loss = loss + 0.3 * F.cross_entropy(mode.flatten(0, 1), modes.flatten(), ignore_index=-1)
            if (roles[:, 0] >= 0).any():
                loss = loss + F.cross_entropy(role[:, : 1 + len(ROLES)], roles[:, 0], ignore_index=-1)
            for k in range(len(SETTING)):
                if (known := roles[:, 1 + k] >= 0).any():
                    setting = role[known, 1 + len(ROLES) + k]
                    loss = loss + F.binary_cross_entropy_with_logits(setting, roles[known, 1 + k].float())
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch + 1}: loss {total / count:.4f}", flush=True)
    return head.eval()


def tell(head: Head, words: Words, chosen: list[int]) -> None:
    """Prints how the heads do on sentences: deeds found, and parties of deeds, which are right if the likeliest is one, or
    none is given where there is none."""
    right = ours = gold = kinds_right = quiet = still = 0
    seen: dict[int, list[list[tuple[float, bool]]]] = {}
    names = ROLES + SETTING
    with torch.no_grad():
        for batch in batches(words, chosen, 4096, random.Random(0)):
            rows, kinds, counts, *_, mask = packed(words, batch)
            pairs, roles, deeds = paired(words, batch)
            kind, _, _, role = head(rows, mask, pairs)
            share = 1 - kind.softmax(-1)[..., 0]
            named, found = (kinds[..., 0] == 0) & (counts > 0), (share > 0.5) & (counts > 0)
            right, ours, gold = right + int((named & found).sum()), ours + int(found.sum()), gold + int(named.sum())
            best = kind[..., 1:].argmax(-1, keepdim=True)
            kinds_right += int((kinds[..., 1:].gather(-1, best).squeeze(-1) > 0)[named & found].sum())
            none = ~named.any(1)
            quiet, still = quiet + int(none.sum()), still + int((none & ~found.any(1)).sum())
            shares = torch.cat((role[:, : 1 + len(ROLES)].softmax(-1)[:, 1:], role[:, 1 + len(ROLES) :].sigmoid()), -1)
            for share, (is_role, place, time), deed in zip(shares.tolist(), roles.tolist(), deeds):
                if deed >= 0:
                    sides = seen.setdefault(deed, [[] for _ in names])
                    for k, right_one in enumerate((is_role == 1, is_role == 2, place == 1, time == 1)):
                        sides[k].append((share[k], right_one))
    p, r = right / max(1, ours), right / max(1, gold)
    kinds_share = 100 * kinds_right / right
    print(f"deeds: F {200 * p * r / (p + r):.1f}, precision {100 * p:.1f}, recall {100 * r:.1f}, type {kinds_share:.1f}")
    print(f"sentences without deeds left without: {100 * still / max(1, quiet):.1f}")
    for k, name in enumerate(names):
        known = {deed: sides for deed, sides in seen.items() if words.deeds[deed][k] is not None}
        good = 0
        for deed, sides in known.items():
            top = max(sides[k], default=(0.0, False))
            good += top[1] if words.deeds[deed][k] else top[0] < 0.4
        print(f"{name}: {100 * good / max(1, len(known)):.1f} of {len(known)} deeds")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only read the passages")
    parser.add_argument("--to", type=pathlib.Path, default=ROOT / "crates/language/model/deeds.bin")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hold", default="", metavar="SETS", help="sets to train without and to be tried on: africa,piles")
    options = parser.parse_args()
    texts = passages() + of_piles()
    print(f"{len(texts)} passages, {sum(len(p.marks) for p in texts)} marks")
    if options.check:
        return
    words = Words(texts)
    held = set(filter(None, options.hold.split(",")))
    chosen = [n for n, source in enumerate(words.sources) if source not in held]
    head = train(words, chosen, options.epochs, options.seed)
    if held:
        tell(head, words, [n for n, source in enumerate(words.sources) if source in held])
        return
    out = Writer()
    with torch.no_grad():
        out.text("kinds", TYPES)
        out.text("modes", MODES)
        out.floats("input", head.input.softmax(0))
        out.floats("mix", head.mix.softmax(0))
        out.layer("layer", head.layer)
        out.linear("hidden", head.hidden.weight, head.hidden.bias)
        out.linear("out", head.out.weight, head.out.bias)
        out.linear("participant.deed", head.deed.weight, head.deed.bias)
        out.linear("participant.word", head.word.weight, head.word.bias)
        out.table("participant.ways", head.ways.weight)
        out.linear("participant.out", head.role.weight, head.role.bias)
    out.save(options.to)


if __name__ == "__main__":
    main()
