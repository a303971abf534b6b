//! A tariff at a workload: asked for thousands of bills that differ only in the number of requests.
//!
//! Capacity follows the work: requests in flight are the peak rate times the duration (Little's law), and units are held
//! for the most that rate, memory, processor or requests at once ask for. What pauses is billed for the hours in which it
//! is awake. A total never falls as requests, duration, memory or peak rise.

use crate::core::cost::money::Usd;
use crate::core::cost::tariff::{Meter, NoBill, Tariff};
use crate::core::cost::workload::{MILLISECONDS_PER_MONTH, Workload, WorkloadField};
use crate::pack::{FloorRule, InstanceSize};

/// Microseconds in an hour.
const HOUR_US: u128 = 3_600_000_000;
/// Microseconds in a month.
pub const MONTH_US: u128 = MILLISECONDS_PER_MONTH as u128 * 1_000;

/// Which end of a range is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// Every request has an instance, and a stretch of activity, of its own.
    Dearest,
    /// Requests share instances as far as they may, and no stretch of activity is cut short.
    Cheapest,
}

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
}

/// Units of one size: `requests × need / per` of them, rounded up.
#[derive(Clone, Copy, Debug)]
pub struct UnitSize<'t> {
    /// The size, where there are several.
    pub size: Option<&'t InstanceSize>,
    /// A unit for an hour.
    pub hourly: Usd,
    need: u128,
    per: u128,
    bound: Bound,
}

/// The sums of a bill, without words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BillSums {
    /// For requests.
    pub requests: Usd,
    /// For GB-seconds.
    pub memory: Usd,
    /// For vCPU-seconds.
    pub processor: Usd,
    /// Units of capacity held.
    pub units: u64,
    /// For held capacity.
    pub capacity: Usd,
    /// For the plan.
    pub plan: Usd,
    /// What is due in a month whatever happens.
    pub floor: Usd,
    /// The bill, storage left out.
    pub total: Usd,
}

/// A tariff at a workload.
#[derive(Clone, Debug)]
pub struct Quote<'t> {
    tariff: &'t Tariff<'t>,
    workload: Workload,
    /// Requests that share an instance.
    share: u64,
    billed_ms: u64,
    /// Memory billed per request, in thousandths of a MB.
    memory: u64,
    /// vCPUs billed per request, in millionths.
    vcpus: u64,
    /// The sizes that can serve it; of those, none that another serves better for less.
    sizes: Vec<UnitSize<'t>>,
    /// Why a request cannot be served.
    refused: Option<NoBill>,
}

impl Tariff<'_> {
    /// The bill for a month, in the dearest case where there is a range; storage left out.
    pub fn total(&self, workload: &Workload) -> Result<Usd, NoBill> {
        let requests = workload.requests_per_month();
        Ok(self.quote(workload, Case::Dearest).sums(requests)?.total)
    }

    /// The prices at a workload, ready for any number of requests.
    pub fn quote(&self, workload: &Workload, case: Case) -> Quote<'_> {
        Quote::new(self, workload, case)
    }

    /// The bill without a single request, for the usual workload.
    pub fn idle(&self) -> Result<Usd, NoBill> {
        self.total(&Workload::default().with(WorkloadField::Requests, 0))
    }
}

impl<'t> Quote<'t> {
    fn new(tariff: &'t Tariff<'t>, workload: &Workload, case: Case) -> Self {
        let share = match (case, tariff.most_at_once) {
            (Case::Dearest, _) | (Case::Cheapest, None) => 1,
            (Case::Cheapest, Some(most)) => workload.at_once().min(most),
        };
        let steps = workload.duration_ms().div_ceil(tariff.granularity_ms);
        let least = match case {
            Case::Dearest => tariff.active_ms,
            Case::Cheapest => 0,
        };
        let billed_ms = steps.saturating_mul(tariff.granularity_ms);
        let instance = instance(tariff, workload);
        let (memory, vcpus) = instance.unwrap_or_default();
        let mut quote = Self {
            tariff,
            workload: *workload,
            share,
            billed_ms: billed_ms.max(tariff.minimum_ms).max(least),
            memory: tariff.memory_fine.unwrap_or(memory),
            vcpus,
            sizes: Vec::new(),
            refused: refusal(tariff, workload).or(instance.err()),
        };
        let (sizes, unfit) = sizes(tariff, workload);
        (quote.sizes, quote.refused) = (sizes, quote.refused.or(unfit));
        quote
    }

    /// The bill for a month with so many requests, storage left out.
    pub fn total(&self, requests: u64) -> Result<Usd, NoBill> {
        self.sums(requests).map(|sums| sums.total)
    }

