//! Short texts with what is said by whom beside them, parsed by the embedded model; and that no tree makes the rules
//! panic.

use proptest::prelude::*;
use record::{ActorId, ActorMention, Attribution, Parsed, Sentence, TextRange, Token, Upos};

use super::attributions;

fn parse(text: &str) -> Parsed {
    let language = language::Language::embedded();
    language.analyse(text, &language.split(text))
}

/// `source | cue | content + content | kind`, one line an attribution.
fn shown(text: &str, found: &[Attribution]) -> Vec<String> {
    let words = |r: Option<TextRange>| r.map_or("-", |r| r.of(text)).replace('\n', " ");
    let show = |a: &Attribution| {
        let content: Vec<String> = a.content.iter().map(|c| words(Some(*c))).collect();
        format!("{} | {} | {} | {}", words(a.source), words(a.cue), content.join(" + "), a.kind)
    };
    found.iter().map(show).collect()
}

#[test]
fn who_says_what() {
    for (text, expected) in [
        (
            "The minister said that the road was closed.",
            vec!["The minister | said | that the road was closed | indirect"],
        ),
        (
            "“We will wait,” the minister said. “Then we act.”",
            vec!["the minister | said | “We will wait,” + “Then we act.” | direct"],
        ),
        (
            "\"Nobody was hurt,\" said Anna Berg, a police spokeswoman.",
            vec!["Anna Berg, a police spokeswoman | said | \"Nobody was hurt,\" | direct"],
        ),
        (
            "According to the governor, three bridges were destroyed.",
            vec!["the governor | According to | three bridges were destroyed | indirect"],
        ),
        ("The army has denied the report.", vec!["The army | has denied | the report | indirect"]),
        (
            "The president vowed to rebuild the port.",
            vec!["The president | vowed | to rebuild the port | indirect"],
        ),
        (
            "The envoy called for an immediate truce.",
            vec!["The envoy | called for | an immediate truce | indirect"],
        ),
        (
            "The general called it “a great victory”.",
            vec!["The general | called | it “a great victory” | mixed"],
        ),
        (
            "“The dam is safe,” said\nMinister Okoro on Friday.",
            vec!["Minister Okoro | said | “The dam is safe,” | direct"],
        ),
        (
            "The envoy, who arrived on Monday, said the talks had failed.",
            vec!["The envoy, who arrived on Monday, | said | the talks had failed | indirect"],
        ),
        (
            "The envoy was confident that the talks would go on.",
            vec!["The envoy | was confident | that the talks would go on | indirect"],
        ),
        (
            "The minister has expressed deep concern about the raids.",
            vec!["The minister | has expressed deep concern about | the raids | indirect"],
        ),
        (
            "But the bridge was open, a driver said.",
            vec!["a driver | said | But the bridge was open | indirect"],
        ),
        (
            "The mayor refused to say who had burned the barn.",
            vec!["The mayor | refused to say | who had burned the barn | indirect"],
        ),
        (
            "The minister's claim that the port was safe is wrong.",
            vec!["The minister's | claim | that the port was safe | indirect"],
        ),
        (
            "“We will not leave our homes.” — Ana Ruiz",
            vec!["Ana Ruiz | — | “We will not leave our homes.” | direct"],
        ),
        (
            "”He says that we must leave. We will stay.” — Ana B. Ruiz",
            vec![
                "Ana B. Ruiz | — | ”He says that we must leave. We will stay.” | direct",
                "He | says | that we must leave | indirect",
            ],
        ),
    ] {
        assert_eq!(shown(text, &attributions(text, &parse(text), &[], &[])), expected, "{text}");
    }
}

fn mention(text: &str, words: &str, id: &str) -> ActorMention {
    let start = text.find(words).unwrap_or_default();
    ActorMention { range: TextRange::new(start, start + words.len()), actor: ActorId::new(id), rule: "name" }
}

