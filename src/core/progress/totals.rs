//! What all reviews add up to: by day, by certainty, by predicted recall.
//! Guarantee: counts only, so that the order in which reviews are added makes no difference to the sums.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::core::progress::review::{Review, ReviewOutcome};
use crate::core::schedule::Card;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Ratio {
    #[serde(rename = "right")]
    pub hits: u32,
    /// All of them, hits or not.
    pub of: u32,
}

impl Ratio {
    pub fn count(&mut self, hit: bool) {
        *self = self.plus(Self {
            hits: u32::from(hit),
            of: 1,
        });
    }

    /// Both together.
    pub const fn plus(self, other: Self) -> Self {
        Self {
            hits: self.hits.saturating_add(other.hits),
            of: self.of.saturating_add(other.of),
        }
    }

    /// The share, 0 to 1; `None` of nothing.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.hits) / f64::from(self.of))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DayTotals {
    /// Right answers of all answers.
    pub answers: Ratio,
    /// Of these, right ones of cards that had rested a day at least: recall.
    pub recalls: Ratio,
    /// What was expected of those: the sum of their chances, in millionths.
    pub expected: i64,
    /// Questions that were answered for the first time.
    pub fresh: u32,
}

impl DayTotals {
    /// Both together.
    pub const fn plus(self, other: Self) -> Self {
        Self {
            answers: self.answers.plus(other.answers),
            recalls: self.recalls.plus(other.recalls),
            expected: self.expected.saturating_add(other.expected),
            fresh: self.fresh.saturating_add(other.fresh),
        }
    }

    /// The share of recalls that was expected, 0 to 1; `None` without any.
    pub fn expectation(&self) -> Option<f64> {
        (self.recalls.of > 0).then(|| self.expected as f64 / MILLION / f64::from(self.recalls.of))
    }
}

/// Chances are summed in millionths, since sums of whole numbers do not depend on their order.
const MILLION: f64 = 1e6;
/// Bins of predicted recall: 0 to 10 percent, 10 to 20, and so on.
const BINS: usize = 10;

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    /// Days on which something was answered, by day number.
    pub days: BTreeMap<i32, DayTotals>,
    /// Right answers of those given sure.
    pub sure: Ratio,
    /// Right answers of those given as guesses.
    pub guessed: Ratio,
    /// Recalls by what was expected of them, in tenths.
    pub bins: [Ratio; BINS],
    /// Reviews of every kind, skips and pages too.
    pub reviews: i64,
    /// Sessions by number: when the last answer was given, in milliseconds since 1970, and the questions that were right at
    /// their first answer in it.
    pub sessions: BTreeMap<u64, (i64, Ratio)>,
    /// Per question the keys of what was chosen in answers that were not right, and how often.
    pub misled: BTreeMap<String, BTreeMap<String, u32>>,
}

impl Totals {
    /// Counts the first answer to a question in its session.
    pub(super) fn count_in_session(&mut self, review: &Review, right: bool) {
        let (at, first) = self.sessions.entry(review.session).or_default();
        *at = (*at).max(review.at);
        first.count(right);
    }

    /// Counts what was chosen in an answer that was not right.
    pub(super) fn count_misled(&mut self, review: &Review) {
        let chosen = self.misled.entry(review.question.clone()).or_default();
        for key in &review.chosen {
            *chosen.entry(key.clone()).or_default() += 1;
        }
    }

    /// Counts a review; `card` is that of its question before the review, if it had one.
    pub(super) fn count(&mut self, card: Option<&Card>, review: &Review) {
        self.reviews += 1;
        if review.grade.is_none() {
            return;
        }
        let right = review.outcome == ReviewOutcome::Right;
        if review.sure {
            &mut self.sure
        } else {
            &mut self.guessed
        }
        .count(right);
        let day = self.days.entry(review.day).or_default();
        day.answers.count(right);
        let now = review.moment();
        match card {
            None => day.fresh += 1,
            // An answer on the day of the last one says nothing about recall.
            Some(card) if card.last.day < now.day => {
                let chance = card.recall(now);
                day.recalls.count(right);
                day.expected += (chance * MILLION).round() as i64;
                let bin = ((chance * BINS as f64) as usize).min(BINS - 1);
                if let Some(bin) = self.bins.get_mut(bin) {
                    bin.count(right);
                }
            }
            Some(_) => {}
        }
    }
}
