"""Entity labels for sets that were annotated for something else, or with other kinds.

A label of None leaves a word out of the loss: better no teaching than wrong teaching.
"""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from treebank import Example

KINDS = ["PER", "ORG", "LOC", "FAC", "NORP", "WEAPON", "EVENT", "MISC"]
LABELS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]

HERE = Path(__file__).parent


def listed(name: str) -> set[str]:
    """Lines of a word list in `names/`, lower case."""
    lines = (HERE / "names" / name).read_text(encoding="utf-8").splitlines()
    return {x.strip().lower() for x in lines if x.strip() and not x.startswith("#")}


TITLES = listed("titles.txt")
NORPS = listed("norps.txt")
PLACES = listed("places.txt")
ORGS = listed("organisations.txt")
FORENAMES = listed("forenames.txt")
SURNAMES = listed("surnames.txt")
WEAPONS = listed("weapons.txt")
MONTHS_AND_DAYS = listed("calendar.txt")
FACILITIES = listed("facilities.txt")
ORG_WORDS = listed("org_words.txt")


def columns(path: Path, kinds: dict[str, str | None]) -> list[Example]:
    """Sentences of a `word<TAB>label` file; kinds that map to None are left out of the loss, absent ones are O."""
    out, words, labels = [], [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            word, label = re.split(r"[\t ]", line)[0], re.split(r"[\t ]", line)[-1]
            words.append(word)
            prefix, _, kind = label.partition("-")
            if kind in kinds:
                to = kinds[kind]
                labels.append(None if to is None else f"{prefix}-{to}")
            else:
                labels.append("O")
        elif words:
            out.append(Example(words=words, entities=repaired(labels)))
            words, labels = [], []
    return out


def repaired(labels: list[str | None]) -> list[str | None]:
    """An I without its B becomes a B."""
    previous = "O"
    out: list[str | None] = []
    for label in labels:
        if label and label[0] == "I" and previous is not None and previous[2:] != label[2:]:
            label = "B" + label[1:]
        out.append(label)
        previous = label
    return out


PRONOUNS = {"i", "he", "she", "it", "we", "they", "you", "who", "this", "these", "those", "his", "her", "its", "our",
            "their", "all", "some", "many", "people", "forces", "civilians", "other", "others", "another", "both"}

WNUT = {
    "corporation": "ORG", "group": "ORG", "location": "LOC", "person": "PER", "product": "MISC",
    "creative-work": "MISC",
}


def wnut(path: Path) -> list[Example]:
    out = columns(path, WNUT)
    for e in out:
        add_listed(e)
    return out


def re3d(path: Path) -> list[Example]:
    """Keeps what is named: re3d also marks "the town" and "they"."""
    kinds = {
        "Organisation": "ORG", "Person": "PER", "Location": "LOC", "Weapon": "WEAPON",
        "MilitaryPlatform": "WEAPON", "Nationality": "NORP", "DocumentReference": "MISC",
    }
    out = columns(path, kinds)
    for e in out:
        labels = list(e.entities)
        for a, b, kind in spans(labels):
            labels[a:b] = ["O"] * (b - a)
            x, y = a, b
            while x < y and (e.words[x].lower() in ("the", "a", "an", "some", "both", "two", "three")
                             or kind == "WEAPON" and e.words[x][0].isdigit() and e.words[x].isdigit() or kind == "PER" and e.words[x].lower() in TITLES):
                x += 1
            words = e.words[x:y]
            if kind == "WEAPON":
                keep = bool(words)
            elif kind == "NORP":
                keep = len(words) == 1 and words[0][:1].isupper()
            else:
                keep = bool(words) and (words[0][:1].isupper() or words[0].lower() == "al") and not (
                    len(words) == 1 and words[0].lower() in PRONOUNS
                ) and all(
                    w[:1].isupper() or not w[:1].isalnum() or w.lower() in ("of", "the", "and", "for", "al", "ash", "az",
                                                                          "bin", "de", "in", "on")
                    for w in words
                ) and any(w[:1].isupper() for w in words)
            if keep and kind == "ORG" and y - x == 1 and words[0].lower() in PLACES:
                kind = "LOC"
            if keep:
                labels[x:y] = [f"B-{kind}"] + [f"I-{kind}"] * (y - x - 1)
            elif any(w[:1].isupper() for w in words):
                labels[a:b] = [None] * (b - a)
        e.entities = labels
        add_listed(e)
    return out


def meantime(folder: Path) -> list[Example]:
    """Named mentions (NAM) of the first six sentences of each report."""
    out = []
    for path in sorted((folder / "intra_cross-doc_annotation").rglob("*.xml")):
        root = ET.parse(path).getroot()
        tokens = {t.get("t_id"): t for t in root.iter("token")}
        kinds = {e.get("m_id"): e.get("ent_type") for e in root.iter("ENTITY")}
        types: dict[str, str] = {}
        for r in root.iter("REFERS_TO"):
            targets = [t.get("m_id") for t in r.findall("target")]
            for s in r.findall("source"):
                types[s.get("m_id")] = kinds.get(targets[0], "") if targets else ""
        order = list(tokens)
        where = {t: i for i, t in enumerate(order)}
        words = [tokens[t].text or "" for t in order]
        sentence = [int(tokens[t].get("sentence")) for t in order]
        labels: list[str | None] = ["O"] * len(words)
        named = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "PRO": "MISC"}
        mentions = []
        for m in root.iter("ENTITY_MENTION"):
            at = sorted(where[a.get("t_id")] for a in m.iter("token_anchor"))
            if m.get("syntactic_type") == "NAM" and at:
                mentions.append((len(at), at, named.get(types.get(m.get("m_id"), ""))))
        for size, at, kind in sorted(mentions, reverse=True, key=lambda m: m[0]):
            a, b = at[0], at[-1] + 1
            if b - a != size:
                continue
            while a < b and (words[a].lower() in ("the", "'s") or kind == "PER" and words[a].lower() in TITLES):
                a += 1
            for stop in range(a, b):
                if words[stop] in (",", "who", "which", "based", "-LRB-", "("):
                    b = stop
                    break
            capital = [w[:1].isupper() for w in words[a:b]]
            if not capital or not all(
                c or w in ("of", "and", "for", "the", "&", "'s", "-", ".") for c, w in zip(capital, words[a:b])
            ):
                for i in range(a, b):
                    if words[i][:1].isupper():
                        labels[i] = None
                continue
            if kind is None:
                labels[a:b] = [None] * (b - a)
            else:
                labels[a:b] = [f"B-{kind}"] + [f"I-{kind}"] * (b - a - 1)
        for s in range(1, 6):
            inside = [i for i in range(len(words)) if sentence[i] == s]
            if len(inside) > 2:
                e = Example(words=[words[i] for i in inside], entities=repaired([labels[i] for i in inside]))
                add_listed(e)
                out.append(e)
    return out


