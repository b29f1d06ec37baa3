"""Reading CoNLL-U, and the sentences a model is trained on."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Example:
    """One sentence. A list that is None carries no labels for that head; an entity label that is None, none for
    that word."""

    words: list[str]
    upos: list[str] | None = None
    xpos: list[str] | None = None
    feats: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    deprels: list[str] | None = None
    entities: list[str | None] | None = None
    misc: list[str] = field(default_factory=list)
    document: str = ""
    id: str = ""


def read(path: Path, without: tuple[str, ...] = ()) -> list[Example]:
    """Sentences of a CoNLL-U file; syntactic words only. Documents whose id contains a word of `without` are left
    out."""
    out: list[Example] = []
    document, name, rows = "", "", []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                document = line.partition("=")[2].strip()
            elif line.startswith("# sent_id"):
                name = line.partition("=")[2].strip()
            elif line.startswith("#"):
                continue
            elif line:
                row = line.split("\t")
                if row[0].isdigit():
                    rows.append(row)
            elif rows:
                if not any(w in document for w in without):
                    out.append(example(rows, document, name))
                rows = []
    return out


def example(rows: list[list[str]], document: str, name: str) -> Example:
    return Example(
        words=[r[1] for r in rows],
        lemmas=[r[2] for r in rows],
        upos=[r[3] for r in rows],
        xpos=[r[4] for r in rows],
        feats=["" if r[5] == "_" else r[5] for r in rows],
        heads=[int(r[6]) for r in rows],
        deprels=[r[7] for r in rows],
        misc=[r[9] for r in rows],
        document=document,
        id=name,
    )
