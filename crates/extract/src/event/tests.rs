//! Hand-made trees: what the rules see when the parse is right, and that no tree at all makes them panic.

use record::{
    Deed, EventType, Factuality, Mode, Parsed, Participant, Report, ReportId, Sentence, TextRange, Token,
    Upos,
};

use super::{check_lexicon, code_pair, events};

/// Builds a sentence from lines `form lemma UPOS XPOS head deprel`.
fn sentence(lines: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for line in lines.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let f: Vec<&str> = line.split_whitespace().collect();
        let start = text.len();
        text.push_str(f[0]);
        tokens.push(Token {
            range: TextRange::new(start, text.len()),
            lemma: f[1].to_owned(),
            upos: f[2].parse().unwrap_or(Upos::X),
            xpos: known(f[3]),
            feats: "",
            head: f[4].parse().unwrap_or(0),
            deprel: known(f[5]),
            deed: None,
        });
        text.push(' ');
    }
    let range = TextRange::new(0, text.trim_end().len());
    (text, Sentence { range, tokens, participants: Vec::new() })
}

/// Tags and relations live as long as the program; tests know these.
fn known(name: &str) -> &'static str {
    const ALL: &[&str] = &[
        "NN",
        "NNS",
        "NNP",
        "VBD",
        "VBN",
        "VBG",
        "VB",
        "VBZ",
        "IN",
        "DT",
        "TO",
        "MD",
        "JJ",
        "RB",
        "PRP",
        ".",
        "root",
        "nsubj",
        "nsubj:pass",
        "obj",
        "obl",
        "obl:agent",
        "nmod",
        "nmod:poss",
        "amod",
        "compound",
        "case",
        "det",
        "aux",
        "aux:pass",
        "xcomp",
        "ccomp",
        "acl",
        "acl:relcl",
        "advcl",
        "conj",
        "cc",
        "mark",
        "advmod",
        "punct",
        "parataxis",
        "dep",
        "nummod",
        "iobj",
    ];
    ALL.iter().copied().find(|n| *n == name).unwrap_or("dep")
}

fn report(text: &str) -> Report {
    Report {
        id: ReportId::new("test"),
        origin: "test".to_owned(),
        text: text.into(),
        title: None,
        publisher: None,
        author: None,
        url: None,
        language: None,
        published: None,
        blocks: Vec::new(),
        warnings: Vec::new(),
    }
}

fn found(lines: &str) -> (String, Vec<record::Event>) {
    let (text, sentence) = sentence(lines);
    let all = read(&text, sentence);
    (text, all)
}

fn read(text: &str, sentence: Sentence) -> Vec<record::Event> {
    let parsed = Parsed { sentences: vec![sentence], ..Parsed::default() };
    events(&report(text), &parsed, &[], &[], &[], &[])
}

/// Several sentences as one text.
fn joined(parts: &[&str]) -> (String, Parsed) {
    let (mut text, mut sentences) = (String::new(), Vec::new());
    for part in parts {
        let (words, mut s) = sentence(part);
        let by = text.len();
        s.range = TextRange::new(s.range.start() + by, s.range.end() + by);
        for t in &mut s.tokens {
            t.range = TextRange::new(t.range.start() + by, t.range.end() + by);
        }
        text.push_str(&words);
        sentences.push(s);
    }
    (text, Parsed { sentences, ..Parsed::default() })
}

/// Events of several sentences.
fn told(parts: &[&str]) -> Vec<record::Event> {
    let (text, parsed) = joined(parts);
    events(&report(&text), &parsed, &[], &[], &[], &[])
}

/// When the events of several sentences were, as the words that tell it.
fn times_of(parts: &[&str]) -> Vec<Option<String>> {
    let (text, parsed) = joined(parts);
    let mut report = report(&text);
    report.published = Some(record::Published {
        date: jiff::civil::date(2024, 2, 5),
        time: None,
        from: record::DateSource::Given,
        at: None,
    });
    let body = record::BlockLabel::Body;
    report.blocks = vec![record::Block { range: TextRange::new(0, text.len()), label: body, rule: "test" }];
    let times = crate::time::times(&report, &parsed);
    let all = events(&report, &parsed, &times, &[], &[], &[]);
    all.iter().map(|e| e.time.map(|t| times[t].range.of(&text).to_owned())).collect()
}

