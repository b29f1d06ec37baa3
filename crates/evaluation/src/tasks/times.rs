//! `times`: TimeML and MEANTIME, scored as in TempEval-3.
//!
//! Strict: the same words. Relaxed: they share a character (one of ours for one gold). Value: relaxed, and the TIMEX3
//! value is the same string. The creation time of a TimeML document is given to us and not scored. MEANTIME is
//! complete only in the first six sentences, so only they are scored; its creation time, which stands in the text as
//! a dateline, is scored like any other time.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;
use roxmltree::Node;

use super::Settings;
use super::words::Joined;
use crate::input;
use crate::metrics::{Counts, spans};
use crate::outcome::around;
use crate::{Case, Outcome, Problem, system};

/// Scores `strict relaxed value` in percent F1; `n` is the number of gold expressions.
///
/// # Errors
/// A file that cannot be read or is neither TimeML nor MEANTIME.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let documents = settings.choose(load(path)?);
    let results: Vec<Vec<Timex>> = documents.par_iter().map(ours).collect();
    let mut outcome = Outcome::new("times", path);
    let mut score = Score::default();
    for (document, ours) in documents.iter().zip(results) {
        let pairs = score.add(&document.gold, &ours);
        wrong(document, &ours, &pairs, &mut outcome);
    }
    let Score { strict, relaxed, value } = score;
    outcome.n = strict.gold as usize;
    outcome.score("strict", strict.f1());
    outcome.score("relaxed", relaxed.f1());
    outcome.score("value", value.f1());
    for (name, counts) in [("strict", strict), ("relaxed", relaxed), ("value", value)] {
        outcome.score(&format!("{name}_p"), counts.precision());
        outcome.score(&format!("{name}_r"), counts.recall());
    }
    Ok(outcome)
}

#[derive(Default)]
struct Score {
    strict: Counts,
    relaxed: Counts,
    value: Counts,
}

impl Score {
    /// Counts one document; gives the pairs of gold and ours that were compared.
    fn add(&mut self, gold: &[Timex], ours: &[Timex]) -> Vec<(usize, usize)> {
        let ranges = |times: &[Timex]| times.iter().map(|t| t.range.clone()).collect::<Vec<_>>();
        let pairs = spans::pair_up(&ranges(gold), &ranges(ours));
        let count = |right: &dyn Fn(&Timex, &Timex) -> bool| {
            let right = pairs.iter().filter(|&&(g, o)| right(&gold[g], &ours[o])).count();
            Counts::new(right, gold.len(), ours.len())
        };
        self.strict += count(&|g, o| g.range == o.range);
        self.relaxed += count(&|_, _| true);
        self.value += count(&|g, o| g.value == o.value);
        pairs
    }
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Bytes of the document's text.
    pub range: Range<usize>,
    /// TIMEX3 type.
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
}

/// A document with its gold times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Its text, as far as it is annotated.
    pub text: String,
    /// When it was written.
    pub written: Option<Date>,
    /// In order.
    pub gold: Vec<Timex>,
}

/// All documents of a file or folder. A MEANTIME document that is there twice is taken once.
///
/// # Errors
/// See [`run`].
pub fn load(path: &Path) -> Result<Vec<Document>, Problem> {
    let mut documents = Vec::new();
    let mut seen = BTreeSet::new();
    for file in input::files(path, "TimeML or MEANTIME file", |p| input::has_extension(p, &["tml", "xml"]))? {
        let text = input::text(&file)?;
        let xml = input::xml(&file, &text)?;
        let document = match xml.root_element().tag_name().name() {
            "TimeML" => timeml(&file, xml.root_element())?,
            "Document" => meantime(&file, xml.root_element())?,
            other => return Err(Problem::new(&file, format!("«{other}» is neither TimeML nor MEANTIME"))),
        };
        if seen.insert(document.id.clone()) {
            documents.push(document);
        }
    }
    Ok(documents)
}

