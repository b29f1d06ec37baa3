//! `places`: toponyms in LGL, TR-News, GeoVirus and GeoWebNews XML: found, and resolved.
//!
//! `f1` is the F1 of exactly equal spans. Of the gold toponyms that we find by ourselves (an overlapping span),
//! `exact_id`, `country` and `acc161` are the shares with the same GeoNames id, in the same country, within 161 km (100
//! miles). `e2e_…` are the same end to end: F1 scores where a span counts only if it is also resolved rightly. `given_…`
//! are on given toponyms: the gold spans are handed over, and one that we do not know is wrong.
//!
//! A set that annotates adjectives and peoples ("Iraqi") is told by its own gold; in the others ours are left out.
//! Expressions of GeoWebNews ("the church") are no names, and left out on both sides.

use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;
use record::{Analysis, EntityKind, Spot, TextRange, Upos};
use roxmltree::Node;

use super::Settings;
use crate::input::{self, CodePoints};
use crate::metrics::{Counts, spans};
use crate::outcome::around;
use crate::{Case, Outcome, Problem, system};

/// Scores `f1 exact_id country acc161` and more in percent; `n` is the number of gold toponyms.
///
/// # Errors
/// A file that cannot be read or holds no article.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::new("places", path);
    let mut documents = Vec::new();
    for file in input::files(path, "XML file", |p| input::has_extension(p, &["xml"]))? {
        documents.extend(load(&file, &mut outcome.notes)?);
    }
    let documents = settings.choose(documents);
    let results: Vec<(Vec<Found>, Vec<Option<Spot>>)> = documents.par_iter().map(ours).collect();
    let with_adjectives = documents
        .iter()
        .zip(&results)
        .any(|(d, (ours, _))| ours.iter().any(|f| f.adjective && d.gold.iter().any(|g| g.range == f.range)));
    if !with_adjectives {
        outcome.notes.push("the gold data hold no adjectives or peoples; ours are left out".to_owned());
    }
    let mut score = Score::default();
    for (document, (mut ours, given)) in documents.iter().zip(results) {
        ours.retain(|f| with_adjectives || !f.adjective);
        score.add(document, &ours, &mut outcome);
        score.add_given(document, &given);
    }
    outcome.n = score.spans.gold as usize;
    outcome.score("f1", score.spans.f1());
    outcome.score("precision", score.spans.precision());
    outcome.score("recall", score.spans.recall());
    outcome.score("f1_overlap", score.overlap.f1());
    outcome.score("exact_id", score.id.precision());
    outcome.score("country", score.country.precision());
    outcome.score("acc161", score.near.precision());
    outcome.score("e2e_id", score.id.f1());
    outcome.score("e2e_country", score.country.f1());
    outcome.score("e2e_acc161", score.near.f1());
    outcome.score("given_id", score.given_id.precision());
    outcome.score("given_country", score.given_country.precision());
    outcome.score("given_acc161", score.given_near.precision());
    Ok(outcome)
}

/// A gold toponym.
#[derive(Debug, Clone, PartialEq)]
pub struct Toponym {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// GeoNames id.
    pub id: Option<u32>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<&'static str>,
}

/// A document with its gold toponyms.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// In order, without doubles.
    pub gold: Vec<Toponym>,
}

fn load(path: &Path, notes: &mut Vec<String>) -> Result<Vec<Document>, Problem> {
    let text = input::text(path)?;
    let xml = input::xml(path, &text)?;
    let articles: Vec<Node> = xml.descendants().filter(|n| n.has_tag_name("article")).collect();
    if articles.is_empty() {
        return Err(Problem::new(path, "no <article> in it"));
    }
    let mut documents = Vec::new();
    let mut astray = 0;
    for (n, article) in articles.into_iter().enumerate() {
        let Some(text) = child_text(article, "text") else {
            notes.push(format!("{}: article {} has no text", path.display(), n + 1));
            continue;
        };
        let points = CodePoints::of(&text);
        let mut gold = Vec::new();
        let named = |n: &Node| {
            (n.has_tag_name("toponym") || n.has_tag_name("location"))
                && child_text(*n, "type").is_none_or(|t| !t.trim().ends_with("_Expression"))
        };
        for node in article.descendants().filter(named) {
            match place_of(node, &text, &points) {
                Some(range) => gold.push(toponym(node, range)),
                None => astray += 1,
            }
        }
        gold.sort_by_key(|t| (t.range.start, t.range.end));
        gold.dedup_by(|a, b| a.range == b.range);
        let id = article
            .attribute("docid")
            .map_or_else(|| format!("{}:{}", input::stem(path), n + 1), str::to_owned);
        documents.push(Document { id, text, gold });
    }
    if astray > 0 {
        notes.push(format!("{}: {astray} toponyms are not in their text and are skipped", path.display()));
    }
    Ok(documents)
}

