//! Things side by side, line by line, for a screen or for print: what comparisons of definitions, services and lenses share.
//! Cells of a line stand on one baseline; a column narrower than [`NARROWEST`] is never set, the cells stack instead; every
//! line says in words how its cells stand to each other.

use std::ops::Range;

use crate::layout::builder::MEASURE;
use crate::layout::columns::columns;
use crate::layout::document::{self, Part, SideLine};
use crate::layout::markdown::flow;
use crate::layout::wrap::{end_with, wrap};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Row, Run};
use crate::pack::{Address, Doc, LinkTarget};
use crate::text::{SafeText, measure};

/// Narrowest and widest column, in cells.
pub const NARROWEST: usize = 34;
const WIDEST: usize = 60;
/// Cells kept free on the left of a screen, for the sign of the cursor.
pub const GUTTER: usize = 2;
/// Cells that a stacked cell is indented by.
const INDENT: usize = 2;

/// Cells of a screen's widest comparison of so many columns.
pub const fn widest(columns: usize) -> usize {
    let columns = if columns > 2 { columns } else { 2 };
    GUTTER + columns * WIDEST + (columns - 1) * 4
}

/// A page with lines that a cursor can stand on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinePage {
    pub page: Page,
    /// The rows of each line.
    pub lines: Vec<Range<usize>>,
    pub targets: Vec<Option<Address>>,
    /// From this row on, what is pinned stays on top.
    pub pinned_from: usize,
    pub pinned: Vec<Row>,
}

impl LinePage {
    pub fn printed(&self, title: impl Into<SafeText>, format: PageFormat) -> Page {
        let mut page = PageBuilder::new(format);
        page.title(title);
        page.page(&self.page);
        page.finish()
    }

    pub fn target(&self, line: usize) -> Option<&Address> {
        self.targets.get(line)?.as_ref()
    }
}

/// Builds a [`LinePage`] from the top down.
#[derive(Default)]
pub struct LineBuilder {
    pub made: LinePage,
    /// Cells kept free on the left.
    pub gutter: usize,
    block: u32,
    /// Parts are noted.
    is_document: bool,
}

impl LineBuilder {
    pub fn new(width: usize, gutter: usize) -> Self {
        let mut builder = Self {
            gutter,
            ..Self::default()
        };
        builder.made.page.width = width;
        builder
    }

    /// What follows is a block of its own, to find the place again at another width.
    pub fn next_block(&mut self) {
        self.block += 1;
    }

    /// Rows behind the gutter.
    pub fn put(&mut self, rows: Vec<Row>) {
        if self.is_document {
            let page = &mut self.made.page;
            let lines = document::lines(&rows, &page.links);
            page.parts.extend(lines.into_iter().map(Part::Tight));
        }
        for mut row in rows {
            row.indent(self.gutter);
            self.put_whole(vec![row]);
        }
    }

    /// Rows that bring their own gutter.
    pub fn put_whole(&mut self, rows: Vec<Row>) {
        let block = self.block;
        let page = &mut self.made.page;
        page.rows
            .extend(rows.into_iter().map(|row| Row { block, ..row }));
    }

    pub fn blank(&mut self) {
        self.put_whole(vec![Row::default()]);
    }

    /// A run that leads somewhere.
    pub fn link(&mut self, run: Run, address: Option<Address>) -> Run {
        let Some(address) = address else { return run };
        let link = u16::try_from(self.made.page.links.len()).ok();
        self.made.page.links.push(LinkTarget::Entry(address, None));
        Run { link, ..run }
    }

    /// Ends a line that began at a row: the cursor can stand on it.
    pub fn end_line(&mut self, start: usize, target: Option<Address>) {
        self.made.lines.push(start..self.row());
        self.made.targets.push(target);
    }

    /// The number of the next row.
    pub fn row(&self) -> usize {
        self.made.page.rows.len()
    }
}

/// What stands at the head of a column.
#[derive(Clone, Debug)]
pub struct ColumnHead {
    pub name: Run,
    pub address: Option<Address>,
    /// What stands below, each in rows of its own.
    pub about: Vec<Run>,
    /// What a cell is called where cells are stacked.
    pub short: Run,
}

/// Heads with their names alone on a small screen, where the cells need the rows.
pub fn without_about(mut heads: Vec<ColumnHead>, format: PageFormat) -> Vec<ColumnHead> {
    if format.is_small_screen() {
        heads.iter_mut().for_each(|head| head.about.clear());
    }
    heads
}

/// A part of a cell.
#[derive(Clone, Debug)]
pub enum CellPart<'a> {
    Words(Vec<Run>),
    Doc(&'a Doc),
}

