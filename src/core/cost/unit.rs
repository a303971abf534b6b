//! Units of held capacity: the sizes that can serve a request, how many of one are held, and what they cost.
//!
//! Units follow the work: requests in flight are the peak rate times the duration (Little's law), and units are held for
//! the most that rate, memory, processor or requests at once ask for.

use crate::core::cost::money::Money;
use crate::core::cost::serving::{Case, unfit};
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

/// Units that work asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitDemand {
    /// At the peak `requests × need / per` of them, rounded up.
    need: u128,
    per: u128,
    /// The same at the mean, where units follow the load: no more are held over the month than the mean asks for and one, since
    /// each rise is rounded up to a whole unit.
    mean: Option<u128>,
}

impl UnitDemand {
    /// For work that asks for `requests × each / per` units at the mean.
    pub(super) fn new(each: u128, per: u128, peak: u64, follows_load: bool, case: Case) -> Self {
        let need = each.saturating_mul(u128::from(peak));
        let mean = each.saturating_mul(1_000);
        let per = per.saturating_mul(1_000).max(1);
        let (need, mean) = match (follows_load, case) {
            (false, _) => (need, None),
            (true, Case::Dearest) => (need, Some(mean)),
            (true, Case::Cheapest) => (mean, None),
        };
        Self { need, per, mean }
    }

    pub(super) fn units(&self, requests: u64) -> u64 {
        let at = |need: u128| {
            let needed = u128::from(requests).saturating_mul(need);
            u64::try_from(needed.div_ceil(self.per)).unwrap_or(u64::MAX)
        };
        let mean = self
            .mean
            .map_or(u64::MAX, |mean| at(mean).saturating_add(1));
        at(self.need).min(mean)
    }

    /// The most requests that ask for no more than so many units; `None` where any number does.
    pub(super) fn most(&self, units: u64) -> Option<u64> {
        let most = |units: u64, need: u128| {
            let most = u128::from(units)
                .saturating_mul(self.per)
                .checked_div(need)?;
            Some(u64::try_from(most).unwrap_or(u64::MAX))
        };
        let at_peak = most(units, self.need)?;
        match self.mean {
            Some(mean) => Some(at_peak.max(most(units.saturating_sub(1), mean)?)),
            None => Some(at_peak),
        }
    }

    /// Requests a month that one serves at the peak.
    fn serves(&self) -> f64 {
        self.per as f64 / self.need as f64
    }
}

/// Units of one size.
#[derive(Clone, Copy, Debug)]
pub struct UnitSize<'t> {
    /// The size, where there are several.
    pub size: Option<&'t InstanceSize>,
    /// A unit for an hour.
    pub hourly: Money,
    /// A unit for an hour in which it waits, where that costs less.
    pub idle: Option<Money>,
    asked: UnitDemand,
    /// Requests that come together, at most: no more units are held than there are of them.
    together: u64,
    /// Units that can be had.
    limit: u64,
    bound: Bound,
}

impl UnitSize<'_> {
    /// Units that so many requests a month ask for, of those that can be had.
    pub(super) fn asked(&self, requests: u64) -> u64 {
        self.wanted(requests).min(self.limit)
    }

    /// Units that so many requests a month ask for.
    pub(super) fn wanted(&self, requests: u64) -> u64 {
        self.asked.units(requests).min(self.by_request(requests))
    }

    /// The requests of one burst; of those at random, all.
    const fn by_request(&self, requests: u64) -> u64 {
        requests.div_ceil(self.together)
    }

    /// What decides how many units so many requests ask for.
    pub(super) fn bound(&self, requests: u64) -> Bound {
        if self.by_request(requests) < self.asked.units(requests) {
            Bound::Request
        } else {
            self.bound
        }
    }

    /// The most requests that hold no more than so many units; `None` where any number does.
    pub(super) fn most(&self, units: u64) -> Option<u64> {
        if units >= self.limit {
            return None;
        }
        self.served(units)
    }

    /// The most requests that so many units serve; `None` where they serve any number.
    pub(super) fn served(&self, units: u64) -> Option<u64> {
        let by_work = self.asked.most(units)?;
        Some(by_work.max(units.saturating_mul(self.together)))
    }

    /// What a busy hour costs more than one in which it waits.
    pub(super) fn busy(&self) -> Money {
        let idle = self.idle.unwrap_or_default();
        self.hourly.max(idle) - idle
    }

    /// What so many units cost in a month that work for so many microseconds of it, all together.
    pub(super) fn cost(&self, units: u64, held_us: u128) -> Money {
        match self.idle {
            Some(idle) => {
                let all = u128::from(units).saturating_mul(MONTH_US);
                let waits = idle.times(all, HOUR_US);
                waits + self.busy().times(held_us, HOUR_US)
            }
            // What never pauses is held all month, and what does is held for nothing while nobody calls.
            None => self.hourly.times(held_us, HOUR_US),
        }
    }

    /// Whether a unit never costs more and never serves less than one of another size.
    fn is_better(&self, other: &Self) -> bool {
        let idles_for_less = match (self.idle, other.idle) {
            (Some(a), Some(b)) => a <= b,
            (a, b) => a == b,
        };
        let serves = self.asked.serves() >= other.asked.serves();
        idles_for_less && self.hourly <= other.hourly && serves
    }
}

/// Requests in flight at the mean are `requests × each / per`: rate × duration, at most those of a burst.
fn in_flight(workload: &Workload) -> (u128, u128) {
    let ms = match workload.bursts {
        Some(bursts) => workload.duration_ms().min(bursts.length_ms),
        None => workload.duration_ms(),
    };
    (u128::from(ms), u128::from(workload.active_ms()))
}