#[test]
fn a_quotation_alone_in_its_paragraph_belongs_to_whoever_spoke_before() {
    let text = "“We are ready,” said Kofi Adu.\n\n“Our people want peace, and nothing else.”\n\n“They will have it.”";
    let mentions = [mention(text, "Kofi Adu", "adu")];
    let found = attributions(text, &parse(text), &[], &mentions);
    let speakers: Vec<Option<&str>> = found.iter().map(|a| a.speaker.as_ref().map(ActorId::as_str)).collect();
    assert_eq!(speakers, [Some("adu"); 3], "{:?}", shown(text, &found));
}

#[test]
fn a_quotation_without_its_closing_mark_goes_on_in_the_next_paragraph() {
    let text = "Kofi Adu said: “We are ready.\n\n“Our people want peace.”";
    let found = attributions(text, &parse(text), &[], &[]);
    assert_eq!(found.len(), 1, "{:?}", shown(text, &found));
    assert_eq!(found[0].content.len(), 2);
}

#[test]
fn whoever_is_cited_speaks_and_whoever_cites_passes_it_on() {
    let text = "The ministry, citing the governor, said two villages were burned.";
    let mentions = [mention(text, "The ministry", "ministry"), mention(text, "the governor", "governor")];
    let found = attributions(text, &parse(text), &[], &mentions);
    let said = found.iter().find(|a| a.cue.is_some_and(|c| c.of(text) == "said")).expect("said");
    assert_eq!(said.speaker, Some(ActorId::new("governor")));
    assert_eq!(said.via, Some(ActorId::new("ministry")));
}

#[test]
fn what_is_said_inside_of_what_is_said() {
    let text = "The agency reported that the mayor had warned of floods.";
    let found = attributions(text, &parse(text), &[], &[]);
    let inner = found.iter().find(|a| a.cue.is_some_and(|c| c.of(text) == "had warned of")).expect("warned");
    assert!(inner.inside.is_some_and(|i| found[i].cue.is_some_and(|c| c.of(text) == "reported")));
}

#[test]
fn what_a_speaker_tells_of_his_own_words_is_part_of_them() {
    for text in [
        "The minister said she hoped that the talks would go on.",
        "The army said it had warned of floods.",
        "The mayor said he wanted the road closed.",
    ] {
        let found = attributions(text, &parse(text), &[], &[]);
        assert_eq!(found.len(), 1, "{:?}", shown(text, &found));
    }
}

#[test]
fn a_speaker_that_nothing_names_has_no_name() {
    let text = "“The strikes hit two depots,” it stated.";
    let found = attributions(text, &parse(text), &[], &[mention(text, "strikes", "x")]);
    assert!(found.iter().all(|a| a.speaker.is_none()) && found.len() == 1, "{:?}", shown(text, &found));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any heads, tags and relations: no panic, contents not empty and in the text.
    #[test]
    fn any_tree(words in prop::collection::vec((0_usize..14, 0_u32..12, 0_usize..14, 0_usize..4), 1..24)) {
        const FORMS: [&str; 14] =
            ["said", "“", "”", ",", "he", "that", "according", "to", "claim", "reportedly", "call", "for", ":", "Adu"];
        const RELATIONS: [&str; 14] = [
            "nsubj", "ccomp", "parataxis", "root", "obl", "case", "punct", "acl", "advcl", "xcomp", "conj", "obj", "mark",
            "nsubj:pass",
        ];
        const TAGS: [Upos; 4] = [Upos::Verb, Upos::Noun, Upos::Punct, Upos::Adv];
        let mut text = String::new();
        let mut tokens = Vec::new();
        for (form, head, relation, tag) in words {
            let start = text.len();
            text.push_str(FORMS[form]);
            tokens.push(Token {
                range: TextRange::new(start, text.len()),
                lemma: FORMS[form].replace("said", "say"),
                upos: TAGS[tag],
                xpos: "NN",
                feats: "",
                head,
                deprel: RELATIONS[relation],
                deed: None,
            });
            text.push(' ');
        }
        let range = TextRange::new(0, text.len() - 1);
        let parsed = Parsed { sentences: vec![Sentence { range, tokens, participants: Vec::new() }], ..Parsed::default() };
        for a in attributions(&text, &parsed, &[], &[]) {
            prop_assert!(!a.content.is_empty() && a.content.iter().all(|c| !c.of(&text).is_empty()));
        }
    }
}