/// A line across the columns.
#[derive(Clone, Debug)]
pub struct ComparedLine<'a> {
    pub label: SafeText,
    /// How the cells stand to each other, in words.
    pub mark: Run,
    /// One cell per column.
    pub cells: Vec<Vec<CellPart<'a>>>,
}

/// The mark of a line whose cells say the same or not.
pub const fn mark(same: bool) -> Run {
    if same {
        Run::ours("= same", Role::Dim)
    } else {
        Run::ours("≠ differ", Role::Warn)
    }
}

/// A comparison in the making.
pub struct SideBySide {
    pub lines: LineBuilder,
    format: PageFormat,
    heads: Vec<ColumnHead>,
    /// Width of a column; `None` where the cells are stacked.
    column: Option<usize>,
    gap: usize,
    pinned_from: Option<usize>,
    /// No blank row below the heads.
    pub close: bool,
}

impl SideBySide {
    pub fn new(heads: Vec<ColumnHead>, format: PageFormat) -> Self {
        let gutter = if format.is_print() { 0 } else { GUTTER };
        let gap = if format.width >= 100 { 4 } else { 3 };
        let count = heads.len().max(1);
        let room = format.width.saturating_sub(gutter + gap * (count - 1));
        let column = Some((room / count).min(WIDEST));
        Self {
            lines: LineBuilder {
                is_document: format.is_document(),
                ..LineBuilder::new(format.width, gutter)
            },
            format,
            heads,
            column: column.filter(|c| *c >= NARROWEST && !format.is_plain()),
            gap,
            pinned_from: None,
            close: false,
        }
    }

    /// Cells that text may take, the gutter not counted.
    pub fn room(&self) -> usize {
        let count = self.heads.len().max(1);
        let columns = self.column.map(|c| c * count + self.gap * (count - 1));
        let all = self.format.width.saturating_sub(self.lines.gutter);
        columns.unwrap_or(all).max(1)
    }

    /// Where the second column begins, the gutter not counted; `None` when the columns stack.
    pub fn second(&self) -> Option<usize> {
        self.column.map(|c| c + self.gap)
    }

    pub fn paragraph(&mut self, runs: &[Run]) {
        self.lines.next_block();
        let rows = wrap(runs, self.room().min(MEASURE), 0, 0);
        self.lines.put(rows);
    }

    fn rule(&mut self) {
        let rule = Row::of("─".repeat(self.room()), Role::Rule);
        self.lines.put(vec![rule]);
    }

    /// A rule between two parts; plain pages have the blank row above it alone.
    pub fn divider(&mut self) {
        if !self.format.is_plain() {
            self.rule();
            self.lines.blank();
        }
    }

    /// What stays on top, above the heads, once this place is scrolled away.
    pub fn pin(&mut self, rows: Vec<Row>) {
        self.pinned_from = Some(self.lines.row());
        self.lines.made.pinned = rows;
    }

    pub fn heads(&mut self) {
        if self.heads.is_empty() {
            return;
        }
        if self.format.is_document() {
            return self.note_heads();
        }
        self.lines.next_block();
        let start = self.lines.row();
        let mut cells = Vec::new();
        for head in self.heads.clone() {
            let name = self.lines.link(head.name, head.address);
            let parts = std::iter::once(name).chain(head.about);
            let parts: Vec<_> = parts.map(|run| CellPart::Words(vec![run])).collect();
            cells.push(self.wrapped(&parts, 0));
        }
        match self.column {
            Some(column) => self.in_columns(&cells, column),
            None => cells.into_iter().for_each(|rows| self.lines.put(rows)),
        }
        self.rule();
        if self.column.is_some() {
            let rows = self.lines.made.page.rows.iter().skip(start).cloned();
            self.lines.made.pinned.extend(rows);
        }
        self.pinned_from = self.pinned_from.or(Some(start));
        if !self.close {
            self.lines.blank();
        }
    }

    /// All heads in one row, in short, for a low window; it stays on top.
    pub fn heads_in_a_row(&mut self) {
        self.lines.next_block();
        let start = self.lines.row();
        let count = self.heads.len().max(1);
        let room = self.room().saturating_sub(3 * (count - 1));
        let widths = self.heads.iter().map(|h| measure::width(&h.short.text));
        let cells = shared(room, &widths.collect::<Vec<_>>());
        let mut row = Row::default();
        for (n, (head, cells)) in self.heads.clone().into_iter().zip(cells).enumerate() {
            if n > 0 {
                row.add(" · ", Role::Dim);
            }
            let text = measure::cut(&head.short.text, cells);
            let run = Run { text, ..head.short };
            row.push(self.lines.link(run, head.address));
        }
        self.lines.put(vec![row]);
        let rows = self.lines.made.page.rows.iter().skip(start).cloned();
        self.lines.made.pinned.extend(rows);
        self.pinned_from = self.pinned_from.or(Some(start));
    }

