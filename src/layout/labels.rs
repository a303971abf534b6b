//! Labels with their values: one column for the labels, values hanging beside it.
//! Labels of one group share a column; a label too long for it stands on a row of its own; no row is too wide.

use crate::layout::format::WideAddresses;
use crate::layout::row::{Row, Run};
use crate::layout::wrap::{fill, fill_keeping};
use crate::text::{SafeText, measure};

/// Narrower pages put every label above its value.
const COLUMN_FROM: usize = 24;
/// Narrower pages put all labels above their values when one is too wide.
const OUTLIERS_FROM: usize = 40;
/// Least cells of the end of an address that is cut within its last part.
const TAIL: usize = 16;
/// Cells between the label column and the values.
const GAP: usize = 2;

pub(super) type LabelPair = (Vec<Run>, Vec<Run>);

/// Lays out a group of pairs; each becomes some rows.
pub(super) fn pairs(pairs: &[LabelPair], width: usize, wide: WideAddresses) -> Vec<Vec<Row>> {
    let width = width.max(1);
    let column = column(pairs, width);
    pairs
        .iter()
        .map(|(label, value)| pair(label, value, column, width, wide))
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

fn pair(
    label: &[Run],
    value: &[Run],
    column: usize,
    width: usize,
    wide: WideAddresses,
) -> Vec<Row> {
    let room = width - column;
    let mut rows = match wide {
        WideAddresses::Whole => fill_keeping(value, room, room, true),
        WideAddresses::Broken => fill(value, room, room),
        WideAddresses::Shortened => {
            // A number before it stands in its row.
            let words = value.iter().filter(|run| !run.is_address()).cloned();
            let left = room.saturating_sub(cells(&words.collect::<Vec<_>>()));
            let value: Vec<Run> = value.iter().map(|run| shortened(run, left)).collect();
            fill(&value, room, room)
        }
    };
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

/// An address that is too wide without its middle, in one row: the last part of its path, and of its beginning as much as
/// fits, the host at least; where that is too much, the end of the last part. What does not fit so stays whole.
fn shortened(run: &Run, room: usize) -> Run {
    let text = run.text.as_str();
    if !run.is_address() || measure::width(text) <= room || !text.is_ascii() {
        return run.clone();
    }
    // The words behind an address, such as that it was not opened, belong to what stays.
    let path = text.find(' ').unwrap_or(text.len());
    let slashes = text
        .get(..path.saturating_sub(1))
        .unwrap_or("")
        .match_indices('/');
    // Two stand before the host, the third ends it.
    let slashes: Vec<usize> = slashes.map(|(at, _)| at).skip(2).collect();
    let Some((last, others)) = slashes.split_last() else {
        return run.clone();
    };
    let end = text.len() - last;
    let whole = others.iter().rfind(|at| **at + 2 + end <= room);
    let (head, tail) = match (whole, slashes.first()) {
        (Some(head), _) => (*head, *last),
        (None, Some(host)) if host + 2 + TAIL + text.len() - path <= room => {
            (*host, text.len() - (room - host - 2))
        }
        (None, _) => return run.clone(),
    };
    let words = [
        run.text.slice(0..head + 1),
        SafeText::ours("…"),
        run.text.slice(tail..text.len()),
    ];
    Run {
        text: SafeText::join(&words, ""),
        ..run.clone()
    }
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
        let rows: Vec<String> = pairs(&given, width, WideAddresses::Broken)
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

    #[test]
    fn a_wide_address_keeps_its_host_and_its_last_parts() {
        let check = |address: &'static str, room: usize, expected: &str| {
            let run = Run {
                link: Some(0),
                ..Run::ours(address, Role::Link)
            };
            assert_eq!(shortened(&run, room).text.as_str(), expected, "{room}");
        };
        let deep = "https://example.org/one/two/three/four.html (not opened)";
        check(deep, 56, deep);
        check(
            deep,
            55,
            "https://example.org/one/two/…/four.html (not opened)",
        );
        check(
            deep,
            52,
            "https://example.org/one/two/…/four.html (not opened)",
        );
        check(deep, 51, "https://example.org/one/…/four.html (not opened)");
        check(deep, 44, "https://example.org/…/four.html (not opened)");
        check(deep, 43, deep);
        check("https://example.org/a/b/", 23, "https://example.org/a/b/");
        check(
            "https://example.org/aaaaa/b/",
            24,
            "https://example.org/…/b/",
        );
        check(
            "https://example.org/a-single-part",
            20,
            "https://example.org/a-single-part",
        );
        let long = "https://example.org/a/burstable-performance-instances.md";
        check(long, 40, "https://example.org/…rmance-instances.md");
        check(long, 36, long);
        check("https://example.org", 10, "https://example.org");
        check("no address/a/b/c/d", 10, "no address/a/b/c/d");
    }

    #[test]
    fn a_number_before_a_wide_address_stands_in_its_row() {
        let value = vec![
            Run::ours("1 ", Role::Dim),
            Run {
                link: Some(0),
                ..Run::ours("https://example.org/one/two/three.html", Role::Link)
            },
        ];
        let given = [(vec![Run::ours("From", Role::Label)], value)];
        let rows = pairs(&given, 42, WideAddresses::Shortened);
        let rows: Vec<String> = rows
            .iter()
            .flatten()
            .map(|row| row.text().to_string())
            .collect();
        assert_eq!(rows, ["From  1 https://example.org/…/three.html"]);
    }
}
