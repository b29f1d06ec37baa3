//! Analyses the plain text on standard input and writes CoNLL-U, entities as `Entity=` in the last column; with
//! `--speed`, words a second on one thread instead, nothing remembered between sentences but what comes twice.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::Read;
use std::time::Instant;

use language::Language;

fn main() -> std::io::Result<()> {
    let start = Instant::now();
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let language = Language::embedded();
    let loaded = start.elapsed();
    let sentences = language.split(&text);
    let split = start.elapsed();
    let parsed = language.analyse(&text, &sentences);
    let done = start.elapsed();
    let words: usize = sentences.iter().map(Vec::len).sum();
    if std::env::args().any(|a| a == "--speed") {
        let rate = words as f64 / (done - loaded).as_secs_f64();
        println!("{words} words, {} sentences, {rate:.0} words a second", sentences.len());
        println!("loading {loaded:?}, splitting {:?}, analysing {:?}", split - loaded, done - split);
        return Ok(());
    }
    for sentence in &parsed.sentences {
        println!("# text = {}", sentence.range.of(&text).replace('\n', " "));
        for (i, t) in sentence.tokens.iter().enumerate() {
            let or = |s: &'static str| if s.is_empty() { "_" } else { s };
            let entity = parsed.entities.iter().find(|e| e.range.contains(t.range));
            let entity = entity.map_or("_".to_owned(), |e| {
                let part = if e.range.start() == t.range.start() { "B" } else { "I" };
                format!("Entity={part}-{}", e.kind)
            });
            let form = t.range.of(&text);
            println!(
                "{}\t{form}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t{entity}",
                i + 1,
                t.lemma,
                t.upos,
                t.xpos,
                or(t.feats),
                t.head,
                t.deprel
            );
        }
        println!();
    }
    Ok(())
}
