//! A bill with its words: every part with the arithmetic that made it, what was assumed, and what is left out.
//! The parts shown add up to the total shown, by the rule that is shown.

use crate::core::cost::money::Money;
use crate::core::cost::quote::{BillSums, Quote};
use crate::core::cost::serving::Case;
use crate::core::cost::tariff::{Meter, NoBill, Tariff, UncountedPart};
use crate::core::cost::unit::{Bound, MONTH_US};
use crate::core::cost::workload::{HOURS_PER_MONTH, Workload, WorkloadField};
use crate::pack::{CostWords, FloorRule, InstanceSize, Price};
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
    /// What makes it a range.
    pub spread: Spread,
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
    /// Gigabytes that the workload stores.
    pub stored_gb: u64,
    requests_per_month: u64,
}

/// What makes a bill a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Requests may or may not share instances, or their least time.
    pub shares: bool,
    /// Capacity follows the load.
    pub follows: bool,
}

impl Spread {
    /// What makes the bill of a tariff for a workload a range.
    pub fn of(tariff: &Tariff, workload: &Workload) -> Self {
        let follows = tariff.is_followed(workload);
        Self {
            shares: !follows && tariff.has_range(workload) || tariff.is_shared(workload),
            follows,
        }
    }
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
        spread: Spread::of(tariff, workload),
        awake: awake(&quote, requests),
        parts: parts(&quote, requests, &sums),
        floor: tariff.floor.map(|(_, rule)| rule),
        storage: tariff.stored.map(|price| stored(price, tariff, workload)),
        starred: starred(tariff, workload),
        gaps: gaps(tariff, workload),
        stored_gb: workload.stored_gb(),
        requests_per_month: requests,
    })
}

/// How long it is awake; nothing where each request has an instance of its own.
fn awake(quote: &Quote, requests: u64) -> Option<Awake> {
    let wakes = quote
        .wakes(requests)
        .filter(|_| !quote.tariff().waits_alone())?;
    Some(Awake {
        hours: quote.awake_us(requests) as f64 / 3.6e9,
        wakes,
    })
}

/// What of the workload is not counted.
fn gaps(tariff: &Tariff, workload: &Workload) -> Vec<UncountedPart> {
    let is_stored = workload.stored_gb() > 0 && tariff.stored.is_none();
    let storage = is_stored.then_some(UncountedPart::Storage);
    tariff.gaps().chain(storage).collect()
}

