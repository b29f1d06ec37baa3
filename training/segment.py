"""Train the sentence splitter: `python training/segment.py --data ../shared/data/treebanks`.

A linear classifier over hashed features of every gap between words where a sentence could end. The features come from
the Rust code itself (`cargo run -p language --example boundary_samples`), so there is one source of truth; this script
only makes texts from the treebanks, trains, and writes 65,536 signed bytes to
`crates/language/src/segment/weights.bin`. Takes about a minute on two cores; the same seed gives the same file.

Trained on UD English EWT train and GUM train without its documents under non-commercial licences.
"""

import argparse
import pathlib
import random
import subprocess

import numpy as np
import torch

ROOT = pathlib.Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "crates/language/src/segment/weights.bin"
BUCKETS, FEATURES = 1 << 16, 32
LEFT_OUT = ("whow", "fiction", "reddit")  # GUM documents under non-commercial licences
END, DOCUMENT = "\x02", "\x03"


def documents(path):
    """Documents of a CoNLL-U file as lists of paragraphs, each a list of (sentence text, space after it)."""
    found, forms, name, inside = [], [], "", 0
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            name = line.partition("=")[2].strip()
            found.append((name, [[]]))
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            if found[-1][1][-1]:
                found[-1][1].append([])
        elif line and not line.startswith("#"):
            fields = line.split("\t")
            number, space = fields[0], "SpaceAfter=No" not in fields[9]
            if "-" in number:
                inside = int(number.partition("-")[2])
            elif "." in number or int(number) <= inside:
                continue
            forms.append(fields[1] + (" " if space else ""))
        elif not line and forms:
            sentence = "".join(forms)
            found[-1][1][-1].append((sentence.rstrip(" "), sentence.endswith(" ")))
            forms, inside = [], 0
    return [paragraphs for name, paragraphs in found if not any(part in name for part in LEFT_OUT)]


def curl(text):
    """The text with typographic quotation marks."""
    out, opened = [], False
    for i, c in enumerate(text):
        before = text[i - 1] if i else " "
        if c == '"':
            opened = before.isspace() or before in "([-—" or not opened
            out.append("“" if opened else "”")
        elif c == "'":
            out.append("‘" if before.isspace() or before in '(["“' else "’")
        else:
            out.append(c)
    return "".join(out)


def wrap(text, width):
    """The text with some of its spaces made line breaks, as mail and wire copy have it."""
    out, column = [], 0
    for c in text:
        column += 1
        if c == "\n":
            column = 0
        if c == " " and column >= width:
            c, column = "\n", 0
        out.append(c)
    return "".join(out)


def abbreviate(sentence, rng):
    """Now and then an abbreviation for the last word, because few sentences of the treebanks end in one."""
    words = sentence.split(" ")
    if len(words) > 3 and words[-1][:1].isupper() and words[-1][:-1].isalpha() and words[-1].endswith("."):
        if rng.random() < 0.4:
            return " ".join(words[:-1] + [rng.choice(["U.S.", "U.N.", "U.K.", "D.C.", "p.m.", "a.m.", "Inc.", "Co."])])
    return sentence


def render(paragraphs, rng, glue):
    """A document's text with its sentence ends marked; with probability `glue` a space between two is lost."""
    out = []
    for paragraph in paragraphs:
        for i, (sentence, space) in enumerate(paragraph):
            follows = paragraph[i + 1][0] if i + 1 < len(paragraph) else ""
            lost = sentence.endswith((".", "?", "!", "”", '"')) and follows[:1].isupper() and rng.random() < glue
            if glue:
                sentence = abbreviate(sentence, rng)
            out.append(sentence + END + (" " if space and not lost else ""))
        out.append("\n\n")
    return "".join(out)


def texts(docs, rng):
    """Every document as it is, and once more roughened: lines wrapped, quotation marks curled, spaces lost."""
    for paragraphs in docs:
        yield render(paragraphs, rng, 0.0)
    for paragraphs in docs:
        text = render(paragraphs, rng, 0.04)
        if rng.random() < 0.6:
            text = curl(text) if '"' in text else text.replace("“", '"').replace("”", '"')
        elif rng.random() < 0.3:
            text = text.replace('"', "''")
        if rng.random() < 0.5:
            text = wrap(text, rng.choice([50, 60, 72, 80, 100]))
        yield text


def samples(docs):
    """Labels and features of the documents, from the Rust code."""
    command = ["cargo", "run", "-q", "--release", "-p", "language", "--example", "boundary_samples"]
    result = subprocess.run(command, input=DOCUMENT.join(docs).encode(), capture_output=True, check=True, cwd=ROOT)
    rows = np.frombuffer(result.stdout, np.dtype([("label", "u1"), ("features", "<u2", FEATURES)]))
    return torch.tensor(rows["label"].astype(np.float32)), torch.tensor(rows["features"].astype(np.int64))


def train(labels, features, epochs, decay, bonus, seed):
    """Averaged weights of a logistic regression in which an end weighs `bonus` times as much as a gap without one."""
    torch.manual_seed(seed)
    weights = torch.zeros(BUCKETS, requires_grad=True)
    optimiser = torch.optim.Adagrad([weights], lr=0.1)
    average, steps, batch = torch.zeros(BUCKETS), 0, 512
    for epoch in range(epochs):
        order = torch.randperm(len(labels))
        total = 0.0
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            taken = weights[features[rows]]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                taken.sum(1), labels[rows], pos_weight=torch.tensor(bonus)
            )
            loss = loss + decay * taken.square().sum(1).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item() * len(rows)
            if epoch >= epochs // 2:
                average, steps = average + weights.detach(), steps + 1
        print(f"epoch {epoch + 1}: loss {total / len(order):.4f}", flush=True)
    return average / steps


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder with the treebanks")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--bonus", type=float, default=1.6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    docs = [d for name in ("en_ewt-ud-train", "en_gum-ud-train") for d in documents(options.data / f"{name}.conllu")]
    labels, features = samples(list(texts(docs, rng)))
    print(f"{len(labels)} gaps, {int(labels.sum())} sentence ends")
    weights = train(labels, features, options.epochs, options.decay, options.bonus, options.seed)
    scale = 127.0 / weights.abs().quantile(0.9999).item()
    WEIGHTS.write_bytes((weights * scale).round().clamp(-127, 127).to(torch.int8).numpy().tobytes())


if __name__ == "__main__":
    main()
