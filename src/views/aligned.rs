//! Things side by side, line by line: the layout that comparisons of services and of lenses share.
//! Promises: cells of a line stand on one baseline; a column narrower than [`NARROWEST`] is never set, the cells stack
//! instead; every line says in words whether its cells differ.

use std::ops::Range;

use crate::layout::columns::columns;
use crate::layout::wrap::wrap;
use crate::layout::{Page, Role, Row, Run};
use crate::pack::LinkTarget;
use crate::text::{SafeText, measure};
use crate::views::comparison::NARROWEST;

/// Widest column in cells.
const WIDEST: usize = 60;
/// Cells that a stacked cell is indented by.
const INDENT: usize = 2;

/// A page with lines that a cursor can stand on.
#[derive(Clone, Debug, Default)]
pub struct AlignedPage {
    /// The page.
    pub page: Page,
    /// The rows of each line.
    pub lines: Vec<Range<usize>>,
    /// The rows that say whose column is whose; empty when stacked.
    pub head: Range<usize>,
}

/// What stands at the head of a column.
#[derive(Clone, Debug)]
pub struct ColumnHead {
    /// What it is called.
    pub name: Run,
    /// What that leads to.
    pub target: Option<LinkTarget>,
    /// A few words about it.
    pub about: SafeText,
}

/// A line across the columns.
#[derive(Clone, Debug)]
pub struct AlignedLine {
    /// What it is about.
    pub label: SafeText,
    /// How the cells stand to each other, in words.
    pub mark: Run,
    /// One cell per column, each some paragraphs.
    pub cells: Vec<Vec<Vec<Run>>>,
}

/// How the whole is to be set.
#[derive(Clone, Copy, Debug)]
pub struct AlignedShape {
    /// Cells there are.
    pub width: usize,
    /// Cells kept free on the left, for the sign of a cursor.
    pub gutter: usize,
    /// One cell under the other, whatever the width.
    pub linear: bool,
}

/// The mark of a line whose cells say the same or not.
pub fn mark(same: bool) -> Run {
    if same {
        Run::ours("= same", Role::Dim)
    } else {
        Run::ours("≠ differ", Role::Warn)
    }
}

/// A page in the making.
pub struct AlignedBuilder {
    /// What is laid out so far.
    pub laid: AlignedPage,
    shape: AlignedShape,
    heads: Vec<ColumnHead>,
    /// Width of a column where they stand side by side.
    column: Option<usize>,
    gap: usize,
}

impl AlignedBuilder {
    /// An empty page for some columns.
    pub fn new(heads: Vec<ColumnHead>, shape: AlignedShape) -> Self {
        let gap = if shape.width >= 100 { 4 } else { 3 };
        let many = heads.len().max(1);
        let room = shape.width.saturating_sub(shape.gutter + gap * (many - 1));
        let column = Some((room / many).min(WIDEST)).filter(|c| *c >= NARROWEST && !shape.linear);
        let laid = AlignedPage {
            page: Page {
                width: shape.width,
                ..Page::default()
            },
            ..AlignedPage::default()
        };
        Self {
            laid,
            shape,
            heads,
            column,
            gap,
        }
    }

    /// Cells that text may take, the gutter not counted.
    pub fn room(&self) -> usize {
        let many = self.heads.len().max(1);
        let wide = self.column.map(|c| c * many + self.gap * (many - 1));
        wide.unwrap_or(self.shape.width.saturating_sub(self.shape.gutter))
            .max(1)
    }

    /// Where the second column begins, the gutter not counted; `None` when the columns stack.
    pub fn second(&self) -> Option<usize> {
        self.column.map(|c| c + self.gap)
    }

    /// Rows behind the gutter, as one block.
    pub fn put(&mut self, rows: Vec<Row>) {
        let block = self.laid.page.rows.last().map_or(0, |r| r.block + 1);
        for mut row in rows {
            if !row.runs.is_empty() && self.shape.gutter > 0 {
                row.runs
                    .insert(0, Run::new(" ".repeat(self.shape.gutter), Role::Text));
            }
            row.block = block;
            self.laid.page.rows.push(row);
        }
    }

