//! Bills as the screen shows them: idle bills on top, the picture, the sliders, the numbers.
//! The idle bills are the first thing on the page; the picture shows where there is room for it and never pushes
//! the numbers away; the numbers follow at every size.

use std::ops::Range;

use crate::core::cost::comparison::{short, stops};
use crate::core::cost::{AxisScale, CostComparison, WorkloadField};
use crate::layout::builder::MEASURE;
use crate::layout::columns::{self, columns};
use crate::layout::{Page, PageBuilder, Role, Row, Run, chart};
use crate::pack::Library;
use crate::safe;
use crate::text::{Day, SafeText, measure};
use crate::views::cost::{caption, details, letter, meetings, name, one, picture, table, words};

/// What can be moved by sliders, where it plays a part in the pack's bills.
pub const SLIDERS: [WorkloadField; 5] = [
    WorkloadField::Requests,
    WorkloadField::Duration,
    WorkloadField::Memory,
    WorkloadField::Peak,
    WorkloadField::AtOnce,
];
/// Cells kept free on the left for the sign of the cursor.
const GUTTER: usize = 2;
/// From this width on, in cells, the sliders stand beside the idle bills.
const SPLIT: usize = 104;
/// Least cells of the numbers where what they rest on stands beside them.
const HALF: usize = 80;
/// Cells between the list and the sliders beside it.
const BETWEEN: usize = 4;
/// Widest list of idle bills, in cells.
const LIST: usize = 76;
/// A list of idle bills narrower than this has short heads.
const NARROW: usize = 50;
/// Cells before an amount.
const GAP: usize = 3;
/// Lowest and highest picture, in rows, and the lowest screen that has one.
const PICTURE: (usize, usize) = (7, 16);
const PICTURED: usize = 18;
/// Cells of a label at least.
const LABEL: usize = 9;
/// Cells of a value at least, so that the bars stand still while one counts up.
const VALUE: usize = 18;
/// Shortest and longest slider, in cells.
const LEAST_BAR: usize = 6;
const LONGEST: usize = 40;

#[derive(Clone, Copy, Debug)]
pub struct BillScreenOptions<'a> {
    /// The sliders, from the top.
    pub fields: &'a [WorkloadField],
    /// Cells.
    pub width: usize,
    /// Rows.
    pub height: usize,
    pub scale: AxisScale,
    /// Only ASCII in the picture.
    pub ascii: bool,
    /// The day from which prices have their age.
    pub today: Day,
}

#[derive(Clone, Debug, Default)]
pub struct BillScreen {
    pub page: Page,
    /// The row of each slider, and the column where it begins.
    pub sliders: Vec<(usize, usize)>,
    /// The bar of each slider: its first cell and how many it has.
    pub bar: (usize, usize),
    /// The picture, where there is one.
    pub picture: Option<BillPicture>,
}

/// Where a picture stands on the page, and what its axis counts.
#[derive(Clone, Debug, Default)]
pub struct BillPicture {
    rows: Range<usize>,
    /// Cells, behind the gutter.
    width: usize,
    /// The stops of requests with their shares of the axis; no share is no request.
    stops: Vec<(u64, Option<f64>)>,
}

impl BillPicture {
    /// The requests for which a cell of the page stands; `None` outside of the picture.
    pub fn requests_at(&self, row: usize, column: usize) -> Option<u64> {
        let cell = column.checked_sub(GUTTER)?;
        if !self.rows.contains(&row) || cell >= self.width {
            return None;
        }
        let Some(share) = chart::share_at(cell, self.width) else {
            return Some(0);
        };
        let away =
            |(requests, at): &(u64, Option<f64>)| Some(((at.as_ref()? - share).abs(), *requests));
        let all = self.stops.iter().filter_map(away);
        all.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, n)| n)
    }
}

impl BillScreen {
    /// The slider at a cell of the page, with the share of its bar up to there where that is on the bar.
    pub fn slider_at(&self, row: usize, column: usize) -> Option<(usize, Option<f64>)> {
        let found = |(at, from): &(usize, usize)| *at == row && column >= *from;
        let n = self.sliders.iter().position(found)?;
        let (_, from) = *self.sliders.get(n)?;
        let (start, cells) = (from + self.bar.0, self.bar.1);
        let at = column.checked_sub(start).filter(|at| *at < cells);
        Some((
            n,
            at.map(|at| at as f64 / cells.saturating_sub(1).max(1) as f64),
        ))
    }
}

