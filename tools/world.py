#!/usr/bin/env python3
"""Compiles the map that the page draws: crates/web/data/world.bin.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz     # Natural Earth 1:50m, as TopoJSON
    pip install pycountry==24.6.1                                   # ISO 3166-1 numeric to alpha-3
    tools/world.py package/countries-50m.json crates/extract/data/countries.tsv tools/disputed.tsv crates/web/data/world.bin

Natural Earth is in the public domain. Borders are its own: who held what, as it saw it. Which of them are disputed is
told by disputed.tsv. Names and the points where they are written come from countries.tsv.

The file, all numbers as LEB128, signed ones zigzag:
    number of arcs; for each arc: its kind (0 coast, 1 border, 2 disputed border), number of points, then longitude and
    latitude of the first point and the steps to each next, in units of 1/200 degree;
    number of countries; for each: its ISO 3166-1 alpha-3 code (3 bytes), length and bytes (UTF-8) of its name,
    longitude and latitude of its label, number of rings; for each ring: number of arcs, then each as its index,
    or as the index's one's complement where it is walked backwards.
"""

import collections
import json
import sys

import pycountry

UNIT = 200
# Corners that stand out less than this many units from the line go.
TOLERANCE = 2.2
# What has no code in the package: its own, or that of the state whose law claims it.
NO_CODE = {"Kosovo": "XKX", "Somaliland": "XSL", "N. Cyprus": "XNC", "Siachen Glacier": "XSG",
           "Indian Ocean Ter.": "AUS"}
OWN_NAMES = {"XSL": "Somaliland", "XNC": "Northern Cyprus", "XSG": "Siachen Glacier"}
NOWHERE = {"ATA"}


def varint(n):
    out = bytearray()
    while n >= 0x80:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def signed(n):
    return varint(n << 1 if n >= 0 else (-n << 1) - 1)


def decode(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def simplify(points):
    """Douglas-Peucker, without recursion; ends stay."""
    keep = {0, len(points) - 1}
    # The ends of a ring are one point: its farthest one stays too.
    if points[0] == points[-1] and len(points) > 3:
        keep.add(max(range(len(points)), key=lambda i: (points[i][0] - points[0][0]) ** 2 + (points[i][1] - points[0][1]) ** 2))
    stack = list(zip(sorted(keep), sorted(keep)[1:]))
    while stack:
        a, b = stack.pop()
        (ax, ay), (bx, by) = points[a], points[b]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        worst, at = 0.0, None
        for i in range(a + 1, b):
            px, py = points[i]
            if length == 0:
                d = ((px - ax) ** 2 + (py - ay) ** 2) ** 0.5
            else:
                d = abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length
            if d > worst:
                worst, at = d, i
        if at is not None and worst > TOLERANCE:
            keep.add(at)
            stack += [(a, at), (at, b)]
    return [points[i] for i in sorted(keep)]


def read_disputed(path):
    """Pairs of codes with the box that the disputed part lies in."""
    disputed = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith("#") or not line.strip():
                continue
            columns = line.rstrip("\n").split("\t")
            if len(columns) < 6:
                sys.exit(f"{path}:{number}: six columns are needed, there are {len(columns)}")
            disputed.append((frozenset(columns[:2]), [float(c) for c in columns[2:6]]))
    return disputed


def main(topology_path, countries_path, disputed_path, out_path):
    with open(topology_path, encoding="utf-8") as f:
        topology = json.load(f)
    names, labels = dict(OWN_NAMES), {}
    with open(countries_path, encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) > 5 and not line.startswith("#"):
                names[columns[0]] = columns[5]
                labels[columns[0]] = (float(columns[4]), float(columns[3]))
    disputed = read_disputed(disputed_path)

    countries = collections.OrderedDict()
    users = collections.defaultdict(set)
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        found = pycountry.countries.get(numeric=geometry["id"]) if geometry.get("id") else None
        code = found.alpha_3 if found else NO_CODE.get(name)
        if code is None:
            sys.exit(f"no code for {name}")
        if code in NOWHERE:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = [ring for polygon in polygons for ring in polygon]
        countries.setdefault(code, []).extend(rings)
        for ring in rings:
            for a in ring:
                users[a if a >= 0 else ~a].add(code)

    points = [[(round(x * UNIT), round(y * UNIT)) for x, y in arc] for arc in decode(topology)]
    index, arcs, used = {}, [], collections.Counter()

    def emit(kind, part):
        part = simplify(part)
        data = varint(kind) + varint(len(part))
        x = y = 0
        for px, py in part:
            data += signed(px - x) + signed(py - y)
            x, y = px, py
        arcs.append(data)
        used[kind] += 1
        return len(arcs) - 1

    seen = set()
    for number, arc in enumerate(points):
        pair = users.get(number)
        if not pair:
            continue
        # An arc is cut where it enters or leaves the box of a dispute.
        boxes = [box for codes, box in disputed if codes == frozenset(pair) and len(pair) == 2]
        inside = lambda p: any(w <= p[0] / UNIT <= e and s <= p[1] / UNIT <= n for w, s, e, n in boxes)
        parts, kind = [], None
        for a, b in zip(arc, arc[1:]):
            here = 0 if len(pair) == 1 else 2 if inside(a) and inside(b) else 1
            if here == kind:
                parts[-1][1].append(b)
            else:
                parts.append((here, [a, b]))
                kind = here
            if here == 2:
                seen.add(frozenset(pair))
        index[number] = [emit(k, p) for k, p in parts]
    for codes, _ in disputed:
        if codes not in seen:
            print(f"warning: no border between {' and '.join(sorted(codes))} in that box", file=sys.stderr)

    out = varint(len(arcs)) + b"".join(arcs) + varint(len(countries))
    for code in sorted(countries):
        name = names.get(code, code).encode()
        x, y = labels.get(code, (0, 0))
        if code not in labels:
            ring = max((p for r in countries[code] for p in [points[a if a >= 0 else ~a] for a in r]), key=len)
            x, y = sum(p[0] for p in ring) / len(ring) / UNIT, sum(p[1] for p in ring) / len(ring) / UNIT
        out += code.encode() + varint(len(name)) + name + signed(round(x * UNIT)) + signed(round(y * UNIT))
        out += varint(len(countries[code]))
        for ring in countries[code]:
            walk = []
            for a in ring:
                parts = index[a if a >= 0 else ~a]
                walk += parts if a >= 0 else [~p for p in reversed(parts)]
            out += varint(len(walk)) + b"".join(signed(a) for a in walk)
    with open(out_path, "wb") as f:
        f.write(out)
    print(f"{len(countries)} countries, arcs: {dict(used)}, {len(out)} bytes", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
