//! Who says what: [`attributions`].
//!
//! `clauses` reads the tree of one sentence (`source` and `content` say where each ends); this module widens contents to whole quotations, gives quotations without a
//! cue to whoever spoke before, and resolves speakers.
//!
//! ```text
//! "We will wait," the minister said. "Then we act."
//!  content        source       cue    content          kind: direct
//! ```

mod clauses;
mod content;
mod cues;
mod quotes;
mod source;
mod tree;
mod turns;

#[cfg(test)]
mod tests;

use record::{
    ActorId, ActorKind, ActorMention, Attribution, AttributionKind, Parsed, Place, Stance, TextRange,
};

use clauses::{Clause, Found};
use cues::Cues;
use quotes::Quote;
use tree::Tree;

/// How far back, in bytes, the speaker of a quotation without a cue may stand.
const CARRY: usize = 1_200;

/// The attributions of a report, in the order of their content. Speakers are the actors whose mention holds the head
/// of the source; a source that no mention holds has none.
pub(crate) fn attributions(
    text: &str,
    parsed: &Parsed,
    places: &[Place],
    mentions: &[ActorMention],
) -> Vec<Attribution> {
    let sentences: Vec<TextRange> = parsed.sentences.iter().map(|s| s.range).collect();
    let quotes = quotes::quotes(text, &sentences);
    let mut found: Vec<Attribution> = Vec::new();
    let mut announced: Vec<Attribution> = Vec::new();
    let mut quote = 0;
    for sentence in &parsed.sentences {
        while quotes.get(quote).is_some_and(|q| q.range.end() <= sentence.range.start()) {
            quote += 1;
        }
        let touching = quotes[quote..].iter().take_while(|q| q.range.start() < sentence.range.end()).copied();
        let clause =
            Clause { text, tree: Tree::new(sentence), quotes: touching.collect(), cues: Cues::embedded() };
        let said = clause.attributions().into_iter().map(|one| finish(text, &clause, &one, mentions));
        found.extend(said.filter(|a| !is_slug(text, places, a)));
        if let Some(one) = clause.announced() {
            let at = quotes.partition_point(|q| q.range.start() < sentence.range.end());
            let next =
                quotes.get(at).filter(|q| text[sentence.range.end()..q.range.start()].trim().is_empty());
            if let Some(next) = next {
                let said = finish(text, &clause, &one, mentions);
                announced.push(Attribution {
                    content: vec![next.range],
                    kind: AttributionKind::Direct,
                    ..said
                });
            }
        }
    }
    // A quotation with a cue of its own needs no announcement.
    let free = |a: &Attribution| found.iter().all(|f| f.content.iter().all(|c| !c.overlaps(a.content[0])));
    announced.retain(free);
    found.append(&mut announced);
    signed(text, &quotes, mentions, &mut found);
    turns::turns(text, &quotes::paragraphs(text, &sentences), mentions, &mut found);
    carry(text, &sentences, &quotes, &mut found);
    left_over(text, parsed, &quotes, mentions, &mut found);
    found.sort_by_key(|a| (a.content.first().copied(), a.cue));
    documents(text, &sentences, &mut found);
    nest(&mut found);
    found
}

/// An attribution with its content as text and its speaker resolved.
fn finish(text: &str, clause: &Clause<'_>, found: &Found, mentions: &[ActorMention]) -> Attribution {
    let cue = found.cue.map(|c| clause.range(c));
    let mut content: Vec<TextRange> = found.content.iter().map(|c| clause.range(*c)).collect();
    for part in &mut content {
        for quote in &clause.quotes {
            // A quotation of several sentences is one content.
            let cut = quote.range.overlaps(*part) && !part.contains(quote.range);
            if cut && !cue.is_some_and(|c| quote.range.overlaps(c)) {
                *part = part.cover(quote.range);
            }
        }
    }
    content.sort_unstable();
    content.dedup_by(|b, a| {
        let same = a.overlaps(*b);
        if same {
            *a = a.cover(*b);
        }
        same
    });
    // A quotation that the cue itself stands in says nothing about the kind.
    let around: Vec<Quote> =
        clause.quotes.iter().filter(|q| !cue.is_some_and(|c| q.range.contains(c))).copied().collect();
    let speaker = |head: Option<usize>| head.and_then(|h| actor(clause, h, mentions));
    let (said, passed_on) = match found.cited {
        Some(cited) => (speaker(Some(cited)), speaker(found.head)),
        None => (speaker(found.head), None),
    };
    Attribution {
        source: found.source.map(|s| clause.range(s)),
        cue,
        kind: kind(text, &content, &around),
        content,
        speaker: said,
        via: passed_on,
        inside: None,
        stance: found.stance,
        rule: found.rule,
    }
}

