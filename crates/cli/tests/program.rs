//! The program as a script sees it.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

fn rapporteur(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).current_dir(folder).args(arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const STORY: &str = "2023-09-12 https://gulfwire.example/a
Air raid kills six in Hodeidah

Warplanes bombed a fuel depot in Hodeidah on Tuesday, killing six people, officials said.
";

#[test]
fn build_show_and_export_work_together() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("raid.txt"), STORY).unwrap();
    let built = rapporteur(folder.path(), &["build", "raid.txt"]);
    assert_eq!(built.status.code(), Some(0), "{}", err(&built));
    assert!(out(&built).contains("1 report (1 independent voice)"), "{}", out(&built));
    assert_eq!(err(&built), "");
    let json = rapporteur(folder.path(), &["export", "record.rapporteur"]);
    let record: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(record["schema"], "rapporteur/record/1");
    let incident = &record["incidents"][0];
    assert_eq!(incident["date"]["earliest"], "2023-09-12");
    let id = incident["id"].as_str().unwrap();
    let shown = rapporteur(folder.path(), &["show", "record.rapporteur", id, "--why"]);
    assert!(out(&shown).contains("killed 6"), "{}", out(&shown));
    let tables =
        rapporteur(folder.path(), &["export", "record.rapporteur", "--format", "csv", "-o", "tables"]);
    assert_eq!(tables.status.code(), Some(0));
    let claims = std::fs::read_to_string(folder.path().join("tables/claims.csv")).unwrap();
    assert!(claims.lines().nth(1).unwrap().contains(",killed,"), "{claims}");
}

#[cfg(unix)]
#[test]
fn a_served_record_answers_and_ends_cleanly() {
    use std::io::{BufRead, Read, Write};
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("raid.txt"), STORY).unwrap();
    assert_eq!(rapporteur(folder.path(), &["build", "raid.txt"]).status.code(), Some(0));
    let mut server = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .current_dir(folder.path())
        .args(["serve", "record.rapporteur", "--port", "0", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    std::io::BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/');
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    write!(stream, "GET /api/record HTTP/1.0\r\nHost: {address}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.0 200") && answer.contains("\"reports\":1"), "{answer}");
    assert!(Command::new("kill").args(["-INT", &server.id().to_string()]).status().unwrap().success());
    let ended = server.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), err(&ended)), (Some(0), String::new()));
    let missing = rapporteur(folder.path(), &["serve", "nowhere.rapporteur"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(err(&missing).contains("there is no such record"), "{}", err(&missing));
}

#[test]
fn every_format_is_written_to_a_file_or_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("raid.txt"), STORY).unwrap();
    assert_eq!(rapporteur(folder.path(), &["build", "raid.txt"]).status.code(), Some(0));
    let export = |more: &[&str]| {
        let mut arguments = vec!["export", "record.rapporteur", "--format"];
        arguments.extend(more);
        rapporteur(folder.path(), &arguments)
    };
    for (format, beginning) in [
        ("json", "{"),
        ("jsonl", "{"),
        ("geojson", "{"),
        ("acled", "event_id_cnty,event_date,"),
        ("ucdp", "id,relid,year,"),
        ("plover", "{\"id\""),
        ("jsonld", "{"),
        ("markdown", "# Digest of 1 report (1 independent voice)"),
        ("ics", "BEGIN:VCALENDAR\r\n"),
    ] {
        let printed = export(&[format, "--quiet"]);
        assert_eq!((printed.status.code(), err(&printed).as_str()), (Some(0), ""), "{format}");
        assert!(out(&printed).starts_with(beginning), "{format}: {}", out(&printed));
        assert_eq!(export(&[format, "-o", "one.file"]).status.code(), Some(0));
        assert_eq!(std::fs::read(folder.path().join("one.file")).unwrap(), printed.stdout, "{format}");
    }
    for (format, files) in [("csv", 14), ("parquet", 14), ("gdelt", 2)] {
        assert_eq!(export(&[format, "-o", format]).status.code(), Some(0));
        assert_eq!(std::fs::read_dir(folder.path().join(format)).unwrap().count(), files, "{format}");
    }
    let claims = export(&["csv", "--table", "claims"]);
    assert_eq!(claims.stdout, std::fs::read(folder.path().join("csv/claims.csv")).unwrap());
    let first = export(&["gdelt"]);
    assert_eq!(first.stdout, std::fs::read(folder.path().join("gdelt/events.export.CSV")).unwrap());
    assert!(err(&first).starts_with("note: only the table events is on standard output"), "{}", err(&first));
    let unknown = export(&["csv", "--table", "people"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        err(&unknown).contains("no table «people»") && err(&unknown).contains("claims"),
        "{}",
        err(&unknown)
    );
    assert_eq!(export(&["ics", "--table", "claims"]).status.code(), Some(2));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("raid.txt"), STORY).unwrap();
    std::fs::write(folder.path().join("empty.txt"), "").unwrap();
    let built = rapporteur(folder.path(), &["build", "raid.txt", "empty.txt"]);
    assert_eq!(built.status.code(), Some(1), "{}", err(&built));
    assert!(err(&built).contains("warning: empty.txt: "), "{}", err(&built));
    assert!(folder.path().join("record.rapporteur").exists());
}

