"""Writes the weights the Rust engine embeds: `python export.py --from build/best.pt --to ../crates/language/model`.

A file is a 4-byte little-endian length of its header, the header, and the data. A header line is
`name kind rows columns offset`: kind `i8` (row-major), `f32` (little-endian) or `text` (UTF-8, one entry a line; rows
is the number of bytes). Linear weights are stored [in, out] with 7 bits, one scale an output (`.s`); the 8th bit is
left free so that every processor gives the same sums. Tables have one scale a row.
"""

import argparse
from pathlib import Path

import torch

import data
import features
import pretrained
from model import STUDENT, Embedding, Layer, Model
from treebank import Example


class Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.data = bytearray()

    def raw(self, name: str, kind: str, rows: int, columns: int, data: bytes) -> None:
        self.lines.append(f"{name} {kind} {rows} {columns} {len(self.data)}")
        self.data += data
        self.data += b"\0" * (-len(self.data) % 4)

    def floats(self, name: str, x: torch.Tensor) -> None:
        x = x.detach().float().reshape(-1).contiguous()
        self.raw(name, "f32", x.numel(), 1, x.numpy().astype("<f4").tobytes())

    def bytes8(self, name: str, x: torch.Tensor) -> None:
        self.raw(name, "i8", x.shape[0], x.shape[1], x.to(torch.int8).contiguous().numpy().tobytes())

    def text(self, name: str, lines: list[str]) -> None:
        data = "\n".join(lines).encode()
        self.raw(name, "text", len(data), 1, data)

    def table(self, name: str, x: torch.Tensor) -> None:
        """Rows looked up, 8 bits."""
        x = x.detach()
        scale = x.abs().amax(1, keepdim=True).clamp_min(1e-12) / 127
        self.bytes8(name, (x / scale).round())
        self.floats(name + ".s", scale)

    def linear(self, name: str, weight: torch.Tensor, bias: torch.Tensor | None) -> None:
        """`weight` is [out, in], as torch keeps it."""
        scale = best_scale(weight.detach())
        self.bytes8(name, (weight / scale).round().clamp(-63, 63).detach().T)
        self.floats(name + ".s", scale)
        self.floats(name + ".b", torch.zeros(len(weight)) if bias is None else bias)

    def layer(self, name: str, layer: Layer) -> None:
        for part in ("qkv", "out", "up", "down"):
            linear = getattr(layer, part)
            self.linear(f"{name}.{part}", linear.weight, linear.bias)
        for part in ("norm1", "norm2"):
            self.floats(f"{name}.{part}.w", getattr(layer, part).weight)
            self.floats(f"{name}.{part}.b", getattr(layer, part).bias)

    def save(self, path: Path) -> None:
        header = "\n".join(self.lines).encode()
        header += b" " * (-(len(header) + 4) % 4)
        path.write_bytes(len(header).to_bytes(4, "little") + header + bytes(self.data))
        print(path, path.stat().st_size)


def best_scale(weight: torch.Tensor) -> torch.Tensor:
    """The scale of each row with the least squared error of rounding to 7 bits."""
    top = weight.abs().amax(1, keepdim=True).clamp_min(1e-12) / 63
    best, error = top, torch.full_like(top, float("inf"))
    for part in (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7):
        scale = top * part
        off = ((weight / scale).round().clamp(-63, 63) * scale - weight).square().sum(1, keepdim=True)
        best = torch.where(off < error, scale, best)
        error = torch.minimum(off, error)
    return best


def base(to: Path) -> None:
    """The pretrained parts, shared by trees and sentence vectors."""
    source = pretrained.minilm()
    out = Writer()
    out.text("vocabulary", features.vocabulary()[0])
    out.table("pieces", source.pieces)
    out.table("positions", source.positions)
    out.floats("embedding.norm.w", source.norm[0])
    out.floats("embedding.norm.b", source.norm[1])
    layer = Layer()
    layer.load_state_dict(source.layers[0])
    out.layer("0", layer)
    out.save(to / "base.bin")
    out = Writer()
    for i in range(1, 6):
        layer.load_state_dict(source.layers[i])
        out.layer(str(i), layer)
    out.save(to / "vectors.bin")


