"""Trains the model: `python train.py --data ../../shared/data --out build`.

On a GPU, two teachers of twice the width and more than twice the depth are trained first, and the model learns from the
sets and from what the teachers make of them; on a CPU it learns from the sets alone (`--teachers` says otherwise).
Stops and resumes at epochs: run the same command again. The learning rate falls to nothing over `--epochs` or
`--minutes`, whichever is nearer its end, so that a slow machine still finishes.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import data
import entities
import features
import sentences
import treebank
from model import STUDENT, TEACHER, Model

HEADS = (("upos", 1.0), ("xpos", 1.0), ("feats", 0.5), ("lemma", 0.7), ("entity", 2.0))
Batch = dict[str, torch.Tensor]


def guidance(teachers: list[Model], batch: Batch) -> Batch:
    """The mean of the teachers' distributions: of each head, of the heads of words, and of the relation to the gold
    head or, where none is given, to the one that the teachers think likeliest."""
    with torch.no_grad(), torch.autocast(batch["ids"].device.type, torch.bfloat16):
        outs = [t(batch) for t in teachers]
        mean = lambda scores: sum(s.float().softmax(-1) for s in scores) / len(teachers)  # noqa: E731
        guide = {name: mean([o[name] for o in outs]) for name in ("arc", *(name for name, _ in HEADS))}
        guide["heads"] = torch.where(batch["heads"] >= 0, batch["heads"], guide["arc"].argmax(-1))
        guide["deprel"] = mean([t.labels(o, guide["heads"]) for t, o in zip(teachers, outs)])
    return guide


def losses(model: Model, batch: Batch, guide: Batch | None) -> torch.Tensor:
    """A head's loss is that against the labels of the sets; with a guide, the mean of it and that against the guide."""
    out = model(batch)
    real = batch["real"]
    words = real.sum()
    total = torch.zeros((), device=words.device)

    def add(name: str, scores: torch.Tensor, gold: torch.Tensor, weight: float) -> None:
        nonlocal total
        scores = scores.float()
        hard = F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=data.MASKED, reduction="sum")
        hard = hard / (gold != data.MASKED).sum().clamp_min(1)
        if guide is None:
            total = total + weight * hard
        else:
            soft = -((guide[name] * scores.log_softmax(-1)).sum(-1) * real).sum() / words
            total = total + weight * (0.5 * hard + 0.5 * soft)

    for name, weight in HEADS:
        add(name, out[name], batch[name], weight)
    total = total + 2 * model.sequences.loss(out["entity"].float(), batch["entity"], real)
    add("arc", out["arc"], batch["heads"], 1.5)
    heads = batch["heads"].clamp_min(0) if guide is None else guide["heads"]
    add("deprel", model.labels(out, heads), batch["deprel"], 1.0)
    return total


@torch.no_grad()
def score(model: Model, rows: list[dict], labels: data.Labels) -> dict[str, float]:
    """Shares of words right (greedy heads), and the entity F1 with FAC counted as LOC."""
    model.eval()
    right = dict.fromkeys(("upos", "xpos", "feats", "lemma", "uas", "las"), 0)
    n = hit = found = gold_n = 0
    kinds = ("PER", "ORG", "LOC")
    names = labels.tables["entity"]
    of = lambda ids: {  # noqa: E731
        (a, b, "LOC" if k == "FAC" else k)
        for a, b, k in entities.spans([names[x] for x in ids]) if k in (*kinds, "FAC")
    }
    for group in data.batches(rows, 4000):
        b = data.on(model.arc.device, data.batch(group))
        out = model(b)
        real = b["real"]
        n += int(real.sum())
        for name in ("upos", "xpos", "feats", "lemma"):
            right[name] += int(((out[name].argmax(-1) == b[name]) & real).sum())
        heads = out["arc"].argmax(-1)
        same = (heads == b["heads"]) & real
        right["uas"] += int(same.sum())
        right["las"] += int((same & (model.labels(out, heads).argmax(-1) == b["deprel"])).sum())
        for guess, gold in zip(model.sequences.best(out["entity"], real), b["entity"].tolist()):
            if gold[0] != data.MASKED:  # annotated
                a, c = of(guess), of(gold[: len(guess)])
                hit, found, gold_n = hit + len(a & c), found + len(a), gold_n + len(c)
    model.train()
    out = {k: round(100 * v / n, 2) for k, v in right.items()}
    out["entities"] = round(200 * hit / max(1, found + gold_n), 2)
    return out


def turns(make: data.Turns, first: int, last: int, workers: int) -> Iterator[list[Batch]]:
    """The epochs, made ahead by other processes where there are any to spare."""
    if not workers:
        yield from map(make, range(first, last))
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, context, initializer=keep, initargs=(make,)) as pool:
        waiting: list[Future] = [pool.submit(kept, turn) for turn in range(first, min(last, first + workers))]
        for turn in range(first, last):
            yield [{k: torch.from_numpy(v) for k, v in batch.items()} for batch in waiting.pop(0).result()]
            if turn + workers < last:
                waiting.append(pool.submit(kept, turn + workers))
        pool.shutdown(wait=False, cancel_futures=True)


def keep(make: data.Turns) -> None:
    global MAKE
    MAKE = make
    torch.set_num_threads(1)


def kept(turn: int) -> list[dict[str, np.ndarray]]:
    return [{k: v.numpy() for k, v in batch.items()} for batch in MAKE(turn)]


