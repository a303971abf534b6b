//! Bills side by side: the picture, the table of numbers, the break-even points, and what every amount rests on.
//! The table says everything the picture shows; a range is told as a range, a missing bill with its reason, an assumption
//! with a star; prices stand with their region and date; what is stored is not added.

use crate::core::cost::comparison::{fields, short};
use crate::core::cost::sweep::sweep;
use crate::core::cost::{
    AxisScale, Bill, BillLine, BreakEvenPair, Case, CostComparison, Money, PricedService, Tariff,
};
use crate::core::judge::state::STALE_MONTHS;
use crate::layout::{
    Chart, ChartLine, ChartMark, Page, PageBuilder, PageFormat, Role, Row, Run, chart, svg,
};
use crate::pack::{Address, Align, CostWords, Kind, Library, Pricing};
use crate::safe;
use crate::text::measure::capitalized;
use crate::text::{Day, SafeText};
use crate::views::entry_footer::source_links;

pub mod screen;
pub mod words;

pub const TITLE: &str = "The bill, idle first";
/// Most break-even points that are marked in a picture.
const MARKED: usize = 6;
/// Most break-even points that are told one by one.
const TOLD: usize = 10;

#[derive(Clone, Copy, Debug)]
pub struct BillPrintOptions {
    pub format: PageFormat,
    /// Draw the picture, divided so.
    pub picture: Option<AxisScale>,
    /// Only ASCII in the picture.
    pub ascii: bool,
    /// The day from which prices have their age.
    pub today: Day,
}

const PICTURE_ROWS: usize = 16;

/// Bills as the command line prints them; `about` says where the workload comes from.
pub fn printed(
    library: &Library,
    costs: &CostComparison,
    about: Option<&SafeText>,
    options: BillPrintOptions,
) -> Page {
    let subject = &library.pack().subject;
    let mut page = PageBuilder::new(options.format);
    page.title(TITLE);
    let mut given = vec![Run::new(
        words::workload(&costs.workload, &subject.cost, &fields(library)),
        Role::Text,
    )];
    given.extend(about.map(|about| Run::new(safe!(" {}.", capitalized(about)), Role::Dim)));
    if let Some(day) = costs.day {
        given.push(Run::new(safe!(" At the prices of {day}."), Role::Strong));
    }
    page.paragraph(given);
    if let Some(scale) = options.picture {
        // An image has the names at its lines.
        if !options.format.is_document() {
            page.rows(legend(costs));
        }
        page.wrapped(&[Run::new(caption(scale, &subject.cost), Role::Dim)], 0, 0);
        let width = page.width();
        let chart = charted(costs, scale, width, options.ascii);
        page.picture(chart::draw(&chart, width, PICTURE_ROWS), || {
            svg::draw(&chart)
        });
        page.blank();
    }
    if options.format.is_plain() {
        in_lines(&mut page, costs)
    } else {
        table(&mut page, library, costs)
    }
    details(&mut page, library, costs, options.today);
    page.finish()
}

/// What the picture counts.
pub fn caption(scale: AxisScale, words: &CostWords) -> SafeText {
    let how = match scale {
        AxisScale::Log => "in powers of ten, zero apart",
        AxisScale::Linear => "in equal steps",
    };
    safe!(
        "{} a month over {} a month, {how}",
        words.currency.many,
        words.many
    )
}

/// The letters of the lines with what they stand for.
fn legend(costs: &CostComparison) -> Vec<Row> {
    let row = |line: &PricedService| {
        let mut row = Row::from_runs(vec![letter(line)]);
        row.add(line.service.name.clone(), Role::Text);
        row
    };
    costs.lines.iter().map(row).collect()
}

/// The color of a line of the picture, by its letter.
fn series(line: &PricedService) -> Role {
    Role::series((line.letter as usize).saturating_sub('a' as usize))
}

/// A line's letter in its color, with a space behind it.
fn letter(line: &PricedService) -> Run {
    Run::new(safe!("{} ", line.letter), series(line))
}

/// The picture of the bills along the axis.
pub fn picture(
    costs: &CostComparison,
    scale: AxisScale,
    width: usize,
    height: usize,
    ascii: bool,
) -> Vec<Row> {
    let mut chart = charted(costs, scale, width, ascii);
    // Where one is on the axis: on the screen that can be moved.
    chart.here_words = short(costs.workload.requests_per_month());
    chart::draw(&chart, width, height)
}

