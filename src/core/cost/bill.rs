//! A bill with its words: every part with the arithmetic that made it, what was assumed, and what is left out.
//! The parts shown add up to the total shown, by the rule that is shown.

use crate::core::cost::money::Usd;
use crate::core::cost::tariff::{BillSums, FloorRule, Meter, NoBill, Tariff, UncountedPart};
use crate::core::cost::workload::{HOURS_PER_MONTH, Workload, WorkloadField};
use crate::pack::{Price, Service};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::thousands;

/// What a service bills for a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Bill {
    pub sums: BillSums,
    /// The bill without a single request.
    pub idle: Usd,
    /// The bill in the best case, where calls overlap and share a least time of activity; `None` where there is no such
    /// range. Where there is one, the total is the worst case and is never shown without this.
    pub at_least: Option<Usd>,
    /// Its parts in the order of the arithmetic; parts of nothing included where the service has the meter.
    pub parts: Vec<BillLine>,
    /// How the floor combines, where there is one.
    pub floor: Option<FloorRule>,
    /// Storage, shown apart; `None` where no price is known.
    pub storage: Option<BillLine>,
    /// What was assumed and not sourced, to be shown with a star.
    pub starred: Vec<SafeText>,
    /// What the price model leaves out.
    pub gaps: Vec<UncountedPart>,
    requests_per_month: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BillLine {
    pub line: BillLineKind,
    /// The arithmetic: `98,000,000 × $0.20 per million`.
    pub words: SafeText,
    pub usd: Usd,
}

/// What a line of a bill is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BillLineKind {
    Requests,
    /// Memory over time.
    Memory,
    Processor,
    Capacity,
    /// What is due whatever happens.
    Floor,
    Storage,
}

impl BillLineKind {
    /// One word or two.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Memory => "memory time",
            Self::Processor => "processor time",
            Self::Capacity => "capacity held",
            Self::Floor => "floor",
            Self::Storage => "storage",
        }
    }
}

impl Bill {
    /// The bill per million requests; `None` without requests.
    pub fn per_million(&self) -> Option<Usd> {
        (self.requests_per_month > 0).then(|| {
            self.sums
                .total
                .times(1_000_000, u128::from(self.requests_per_month))
        })
    }

    /// What traffic adds to the idle bill.
    pub fn use_usd(&self) -> Usd {
        self.sums.total - self.idle
    }
}

/// The bill of a service for a workload.
pub fn bill(service: &Service, workload: &Workload) -> Result<Bill, NoBill> {
    let tariff = Tariff::of(service)?;
    let sums = tariff.sums(workload)?;
    Ok(Bill {
        sums,
        idle: tariff.total(&workload.with(WorkloadField::Requests, 0))?,
        at_least: tariff
            .best_case()
            .and_then(|best| best.total(workload).ok())
            .filter(|best| *best < sums.total),
        parts: parts(&tariff, workload, &sums),
        floor: tariff.floor.map(|(_, rule)| rule),
        storage: tariff.stored.map(|price| stored(price, workload)),
        starred: starred(&tariff),
        gaps: tariff.gaps().collect(),
        requests_per_month: workload.requests_per_month(),
    })
}

fn parts(tariff: &Tariff, workload: &Workload, sums: &BillSums) -> Vec<BillLine> {
    let requests = u128::from(workload.requests_per_month());
    let (memory, processor) = (
        tariff.memory_amount(workload),
        tariff.processor_amount(workload),
    );
    let metered = |line, meter: &Meter, amount, usd| {
        (!meter.price.is_zero()).then(|| BillLine {
            line,
            words: metered_words(meter, amount, line),
            usd,
        })
    };
    let metered = [
        metered(
            BillLineKind::Requests,
            &tariff.requests,
            requests,
            sums.requests,
        ),
        metered(BillLineKind::Memory, &tariff.memory, memory, sums.memory),
        metered(
            BillLineKind::Processor,
            &tariff.processor,
            processor,
            sums.processor,
        ),
    ];
    let mut parts: Vec<BillLine> = metered.into_iter().flatten().collect();
    if let Some(capacity) = tariff.capacity {
        parts.push(capacity_part(tariff, sums, capacity.hourly));
    }
    if let Some((floor, rule)) = tariff.floor {
        let hourly = tariff
            .pricing
            .get(Price::MinimumHourly)
            .map_or(Usd::ZERO, Usd::price);
        let how = match rule {
            FloorRule::Add => "added",
            FloorRule::Larger => "taken where it is larger",
        };
        parts.push(BillLine {
            line: BillLineKind::Floor,
            words: safe!("{} × {HOURS_PER_MONTH} h, {how}", hourly.exact()),
            usd: floor,
        });
    }
    parts
}

