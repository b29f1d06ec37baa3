//! Reports as one stream, made while it is read, so that the memory that is measured is the reader's own.

use std::io::{self, Read};

use crate::corpus;

/// JSONL of `count` reports of about `length` bytes each.
pub(crate) struct Jsonl {
    /// Each with the number of words of its text.
    lines: Vec<(String, usize)>,
    left: usize,
    line: Vec<u8>,
    at: usize,
}

impl Jsonl {
    pub(crate) fn new(count: usize, length: usize) -> Jsonl {
        let lines = corpus::reports(60).chunks(3).map(|three| line(three, length)).collect();
        Jsonl { lines, left: count, line: Vec::new(), at: 0 }
    }

    /// Words of the texts of all that is left.
    pub(crate) fn words(&self) -> usize {
        (1..=self.left).map(|n| self.lines[n % self.lines.len()].1).sum()
    }
}

/// One object with a text of about `length` bytes, and the words of the text.
fn line(reports: &[corpus::Report], length: usize) -> (String, usize) {
    let mut text: String = reports.iter().map(|r| r.text.as_str()).collect::<Vec<_>>().join("\n\n");
    text.truncate(text.floor_char_boundary(length));
    let title = text.lines().nth(1).unwrap_or("").to_owned();
    let object = serde_json::json!({"title": title, "text": text, "date": "2024-03-28T09:30:00Z",
        "url": "https://wire.example/2024/03/28/story", "source": "Harbour Wire"});
    (object.to_string(), text.split_whitespace().count())
}

impl Read for Jsonl {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.line.len() {
            if self.left == 0 {
                return Ok(0);
            }
            let (line, _) = &self.lines[self.left % self.lines.len()];
            self.line.clear();
            // An id of its own for every report.
            self.line.extend(format!("{{\"id\":{},{}\n", self.left, &line[1..]).bytes());
            self.left -= 1;
            self.at = 0;
        }
        let n = buffer.len().min(self.line.len() - self.at);
        buffer[..n].copy_from_slice(&self.line[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
