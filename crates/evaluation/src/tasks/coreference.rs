//! `coreference`: which mentions of events mean the same event, with gold mentions, in ECB+ and the Gun Violence Corpus.
//!
//! ECB+: event mentions (`ACTION_…`, `NEG_ACTION_…`) in the sentences that the set lists as annotated (if the list is
//! in the folder or above it); singletons count. `muc b3 ceafe conll lea` are at topic level: each topic's reports are
//! read together. `corpus_…` are at corpus level: all reports are. The Gun Violence Corpus has one level.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;
use record::{Analysis, TextRange};
use roxmltree::Node;

use super::Settings;
use super::words::Joined;
use crate::input::{self, Problem};
use crate::metrics::clusters::{self, Scores};
use crate::outcome::around;
use crate::{Case, Outcome, system};

/// Scores `muc b3 ceafe conll lea` (F1) with precision and recall, in percent; `n` is the number of mentions.
///
/// # Errors
/// A file that cannot be read, or a folder that holds neither set.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let documents = load(path)?;
    let topics = documents.iter().any(|d| !d.topic.is_empty());
    let group = |d: &Document| -> String { if topics { d.topic.clone() } else { d.id.clone() } };
    let documents = settings.choose_groups(documents, group);
    let mut outcome = Outcome::new("coreference", path);
    let analyses: Vec<Analysis> =
        documents.par_iter().map(|d| system::analyse(system::report(&d.id, &d.text, d.published))).collect();
    let gold = gold_clusters(&documents);
    outcome.n = gold.len();

    let corpus = link(&documents, &analyses, |_| 0);
    let topics: BTreeSet<&str> = documents.iter().map(|d| d.topic.as_str()).collect();
    let main = if topics.len() > 1 {
        let by_topic =
            link(&documents, &analyses, |d| topics.iter().position(|t| *t == d.topic).unwrap_or(0));
        add(&mut outcome, "", clusters::score(&gold, &by_topic));
        add(&mut outcome, "corpus_", clusters::score(&gold, &corpus));
        by_topic
    } else {
        add(&mut outcome, "", clusters::score(&gold, &corpus));
        corpus
    };
    wrong(&documents, &gold, &main, &mut outcome);
    Ok(outcome)
}

fn add(outcome: &mut Outcome, prefix: &str, scores: Scores) {
    for (name, prf) in [("muc", scores.muc), ("b3", scores.b3), ("ceafe", scores.ceafe)] {
        outcome.score(&format!("{prefix}{name}"), prf.f1);
    }
    outcome.score(&format!("{prefix}conll"), scores.conll);
    outcome.score(&format!("{prefix}lea"), scores.lea.f1);
    for (name, prf) in [("muc", scores.muc), ("b3", scores.b3), ("ceafe", scores.ceafe), ("lea", scores.lea)]
    {
        outcome.score(&format!("{prefix}{name}_p"), prf.precision);
        outcome.score(&format!("{prefix}{name}_r"), prf.recall);
    }
}

/// A report with its gold mentions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Its topic; empty where the set has none.
    pub topic: String,
    /// Its text.
    pub text: String,
    /// When it was published.
    pub published: Option<Date>,
    /// Mentions: bytes of the text, and the name of the gold cluster.
    pub mentions: Vec<(Range<usize>, String)>,
}

/// Our cluster of each mention, in the order of the documents; reports of one group are linked together, and clusters
/// of different groups have different numbers.
fn link(documents: &[Document], analyses: &[Analysis], group: impl Fn(&Document) -> usize) -> Vec<usize> {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, document) in documents.iter().enumerate() {
        groups.entry(group(document)).or_default().push(i);
    }
    let starts: Vec<usize> = documents
        .iter()
        .scan(0, |at, d| {
            *at += d.mentions.len();
            Some(*at - d.mentions.len())
        })
        .collect();
    let mut ours = vec![0; documents.iter().map(|d| d.mentions.len()).sum()];
    let mut next = 0;
    for members in groups.values() {
        let together: Vec<Analysis> = members.iter().map(|&i| analyses[i].clone()).collect();
        let mut mentions = Vec::new();
        let mut places = Vec::new();
        for (n, &i) in members.iter().enumerate() {
            for (m, (range, _)) in documents[i].mentions.iter().enumerate() {
                mentions.push((n, TextRange::from(range.clone())));
                places.push(starts[i] + m);
            }
        }
        let clusters = system::coreference(&together, &mentions);
        for (place, cluster) in places.iter().zip(&clusters) {
            ours[*place] = next + cluster;
        }
        next += clusters.iter().max().map_or(0, |m| m + 1);
    }
    ours
}

