//! The Gun Violence Corpus: reports as running text, mentions by sentence and word of another tokenizer.
//!
//! A key line names a mention as `report.b9.11`: part (`t` title, `b` body), sentence (from 1) and word (from 1 in the
//! title, from 0 in the body) of the corpus's own tokenizer, which the reports do not carry. Words are counted by the
//! rules that its numbers follow; where its sentences begin is found again from all mentions of a report together:
//! the beginnings, in order, for which most mentions land on words that can name violence and the counts of
//! sentences between them are nearest to ours. The gold clusters play no part in it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::coreference::Document;
use crate::input::{self, Problem};

/// The reports named in the key files, each with its mentions; the reports are in `docs.jsonl` beside them.
///
/// # Errors
/// A file that cannot be read, a broken line, or a report that is not there.
pub fn load(keys: &[&PathBuf]) -> Result<Vec<Document>, Problem> {
    let mut documents: BTreeMap<String, Keyed> = BTreeMap::new();
    for key in keys {
        let reports = reports(&key.parent().unwrap_or(Path::new(".")).join("docs.jsonl"))?;
        for (n, line) in input::text(key)?.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let columns: Vec<&str> = line.split_whitespace().collect();
            let mention = columns.iter().rev().nth(1).and_then(|m| Mention::parse(m));
            let (Some(mention), Some(cluster)) = (mention, columns.last()) else {
                return Err(Problem::at(key, n + 1, "no mention and cluster"));
            };
            let Some((document, title)) = reports.get(mention.report) else {
                return Err(Problem::at(
                    key,
                    n + 1,
                    format!("the report {} is not in docs.jsonl", mention.report),
                ));
            };
            let entry = documents.entry(mention.report.to_owned()).or_insert_with(|| Keyed {
                document: document.clone(),
                title: *title,
                mentions: Vec::new(),
            });
            entry.mentions.push((
                mention.title,
                mention.sentence,
                mention.word,
                format!("{}{cluster}", key.display()),
            ));
        }
    }
    let mut documents: Vec<Document> = documents.into_values().map(Keyed::placed).collect();
    documents.retain(|d| !d.mentions.is_empty());
    Ok(documents)
}

/// A report and its mentions as the key names them.
struct Keyed {
    document: Document,
    /// Length of the title.
    title: usize,
    /// In the title or not, sentence, word, cluster.
    mentions: Vec<(bool, usize, usize, String)>,
}

impl Keyed {
    fn placed(self) -> Document {
        let Keyed { mut document, title, mentions } = self;
        for in_title in [true, false] {
            let (part, offset) =
                if in_title { (&document.text[..title], 0) } else { (&document.text[title..], title) };
            let first = usize::from(in_title);
            let mut sentences: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (_, sentence, word, _) in mentions.iter().filter(|m| m.0 == in_title) {
                sentences.entry(*sentence).or_default().push(word.saturating_sub(first));
            }
            let words = words(part);
            let starts = align(part, &words, &sentences);
            for (_, sentence, word, cluster) in mentions.iter().filter(|m| m.0 == in_title) {
                let at =
                    starts.get(sentence).map(|(s, n)| (s + word.saturating_sub(first)).saturating_sub(*n));
                let is_word = |r: &&Range<usize>| !part[(*r).clone()].starts_with(char::is_whitespace);
                if let Some(r) = at.and_then(|at| words.get(at).or(words.last())).filter(is_word) {
                    document.mentions.push((r.start + offset..r.end + offset, cluster.clone()));
                }
            }
        }
        document
    }
}

/// Least cost of all sentences up to one that begins here, where the one before begins, and the number of the first word.
type Step = (f64, Option<usize>, usize);

