"""Trains the heads that tell which words name deeds, who has a part in them, and where and when they are: `python training/deeds.py`.

One more layer over words, which starts as MiniLM's fifth and sees the sentence and its two neighbours, a hidden layer, and for
each word a share for no deed, the sixteen types of PLOVER, whether the deed was named before, and the modes. For a word that
names a deed and another of its sentence or of a neighbour it tells how likely that heads who does it or to whom it is done,
and how likely it tells where or when it is. The layers below,
which know tags, trees and names, stay as they are: their rows come from the Rust code itself
(`cargo run --release -p language --example word_rows`), so that the head learns on what it will read.

Trained on our own passages (`training/deeds/*.txt`, written for this; `--check` only reads them) and, for deeds and places,
320 of the marked piles (`piles.py`; those in plain words are left to measure by), and written to `crates/language/model/deeds.bin`. With `--alone` they see the deed's own sentence alone
and go to `alone.bin`; the program takes the mean of both. Takes ten minutes on two cores. The seed fixes the
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
# Between two lines of a report, as `word_rows` reads them.
BREAK = "\t\t"
# A name in the place of an incident.
NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
# Words of a bracket that carry nothing.
EMPTY = {"AUX", "DET", "ADP", "PRON", "PUNCT", "PART", "CCONJ", "SCONJ", "SYM"}
CONTENT = {"NOUN", "VERB", "ADJ", "PROPN", "ADV", "NUM"}
DEPTH, WIDTH, HIDDEN = 4, 384, 256
# Words of a run of sentences that are read together.
LONGEST = 240
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
    """The reports of the marked piles: a deed was named before if a word before it in the report tells of its incident, and is
    where the words of the incident's place stand, if it has one."""
    found = []
    for pile in piles.piles("*-[2-5].txt"):
        for report in pile.reports.values():
            p = Passage(BREAK.join(line.text for line in report), source="piles")
            told: set[str] = set()
            at = 0
            for line in report:
                for start, end, name in line.marks:
                    incident = pile.incidents[name]
                    mark = Mark(at + start, at + end, [incident.kind], incident.mode, name in told)
                    if incident.place:
                        mark.where = [x for x in NAME.findall(incident.place) if x in line.text]
                        mark.listed = True
                    p.marks.append(mark)
                    told.add(name)
                at += len((line.text + BREAK).encode())
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


@dataclass
class Pair:
    """A word that names a deed and another of its sentence or of one beside it."""

    deed: int  # rows
    word: int
    own: bool  # whether both stand in one sentence
    ways: np.ndarray  # what is looked up
    role: int = -1  # 0: none, then one more than in ROLES; -1 here and below: not known
    place: int = -1
    time: int = -1
    number: int = -1  # of the deed


