//! A tariff at a workload: asked for thousands of bills that differ only in the number of requests.
//!
//! What pauses is billed for the hours in which it is awake, and of the sizes of held capacity the one is taken whose units
//! cost least over the month. A total never falls as requests, duration, memory or peak rise.

use crate::core::cost::money::Money;
use crate::core::cost::tariff::{NoBill, Tariff};
use crate::core::cost::unit::{self, Bound, MONTH_US, UnitSize, in_flight};
use crate::core::cost::workload::{MILLISECONDS_PER_MONTH, Workload, WorkloadField};
use crate::pack::{FloorRule, InstanceSize};

const MONTH_MS: u128 = MILLISECONDS_PER_MONTH as u128;

/// Which end of a range is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// Every request has an instance, and a stretch of activity, of its own.
    Dearest,
    /// Requests share instances as far as they may, and no stretch of activity is cut short.
    Cheapest,
}

/// The sums of a bill, without words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BillSums {
    /// For requests.
    pub requests: Money,
    /// For GB-seconds.
    pub memory: Money,
    /// For vCPU-seconds.
    pub processor: Money,
    /// Units of capacity held.
    pub units: u64,
    /// For held capacity.
    pub capacity: Money,
    /// For the plan.
    pub plan: Money,
    /// What is due whatever happens; where only waiting is, what is due for that.
    pub floor: Money,
    /// The bill, storage left out.
    pub total: Money,
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
    /// Whether a unit that waits costs less than one that works.
    idles: bool,
    /// Why a request cannot be served.
    refused: Option<NoBill>,
}

impl Tariff<'_> {
    /// The bill for a month, in the dearest case where there is a range; storage left out.
    pub fn total(&self, workload: &Workload) -> Result<Money, NoBill> {
        let requests = workload.requests_per_month();
        Ok(self.quote(workload, Case::Dearest).sums(requests)?.total)
    }

    /// The prices at a workload, ready for any number of requests.
    pub fn quote(&self, workload: &Workload, case: Case) -> Quote<'_> {
        Quote::new(self, workload, case)
    }

    /// The bill without a single request, for the usual workload.
    pub fn idle(&self) -> Result<Money, NoBill> {
        self.total(&Workload::default().with(WorkloadField::Requests, 0))
    }
}

impl<'t> Quote<'t> {
    fn new(tariff: &'t Tariff<'t>, workload: &Workload, case: Case) -> Self {
        let steps = workload.duration_ms().div_ceil(tariff.granularity_ms);
        let least = match case {
            Case::Dearest => tariff.active_ms,
            Case::Cheapest => 0,
        };
        let billed_ms = steps.saturating_mul(tariff.granularity_ms);
        let instance = instance(tariff, workload);
        let (memory, vcpus) = instance.unwrap_or_default();
        let memory = tariff.memory_fine.unwrap_or(memory);
        let (share, vcpus) = match case {
            Case::Dearest => (1, vcpus),
            Case::Cheapest => shared(tariff, workload, memory, vcpus),
        };
        let mut quote = Self {
            tariff,
            workload: *workload,
            share,
            billed_ms: billed_ms.max(tariff.minimum_ms).max(least),
            memory,
            vcpus,
            sizes: Vec::new(),
            idles: false,
            refused: refusal(tariff, workload).or(instance.err()),
        };
        let (sizes, unfit) = unit::sizes(tariff, workload);
        quote.idles = sizes.iter().any(|size| size.idle.is_some());
        (quote.sizes, quote.refused) = (sizes, quote.refused.or(unfit));
        quote
    }

