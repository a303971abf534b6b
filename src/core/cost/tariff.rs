//! A service's prices made ready for computing: today's, or those of a day of the past where they are stored.
//! What a workload makes of them is the quote's work.

use serde::Serialize;

use crate::core::cost::money::Money;
use crate::core::cost::workload::{HOURS_PER_MONTH, Workload, WorkloadField};
use crate::pack::{FloorRule, InstanceSize, PastState, Price, PriceStep, Pricing, Service};
use crate::text::Day;
use crate::text::words::value_of;

/// Fine units in a GB-second: thousandths of a MB times milliseconds.
pub const PER_GB_SECOND: u128 = 1_024_000 * 1_000;
/// Fine units in a vCPU-second: millionths of a vCPU times microseconds.
pub const PER_VCPU_SECOND: u128 = 1_000_000 * 1_000_000;
/// Requests in the price of a million.
const PER_MILLION: u128 = 1_000_000;
/// Thousandths of a MB in a GB.
const FINE_GB: f64 = 1_024_000.0;
/// Millionths of a vCPU in one.
const FINE_VCPU: f64 = 1_000_000.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBill {
    NoPrices,
    /// The price model says what idling costs and not what a request costs.
    IdleOnly,
    /// A free plan that refuses requests beyond this many a month.
    Ends(u64),
    /// The largest plan allows this many requests a month.
    LargestPlan(u64),
    /// So many units would be needed, and the second is the most that can be had.
    TooMany(u64, u64),
    /// The price model has a floor and does not say how it combines; a mistake in the content.
    FloorUntold,
    /// A request needs so many thousandths of a MB, and the largest instance has so many.
    TooLarge(u64, u64),
    /// A request needs so many millionths of a vCPU, and the largest unit with its memory has so many.
    TooFewVcpus(u64, u64),
    /// A request may take this many milliseconds at most.
    TooLong(u64),
    /// No prices of that day are stored; the oldest known are of this one.
    NoRecord(Day),
    /// It could not be bought yet; it was first available on this day.
    NotYet(Day),
    /// It can no longer be bought; it ended on this day.
    Retired(Day),
}

/// Something a price model has that is not counted, or not counted in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UncountedPart {
    /// More units of capacity at higher traffic: nobody said how much a unit serves.
    MoreUnits,
    /// What the workload stores: no price of it is known.
    Storage,
}

/// One meter: a price for so many fine units, what is free, and from what amounts on the price is another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meter<'a> {
    /// Price of what it is for, up to the first step.
    pub price: Money,
    /// Fine units in what the price is for.
    pub per: u128,
    /// Free fine units a month.
    pub free: u128,
    /// Fine units in what amounts are told in.
    pub unit: u128,
    /// The prices of larger amounts, rising by amount.
    pub steps: &'a [PriceStep],
}

impl Meter<'_> {
    /// What is left to pay for.
    pub const fn billed(&self, amount: u128) -> u128 {
        amount.saturating_sub(self.free)
    }

    pub(super) fn charge(&self, amount: u128) -> Money {
        if self.price.is_zero() {
            return Money::ZERO;
        }
        if self.steps.is_empty() {
            return self.price.times(self.billed(amount), self.per);
        }
        self.spans(amount)
            .map(|(amount, price)| price.times(amount, self.per))
            .sum()
    }

    /// What an amount would cost at the price of the first step.
    pub(super) fn first_charge(&self, amount: u128) -> Money {
        self.price.times(self.billed(amount), self.per)
    }

    /// What is left to pay for, price by price.
    pub fn spans(&self, amount: u128) -> impl Iterator<Item = (u128, Money)> {
        let ends = self.edges().chain([u128::MAX]);
        let prices = self.steps.iter().map(|step| Money::price(step.usd));
        let starts = [0].into_iter().chain(self.edges());
        let all = starts.zip(ends).zip([self.price].into_iter().chain(prices));
        let span = move |((start, end), price): ((u128, u128), Money)| {
            (amount.min(end).saturating_sub(start.max(self.free)), price)
        };
        all.map(span).filter(|(amount, _)| *amount > 0)
    }

    /// The price of one more at an amount.
    pub(super) fn price_at(&self, amount: u128) -> Money {
        let passed = self.edges().take_while(|edge| *edge <= amount).count();
        let step = passed.checked_sub(1).and_then(|n| self.steps.get(n));
        step.map_or(self.price, |step| Money::price(step.usd))
    }

    /// The amounts at which another price begins, in fine units.
    pub(super) fn edges(&self) -> impl Iterator<Item = u128> {
        let fine = |step: &PriceStep| (step.from as u128).saturating_mul(self.unit);
        self.steps.iter().map(fine)
    }
}

