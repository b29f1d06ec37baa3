"""What 8 bits cost: `python quantised.py --data ../../shared/data --from build` scores the development sets with the
float model and with the arithmetic of the Rust engine (weights of 7 bits, rows of 8), same words, same decoding."""

import argparse
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

import data
import entities
import features
import treebank
from export import best_scale
from model import Model, rounded_rows
from train import score


def rounded(weight: torch.Tensor) -> torch.Tensor:
    scale = best_scale(weight)
    return (weight / scale).round().clamp(-63, 63) * scale


class Rounded(nn.Linear):
    """A linear layer as the engine computes it."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        low, high = x.amin(-1, keepdim=True).clamp_max(0), x.amax(-1, keepdim=True).clamp_min(0)
        scale = ((high - low) / 255).clamp_min(1e-12)
        zero = (-low / scale).round()
        x = (((x / scale).round() + zero).clamp(0, 255) - zero) * scale
        return F.linear(x, self.weight, self.bias)


def round_all(model: Model) -> None:
    for module in model.modules():
        if isinstance(module, nn.Linear):
            module.weight.data = rounded(module.weight.data)
            module.__class__ = Rounded
    for table in (model.shape, model.suffix, model.style):
        table.weight.data = rounded_rows(table.weight.data)
    model.arc.data = rounded(model.arc.data.T).T


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--from", dest="source", type=Path, default=Path("build"))
    args = parser.parse_args()
    labels = data.Labels.read(args.source / "labels.json")
    model = Model(labels.sizes())
    model.load(args.source / "best.pt")
    pieces = features.Pieces()
    sets = {}
    for name in ("ewt", "gum"):
        examples = treebank.read(args.data / "treebanks" / f"en_{name}-ud-dev.conllu")
        if name == "ewt":
            entities.uner(args.data / "entities" / "uner_ewt-dev.iob2", examples)
        sets[name] = [data.encoded(e, pieces, labels) for e in examples]
    for kind in ("float", "8 bits"):
        if kind == "8 bits":
            round_all(model)
        for name, rows in sets.items():
            print(kind, name, json.dumps(score(model, rows, labels)), flush=True)


if __name__ == "__main__":
    main()
