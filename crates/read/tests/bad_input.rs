//! Every kind of bad input, with the exact message a user sees.

use std::io::{Read, Write};

use read::{FieldMap, Format, Item, Options, read};

/// Reads some bytes; gives each report as `id: text` and each warning as it is shown.
fn read_as(name: &str, bytes: &[u8], options: &Options) -> Vec<String> {
    let mut out = Vec::new();
    let summary = read(bytes, name, options, &mut |item| match item {
        Item::Report(report) => {
            out.push(format!("{}: {}", report.id, report.text));
            out.extend(report.warnings.iter().map(ToString::to_string));
        }
        Item::Skipped(warning) => out.push(warning.to_string()),
    });
    assert!(summary.reports + summary.skipped <= out.len());
    out
}

fn outcome(name: &str, bytes: &[u8]) -> Vec<String> {
    read_as(name, bytes, &Options::default())
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

#[test]
fn nothing_in_it() {
    assert_eq!(outcome("a.txt", b""), ["a.txt: there is no text in it; skipped [W101]"]);
    assert_eq!(outcome("a.html", b" \n\t "), ["a.html: there is no text in it; skipped [W101]"]);
}

#[test]
fn no_text_at_all() {
    assert_eq!(
        outcome("a.txt", b"%PDF-1.7\n%\xe2\xe3"),
        ["a.txt: this is a PDF file, not text; skipped [W102]"]
    );
    let noise: Vec<u8> = (0..=255).cycle().take(4000).collect();
    assert_eq!(outcome("a.jsonl", &noise), ["a.jsonl: this is binary data, not text; skipped [W102]"]);
}

#[test]
fn other_encodings() {
    assert_eq!(
        outcome("a.txt", b"The caf\xe9 was hit at dawn, a spokesman for the mayor\x92s office said."),
        [
            "a: The café was hit at dawn, a spokesman for the mayor’s office said.",
            "a.txt: not UTF-8 and no encoding declared; read as windows-1252 [W103]"
        ]
    );
    assert_eq!(
        outcome(
            "a.txt",
            "“Élysée”, «déjà», “été” \u{fffd}".replace('\u{fffd}', "x").as_bytes().split_last().unwrap().1
        ),
        ["a: “Élysée”, «déjà», “été” "]
    );
    let mut broken = "“Élysée”: ".as_bytes().to_vec();
    broken.extend(b"\xff!");
    assert_eq!(
        outcome("a.txt", &broken),
        [
            "a: “Élysée”: \u{fffd}!",
            "a.txt: 1 broken UTF-8 sequence, the first at byte 16; replaced by U+FFFD [W104]"
        ]
    );
}

#[test]
fn too_long() {
    let options = Options { limit_bytes: 40, ..Options::default() };
    assert_eq!(
        read_as("a.txt", "The market was hit twice – and hit again at noon.".as_bytes(), &options),
        [
            "a: The market was hit twice – and hit aga",
            "a.txt: longer than the limit of 40 bytes; the rest was not read [W105]"
        ]
    );
    let lines = format!("{{\"text\":\"{}\"}}\n{{\"id\":1,\"text\":\"Short.\"}}\n", "x".repeat(60));
    assert_eq!(
        read_as("a.jsonl", lines.as_bytes(), &options),
        ["a.jsonl:1: this line is longer than the limit of 40 bytes; skipped [W109]", "1: Short."]
    );
}

#[test]
fn a_hundred_megabytes() {
    let mut out = Vec::new();
    let endless = std::io::repeat(b'.').take(100_000_000);
    let summary = read(endless, "a.txt", &Options::default(), &mut |item| match item {
        Item::Report(report) => {
            assert_eq!(report.text.len(), 10_000_000);
            out.extend(report.warnings.iter().map(ToString::to_string));
        }
        Item::Skipped(warning) => out.push(warning.to_string()),
    });
    assert_eq!(out, ["a.txt: longer than the limit of 10000000 bytes; the rest was not read [W105]"]);
    assert!(summary.bytes < 11_000_000, "the rest is not even unpacked");
}

#[test]
fn broken_off() {
    let line = "Soldiers fired at farmers on the northern road. ";
    let whole = gzip(line.repeat(2000).as_bytes());
    let out = outcome("a.txt.gz", &whole[..whole.len() - 20]);
    assert!(out[0].starts_with("a: Soldiers fired at farmers"), "{out:?}");
    assert_eq!(
        out[1],
        format!(
            "a.txt.gz: gzip data broke off after {} unpacked bytes (incomplete deflate stream); kept what came [W106]",
            out[0].len() - "a: ".len()
        )
    );

    let whole = zstd::encode_all("Soldiers fired at farmers. ".repeat(20_000).as_bytes(), 1).unwrap();
    let out = outcome("a.txt.zst", &whole[..whole.len() - 3]);
    assert_eq!(
        out.last().map(String::as_str),
        Some(
            "a.txt.zst: zstd data broke off after 524288 unpacked bytes (incomplete frame); kept what came [W106]"
        )
    );
    assert_eq!(
        outcome("a.txt.gz", &whole_head(&gzip(line.as_bytes()))),
        ["a.txt.gz: gzip data broke off after 0 unpacked bytes (unexpected end of file); skipped [W106]"]
    );
}

/// The first bytes of a packed file: its mark, and no data.
fn whole_head(packed: &[u8]) -> Vec<u8> {
    packed[..6].to_vec()
}

/// Gives some bytes and then breaks.
struct Breaks<'b>(&'b [u8]);

