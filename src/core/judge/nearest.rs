//! The services of a pack that are nearest to a set of answers.
//! One pass over the services, which allocates only what it reports.

use crate::core::judge::ranges::AnswerSet;
use crate::core::judge::state::answers_at;
use crate::pack::{AnswerLevel, CriterionId, Service};

#[derive(Clone, Debug, PartialEq)]
pub struct NearService<'a> {
    pub service: &'a Service,
    /// How far away, in sixths of a step.
    pub distance: u32,
    /// What it answers outside of what is possible for the one asked about.
    pub differs: Vec<(CriterionId, AnswerLevel)>,
}

/// The services nearest to answers that may be ranges, nearest first, at most `count`; ties in the services' order.
/// A fact whose range holds the service's answer adds nothing. Retired services are left out.
pub fn nearest<'a>(
    services: impl IntoIterator<Item = &'a Service>,
    answers: &[AnswerSet],
    count: usize,
) -> Vec<NearService<'a>> {
    let near = |service: &'a Service| {
        let (theirs, _) = answers_at(service, None)
            .ok()
            .filter(|_| service.retired.is_none())?;
        let criteria = &service.facts.subject.criteria;
        let theirs = criteria
            .ids()
            .map(|criterion| (criterion, theirs.get(criterion)));
        let distance = theirs
            .clone()
            .zip(answers)
            .map(|((criterion, answer), ours)| ours.distance(criteria, criterion, answer))
            .sum();
        let differs = theirs.zip(answers);
        let differs = differs.filter(|((_, answer), ours)| !ours.holds(*answer));
        Some(NearService {
            service,
            distance,
            differs: differs.map(|(theirs, _)| theirs).collect(),
        })
    };
    let mut all: Vec<NearService> = services.into_iter().filter_map(near).collect();
    all.sort_by_key(|n| n.distance);
    all.truncate(count);
    all
}
