//! Pages of text that are no entry's: help, descriptions, listings.
//! No line is wider than the width; a line that is broken goes on under its own words.

use std::io;

use crate::cli::output::Output;
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::text::{SafeText, measure};

/// Cells between columns.
const GAP: usize = 2;
/// Cells that the words of a listing get at least.
const ROOM: usize = 12;

/// Prints a text, its lines broken where they are too wide.
pub fn text(out: &mut Output, text: &str) -> io::Result<()> {
    let rows = SafeText::clean(text.trim_end())
        .split('\n')
        .flat_map(|l| line(l, out.style.width))
        .collect::<Vec<Row>>();
    out.rows(&rows)
}

/// One line as rows. What hangs does so under the second column, when the line has columns.
fn line(line: &str, width: usize) -> Vec<Row> {
    let line = line.trim_end();
    if measure::width(line) <= width {
        return vec![Row::from_runs(inked(line))];
    }
    let indent = line.len() - line.trim_start().len();
    let words = line.trim_start();
    let column = words.find("  ").map(|at| {
        at + words
            .get(at..)
            .map_or(0, |rest| rest.len() - rest.trim_start().len())
    });
    let hang = indent + column.filter(|c| indent + c < width / 2).unwrap_or(2);
    wrap(&inked(line), width, 0, hang)
}

/// A line of help in its roles: headings, what is typed, and what it does.
fn inked(line: &str) -> Vec<Run> {
    let words = line.trim_start();
    let is_indented = words.len() < line.len();
    let lead = line.len() - words.len();
    let typed = ["-", "$ ", "<", "["]
        .iter()
        .any(|sign| words.starts_with(sign));
    let column = words.find("  ").map(|at| lead + at);
    let (end, role) = match column {
        None if !is_indented && line.ends_with(':') => (line.len(), Role::Heading),
        None if line.starts_with("Usage: ") => ("Usage:".len(), Role::Heading),
        None if is_indented && typed => (line.len(), Role::Key),
        Some(at) if !is_indented => (at, Role::Heading),
        Some(at) if typed || lead <= 2 => (at, Role::Key),
        None | Some(_) => return vec![Run::new(line, Role::Text)],
    };
    let (first, rest) = line.split_at_checked(end).unwrap_or((line, ""));
    vec![Run::new(first, role), Run::new(rest, Role::Text)]
}

/// Rows of a listing: short columns of fixed widths, then words that hang under themselves. Where the words would get
/// less than [`ROOM`], each column stands on its own row and the words are indented.
pub fn listed(columns: Vec<Run>, widths: &[usize], words: Run, width: usize) -> Vec<Row> {
    let hang: usize = widths.iter().map(|w| w + GAP).sum();
    if hang + ROOM > width {
        let mut rows: Vec<Row> = columns
            .into_iter()
            .flat_map(|run| wrap(&[run], width, 0, GAP))
            .collect();
        rows.extend(wrap(&[words], width, GAP, GAP));
        return rows;
    }
    let mut lead = Row::default();
    let mut column = 0;
    for (run, wide) in columns.into_iter().zip(widths) {
        lead.push(run);
        column += wide + GAP;
        lead.pad_to(column);
    }
    let mut rows = wrap(&[words], width - hang, 0, 0);
    for (i, row) in rows.iter_mut().enumerate() {
        let before = if i == 0 {
            lead.runs.clone()
        } else {
            vec![Run::new(" ".repeat(hang), Role::Text)]
        };
        row.runs.splice(0..0, before);
    }
    rows
}

/// The widest text of a column, in cells.
pub fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    texts.into_iter().map(measure::width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hang_under_their_words() {
        let check = |input: &str, width, expected: &[&str]| {
            let rows: Vec<String> = line(input, width)
                .iter()
                .map(|r| r.text().to_string())
                .collect();
            assert_eq!(rows, expected);
        };
        check("  short", 20, &["  short"]);
        check(
            "  --in  only this kind of",
            20,
            &["  --in  only this", "        kind of"],
        );
        check(
            "one two three four five",
            12,
            &["one two", "  three four", "  five"],
        );
        let rows = |width| {
            let columns = vec![Run::ours("j Down", Role::Key), Run::ours("down", Role::Dim)];
            listed(
                columns,
                &[7, 6],
                Run::ours("One row down, or more", Role::Text),
                width,
            )
        };
        let text = |rows: Vec<Row>| {
            rows.iter()
                .map(|r| r.text().to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(text(rows(80)), ["j Down   down    One row down, or more"]);
        assert_eq!(
            text(rows(30)),
            ["j Down   down    One row down,", "                 or more"]
        );
        assert_eq!(
            text(rows(20)),
            ["j Down", "down", "  One row down, or", "  more"]
        );
        check(
            "    a-long-flag-name  words that go on",
            20,
            &["    a-long-flag-name", "      words that go", "      on"],
        );
    }
}
