//! Bills side by side: the picture, the table of numbers, the break-even points, and what every amount rests on.
//!
//! Promises: the table says everything the picture shows; a range is told as a range, a missing bill with its reason, an
//! assumption with a star; prices stand with their region and date; what is stored stands apart.

use crate::core::cost::comparison::short;
use crate::core::cost::sweep::sweep;
use crate::core::cost::{AxisScale, Bill, BillLine, CostComparison, PricedService, Tariff, Usd};
use crate::layout::wrap::wrap;
use crate::layout::{Chart, ChartLine, ChartMark, Page, PageBuilder, Role, Row, Run, chart};
use crate::pack::{Address, Align, Kind, Library, LinkTarget};
use crate::text::SafeText;
use crate::views::entry_footer::named;

pub mod screen;
pub mod words;

#[cfg(test)]
mod tests;

/// The heading of the page.
pub const TITLE: &str = "The bill, idle first";
/// Most break-even points that are marked in a picture.
const MARKED: usize = 6;
/// Most break-even points that are told one by one.
const TOLD: usize = 10;

/// How a page of bills is printed.
#[derive(Clone, Copy, Debug)]
pub struct BillPrintOptions {
    /// Cells.
    pub width: usize,
    /// Lines instead of columns.
    pub linear: bool,
    /// Draw the picture, divided so.
    pub picture: Option<AxisScale>,
    /// Only ASCII in the picture.
    pub ascii: bool,
}

/// Rows of a printed picture.
const PICTURE_ROWS: usize = 16;

/// Bills as the command line prints them; `about` says where the workload comes from.
pub fn printed(
    library: &Library,
    beside: &CostComparison,
    about: Option<&'static str>,
    manner: BillPrintOptions,
) -> Page {
    let mut setter = PageBuilder::new(manner.width);
    setter.title(TITLE);
    let mut given = vec![Run::new(words::workload(&beside.workload), Role::Text)];
    given.extend(about.map(|about| Run::new(crate::safe!(" {about}."), Role::Dim)));
    setter.paragraph(given);
    if let Some(scale) = manner.picture {
        setter.rows(legend(beside, manner.ascii));
        let caption = wrap(&[Run::new(caption(scale), Role::Dim)], setter.width(), 0, 0);
        setter.rows(caption);
        let width = setter.width();
        setter.rows(picture(beside, scale, width, PICTURE_ROWS, manner.ascii));
        setter.blank();
    }
    if manner.linear {
        in_lines(&mut setter, beside)
    } else {
        table(&mut setter, beside)
    }
    details(&mut setter, library, beside);
    setter.finish()
}

/// What the picture counts.
pub fn caption(scale: AxisScale) -> SafeText {
    let how = match scale {
        AxisScale::Log => "in powers of ten, zero apart",
        AxisScale::Linear => "in equal steps",
    };
    crate::safe!("dollars a month over requests a month, {how}")
}

/// The letters with how their lines are drawn.
fn legend(beside: &CostComparison, ascii: bool) -> Vec<Row> {
    let row = |(n, line): (usize, &PricedService)| {
        let name = crate::safe!(" {}", line.service.name);
        let sample = chart::sample(n, line.letter, ascii);
        Row::from_runs(vec![
            letter(line),
            Run::new(sample, words::hue(line)),
            Run::new(name, Role::Text),
        ])
    };
    beside.lines.iter().enumerate().map(row).collect()
}

/// A line's letter in its hue, with a space behind it.
fn letter(line: &PricedService) -> Run {
    Run::new(crate::safe!("{} ", line.letter), words::hue(line))
}