fn timeml(path: &Path, root: Node) -> Result<Document, Problem> {
    let find = |name: &str| root.descendants().find(|n| n.has_tag_name(name));
    let body = find("TEXT").ok_or_else(|| Problem::new(path, "no <TEXT>"))?;
    let written = find("DCT")
        .and_then(|d| d.descendants().find(|n| n.has_tag_name("TIMEX3")))
        .and_then(|t| t.attribute("value"))
        .and_then(date);
    let (mut text, mut gold) = (String::new(), Vec::new());
    gather(body, &mut text, &mut gold);
    gold.sort_by_key(|t| (t.range.start, t.range.end));
    Ok(Document { id: input::stem(path), text, written, gold })
}

fn gather(node: Node, text: &mut String, gold: &mut Vec<Timex>) {
    for child in node.children() {
        if child.is_text() {
            text.push_str(child.text().unwrap_or(""));
        } else if child.is_element() {
            let start = text.len();
            gather(child, text, gold);
            if child.has_tag_name("TIMEX3") && text.len() > start {
                gold.push(timex(child, start..text.len()));
            }
        }
    }
}

fn timex(node: Node, range: Range<usize>) -> Timex {
    let attribute = |name| node.attribute(name).unwrap_or("").to_owned();
    Timex { range, kind: attribute("type"), value: attribute("value") }
}

fn meantime(path: &Path, root: Node) -> Result<Document, Problem> {
    const ANNOTATED_SENTENCES: usize = 6;
    let number = |n: &Node, name: &str| n.attribute(name).and_then(|v| v.parse::<usize>().ok());
    let mut joined = Joined::default();
    let mut tokens = std::collections::BTreeMap::new();
    let (mut sentence, mut annotated) = (0, None);
    for token in root.children().filter(|n| n.has_tag_name("token")) {
        let (Some(id), Some(of)) = (token.attribute("t_id"), number(&token, "sentence")) else {
            return Err(Problem::new(path, "a <token> without t_id or sentence"));
        };
        if of >= ANNOTATED_SENTENCES && annotated.is_none() {
            annotated = Some(joined.text.len());
        }
        // The first two sentences are headline and dateline.
        if of != sentence && of <= 2 {
            joined.paragraph();
        }
        sentence = of;
        tokens.insert(id.to_owned(), joined.word(token.text().unwrap_or("")));
    }
    let annotated = annotated.unwrap_or(joined.text.len());
    let text = joined.text[..annotated].to_owned();
    let (mut gold, mut written) = (Vec::new(), None);
    for node in root.descendants().filter(|n| n.has_tag_name("TIMEX3")) {
        if node.attribute("functionInDocument") == Some("CREATION_TIME") {
            written = written.or(node.attribute("value").and_then(date));
        }
        let anchors: Vec<&Range<usize>> = node
            .children()
            .filter(|n| n.has_tag_name("token_anchor"))
            .filter_map(|a| tokens.get(a.attribute("t_id")?))
            .collect();
        let (Some(start), Some(end)) =
            (anchors.iter().map(|r| r.start).min(), anchors.iter().map(|r| r.end).max())
        else {
            continue;
        };
        if end <= annotated {
            gold.push(timex(node, start..end));
        }
    }
    gold.sort_by_key(|t| (t.range.start, t.range.end));
    let id = root.attribute("doc_id").map_or_else(|| input::stem(path), str::to_owned);
    Ok(Document { id, text, written, gold })
}

