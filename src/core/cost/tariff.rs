//! A service's prices made ready for computing: read once, then asked for thousands of bills.
//!
//! A total allocates nothing; it never falls as requests, duration, memory or peak rise; how a floor
//! combines is read in one place, from the fixed last sentence of the price model's assumptions.

use crate::core::cost::workload::WorkloadField;
use serde::Serialize;

use crate::core::cost::money::Usd;
use crate::core::cost::workload::{HOURS_PER_MONTH, SECONDS_PER_MONTH, Workload};
use crate::pack::{Price, Pricing, Service};

/// Fine units in a GB-second: thousandths of a MB times milliseconds.
const PER_GB_SECOND: u128 = 1_024_000 * 1_000;
/// Fine units in a vCPU-second: thousandths of a vCPU times microseconds.
const PER_VCPU_SECOND: u128 = 1_000 * 1_000_000;
/// Requests in the price of a million.
const PER_MILLION: u128 = 1_000_000;

/// How `minimum_hourly` combines with the rest of the bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FloorRule {
    /// It is added.
    Add,
    /// The bill is at least that.
    Larger,
}

impl FloorRule {
    /// The two forms in which the last sentence of `assumptions` says it.
    pub const FORMS: [(&'static str, Self); 2] = {
        let [add, larger] = Pricing::FLOORS;
        [(add, Self::Add), (larger, Self::Larger)]
    };

    /// Reads the last sentence; `None` when it has neither form.
    pub fn of(assumptions: &str) -> Option<Self> {
        let text = assumptions.trim_end();
        Self::FORMS
            .iter()
            .find(|(form, _)| text.ends_with(form))
            .map(|(_, rule)| *rule)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBill {
    NoPrices,
    /// The price model says what idling costs and not what a request costs.
    IdleOnly,
    /// A free plan that refuses requests beyond this many a month.
    Ends(u64),
    /// The price model has a floor and does not say how it combines; a mistake in the content.
    FloorUntold,
}

/// Something a price model has that is not counted, or not counted in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UncountedPart {
    /// More units of capacity at higher traffic: nobody said how much a unit serves.
    MoreUnits,
    /// Prices per hour that are for display, what they multiply being told in words only.
    HourlyRates,
}

/// One meter: a price for so many fine units, and what is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    /// Price of one whole unit.
    pub price: Usd,
    /// Fine units in a whole one.
    pub per: u128,
    /// Free fine units a month.
    pub free: u128,
}

impl Meter {
    /// What is left to pay for.
    pub const fn billed(&self, amount: u128) -> u128 {
        amount.saturating_sub(self.free)
    }

