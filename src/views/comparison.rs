//! Perspectives side by side as one page: hero, column heads, a row per dimension.
//! Promises: cells of a row stand on one baseline; a column narrower than 34 cells is never set, the cells stack instead;
//! every row is marked in words as agree, differ or silent.

use std::ops::Range;

use crate::core::compare::{self, Comparison, ComparisonRow, Relation, position_words};
use crate::layout::banner::hero;
use crate::layout::columns::columns;
use crate::layout::markdown::flow;
use crate::layout::wrap::wrap;
use crate::layout::{Page, PageBuilder, Role, Row, Run};
use crate::pack::{
    Address, Dimension, Kind, Library, LinkTarget, Perspective, PerspectiveCell, Stance,
};
use crate::text::{SafeText, measure};

/// Narrowest column in cells.
pub const NARROWEST: usize = 34;
/// Widest column in cells.
const WIDEST: usize = 60;
/// Cells kept free on the left for the sign of the cursor.
const GUTTER: usize = 2;

/// A comparison laid out.
#[derive(Clone, Debug, Default)]
pub struct ComparisonPage {
    /// The page.
    pub page: Page,
    /// The rows of each dimension.
    pub lines: Vec<Range<usize>>,
    /// From this row on, what is pinned stays on top.
    pub pinned_from: usize,
    /// What stays in sight: the dial in short, and whose column is whose unless they are stacked.
    pub pinned: Vec<Row>,
}

/// How the columns are set: how many cells each gets and how many between them; `None` when they must stack.
#[derive(Clone, Copy)]
struct ComparisonGrid {
    width: usize,
    column: usize,
    gap: usize,
}

impl ComparisonGrid {
    /// Side by side where every column gets its cells.
    fn of(width: usize, columns: usize) -> Option<Self> {
        let gap = if width >= 100 { 4 } else { 3 };
        let room = width.saturating_sub(GUTTER + gap * columns.saturating_sub(1));
        let column = (room / columns.max(1)).min(WIDEST);
        let grid = || Self {
            width: GUTTER + columns * column + gap * (columns - 1),
            column,
            gap,
        };
        (column >= NARROWEST && columns > 0).then(grid)
    }
}

/// What stands above the columns.
#[derive(Clone, Debug, Default)]
pub struct Top {
    /// There is room for the opening picture.
    pub tall: bool,
    /// There is room for the pack's question.
    pub titled: bool,
    /// The traffic dial.
    pub dial: Vec<Row>,
    /// The same in short, to stay in sight.
    pub dial_pinned: Vec<Row>,
}

/// Sets perspectives side by side at a width.
pub fn set(library: &Library, ids: &[String], width: usize, top: Top) -> ComparisonPage {
    let comparison = compare::compare(library, ids);
    let grid = ComparisonGrid::of(width, comparison.columns.len());
    let mut laid = ComparisonPage {
        page: Page {
            width,
            ..Page::default()
        },
        ..ComparisonPage::default()
    };
    if top.titled {
        opening(
            &mut laid.page,
            library,
            grid.map_or(width, |g| g.width),
            top.tall,
        );
    }
    laid.pinned_from = laid.page.rows.len();
    if !top.dial.is_empty() {
        laid.page.rows.extend(top.dial);
        laid.page.rows.push(Row::default());
    }
    laid.pinned = top.dial_pinned;
    match grid {
        Some(grid) => heads(&mut laid, &comparison, grid),
        None => stacked_heads(&mut laid.page, &comparison, width),
    }
    for (i, line) in comparison.rows.iter().enumerate() {
        let start = laid.page.rows.len();
        let block = 10 + i as u32;
        match grid {
            Some(grid) => side_by_side(&mut laid.page, &comparison, line, grid),
            None => stacked(&mut laid.page, &comparison, line, width),
        }
        for row in laid.page.rows.iter_mut().skip(start) {
            row.block = block;
        }
        laid.lines
            .push(start..laid.page.rows.len().saturating_sub(1).max(start));
    }
    laid
}

