//! Marker phrases of page residue: the rules of `data/residue.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// One rule. See the head of `data/residue.tsv`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    /// `residue.` and the id.
    pub(crate) name: &'static str,
    /// Whether it holds in the last half of a text only.
    pub(crate) tail_only: bool,
    /// Whether what follows is residue too.
    pub(crate) cuts: bool,
    words: usize,
}

/// All rules, ready to match.
#[derive(Debug)]
pub(crate) struct Rules {
    is: HashMap<&'static str, Rule>,
    /// By the first word of the phrase.
    starts: HashMap<&'static str, Vec<(&'static str, Rule)>>,
    patterns: RegexSet,
    like: Vec<Rule>,
    words: usize,
}

/// A line of more words that ends like a sentence is one.
const SENTENCE: usize = 18;

/// The most words of a link in a row of them.
const LINK: usize = 8;

impl Rules {
    /// The rules that ship.
    pub(crate) fn embedded() -> &'static Rules {
        static RULES: LazyLock<Rules> = LazyLock::new(|| {
            Rules::parse(include_str!("../../data/residue.tsv")).expect("the embedded rules are tested")
        });
        &RULES
    }

    /// Reads a rule file; an error names the line (from 1) and what is wrong with it.
    pub(crate) fn parse(file: &'static str) -> Result<Rules, String> {
        let mut rules = Rules {
            is: HashMap::new(),
            starts: HashMap::new(),
            patterns: RegexSet::empty(),
            like: Vec::new(),
            words: 0,
        };
        let mut patterns = Vec::new();
        let mut names: HashMap<&str, &'static str> = HashMap::new();
        for (number, line) in (1..).zip(file.lines()).filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let wrong = |what: &str| format!("line {number}: {what}");
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [id, place, effect, words, kind, phrase] = cells[..] else {
                return Err(wrong("a rule has six cells"));
            };
            let rule = Rule {
                name: names.entry(id).or_insert_with(|| Box::leak(format!("residue.{id}").into_boxed_str())),
                tail_only: match place {
                    "any" => false,
                    "tail" => true,
                    _ => return Err(wrong("`where` is any or tail")),
                },
                cuts: match effect {
                    "line" => false,
                    "tail" => true,
                    _ => return Err(wrong("`effect` is line or tail")),
                },
                words: words.parse().map_err(|_| wrong("`words` is a number"))?,
            };
            rules.words = rules.words.max(rule.words);
            match kind {
                "is" | "starts" if bare(&squeeze(phrase)) != phrase.trim_end_matches(':') => {
                    return Err(wrong(
                        "the phrase is lower case, straight quotes, without punctuation around it",
                    ));
                }
                "is" => _ = rules.is.insert(phrase, rule),
                "starts" => {
                    let first = phrase.split(' ').next().unwrap_or(phrase);
                    rules.starts.entry(first).or_default().push((phrase, rule));
                }
                "like" => {
                    Regex::new(phrase).map_err(|e| wrong(&e.to_string()))?;
                    patterns.push(format!("^(?:{phrase})$"));
                    rules.like.push(rule);
                }
                _ => return Err(wrong("`match` is is, starts or like")),
            }
        }
        rules.patterns = RegexSet::new(patterns).map_err(|e| e.to_string())?;
        Ok(rules)
    }

    /// The rule for a line, if there is one; `tail` says whether it stands in the last half of its text.
    pub(crate) fn find(&self, line: &str, tail: bool) -> Option<Rule> {
        // Rules are about short lines, and most lines of a report are long.
        let words = 1 + memchr::memchr_iter(b' ', line.as_bytes()).count();
        if words > self.words {
            return None;
        }
        if words > SENTENCE && line.ends_with(['.', '”', '"']) {
            // Nearly all of a text is such lines: only where residue stands is a closer look worth its time.
            return if tail && words <= 2 * SENTENCE { self.sentences(line, tail) } else { None };
        }
        let holds = |rule: &Rule| words <= rule.words && (tail || !rule.tail_only);
        let whole = squeeze(line);
        let plain = bare(&whole);
        if let Some(rule) = self.is.get(plain).filter(|r| holds(r)) {
            return Some(*rule);
        }
        let begins = |phrase: &str| {
            plain.strip_prefix(phrase).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        };
        let first = plain.split(' ').next().unwrap_or("");
        let starting = self.starts.get(first).into_iter().flatten();
        if let Some((_, rule)) = starting.filter(|(p, r)| holds(r) && begins(p)).max_by_key(|(p, _)| p.len())
        {
            return Some(*rule);
        }
        let like = self.patterns.matches(&whole).into_iter().map(|i| self.like[i]).find(holds);
        // Links that are known for more than standing in a row.
        let menu = like.is_none_or(|rule| rule.name == "residue.menu");
        let row = if menu { self.bar(line, tail) } else { None };
        row.or(like).or_else(|| self.sentences(line, tail))
    }

    /// "Send us your photos. Follow our channel.": several sentences, each known for residue.
    fn sentences(&self, line: &str, tail: bool) -> Option<Rule> {
        let parts: Vec<&str> = line.split_inclusive(['.', '!', '?']).map(str::trim).collect();
        if parts.len() < 2 || parts.len() > 4 || parts.iter().any(|p| p.split_whitespace().nth(1).is_none()) {
            return None;
        }
        parts.into_iter().map(|p| self.find(p, tail)).collect::<Option<Vec<Rule>>>()?.first().copied()
    }

    /// "Print | Send to a friend | Share": a row of links, of which the first or most are known for residue.
    fn bar(&self, line: &str, tail: bool) -> Option<Rule> {
        if line.len() > 240 || !line.contains(['|', '/', '·', '•']) {
            return None;
        }
        // "Pin it on Tumblr / Support this paper": slashes with spaces around them.
        let marked = line.replace(" / ", " | ").replace(" · ", " | ").replace(" • ", " | ");
        let parts = || marked.split('|').map(str::trim).filter(|p| !p.is_empty());
        let says = |p: &str| p.ends_with('.') || p.split_whitespace().nth(LINK).is_some();
        if parts().count() < 2 || parts().any(says) {
            return None;
        }
        let known: Vec<Option<Rule>> = parts().map(|p| self.find(p, tail)).collect();
        let most = known.iter().flatten().count() * 2 > known.len();
        // A headline stands first in its line: behind a link, only more of them.
        let opens = known.first().is_some_and(Option::is_some);
        known.into_iter().flatten().next().filter(|_| most || opens)
    }
}

