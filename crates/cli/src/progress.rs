//! How far the run is: a bar on a terminal, a plain line now and then elsewhere, nothing when quiet.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use rapporteur::{Step, Watch};

/// Shows how far a run is.
pub(crate) struct Progress(Option<Mutex<Display>>);

struct Display {
    step: Option<Step>,
    bar: Option<ProgressBar>,
    said: Instant,
}

impl Progress {
    pub(crate) fn new(quiet: bool) -> Progress {
        Progress((!quiet).then(|| Mutex::new(Display { step: None, bar: None, said: Instant::now() })))
    }

    /// Writes other lines while the bar is away.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        let bar = self.0.as_ref().and_then(|display| display.lock().ok()?.bar.clone());
        match bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the bar away for good.
    pub(crate) fn finish(&self) {
        if let Some(display) = &self.0
            && let Ok(mut display) = display.lock()
            && let Some(bar) = display.bar.take()
        {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Progress {
    fn at(&self, step: Step, done: usize, total: Option<usize>) {
        let Some(display) = &self.0 else { return };
        let Ok(mut display) = display.lock() else { return };
        let doing = match step {
            Step::Read => "reading",
            Step::Analyze => "analysing",
            Step::Link => "linking",
        };
        if std::io::stderr().is_terminal() {
            display.show(step, doing, done, total);
        } else if display.said.elapsed() > Duration::from_secs(10) {
            display.said = Instant::now();
            let of = total.map_or_else(String::new, |t| format!(" of {t}"));
            use std::io::Write;
            let _ = writeln!(anstream::stderr().lock(), "{doing}: {done}{of} reports");
        }
    }
}

impl Display {
    fn show(&mut self, step: Step, doing: &'static str, done: usize, total: Option<usize>) {
        if self.step != Some(step) {
            self.step = Some(step);
            if let Some(old) = self.bar.take() {
                old.finish_and_clear();
            }
            let (bar, template) = match total {
                Some(total) if step != Step::Link => {
                    (ProgressBar::new(total as u64), "{msg:<10} {bar:40} {pos}/{len} reports, {eta} left")
                }
                _ => (ProgressBar::new_spinner(), "{msg:<10} {spinner} {pos} reports"),
            };
            // The templates are ours; a mistake in one only costs the decoration.
            let style =
                ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
            let bar = bar.with_style(style).with_message(doing);
            bar.enable_steady_tick(Duration::from_millis(200));
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
        }
    }
}