    /// A paragraph.
    pub fn paragraph(&mut self, runs: &[Run]) {
        let rows = wrap(runs, self.room().min(crate::layout::builder::MEASURE), 0, 0);
        self.put(rows);
    }

    /// An empty row.
    pub fn blank(&mut self) {
        self.put(vec![Row::default()]);
    }

    /// A run that leads somewhere.
    pub fn link(&mut self, run: Run, target: Option<LinkTarget>) -> Run {
        let Some(target) = target else { return run };
        let link = u16::try_from(self.laid.page.links.len()).ok();
        self.laid.page.links.push(target);
        Run { link, ..run }
    }

    /// Whose column is whose.
    pub fn heads(&mut self) {
        let start = self.laid.page.rows.len();
        let heads = self.heads.clone();
        let names: Vec<Vec<Run>> = heads
            .iter()
            .map(|h| vec![self.link(h.name.clone(), h.target.clone())])
            .collect();
        match self.column {
            Some(column) => {
                let cell = |(name, head): (&Vec<Run>, &ColumnHead)| {
                    let mut rows = wrap(name, column, 0, 0);
                    rows.extend(wrap(
                        &[Run::new(head.about.clone(), Role::Dim)],
                        column,
                        0,
                        0,
                    ));
                    rows
                };
                let cells: Vec<Vec<Row>> = names.iter().zip(&heads).map(cell).collect();
                self.side_by_side(&cells, column);
                self.put(vec![Row::of("─".repeat(self.room()), Role::Rule)]);
                self.laid.head = start..self.laid.page.rows.len();
            }
            None => {
                for (name, head) in names.iter().zip(&heads) {
                    self.paragraph(name);
                    self.paragraph(&[Run::new(head.about.clone(), Role::Dim)]);
                }
                self.put(vec![Row::of("─".repeat(self.room()), Role::Rule)]);
            }
        }
        self.blank();
    }

    /// A line across the columns; the cursor can stand on it.
    pub fn line(&mut self, line: &AlignedLine) {
        let start = self.laid.page.rows.len();
        let head = self.labelled(line);
        self.put(head);
        match self.column {
            Some(column) => {
                let cell = |cell: &Vec<Vec<Run>>| {
                    cell.iter().flat_map(|p| wrap(p, column, 0, 0)).collect()
                };
                let cells: Vec<Vec<Row>> = line.cells.iter().map(cell).collect();
                self.side_by_side(&cells, column);
            }
            None => self.stacked(line),
        }
        self.laid.lines.push(start..self.laid.page.rows.len());
        self.blank();
    }

    /// The label with the mark at its right, or behind it where there is no room.
    fn labelled(&self, line: &AlignedLine) -> Vec<Row> {
        let label = Run::new(line.label.clone(), Role::Heading);
        let (wide, mark) = (measure::width(&line.label), measure::width(&line.mark.text));
        if wide + 2 + mark > self.room() || self.shape.linear {
            return wrap(
                &[label, Run::ours("  ", Role::Text), line.mark.clone()],
                self.room(),
                0,
                0,
            );
        }
        vec![Row::spread(
            vec![label],
            vec![line.mark.clone()],
            self.room(),
        )]
    }

    fn side_by_side(&mut self, cells: &[Vec<Row>], column: usize) {
        let widths = vec![column; cells.len()];
        self.put(columns(cells, &widths, self.gap));
    }

    fn stacked(&mut self, line: &AlignedLine) {
        let room = self.room().saturating_sub(INDENT).max(1);
        for (cell, head) in line.cells.iter().zip(self.heads.clone()) {
            self.paragraph(&[Run {
                link: None,
                ..head.name
            }]);
            let mut rows: Vec<Row> = cell.iter().flat_map(|p| wrap(p, room, 0, 0)).collect();
            rows.iter_mut()
                .for_each(|r| r.runs.insert(0, Run::new(" ".repeat(INDENT), Role::Text)));
            self.put(rows);
        }
    }

    /// Rows that the cursor can stand on as one.
    pub fn stop(&mut self, rows: Vec<Row>) {
        let start = self.laid.page.rows.len();
        self.put(rows);
        self.laid.lines.push(start..self.laid.page.rows.len());
    }
}