/// Several meters that count together: their amounts are told by what they cost at their first prices, and the steps of one
/// of these prices hold for all.
#[derive(Clone, Copy, Debug)]
pub struct OneMeter<'a> {
    first: Money,
    steps: &'a [PriceStep],
}

impl OneMeter<'_> {
    /// What costs so much at the first prices.
    pub(super) fn charge(&self, at_first: Money) -> Money {
        let prices = self.steps.iter().map(|step| Money::price(step.usd));
        let starts = [Money::ZERO].into_iter().chain(self.edges());
        let ends = self.edges().map(Some).chain([None]);
        let spans = starts.zip(ends).zip([self.first].into_iter().chain(prices));
        spans
            .map(|((start, end), price)| {
                let end = end.map_or(at_first, |end| end.min(at_first));
                (end.max(start) - start).at_rate(price, self.first)
            })
            .sum()
    }

    /// The amounts at which another price begins, told in the same way.
    pub(super) fn edges(&self) -> impl Iterator<Item = Money> {
        let edge = |step: &PriceStep| self.first.times(step.from as u128, 1);
        self.steps.iter().map(edge)
    }
}

/// Capacity that is held, whatever it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// A unit for an hour; of services with sizes, nothing.
    pub hourly: Money,
    /// A unit for an hour in which nothing is asked of it, where that costs less.
    pub idle_hourly: Option<Money>,
    /// Units held without traffic.
    pub minimum_units: u64,
    /// Units held at least while awake.
    pub awake_units: u64,
    /// Most units that can be had.
    pub most_units: Option<u64>,
    /// Units come and go with the load.
    pub follows_load: bool,
    /// Requests a second a unit serves, in thousandths; `None` when nobody said.
    pub per_second_thousandths: Option<u64>,
    /// Memory of a unit, in thousandths of a MB.
    pub memory: Option<u64>,
    /// vCPUs of a unit, in millionths.
    pub vcpus: Option<u64>,
}

/// A plan that must be paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanFee {
    /// A month of it.
    pub price: Money,
    /// Up to so many requests a free plan suffices.
    pub free_to: Option<u64>,
}

/// A service's prices made ready.
#[derive(Clone, Copy, Debug)]
pub struct Tariff<'a> {
    pub service: &'a Service,
    pub pricing: &'a Pricing,
    /// States that ended after the day asked for, oldest first: their prices held then.
    later: &'a [PastState],
    /// Requests.
    pub requests: Meter<'a>,
    /// GB-seconds.
    pub memory: Meter<'a>,
    /// vCPU-seconds.
    pub processor: Meter<'a>,
    pub capacity: Option<Capacity>,
    /// A plan to be paid for.
    pub plan: Option<PlanFee>,
    /// What is due in a month whatever happens, and how it combines.
    pub floor: Option<(Money, FloorRule)>,
    /// A GB stored for a month.
    pub stored: Option<Money>,
    /// The free plan, or the largest one, ends here.
    pub ends_at: Option<u64>,
    /// Milliseconds without a request after which it pauses; `None` for what does not pause.
    pub pause_ms: Option<u64>,
    /// Least time billed each time it wakes.
    pub wake_ms: u64,
    /// Most requests that an instance serves at once; `None` where nobody set a limit.
    pub most_at_once: Option<u64>,
    /// MB that come with a vCPU, where the processor follows the memory.
    pub mb_per_vcpu: Option<u64>,
    pub(super) granularity_ms: u64,
    pub(super) minimum_ms: u64,
    pub(super) active_ms: u64,
    pub(super) memory_fine: Option<u64>,
    pub(super) cpu_us: Option<u64>,
    pub(super) least_vcpus: u64,
    /// Least millionths of a vCPU of an instance that several requests share.
    pub(super) shared_vcpus: u64,
    pub(super) most_memory: Option<u64>,
    pub(super) most_ms: Option<u64>,
}

impl<'a> Tariff<'a> {
    /// Today's prices of a service.
    pub fn of(service: &'a Service) -> Result<Self, NoBill> {
        Self::read(service, &[])
    }

