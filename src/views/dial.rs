//! The traffic dial: one bar of requests a month, and the bills of two services under it.
//! The same number of rows wherever the dial stands; two rows when short; at zero one strong line says what
//! stays and what falls to nothing; amounts are starred and dated.

use crate::core::cost::comparison::DIAL;
use crate::core::cost::{NoBill, Tariff, Usd, Workload, WorkloadField};
use crate::layout::{Role, Row};
use crate::pack::{Library, Service};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{self, thousands};
use crate::views::cost::screen::slider;
use crate::views::cost::words;

/// Cells kept free on the left.
const GUTTER: usize = 2;
/// Longest bar, in cells.
const LONGEST: usize = 44;
/// Widest name, in cells.
const NAME: usize = 40;

struct DialSide<'a> {
    service: &'a Service,
    bill: Result<Usd, NoBill>,
    idle: Result<Usd, NoBill>,
}

impl<'a> DialSide<'a> {
    /// Reads one service and nothing else.
    fn of(library: &'a Library, id: &str, requests: u64) -> Option<Self> {
        let service = library.service(id)?;
        let workload = Workload::default().with(WorkloadField::Requests, requests);
        let tariff = Tariff::of(service);
        Some(Self {
            service,
            bill: tariff.and_then(|t| t.total(&workload)),
            idle: tariff.and_then(|t| t.idle()),
        })
    }

    /// The hue that its kind has everywhere.
    fn hue(&self) -> Role {
        match self.idle {
            Ok(usd) if usd.is_zero() => Role::Zero,
            Ok(_) => Role::Provider,
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
            (Err(why), _) => words::no_bill(*why),
            (Ok(_), None) => SafeText::default(),
            (Ok(_), Some(prices)) => {
                let when = prices.as_of.map(|d| format!(", {d}")).unwrap_or_default();
                safe!("{}{when}", prices.region)
            }
        }
    }
}

/// The dial at a width: the bar, the bills and a line; only two rows when `short`. No rows without two services.
pub fn rows(
    library: &Library,
    services: &[String],
    requests: u64,
    width: usize,
    short: bool,
) -> Vec<Row> {
    let sides = services
        .iter()
        .filter_map(|id| DialSide::of(library, id, requests));
    let sides: Vec<DialSide> = sides.collect();
    let [left, right] = sides.as_slice() else {
        return Vec::new();
    };
    let sides = [left, right];
    let mut rows = vec![bar(requests, width)];
    if !short {
        rows.extend(bills(sides, width));
    }
    let note = "* at list prices, on assumptions that the Cost screen tells one by one";
    rows.push(match (requests, short) {
        (0, _) => zero(sides, width),
        (_, true) => both(sides, width),
        (_, false) => line(SafeText::ours(note), Role::Dim, width),
    });
    rows.iter_mut().for_each(|row| row.cut(width));
    rows
}

/// The bar with its ends and where it stands.
fn bar(requests: u64, width: usize) -> Row {
    let value = safe!("{:>10}", thousands(requests));
    let (before, end, after) = if width >= 70 {
        ("  requests a month   0 ", " 10M  ", "")
    } else {
        ("  ", "", " a month")
    };
    let mut row = Row::of(before, Role::Label);
    let others = row.width() + 2 + end.len() + value.len() + after.len();
    let cells = width.saturating_sub(others).min(LONGEST);
    row.runs.extend(slider(requests, &DIAL, cells));
    row.add(end, Role::Label);
    row.add(value, Role::Strong);
    row.add(after, Role::Label);
    row
}

/// A row per side: name, amount, region and date. Names share a column, amounts stand on the decimal point.
fn bills(sides: [&DialSide; 2], width: usize) -> Vec<Row> {
    let room = width.saturating_sub(GUTTER + 2 + 12).min(NAME);
    let widest = |texts: [SafeText; 2]| texts.iter().map(|t| measure::width(t)).max().unwrap_or(0);
    let name = widest(sides.map(|s| s.service.name.clone())).min(room);
    let amount = widest(sides.map(DialSide::amount));
    let row = |side: &DialSide| {
        let mut row = Row::of(" ".repeat(GUTTER), Role::Text);
        row.add(measure::cut(&side.service.name, name), side.hue());
        row.pad_to(GUTTER + name + 2);
        row.add(safe!("{:>amount$}", side.amount()), Role::Strong);
        row.add(safe!("   {}", side.dated()), Role::Dim);
        row
    };
    sides.map(row).into()
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
fn zero([left, right]: [&DialSide; 2], width: usize) -> Row {
    let (a, b) = (&left.service.name, &right.service.name);
    let (x, y) = (left.amount(), right.amount());
    let nothing = |side: &DialSide| side.idle.is_ok_and(|usd| usd.is_zero());
    let said = match (nothing(left), nothing(right)) {
        (false, true) => [
            safe!("Nobody calls: {a} still bills {x} a month, {b} {y}"),
            safe!("Nobody calls: the one still bills {x} a month, the other {y}"),
            safe!("No calls: {x} stays, {y} is left"),
        ],
        (true, false) => [
            safe!("Nobody calls: {b} still bills {y} a month, {a} {x}"),
            safe!("Nobody calls: the second still bills {y} a month, the first {x}"),
            safe!("No calls: {y} stays, {x} is left"),
        ],
        (true, true) => [
            safe!("Nobody calls, and neither {a} nor {b} bills anything"),
            safe!("Nobody calls, and neither of the two bills anything"),
            safe!("Nobody calls: {x} and {y}"),
        ],
        (false, false) => [
            safe!("Nobody calls, and both still bill: {a} {x}, {b} {y}"),
            safe!("Nobody calls, and both still bill: {x} and {y}"),
            safe!("Nobody calls: {x} and {y}"),
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