fn gold_clusters(documents: &[Document]) -> Vec<usize> {
    let names = || documents.iter().flat_map(|d| d.mentions.iter().map(|(_, name)| name.as_str()));
    let all: BTreeSet<&str> = names().collect();
    let number: BTreeMap<&str, usize> = all.into_iter().enumerate().map(|(i, n)| (n, i)).collect();
    names().map(|n| number[n]).collect()
}

/// Pairs of mentions that are wrongly joined or parted, at most a few for each mention.
fn wrong(documents: &[Document], gold: &[usize], ours: &[usize], outcome: &mut Outcome) {
    let mentions: Vec<(&Document, &Range<usize>)> =
        documents.iter().flat_map(|d| d.mentions.iter().map(move |m| (d, &m.0))).collect();
    let show = |i: usize| {
        let (d, range) = mentions[i];
        format!("{}: {}", d.id, around(&d.text, range.start, range.end, 60))
    };
    let mut last_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut last_of_ours: BTreeMap<usize, usize> = BTreeMap::new();
    for i in 0..gold.len() {
        if let Some(&j) = last_of.get(&gold[i]) {
            outcome
                .confusion
                .add("same event", if ours[i] == ours[j] { "same event" } else { "different events" });
            if ours[i] != ours[j] {
                outcome.cases.push(Case {
                    origin: "parted".to_owned(),
                    text: format!("{} || {}", show(j), show(i)),
                    gold: "same event".to_owned(),
                    ours: "different events".to_owned(),
                });
            }
        }
        if let Some(&j) = last_of_ours.get(&ours[i]).filter(|j| gold[**j] != gold[i]) {
            outcome.confusion.add("different events", "same event");
            outcome.cases.push(Case {
                origin: "joined".to_owned(),
                text: format!("{} || {}", show(j), show(i)),
                gold: "different events".to_owned(),
                ours: "same event".to_owned(),
            });
        }
        last_of.insert(gold[i], i);
        last_of_ours.insert(ours[i], i);
    }
}

// ---- loading --------------------------------------------------------------------------------------------------------

/// All reports of the set at this path: a folder (or file) of ECB+ XML, or a Gun Violence folder or key file.
///
/// # Errors
/// See [`run`].
pub fn load(path: &Path) -> Result<Vec<Document>, Problem> {
    let wanted = |p: &Path| input::has_extension(p, &["xml", "keyfile", "key"]);
    let files = input::files(path, "ECB+ XML or Gun Violence key file", wanted)?;
    let keys: Vec<&PathBuf> = files.iter().filter(|f| !input::has_extension(f, &["xml"])).collect();
    if !keys.is_empty() {
        return super::gvc::load(&keys);
    }
    let sentences = annotated_sentences(path)?;
    let mut documents = Vec::new();
    for file in &files {
        let text = input::text(file)?;
        let xml = input::xml(file, &text)?;
        let document = ecb(file, xml.root_element(), sentences.as_ref())?;
        if !document.mentions.is_empty() {
            documents.push(document);
        }
    }
    if documents.is_empty() {
        return Err(Problem::new(path, "no event mention in it"));
    }
    Ok(documents)
}

type Sentences = BTreeSet<(String, usize)>;

/// The set's list of annotated sentences, if it lies in the folder, or up to two above: (file, sentence).
fn annotated_sentences(path: &Path) -> Result<Option<Sentences>, Problem> {
    const NAME: &str = "ECBplus_coreference_sentences.csv";
    let Some(file) = path.ancestors().take(3).map(|f| f.join(NAME)).find(|f| f.is_file()) else {
        return Ok(None);
    };
    let mut sentences = Sentences::new();
    for (n, line) in input::text(&file)?.lines().enumerate().skip(1).filter(|(_, l)| !l.trim().is_empty()) {
        let row: Vec<&str> = line.split(',').map(str::trim).collect();
        match (row.first(), row.get(1), row.get(2).and_then(|s| s.parse().ok())) {
            (Some(topic), Some(name), Some(sentence)) => {
                sentences.insert((format!("{topic}_{name}"), sentence))
            }
            _ => return Err(Problem::at(&file, n + 1, "no topic, file and sentence")),
        };
    }
    Ok(Some(sentences))
}

