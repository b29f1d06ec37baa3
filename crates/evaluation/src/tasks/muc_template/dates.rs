//! When an incident was, as MUC writes it.

use jiff::civil::Date;
use record::{Event, EventType, Incident, Sentence, TextRange, Upos, When};

use super::super::muc_words::plain;
use super::deed::Deed;
use super::{Told, View};

/// First and last possible day.
pub(super) type Days = (Option<Date>, Option<Date>);

/// Sentences within which a deed that gives no day goes on with the one told before it.
const ON: usize = 1;

impl View<'_> {
    /// The days of each deed, in order of the text: its own, else those of the deed that it goes on with, else "on or
    /// before" the day of the message.
    pub(super) fn dates(&self, deeds: &[Deed<'_>]) -> Vec<Days> {
        let mut last: Option<(usize, Days)> = None;
        deeds
            .iter()
            .map(|deed| {
                let at = || deed.events.iter().map(|(_, e)| self.sentence(e));
                let own = self.days(&deed.incidents, &deed.events);
                let days = own
                    .or_else(|| {
                        let (told, days) = last?;
                        at().any(|s| s >= told && s - told <= ON).then_some(days)
                    })
                    .or_else(|| {
                        let today = self.message.written;
                        self.has_clock(&deed.events).then_some((today, today))
                    })
                    .unwrap_or((None, self.message.written));
                if let (Some((from, to)), Some(s)) = (own, at().max()) {
                    last = (from.is_some() && from == to).then_some((s, (from, to)));
                }
                days
            })
            .collect()
    }

    /// The days that an incident's own sentences give. A mere weekday is written as "on or before" the message.
    fn days(&self, incidents: &[&Incident], events: &[Told<'_>]) -> Option<Days> {
        const DAYS: [&str; 7] =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let weekday = |e: &Event| {
            e.time.and_then(|t| self.analysis.times.get(t)).is_some_and(|t| {
                let words = t.range.of(self.text).to_lowercase();
                // "Last Friday [17 November]": the date is told, too.
                let behind = self.text.get(t.range.end()..).unwrap_or("").trim_start();
                let dated = behind
                    .strip_prefix(['[', '('])
                    .is_some_and(|r| r.trim_start().starts_with(|c: char| c.is_ascii_digit()));
                DAYS.iter().any(|d| words.contains(d))
                    && !words.contains(|c: char| c.is_ascii_digit())
                    && !dated
            })
        };
        let dated = incidents.iter().map(|i| i.when).filter(|w| w.latest().is_some());
        let when = dated.min_by_key(|w| !matches!(w, When::Exact(_)));
        let when = when.or_else(|| self.day(events)).unwrap_or_default();
        // When bodies were found or captives came free is told, not when they were killed or taken.
        let after = |e: &Event| e.kind == EventType::Retreat || e.rule.starts_with("assault.body");
        let mut dated = events.iter().filter(|(_, e)| e.time.is_some()).peekable();
        let trace = dated.peek().is_some() && dated.all(|(_, e)| after(e));
        match (when.earliest(), when.latest()) {
            (None, None) => None,
            (_, latest) if trace => Some((None, latest)),
            _ if events.iter().any(|(_, e)| weekday(e)) => Some((None, self.message.written)),
            (None, latest) => Some((None, latest)),
            // Of "this week" and "in the past days" MUC asks no more than that it is over.
            (from, to) if from != to => Some((None, self.message.written.or(to))),
            days => Some(days),
        }
    }

    /// Whether a sentence gives the hour alone, and neither it nor the one before speaks of a day: "AT 0150".
    fn has_clock(&self, events: &[Told<'_>]) -> bool {
        let sentences = &self.analysis.parsed.sentences;
        events.iter().any(|(_, e)| {
            let at = self.sentence(e);
            let Some(here) = sentences.get(at) else { return false };
            let words = plain(here.range.of(self.text));
            let words: Vec<&str> = words.split(' ').collect();
            let hour = |w: &str| w.len() == 4 && w.parse::<u32>().is_ok_and(|n| n < 2400 && n % 100 < 60);
            let clock = words.windows(2).any(|w| w[0] == "AT" && hour(w[1]));
            let before = sentences[at.saturating_sub(1)..=at].iter();
            let day = |s: &Sentence| {
                let here = self.analysis.times.iter().filter(|t| s.range.contains(t.range));
                here.into_iter().any(|t| t.rule != "clock")
            };
            clock && !before.into_iter().any(day)
        })
    }

    /// The day of an incident that is told without: one in its sentences that is not yet to come, and that does not
    /// date something else ("the union today condemned the murder").
    pub(super) fn day(&self, events: &[Told<'_>]) -> Option<When> {
        let past =
            |w: &When| w.latest().is_some_and(|d| self.message.written.is_none_or(|written| d <= written));
        events.iter().find_map(|(_, e)| {
            let sentence = self.analysis.parsed.sentences.get(self.sentence(e))?;
            let here = self.analysis.times.iter().filter(|t| sentence.range.contains(t.range));
            let own = here.filter(|t| !dates_another(sentence, t.range, e.trigger));
            let exact = own.map(|t| t.when).filter(past).find(|w| matches!(w, When::Exact(_)));
            exact.or_else(|| {
                self.message
                    .written
                    .filter(|_| is_just_now(&plain(sentence.range.of(self.text))))
                    .map(When::Exact)
            })
        })
    }
}

/// "a few minutes ago", "in the past 24 hours": the day of the message.
fn is_just_now(words: &str) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    words.windows(2).any(|w| matches!(w[0], "MINUTES" | "HOURS" | "MOMENTS" | "HOUR") && w[1] == "AGO")
        || words
            .windows(3)
            .any(|w| matches!(w[0], "PAST" | "LAST") && w[2] == "HOURS" && (w[1] == "FEW" || w[1].len() <= 2))
}

/// Verbs of which a deed is object, and that are dated with it.
const DO: [&str; 24] = [
    "place",
    "plant",
    "throw",
    "hurl",
    "set",
    "detonate",
    "explode",
    "carry",
    "launch",
    "perpetrate",
    "commit",
    "stage",
    "take",
    "suffer",
    "sustain",
    "cause",
    "escape",
    "survive",
    "die",
    "occur",
    "happen",
    "begin",
    "kill",
    "wound",
];

/// Whether a time dates a verb that is about the deed ("condemned today"), not the deed or what went along with it.
fn dates_another(sentence: &Sentence, time: TextRange, deed: TextRange) -> bool {
    let top = |range: TextRange| {
        let inside = |i: usize| sentence.tokens[i].range.overlaps(range);
        (0..sentence.tokens.len()).find(|&i| inside(i) && sentence.head(i).is_none_or(|h| !inside(h)))
    };
    let (Some(time), Some(deed)) = (top(time), top(deed)) else { return false };
    let up = |i: usize| std::iter::successors(Some(i), |&i| sentence.head(i)).take(40);
    let verb = |&i: &usize| sentence.tokens[i].upos == Upos::Verb || sentence.head(i).is_none();
    let Some(dated) = up(time).skip(1).find(verb) else { return false };
    if up(time).any(|i| i == deed) || !up(deed).any(|i| i == dated) {
        return false;
    }
    let does = DO.contains(&sentence.tokens[dated].lemma.to_lowercase().as_str());
    let about = |i: usize| {
        let case = |words: &[&str]| {
            sentence.children(i).any(|c| {
                let t = &sentence.tokens[c];
                matches!(t.deprel, "case" | "mark") && words.contains(&t.lemma.to_lowercase().as_str())
            })
        };
        match sentence.tokens[i].deprel {
            "conj" | "parataxis" => false,
            "advcl" => case(&["of", "for", "from", "against"]),
            "obl" | "nmod" => !case(&["in", "during", "from", "when"]),
            "obj" | "nsubj" | "nsubj:pass" => !does,
            _ => true,
        }
    };
    up(deed).take_while(|&i| i != dated).any(about)
}

#[cfg(test)]
mod tests {
    use record::Token;

    use super::*;

    /// Words with heads (from 1) and relations.
    fn sentence(words: &[(&str, Upos, u32, &'static str)]) -> Sentence {
        let mut at = 0;
        let tokens: Vec<Token> = words
            .iter()
            .map(|&(word, upos, head, deprel)| {
                let range = TextRange::new(at, at + word.len());
                at += word.len() + 1;
                Token {
                    range,
                    lemma: word.to_lowercase(),
                    upos,
                    xpos: "",
                    feats: "",
                    head,
                    deprel,
                    deed: None,
                }
            })
            .collect();
        Sentence { range: TextRange::new(0, at), tokens, participants: Vec::new() }
    }

    #[test]
    fn a_day_of_what_is_said_of_a_deed_is_not_its_day() {
        use Upos::{Noun, Verb};
        let s = sentence(&[
            ("UNIONS", Noun, 2, "nsubj"),
            ("CONDEMN", Verb, 0, "root"),
            ("TODAY", Noun, 2, "obl:unmarked"),
            ("MURDER", Noun, 2, "obj"),
        ]);
        assert!(dates_another(&s, s.tokens[2].range, s.tokens[3].range));
        let s = sentence(&[
            ("REBELS", Noun, 2, "nsubj"),
            ("PLANT", Verb, 0, "root"),
            ("TODAY", Noun, 2, "obl:unmarked"),
            ("BOMB", Noun, 2, "obj"),
        ]);
        assert!(!dates_another(&s, s.tokens[2].range, s.tokens[3].range));
        assert!(!dates_another(&s, s.tokens[2].range, s.tokens[1].range));
    }

    #[test]
    fn hours_ago_are_today() {
        assert!(is_just_now("A BOMB EXPLODED A FEW MINUTES AGO"));
        assert!(is_just_now("TEN DIED IN THE LAST 24 HOURS"));
        assert!(!is_just_now("TEN DIED TWO WEEKS AGO"));
    }
}
