//! The cells of a chart: lines of braille dots, or of their letters in ASCII, told apart by how they are dashed.
//! ratatui's canvas paints into a buffer of a terminal; these rows are printed too, and its lines know neither dashes nor
//! letters.

use crate::layout::row::{Role, Run};
use crate::text::SafeText;

/// Letters that stand side by side where lines meet.
pub(super) const SHOWN: usize = 3;

/// How a line is drawn.
#[derive(Clone, Copy)]
pub(super) struct LinePen {
    /// Which of the ways to be dashed.
    pub dashes: usize,
    pub letter: char,
    pub role: Role,
    pub ascii: bool,
}

/// How a line is dashed: dots of eight in a row that are drawn.
fn is_drawn(line: usize, x: usize) -> bool {
    let patterns = [
        [true; 8],
        pattern("xxxxx..."),
        pattern("x.x.x.x."),
        pattern("xxxx.x.."),
        pattern("xx..xx.."),
    ];
    let all = patterns.len();
    patterns
        .get(line % all)
        .is_none_or(|p| p.get(x % 8).copied().unwrap_or(true))
}

const fn pattern(signs: &str) -> [bool; 8] {
    let (bytes, mut drawn, mut i) = (signs.as_bytes(), [false; 8], 0);
    while i < 8 && i < bytes.len() {
        drawn[i] = bytes[i] == b'x';
        i += 1;
    }
    drawn
}

/// Three cells of a line as it is drawn, for a legend; in ASCII its letter.
pub fn sample(line: usize, letter: char, ascii: bool) -> SafeText {
    if ascii {
        return crate::safe!("{letter}{letter}{letter}");
    }
    let dot = |cell: usize, x: usize| {
        if is_drawn(line, 2 * cell + x) {
            [0x04, 0x20].get(x).copied().unwrap_or(0)
        } else {
            0
        }
    };
    (0..4)
        .map(|cell| braille(dot(cell, 0) | dot(cell, 1)))
        .collect::<String>()
        .into()
}

fn braille(dots: u8) -> char {
    char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' ')
}

/// The cells of the picture proper.
pub(super) struct Plot {
    columns: usize,
    dots: Vec<u8>,
    letters: Vec<Option<char>>,
    roles: Vec<Role>,
}

impl Plot {
    pub(super) fn new(columns: usize, rows: usize) -> Self {
        let cells = columns * rows;
        Self {
            columns,
            dots: vec![0; cells],
            letters: vec![None; cells],
            roles: vec![Role::Text; cells],
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
                span.filter(|_| pen.ascii || is_drawn(pen.dashes, x))
                    .for_each(|dot| self.dot(x, dot, pen));
                end = Some((y / 4, x / 2));
            }
            before = here;
        }
        if let Some((row, column)) = end {
            // Lines that end in one cell have their letters side by side.
            let letter_at = |column: &usize| self.letters.get(row * self.columns + column);
            let taken = |c: &usize| !pen.ascii && letter_at(c).is_some_and(Option::is_some);
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
        let cell = y / 4 * self.columns + x / 2;
        let bit = BITS
            .get(x % 2)
            .and_then(|b| b.get(y % 4))
            .copied()
            .unwrap_or(0);
        if let (Some(dots), Some(role)) = (self.dots.get_mut(cell), self.roles.get_mut(cell)) {
            *dots |= bit;
            *role = pen.role;
        }
    }

    pub(super) fn letter(&mut self, row: usize, column: usize, letter: char, role: Role) {
        let cell = row * self.columns + column;
        if let (Some(slot), Some(kept)) = (self.letters.get_mut(cell), self.roles.get_mut(cell)) {
            *slot = Some(letter);
            *kept = role;
        }
    }

    /// A row as runs of one role each.
    pub(super) fn runs(&self, y: usize) -> Vec<Run> {
        let mut runs: Vec<(String, Role)> = Vec::new();
        for cell in y * self.columns..(y + 1) * self.columns {
            let dots = self.dots.get(cell).copied().unwrap_or(0);
            let letter = self.letters.get(cell).copied().flatten();
            let sign = letter.unwrap_or(if dots == 0 { ' ' } else { braille(dots) });
            let role = if sign == ' ' {
                Role::Text
            } else {
                self.roles.get(cell).copied().unwrap_or_default()
            };
            match runs.last_mut() {
                Some((words, last)) if *last == role => words.push(sign),
                Some(_) | None => runs.push((sign.to_string(), role)),
            }
        }
        runs.into_iter()
            .map(|(words, role)| Run::new(words, role))
            .collect()
    }
}
