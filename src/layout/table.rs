//! Tables that fit the width, or fold into labels and values when they cannot; in plain lines, a sentence for each row.
//! Every cell's words are shown at any width, in time linear in the cells; at most [`MAX_COLUMNS`] columns.

use unicode_segmentation::UnicodeSegmentation;

use crate::layout::columns::columns;
use crate::layout::format::WideAddresses;
use crate::layout::labels::{self, LabelPair};
use crate::layout::row::{Role, Row, Run};
use crate::layout::wrap::fill;
use crate::pack::Align;
use crate::text::measure;

/// Most columns that are shown; what lies beyond is counted in a last line.
pub const MAX_COLUMNS: usize = 32;
/// Cells between columns.
const GAP: usize = 2;
/// A column is never narrower than this, unless its words are.
const NARROWEST: usize = 8;
/// Words up to this width are not broken to save a column.
const WORD: usize = 14;

/// A cell as runs.
pub type CellRuns = Vec<Run>;

/// Lays out a table: first the rows of its head, then those of each row. Plain lines have no columns.
pub(super) fn parts(
    aligns: &[Align],
    head: &[CellRuns],
    rows: &[Vec<CellRuns>],
    (width, plain): (usize, bool),
) -> Vec<Vec<Row>> {
    let width = width.max(1);
    let columns = head.len().max(rows.iter().map(Vec::len).max().unwrap_or(0));
    let shown = columns.min(MAX_COLUMNS);
    let mut parts = match widths(aligns, head, rows, shown, width) {
        Some(widths) if !plain => grid(aligns, head, rows, &widths),
        Some(_) | None if plain && !rows.is_empty() => told(head, rows, shown, width),
        Some(_) | None => folded(head, rows, shown, width),
    };
    if let (true, Some(last)) = (columns > shown, parts.last_mut()) {
        let more = measure::count(columns - shown, "more column", "more columns");
        let note = crate::safe!("{more} not shown");
        last.extend(fill(&[Run::new(note, Role::Dim)], width, width));
    }
    parts
}

/// How wide a column would like to be, and how narrow it may become.
#[derive(Clone, Copy, Default)]
struct ColumnNeed {
    natural: usize,
    least: usize,
}

/// The columns' widths, or `None` when the table must fold.
fn widths(
    aligns: &[Align],
    head: &[CellRuns],
    rows: &[Vec<CellRuns>],
    shown: usize,
    width: usize,
) -> Option<Vec<usize>> {
    let room = width.checked_sub(GAP * shown.saturating_sub(1))?;
    let mut needs = vec![ColumnNeed::default(); shown];
    for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
        needs
            .iter_mut()
            .zip(row)
            .for_each(|(need, cell)| need.take(cell));
    }
    for (i, need) in needs.iter_mut().enumerate() {
        // What is set to the right are numbers, and a number broken over two rows is misread.
        let kept = aligns.get(i) == Some(&Align::Right);
        need.least = if kept {
            need.natural
        } else {
            need.least.min(WORD).max(need.natural.min(NARROWEST))
        };
    }
    let total = |cap: usize| {
        needs
            .iter()
            .map(|n| n.natural.min(cap).max(n.least))
            .sum::<usize>()
    };
    if total(0) > room {
        return None;
    }
    // The widest cap under which all columns fit: narrow columns keep their width, wide ones share what is left.
    let (mut fits, mut over) = (0, width + 1);
    while over - fits > 1 {
        let cap = usize::midpoint(fits, over);
        if total(cap) <= room {
            fits = cap
        } else {
            over = cap
        }
    }
    // Cells that the common cap left over go one each to the columns it cut, from the left.
    let mut spare = room - total(fits);
    let wide = |need: &ColumnNeed| {
        let width = need.natural.min(fits).max(need.least);
        let more = usize::from(spare > 0 && width < need.natural);
        spare -= more;
        width + more
    };
    Some(needs.iter().map(wide).collect())
}

impl ColumnNeed {
    fn take(&mut self, cell: &[Run]) {
        let (mut line, mut word) = (0, 0);
        for grapheme in cell.iter().flat_map(|r| r.text.graphemes(true)) {
            let cells = if grapheme == "\n" {
                0
            } else {
                measure::cells(grapheme)
            };
            line = if grapheme == "\n" { 0 } else { line + cells };
            word = if matches!(grapheme, " " | "\n") {
                0
            } else {
                word + cells
            };
            self.natural = self.natural.max(line);
            self.least = self.least.max(word);
        }
    }
}

fn grid(
    aligns: &[Align],
    head: &[CellRuns],
    rows: &[Vec<CellRuns>],
    widths: &[usize],
) -> Vec<Vec<Row>> {
    let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    let mut top = line(aligns, head, widths);
    top.push(Row::of("─".repeat(total), Role::Rule));
    std::iter::once(top)
        .chain(rows.iter().map(|r| line(aligns, r, widths)))
        .collect()
}

