-- A Rapporteur record: one SQLite file. Column `json` holds the wire form of `rapporteur/record/1`; other columns are
-- there to find and to sort by. `ord` is the order of the record, from 0. Analyses are zstd-compressed
-- `rapporteur/analysis/1`.
PRAGMA application_id = 0x52415050; -- "RAPP"
PRAGMA user_version = 5;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID; -- schema, voices

CREATE TABLE report (           -- by id
    ord       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    published TEXT,             -- YYYY-MM-DD
    publisher TEXT,
    title     TEXT,
    copy_of   TEXT,             -- id of the report it copies
    origin    TEXT NOT NULL,    -- group of reports that share one text
    json      TEXT NOT NULL,    -- with text, blocks, copy_of, origin
    as_read   BLOB NOT NULL,    -- the report before the reports were compared with each other, as an analysis without content
    analysis  BLOB NOT NULL
);
CREATE INDEX report_list ON report (ord, published);

CREATE TABLE incident (         -- by date, then id
    ord        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    type       TEXT NOT NULL,   -- PLOVER
    mode       TEXT,
    factuality TEXT NOT NULL,
    earliest   TEXT,            -- YYYY-MM-DD
    latest     TEXT,
    title      TEXT NOT NULL,
    reports    INTEGER NOT NULL, -- how many mention it
    killed     INTEGER,         -- best value of the count of all killed, where there is one
    json       TEXT NOT NULL
);
CREATE INDEX incident_list ON incident (ord, earliest, latest, reports, killed);
CREATE INDEX incident_title ON incident (title COLLATE NOCASE, ord);

CREATE TABLE actor (            -- by id
    ord       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    mentions  INTEGER NOT NULL,
    incidents INTEGER NOT NULL, -- in how many it has a part, on either side
    json      TEXT NOT NULL     -- with an empty `evidence`, which is in table mention
);
CREATE INDEX actor_list ON actor (ord, mentions, incidents);
CREATE INDEX actor_name ON actor (name COLLATE NOCASE, ord);

CREATE TABLE mention (          -- the evidence of an actor: code points from 0, end exclusive
    actor  INTEGER NOT NULL REFERENCES actor (ord),
    n      INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES report (ord),
    start  INTEGER NOT NULL,
    "end"  INTEGER NOT NULL,
    PRIMARY KEY (actor, n)
) WITHOUT ROWID;
CREATE INDEX mention_report ON mention (report, start, "end", actor);

CREATE TABLE tie (ord INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL, json TEXT NOT NULL);
CREATE INDEX tie_a ON tie (a);
CREATE INDEX tie_b ON tie (b);
CREATE TABLE tie_report (report INTEGER NOT NULL REFERENCES report (ord), tie INTEGER NOT NULL REFERENCES tie (ord), PRIMARY KEY (report, tie)) WITHOUT ROWID;

CREATE TABLE statement (ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, speaker TEXT, variants INTEGER NOT NULL, json TEXT NOT NULL);
CREATE INDEX statement_list ON statement (ord, variants);
CREATE TABLE dispute (ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, incident TEXT, json TEXT NOT NULL);
CREATE TABLE redirect (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE warning (ord INTEGER PRIMARY KEY, json TEXT NOT NULL);

-- What items can be found by, with how many there are. Of incidents: type, mode, factuality, country, place (GeoNames id,
-- or the name where there is none), actor, target, party (either), publisher, has (figures, dispute, statements, date,
-- place, response), report, answers, part_of. Of reports: publisher, language, voice (own, copy). Of actors: kind, country,
-- sector. Of statements: speaker, publisher, kind, has (drift, several), incident, report. Of disputes: kind, actor,
-- incident, report.
CREATE TABLE facet (
    id    INTEGER PRIMARY KEY,
    of    TEXT NOT NULL,        -- the table
    kind  TEXT NOT NULL,
    value TEXT NOT NULL,
    label TEXT NOT NULL,        -- for people
    count INTEGER NOT NULL,
    UNIQUE (of, kind, value)
);
CREATE TABLE facet_item (
    facet INTEGER NOT NULL REFERENCES facet (id),
    item  INTEGER NOT NULL,     -- ord in the table
    PRIMARY KEY (facet, item)
) WITHOUT ROWID;

CREATE TABLE place (            -- of the incidents
    facet     INTEGER PRIMARY KEY REFERENCES facet (id),
    name      TEXT NOT NULL,
    country   TEXT,             -- ISO 3166-1 alpha-3
    lat       REAL,             -- degrees, WGS 84
    lon       REAL,
    precision TEXT NOT NULL
);

-- Full text, one index a table; rowid is `ord`. An incident is found by its title, its places, its parties and the
-- sentences that tell of it; a statement by its words in every form.
CREATE VIEW report_text (ord, title, body) AS SELECT ord, title, json ->> '$.text' FROM report;
CREATE VIRTUAL TABLE search_report USING fts5 (title, body, content = 'report_text', content_rowid = 'ord', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_incident USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_actor USING fts5 (name, aliases, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_statement USING fts5 (speaker, body, tokenize = 'unicode61 remove_diacritics 2');
