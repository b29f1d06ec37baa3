//! Bytes to text: byte order mark, declared encoding, valid UTF-8, then a guess.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use record::Warning;

use crate::messages;

/// What these bytes are, if they are no text in any encoding.
pub(crate) fn binary(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 9] = [
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or office document"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"BZh", "a bzip2 file"),
        (b"\xfd7zXZ", "an xz file"),
        (b"\x7fELF", "a program"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    if Encoding::for_bom(head).is_some() || wide(head).is_some() {
        return None;
    }
    // In pieces whose count fits into a byte, which is many times faster.
    let is_control = |b: &u8| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127);
    let count = |piece: &[u8]| piece.iter().map(|b| u8::from(is_control(b))).sum::<u8>();
    let controls: usize = head.chunks(255).map(|piece| usize::from(count(piece))).sum();
    (controls > 4 && controls * 100 > head.len()).then_some("binary data")
}

/// The encoding of some bytes without looking at what a page declares: mark, valid UTF-8, mostly UTF-8, or a guess.
/// The flag says whether it was guessed.
pub(crate) fn detect(bytes: &[u8]) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, false);
    }
    if let Some(encoding) = wide(bytes) {
        return (encoding, true);
    }
    if mostly_utf8(bytes) {
        return (UTF_8, false);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (detector.guess(None, chardetng::Utf8Detection::Deny), true)
}

/// Decodes a whole text. `declared` is what came with it (a `charset` of a page); a byte order mark and valid UTF-8
/// overrule it. A character cut off at the very end is dropped in silence if the bytes are only the beginning
/// (`cut`).
pub(crate) fn decode(
    bytes: Vec<u8>,
    declared: Option<&'static Encoding>,
    cut: bool,
    origin: &str,
    warnings: &mut Vec<Warning>,
) -> String {
    let bytes = match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            if wide(text.as_bytes()).is_none() {
                note_nuls(&text, origin, warnings);
                return text;
            }
            text.into_bytes()
        }
        Err(e) => e.into_bytes(),
    };
    let (mut encoding, guessed) = detect(&bytes);
    match declared {
        Some(declared) if guessed => encoding = declared,
        _ if guessed => warnings.push(messages::guessed_encoding(origin, encoding.name())),
        _ => {}
    }
    let body = match Encoding::for_bom(&bytes) {
        Some((_, length)) => &bytes[length..],
        None => &bytes[..],
    };
    let skipped = bytes.len() - body.len();
    let (text, broken) = lossy(body, encoding, cut);
    if let Some((count, first)) = broken {
        warnings.push(messages::broken_characters(origin, encoding.name(), count, skipped + first));
    }
    note_nuls(&text, origin, warnings);
    text
}

fn note_nuls(text: &str, origin: &str, warnings: &mut Vec<Warning>) {
    if let Some(first) = memchr::memchr(0, text.as_bytes()) {
        let count = memchr::memchr_iter(0, text.as_bytes()).count();
        warnings.push(messages::nul_characters(origin, count, first));
    }
}

/// Decodes with U+FFFD for what is broken; gives the number of broken sequences and the byte of the first.
fn lossy(bytes: &[u8], encoding: &'static Encoding, cut: bool) -> (String, Option<(usize, usize)>) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(capacity);
    let (mut at, mut count, mut first) = (0, 0, 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => text.reserve(bytes.len() - at + 16),
            encoding_rs::DecoderResult::Malformed(length, after) => {
                if cut && at >= bytes.len() {
                    break;
                }
                if count == 0 {
                    first = at.saturating_sub(usize::from(length) + usize::from(after));
                }
                count += 1;
                text.reserve(16);
                text.push('\u{fffd}');
            }
        }
    }
    (text, (count > 0).then_some((count, first)))
}

/// Whether the multi-byte characters that are right outnumber the sequences that are wrong.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    wrong == 0 || right > 2 * wrong
}

/// UTF-16 without a mark: Latin text has a NUL in every other byte.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let half = sample.len() / 2;
    if half < 8 || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let nuls = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    if odd * 10 > half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<String>) {
        let mut warnings = Vec::new();
        let text = decode(bytes.to_vec(), None, false, "a.txt", &mut warnings);
        (text, warnings.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn encodings_of_the_same_words() {
        let words = "The café on the Place d’Armes was hit, a spokesman said; no one was hurt.";
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(words);
        let (text, warnings) = read(&windows);
        assert_eq!(text, words);
        assert_eq!(warnings, ["a.txt: not UTF-8 and no encoding declared; read as windows-1252 [W103]"]);

        let mut marked = vec![0xef, 0xbb, 0xbf];
        marked.extend(words.as_bytes());
        assert_eq!(read(&marked), (words.to_owned(), vec![]));

        let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide).0, words);
        let mut marked = vec![0xfe, 0xff];
        marked.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
        assert_eq!(read(&marked), (words.to_owned(), vec![]));
    }

    #[test]
    fn broken_utf8_is_named_by_its_byte() {
        let mut bytes = "“Nous condamnons”, a déclaré le ministère. ".as_bytes().to_vec();
        let at = bytes.len();
        bytes.extend(b"\xff after");
        let (text, warnings) = read(&bytes);
        assert!(text.ends_with(" \u{fffd} after"));
        assert_eq!(
            warnings,
            [format!("a.txt: 1 broken UTF-8 sequence, the first at byte {at}; replaced by U+FFFD [W104]")]
        );
    }

    #[test]
    fn binary_is_told_from_text() {
        assert_eq!(binary(b"%PDF-1.7 ..."), Some("a PDF file"));
        assert_eq!(binary(&[0, 1, 2, 3, 4, 5, 6, 7, 200, 201, 0, 0]), Some("binary data"));
        assert_eq!(binary("plain words\n\ttab".as_bytes()), None);
        assert_eq!(
            read(b"one\0two").1,
            ["a.txt: 1 NUL character in the text, the first at byte 3; kept [W118]"]
        );
    }
}
