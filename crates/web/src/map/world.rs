//! The shapes of countries: `data/world.bin`, compiled by `tools/world.py`, which describes the format.

use std::sync::OnceLock;

static WORLD: &[u8] = include_bytes!("../../data/world.bin");
/// Steps a degree in the file.
const UNIT: f64 = 200.0;

/// Longitude and latitude in degrees.
pub(super) type Point = (f64, f64);

/// A part of a country's outline.
#[derive(Debug)]
pub(super) struct Arc {
    pub(super) disputed: bool,
    pub(super) points: Vec<Point>,
}

#[derive(Debug)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-3, or the file's own code for what has none.
    pub(super) code: String,
    pub(super) name: String,
    /// Where its name is written.
    pub(super) label: Point,
    /// Outlines and holes, as closed rings.
    pub(super) rings: Vec<Vec<Point>>,
}

#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) arcs: Vec<Arc>,
    pub(super) countries: Vec<Country>,
}

/// The world; empty if the file were broken, which a test would tell.
pub(super) fn world() -> &'static World {
    static READ: OnceLock<World> = OnceLock::new();
    READ.get_or_init(|| Bytes(WORLD).world().unwrap_or_default())
}

struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn number(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in (0..32).step_by(7) {
            let byte = *self.take(1)?.first()?;
            value |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn signed(&mut self) -> Option<i32> {
        let n = self.number()?;
        let half = i32::try_from(n >> 1).ok()?;
        Some(if n & 1 == 0 { half } else { !half })
    }

    fn point(&mut self, from: (i32, i32)) -> Option<(i32, i32)> {
        Some((from.0.checked_add(self.signed()?)?, from.1.checked_add(self.signed()?)?))
    }

    fn world(mut self) -> Option<World> {
        let degrees = |(x, y): (i32, i32)| (f64::from(x) / UNIT, f64::from(y) / UNIT);
        let mut arcs = Vec::new();
        for _ in 0..self.size()? {
            let disputed = self.number()? == 2;
            let mut at = (0, 0);
            let mut points = Vec::new();
            for _ in 0..self.size()? {
                at = self.point(at)?;
                points.push(degrees(at));
            }
            arcs.push(Arc { disputed, points });
        }
        let mut countries = Vec::new();
        for _ in 0..self.size()? {
            let code = String::from_utf8(self.take(3)?.to_vec()).ok()?;
            let length = self.size()?;
            let name = String::from_utf8(self.take(length)?.to_vec()).ok()?;
            let label = degrees(self.point((0, 0))?);
            let mut rings = Vec::new();
            for _ in 0..self.size()? {
                let mut ring: Vec<Point> = Vec::new();
                for _ in 0..self.size()? {
                    let index = self.signed()?;
                    let forward = index >= 0;
                    let arc = &arcs.get(usize::try_from(if forward { index } else { !index }).ok()?)?.points;
                    // Where two arcs meet, both have the point.
                    let skip = usize::from(!ring.is_empty());
                    if forward {
                        ring.extend(arc.iter().skip(skip));
                    } else {
                        ring.extend(arc.iter().rev().skip(skip));
                    }
                }
                rings.push(ring);
            }
            countries.push(Country { code, name, label, rings });
        }
        self.0.is_empty().then_some(World { arcs, countries })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_whole_and_every_ring_is_closed() {
        let world = world();
        assert!(world.countries.len() > 200, "{}", world.countries.len());
        assert!(world.arcs.iter().any(|a| a.disputed));
        for country in &world.countries {
            assert!(!country.name.is_empty());
            for ring in &country.rings {
                assert!(ring.len() > 2, "{}", country.name);
                assert_eq!(ring.first(), ring.last(), "{}", country.name);
                assert!(ring.iter().all(|(x, y)| x.abs() <= 180.5 && y.abs() <= 90.5));
            }
        }
        let jordan = world.countries.iter().find(|c| c.code == "JOR").unwrap();
        let west = jordan.rings.iter().flatten().map(|p| p.0).fold(f64::MAX, f64::min);
        assert!((34.9..35.1).contains(&west), "{west}");
    }

    #[test]
    fn a_broken_file_is_no_world() {
        assert!(Bytes(&WORLD[..WORLD.len() - 1]).world().is_none());
        assert!(Bytes(&[0xff; 9]).world().is_none());
    }
}
