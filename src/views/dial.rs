//! The traffic dial: one bar of requests a month, the two bills along it as a picture above, and as amounts below.
//! The picture is drawn from the two bills, on the bar's own axis. The same number of rows wherever the dial stands; two
//! rows when short; at zero one strong line says what stays and what falls to nothing; amounts are starred and dated.

use crate::core::cost::comparison::DIAL;
use crate::core::cost::{Case, NoBill, Tariff, Usd, Workload, WorkloadField};
use crate::layout::{ChartLine, Role, Row, Run, chart};
use crate::pack::{CostWords, Library, Service};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{self, capitalized, thousands};
use crate::views::cost::screen::{handle, slider};
use crate::views::cost::words;

/// Cells kept free on the left.
const GUTTER: usize = 2;
/// Longest bar, in cells.
const LONGEST: usize = 44;
/// Widest name, in cells.
const NAME: usize = 40;

/// How a dial is drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct DialLook {
    /// Cells.
    pub width: usize,
    /// Only two rows.
    pub short: bool,
    /// Rows of the picture above the bar; 0 leaves it out.
    pub picture: usize,
    /// Only ASCII in the picture.
    pub ascii: bool,
}

struct DialSide<'a> {
    service: &'a Service,
    workload: Workload,
    bill: Result<Usd, NoBill>,
    idle: Result<Usd, NoBill>,
}

impl<'a> DialSide<'a> {
    /// Reads one service and nothing else.
    fn of(library: &'a Library, id: &str, requests: u64) -> Option<Self> {
        let service = library.service(id)?;
        let pack = library.pack();
        let workload = Workload::default()
            .with(WorkloadField::Requests, requests)
            .with(WorkloadField::Duration, pack.dial_duration_ms);
        let tariff = Tariff::of(service);
        Some(Self {
            service,
            workload,
            bill: tariff.and_then(|t| t.total(&workload)),
            idle: tariff.and_then(|t| t.idle()),
        })
    }

    /// Its bills along the bar, two a cell.
    fn line(&self, letter: char, cells: usize) -> ChartLine {
        let tariff = Tariff::of(self.service).ok();
        let quote = tariff
            .as_ref()
            .map(|t| t.quote(&self.workload, Case::Dearest));
        let amount = |n: usize| {
            let requests = along(n as f64 / (2 * cells - 2).max(1) as f64);
            let usd = quote.as_ref()?.total(requests).ok()?;
            Some(usd.to_f64())
        };
        ChartLine {
            letter,
            role: self.hue(),
            amounts: (0..2 * cells - 1).map(amount).collect(),
            ..ChartLine::default()
        }
    }

    /// The hue that its kind has everywhere.
    fn hue(&self) -> Role {
        match self.idle {
            Ok(usd) if usd.is_zero() => Role::Second,
            Ok(_) => Role::First,
            Err(_) => Role::Dim,
        }
    }

    fn amount(&self) -> SafeText {
        let pricing = self.service.pricing.as_ref();
        let is_assumed = pricing.is_some_and(|p| !p.assumptions.is_empty());
        match self.bill {
            Ok(usd) if is_assumed => safe!("{usd} *"),
            Ok(usd) => safe!("{usd}"),
            Err(_) => SafeText::ours("no bill"),
        }
    }

    /// Region and date of its prices, or why there is no bill.
    fn dated(&self) -> SafeText {
        match (&self.bill, &self.service.pricing) {
            (Err(why), _) => words::no_bill(*why, &self.service.facts.subject.cost),
            (Ok(_), None) => SafeText::default(),
            (Ok(_), Some(prices)) => {
                let when = prices.as_of.map(|d| format!(", {d}")).unwrap_or_default();
                safe!("{}{when}", prices.region)
            }
        }
    }
}

/// Requests a month at a share of the bar: between two stops in proportion.
fn along(share: f64) -> u64 {
    let at = share.clamp(0.0, 1.0) * (DIAL.len() - 1) as f64;
    let stop = |n: f64| DIAL.get(n as usize).copied().unwrap_or_default() as f64;
    let (low, high) = (stop(at.floor()), stop(at.ceil()));
    (low + (high - low) * (at - at.floor())).round() as u64
}

/// The letters of the two sides, as the Cost screen has them.
const LETTERS: [char; 2] = ['a', 'b'];

/// The dial: the picture, the bar, the bills and a line; only two rows when short. No rows without two services.
pub fn rows(library: &Library, services: &[String], requests: u64, look: DialLook) -> Vec<Row> {
    let DialLook { width, short, .. } = look;
    let words = &library.pack().subject.cost;
    let sides = services
        .iter()
        .filter_map(|id| DialSide::of(library, id, requests));
    let sides: Vec<DialSide> = sides.collect();
    let [left, right] = sides.as_slice() else {
        return Vec::new();
    };
    let sides = [left, right];
    let mut rows = if short {
        Vec::new()
    } else {
        picture(sides, requests, look, words)
    };
    rows.push(bar(requests, width, words));
    if !short {
        rows.extend(bills(sides, width));
    }
    let ms = thousands(left.workload.duration_ms());
    let mb = thousands(left.workload.memory_mb());
    let one = &words.one;
    let note =
        safe!("* list prices, {ms} ms and {mb} MB a {one}; the Cost screen lists what is assumed");
    rows.push(match (requests, short) {
        (0, _) => zero(sides, width, words),
        (_, true) => both(sides, width),
        (_, false) => line(note, Role::Dim, width),
    });
    rows.iter_mut().for_each(|row| row.cut(width));
    rows
}