pub fn set(library: &Library, costs: &CostComparison, options: BillScreenOptions) -> BillScreen {
    let mut page = PageBuilder::new(options.width);
    let wide = options.width >= SPLIT;
    let (list_width, bar_width) = if wide {
        let list = options.width * 11 / 20;
        (list, options.width - list - BETWEEN)
    } else {
        (options.width.min(LIST), options.width)
    };
    let list = list(&mut page, costs, list_width);
    let (bars, bar) = sliders(costs, options.fields, bar_width);
    let bars = [vec![Row::default()], bars].concat();
    let used = if wide {
        list.len().max(bars.len())
    } else {
        list.len() + bars.len()
    };
    // The picture has a blank row and its caption above.
    let drawn = drawn(costs, options, options.height.saturating_sub(used + 2));
    let above = if wide { used } else { list.len() } + 2;
    let picture = BillPicture {
        rows: above..above + drawn.len().saturating_sub(2),
        width: options.width.saturating_sub(GUTTER),
        stops: axis_stops(costs, options.scale),
    };
    let picture = (!drawn.is_empty()).then_some(picture);
    let (mut rows, first, column) = if wide {
        let rows = columns(&[list, bars], &[list_width, bar_width], BETWEEN);
        ([rows, drawn].concat(), 1, list_width + BETWEEN)
    } else {
        let first = list.len() + drawn.len() + 1;
        ([list, drawn, bars].concat(), first, 0)
    };
    rows.push(Row::default());
    page.rows(rows);
    page.indented(vec![], GUTTER, |page| {
        numbers(page, library, costs, options.today)
    });
    BillScreen {
        page: page.finish(),
        sliders: (0..options.fields.len())
            .map(|n| (first + n, column))
            .collect(),
        bar,
        picture,
    }
}

/// The numbers and what they rest on; in a wide window beside each other.
fn numbers(page: &mut PageBuilder, library: &Library, costs: &CostComparison, today: Day) {
    let half = (page.width().saturating_sub(columns::GUTTER) / 2).min(MEASURE);
    if half < HALF {
        table(page, library, costs);
        details(page, library, costs, today);
        return;
    }
    let [mut left, mut right] = [PageBuilder::new(half), PageBuilder::new(half)];
    table(&mut left, library, costs);
    meetings(&mut left, library, costs);
    for line in &costs.lines {
        one(&mut right, library, line, today);
    }
    page.beside([&left.finish(), &right.finish()], half);
}

/// The stops of requests that are on the axis, with their shares of it.
fn axis_stops(costs: &CostComparison, scale: AxisScale) -> Vec<(u64, Option<f64>)> {
    let stops = stops(WorkloadField::Requests).into_iter();
    let shown = stops.filter(|n| *n <= costs.to);
    shown.map(|n| (n, costs.share(n, scale))).collect()
}

/// What a service costs when nobody calls, and beside it what it costs now.
fn list(page: &mut PageBuilder, costs: &CostComparison, width: usize) -> Vec<Row> {
    let now = short(costs.workload.requests_per_month());
    let is_narrow = width < NARROW;
    let heads = match is_narrow {
        true => ["idle  ".to_owned(), format!("at {now}  ")],
        false => ["a month  ".to_owned(), format!("at {now}  ")],
    };
    let gap = if is_narrow { 1 } else { GAP };
    let both = |line| [words::idle(line), words::total(line)];
    let amounts: Vec<[SafeText; 2]> = costs.lines.iter().map(both).collect();
    // Each column is as wide as its widest amount, a gap before it.
    let widest = |(n, head): (usize, &String)| {
        let amounts = amounts.iter().filter_map(|a| a.get(n));
        let widths = amounts.map(|words| measure::width(words));
        widths.fold(head.len(), usize::max) + gap
    };
    let cells: Vec<usize> = heads.iter().enumerate().map(widest).collect();
    let left = width.saturating_sub(cells.iter().sum());
    let with_amounts = |mut row: Row, amounts: [Run; 2]| {
        row.cut(left);
        row.pad_to(left);
        for (run, cells) in amounts.into_iter().zip(&cells) {
            row.pad_to(row.width() + cells.saturating_sub(measure::width(&run.text)));
            row.push(run);
        }
        row.cut(width);
        row
    };
    let title = match is_narrow {
        true => SafeText::ours("  A month"),
        false => safe!("  When {}", costs.words().idle),
    };
    let title = Row::of(title, Role::Title);
    let mut rows = vec![with_amounts(title, heads.map(|h| Run::new(h, Role::Label)))];
    for (line, [idle, now]) in costs.lines.iter().zip(amounts) {
        let mut row = Row::from_runs(vec![Run::ours("  ", Role::Text), letter(line)]);
        row.push(name(page, line));
        let amounts = [idle, now].map(|amount| Run::new(amount, Role::Text));
        rows.push(with_amounts(row, amounts));
    }
    rows
}