fn child_text(node: Node, name: &str) -> Option<String> {
    let child = node.children().find(|n| n.has_tag_name(name))?;
    Some(child.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect())
}

/// Where a toponym stands. Offsets are code points from 0 (LGL) or from 1 (GeoVirus); where its words are at neither
/// place, they are looked for nearby.
fn place_of(node: Node, text: &str, points: &CodePoints) -> Option<Range<usize>> {
    let start: usize = child_text(node, "start")?.trim().parse().ok()?;
    let end: usize = child_text(node, "end")?.trim().parse().ok()?;
    let Some(words) = ["phrase", "name", "extractedName"].iter().find_map(|n| child_text(node, n)) else {
        return Some(points.byte(start)?..points.byte(end)?);
    };
    let stands_at = |start: usize| {
        let from = points.byte(start)?;
        text[from..].starts_with(&words).then(|| from..from + words.len())
    };
    let offsets = [0_isize, -1, 1].into_iter().chain((2..60).flat_map(|d| [-d, d]));
    offsets.filter_map(|d| start.checked_add_signed(d)).find_map(stands_at)
}

fn toponym(node: Node, range: Range<usize>) -> Toponym {
    let tag = node.children().find(|n| n.has_tag_name("gaztag")).unwrap_or(node);
    let number = |names: [&str; 2]| {
        names.iter().find_map(|n| child_text(tag, n)).and_then(|v| v.trim().parse::<f64>().ok())
    };
    let child = || ["geonameid", "geonamesID"].iter().find_map(|n| child_text(tag, n));
    let id = tag.attribute("geonameid").map(str::to_owned).or_else(child);
    Toponym {
        range,
        id: id.and_then(|v| v.trim().parse().ok()),
        point: number(["lat", "latitude"]).zip(number(["lon", "longitude"])),
        country: child_text(tag, "country").and_then(|name| system::country_code(name.trim())),
    }
}

/// One of our places.
struct Found {
    range: Range<usize>,
    spot: Spot,
    /// "Iraqi", "Iraqis".
    adjective: bool,
}

/// Our places, and what we take the gold spans for.
fn ours(document: &Document) -> (Vec<Found>, Vec<Option<Spot>>) {
    let analysis = system::analyse(system::report(&document.id, &document.text, None));
    let found = |p: &record::Place| Found {
        range: p.range.bytes(),
        spot: p.spot.clone(),
        adjective: is_adjective(&analysis, p.range),
    };
    let given: Vec<TextRange> =
        document.gold.iter().map(|t| TextRange::new(t.range.start, t.range.end)).collect();
    // "Here" and "in the city" are no names.
    let names = analysis.places.iter().filter(|p| p.rule != "taken-up");
    (names.map(found).collect(), system::given_places(&analysis, &given))
}

fn is_adjective(analysis: &Analysis, range: TextRange) -> bool {
    let tokens =
        || analysis.parsed.sentences.iter().flat_map(|s| &s.tokens).filter(|t| range.overlaps(t.range));
    analysis.parsed.entities.iter().any(|e| e.kind == EntityKind::Norp && e.range.overlaps(range))
        || tokens().next_back().is_some_and(|t| t.upos == Upos::Adj)
}