    /// A line across the columns.
    pub fn line(&mut self, line: &ComparedLine) {
        if self.format.is_document() {
            return self.note_line(line);
        }
        self.lines.next_block();
        let start = self.lines.row();
        let label = self.labeled(line);
        self.lines.put(label);
        match self.column {
            Some(column) => {
                let cells = line.cells.iter().map(|cell| self.wrapped(cell, 0));
                let cells: Vec<Vec<Row>> = cells.collect();
                self.in_columns(&cells, column);
            }
            None => {
                for (cell, head) in line.cells.iter().zip(self.heads.clone()) {
                    self.lines
                        .put(wrap(&[head.short], self.room().min(MEASURE), 0, 0));
                    let rows = self.wrapped(cell, INDENT);
                    self.lines.put(rows);
                }
            }
        }
        self.lines.end_line(start, None);
        self.lines.blank();
    }

    fn note_heads(&mut self) {
        let head = |head: &ColumnHead| {
            let link = head.address.clone().map(|a| LinkTarget::Entry(a, None));
            let name = document::Phrase {
                text: head.name.text.clone(),
                role: head.name.role,
                link,
            };
            let between = || Run::ours(" · ", Role::Dim);
            let about = head.about.iter().flat_map(|run| [between(), run.clone()]);
            let about: Vec<Run> = about.collect();
            let mut line = vec![name];
            line.extend(document::words(&about, &[]));
            line
        };
        let heads = self.heads.iter().map(head).collect();
        let lines = Vec::new();
        let parts = &mut self.lines.made.page.parts;
        parts.push(Part::Sides { heads, lines });
    }

    fn note_line(&mut self, line: &ComparedLine) {
        let part = |part: &CellPart| match part {
            CellPart::Words(runs) => vec![Part::Tight(document::words(runs, &[]))],
            CellPart::Doc(doc) => {
                let mut page = PageBuilder::new(self.format);
                page.doc(doc);
                page.finish().parts
            }
        };
        let cell = |cell: &Vec<CellPart>| cell.iter().flat_map(part).collect();
        let cells = line.cells.iter().map(cell).collect();
        let label = Run::new(line.label.clone(), Role::Text);
        let runs = [label, Run::ours("  ", Role::Text), line.mark.clone()];
        let label = document::words(&runs, &[]);
        if let Some(Part::Sides { lines, .. }) = self.lines.made.page.parts.last_mut() {
            lines.push(SideLine { label, cells });
        }
    }

    /// The label with the mark behind it.
    fn labeled(&self, line: &ComparedLine) -> Vec<Row> {
        let label = Run::new(line.label.clone(), Role::Heading);
        let mut rows = wrap(&[label], self.room(), 0, 0);
        end_with(&mut rows, line.mark.clone(), self.room(), 0);
        rows
    }

    /// A cell's rows, indented; in print without links, which would all be listed at the end.
    fn wrapped(&mut self, parts: &[CellPart], indent: usize) -> Vec<Row> {
        let column = self.column.unwrap_or(self.room());
        let width = column.saturating_sub(indent).max(1);
        let mut rows = Vec::new();
        for part in parts {
            match part {
                CellPart::Words(runs) => rows.extend(wrap(runs, width, 0, 0)),
                CellPart::Doc(doc) => rows.extend(self.adopted(flow(doc, width))),
            }
        }
        rows.iter_mut().for_each(|row| row.indent(indent));
        rows
    }

    /// A page's rows, its links counted among ours.
    fn adopted(&mut self, page: Page) -> Vec<Row> {
        let links = &mut self.lines.made.page.links;
        let base = u16::try_from(links.len())
            .ok()
            .filter(|_| !self.format.is_print());
        if base.is_some() {
            links.extend(page.links);
        }
        let mut rows = page.rows;
        for run in rows.iter_mut().flat_map(|row| &mut row.runs) {
            let both = run.link.zip(base);
            run.link = both.and_then(|(link, base)| link.checked_add(base));
        }
        rows
    }

    fn in_columns(&mut self, cells: &[Vec<Row>], column: usize) {
        let widths = vec![column; cells.len()];
        self.lines.put(columns(cells, &widths, self.gap));
    }

    /// Rows that the cursor can stand on as one.
    pub fn stop(&mut self, rows: Vec<Row>, target: Option<Address>) {
        self.lines.next_block();
        let start = self.lines.row();
        self.lines.put(rows);
        self.lines.end_line(start, target);
    }

    pub fn finish(mut self) -> LinePage {
        self.lines.made.pinned_from = self.pinned_from.unwrap_or_default();
        self.lines.made
    }
}