/// The picture of the bills along the axis.
pub fn picture(
    beside: &CostComparison,
    scale: AxisScale,
    width: usize,
    height: usize,
    ascii: bool,
) -> Vec<Row> {
    let points = chart::points(width);
    let axis = beside.axis(points + 1, scale);
    let tariffs: Vec<(usize, Tariff)> = beside
        .lines
        .iter()
        .enumerate()
        .filter_map(|(n, l)| Some((n, Tariff::of(l.service).ok()?)))
        .collect();
    let swept = sweep(
        &tariffs.iter().map(|(_, t)| *t).collect::<Vec<_>>(),
        &axis,
        &beside.workload,
    );
    let line = |((n, _), totals): (&(usize, Tariff), &Vec<Option<Usd>>)| {
        let reckoned = beside.line(*n)?;
        let mut amounts = totals.iter().map(|t| t.map(Usd::to_f64));
        let idle = amounts.next().flatten();
        let (letter, name) = (reckoned.letter, reckoned.service.name.clone());
        Some(ChartLine {
            letter,
            name,
            role: words::hue(reckoned),
            idle,
            amounts: amounts.collect(),
        })
    };
    let chart = Chart {
        lines: tariffs.iter().zip(&swept.totals).filter_map(line).collect(),
        marks: marks(beside, scale),
        ticks: ticks(beside, scale),
        here: beside.share(beside.workload.requests_per_month(), scale),
        axis: SafeText::ours("requests a month"),
        log: scale == AxisScale::Log,
        ascii,
    };
    chart::draw(&chart, width, height)
}

/// The first break-even point of each pair.
fn marks(beside: &CostComparison, scale: AxisScale) -> Vec<ChartMark> {
    let mark = |met: &crate::core::cost::comparison::BreakEvenPair| {
        let crossing = met.meeting.as_ref().ok()?.crossings.first()?;
        let (a, b) = (
            beside.line(met.pair.0)?.letter,
            beside.line(met.pair.1)?.letter,
        );
        let share = beside.share(crossing.requests, scale)?;
        let words = crate::safe!("{a} = {b} at {}", short(crossing.requests));
        Some(ChartMark {
            share,
            amount: crossing.usd.0.to_f64(),
            words,
        })
    };
    beside.met.iter().filter_map(mark).take(MARKED).collect()
}

fn ticks(beside: &CostComparison, scale: AxisScale) -> Vec<(f64, SafeText)> {
    let at = |n: u64| beside.share(n, scale).map(|share| (share, short(n)));
    match scale {
        AxisScale::Linear => (1..=4)
            .filter_map(|quarter| at(beside.to / 4 * quarter))
            .collect(),
        AxisScale::Log => (0..=5)
            .rev()
            .map(|n| beside.to / 10u64.pow(n))
            .filter(|n| *n > 0)
            .filter_map(at)
            .collect(),
    }
}

/// The numbers, one row a service.
fn table(setter: &mut PageBuilder, beside: &CostComparison) {
    let head =
        ["Service", "Idle", "Use", "Total", "Per million"].map(|w| vec![Run::ours(w, Role::Label)]);
    let aligns = [
        Align::Left,
        Align::Right,
        Align::Right,
        Align::Right,
        Align::Right,
    ];
    let rows: Vec<Vec<Vec<Run>>> = beside
        .lines
        .iter()
        .map(|line| numbers(setter, line))
        .collect();
    setter.table(&aligns, &head, &rows);
    setter.blank();
}

fn numbers(setter: &mut PageBuilder, line: &PricedService) -> Vec<Vec<Run>> {
    let bill = line.bill.as_ref().ok();
    let cell = |words: SafeText, role| vec![Run::new(words, role)];
    let plain = |usd: Option<Usd>| {
        cell(
            usd.map_or(SafeText::ours("-"), |u| crate::safe!("{u}")),
            Role::Text,
        )
    };
    vec![
        vec![letter(line), name(setter, line)],
        cell(SafeText::from(words::idle(line).trim_end()), Role::Strong),
        plain(bill.map(Bill::use_usd)),
        cell(SafeText::from(words::total(line).trim_end()), Role::Text),
        plain(bill.and_then(words::per_million)),
    ]
}