/// "Ruritania: gunmen free hostages", "Port Alba: death toll rises": a country or town before a colon is what the headline is
/// about. It speaks where the words are quoted or its own ("we will answer").
fn is_slug(text: &str, places: &[Place], a: &Attribution) -> bool {
    let town = || a.speaker.is_none() && a.source.is_some_and(|s| places.iter().any(|p| p.range == s));
    let state = || {
        let known = a.speaker.as_ref().and_then(|id| crate::actor::known_actor(id.as_str()));
        known.is_some_and(|known| known.kind == ActorKind::State)
    };
    let own = |w: &str| matches!(w.to_lowercase().as_str(), "we" | "us" | "our" | "i" | "my");
    // "Highlands: Who is killing whom?": a name that nobody explains asks nothing.
    let asked = || {
        let unknown = a.speaker.as_ref().is_none_or(|id| crate::actor::known_actor(id.as_str()).is_none());
        unknown
            && a.content
                .last()
                .is_some_and(|c| text[..c.end()].ends_with('?') || text[c.end()..].starts_with('?'))
    };
    a.rule == "colon"
        && a.kind == AttributionKind::Indirect
        && !a.content.iter().any(|c| c.of(text).split(|c: char| !c.is_alphanumeric()).any(own))
        && (state() || town() || asked())
}

/// What stands before an office that only gives out what others say, and such offices.
const DESKS: [&str; 4] = ["press", "media", "information", "news"];
const OFFICES: [&str; 8] = ["service", "office", "centre", "center", "bureau", "department", "wing", "team"];
/// What is known by somebody's count.
const DATA: [&str; 4] = ["data", "figure", "information", "count"];

/// The actor whose mention holds word `head` or a name that belongs to it.
fn actor(clause: &Clause<'_>, head: usize, mentions: &[ActorMention]) -> Option<ActorId> {
    let tree = &clause.tree;
    let holding = |i: usize| {
        let word = tree.words[i].range;
        let from = mentions.partition_point(|m| m.range.end() <= word.start());
        mentions[from..]
            .iter()
            .take_while(|m| m.range.start() < word.end())
            .filter(|m| m.range.contains(word))
            .max_by_key(|m| m.range.len())
    };
    // "Iraq, which has demanded": a relative pronoun speaks for what it points back to.
    let relative = tree.words[head].xpos == "WDT" || tree.words[head].xpos == "WP";
    let clause = tree.head(head).filter(|v| relative && tree.words[*v].deprel == "acl:relcl");
    let head = clause.and_then(|c| tree.head(c)).unwrap_or(head);
    let names = tree.children(head).iter().filter(|c| matches!(tree.relation(**c), "flat" | "appos"));
    // "The press service of the navy", "the data of the ministry": whose it is speaks.
    let desk = tree.children(head).iter().any(|c| DESKS.contains(&tree.words[*c].lemma.as_str()));
    let theirs = desk && OFFICES.contains(&tree.words[head].lemma.as_str())
        || DATA.contains(&tree.words[head].lemma.as_str());
    let whose = |c: &&usize| {
        let of = || tree.children(**c).iter().any(|k| tree.words[*k].lemma == "of");
        theirs && (tree.words[**c].deprel == "nmod:poss" || tree.relation(**c) == "nmod" && of())
    };
    let owners = tree.children(head).iter().filter(whose);
    let mut found = std::iter::once(&head).chain(names).chain(owners).filter_map(|i| holding(*i));
    let first = found.next()?;
    // "The coordinator, Jane Doe, said": the name says more than the post.
    let named = matches!(first.rule, "role" | "title").then(|| found.find(|m| m.rule == "name")).flatten();
    Some(named.unwrap_or(first).actor.clone())
}

