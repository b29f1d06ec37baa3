//! Time and memory of this program, as the system counts them.

use std::fs;
use std::time::{Duration, Instant};

/// What some work took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Took {
    /// On the clock.
    pub(crate) wall: Duration,
    /// On the cores, of all threads of this program: does not grow when others keep the machine busy. The clock's time
    /// where the system does not tell.
    pub(crate) cpu: Duration,
}

impl Took {
    pub(crate) fn and(self, other: Took) -> Took {
        Took { wall: self.wall + other.wall, cpu: self.cpu + other.cpu }
    }

    pub(crate) fn divided(self, n: u32) -> Took {
        Took { wall: self.wall / n, cpu: self.cpu / n }
    }
}

/// Does some work. What takes less than a second is better repeated: the system counts in hundredths of a second.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (start, before) = (Instant::now(), on_core());
    let result = work();
    let wall = start.elapsed();
    let cpu = before.zip(on_core()).map_or(wall, |(before, after)| after.saturating_sub(before));
    (result, Took { wall, cpu })
}

/// How long this program has run on the cores (Linux only).
fn on_core() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(10 * ticks))
}

/// Peak resident memory so far in KiB, where the system tells.
pub(crate) fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
