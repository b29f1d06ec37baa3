"""Reads piles of overlapping reports with every word that tells of an incident marked (`crates/evaluation/marked/dev`, whose
README tells the format); `python training/piles.py` checks the files and counts what is in them."""

import pathlib
import re
from collections import Counter
from dataclasses import dataclass, field

PILES = pathlib.Path(__file__).resolve().parent.parent / "crates/evaluation/marked/dev"
MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z]{1,2})\]")
HEAD = re.compile(r"([A-Z]{1,2}) ([A-Z]+)(?:\.([a-z-]+))? (happened|ongoing|planned|threatened|hypothetical|denied)( sum)?")
FIELD = re.compile(r"(date|place|by|to|killed|wounded|answers|part of|what): \S")
REPORT = re.compile(r"== (r\d+) (\d{4}-\d\d-\d\d|-)")


@dataclass
class Incident:
    kind: str
    mode: str
    how: str
    several: bool
    place: str


@dataclass
class Line:
    """A headline or paragraph: its text, and (first byte, end, incident) for each mark."""

    text: str
    marks: list[tuple[int, int, str]]


@dataclass
class Pile:
    name: str
    incidents: dict[str, Incident] = field(default_factory=dict)
    reports: dict[str, list[Line]] = field(default_factory=dict)


def marked(line: str, incidents: dict[str, Incident]) -> Line:
    text, marks, at = "", [], 0
    for m in MARK.finditer(line):
        if m[2] not in incidents:
            raise ValueError(f"no incident {m[2]}")
        text += line[at : m.start()]
        start = len(text.encode())
        text += m[1]
        marks.append((start, len(text.encode()), m[2]))
        at = m.end()
    text += line[at:]
    if re.search(r"[\[\]|]", text):
        raise ValueError("a bracket or bar that marks nothing")
    return Line(text, marks)


def piles(pattern: str = "*.txt") -> list[Pile]:
    found: list[Pile] = []
    for path in sorted(PILES.glob(pattern)):
        report = None
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            try:
                if line.startswith("# "):
                    found.append(Pile(f"{path.stem}: {line[2:]}"))
                    report = None
                elif line.startswith("== "):
                    if not (m := REPORT.fullmatch(line)):
                        raise ValueError("a report is «== r1 2024-03-06» or «== r1 -»")
                    report = found[-1].reports.setdefault(m[1], [])
                elif report is not None and line.strip():
                    report.append(marked(line, found[-1].incidents))
                elif line.strip():
                    head, *fields = line.split(" | ")
                    if not (m := HEAD.fullmatch(head)) or not all(map(FIELD.match, fields)):
                        raise ValueError("an incident is «A TYPE.mode happened | date: … | place: …»")
                    place = next((f.removeprefix("place: ") for f in fields if f.startswith("place: ")), "")
                    found[-1].incidents[m[1]] = Incident(m[2], m[3] or "", m[4], bool(m[5]), place)
            except (ValueError, IndexError) as error:
                raise SystemExit(f"{path}:{number}: {error}") from None
    return found


if __name__ == "__main__":
    everything = piles()
    count: Counter[str] = Counter(piles=len(everything))
    for pile in everything:
        lines = [line for report in pile.reports.values() for line in report]
        count.update(incidents=len(pile.incidents), reports=len(pile.reports), marks=sum(len(x.marks) for x in lines))
    print(", ".join(f"{n} {what}" for what, n in count.items()))