def analysis(model: Model, tables: dict[str, list[str]], to: Path) -> None:
    """The trained parts."""
    out = Writer()
    for name, entries in tables.items():
        out.text("labels." + name, entries)
    for i in range(1, STUDENT.depth):
        out.layer(str(i), model.layers[i])
    for name in ("shape", "suffix", "style"):
        out.table(name, getattr(model, name).weight)
    for name in ("tag", "ner", "tree"):
        mix = getattr(model, name + "_mix")
        out.floats("mix." + name, mix.shares())
    for name in ("tag", "ner", "arc_dep", "arc_head"):
        linear = getattr(model, name)[0]
        out.linear(name, linear.weight, linear.bias)
    for name in ("upos", "xpos", "feats", "lemma", "entity", "label_dep", "label_head", "label"):
        linear = getattr(model, name)
        out.linear(name, linear.weight, linear.bias)
    out.floats("entity.steps", model.sequences.steps)
    out.floats("entity.starts", model.sequences.starts)
    # dep @ arc: [in, out] is what a linear's transpose is.
    out.linear("arc", model.arc.T / STUDENT.arc**0.5, None)
    out.floats("arc_bias", model.arc_bias / STUDENT.arc**0.5)
    out.save(to / "analysis.bin")


def fixtures(model: Model, labels: data.Labels, to: Path) -> None:
    """What the float model makes of the sentences in `check.txt`, for the tests of the Rust engine. A line is a key
    and its values, tab between; a sentence starts with its words."""
    pieces = features.Pieces()
    tables = labels.tables
    source = pretrained.minilm()
    layers = [Layer().eval() for _ in range(6)]
    for layer, weights in zip(layers, source.layers):
        layer.load_state_dict(weights)
    embedding = Embedding(source, STUDENT.epsilon)
    lines = []
    for sentence in (Path(__file__).parent / "check.txt").read_text(encoding="utf-8").splitlines():
        words = sentence.split()
        row = data.encoded(Example(words=words), pieces, labels)
        batch = data.on(torch.device("cpu"), data.batch([row]))
        out = model(batch)
        heads = out["arc"].argmax(-1)
        relations = model.labels(out, heads).argmax(-1)[0].tolist()
        x = embedding(batch["ids"])
        mask = torch.zeros(1, 1, 1, batch["ids"].shape[1])
        for layer in layers:
            x = layer(x, mask)
        vector = torch.nn.functional.normalize(x.mean(1), dim=1)[0]
        lines.append(("words", words))
        lines.append(("pieces", row["ids"]))
        for name in ("shape", "suffix", "style"):
            lines.append((name, row[name]))
        lines.append(("upos", [tables["upos"][i] for i in out["upos"].argmax(-1)[0].tolist()]))
        lines.append(("heads", heads[0].tolist()))
        lines.append(("deprel", [tables["deprel"][i] for i in relations]))
        lines.append(("vector", [f"{v:.4f}" for v in vector.tolist()]))
    text = "\n".join("\t".join([k, *map(str, v)]) for k, v in lines)
    (to / "check.tsv").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--from", dest="source", type=Path, default=Path("build"))
    parser.add_argument("--to", type=Path, default=Path("../crates/language/model"))
    args = parser.parse_args()
    args.to.mkdir(parents=True, exist_ok=True)
    labels = data.Labels.read(args.source / "labels.json")
    model = Model(labels.sizes())
    model.load(args.source / "best.pt")
    with torch.no_grad():
        base(args.to)
        analysis(model, labels.tables, args.to)
        fixtures(model, labels, args.to)


if __name__ == "__main__":
    main()
