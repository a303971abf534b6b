//! Many services through a lens, two lenses over many services, and the services nearest to a set of answers.
//! Promise: a switch of the lens over ten thousand services costs one pass and allocates only what it reports.

use crate::core::judge::answers::FactLevels;
use crate::core::judge::interview::AnswerSet;
use crate::core::judge::state::{Absent, answers_at};
use crate::core::judge::verdict::{LensOutcome, Verdict, misses, read};
use crate::pack::{Fact, Lens, LensRule, Service};
use crate::text::Day;

/// What a lens says of a service on a day, without the proof.
pub fn outcome(service: &Service, lens: &Lens, day: Option<Day>) -> Result<LensOutcome, Absent> {
    answers_at(service, day).map(|(answers, marketed)| read(&answers, marketed, lens))
}

/// How many services got which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    /// Serverless.
    pub serverless: usize,
    /// Nearly.
    pub nearly: usize,
    /// In name only.
    pub in_name: usize,
    /// Not serverless.
    pub not: usize,
    /// Not sold on the day asked for, or judged by a score.
    pub unjudged: usize,
}

impl VerdictCounts {
    /// How many got one verdict.
    pub const fn of(&self, verdict: Verdict) -> usize {
        match verdict {
            Verdict::Serverless => self.serverless,
            Verdict::Nearly => self.nearly,
            Verdict::InName => self.in_name,
            Verdict::Not => self.not,
        }
    }

    fn add(&mut self, verdict: Option<Verdict>) {
        match verdict {
            Some(Verdict::Serverless) => self.serverless += 1,
            Some(Verdict::Nearly) => self.nearly += 1,
            Some(Verdict::InName) => self.in_name += 1,
            Some(Verdict::Not) => self.not += 1,
            None => self.unjudged += 1,
        }
    }
}

/// Counts the verdicts of a lens.
pub fn counts<'a>(
    services: impl IntoIterator<Item = &'a Service>,
    lens: &Lens,
    day: Option<Day>,
) -> VerdictCounts {
    let mut counts = VerdictCounts::default();
    for service in services {
        counts.add(
            outcome(service, lens, day)
                .ok()
                .and_then(LensOutcome::verdict),
        );
    }
    counts
}

/// Scores of many services, each 0 to 10.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// How many were scored.
    pub count: usize,
    /// The lowest.
    pub lowest: f64,
    /// The middle one, or the mean of the middle two.
    pub median: f64,
    /// The mean.
    pub mean: f64,
    /// The highest.
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

/// A service on which two lenses disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement<'a> {
    /// The service.
    pub service: &'a Service,
    /// What the first lens says.
    pub first: Verdict,
    /// What the second says.
    pub second: Verdict,
    /// The facts that decide it: missed under one lens, met or not asked under the other. At least one.
    pub deciding: Vec<Fact>,
}

/// Where two lenses disagree, in the order of the services; `None` when one of them gives scores.
pub fn disagreements<'a>(
    services: impl IntoIterator<Item = &'a Service>,
    first: &Lens,
    second: &Lens,
    day: Option<Day>,
) -> Option<Vec<Disagreement<'a>>> {
    let rule = |lens: &Lens| matches!(lens.rule, LensRule::Minimum(_));
    if !rule(first) || !rule(second) {
        return None;
    }
    let differ = |service: &'a Service| {
        let (answers, marketed) = answers_at(service, day).ok()?;
        let a = read(&answers, marketed, first).verdict()?;
        let b = read(&answers, marketed, second).verdict()?;
        (a != b).then(|| Disagreement {
            service,
            first: a,
            second: b,
            deciding: deciding(&answers, first, second),
        })
    };
    Some(services.into_iter().filter_map(differ).collect())
}

fn deciding(answers: &FactLevels, first: &Lens, second: &Lens) -> Vec<Fact> {
    let one_sided = |fact: &Fact| {
        misses(first, *fact, answers.get(*fact)) != misses(second, *fact, answers.get(*fact))
    };
    Fact::ALL.into_iter().filter(one_sided).collect()
}

/// A service near to a set of answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbor<'a> {
    /// The service.
    pub service: &'a Service,
    /// How far its answers lie, 0 to 30; see [`FactLevels::distance`].
    pub distance: u32,
}

/// The services nearest to answers that may be ranges, nearest first, at most `count`; ties in the services' order.
/// A fact whose range holds the service's answer adds nothing. Retired services are left out.
pub fn nearest<'a>(
    services: impl IntoIterator<Item = &'a Service>,
    answers: &[AnswerSet; 5],
    count: usize,
) -> Vec<Neighbor<'a>> {
    let near = |service: &'a Service| {
        let (theirs, _) = answers_at(service, None)
            .ok()
            .filter(|_| service.retired.is_none())?;
        let apart = Fact::ALL
            .iter()
            .zip(answers)
            .map(|(fact, ours)| ours.distance(*fact, theirs.get(*fact)))
            .sum();
        Some(Neighbor {
            service,
            distance: apart,
        })
    };
    let mut all: Vec<Neighbor> = services.into_iter().filter_map(near).collect();
    all.sort_by_key(|n| n.distance);
    all.truncate(count);
    all
}
