//! Words into rows: greedy wrapping of styled runs by display width. Ideographs and kana break as UAX #14 says, so that no
//! row begins with a closing sign or ends with an opening one.
//! No row is wider than asked, for any text at any width from 1; nothing is lost but spaces at a break, and a
//! letter that is wider than the whole row, which becomes `…`. Roles and links live on across breaks.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use crate::layout::row::{Join, Role, Row, Run};
use crate::text::SafeText;
use crate::text::fold::is_ideographic;
use crate::text::measure::{cells, width as width_of};

/// Words up to this many cells move to the next row whole; longer ones may break after hyphens, slashes and such.
const LONG: usize = 24;

/// Wraps runs into rows of at most `width` cells (0 counts as 1), the first row indented by `first_indent` cells and the
/// others by `rest_indent`. An indent takes half of the width at most. A newline ends its row; text without a letter
/// or newline yields no rows.
pub fn wrap(runs: &[Run], width: usize, first_indent: usize, rest_indent: usize) -> Vec<Row> {
    wrap_keeping(runs, width, (first_indent, rest_indent), false)
}

/// Puts words that belong together behind the last row, two cells apart, where they fit, else on a row of their own.
pub fn end_with(rows: &mut Vec<Row>, end: Run, width: usize, indent: usize) {
    let wide = width_of(&end.text);
    match rows.last_mut() {
        _ if wide == 0 => {}
        Some(last) if last.width() + 2 + wide <= width => {
            last.push(Run::ours("  ", Role::Text));
            last.push(end);
        }
        Some(_) | None => rows.extend(wrap(&[end], width, indent, indent)),
    }
}

/// The same; with `whole` an address is never broken, so that its row may be wider than asked.
pub(super) fn wrap_keeping(
    runs: &[Run],
    width: usize,
    (first_indent, rest_indent): (usize, usize),
    whole: bool,
) -> Vec<Row> {
    let width = width.max(1);
    let (first, rest) = (first_indent.min(width / 2), rest_indent.min(width / 2));
    let mut rows = fill_keeping(runs, width - first, width - rest, whole);
    for (i, row) in rows.iter_mut().enumerate() {
        row.indent(if i == 0 { first } else { rest });
    }
    rows
}

/// Wraps runs into a first row of at most `first` cells and others of at most `rest`, without indents.
pub(super) fn fill(runs: &[Run], first: usize, rest: usize) -> Vec<Row> {
    fill_keeping(runs, first, rest, false)
}

/// The same; with `whole` an address is never broken, so that its row may be wider than asked.
pub(super) fn fill_keeping(runs: &[Run], first: usize, rest: usize, whole: bool) -> Vec<Row> {
    let mut filler = Filler::new(runs, first.max(1), rest.max(1));
    filler.whole = whole;
    filler.breaks = breaks(runs);
    for (i, run) in runs.iter().enumerate() {
        filler.take(i, &run.text);
    }
    filler.finish()
}

/// What stands before the rest of a line of code that was too long.
const GOES_ON: &str = "… ";

/// Cuts the lines of a run where they are longer than `width` cells, without looking for words: for code. What is left of
/// a line goes on in rows behind a mark, where there is room for one.
pub(super) fn chop(run: &Run, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in run.text.split('\n') {
        let from = rows.len();
        let end = start + line.len();
        let mark = if width > 4 * width_of(GOES_ON) {
            width_of(GOES_ON)
        } else {
            0
        };
        let (first, rest) = (width.max(1), (width - mark).max(1));
        let mut filler = Filler::new(std::slice::from_ref(run), first, rest);
        filler.word.add(0, start..end, width_of(line));
        filler.place_long(false);
        rows.extend(filler.finish());
        if rows.len() == from {
            rows.push(Row::default());
        }
        for row in rows.iter_mut().skip(from + 1).filter(|_| mark > 0) {
            row.runs.insert(0, Run::ours(GOES_ON, Role::Dim));
            row.lead += 1;
        }
        start = end + 1;
    }
    rows
}

/// A stretch of one run.
#[derive(Clone)]
struct Piece {
    run: usize,
    range: Range<usize>,
    /// The letter is wider than any row and is shown as `…`.
    swapped: bool,
}

/// Pieces in a row and their width.
#[derive(Default)]
struct WrappedLine {
    pieces: Vec<Piece>,
    cells: usize,
}

impl WrappedLine {
    /// Adds a stretch; it melts into the last one when it goes on from there.
    fn add(&mut self, run: usize, range: Range<usize>, cells: usize) {
        self.cells += cells;
        match self.pieces.last_mut() {
            Some(last) if last.run == run && last.range.end == range.start && !last.swapped => {
                last.range.end = range.end
            }
            _ => self.pieces.push(Piece {
                run,
                range,
                swapped: false,
            }),
        }
    }

    fn append(&mut self, other: &mut WrappedLine) {
        for piece in other.pieces.drain(..) {
            self.add(piece.run, piece.range, 0);
        }
        self.cells += std::mem::take(&mut other.cells);
    }

