"""The teacher of the heads for deeds and participants: all-mpnet-base-v2, its upper nine layers trained further, with the same
heads over whole passages. `deeds.py --teacher` trains it and learns from what it makes of every word; 50 minutes on two cores with
AVX512-BF16. One passage in twenty is held out, on which each epoch is scored."""

import random
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import features
import pretrained
from model import TEACHER, Embedding, Layer, distance_buckets

FROZEN, LONGEST, PIECES = 3, 220, 1600
HELD = 0.05


@dataclass
class Taught:
    """What the teacher makes of each word: shares of no deed and of each type, of the deed being named before, of each mode; and by
    sentence, of each pair of `Words.pairs`, the shares of neither, actor and target, of place and of time."""

    kinds: np.ndarray
    again: np.ndarray
    modes: np.ndarray
    roles: dict[int, np.ndarray]


class Teacher(nn.Module):
    def __init__(self, kinds: int, modes: int, ways: int, roles: int) -> None:
        super().__init__()
        source = pretrained.mpnet()
        self.embedding = Embedding(source, TEACHER.epsilon)
        self.layers = nn.ModuleList(Layer(TEACHER) for _ in source.layers)
        for layer, weights in zip(self.layers, source.layers):
            layer.load_state_dict(weights)
        self.layers[:FROZEN].requires_grad_(False)
        self.distance = nn.Parameter(source.distance.clone(), requires_grad=False)
        self.split = kinds, 1, modes
        self.mix = nn.Parameter(torch.zeros(4))
        self.hidden, self.out = nn.Linear(TEACHER.width, 512), nn.Linear(512, sum(self.split))
        self.deed, self.word, self.ways = nn.Linear(TEACHER.width, 256), nn.Linear(TEACHER.width, 256), nn.Embedding(ways, 256)
        nn.init.normal_(self.ways.weight, std=0.05)
        self.role = nn.Linear(256, roles)

    def forward(
        self, ids: torch.Tensor, of: torch.Tensor, words: int, pairs: tuple[torch.Tensor, ...]
    ) -> tuple[torch.Tensor, ...]:
        """`of` gives the word of each piece; padding points at a word that does not exist."""
        mask = (ids == 0)[:, None, None, :] * -1e4
        mask = mask + F.embedding(distance_buckets(ids.shape[1]), self.distance).permute(2, 0, 1)
        x, upper = self.embedding(ids), []
        for i, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and i >= FROZEN):
                x = layer(x, mask)
            upper = [*upper[-3:], x]
        x = sum(share * layer.float() for share, layer in zip(self.mix.softmax(0), upper)).flatten(0, 1)
        total = torch.zeros(words + 1, x.shape[1]).index_add(0, of.flatten(), x)
        count = torch.zeros(words + 1).index_add(0, of.flatten(), torch.ones(of.numel()))
        x = (total / count.clamp_min(1)[:, None])[:words]
        out = self.out(F.dropout(F.gelu(self.hidden(x)), 0.2, self.training))
        x = F.dropout(x, 0.1, self.training)
        deed, word, ways = pairs
        z = self.deed(x[deed]) + self.word(x[word]) + self.ways(ways).sum(1)
        return *out.split(self.split, -1), self.role(F.dropout(F.gelu(z), 0.3, self.training))


class Chunks:
    """Sentences of one passage together, as far as they fit, in pieces."""

    def __init__(self, words) -> None:
        self.words = words
        table = features.Pieces()
        self.start = table.cls
        self.pieces = [[table.sep] if form is None else table.of(form) for form in words.forms]
        by_passage: dict[int, list[int]] = {}
        for sentence, passage in enumerate(words.passage_of):
            by_passage.setdefault(passage, []).append(sentence)
        self.all: list[list[int]] = []
        for sentences in by_passage.values():
            now: list[int] = []
            for s in sentences:
                if now and sum(map(self.length, [*now, s])) > LONGEST:
                    self.all.append(now)
                    now = []
                now.append(s)
            self.all.append(now)
        self.lengths = [sum(map(self.length, chunk)) for chunk in self.all]

    def length(self, sentence: int) -> int:
        return sum(len(self.pieces[row]) for row in self.words.sentences[sentence])

    def batches(self, chosen: list[int], size: int, rng: random.Random) -> list[list[int]]:
        order = sorted(chosen, key=lambda c: self.lengths[c] + rng.random() * 12)
        found, now = [], []
        for c in order:
            if now and (len(now) + 1) * self.lengths[c] > size:
                found.append(now)
                now = []
            now.append(c)
        found += [now] if now else []
        rng.shuffle(found)
        return found

    def packed(self, batch: list[int]) -> tuple[torch.Tensor, torch.Tensor, list[int], tuple[torch.Tensor, ...], list]:
        """Pieces, the word of each, the rows of the words, their pairs as positions in these, and the pairs."""
        n = max(self.lengths[c] for c in batch)
        ids, of, rows, pairs = torch.zeros(len(batch), n, dtype=torch.long), [], [], []
        for i, c in enumerate(batch):
            own: list[int] = []
            for s in self.all[c]:
                base, sentence = len(rows), self.words.sentences[s]
                for row in sentence:
                    pieces = self.pieces[row] if own else [self.start]
                    ids[i, len(own) : len(own) + len(pieces)] = torch.tensor(pieces)
                    own += [len(rows)] * len(pieces)
                    rows.append(row)
                kept = [p for p in self.words.pairs.get(s, []) if max(p[0], p[1]) < len(sentence)]
                pairs += [(base + p[0], base + p[1], s, p) for p in kept]
            of.append(own)
        words = torch.tensor([own + [len(rows)] * (n - len(own)) for own in of])
        ways = np.array([p[3][2] for p in pairs], np.int64).reshape(len(pairs), -1 if pairs else 9)
        columns = [torch.tensor([p[k] for p in pairs], dtype=torch.long) for k in (0, 1)]
        return ids, words, rows, (*columns, torch.from_numpy(ways)), pairs