/// The day of a TIMEX3 value that begins with one.
fn date(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

fn ours(document: &Document) -> Vec<Timex> {
    let analysis = system::analyse(system::report(&document.id, &document.text, document.written));
    let timex = |t: &record::TimeExpression| Timex {
        range: t.range.bytes(),
        kind: t.kind.to_string(),
        value: t.value.clone(),
    };
    analysis.times.iter().map(timex).collect()
}

fn wrong(document: &Document, ours: &[Timex], pairs: &[(usize, usize)], outcome: &mut Outcome) {
    let show = |t: &Timex| format!("{} {} «{}»", t.kind, t.value, &document.text[t.range.clone()]);
    let mut case = |at: &Timex, gold: String, ours: String| {
        outcome.cases.push(Case {
            origin: match document.written {
                Some(day) => format!("{} (written {day})", document.id),
                None => document.id.clone(),
            },
            text: around(&document.text, at.range.start, at.range.end, 80),
            gold,
            ours,
        });
    };
    for (g, gold) in document.gold.iter().enumerate() {
        let our = pairs.iter().find(|p| p.0 == g).map(|p| &ours[p.1]);
        if our != Some(gold) {
            case(gold, show(gold), our.map_or_else(|| "nothing".to_owned(), show));
        }
        outcome.confusion.add(&gold.kind, our.map_or("nothing", |o| o.kind.as_str()));
    }
    for (_, our) in ours.iter().enumerate().filter(|(o, _)| !pairs.iter().any(|p| p.1 == *o)) {
        case(our, "nothing".to_owned(), show(our));
        outcome.confusion.add("nothing", &our.kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_by_hand() {
        let timex = |range, value: &str| Timex { range, kind: "DATE".into(), value: value.into() };
        // Gold: two found (one with a word too many, one with another value), one missed. Ours: one is none.
        let gold = [timex(0..6, "2024-03-12"), timex(20..27, "2024-W11"), timex(40..44, "2024")];
        let ours = [timex(0..6, "2024-03-11"), timex(15..27, "2024-W11"), timex(60..63, "PXD")];
        let mut score = Score::default();
        score.add(&gold, &ours);
        let f1 = |c: Counts| (c.f1() * 10.0).round() / 10.0;
        // F1 is 2·right / (gold + ours): 2·1/6, 2·2/6, 2·1/6.
        assert_eq!((f1(score.strict), f1(score.relaxed), f1(score.value)), (33.3, 66.7, 33.3));
        // One of ours stands for one gold expression only, however many it covers.
        let mut score = Score::default();
        score.add(&[timex(0..3, "x"), timex(4..7, "y")], &[timex(0..7, "x")]);
        assert_eq!(score.relaxed, Counts::new(1, 2, 1));
    }

    #[test]
    fn timeml_gives_text_and_times_but_not_the_creation_time() {
        let xml = r#"<TimeML><DCT><TIMEX3 value="1998-01-08T10:00">x</TIMEX3></DCT><TEXT>It <EVENT>fell</EVENT> on
<TIMEX3 type="DATE" value="1998-01-06">Tuesday &amp; after</TIMEX3>.</TEXT></TimeML>"#;
        let parsed = roxmltree::Document::parse(xml).unwrap();
        let d = timeml(Path::new("x.tml"), parsed.root_element()).unwrap();
        assert_eq!(d.text, "It fell on\nTuesday & after.");
        assert_eq!(d.written, Some(jiff::civil::date(1998, 1, 8)));
        assert_eq!((d.gold.len(), &d.text[d.gold[0].range.clone()]), (1, "Tuesday & after"));
    }

    #[test]
    fn meantime_is_scored_in_its_first_six_sentences() {
        let xml = r#"<Document doc_id="1"><token t_id="1" sentence="0">Today</token><token t_id="2" sentence="5">on</token>
<token t_id="3" sentence="5">Monday</token><token t_id="4" sentence="6">Tuesday</token><Markables>
<TIMEX3 type="DATE" value="2008-03-01" functionInDocument="CREATION_TIME"><token_anchor t_id="1"/></TIMEX3>
<TIMEX3 type="DATE" value="2008-03-03"><token_anchor t_id="3"/></TIMEX3>
<TIMEX3 type="DATE" value="2008-03-04"><token_anchor t_id="4"/></TIMEX3></Markables></Document>"#;
        let parsed = roxmltree::Document::parse(xml).unwrap();
        let d = meantime(Path::new("x.xml"), parsed.root_element()).unwrap();
        let gold: Vec<&str> = d.gold.iter().map(|t| &d.text[t.range.clone()]).collect();
        assert_eq!(gold, ["Today", "Monday"]);
        assert_eq!(d.written, Some(jiff::civil::date(2008, 3, 1)));
    }
}