    fn clear(&mut self) {
        self.pieces.clear();
        self.cells = 0;
    }

    fn is_address(&self, runs: &[Run]) -> bool {
        let first = self.pieces.first().and_then(|piece| runs.get(piece.run));
        first.is_some_and(Run::is_address)
    }
}

/// One grapheme of a long word.
struct LongWordUnit {
    run: usize,
    range: Range<usize>,
    cells: usize,
    /// A row may end after it.
    soft: bool,
}

struct Filler<'a> {
    runs: &'a [Run],
    first: usize,
    rest: usize,
    rows: Vec<Row>,
    line: WrappedLine,
    /// How that row follows from the one above.
    join: Join,
    /// Spaces after it, dropped when it ends here.
    space: WrappedLine,
    /// The word in the making; it may span runs.
    word: WrappedLine,
    /// Addresses are not broken.
    whole: bool,
    /// Where a row may end without a space, in bytes of all runs together; in order.
    breaks: Vec<usize>,
    /// Where the run in hand begins among all.
    offset: usize,
}

impl<'a> Filler<'a> {
    fn new(runs: &'a [Run], first: usize, rest: usize) -> Self {
        Self {
            runs,
            first,
            rest,
            rows: Vec::new(),
            line: WrappedLine::default(),
            join: Join::Starts,
            space: WrappedLine::default(),
            word: WrappedLine::default(),
            whole: false,
            breaks: Vec::new(),
            offset: 0,
        }
    }

    fn take(&mut self, run: usize, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            match byte {
                b'\n' => {
                    at += 1;
                    self.end_word();
                    self.space.clear();
                    self.end_row(Join::Starts);
                }
                b' ' => {
                    at += bytes.iter().skip(at).take_while(|b| **b == b' ').count();
                    self.end_word();
                    self.space.add(run, start..at, at - start);
                }
                _ => {
                    let next = self.breaks.partition_point(|b| *b <= self.offset + at);
                    let next = self
                        .breaks
                        .get(next)
                        .map_or(usize::MAX, |b| b - self.offset);
                    let cells;
                    (at, cells) = word_end(text, at, next);
                    self.word.add(run, start..at, cells);
                    if at == next {
                        self.end_word();
                    }
                }
            }
        }
        self.offset += text.len();
    }

    fn finish(mut self) -> Vec<Row> {
        self.end_word();
        if !self.line.pieces.is_empty() || self.join == Join::Starts && !self.rows.is_empty() {
            self.end_row(Join::Starts);
        }
        self.rows
    }

    /// Room of the row in the making, in cells.
    fn limit(&self) -> usize {
        if self.rows.is_empty() {
            self.first
        } else {
            self.rest
        }
    }

    fn end_word(&mut self) {
        if self.word.pieces.is_empty() {
            return;
        }
        if self.line.cells + self.space.cells + self.word.cells <= self.limit() {
            self.line.append(&mut self.space);
            self.line.append(&mut self.word);
        } else if self.word.cells <= self.rest.min(LONG) && !self.line.pieces.is_empty() {
            self.end_row(self.at_break());
            self.line.append(&mut self.word);
        } else {
            self.place_long(true);
        }
    }

    /// How the next row follows when this one ends before the word in hand.
    fn at_break(&self) -> Join {
        if self.space.pieces.is_empty() {
            Join::InWord
        } else {
            Join::AfterSpace
        }
    }

    /// Spreads a long word over rows: first what fits behind a hyphen or slash, else as much as a row takes.
    fn place_long(&mut self, soft: bool) {
        let units = self.units(soft);
        let whole = self.whole && self.word.is_address(self.runs);
        self.word.clear();
        let mut rest = units.as_slice();
        while let Some(first) = rest.first() {
            let fresh = self.line.pieces.is_empty();
            if fresh {
                self.space.clear();
            }
            let mut count = self.count(rest, fresh);
            if count > 0 {
                // An address that begins on this row goes on to its end, past the width.
                count = if whole { rest.len() } else { count };
                let (now, later) = rest.split_at(count);
                self.line.append(&mut self.space);
                now.iter()
                    .for_each(|u| self.line.add(u.run, u.range.clone(), u.cells));
                rest = later;
            } else if fresh && first.cells > self.rest {
                self.line.pieces.push(Piece {
                    run: first.run,
                    range: first.range.clone(),
                    swapped: true,
                });
                self.line.cells += 1;
                rest = rest.get(1..).unwrap_or(&[]);
            }
            if !rest.is_empty() {
                self.end_row(if count == 0 && !fresh {
                    self.at_break()
                } else {
                    Join::InWord
                });
            }
        }
    }

    /// How many units go into the row in the making.
    fn count(&self, units: &[LongWordUnit], fresh: bool) -> usize {
        let Some(room) = self.limit().checked_sub(self.line.cells + self.space.cells) else {
            return 0;
        };
        let (fits, soft) = fitting(units, room);
        match soft {
            _ if fits == units.len() => fits,
            Some(soft) => soft,
            // A row that was empty must take something, or the word would never end.
            None if fresh => fits,
            None => 0,
        }
    }

    fn units(&self, soft: bool) -> Vec<LongWordUnit> {
        let mut units: Vec<LongWordUnit> = Vec::with_capacity(self.word.cells);
        for piece in &self.word.pieces {
            let text = self.text(piece.run);
            let mut at = piece.range.start;
            while at < piece.range.end {
                let (length, cells) = unit(text, at);
                units.push(LongWordUnit {
                    run: piece.run,
                    range: at..at + length,
                    cells,
                    soft: false,
                });
                at += length;
            }
        }
        if soft {
            for i in 0..units.len() {
                let soft = self.may_end_after(&units, i);
                if let Some(unit) = units.get_mut(i) {
                    unit.soft = soft;
                }
            }
        }
        units
    }

    /// Whether a row may end after this grapheme: a wide letter that is no ideograph, or a sign that parts an address, but
    /// never before a slash.
    fn may_end_after(&self, units: &[LongWordUnit], at: usize) -> bool {
        let text = |i: Option<usize>| {
            i.and_then(|i| units.get(i))
                .and_then(|u| self.text(u.run).get(u.range.clone()))
                .unwrap_or("")
        };
        let here = text(Some(at));
        let (before, after) = (text(at.checked_sub(1)), text(Some(at + 1)));
        match here {
            "/" => after != "/",
            "-" | "." | "?" | "&" | "=" | "_" | "–" | "—" => {
                before != here && !before.is_empty() && after != "/"
            }
            _ => {
                units.get(at).is_some_and(|u| u.cells == 2)
                    && !here.chars().chain(after.chars()).any(is_ideographic)
            }
        }
    }

    fn text(&self, run: usize) -> &'a str {
        self.runs.get(run).map_or("", |r| r.text.as_str())
    }

    fn end_row(&mut self, next: Join) {
        let runs = self.runs;
        let made = self.line.pieces.drain(..).filter_map(|piece| {
            let run = runs.get(piece.run)?;
            let text = if piece.swapped {
                SafeText::ours("…")
            } else {
                run.text.slice(piece.range)
            };
            Some(Run {
                text,
                role: run.role,
                link: run.link,
            })
        });
        self.rows.push(Row {
            runs: made.collect(),
            join: self.join,
            ..Row::default()
        });
        self.line.cells = 0;
        self.space.clear();
        self.join = next;
    }
}