def loss_of(words, rows: list[int], pairs: list, out: tuple[torch.Tensor, ...]) -> torch.Tensor:
    kind, before, mode, role = (x.float() for x in out)
    kinds, counts = torch.from_numpy(words.kinds[rows]), torch.from_numpy(words.counts[rows])
    loss = -((kinds * kind.log_softmax(-1)).sum(-1) * counts).sum() / counts.sum()
    again, modes = torch.from_numpy(words.again[rows]), torch.from_numpy(words.modes[rows])
    if (said := again >= 0).any():
        loss = loss + 0.2 * F.binary_cross_entropy_with_logits(before.squeeze(-1)[said], again[said])
    if (modes >= 0).any():
        loss = loss + 0.3 * F.cross_entropy(mode, modes, ignore_index=-1)
    roles = torch.tensor([p[3][3:6] for p in pairs], dtype=torch.long).reshape(-1, 3)
    if (roles[:, 0] >= 0).any():
        loss = loss + F.cross_entropy(role[:, :3], roles[:, 0], ignore_index=-1)
    for k in (0, 1):
        if (known := roles[:, 1 + k] >= 0).any():
            loss = loss + F.binary_cross_entropy_with_logits(role[known, 3 + k], roles[known, 1 + k].float())
    return loss


def found(words, chunks: Chunks, teacher: Teacher, chosen: list[int]) -> float:
    """F1 over marked words at a share of one half."""
    right = ours = gold = 0
    teacher.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for batch in chunks.batches(chosen, 2 * PIECES, random.Random(0)):
            ids, of, rows, pairs, _ = chunks.packed(batch)
            share = 1 - teacher(ids, of, len(rows), pairs)[0].float().softmax(-1)[:, 0].numpy()
            counts = words.counts[rows] > 0
            named, taken = (words.kinds[rows, 0] == 0) & counts, (share > 0.5) & counts
            right, ours, gold = right + int((named & taken).sum()), ours + int(taken.sum()), gold + int(named.sum())
    teacher.train()
    return 200 * right / max(1, ours + gold)


def teach(words, plain: str, epochs: int = 3) -> Taught:
    """Trains the teacher on the passages but those of source `plain`, and asks it about all words."""
    torch.manual_seed(1)
    rng, draw = random.Random(1), random.Random(5)
    chunks = Chunks(words)
    modes, roles = words.mode_count, 5
    teacher = Teacher(words.kinds.shape[1], modes, words.way_count, roles)
    marked = [c for c, chunk in enumerate(chunks.all) if words.sources[chunk[0]] != plain]
    held = {p for p in sorted({words.passage_of[chunks.all[c][0]] for c in marked}) if draw.random() < HELD}
    kept_out = [c for c in marked if words.passage_of[chunks.all[c][0]] in held]
    chosen = [c for c in marked if words.passage_of[chunks.all[c][0]] not in held]
    body = [p for n, p in teacher.named_parameters() if n.startswith("layers") and p.requires_grad]
    heads = [p for n, p in teacher.named_parameters() if not n.startswith("layers") and p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body}, {"params": heads}], weight_decay=1e-2)
    steps = epochs * (len(chunks.batches(chosen, PIECES, rng)) + 8)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, (7e-5, 1e-3), total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        for batch in chunks.batches(chosen, PIECES, rng):
            ids, of, rows, pairs, told = chunks.packed(batch)
            with torch.autocast("cpu", torch.bfloat16):
                out = teacher(ids, of, len(rows), pairs)
            loss = loss_of(words, rows, told, out)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f"teacher, epoch {epoch + 1}: F {found(words, chunks, teacher, kept_out):.1f} on passages held out", flush=True)
    return asked(words, chunks, teacher.eval())


def asked(words, chunks: Chunks, teacher: Teacher) -> Taught:
    n = len(words.kinds)
    taught = Taught(np.zeros(words.kinds.shape, np.float16), np.zeros(n, np.float16), np.zeros((n, words.mode_count), np.float16), {})
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for batch in chunks.batches(list(range(len(chunks.all))), 2 * PIECES, random.Random(0)):
            ids, of, rows, pairs, told = chunks.packed(batch)
            kind, before, mode, role = (x.float() for x in teacher(ids, of, len(rows), pairs))
            taught.kinds[rows], taught.modes[rows] = kind.softmax(-1).numpy(), mode.softmax(-1).numpy()
            taught.again[rows] = before.squeeze(-1).sigmoid().numpy()
            shares = torch.cat((role[:, :3].softmax(-1), role[:, 3:].sigmoid()), -1).half().numpy()
            for (_, _, sentence, _), share in zip(told, shares):
                taught.roles.setdefault(sentence, []).append(share)
    taught.roles = {s: np.array(shares) for s, shares in taught.roles.items()}
    return taught
