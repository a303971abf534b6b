//! Words into rows: greedy wrapping of styled runs by display width.
//! No row is wider than asked, for any text at any width from 1; nothing is lost but spaces at a break, and a
//! letter that is wider than the whole row, which becomes `…`. Roles and links live on across breaks.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::layout::row::{Join, Row, Run};
use crate::text::SafeText;
use crate::text::measure::{cells, width as width_of};

/// Words up to this many cells move to the next row whole; longer ones may break after hyphens, slashes and such.
const LONG: usize = 24;

/// Wraps runs into rows of at most `width` cells (0 counts as 1), the first row indented by `first_indent` cells and the
/// others by `rest_indent`. An indent takes half of the width at most. A newline ends its row; text without a letter
/// or newline yields no rows.
pub fn wrap(runs: &[Run], width: usize, first_indent: usize, rest_indent: usize) -> Vec<Row> {
    wrap_keeping(runs, width, (first_indent, rest_indent), false)
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
    for (i, run) in runs.iter().enumerate() {
        filler.take(i, &run.text);
    }
    filler.finish()
}

/// Cuts runs into rows of exactly `width` cells where they are longer, without looking for words: for code.
pub(super) fn chop(run: &Run, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in run.text.split('\n') {
        let from = rows.len();
        let end = start + line.len();
        let mut filler = Filler::new(std::slice::from_ref(run), width.max(1), width.max(1));
        filler.word.add(0, start..end, width_of(line));
        filler.place_long(false);
        rows.extend(filler.finish());
        if rows.len() == from {
            rows.push(Row::default());
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
                    let cells;
                    (at, cells) = word_end(text, at);
                    self.word.add(run, start..at, cells);
                }
            }
        }
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
            self.end_row(Join::AfterSpace);
            self.line.append(&mut self.word);
        } else {
            self.place_long(true);
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
                    Join::AfterSpace
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

    /// Whether a row may end after this grapheme: a wide one, or a sign that parts an address, but never before a slash.
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
            _ => units.get(at).is_some_and(|u| u.cells == 2),
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

/// Where the word at `at` ends, and its width.
fn word_end(text: &str, mut at: usize) -> (usize, usize) {
    let mut cells = 0;
    while text
        .as_bytes()
        .get(at)
        .is_some_and(|b| *b != b' ' && *b != b'\n')
    {
        let (length, wide) = unit(text, at);
        at += length;
        cells += wide;
    }
    (at, cells)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::row::Role;
    use crate::text::measure;

    #[track_caller]
    fn check(input: &str, width: usize, expected: &[&str]) {
        let rows = wrap(&[Run::new(input, Role::Text)], width, 0, 0);
        let texts: Vec<String> = rows.iter().map(|r| r.text().to_string()).collect();
        assert_eq!(texts, expected, "{input:?} at {width}");
    }

    #[test]
    fn words_move_whole_and_spaces_at_a_break_go() {
        check(
            "nobody calls it, nobody pays",
            12,
            &["nobody calls", "it, nobody", "pays"],
        );
        check("a  b", 10, &["a  b"]);
        check("a   b", 3, &["a", "b"]);
        check("  kept", 10, &["  kept"]);
        check("one\ntwo\n\nthree", 10, &["one", "two", "", "three"]);
        check("", 10, &[]);
        check("\n", 10, &["", ""]);
        check("end   ", 10, &["end"]);
        check("scale-to-zero view", 10, &["scale-to-", "zero view"]);
        check(
            "the scale-to-zero view",
            14,
            &["the", "scale-to-zero", "view"],
        );
    }

    #[test]
    fn long_words_break_after_signs_and_then_anywhere() {
        check(
            "see https://aws.amazon.com/lambda/pricing now",
            20,
            &["see https://aws.", "amazon.com/lambda/", "pricing now"],
        );
        check("abcdefghij", 4, &["abcd", "efgh", "ij"]);
        check("x abcdefghij", 4, &["x", "abcd", "efgh", "ij"]);
        check("日本語の文章", 5, &["日本", "語の", "文章"]);
        check("日本", 1, &["…", "…"]);
        check(
            "e\u{301}e\u{301}e\u{301}",
            2,
            &["e\u{301}e\u{301}", "e\u{301}"],
        );
    }

    #[test]
    fn indents_hang_and_shrink() {
        let texts = |width, first, rest| {
            let rows = wrap(
                &[Run::ours("one two three", Role::Text)],
                width,
                first,
                rest,
            );
            rows.iter()
                .map(|r| r.text().to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(10, 0, 2), ["one two", "  three"]);
        assert_eq!(texts(8, 2, 0), ["  one", "two", "three"]);
        assert_eq!(texts(6, 60, 60), ["   one", "   two", "   thr", "   ee"]);
    }

    #[test]
    fn roles_and_links_live_on_across_breaks() {
        let mut link = Run::ours("cold start", Role::Link);
        link.link = Some(3);
        let rows = wrap(
            &[
                Run::ours("a ", Role::Text),
                link,
                Run::ours("!", Role::Text),
            ],
            6,
            0,
            0,
        );
        let seen: Vec<Vec<(&str, Option<u16>)>> = rows
            .iter()
            .map(|r| r.runs.iter().map(|r| (r.text.as_str(), r.link)).collect())
            .collect();
        let expected: [&[(&str, Option<u16>)]; 2] = [
            &[("a ", None), ("cold", Some(3))],
            &[("start", Some(3)), ("!", None)],
        ];
        assert_eq!(seen, expected);
        assert_eq!(
            (rows[0].join, rows[1].join),
            (Join::Starts, Join::AfterSpace)
        );
    }

    #[test]
    fn code_is_cut_hard_and_keeps_its_spaces() {
        let rows = chop(&Run::ours("  a b c d\n\nx", Role::Code), 5);
        let texts: Vec<String> = rows.iter().map(|r| r.text().to_string()).collect();
        assert_eq!(texts, ["  a b", " c d", "", "x"]);
    }

    #[test]
    fn a_word_without_end_is_quick() {
        let word = Run::new("x".repeat(200_000), Role::Text);
        let rows = wrap(&[word], 80, 0, 0);
        assert_eq!(rows.len(), 2500);
    }

    /// Text as authors and attackers write it.
    pub(in super::super) fn letters() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(vec![
            "日",
            "👩\u{200d}🔬",
            "🇩🇪",
            "e\u{301}",
            "\u{fdfa}",
            "क्षि",
            "1\u{fe0f}\u{20e3}",
            "☺\u{fe0f}",
            "—",
            "\u{a0}",
            "ᄀᄀᄀ",
        ]);
        prop::collection::vec(
            prop_oneof![6 => "[a-z/:?-]{1,12}", 4 => " {1,3}".prop_map(String::from), 1 => "\n", 2 => odd.prop_map(String::from), 1 => ".{0,4}"],
            0..24,
        )
        .prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn rows_fit_and_nothing_is_lost(
            parts in prop::collection::vec((letters(), prop::option::of(0u16..3)), 0..6),
            (width, first, rest) in (1usize..50, 0usize..60, 0usize..60),
        ) {
            let runs: Vec<Run> = parts.iter().map(|(t, link)| Run { link: *link, ..Run::new(t.as_str(), Role::Text) }).collect();
            let rows = wrap(&runs, width, first, rest);
            let ink = |runs: &[Run]| runs.iter().flat_map(|r| r.text.graphemes(true).map(|g| (g.to_owned(), r.link)).collect::<Vec<_>>())
                .filter(|(g, _)| !matches!(g.as_str(), " " | "\n")).collect::<Vec<_>>();
            let seen: Vec<_> = rows.iter().flat_map(|r| ink(r.runs.get(usize::from(r.lead)..).unwrap())).collect();
            let given = ink(&runs);
            prop_assert_eq!(seen.len(), given.len());
            for (s, g) in seen.iter().zip(&given) {
                prop_assert!(s == g || s.0 == "…" && s.1 == g.1 && measure::cells(&g.0) > width - rest.min(width / 2), "{:?} {:?}", s, g);
            }
            for row in &rows {
                prop_assert!(row.width() <= width, "{:?} at {}", row.text(), width);
                prop_assert!(row.runs.iter().all(|r| !r.text.is_empty() && !r.text.contains('\n')));
                prop_assert!(row.runs.is_empty() || !row.text().trim().is_empty() || row.text().contains('\u{a0}'), "a row of spaces");
            }
        }
    }
}