#[derive(Default)]
struct Score {
    spans: Counts,
    overlap: Counts,
    /// In these, `ours` is the number of gold toponyms that we found, for accuracy on given toponyms.
    id: Resolved,
    country: Resolved,
    near: Resolved,
    /// On given toponyms.
    given_id: Counts,
    given_country: Counts,
    given_near: Counts,
}

/// Right ones; gold ones; gold ones that we found; ours in all.
#[derive(Default, Clone, Copy)]
struct Resolved {
    right: usize,
    gold: usize,
    found: usize,
    ours: usize,
}

impl Resolved {
    /// Right among the found.
    fn precision(self) -> f64 {
        Counts::new(self.right, self.gold, self.found).precision()
    }

    /// End to end.
    fn f1(self) -> f64 {
        if self.gold == 0 { f64::NAN } else { Counts::new(self.right, self.gold, self.ours).f1() }
    }
}

impl Score {
    fn add(&mut self, document: &Document, ours: &[Found], outcome: &mut Outcome) {
        let gold: Vec<Range<usize>> = document.gold.iter().map(|t| t.range.clone()).collect();
        let found: Vec<Range<usize>> = ours.iter().map(|f| f.range.clone()).collect();
        let pairs = spans::pair_up(&gold, &found);
        let exact = pairs.iter().filter(|&&(g, o)| gold[g] == found[o]).count();
        self.spans += Counts::new(exact, gold.len(), found.len());
        self.overlap += Counts::new(pairs.len(), gold.len(), found.len());
        // Of our spans, those on gold toponyms without a referent are neither right nor wrong.
        let unjudged =
            |known: &dyn Fn(&Toponym) -> bool| pairs.iter().filter(|p| !known(&document.gold[p.0])).count();
        let count = |into: &mut Resolved,
                     known: &dyn Fn(&Toponym) -> bool,
                     right: &dyn Fn(&Toponym, &Spot) -> bool| {
            let judged = pairs.iter().filter(|p| known(&document.gold[p.0]));
            into.found += judged.clone().count();
            into.right += judged.filter(|p| right(&document.gold[p.0], &ours[p.1].spot)).count();
            into.gold += document.gold.iter().filter(|t| known(t)).count();
            into.ours += ours.len() - unjudged(known);
        };
        count(&mut self.id, &|t| t.id.is_some(), &|t, s| t.id == s.geonames_id);
        count(&mut self.country, &|t| t.country.is_some(), &|t, s| t.country == s.country);
        count(&mut self.near, &|t| t.point.is_some(), &|t, s| is_near(t, s));
        self.wrong(document, ours, &pairs, outcome);
    }

    /// What the gold spans were taken for; each toponym is judged by what its gold has.
    fn add_given(&mut self, document: &Document, ours: &[Option<Spot>]) {
        for (gold, ours) in document.gold.iter().zip(ours) {
            let right = |test: &dyn Fn(&Spot) -> bool| usize::from(ours.as_ref().is_some_and(test));
            if gold.id.is_some() {
                self.given_id += Counts::new(right(&|s| s.geonames_id == gold.id), 1, 1);
            }
            if gold.country.is_some() {
                self.given_country += Counts::new(right(&|s| s.country == gold.country), 1, 1);
            }
            if gold.point.is_some() {
                self.given_near += Counts::new(right(&|s| is_near(gold, s)), 1, 1);
            }
        }
    }