#[test]
fn a_sentence_that_only_tells_when_dates_the_deed_before() {
    let it = "It it PRON PRP 2 nsubj
         happened happen VERB VBD 0 root
         on on ADP IN 4 case
         Friday Friday PROPN NNP 2 obl";
    let storm = "The the DET DT 2 det
         storm storm NOUN NN 3 nsubj
         happened happen VERB VBD 0 root
         on on ADP IN 5 case
         Friday Friday PROPN NNP 3 obl";
    assert_eq!(times_of(&[ATTACK, it]), [Some("Friday".to_owned())]);
    assert_eq!(times_of(&[ATTACK, storm]), [None]);
}

const ATTACK: &str = "Rebels rebel NOUN NNS 2 nsubj
     attacked attack VERB VBD 0 root
     a a DET DT 4 det
     bridge bridge NOUN NN 2 obj";

#[test]
fn harm_without_a_doer_belongs_to_the_deed_told_before() {
    let harm = "A a DET DT 2 det
         soldier soldier NOUN NN 4 nsubj:pass
         was be AUX VBD 4 aux:pass
         wounded wound VERB VBN 0 root";
    let all = told(&[ATTACK, harm]);
    assert_eq!(all.iter().map(|e| e.same_as).collect::<Vec<_>>(), [None, Some(0)]);
    let doer = "Police police NOUN NNS 2 nsubj
         wounded wound VERB VBD 0 root
         a a DET DT 4 det
         soldier soldier NOUN NN 2 obj";
    let all = told(&[ATTACK, doer]);
    assert_eq!(all.iter().map(|e| e.same_as).collect::<Vec<_>>(), [None, None]);
}

#[test]
fn a_past_form_left_as_it_is_is_no_noun() {
    let (_, all) = found(
        "A a DET DT 2 det
         boy boy NOUN NN 4 nsubj:pass
         was be AUX VBD 4 aux:pass
         shot shot VERB VBN 0 root",
    );
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].kind, EventType::Assault);
}

#[test]
fn every_line_of_the_lexicon_can_be_read() {
    match check_lexicon() {
        Ok(senses) => assert!(senses > 2500, "only {senses} senses"),
        Err(e) => panic!("{e}"),
    }
}

#[test]
fn a_passive_turns_the_sides_round() {
    let (text, all) = found(
        "The the DET DT 2 det
         convoy convoy NOUN NN 4 nsubj:pass
         was be AUX VBD 4 aux:pass
         ambushed ambush VERB VBN 0 root
         by by ADP IN 6 case
         rebels rebel NOUN NNS 4 obl:agent",
    );
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].kind, EventType::Assault);
    assert_eq!(all[0].actors[0].range.of(&text), "rebels");
    assert_eq!(all[0].targets[0].range.of(&text), "The convoy");
}

#[test]
fn a_support_verb_lends_its_subject_to_the_noun() {
    let (text, all) = found(
        "Gunmen gunman NOUN NNS 2 nsubj
         launched launch VERB VBD 0 root
         an a DET DT 4 det
         attack attack NOUN NN 2 obj
         on on ADP IN 7 case
         the the DET DT 7 det
         barracks barracks NOUN NN 4 nmod",
    );
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].trigger.of(&text), "launched an attack");
    assert_eq!(all[0].actors[0].range.of(&text), "Gunmen");
    assert_eq!(all[0].targets[0].range.of(&text), "the barracks");
}

#[test]
fn a_meeting_still_to_come_is_an_agreement_and_a_threatened_attack_is_threatened() {
    let (_, all) = found(
        "Ministers minister NOUN NNS 3 nsubj
         will will AUX MD 3 aux
         meet meet VERB VB 0 root",
    );
    assert_eq!((all[0].kind, all[0].cameo.as_str()), (EventType::Agree, "036"));
    let (_, all) = found(
        "Rebels rebel NOUN NNS 2 nsubj
         threatened threaten VERB VBD 0 root
         to to PART TO 4 mark
         bomb bomb VERB VB 2 xcomp
         the the DET DT 6 det
         airport airport NOUN NN 4 obj",
    );
    assert_eq!(all[0].kind, EventType::Threaten);
    assert_eq!((all[1].kind, all[1].factuality), (EventType::Assault, Factuality::Threatened));
}