    /// The bill for a month with so many requests, storage left out.
    pub fn total(&self, requests: u64) -> Result<Money, NoBill> {
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
                sums.requests = Money::ZERO;
            } else {
                sums.plan = plan.price;
            }
        }
        let taken = sums.requests + sums.memory + sums.processor + sums.capacity + sums.plan;
        (sums.floor, sums.total) = match tariff.floor {
            None => (Money::ZERO, taken),
            Some((floor, FloorRule::Add)) => (floor, taken + floor),
            Some((floor, FloorRule::Larger)) => (floor, taken.max(floor)),
            Some((floor, FloorRule::Idle)) => {
                let waits = floor - self.busy(&sums, floor, requests);
                (waits, taken + waits)
            }
        };
        Ok(sums)
    }

    /// What of a floor that is due while nothing happens falls away, since the busy time of what is kept is billed as use:
    /// the share of its busy time, and no more than is billed for that, so that no bill falls as it works more.
    fn busy(&self, sums: &BillSums, floor: Money, requests: u64) -> Money {
        self.busy_share(floor, requests).min(self.time(sums))
    }

    /// A floor's share of the time in which what is kept is busy.
    fn busy_share(&self, floor: Money, requests: u64) -> Money {
        let tariff = self.tariff;
        // What grows by less than a straight line could fall behind the share.
        let stepped = !tariff.memory.steps.is_empty() || !tariff.processor.steps.is_empty();
        if stepped || self.is_instance_paused() {
            return Money::ZERO;
        }
        floor.times(u128::from(self.busy_ms(requests)), MONTH_MS)
    }

    /// Milliseconds of the month in which what is kept is busy.
    pub fn busy_ms(&self, requests: u64) -> u64 {
        u64::try_from(self.billed_time(requests).min(MONTH_MS)).unwrap_or(MILLISECONDS_PER_MONTH)
    }

    /// What is billed for the time that requests take.
    fn time(&self, sums: &BillSums) -> Money {
        match self.tariff.cpu_us {
            Some(_) => sums.memory,
            None => sums.memory + sums.processor,
        }
    }

    /// Whether a floor that is due while nothing happens falls away in full measure.
    pub fn is_busy_time_billed(&self, requests: u64) -> bool {
        let floor = self.tariff.floor.map_or(Money::ZERO, |(floor, _)| floor);
        let share = self.busy_share(floor, requests);
        self.sums(requests)
            .is_ok_and(|sums| self.time(&sums) >= share)
    }

    /// Milliseconds that are billed for requests, shared ones once.
    fn billed_time(&self, requests: u64) -> u128 {
        let served = u128::from(requests).saturating_mul(u128::from(self.billed_ms));
        served.div_ceil(u128::from(self.share))
    }

    /// Whether a free plan still suffices for so many requests.
    pub fn is_within_free_plan(&self, requests: u64) -> bool {
        let plan = self.tariff.plan;
        plan.is_some_and(|p| p.free_to.is_some())
            && self.sums(requests).is_ok_and(|sums| sums.plan.is_zero())
    }

    /// Fine units of memory used in the month; see `Meter::per`.
    pub fn memory_amount(&self, requests: u64) -> u128 {
        let mut time = self.billed_time(requests);
        if self.is_instance_paused() {
            let instances = self.in_flight(requests, u128::from(self.share));
            let awake = self.awake_us(requests).div_ceil(1_000);
            time = time.max(awake.saturating_mul(instances));
        }
        time.saturating_mul(u128::from(self.memory))
    }

    /// Fine units of processor time used in the month; see `Meter::per`.
    pub fn processor_amount(&self, requests: u64) -> u128 {
        if let Some(us) = self.tariff.cpu_us {
            return u128::from(requests)
                .saturating_mul(u128::from(us))
                .saturating_mul(1_000_000);
        }
        self.billed_time(requests)
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
    fn capacity(&self, requests: u64) -> (u64, Money) {
        if self.sizes.is_empty() {
            return (0, Money::ZERO);
        }
        let awake = self.awake_us(requests);
        let cheapest = self.cheapest(requests, awake);
        cheapest.map_or((0, Money::ZERO), |(unit, units)| {
            (units, unit.cost(units, awake))
        })
    }

    /// The cheapest size for so many requests, and how many of it are held.
    pub fn unit(&self, requests: u64) -> Option<(&UnitSize<'t>, u64)> {
        self.cheapest(requests, self.awake_us(requests))
    }

    fn cheapest(&self, requests: u64, awake_us: u128) -> Option<(&UnitSize<'t>, u64)> {
        let held = |size| (size, self.units(size, requests));
        let price = |(size, units): &(&UnitSize, u64)| match self.idles {
            true => size.cost(*units, awake_us),
            // All are awake for the same time.
            false => size.hourly.times(u128::from(*units), 1),
        };
        self.sizes.iter().map(held).min_by_key(price)
    }

    fn units(&self, size: &UnitSize, requests: u64) -> u64 {
        size.asked(requests).max(self.least_units(requests))
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
            match size.bound(requests) {
                Bound::Request => Bound::Request,
                Bound::Minimum | Bound::Rate | Bound::Memory | Bound::Processor | Bound::AtOnce => {
                    Bound::Minimum
                }
            }
        } else {
            size.bound(requests)
        }
    }

    /// The most requests for which held capacity costs no more an hour than it does for `requests`; at most `to`. Where
    /// waiting costs less, the most for which the same size and as many of it are held.
    pub fn same_capacity_to(&self, requests: u64, to: u64) -> u64 {
        if self.idles {
            return self.same_unit_to(requests, to);
        }
        let Some((unit, units)) = self.unit(requests) else {
            return to;
        };
        let spent = unit.hourly.times(u128::from(units), 1);
        let last = |size: &UnitSize| {
            let units = spent.divided_by(size.hourly).filter(|n| *n >= 1)?;
            let units = u64::try_from(units).unwrap_or(u64::MAX);
            Some(size.most(units).unwrap_or(to))
        };
        let last = self.sizes.iter().filter_map(last).max();
        last.unwrap_or(to).max(requests).min(to)
    }

    /// While no size needs more units, each costs its own straight line of the time awake, so that none of them is the
    /// cheapest twice.
    fn same_unit_to(&self, requests: u64, to: u64) -> u64 {
        let last = |size: &UnitSize| size.most(self.units(size, requests)).unwrap_or(to);
        let end = self.sizes.iter().map(last).min();
        let end = end.unwrap_or(to).max(requests).min(to);
        let of = |n| {
            self.unit(n)
                .map(|(size, units)| (size.hourly, size.idle, units))
        };
        let same = of(requests);
        let (mut low, mut high) = (requests, end);
        while low < high {
            let middle = high - (high - low) / 2;
            if of(middle) == same {
                low = middle
            } else {
                high = middle - 1
            }
        }
        low
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
            unit.busy().to_f64() * units as f64 * 730.0
        });
        let memory = if self.is_instance_paused() {
            let instances = self.in_flight(requests, u128::from(self.share));
            let amount = (MONTH_US / 1_000).saturating_mul(instances);
            let amount = amount.saturating_mul(u128::from(self.memory));
            let meter = &self.tariff.memory;
            let price = meter.price_at(self.memory_amount(requests));
            price.times(amount, meter.per).to_f64()
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

/// Why a request cannot be served at all.
fn refusal(tariff: &Tariff, workload: &Workload) -> Option<NoBill> {
    let needs = workload.memory_mb() * 1_000;
    if let Some(most) = tariff.most_memory.filter(|most| needs > *most) {
        return Some(NoBill::TooLarge(needs, most));
    }
    let most = tariff.most_ms.filter(|most| workload.duration_ms() > *most);
    most.map(NoBill::TooLong)
}

/// How many requests share an instance in the cheapest case, and the vCPUs it then has: where sharing asks for more of
/// them than it saves, a request stays alone.
fn shared(tariff: &Tariff, workload: &Workload, memory: u64, vcpus: u64) -> (u64, u64) {
    let share = tariff
        .most_at_once
        .map_or(1, |most| workload.at_once().min(most));
    let of_shared = vcpus.max(tariff.shared_vcpus);
    let a_second = |vcpus: u64, share: u64| {
        let memory = tariff.memory.price.to_f64() * memory as f64 / tariff.memory.per as f64;
        let processor = tariff.processor.price.to_f64() * vcpus as f64 * 1_000.0;
        (memory + processor / tariff.processor.per as f64) / share as f64
    };
    if share > 1 && a_second(of_shared, share) < a_second(vcpus, 1) {
        (share, of_shared)
    } else {
        (1, vcpus)
    }
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

#[cfg(test)]
mod tests;