/// A service's name, leading to its page.
fn name(setter: &mut PageBuilder, line: &PricedService) -> Run {
    match Address::new(Kind::Services, &line.service.id) {
        Some(address) => setter.link(line.service.name.clone(), LinkTarget::Entry(address, None)),
        None => Run::new(line.service.name.clone(), Role::Text),
    }
}

/// The numbers as sentences, for those who hear them.
fn in_lines(setter: &mut PageBuilder, beside: &CostComparison) {
    for line in &beside.lines {
        let mut words = format!(
            "{}: idle {}",
            line.service.name,
            words::idle(line).trim_end()
        );
        if let Ok(bill) = &line.bill {
            words += &format!(
                ", use {}, total {}",
                bill.use_usd(),
                words::total(line).trim_end()
            );
            words += &words::per_million(bill)
                .map(|usd| format!(", {usd} per million requests"))
                .unwrap_or_default();
        }
        setter.bullet(vec![Run::new(words, Role::Text)]);
    }
    setter.blank();
}

/// Break-even points and what each bill rests on.
fn details(setter: &mut PageBuilder, library: &Library, beside: &CostComparison) {
    if !beside.met.is_empty() {
        setter.section(SafeText::ours("Break-even"), Role::Heading);
        for met in beside.met.iter().take(TOLD) {
            setter.bullet(vec![Run::new(words::met(beside, met), Role::Text)]);
        }
        if let Some(more) = beside.met.len().checked_sub(TOLD).filter(|n| *n > 0) {
            setter.bullet(vec![Run::new(
                crate::safe!("{more} more pairs are not told here."),
                Role::Dim,
            )]);
        }
        setter.blank();
    }
    beside
        .lines
        .iter()
        .for_each(|line| one(setter, library, line));
}

/// What one service's bill rests on.
fn one(setter: &mut PageBuilder, library: &Library, line: &PricedService) {
    let always = if line.machine {
        ", the machine that is always on"
    } else {
        ""
    };
    setter.section(
        crate::safe!("{} {}{always}", line.letter, line.service.name),
        words::hue(line),
    );
    match &line.bill {
        Ok(bill) => arithmetic(setter, bill),
        Err(why) => setter.label("no bill", vec![Run::new(words::no_bill(*why), Role::Warn)]),
    }
    let Some(pricing) = &line.service.pricing else {
        return;
    };
    if line.bill.is_err() && !pricing.assumptions.is_empty() {
        setter.label(
            "assumed *",
            vec![Run::new(pricing.assumptions.clone(), Role::Text)],
        );
    }
    let when = pricing
        .as_of
        .map(|d| format!(", as of {d}"))
        .unwrap_or_default();
    setter.label(
        "prices",
        vec![Run::new(
            crate::safe!("{}{when}", pricing.region),
            Role::Text,
        )],
    );
    let mut label = "from";
    for (words, target) in pricing.sources.iter().map(|s| named(library, s)) {
        let run = setter.link(words, target);
        setter.label(label, vec![run]);
        label = "";
    }
}

fn arithmetic(setter: &mut PageBuilder, bill: &Bill) {
    let sum = |part: &BillLine| {
        vec![Run::new(
            crate::safe!("{} = {}", part.words, part.usd),
            Role::Text,
        )]
    };
    for part in &bill.parts {
        setter.label(part.line.title(), sum(part));
    }
    if bill.parts.is_empty() {
        setter.label("use", vec![Run::ours("nothing is metered", Role::Text)]);
    }
    if let Some(range) = words::range(bill) {
        setter.label("range", vec![Run::new(range, Role::Warn)]);
    }
    if let Some(storage) = &bill.storage {
        setter.label(
            "apart",
            vec![Run::new(
                crate::safe!("storage: {} = {}", storage.words, storage.usd),
                Role::Dim,
            )],
        );
    }
    let mut label = "assumed *";
    for words in &bill.starred {
        setter.label(label, vec![Run::new(words.clone(), Role::Text)]);
        label = "";
    }
    for gap in &bill.gaps {
        setter.label("left out", vec![Run::ours(words::gap(*gap), Role::Warn)]);
    }
}
