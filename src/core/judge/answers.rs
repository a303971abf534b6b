//! The answers to a pack's criteria, freed from their reasons, and how far two sets of answers lie apart.
//! Small enough to copy; walking over ten thousand services allocates nothing.

use crate::pack::criteria::MAX_CRITERIA;
use crate::pack::{AnswerLevel, Criteria, CriterionId};

/// What a whole criterion weighs in a distance, from the plain no to the full yes.
pub const WHOLE: u32 = 6;

/// One answer per criterion; no where none was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AnswerLevels([AnswerLevel; MAX_CRITERIA]);

impl AnswerLevels {
    /// From answers in the order of the criteria.
    pub fn new(answers: impl IntoIterator<Item = AnswerLevel>) -> Self {
        let mut all = Self::default();
        for (slot, answer) in all.0.iter_mut().zip(answers) {
            *slot = answer;
        }
        all
    }

    pub fn get(&self, criterion: CriterionId) -> AnswerLevel {
        self.0.get(criterion.index()).copied().unwrap_or_default()
    }

    /// The same with one answer replaced.
    #[must_use]
    pub fn with(mut self, criterion: CriterionId, answer: AnswerLevel) -> Self {
        if let Some(slot) = self.0.get_mut(criterion.index()) {
            *slot = answer;
        }
        self
    }
}

/// The highest answer of a criterion that is still below `least`; none below the plain no.
pub fn below(
    criteria: &Criteria,
    criterion: CriterionId,
    least: AnswerLevel,
) -> Option<AnswerLevel> {
    criteria.possible(criterion).rfind(|answer| *answer < least)
}

/// How many steps of the criterion's own answers lie between two of them.
pub fn steps(
    criteria: &Criteria,
    criterion: CriterionId,
    from: AnswerLevel,
    to: AnswerLevel,
) -> usize {
    let place = |answer| criteria.possible(criterion).filter(|a| *a < answer).count();
    place(from).abs_diff(place(to))
}

/// Where an answer stands between the plain no (0) and the full yes ([`WHOLE`]), by the answers that the criterion can
/// have: one that belongs to it alone stands nearer to its neighbors.
pub fn step(criteria: &Criteria, criterion: CriterionId, answer: AnswerLevel) -> u32 {
    let possible = criteria.possible(criterion);
    let place = possible.clone().filter(|a| *a < answer).count() as u32;
    let last = (possible.count() as u32).saturating_sub(1).max(1);
    place * WHOLE / last
}
