//! What can be asked for: the arguments, which document themselves.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Reads many overlapping news reports and writes one sourced event record: what happened, where and when, who did
/// what to whom, how many were killed or hurt and according to whom, who said what, and where accounts disagree.
#[derive(Debug, Parser)]
#[command(
    name = "rapporteur",
    version,
    propagate_version = true,
    after_help = "Examples:
  rapporteur build reports/ -o strikes.rapporteur     one record of all reports in a folder
  rapporteur show strikes.rapporteur                  what happened, on the terminal
  rapporteur export strikes.rapporteur --format json  the record for other programs
  zcat crawl.jsonl.gz | rapporteur build - -o crawl.rapporteur

Exit codes: 0 all was read; 1 something was left out, or nothing was found; 2 wrong use, or a file cannot be used."
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Global {
    /// Threads to use; all cores if not given. The result does not depend on it.
    #[arg(long, global = true, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// No progress and no warnings, only errors.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Defaults for the flags [default: rapporteur.toml in this folder, if there is one].
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a record of reports.
    #[command(after_help = "Examples:
  rapporteur build examples/harbour -o harbour.rapporteur
  rapporteur build 'crawl/*.jsonl.zst' --field text=content --field date=meta.day
  rapporteur build reports/ --rule conservative --json > summary.json")]
    Build(BuildArgs),
    /// Add reports to a record. The result is the record that `build` would make of all of them.
    #[command(after_help = "Example:
  rapporteur add harbour.rapporteur tuesday/*.html")]
    Add(AddArgs),
    /// What each report says by itself, with the words and the rule for every value.
    #[command(after_help = "Examples:
  rapporteur analyze report.txt | jq '.figures'
  rapporteur analyze report.html --format html > marked.html   everything marked in colour")]
    Analyze(AnalyzeArgs),
    /// Write a record in a format for other programs.
    ///
    /// What a record does not know is left empty in every format. docs/formats.md says for each column where it comes
    /// from.
    #[command(after_help = "Examples:
  rapporteur export harbour.rapporteur > record.json
  rapporteur export harbour.rapporteur --format csv -o tables/         one CSV file a table
  rapporteur export harbour.rapporteur --format csv --table claims     one table on standard output
  rapporteur export harbour.rapporteur --format geojson -o harbour.geojson
  rapporteur export harbour.rapporteur --format gdelt -o gdelt/        Events and Mentions
  rapporteur export harbour.rapporteur --format markdown | mail -s Harbour desk@example.org")]
    Export(ExportArgs),
    /// Show a record, or one incident of it, on the terminal.
    #[command(after_help = "Examples:
  rapporteur show harbour.rapporteur
  rapporteur show harbour.rapporteur assault-1f3a9c --why   why its mentions were put together
  rapporteur show harbour.rapporteur --json | jq '.[].id'")]
    Show(ShowArgs),
    /// Write a record as one self-contained page for a browser: no network, no script, fit to print and to mail.
    #[command(after_help = "Example:
  rapporteur report harbour.rapporteur -o harbour.html")]
    Report {
        /// The record.
        record: PathBuf,
        /// The page to write [default: standard output].
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Serve a record on this machine: the same views with search, filters, downloads and a JSON API. Only reads.
    #[command(after_help = "Examples:
  rapporteur serve harbour.rapporteur               then open http://127.0.0.1:8017/
  rapporteur serve harbour.rapporteur --port 0      any free port; its address is printed
  curl 'http://127.0.0.1:8017/api/incidents?country=IRQ&has=dispute'")]
    Serve(ServeArgs),
    /// Print the JSON Schema of an output.
    #[command(after_help = "Example:
  rapporteur schema record > record.schema.json")]
    Schema {
        /// Which output.
        which: SchemaOf,
    },
    /// Print a completion script for a shell.
    #[command(after_help = "Examples:
  rapporteur completions bash > ~/.local/share/bash-completion/completions/rapporteur
  rapporteur completions zsh > ~/.zfunc/_rapporteur")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    #[command(after_help = "Example:
  rapporteur man > ~/.local/share/man/man1/rapporteur.1")]
    Man,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ServeArgs {
    /// The record. Replaced by `add`, it is opened anew.
    pub(crate) record: PathBuf,
    /// The port; 0 takes any free one.
    #[arg(long, short, default_value_t = 8017, value_name = "PORT")]
    pub(crate) port: u16,
    /// The name or address to listen on. The default can be reached from this machine alone.
    #[arg(long, default_value = "127.0.0.1", value_name = "HOST")]
    pub(crate) host: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SchemaOf {
    Record,
    Analysis,
}

/// What to read and how; shared by all commands that read reports.
#[derive(Debug, ClapArgs)]
pub(crate) struct Reading {
    /// Files, folders, patterns (quoted), or `-` for standard input. Plain text, HTML, JSONL, CSV, and .gz or .zst of
    /// each.
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Read every input as this format [default: told from the name and the content].
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormat>,
    /// The JSON field or CSV column that holds something, as WHAT=NAME; WHAT is text, title, url, date, id, publisher
    /// or author, NAME may be a path such as meta.day [default: found by usual names].
    #[arg(long = "field", value_name = "WHAT=NAME")]
    pub(crate) fields: Vec<String>,
    /// The most bytes that one report may have [default: 10000000].
    #[arg(long, value_name = "N")]
    pub(crate) limit_bytes: Option<usize>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum InputFormat {
    Text,
    Html,
    Jsonl,
    Csv,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Rule {
    /// The lowest standing claim; tens are 10, dozens 12, hundreds 100 (as ACLED).
    Conservative,
    /// The most reliable source, the lower where that cannot be told (as UCDP).
    Reliable,
    /// The latest claim.
    Latest,
    /// What most independent voices give.
    Majority,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct BuildArgs {
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// The record to write.
    #[arg(long, short, default_value = "record.rapporteur", value_name = "RECORD")]
    pub(crate) output: PathBuf,
    /// How the best value of a figure is chosen [default: reliable].
    #[arg(long)]
    pub(crate) rule: Option<Rule>,
    /// Print the summary as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AddArgs {
    /// The record to add to.
    pub(crate) record: PathBuf,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// How the best value of a figure is chosen [default: reliable].
    #[arg(long)]
    pub(crate) rule: Option<Rule>,
    /// Print the summary as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AnalyzeArgs {
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// The form of the output.
    #[arg(long, default_value = "jsonl")]
    pub(crate) format: AnalysisFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum AnalysisFormat {
    /// One JSON object a report (`rapporteur schema analysis`).
    Jsonl,
    /// One page with everything marked in colour.
    Html,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExportArgs {
    /// The record.
    pub(crate) record: PathBuf,
    /// The format.
    #[arg(long, default_value = "json")]
    pub(crate) format: ExportFormat,
    /// Write only this table of a format of several: for csv and parquet incidents, figures, claims, parties, places,
    /// mentions, responses, intensity, statements, disputes, actors, ties or reports; for gdelt events or mentions.
    #[arg(long, value_name = "NAME")]
    pub(crate) table: Option<String>,
    /// Where to write: a file; without --table a folder for csv, parquet and gdelt [default: standard output].
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// The whole record (`rapporteur schema record`).
    Json,
    /// One incident a line.
    Jsonl,
    /// Tidy tables for spreadsheets, R and pandas; cells that a spreadsheet would run begin with an apostrophe.
    Csv,
    /// The same tables, typed, for pandas, Arrow, DuckDB and Spark.
    Parquet,
    /// Incidents on the map, with how finely place and day are known (RFC 7946), for QGIS and web maps.
    Geojson,
    /// Rows in the columns of GDELT 2.0 Events and Mentions, tab-separated, without a header.
    Gdelt,
    /// Rows in the columns of ACLED; fatalities are the lowest standing claim.
    Acled,
    /// Rows in the columns of UCDP GED: only assaults with at least one death.
    Ucdp,
    /// PLOVER records, one a line.
    Plover,
    /// Events, articles, claims and quotations in the vocabulary of schema.org.
    Jsonld,
    /// A digest to paste into a mail: incidents by day, who says how many, disputes, sources.
    Markdown,
    /// All-day events for a calendar (RFC 5545); incidents without a date are left out.
    Ics,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ShowArgs {
    /// The record.
    pub(crate) record: PathBuf,
    /// An incident: its id, or the beginning of it.
    pub(crate) incident: Option<String>,
    /// Say why the mentions of the incident were put together.
    #[arg(long, requires = "incident")]
    pub(crate) why: bool,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}
