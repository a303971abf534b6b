//! Time that is metered: for how long instances are billed, alone or shared, and how large they are.
//!
//! Requests that share an instance cannot be billed for less than the time in which at least one of them runs, and share no
//! processor that is billed as it is used, or that was asked for in so many words.

use crate::core::cost::tariff::{NoBill, Tariff};
use crate::core::cost::workload::{MILLISECONDS_PER_MONTH, Workload};
use crate::pack::{FloorRule, InstanceSize};

/// Which end of a range is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// Every request has an instance, and a stretch of activity, of its own; what follows the load holds a unit more.
    Dearest,
    /// Requests share instances as far as they may, no stretch of activity is cut short, and what follows the load holds what
    /// its mean asks for.
    Cheapest,
}

/// How metered instances serve requests.
#[derive(Clone, Copy, Debug)]
pub(super) struct Serving {
    /// Milliseconds billed for a request alone.
    billed_ms: u64,
    /// Milliseconds for which one keeps an instance active at least.
    window_ms: u64,
    /// Memory billed per instance, in thousandths of a MB.
    pub memory: u64,
    /// vCPUs of an instance with one request, in millionths.
    pub vcpus: u64,
    /// vCPUs of one that several share.
    shared_vcpus: u64,
    /// Requests that share an instance at most.
    pub share: u64,
    /// vCPUs told for each request.
    told: u64,
    /// Milliseconds of the month in which requests come.
    active_ms: u64,
    /// Whether the processor is billed as it is used, and not for as long as an instance is up.
    as_used: bool,
    /// Dollars per millisecond of an instance, its processor apart.
    instance_ms: f64,
    /// Dollars per millisecond of a millionth of a vCPU.
    vcpu_ms: f64,
}

impl Serving {
    /// How a workload is served; refused where no size has its memory.
    pub fn new(tariff: &Tariff, workload: &Workload, case: Case) -> (Self, Option<NoBill>) {
        let steps = workload.duration_ms().div_ceil(tariff.granularity_ms);
        let billed_ms = steps
            .saturating_mul(tariff.granularity_ms)
            .max(tariff.minimum_ms);
        let instance = instance(tariff, workload);
        let (memory, vcpus) = instance.unwrap_or_default();
        let memory = tariff.memory_fine.unwrap_or(memory);
        let (billed_ms, share) = match case {
            Case::Dearest => (billed_ms.max(tariff.active_ms), 1),
            Case::Cheapest if tariff.shares_instances() => {
                let most = tariff.most_at_once.unwrap_or(1);
                (billed_ms, workload.at_once().min(most))
            }
            Case::Cheapest => (billed_ms, 1),
        };
        let waits = match tariff.floor {
            Some((floor, FloorRule::Idle)) => floor.to_f64() / MILLISECONDS_PER_MONTH as f64,
            Some((_, FloorRule::Add | FloorRule::Larger)) | None => 0.0,
        };
        let a_fine =
            |meter: &crate::core::cost::tariff::Meter| meter.price.to_f64() / meter.per as f64;
        let least_shared = if share > 1 { tariff.shared_vcpus } else { 0 };
        let as_used = tariff.pauses_instances();
        let least_ms = if as_used { 0 } else { tariff.active_ms };
        let serving = Self {
            billed_ms,
            window_ms: billed_ms.max(least_ms),
            memory,
            vcpus,
            shared_vcpus: vcpus.max(least_shared),
            share,
            told: workload.vcpus_told().unwrap_or(0),
            active_ms: workload.active_ms(),
            as_used,
            instance_ms: a_fine(&tariff.memory) * memory as f64 - waits,
            vcpu_ms: a_fine(&tariff.processor) * 1_000.0,
        };
        (serving, instance.err())
    }

    /// Milliseconds billed for one request alone.
    pub const fn billed_ms(&self) -> u64 {
        self.billed_ms
    }

    /// Milliseconds if every request had an instance, and a stretch of activity, of its own.
    fn alone_ms(&self, requests: u64) -> u128 {
        u128::from(requests).saturating_mul(u128::from(self.window_ms))
    }

    /// Milliseconds of the requests themselves.
    fn work_ms(&self, requests: u64) -> u128 {
        u128::from(requests).saturating_mul(u128::from(self.billed_ms))
    }

    /// Whether requests may share anything: an instance, or the least time that it is active.
    const fn may_share(&self) -> bool {
        self.share > 1 || self.window_ms > self.billed_ms
    }

    /// Milliseconds if every instance were as full as it may be.
    pub fn packed_ms(&self, requests: u64) -> u128 {
        self.work_ms(requests).div_ceil(u128::from(self.share))
    }

    /// Milliseconds in which at least one request keeps an instance active: they come at random.
    fn busy_ms(&self, requests: u64) -> u128 {
        let runs = -libm::expm1(-(requests as f64) * self.rate());
        (runs * self.active_ms as f64).round() as u128
    }

    /// The share of the time with requests for which a single one keeps an instance active.
    fn rate(&self) -> f64 {
        self.window_ms as f64 / self.active_ms as f64
    }