/// How many units fit into `room` cells, and how many when the row must end softly.
fn fitting(units: &[LongWordUnit], room: usize) -> (usize, Option<usize>) {
    let (mut used, mut soft) = (0, None);
    for (i, unit) in units.iter().enumerate() {
        used += unit.cells;
        if used > room {
            return (i, soft);
        }
        if unit.soft {
            soft = Some(i + 1);
        }
    }
    (units.len(), soft)
}

/// Length in bytes and width in cells of the grapheme at a boundary.
fn unit(text: &str, at: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let ascii = |i: usize| bytes.get(i).is_none_or(u8::is_ascii);
    if ascii(at) && ascii(at + 1) {
        return (1, 1);
    }
    let grapheme = text
        .get(at..)
        .and_then(|t| t.graphemes(true).next())
        .unwrap_or(" ");
    (grapheme.len(), cells(grapheme))
}

/// Where rows may end without a space: beside ideographs and kana, where UAX #14 allows it. Words of other scripts stay
/// whole, though it would let them break behind their hyphens.
fn breaks(runs: &[Run]) -> Vec<usize> {
    let has_ideographs = |run: &Run| !run.text.is_ascii() && run.text.contains(is_ideographic);
    if !runs.iter().any(has_ideographs) {
        return Vec::new();
    }
    let all: String = runs.iter().map(|run| run.text.as_str()).collect();
    let is_beside = |at: usize| {
        let (before, after) = all.split_at_checked(at).unwrap_or((&all, ""));
        let sides = [before.chars().next_back(), after.chars().next()];
        sides.into_iter().flatten().any(is_ideographic)
    };
    let allowed = linebreaks(&all).filter(|(_, how)| *how == BreakOpportunity::Allowed);
    allowed
        .map(|(at, _)| at)
        .filter(|at| is_beside(*at))
        .collect()
}

/// Where the word at `at` ends, at `limit` at the latest, and its width.
fn word_end(text: &str, mut at: usize, limit: usize) -> (usize, usize) {
    let mut cells = 0;
    while text
        .as_bytes()
        .get(at)
        .is_some_and(|b| *b != b' ' && *b != b'\n' && at < limit)
    {
        let (length, wide) = unit(text, at);
        at += length;
        cells += wide;
    }
    (at, cells)
}

#[cfg(test)]
pub(super) mod tests;
