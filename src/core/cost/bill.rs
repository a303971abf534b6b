//! A bill with its words: every part with the arithmetic that made it, what was assumed, and what is left out.
//! The parts shown add up to the total shown, by the rule that is shown.

use crate::core::cost::money::Money;
use crate::core::cost::quote::{BillSums, Case, Quote};
use crate::core::cost::tariff::{Meter, NoBill, Tariff, UncountedPart};
use crate::core::cost::unit::{Bound, MONTH_US};
use crate::core::cost::workload::{HOURS_PER_MONTH, Workload, WorkloadField};
use crate::pack::{CostWords, Currency, FloorRule, InstanceSize, Price};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{thousands, with_article};

/// What a service bills for a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Bill {
    pub sums: BillSums,
    /// The bill without a single request.
    pub idle: Money,
    /// The bill in the best case, where requests share instances and stretches of activity as far as they may; `None`
    /// where there is no such range. Where there is one, the total is the worst case and is never shown without this.
    pub at_least: Option<Money>,
    /// What pauses: how long it is awake.
    pub awake: Option<Awake>,
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

/// How much of the month something that pauses is awake.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Awake {
    /// Hours, of 730.
    pub hours: f64,
    /// How often somebody waits until it is awake.
    pub wakes: u64,
}

/// Requests a month below which the bill per million says nothing.
const FEW: u64 = 1_000;
/// Milliseconds in an hour.
const HOUR_MS: u128 = 3_600_000;

/// One line of a bill.
#[derive(Clone, Debug, PartialEq)]
pub struct BillLine {
    pub line: BillLineKind,
    /// The arithmetic: `98,000,000 × $0.20 per million`.
    pub words: SafeText,
    pub amount: Money,
}

/// What a line of a bill is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BillLineKind {
    Requests,
    /// Memory over time.
    Memory,
    Processor,
    Capacity,
    /// The plan it needs.
    Plan,
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
            Self::Plan => "plan",
            Self::Floor => "floor",
            Self::Storage => "storage",
        }
    }
}

impl Bill {
    /// The bill per million requests, from its best to its worst case; `None` where there are too few for it to say anything.
    pub fn per_million(&self) -> Option<(Money, Money)> {
        let each = |sum: Money| sum.times(1_000_000, u128::from(self.requests_per_month));
        let (least, most) = self.range();
        (self.requests_per_month >= FEW).then(|| (each(least), each(most)))
    }

    /// What traffic adds to the idle bill, from its best to its worst case.
    pub fn use_range(&self) -> (Money, Money) {
        let (least, most) = self.range();
        (least - self.idle, most - self.idle)
    }

    /// The bill from its best to its worst case; twice the same without a range.
    pub fn range(&self) -> (Money, Money) {
        (self.at_least.unwrap_or(self.sums.total), self.sums.total)
    }
}

/// The bill of a tariff for a workload.
pub fn bill(tariff: &Tariff, workload: &Workload) -> Result<Bill, NoBill> {
    let requests = workload.requests_per_month();
    let quote = tariff.quote(workload, Case::Dearest);
    let sums = quote.sums(requests)?;
    let least = tariff.quote(workload, Case::Cheapest).total(requests);
    Ok(Bill {
        sums,
        idle: quote.total(0)?,
        at_least: least.ok().filter(|least| *least < sums.total),
        awake: quote.wakes(requests).map(|wakes| Awake {
            hours: quote.awake_us(requests) as f64 / 3.6e9,
            wakes,
        }),
        parts: parts(&quote, requests, &sums),
        floor: tariff.floor.map(|(_, rule)| rule),
        storage: tariff
            .stored
            .map(|price| stored(price, workload, &words(tariff).currency)),
        starred: starred(tariff, workload),
        gaps: tariff.gaps().collect(),
        requests_per_month: requests,
    })
}

fn parts(quote: &Quote, requests: u64, sums: &BillSums) -> Vec<BillLine> {
    use BillLineKind::{Memory, Processor, Requests};
    let tariff = quote.tariff();
    let free = quote.is_within_free_plan(requests);
    let metered = |line, meter: &Meter, amount, sum| {
        (!meter.price.is_zero()).then(|| BillLine {
            line,
            words: metered_words(words(tariff), meter, amount, line),
            amount: sum,
        })
    };
    let calls = if free {
        let calls = thousands(requests);
        let within = safe!("{calls} {}, within the free plan", words(tariff).many);
        Some(BillLine {
            line: Requests,
            words: within,
            amount: Money::ZERO,
        })
    } else {
        metered(
            Requests,
            &tariff.requests,
            u128::from(requests),
            sums.requests,
        )
    };
    let memory = quote.memory_amount(requests);
    let processor = quote.processor_amount(requests);
    let all = [
        calls,
        metered(Memory, &tariff.memory, memory, sums.memory),
        metered(Processor, &tariff.processor, processor, sums.processor),
        capacity_part(quote, requests, sums),
        plan_part(tariff, sums),
        floor_part(quote, requests, sums),
    ];
    all.into_iter().flatten().collect()
}