/// How many of some cells each text gets: what short ones leave goes to the longer ones.
fn shared(cells: usize, widths: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by_key(|n| widths.get(*n).copied());
    let (mut got, mut left) = (vec![0; widths.len()], cells);
    for (done, n) in order.into_iter().enumerate() {
        let share = left / (widths.len() - done);
        if let (Some(slot), Some(wide)) = (got.get_mut(n), widths.get(n)) {
            *slot = share.min(*wide);
            left -= *slot;
        }
    }
    got
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Medium;

    #[test]
    fn what_short_texts_leave_goes_to_long_ones() {
        let check = |cells, widths: &[usize], expected: &[usize]| {
            assert_eq!(shared(cells, widths), expected, "{cells}");
        };
        check(60, &[33, 14, 19], &[27, 14, 19]);
        check(66, &[33, 14, 19], &[33, 14, 19]);
        check(30, &[33, 14, 19], &[10, 10, 10]);
        check(0, &[3], &[0]);
        check(9, &[], &[]);
    }

    const PRINT: Medium = Medium::Print {
        plain: false,
        whole_addresses: true,
        whole_code: true,
    };
    const PLAIN: Medium = Medium::Print {
        plain: true,
        whole_addresses: true,
        whole_code: true,
    };

    fn comparison(count: usize, width: usize, medium: Medium) -> LinePage {
        let head = |n: usize| {
            let name = Run::new(format!("Side {n}"), Role::Strong);
            ColumnHead {
                short: name.clone(),
                name,
                address: None,
                about: vec![Run::ours("about it", Role::Dim)],
            }
        };
        let words = |n: usize| vec![Run::new(format!("{n} says something long"), Role::Text)];
        let mut sides =
            SideBySide::new((0..count).map(head).collect(), PageFormat { width, medium });
        sides.heads();
        for label in ["What does it cost?", "Who runs it?"] {
            sides.line(&ComparedLine {
                label: SafeText::ours(label),
                mark: mark(false),
                cells: (0..count)
                    .map(|n| vec![CellPart::Words(words(n))])
                    .collect(),
            });
        }
        sides.finish()
    }

    fn words(page: &Page) -> Vec<String> {
        let rows = page.rows.iter().map(|row| row.text().to_string());
        let text = rows.collect::<Vec<_>>().join(" ").replace('─', "");
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    }

    #[test]
    fn every_width_and_medium_has_the_same_words_and_no_wider_row() {
        for count in 2..=4 {
            for width in 20..=200 {
                let screen = comparison(count, width, Medium::Screen);
                let print = comparison(count, width, PRINT);
                for made in [&screen, &print, &comparison(count, width, PLAIN)] {
                    for row in &made.page.rows {
                        assert!(row.width() <= width, "{} in {width}", row.width());
                    }
                    assert_eq!(made.lines.len(), 2);
                }
                let stacked = print.pinned.is_empty();
                if stacked == screen.pinned.is_empty() {
                    assert_eq!(
                        words(&screen.page),
                        words(&print.page),
                        "{count} in {width}"
                    );
                }
            }
        }
    }

    #[test]
    fn columns_fold_where_one_would_be_too_narrow() {
        let check = |count, width, medium, in_columns: bool| {
            let made = comparison(count, width, medium);
            assert_eq!(!made.pinned.is_empty(), in_columns, "{count} in {width}");
        };
        // Two columns of 34 cells, 3 between them, and the gutter of a screen.
        check(2, 73, Medium::Screen, true);
        check(2, 72, Medium::Screen, false);
        check(2, 71, PRINT, true);
        check(2, 70, PRINT, false);
        // From 100 cells on there are 4 between columns.
        check(3, 112, Medium::Screen, true);
        check(3, 111, Medium::Screen, false);
        check(2, 200, PLAIN, false);
    }

    #[test]
    fn stacked_cells_are_named_and_indented() {
        let rows = |medium| {
            let page = comparison(2, 40, medium).page;
            let rows = page.rows.iter().map(|row| row.text().trim_end().to_owned());
            rows.collect::<Vec<_>>()
        };
        let line = [
            "What does it cost?  ≠ differ",
            "Side 0",
            "  0 says something long",
            "Side 1",
            "  1 says something long",
        ];
        assert_eq!(rows(PRINT)[6..11], line);
        assert_eq!(rows(PLAIN)[6], "What does it cost?  ≠ differ");
        assert_eq!(rows(Medium::Screen)[8], "    0 says something long");
    }

    #[test]
    fn heads_are_pinned_from_where_they_stand() {
        let made = comparison(2, 80, Medium::Screen);
        assert_eq!(made.pinned_from, 0);
        let pinned: Vec<String> = made.pinned.iter().map(|r| r.text().to_string()).collect();
        assert_eq!(pinned.len(), 3, "{pinned:?}");
        assert!(pinned[0].contains("Side 0") && pinned[0].contains("Side 1"));
    }
}