    fn wrong(&self, document: &Document, ours: &[Found], pairs: &[(usize, usize)], outcome: &mut Outcome) {
        let mut case = |range: &Range<usize>, gold: String, ours: String| {
            let text = around(&document.text, range.start, range.end, 80);
            outcome.cases.push(Case { origin: document.id.clone(), text, gold, ours });
        };
        let words = |r: &Range<usize>| document.text[r.clone()].to_owned();
        let mut verdicts = Vec::new();
        for (g, gold) in document.gold.iter().enumerate() {
            let show = format!("{} {:?} {:?} {:?}", words(&gold.range), gold.id, gold.country, gold.point);
            let Some(found) = pairs.iter().find(|p| p.0 == g).map(|p| &ours[p.1]) else {
                case(&gold.range, show, "not found".to_owned());
                verdicts.push("not found");
                continue;
            };
            let s = &found.spot;
            let ours = format!(
                "{} → {} {:?} {:?} {:?} {:?}",
                words(&found.range),
                s.name,
                s.geonames_id,
                s.country,
                s.lat,
                s.lon
            );
            let verdict = match () {
                () if gold.point.is_some() && !is_near(gold, s) && s.lat.is_none() => "unresolved",
                () if gold.point.is_some() && !is_near(gold, s) => "another place",
                () if found.range != gold.range => "other words",
                () => "right",
            };
            if verdict != "right" {
                case(&gold.range, show, ours);
            }
            verdicts.push(verdict);
        }
        for (_, found) in ours.iter().enumerate().filter(|(o, _)| !pairs.iter().any(|p| p.1 == *o)) {
            case(
                &found.range,
                "no toponym".to_owned(),
                format!("{} → {}", words(&found.range), found.spot.name),
            );
            verdicts.push("false");
        }
        for verdict in verdicts {
            outcome.confusion.add("right", verdict);
        }
    }
}

fn is_near(gold: &Toponym, spot: &Spot) -> bool {
    const NEAR_KM: f64 = 161.0;
    match (gold.point, spot.lat.zip(spot.lon)) {
        (Some(a), Some(b)) => kilometres(a, b) <= NEAR_KM,
        _ => false,
    }
}