#[test]
fn what_is_not_rejected_did_not_happen_and_what_will_not_be_done_is_rejected() {
    let (_, all) = found(
        "Ministers minister NOUN NNS 4 nsubj
         did do AUX VBD 4 aux
         not not PART RB 4 advmod
         reject reject VERB VB 0 root
         the the DET DT 6 det
         proposal proposal NOUN NN 4 obj",
    );
    assert_eq!((all[0].kind, all[0].factuality), (EventType::Reject, Factuality::Denied));
    for verb in ["meet", "submit"] {
        let (_, all) = found(&format!(
            "Rebels rebel NOUN NNS 4 nsubj
             will will AUX MD 4 aux
             not not PART RB 4 advmod
             {verb} {verb} VERB VB 0 root"
        ));
        assert_eq!((all[0].kind, all[0].factuality), (EventType::Reject, Factuality::Happened), "{verb}");
    }
}

#[test]
fn a_marked_pair_is_coded_by_what_stands_between_them() {
    let (text, sentence) = sentence(
        "Ruritania Ruritania PROPN NNP 2 nsubj
         condemned condemn VERB VBD 0 root
         Utopia Utopia PROPN NNP 5 nmod:poss
         's 's PART POS 3 case
         invasion invasion NOUN NN 2 obj",
    );
    let code = code_pair(&text, &sentence, TextRange::new(0, 9), TextRange::new(20, 26));
    assert_eq!(code.map(|c| c.kind), Some(EventType::Accuse));
}

/// The model's shares decide, whatever the words: here it takes the army for the doer of the blast and the soldiers for whom
/// it hit, and doubts that it hit the gate.
#[test]
fn the_model_adds_whom_the_rules_miss() {
    let lines = "Army army NOUN NN 2 nsubj
         mourned mourn VERB VBD 0 root
         soldiers soldier NOUN NNS 2 obj
         after after ADP IN 5 case
         blast blast NOUN NN 2 obl
         near near ADP IN 7 case
         gate gate NOUN NN 5 nmod";
    let words = |participants: Vec<Participant>| {
        let (text, mut sentence) = sentence(lines);
        sentence.tokens[4].deed =
            Some(Deed { kind: EventType::Assault, share: 99, again: false, mode: Some(Mode::Explosives) });
        sentence.participants = participants;
        let all = read(&text, sentence);
        let event = all.iter().find(|e| e.kind == EventType::Assault).unwrap_or_else(|| panic!("{all:?}"));
        let side = |roles: &[record::EventRole]| roles.iter().map(|r| r.range.of(&text).to_owned()).collect();
        let (actors, targets): (Vec<String>, Vec<String>) = (side(&event.actors), side(&event.targets));
        (actors.join(","), targets.join(","))
    };
    let party = |word, actor, target| Participant { deed: 4, word, actor, target, ..Participant::default() };
    assert_eq!(words(Vec::new()), (String::new(), String::new()));
    let sure = vec![party(0, 90, 0), party(2, 1, 80), party(6, 0, 40)];
    assert_eq!(words(sure), ("Army".to_owned(), "soldiers".to_owned()));
    let unsure = vec![party(0, 84, 0), party(2, 1, 59)];
    assert_eq!(words(unsure), (String::new(), String::new()), "neither is sure enough");
}