def main() -> None:
    cuda = torch.cuda.is_available()
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build"))
    parser.add_argument("--epochs", type=int, default=44 if cuda else 12)
    parser.add_argument("--minutes", type=float, default=100)
    parser.add_argument("--batch", type=int, default=6000 if cuda else 1200, help="word pieces a step")
    parser.add_argument("--teacher-batch", type=int, default=2500)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True, help="16-bit layers")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=max(0, (os.cpu_count() or 1) // 3) if cuda else 0)
    parser.add_argument("--teachers", type=int, default=2 if cuda else 0)
    parser.add_argument("--every", type=int, default=6 if cuda else 1, help="epochs between scores and saved states")
    parser.add_argument("--teacher-epochs", type=int, default=8)
    parser.add_argument("--teacher", type=int, help="train only this teacher")
    args = parser.parse_args()
    device = torch.device("cuda" if cuda else "cpu")
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)

    folders = [args.out / f"teacher{i}" for i in range(args.teachers)]
    if args.teacher is None:
        # One after another where there is one processor, together on a GPU, which one alone does not fill.
        running = []
        for i, folder in enumerate(folders):
            if not (folder / "done").exists():
                running.append(subprocess.Popen([sys.executable, *sys.argv, f"--teacher={i}"]))
                if not cuda:
                    running[-1].wait()
        if any([p.wait() for p in running]):
            sys.exit("a teacher failed")
    size = STUDENT if args.teacher is None else TEACHER
    out = args.out if args.teacher is None else folders[args.teacher]
    epochs = args.epochs if args.teacher is None else args.teacher_epochs
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(data.SEED + (args.teacher or 0))

    pieces = features.Pieces()
    examples = data.training_sets(args.data)
    labels = data.Labels(examples)
    (out / "labels.json").write_text(json.dumps(labels.tables, indent=0), encoding="utf-8")
    teachers = []
    if args.teacher is None:
        for folder in folders:
            teachers.append(Model(labels.sizes(), TEACHER))
            teachers[-1].load(folder / "best.pt")
            teachers[-1].to(device).requires_grad_(False)
    banks = args.data / "treebanks"
    ewt = treebank.read(banks / "en_ewt-ud-dev.conllu")
    entities.uner(args.data / "entities" / "uner_ewt-dev.iob2", ewt)
    # Every third sentence tells enough while training.
    dev = {
        "ewt": [data.encoded(e, pieces, labels) for e in ewt[::3]],
        "gum": [data.encoded(e, pieces, labels) for e in treebank.read(banks / "en_gum-ud-dev.conllu")[::3]],
        "own": [data.encoded(e, pieces, labels) for e in sentences.generated(training=False, count=300)],
    }

    model = Model(labels.sizes(), size).to(device)
    slow = [p for n, p in model.named_parameters() if n.startswith(("layers.", "distance")) and p.requires_grad]
    fast = [p for n, p in model.named_parameters() if not n.startswith(("layers.", "distance"))]
    groups = [{"params": slow, "top": size.rate}, {"params": fast, "top": 2e-3}]
    optimizer = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    trained = {n: p for n, p in model.named_parameters() if p.requires_grad}
    mean = {n: p.detach().clone() for n, p in trained.items()}
    epoch = step = 0
    spent = 0.0
    state = out / "state.pt"
    if state.exists():
        saved = torch.load(state, weights_only=True, map_location=device)
        model.load_state_dict(saved["model"], strict=False)
        optimizer.load_state_dict(saved["optimizer"])
        mean, epoch, step, spent = saved["mean"], saved["epoch"], saved["step"], saved["spent"]
    began = time.monotonic() - spent
    pieces_a_step = args.batch if args.teacher is None else args.teacher_batch
    make = data.Turns(examples, labels, pieces_a_step, changed=0.4 if teachers else 0.0)
    for turn in turns(make, epoch, epochs, args.workers):
        if time.monotonic() - began >= args.minutes * 60:
            break
        model.train()
        total = torch.zeros((), device=device)
        for i, now in enumerate(turn):
            done = max((epoch + i / len(turn)) / epochs, (time.monotonic() - began) / (args.minutes * 60))
            if done >= 1:
                break
            rate = min(1.0, step / 200) * (1 - done)
            for g in optimizer.param_groups:
                g["lr"] = g["top"] * rate
            batch = data.on(device, now)
            guide = guidance(teachers, batch) if teachers else None
            optimizer.zero_grad()
            with torch.autocast(device.type, torch.bfloat16, enabled=args.bf16):
                loss = losses(model, batch, guide)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(list(trained.values()), 5.0)
            optimizer.step()
            step += 1
            if step % 5 == 0:
                old = min(0.99, (1 + step / 5) / (10 + step / 5))
                with torch.no_grad():
                    torch._foreach_lerp_(list(mean.values()), [p.detach() for p in trained.values()], 1 - old)
            total += loss.detach()
            if step % 100 == 0:
                print(f"{out.name} epoch {epoch} step {i}/{len(turn)} loss {total.item() / (i + 1):.3f} "
                      f"{(time.monotonic() - began) / 60:.1f} min", flush=True)
        epoch += 1
        if epoch % args.every and epoch < epochs and time.monotonic() - began < args.minutes * 60:
            continue
        spent = time.monotonic() - began
        now = {n: p.detach().clone() for n, p in trained.items()}
        torch.save({"model": now, "optimizer": optimizer.state_dict(), "mean": mean, "epoch": epoch, "step": step,
                    "spent": spent}, state)
        model.load_state_dict(mean, strict=False)
        scores = {name: score(model, rows, labels) for name, rows in dev.items()}
        torch.save({"model": model.state_dict(), "scores": scores}, out / "best.pt")
        model.load_state_dict(now, strict=False)
        print(f"{out.name} epoch {epoch} minutes {spent / 60:.1f} {json.dumps(scores)}", flush=True)
        began = time.monotonic() - spent
    (out / "done").touch()


if __name__ == "__main__":
    main()
