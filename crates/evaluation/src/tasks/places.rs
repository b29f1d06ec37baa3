//! `places`: toponyms in LGL, TR-News, GeoVirus and GeoWebNews XML: found, and resolved.
//!
//! End to end: `f1` is the F1 of exactly equal spans; `e2e_id`, `e2e_acc161` are F1 scores where a span counts only if
//! it is also resolved rightly. On given toponyms (the gold ones that have coordinates and whose words we were asked
//! for or found): `exact_id` (same GeoNames id), `country`, `acc161` (within 161 km, 100 miles). A set that annotates
//! adjectives and peoples ("Iraqi") is told by its own gold; in the others ours are left out.

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
    let results: Vec<Vec<Found>> = documents.par_iter().map(ours).collect();
    let with_adjectives = documents
        .iter()
        .zip(&results)
        .any(|(d, ours)| ours.iter().any(|f| f.adjective && d.gold.iter().any(|g| g.range == f.range)));
    if !with_adjectives {
        outcome.notes.push("the gold data hold no adjectives or peoples; ours are left out".to_owned());
    }
    let mut score = Score::default();
    for (document, mut ours) in documents.iter().zip(results) {
        ours.retain(|f| with_adjectives || !f.adjective);
        score.add(document, &ours, &mut outcome);
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
        for node in article.descendants().filter(|n| n.has_tag_name("toponym") || n.has_tag_name("location"))
        {
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
    let Some(words) = child_text(node, "phrase").or_else(|| child_text(node, "name")) else {
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
    let number = |name: &str| child_text(tag, name).and_then(|v| v.trim().parse::<f64>().ok());
    let id = tag.attribute("geonameid").map(str::to_owned).or_else(|| child_text(tag, "geonameid"));
    Toponym {
        range,
        id: id.and_then(|v| v.trim().parse().ok()),
        point: number("lat").zip(number("lon")),
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

fn ours(document: &Document) -> Vec<Found> {
    let analysis = system::analyse(system::report(&document.id, &document.text, None));
    let found = |p: &record::Place| Found {
        range: p.range.bytes(),
        spot: p.spot.clone(),
        adjective: is_adjective(&analysis, p.range),
    };
    analysis.places.iter().map(found).collect()
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
    fn distances() {
        let (london, paris) = ((51.5074, -0.1278), (48.8566, 2.3522));
        assert!((kilometres(london, paris) - 343.6).abs() < 1.0);
    }
}