    fn charge(&self, amount: u128) -> Usd {
        if self.price.is_zero() {
            Usd::ZERO
        } else {
            self.price.times(self.billed(amount), self.per)
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// A unit for an hour.
    pub hourly: Usd,
    /// Units held without traffic.
    pub minimum_units: u64,
    /// Requests a second a unit serves, in thousandths; `None` when nobody said.
    pub per_second_thousandths: Option<u64>,
}

/// A service's prices made ready.
#[derive(Clone, Copy, Debug)]
pub struct Tariff<'a> {
    pub service: &'a Service,
    pub pricing: &'a Pricing,
    pub requests: Meter,
    /// GB-seconds.
    pub memory: Meter,
    /// vCPU-seconds.
    pub processor: Meter,
    pub capacity: Option<Capacity>,
    /// What is due in a month whatever happens, and how it combines.
    pub floor: Option<(Usd, FloorRule)>,
    /// A GB stored for a month.
    pub stored: Option<Usd>,
    /// The free plan ends here.
    pub ends_at: Option<u64>,
    granularity_ms: u64,
    minimum_ms: u64,
    active_ms: u64,
    memory_fine: Option<u64>,
    vcpu_thousandths: u64,
    cpu_us: Option<u64>,
}

/// The sums of a bill, without words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BillSums {
    pub requests: Usd,
    /// For GB-seconds.
    pub memory: Usd,
    /// For vCPU-seconds.
    pub processor: Usd,
    pub units: u64,
    pub capacity: Usd,
    /// What is due in a month whatever happens.
    pub floor: Usd,
    /// The bill, storage left out.
    pub total: Usd,
}

impl BillSums {
    /// Requests, GB-seconds and vCPU-seconds together.
    pub fn metered(&self) -> Usd {
        self.requests + self.memory + self.processor
    }
}

impl<'a> Tariff<'a> {
    pub fn of(service: &'a Service) -> Result<Self, NoBill> {
        let pricing = service.pricing.as_ref().ok_or(NoBill::NoPrices)?;
        let whole = |price| amount(pricing, price, 1.0);
        let meter = |price, free, unit: u128, units: u128| Meter {
            price: Usd::price(pricing.get(price).unwrap_or(0.0)),
            per: unit * units,
            free: u128::from(whole(free).unwrap_or(0)).saturating_mul(unit),
        };
        let capacity = capacity(pricing);
        let free_requests = whole(Price::FreeRequestsPerMonth);
        // A price of zero behind a free allowance means that nothing beyond it can be bought.
        let refuses = pricing.get(Price::PerMillionRequests) == Some(0.0);
        Ok(Self {
            service,
            pricing,
            requests: meter(
                Price::PerMillionRequests,
                Price::FreeRequestsPerMonth,
                1,
                PER_MILLION,
            ),
            memory: meter(
                Price::PerGbSecond,
                Price::FreeGbSecondsPerMonth,
                PER_GB_SECOND,
                1,
            ),
            processor: meter(
                Price::PerVcpuSecond,
                Price::FreeVcpuSecondsPerMonth,
                PER_VCPU_SECOND,
                1,
            ),
            capacity,
            floor: floor(pricing)?,
            stored: pricing.get(Price::PerGbMonthStored).map(Usd::price),
            ends_at: free_requests.filter(|_| refuses),
            // With a capacity unit the granularity is a step of the unit's running time, not of a request.
            granularity_ms: whole(Price::BillingGranularityMs)
                .filter(|_| capacity.is_none())
                .unwrap_or(1)
                .max(1),
            minimum_ms: whole(Price::MinimumBilledMs).unwrap_or(0),
            active_ms: whole(Price::MinimumActiveMs).unwrap_or(0),
            memory_fine: amount(pricing, Price::AssumedMemoryGb, 1_024_000.0),
            vcpu_thousandths: amount(pricing, Price::AssumedVcpus, 1_000.0).unwrap_or(1_000),
            cpu_us: amount(pricing, Price::AssumedCpuMs, 1_000.0),
        })
    }

    /// The bill for a month, storage left out.
    pub fn total(&self, workload: &Workload) -> Result<Usd, NoBill> {
        self.sums(workload).map(|sums| sums.total)
    }

    /// The bill without a single request.
    pub fn idle(&self) -> Result<Usd, NoBill> {
        self.total(&Workload::default().with(WorkloadField::Requests, 0))
    }

    pub fn sums(&self, workload: &Workload) -> Result<BillSums, NoBill> {
        let requests = workload.requests_per_month();
        if self.ends_at.is_some_and(|end| requests > end) {
            return Err(NoBill::Ends(self.ends_at.unwrap_or(0)));
        }
        if requests > 0 && !self.follows_traffic() {
            return Err(NoBill::IdleOnly);
        }
        let units = self.units(workload);
        let mut sums = BillSums {
            requests: self.requests.charge(u128::from(requests)),
            memory: self.memory.charge(self.memory_amount(workload)),
            processor: self.processor.charge(self.processor_amount(workload)),
            units,
            capacity: self.capacity.map_or(Usd::ZERO, |c| {
                c.hourly.times(u128::from(units) * HOURS_PER_MONTH, 1)
            }),
            ..BillSums::default()
        };
        let taken = sums.metered() + sums.capacity;
        (sums.floor, sums.total) = match self.floor {
            None => (Usd::ZERO, taken),
            Some((floor, FloorRule::Add)) => (floor, taken + floor),
            Some((floor, FloorRule::Larger)) => (floor, taken.max(floor)),
        };
        Ok(sums)
    }