def spans(labels: list[str | None]) -> list[tuple[int, int, str]]:
    """(first, one past the last, kind) of each entity."""
    out, start = [], None
    for i, label in enumerate([*labels, "O"]):
        if start is not None and (label is None or label[0] != "I"):
            out.append((start, i, labels[start][2:]))
            start = None
        if label is not None and label[0] == "B":
            start = i
    return out


def add_listed(e: Example) -> None:
    """Peoples, beliefs and weapons by word list, where nothing else is labelled."""
    labels = list(e.entities)
    free = lambda i: labels[i] in ("O", None)  # noqa: E731
    words = e.words
    for i, w in enumerate(words):
        if free(i) and w[:1].isupper() and w.lower() in NORPS:
            after = words[i + 1][:1].isupper() if i + 1 < len(words) else False
            # "British Airways": the name, not the people.
            labels[i] = None if after and labels[i] is None else "B-NORP"
    i = 0
    while i < len(words):
        hit = 0
        for n in (4, 3, 2, 1):
            if i + n <= len(words) and " ".join(words[i : i + n]).lower() in WEAPONS:
                hit = n
                break
        if hit and all(labels[j] == "O" for j in range(i, i + hit)):
            # Treebank words are ambiguous ("tank", "mine"): only nouns.
            if e.upos is None or e.upos[i + hit - 1] in ("NOUN", "PROPN"):
                labels[i : i + hit] = ["B-WEAPON"] + ["I-WEAPON"] * (hit - 1)
            else:
                hit = 1
        i += max(hit, 1)
    e.entities = labels


