//! Workloads with a name, and the always-on machine to hold a bill against.
//! A preset says in words what it stands for, so that its numbers can be disputed.

use crate::core::cost::tariff::Tariff;
use crate::core::cost::workload::{Bursts, Workload, WorkloadField};
use crate::core::judge::state::answers_at;
use crate::pack::{AnswerLevel, Service};
use crate::text::Words;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preset {
    Webhook,
    NightlyJob,
    ApiByDay,
    BusyApi,
}

impl Words for Preset {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("nightly-job", Self::NightlyJob),
        ("webhook", Self::Webhook),
        ("api-by-day", Self::ApiByDay),
        ("busy-api", Self::BusyApi),
    ];
}

impl Preset {
    /// From the lightest to the heaviest traffic.
    pub const ALL: [Self; 4] = [
        Self::NightlyJob,
        Self::Webhook,
        Self::ApiByDay,
        Self::BusyApi,
    ];

    /// As a reader sees it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Webhook => "a webhook",
            Self::NightlyJob => "a nightly job",
            Self::ApiByDay => "an API by day",
            Self::BusyApi => "a busy API",
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Webhook => {
                "10,000 calls a month, 200 ms and 128 MB each, the peak twenty times the mean"
            }
            Self::NightlyJob => {
                "30 runs a month of five minutes with 1 GB, one a night and nothing between them"
            }
            Self::ApiByDay => {
                "3 million calls a month, 100 ms and 512 MB each, in office hours: the peak four times the mean"
            }
            Self::BusyApi => {
                "100 million calls a month, 100 ms and 512 MB each, day and night: the peak twice the mean"
            }
        }
    }

    pub fn workload(self) -> Workload {
        let of = |requests, ms, mb, peak| {
            Workload::default()
                .with(WorkloadField::Requests, requests)
                .with(WorkloadField::Duration, ms)
                .with(WorkloadField::Memory, mb)
                .with(WorkloadField::Peak, peak)
        };
        match self {
            Self::Webhook => of(10_000, 200, 128, 20_000),
            Self::NightlyJob => of(30, 300_000, 1_024, 1_000).in_bursts(Some(Bursts {
                count: 30,
                length_ms: 300_000,
            })),
            Self::ApiByDay => of(3_000_000, 100, 512, 4_000),
            Self::BusyApi => of(100_000_000, 100, 512, 2_000),
        }
    }
}

/// The always-on machine of a catalog: of the services that hold capacity in which requests run, and answer every criterion
/// but one at most with a plain no, the one with the most of these, then with the lowest idle bill.
pub fn always_on<'a>(services: impl IntoIterator<Item = &'a Service>) -> Option<&'a Service> {
    let idle = |service: &'a Service| {
        let (answers, _) = answers_at(service, None)
            .ok()
            .filter(|_| service.retired.is_none())?;
        let criteria = &service.facts.subject.criteria;
        let others = criteria
            .ids()
            .filter(|criterion| answers.get(*criterion) != AnswerLevel::NO)
            .count();
        let tariff = Tariff::of(service)
            .ok()
            .filter(|t| others <= 1 && t.capacity.is_some_and(|c| c.memory.is_some()))?;
        let idle = tariff.idle().ok().filter(|usd| !usd.is_zero())?;
        Some((others, idle, service))
    };
    services
        .into_iter()
        .filter_map(idle)
        .min_by_key(|(others, idle, _)| (*others, *idle))
        .map(|(_, _, service)| service)
}
