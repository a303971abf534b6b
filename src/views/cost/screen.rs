//! Bills as the screen shows them: idle bills on top, the picture, the sliders, the numbers.
//!
//! Promises: the idle bills are the first thing on the page; the picture shows where there is room for it and never pushes
//! the numbers away; the numbers follow at every size.

use crate::core::cost::comparison::{short, stops};
use crate::core::cost::{AxisScale, CostComparison, Workload, WorkloadField};
use crate::layout::columns::columns;
use crate::layout::{Page, PageBuilder, Role, Row, Run, chart};
use crate::pack::Library;
use crate::text::{SafeText, measure};
use crate::views::cost::{caption, details, letter, name, picture, table, words};

/// The sliders, from the top.
pub const SLIDERS: [WorkloadField; 4] = [
    WorkloadField::Requests,
    WorkloadField::Duration,
    WorkloadField::Memory,
    WorkloadField::Peak,
];
/// Cells kept free on the left for the sign of the cursor.
const GUTTER: usize = 2;
/// From this width on, in cells, the sliders stand beside the idle bills.
const BESIDE: usize = 104;
/// Widest list of idle bills, in cells.
const LIST: usize = 76;
/// From this width on, in cells, the list shows how lines are drawn.
const SAMPLED: usize = 56;
/// Cells before an amount.
const GAP: usize = 3;
/// Lowest and highest picture, in rows, and the lowest screen that has one.
const PICTURE: (usize, usize) = (7, 16);
const PICTURED: usize = 18;
/// Cells of a value at least, so that the bars stand still while one counts up.
const VALUE: usize = 18;
/// Longest slider, in cells.
const LONGEST: usize = 40;

/// How a screen of bills is set.
#[derive(Clone, Copy, Debug)]
pub struct BillScreenOptions {
    /// Cells.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// How the picture is divided.
    pub scale: AxisScale,
    /// Only ASCII in the picture.
    pub ascii: bool,
}

/// A screen laid out.
#[derive(Clone, Debug, Default)]
pub struct BillScreen {
    /// The page.
    pub page: Page,
    /// The row of each slider, and the column where it begins.
    pub sliders: Vec<(usize, usize)>,
}

/// Sets the screen.
pub fn set(library: &Library, beside: &CostComparison, manner: BillScreenOptions) -> BillScreen {
    let mut setter = PageBuilder::new(manner.width);
    let wide = manner.width >= BESIDE;
    let list_width = if wide {
        manner.width * 11 / 20
    } else {
        manner.width.min(LIST)
    };
    let list = list(&mut setter, beside, list_width, manner.ascii);
    let sliders_width = if wide {
        manner.width - list_width - 4
    } else {
        manner.width
    };
    let bars = sliders(&beside.workload, sliders_width);
    let used = if wide {
        list.len().max(bars.len() + 1)
    } else {
        list.len() + bars.len() + 1
    };
    let drawn = drawn(beside, manner, manner.height.saturating_sub(used + 3));
    let (mut rows, at) = if wide {
        let bars: Vec<Row> = std::iter::once(Row::default()).chain(bars).collect();
        let column = list_width + 4;
        let rows = columns(&[list, bars], &[list_width, sliders_width], 4);
        (
            [rows, drawn].concat(),
            (0..SLIDERS.len()).map(|n| (n + 1, column)).collect(),
        )
    } else {
        let first = list.len() + drawn.len() + 1;
        (
            [list, drawn, vec![Row::default()], bars].concat(),
            (0..SLIDERS.len())
                .map(|n| (first + n, 0))
                .collect::<Vec<_>>(),
        )
    };
    rows.push(Row::default());
    setter.rows(rows);
    setter.indented(vec![], GUTTER, |setter| {
        table(setter, beside);
        details(setter, library, beside);
    });
    BillScreen {
        page: setter.finish(),
        sliders: at,
    }
}

