//! Finding words on a page, and showing where they are.
//! A needle is found wherever a reader sees it, across styles and across the breaks of a paragraph.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::layout::row::{Join, Page, Role, Row, Run};
use crate::text::fold::fold;
use crate::text::measure::cells;

/// Cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellRange {
    /// The row, from 0.
    pub row: usize,
    /// The first column, from 0.
    pub start: usize,
    /// The column after the last.
    pub end: usize,
}

/// A hit: where it starts, and where it goes on when a row ended within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageHit {
    /// The row it starts on, from 0.
    pub row: usize,
    /// Its first cell there.
    pub start: usize,
    /// The cell behind its last one there.
    pub end: usize,
    /// Its spots on the rows that follow; nearly always none.
    pub more: Vec<CellRange>,
}

impl Page {
    /// All hits of a needle folded by [`crate::text::fold::fold`], from top to bottom. An empty needle has none.
    pub fn find(&self, needle: &str) -> Vec<PageHit> {
        let mut hits = Vec::new();
        let mut from = 0;
        while from < self.rows.len() && !needle.trim().is_empty() {
            let (mut folded, mut next) = (FoldedText::default(), from + 1);
            let rows = self.rows.iter().enumerate().skip(from);
            for (number, row) in rows.take_while(|(n, r)| *n == from || r.join != Join::Starts) {
                folded.row(number, row);
                next = number + 1;
            }
            let found = folded.text.match_indices(needle);
            hits.extend(found.filter_map(|(at, _)| folded.hit(at..at + needle.len())));
            from = next;
        }
        hits
    }
}

/// A row with its hits marked; the flag says which is the one that `n` goes on from.
pub fn marked(row: &Row, hits: &[(PageHit, bool)]) -> Row {
    let role = |now: bool| if now { Role::HitFocus } else { Role::Hit };
    let marks: Vec<(Range<usize>, Role)> = hits
        .iter()
        .map(|(h, now)| (h.start..h.end, role(*now)))
        .collect();
    row.recut(&marks)
}

impl PageHit {
    /// All its spots, from top to bottom.
    pub fn spots(&self) -> impl Iterator<Item = CellRange> + '_ {
        std::iter::once(CellRange {
            row: self.row,
            start: self.start,
            end: self.end,
        })
        .chain(self.more.iter().copied())
    }

    /// What of it stands on a row, as a hit of that row alone.
    pub fn on(&self, row: usize) -> Option<PageHit> {
        let spot = self.spots().find(|s| s.row == row)?;
        Some(PageHit {
            row,
            start: spot.start,
            end: spot.end,
            more: Vec::new(),
        })
    }
}

impl Row {
    /// The row with other roles on some stretches of cells.
    pub fn recut(&self, marks: &[(Range<usize>, Role)]) -> Row {
        let mut row = Row {
            runs: Vec::with_capacity(self.runs.len()),
            ..*self
        };
        let mut column = 0;
        for run in &self.runs {
            let part = |range: Range<usize>, role| Run {
                text: run.text.slice(range),
                role,
                link: run.link,
            };
            let (mut from, mut role) = (0, run.role);
            for (at, grapheme) in run.text.grapheme_indices(true) {
                let wanted = marks
                    .iter()
                    .find(|(range, _)| range.contains(&column))
                    .map_or(run.role, |(_, role)| *role);
                if wanted != role && at > from {
                    row.push(part(from..at, role));
                    from = at;
                }
                role = wanted;
                column += cells(grapheme);
            }
            if from < run.text.len() {
                row.push(part(from..run.text.len(), role));
            }
        }
        row
    }
}

/// A paragraph's folded letters, and where each stands.
#[derive(Default)]
struct FoldedText {
    text: String,
    /// Where a grapheme's letters start in `text`, and its spot.
    marks: Vec<(usize, CellRange)>,
}

impl FoldedText {
    /// The first row counts as a whole; of the others, not what stands at their left.
    fn row(&mut self, number: usize, row: &Row) {
        let goes_on = !self.marks.is_empty();
        if let (Some((_, last)), Join::AfterSpace) = (self.marks.last(), row.join) {
            let (row, start, end) = (last.row, last.end, last.end);
            self.letter(" ", CellRange { row, start, end });
        }
        let lead = if goes_on { usize::from(row.lead) } else { 0 };
        let mut column = 0;
        for (i, run) in row.runs.iter().enumerate() {
            for grapheme in run.text.graphemes(true) {
                let (row, start, end) = (number, column, column + cells(grapheme));
                if i >= lead {
                    self.letter(grapheme, CellRange { row, start, end });
                }
                column = end;
            }
        }
    }

    fn letter(&mut self, grapheme: &str, spot: CellRange) {
        let at = self.text.len();
        match grapheme.as_bytes() {
            [b] if b.is_ascii() => self.put(char::from(*b).to_ascii_lowercase()),
            _ => fold(grapheme).chars().for_each(|c| self.put(c)),
        }
        if self.text.len() > at {
            self.marks.push((at, spot));
        }
    }

    fn put(&mut self, c: char) {
        match c {
            ' ' | '-' | '_' if self.text.ends_with(' ') => {}
            ' ' | '-' | '_' => self.text.push(' '),
            _ => self.text.push(c),
        }
    }

    /// The cells that some folded letters stand on.
    fn hit(&self, range: Range<usize>) -> Option<PageHit> {
        let behind = self.marks.partition_point(|(at, _)| *at <= range.start);
        let last = self.marks.partition_point(|(at, _)| *at < range.end);
        let marks = self.marks.get(behind.checked_sub(1)?..last)?;
        let mut spots: Vec<CellRange> = Vec::new();
        for (_, spot) in marks.iter().filter(|(_, s)| s.start < s.end) {
            match spots.last_mut() {
                Some(open) if open.row == spot.row => open.end = spot.end,
                _ => spots.push(*spot),
            }
        }
        let first = *spots.first()?;
        Some(PageHit {
            row: first.row,
            start: first.start,
            end: first.end,
            more: spots.split_off(1),
        })
    }
}