    fn shared_ms(&self, requests: u64) -> u128 {
        self.packed_ms(requests).max(self.busy_ms(requests))
    }

    /// Milliseconds that are billed for requests, shared ones once.
    pub fn time_ms(&self, requests: u64) -> u128 {
        if self.is_shared(requests) {
            self.shared_ms(requests)
        } else {
            self.alone_ms(requests)
        }
    }

    /// Whether so many requests share instances: where sharing asks for more processor than it saves, they stay alone.
    pub fn is_shared(&self, requests: u64) -> bool {
        if !self.may_share() || self.as_used {
            return self.may_share();
        }
        let cost = |ms: u128, processor: u128| {
            ms as f64 * self.instance_ms + processor as f64 * self.vcpu_ms
        };
        let (alone, shared) = (self.alone_ms(requests), self.shared_ms(requests));
        let alone = cost(alone, alone.saturating_mul(u128::from(self.vcpus)));
        cost(shared, self.shared_processor(requests)) < alone
    }

    /// Milliseconds of millionths of a vCPU of shared instances: no less than the requests ask for.
    fn shared_processor(&self, requests: u64) -> u128 {
        let up = self.shared_ms(requests);
        let up = up.saturating_mul(u128::from(self.shared_vcpus));
        up.max(self.asked(requests))
    }

    fn asked(&self, requests: u64) -> u128 {
        self.work_ms(requests).saturating_mul(u128::from(self.told))
    }

    /// Milliseconds of millionths of a vCPU.
    pub fn processor(&self, requests: u64) -> u128 {
        if self.as_used || !self.is_shared(requests) {
            self.alone_ms(requests)
                .saturating_mul(u128::from(self.vcpus))
        } else {
            self.shared_processor(requests)
        }
    }

    /// What follows the time in which at least one request runs: `amount × (1 − e^(−rate × requests))` of memory and of
    /// processor, as it is metered, and the rate. `None` where billed time does not follow it.
    pub fn curve(&self, requests: u64) -> Option<(u128, u128, f64)> {
        let is_packed = self.busy_ms(requests) < self.packed_ms(requests);
        // Beyond this the share is within a microsecond of the whole month.
        let is_full = requests as f64 * self.rate() > 40.0;
        if self.as_used || is_packed || is_full || !self.is_shared(requests) {
            return None;
        }
        let active = u128::from(self.active_ms);
        let processor = match self.is_asked(requests) {
            true => 0,
            false => active * u128::from(self.shared_vcpus),
        };
        Some((active * u128::from(self.memory), processor, self.rate()))
    }

    /// Whether shared instances are billed for the processor that requests ask for, which is more than they have.
    fn is_asked(&self, requests: u64) -> bool {
        let up = self.shared_ms(requests);
        self.asked(requests) > up.saturating_mul(u128::from(self.shared_vcpus))
    }

    /// Which formula holds: it changes three times at most as requests rise, and never back.
    pub fn regime(&self, requests: u64) -> (bool, bool, bool) {
        if !self.may_share() {
            return (false, false, false);
        }
        let is_packed = self.busy_ms(requests) < self.packed_ms(requests);
        (self.is_shared(requests), is_packed, self.is_asked(requests))
    }
}

/// Memory and vCPUs that are metered for a request: as asked for, or those of the first size that has as much.
fn instance(tariff: &Tariff, workload: &Workload) -> Result<(u64, u64), NoBill> {
    let told = workload.vcpus_told();
    let vcpus = tariff.vcpus(workload).max(tariff.least_vcpus);
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
    let sizes: Vec<(u64, u64)> = sizes.iter().map(fine).collect();
    let found = sizes.iter().copied().find(fits);
    found.ok_or_else(|| unfit(&sizes, memory, told.unwrap_or(0)))
}

/// Why a request fits none of the sizes, told by their memory and vCPUs.
pub(super) fn unfit(sizes: &[(u64, u64)], needs: u64, told: u64) -> NoBill {
    let large = sizes.iter().filter(|(memory, _)| *memory >= needs);
    match large.map(|(_, vcpus)| *vcpus).max() {
        Some(most) => NoBill::TooFewVcpus(told, most),
        None => {
            let most = sizes.iter().map(|(memory, _)| *memory).max();
            NoBill::TooLarge(needs, most.unwrap_or(0))
        }
    }
}

/// Why a request cannot be served at all. What is always the same small size refuses only a memory that was asked for.
pub(super) fn refusal(tariff: &Tariff, workload: &Workload) -> Option<NoBill> {
    let needs = workload.memory_told_mb().map(|mb| mb * 1_000);
    let most = tariff.most_memory;
    if let Some((needs, most)) = needs.zip(most).filter(|(needs, most)| needs > most) {
        return Some(NoBill::TooLarge(needs, most));
    }
    let most = tariff.most_ms.filter(|most| workload.duration_ms() > *most);
    most.map(NoBill::TooLong)
}
