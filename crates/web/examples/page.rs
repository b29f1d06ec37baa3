//! The page of a record given as JSON, for whoever works on how it looks: it builds without the language model.
//!
//! `rapporteur export RECORD --format json > record.json && cargo run --release -p web --example page record.json > page.html`

use std::io::Write as _;

use formats::json::RecordJson;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give the JSON file of a record")?;
    let record: RecordJson = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    std::io::stdout().write_all(web::page(&record.read()?).as_bytes())?;
    Ok(())
}
