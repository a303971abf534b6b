//! Many services through one lens: outcomes, scores in short, and the services nearest to a set of answers.
//! Each costs one pass over the services and allocates only what it reports.

use serde::Serialize;

use crate::core::judge::interview::AnswerSet;
use crate::core::judge::state::{Absent, answers_at};
use crate::core::judge::verdict::{LensOutcome, read};
use crate::pack::{Fact, FactLevel, Lens, Service};
use crate::text::Day;

/// What a lens says of a service on a day, without the proof.
pub fn outcome(service: &Service, lens: &Lens, day: Option<Day>) -> Result<LensOutcome, Absent> {
    answers_at(service, day).map(|(answers, marketed)| read(&answers, marketed, lens))
}

/// Scores of many services, each 0 to 10.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scores {
    #[serde(rename = "services")]
    pub count: usize,
    pub lowest: f64,
    /// The middle one, or the mean of the middle two.
    pub median: f64,
    #[serde(skip)]
    pub mean: f64,
    pub highest: f64,
}

/// Sums up the scores of a lens; `None` for a lens that gives verdicts, or without services.
pub fn scores<'a>(
    services: impl IntoIterator<Item = &'a Service>,
    lens: &Lens,
    day: Option<Day>,
) -> Option<Scores> {
    let score = |service| outcome(service, lens, day).ok()?.score();
    let mut all: Vec<f64> = services.into_iter().filter_map(score).collect();
    all.sort_by(f64::total_cmp);
    let middle = (
        all.get((all.len().checked_sub(1)?) / 2)?,
        all.get(all.len() / 2)?,
    );
    Some(Scores {
        count: all.len(),
        lowest: *all.first()?,
        median: (middle.0 + middle.1) / 2.0,
        mean: all.iter().sum::<f64>() / all.len() as f64,
        highest: *all.last()?,
    })
}

#[derive(Clone, Debug, PartialEq)]
pub struct NearService<'a> {
    pub service: &'a Service,
    /// How far away, in sixths of a step.
    pub distance: u32,
    /// What it answers outside of what is possible for the one asked about.
    pub differs: Vec<(Fact, FactLevel)>,
}

/// The services nearest to answers that may be ranges, nearest first, at most `count`; ties in the services' order.
/// A fact whose range holds the service's answer adds nothing. Retired services are left out.
pub fn nearest<'a>(
    services: impl IntoIterator<Item = &'a Service>,
    answers: &[AnswerSet; 5],
    count: usize,
) -> Vec<NearService<'a>> {
    let near = |service: &'a Service| {
        let (theirs, _) = answers_at(service, None)
            .ok()
            .filter(|_| service.retired.is_none())?;
        let distance = Fact::ALL
            .iter()
            .zip(answers)
            .map(|(fact, ours)| ours.distance(*fact, theirs.get(*fact)))
            .sum();
        let theirs = Fact::ALL.map(|fact| (fact, theirs.get(fact)));
        let differs = theirs.into_iter().zip(answers);
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