    /// The sums of that bill.
    pub fn sums(&self, requests: u64) -> Result<BillSums, NoBill> {
        let tariff = self.tariff;
        if let Some(end) = tariff.ends_at.filter(|end| requests > *end) {
            return Err(NoBill::Ends(end));
        }
        if requests > 0 {
            if let Some(why) = self.refused {
                return Err(why);
            }
            if !tariff.follows_traffic() {
                return Err(NoBill::IdleOnly);
            }
        }
        let (units, capacity) = self.capacity(requests);
        let mut sums = BillSums {
            requests: tariff.requests.charge(u128::from(requests)),
            memory: tariff.memory.charge(self.memory_amount(requests)),
            processor: tariff.processor.charge(self.processor_amount(requests)),
            units,
            capacity,
            ..BillSums::default()
        };
        if let Some(plan) = tariff.plan {
            let time = sums.memory + sums.processor;
            if plan.free_to.is_some_and(|to| requests <= to) && time.is_zero() {
                sums.requests = Usd::ZERO;
            } else {
                sums.plan = plan.usd;
            }
        }
        let taken = sums.requests + sums.memory + sums.processor + sums.capacity + sums.plan;
        (sums.floor, sums.total) = match tariff.floor {
            None => (Usd::ZERO, taken),
            Some((floor, FloorRule::Add)) => (floor, taken + floor),
            Some((floor, FloorRule::Larger)) => (floor, taken.max(floor)),
        };
        Ok(sums)
    }

    /// Whether a free plan still suffices for so many requests.
    pub fn is_within_free_plan(&self, requests: u64) -> bool {
        let plan = self.tariff.plan;
        plan.is_some_and(|p| p.free_to.is_some())
            && self.sums(requests).is_ok_and(|sums| sums.plan.is_zero())
    }

    /// Fine units of memory used in the month; see [`Meter::per`].
    pub fn memory_amount(&self, requests: u64) -> u128 {
        let served = u128::from(requests).saturating_mul(u128::from(self.billed_ms));
        let mut time = served.div_ceil(u128::from(self.share));
        if self.is_instance_paused() {
            let instances = self.in_flight(requests, u128::from(self.share));
            let awake = self.awake_us(requests).div_ceil(1_000);
            time = time.max(awake.saturating_mul(instances));
        }
        time.saturating_mul(u128::from(self.memory))
    }

    /// Fine units of processor time used in the month; see [`Meter::per`].
    pub fn processor_amount(&self, requests: u64) -> u128 {
        let requests = u128::from(requests);
        if let Some(us) = self.tariff.cpu_us {
            return requests
                .saturating_mul(u128::from(us))
                .saturating_mul(1_000_000);
        }
        let served = requests.saturating_mul(u128::from(self.billed_ms));
        served
            .div_ceil(u128::from(self.share))
            .saturating_mul(1_000)
            .saturating_mul(u128::from(self.vcpus))
    }

    /// GB counted per request or instance, in thousandths of a MB.
    pub const fn memory_each(&self) -> u64 {
        self.memory
    }

    /// Instances are billed by the time they are up, waiting included.
    fn is_instance_paused(&self) -> bool {
        self.tariff.pause_ms.is_some() && self.tariff.capacity.is_none()
    }

    /// Requests in flight at the peak, in instances of so many at once, rounded up.
    fn in_flight(&self, requests: u64, at_once: u128) -> u128 {
        let (need, per) = in_flight(&self.workload);
        u128::from(requests)
            .saturating_mul(need)
            .div_ceil(per.saturating_mul(at_once))
    }

    /// Units held, and what they cost.
    fn capacity(&self, requests: u64) -> (u64, Usd) {
        let Some((unit, units)) = self.unit(requests) else {
            return (0, Usd::ZERO);
        };
        let count = u128::from(units);
        let awake = count.saturating_mul(self.awake_us(requests));
        let usd = match self.tariff.capacity.and_then(|c| c.idle_hourly) {
            Some(idle) => {
                let busy = unit.hourly.max(idle) - idle;
                idle.times(count.saturating_mul(MONTH_US), HOUR_US) + busy.times(awake, HOUR_US)
            }
            // What never pauses is held all month, and what does for nothing while nobody calls.
            None => unit.hourly.times(awake, HOUR_US),
        };
        (units, usd)
    }

    /// The cheapest size for so many requests, and how many of it are held.
    pub fn unit(&self, requests: u64) -> Option<(&UnitSize<'t>, u64)> {
        let held = |size| (size, self.units(size, requests));
        let price = |(size, units): &(&UnitSize, u64)| size.hourly.times(u128::from(*units), 1);
        self.sizes.iter().map(held).min_by_key(price)
    }

    fn units(&self, size: &UnitSize, requests: u64) -> u64 {
        let needed = u128::from(requests)
            .saturating_mul(size.need)
            .div_ceil(size.per);
        let needed = u64::try_from(needed).unwrap_or(u64::MAX);
        needed.max(self.least_units(requests))
    }

