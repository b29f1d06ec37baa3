//! How fast the server answers, on a record made by rule: `serve_speed [INCIDENTS] [ROUNDS]` measures,
//! `serve_speed --write PATH [INCIDENTS]` only writes the record.
//!
//! Every page is asked for over the network of this machine, one after the other, with other filters, words, pages and
//! items each time, so that no answer is remembered from the last.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement")]

#[path = "../tests/synthetic/mod.rs"]
mod synthetic;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use store::Store;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |n: usize, usual| arguments.get(n).map_or(usual, |a| a.parse().unwrap());
    if arguments.first().is_some_and(|a| a == "--write") {
        Store::write(Path::new(&arguments[1]), &synthetic::record(number(2, 100_000)), &[]).unwrap();
        return;
    }
    let (incidents, rounds) = (number(0, 100_000), number(1, 60));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("speed.rapporteur");
    let start = Instant::now();
    let record = synthetic::record(incidents);
    println!(
        "{} incidents, {} reports, {} actors, {} statements, {} disputes; made in {:.1} s",
        record.incidents.len(),
        record.reports.len(),
        record.actors.len(),
        record.statements.len(),
        record.disputes.len(),
        start.elapsed().as_secs_f64()
    );
    let actors: Vec<String> = record.actors.iter().map(|a| a.id.to_string()).collect();
    let ids: Vec<String> = record.incidents.iter().map(|i| i.id.to_string()).collect();
    let reports: Vec<String> = record.reports.iter().map(|r| r.id.to_string()).collect();
    let places: Vec<u32> = record.incidents.iter().filter_map(|i| i.places[0].spot.geonames_id).collect();
    let start = Instant::now();
    Store::write(&path, &record, &[]).unwrap();
    drop(record);
    let megabytes = std::fs::metadata(&path).unwrap().len() as f64 / 1e6;
    println!("written in {:.1} s, {megabytes:.0} MB", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let address = serve(path);
    println!("ready after {:.2} s", start.elapsed().as_secs_f64());

    let words =
        ["strike", "market", "ceasefire", "Guard", "people", "grain", "roads", "Relief", "Kalabad", "rumour"];
    let pick = |list: &[String], n: usize| list[n * 7_919 % list.len()].clone();
    let year = |n: usize| 2016 + n % 8;
    type Page<'a> = (&'a str, Box<dyn Fn(usize) -> String + 'a>);
    let pages: Vec<Page<'_>> = vec![
        ("overview", Box::new(|_| "/".to_owned())),
        ("list, any page", Box::new(|n| format!("/incidents?page={}", 1 + n * 61 % (ids.len() / 25).max(1)))),
        (
            "list by killed, one country",
            Box::new(|n| format!("/incidents?sort=killed&country=IRQ&page={}", 1 + n % 40)),
        ),
        (
            "list, dates and type",
            Box::new(move |n| format!("/incidents?type=ASSAULT&from={}-03-01&to={}-06-30", year(n), year(n))),
        ),
        (
            "list, place and dispute",
            Box::new(|n| format!("/incidents?place={}&has=dispute", places[n * 31 % places.len()])),
        ),
        (
            "list with words",
            Box::new(|n| format!("/incidents?q={}&page={}", words[n % words.len()], 1 + n % 5)),
        ),
        ("search", Box::new(|n| format!("/search?q={}", words[n % words.len()]))),
        (
            "search, two words",
            Box::new(|n| {
                format!("/search?q={}+{}", words[n % words.len()], words[(n * 3 + 1) % words.len()])
            }),
        ),
        ("incident", Box::new(|n| format!("/incidents/{}", pick(&ids, n)))),
        ("report", Box::new(|n| format!("/reports/{}", pick(&reports, n)))),
        ("actors", Box::new(|n| format!("/actors?page={}", 1 + n % 100))),
        ("actor, most named first", Box::new(|n| format!("/actors/{}", actors[n % actors.len()]))),
        ("statements", Box::new(|n| format!("/statements?page={}", 1 + n % 100))),
        ("disputes", Box::new(|n| format!("/disputes?page={}", 1 + n % 20))),
        ("reports", Box::new(|n| format!("/reports?page={}", 1 + n * 17 % 400))),
        ("timeline, all", Box::new(|n| format!("/timeline?country={}", ["IRQ", "SYR", "YEM", "UKR"][n % 4]))),
        ("map, all", Box::new(move |n| format!("/map?from={}-01-01", year(n)))),
        (
            "api: list",
            Box::new(|n| format!("/api/incidents?limit=50&page={}", 1 + n * 13 % (ids.len() / 50).max(1))),
        ),
        ("api: facets", Box::new(move |n| format!("/api/facets?type=ASSAULT&from={}-01-01", year(n)))),
        ("api: incident", Box::new(|n| format!("/api/incidents/{}", pick(&ids, n)))),
    ];
    println!("\n{:<30} {:>8} {:>8} {:>8} {:>9}", "page", "p50 ms", "p95 ms", "max ms", "bytes");
    for (name, path) in &pages {
        let mut times = Vec::new();
        let mut bytes = 0;
        for n in 0..rounds {
            let start = Instant::now();
            bytes += ask(address, &path(n)).len();
            times.push(start.elapsed());
        }
        times.sort_unstable();
        let at = |share: usize| milliseconds(times[(times.len() * share / 100).min(times.len() - 1)]);
        println!("{name:<30} {:>8.1} {:>8.1} {:>8.1} {:>9}", at(50), at(95), at(100), bytes / rounds);
    }
    for table in ["incidents.csv", "claims.csv", "incidents.json"] {
        let start = Instant::now();
        let bytes = ask(address, &format!("/{table}")).len();
        println!("whole {table}: {:.1} s, {:.1} MB", start.elapsed().as_secs_f64(), bytes as f64 / 1e6);
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let now = status.lines().find(|l| l.starts_with("VmRSS")).unwrap_or_default();
        println!("memory now, with what made the record: {}", now.trim_start_matches("VmRSS:").trim());
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Serves the record for as long as the program runs.
fn serve(path: PathBuf) -> SocketAddr {
    let (told, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let options = web::serve::Options { port: 0, ..web::serve::Options::default() };
        let ready = |address| told.send(address).unwrap();
        web::serve::serve_until(&path, &options, ready, std::future::pending()).unwrap();
    });
    heard.recv().unwrap()
}

fn ask(address: SocketAddr, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    assert!(
        all.starts_with(b"HTTP/1.0 200"),
        "{path}: {}",
        String::from_utf8_lossy(&all[..all.len().min(400)])
    );
    all
}
