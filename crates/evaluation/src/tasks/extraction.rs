//! `extraction`: text, title, author and date of web pages. Three formats, told apart by their content:
//!
//! * article-extraction benchmark (`ground-truth.json`, pages in `html/`): its shingle F1, precision and recall;
//! * trafilatura (`evaldata.json`): snippets that must and must not be in the text; title and author equal but for
//!   white space; date equal;
//! * htmldate (`{url: {file, date}}`): the share of right days.
//!
//! The path is the archive (`.tar.gz`), the unpacked folder, or the JSON file in it. Pages are read without their
//! address, as the peers read them.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use record::{BlockLabel, Report};
use serde_json::Value;

use super::Settings;
use crate::metrics::{Counts, shingles};
use crate::{Case, Outcome, Problem, input, system};

/// Scores `f1 precision recall title author date` as far as the set has gold for them, in percent; `n` is the number
/// of pages.
///
/// # Errors
/// A file or archive that cannot be read, or no list of pages in it.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let files = Files::open(path)?;
    let mut pages = Vec::new();
    for (name, text) in files.lists()? {
        // The lists are written by Python, which has a word for no number.
        let text = text.replace(": NaN", ": null");
        let value: Value = serde_json::from_str(&text)
            .map_err(|e| Problem::new(path, format!("{name}, line {}: not JSON: {e}", e.line())))?;
        pages.extend(value.as_object().into_iter().flatten().filter_map(|(key, entry)| Page::of(key, entry)));
    }
    if pages.is_empty() {
        return Err(Problem::new(path, "no list of pages (evaldata.json, ground-truth.json or eval_….json)"));
    }
    let mut outcome = Outcome::new("extraction", path);
    let mut total = Total::default();
    let pages = settings.choose(pages);
    let read: Vec<Option<Report>> = pages
        .par_iter()
        .map(|p| files.page(&p.file).and_then(|bytes| system::read_page(bytes, &p.file)))
        .collect();
    let mut absent = Vec::new();
    for (page, report) in pages.iter().zip(&read) {
        if !files.has(&page.file) {
            absent.push(page.file.as_str());
            continue;
        }
        outcome.n += 1;
        total.add(page, report.as_ref(), &mut outcome);
    }
    if !absent.is_empty() {
        outcome.notes.push(format!(
            "{} pages are not there and are skipped, e.g. {}",
            absent.len(),
            absent[0]
        ));
    }
    total.report(&mut outcome);
    Ok(outcome)
}

/// What is known about a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Page {
    file: String,
    with: Vec<String>,
    without: Vec<String>,
    body: Option<String>,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
}

impl Page {
    fn of(key: &str, entry: &Value) -> Option<Page> {
        let string = |name: &str| {
            let value = entry.get(name)?.as_str()?.trim().to_owned();
            Some(value).filter(|v| !v.is_empty())
        };
        let strings = |name: &str| -> Vec<String> {
            entry
                .get(name)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|v| v.as_str().map(str::to_owned))
                .collect()
        };
        // A page may have no story.
        let body = entry.get("articleBody").and_then(Value::as_str).map(str::to_owned);
        let file = string("file").or_else(|| body.as_ref().map(|_| format!("{key}.html")))?;
        Some(Page {
            file,
            with: strings("with"),
            without: strings("without"),
            body,
            title: string("title"),
            author: string("author"),
            date: string("date").and_then(|d| d.get(..10).map(str::to_owned)),
        })
    }
}

#[derive(Default)]
struct Total {
    snippets: Counts,
    pages: Vec<(f64, f64, f64)>,
    shares: BTreeMap<&'static str, (usize, usize)>,
}

impl Total {
    fn add(&mut self, page: &Page, report: Option<&Report>, outcome: &mut Outcome) {
        let text = report.map(main_text).unwrap_or_default();
        let mut case = |gold: String, ours: String| {
            outcome.cases.push(Case { origin: page.file.clone(), text: String::new(), gold, ours });
        };
        for snippet in &page.with {
            let found = text.contains(snippet.as_str());
            self.snippets += Counts { right: f64::from(found), gold: 1.0, ours: f64::from(found) };
            if !found {
                case(format!("has «{snippet}»"), "does not have it".to_owned());
            }
        }
        for snippet in page.without.iter().filter(|s| text.contains(s.as_str())) {
            self.snippets += Counts { right: 0.0, gold: 0.0, ours: 1.0 };
            case(format!("does not have «{snippet}»"), "has it".to_owned());
        }
        if let Some(body) = &page.body {
            let shares = shingles::compare(body, &text);
            self.pages.push(shares);
            if shares.0 < 0.9 {
                case(body.chars().take(300).collect(), text.chars().take(300).collect());
            }
        }
        let fields = [
            ("title", &page.title, report.and_then(|r| r.title.as_ref().map(|t| t.value.clone()))),
            ("author", &page.author, report.and_then(|r| r.author.clone())),
            ("date", &page.date, report.and_then(|r| r.published.as_ref().map(|p| p.date.to_string()))),
        ];
        for (name, gold, ours) in fields {
            let Some(gold) = gold else { continue };
            let plain = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
            let right = ours.as_deref().is_some_and(|o| plain(o) == plain(gold));
            let share = self.shares.entry(name).or_default();
            share.0 += usize::from(right);
            share.1 += 1;
            if !right {
                case(
                    format!("{name} {gold}"),
                    format!("{name} {}", ours.unwrap_or_else(|| "none".to_owned())),
                );
            }
        }
    }

