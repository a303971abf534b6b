//! Blocks side by side on one baseline: for comparing, and for the cells of a table.
//! No column spills into the next, no spaces at the end of a row.

use crate::layout::row::{Role, Row};

/// Merges blocks of rows into rows with `gap` cells between columns; rows wider than their column are cut. Links keep
/// their numbers, so all blocks must count in the same list.
pub fn columns(cells: &[Vec<Row>], widths: &[usize], gap: usize) -> Vec<Row> {
    let tallest = cells.iter().map(Vec::len).max().unwrap_or(0);
    (0..tallest)
        .map(|i| merge(cells.iter().map(|c| c.get(i)), widths, gap))
        .collect()
}

fn merge<'a>(cells: impl Iterator<Item = Option<&'a Row>>, widths: &[usize], gap: usize) -> Row {
    let mut row = Row::default();
    let (mut start, mut used) = (0, 0);
    for (cell, width) in cells.zip(widths) {
        if let Some(cell) = cell.filter(|c| !c.runs.is_empty()) {
            if start > used {
                row.add(" ".repeat(start - used), Role::Text);
            }
            let mut cell = cell.clone();
            cell.cut(*width);
            used = start + cell.width();
            row.runs.append(&mut cell.runs);
        }
        start += width + gap;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_a_baseline() {
        let block = |lines: &[&'static str]| {
            lines
                .iter()
                .map(|l| Row::of(*l, Role::Text))
                .collect::<Vec<_>>()
        };
        let blank = vec![
            Row::of("a", Role::Text),
            Row::default(),
            Row::of("b", Role::Text),
        ];
        let check = |cells: &[Vec<Row>], widths: &[usize], expected: &[&str]| {
            let rows: Vec<String> = columns(cells, widths, 2)
                .iter()
                .map(|r| r.text().to_string())
                .collect();
            assert_eq!(rows, expected);
        };
        check(
            &[block(&["left", "more"]), block(&["right"])],
            &[6, 6],
            &["left    right", "more"],
        );
        check(
            &[blank, block(&["1", "2", "3"])],
            &[1, 1],
            &["a  1", "   2", "b  3"],
        );
        check(
            &[block(&["too wide"]), block(&["x"])],
            &[4, 4],
            &["too…  x"],
        );
        check(&[block(&["日本"]), block(&["x"])], &[5, 1], &["日本   x"]);
        check(&[], &[], &[]);
    }
}
