-- A Rapporteur record: one SQLite file. Column `json` holds the wire form of `rapporteur/record/1`; other columns are
-- there to find and to sort by. Analyses are zstd-compressed `rapporteur/analysis/1`.
PRAGMA application_id = 0x52415050; -- "RAPP"
PRAGMA user_version = 1;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE report (
    id        TEXT PRIMARY KEY,
    published TEXT,           -- YYYY-MM-DD
    publisher TEXT,
    title     TEXT,
    json      TEXT NOT NULL,  -- with text, blocks, copy_of, origin
    as_read   BLOB NOT NULL,  -- the report before the reports were compared with each other, as an analysis without content
    analysis  BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE incident (
    ord        INTEGER PRIMARY KEY, -- order of the record: by date, then id
    id         TEXT NOT NULL UNIQUE,
    type       TEXT NOT NULL,
    mode       TEXT,
    factuality TEXT NOT NULL,
    earliest   TEXT,
    latest     TEXT,
    title      TEXT NOT NULL,
    json       TEXT NOT NULL
);
CREATE INDEX incident_type ON incident (type, ord);
CREATE INDEX incident_date ON incident (earliest, ord);

-- What an incident can be found by: kind is country, place, actor, target, report, publisher.
CREATE TABLE facet (
    kind     TEXT NOT NULL,
    value    TEXT NOT NULL,
    incident INTEGER NOT NULL REFERENCES incident (ord),
    PRIMARY KEY (kind, value, incident)
) WITHOUT ROWID;
CREATE INDEX facet_incident ON facet (incident, kind);

CREATE TABLE actor (id TEXT PRIMARY KEY, name TEXT NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tie (ord INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE statement (ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, speaker TEXT, json TEXT NOT NULL);
CREATE TABLE dispute (ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, incident TEXT, json TEXT NOT NULL);
CREATE TABLE redirect (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE warning (ord INTEGER PRIMARY KEY, json TEXT NOT NULL);

-- Full text: kind is incident (ref = incident.ord) or report (ref = rowid order of report ids).
CREATE VIRTUAL TABLE search USING fts5 (kind UNINDEXED, ref UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2');