/// What stands beside a deed's sentence is asked where that does not tell, and counts where the model is sure enough.
#[test]
fn the_sentence_before_tells_who_and_where() {
    let words = |actor: u8, place: u8| {
        let (text, mut parsed) = joined(&[
            "Rebels rebel NOUN NNS 2 nsubj
             left leave VERB VBD 0 root
             Milport Milport PROPN NNP 2 obj",
            "Then then ADV RB 2 advmod
             came come VERB VBD 0 root
             blasts blast NOUN NNS 2 nsubj",
        ]);
        let far = |word, actor, place| Participant {
            deed: 2,
            beside: -1,
            word,
            actor,
            place,
            ..Participant::default()
        };
        let own = &mut parsed.sentences[1];
        own.tokens[2].deed = Some(Deed { kind: EventType::Assault, share: 99, again: false, mode: None });
        own.participants = vec![far(0, actor, 0), far(2, 0, place)];
        let range = parsed.sentences[0].tokens[2].range;
        let spot = crate::place::unknown("Milport", record::PlacePrecision::City);
        let places = [record::Place { range, spot, locative: true, rule: "test" }];
        let all = events(&report(&text), &parsed, &[], &places, &[], &[]);
        let event = all.iter().find(|e| e.kind == EventType::Assault).unwrap_or_else(|| panic!("{all:?}"));
        let actors: Vec<_> = event.actors.iter().map(|r| r.range.of(&text).to_owned()).collect();
        (actors.join(","), event.places.clone())
    };
    assert_eq!(words(70, 60), ("Rebels".to_owned(), vec![0]));
    assert_eq!(words(69, 59), (String::new(), Vec::new()));
}

/// The words of each side of the first event of a type.
fn sides(lines: &str, kind: EventType) -> (Vec<String>, Vec<String>) {
    let (text, all) = found(lines);
    let event = all.iter().find(|e| e.kind == kind).unwrap_or_else(|| panic!("no {kind} in {all:?}"));
    let words = |roles: &[record::EventRole]| roles.iter().map(|r| r.range.of(&text).to_owned()).collect();
    (words(&event.actors), words(&event.targets))
}

#[test]
fn who_says_it_would_is_the_one_that_would() {
    let (actors, targets) = sides(
        "Rebels rebel NOUN NNS 2 nsubj
         said say VERB VBD 0 root
         they they PRON PRP 5 nsubj
         will will AUX MD 5 aux
         attack attack VERB VB 2 ccomp
         the the DET DT 7 det
         soldiers soldier NOUN NNS 5 obj",
        EventType::Threaten,
    );
    assert_eq!((actors.join(","), targets.join(",")), ("Rebels".to_owned(), "the soldiers".to_owned()));
}

#[test]
fn whom_a_refusal_concerns_stands_in_what_is_refused() {
    let (actors, targets) = sides(
        "Ministers minister NOUN NNS 2 nsubj
         refused refuse VERB VBD 0 root
         to to PART TO 4 mark
         lift lift VERB VB 2 xcomp
         sanctions sanction NOUN NNS 4 obj
         on on ADP IN 7 case
         Utopia Utopia PROPN NNP 5 nmod",
        EventType::Reject,
    );
    assert_eq!((actors.join(","), targets.join(",")), ("Ministers".to_owned(), "Utopia".to_owned()));
}

#[test]
fn troops_are_withdrawn_from_somewhere_and_shells_fired_at_somebody() {
    let (_, targets) = sides(
        "Officials official NOUN NNS 2 nsubj
         withdrew withdraw VERB VBD 0 root
         troops troops NOUN NNS 2 obj
         from from ADP IN 5 case
         Utopia Utopia PROPN NNP 2 obl",
        EventType::Retreat,
    );
    assert_eq!(targets, ["Utopia"]);
    let (_, targets) = sides(
        "Rebels rebel NOUN NNS 2 nsubj
         fired fire VERB VBD 0 root
         shells shell NOUN NNS 2 obj
         at at ADP IN 6 case
         the the DET DT 6 det
         soldiers soldier NOUN NNS 2 obl",
        EventType::Assault,
    );
    assert_eq!(targets, ["the soldiers"]);
}

#[test]
fn a_past_tense_without_auxiliary_is_active_whatever_its_subject_is_called() {
    let (actors, _) = sides(
        "Ministers minister NOUN NNS 2 nsubj:pass
         condemned condemn VERB VBD 0 root
         the the DET DT 4 det
         rebels rebel NOUN NNS 2 obj",
        EventType::Accuse,
    );
    assert_eq!(actors, ["Ministers"]);
}

#[test]
fn two_subjects_of_one_verb_are_parted() {
    let (actors, _) = sides(
        "Ministers minister NOUN NNS 7 nsubj
         will will AUX MD 3 aux
         attack attack VERB VB 7 ccomp
         rebels rebel NOUN NNS 3 obj
         the the DET DT 6 det
         officials official NOUN NNS 7 nsubj
         said say VERB VBD 0 root",
        EventType::Assault,
    );
    assert_eq!(actors, ["Ministers"]);
}