/// The first word of each sentence of the key, by its number, and the number of that word; given which of its words are mentions.
fn align(
    text: &str,
    words: &[Range<usize>],
    sentences: &BTreeMap<usize, Vec<usize>>,
) -> BTreeMap<usize, (usize, usize)> {
    let beginnings = beginnings(text, words);
    // How many sentences of ours have begun up to a word.
    let count: Vec<usize> = beginnings
        .iter()
        .scan(0, |n, b| {
            *n += usize::from(*b == 0.0);
            Some(*n)
        })
        .collect();
    let mut table: Vec<(usize, Vec<Step>)> = Vec::new();
    for (&number, mentions) in sentences {
        let own = |b: usize, shift: usize| -> f64 {
            let cost = |w: &usize| {
                words.get((b + w).saturating_sub(shift)).map_or(6.0, |r| strangeness(&text[r.clone()]))
            };
            // A sentence that would run over several of ours is unlikely to be one.
            let last = (b + mentions.iter().max().unwrap_or(&0)).min(words.len().saturating_sub(1));
            let over = count[last] - count[b];
            beginnings[b] + OVER * over as f64 + mentions.iter().map(cost).sum::<f64>()
        };
        let row = (0..words.len())
            .map(|b| {
                let (own, shift) = match (own(b, 0), SHIFTED + own(b, 1)) {
                    (plain, shifted) if shifted < plain => (shifted, 1),
                    (plain, _) => (plain, 0),
                };
                let before = table.last().map_or(
                    Some((DRIFT * count[b].abs_diff(number) as f64, None)),
                    |(n, row)| {
                        let steps = number - n;
                        let from = (0..b).map(|a| {
                            (row[a].0 + DRIFT * (count[b] - count[a]).abs_diff(steps) as f64, Some(a))
                        });
                        from.min_by(|x, y| x.0.total_cmp(&y.0))
                    },
                );
                before.map_or((f64::INFINITY, None, 0), |(cost, a)| (cost + own, a, shift))
            })
            .collect();
        table.push((number, row));
    }
    let mut starts = BTreeMap::new();
    let mut at = table.last().and_then(|(_, row)| {
        (0..row.len()).filter(|&b| row[b].0.is_finite()).min_by(|&x, &y| row[x].0.total_cmp(&row[y].0))
    });
    for (number, row) in table.iter().rev() {
        // A part with fewer sentences than the key has: the first one stands in.
        let b = at.unwrap_or(0);
        let shift = row.get(b).map_or(0, |r| r.2);
        starts.insert(*number, (b, shift));
        at = row.get(b).and_then(|r| r.1);
    }
    starts
}

/// Cost of each sentence that the key counts more or fewer than we do.
const DRIFT: f64 = 0.6;

/// Cost of each of our sentences that one of the key's runs over.
const OVER: f64 = 0.8;

/// Cost of a sentence whose words are counted from 1, as some are.
const SHIFTED: f64 = 0.5;

/// How unlikely a word is to be marked as a mention of gun violence.
fn strangeness(word: &str) -> f64 {
    let lower = word.to_lowercase();
    if is_violent(&lower) {
        0.0
    } else if matches!(lower.as_str(), "it" | "this" | "that" | "which" | "what") || lower.starts_with("bod")
    {
        0.5
    } else if lower.starts_with(char::is_alphabetic) {
        1.2
    } else if lower.starts_with(char::is_whitespace) {
        6.0
    } else {
        2.5
    }
}

/// Reports by id, with the length of their title.
fn reports(path: &Path) -> Result<BTreeMap<String, (Document, usize)>, Problem> {
    let mut reports = BTreeMap::new();
    for (n, row) in input::json_lines(path)?.iter().enumerate() {
        let field = |name: &str| row.get(name).and_then(|v| v.as_str());
        let (Some(id), Some(text)) = (field("doc_id"), field("text")) else {
            return Err(Problem::at(path, n + 1, "no doc_id or text"));
        };
        let title = field("title").unwrap_or("");
        let document = Document {
            id: id.to_owned(),
            text: format!("{title}\n\n{text}"),
            published: field("dct").and_then(|d| d.get(..10)?.parse().ok()),
            ..Document::default()
        };
        reports.insert(id.to_owned(), (document, title.len()));
    }
    Ok(reports)
}

struct Mention<'a> {
    report: &'a str,
    title: bool,
    sentence: usize,
    word: usize,
}

impl Mention<'_> {
    fn parse(text: &str) -> Option<Mention<'_>> {
        let mut parts = text.rsplitn(3, '.');
        let (word, sentence, report) = (parts.next()?, parts.next()?, parts.next()?);
        let title = sentence.starts_with('t');
        let number = sentence.strip_prefix(['t', 'b'])?;
        Some(Mention { report, title, sentence: number.parse().ok()?, word: word.parse().ok()? })
    }
}

/// Whether a word can name an act of gun violence.
fn is_violent(word: &str) -> bool {
    const BEGINNINGS: [&str; 25] = [
        "shoot", "shot", "gun", "kill", "dead", "death", "die", "dying", "wound", "injur", "homicid",
        "murder", "suicid", "fire", "firing", "slay", "slain", "violen", "bullet", "struck", "incident",
        "attack", "deceased", "fatal", "treat",
    ];
    let word = word.to_lowercase();
    BEGINNINGS.iter().any(|b| word.starts_with(b))
}

