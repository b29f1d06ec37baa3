"""The encoder and its heads, in two sizes: the student, which ships, and the teacher, from which it may learn.

The student's first layer and word-piece embeddings are the pretrained ones, unchanged: the sentence vectors share them.
Word shape, suffix and sentence style are added behind the first layer, because the pieces are uncased.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

import features
import pretrained
from sequences import Sequences

DROP = 0.1


@dataclass(frozen=True)
class Size:
    source: Callable[[], pretrained.Source]
    width: int
    depth: int
    frozen: int  # layers that stay as they are
    epsilon: float
    tag: int
    ner: int
    arc: int
    label: int
    rate: float  # the highest learning rate of the layers

    heads: int = 12


STUDENT = Size(lambda: pretrained.minilm(), 384, 4, 1, 1e-12, tag=384, ner=256, arc=256, label=320, rate=3e-4)
TEACHER = Size(lambda: pretrained.mpnet(), 768, 10, 0, 1e-5, tag=768, ner=512, arc=512, label=512, rate=1e-4)


CHANCES = torch.rand(1 << 22) >= DROP


def dropped(x: torch.Tensor, training: bool) -> torch.Tensor:
    """Dropout. On the CPU from a store of chances, read from another place each time: making them anew costs a tenth
    of a step."""
    if not training:
        return x
    if x.is_cuda:
        return F.dropout(x, DROP)
    n = x.numel()
    at = int(torch.randint(len(CHANCES), ()))
    keep = CHANCES[at : at + n] if at + n <= len(CHANCES) else CHANCES.roll(-at)[:n]
    return x * keep.view(x.shape) / (1 - DROP)


class Layer(nn.Module):
    """A BERT layer: attention and feed-forward, each with residual and normalisation behind."""

    def __init__(self, size: Size = STUDENT) -> None:
        super().__init__()
        width = size.width
        self.heads = size.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=size.epsilon)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=size.epsilon)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        b, n, width = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # Written out: for short sentences faster than the fused kernel, above all on the way back.
        shares = (q @ k.transpose(2, 3) * (self.heads / width) ** 0.5 + mask).softmax(-1).to(v.dtype)
        a = shares @ v
        x = self.norm1(x + dropped(self.out(a.transpose(1, 2).reshape(b, n, width)), self.training))
        return self.norm2(x + dropped(self.down(F.gelu(self.up(x))), self.training))


def rounded_rows(table: torch.Tensor) -> torch.Tensor:
    """A table as the int8 one with a scale a row gives it back."""
    scale = table.abs().amax(1, keepdim=True).clamp_min(1e-12) / 127
    return (table / scale).round() * scale


class Embedding(nn.Module):
    """Word pieces and positions, as in the pretrained model, with the piece table in int8."""

    def __init__(self, source: pretrained.Source, epsilon: float) -> None:
        super().__init__()
        self.epsilon = epsilon
        self.register_buffer("pieces", rounded_rows(source.pieces))
        self.register_buffer("positions", source.positions)
        self.register_buffer("weight", source.norm[0])
        self.register_buffer("bias", source.norm[1])

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        x = F.embedding(ids, self.pieces) + self.positions[: ids.shape[1]]
        return F.layer_norm(x, x.shape[-1:], self.weight, self.bias, self.epsilon)


def distance_buckets(n: int) -> torch.Tensor:
    """MPNet's buckets of the distance between two pieces: one each up to 8, then wider ones up to 128, either way."""
    off = torch.arange(n)[None, :] - torch.arange(n)[:, None]
    far = off.abs()
    wide = 8 + (far.clamp_min(1).float().div(8).log() / torch.tensor(16.0).log() * 8).long()
    return torch.where(off > 0, 16, 0) + torch.where(far < 8, far, wide.clamp_max(15))