fn plan_part(tariff: &Tariff, sums: &BillSums) -> Option<BillLine> {
    let plan = tariff.plan.filter(|_| !sums.plan.is_zero())?;
    let price = plan.price.shown(&words(tariff).currency);
    Some(BillLine {
        line: BillLineKind::Plan,
        words: match &tariff.pricing.plan {
            Some(name) => safe!("{name}, {price} a month"),
            None => safe!("{price} a month"),
        },
        amount: sums.plan,
    })
}

fn floor_part(quote: &Quote, requests: u64, sums: &BillSums) -> Option<BillLine> {
    let tariff = quote.tariff();
    let (floor, rule) = tariff.floor?;
    let hourly = tariff
        .get(Price::MinimumHourly)
        .map_or(Money::ZERO, Money::price);
    let hourly = hourly.exact(&words(tariff).currency);
    let all = safe!("{hourly} × {HOURS_PER_MONTH} h");
    let words = match rule {
        FloorRule::Add => safe!("{all}, added"),
        FloorRule::Larger => safe!("{all}, taken where it is larger"),
        FloorRule::Idle if sums.floor == floor => safe!("{all}, added while it waits"),
        FloorRule::Idle if quote.is_busy_time_billed(requests) => {
            let busy = number(u128::from(quote.busy_ms(requests)), HOUR_MS);
            safe!("{hourly} × ({HOURS_PER_MONTH} − {busy} h busy), added while it waits")
        }
        FloorRule::Idle => safe!("{all}, less what its busy time costs"),
    };
    Some(BillLine {
        line: BillLineKind::Floor,
        words,
        amount: sums.floor,
    })
}

fn metered_words(words: &CostWords, meter: &Meter, amount: u128, line: BillLineKind) -> SafeText {
    let (many, per, unit) = match line {
        // A request is its own fine unit, and its price is that of a million.
        BillLineKind::Requests => (&*words.many, "million", 1),
        BillLineKind::Memory => ("GB-seconds", "GB-second", meter.per),
        BillLineKind::Processor
        | BillLineKind::Plan
        | BillLineKind::Capacity
        | BillLineKind::Floor
        | BillLineKind::Storage => ("vCPU-seconds", "vCPU-second", meter.per),
    };
    let billed = number(meter.billed(amount), unit);
    let (all, free) = (number(amount, unit), number(meter.free, unit));
    let mut spans = meter.spans(amount);
    let (first, second) = (spans.next(), spans.next());
    let exact = |price: Money| price.exact(&words.currency);
    let price = exact(first.map_or(meter.price, |(_, price)| price));
    if second.is_some() {
        let span =
            |(amount, price): (u128, Money)| format!("{} × {}", number(amount, unit), exact(price));
        let sum: Vec<String> = meter.spans(amount).map(span).collect();
        let sum = sum.join(" + ");
        return match meter.free {
            0 => safe!("{many}: {sum} per {per}"),
            _ => safe!("{many} beyond {free} free: {sum} per {per}"),
        };
    }
    if meter.free == 0 {
        return safe!("{billed} {many} × {price} per {per}");
    }
    if meter.billed(amount) == 0 {
        return safe!("{all} {many}, of {free} free");
    }
    safe!("({all} − {free} free) {many} × {price} per {per}")
}

/// Units, what one costs, for how long, and what decides how many there are.
fn capacity_part(quote: &Quote, requests: u64, sums: &BillSums) -> Option<BillLine> {
    let tariff = quote.tariff();
    let (unit, _) = quote.unit(requests)?;
    let name = unit
        .size
        .map_or_else(|| unit_word(tariff), |size| size_words(tariff, size));
    let CostWords {
        one,
        many,
        currency,
        ..
    } = words(tariff);
    let (units, price) = (thousands(sums.units), unit.hourly.exact(currency));
    let awake = quote.awake_us(requests);
    let time = if awake == MONTH_US {
        safe!("{HOURS_PER_MONTH} h")
    } else {
        safe!("{} h awake", number(awake, 3_600_000_000))
    };
    let mut sum = safe!("{units} × {name} × {price} × {time}");
    if let Some(idle) = unit.idle {
        let (idle, busy) = (idle.exact(currency), unit.busy().exact(currency));
        sum = safe!("{units} × {name} × ({idle} × {HOURS_PER_MONTH} h + {busy} × {time})");
    }
    let why = match quote.bound(unit, requests) {
        Bound::Minimum => SafeText::default(),
        Bound::Rate => safe!("; {many} a second decide"),
        Bound::Memory => SafeText::ours("; memory decides"),
        Bound::Processor => SafeText::ours("; the processor decides"),
        Bound::AtOnce => safe!("; {many} at once decide"),
        Bound::Request => safe!(
            "; {} asks for more processor and takes longer",
            with_article(one)
        ),
    };
    Some(BillLine {
        line: BillLineKind::Capacity,
        words: safe!("{sum}{why}"),
        amount: sums.capacity,
    })
}

