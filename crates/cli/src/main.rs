//! The `rapporteur` program: arguments in, data to standard output, progress and warnings to standard error.

mod analyze;
mod args;
mod build;
mod config;
mod export;
mod output;
mod progress;
mod serve;
mod show;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Args, Command};
use output::Outcome;

fn main() -> ExitCode {
    let args = Args::parse();
    match run(args) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Incomplete) => ExitCode::from(1),
        Err(e) if output::is_broken_pipe(e.as_ref()) => ExitCode::SUCCESS,
        Err(e) => {
            output::error(&e.to_string());
            ExitCode::from(2)
        }
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn run(args: Args) -> Result<Outcome, Failure> {
    let config = config::Config::load(args.global.config.as_deref())?;
    let session = config::Session::new(&args.global, config)?;
    match args.command {
        Command::Build(a) => build::build(&a, &session),
        Command::Add(a) => build::add(&a, &session),
        Command::Analyze(a) => analyze::run(&a, &session),
        Command::Export(a) => export::run(&a, args.global.quiet),
        Command::Show(a) => show::run(&a),
        Command::Report { record, output } => export::report(&record, output.as_deref()),
        Command::Serve(a) => serve::run(&a, &session),
        Command::Schema { which } => {
            let schema = match which {
                args::SchemaOf::Record => rapporteur::formats::json::record_schema(),
                args::SchemaOf::Analysis => rapporteur::formats::json::analysis_schema(),
            };
            output::line(&serde_json::to_string_pretty(&schema)?)?;
            Ok(Outcome::Fine)
        }
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "rapporteur", &mut text);
            output::bytes(&text)?;
            Ok(Outcome::Fine)
        }
        Command::Man => {
            let mut text = Vec::new();
            clap_mangen::Man::new(Args::command()).render(&mut text)?;
            output::bytes(&text)?;
            Ok(Outcome::Fine)
        }
    }
}