    /// Units held whatever the work is.
    fn least_units(&self, requests: u64) -> u64 {
        let Some(capacity) = self.tariff.capacity else {
            return 0;
        };
        let awake = if requests > 0 {
            capacity.awake_units
        } else {
            0
        };
        awake.max(capacity.minimum_units)
    }

    /// What decides that so many units of a size are held.
    pub fn bound(&self, size: &UnitSize, requests: u64) -> Bound {
        let least = self.least_units(requests).max(1);
        if self.units(size, requests) <= least {
            Bound::Minimum
        } else {
            size.bound
        }
    }

    /// The most requests for which held capacity costs no more an hour than it does for `requests`; at most `to`.
    pub fn same_capacity_to(&self, requests: u64, to: u64) -> u64 {
        let Some((unit, units)) = self.unit(requests) else {
            return to;
        };
        let spent = unit.hourly.times(u128::from(units), 1);
        let last = |size: &UnitSize| {
            let units = spent.divided_by(size.hourly).filter(|n| *n >= 1)?;
            let most = units.saturating_mul(size.per).checked_div(size.need);
            Some(most.map_or(to, |n| u64::try_from(n).unwrap_or(to)))
        };
        let last = self.sizes.iter().filter_map(last).max();
        last.unwrap_or(to).max(requests).min(to)
    }

    /// Microseconds of the month in which it is awake: all of it, or for what pauses the share in which a request came
    /// within the delay. Requests come at random, or in bursts.
    pub fn awake_us(&self, requests: u64) -> u128 {
        let Some(stay) = self.stay_ms() else {
            return MONTH_US;
        };
        if let Some(bursts) = self.workload.bursts {
            let times = u128::from(bursts.count.min(requests));
            return times.saturating_mul(u128::from(stay) * 1_000).min(MONTH_US);
        }
        let exponent = requests as f64 * self.wake_rate();
        (-libm::expm1(-exponent) * MONTH_US as f64).round() as u128
    }

    /// Milliseconds for which one request, or one burst, keeps it awake; `None` where it never pauses.
    fn stay_ms(&self) -> Option<u64> {
        let pause = self.tariff.pause_ms?;
        let busy = match self.workload.bursts {
            Some(bursts) => bursts.length_ms.max(self.workload.duration_ms()),
            None => self.workload.duration_ms(),
        };
        Some(busy.saturating_add(pause).max(self.tariff.wake_ms))
    }

    /// The share of a month for which a single request keeps it awake.
    fn wake_rate(&self) -> f64 {
        let stay = self.stay_ms().unwrap_or(MILLISECONDS_PER_MONTH);
        stay as f64 / MILLISECONDS_PER_MONTH as f64
    }

    /// How often a month somebody waits until it is awake; `None` where it never pauses.
    pub fn wakes(&self, requests: u64) -> Option<u64> {
        self.stay_ms()?;
        Some(match self.workload.bursts {
            Some(bursts) => bursts.count.min(requests),
            // A request finds it paused when none came within the delay before it.
            None => {
                let waits = libm::exp(-(requests as f64) * self.wake_rate());
                (requests as f64 * waits).round() as u64
            }
        })
    }

    /// The part of the bill that follows the hours awake, as weight and rate: `weight × (1 − e^(−rate × requests))`.
    /// `None` where requests do not come at random, nothing pauses, or it is awake all month in all but name.
    pub fn curve(&self, requests: u64) -> Option<(f64, f64)> {
        self.stay_ms().filter(|_| self.workload.bursts.is_none())?;
        let rate = self.wake_rate();
        // Beyond this the share is within a microsecond of the whole month.
        if requests as f64 * rate > 40.0 {
            return None;
        }
        let capacity = self.unit(requests).map_or(0.0, |(unit, units)| {
            let idle = self.tariff.capacity.and_then(|c| c.idle_hourly);
            (unit.hourly.max(idle.unwrap_or_default()) - idle.unwrap_or_default()).to_f64()
                * units as f64
                * 730.0
        });
        let memory = if self.is_instance_paused() {
            let instances = self.in_flight(requests, u128::from(self.share));
            let amount = (MONTH_US / 1_000).saturating_mul(instances);
            let amount = amount.saturating_mul(u128::from(self.memory));
            let Meter { price, per, .. } = self.tariff.memory;
            price.times(amount, per).to_f64()
        } else {
            0.0
        };
        Some((capacity + memory, rate))
    }

    /// The most requests that so many instances have in flight; for what is billed by the time instances are up.
    pub fn same_instances_to(&self, requests: u64, to: u64) -> u64 {
        if !self.is_instance_paused() || requests == 0 {
            return to;
        }
        let instances = self.in_flight(requests, u128::from(self.share));
        let (need, per) = in_flight(&self.workload);
        let each = per.saturating_mul(u128::from(self.share));
        let last = instances.saturating_mul(each) / need.max(1);
        u64::try_from(last).unwrap_or(to).max(requests).min(to)
    }

