#!/usr/bin/env python3
"""Reads every export of a record back with tools of the format's own world.

    python3 -m venv .venv && .venv/bin/pip install -r tools/check_exports.requirements.txt
    .venv/bin/python tools/check_exports.py PROGRAM RECORD

PROGRAM is the program `rapporteur`, RECORD a record file. Everything is compared with `export --format json`. A check
whose packages are not installed is skipped, aloud. Exit codes: 0 all was checked; 1 something is wrong; 3 nothing is
wrong, but something was skipped.
"""

import csv
import datetime
import importlib
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

FORMULA = re.compile(r"^[\s\x00-\x1f\u200b-\u200f\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]")
NUMBER = re.compile(r"^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$")
ACLED_TYPES = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other",
    },
}
# Types under which BigQuery's copy of GDELT 2.0 has these columns; all others are text.
GDELT_INTEGERS = "GLOBALEVENTID SQLDATE MonthYear Year IsRootEvent QuadClass NumMentions NumSources NumArticles \
Actor1Geo_Type Actor2Geo_Type ActionGeo_Type DATEADDED".split()
GDELT_FLOATS = "FractionDate GoldsteinScale AvgTone ActionGeo_Lat ActionGeo_Long".split()


class Checks:
    def __init__(self, program, record):
        self.program, self.record_file = program, record
        self.record = json.loads(self.export("json"))
        self.incidents = {i["id"]: i for i in self.record["incidents"]}
        self.texts = {r["id"]: r["text"] for r in self.record["reports"]}
        self.folder = pathlib.Path(tempfile.mkdtemp())

    def export(self, form, *more):
        """The bytes of an export; twice the same."""
        command = [self.program, "export", self.record_file, "--quiet", "--format", form, *more]
        first, second = (subprocess.run(command, check=True, capture_output=True).stdout for _ in range(2))
        assert first == second, f"{form}: two runs differ"
        return first

    def tables(self, form):
        folder = self.folder / form
        command = [self.program, "export", self.record_file, "--quiet", "--format", form, "-o", folder]
        subprocess.run(command, check=True, capture_output=True)
        return sorted(folder.iterdir())

    def words(self, row, shown):
        assert self.texts[row["report"]][int(row["start"]):int(row["end"])] == shown, dict(row)

    def expected_rows(self):
        r = self.record
        sets = [(i, f) for i in r["incidents"] for f in i["figures"]]
        return {
            "incidents": len(r["incidents"]), "figures": len(sets), "claims": sum(len(f["claims"]) for _, f in sets),
            "actors": len(r["actors"]), "reports": len(r["reports"]),
            "places": sum(len(p["evidence"]) or 1 for i in r["incidents"] for p in i["places"]),
            "grounds": sum(len(s) for i in r["incidents"] for s in [*i["grounds"].values(), (i["date"] or {}).get("evidence", [])]),
            "mentions": sum(len(i["evidence"]) for i in r["incidents"]),
            "parties": sum(len(p["evidence"]) for i in r["incidents"] for p in i["actors"] + i["targets"]),
            "responses": sum(len(a["evidence"]) for i in r["incidents"] for a in i["responds_to"]),
            "intensity": len(self.dyad_days()),
            "statements": sum(len(s["variants"]) for s in r["statements"]),
            "disputes": sum(len(s["evidence"]) for d in r["disputes"] for s in d["sides"]),
            "ties": sum(len(t["evidence"]) for t in r["ties"]),
        }

    def dyad_days(self):
        """The (day, actor, target) between whom something happened."""
        held = lambda parties: {p["actor"] for p in parties if p["confidence"] != "denied"}
        found = set()
        for i in self.record["incidents"]:
            if i["factuality"] in ("happened", "ongoing") and not i["part_of"]:
                date = i["date"] or {}
                day = date.get("earliest") if date.get("earliest") == date.get("latest") else None
                found |= {(day, a, t) for a in held(i["actors"]) for t in held(i["targets"]) if a != t}
        return found

    def spreadsheet(self, text, delimiter=","):
        """No cell that a spreadsheet would run, however it splits the lines."""
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                for piece in re.split(r"[\t\r\n;|]", cell):
                    assert not FORMULA.match(piece) or NUMBER.match(piece), f"a formula: {cell!r}"

    def check_csv(self):
        import pandas
        expected = self.expected_rows()
        for path in self.tables("csv"):
            raw = path.read_bytes().decode("utf-8")
            self.spreadsheet(raw)
            table = pandas.read_csv(path, dtype=str, keep_default_na=False)
            assert len(table) == expected.pop(path.stem), path.name
            if path.stem == "mentions":
                for _, row in table.iterrows():
                    if "'" not in row["words"]:
                        self.words(row, row["words"])
        assert not expected, f"no table {sorted(expected)}"

    def check_parquet(self):
        import pandas
        import pyarrow
        import pyarrow.parquet
        expected = self.expected_rows()
        for path in self.tables("parquet"):
            table = pyarrow.parquet.read_table(path)
            assert table.num_rows == expected.pop(path.stem), path.name
            for field in table.schema:
                known = (pyarrow.string(), pyarrow.int64(), pyarrow.float64(), pyarrow.date32())
                assert field.type in known or pyarrow.types.is_list(field.type), f"{path.name}: {field}"
            rows = table.to_pylist()
            if path.stem in ("mentions", "parties", "statements"):
                for row in rows:
                    self.words(row, row["words"] or "")
            if path.stem == "incidents":
                for row in rows:
                    of = self.incidents[row["id"]]
                    date = of["date"] or {"earliest": None}
                    assert (row["earliest"] and row["earliest"].isoformat()) == date["earliest"], row
                    assert row["title"] == of["title"] and row["reports"] == of["reports"], row
            frame = pandas.read_parquet(path)
            assert list(frame.columns) == table.schema.names
        assert not expected, f"no table {sorted(expected)}"

    def check_geojson(self):
        import geojson_pydantic
        import shapely
        data = json.loads(self.export("geojson"))
        read = geojson_pydantic.FeatureCollection.model_validate(data)
        assert {f.properties["id"] for f in read.features} == set(self.incidents)
        for feature in data["features"]:
            on_map = [p for p in self.incidents[feature["id"]]["places"] if p["lat"] is not None]
            if feature["geometry"] is None:
                assert not on_map
                continue
            point = shapely.from_geojson(json.dumps(feature["geometry"]))
            assert point.is_valid and (point.y, point.x) == (on_map[0]["lat"], on_map[0]["lon"])
            assert -180 <= point.x <= 180 and -90 <= point.y <= 90

    def check_gdelt(self):
        import pandas
        events_file, mentions_file = self.tables("gdelt")
        text = events_file.read_bytes().decode("utf-8")
        assert '"' not in text.split("\t")[0] and "\r" not in text
        names = gdelt_columns("Events")
        kinds = {n: "Int64" for n in GDELT_INTEGERS} | {n: "float64" for n in GDELT_FLOATS}
        read = dict(sep="\t", header=None, quoting=csv.QUOTE_NONE, na_values=[""], keep_default_na=False)
        events = pandas.read_csv(events_file, names=names, dtype={n: kinds.get(n, "str") for n in names}, **read)
        assert events["GLOBALEVENTID"].is_unique and len(names) == 61
        facts = [i for i in self.record["incidents"] if i["factuality"] in ("happened", "ongoing")]
        pairs = 0
        for incident in facts:
            ones = [a["actor"] for a in incident["actors"]] or [None]
            others = [t["actor"] for t in incident["targets"]] or [None]
            pairs += sum(a != b or len(ones) * len(others) == 1 for a in ones for b in others)
        assert len(events) == pairs
        assert set(events["QuadClass"].dropna()) <= {1, 2, 3, 4}
        assert set(events["ActionGeo_Type"].dropna()) <= {1, 2, 3, 4, 5}
        assert events["GoldsteinScale"].dropna().between(-10, 10).all()
        assert (events["NumMentions"] >= events["NumArticles"]).all()
        assert (events["NumArticles"] >= events["NumSources"]).all()
        names = gdelt_columns("Mentions")
        mentions = pandas.read_csv(mentions_file, names=names, **read)
        assert len(names) == 16 and set(mentions["GLOBALEVENTID"]) <= set(events["GLOBALEVENTID"])
        assert mentions.groupby("GLOBALEVENTID").size().sum() == events["NumMentions"].sum()

    def check_acled(self):
        import pandas
        text = self.export("acled").decode("utf-8")
        self.spreadsheet(text)
        table = pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
        assert table["event_id_cnty"].is_unique and len(table.columns) == 31
        for _, row in table.iterrows():
            subs = ACLED_TYPES[row["event_type"]]
            assert row["sub_event_type"] in subs | {""}, dict(row)
            assert row["time_precision"] in ("", "1", "2", "3") and row["geo_precision"] in ("", "1", "2", "3")
            assert bool(row["event_date"]) == bool(row["time_precision"]), dict(row)
            if row["event_date"]:
                datetime.date.fromisoformat(row["event_date"])
        assert (table[["source_scale", "tags", "timestamp", "admin3"]] == "").all().all()

    def check_ucdp(self):
        import pandas
        text = self.export("ucdp").decode("utf-8")
        self.spreadsheet(text)
        table = pandas.read_csv(io.StringIO(text), parse_dates=["date_start", "date_end"])
        assert table["id"].is_unique and len(table.columns) == 49
        assert (table["best"] >= 1).all(), "an event of UCDP has a death"
        assert (table["low"].isna() | (table["low"] <= table["best"])).all()
        assert (table["high"].isna() | (table["high"] >= table["best"])).all()
        assert set(table["type_of_violence"].dropna()) <= {1, 2, 3}
        assert set(table["where_prec"].dropna()) <= {1, 2, 3, 4, 5, 6, 7}
        assert (table["deaths_civilians"].fillna(0) + table["deaths_unknown"] == table["best"]).all()
        there = table.dropna(subset=["latitude"])
        assert there["priogrid_gid"].between(1, 259200).all()

    def check_plover(self):
        import pandas
        text = self.export("plover").decode("utf-8")
        table = pandas.read_json(io.StringIO(text), lines=True)
        assert list(table["id"]) == list(self.incidents)
        for line in map(json.loads, text.splitlines()):
            of = self.incidents[line["id"]]
            assert (line["event"], line["mode"], line["context"]) == (of["type"], of["mode"], of["contexts"])
            assert len(line["actor"]) == len(of["actors"]) and len(line["recipient"]) == len(of["targets"])

    def check_jsonld(self):
        import pyld
        import rdflib
        data = json.loads(self.export("jsonld"))

        def offline(url, options):
            raise AssertionError(f"the network is wanted: {url}")

        pyld.jsonld.set_document_loader(offline)
        quads = pyld.jsonld.normalize(data, {"algorithm": "URDNA2015", "format": "application/n-quads"})
        schema = rdflib.Namespace("https://schema.org/")
        graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
        assert len(graph) == len([q for q in quads.splitlines() if q])
        found = graph.query(
            "SELECT ?e WHERE { ?e a <https://schema.org/Event> ; <https://schema.org/name> ?n }"
        )
        assert len(set(found)) == len(self.incidents)
        assert len(set(graph.subjects(rdflib.RDF.type, schema.NewsArticle))) == len(self.texts)
        for claim in graph.subjects(rdflib.RDF.type, schema.Claim):
            assert (claim, schema.appearance, None) in graph, claim

    def check_markdown(self):
        import markdown_it
        text = self.export("markdown").decode("utf-8")
        tokens = markdown_it.MarkdownIt("commonmark").parse(text)
        inline = [c for t in tokens for c in t.children or []]
        assert not [t for t in tokens + inline if t.type.startswith("html")], "HTML came through"
        links = [t.attrs["href"] for t in inline if t.type == "link_open"]
        assert all(re.match("https?://", link) for link in links)
        headings = [t for t in tokens if t.type == "heading_open" and t.tag == "h3"]
        assert len(headings) == len(self.incidents)

    def check_ics(self):
        import icalendar
        data = self.export("ics")
        assert b"\n" not in data.replace(b"\r\n", b"") and max(map(len, data.split(b"\r\n"))) <= 75
        calendar = icalendar.Calendar.from_ical(data)
        events = calendar.walk("VEVENT")
        dated = [
            i for i in self.record["incidents"]
            if i["date"] and i["date"]["earliest"] and i["date"]["latest"]
        ]
        assert len(events) == len(dated) == len({str(e["UID"]) for e in events})
        for event, incident in zip(events, dated):
            first, end = event.decoded("DTSTART"), event.decoded("DTEND")
            assert type(first) is datetime.date and first.isoformat() == incident["date"]["earliest"]
            assert (end - datetime.timedelta(days=1)).isoformat() == incident["date"]["latest"]
            assert not event.errors, event.errors


