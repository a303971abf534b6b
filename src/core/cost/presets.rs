//! The workloads that a pack names, and the always-on machine to hold a bill against.

use crate::core::cost::tariff::Tariff;
use crate::core::cost::workload::{Bursts, Workload, WorkloadField};
use crate::core::judge::state::answers_at;
use crate::pack::{AnswerLevel, NamedWorkload, Service};

/// A workload as the pack names it, its values moved into their ranges.
pub fn preset(named: &NamedWorkload) -> Workload {
    let mut workload = Workload::default().with(WorkloadField::Requests, named.requests);
    let given = [
        (WorkloadField::Duration, named.duration_ms),
        (WorkloadField::Memory, named.memory_mb),
        (
            WorkloadField::Peak,
            named.peak.map(|peak| (peak * 1_000.0).round() as u64),
        ),
    ];
    for (field, value) in given {
        if let Some(value) = value {
            workload = workload.with(field, value);
        }
    }
    let bursts = |(count, length_ms)| Bursts { count, length_ms };
    workload.in_bursts(named.bursts.map(bursts))
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
        let idle = tariff.idle().ok().filter(|idle| !idle.is_zero())?;
        Some((others, idle, service))
    };
    services
        .into_iter()
        .filter_map(idle)
        .min_by_key(|(others, idle, _)| (*others, *idle))
        .map(|(_, _, service)| service)
}