/// Metered instances that so many requests at once ask for: they come and go with the load.
pub(super) fn instances(workload: &Workload, at_once: u64, case: Case) -> UnitDemand {
    let (each, per) = in_flight(workload);
    let per = per.saturating_mul(u128::from(at_once));
    let peak = workload.peak_to_mean_thousandths();
    UnitDemand::new(each, per, peak, true, case)
}

/// The sizes of held capacity that can serve a request, in the order of their prices. Where none can, the reason, and the
/// cheapest of all: it is what idles.
pub(super) fn sizes<'t>(
    tariff: &'t Tariff<'t>,
    workload: &Workload,
    case: Case,
) -> (Vec<UnitSize<'t>>, Option<NoBill>) {
    let Some(capacity) = tariff.capacity else {
        return (Vec::new(), None);
    };
    let needs = workload.memory_mb() * 1_000;
    let unit = |size: Option<&'t InstanceSize>, hourly, memory, vcpus| {
        let (each, per, bound) = ratio(tariff, workload, (memory, vcpus), case);
        let peak = workload.peak_to_mean_thousandths();
        let idle = size.and_then(|size| size.idle_hourly).map(Money::price);
        let unit = UnitSize {
            size,
            hourly,
            idle: idle.or(capacity.idle_hourly),
            asked: UnitDemand::new(each, per, peak, capacity.follows_load, case),
            together: workload.bursts.map_or(1, |bursts| bursts.count.max(1)),
            limit: capacity.most_units.unwrap_or(u64::MAX),
            bound,
        };
        // In the only size there is, what asks for more processor takes longer.
        let of_size = size.and(vcpus).unwrap_or(u64::MAX);
        let has = (memory.unwrap_or(u64::MAX), of_size);
        (has, unit)
    };
    let mut all: Vec<((u64, u64), UnitSize)> = tariff
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
    let told = workload.vcpus_told().unwrap_or(0);
    let fits = |(memory, vcpus): &(u64, u64)| *memory >= needs && *vcpus >= told;
    for (_, unit) in all.iter().filter(|(has, _)| fits(has)) {
        if !kept.iter().rev().any(|cheaper| cheaper.is_better(unit)) {
            kept.push(*unit);
        }
    }
    if kept.is_empty() {
        kept.extend(all.first().map(|(_, unit)| *unit));
        let has: Vec<(u64, u64)> = all.iter().map(|(has, _)| *has).collect();
        return (kept, Some(unfit(&has, needs, told)));
    }
    (kept, None)
}

/// The most requests a month that can be served with as many units as can be had, sharing them as far as they may; `None`
/// where there is no such limit.
pub(super) fn most_served(tariff: &Tariff, workload: &Workload) -> Option<u64> {
    let most = tariff.capacity?.most_units?;
    let (sizes, _) = sizes(tariff, workload, Case::Cheapest);
    let served: Option<Vec<u64>> = sizes.iter().map(|size| size.served(most)).collect();
    served?.into_iter().max()
}

/// Units of so much memory and processor are `requests × each / per` at the mean, and what decides that.
fn ratio(
    tariff: &Tariff,
    workload: &Workload,
    (memory, vcpus): (Option<u64>, Option<u64>),
    case: Case,
) -> (u128, u128, Bound) {
    let (each, per) = in_flight(workload);
    let mut bounds: Vec<(u128, u128, Bound)> = Vec::new();
    let capacity = tariff.capacity;
    if let Some(rate) = capacity.and_then(|c| c.per_second_thousandths) {
        let served = u128::from(workload.active_ms()).saturating_mul(u128::from(rate));
        // A larger size serves as much more as it has processors.
        let (times, of) = vcpus.zip(capacity.and_then(|c| c.vcpus)).unwrap_or((1, 1));
        let served = served.saturating_mul(u128::from(times));
        bounds.push((1_000_000 * u128::from(of), served, Bound::Rate));
    }
    let share = match case {
        Case::Cheapest if tariff.shares_units() => workload.at_once(),
        Case::Cheapest | Case::Dearest => 1,
    };
    let fit = memory.map(|memory| memory / (workload.memory_mb() * 1_000).max(1));
    let fit = fit.map(|fit| u128::from(fit.max(1)) * u128::from(share));
    let most = tariff.most_at_once.map(u128::from);
    let at_once = match (fit, most) {
        (Some(fit), Some(most)) if most <= fit => Some((most, Bound::AtOnce)),
        (Some(fit), _) => Some((fit, Bound::Memory)),
        (None, Some(most)) => Some((most, Bound::AtOnce)),
        (None, None) => None,
    };
    bounds.extend(at_once.map(|(n, bound)| (each, per.saturating_mul(n), bound)));
    if let Some(vcpus) = vcpus.filter(|v| *v > 0) {
        // Requests that share a unit share its processor, unless they ask for their own in so many words.
        let share = workload.vcpus_told().map_or(share, |_| 1);
        let has = per * u128::from(vcpus) * u128::from(share);
        bounds.push((each * u128::from(workload.vcpus()), has, Bound::Processor));
    }
    let units = |(each, per, _): &(u128, u128, Bound)| *each as f64 / *per as f64;
    let most = bounds
        .into_iter()
        .max_by(|a, b| units(a).total_cmp(&units(b)));
    most.unwrap_or((0, 1, Bound::Minimum))
}