fn metered_words(meter: &Meter, amount: u128, line: BillLineKind) -> SafeText {
    let (one, per, unit) = match line {
        // A request is its own fine unit, and its price is that of a million.
        BillLineKind::Requests => ("request", "million", 1),
        BillLineKind::Memory => ("GB-second", "GB-second", meter.per),
        BillLineKind::Processor
        | BillLineKind::Capacity
        | BillLineKind::Floor
        | BillLineKind::Storage => ("vCPU-second", "vCPU-second", meter.per),
    };
    let billed = number(meter.billed(amount), unit);
    let price = meter.price.exact();
    if meter.free == 0 {
        return safe!("{billed} {one}s × {price} per {per}");
    }
    let (all, free) = (number(amount, unit), number(meter.free, unit));
    if meter.billed(amount) == 0 {
        return safe!("{all} {one}s, of {free} free");
    }
    safe!("({all} − {free} free) {one}s × {price} per {per}")
}

fn capacity_part(tariff: &Tariff, sums: &BillSums, hourly: Usd) -> BillLine {
    let unit = unit_word(tariff);
    let words = safe!(
        "{} × {unit} × {} × {HOURS_PER_MONTH} h",
        thousands(sums.units),
        hourly.exact()
    );
    BillLine {
        line: BillLineKind::Capacity,
        words,
        usd: sums.capacity,
    }
}

fn stored(price: Usd, workload: &Workload) -> BillLine {
    let gb = workload.stored_gb();
    let words = safe!("{} GB × {} per GB-month", thousands(gb), price.exact());
    BillLine {
        line: BillLineKind::Storage,
        words,
        usd: price.times(u128::from(gb), 1),
    }
}

fn starred(tariff: &Tariff) -> Vec<SafeText> {
    let given = |price| tariff.pricing.get(price);
    let unit = unit_word(tariff);
    let lines = [
        given(Price::RequestsPerUnitPerSecond)
            .filter(|_| tariff.capacity.is_some())
            .map(|n| safe!("{n} requests a second per {unit} are assumed")),
        given(Price::AssumedVcpus).map(|n| safe!("{n} vCPU per request are assumed")),
        given(Price::AssumedCpuMs)
            .map(|n| safe!("{n} ms of processor time per request are assumed")),
        given(Price::AssumedMemoryGb)
            .map(|n| safe!("{n} GB per request are counted, whatever the workload's memory")),
    ];
    let mut lines: Vec<SafeText> = lines.into_iter().flatten().collect();
    if !tariff.pricing.assumptions.is_empty() {
        lines.push(tariff.pricing.assumptions.clone());
    }
    lines
}

/// What a unit of capacity is called.
fn unit_word<'a>(tariff: &Tariff<'a>) -> &'a str {
    let unit = tariff.pricing.capacity_unit.as_ref();
    unit.map_or("unit", SafeText::as_str)
}

/// An amount in whole units with at most three decimals, digits in groups.
fn number(fine: u128, per: u128) -> String {
    let thousandths = (fine.saturating_mul(1_000).saturating_add(per / 2)) / per.max(1);
    let whole = thousands(u64::try_from(thousandths / 1_000).unwrap_or(u64::MAX));
    let fraction = format!("{:03}", thousandths % 1_000);
    match fraction.trim_end_matches('0') {
        "" => whole,
        rest => format!("{whole}.{rest}"),
    }
}