    fn report(self, outcome: &mut Outcome) {
        if !self.pages.is_empty() {
            let (p, r, f) = shingles::over_pages(&self.pages);
            for (name, value) in [("f1", f), ("precision", p), ("recall", r)] {
                outcome.score(name, value);
            }
        } else {
            outcome.score("f1", self.snippets.f1());
            outcome.score("precision", self.snippets.precision());
            outcome.score("recall", self.snippets.recall());
        }
        for name in ["title", "author", "date"] {
            if let Some((right, of)) = self.shares.get(name) {
                outcome.score(name, 100.0 * *right as f64 / *of as f64);
                outcome.notes.push(format!("{name}: {of} pages have gold"));
            }
        }
    }
}

/// What was kept as story: body and datelines, without the title and without what is labelled residue.
fn main_text(report: &Report) -> String {
    let body = report.blocks.iter().filter(|b| matches!(b.label, BlockLabel::Body | BlockLabel::Dateline));
    body.map(|b| b.range.of(&report.text)).collect::<Vec<_>>().join("\n")
}

/// The files of a folder or archive, by name without folder.
enum Files {
    Folder(BTreeMap<String, PathBuf>),
    Archive(BTreeMap<String, Vec<u8>>),
}

impl Files {
    fn open(path: &Path) -> Result<Files, Problem> {
        if input::has_extension(path, &["gz", "tgz", "tar"]) {
            return Files::unpack(path);
        }
        let folder = match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => path.to_owned(),
            Ok(_) => path.parent().map(Path::to_owned).unwrap_or_default(),
            Err(e) => return Err(Problem::new(path, e)),
        };
        let mut files = BTreeMap::new();
        for file in input::files(&folder, "file", |_| true)? {
            if let Some(name) = file.file_name() {
                files.insert(name.to_string_lossy().into_owned(), file.clone());
            }
        }
        if path.is_file() {
            // Only the list that is given.
            files.retain(|name, p| !is_list(name) || p == path);
        }
        Ok(Files::Folder(files))
    }

    fn unpack(path: &Path) -> Result<Files, Problem> {
        let problem = |e: std::io::Error| Problem::new(path, e);
        let file = fs::File::open(path).map_err(problem)?;
        let reader: Box<dyn Read> = if input::has_extension(path, &["tar"]) {
            Box::new(file)
        } else {
            Box::new(flate2::read::GzDecoder::new(file))
        };
        let mut files = BTreeMap::new();
        for entry in tar::Archive::new(reader).entries().map_err(problem)? {
            let mut entry = entry.map_err(problem)?;
            let name = entry.path().map_err(problem)?.file_name().map(|n| n.to_string_lossy().into_owned());
            let (Some(name), true) = (name, entry.header().entry_type().is_file()) else { continue };
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).map_err(problem)?;
            files.insert(name, bytes);
        }
        Ok(Files::Archive(files))
    }

    fn lists(&self) -> Result<Vec<(String, String)>, Problem> {
        Ok(match self {
            Files::Folder(files) => {
                let lists = files.iter().filter(|(n, _)| is_list(n));
                lists.map(|(n, p)| Ok((n.clone(), input::text(p)?))).collect::<Result<_, Problem>>()?
            }
            Files::Archive(files) => {
                let lists = files.iter().filter(|(n, _)| is_list(n));
                lists.map(|(n, b)| (n.clone(), input::decode(b.clone()))).collect()
            }
        })
    }

    fn name(&self, file: &str) -> Option<String> {
        let has = |name: &str| match self {
            Files::Folder(files) => files.contains_key(name),
            Files::Archive(files) => files.contains_key(name),
        };
        [file.to_owned(), format!("{file}.gz")].into_iter().find(|n| has(n))
    }

    fn has(&self, file: &str) -> bool {
        self.name(file).is_some()
    }

    /// The bytes of a page, unpacked if need be.
    fn page(&self, file: &str) -> Option<Vec<u8>> {
        let name = self.name(file)?;
        let bytes = match self {
            Files::Folder(files) => fs::read(&files[&name]).ok()?,
            Files::Archive(files) => files[&name].clone(),
        };
        if !name.ends_with(".gz") {
            return Some(bytes);
        }
        let mut page = Vec::new();
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut page).ok()?;
        Some(page)
    }
}

