"""Train the sentence splitter: `python training/segment.py --data ../shared/data/treebanks`.

A classifier of every gap between words where a sentence could end: one weight each for hashed features, and beside
them a small network over the sixteen words around. What it sees comes from the Rust code itself (`cargo run -p language
--example boundary_samples`), so there is one source of truth; this script only makes texts from the treebanks, trains,
and writes `crates/language/src/segment/weights.bin`. Takes about a minute on two cores; the same seed gives the same
file on the same machine.

The file has, without a header: weights of the features, tables of words, endings and shapes (signed bytes), then as
32-bit little-endian floats the hidden layer (a row an input), its bias, the output's weights, the worth of a step of
the features' weights, and what is added to the sum.

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
AROUND = 16  # words that the network sees
TABLES = ((1 << 13, 12), (1 << 12, 6), (1 << 8, 8))  # rows and width: words, endings, shapes
HIDDEN = 48
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
    """Every document as it is, and twice more roughened: lines wrapped, quotation marks curled, spaces lost."""
    for paragraphs in docs:
        yield render(paragraphs, rng, 0.0)
    for paragraphs in docs * 2:
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
    rows = np.frombuffer(result.stdout, np.dtype([("label", "u1"), ("features", "<u2", FEATURES + 3 * AROUND)]))
    return torch.tensor(rows["label"].astype(np.float32)), torch.tensor(rows["features"].astype(np.int64))


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.sparse = torch.nn.Parameter(torch.zeros(BUCKETS))
        self.tables = torch.nn.ModuleList(torch.nn.Embedding(*size) for size in TABLES)
        for table in self.tables:
            torch.nn.init.normal_(table.weight, std=0.1)
        self.hidden = torch.nn.Linear(AROUND * sum(width for _, width in TABLES), HIDDEN)
        self.out = torch.nn.Linear(HIDDEN, 1)

    def forward(self, rows):
        """Scores, and the weights of the features for their penalty."""
        taken = self.sparse[rows[:, :FEATURES]]
        words, tails, shapes = rows[:, FEATURES:].view(-1, AROUND, 3).unbind(2)
        if self.training:
            # Words unseen in training are the rule elsewhere.
            words = torch.where(torch.rand(words.shape) < 0.3, 0, words)
        seen = torch.cat([table(x) for table, x in zip(self.tables, (words, tails, shapes))], 2).flatten(1)
        drop = torch.nn.functional.dropout
        hidden = drop(self.hidden(drop(seen, 0.25, self.training)).relu(), 0.5, self.training)
        return self.out(hidden)[:, 0] + taken.sum(1), taken


def train(labels, rows, epochs, decay, bonus, seed):
    """The network with the mean of its weights over the last third of the steps; an end weighs `bonus` times as much as
    a gap without one, because a missed end spoils two sentences."""
    torch.manual_seed(seed)
    network, batch = Network(), 512
    rest = [p for name, p in network.named_parameters() if name != "sparse"]
    sparse = torch.optim.Adagrad([network.sparse], lr=0.1)
    dense = torch.optim.AdamW(rest, lr=2e-3, weight_decay=0.01)
    steps, step, mean, taken_in = epochs * (len(labels) // batch), 0, None, 0
    for epoch in range(epochs):
        order, total = torch.randperm(len(labels)), 0.0
        for start in range(0, len(order) - batch + 1, batch):
            at = order[start : start + batch]
            scores, taken = network(rows[at])
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                scores, labels[at], pos_weight=torch.tensor(bonus)
            )
            loss = loss + decay * taken.square().sum(1).mean()
            for group in dense.param_groups:
                group["lr"] = 2e-3 * max(0.02, 1 - step / steps)
            sparse.zero_grad()
            dense.zero_grad()
            loss.backward()
            sparse.step()
            dense.step()
            step += 1
            total += loss.item()
            if step > steps * 2 / 3:
                taken_in += 1
                now = {k: v.detach().clone() for k, v in network.state_dict().items()}
                mean = now if mean is None else {k: v + (now[k] - v) / taken_in for k, v in mean.items()}
        print(f"epoch {epoch + 1}: loss {total / (len(order) // batch):.4f}", flush=True)
    network.load_state_dict(mean)
    return network.eval()


def written(network):
    """The file's bytes. A table's scale goes into the rows of the hidden layer that read it."""
    def small(x):
        scale = x.abs().max() / 127
        return (x / scale).round().to(torch.int8).numpy().tobytes(), scale

    with torch.no_grad():
        top = 127.0 / network.sparse.abs().quantile(0.9999)
        parts = [(network.sparse * top).round().clamp(-127, 127).to(torch.int8).numpy().tobytes()]
        scales = []
        for table in network.tables:
            part, scale = small(table.weight)
            parts.append(part)
            scales.append(scale.expand(table.weight.shape[1]))
        hidden = network.hidden.weight.T * torch.cat(scales).repeat(AROUND)[:, None]
        floats = [hidden.flatten(), network.hidden.bias, network.out.weight[0], (1 / top)[None], network.out.bias]
        return b"".join(parts) + torch.cat(floats).numpy().astype("<f4").tobytes()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder with the treebanks")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--decay", type=float, default=0.05)
    parser.add_argument("--bonus", type=float, default=1.6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)  # the steps are too small to share
    rng = random.Random(options.seed)
    docs = [d for name in ("en_ewt-ud-train", "en_gum-ud-train") for d in documents(options.data / f"{name}.conllu")]
    labels, features = samples(list(texts(docs, rng)))
    print(f"{len(labels)} gaps, {int(labels.sum())} sentence ends")
    network = train(labels, features, options.epochs, options.decay, options.bonus, options.seed)
    WEIGHTS.write_bytes(written(network))


if __name__ == "__main__":
    main()