    /// The prices of a service on a day, today's without one. Refused where none of that day are stored, and where it could
    /// not be had then.
    pub fn on(service: &'a Service, day: Option<Day>) -> Result<Self, NoBill> {
        let Some(day) = day else {
            let retired = service.retired.map(NoBill::Retired);
            return retired.map_or_else(|| Self::of(service), Err);
        };
        if let Some(from) = service.available_from.filter(|from| day < *from) {
            return Err(NoBill::NotYet(from));
        }
        if let Some(end) = service.retired.filter(|end| day >= *end) {
            return Err(NoBill::Retired(end));
        }
        let pricing = service.pricing.as_ref().ok_or(NoBill::NoPrices)?;
        let known = pricing.since.or(pricing.as_of).filter(|from| day < *from);
        let ended = |state: &PastState| state.until.is_some_and(|until| until <= day);
        let (_, later) = service
            .history
            .split_at(service.history.partition_point(ended));
        match known {
            Some(from) if later.first().is_none_or(|state| state.prices.is_empty()) => {
                Err(NoBill::NoRecord(from))
            }
            Some(_) | None => Self::read(service, later),
        }
    }

    fn read(service: &'a Service, later: &'a [PastState]) -> Result<Self, NoBill> {
        let pricing = service.pricing.as_ref().ok_or(NoBill::NoPrices)?;
        let book = PriceBook { pricing, later };
        let whole = |price| book.amount(price, 1.0);
        let capacity = book.capacity();
        let free_requests = whole(Price::FreeRequestsPerMonth);
        // A price of zero behind a free allowance means that nothing beyond it can be bought.
        let refuses = book.get(Price::PerMillionRequests) == Some(0.0);
        Ok(Self {
            service,
            pricing,
            later,
            requests: book.meter(REQUESTS),
            memory: book.meter(MEMORY),
            processor: book.meter(PROCESSOR),
            capacity,
            plan: book.plan().filter(|_| pricing.plans.is_empty()),
            floor: book.floor()?,
            stored: book.price(Price::PerGbMonthStored),
            ends_at: free_requests.filter(|_| refuses).or(plans_end(pricing)),
            pause_ms: book
                .amount(Price::IdleMinutesBeforePause, 60_000.0)
                .filter(|ms| *ms > 0),
            wake_ms: book
                .amount(Price::MinimumAwakeSeconds, 1_000.0)
                .unwrap_or(0),
            most_at_once: whole(Price::MostAtOnce).filter(|n| *n > 0),
            mb_per_vcpu: whole(Price::MbPerVcpu),
            // With a capacity unit the granularity is a step of the unit's running time, not of a request.
            granularity_ms: whole(Price::BillingGranularityMs)
                .filter(|_| capacity.is_none())
                .unwrap_or(1)
                .max(1),
            minimum_ms: whole(Price::MinimumBilledMs).unwrap_or(0),
            active_ms: whole(Price::MinimumActiveMs).unwrap_or(0),
            memory_fine: book.amount(Price::AssumedMemoryGb, FINE_GB),
            cpu_us: book.amount(Price::AssumedCpuMs, 1_000.0),
            least_vcpus: book.amount(Price::MinimumVcpus, FINE_VCPU).unwrap_or(0),
            shared_vcpus: book
                .amount(Price::MinimumVcpusShared, FINE_VCPU)
                .unwrap_or(0),
            most_memory: book.amount(Price::MostMemoryGb, FINE_GB),
            most_ms: book.amount(Price::MostSeconds, 1_000.0),
        })
    }

