//! The traffic dial: one bar of requests a month, the two bills along it as a picture above, and as amounts below.
//! The picture is drawn from the two bills; the bar is its axis. The same number of rows wherever the dial stands, two rows
//! when short; one line says what stays and what falls to nothing when nobody calls; amounts are starred and dated.

use crate::core::cost::comparison::DIAL;
use crate::core::cost::{Case, Money, NoBill, Tariff, Workload, WorkloadField};
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
/// Cells of an amount left of the picture, and between the picture and what stands beside it.
const AMOUNT: usize = 7;
const BESIDE: usize = 5;
/// Narrowest picture, and narrowest name beside it, in cells.
const LEAST: usize = 16;
/// Widest name in a sentence, in cells.
const WORDED: usize = 26;

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
    bill: Result<Money, NoBill>,
    idle: Result<Money, NoBill>,
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
            Some(quote.as_ref()?.total(requests).ok()?.to_f64())
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
            Ok(idle) if idle.is_zero() => Role::Second,
            Ok(_) => Role::First,
            Err(_) => Role::Dim,
        }
    }

    fn amount(&self) -> SafeText {
        let pricing = self.service.pricing.as_ref();
        let is_assumed = pricing.is_some_and(|p| !p.assumptions.is_empty());
        match self.bill {
            Ok(bill) if is_assumed => safe!("{} *", self.shown(bill)),
            Ok(bill) => self.shown(bill),
            Err(_) => SafeText::ours("no bill"),
        }
    }

    /// Its name in so many cells: what stands in brackets at the end goes first.
    fn name(&self, cells: usize) -> SafeText {
        let name = &self.service.name;
        let short = name.split_once(" (").map(|(short, _)| short);
        match short {
            Some(short) if measure::width(name) > cells => {
                measure::cut(&SafeText::from(short.to_owned()), cells)
            }
            _ => measure::cut(name, cells),
        }
    }

    /// What it bills when nobody calls.
    fn idle_amount(&self) -> SafeText {
        match self.idle {
            Ok(idle) => self.shown(idle),
            Err(_) => SafeText::ours("no bill"),
        }
    }

    fn shown(&self, amount: Money) -> SafeText {
        amount.shown(&self.service.facts.subject.cost.currency)
    }

    /// The day of its prices.
    fn date(&self) -> SafeText {
        let prices = self.service.pricing.as_ref();
        let day = prices.and_then(|p| p.as_of);
        day.map(|day| safe!("{day}")).unwrap_or_default()
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

/// The dial: the picture, the bar, the bills, what stays when nobody calls, and what is assumed; only the bar and the bills
/// when short. No rows without two services.
pub fn rows(library: &Library, services: &[String], requests: u64, look: DialLook) -> Vec<Row> {
    let sides = services
        .iter()
        .filter_map(|id| DialSide::of(library, id, requests));
    let sides: Vec<DialSide> = sides.collect();
    let [left, right] = sides.as_slice() else {
        return Vec::new();
    };
    let (sides, width) = ([left, right], look.width);
    let words = &library.pack().subject.cost;
    let mut rows = if look.short {
        let second = match requests {
            0 => zero(sides, Role::Title, width, words),
            _ => both(sides, width),
        };
        vec![bar(requests, None, width, words), second]
    } else {
        let mut rows = pictured(sides, requests, look, words).unwrap_or_else(|| {
            let bar = bar(requests, None, width, words);
            std::iter::once(bar).chain(bills(sides, width)).collect()
        });
        let role = if requests == 0 {
            Role::Title
        } else {
            Role::Text
        };
        rows.push(zero(sides, role, width, words));
        rows.push(assumed(sides, width, words));
        rows
    };
    rows.iter_mut().for_each(|row| row.cut(width));
    rows
}

/// Where the parts of the picture stand, in cells.
#[derive(Clone, Copy)]
struct PictureRoom {
    /// The picture proper, and the bar below it.
    plot: usize,
    /// The names beside it.
    name: usize,
    /// The names have their region and date behind them.
    dated: bool,
}

impl PictureRoom {
    fn of(sides: [&DialSide; 2], width: usize) -> Option<Self> {
        let widest = |words: [SafeText; 2]| {
            let cells = words.iter().map(|w| measure::width(w));
            cells.max().unwrap_or(0)
        };
        let amount = widest(sides.map(DialSide::amount));
        let date = widest(sides.map(DialSide::dated)) + 3;
        let room = width.saturating_sub(GUTTER + AMOUNT + 2 + BESIDE + 2 + amount + 2);
        let dated = room >= date + 2 * LEAST;
        let room = room.saturating_sub(if dated { date } else { 0 });
        let name = widest(sides.map(|s| s.service.name.clone()))
            .min(room / 2)
            .max(LEAST);
        let plot = room.saturating_sub(name).min(LONGEST);
        (plot >= LEAST).then_some(Self { plot, name, dated })
    }
}

/// The two bills along the bar, with the bar as their axis and their names beside it; nothing where there is no room.
fn pictured(
    sides: [&DialSide; 2],
    requests: u64,
    look: DialLook,
    words: &CostWords,
) -> Option<Vec<Row>> {
    let room = PictureRoom::of(sides, look.width).filter(|_| look.picture > 1)?;
    let lines: Vec<ChartLine> = sides
        .into_iter()
        .zip(LETTERS)
        .map(|(side, letter)| side.line(letter, room.plot))
        .collect();
    let here = handle(requests, &DIAL, room.plot);
    let drawn = chart::strip(
        &lines,
        (room.plot, look.picture),
        here,
        &words.currency,
        look.ascii,
    );
    let names = (look.picture - 2) / 2;
    let row = |(y, (label, runs)): (usize, (Option<SafeText>, Vec<Run>))| {
        let mut row = Row::of(" ".repeat(GUTTER), Role::Text);
        row.add(
            safe!("{:>AMOUNT$} ", label.unwrap_or_default()),
            Role::Label,
        );
        row.add("│", Role::Rule);
        row.runs.extend(runs);
        let side = y
            .checked_sub(names)
            .and_then(|n| Some((*sides.get(n)?, *LETTERS.get(n)?)));
        if let Some((side, letter)) = side {
            row.pad_to(GUTTER + AMOUNT + 2 + room.plot + BESIDE);
            row.runs.extend(bill(side, letter, room.name, sides));
            if room.dated {
                row.add(safe!("   {}", side.dated()), Role::Dim);
            }
        }
        row
    };
    let mut rows: Vec<Row> = drawn.into_iter().enumerate().map(row).collect();
    rows.push(bar(requests, Some(room.plot), look.width, words));
    Some(rows)
}

/// Cells of the bar between its ends, where nothing stands beside it.
fn bar_cells(width: usize) -> usize {
    let others = GUTTER + 2 + 10 + " a month".len();
    width.saturating_sub(others).min(LONGEST)
}

/// The bar with its ends and where it stands; below a picture it is the axis.
fn bar(requests: u64, axis: Option<usize>, width: usize, words: &CostWords) -> Row {
    let mut row = Row::of(" ".repeat(GUTTER), Role::Text);
    if axis.is_some() {
        row.add(safe!("{:>AMOUNT$} ", "0"), Role::Label);
    }
    let cells = axis.unwrap_or(bar_cells(width));
    row.runs.extend(slider(requests, &DIAL, cells));
    let value = thousands(requests);
    match axis {
        Some(_) => {
            row.add("10M  ", Role::Label);
            row.add(value, Role::Strong);
            let used = row.width();
            let many = &words.many;
            let said = [safe!(" {many} a month"), safe!(" {many}")];
            let said = said.into_iter().find(|w| used + measure::width(w) <= width);
            row.add(said.unwrap_or_default(), Role::Label);
        }
        None => {
            row.add(safe!("{value:>10}"), Role::Strong);
            row.add(" a month", Role::Label);
        }
    }
    row
}

/// A side's letter, name and amount; amounts stand on the decimal point.
fn bill(side: &DialSide, letter: char, name: usize, sides: [&DialSide; 2]) -> Vec<Run> {
    let amount = sides.map(|s| measure::width(&s.amount()));
    let amount = amount.into_iter().max().unwrap_or(0);
    let words = side.name(name);
    let gap = " ".repeat(name.saturating_sub(measure::width(&words)) + 2);
    vec![
        Run::new(safe!("{letter} "), side.hue()),
        Run::new(words, side.hue()),
        Run::new(gap, Role::Text),
        Run::new(safe!("{:>amount$}", side.amount()), Role::Strong),
    ]
}

/// What one use is taken to be, as far as it plays a part in the two bills: `100 ms`, `512 MB`.
fn each(sides: [&DialSide; 2]) -> Vec<String> {
    let reads = |field| {
        let read = |side: &&DialSide| Tariff::of(side.service).is_ok_and(|t| t.reads(field));
        sides.iter().any(read)
    };
    let [DialSide { workload, .. }, _] = sides;
    let fields = [WorkloadField::Duration, WorkloadField::Memory];
    let told = fields.into_iter().filter(|field| reads(*field));
    told.map(|field| words::value(workload, field).to_string())
        .collect()
}

/// What is assumed, and of what days and places the prices are; or why there is no bill.
fn assumed(sides: [&DialSide; 2], width: usize, words: &CostWords) -> Row {
    if let Some(without) = sides.iter().find(|s| s.bill.is_err()) {
        let words = safe!("{}: {}", without.service.name, without.dated());
        return line(words, Role::Dim, width);
    }
    let [one, other] = sides.map(DialSide::dated);
    let dates = if one == other {
        one
    } else {
        safe!("{one} and {other}")
    };
    let [one, other] = sides.map(DialSide::date);
    let days = if one == other {
        one
    } else {
        safe!("{one} and {other}")
    };
    let each = each(sides);
    let of_one = match each.is_empty() {
        true => String::new(),
        false => format!(", {} a {}", each.join(" and "), words.one),
    };
    let said = [
        safe!("* list prices ({dates}){of_one}; the Cost screen lists what is assumed"),
        safe!("* list prices ({dates}){of_one}"),
        safe!("* list prices of {days}{of_one}"),
        match each.is_empty() {
            true => safe!("* list prices of {days}"),
            false => safe!("* {}; prices of {days}", each.join(", ")),
        },
        safe!("* prices of {days}"),
    ];
    let fits = |words: &&SafeText| measure::width(words) + GUTTER <= width;
    let longest = said.iter().find(fits).or(said.last());
    line(longest.cloned().unwrap_or_default(), Role::Dim, width)
}

/// A row per side: name, amount, region and date.
fn bills(sides: [&DialSide; 2], width: usize) -> Vec<Row> {
    let amounts = sides.map(|s| measure::width(&s.amount()));
    let amount = amounts.into_iter().max().unwrap_or(0);
    let room = width.saturating_sub(GUTTER + 4 + amount).min(NAME);
    let names = sides.map(|s| measure::width(&s.name(room)));
    let name = names.into_iter().max().unwrap_or(0).min(room);
    let row = |(side, letter): (&DialSide, char)| {
        let mut row = Row::of(" ".repeat(GUTTER), Role::Text);
        row.runs.extend(bill(side, letter, name, sides));
        let dated = safe!("   {}", side.dated());
        // Cut to its beginning it would say nothing; it stands below, too.
        if row.width() + measure::width(&dated) <= width {
            row.add(dated, Role::Dim);
        }
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
        row.add(side.name(room), side.hue());
    }
    row
}

/// The argument in one line, in as many words as fit: what is billed when nobody calls.
fn zero([left, right]: [&DialSide; 2], role: Role, width: usize, words: &CostWords) -> Row {
    let idle = capitalized(&words.idle);
    let [a, b] = [left, right].map(|s| s.name(WORDED));
    let (x, y) = (left.idle_amount(), right.idle_amount());
    let nothing = |side: &DialSide| side.idle.is_ok_and(|idle| idle.is_zero());
    let said = match (nothing(left), nothing(right)) {
        (false, true) => [
            safe!("{idle}: {a} still bills {x} a month, {b} {y}"),
            safe!("{idle}: the first still bills {x} a month, the second {y}"),
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
    line(longest.cloned().unwrap_or_default(), role, width)
}

fn line(words: SafeText, role: Role, width: usize) -> Row {
    let mut row = Row::of(measure::cut(&words, width.saturating_sub(GUTTER)), role);
    row.indent(GUTTER);
    row
}