class Words:
    """Every word of the passages, sentence by sentence, with its rows and labels. A sentence begins with its start piece."""

    def __init__(self, texts: list[Passage]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            command = ["cargo", "run", "--release", "--quiet", "-p", "language", "--example", "word_rows", "--", folder]
            subprocess.run(command, input="\n".join(p.text for p in texts).encode(), check=True, cwd=ROOT)
            table = pathlib.Path(folder, "words.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
            size = DEPTH * WIDTH
            self.rows = np.fromfile(pathlib.Path(folder, "rows.f32"), np.float32).reshape(-1, size).astype(np.float16)
            pairs = np.loadtxt(pathlib.Path(folder, "pairs.tsv"), np.int16, delimiter="\t")
        self.words = [line.split("\t") for line in table]
        # Rows of each sentence, by passage.
        self.passages: list[list[range]] = [[] for _ in texts]
        for i, w in enumerate(self.words):
            sentences = self.passages[int(w[0])]
            if w[4] == "_":
                sentences.append(range(i, i))
            sentences[-1] = range(sentences[-1].start, i + 1)
        self.sources = [p.source for p in texts]
        count = len(self.words)
        self.kinds = np.zeros((count, 1 + len(TYPES)), np.float32)
        self.kinds[:, 0] = 1
        self.modes = np.full(count, -1)
        self.again = np.full(count, -1, np.float32)
        self.counts = np.array([w[4] in CONTENT for w in self.words], np.float32)
        starts: dict[tuple[int, int], list[int]] = {}
        for row, pair in enumerate(pairs):
            starts.setdefault((int(pair[0]), int(pair[1])), []).append(row)
        # Of each sentence, by the row it begins with.
        self.pairs: dict[int, list[Pair]] = {}
        # Whether somebody does it, and to somebody, and whether where and when are told here or beside; None: not known.
        self.deeds: list[tuple[bool | None, ...]] = []
        for number, p in enumerate(texts):
            for mark in p.marks:
                at, own = self.naming(number, mark)
                if own:
                    self.label(p, mark, number, at, own, pairs[starts.get((number, at), [])])

    def naming(self, passage: int, mark: Mark) -> tuple[int, list[int]]:
        """The sentence of a mark, and the rows of its words."""
        for at, sentence in enumerate(self.passages[passage]):
            own = [i for i in sentence if int(self.words[i][2]) < mark.end and int(self.words[i][3]) > mark.start]
            if own:
                return at, [i for i in own if self.words[i][4] not in EMPTY] or own
        return 0, []

    def label(self, p: Passage, mark: Mark, passage: int, at: int, own: list[int], pairs: np.ndarray) -> None:
        words, sentences = self.words, self.passages[passage]
        start = sentences[at].start
        # The word on which the others hang names the deed; of the others nothing is said.
        above = {i: start + int(words[i][5]) for i in own}
        top = next((i for i in own if int(words[i][5]) == 0 or above[i] not in own), own[0])
        self.counts[own] = 0
        self.counts[top] = 1
        self.kinds[top] = 0
        for kind in mark.types:
            self.kinds[top, 1 + TYPES.index(kind)] = 1 / len(mark.types)
        self.again[top] = mark.again
        if mark.mode in MODES:
            self.modes[top] = MODES.index(mark.mode)
        if not mark.listed:
            return
        beside = {off: sentences[at + off] for off in (-1, 0, 1) if 0 <= at + off < len(sentences)}
        nominal = {"NOUN", "PROPN", "NUM", "PRON", "SYM", "ADJ", "DET"}
        sides = [self.told(p, mark, names, beside, nominal) for names in mark.parties or ()]
        setting = [self.told(p, mark, names, beside) for names in (mark.where, mark.when)]
        known = *(mark.parties or (None, None)), mark.where, mark.when
        naming = {i for i in own if words[i][4] in CONTENT}
        found = [False] * 4
        for _, _, deed, off, word, *ways in pairs.tolist():
            deed, word = start + 1 + deed, beside[off].start + 1 + word
            if deed not in naming or word in naming or word >= beside[off].stop:
                continue
            pair = Pair(deed, word, off == 0, np.array(ways))
            if mark.parties is not None:
                here = [s.get(word, False) for s in sides]
                pair.role = -1 if None in here else here.index(True) + 1 if True in here else 0
            if mark.where is not None and (told := setting[0].get(word, False)) is not None:
                pair.place = int(told)
            if mark.when is not None and (told := setting[1].get(word, False)) is not None:
                pair.time = int(told)
            if deed == top:
                pair.number = len(self.deeds)
                for k, here in enumerate((pair.role == 1, pair.role == 2, pair.place == 1, pair.time == 1)):
                    found[k] |= here
            self.pairs.setdefault(start, []).append(pair)
        parties = [bool(names) if names is not None else None for names in known[:2]]
        self.deeds.append((*parties, *(None if names is None else here for names, here in zip(known[2:], found[2:]))))

    def told(
        self, p: Passage, mark: Mark, names: list[str] | None, beside: dict[int, range], heads: set[str] | None = None
    ) -> dict[int, bool | None]:
        """The rows of words in names, each where it stands nearest to a mark, in the mark's sentence if it stands there at all,
        else in one beside it; of words that `heads` has the first on which the others hang. What stands beside although a
        name is told here is neither right nor wrong (None)."""
        found: dict[int, bool | None] = {}
        for name in names or ():
            said = False
            for off in sorted(beside, key=abs):
                sentence, best = beside[off], []
                for a, b in sorted(spans(p.text, name), key=lambda s: abs(s[0] - mark.start)):
                    best = [i for i in sentence if int(self.words[i][2]) < b and int(self.words[i][3]) > a]
                    if best and heads:
                        above = {i: sentence.start + int(self.words[i][5]) for i in best}
                        tops = [i for i in best if int(self.words[i][5]) == 0 or above[i] not in best]
                        best = ([i for i in tops if self.words[i][4] in heads] or tops)[:1]
                    if best:
                        for i in best:
                            found.setdefault(i, None if said else True)
                        break
                said = said or bool(best)
        return found


class Head(nn.Module):
    def __init__(self, alone: bool) -> None:
        super().__init__()
        self.alone = alone
        self.input = nn.Parameter(torch.tensor([0.0] * (DEPTH - 1) + [1.5]))
        self.mix = nn.Parameter(torch.zeros(DEPTH + 1))
        self.layer = Layer()
        self.layer.load_state_dict(pretrained.minilm().layers[DEPTH])
        # What attention starts with, by head: to the sentence before, to the word's own, and to the one behind.
        self.sides = nn.Parameter(torch.tensor([[-1.0, 0.0, -1.0]]).repeat(12, 1))
        self.hidden = nn.Linear(WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1 + len(TYPES) + 1 + len(MODES))
        self.deed, self.word = nn.Linear(WIDTH, NARROW), nn.Linear(WIDTH, NARROW)
        self.ways = nn.Embedding(WAYS, NARROW)
        nn.init.normal_(self.ways.weight, std=0.05)
        self.role = nn.Linear(NARROW, 1 + len(ROLES) + len(SETTING))

    def forward(self, batch: "Batch") -> tuple[torch.Tensor, ...]:
        rows = batch.rows
        off = batch.sentences[:, None, :] - batch.sentences[:, :, None]
        seen = torch.where(off.abs() <= (0 if self.alone else 1), 0.0, -1e4)[:, None]
        mask = seen + self.sides[:, off.clamp(-1, 1) + 1].transpose(0, 1)
        layers = list(F.dropout(rows, 0.1, self.training).unflatten(-1, (DEPTH, WIDTH)).unbind(2))
        x = sum(share * layer for share, layer in zip(self.input.softmax(0), layers))
        layers.append(self.layer(x, mask))
        x = sum(share * layer for share, layer in zip(self.mix.softmax(0), layers))
        out = self.out(F.dropout(F.gelu(self.hidden(x)), 0.3, self.training))
        deed, word, ways = batch.pairs
        x = F.dropout(x.flatten(0, 1), 0.1, self.training)
        z = self.deed(x[deed]) + self.word(x[word]) + self.ways(ways).sum(1)
        return *out.split([1 + len(TYPES), 1, len(MODES)], -1), self.role(F.dropout(F.gelu(z), 0.3, self.training))


@dataclass
class Batch:
    """Runs of sentences, side by side."""

    rows: torch.Tensor
    kinds: torch.Tensor
    counts: torch.Tensor
    again: torch.Tensor
    modes: torch.Tensor
    sentences: torch.Tensor  # the number of each word's in its run; behind the end of a run, one for itself
    pairs: tuple[torch.Tensor, ...]  # deed and word, in the rows of all runs together, and what is looked up
    own: torch.Tensor  # whether both stand in one sentence
    labels: torch.Tensor  # role, place, time
    numbers: list[int]


def runs(words: Words, chosen: list[int]) -> list[list[range]]:
    """The sentences of passages, a long one in parts of at most `LONGEST` words."""
    found: list[list[range]] = []
    for passage in chosen:
        now: list[range] = []
        for sentence in words.passages[passage]:
            if now and sum(map(len, now)) + len(sentence) > LONGEST:
                found.append(now)
                now = []
            now.append(sentence)
        found += [now] if now else []
    return found


def batches(of: list[list[range]], size: int, rng: random.Random) -> list[list[list[range]]]:
    """Runs of about the same length together, `size` words a batch."""
    length = {id(run): sum(map(len, run)) for run in of}
    found: list[list[list[range]]] = []
    now: list[list[range]] = []
    for run in sorted(of, key=lambda run: length[id(run)] + rng.random() * 12):
        if now and (len(now) + 1) * length[id(run)] > size:
            found.append(now)
            now = []
        now.append(run)
    found += [now] if now else []
    rng.shuffle(found)
    return found


def packed(words: Words, of: list[list[range]]) -> Batch:
    shape = len(of), max(sum(map(len, run)) for run in of)
    at = np.full(shape, -1)
    sentences = np.arange(shape[1])[None, :].repeat(shape[0], 0) * 2 + 1000
    to: dict[int, int] = {}
    pairs: list[Pair] = []
    for i, run in enumerate(of):
        end = 0
        for n, sentence in enumerate(run):
            at[i, end : end + len(sentence)] = sentence
            sentences[i, end : end + len(sentence)] = n
            to |= {row: i * shape[1] + end + k for k, row in enumerate(sentence)}
            end += len(sentence)
            pairs += words.pairs.get(sentence.start, [])
    pairs = [p for p in pairs if p.word in to]
    none = at < 0

    def taken(values: np.ndarray, otherwise: float) -> torch.Tensor:
        values = values[at]
        values[none] = otherwise
        return torch.from_numpy(values)

    def column(values: list[int]) -> torch.Tensor:
        return torch.tensor(values, dtype=torch.long)

    ways = torch.from_numpy(np.array([p.ways for p in pairs], np.int64).reshape(len(pairs), -1))
    return Batch(
        rows=taken(words.rows, 0).float(),
        kinds=taken(words.kinds, 0),
        counts=taken(words.counts, 0),
        again=taken(words.again, -1),
        modes=taken(words.modes, -1),
        sentences=torch.from_numpy(sentences),
        pairs=(column([to[p.deed] for p in pairs]), column([to[p.word] for p in pairs]), ways),
        own=torch.tensor([p.own for p in pairs], dtype=torch.bool),
        labels=column([x for p in pairs for x in (p.role, p.place, p.time)]).view(-1, 3),
        numbers=[p.number for p in pairs],
    )


def loss_of(head: Head, batch: Batch) -> torch.Tensor:
    kind, before, mode, role = head(batch)
    loss = -((batch.kinds * kind.log_softmax(-1)).sum(-1) * batch.counts).sum() / batch.counts.sum()
    if (said := batch.again >= 0).any():
        before = before.squeeze(-1)[said]
        loss = loss + 0.2 * F.binary_cross_entropy_with_logits(before, batch.again[said])
    if (batch.modes >= 0).any():
        loss = loss + 0.3 * F.cross_entropy(mode.flatten(0, 1), batch.modes.flatten(), ignore_index=-1)
    # Pairs of two sentences are many and seldom right: for themselves, so that they do not drown the others.
    # The heads that see a sentence alone learn nothing of them.
    for here, weight in ((batch.own, 1.0), (~batch.own, 0.5))[: 1 if head.alone else 2]:
        labels, scores = batch.labels[here], role[here]
        if (labels[:, 0] >= 0).any():
            loss = loss + weight * F.cross_entropy(scores[:, : 1 + len(ROLES)], labels[:, 0], ignore_index=-1)
        for k in range(len(SETTING)):
            if (known := labels[:, 1 + k] >= 0).any():
                setting = scores[known, 1 + len(ROLES) + k]
                loss = loss + weight * F.binary_cross_entropy_with_logits(setting, labels[known, 1 + k].float())
    return loss


def train(words: Words, chosen: list[int], epochs: int, seed: int, alone: bool) -> Head:
    rng = random.Random(seed)
    torch.manual_seed(seed)
    head = Head(alone)
    fine = list(head.layer.parameters())
    rest = [p for n, p in head.named_parameters() if not n.startswith("layer.")]
    rates = 4e-4, 2e-3
    optimizer = torch.optim.AdamW([{"params": fine}, {"params": rest}], weight_decay=1e-2)
    of = runs(words, chosen)
    steps = epochs * (len(batches(of, 1024, rng)) + 8)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps, pct_start=0.15)
    head.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for batch in batches(of, 1024, rng):
            loss = loss_of(head, packed(words, batch))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch + 1}: loss {total / count:.4f}", flush=True)
    return head.eval()