    /// What counts together, where anything does.
    pub fn one_meter(&self) -> Option<OneMeter<'a>> {
        let (first, steps) = (self.processor.price, self.processor.steps);
        let is_one = self.pricing.one_meter && !first.is_zero() && !steps.is_empty();
        is_one.then_some(OneMeter { first, steps })
    }

    /// A number of the price model as it stood on the day asked for.
    pub fn get(&self, price: Price) -> Option<f64> {
        let (pricing, later) = (self.pricing, self.later);
        PriceBook { pricing, later }.get(price)
    }

    /// Whether its instances are sold in sizes with a price an hour of their own.
    pub fn holds_sizes(&self) -> bool {
        self.capacity.is_some() && !self.pricing.sizes.is_empty()
    }

    /// Whether held capacity costs less while it waits.
    pub(super) fn waits_for_less(&self) -> bool {
        let sizes = &self.pricing.sizes;
        self.capacity.is_some_and(|c| c.idle_hourly.is_some())
            || sizes.iter().any(|size| size.idle_hourly.is_some())
    }

    /// What a size costs an hour.
    pub(super) fn hourly(&self, size: &InstanceSize) -> Money {
        PriceBook {
            pricing: self.pricing,
            later: self.later,
        }
        .hourly(size)
        .unwrap_or_default()
    }

    /// Whether the bill for a workload is a range: requests may or may not share an instance or its least time, or what
    /// follows the load has peaks to follow.
    pub fn has_range(&self, workload: &Workload) -> bool {
        let short = self.active_ms > workload.duration_ms();
        short || self.is_shared(workload) || self.is_followed(workload)
    }

    /// Whether the requests of a workload can share instances or units.
    pub fn is_shared(&self, workload: &Workload) -> bool {
        workload.at_once() > 1 && (self.shares_instances() || self.shares_units())
    }

    /// Whether the load of a workload has peaks that capacity follows.
    pub fn is_followed(&self, workload: &Workload) -> bool {
        workload.peak_to_mean_thousandths() > 1_000 && self.follows_load()
    }

    fn follows_load(&self) -> bool {
        let shares_waits = self.pauses_instances() && !self.waits_alone();
        shares_waits || self.capacity.is_some_and(|c| c.follows_load)
    }

    /// Whether instance time is metered and several requests can share it.
    pub fn shares_instances(&self) -> bool {
        let many = self.most_at_once.is_some_and(|n| n > 1);
        self.capacity.is_none() && self.meters_time() && many
    }

    /// Whether held units serve by their memory, and several requests can share that.
    pub fn shares_units(&self) -> bool {
        let sized = self.holds_sizes() || self.capacity.is_some_and(|c| c.memory.is_some());
        sized && self.most_at_once.is_none_or(|n| n > 1)
    }

    /// Whether metered instances are billed by the time they are up, waiting included; their processor is billed as used.
    pub const fn pauses_instances(&self) -> bool {
        self.pause_ms.is_some() && self.capacity.is_none()
    }

    /// Whether each request has such an instance of its own, which waits when it is done.
    pub fn waits_alone(&self) -> bool {
        self.pauses_instances() && self.most_at_once == Some(1)
    }

    /// Millionths of a vCPU per request: as told, or the share that comes with its memory here.
    pub fn vcpus(&self, workload: &Workload) -> u64 {
        match (self.mb_per_vcpu, workload.vcpus_told()) {
            (Some(mb), None) if mb > 0 => (workload.memory_mb() * 1_000_000 + mb / 2) / mb,
            (Some(_) | None, _) => workload.vcpus(),
        }
    }

    fn meters_time(&self) -> bool {
        !self.memory.price.is_zero() || (!self.processor.price.is_zero() && self.cpu_us.is_none())
    }

    /// Whether anything in the price model depends on how often the service is called.
    pub fn follows_traffic(&self) -> bool {
        let metered = [self.requests, self.memory, self.processor]
            .iter()
            .any(|m| !m.price.is_zero());
        let planned = self.ends_at.is_some() || !self.pricing.plans.is_empty();
        metered || planned || self.capacity.is_some_and(|c| self.grows(&c))
    }

    /// Whether it is known how much a unit of capacity serves, or that one always does.
    fn grows(&self, capacity: &Capacity) -> bool {
        capacity.per_second_thousandths.is_some()
            || capacity.memory.is_some()
            || self.holds_sizes()
            || capacity.awake_units > 0
    }

    /// Whether a field of the workload plays a part in the bill.
    pub fn reads(&self, field: WorkloadField) -> bool {
        let held = self.capacity.is_some_and(|c| self.grows(&c));
        let sized = self.holds_sizes() || self.capacity.is_some_and(|c| c.memory.is_some());
        let processor = !self.processor.price.is_zero() && self.cpu_us.is_none();
        let size_has = self.pricing.sizes.iter().any(|size| size.vcpus.is_some());
        let holds_vcpus = size_has || self.capacity.is_some_and(|c| c.vcpus.is_some());
        let memory = !self.memory.price.is_zero() && self.memory_fine.is_none();
        match field {
            WorkloadField::Requests => self.follows_traffic(),
            WorkloadField::Duration => self.meters_time() || sized || self.pause_ms.is_some(),
            WorkloadField::Memory => memory || processor || sized || self.most_memory.is_some(),
            WorkloadField::Peak => held || self.follows_load(),
            WorkloadField::Stored => self.stored.is_some(),
            WorkloadField::Vcpu => processor || holds_vcpus || self.mb_per_vcpu.is_some(),
            WorkloadField::AtOnce => self.shares_instances() || self.shares_units(),
        }
    }

    /// What the price model leaves out.
    pub fn gaps(&self) -> impl Iterator<Item = UncountedPart> + use<> {
        let more_units = self.capacity.is_some_and(|c| {
            c.per_second_thousandths.is_none() && c.memory.is_none() && !self.holds_sizes()
        });
        more_units.then_some(UncountedPart::MoreUnits).into_iter()
    }
}