    /// Milliseconds billed for a request; where a stretch of activity has a least time, every request is taken to be
    /// a stretch of its own: the worst case.
    pub fn billed_ms(&self, workload: &Workload) -> u64 {
        let steps = workload.duration_ms().div_ceil(self.granularity_ms);
        steps
            .saturating_mul(self.granularity_ms)
            .max(self.minimum_ms)
            .max(self.active_ms)
    }

    /// The same prices in the best case, where calls overlap so well that no stretch of activity is cut short; `None`
    /// where that makes no difference.
    pub fn best_case(&self) -> Option<Self> {
        (self.active_ms > 0).then_some(Self {
            active_ms: 0,
            ..*self
        })
    }

    /// Fine units of memory used in the month; see [`Meter::per`].
    pub fn memory_amount(&self, workload: &Workload) -> u128 {
        let each = u128::from(self.memory_fine.unwrap_or(workload.memory_mb() * 1_000));
        u128::from(workload.requests_per_month())
            .saturating_mul(u128::from(self.billed_ms(workload)))
            .saturating_mul(each)
    }

    /// Fine units of processor time used in the month; see [`Meter::per`].
    pub fn processor_amount(&self, workload: &Workload) -> u128 {
        let us = self
            .cpu_us
            .map_or_else(|| u128::from(self.billed_ms(workload)) * 1_000, u128::from);
        u128::from(workload.requests_per_month())
            .saturating_mul(us)
            .saturating_mul(u128::from(self.vcpu_thousandths))
    }

    /// Units of capacity held: the minimum, or as many as the peak needs where that is more.
    pub fn units(&self, workload: &Workload) -> u64 {
        let Some(capacity) = self.capacity else {
            return 0;
        };
        let peak = u128::from(workload.requests_per_month())
            * u128::from(workload.peak_to_mean_thousandths());
        let needed = capacity.per_second_thousandths.map_or(0, |each| {
            peak.div_ceil(SECONDS_PER_MONTH * u128::from(each))
        });
        u64::try_from(needed)
            .unwrap_or(u64::MAX)
            .max(capacity.minimum_units)
    }

    /// Whether anything in the price model depends on how often the service is called.
    pub fn follows_traffic(&self) -> bool {
        let metered = [self.requests, self.memory, self.processor]
            .iter()
            .any(|m| !m.price.is_zero());
        metered
            || self.ends_at.is_some()
            || self
                .capacity
                .is_some_and(|c| c.per_second_thousandths.is_some())
    }

    /// What the price model leaves out.
    pub fn gaps(&self) -> impl Iterator<Item = UncountedPart> {
        let more_units = self
            .capacity
            .is_some_and(|c| c.per_second_thousandths.is_none());
        let hourly = self.pricing.get(Price::PerVcpuHour).is_some() && self.capacity.is_none();
        let more_units = more_units.then_some(UncountedPart::MoreUnits);
        more_units
            .into_iter()
            .chain(hourly.then_some(UncountedPart::HourlyRates))
    }
}

fn capacity(pricing: &Pricing) -> Option<Capacity> {
    Some(Capacity {
        hourly: Usd::price(pricing.get(Price::CapacityUnitHourly)?),
        minimum_units: amount(pricing, Price::MinimumUnits, 1.0).unwrap_or(0),
        per_second_thousandths: amount(pricing, Price::RequestsPerUnitPerSecond, 1_000.0)
            .filter(|v| *v > 0),
    })
}

fn floor(pricing: &Pricing) -> Result<Option<(Usd, FloorRule)>, NoBill> {
    let Some(hourly) = pricing.get(Price::MinimumHourly) else {
        return Ok(None);
    };
    let rule = FloorRule::of(&pricing.assumptions).ok_or(NoBill::FloorUntold)?;
    Ok(Some((Usd::price(hourly).times(HOURS_PER_MONTH, 1), rule)))
}

/// A number of the content in fine whole units; below zero and what is no number count as nothing.
fn amount(pricing: &Pricing, price: Price, scale: f64) -> Option<u64> {
    pricing
        .get(price)
        .map(|value| (value * scale).round() as u64)
}