impl Read for Breaks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.0.is_empty() {
            return Err(std::io::Error::other("the disk is gone"));
        }
        self.0.read(buffer)
    }
}

#[test]
fn unreadable() {
    let outcome = |bytes| {
        let mut out = Vec::new();
        read(Breaks(bytes), "a.txt", &Options::default(), &mut |item| match item {
            Item::Report(report) => out.push(report.text.to_string()),
            Item::Skipped(warning) => out.push(warning.to_string()),
        });
        out
    };
    assert_eq!(
        outcome(b"Soldiers fired."),
        [
            "Soldiers fired.",
            "a.txt: could not be read beyond byte 15 (the disk is gone); kept what came [W115]"
        ]
    );
    assert_eq!(outcome(b""), ["a.txt: could not be read beyond byte 0 (the disk is gone); skipped [W115]"]);
}

#[test]
fn more_residue_than_story() {
    assert_eq!(
        outcome("a.txt", b"The port was shut.\n\nShare this\n\nPrint this page\n"),
        [
            "a: The port was shut.\n\nShare this\n\nPrint this page\n",
            "a.txt: 55 % of the words looked like page residue; all kept as body [W113]"
        ]
    );
}

#[test]
fn hostile_markup() {
    let words = "Soldiers fired at farmers on the northern road in the morning, a spokesman said. ".repeat(8);
    let page = format!(
        "<html><head><title>Shots</title><script>alert('<p>1')</script></head><body onload=\"alert(2)\">\
         <!-- <p>hidden --><p>{words}</p><iframe src=\"javascript:alert(3)\"></iframe><p>{words}</p>\
         <svg><script>alert(4)</script></svg><style>p {{ color: red }}</style></body></html>"
    );
    let out = outcome("a.html", page.as_bytes());
    assert_eq!(out.len(), 1, "no warning: {out:?}");
    assert!(!out[0].contains("alert") && !out[0].contains("hidden") && !out[0].contains('<'), "{out:?}");
}

#[test]
fn a_packed_text_is_known_by_its_bytes() {
    assert_eq!(outcome("b.txt", &gzip(b"It held.")), ["b: It held."]);
    assert_eq!(
        outcome("b.jsonl.zst", &zstd::encode_all(&b"{\"id\":\"x\",\"text\":\"It held.\"}"[..], 1).unwrap()),
        ["x: It held."]
    );
}

#[test]
fn lines_that_are_no_reports() {
    let lines = b"{\"id\":1,\"text\":\"One.\"}\n{\"id\":2,\"text\":\n\n[1,2]\n{\"id\":3,\"title\":\"Three\"}\n{\"id\":4,\"text\":\"Four.\"}";
    assert_eq!(
        outcome("a.jsonl", lines),
        [
            "1: One.",
            "a.jsonl:2: not a JSON object (EOF while parsing a value at column 15); line skipped [W107]",
            "a.jsonl:4: not a JSON object (it is a list); line skipped [W107]",
            "a.jsonl:5: no text in this object; skipped [W108]",
            "4: Four.",
        ]
    );
}