#[test]
fn a_lemma_that_cannot_be_is_not_believed() {
    let (_, all) = found(
        "Officials official NOUN NNS 2 nsubj
         expelled go VERB VBD 0 root
         the the DET DT 4 det
         ambassador ambassador NOUN NN 2 obj",
    );
    assert_eq!(all.first().map(|e| e.kind), Some(EventType::Sanction));
}

#[test]
fn no_tree_makes_it_panic() {
    // A fixed linear congruential sequence stands in for chance, so that a failure repeats.
    let mut state = 7u64;
    let mut next = move |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % n
    };
    let words = [
        "attack",
        "strike",
        "kill",
        "agree",
        "to",
        "refuse",
        "launch",
        "the",
        "raid",
        "talk",
        "not",
        "will",
        "peace",
        "claim",
        "responsibility",
        "army",
        "troop",
        "sanction",
        "é",
        "-",
        "by",
        "of",
        "on",
        "air",
        "condemn",
    ];
    let tags = ["NN", "NNS", "VBD", "VBN", "VB", "IN", "JJ"];
    let relations = [
        "root",
        "nsubj",
        "nsubj:pass",
        "obj",
        "obl",
        "nmod",
        "acl",
        "acl:relcl",
        "xcomp",
        "ccomp",
        "conj",
        "case",
        "mark",
        "aux",
        "compound",
        "amod",
        "nmod:poss",
        "advcl",
        "dep",
    ];
    for _ in 0..3000 {
        let n = 1 + next(14);
        let lines: Vec<String> = (0..n)
            .map(|_| {
                let word = words[next(words.len())];
                let upos = Upos::ALL[next(Upos::ALL.len())];
                let (tag, relation) = (tags[next(tags.len())], relations[next(relations.len())]);
                format!("{word} {word} {upos} {tag} {} {relation}", next(n + 3))
            })
            .collect();
        let (text, sentence) = sentence(&lines.join("\n"));
        let parsed = Parsed { sentences: vec![sentence.clone(), sentence.clone()], ..Parsed::default() };
        let all = events(&report(&text), &parsed, &[], &[], &[], &[]);
        assert!(all.iter().all(|e| e.extent.contains(e.trigger)));
        let (a, b) = (TextRange::new(0, next(9)), TextRange::new(next(20), 30));
        let _ = code_pair(&text, &sentence, a, b);
    }
}

#[test]
fn the_accused_did_it_and_a_blast_hits_what_it_is_in_front_of() {
    let (text, all) = found(
        "Rivera Rivera PROPN NNP 2 nsubj
         accused accuse VERB VBD 0 root
         soldiers soldier NOUN NNS 2 obj
         of of ADP IN 5 mark
         killing kill VERB VBG 2 advcl
         peasants peasant NOUN NNS 5 obj",
    );
    let kill = all.iter().find(|e| e.kind == EventType::Assault).unwrap();
    let actors: Vec<&str> = kill.actors.iter().map(|r| r.range.of(&text)).collect();
    assert_eq!(actors, ["soldiers"]);
    let (text, all) = found(
        "A a DET DT 2 det
         bomb bomb NOUN NN 3 nsubj
         exploded explode VERB VBD 0 root
         in in ADP IN 5 case
         front front NOUN NN 3 obl
         of of ADP IN 8 case
         a a DET DT 8 det
         bank bank NOUN NN 5 nmod",
    );
    let hit: Vec<&str> = all.iter().flat_map(|e| &e.targets).map(|r| r.range.of(&text)).collect();
    assert_eq!(hit, ["a bank"]);
    let (text, all) = found(
        "Rebels rebel NOUN NNS 2 nsubj
         detonated detonate VERB VBD 0 root
         two two NUM CD 4 nummod
         bombs bomb NOUN NNS 2 obj
         inside inside ADP IN 6 case
         banks bank NOUN NNS 2 obl
         and and CCONJ CC 8 cc
         stores store NOUN NNS 6 conj",
    );
    let hit: Vec<&str> = all.iter().flat_map(|e| &e.targets).map(|r| r.range.of(&text)).collect();
    assert_eq!(hit, ["banks", "stores"]);
}