/// Without the punctuation around it.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '#'))
}

/// Lower case, straight quotes, single spaces.
fn squeeze(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '’' | '‘' => out.push('\''),
                '“' | '”' => out.push('"'),
                '\u{200b}' | '\u{feff}' => {}
                _ => out.extend(c.to_lowercase()),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(line: &str, tail: bool) -> Option<&'static str> {
        Rules::embedded().find(line, tail).map(|r| r.name)
    }

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(
            Rules::parse("# x\nshare\tany\tline\t4\tis").err().as_deref(),
            Some("line 2: a rule has six cells")
        );
        assert_eq!(
            Rules::parse("a\tany\tline\tx\tis\tb").err().as_deref(),
            Some("line 1: `words` is a number")
        );
        assert!(Rules::parse("a\tany\tline\t3\tis\tUpper").is_err());
    }

    #[test]
    fn lines_that_are_residue() {
        for (line, rule) in [
            ("Leave a Reply", "residue.comment-form"),
            ("SIMILAR POSTS:", "residue.related"),
            ("See also\u{a0} Ten things to know about the new budget", "residue.link"),
            ("READ MORE: What we know about the talks", "residue.link"),
            ("Editor’s Picks", "residue.related"),
            ("Share on Facebook", "residue.share"),
            ("Facebook Twitter WhatsApp Email", "residue.share"),
            ("#Sudan #Darfur #UN", "residue.hashtags"),
            ("5 min read", "residue.reading-time"),
            ("Print | Share on Facebook | Leave a Reply", "residue.share"),
            ("Leave a Reply | Our channel | Ten beaches", "residue.comment-form"),
        ] {
            assert_eq!(name(line, false), Some(rule), "{line}");
        }
        assert_eq!(name("Latest Harbour City Local News -", true), Some("residue.slogan"));
        assert_eq!(
            name("Your email address will not be published. Required fields are marked *", true),
            Some("residue.comment-form")
        );
        for (line, rule) in [
            ("(END)", "residue.notice"),
            ("(ATTN: ADDS details, quotes from para 6)", "residue.notice"),
            ("Harbour FM / Share on Tumblr / Subscribe to our channel", "residue.share"),
            ("Next: Lanterns light up the old port", "residue.link"),
            ("Also on Channel Nine: Ten walks for a dry weekend", "residue.link"),
            ("Send us your photos on WhatsApp", "residue.comment-form"),
            ("12.4K   Share   t.me/harbour", "residue.share"),
            ("Duty editor: Jane Doe", "residue.credit"),
            ("Watch the full interview on our YouTube channel", "residue.subscribe"),
            (
                "This report is part of our series on borders. Newsletter: get it in your inbox.",
                "residue.subscribe",
            ),
        ] {
            assert_eq!(name(line, true), Some(rule), "{line}");
        }
    }

    #[test]
    fn lines_that_say_something() {
        for line in [
            "More than 40 people were killed.",
            "Share prices fell after the attack.",
            "Related charges were dropped, the court said.",
            "The latest strikes hit the port.",
            "He urged people to subscribe to the ceasefire.",
            "#1 priority is the truce, he said.",
            "Army kills 12 in Alma | Share",
            "Next week 200 more soldiers will follow.",
            "More than 40 share one tap.",
            "Send food and water to our village, the mayor begged.",
            "Our channel for talks stays open, the minister said in a message on Telegram.",
            "\"Join us at the square,\" he wrote on Facebook.",
            "Share | Two more bridges fall as the river keeps rising | Leave a Reply",
        ] {
            assert_eq!(name(line, true), None, "{line}");
        }
    }
}
