//! The comparison as the command line prints it: no hero, no cursor, a rule under the title, and a short form.
//! Promises: columns stand side by side only where each gets [`NARROWEST`] cells, otherwise each row becomes a block of
//! names and words; every row is marked in words.

use crate::core::compare::{self, Comparison, ComparisonRow, Relation, position_words};
use crate::layout::columns::columns;
use crate::layout::table::table;
use crate::layout::wrap::wrap;
use crate::layout::{Page, PageBuilder, Role, Row, Run};
use crate::pack::{Library, Perspective, PerspectiveCell};
use crate::text::{SafeText, measure};
use crate::views::comparison::{NARROWEST, hue};

/// Cells between columns.
const GAP: usize = 3;
/// Widest column in cells.
const WIDEST: usize = 60;
/// Cells that the words of a stacked cell are indented by.
const INDENT: usize = 2;

/// Perspectives side by side, or stacked where the width or the reader asks for it.
pub fn comparison(library: &Library, ids: &[String], width: usize, linear: bool) -> Page {
    let compared = compare::compare(library, ids);
    let many = compared.columns.len().max(1);
    let column = (width.saturating_sub(GAP * (many - 1)) / many).min(WIDEST);
    let mut setter = PageBuilder::new(width);
    setter.title(library.pack().title.clone());
    if column >= NARROWEST && !linear {
        side_by_side(&mut setter, &compared, column);
    } else {
        stacked(&mut setter, &compared);
    }
    setter.finish()
}

fn side_by_side(setter: &mut PageBuilder, compared: &Comparison, column: usize) {
    let widths = vec![column; compared.columns.len()];
    let total = column * widths.len() + GAP * widths.len().saturating_sub(1);
    let head = |p: &&Perspective| {
        let mut rows = wrap(&[Run::new(p.name.clone(), hue(p))], column, 0, 0);
        rows.extend(wrap(&[Run::new(p.holder.clone(), Role::Dim)], column, 0, 0));
        rows
    };
    let heads: Vec<Vec<Row>> = compared.columns.iter().map(head).collect();
    setter.rows(columns(&heads, &widths, GAP));
    setter.rows(vec![Row::of("─".repeat(total), Role::Rule)]);
    for line in &compared.rows {
        setter.blank();
        setter.rows(question(line, total));
        let cells: Vec<Vec<Row>> = cells(compared, line)
            .map(|(p, cell)| cell_rows(line, p, cell, column))
            .collect();
        setter.rows(columns(&cells, &widths, GAP));
    }
}

fn stacked(setter: &mut PageBuilder, compared: &Comparison) {
    for view in &compared.columns {
        setter.paragraph_tight(vec![Run::new(view.name.clone(), hue(view))]);
        setter.paragraph_tight(vec![Run::new(view.holder.clone(), Role::Dim)]);
    }
    let width = setter.width();
    for line in &compared.rows {
        setter.blank();
        let (asked, mark) = marked(line);
        setter.rows(wrap(
            &[asked, Run::ours("  ", Role::Text), mark],
            width,
            0,
            0,
        ));
        for (view, cell) in cells(compared, line) {
            setter.rows(wrap(
                &[Run::new(view.holder.clone(), hue(view))],
                width,
                0,
                INDENT,
            ));
            let rows = cell_rows(line, view, cell, width.saturating_sub(INDENT).max(1));
            setter.rows(indented(rows));
        }
    }
}

fn cells<'a>(
    compared: &'a Comparison<'a>,
    line: &'a ComparisonRow<'a>,
) -> impl Iterator<Item = (&'a Perspective, &'a PerspectiveCell)> {
    compared
        .columns
        .iter()
        .copied()
        .zip(line.cells.iter().copied())
}

/// What is asked, and how the parties stand to each other.
fn marked(line: &ComparisonRow) -> (Run, Run) {
    let mark = crate::safe!("{} {}", line.relation.sign(), line.relation.word());
    (
        Run::new(line.dimension.question.clone(), Role::Heading),
        Run::new(mark, role(line.relation)),
    )
}

/// The question with the mark of its row at the right, or after it where there is no room.
fn question(line: &ComparisonRow, width: usize) -> Vec<Row> {
    let (asked, mark) = marked(line);
    if measure::width(&asked.text) + 2 + measure::width(&mark.text) > width {
        return wrap(&[asked, Run::ours("  ", Role::Text), mark], width, 0, 0);
    }
    let mut row = Row::from_runs(vec![asked]);
    row.pad_to(width - measure::width(&mark.text));
    row.push(mark);
    vec![row]
}