def name_runs(e: Example) -> list[tuple[int, int]]:
    """Runs of proper nouns, joined over hyphens, "of" and the like where the tree joins them."""
    runs: list[list[int]] = []
    # The fine tag: in "New York" the first word is ADJ, but NNP.
    proper = [x in ("NNP", "NNPS") for x in e.xpos]
    for i, p in enumerate(proper):
        if p and runs and all(
            e.words[j] in ("-", "of", "the", "&", "'", "'s", "’s", "/", "for", "and", "de", ".")
            for j in range(runs[-1][1], i)
        ):
            between = [e.words[j] for j in range(runs[-1][1], i)]
            a = runs[-1][0]
            joined = not between or between == ["-"]
            if not joined and ("of" in between or "for" in between or between in (["'s"], ["’s"], ["&"], ["de"])):
                head = e.heads[i] - 1
                while head >= i:
                    head = e.heads[head] - 1
                inside = a <= head < i or between[0] in ("'s", "’s")
                joined = inside and " ".join(e.words[a : runs[-1][1]]).split()[-1].lower() in ORG_WORDS | FACILITIES
                if between in (["&"], ["de"]):
                    joined = True
            if joined:
                runs[-1][1] = i + 1
                continue
        if p:
            runs.append([i, i + 1])
    out = []
    for a, b in runs:
        while a < b and e.words[a].lower() in TITLES and guess(e.words[a:b]) not in ("ORG", "LOC", "FAC"):
            a += 1
        if a < b:
            out.append((a, b))
    return out


def guess(words: list[str]) -> str | None:
    """Kind of a name by the lists, None if they do not know it."""
    low = [w.lower() for w in words]
    whole = " ".join(low)
    if all(w in MONTHS_AND_DAYS or not w[0].isalpha() for w in low):
        return "O"
    if "@" in whole or "www." in whole:
        return "O"
    if whole in ORGS:
        return "ORG"
    if whole in PLACES or re.sub(r"[^a-z ]", "", whole) in PLACES:
        return "LOC"
    if low[-1] in FACILITIES:
        return "FAC"
    if low[-1] in ORG_WORDS or low[0] in ORG_WORDS and len(low) > 1:
        return "ORG"
    if low[0] in FORENAMES or whole in SURNAMES or len(low) == 2 and low[1] in SURNAMES and low[0][1:2] == ".":
        return "PER"
    if len(low) == 1 and whole in NORPS:
        return "NORP"
    return None


def annotated(examples: list[Example], path: Path) -> None:
    """Labels sentences by an annotation of our own: a line has a sentence's id, a tab, and `first-last:KIND` or
    `word:KIND` for each name, words counted from 1. `?` leaves words out of the loss; what is not listed is no name."""
    known = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, spans = line.partition("\t")
            known[name] = spans.split()
    for e in examples:
        labels: list[str | None] = ["O"] * len(e.words)
        for span in known.get(e.id, ()):
            where, _, kind = span.partition(":")
            first, _, last = where.partition("-")
            a, b = int(first) - 1, int(last or first)
            labels[a:b] = [None] * (b - a) if kind == "?" else [f"B-{kind}"] + [f"I-{kind}"] * (b - a - 1)
        e.entities = labels
        add_listed(e)