/// The pack's question and, where there is room, the picture of the argument.
fn opening(page: &mut Page, library: &Library, width: usize, tall: bool) {
    let pack = library.pack();
    let picture = if tall {
        hero(width, 5)
    } else {
        hero(width.min(99), 2)
    };
    let picture_width = picture.iter().map(Row::width).max().unwrap_or(0);
    let room = width
        .saturating_sub(
            GUTTER
                + if picture.is_empty() {
                    0
                } else {
                    picture_width + 4
                },
        )
        .max(1);
    let mut words = vec![Row::of(pack.title.clone(), Role::Title)];
    words.extend(wrap(
        &[Run::new(pack.summary.clone(), Role::Dim)],
        room.min(64),
        0,
        0,
    ));
    let height = if picture.is_empty() {
        if tall { words.len() } else { 1 }
    } else {
        picture.len()
    };
    for i in 0..height {
        let mut row = Row::of(" ".repeat(GUTTER), Role::Text);
        row.runs
            .extend(words.get(i).cloned().unwrap_or_default().runs);
        if let Some(part) = picture.get(i) {
            row.pad_to(width.saturating_sub(picture_width));
            row.runs.extend(part.runs.clone());
        }
        page.rows.push(row);
    }
    page.rows.push(Row::default());
}

/// The hue that an answer's side has everywhere.
pub fn hue(perspective: &Perspective) -> Role {
    match perspective.stance {
        Stance::Provider => Role::Provider,
        Stance::ScaleToZero => Role::Zero,
        Stance::Neutral | Stance::Spectrum | Stance::Critical => Role::Strong,
    }
}

fn name_run(page: &mut Page, perspective: &Perspective) -> Run {
    let mut run = Run::new(perspective.name.clone(), hue(perspective));
    if let Some(address) = Address::new(Kind::Perspectives, &perspective.id) {
        run.link = u16::try_from(page.links.len()).ok();
        page.links.push(LinkTarget::Entry(address, None));
    }
    run
}

fn heads(laid: &mut ComparisonPage, comparison: &Comparison, grid: ComparisonGrid) {
    let start = laid.page.rows.len();
    let names: Vec<Vec<Row>> = comparison
        .columns
        .iter()
        .map(|p| wrap(&[name_run(&mut laid.page, p)], grid.column, 0, 0))
        .collect();
    push_columns(&mut laid.page, &names, grid);
    let holders: Vec<Vec<Row>> = comparison
        .columns
        .iter()
        .map(|p| vec![Row::of(measure::cut(&p.holder, grid.column), Role::Dim)])
        .collect();
    push_columns(&mut laid.page, &holders, grid);
    laid.page.rows.push(rule(grid.width));
    laid.pinned
        .extend(laid.page.rows.iter().skip(start).cloned());
    laid.page.rows.push(Row::default());
}

fn stacked_heads(page: &mut Page, comparison: &Comparison, width: usize) {
    for perspective in &comparison.columns {
        let run = name_run(page, perspective);
        page.rows.extend(indented(wrap(
            &[run],
            width.saturating_sub(GUTTER).max(1),
            0,
            0,
        )));
        let holder = Row::of(
            measure::cut(&perspective.holder, width.saturating_sub(GUTTER)),
            Role::Dim,
        );
        page.rows.extend(indented(vec![holder]));
    }
    page.rows.push(rule(width));
    page.rows.push(Row::default());
}

fn side_by_side(
    page: &mut Page,
    comparison: &Comparison,
    line: &ComparisonRow,
    grid: ComparisonGrid,
) {
    page.rows.push(question(line, grid.width));
    let cells: Vec<Vec<Row>> = line
        .cells
        .iter()
        .zip(&comparison.columns)
        .map(|(cell, perspective)| {
            cell_rows(page, line.dimension, cell, (hue(perspective), grid.column))
        })
        .collect();
    push_columns(page, &cells, grid);
    page.rows.push(Row::default());
}

fn stacked(page: &mut Page, comparison: &Comparison, line: &ComparisonRow, width: usize) {
    page.rows.push(question(line, width));
    for (cell, perspective) in line.cells.iter().zip(&comparison.columns) {
        let room = width.saturating_sub(GUTTER).max(1);
        let holder = measure::cut(&perspective.holder, room);
        page.rows.extend(indented(vec![Row::of(holder, Role::Dim)]));
        let rows = cell_rows(page, line.dimension, cell, (hue(perspective), room));
        page.rows.extend(indented(rows));
    }
    page.rows.push(Row::default());
}