fn ecb(path: &Path, root: Node, annotated: Option<&Sentences>) -> Result<Document, Problem> {
    let id = input::stem(path);
    let topic = id.split('_').next().unwrap_or("").to_owned();
    let mut joined = Joined::default();
    // Place and sentence of each token.
    let mut tokens: BTreeMap<&str, (Range<usize>, usize)> = BTreeMap::new();
    let mut last = None;
    // The added half of the set begins with the address of the page as its first sentence.
    let address = |s: usize, word: &str| s == 0 && (word.starts_with("http") || word.starts_with("www"));
    let mut in_address = false;
    for token in root.children().filter(|n| n.has_tag_name("token")) {
        let number = |name| token.attribute(name).and_then(|v| v.parse::<usize>().ok());
        let (Some(id), Some(sentence)) = (token.attribute("t_id"), number("sentence")) else {
            return Err(Problem::new(path, "a <token> without t_id or sentence"));
        };
        let word = token.text().unwrap_or("").trim();
        if last != Some(sentence) {
            joined.paragraph();
            in_address = address(sentence, word);
            last = Some(sentence);
        }
        let place = if in_address { joined.text.len()..joined.text.len() } else { joined.word(word) };
        tokens.insert(id, (place, sentence));
    }
    let clusters = ecb_clusters(root, &id);
    let mut mentions = Vec::new();
    for node in root.descendants() {
        let name = node.tag_name().name();
        if !name.starts_with("ACTION") && !name.starts_with("NEG_ACTION") {
            continue;
        }
        let Some(mention) = node.attribute("m_id") else { continue };
        let anchors: Vec<&(Range<usize>, usize)> = node
            .children()
            .filter(|n| n.has_tag_name("token_anchor"))
            .filter_map(|a| tokens.get(a.attribute("t_id")?))
            .collect();
        let (Some(first), Some(end)) =
            (anchors.iter().min_by_key(|a| a.0.start), anchors.iter().map(|a| a.0.end).max())
        else {
            continue;
        };
        let wanted = annotated.is_none_or(|list| list.contains(&(id.clone(), first.1)));
        if wanted && end > first.0.start {
            let alone = || format!("{id}#{mention}");
            mentions.push((first.0.start..end, clusters.get(mention).cloned().unwrap_or_else(alone)));
        }
    }
    mentions.sort_by_key(|m| (m.0.start, m.0.end));
    mentions.dedup_by(|a, b| a.0 == b.0);
    Ok(Document { id, topic, text: joined.text, published: None, mentions })
}

/// The cluster of each mention that is in a relation: the instance of a cross-document relation, which keeps its name
/// from report to report, or the relation itself within one report.
fn ecb_clusters<'a>(root: Node<'a, '_>, id: &str) -> BTreeMap<&'a str, String> {
    let mut clusters = BTreeMap::new();
    for relation in root.descendants() {
        let name = match relation.tag_name().name() {
            "CROSS_DOC_COREF" => relation.attribute("note").map(str::to_owned),
            "INTRA_DOC_COREF" => relation.attribute("r_id").map(|r| format!("{id}@{r}")),
            _ => None,
        };
        let Some(name) = name else { continue };
        for source in relation.children().filter(|n| n.has_tag_name("source")) {
            if let Some(mention) = source.attribute("m_id") {
                clusters.insert(mention, name.clone());
            }
        }
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ecb_mentions_clusters_and_listed_sentences() {
        let xml = r#"<Document><token t_id="1" sentence="0">http</token><token t_id="2" sentence="1">They</token>
<token t_id="3" sentence="1">struck</token><token t_id="4" sentence="2">It</token><token t_id="5" sentence="2">hit</token><Markables>
<ACTION_OCCURRENCE m_id="7"><token_anchor t_id="3"/></ACTION_OCCURRENCE>
<NEG_ACTION_OCCURRENCE m_id="8"><token_anchor t_id="5"/></NEG_ACTION_OCCURRENCE>
<HUMAN_PART m_id="9"><token_anchor t_id="2"/></HUMAN_PART>
<ACTION_OCCURRENCE m_id="20" TAG_DESCRIPTOR="x" instance_id="ACT1"/></Markables><Relations>
<CROSS_DOC_COREF r_id="1" note="ACT1"><source m_id="7"/><target m_id="20"/></CROSS_DOC_COREF></Relations></Document>"#;
        let parsed = roxmltree::Document::parse(xml).unwrap();
        let d = ecb(Path::new("36_1ecbplus.xml"), parsed.root_element(), None).unwrap();
        assert_eq!((d.topic.as_str(), d.text.as_str()), ("36", "They struck\n\nIt hit"));
        let mentions: Vec<(&str, &str)> =
            d.mentions.iter().map(|(r, c)| (&d.text[r.clone()], c.as_str())).collect();
        assert_eq!(mentions, [("struck", "ACT1"), ("hit", "36_1ecbplus#8")]);
        let only = Sentences::from([("36_1ecbplus".to_owned(), 2)]);
        let d = ecb(Path::new("36_1ecbplus.xml"), parsed.root_element(), Some(&only)).unwrap();
        assert_eq!(d.mentions.len(), 1);
    }
}
