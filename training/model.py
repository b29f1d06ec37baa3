"""The encoder and its heads.

The first layer and the word-piece embeddings are the pretrained ones, unchanged: the sentence vectors share them.
Word shape, suffix and sentence style are added behind the first layer, because the pieces are uncased.
"""

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

import features

WIDTH, HEADS, INNER = 384, 12, 1536
DEPTH = 4  # layers, the first of them frozen
TAG, NER, ARC, LABEL = 384, 192, 256, 96


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
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, n, WIDTH)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


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
        self.register_buffer("pieces", rounded_rows(weights[p + "word_embeddings.weight"]))
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

    def forward(self, layers: torch.Tensor) -> torch.Tensor:
        return self.gain * torch.einsum("l,lbwd->bwd", self.weight.softmax(0), layers)


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
        self.label_dep, self.label_head = mlp(LABEL, 0.33), mlp(LABEL, 0.33)
        self.arc = nn.Parameter(torch.zeros(ARC, ARC))
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.label = nn.Parameter(torch.zeros(sizes["deprel"], LABEL, LABEL))
        self.label_from_dep = nn.Linear(LABEL, sizes["deprel"])
        self.label_from_head = nn.Linear(LABEL, sizes["deprel"], bias=False)
        nn.init.orthogonal_(self.arc)
        nn.init.normal_(self.label, std=0.05)

    def words(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Layers of word vectors; row 0 of a sentence is the root (the [CLS] piece)."""
        ids, of = batch["ids"], batch["word_of"]
        real = ids != 0
        mask = real[:, None, None, :]
        with torch.no_grad():
            x = self.layers[0](self.embedding(ids), mask)
        extra = self.shape(batch["shape"]) + self.suffix(batch["suffix"]) + self.style(batch["style"])
        extra = extra * batch["real"].unsqueeze(-1)
        # `word_of` gives the word of a piece, 0 for [CLS]; [SEP] and padding point at the last, unused row.
        width = extra.shape[1] + 2
        pad = torch.zeros(extra.shape[0], 1, WIDTH)
        rows = torch.cat([pad, extra, pad], 1)
        x = x + rows.gather(1, of.unsqueeze(-1).expand(-1, -1, WIDTH))
        count = torch.zeros(ids.shape[0], width).scatter_add_(1, of, torch.ones_like(of, dtype=torch.float))
        out = []
        index = of.unsqueeze(-1).expand(-1, -1, WIDTH)
        for i in range(DEPTH):
            if i:
                x = self.layers[i](x, mask)
            sums = torch.zeros(ids.shape[0], width, WIDTH).scatter_add_(1, index, x)
            out.append(sums[:, :-1] / count[:, :-1].clamp_min(1).unsqueeze(-1))
        return torch.stack(out)

    def forward(self, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        layers = self.words(batch)
        tag = self.tag(self.tag_mix(layers)[:, 1:])
        out = {name: getattr(self, name)(tag) for name in ("upos", "xpos", "feats", "lemma")}
        out["entity"] = self.entity(self.ner(self.ner_mix(layers)[:, 1:]))
        tree = self.tree_mix(layers)
        dep, head = self.arc_dep(tree[:, 1:]), self.arc_head(tree)
        arcs = (dep @ self.arc) @ head.transpose(1, 2) + (head @ self.arc_bias).unsqueeze(1)
        allowed = torch.cat([torch.ones(len(tree), 1, dtype=torch.bool), batch["real"]], 1)
        out["arc"] = (arcs / ARC**0.5).masked_fill(~allowed.unsqueeze(1), -1e4)
        out["label_dep"], out["label_head"] = self.label_dep(tree[:, 1:]), self.label_head(tree)
        return out

    def labels(self, out: dict[str, torch.Tensor], heads: torch.Tensor) -> torch.Tensor:
        """Scores of the relations, given heads [batch, word]."""
        dep = out["label_dep"]
        index = heads.unsqueeze(-1).expand(-1, -1, LABEL)
        head = out["label_head"].gather(1, index)
        pair = torch.einsum("bwi,kij,bwj->bwk", dep, self.label, head)
        return pair + self.label_from_dep(dep) + self.label_from_head(head)
