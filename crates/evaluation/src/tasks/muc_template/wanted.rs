//! Which deeds MUC asks for.
//!
//! Its guide leaves out much that is violence all the same: fights among forces and over ground, old events, tolls of a
//! war, and talk of violence that nothing ties to one deed. No single sign of these is sure, so they
//! are added up, against the signs of what it does ask for: civilians by name, a day, a doer accused. The points are
//! whole numbers, chosen on the development part (1,300 messages) and nowhere else.

use record::{ActorKind, Confidence, Event, Sector, When};

use super::super::muc_words::{has, plain};
use super::deed::Deed;
use super::hit::{Target, is_former, is_relevant};
use super::{Told, View};

/// Points from which on a deed is given.
const ENOUGH: i32 = 0;

/// Sentences of a message that are its lead.
pub(super) const LEAD: usize = 3;

/// The sentence from which on a message only adds to what it is about.
const LATE: usize = 5;

/// What a deed hit, as it is written into its template.
pub(super) struct Hit<'a> {
    pub(super) people: &'a [Target],
    pub(super) things: &'a [Vec<String>],
    /// Whether it was in a country that MUC does not ask about, and nobody of those countries has a part.
    pub(super) abroad: bool,
}

/// Ground taken, lost and held: the business of armies.
fn is_ground(e: &Event) -> bool {
    ["assault.take.place", "assault.advance", "assault.drive.back", "assault.occupy"]
        .iter()
        .any(|r| e.rule.starts_with(r))
}

/// Blows at somebody chosen, not those of a fight.
fn is_murder(e: &Event) -> bool {
    ["murder", "assassinat"].iter().any(|word| e.rule.contains(word))
}

impl View<'_> {
    /// Whether the signs that a deed is asked for outweigh those that it is not.
    pub(super) fn is_wanted(&self, deed: &Deed<'_>, hit: &Hit<'_>) -> bool {
        self.signs(deed, hit).into_iter().filter(|(_, holds)| *holds).map(|(points, _)| points).sum::<i32>()
            >= ENOUGH
    }

    fn signs(&self, deed: &Deed<'_>, hit: &Hit<'_>) -> [(i32, bool); 26] {
        use ActorKind::{ArmedGroup, Force, Party, Person, Population, State};
        use Sector::{Jrn, Jud, Leg, Rel, Spy};
        let events = &deed.events;
        let any = |holds: fn(&Event) -> bool| events.iter().any(|(_, e)| holds(e));
        let target = |kinds: &[ActorKind]| {
            let all = events.iter().flat_map(|(_, e)| &e.targets);
            all.filter_map(|r| self.actor(r)).any(|a| kinds.contains(&a.kind))
        };
        let of_note = || {
            let all = events.iter().flat_map(|(_, e)| &e.targets).filter_map(|r| self.actor(r)?.sector);
            all.into_iter().any(|s| matches!(s, Jrn | Rel | Leg | Jud | Spy))
        };
        let doers = || events.iter().flat_map(|(_, e)| &e.actors);
        let many = hit.people.iter().filter_map(|t| t.number.as_deref()).any(|n| n == "PLURAL");
        let forms = hit.people.iter().map(|t| &t.forms).chain(hit.things);
        // "A retired officer" is no force, whatever else he is called.
        let words: Vec<&String> =
            forms.filter_map(|forms| forms.iter().find(|f| is_former(f)).or(forms.last())).collect();
        let first = events.iter().map(|(_, e)| self.sentence(e)).min().unwrap_or(0);
        [
            // What leaves it out.
            (-7, !is_relevant(&words)),
            (-4, self.is_sum(events)),
            (-3, hit.abroad),
            (-2, !self.is_specific(events)),
            (-1, !self.is_anchored(deed, hit.people, hit.things)),
            (-2, target(&[ArmedGroup, Force])),
            (-1, target(&[State, Party])),
            (-2, any(|e| matches!(e.cameo.as_str(), "190" | "193" | "194" | "195"))),
            (-3, many),
            (-3, self.is_habit(events)),
            (-2, self.is_ours(events)),
            (-2, any(is_ground)),
            (-2, self.is_asked(events)),
            // What speaks for it.
            (2, target(&[Person])),
            (2, target(&[Population])),
            (3, of_note()),
            (3, doers().filter_map(|r| self.actor(r)).any(|a| a.kind == ArmedGroup)),
            (1, doers().any(|r| matches!(r.confidence, Confidence::Accused | Confidence::Claimed))),
            (2, self.is_dated(events)),
            (1, first < LEAD),
            (2, events.iter().any(|(_, e)| self.sentence(e) != first)),
            (1, any(is_murder)),
            (3, self.is_by_strangers(events)),
            // What only the model takes for a deed.
            (-8, events.iter().all(|(_, e)| e.is_guess())),
            (-1, self.is_talk()),
            // What is told in passing, far down, without a day or place.
            (-2, first > LATE && events.iter().all(|(_, e)| e.time.is_none() && e.places.is_empty())),
        ]
    }

    /// Whether the message is somebody's words, not a report: a speech, an interview, a comment.
    fn is_talk(&self) -> bool {
        const TALK: [&str; 9] = [
            "NEWS CONFERENCE",
            "SPEECH",
            "INTERVIEW",
            "COMMUNIQUE",
            "COMMENTARY",
            "STATEMENT",
            "EDITORIAL",
            "ARTICLE",
            "ADDRESS",
        ];
        let header = self.text.get(..self.message.dateline).unwrap_or("");
        let label = header.split('[').nth(1).unwrap_or("").trim_start().to_uppercase();
        TALK.iter().any(|word| label.starts_with(word))
    }

    fn is_dated(&self, events: &[Told<'_>]) -> bool {
        let times = events.iter().filter_map(|(_, e)| self.analysis.times.get(e.time?));
        times.into_iter().any(|t| matches!(t.when, When::Exact(_)))
    }

    /// Whether a verb stands in the present tense: what is done again and again, or asked about.
    fn is_habit(&self, events: &[Told<'_>]) -> bool {
        events.iter().any(|(_, e)| {
            let sentence = self.analysis.parsed.sentences.get(self.sentence(e));
            let token = sentence.and_then(|s| s.tokens.iter().find(|t| t.range.overlaps(e.trigger)));
            token.is_some_and(|t| matches!(t.xpos, "VBP" | "VBZ"))
        })
    }

    /// Whether it is asked about: "Who planned the murder?"
    fn is_asked(&self, events: &[Told<'_>]) -> bool {
        events.iter().any(|(_, e)| self.words(e).contains('?'))
    }

    /// Whether nobody knows who did it: "unidentified gunmen". Forces and guerrillas fight under their own name.
    fn is_by_strangers(&self, events: &[Told<'_>]) -> bool {
        events.iter().any(|(_, e)| has("strangers", &plain(self.words(e))))
    }

    /// The sentence of a mention.
    fn words(&self, e: &Event) -> &str {
        self.analysis.parsed.sentences.get(self.sentence(e)).map_or("", |s| s.range.of(self.text))
    }

    /// Whether it is told in the words of one side ("our fighters").
    fn is_ours(&self, events: &[Told<'_>]) -> bool {
        let ours = |w: &str| matches!(w, "I" | "WE" | "OUR" | "MY" | "US");
        events.iter().any(|(_, e)| {
            let words = self.words(e).to_uppercase();
            words.split(|c: char| !c.is_alphanumeric() && c != '.').any(ours)
        })
    }
}