fn parts(quote: &Quote, requests: u64, sums: &BillSums) -> Vec<BillLine> {
    use BillLineKind::{Memory, Processor, Requests};
    let tariff = quote.tariff();
    let free = quote.is_within_free_plan(requests);
    let planned = quote.plan(requests).is_some();
    let metered = |line, meter: &Meter, amount, sum| {
        let is_metered = !meter.price.is_zero() || (planned && line == Requests);
        is_metered.then(|| {
            let at_first = meter.first_charge(amount);
            let told = metered_words(words(tariff), meter, amount, line);
            let words = match tariff.one_meter() {
                Some(_) if at_first != sum => {
                    safe!("{told}, less by the steps that all meters share")
                }
                Some(_) | None => told,
            };
            BillLine {
                line,
                words,
                amount: sum,
            }
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
            &quote.request_meter(requests),
            u128::from(requests),
            sums.requests,
        )
    };
    let memory = quote.memory_amount(requests);
    let processor = quote.processor_amount(requests);
    let mut processor_meter = tariff.processor;
    if tariff.one_meter().is_some() {
        // Its steps hold for all meters together.
        processor_meter.steps = &[];
    }
    let all = [
        calls,
        metered(Memory, &tariff.memory, memory, sums.memory),
        metered(Processor, &processor_meter, processor, sums.processor),
        capacity_part(quote, requests, sums),
        plan_part(quote, requests, sums),
        floor_part(quote, requests, sums),
    ];
    all.into_iter().flatten().collect()
}

fn plan_part(quote: &Quote, requests: u64, sums: &BillSums) -> Option<BillLine> {
    let tariff = quote.tariff();
    let chosen = quote.plan(requests).map(|plan| plan.name.clone());
    let is_due = !sums.plan.is_zero() || chosen.is_some();
    let name = chosen.or(tariff.pricing.plan.clone());
    let price = sums.plan.shown(&words(tariff).currency);
    is_due.then(|| BillLine {
        line: BillLineKind::Plan,
        words: match name {
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
    // Beyond what a floor holds none may be known.
    if sums.units == 0 && requests > 0 {
        return None;
    }
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
    let mut sum = match held_hours(quote, requests, sums.units) {
        Some(hours) => safe!("{name} × {price} × {hours}"),
        None => safe!("{units} × {name} × {price} × {time}"),
    };
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

/// The hours of all units together, where not all of them are up for the same time.
fn held_hours(quote: &Quote, requests: u64, units: u64) -> Option<SafeText> {
    let hours = |us| number(us, 3_600_000_000);
    if let Some(alone) = quote.alone_instead_us(requests) {
        return Some(safe!("{} h in all", hours(alone)));
    }
    let (us, least) = quote.in_bursts().filter(|(_, least)| *least < units)?;
    let (in_them, between) = (hours(us), hours(MONTH_US - us));
    let units = thousands(units);
    Some(match least {
        0 => safe!("{units} × {in_them} h of bursts"),
        _ => safe!("({units} × {in_them} h of bursts + {least} × {between} h between)"),
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

fn stored(price: Money, tariff: &Tariff, workload: &Workload) -> BillLine {
    let gb = workload.stored_gb();
    let free = tariff.get(Price::FreeGbStored).unwrap_or(0.0) as u64;
    let (all, without) = (thousands(gb), thousands(free));
    let price_words = price.exact(&words(tariff).currency);
    let words = match (free, gb <= free) {
        (0, _) => safe!("{all} GB × {price_words} per GB-month"),
        (_, true) => safe!("{all} GB, of {without} free"),
        (_, false) => safe!("({all} − {without} free) GB × {price_words} per GB-month"),
    };
    BillLine {
        line: BillLineKind::Storage,
        words,
        amount: price.times(u128::from(gb.saturating_sub(free)), 1),
    }
}

fn starred(tariff: &Tariff, workload: &Workload) -> Vec<SafeText> {
    let given = |price| tariff.get(price);
    let CostWords { one, many, .. } = words(tariff);
    let unit = unit_word(tariff);
    let rest = tariff.pause_ms.map(spell);
    let share = workload.vcpus_told().is_none() && tariff.reads(WorkloadField::Vcpu);
    let shares_units = tariff.shares_units() && workload.at_once() > 1;
    let at_once = tariff.shares_instances() || shares_units;
    let at_once = at_once.then(|| workload.at_once());
    let lines = [
        given(Price::RequestsPerUnitPerSecond)
            .filter(|_| tariff.capacity.is_some())
            .map(|n| {
                let n = number((n * 1_000.0).round() as u128, 1_000);
                safe!("at most {n} {many} a second per {unit}")
            }),
        share.then(|| processor(tariff, workload)).flatten(),
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
        rest.map(|rest| pausing(tariff, workload, &rest)),
        at_peak(tariff, workload),
        small(tariff, workload),
        left_out(tariff),
    ];
    let mut lines: Vec<SafeText> = lines.into_iter().flatten().collect();
    if !tariff.pricing.assumptions.is_empty() {
        lines.push(tariff.pricing.assumptions.clone());
    }
    lines
}

/// The processor of a request, and the size it comes from where metered instances have sizes.
fn processor(tariff: &Tariff, workload: &Workload) -> Option<SafeText> {
    let one = &words(tariff).one;
    let hundredths = |vcpus: u64| number(u128::from((vcpus + 5_000) / 10_000), 100);
    let sized = tariff.capacity.is_none() && tariff.pricing.sizes.iter().any(|s| s.vcpus.is_some());
    if !sized {
        let vcpus = hundredths(tariff.vcpus(workload));
        return Some(safe!(
            "{vcpus} vCPU per {one}, the share that comes with its memory"
        ));
    }
    let (memory, vcpus) = tariff.quote(workload, Case::Dearest).instance()?;
    let gb = number(u128::from(memory), 1_024_000);
    // Sizes are told as exactly as they are.
    let vcpus = number(u128::from(vcpus), 1_000_000);
    Some(safe!(
        "an instance of {vcpus} vCPU, {gb} GB, the smallest that holds a {one}"
    ))
}

/// When it pauses.
fn pausing(tariff: &Tariff, workload: &Workload, rest: &str) -> SafeText {
    let CostWords { one, many, .. } = words(tariff);
    let one = with_article(one);
    let rests = if tariff.waits_for_less() {
        "counts as waiting"
    } else {
        "pauses"
    };
    match workload.bursts {
        _ if tariff.waits_alone() => {
            safe!("{one} has an instance of its own, which waits {rest} more")
        }
        // A delay of less than a second is none.
        _ if tariff.pause_ms.is_some_and(|ms| ms < 1_000) => {
            safe!(
                "it {rests} as soon as no {} runs; {many} come at random",
                &words(tariff).one
            )
        }
        Some(_) => safe!("it {rests} {rest} after each burst"),
        None => safe!("it {rests} after {rest} without {one}; {many} come at random"),
    }
}

/// What a peak above the mean asks for.
fn at_peak(tariff: &Tariff, workload: &Workload) -> Option<SafeText> {
    let follows = tariff.capacity.is_none_or(|c| c.follows_load);
    let bursts = workload.bursts.is_some() && tariff.pause_ms.is_none() && !follows;
    let peaks = workload.peak_to_mean_thousandths() > 1_000 || bursts;
    if !peaks || !tariff.reads(WorkloadField::Peak) {
        return None;
    }
    let units = if tariff.capacity.is_some() {
        "units"
    } else {
        "instances"
    };
    Some(if tariff.is_followed(workload) {
        safe!("{units} come and go with the load, at most one more than its mean asks for")
    } else {
        safe!("as many {units} as the peak asks for are held all month")
    })
}

/// An instance that is smaller than the usual workload, whose memory nobody asked for.
fn small(tariff: &Tariff, workload: &Workload) -> Option<SafeText> {
    let has = tariff.most_memory?;
    let asked = workload.memory_told_mb().is_some();
    (!asked && workload.memory_mb() * 1_000 > has).then(|| {
        let has = number(u128::from(has), 1_000);
        let one = with_article(&words(tariff).one);
        safe!("an instance has {has} MB; {one} that asks for more is refused")
    })
}

/// A time in minutes, or in seconds below one.
fn spell(ms: u64) -> String {
    match ms {
        0..60_000 => format!("{} seconds", number(u128::from(ms), 1_000)),
        60_000 => "1 minute".to_owned(),
        _ => format!("{} minutes", number(u128::from(ms), 60_000)),
    }
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