    /// Numbers of requests at which bursts stop adding hours awake.
    pub fn burst_ends(&self) -> impl Iterator<Item = u64> {
        let bursts = self.workload.bursts.zip(self.stay_ms());
        let ends =
            bursts.map(|(bursts, stay)| [bursts.count, MILLISECONDS_PER_MONTH / stay.max(1)]);
        ends.into_iter().flatten()
    }

    /// The prices it was made of.
    pub const fn tariff(&self) -> &'t Tariff<'t> {
        self.tariff
    }
}

/// Requests in flight at the peak are `requests × need / per`: peak rate × duration, at most those of a burst.
fn in_flight(workload: &Workload) -> (u128, u128) {
    let ms = match workload.bursts {
        Some(bursts) => workload.duration_ms().min(bursts.length_ms),
        None => workload.duration_ms(),
    };
    let need = u128::from(workload.peak_to_mean_thousandths()) * u128::from(ms);
    (need, 1_000 * u128::from(workload.active_ms()))
}

/// Why a request cannot be served at all.
fn refusal(tariff: &Tariff, workload: &Workload) -> Option<NoBill> {
    let needs = workload.memory_mb() * 1_000;
    if let Some(most) = tariff.most_memory.filter(|most| needs > *most) {
        return Some(NoBill::TooLarge(needs, most));
    }
    let most = tariff.most_ms.filter(|most| workload.duration_ms() > *most);
    most.map(NoBill::TooLong)
}

/// Memory and vCPUs that are metered for a request: as asked for, or those of the first size that has as much.
fn instance(tariff: &Tariff, workload: &Workload) -> Result<(u64, u64), NoBill> {
    let told = workload.vcpus_told();
    let vcpus = workload.vcpus().max(tariff.least_vcpus);
    let with_vcpus = match (tariff.mb_per_vcpu, told) {
        (Some(mb), Some(told)) => told.saturating_mul(mb) / 1_000,
        (Some(_) | None, Some(_) | None) => 0,
    };
    let memory = (workload.memory_mb() * 1_000).max(with_vcpus);
    let sizes = &tariff.pricing.sizes;
    if sizes.is_empty() || tariff.capacity.is_some() {
        return Ok((memory, vcpus));
    }
    let fine = |size: &InstanceSize| {
        let vcpus = size.vcpus.map_or(vcpus, |v| (v * 1e6).round() as u64);
        ((size.memory_gb * 1_024_000.0).round() as u64, vcpus)
    };
    let fits = |(gb, cpu): &(u64, u64)| *gb >= memory && told.is_none_or(|told| *cpu >= told);
    let most = sizes.iter().map(|s| fine(s).0).max().unwrap_or(0);
    let mut sizes = sizes.iter().map(fine);
    sizes.find(fits).ok_or(NoBill::TooLarge(memory, most))
}

/// The sizes of held capacity that can serve a request, in the order of their prices. Where none can, the reason, and the
/// cheapest of all: it is what idles.
fn sizes<'t>(tariff: &'t Tariff<'t>, workload: &Workload) -> (Vec<UnitSize<'t>>, Option<NoBill>) {
    let Some(capacity) = tariff.capacity else {
        return (Vec::new(), None);
    };
    let needs = workload.memory_mb() * 1_000;
    let unit = |size, hourly, memory, vcpus| {
        let unit = unit_size(tariff, workload, size, hourly, (memory, vcpus));
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
    // A dearer size is kept only where a unit of it serves more than one of every cheaper size.
    let mut kept: Vec<UnitSize> = Vec::new();
    for (_, unit) in all.iter().filter(|(memory, _)| *memory >= needs) {
        if kept
            .last()
            .is_none_or(|cheaper| serves(unit) > serves(cheaper))
        {
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

/// Requests a month that a unit serves.
fn serves(size: &UnitSize) -> f64 {
    size.per as f64 / size.need as f64
}

fn unit_size<'t>(
    tariff: &Tariff,
    workload: &Workload,
    size: Option<&'t InstanceSize>,
    hourly: Usd,
    (memory, vcpus): (Option<u64>, Option<u64>),
) -> UnitSize<'t> {
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
    let ratio = |(need, per, _): &(u128, u128, Bound)| *need as f64 / *per as f64;
    let most = bounds
        .into_iter()
        .max_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let (need, per, bound) = most.unwrap_or((0, 1, Bound::Minimum));
    UnitSize {
        size,
        hourly,
        need,
        per: per.max(1),
        bound,
    }
}

#[cfg(test)]
mod tests;
