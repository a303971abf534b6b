//! The opening picture: a floor that stays and a line that falls to zero. Drawn with the same cells as everything else.
//! Promises: scales with the width; empty where it would push the content away; says in words what it shows.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::layout::row::{Role, Row, Run};
use crate::text::{SafeText, measure};

/// Two bills against traffic, as shares of the picture's height.
#[derive(Deserialize)]
struct Banner {
    /// The bill with a floor, from no traffic to much.
    floor: Vec<f64>,
    /// The bill that falls to zero, likewise.
    zero: Vec<f64>,
    /// Words for the two, the axis and its ends.
    floor_words: String,
    zero_words: String,
    dollars: String,
    none: String,
    much: String,
}

fn picture() -> Option<&'static Banner> {
    static PICTURE: OnceLock<Option<Banner>> = OnceLock::new();
    PICTURE
        .get_or_init(|| toml::from_str(include_str!("../../assets/hero.toml")).ok())
        .as_ref()
}

/// Narrowest screen in cells that has room for the whole picture.
const WHOLE: usize = 96;
/// Cells of the picture proper.
const CHART: usize = 34;
const LEVELS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The picture for a screen of some width, at most `rows` rows high; empty where there is no room for it.
pub fn hero(width: usize, rows: usize) -> Vec<Row> {
    match picture() {
        Some(picture) if width >= WHOLE && rows >= 5 => whole(picture),
        Some(_) | None => Vec::new(),
    }
}

/// Two small charts over one axis: each line in its hue, its words beside it.
fn whole(picture: &Banner) -> Vec<Row> {
    let label = measure::width(&SafeText::clean(&picture.dollars)) + 1;
    let pad = |words: &str| format!("{words:>label$}");
    let mut rows = Vec::new();
    let chart = |curve: &[f64], role: Role, words: &str, name: &str| -> Vec<Row> {
        let (high, low) = two_rows(curve);
        vec![
            Row::from_runs(vec![
                Run::new(pad(name), Role::Dim),
                Run::ours(" │", Role::Rule),
                Run::new(high, role),
            ]),
            Row::from_runs(vec![
                Run::new(pad(""), Role::Dim),
                Run::ours(" │", Role::Rule),
                Run::new(low, role),
                Run::new(crate::safe!("  {words}"), Role::Dim),
            ]),
        ]
    };
    rows.extend(chart(
        &picture.floor,
        Role::Provider,
        &picture.floor_words,
        &picture.dollars,
    ));
    rows.extend(chart(&picture.zero, Role::Zero, &picture.zero_words, ""));
    rows.push(axis(picture, label));
    rows
}

/// A curve in two rows of eighth blocks.
fn two_rows(curve: &[f64]) -> (String, String) {
    let (mut high, mut low) = (String::new(), String::new());
    for x in 0..CHART {
        let eighths = (height_at(curve, x as f64 / (CHART - 1) as f64).clamp(0.0, 1.0) * 16.0)
            .round() as usize;
        high.push_str(LEVELS.get(eighths.saturating_sub(8)).unwrap_or(&" "));
        low.push_str(LEVELS.get(eighths.min(8)).unwrap_or(&" "));
    }
    (high, low)
}

/// A curve's height at a share of its length, between its points on a straight line.
fn height_at(curve: &[f64], share: f64) -> f64 {
    let at = share * curve.len().saturating_sub(1) as f64;
    let point = |i: f64| {
        curve
            .get(i as usize)
            .or(curve.last())
            .copied()
            .unwrap_or(0.0)
    };
    point(at.floor()) + (point(at.ceil()) - point(at.floor())) * at.fract()
}

fn axis(picture: &Banner, label: usize) -> Row {
    let between = CHART.saturating_sub(picture.none.len() + picture.much.len());
    let line = crate::safe!("{}{}{}", picture.none, " ".repeat(between), picture.much);
    Row::from_runs(vec![
        Run::new(" ".repeat(label + 2), Role::Text),
        Run::new(line, Role::Dim),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_stays_and_the_other_line_touches_zero() {
        let picture = picture().expect("the picture's data can be read");
        let least = |curve: &[f64]| curve.iter().copied().fold(f64::MAX, f64::min);
        assert!(least(&picture.floor) > 0.3, "there is always a floor");
        assert_eq!(picture.zero.first(), Some(&0.0), "no traffic, no cost");
        let (_, low) = two_rows(&picture.zero);
        assert!(low.starts_with(' ') && low.ends_with('█'));
    }

    #[test]
    fn it_never_pushes_the_content_away() {
        for width in 0..200 {
            for rows in 0..8 {
                let drawn = hero(width, rows);
                assert!(
                    drawn.len() <= rows && drawn.iter().all(|r| r.width() <= width),
                    "{width}x{rows}"
                );
            }
        }
    }
}
