//! Ids from content, and what became of old ones.

use std::collections::BTreeMap;

use record::{IncidentId, Record, Span};

/// Eight hexadecimal digits of the parts' FNV-1a hash.
pub(crate) fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for part in parts {
        for b in part.bytes().chain([0]) {
            hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{:08x}", (hash ^ (hash >> 32)) as u32)
}

/// Numbers repeated ids from the second on ("a", "a-2"), so that every id stands once.
pub(crate) fn distinct(ids: &mut [String]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for id in ids {
        let n = seen.entry(id.clone()).or_default();
        *n += 1;
        if *n > 1 {
            *id = format!("{id}-{n}");
        }
    }
}

/// Ids of `old` that `new` no longer has, each with the incident of `new` that holds most of its evidence. Ids whose
/// evidence is gone (a report was taken out) have none.
#[must_use]
pub fn redirects(old: &Record, new: &Record) -> BTreeMap<IncidentId, IncidentId> {
    let mut owner: BTreeMap<&Span, &IncidentId> = BTreeMap::new();
    for incident in &new.incidents {
        owner.extend(incident.evidence.iter().map(|s| (s, &incident.id)));
    }
    let alive: std::collections::BTreeSet<&IncidentId> = new.incidents.iter().map(|i| &i.id).collect();
    let mut out: BTreeMap<IncidentId, IncidentId> = BTreeMap::new();
    for gone in old.incidents.iter().filter(|i| !alive.contains(&i.id)) {
        let mut votes: BTreeMap<&IncidentId, usize> = BTreeMap::new();
        for id in gone.evidence.iter().filter_map(|s| owner.get(s)) {
            *votes.entry(id).or_default() += 1;
        }
        if let Some((to, _)) = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))) {
            out.insert(gone.id.clone(), to.clone());
        }
    }
    // Older redirects follow, so that an id given out long ago still leads somewhere.
    for (from, to) in &old.redirects {
        let to = out.get(to).unwrap_or(to).clone();
        if alive.contains(&to) && !alive.contains(from) {
            out.insert(from.clone(), to);
        }
    }
    out
}