/// Great-circle distance between two points in degrees, on a sphere of 6371 km.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_and_their_offsets() {
        let lgl = "<article><text>Fire in Alexandria.</text><toponyms><toponym><start>8</start><end>18</end>\
            <phrase>Alexandria</phrase><gaztag geonameid=\"4314550\"><lat>31.3</lat><lon>-92.4</lon></gaztag></toponym></toponyms></article>";
        let geovirus = "<article><text>Fire in Alexandria.</text><locations><location><name>Alexandria</name>\
            <start>9</start><end>19</end><lat>31.3</lat><lon>-92.4</lon></location></locations></article>";
        for (xml, id) in [(lgl, Some(4_314_550)), (geovirus, None)] {
            let parsed = roxmltree::Document::parse(xml).unwrap();
            let article = parsed.root_element();
            let text = child_text(article, "text").unwrap();
            let node = article
                .descendants()
                .find(|n| n.has_tag_name("toponym") || n.has_tag_name("location"))
                .unwrap();
            let range = place_of(node, &text, &CodePoints::of(&text)).unwrap();
            assert_eq!(&text[range.clone()], "Alexandria");
            let toponym = toponym(node, range);
            assert_eq!((toponym.id, toponym.point), (id, Some((31.3, -92.4))));
        }
    }

    #[test]
    fn news_in_the_other_formats() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("TR-News.xml");
        // TR-News: as LGL, with texts in CDATA and a country for every toponym.
        let tr = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<articles><article docid=\"7\"><title>Port shut</title>\
            <dltime>2021-05-04</dltime><text><![CDATA[The port of Aden – in Yemen – is shut.]]></text><toponyms>\
            <toponym><phrase>Yemen</phrase><start>19</start><end>24</end><gaztag geonameid=\"69543\">\
            <name>Yemen</name><fclass>A</fclass><fcode>PCLI</fcode><lat>15.5</lat><lon>47.5</lon>\
            <country geonameid=\"69543\">Yemen</country></gaztag></toponym></toponyms></article></articles>";
        std::fs::write(&file, tr).unwrap();
        let mut notes = Vec::new();
        let document = load(&file, &mut notes).unwrap().remove(0);
        let gold = &document.gold[0];
        assert_eq!(&document.text[gold.range.clone()], "Yemen");
        assert_eq!((gold.id, gold.country, gold.point), (Some(69_543), Some("YEM"), Some((15.5, 47.5))));

        // GeoWebNews: other names for the same, empty where nothing is known, and expressions that name no place.
        let gwn = "<articles><article><text>The Irish port of Cork and its harbour.</text><toponyms>\
            <toponym><extractedName>Cork</extractedName><normalisedName>Cork</normalisedName><type>Literal</type>\
            <modifierType/><nonLocational>No</nonLocational><start>18</start><end>22</end>\
            <geonamesID>2965140</geonamesID><latitude>51.9</latitude><longitude>-8.5</longitude></toponym>\
            <toponym><extractedName>harbour</extractedName><normalisedName/><type>Literal_Expression</type>\
            <modifierType/><nonLocational>No</nonLocational><start>31</start><end>38</end></toponym>\
            <toponym><extractedName>Irish</extractedName><normalisedName/><type>Non_Literal_Modifier</type>\
            <modifierType>Adjective</modifierType><nonLocational>No</nonLocational><start>4</start><end>9</end>\
            <geonamesID/><latitude/><longitude/></toponym></toponyms></article></articles>";
        std::fs::write(&file, gwn).unwrap();
        let document = load(&file, &mut notes).unwrap().remove(0);
        let gold: Vec<_> =
            document.gold.iter().map(|t| (&document.text[t.range.clone()], t.id, t.point)).collect();
        assert_eq!(gold, [("Irish", None, None), ("Cork", Some(2_965_140), Some((51.9, -8.5)))]);
        assert!(notes.is_empty(), "{notes:?}");

        std::fs::write(&file, "<articles>\n<article></articles>").unwrap();
        let broken = load(&file, &mut notes).unwrap_err().to_string();
        assert!(broken.contains("TR-News.xml:2: not well-formed XML"), "{broken}");
    }

    #[test]
    fn scores_by_hand() {
        let spot = |id, country, lat, lon| Spot {
            name: String::new(),
            geonames_id: id,
            lat: Some(lat),
            lon: Some(lon),
            country,
            admin1: None,
            precision: record::PlacePrecision::City,
        };
        let toponym =
            |range, id, point| Toponym { range, id: Some(id), point: Some(point), country: Some("FRA") };
        // Three gold toponyms: one found and right; one found with one word too many and taken for a place 1.4 degrees
        // (156 km) to the north, in the same country; one not found. One of ours is none.
        let document = Document {
            id: "x".into(),
            text: "Arles and old Nimes, not Uzes or Us.".into(),
            gold: vec![
                toponym(0..5, 1, (43.7, 4.6)),
                toponym(14..19, 2, (43.8, 4.4)),
                toponym(25..29, 3, (44.0, 4.4)),
            ],
        };
        let found = |range, spot| Found { range, spot, adjective: false };
        let ours = [
            found(0..5, spot(Some(1), Some("FRA"), 43.7, 4.6)),
            found(10..19, spot(Some(9), Some("FRA"), 45.2, 4.4)),
            found(33..35, spot(Some(8), Some("USA"), 40.0, -90.0)),
        ];
        let mut score = Score::default();
        score.add(&document, &ours, &mut Outcome::default());
        let given = [Some(ours[0].spot.clone()), Some(spot(Some(9), Some("FRA"), 45.3, 4.4)), None];
        score.add_given(&document, &given);
        assert_eq!(score.spans, Counts::new(1, 3, 3));
        assert_eq!(score.overlap, Counts::new(2, 3, 3));
        let shares = |r: Resolved| (r.precision().round(), r.f1().round());
        assert_eq!(shares(score.id), (50.0, 33.0), "1 of 2 found; end to end 2·1/(3+3)");
        assert_eq!(shares(score.country), (100.0, 67.0));
        assert_eq!(shares(score.near), (100.0, 67.0), "1.4 degrees of latitude are 156 km");
        assert_eq!(score.given_id, Counts::new(1, 3, 3));
        assert_eq!(score.given_country, Counts::new(2, 3, 3));
        assert_eq!(score.given_near, Counts::new(1, 3, 3), "1.5 degrees are 167 km");
    }

    #[test]
    fn distances() {
        let (london, paris) = ((51.5074, -0.1278), (48.8566, 2.3522));
        assert!((kilometres(london, paris) - 343.6).abs() < 1.0);
    }
}