/// A size by its name or its parts: `task of 1 vCPU, 8 GB`.
fn size_words(tariff: &Tariff, size: &InstanceSize) -> SafeText {
    if let Some(name) = &size.name {
        return name.clone();
    }
    let unit = unit_word(tariff);
    let gb = size.memory_gb;
    match size.vcpus {
        Some(vcpus) => safe!("{unit} of {vcpus} vCPU, {gb} GB"),
        None => safe!("{unit} of {gb} GB"),
    }
}

fn stored(price: Money, workload: &Workload, currency: &Currency) -> BillLine {
    let gb = workload.stored_gb();
    let words = safe!(
        "{} GB × {} per GB-month",
        thousands(gb),
        price.exact(currency)
    );
    BillLine {
        line: BillLineKind::Storage,
        words,
        amount: price.times(u128::from(gb), 1),
    }
}

fn starred(tariff: &Tariff, workload: &Workload) -> Vec<SafeText> {
    let given = |price| tariff.get(price);
    let CostWords { one, many, .. } = words(tariff);
    let unit = unit_word(tariff);
    let minutes = tariff.pause_ms.map(|ms| match ms {
        60_000 => "1 minute".to_owned(),
        ms => format!("{} minutes", number(u128::from(ms), 60_000)),
    });
    let rests = if tariff.waits_for_less() {
        "counts as waiting"
    } else {
        "pauses"
    };
    let share = workload.vcpus_told().is_none() && tariff.reads(WorkloadField::Vcpu);
    let at_once = tariff.shares_instances().then(|| workload.at_once());
    let lines = [
        given(Price::RequestsPerUnitPerSecond)
            .filter(|_| tariff.capacity.is_some())
            .map(|n| safe!("at most {n} {many} a second per {unit}")),
        share.then(|| {
            let vcpus = number(u128::from((workload.vcpus() + 5_000) / 10_000), 100);
            safe!("{vcpus} vCPU per {one}, the share that comes with its memory")
        }),
        at_once.map(|n| match n {
            1 => safe!("one {one} at a time per instance"),
            n => safe!(
                "from one to {} {many} at once per instance",
                n.min(tariff.most_at_once.unwrap_or(n))
            ),
        }),
        given(Price::MinimumVcpusShared)
            .filter(|_| at_once.is_some_and(|n| n > 1))
            .map(|n| safe!("an instance that several {many} share has {n} vCPU at least")),
        given(Price::AssumedCpuMs).map(|n| safe!("{n} ms of processor time per {one}")),
        given(Price::AssumedMemoryGb)
            .map(|n| safe!("{n} GB per {one}, whatever the workload's memory")),
        minutes.map(|minutes| match workload.bursts {
            Some(_) => safe!("it {rests} {minutes} after each burst"),
            None => {
                let one = with_article(one);
                safe!("it {rests} after {minutes} without {one}; {many} come at random")
            }
        }),
        left_out(tariff),
    ];
    let mut lines: Vec<SafeText> = lines.into_iter().flatten().collect();
    if !tariff.pricing.assumptions.is_empty() {
        lines.push(tariff.pricing.assumptions.clone());
    }
    lines
}

/// What of the workload the number of units does not depend on.
fn left_out(tariff: &Tariff) -> Option<SafeText> {
    tariff.capacity?;
    let read = |field| tariff.reads(field);
    let neither = !read(WorkloadField::Duration) && !read(WorkloadField::Memory);
    let memory = !read(WorkloadField::Memory);
    (neither || memory).then(|| {
        let one = with_article(&words(tariff).one);
        if neither {
            safe!("duration and memory of {one} are not in the model")
        } else {
            safe!("the memory of {one} is not in the model")
        }
    })
}

/// How the pack of the service speaks of costs.
fn words<'a>(tariff: &Tariff<'a>) -> &'a CostWords {
    &tariff.service.facts.subject.cost
}

/// What a unit of capacity is called.
fn unit_word(tariff: &Tariff) -> SafeText {
    let unit = tariff.pricing.capacity_unit.clone();
    unit.unwrap_or(SafeText::ours("unit"))
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