/// Direct if all content is quoted, mixed if some is.
fn kind(text: &str, content: &[TextRange], quotes: &[Quote]) -> AttributionKind {
    let quoted = |part: &TextRange| quotes.iter().any(|q| q.range.contains(*part) && q.range.len() > 2);
    if content.iter().all(quoted) {
        return AttributionKind::Direct;
    }
    let letters = |r: TextRange| r.of(text).chars().filter(|c| c.is_alphanumeric()).count();
    let all: usize = content.iter().map(|c| letters(*c)).sum();
    let inner: usize =
        quotes.iter().filter(|q| content.iter().any(|c| c.contains(q.range))).map(|q| letters(q.range)).sum();
    match inner {
        0 => AttributionKind::Indirect,
        n if n == all => AttributionKind::Direct,
        _ => AttributionKind::Mixed,
    }
}

/// Gives quotations that no attribution holds to the name that signs them: `"We will wait." — Jane Doe`.
fn signed(text: &str, quotes: &[Quote], mentions: &[ActorMention], found: &mut Vec<Attribution>) {
    for quote in quotes.iter().filter(|q| q.closed) {
        // What is quoted inside of it does not hold it.
        let held = |a: &Attribution| {
            a.content.iter().any(|c| c.overlaps(quote.range))
                && !a.cue.is_some_and(|c| quote.range.contains(c))
        };
        let space = |c: char| c.is_whitespace() && c != '\n';
        let behind = &text[quote.range.end()..];
        let Some(dash) = behind.find(|c| !space(c)).filter(|n| behind[*n..].starts_with(['―', '—', '–']))
        else {
            continue;
        };
        let cue = behind[dash..].chars().next().map_or(1, char::len_utf8);
        // The name ends with its line.
        let after = behind[dash + cue..].split('\n').next().unwrap_or("");
        let lead = after.len() - after.trim_start_matches(space).len();
        let mut end = 0;
        let mut words = 0;
        for word in after[lead..].split_inclusive(space) {
            let bare = word.trim_end_matches(|c| space(c) || matches!(c, '.' | ',' | '"' | '“'));
            // An initial keeps its full stop.
            let initial = bare.chars().count() == 1 && word[bare.len()..].starts_with(". ");
            let name = &word[..bare.len() + usize::from(initial)];
            if !name.starts_with(char::is_uppercase) || words == 4 {
                break;
            }
            end += name.len();
            words += 1;
            let rest = &word[name.len()..];
            if rest.is_empty() || !rest.chars().all(space) {
                break;
            }
            end += rest.len();
        }
        let name = after[lead..lead + end].trim_end();
        if words < 2 || found.iter().any(held) {
            continue;
        }
        let at = quote.range.end() + dash;
        let source = TextRange::new(at + cue + lead, at + cue + lead + name.len());
        let from = mentions.partition_point(|m| m.range.end() <= source.start());
        let speaker = mentions[from..].iter().take_while(|m| m.range.start() < source.end()).next();
        found.push(Attribution {
            source: Some(source),
            cue: Some(TextRange::new(at, at + cue)),
            content: vec![quote.range],
            kind: AttributionKind::Direct,
            speaker: speaker.map(|m| m.actor.clone()),
            via: None,
            inside: None,
            stance: Stance::Says,
            rule: "signed",
        });
    }
}

