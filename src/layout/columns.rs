//! Blocks side by side on one baseline: for comparing, and for the cells of a table.
//! No column spills into the next, no spaces at the end of a row.

use crate::layout::row::{Role, Row};

/// Cells between two columns of a page.
pub const GUTTER: usize = 4;

/// Merges blocks of rows into rows with `gap` cells between columns; rows wider than their column are cut. Links keep
/// their numbers, so all blocks must count in the same list.
pub fn columns(cells: &[Vec<Row>], widths: &[usize], gap: usize) -> Vec<Row> {
    let tallest = cells.iter().map(Vec::len).max().unwrap_or(0);
    (0..tallest)
        .map(|i| merge(cells.iter().map(|c| c.get(i)), widths, gap))
        .collect()
}

/// A page that is longer than the screen, in as many columns beside each other as make it fit; unchanged where none do.
/// Columns break between blocks and never below a heading.
pub fn newspaper(rows: Vec<Row>, width: usize, columns_wide: usize, screen: usize) -> Vec<Row> {
    let most = (columns_wide + GUTTER) / (width + GUTTER);
    // The last row is for the prompt.
    let room = screen.saturating_sub(1);
    if rows.len() <= room || most < 2 || rows.iter().any(|row| row.width() > width) {
        return rows;
    }
    for count in 2..=most {
        if let Some(parts) = parted(&rows, count, room) {
            return columns(&parts, &vec![width; count], GUTTER);
        }
    }
    rows
}

/// Rows in so many parts of about one length, each no longer than `room`.
fn parted(rows: &[Row], count: usize, room: usize) -> Option<Vec<Vec<Row>>> {
    let (mut parts, mut rest) = (Vec::new(), rows);
    for left in (1..=count).rev() {
        let even = rest.len().div_ceil(left);
        let is_blank = |at: &usize| rest.get(*at).is_some_and(|row| row.runs.is_empty());
        let end = (even..rest.len().min(room + 1)).find(is_blank);
        let end = end.or_else(|| (1..even).rev().find(is_blank));
        let end = if left == 1 { rest.len() } else { end? };
        let (part, after) = rest.split_at(end);
        (part.len() <= room).then(|| parts.push(part.to_vec()))?;
        let blank = after.iter().take_while(|row| row.runs.is_empty()).count();
        rest = after.get(blank..)?;
    }
    Some(parts)
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
    fn a_long_page_stands_in_columns_where_that_makes_it_fit() {
        let page = |text: &str| -> Vec<Row> {
            let row = |line: &str| match line {
                "" => Row::default(),
                line => Row::of(line, Role::Text),
            };
            text.split('|').map(row).collect()
        };
        let check = |text: &str, wide, screen, expected: &str| {
            let rows = newspaper(page(text), 5, wide, screen);
            let rows: Vec<String> = rows.iter().map(|row| row.text().to_string()).collect();
            assert_eq!(rows.join("|"), expected, "{wide}×{screen}");
        };
        check("a|b||c|d", 14, 4, "a        c|b        d");
        check("a|b||c|d", 14, 6, "a|b||c|d");
        check("a|b||c|d", 13, 4, "a|b||c|d");
        check("a|b||c|d", 14, 3, "a        c|b        d");
        check("a|b||c|d", 14, 2, "a|b||c|d");
        check(
            "a||b||c|d",
            23,
            3,
            "a        b        c|                  d",
        );
        check("a|b|c|d|e", 14, 4, "a|b|c|d|e");
    }

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
