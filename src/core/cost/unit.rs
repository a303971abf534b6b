//! Units of held capacity: the sizes that can serve a request, how many of one are held, and what they cost.
//!
//! Units follow the work: requests in flight are the peak rate times the duration (Little's law), and units are held for
//! the most that rate, memory, processor or requests at once ask for.

use crate::core::cost::money::Money;
use crate::core::cost::tariff::{NoBill, Tariff};
use crate::core::cost::workload::{MILLISECONDS_PER_MONTH, Workload};
use crate::pack::InstanceSize;

/// Microseconds in an hour.
const HOUR_US: u128 = 3_600_000_000;
/// Microseconds in a month.
pub const MONTH_US: u128 = MILLISECONDS_PER_MONTH as u128 * 1_000;

/// What decides how many units are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The units that are held at least.
    Minimum,
    /// Requests a second.
    Rate,
    /// The memory of the requests in flight.
    Memory,
    /// The processor that the requests in flight ask for.
    Processor,
    /// How many requests a unit serves at once.
    AtOnce,
    /// A request asks for more processor than a unit has, and is not spread over several: it takes longer.
    Request,
}

/// Units of one size: `requests × need / per` of them, rounded up.
#[derive(Clone, Copy, Debug)]
pub struct UnitSize<'t> {
    /// The size, where there are several.
    pub size: Option<&'t InstanceSize>,
    /// A unit for an hour.
    pub hourly: Money,
    /// A unit for an hour in which it waits, where that costs less.
    pub idle: Option<Money>,
    need: u128,
    per: u128,
    /// Requests that come together, at most: no more units are held than there are of them.
    together: u64,
    bound: Bound,
}

impl UnitSize<'_> {
    /// Units that so many requests a month ask for.
    pub(super) fn asked(&self, requests: u64) -> u64 {
        self.by_work(requests).min(self.by_request(requests))
    }

    fn by_work(&self, requests: u64) -> u64 {
        let needed = u128::from(requests).saturating_mul(self.need);
        u64::try_from(needed.div_ceil(self.per)).unwrap_or(u64::MAX)
    }

    /// The requests of one burst; of those at random, all.
    const fn by_request(&self, requests: u64) -> u64 {
        requests.div_ceil(self.together)
    }

    /// What decides how many units so many requests ask for.
    pub(super) fn bound(&self, requests: u64) -> Bound {
        if self.by_request(requests) < self.by_work(requests) {
            Bound::Request
        } else {
            self.bound
        }
    }

    /// The most requests that ask for no more than so many units; `None` where any number does.
    pub(super) fn most(&self, units: u64) -> Option<u64> {
        let by_work = u128::from(units).saturating_mul(self.per);
        let by_work = by_work.checked_div(self.need)?;
        let by_work = u64::try_from(by_work).unwrap_or(u64::MAX);
        Some(by_work.max(units.saturating_mul(self.together)))
    }

    /// What a busy hour costs more than one in which it waits.
    pub(super) fn busy(&self) -> Money {
        let idle = self.idle.unwrap_or_default();
        self.hourly.max(idle) - idle
    }

    /// What so many units cost in a month, awake for so many microseconds of it.
    pub(super) fn cost(&self, units: u64, awake_us: u128) -> Money {
        let units = u128::from(units);
        let awake = units.saturating_mul(awake_us);
        match self.idle {
            Some(idle) => {
                let waits = idle.times(units.saturating_mul(MONTH_US), HOUR_US);
                waits + self.busy().times(awake, HOUR_US)
            }
            // What never pauses is held all month, and what does is held for nothing while nobody calls.
            None => self.hourly.times(awake, HOUR_US),
        }
    }

    /// Whether a unit never costs more and never serves less than one of another size.
    fn is_better(&self, other: &Self) -> bool {
        let idles_for_less = match (self.idle, other.idle) {
            (Some(a), Some(b)) => a <= b,
            (a, b) => a == b,
        };
        idles_for_less && self.hourly <= other.hourly && self.serves() >= other.serves()
    }

    /// Requests a month that a unit serves.
    fn serves(&self) -> f64 {
        self.per as f64 / self.need as f64
    }
}

/// Requests in flight at the peak are `requests × need / per`: peak rate × duration, at most those of a burst.
pub(super) fn in_flight(workload: &Workload) -> (u128, u128) {
    let ms = match workload.bursts {
        Some(bursts) => workload.duration_ms().min(bursts.length_ms),
        None => workload.duration_ms(),
    };
    let need = u128::from(workload.peak_to_mean_thousandths()) * u128::from(ms);
    (need, 1_000 * u128::from(workload.active_ms()))
}

