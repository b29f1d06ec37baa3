//! What the encoder makes of words, for training heads on it (`training/deeds.py`).
//!
//! Standard input: one passage a line, with tabs for its line breaks. The folder given as argument gets `words.tsv`, a line a sentence start (`_`) and
//! word: passage, sentence, first byte and end in the passage (0-based, end exclusive), universal part of speech, head
//! (1-based in its sentence, 0 is the root), relation, lemma, form; `rows.f32`, the word's row in each layer, one
//! behind the other, little-endian; and `pairs.tsv`, a line a word that can name a deed and one of its sentence or of those beside
//! it that can head who has a part in it: passage, sentence, number of the first in it (0-based), where the other stands (-1: in
//! the sentence before, 1: behind), its number there, and what the head for participants looks up.

use std::fs::File;
use std::io::{BufRead, BufWriter, Write};
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let mut table = BufWriter::new(File::create(folder.join("words.tsv"))?);
    let mut pairs = BufWriter::new(File::create(folder.join("pairs.tsv"))?);
    let mut rows = BufWriter::new(File::create(folder.join("rows.f32"))?);
    let language = language::Language::embedded();
    for (passage, text) in std::io::stdin().lock().lines().enumerate() {
        let text = text?.replace('\t', "\n");
        let split = language.split(&text);
        let sentences = language.parse_words(&text, &split);
        let all_pairs = language::Language::pairs(&sentences, &text);
        for (number, (sentence, own)) in sentences.iter().zip(all_pairs).enumerate() {
            let words: Vec<&str> = sentence.tokens.iter().map(|t| t.range.of(&text)).collect();
            let mut all = language.word_vectors(&words).into_iter();
            writeln!(table, "{passage}\t{number}\t0\t0\t_\t0\t_\t_\t_")?;
            write(&mut rows, &all.next().unwrap_or_default())?;
            for (deed, beside, word, ways) in own {
                let ways: Vec<String> = ways.iter().map(u16::to_string).collect();
                writeln!(pairs, "{passage}\t{number}\t{deed}\t{beside}\t{word}\t{}", ways.join("\t"))?;
            }
            // Of a very long sentence only the first part has rows.
            for (token, row) in sentence.tokens.iter().zip(all) {
                let (start, end) = (token.range.start(), token.range.end());
                writeln!(
                    table,
                    "{passage}\t{number}\t{start}\t{end}\t{}\t{}\t{}\t{}\t{}",
                    token.upos,
                    token.head,
                    token.deprel,
                    token.lemma,
                    token.range.of(&text)
                )?;
                write(&mut rows, &row)?;
            }
        }
    }
    table.flush()?;
    pairs.flush()?;
    rows.flush()
}

fn write(to: &mut impl Write, row: &[f32]) -> std::io::Result<()> {
    row.iter().try_for_each(|x| to.write_all(&x.to_le_bytes()))
}