/// The picture under its caption, a blank row above; nothing where there is no room.
fn drawn(costs: &CostComparison, options: BillScreenOptions, room: usize) -> Vec<Row> {
    let width = options.width.saturating_sub(GUTTER);
    let height = room.min(PICTURE.1);
    let chart = picture(costs, options.scale, width, height, options.ascii);
    if options.height < PICTURED || room < PICTURE.0 || chart.is_empty() {
        return Vec::new();
    }
    let caption = Row::of(
        measure::cut(&caption(options.scale, &costs.words()), width),
        Role::Dim,
    );
    let mut rows = [vec![Row::default(), caption], chart].concat();
    rows.iter_mut().for_each(|row| row.indent(GUTTER));
    rows
}

/// One row per field: `label ▏━━┿──▕ value unit`; dimmed, and said so, where it plays no part in any of the bills. And where
/// the bars begin, with how many cells they have.
fn sliders(
    costs: &CostComparison,
    fields: &[WorkloadField],
    width: usize,
) -> (Vec<Row>, (usize, usize)) {
    let words = costs.words();
    let value = |field: WorkloadField| words::value(&costs.workload, field);
    let widths = fields.iter().map(|field| measure::width(&value(*field)));
    let longest = widths.max().unwrap_or(0);
    let labels = fields
        .iter()
        .map(|field| measure::width(&words::label(*field, &words)));
    let (mut label, mut value_width) = (labels.fold(LABEL, usize::max), longest.max(VALUE));
    let others = GUTTER + label + 1 + 2 + value_width + 1;
    let bar = width.saturating_sub(others).min(LONGEST);
    if bar < LEAST_BAR {
        // Without bars the values need not stand still, and go before the air behind the labels.
        value_width = longest.max(VALUE.min(width.saturating_sub(GUTTER + label + 2)));
        label = label.min(width.saturating_sub(GUTTER + value_width + 2));
    }
    let row = |field: &WorkloadField| {
        let mut row = Row::of(
            safe!("  {:<label$}", words::label(*field, &words)),
            Role::Label,
        );
        let bar = slider(costs.workload.get(*field), &stops(*field), bar);
        let air = if bar.is_empty() { "" } else { " " };
        row.add(air, Role::Text);
        row.runs.extend(bar);
        if costs.reads(*field) {
            row.add(safe!(" {:>value_width$}", value(*field)), Role::Strong);
        } else {
            row.runs.iter_mut().for_each(|run| run.role = Role::Dim);
            row.add(safe!(" {:>value_width$}", "in none of them"), Role::Dim);
        }
        row.cut(width);
        row
    };
    let rows = fields.iter().map(row).collect();
    let cells = if bar < LEAST_BAR { 0 } else { bar };
    (rows, (GUTTER + label + 2, cells))
}

/// The cell of a bar in which the handle of a value stands.
pub fn handle(value: u64, stops: &[u64], cells: usize) -> usize {
    let last = stops.len().saturating_sub(1).max(1);
    let at = stops.partition_point(|s| *s < value).min(last);
    (at * cells.saturating_sub(1) + last / 2) / last
}

/// A bar with a handle where a value stands among its stops; nothing where there is no room for one.
pub fn slider(value: u64, stops: &[u64], cells: usize) -> Vec<Run> {
    if cells < LEAST_BAR {
        return Vec::new();
    }
    let handle = handle(value, stops, cells);
    let bar = |n: usize, sign: &str| sign.repeat(n);
    vec![
        Run::ours("▏", Role::Rule),
        Run::new(bar(handle, "━"), Role::Text),
        Run::ours("┿", Role::Strong),
        Run::new(bar(cells - 1 - handle, "─"), Role::Rule),
        Run::ours("▕", Role::Rule),
    ]
}