/// The question with the mark of its row at the right.
fn question(line: &ComparisonRow, width: usize) -> Row {
    let mark = crate::safe!("{} {}", line.relation.sign(), line.relation.word());
    let room = width.saturating_sub(GUTTER + measure::width(&mark) + 2);
    let mut row = Row::from_runs(vec![
        Run::new(" ".repeat(GUTTER), Role::Text),
        Run::new(measure::cut(&line.dimension.question, room), Role::Heading),
    ]);
    row.pad_to(width.saturating_sub(measure::width(&mark)));
    row.push(Run::new(mark, relation_role(line.relation)));
    row
}

fn relation_role(relation: Relation) -> Role {
    match relation {
        Relation::Agree => Role::Good,
        Relation::Differ => Role::Warn,
        Relation::OneSpeaks | Relation::Silent => Role::Dim,
    }
}

/// A cell: its position in a few words, then what the party says.
fn cell_rows(
    page: &mut Page,
    dimension: &Dimension,
    cell: &PerspectiveCell,
    (hue, width): (Role, usize),
) -> Vec<Row> {
    let Some(position) = position_words(dimension, cell) else {
        return vec![Row::of("silent", Role::Dim)];
    };
    let mut rows = wrap(&[Run::new(position.title.clone(), hue)], width, 0, 0);
    rows.extend(adopt(page, flow(&cell.text, width)));
    rows
}

/// Takes over a page's rows and links.
fn adopt(page: &mut Page, other: Page) -> Vec<Row> {
    let base = u16::try_from(page.links.len()).unwrap_or(u16::MAX);
    page.links.extend(other.links);
    let mut rows = other.rows;
    for run in rows.iter_mut().flat_map(|r| &mut r.runs) {
        run.link = run.link.and_then(|l| l.checked_add(base));
    }
    rows
}

fn push_columns(page: &mut Page, cells: &[Vec<Row>], grid: ComparisonGrid) {
    let widths = vec![grid.column; cells.len()];
    page.rows
        .extend(indented(columns(cells, &widths, grid.gap)));
}

fn indented(rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter()
        .map(|mut row| {
            row.runs.insert(0, Run::new(" ".repeat(GUTTER), Role::Text));
            row
        })
        .collect()
}

fn rule(width: usize) -> Row {
    Row::from_runs(vec![
        Run::new(" ".repeat(GUTTER), Role::Text),
        Run::new("─".repeat(width.saturating_sub(GUTTER)), Role::Rule),
    ])
}

/// What everybody says on one dimension, at a width.
pub fn by_dimension(library: &Library, id: &str, width: usize) -> Option<Page> {
    let found = compare::by_dimension(library, id)?;
    let mut setter = PageBuilder::new(width);
    setter.title(found.dimension.question.clone());
    let said: usize = found.groups.iter().map(|(_, h)| h.len()).sum();
    let counted = crate::safe!("{said} say something, {} are silent.", found.silent.len());
    setter.paragraph(vec![Run::new(counted, Role::Dim)]);
    for (position, holders) in &found.groups {
        let heading = crate::safe!("{} · {}", position.title, holders.len());
        setter.heading(2, heading, position.id.clone());
        for (perspective, cell) in holders {
            let address = Address::new(Kind::Perspectives, &perspective.id)?;
            let run = setter.link(perspective.holder.clone(), LinkTarget::Entry(address, None));
            setter.paragraph_tight(vec![run]);
            setter.doc(&cell.text);
        }
    }
    if !found.silent.is_empty() {
        setter.heading(2, SafeText::ours("Silent"), "silent".to_owned());
        for perspective in found.silent {
            let address = Address::new(Kind::Perspectives, &perspective.id)?;
            let run = setter.link(perspective.holder.clone(), LinkTarget::Entry(address, None));
            setter.bullet(vec![run]);
        }
    }
    Some(setter.finish())
}
