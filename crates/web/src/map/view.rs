//! The part of the world that is drawn, and how degrees become pixels.

use std::fmt::Write as _;

use super::world::Point;

pub(super) const WIDTH: f64 = 800.0;
/// The drawing reaches so far over its edge, so that cut outlines do not show.
const MARGIN: f64 = 12.0;
/// Degrees of latitude shown at least: below it the shapes are too coarse.
const LEAST: f64 = 9.0;

/// Degrees to pixels: as far east and west as a degree measures in the middle of the map.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    west: f64,
    north: f64,
    /// Pixels a degree of longitude.
    x: f64,
    /// Pixels a degree of latitude.
    y: f64,
    pub(super) height: f64,
}

impl View {
    /// The smallest view with some room around these points.
    pub(super) fn around(points: &[Point]) -> View {
        let fold =
            |f: fn(f64, f64) -> f64, start, of: fn(&Point) -> f64| points.iter().map(of).fold(start, f);
        let (mut west, mut east) =
            (fold(f64::min, f64::INFINITY, |p| p.0), fold(f64::max, f64::NEG_INFINITY, |p| p.0));
        let (mut south, mut north) =
            (fold(f64::min, f64::INFINITY, |p| p.1), fold(f64::max, f64::NEG_INFINITY, |p| p.1));
        if points.is_empty() {
            (west, east, south, north) = (-170.0, 190.0, -56.0, 78.0);
        }
        let middle = ((west + east) / 2.0, ((south + north) / 2.0).clamp(-70.0, 70.0));
        // Rounded, so that no machine's last digit shows.
        let squeeze = (middle.1.to_radians().cos() * 10_000.0).round() / 10_000.0;
        let tall = ((north - south) * 1.35).clamp(LEAST, 150.0);
        let wide = ((east - west) * 1.35).max(tall * 1.5 / squeeze).min(360.0);
        // Between two and one and a half times as wide as tall.
        let tall = tall.max(wide * squeeze * 0.5).min(150.0);
        let x = WIDTH / wide;
        let y = x / squeeze;
        let height = (tall * y).round();
        let north = (middle.1 + tall / 2.0).min(88.0);
        View { west: middle.0 - wide / 2.0, north, x, y, height }
    }

    /// A small map of the whole world.
    pub(super) fn locator(width: f64) -> View {
        let x = width / 360.0;
        View { west: -180.0, north: 84.0, x, y: x, height: (142.0 * x).round() }
    }

    pub(super) fn pixel(&self, (lon, lat): Point) -> (f64, f64) {
        ((lon - self.west) * self.x, (self.north - lat) * self.y)
    }

    /// Degrees of longitude shown.
    pub(super) fn wide(&self) -> f64 {
        WIDTH / self.x
    }

    /// The corners in degrees: west, south, east, north.
    pub(super) fn corners(&self) -> (f64, f64, f64, f64) {
        (self.west, self.north - self.height / self.y, self.west + WIDTH / self.x, self.north)
    }

    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        (0.0..=WIDTH).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// A closed outline as path data, cut to the view; empty if none of it is seen. `shift` moves it by whole turns
    /// of the globe.
    pub(super) fn outline(&self, ring: &[Point], shift: f64, width: f64) -> String {
        let mut path = path(&self.cut(ring, shift, width, MARGIN));
        if !path.is_empty() {
            path.push('z');
        }
        path
    }

    /// What of a closed outline lies in the view and `margin` pixels around it, in pixels.
    fn cut(&self, ring: &[Point], shift: f64, width: f64, margin: f64) -> Vec<(f64, f64)> {
        let mut line: Vec<(f64, f64)> = ring.iter().map(|(x, y)| self.pixel((x + shift, *y))).collect();
        for side in 0..4 {
            line = cut(&line, side, (-margin, width + margin), (-margin, self.height + margin));
        }
        line
    }

    /// Where the name of a country is written of which only a part is seen: the middle of the largest part, if that
    /// is large and the point lies on it.
    pub(super) fn middle(&self, rings: &[Vec<Point>]) -> Option<(f64, f64)> {
        let parts = rings.iter().map(|r| self.cut(r, 0.0, WIDTH, 0.0)).filter(|p| p.len() > 2);
        let (area, part) = parts.map(|p| (area(&p), p)).max_by(|a, b| a.0.total_cmp(&b.0))?;
        let count = f64::from(u32::try_from(part.len()).unwrap_or(u32::MAX));
        let bounds = part.iter().fold((f64::MAX, f64::MAX, f64::MIN, f64::MIN), |b, p| {
            (b.0.min(p.0), b.1.min(p.1), b.2.max(p.0), b.3.max(p.1))
        });
        let mean = part.iter().fold((0.0, 0.0), |m, p| (m.0 + p.0 / count, m.1 + p.1 / count));
        let candidates = [((bounds.0 + bounds.2) / 2.0, (bounds.1 + bounds.3) / 2.0), mean];
        candidates.into_iter().find(|c| area > WIDTH * self.height * 0.04 && within(*c, &part))
    }

