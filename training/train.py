"""Trains the model: `python train.py --data ../../shared/data --out build`.

Stops and resumes at epochs: run the same command again. The learning rate falls to nothing over `--epochs` or
`--minutes`, whichever is nearer its end, so that a slow machine still finishes.
"""

import argparse
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import data
import entities
import features
import sentences
import treebank
from model import Model

SEED = 20240917


def losses(model: Model, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    out = model(batch)
    total = torch.zeros(())

    def add(scores: torch.Tensor, gold: torch.Tensor, weight: float = 1.0) -> None:
        nonlocal total
        keep = gold != data.MASKED
        if keep.any():
            total = total + weight * F.cross_entropy(scores[keep].float(), gold[keep])

    for name, weight in (("upos", 1.0), ("xpos", 1.0), ("feats", 0.5), ("lemma", 0.7), ("entity", 2.0)):
        add(out[name], batch[name], weight)
    heads = batch["heads"]
    if (heads != data.MASKED).any():
        add(out["arc"], heads, 1.5)
        add(model.labels(out, heads.clamp_min(0)), batch["deprel"])
    return total


@torch.no_grad()
def score(model: Model, rows: list[dict], labels: data.Labels) -> dict[str, float]:
    """Shares of words right (greedy heads), and the entity F1 with FAC counted as LOC."""
    model.eval()
    right = dict.fromkeys(("upos", "xpos", "feats", "lemma", "uas", "las"), 0)
    n = hit = found = gold_n = 0
    kinds = ("PER", "ORG", "LOC")
    as_kind = lambda s: {(a, b, "LOC" if k == "FAC" else k) for a, b, k in s}  # noqa: E731
    for group in data.batches(rows, 4000):
        b = data.batch(group)
        out = model(b)
        real = b["real"]
        n += int(real.sum())
        for name in ("upos", "xpos", "feats", "lemma"):
            right[name] += int(((out[name].argmax(-1) == b[name]) & real).sum())
        heads = out["arc"].argmax(-1)
        same = (heads == b["heads"]) & real
        right["uas"] += int(same.sum())
        right["las"] += int((same & (model.labels(out, heads).argmax(-1) == b["deprel"])).sum())
        guess, gold = out["entity"].argmax(-1).tolist(), b["entity"].tolist()
        for r, g, t in zip(group, guess, gold):
            size = len(r["shape"])
            if t[0] == data.MASKED:  # not annotated
                continue
            names = labels.tables["entity"]
            a = {s for s in as_kind(entities.spans(entities.repaired([names[x] for x in g[:size]]))) if s[2] in kinds}
            c = {s for s in as_kind(entities.spans([names[x] for x in t[:size]])) if s[2] in kinds}
            hit, found, gold_n = hit + len(a & c), found + len(a), gold_n + len(c)
    model.train()
    out = {k: round(100 * v / n, 2) for k, v in right.items()}
    out["entities"] = round(200 * hit / max(1, found + gold_n), 2)
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build"))
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--minutes", type=float, default=100)
    parser.add_argument("--batch", type=int, default=1200, help="word pieces a step")
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True, help="16-bit layers")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="weights to start from")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)

    pieces = features.Pieces()
    examples = data.training_sets(args.data)
    labels_file = args.out / "labels.json"
    labels = data.Labels(examples)
    labels_file.write_text(json.dumps(labels.tables, indent=0), encoding="utf-8")
    banks = args.data / "treebanks"
    ewt = treebank.read(banks / "en_ewt-ud-dev.conllu")
    entities.uner(args.data / "entities" / "uner_ewt-dev.iob2", ewt)
    # Every third sentence tells enough while training.
    dev = {
        "ewt": [data.encoded(e, pieces, labels) for e in ewt[::3]],
        "gum": [data.encoded(e, pieces, labels) for e in treebank.read(banks / "en_gum-ud-dev.conllu")[::3]],
        "own": [data.encoded(e, pieces, labels) for e in sentences.generated(training=False, count=300)],
    }

    model = Model(labels.sizes())
    slow = [p for n, p in model.named_parameters() if n.startswith("layers.") and p.requires_grad]
    fast = [p for n, p in model.named_parameters() if not n.startswith("layers.")]
    groups = [{"params": slow, "top": 3e-4}, {"params": fast, "top": 2e-3}]
    optimizer = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    trained = {n: p for n, p in model.named_parameters() if p.requires_grad}
    mean = {n: p.detach().clone() for n, p in trained.items()}
    epoch = step = 0
    spent = 0.0
    state = args.out / "state.pt"
    if state.exists():
        saved = torch.load(state, weights_only=True)
        model.load_state_dict(saved["model"], strict=False)
        optimizer.load_state_dict(saved["optimizer"])
        mean, epoch, step, spent = saved["mean"], saved["epoch"], saved["step"], saved["spent"]
    elif args.start:
        old = torch.load(args.start, weights_only=True)["model"]
        fits = {k: v for k, v in old.items() if k in model.state_dict() and model.state_dict()[k].shape == v.shape}
        model.load_state_dict(fits, strict=False)
        mean = {n: p.detach().clone() for n, p in trained.items()}
    steps = sum(len(e.words) for e in examples) * 1.45 / args.batch
    began = time.monotonic() - spent
    while epoch < args.epochs and time.monotonic() - began < args.minutes * 60:
        chance = random.Random(SEED + epoch)
        now = examples + sentences.generated(training=True, turn=epoch)
        rows = [data.encoded(data.varied(e, chance), pieces, labels, chance) for e in now]
        groups_now = data.batches(rows, args.batch, chance)
        steps = len(groups_now)
        model.train()
        total = 0.0
        for i, group in enumerate(groups_now):
            done = max((epoch + i / steps) / args.epochs, (time.monotonic() - began) / (args.minutes * 60))
            if done >= 1:
                break
            rate = min(1.0, step / 200) * (1 - done)
            for g in optimizer.param_groups:
                g["lr"] = g["top"] * rate
            optimizer.zero_grad()
            with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
                loss = losses(model, data.batch(group))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(list(trained.values()), 5.0)
            optimizer.step()
            step += 1
            if step % 5 == 0:
                keep = min(0.99, (1 + step / 5) / (10 + step / 5))
                with torch.no_grad():
                    torch._foreach_lerp_(list(mean.values()), [p.detach() for p in trained.values()], 1 - keep)
            total += loss.item()
            if step % 100 == 0:
                print(f"epoch {epoch} step {i}/{steps} loss {total / (i + 1):.3f} "
                      f"{(time.monotonic() - began) / 60:.1f} min", flush=True)
        epoch += 1
        spent = time.monotonic() - began
        now = {n: p.detach().clone() for n, p in trained.items()}
        torch.save({"model": now, "optimizer": optimizer.state_dict(), "mean": mean, "epoch": epoch, "step": step,
                    "spent": spent}, state)
        model.load_state_dict(mean, strict=False)
        scores = {name: score(model, rows, labels) for name, rows in dev.items()}
        torch.save({"model": model.state_dict(), "scores": scores}, args.out / "best.pt")
        model.load_state_dict(now, strict=False)
        print(f"epoch {epoch} minutes {spent / 60:.1f} {json.dumps(scores)}", flush=True)
        began = time.monotonic() - spent


if __name__ == "__main__":
    main()
