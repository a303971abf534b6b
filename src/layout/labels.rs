//! Labels with their values: one column for the labels, values hanging beside it.
//! Labels of one group share a column; a label too long for it stands on a row of its own; no row is too wide.

use crate::layout::row::{Row, Run};
use crate::layout::wrap::{fill, fill_keeping};
use crate::text::measure;

/// Narrower pages put every label above its value.
const COLUMN_FROM: usize = 24;
/// Narrower pages put all labels above their values when one is too wide.
const OUTLIERS_FROM: usize = 40;
/// Cells between the label column and the values.
const GAP: usize = 2;

pub(super) type LabelPair = (Vec<Run>, Vec<Run>);

/// Lays out a group of pairs; each becomes some rows. With `whole`, addresses are not broken.
pub(super) fn pairs(pairs: &[LabelPair], width: usize, whole: bool) -> Vec<Vec<Row>> {
    let width = width.max(1);
    let column = column(pairs, width);
    pairs
        .iter()
        .map(|(label, value)| pair(label, value, column, width, whole))
        .collect()
}

/// Where values start: behind the widest label that takes no more than two fifths of the width. On narrow pages one label
/// that is wider puts them all above their values.
fn column(pairs: &[LabelPair], width: usize) -> usize {
    let fits = |wide: &usize| *wide <= width * 2 / 5;
    let mut wide = pairs.iter().map(|(label, _)| cells(label));
    let all = wide.clone().all(|w| fits(&w));
    match wide.by_ref().filter(fits).max() {
        Some(widest) if width >= OUTLIERS_FROM || width >= COLUMN_FROM && all => widest + GAP,
        Some(_) | None => GAP.min(width / 2),
    }
}

fn pair(label: &[Run], value: &[Run], column: usize, width: usize, whole: bool) -> Vec<Row> {
    let room = width - column;
    let mut rows = fill_keeping(value, room, room, whole);
    if cells(label) + GAP <= column && label.iter().all(|r| !r.text.contains('\n')) {
        rows.iter_mut().skip(1).for_each(|row| row.indent(column));
        match rows.first_mut() {
            Some(first) => *first = with_label(label, std::mem::take(first), column),
            None => rows.push(with_label(label, Row::default(), column)),
        }
    } else {
        rows.iter_mut().for_each(|row| row.indent(column));
        rows.splice(0..0, fill(label, width, width));
    }
    rows
}

fn with_label(label: &[Run], value: Row, column: usize) -> Row {
    let filled = label.iter().filter(|r| !r.text.is_empty());
    let mut row = Row::from_runs(filled.cloned().collect());
    if !value.runs.is_empty() {
        row.pad_to(column);
        row.runs.extend(value.runs);
    }
    row
}

fn cells(runs: &[Run]) -> usize {
    runs.iter().map(|r| measure::width(&r.text)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::row::Role;

    #[track_caller]
    fn check(given: &[(&'static str, &'static str)], width: usize, expected: &[&str]) {
        let given: Vec<LabelPair> = given
            .iter()
            .map(|(l, v)| {
                (
                    vec![Run::ours(l, Role::Label)],
                    vec![Run::ours(v, Role::Text)],
                )
            })
            .collect();
        let rows: Vec<String> = pairs(&given, width, false)
            .iter()
            .flatten()
            .map(|r| r.text().to_string())
            .collect();
        assert_eq!(rows, expected, "at {width}");
    }

    #[test]
    fn values_hang_beside_one_column() {
        let given = [
            ("Example", "a nightly report"),
            ("See also", "warm start"),
            ("Sources", ""),
        ];
        check(
            &given,
            26,
            &[
                "Example   a nightly report",
                "See also  warm start",
                "Sources",
            ],
        );
        check(&given[..1], 24, &["Example  a nightly", "         report"]);
        check(
            &given[..2],
            18,
            &["Example", "  a nightly report", "See also", "  warm start"],
        );
        check(
            &[("A very long label here", "x"), ("b", "y")],
            40,
            &["A very long label here", "   x", "b  y"],
        );
        check(
            &[("A very long label here", "x"), ("b", "y")],
            30,
            &["A very long label here", "  x", "b", "  y"],
        );
        check(
            &given[1..2],
            1,
            &[
                "S", "e", "e", "a", "l", "s", "o", "w", "a", "r", "m", "s", "t", "a", "r", "t",
            ],
        );
    }
}
