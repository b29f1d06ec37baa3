//! The system under test, called as anyone would call it.

use std::path::PathBuf;

use jiff::civil::Date;
use language::{Language, Options};
use rapporteur::Input;
use record::{
    Analysis, Block, BlockLabel, DateSource, EventType, Parsed, Published, Record, Report, ReportId,
    Sentence, Spot, TextRange,
};

use crate::Problem;

/// A report whose whole text is body.
pub(crate) fn report(id: &str, text: &str, published: Option<Date>) -> Report {
    Report {
        id: ReportId::new(id),
        origin: id.to_owned(),
        text: text.into(),
        title: None,
        publisher: None,
        author: None,
        url: None,
        language: Some("en".to_owned()),
        published: published.map(|date| Published { date, time: None, from: DateSource::Given, at: None }),
        blocks: vec![Block {
            range: TextRange::new(0, text.len()),
            label: BlockLabel::Body,
            rule: "evaluation",
        }],
        warnings: Vec::new(),
    }
}

/// Its sentences and entities.
pub(crate) fn parse(report: &Report) -> Parsed {
    Language::embedded().parse(report, Options::default())
}

/// What words of it that are known to name places mean, by the same rules.
pub(crate) fn given_places(analysis: &Analysis, given: &[TextRange]) -> Vec<Option<Spot>> {
    extract::given_places(&analysis.report, &analysis.parsed, given)
}

/// All that it says.
pub(crate) fn analyse(report: Report) -> Analysis {
    let parsed = parse(&report);
    extract::extract(report, parsed)
}

/// What the source does to the target, where both are given: told by the sentence that holds them.
pub(crate) fn code_pair(text: &str, source: TextRange, target: TextRange) -> Option<EventType> {
    let mut sentences = parse(&report("sentence", text, None)).sentences;
    let missing = |s: &Sentence, r: TextRange| usize::from(!s.range.overlaps(r));
    sentences.sort_by_key(|s| missing(s, source) + missing(s, target));
    sentences.iter().find_map(|s| extract::code_pair(text, s, source, target)).map(|code| code.kind)
}

/// ISO 3166-1 alpha-3 code of a country by its English name.
pub(crate) fn country_code(name: &str) -> Option<&'static str> {
    extract::country::named(name).map(|c| c.code)
}

/// Whether a noun, in the singular or plural, means people.
pub(crate) fn is_person(noun: &str) -> bool {
    extract::is_person(&noun.to_lowercase())
}

/// One record of these reports.
pub(crate) fn link(analyses: Vec<Analysis>) -> Record {
    link::link(analyses, &link::Options::default())
}

/// The incident that each report is about, as a cluster number.
pub(crate) fn stories(analyses: &[Analysis]) -> Vec<usize> {
    link::stories(analyses)
}

/// The event that each mention (index of the report, words) means, as a cluster number.
pub(crate) fn coreference(analyses: &[Analysis], mentions: &[(usize, TextRange)]) -> Vec<usize> {
    let mentions: Vec<link::GoldMention> =
        mentions.iter().map(|&(report, range)| link::GoldMention { report, range }).collect();
    link::coreference(analyses, &mentions)
}

/// The English name of the country with this ISO 3166-1 alpha-3 code.
pub(crate) fn country_name(code: &'static str) -> &'static str {
    extract::country::by_code(code).map_or(code, |c| c.name)
}

/// What a web page says.
pub(crate) fn read_page(bytes: Vec<u8>, name: &str) -> Option<Report> {
    let mut found = None;
    read::read(bytes.as_slice(), name, &read::Options::default(), &mut |item| {
        if let (read::Item::Report(report), None) = (item, &found) {
            found = Some(report);
        }
    });
    found
}

/// The record of report files as JSON.
pub(crate) fn record_of_files(files: &[PathBuf]) -> Result<serde_json::Value, Problem> {
    let inputs: Vec<Input> = files.iter().cloned().map(Input::File).collect();
    let built = rapporteur::build(&inputs, &rapporteur::Options::default(), &());
    if let (Some(first), Some(file)) = (built.skipped.first(), files.first()) {
        return Err(Problem::new(file, first));
    }
    let json = formats::json::RecordJson::new(&built.record);
    serde_json::to_value(json).map_err(|e| Problem {
        path: "record".to_owned(),
        line: None,
        message: e.to_string(),
    })
}