/// Gives quotations that no attribution holds to whoever spoke before: as more content in the same paragraph, as an
/// attribution of their own in a later one.
fn carry(text: &str, sentences: &[TextRange], quotes: &[Quote], found: &mut Vec<Attribution>) {
    let paragraphs = quotes::paragraphs(text, sentences);
    let paragraph = |at: usize| paragraphs.partition_point(|p| p.end() <= at);
    let mut open: Option<usize> = None;
    for quote in quotes {
        let here = paragraph(quote.range.start());
        let holds = |a: &Attribution| {
            a.content.iter().any(|c| c.overlaps(quote.range))
                && (a.rule == "turn" || !a.cue.is_some_and(|c| quote.range.contains(c)))
        };
        let holder = found.iter().position(holds);
        let continues = open.take();
        if holder.is_some() {
            open = holder.filter(|_| !quote.closed);
            continue;
        }
        let starts = sentences.binary_search_by_key(&quote.range.start(), |s| s.start()).is_ok();
        let words = quote.range.of(text);
        // Headings stand in single marks.
        if !starts
            || words.starts_with(['\'', '‘']) && !words.starts_with("''")
            || words.split_whitespace().count() < 3
        {
            continue;
        }
        // The last words given to a speaker before this quotation.
        let before = found
            .iter()
            .enumerate()
            .filter(|(_, a)| a.source.is_some() || a.rule == "carried")
            .filter(|(_, a)| !quotes.iter().any(|q| a.cue.is_some_and(|c| q.range.contains(c))))
            .filter_map(|(i, a)| Some((a.content.last()?.end().max(a.cue.map_or(0, TextRange::end)), i)))
            .filter(|(end, _)| *end <= quote.range.start())
            .max();
        let Some((end, last)) = before else { continue };
        let same_paragraph = paragraph(end.saturating_sub(1)) == here;
        if continues == Some(last) || same_paragraph && found[last].kind != AttributionKind::Indirect {
            let gap = text[end..quote.range.start()].trim();
            match found[last].content.last_mut() {
                // Quotations side by side are one stretch.
                Some(part) if gap.is_empty() && same_paragraph && part.end() == end => {
                    *part = part.cover(quote.range)
                }
                _ => found[last].content.push(quote.range),
            }
            open = Some(last).filter(|_| !quote.closed);
        } else if quote.range.start() - end < CARRY {
            let from = &found[last];
            found.push(Attribution {
                source: None,
                cue: None,
                content: vec![quote.range],
                kind: AttributionKind::Direct,
                speaker: from.speaker.clone(),
                via: from.via.clone(),
                inside: None,
                stance: Stance::Says,
                rule: "carried",
            });
            open = Some(found.len() - 1).filter(|_| !quote.closed);
        }
    }
}

/// Words of a quotation that nothing holds below which it is a word of somebody's rather than his words.
const FEWEST: usize = 3;

/// Gives quotations that nothing holds to the subject of the clause they stand in ("for the party it amounts to "a third
/// occupation""); a whole sentence in quotation marks without anybody is still somebody's words.
fn left_over(
    text: &str,
    parsed: &Parsed,
    quotes: &[Quote],
    mentions: &[ActorMention],
    found: &mut Vec<Attribution>,
) {
    for quote in quotes.iter().filter(|q| q.closed) {
        let held = |a: &Attribution| a.content.iter().chain(&a.cue).any(|c| c.overlaps(quote.range));
        let words = quote.range.of(text).trim_matches(|c: char| !c.is_alphanumeric());
        let double = !quote.range.of(text).starts_with(['\'', '‘']) || quote.range.of(text).starts_with("''");
        // Names of ships, films and operations stand in quotation marks too.
        let name = words.split_whitespace().all(|w| !w.starts_with(char::is_lowercase));
        if !double || name || words.split_whitespace().count() < FEWEST || found.iter().any(held) {
            continue;
        }
        let at = parsed.sentences.partition_point(|s| s.range.end() <= quote.range.start());
        let Some(sentence) = parsed.sentences.get(at) else { continue };
        let clause = Clause { text, tree: Tree::new(sentence), quotes: vec![*quote], cues: Cues::embedded() };
        let (source, cue, head) = match clause.around(quote.range).filter(|_| clause.is_part(quote.range)) {
            Some((subject, verb, content)) => {
                let (first, last) = clause.source(subject, &[content]);
                (Some(clause.range((first, last))), Some(clause.range((verb, verb))), Some(subject))
            }
            None if begins_sentence(sentence.range, quote.range) && words.split_whitespace().count() > 3 => {
                (None, None, None)
            }
            None => continue,
        };
        found.push(Attribution {
            source,
            cue,
            content: vec![quote.range],
            kind: AttributionKind::Direct,
            speaker: head.and_then(|h| actor(&clause, h, mentions)),
            via: None,
            inside: None,
            stance: Stance::Says,
            rule: "quoted",
        });
    }
}