    /// A line as path data, the parts of it that are near the view.
    pub(super) fn line(&self, points: &[Point]) -> String {
        let near = |(x, y): (f64, f64)| {
            (-MARGIN..WIDTH + MARGIN).contains(&x) && (-MARGIN..self.height + MARGIN).contains(&y)
        };
        let pixels: Vec<(f64, f64)> = points.iter().map(|p| self.pixel(*p)).collect();
        let mut out = String::new();
        let mut part: Vec<(f64, f64)> = Vec::new();
        for pair in pixels.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            if near(a) || near(b) {
                if part.is_empty() {
                    part.push(a);
                }
                part.push(b);
            } else {
                out.push_str(&path(&std::mem::take(&mut part)));
            }
        }
        out.push_str(&path(&part));
        out
    }
}

fn area(outline: &[(f64, f64)]) -> f64 {
    let next = outline.iter().cycle().skip(1);
    outline.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
}

/// Whether a point lies in an outline: a ray from it meets the outline an odd number of times.
fn within((x, y): (f64, f64), outline: &[(f64, f64)]) -> bool {
    let next = outline.iter().cycle().skip(1);
    let meets = |(a, b): &(&(f64, f64), &(f64, f64))| {
        (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0
    };
    outline.iter().zip(next).filter(meets).count() % 2 == 1
}

/// Sutherland and Hodgman: what of an outline lies on the inner side of one edge.
fn cut(line: &[(f64, f64)], side: u8, xs: (f64, f64), ys: (f64, f64)) -> Vec<(f64, f64)> {
    let inside = |p: (f64, f64)| match side {
        0 => p.0 >= xs.0,
        1 => p.0 <= xs.1,
        2 => p.1 >= ys.0,
        _ => p.1 <= ys.1,
    };
    let meet = |a: (f64, f64), b: (f64, f64)| {
        let at = match side {
            0 => (xs.0 - a.0) / (b.0 - a.0),
            1 => (xs.1 - a.0) / (b.0 - a.0),
            2 => (ys.0 - a.1) / (b.1 - a.1),
            _ => (ys.1 - a.1) / (b.1 - a.1),
        };
        (a.0 + at * (b.0 - a.0), a.1 + at * (b.1 - a.1))
    };
    let mut out = Vec::with_capacity(line.len());
    for (n, b) in line.iter().copied().enumerate() {
        let a = line[(n + line.len() - 1) % line.len()];
        match (inside(a), inside(b)) {
            (true, true) => out.push(b),
            (true, false) => out.push(meet(a, b)),
            (false, true) => out.extend([meet(a, b), b]),
            (false, false) => {}
        }
    }
    out
}

/// Path data with a tenth of a pixel, without steps too small to see.
fn path(line: &[(f64, f64)]) -> String {
    let mut out = String::new();
    let mut last: Option<(f64, f64)> = None;
    let mut drawn = 0;
    for (n, p) in line.iter().enumerate() {
        let far = last.is_none_or(|l| (l.0 - p.0).abs() + (l.1 - p.1).abs() >= 1.2);
        if far || n + 1 == line.len() {
            // Writing to a string does not fail.
            let _ = write!(out, "{}{} {}", if last.is_none() { 'M' } else { 'L' }, tenth(p.0), tenth(p.1));
            (last, drawn) = (Some(*p), drawn + 1);
        }
    }
    if drawn < 2 { String::new() } else { out }
}

/// With one decimal, without «.0» and «-0».
pub(super) fn tenth(n: f64) -> String {
    let n = (n * 10.0).round() / 10.0;
    if n == 0.0 { "0".to_owned() } else { n.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_holds_its_points_with_room_around() {
        let points = [(35.0, 31.0), (44.4, 33.3)];
        let view = View::around(&points);
        for p in points {
            let (x, y) = view.pixel(p);
            assert!(x > 20.0 && x < WIDTH - 20.0 && y > 20.0 && y < view.height - 20.0, "{x} {y}");
        }
        let one = View::around(&points[..1]);
        assert!(one.wide() >= LEAST);
        assert!((150.0..=900.0).contains(&view.height) && (150.0..=900.0).contains(&one.height));
    }

    #[test]
    fn a_name_stands_in_the_part_that_is_seen() {
        let view = View::around(&[(10.0, 10.0), (20.0, 20.0)]);
        let east = vec![(15.0, -80.0), (100.0, -80.0), (100.0, 80.0), (15.0, 80.0), (15.0, -80.0)];
        let (x, y) = view.middle(&[east]).unwrap();
        assert!(x > view.pixel((15.0, 0.0)).0 && x < WIDTH && y > 0.0 && y < view.height, "{x} {y}");
        assert_eq!(view.middle(&[vec![(90.0, 10.0), (91.0, 10.0), (91.0, 11.0), (90.0, 10.0)]]), None);
    }

    #[test]
    fn outlines_are_cut_to_the_view() {
        let view = View::around(&[(10.0, 10.0), (20.0, 20.0)]);
        let around = [(-100.0, -80.0), (100.0, -80.0), (100.0, 80.0), (-100.0, 80.0), (-100.0, -80.0)];
        let cut = view.outline(&around, 0.0, WIDTH);
        assert!(cut.starts_with('M') && cut.ends_with('z') && !cut.contains("NaN"), "{cut}");
        assert_eq!(view.outline(&[(90.0, 10.0), (91.0, 10.0), (91.0, 11.0), (90.0, 10.0)], 0.0, WIDTH), "");
    }
}