/// A meter's price, its free amount, fine units in a whole one, and whole ones in the price.
type MeterKeys = (Price, Price, u128, u128);
const REQUESTS: MeterKeys = (
    Price::PerMillionRequests,
    Price::FreeRequestsPerMonth,
    1,
    PER_MILLION,
);
const MEMORY: MeterKeys = (
    Price::PerGbSecond,
    Price::FreeGbSecondsPerMonth,
    PER_GB_SECOND,
    1,
);
const PROCESSOR: MeterKeys = (
    Price::PerVcpuSecond,
    Price::FreeVcpuSecondsPerMonth,
    PER_VCPU_SECOND,
    1,
);

/// Where the largest plan ends; `None` where one has no end.
fn plans_end(pricing: &Pricing) -> Option<u64> {
    let ends = pricing.plans.iter().map(|plan| plan.most);
    let all: Option<Vec<f64>> = ends.collect();
    let most = all?.into_iter().reduce(f64::max)?;
    Some(most as u64)
}

/// The numbers of a price model, those of an older day laid on top.
struct PriceBook<'a> {
    pricing: &'a Pricing,
    later: &'a [PastState],
}

impl<'a> PriceBook<'a> {
    fn get(&self, price: Price) -> Option<f64> {
        self.past(price).or_else(|| self.pricing.get(price))
    }

    /// The number of an older day, where it differed then.
    fn past(&self, price: Price) -> Option<f64> {
        let past = |state: &PastState| value_of(&state.prices, &price).copied();
        self.later.iter().find_map(past)
    }

    /// A number in fine whole units; below zero and what is no number count as nothing.
    fn amount(&self, price: Price, scale: f64) -> Option<u64> {
        self.get(price).map(|value| (value * scale).round() as u64)
    }

    fn price(&self, price: Price) -> Option<Money> {
        self.get(price).map(Money::price)
    }

    fn meter(&self, (price, free, unit, units): MeterKeys) -> Meter<'a> {
        let free = u128::from(self.amount(free, 1.0).unwrap_or(0));
        let pricing = self.pricing;
        Meter {
            price: self.price(price).unwrap_or_default(),
            per: unit * units,
            free: free.saturating_mul(unit),
            unit,
            // A price that differed was the same for any amount.
            steps: match self.past(price) {
                Some(_) => &[],
                None => pricing.steps(price),
            },
        }
    }

    fn hourly(&self, size: &InstanceSize) -> Option<Money> {
        if let Some(hourly) = size.hourly {
            return Some(Money::price(hourly));
        }
        let processor = self.get(Price::PerVcpuHour).zip(size.vcpus);
        let memory = self.get(Price::PerGbHour);
        (processor.is_some() || memory.is_some()).then(|| {
            let (price, vcpus) = processor.unwrap_or_default();
            Money::price(price * vcpus + memory.unwrap_or(0.0) * size.memory_gb)
        })
    }

    fn capacity(&self) -> Option<Capacity> {
        let sized = self.pricing.sizes.iter().find_map(|size| self.hourly(size));
        let hourly = self.price(Price::CapacityUnitHourly);
        Some(Capacity {
            hourly: hourly.or(sized)?,
            idle_hourly: self.price(Price::IdleUnitHourly),
            minimum_units: self.amount(Price::MinimumUnits, 1.0).unwrap_or(0),
            awake_units: self.amount(Price::MinimumUnitsAwake, 1.0).unwrap_or(0),
            most_units: self.amount(Price::MostUnits, 1.0).filter(|n| *n > 0),
            follows_load: self.pricing.follows_load,
            per_second_thousandths: self
                .amount(Price::RequestsPerUnitPerSecond, 1_000.0)
                .filter(|v| *v > 0),
            memory: self.amount(Price::UnitMemoryGb, FINE_GB).filter(|v| *v > 0),
            vcpus: self.amount(Price::UnitVcpus, FINE_VCPU).filter(|v| *v > 0),
        })
    }

    fn plan(&self) -> Option<PlanFee> {
        Some(PlanFee {
            price: self.price(Price::PlanUsdPerMonth)?,
            free_to: self.amount(Price::PlanBeyondRequests, 1.0),
        })
    }

    fn floor(&self) -> Result<Option<(Money, FloorRule)>, NoBill> {
        let Some(hourly) = self.price(Price::MinimumHourly) else {
            return Ok(None);
        };
        let rule = self.pricing.floor.ok_or(NoBill::FloorUntold)?;
        Ok(Some((hourly.times(HOURS_PER_MONTH, 1), rule)))
    }
}
