//! What a lens that scores makes of many services: the lowest, the middle and the highest.
//! One pass over the services, which allocates only their scores.

use serde::Serialize;

use crate::core::judge::verdict::outcome;
use crate::pack::{Lens, Service};
use crate::text::Day;

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