fn is_list(name: &str) -> bool {
    name.ends_with(".json") && (name.starts_with("eval") || name == "ground-truth.json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pages_of_all_three_sets() {
        let aeb = Page::of("ab12", &json!({"articleBody": "Text.", "url": "x"})).unwrap();
        assert_eq!((aeb.file.as_str(), aeb.body.as_deref()), ("ab12.html", Some("Text.")));
        let page = Page::of(
            "http://x",
            &json!({"file": "x.html", "with": ["a"], "without": [], "date": "", "author": "A"}),
        )
        .unwrap();
        assert_eq!((page.with.len(), page.date, page.author.as_deref()), (1, None, Some("A")));
        assert!(Page::of("feed", &json!({"title": "no page"})).is_none());
    }

    #[test]
    fn the_article_extraction_benchmark_as_it_is_published() {
        use std::io::Write;
        let dir = tempfile::tempdir().unwrap();
        let words =
            "Soldiers fired at farmers on the northern road in the morning, a spokesman said. ".repeat(6);
        let page = format!(
            "<html><body><article><h1>Shots</h1><p>{words}</p><p>{words}</p></article></body></html>"
        );
        std::fs::create_dir(dir.path().join("html")).unwrap();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(page.as_bytes()).unwrap();
        std::fs::write(dir.path().join("html/ab12.html.gz"), packed.finish().unwrap()).unwrap();
        let gold = json!({"ab12": {"articleBody": format!("{words}\n\n{words}"), "url": "https://a.example/x"},
            "cd34": {"articleBody": "Not there.", "url": "https://a.example/y"}});
        std::fs::write(dir.path().join("ground-truth.json"), gold.to_string()).unwrap();
        for path in [dir.path().to_owned(), dir.path().join("ground-truth.json")] {
            let outcome = run(&path, &Settings::default()).unwrap();
            let names: Vec<&str> = outcome.scores.iter().map(|(n, _)| n.as_str()).collect();
            assert_eq!((outcome.n, names), (1, vec!["f1", "precision", "recall"]));
            assert!(outcome.notes[0].starts_with("1 pages are not there"), "{:?}", outcome.notes);
            assert_eq!(outcome.get("f1"), Some(100.0));
        }
        std::fs::write(dir.path().join("ground-truth.json"), "{\n\"ab12\": {").unwrap();
        let broken = run(dir.path(), &Settings::default()).unwrap_err().to_string();
        assert!(broken.contains("ground-truth.json, line 2: not JSON"), "{broken}");
    }

    #[test]
    fn snippets_missed_and_wrongly_kept() {
        let mut total = Total::default();
        let page = Page {
            with: vec!["kept".into(), "lost".into()],
            without: vec!["menu".into()],
            ..Page::default()
        };
        let mut report = system::report("x", "kept menu", None);
        report.blocks[0].label = BlockLabel::Body;
        total.add(&page, Some(&report), &mut Outcome::default());
        assert_eq!((total.snippets.precision(), total.snippets.recall()), (50.0, 50.0));
    }

    /// By hand: the title differs in white space alone (right), of two authors one is wrong, of two dates one is not
    /// found, and a page without gold for a field says nothing of it.
    #[test]
    fn shares_of_titles_authors_and_dates() {
        let page = |title: &str, author: Option<&str>, date: Option<&str>| Page {
            file: "x.html".into(),
            title: Some(title.into()),
            author: author.map(str::to_owned),
            date: date.map(str::to_owned),
            ..Page::default()
        };
        let first = system::read_page(
            b"<html><head><title>Ferry  hit by shells</title><meta name=author content='Ada Holm'>\
              <meta property='article:published_time' content='2021-03-04T10:00:00Z'></head><body><article>\
              <h1>Ferry  hit by shells</h1><p>Shells hit a ferry in the strait on Thursday, the port said.</p>\
              </article></body></html>"
                .to_vec(),
            "x.html",
        );
        let second = system::read_page(
            b"<html><head><title>Talks end</title><meta name=author content='Ben Roe'></head><body><article>\
              <h1>Talks end</h1><p>Talks ended without a result, both sides said.</p></article></body></html>"
                .to_vec(),
            "x.html",
        );
        assert!(first.is_some() && second.is_some());
        let mut total = Total::default();
        let mut outcome = Outcome::default();
        let gold = [
            page("Ferry hit\nby shells", Some("Ada Holm"), Some("2021-03-04")),
            page("Talks begin", Some("Cy Poe"), Some("2021-03-05")),
        ];
        total.add(&gold[0], first.as_ref(), &mut outcome);
        total.add(&gold[1], second.as_ref(), &mut outcome);
        total.add(&page("Talks end", None, None), second.as_ref(), &mut outcome);
        assert_eq!(total.shares["title"], (2, 3));
        assert_eq!(total.shares["author"], (1, 2));
        assert_eq!(total.shares["date"], (1, 2));
        assert!(outcome.cases.iter().any(|c| c.gold == "date 2021-03-05" && c.ours == "date none"));
    }
}
