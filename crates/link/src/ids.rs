//! Ids from content.

use std::collections::BTreeMap;

use record::EventType;

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

/// The id of an incident whose first event starts at this byte of this report.
pub(crate) fn incident(report: &str, start: usize, kind: EventType) -> String {
    format!("{}-{}", kind.as_str().to_lowercase(), digest([report, &start.to_string(), kind.as_str()]))
}
