//! The second pass, over all reports of a run.

use std::collections::{BTreeMap, BTreeSet};

use record::{Report, ReportId};

use crate::draft::hash;

/// Makes the ids unique and labels residue that only shows when reports of one site are seen together.
///
/// The outcome for a report does not depend on the order of the reports.
pub fn settle(reports: &mut [Report]) {
    unique_ids(reports);
}

/// Of several reports with one id, the one that comes first by content keeps it; the others get a part of the hash
/// of their content added, or a number if that is the same too.
fn unique_ids(reports: &mut [Report]) {
    let mut groups: BTreeMap<ReportId, Vec<usize>> = BTreeMap::new();
    for (i, report) in reports.iter().enumerate() {
        groups.entry(report.id.clone()).or_default().push(i);
    }
    let mut taken: BTreeSet<ReportId> = groups.keys().cloned().collect();
    for (id, mut group) in groups.into_iter().filter(|(_, g)| g.len() > 1) {
        group.sort_by_cached_key(|i| (content(&reports[*i]), reports[*i].origin.clone()));
        for i in group.into_iter().skip(1) {
            let base = format!("{id}-{:06x}", content(&reports[i]) & 0xff_ffff);
            let numbered = (2..).map(|n| format!("{base}-{n}"));
            let free = std::iter::once(base.clone())
                .chain(numbered)
                .map(|n| ReportId::new(&n))
                .find(|n| !taken.contains(n));
            if let Some(free) = free {
                taken.insert(free.clone());
                reports[i].id = free;
            }
        }
    }
}

fn content(report: &Report) -> u64 {
    hash([report.text.as_bytes(), report.url.as_deref().unwrap_or("").as_bytes()])
}