class Mix(nn.Module):
    """A learned mean of the layers."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(depth))
        self.gain = nn.Parameter(torch.ones(()))

    def shares(self) -> torch.Tensor:
        return self.gain * self.weight.softmax(0)


def mlp(width: int, size: int, dropout: float) -> nn.Module:
    return nn.Sequential(nn.Linear(width, size), nn.GELU(), nn.Dropout(dropout))


class Model(nn.Module):
    def __init__(self, sizes: dict[str, int], size: Size = STUDENT) -> None:
        super().__init__()
        self.size = size
        source = size.source()
        width = size.width
        self.embedding = Embedding(source, size.epsilon)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.depth))
        for layer, weights in zip(self.layers, source.layers):
            layer.load_state_dict(weights)
        self.layers[: size.frozen].requires_grad_(False)
        self.distance = None if source.distance is None else nn.Parameter(source.distance.clone())
        self.shape = nn.Embedding(features.SHAPES, width)
        self.suffix = nn.Embedding(features.SUFFIXES, width)
        self.style = nn.Embedding(features.STYLES, width)
        for table in (self.shape, self.suffix, self.style):
            nn.init.normal_(table.weight, std=0.02)
        self.tag_mix, self.ner_mix, self.tree_mix = (Mix(size.depth) for _ in range(3))
        self.tag = mlp(width, size.tag, 0.25)
        self.upos = nn.Linear(size.tag, sizes["upos"])
        self.xpos = nn.Linear(size.tag, sizes["xpos"])
        self.feats = nn.Linear(size.tag, sizes["feats"])
        self.lemma = nn.Linear(size.tag, sizes["lemma"])
        self.ner = mlp(width, size.ner, 0.25)
        self.entity = nn.Linear(size.ner, sizes["entity"])
        self.sequences = Sequences()
        self.arc_dep, self.arc_head = mlp(width, size.arc, 0.33), mlp(width, size.arc, 0.33)
        self.arc = nn.Parameter(torch.zeros(size.arc, size.arc))
        self.arc_bias = nn.Parameter(torch.zeros(size.arc))
        nn.init.orthogonal_(self.arc)
        self.label_dep, self.label_head = nn.Linear(width, size.label), nn.Linear(width, size.label)
        self.label = nn.Linear(size.label, sizes["deprel"])

    def load(self, path: Path) -> None:
        """The trained weights of an earlier training; what is pretrained stays as it is."""
        trained = torch.load(path, weights_only=True)["model"]
        self.load_state_dict({k: v for k, v in trained.items() if not k.startswith("embedding.")}, strict=False)
        self.eval()

    def words(self, batch: dict[str, torch.Tensor]) -> list[torch.Tensor]:
        """Word vectors, one mix of the layers for each of tags, names and tree; row 0 of a sentence is the root (the
        [CLS] piece)."""
        ids, of = batch["ids"], batch["word_of"]
        mask = (ids == 0)[:, None, None, :] * -1e4
        if self.distance is not None:
            buckets = distance_buckets(ids.shape[1]).to(ids.device)
            mask = mask + F.embedding(buckets, self.distance).permute(2, 0, 1)
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.size.frozen):
            x = self.layers[0](self.embedding(ids), mask)
        extra = self.shape(batch["shape"]) + self.suffix(batch["suffix"]) + self.style(batch["style"])
        words = extra.shape[1] + 1
        # `word_of` gives the word of a piece, 0 for [CLS]; [SEP] and padding point at a row that does not exist.
        # Products with 0 and 1 are faster here than gathering and scattering, above all on the way back.
        member = F.one_hot(of, words + 1)[:, :, :words].to(x.dtype)
        x = x + member[:, :, 1:] @ extra
        mean = (member / member.sum(1, keepdim=True).clamp_min(1)).transpose(1, 2)
        shares = [mix.shares() for mix in (self.tag_mix, self.ner_mix, self.tree_mix)]
        out = [0.0] * len(shares)
        for i in range(self.size.depth):
            if i:
                x = self.layers[i](x, mask)
            pooled = mean @ x
            out = [now + share[i] * pooled for now, share in zip(out, shares)]
        return out

    def forward(self, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        tags, names, tree = self.words(batch)
        tag = self.tag(tags[:, 1:])
        out = {name: getattr(self, name)(tag) for name in ("upos", "xpos", "feats", "lemma")}
        out["entity"] = self.entity(self.ner(names[:, 1:]))
        dep, head = self.arc_dep(tree[:, 1:]), self.arc_head(tree)
        arcs = (dep @ self.arc) @ head.transpose(1, 2) + (head @ self.arc_bias).unsqueeze(1)
        allowed = torch.cat([torch.ones(len(tree), 1, dtype=torch.bool, device=tree.device), batch["real"]], 1)
        out["arc"] = (arcs.float() / self.size.arc**0.5).masked_fill(~allowed.unsqueeze(1), -1e4)
        out["label_dep"], out["label_head"] = self.label_dep(tree[:, 1:]), self.label_head(tree)
        return out

    def labels(self, out: dict[str, torch.Tensor], heads: torch.Tensor) -> torch.Tensor:
        """Scores of the relations, given heads [batch, word]. A sum and one more layer is as good as a product of
        all pairs and a fraction of its cost."""
        index = heads.unsqueeze(-1).expand(-1, -1, self.size.label)
        pair = F.gelu(out["label_dep"] + out["label_head"].gather(1, index))
        return self.label(F.dropout(pair, 0.33 if self.training else 0.0))