/// What a service costs when nobody calls, and beside it what it costs now.
fn list(setter: &mut PageBuilder, beside: &CostComparison, width: usize, ascii: bool) -> Vec<Row> {
    let heads = [
        "a month  ".to_owned(),
        format!("at {}  ", short(beside.workload.requests_per_month())),
    ];
    let amounts: Vec<[SafeText; 2]> = beside
        .lines
        .iter()
        .map(|l| [words::idle(l), words::total(l)])
        .collect();
    // Each column is as wide as its widest amount, a gap before it.
    let cells: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(n, head)| {
            amounts
                .iter()
                .filter_map(|a| a.get(n))
                .map(|w| measure::width(w))
                .fold(head.len(), usize::max)
                + GAP
        })
        .collect();
    let right_edge = |mut row: Row, values: [Run; 2]| {
        row.cut(width.saturating_sub(cells.iter().sum()));
        row.pad_to(width.saturating_sub(cells.iter().sum()));
        for (run, cells) in values.into_iter().zip(&cells) {
            row.push(Run {
                text: right(&run.text, *cells),
                ..run
            });
        }
        row.cut(width);
        row
    };
    let title = Row::of("  When nobody calls", Role::Title);
    let mut rows = vec![right_edge(title, heads.map(|h| Run::new(h, Role::Label)))];
    for ((n, line), [idle, now]) in beside.lines.iter().enumerate().zip(amounts) {
        let mut row = Row::from_runs(vec![Run::ours("  ", Role::Text), letter(line)]);
        if width >= SAMPLED {
            row.push(Run::new(
                chart::sample(n, line.letter, ascii),
                words::hue(line),
            ));
            row.push(Run::ours(" ", Role::Text));
        }
        row.push(name(setter, line));
        rows.push(right_edge(
            row,
            [Run::new(idle, words::hue(line)), Run::new(now, Role::Text)],
        ));
    }
    rows
}

/// Words at the right end of some cells.
fn right(words: &SafeText, cells: usize) -> SafeText {
    crate::safe!(
        "{}{words}",
        " ".repeat(cells.saturating_sub(measure::width(words)))
    )
}

/// The picture under its caption, a blank row above; nothing where there is no room.
fn drawn(beside: &CostComparison, manner: BillScreenOptions, room: usize) -> Vec<Row> {
    if manner.height < PICTURED || room < PICTURE.0 {
        return Vec::new();
    }
    let width = manner.width.saturating_sub(GUTTER);
    let chart = picture(
        beside,
        manner.scale,
        width,
        room.min(PICTURE.1),
        manner.ascii,
    );
    if chart.is_empty() {
        return Vec::new();
    }
    let said = Row::of(measure::cut(&caption(manner.scale), width), Role::Dim);
    let indent = |mut row: Row| {
        row.runs.insert(0, Run::ours("  ", Role::Text));
        row
    };
    std::iter::once(Row::default())
        .chain(std::iter::once(said).chain(chart).map(indent))
        .collect()
}

/// One row per field: `label ▏━━┿──▕ value unit`.
fn sliders(workload: &Workload, width: usize) -> Vec<Row> {
    let value_width = SLIDERS
        .iter()
        .map(|f| measure::width(&words::value(workload, *f)))
        .max()
        .unwrap_or(0)
        .max(VALUE);
    let bar = width
        .saturating_sub(GUTTER + 10 + 2 + value_width + 1)
        .min(LONGEST);
    let row = |field: &WorkloadField| {
        let mut row = Row::of(crate::safe!("  {:<9} ", words::label(*field)), Role::Label);
        row.runs
            .extend(slider(workload.get(*field), &stops(*field), bar));
        row.push(Run::new(
            crate::safe!(" {:>value_width$}", words::value(workload, *field)),
            Role::Strong,
        ));
        row.cut(width);
        row
    };
    SLIDERS.iter().map(row).collect()
}

/// A bar with a handle where a value stands among its stops; nothing where there is no room for one.
pub fn slider(value: u64, stops: &[u64], cells: usize) -> Vec<Run> {
    if cells < 6 {
        return Vec::new();
    }
    let last = stops.len().saturating_sub(1).max(1);
    let at = stops.partition_point(|s| *s < value).min(last);
    let handle = (at * (cells - 1) + last / 2) / last;
    let bar = |n: usize, sign: &str| sign.repeat(n);
    vec![
        Run::ours("▏", Role::Rule),
        Run::new(bar(handle, "━"), Role::Text),
        Run::ours("┿", Role::Strong),
        Run::new(bar(cells - 1 - handle, "─"), Role::Rule),
        Run::ours("▕", Role::Rule),
    ]
}
