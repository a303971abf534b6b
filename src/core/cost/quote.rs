//! A tariff at a workload: asked for thousands of bills that differ only in the number of requests.
//!
//! What pauses is billed for the hours in which it is awake, and of the sizes of held capacity the one is taken whose units
//! cost least over the month. A total never falls as requests, duration, memory or peak rise.

use crate::core::cost::bisect::last_alike;
use crate::core::cost::money::Money;
use crate::core::cost::plans;
use crate::core::cost::serving::{Case, Serving, refusal};
use crate::core::cost::tariff::{Meter, NoBill, Tariff};
use crate::core::cost::unit::{self, Bound, MONTH_US, UnitDemand, UnitSize};
use crate::core::cost::workload::{MILLISECONDS_PER_MONTH, Workload, WorkloadField};
use crate::pack::{FloorRule, PricePlan};

const MONTH_MS: u128 = MILLISECONDS_PER_MONTH as u128;

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

/// What decides for how long metered instances are billed that wait before they go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InstanceTime {
    /// The wait of each request for itself.
    Alone,
    /// The hours in which one is awake.
    Awake,
    /// The requests, as full as instances may be.
    Packed,
}

/// A tariff at a workload.
#[derive(Clone, Debug)]
pub struct Quote<'t> {
    tariff: &'t Tariff<'t>,
    workload: Workload,
    serving: Serving,
    /// Metered instances that are up at once.
    instances: UnitDemand,
    /// The sizes that can serve it; of those, none that another serves better for less.
    sizes: Vec<UnitSize<'t>>,
    /// Whether a unit that waits costs less than one that works.
    idles: bool,
    /// Why a request cannot be served.
    refused: Option<NoBill>,
    /// The most requests that are served.
    end: Option<u64>,
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
        let (serving, too_large) = Serving::new(tariff, workload, case);
        let (sizes, unfit) = unit::sizes(tariff, workload, case);
        let units_end = unit::most_served(tariff, workload);
        Self {
            tariff,
            workload: *workload,
            serving,
            instances: unit::instances(workload, serving.share, case),
            idles: sizes.iter().any(|size| size.idle.is_some()),
            sizes,
            refused: refusal(tariff, workload).or(too_large).or(unfit),
            end: tariff.ends_at.into_iter().chain(units_end).min(),
        }
    }

    /// The bill for a month with so many requests, storage left out.
    pub fn total(&self, requests: u64) -> Result<Money, NoBill> {
        self.sums(requests).map(|sums| sums.total)
    }

    /// The sums of that bill.
    pub fn sums(&self, requests: u64) -> Result<BillSums, NoBill> {
        let tariff = self.tariff;
        self.served(requests)?;
        let (units, capacity) = self.capacity(requests);
        let mut sums = BillSums {
            units,
            capacity,
            ..self.metered(requests)
        };
        if let Some(plan) = self.plan(requests) {
            sums.plan = Money::price(plan.per_month);
        } else if let Some(plan) = tariff.plan {
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

    /// Whether so many requests are served at all.
    fn served(&self, requests: u64) -> Result<(), NoBill> {
        if requests == 0 {
            return Ok(());
        }
        if let Some(why) = self.refused {
            return Err(why);
        }
        if self.end.is_some_and(|end| requests > end) {
            return Err(self.beyond(requests));
        }
        if self.tariff.follows_traffic() {
            Ok(())
        } else {
            Err(NoBill::IdleOnly)
        }
    }

    /// Why so many requests are more than are served.
    fn beyond(&self, requests: u64) -> NoBill {
        match self.tariff.ends_at.filter(|end| requests > *end) {
            Some(end) if self.tariff.pricing.plans.is_empty() => NoBill::Ends(end),
            Some(end) => NoBill::LargestPlan(end),
            None => {
                let most = self.tariff.capacity.and_then(|c| c.most_units).unwrap_or(0);
                let wanted = self.sizes.iter().map(|size| size.wanted(requests)).min();
                NoBill::TooMany(wanted.unwrap_or(0).max(most + 1), most)
            }
        }
    }

    /// The most requests that are served; `None` where there is no end to them.
    pub const fn end(&self) -> Option<u64> {
        self.end
    }

    /// The plan that is cheapest for so many requests, where there are several.
    pub fn plan(&self, requests: u64) -> Option<&'t PricePlan> {
        plans::cheapest(&self.tariff.pricing.plans, requests)
    }

    /// The meter of requests: that of the cheapest plan where there are several.
    pub fn request_meter(&self, requests: u64) -> Meter<'t> {
        self.plan(requests)
            .map_or(self.tariff.requests, plans::meter)
    }

    /// What is metered.
    fn metered(&self, requests: u64) -> BillSums {
        let tariff = self.tariff;
        let calls = self.request_meter(requests).charge(u128::from(requests));
        let memory = self.memory_amount(requests);
        let processor = self.processor_amount(requests);
        let Some(one) = tariff.one_meter() else {
            return BillSums {
                requests: calls,
                memory: tariff.memory.charge(memory),
                processor: tariff.processor.charge(processor),
                ..BillSums::default()
            };
        };
        // What each would cost at its first price, one after the other along the steps.
        let memory = calls + tariff.memory.first_charge(memory);
        let processor = memory + tariff.processor.first_charge(processor);
        let [calls, memory, processor] = [calls, memory, processor].map(|sum| one.charge(sum));
        BillSums {
            requests: calls,
            memory: memory - calls,
            processor: processor - memory,
            ..BillSums::default()
        }
    }

    /// What all that is metered would cost at its first prices.
    pub fn first_charge(&self, requests: u64) -> Money {
        let tariff = self.tariff;
        tariff.requests.first_charge(u128::from(requests))
            + tariff.memory.first_charge(self.memory_amount(requests))
            + tariff
                .processor
                .first_charge(self.processor_amount(requests))
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
        if stepped || tariff.pauses_instances() {
            return Money::ZERO;
        }
        floor.times(u128::from(self.busy_ms(requests)), MONTH_MS)
    }

    /// Milliseconds of the month in which what is kept is busy: at most those in which requests come.
    pub fn busy_ms(&self, requests: u64) -> u64 {
        let time = u64::try_from(self.serving.time_ms(requests));
        time.unwrap_or(u64::MAX).min(self.workload.active_ms())
    }

    /// Whether what is kept is busy whenever requests come.
    pub fn is_always_busy(&self, requests: u64) -> bool {
        self.busy_ms(requests) == self.workload.active_ms()
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

    /// Whether a free plan still suffices for so many requests.
    pub fn is_within_free_plan(&self, requests: u64) -> bool {
        let plan = self.tariff.plan;
        plan.is_some_and(|p| p.free_to.is_some())
            && self.sums(requests).is_ok_and(|sums| sums.plan.is_zero())
    }

    /// Fine units of memory used in the month; see `Meter::per`.
    pub fn memory_amount(&self, requests: u64) -> u128 {
        let tariff = self.tariff;
        let time = if tariff.waits_alone() {
            u128::from(requests).saturating_mul(u128::from(self.stay_alone_ms()))
        } else if tariff.pauses_instances() {
            let (instances, awake) = (self.instances.units(requests), self.awake_us(requests));
            let up = self.held_us(requests, instances, awake).div_ceil(1_000);
            self.serving.packed_ms(requests).max(up)
        } else {
            self.serving.time_ms(requests)
        };
        time.saturating_mul(u128::from(self.serving.memory))
    }

    /// Fine units of processor time used in the month; see `Meter::per`.
    pub fn processor_amount(&self, requests: u64) -> u128 {
        if let Some(us) = self.tariff.cpu_us {
            return u128::from(requests)
                .saturating_mul(u128::from(us))
                .saturating_mul(1_000_000);
        }
        self.serving.processor(requests).saturating_mul(1_000)
    }

    /// Memory and vCPUs of a metered instance, in thousandths of a MB and millionths; `None` where no request is served.
    pub fn instance(&self) -> Option<(u64, u64)> {
        let instance = (self.serving.memory, self.serving.vcpus);
        self.refused.is_none().then_some(instance)
    }

    /// Microseconds for which so many units are up, all together. Of those that follow the load, requests at random keep no
    /// more up than each for itself would.
    fn held_us(&self, requests: u64, units: u64, awake_us: u128) -> u128 {
        if let Some((us, least)) = self.in_bursts() {
            let beyond = u128::from(units.saturating_sub(least));
            return u128::from(least) * MONTH_US + beyond.saturating_mul(us);
        }
        let held = u128::from(units).saturating_mul(awake_us);
        self.alone_us(requests)
            .map_or(held, |alone| held.min(alone))
    }

    /// Microseconds for which each request for itself would keep units up, that follow the load and pause.
    fn alone_us(&self, requests: u64) -> Option<u128> {
        let follows = self.tariff.pauses_instances() || self.follows_load();
        let stay = self
            .stay_ms()
            .filter(|_| follows && self.workload.bursts.is_none())?;
        let stay = u128::from(stay).saturating_mul(1_000 * u128::from(self.least_units(1).max(1)));
        Some(u128::from(requests).saturating_mul(stay))
    }

    /// Of units that follow the load and never pause: microseconds of the month in bursts, and units held between them.
    pub fn in_bursts(&self) -> Option<(u128, u64)> {
        let capacity = self.tariff.capacity.filter(|c| c.follows_load)?;
        let bursts = self.workload.bursts?;
        let length = bursts.length_ms.max(self.workload.duration_ms());
        let us = u128::from(bursts.count).saturating_mul(u128::from(length) * 1_000);
        let stays = self.tariff.pause_ms.is_none() && !self.idles;
        stays.then_some((us.min(MONTH_US), capacity.minimum_units))
    }

    fn follows_load(&self) -> bool {
        self.tariff.capacity.is_some_and(|c| c.follows_load)
    }

    /// Units held, and what they cost.
    fn capacity(&self, requests: u64) -> (u64, Money) {
        if self.sizes.is_empty() {
            return (0, Money::ZERO);
        }
        let awake = self.awake_us(requests);
        let cheapest = self.cheapest(requests, awake);
        cheapest.map_or((0, Money::ZERO), |(unit, units)| {
            (
                units,
                unit.cost(units, self.held_us(requests, units, awake)),
            )
        })
    }

    /// Microseconds for which the units held are up, all together, where that is less than all of them are while it is awake.
    pub fn alone_instead_us(&self, requests: u64) -> Option<u128> {
        let (_, units) = self.unit(requests)?;
        let held = u128::from(units).saturating_mul(self.awake_us(requests));
        self.alone_us(requests).filter(|alone| *alone < held)
    }

    /// The cheapest size for so many requests, and how many of it are held.
    pub fn unit(&self, requests: u64) -> Option<(&UnitSize<'t>, u64)> {
        self.cheapest(requests, self.awake_us(requests))
    }

    fn cheapest(&self, requests: u64, awake_us: u128) -> Option<(&UnitSize<'t>, u64)> {
        let held = |size| (size, self.units(size, requests));
        let price = |(size, units): &(&UnitSize, u64)| match self.idles {
            true => size.cost(*units, u128::from(*units).saturating_mul(awake_us)),
            false if self.in_bursts().is_some() => {
                size.cost(*units, self.held_us(requests, *units, awake_us))
            }
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
    /// waiting costs less, or fewer are held between bursts, the most for which the same size and as many of it are held.
    pub fn same_capacity_to(&self, requests: u64, to: u64) -> u64 {
        if self.idles || self.in_bursts().is_some() {
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
        let last = last.unwrap_or(to).max(requests).min(to);
        let of = |n| self.unit(n).map(|(size, units)| (size.hourly, units));
        let is_alone = |n| self.alone_instead_us(n).is_some();
        match self.alone_us(1) {
            Some(_) => last_alike(requests, last, |n| (of(n), is_alone(n))),
            None => last,
        }
    }

    /// While no size needs more units, each costs its own straight line of the time awake, so that none of them is the
    /// cheapest twice.
    fn same_unit_to(&self, requests: u64, to: u64) -> u64 {
        let last = |size: &UnitSize| size.most(self.units(size, requests)).unwrap_or(to);
        let end = self.sizes.iter().map(last).min();
        let end = end.unwrap_or(to).max(requests).min(to);
        last_alike(requests, end, |n| {
            let unit = self.unit(n);
            let unit = unit.map(|(size, units)| (size.hourly, size.idle, units));
            (unit, self.alone_instead_us(n).is_some())
        })
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

    /// How long a request keeps an instance up that serves no other.
    fn stay_alone_ms(&self) -> u64 {
        let pause = self.tariff.pause_ms.unwrap_or(0);
        let up = self.serving.billed_ms().saturating_add(pause);
        up.max(self.tariff.wake_ms)
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

    /// The part of the bill that follows the hours awake, or those in which a shared instance runs, as weight and rate:
    /// `weight × (1 − e^(−rate × requests))`. `None` where nothing does, or it is a whole month in all but name.
    pub fn curve(&self, requests: u64) -> Option<(f64, f64)> {
        let tariff = self.tariff;
        let price = |meter: &Meter, amount: u128, at: u128| {
            meter.price_at(at).times(amount, meter.per).to_f64()
        };
        let memory = |amount| price(&tariff.memory, amount, self.memory_amount(requests));
        if let Some((gb, vcpus, rate)) = self.serving.curve(requests) {
            let processor = vcpus.saturating_mul(1_000);
            let at = self.processor_amount(requests);
            let waits = match tariff.floor {
                Some((floor, FloorRule::Idle)) if self.is_busy_time_billed(requests) => floor
                    .times(u128::from(self.workload.active_ms()), MONTH_MS)
                    .to_f64(),
                Some(_) | None => 0.0,
            };
            return Some((
                memory(gb) + price(&tariff.processor, processor, at) - waits,
                rate,
            ));
        }
        self.stay_ms().filter(|_| self.workload.bursts.is_none())?;
        let rate = self.wake_rate();
        // Beyond this the share is within a microsecond of the whole month.
        if requests as f64 * rate > 40.0 {
            return None;
        }
        let capacity = match self.alone_instead_us(requests) {
            Some(_) => 0.0,
            None => self.unit(requests).map_or(0.0, |(unit, units)| {
                unit.busy().to_f64() * units as f64 * 730.0
            }),
        };
        let instances = match self.instance_regime(requests) {
            (instances, InstanceTime::Awake) => instances,
            (_, InstanceTime::Alone | InstanceTime::Packed) => 0,
        };
        let amount = (MONTH_US / 1_000).saturating_mul(u128::from(instances));
        let memory = memory(amount.saturating_mul(u128::from(self.serving.memory)));
        Some((capacity + memory, rate))
    }

    /// Metered instances that are billed while they wait, and what decides for how long.
    fn instance_regime(&self, requests: u64) -> (u64, InstanceTime) {
        let tariff = self.tariff;
        if !tariff.pauses_instances() || tariff.waits_alone() {
            return (0, InstanceTime::Packed);
        }
        let (instances, awake) = (self.instances.units(requests), self.awake_us(requests));
        let up = self.held_us(requests, instances, awake);
        let all = u128::from(instances).saturating_mul(awake);
        let time = if self.serving.packed_ms(requests) > up.div_ceil(1_000) {
            InstanceTime::Packed
        } else if up < all {
            InstanceTime::Alone
        } else {
            InstanceTime::Awake
        };
        (instances, time)
    }

    /// The most requests for which metered instances are as many, and billed by the same formula.
    pub fn same_instances_to(&self, requests: u64, to: u64) -> u64 {
        if !self.tariff.pauses_instances() || requests == 0 {
            return to;
        }
        let last = self
            .instances
            .most(self.instances.units(requests))
            .unwrap_or(to);
        let last = last.max(requests).min(to);
        last_alike(requests, last, |n| self.instance_regime(n))
    }

    /// The most requests whose time is metered by the same formula.
    pub fn same_serving_to(&self, requests: u64, to: u64) -> u64 {
        last_alike(requests, to, |n| self.serving.regime(n))
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

#[cfg(test)]
mod tests;