def tell(head: Head, words: Words, chosen: list[int]) -> None:
    """Prints how the heads do on passages: deeds found, and parties of deeds, which are right if the likeliest is one, or
    none is given where there is none; the same if only the deed's own sentence is asked."""
    right = ours = gold = kinds_right = quiet = still = 0
    seen: dict[int, list[list[tuple[float, bool, bool]]]] = {}
    names = ROLES + SETTING
    with torch.no_grad():
        for batch in map(lambda b: packed(words, b), batches(runs(words, chosen), 4096, random.Random(0))):
            kind, _, _, role = head(batch)
            share = 1 - kind.softmax(-1)[..., 0]
            named, found = (batch.kinds[..., 0] == 0) & (batch.counts > 0), (share > 0.5) & (batch.counts > 0)
            right, ours, gold = right + int((named & found).sum()), ours + int(found.sum()), gold + int(named.sum())
            best = kind[..., 1:].argmax(-1, keepdim=True)
            kinds_right += int((batch.kinds[..., 1:].gather(-1, best).squeeze(-1) > 0)[named & found].sum())
            for run_named, run_found, numbers in zip(named, found, batch.sentences):
                for n in range(int(numbers[numbers < 1000].max()) + 1):
                    if not run_named[numbers == n].any():
                        quiet, still = quiet + 1, still + int(not run_found[numbers == n].any())
            shares = torch.cat((role[:, : 1 + len(ROLES)].softmax(-1)[:, 1:], role[:, 1 + len(ROLES) :].sigmoid()), -1)
            rows = zip(shares.tolist(), batch.labels.tolist(), batch.own.tolist(), batch.numbers)
            for share, (is_role, place, time), own, deed in rows:
                if deed >= 0:
                    sides = seen.setdefault(deed, [[] for _ in names])
                    for k, right_one in enumerate((is_role == 1, is_role == 2, place == 1, time == 1)):
                        sides[k].append((share[k], right_one, own))
    p, r = right / max(1, ours), right / max(1, gold)
    kinds_share = 100 * kinds_right / right
    print(f"deeds: F {200 * p * r / (p + r):.1f}, precision {100 * p:.1f}, recall {100 * r:.1f}, type {kinds_share:.1f}")
    print(f"sentences without deeds left without: {100 * still / max(1, quiet):.1f}")
    for k, name in enumerate(names):
        known = {deed: sides for deed, sides in seen.items() if words.deeds[deed][k] is not None}
        good, alone = 0, 0
        for deed, sides in known.items():
            inside = max((x for x in sides[k] if x[2]), default=(0.0, False))
            # A word beside is asked only where none of the sentence is likely.
            top = inside if inside[0] >= 0.4 else max((x for x in sides[k] if not x[2]), default=(0.0, False))
            good += top[1] if words.deeds[deed][k] else top[0] < 0.4
            alone += inside[1] if words.deeds[deed][k] else inside[0] < 0.4
        share = [100 * n / max(1, len(known)) for n in (good, alone)]
        print(f"{name}: {share[0]:.1f} of {len(known)} deeds, {share[1]:.1f} by their own sentence alone")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only read the passages")
    parser.add_argument("--alone", action="store_true", help="the heads that see a deed's own sentence alone")
    parser.add_argument("--to", type=pathlib.Path, help="by default deeds.bin, or alone.bin, of crates/language/model")
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
    held_out = [n for n, source in enumerate(words.sources) if source in held]
    chosen = [n for n, source in enumerate(words.sources) if source not in held]
    head = train(words, chosen, options.epochs, options.seed, options.alone)
    if held:
        tell(head, words, held_out)
        return
    out = Writer()
    with torch.no_grad():
        out.text("kinds", TYPES)
        out.text("modes", MODES)
        out.floats("input", head.input.softmax(0))
        out.floats("mix", head.mix.softmax(0))
        out.layer("layer", head.layer)
        out.floats("sides", torch.zeros(0) if head.alone else head.sides)
        out.linear("hidden", head.hidden.weight, head.hidden.bias)
        out.linear("out", head.out.weight, head.out.bias)
        out.linear("participant.deed", head.deed.weight, head.deed.bias)
        out.linear("participant.word", head.word.weight, head.word.bias)
        out.table("participant.ways", head.ways.weight)
        out.linear("participant.out", head.role.weight, head.role.bias)
    name = "alone.bin" if options.alone else "deeds.bin"
    out.save(options.to or ROOT / "crates/language/model" / name)


if __name__ == "__main__":
    main()