/// What it costs to let a sentence of the key begin at each word: nothing at the first one, after a line break, after
/// `.`, `!` or `?` (with closing marks), and at what follows an opening quotation mark there, which the key counts as a
/// sentence; something at the line break itself or after a dash or bracket; more anywhere else.
fn beginnings(text: &str, words: &[Range<usize>]) -> Vec<f64> {
    let of = |j: usize| &text[words[j].clone()];
    let mut out: Vec<f64> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let gap = i.checked_sub(1).map_or("\n", |j| &text[words[j].end..word.start]);
        let closes = || {
            let before = (0..i).rev().map(of).find(|w| !matches!(*w, "”" | "\"" | "’" | ")"));
            matches!(before, Some("." | "!" | "?" | "…"))
        };
        let opens = of(i).starts_with(|c: char| {
            c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"' | '(' | '–' | '-')
        });
        let quoted = i > 0 && of(i - 1) == "“" && out[i - 1] == 0.0;
        let line = i == 0 || of(i - 1).starts_with(char::is_whitespace);
        out.push(if of(i).starts_with(char::is_whitespace) {
            0.5
        } else if line || (!gap.is_empty() && opens && closes()) || quoted {
            0.0
        } else if i > 0 && opens && matches!(of(i - 1), "—" | "–" | "-" | ":" | ")" | "|" | "“" | "\"")
        {
            0.7
        } else if opens {
            1.2
        } else {
            2.0
        });
    }
    out
}

/// Words by the rules that the key's numbers follow: marks stand alone; a hyphen between letters parts ("self-inflicted" is
/// three words, "5-year" one); "'s" is a word, "n’t" with a curly mark is not; and so is a run of line breaks.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            let mut end = start + c.len_utf8();
            while let Some(&(i, _)) = chars.peek().filter(|(_, next)| next.is_whitespace()) {
                let Some((_, next)) = chars.next() else { break };
                end = i + next.len_utf8();
            }
            if text[start..end].contains('\n') {
                words.push(start..end);
            }
            continue;
        }
        let mut end = start + c.len_utf8();
        let mark = matches!(c, '\'' | '’');
        if c.is_alphanumeric() || mark {
            while let Some(&(i, next)) = chars.peek() {
                let before = text[..i].chars().next_back();
                let after = text[i + next.len_utf8()..].chars().next();
                let digits = || before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric);
                let inside = match next {
                    '-' => before.is_some_and(char::is_numeric) && after.is_some_and(char::is_alphanumeric),
                    '.' => {
                        digits()
                            || (before.is_some_and(char::is_alphabetic)
                                && after.is_some_and(char::is_alphabetic))
                    }
                    ',' | ':' => digits(),
                    '’' => !mark && before == Some('n') && after == Some('t'),
                    _ => next.is_alphanumeric(),
                };
                if !inside {
                    break;
                }
                chars.next();
                end = i + next.len_utf8();
            }
            let word = &text[start..end];
            let abbreviation = matches!(
                word,
                "Mr" | "Mrs"
                    | "Ms"
                    | "Dr"
                    | "St"
                    | "Sgt"
                    | "Lt"
                    | "Capt"
                    | "Jr"
                    | "Ave"
                    | "Blvd"
                    | "Aug"
                    | "Sept"
                    | "Oct"
                    | "Nov"
                    | "Dec"
                    | "Jan"
                    | "Feb"
                    | "Gov"
                    | "Sen"
                    | "Rep"
                    | "Gen"
                    | "No"
                    | "vs"
            ) || (word.contains('.')
                && word.chars().all(|c| c == '.' || c.is_alphabetic()));
            if abbreviation && text[end..].starts_with('.') {
                chars.next();
                end += 1;
            }
        }
        words.push(start..end);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(title: &str, body: &str, mentions: &[(bool, usize, usize)]) -> Vec<String> {
        let document = Document { text: format!("{title}\n\n{body}"), ..Document::default() };
        let mentions = mentions.iter().map(|&(t, s, w)| (t, s, w, "c".to_owned())).collect();
        let d = Keyed { document, title: title.len(), mentions }.placed();
        d.mentions.iter().map(|(r, _)| d.text[r.clone()].to_owned()).collect()
    }

    #[test]
    fn mentions_are_found_again_by_counting_words_and_sentences() {
        let body = "It was quiet. Mr. Lee was shot on Oak Street, police said.\n\n“He died,” one added. A 7-year-old \
            girl was injured.";
        let got = placed(
            "Two Men Shot In Ohio",
            body,
            &[(true, 1, 3), (false, 2, 3), (false, 4, 1), (false, 5, 6)],
        );
        assert_eq!(got, ["Shot", "shot", "died", "injured"]);
    }

    #[test]
    fn where_the_key_has_other_sentences_the_mentions_say_so() {
        // The key takes the first two sentences for one.
        let body = "Police came. They left. Kim was killed. A shooting was heard.";
        assert_eq!(placed("A day", body, &[(false, 2, 2), (false, 3, 1)]), ["killed", "shooting"]);
        assert_eq!(placed("A day", "", &[(false, 2, 2)]), Vec::<String>::new());
        // It begins one after a dateline, counts a line break as a word, and counts from 1 after one.
        let body = "LAKEVILLE, Ohio (WXYZ) — A boy was killed.\n\nTwo more\n\nwere shot nearby.";
        assert_eq!(placed("A day", body, &[(false, 2, 3), (false, 3, 4)]), ["killed", "shot"]);
    }
}
