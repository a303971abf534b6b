//! The cells of a chart: solid lines of braille dots, two dots thick, or of their letters in ASCII. Each carries its letter,
//! so that lines are told apart without color too.
//! ratatui's canvas paints into a buffer of a terminal; these rows are printed too, and its lines know no letters.

use crate::layout::row::{Role, Run};

/// Letters that stand side by side where lines meet.
pub(super) const SHOWN: usize = 3;

#[derive(Clone, Copy)]
pub(super) struct LinePen {
    pub letter: char,
    pub role: Role,
    pub ascii: bool,
}

fn braille(dots: u8) -> char {
    char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' ')
}

/// A cell of the picture proper: a letter lies on top of dots.
#[derive(Clone, Copy, Default)]
struct PlotCell {
    dots: u8,
    letter: Option<char>,
    role: Role,
}

/// The cells of the picture proper, row by row.
pub(super) struct Plot {
    columns: usize,
    rows: usize,
    cells: Vec<PlotCell>,
}

impl Plot {
    pub(super) fn new(columns: usize, rows: usize) -> Self {
        Self {
            columns,
            rows,
            cells: vec![PlotCell::default(); columns * rows],
        }
    }

    /// Draws a line through dots, two a cell from the left, its letter in the last cell that it reaches.
    pub(super) fn line(&mut self, pen: LinePen, dots: impl Iterator<Item = Option<usize>>) {
        let mut before: Option<usize> = None;
        let mut end = None;
        for (x, here) in dots.take(2 * self.columns).enumerate() {
            if let Some(y) = here {
                // Steep parts are filled, half a way from each side, so that the line holds together.
                let from = before.map_or(y, |b| if b < y { b + 1 } else { b.saturating_sub(1) });
                let span = if before == here {
                    y..=y
                } else {
                    from.min(y)..=from.max(y)
                };
                span.for_each(|dot| self.dot(x, dot, pen));
                // Two dots thick, both in one cell, so that a level line is one.
                if !pen.ascii {
                    let beside = if y % 4 == 3 { y - 1 } else { y + 1 };
                    self.dot(x, beside, pen);
                }
                end = Some((y / 4, x / 2));
            }
            before = here;
        }
        if let Some((row, column)) = end {
            // Lines that end in one cell have their letters side by side.
            let cell_at = |column: &usize| self.cells.get(row * self.columns + column);
            let taken = |c: &usize| !pen.ascii && cell_at(c).is_some_and(|c| c.letter.is_some());
            let mut last = (column.saturating_sub(SHOWN - 1)..=column).rev();
            let free = last.find(|c| !taken(c)).unwrap_or(column);
            self.letter(row, free, pen.letter, pen.role);
        }
    }

    fn dot(&mut self, x: usize, y: usize, pen: LinePen) {
        const BITS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
        if pen.ascii {
            return self.letter(y / 4, x / 2, pen.letter, pen.role);
        }
        let bit = BITS.get(x % 2).and_then(|bits| bits.get(y % 4));
        if let Some(cell) = self.cells.get_mut(y / 4 * self.columns + x / 2) {
            cell.dots |= bit.copied().unwrap_or(0);
            cell.role = pen.role;
        }
    }

    /// A thin line from top to bottom wherever nothing else is drawn.
    pub(super) fn guide(&mut self, column: usize) {
        for row in 0..self.rows {
            let cell = self.cells.get_mut(row * self.columns + column);
            let empty = cell.filter(|cell| cell.dots == 0 && cell.letter.is_none());
            if let Some(cell) = empty {
                (cell.letter, cell.role) = (Some('┊'), Role::Rule);
            }
        }
    }

    pub(super) fn letter(&mut self, row: usize, column: usize, letter: char, role: Role) {
        if let Some(cell) = self.cells.get_mut(row * self.columns + column) {
            cell.letter = Some(letter);
            cell.role = role;
        }
    }

    /// A row as runs of one role each.
    pub(super) fn runs(&self, y: usize) -> Vec<Run> {
        let mut runs: Vec<(String, Role)> = Vec::new();
        for cell in self.cells.chunks(self.columns).nth(y).unwrap_or_default() {
            let sign = match (cell.letter, cell.dots) {
                (Some(letter), _) => letter,
                (None, 0) => ' ',
                (None, dots) => braille(dots),
            };
            let role = if sign == ' ' { Role::Text } else { cell.role };
            match runs.last_mut() {
                Some((words, last)) if *last == role => words.push(sign),
                Some(_) | None => runs.push((sign.to_string(), role)),
            }
        }
        let run = |(words, role)| Run::new(words, role);
        runs.into_iter().map(run).collect()
    }
}