fn charted(costs: &CostComparison, scale: AxisScale, width: usize, ascii: bool) -> Chart {
    let points = chart::points(width);
    let axis = costs.axis(points + 1, scale);
    let curves = costs.curves();
    let priced = curves.iter().map(|(_, tariff, case)| (*tariff, *case));
    let priced: Vec<(Tariff, Case)> = priced.collect();
    let swept = sweep(&priced, &axis, &costs.workload);
    let line = |((n, _, case), totals): (&(usize, Tariff, Case), &Vec<Option<Money>>)| {
        let priced = costs.line(*n)?;
        let mut amounts = totals.iter().map(|t| t.map(Money::to_f64));
        let name = match case {
            Case::Dearest => priced.service.name.clone(),
            // The lower end of a range has its letter alone.
            Case::Cheapest => SafeText::default(),
        };
        Some(ChartLine {
            letter: priced.letter,
            name,
            role: series(priced),
            idle: amounts.next().flatten(),
            amounts: amounts.collect(),
        })
    };
    Chart {
        lines: curves.iter().zip(&swept.totals).filter_map(line).collect(),
        marks: marks(costs, scale),
        ticks: ticks(costs, scale),
        here: costs.share(costs.workload.requests_per_month(), scale),
        here_words: SafeText::default(),
        axis: safe!("{} a month", costs.words().many),
        currency: costs.words().currency,
        log: scale == AxisScale::Log,
        ascii,
    }
}

/// The first break-even point of each pair, from left to right.
fn marks(costs: &CostComparison, scale: AxisScale) -> Vec<ChartMark> {
    let mark = |met: &BreakEvenPair| {
        let crossing = met.meeting.as_ref().ok()?.crossings.first()?;
        let letter = |n: usize| costs.line(n).map(|line| line.letter);
        let (a, b) = (letter(met.pair.0)?, letter(met.pair.1)?);
        Some(ChartMark {
            share: costs.share(crossing.requests, scale)?,
            amount: crossing.bills.0.to_f64(),
            words: safe!("{a} meets {b} at {}", short(crossing.requests)),
        })
    };
    let mut marks: Vec<ChartMark> = costs.met.iter().filter_map(mark).take(MARKED).collect();
    marks.sort_by(|a, b| a.share.total_cmp(&b.share));
    marks
}

fn ticks(costs: &CostComparison, scale: AxisScale) -> Vec<(f64, SafeText)> {
    let requests: Vec<u64> = match scale {
        AxisScale::Linear => (1..=4).map(|quarter| costs.to / 4 * quarter).collect(),
        AxisScale::Log => {
            let powers = (0..=5).rev().map(|n| costs.to / 10u64.pow(n));
            powers.filter(|n| *n > 0).collect()
        }
    };
    let at = |n: u64| costs.share(n, scale).map(|share| (share, short(n)));
    requests.into_iter().filter_map(at).collect()
}

/// The numbers, one row a service.
fn table(page: &mut PageBuilder, library: &Library, costs: &CostComparison) {
    let one = capitalized(&library.pack().subject.things.one);
    let others = ["Idle", "Use", "Total", "Per million"].map(SafeText::ours);
    let head = std::iter::once(one).chain(others);
    let head: Vec<_> = head.map(|word| vec![Run::new(word, Role::Label)]).collect();
    let mut aligns = [Align::Right; 5];
    aligns[0] = Align::Left;
    let rows: Vec<Vec<Vec<Run>>> = costs.lines.iter().map(|line| numbers(page, line)).collect();
    page.table(&aligns, &head, &rows);
    page.blank();
}

fn numbers(page: &mut PageBuilder, line: &PricedService) -> Vec<Vec<Run>> {
    let bill = line.bill.as_ref().ok();
    let amount = |range: Option<(Money, Money)>| {
        let currency = &line.words().currency;
        let words = range.map_or(SafeText::ours("-"), |range| words::span(range, currency));
        vec![Run::new(words, Role::Text)]
    };
    vec![
        vec![letter(line), name(page, line)],
        vec![Run::new(words::idle(line).trim_end(), Role::Strong)],
        amount(bill.map(Bill::use_range)),
        vec![Run::new(words::total(line).trim_end(), Role::Text)],
        amount(bill.and_then(Bill::per_million)),
    ]
}

/// A service's name, leading to its page.
fn name(page: &mut PageBuilder, line: &PricedService) -> Run {
    let address = Address::new(Kind::Services, &line.service.id);
    page.entry_link(line.service.name.clone(), address)
}