/// One row of the table, as high as its highest cell.
fn line(aligns: &[Align], row: &[CellRuns], widths: &[usize]) -> Vec<Row> {
    let cell = |(i, (runs, width)): (usize, (&CellRuns, &usize))| {
        let mut rows = fill(runs, *width, *width);
        rows.iter_mut()
            .for_each(|r| push_right(r, aligns.get(i).copied().unwrap_or_default(), *width));
        rows
    };
    let cells: Vec<Vec<Row>> = row.iter().zip(widths).enumerate().map(cell).collect();
    let mut rows = columns(&cells, widths, GAP);
    if rows.is_empty() {
        rows.push(Row::default());
    }
    rows
}

fn push_right(row: &mut Row, align: Align, width: usize) {
    let spare = width.saturating_sub(row.width());
    let left = match align {
        Align::Left => 0,
        Align::Center => spare / 2,
        Align::Right => spare,
    };
    row.indent(left);
}

fn is_filled(cell: &CellRuns) -> bool {
    cell.iter().any(|run| !run.text.is_empty())
}

/// Each row in one sentence: its first cell, then each other one behind the head of its column.
fn told(head: &[CellRuns], rows: &[Vec<CellRuns>], shown: usize, width: usize) -> Vec<Vec<Row>> {
    let sentence = |row: &Vec<CellRuns>| {
        let mut runs: CellRuns = row.first().cloned().unwrap_or_default();
        let mut between = match runs.last() {
            Some(last) if last.text.ends_with(['?', '!', '.', ':']) => " ",
            Some(_) => ": ",
            None => "",
        };
        let cells = row.iter().enumerate().take(shown).skip(1);
        for (n, cell) in cells.filter(|(_, cell)| is_filled(cell)) {
            runs.push(Run::ours(std::mem::replace(&mut between, "; "), Role::Text));
            if let Some(head) = head.get(n).filter(|head| is_filled(head)) {
                runs.extend(head.iter().cloned());
                runs.push(Run::ours(": ", Role::Text));
            }
            runs.extend(cell.iter().cloned());
        }
        let mut rows = fill(&runs, width, width.saturating_sub(GAP).max(1));
        rows.iter_mut().skip(1).for_each(|row| row.indent(GAP));
        rows
    };
    rows.iter().map(sentence).collect()
}

/// Each row as labels and values, a blank row between them.
fn folded(head: &[CellRuns], rows: &[Vec<CellRuns>], shown: usize, width: usize) -> Vec<Vec<Row>> {
    let none = Vec::new();
    let mut parts = vec![Vec::new()];
    for (i, row) in rows.iter().enumerate() {
        let labels = head.iter().chain(std::iter::repeat(&none));
        let pairs = labels.zip(row).take(shown);
        let pairs: Vec<LabelPair> = pairs
            .filter(|(_, cell)| is_filled(cell))
            .map(|(label, cell)| (label.clone(), cell.clone()))
            .collect();
        let mut part = if i == 0 { vec![] } else { vec![Row::default()] };
        part.extend(
            labels::pairs(&pairs, width, WideAddresses::Broken)
                .into_iter()
                .flatten(),
        );
        parts.push(part);
    }
    if rows.is_empty() {
        let labels = head.iter().take(shown);
        parts = vec![labels.flat_map(|h| fill(h, width, width)).collect()];
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_row_is_a_sentence() {
        let cells = |row: &[&'static str]| -> Vec<CellRuns> {
            let cell = |text: &&'static str| vec![Run::ours(text, Role::Text)];
            row.iter().map(cell).collect()
        };
        let check = |head: &[&'static str], row: &[&'static str], width, expected: &[&str]| {
            let parts = parts(&[], &cells(head), &[cells(row)], (width, true));
            let rows = parts.iter().flatten();
            let rows: Vec<String> = rows.map(|row| row.text().to_string()).collect();
            assert_eq!(rows, expected, "at {width}");
        };
        let head = ["Question", "One", "Other"];
        let row = ["Does it rest?", "yes", "no"];
        check(&head, &row, 40, &["Does it rest? One: yes; Other: no"]);
        let narrow = ["Does it rest? One:", "  yes; Other: no"];
        check(&head, &row, 20, &narrow);
        check(&["", "Bill"], &["Idle", "$0"], 40, &["Idle: Bill: $0"]);
        check(&["", "", ""], &["A", "", "c"], 40, &["A: c"]);
        // A table of its head alone says what it would hold.
        let empty = parts(&[], &cells(&head), &[], (40, true));
        let rows: Vec<String> = empty
            .iter()
            .flatten()
            .map(|r| r.text().to_string())
            .collect();
        assert_eq!(rows, head);
    }
}
