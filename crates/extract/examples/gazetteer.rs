//! Compiles the table that `tools/gazetteer.py` writes: `gazetteer TABLE FOLDER`.

use std::error::Error;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let [_, table, folder] = &env::args().collect::<Vec<_>>()[..] else {
        return Err("usage: gazetteer TABLE FOLDER".into());
    };
    let (map, packed) = extract::compile_gazetteer(&fs::read_to_string(table)?)?;
    fs::write(format!("{folder}/gazetteer.fst"), map)?;
    fs::write(format!("{folder}/gazetteer.bin"), packed)?;
    Ok(())
}