#[test]
fn tables() {
    let options = Options::default();
    let table = "id;title;body;date\n1;One;\"First line; with a mark\nand \"\"quotes\"\"\";2023-06-01\n2;Two;;\n3;Three;Last.;soon\n";
    assert_eq!(
        read_as("a.csv", table.as_bytes(), &options),
        [
            "1: First line; with a mark\nand \"quotes\"",
            "a.csv:4: no text in this row; skipped [W108]",
            "3: Last.",
            "a.csv:5: the date “soon” could not be read; left unknown [W111]",
        ]
    );
    let fields = FieldMap { text: Some("story".into()), ..FieldMap::default() };
    assert_eq!(
        read_as("a.csv", b"text,id\nOne.,1\n", &Options { fields, ..Options::default() }),
        ["a.csv: no text in a column «story»: there is none; skipped [W108]"]
    );
    assert_eq!(
        read_as("a.tsv", b"a\tb\n1\t2\n", &options),
        ["a.tsv: no text in any column of this table; skipped [W108]"]
    );
    let open = format!("id,text\n1,\"{}", "word ".repeat(100_000));
    let options = Options { limit_bytes: 1000, ..Options::default() };
    assert_eq!(
        read_as("a.csv", open.as_bytes(), &options),
        [
            "a.csv:2: a row longer than the limit of 1000 bytes, perhaps an open quote; the rest was skipped [W110]"
        ]
    );
}

#[test]
fn fields_by_name_and_by_path() {
    let fields =
        FieldMap { text: Some("story.parts.0".into()), id: Some("key".into()), ..FieldMap::default() };
    let options = Options { fields, ..Options::default() };
    let line = b"{\"key\":\"k\",\"text\":\"Not this.\",\"story\":{\"parts\":[\"This.\",\"Nor this.\"]}}";
    assert_eq!(read_as("a.jsonl", line, &options), ["k: This."]);
    let list = b"[\n {\"id\": \"a\", \"article\": {\"content\": {\"rendered\": \"One.\"}}},\n {\"id\": \"b\", \"Full Text\": \"Two.\"}\n]";
    assert_eq!(outcome("a.json", list), ["a: One.", "b: Two."]);
}

#[test]
fn addresses_and_languages() {
    let line = "{\"id\":\"a\",\"url\":\"javascript:alert(1)\",\"text\":\"Das Ministerium teilte am Montag mit, dass bei dem Angriff auf einen Stützpunkt nahe der Grenze drei Soldaten getötet und fünf weitere verletzt wurden.\"}";
    let out = outcome("a.jsonl", line.as_bytes());
    assert_eq!(
        out[1..],
        [
            "a.jsonl:1: written in “de”, not English; kept but not analysed [W112]",
            "a.jsonl:1: “javascript:alert(1)” is no http or https address; left out [W116]",
        ]
    );
}

#[test]
fn pages_without_a_story_and_pages_without_end() {
    assert_eq!(
        outcome("a.html", b"<html><body></body></html>"),
        ["a.html: no main text found in the page; skipped [W114]"]
    );
    let words = "Soldiers fired at farmers on the northern road in the morning, a spokesman said. ".repeat(8);
    for deep in ["<div>", "<span>", "<b>", "<table><tr><td>", "<ul><li>"] {
        let page = format!("<html><body>{}<p>{words}</p>", deep.repeat(100_000));
        let out = outcome("a.html", page.as_bytes());
        assert!(
            out.contains(
                &"a.html: elements are nested more than 200 deep; the deeper ones were flattened [W117]"
                    .into()
            ),
            "{deep}: {out:?}"
        );
    }
}

#[test]
fn a_given_format_overrules_the_name() {
    let options = Options { format: Some(Format::Text), ..Options::default() };
    assert_eq!(read_as("a.jsonl", b"{\"text\":\"One.\"}", &options), ["a: {\"text\":\"One.\"}"]);
}