/// The two bills along the bar, drawn over it.
fn picture(sides: [&DialSide; 2], requests: u64, look: DialLook, words: &CostWords) -> Vec<Row> {
    let before = measure::width(&ends(look.width, words).0);
    let cells = bar_cells(look.width, words);
    if look.picture == 0 || cells < 6 {
        return Vec::new();
    }
    let lines: Vec<ChartLine> = sides
        .into_iter()
        .zip(LETTERS)
        .map(|(side, letter)| side.line(letter, cells))
        .collect();
    let drawn = chart::strip(
        &lines,
        (cells, look.picture),
        handle(requests, &DIAL, cells),
        look.ascii,
    );
    let row = |(label, runs): (Option<SafeText>, Vec<Run>)| {
        let room = before.saturating_sub(1);
        let mut row = Row::of(safe!("{:>room$} ", label.unwrap_or_default()), Role::Dim);
        row.add("│", Role::Rule);
        row.runs.extend(runs);
        row
    };
    drawn.into_iter().map(row).collect()
}

/// What stands before the bar, behind it, and behind the value.
fn ends(width: usize, words: &CostWords) -> (SafeText, &'static str, &'static str) {
    if width >= 70 {
        (safe!("  {} a month   0 ", words.many), " 10M  ", "")
    } else {
        (SafeText::ours("  "), "", " a month")
    }
}

/// Cells of the bar between its ends.
fn bar_cells(width: usize, words: &CostWords) -> usize {
    let (before, end, after) = ends(width, words);
    let others = measure::width(&before) + 2 + end.len() + 10 + after.len();
    width.saturating_sub(others).min(LONGEST)
}

/// The bar with its ends and where it stands.
fn bar(requests: u64, width: usize, words: &CostWords) -> Row {
    let (before, end, after) = ends(width, words);
    let mut row = Row::of(before, Role::Label);
    row.runs
        .extend(slider(requests, &DIAL, bar_cells(width, words)));
    row.add(end, Role::Label);
    row.add(safe!("{:>10}", thousands(requests)), Role::Strong);
    row.add(after, Role::Label);
    row
}

/// A row per side: name, amount, region and date. Names share a column, amounts stand on the decimal point.
fn bills(sides: [&DialSide; 2], width: usize) -> Vec<Row> {
    let room = width.saturating_sub(GUTTER + 4 + 12).min(NAME);
    let widest = |texts: [SafeText; 2]| texts.iter().map(|t| measure::width(t)).max().unwrap_or(0);
    let name = widest(sides.map(|s| s.service.name.clone())).min(room);
    let amount = widest(sides.map(DialSide::amount));
    let row = |(side, letter): (&DialSide, char)| {
        let mut row = Row::of(" ".repeat(GUTTER), Role::Text);
        row.add(safe!("{letter} "), side.hue());
        row.add(measure::cut(&side.service.name, name), side.hue());
        row.pad_to(GUTTER + 2 + name + 2);
        row.add(safe!("{:>amount$}", side.amount()), Role::Strong);
        row.add(safe!("   {}", side.dated()), Role::Dim);
        row
    };
    sides.into_iter().zip(LETTERS).map(row).collect()
}

/// Both sides in one row, amounts first.
fn both(sides: [&DialSide; 2], width: usize) -> Row {
    let half = width.saturating_sub(GUTTER + 2) / 2;
    let mut row = Row::of(" ".repeat(GUTTER), Role::Text);
    for (n, side) in sides.into_iter().enumerate() {
        row.pad_to(GUTTER + n * (half + 2));
        let amount = side.amount();
        let room = half.saturating_sub(measure::width(&amount) + 1);
        row.add(safe!("{amount} "), Role::Strong);
        row.add(measure::cut(&side.service.name, room), side.hue());
    }
    row
}

/// The argument in one strong line, in as many words as fit.
fn zero([left, right]: [&DialSide; 2], width: usize, words: &CostWords) -> Row {
    let idle = capitalized(&words.idle);
    let (a, b) = (&left.service.name, &right.service.name);
    let (x, y) = (left.amount(), right.amount());
    let nothing = |side: &DialSide| side.idle.is_ok_and(|usd| usd.is_zero());
    let said = match (nothing(left), nothing(right)) {
        (false, true) => [
            safe!("{idle}: {a} still bills {x} a month, {b} {y}"),
            safe!("{idle}: the one still bills {x} a month, the other {y}"),
            safe!("Idle: {x} stays, {y} is left"),
        ],
        (true, false) => [
            safe!("{idle}: {b} still bills {y} a month, {a} {x}"),
            safe!("{idle}: the second still bills {y} a month, the first {x}"),
            safe!("Idle: {y} stays, {x} is left"),
        ],
        (true, true) => [
            safe!("{idle}, and neither {a} nor {b} bills anything"),
            safe!("{idle}, and neither of the two bills anything"),
            safe!("{idle}: {x} and {y}"),
        ],
        (false, false) => [
            safe!("{idle}, and both still bill: {a} {x}, {b} {y}"),
            safe!("{idle}, and both still bill: {x} and {y}"),
            safe!("{idle}: {x} and {y}"),
        ],
    };
    let fits = |words: &&SafeText| measure::width(words) + GUTTER <= width;
    let longest = said.iter().find(fits).or(said.last());
    line(longest.cloned().unwrap_or_default(), Role::Title, width)
}

fn line(words: SafeText, role: Role, width: usize) -> Row {
    let mut row = Row::of(measure::cut(&words, width.saturating_sub(GUTTER)), role);
    row.indent(GUTTER);
    row
}