/// The numbers as sentences, for those who hear them.
fn in_lines(page: &mut PageBuilder, costs: &CostComparison) {
    for line in &costs.lines {
        let (idle, total) = (words::idle(line), words::total(line));
        let mut words = format!("{}: idle {}", line.service.name, idle.trim_end());
        if let Ok(bill) = &line.bill {
            let CostWords { many, currency, .. } = line.words();
            let added = words::span(bill.use_range(), currency);
            words += &format!(", use {added}, total {}", total.trim_end());
            if let Some(range) = bill.per_million() {
                words += &format!(", {} per million {many}", words::span(range, currency));
            }
        }
        page.bullet_text(words, Role::Text);
    }
    page.blank();
}

/// Break-even points and what each bill rests on.
fn details(page: &mut PageBuilder, library: &Library, costs: &CostComparison, today: Day) {
    meetings(page, library, costs);
    for line in &costs.lines {
        one(page, library, line, today);
    }
}

/// Where lines meet, and what is true of all bills.
fn meetings(page: &mut PageBuilder, library: &Library, costs: &CostComparison) {
    if !costs.met.is_empty() {
        page.section("Break-even", Role::Heading);
        for met in costs.met.iter().take(TOLD) {
            page.bullet_text(words::met(costs, met), Role::Text);
        }
        if let Some(more) = costs.met.len().checked_sub(TOLD).filter(|n| *n > 0) {
            page.bullet_text(safe!("{more} more pairs are left out here."), Role::Dim);
        }
        page.blank();
    }
    for shared in words::shared(costs, &library.pack().subject.things) {
        page.paragraph(vec![Run::new(shared, Role::Text)]);
    }
}

/// What one service's bill rests on.
fn one(page: &mut PageBuilder, library: &Library, line: &PricedService, today: Day) {
    let always = if line.machine {
        ", the machine that is always on"
    } else {
        ""
    };
    let heading = safe!("{} {}{always}", line.letter, line.service.name);
    page.section(heading, series(line));
    match &line.bill {
        Ok(bill) => {
            arithmetic(page, bill, line.words());
            waking(page, line, bill);
        }
        Err(why) => page.label(
            "no bill",
            vec![Run::new(words::no_bill(*why, line.words()), Role::Warn)],
        ),
    }
    let Some(pricing) = &line.service.pricing else {
        return;
    };
    if line.bill.is_err() && !pricing.assumptions.is_empty() {
        page.label_text("assumed *", pricing.assumptions.clone());
    }
    page.label_text("prices", dated(pricing, today));
    source_links(page, library, "from", &pricing.sources);
}

/// Region and date of prices, and their age where they are old.
fn dated(pricing: &Pricing, today: Day) -> SafeText {
    let when = pricing.as_of.map(|day| {
        let months = day.months_until(today);
        let old = (months > STALE_MONTHS).then(|| format!(", {months} months old"));
        format!(", as of {day}{}", old.unwrap_or_default())
    });
    safe!("{}{}", pricing.region, when.unwrap_or_default())
}

/// What pausing saves, and what it costs whoever calls next.
fn waking(page: &mut PageBuilder, line: &PricedService, bill: &Bill) {
    let Some(awake) = bill.awake else { return };
    page.label_text("awake", words::awake(awake));
    if let Some(start) = line.service.declared.waking() {
        page.label_text("waking", start.text());
    }
}

fn arithmetic(page: &mut PageBuilder, bill: &Bill, words: &CostWords) {
    let shown = |part: &BillLine| part.amount.shown(&words.currency);
    for part in &bill.parts {
        page.label_text(
            &words::part(part.line, words),
            safe!("{} = {}", part.words, shown(part)),
        );
    }
    if bill.parts.is_empty() {
        page.label_text("use", "nothing is metered");
    }
    if let Some(range) = words::range(bill, words) {
        page.label("range", vec![Run::new(range, Role::Warn)]);
    }
    if let Some(storage) = &bill.storage {
        let words = safe!("storage: {} = {}", storage.words, shown(storage));
        page.label("apart", vec![Run::new(words, Role::Dim)]);
    }
    let starred = bill.starred.iter().cloned();
    page.labels(
        "assumed *",
        starred.map(|words| vec![Run::new(words, Role::Text)]),
    );
    for gap in &bill.gaps {
        page.label(
            "left out",
            vec![Run::new(words::gap(*gap, bill), Role::Warn)],
        );
    }
}

#[cfg(test)]
mod tests;