fn role(relation: Relation) -> Role {
    match relation {
        Relation::Agree => Role::Good,
        Relation::Differ => Role::Warn,
        Relation::OneSpeaks | Relation::Silent => Role::Dim,
    }
}

/// A cell: its position in a few words, then what the party says. Links are left out, the words stay.
fn cell_rows(
    line: &ComparisonRow,
    view: &Perspective,
    cell: &PerspectiveCell,
    width: usize,
) -> Vec<Row> {
    let Some(position) = position_words(line.dimension, cell) else {
        return wrap(&[Run::ours("silent", Role::Dim)], width, 0, 0);
    };
    let mut rows = wrap(&[Run::new(position.title.clone(), hue(view))], width, 0, 0);
    let mut page = crate::layout::markdown::flow(&cell.text, width);
    page.rows
        .iter_mut()
        .flat_map(|r| &mut r.runs)
        .for_each(|run| run.link = None);
    rows.extend(page.rows);
    rows
}

fn indented(rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter()
        .map(|mut row| {
            row.runs.insert(0, Run::new(" ".repeat(INDENT), Role::Text));
            row
        })
        .collect()
}

/// The short answer: what each says in a paragraph, where they differ, where they agree, what to type next.
pub fn short(library: &Library, ids: &[String], width: usize) -> Page {
    let compared = compare::compare(library, ids);
    let mut setter = PageBuilder::new(width);
    setter.title(library.pack().title.clone());
    for view in &compared.columns {
        setter.paragraph_tight(vec![Run::new(view.name.clone(), hue(view))]);
        setter.doc(&view.summary);
        setter.blank();
    }
    let with = |relation: Relation| compared.rows.iter().filter(move |l| l.relation == relation);
    if with(Relation::Differ).next().is_some() {
        setter.section(SafeText::ours("Where they differ"), Role::Heading);
        setter.rows(positions(
            &compared,
            &with(Relation::Differ).collect::<Vec<_>>(),
            width,
        ));
    }
    if with(Relation::Agree).next().is_some() {
        setter.section(SafeText::ours("Where they agree"), Role::Heading);
        setter.rows(positions(
            &compared,
            &with(Relation::Agree).collect::<Vec<_>>(),
            width,
        ));
    }
    setter.section(SafeText::ours("Next"), Role::Heading);
    for (command, what) in NEXT {
        let runs = vec![Run::ours(command, Role::Code), Run::ours(what, Role::Text)];
        setter.rows(wrap(&runs, width, 0, 4));
    }
    setter.finish()
}

const NEXT: [(&str, &str); 4] = [
    (
        "tozero compare             ",
        "the two side by side, in their own words",
    ),
    (
        "tozero define cold start   ",
        "a term; or just `tozero cold start`",
    ),
    ("tozero read 1              ", "the first lesson"),
    ("tozero help                ", "everything else"),
];

/// Questions with everybody's position in a few words. Where all agree there is one column of words.
fn positions(compared: &Comparison, lines: &[&ComparisonRow], width: usize) -> Vec<Row> {
    let agree = lines.iter().all(|l| l.relation == Relation::Agree);
    let words = |line: &ComparisonRow, view: &Perspective, cell: &PerspectiveCell| {
        let position = position_words(line.dimension, cell)
            .map_or(SafeText::ours("silent"), |p| p.title.clone());
        vec![Run::new(position, hue(view))]
    };
    let row = |line: &&ComparisonRow| {
        let all = cells(compared, line).map(|(view, cell)| words(line, view, cell));
        let mut row = vec![vec![Run::new(line.dimension.question.clone(), Role::Text)]];
        row.extend(all.take(if agree { 1 } else { usize::MAX }));
        row
    };
    let name = |text: SafeText| vec![Run::new(text, Role::Label)];
    let mut head = vec![name(SafeText::ours("Question"))];
    if agree {
        head.push(name(SafeText::ours(if compared.columns.len() == 2 {
            "Both"
        } else {
            "All"
        })));
    } else {
        head.extend(compared.columns.iter().map(|p| name(SafeText::line(&p.id))));
    }
    table(&[], head, lines.iter().map(row).collect(), width)
}
