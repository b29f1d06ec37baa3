//! Defaults from `rapporteur.toml`, and the settings of this run.

use std::path::{Path, PathBuf};

use rapporteur::read::{FieldMap, Format};
use rapporteur::record::FigureRule;
use serde::Deserialize;

use crate::Failure;
use crate::args::{Global, InputFormat, Reading, Rule};
use crate::progress::Progress;

/// What `rapporteur.toml` can say. Every key is optional; a flag outranks it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    threads: Option<usize>,
    #[serde(default)]
    quiet: bool,
    limit_bytes: Option<usize>,
    rule: Option<String>,
    #[serde(default)]
    fields: std::collections::BTreeMap<String, String>,
    /// The file that said all this, for messages.
    #[serde(skip)]
    file: PathBuf,
}

impl Config {
    /// From the file named, else from `rapporteur.toml` in the current folder, else nothing.
    pub(crate) fn load(named: Option<&Path>) -> Result<Config, Failure> {
        let usual = PathBuf::from("rapporteur.toml");
        let path = match named {
            Some(path) => path,
            None if usual.exists() => &usual,
            None => return Ok(Config::default()),
        };
        let text = std::fs::read_to_string(path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => format!("{}: there is no such file of settings", path.display()),
            kind => format!("{}: the settings cannot be read ({kind})", path.display()),
        })?;
        let mut config: Config =
            toml::from_str(&text).map_err(|e| format!("{}: {}", path.display(), e.to_string().trim_end()))?;
        path.clone_into(&mut config.file);
        Ok(config)
    }
}

/// The settings of this run that all commands share.
pub(crate) struct Session {
    config: Config,
    pub(crate) quiet: bool,
}

impl Session {
    pub(crate) fn new(global: &Global, config: Config) -> Result<Session, Failure> {
        if let Some(threads) = global.threads.or(config.threads) {
            if threads == 0 {
                return Err("--threads 0: at least one thread is needed".into());
            }
            rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
        }
        Ok(Session { quiet: global.quiet || config.quiet, config })
    }

    /// A display of how far the run is.
    pub(crate) fn progress(&self) -> Progress {
        Progress::new(self.quiet)
    }

    /// The facade's options for these arguments.
    pub(crate) fn options(
        &self,
        reading: &Reading,
        rule: Option<Rule>,
    ) -> Result<rapporteur::Options, Failure> {
        let mut options = rapporteur::Options::default();
        if let Some(limit) = reading.limit_bytes.or(self.config.limit_bytes) {
            if limit == 0 {
                return Err("--limit-bytes 0: at least one byte is needed".into());
            }
            options.read.limit_bytes = limit;
        }
        options.read.format = reading.input_format.map(|f| match f {
            InputFormat::Text => Format::Text,
            InputFormat::Html => Format::Html,
            InputFormat::Jsonl => Format::Jsonl,
            InputFormat::Csv => Format::Csv,
        });
        let file = self.config.file.display();
        for (what, name) in &self.config.fields {
            set_field(&mut options.read.fields, what, name).map_err(|e| format!("{file}: {e}"))?;
        }
        for field in &reading.fields {
            let (what, name) = field
                .split_once('=')
                .ok_or_else(|| format!("--field {field}: expected WHAT=NAME, as in text=content"))?;
            set_field(&mut options.read.fields, what, name)?;
        }
        let rule = match (rule, self.config.rule.as_deref()) {
            (Some(Rule::Conservative), _) | (None, Some("conservative")) => FigureRule::Conservative,
            (Some(Rule::Reliable), _) | (None, Some("reliable") | None) => FigureRule::Reliable,
            (Some(Rule::Latest), _) | (None, Some("latest")) => FigureRule::Latest,
            (Some(Rule::Majority), _) | (None, Some("majority")) => FigureRule::Majority,
            (None, Some(other)) => {
                return Err(format!(
                    "{file}: rule «{other}» is none of conservative, reliable, latest, majority"
                )
                .into());
            }
        };
        options.link.figure_rule = rule;
        Ok(options)
    }
}

fn set_field(fields: &mut FieldMap, what: &str, name: &str) -> Result<(), Failure> {
    let slot = match what {
        "text" => &mut fields.text,
        "title" => &mut fields.title,
        "url" => &mut fields.url,
        "date" => &mut fields.date,
        "id" => &mut fields.id,
        "publisher" => &mut fields.publisher,
        "author" => &mut fields.author,
        _ => {
            return Err(
                format!("field «{what}» is none of text, title, url, date, id, publisher, author").into()
            );
        }
    };
    *slot = Some(name.to_owned());
    Ok(())
}