#[test]
fn wrong_use_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let missing = rapporteur(folder.path(), &["build", "nowhere.txt"]);
    assert_eq!(missing.status.code(), Some(2));
    assert_eq!(err(&missing), "error: nowhere.txt: no such file or folder\n");
    let none = rapporteur(folder.path(), &["show", "none.rapporteur"]);
    assert_eq!(
        err(&none),
        "error: none.rapporteur: there is no such record; make one with `rapporteur build`\n"
    );
    let unknown = rapporteur(folder.path(), &["build", "x.jsonl", "--field", "body=text"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("field «body» is none of text, title"), "{}", err(&unknown));
    let zero = rapporteur(folder.path(), &["build", "x.jsonl", "--limit-bytes", "0"]);
    assert_eq!(err(&zero), "error: --limit-bytes 0: at least one byte is needed\n");
    let why = rapporteur(folder.path(), &["show", "none.rapporteur", "--why"]);
    assert_eq!(why.status.code(), Some(2), "--why is about one incident");
}

#[test]
fn where_a_record_cannot_be_written_is_said_before_the_work() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("raid.txt"), STORY).unwrap();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    for (output, message) in [
        ("none/x.rapporteur", "none/x.rapporteur: there is no folder none; make it first"),
        ("out", "out: this is a folder; name a file to write"),
    ] {
        let built = rapporteur(folder.path(), &["build", "raid.txt", "-o", output]);
        assert_eq!((built.status.code(), err(&built)), (Some(2), format!("error: {message}\n")));
    }
    let shown = rapporteur(folder.path(), &["show", "raid.txt"]);
    let expected = "error: raid.txt: not a Rapporteur record (file is not a database); make one with `rapporteur build`\n";
    assert_eq!(err(&shown), expected);
}

#[test]
fn a_warning_is_shown_once_and_a_cut_report_is_not_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("raid.txt"), STORY).unwrap();
    for command in ["build", "analyze"] {
        let cut = rapporteur(folder.path(), &[command, "raid.txt", "--limit-bytes", "150"]);
        let expected =
            "warning: raid.txt: longer than the limit of 150 bytes; the rest was not read [W105]\n";
        assert_eq!((cut.status.code(), err(&cut).as_str()), (Some(1), expected), "{command}");
        let quiet = rapporteur(folder.path(), &[command, "raid.txt", "--limit-bytes", "150", "--quiet"]);
        assert_eq!((quiet.status.code(), err(&quiet).as_str()), (Some(1), ""), "{command}");
    }
}

#[test]
fn the_field_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.jsonl"), "{\"text\": \"It held.\"}\n").unwrap();
    let built = rapporteur(folder.path(), &["build", "a.jsonl", "--field", "text=body"]);
    assert_eq!(
        err(&built),
        "warning: a.jsonl:1: no text in «body» of this object; skipped [W108]\n\
         error: no report could be read from these inputs; nothing was written\n"
    );
}

#[test]
fn colour_is_for_terminals() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(err(&rapporteur(folder.path(), &["build", "nowhere.txt"])).matches('\x1b').count(), 0);
    let coloured = |no_color: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.current_dir(folder.path()).args(["build", "nowhere.txt"]).env("CLICOLOR_FORCE", "1");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        err(&command.output().unwrap()).contains('\x1b')
    };
    assert_eq!((coloured(false), coloured(true)), (true, false));
}

#[test]
fn what_scripts_read_is_json() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("raid.txt"), STORY).unwrap();
    let json = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_str(&out(&rapporteur(folder.path(), arguments))).unwrap()
    };
    assert_eq!(json(&["build", "raid.txt", "--json", "--threads", "1"])["reports"], 1);
    let id = json(&["show", "record.rapporteur", "--json"])[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(json(&["show", "record.rapporteur", &id[..id.len() - 1], "--json"])["id"], id.as_str());
    assert_eq!(json(&["add", "record.rapporteur", "raid.txt", "--json"])["reports"], 1);
    assert_eq!(json(&["schema", "analysis"])["$schema"].as_str().map(|s| s.starts_with("http")), Some(true));
    let man = out(&rapporteur(folder.path(), &["man"]));
    assert!(man.contains(".TH rapporteur 1"), "{man}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(out(&rapporteur(folder.path(), &["completions", shell])).contains("rapporteur"), "{shell}");
    }
}

#[test]
fn a_config_file_gives_defaults_and_its_mistakes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("raid.txt"), STORY).unwrap();
    std::fs::write(folder.path().join("rapporteur.toml"), "rule = \"conservative\"\nquiet = true\n").unwrap();
    assert_eq!(rapporteur(folder.path(), &["build", "raid.txt"]).status.code(), Some(0));
    let record = out(&rapporteur(folder.path(), &["export", "record.rapporteur"]));
    assert!(record.contains("\"rule\": \"conservative\""));
    std::fs::write(folder.path().join("rapporteur.toml"), "rules = 3\n").unwrap();
    let wrong = rapporteur(folder.path(), &["build", "raid.txt"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("rapporteur.toml: ") && err(&wrong).contains("rules"), "{}", err(&wrong));
    std::fs::write(folder.path().join("mine.toml"), "[fields]\nbody = \"x\"\n").unwrap();
    let named = rapporteur(folder.path(), &["build", "raid.txt", "--config", "mine.toml"]);
    assert!(err(&named).starts_with("error: mine.toml: field «body» is none of text"), "{}", err(&named));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let long = STORY.repeat(200);
    std::fs::write(folder.path().join("raid.txt"), long).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .current_dir(folder.path())
        .args(["analyze", "raid.txt", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", err(&ended));
    assert_eq!(err(&ended), "");
}

#[test]
fn standard_input_and_marked_pages() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .current_dir(folder.path())
        .args(["analyze", "-", "--format", "html"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let hostile = format!("{STORY}\nThe minister said <script>alert(1)</script> was not news.\n");
    child.stdin.take().unwrap().write_all(hostile.as_bytes()).unwrap();
    let page = out(&child.wait_with_output().unwrap());
    assert!(page.contains("class=\"event"), "nothing is marked");
    assert!(!page.contains("<script>"), "markup of the report came through");
}