def gdelt_columns(table):
    """The columns that docs/formats.md does not put in order: read from the source of the export."""
    source = pathlib.Path(__file__).resolve().parent.parent / "crates/formats/src/gdelt.rs"
    listing = re.search(rf"pub const {table.upper()}: .*?columns!\[(.*?)\];", source.read_text("utf-8"), re.S)
    return re.findall(r'"(\w+)"', listing.group(1))


NEEDS = {
    "csv": ["pandas"], "parquet": ["pandas", "pyarrow"], "geojson": ["geojson_pydantic", "shapely"],
    "gdelt": ["pandas"], "acled": ["pandas"], "ucdp": ["pandas"], "plover": ["pandas"],
    "jsonld": ["pyld", "rdflib"], "markdown": ["markdown_it"], "ics": ["icalendar"],
}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    checks = Checks(*sys.argv[1:])
    wrong = skipped = 0
    for form, packages in NEEDS.items():
        missing = []
        for package in packages:
            try:
                importlib.import_module(package)
            except ImportError:
                missing.append(package)
        if missing:
            skipped += 1
            print(f"SKIPPED {form}: not installed: {', '.join(missing)}")
            continue
        try:
            getattr(checks, f"check_{form}")()
            print(f"fine    {form}")
        except Exception as e:  # whatever a reader says is wrong with the file
            wrong += 1
            print(f"WRONG   {form}: {type(e).__name__}: {e}")
    sys.exit(1 if wrong else 3 if skipped else 0)


if __name__ == "__main__":
    main()