/// The sizes of held capacity that can serve a request, in the order of their prices. Where none can, the reason, and the
/// cheapest of all: it is what idles.
pub(super) fn sizes<'t>(
    tariff: &'t Tariff<'t>,
    workload: &Workload,
) -> (Vec<UnitSize<'t>>, Option<NoBill>) {
    let Some(capacity) = tariff.capacity else {
        return (Vec::new(), None);
    };
    let needs = workload.memory_mb() * 1_000;
    let unit = |size: Option<&'t InstanceSize>, hourly, memory, vcpus| {
        let (need, per, bound) = ratio(tariff, workload, (memory, vcpus));
        let idle = size.and_then(|size| size.idle_hourly).map(Money::price);
        let unit = UnitSize {
            size,
            hourly,
            idle: idle.or(capacity.idle_hourly),
            need,
            per,
            together: workload.bursts.map_or(1, |bursts| bursts.count.max(1)),
            bound,
        };
        (memory.unwrap_or(u64::MAX), unit)
    };
    let mut all: Vec<(u64, UnitSize)> = tariff
        .pricing
        .sizes
        .iter()
        .map(|size| {
            let memory = (size.memory_gb * 1_024_000.0).round() as u64;
            let vcpus = size.vcpus.map(|v| (v * 1e6).round() as u64);
            unit(Some(size), tariff.hourly(size), Some(memory), vcpus)
        })
        .collect();
    if all.is_empty() {
        all.push(unit(None, capacity.hourly, capacity.memory, capacity.vcpus));
    }
    all.sort_by_key(|(_, unit)| unit.hourly);
    // A dearer size is kept only where it serves more, or waits for less, than every cheaper one.
    let mut kept: Vec<UnitSize> = Vec::new();
    for (_, unit) in all.iter().filter(|(memory, _)| *memory >= needs) {
        if !kept.iter().rev().any(|cheaper| cheaper.is_better(unit)) {
            kept.push(*unit);
        }
    }
    if kept.is_empty() {
        let most = all.iter().map(|(memory, _)| *memory).max().unwrap_or(0);
        kept.extend(all.first().map(|(_, unit)| *unit));
        return (kept, Some(NoBill::TooLarge(needs, most)));
    }
    (kept, None)
}

/// Units of so much memory and processor are `requests × need / per`, and what decides that.
fn ratio(
    tariff: &Tariff,
    workload: &Workload,
    (memory, vcpus): (Option<u64>, Option<u64>),
) -> (u128, u128, Bound) {
    let (need, per) = in_flight(workload);
    let mut bounds: Vec<(u128, u128, Bound)> = Vec::new();
    let capacity = tariff.capacity;
    if let Some(each) = capacity.and_then(|c| c.per_second_thousandths) {
        let peak = u128::from(workload.peak_to_mean_thousandths()) * 1_000;
        let served = u128::from(workload.active_ms()).saturating_mul(u128::from(each));
        // A larger size serves as much more as it has processors.
        let (times, of) = vcpus.zip(capacity.and_then(|c| c.vcpus)).unwrap_or((1, 1));
        let need = peak.saturating_mul(u128::from(of));
        bounds.push((need, served.saturating_mul(u128::from(times)), Bound::Rate));
    }
    let fit = memory.map(|memory| memory / (workload.memory_mb() * 1_000).max(1));
    match (fit, tariff.most_at_once) {
        (Some(fit), Some(most)) if most < fit => {
            bounds.push((need, per.saturating_mul(u128::from(most)), Bound::AtOnce));
        }
        (Some(fit), _) => bounds.push((need, per * u128::from(fit.max(1)), Bound::Memory)),
        (None, Some(most)) => {
            bounds.push((need, per.saturating_mul(u128::from(most)), Bound::AtOnce))
        }
        (None, None) => {}
    }
    if let Some(vcpus) = vcpus.filter(|v| *v > 0) {
        let asked = need * u128::from(workload.vcpus());
        bounds.push((asked, per * u128::from(vcpus), Bound::Processor));
    }
    let units = |(need, per, _): &(u128, u128, Bound)| *need as f64 / *per as f64;
    let most = bounds
        .into_iter()
        .max_by(|a, b| units(a).total_cmp(&units(b)));
    let (need, per, bound) = most.unwrap_or((0, 1, Bound::Minimum));
    (need, per.max(1), bound)
}