/// Whether a quotation begins with its sentence, but for marks before it ("▪️ "We …"").
fn begins_sentence(sentence: TextRange, quote: TextRange) -> bool {
    quote.start() < sentence.start() + 12
}

/// "The statement called on them": the words of whoever spoke in a statement before. "It" right after means it too.
fn documents(text: &str, sentences: &[TextRange], found: &mut [Attribution]) {
    const TEXTS: &[&str] =
        &["statement", "letter", "communique", "communiqué", "declaration", "release", "message"];
    let sentence = |at: usize| sentences.partition_point(|s| s.end() <= at);
    let mut last: Option<(usize, ActorId)> = None;
    for i in 0..found.len() {
        let Some(source) = found[i].source else { continue };
        let words = source.of(text).to_lowercase();
        let here = sentence(source.start());
        let noun = ["the ", "this ", "that "].into_iter().find_map(|a| words.strip_prefix(a));
        let said = noun.filter(|n| TEXTS.contains(n)).and_then(|noun| {
            // Where a sentence names the text that somebody spoke in.
            let told = |a: &Attribution| {
                let n = sentence(a.source?.start());
                let near = n < here && sentences[n].end() + CARRY > source.start();
                let at = sentences[n].of(text).find(noun).filter(|_| near && a.speaker.is_some())?;
                Some((n, sentences[n].start() + at))
            };
            let Some((n, at)) = found[..i].iter().rev().find_map(told) else {
                // "… the ministry informs. "We …", the message says."
                let next = |a: &&Attribution| {
                    let n = a.source.map_or(here, |s| sentence(s.start()));
                    n < here && here - n <= 2 && sentences[n].end() + CARRY > source.start()
                };
                let informs = found[..i].iter().rev().find(next).filter(|_| noun == "message");
                return informs.and_then(|a| a.speaker.clone());
            };
            let there = found[..i].iter().filter(|a| told(a).is_some_and(|t| t.0 == n));
            let cue = |a: &&Attribution| a.cue.or(a.source).map_or(usize::MAX, |c| c.start().abs_diff(at));
            there.min_by_key(cue)?.speaker.clone()
        });
        let again = || last.clone().filter(|(n, _)| words == "it" && n + 1 == here).map(|(_, who)| who);
        // "Fighters raided the village, according to the doctors' union. It said …": a body that nothing else names.
        let source = || {
            let before = |a: &&Attribution| a.source.is_some_and(|s| sentence(s.start()) + 1 == here);
            let found =
                found[..i].iter().rfind(before).filter(|_| words == "it" && found[i].speaker.is_none())?;
            found.speaker.clone()
        };
        if let Some(who) = said.or_else(again).or_else(source) {
            last = Some((here, who.clone()));
            found[i].speaker = Some(who);
        }
    }
}

/// Notes which attribution lies inside the content of which, and who passes the inner one on.
fn nest(found: &mut [Attribution]) {
    let whole = |a: &Attribution| {
        a.content.iter().copied().chain(a.cue).chain(a.source).reduce(TextRange::cover).unwrap_or_default()
    };
    let extents: Vec<TextRange> = found.iter().map(whole).collect();
    for i in 0..found.len() {
        let around = |j: &usize| {
            *j != i
                && found[*j].content.iter().any(|c| c.contains(extents[i]))
                && !extents[j.to_owned()].is_empty()
        };
        let from = i.saturating_sub(40);
        let holder = (from..found.len().min(i + 40)).filter(around).min_by_key(|j| extents[*j].len());
        if let Some(holder) = holder.filter(|h| extents[*h].len() > extents[i].len()) {
            found[i].inside = Some(holder);
            if found[i].via.is_none() {
                found[i].via = found[holder].speaker.clone().filter(|v| Some(v) != found[i].speaker.as_ref());
            }
        }
    }
}