def from_tree(e: Example) -> None:
    """Labels a treebank sentence without entities: words outside names are O, names known to the lists get their
    kind, the others are left out of the loss."""
    labels: list[str | None] = ["O"] * len(e.words)
    for i, u in enumerate(e.upos):
        if u == "PROPN" or e.xpos[i] in ("NNP", "NNPS"):
            labels[i] = None
        elif u in ("NOUN", "ADJ") and e.words[i][:1].isupper() and i:
            labels[i] = None
    for i, w in enumerate(e.words):
        if e.xpos[i] == "NNP" and w.lower() in TITLES:
            labels[i] = "O"
    for a, b in name_runs(e):
        kind = guess(e.words[a:b])
        if kind == "O":
            labels[a:b] = ["O"] * (b - a)
        elif kind:
            labels[a:b] = [f"B-{kind}"] + [f"I-{kind}"] * (b - a - 1)
        else:
            labels[a:b] = [None] * (b - a)
    e.entities = labels
    add_listed(e)


GUM = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}


def gum(examples: list[Example]) -> None:
    """Labels GUM sentences: the mention whose head lies in a run of proper nouns gives the run its kind."""
    for e in examples:
        mentions, stack = [], {}
        for i, misc in enumerate(e.misc):
            value = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
            for part in re.findall(r"\([^()]+\)?|[^()]+\)", value):
                if part[0] == "(":
                    fields = part.strip("()").split("-")
                    stack.setdefault(fields[0], []).append((i, fields[1]))
                    if part[-1] == ")":
                        a, kind = stack[fields[0]].pop()
                        mentions.append((a, i + 1, kind))
                else:
                    key = part.strip("()").split("-")[0]
                    if stack.get(key):
                        a, kind = stack[key].pop()
                        mentions.append((a, i + 1, kind))
        from_tree(e)
        labels = e.entities
        for a, b in name_runs(e):
            head = next((i for i in range(a, b) if not a <= e.heads[i] - 1 < b), a)
            around = [m for m in mentions if m[0] <= head < m[1] and mention_head(e, m) == head]
            if not around:
                # A title takes the head of a person's name.
                around = [m for m in mentions if m[0] <= head < m[1] and m[2] == "person"
                          and e.words[mention_head(e, m)].lower() in TITLES]
            if not around:
                if all(x is None for x in labels[a:b]):
                    continue
                continue
            kind = min(around, key=lambda m: m[1] - m[0])[2]
            to = GUM.get(kind, "MISC" if kind in ("object", "abstract") else None)
            if kind == "time":
                labels[a:b] = ["O"] * (b - a)
                continue
            low = [w.lower() for w in e.words[a:b]]
            if to == "LOC" and low[-1] in FACILITIES:
                to = "FAC"
            if to == "PER" and len(low) == 1 and low[0] in NORPS:
                to = "NORP"
            if to is None or to == "MISC" and kind == "abstract" and len(low) == 1:
                labels[a:b] = [None] * (b - a)
            else:
                labels[a:b] = [f"B-{to}"] + [f"I-{to}"] * (b - a - 1)


def mention_head(e: Example, mention: tuple[int, int, str]) -> int:
    a, b, _ = mention
    return next((i for i in range(a, b) if not a <= e.heads[i] - 1 < b), a)


def uner(path: Path, examples: list[Example]) -> None:
    """Labels treebank sentences from the UNER file, which has them in another order."""
    labels: dict[tuple[str, ...], list[str]] = {}
    words, now = [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if line.strip():
            row = line.split("\t")
            words.append(row[1])
            now.append(row[2] if row[2][2:] in ("PER", "ORG", "LOC") else "O")
        elif words:
            labels[tuple(words)] = now
            words, now = [], []
    for e in examples:
        e.entities = labels.get(tuple(e.words))
