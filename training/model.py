"""The encoder and its heads.

The first layer and the word-piece embeddings are the pretrained ones, unchanged: the sentence vectors share them.
Word shape, suffix and sentence style are added behind the first layer, because the pieces are uncased.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

import features

WIDTH, HEADS, INNER = 384, 12, 1536
DEPTH = 4  # layers, the first of them frozen
TAG, NER, ARC, LABEL = 384, 256, 256, 320
DROP = 0.1


CHANCES = torch.rand(1 << 22) >= DROP


def dropped(x: torch.Tensor, training: bool) -> torch.Tensor:
    """Dropout from a store of chances, read from another place each time: making them anew costs a tenth of a step."""
    if not training:
        return x
    n = x.numel()
    at = int(torch.randint(len(CHANCES), ()))
    keep = CHANCES[at : at + n] if at + n <= len(CHANCES) else CHANCES.roll(-at)[:n]
    return x * keep.view(x.shape) / (1 - DROP)


class Layer(nn.Module):
    """A BERT layer: attention and feed-forward, each with residual and normalisation behind."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: for short sentences faster than the fused kernel, above all on the way back.
        shares = (q @ k.transpose(2, 3) * (HEADS / WIDTH) ** 0.5 + mask).softmax(-1).to(v.dtype)
        a = shares @ v
        x = self.norm1(x + dropped(self.out(a.transpose(1, 2).reshape(b, n, WIDTH)), self.training))
        return self.norm2(x + dropped(self.down(F.gelu(self.up(x))), self.training))


def pretrained() -> dict[str, torch.Tensor]:
    return load_file(str(features.minilm_folder() / "model.safetensors"))


def load_layer(layer: Layer, weights: dict[str, torch.Tensor], index: int) -> None:
    p = f"encoder.layer.{index}."
    names = [p + f"attention.self.{x}." for x in ("query", "key", "value")]
    state = {
        "qkv.weight": torch.cat([weights[n + "weight"] for n in names]),
        "qkv.bias": torch.cat([weights[n + "bias"] for n in names]),
    }
    for ours, theirs in (
        ("out", "attention.output.dense"),
        ("norm1", "attention.output.LayerNorm"),
        ("up", "intermediate.dense"),
        ("down", "output.dense"),
        ("norm2", "output.LayerNorm"),
    ):
        for kind in ("weight", "bias"):
            state[f"{ours}.{kind}"] = weights[f"{p}{theirs}.{kind}"]
    layer.load_state_dict(state)


def rounded_rows(table: torch.Tensor) -> torch.Tensor:
    """A table as the int8 one with a scale a row gives it back."""
    scale = table.abs().amax(1, keepdim=True).clamp_min(1e-12) / 127
    return (table / scale).round() * scale


class Embedding(nn.Module):
    """Word pieces and positions, as in the pretrained model, with the piece table in int8."""

    def __init__(self, weights: dict[str, torch.Tensor]) -> None:
        super().__init__()
        p = "embeddings."
        self.register_buffer("pieces", rounded_rows(weights[p + "word_embeddings.weight"][features.vocabulary()[1]]))
        positions = weights[p + "position_embeddings.weight"] + weights[p + "token_type_embeddings.weight"][0]
        self.register_buffer("positions", positions)
        self.register_buffer("weight", weights[p + "LayerNorm.weight"])
        self.register_buffer("bias", weights[p + "LayerNorm.bias"])

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        x = F.embedding(ids, self.pieces) + self.positions[: ids.shape[1]]
        return F.layer_norm(x, (WIDTH,), self.weight, self.bias, 1e-12)


class Mix(nn.Module):
    """A learned mean of the layers."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(DEPTH))
        self.gain = nn.Parameter(torch.ones(()))

    def shares(self) -> torch.Tensor:
        return self.gain * self.weight.softmax(0)


def mlp(size: int, dropout: float) -> nn.Module:
    return nn.Sequential(nn.Linear(WIDTH, size), nn.GELU(), nn.Dropout(dropout))


class Model(nn.Module):
    def __init__(self, sizes: dict[str, int]) -> None:
        super().__init__()
        weights = pretrained()
        self.embedding = Embedding(weights)
        self.layers = nn.ModuleList(Layer() for _ in range(DEPTH))
        for i, layer in enumerate(self.layers):
            load_layer(layer, weights, i)
        self.layers[0].requires_grad_(False)
        self.shape = nn.Embedding(features.SHAPES, WIDTH)
        self.suffix = nn.Embedding(features.SUFFIXES, WIDTH)
        self.style = nn.Embedding(features.STYLES, WIDTH)
        for table in (self.shape, self.suffix, self.style):
            nn.init.normal_(table.weight, std=0.02)
        self.tag_mix, self.ner_mix, self.tree_mix = Mix(), Mix(), Mix()
        self.tag = mlp(TAG, 0.25)
        self.upos = nn.Linear(TAG, sizes["upos"])
        self.xpos = nn.Linear(TAG, sizes["xpos"])
        self.feats = nn.Linear(TAG, sizes["feats"])
        self.lemma = nn.Linear(TAG, sizes["lemma"])
        self.ner = mlp(NER, 0.25)
        self.entity = nn.Linear(NER, sizes["entity"])
        self.arc_dep, self.arc_head = mlp(ARC, 0.33), mlp(ARC, 0.33)
        self.arc = nn.Parameter(torch.zeros(ARC, ARC))
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        nn.init.orthogonal_(self.arc)
        self.label_dep, self.label_head = nn.Linear(WIDTH, LABEL), nn.Linear(WIDTH, LABEL)
        self.label = nn.Linear(LABEL, sizes["deprel"])

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
        with torch.no_grad():
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
        for i in range(DEPTH):
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
        allowed = torch.cat([torch.ones(len(tree), 1, dtype=torch.bool), batch["real"]], 1)
        out["arc"] = (arcs / ARC**0.5).masked_fill(~allowed.unsqueeze(1), -1e4)
        out["label_dep"], out["label_head"] = self.label_dep(tree[:, 1:]), self.label_head(tree)
        return out

    def labels(self, out: dict[str, torch.Tensor], heads: torch.Tensor) -> torch.Tensor:
        """Scores of the relations, given heads [batch, word]. A sum and one more layer is as good as a product of
        all pairs and a fraction of its cost."""
        index = heads.unsqueeze(-1).expand(-1, -1, LABEL)
        pair = F.gelu(out["label_dep"] + out["label_head"].gather(1, index))
        return self.label(F.dropout(pair, 0.33 if self.training else 0.0))
