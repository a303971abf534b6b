//! The progress of one question: its card, and what its reviews add up to.
//! Guarantee: it follows from the question's reviews alone, in their order.

use crate::core::progress::review::{Review, ReviewOutcome};
use crate::core::progress::totals::{Ratio, Totals};
use crate::core::schedule::{self, Card};

/// The progress of one question that was reviewed at least once.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct QuestionProgress {
    /// What the schedule knows; `None` while the question was only skipped.
    pub card: Option<Card>,
    /// Right answers of all answers.
    pub answers: Ratio,
    /// The outcome of the last answer, if any was given.
    pub answered: Option<ReviewOutcome>,
    /// Whether the last answer was right, and the first one ever or given after a night: a second try on the same day does
    /// not show that anything is known.
    pub known: bool,
    /// The session of the last answer, if any was given.
    pub session: Option<u64>,
    /// The learner's day of the last review.
    pub day: i32,
    /// The order of the last review.
    pub order: i64,
}

impl QuestionProgress {
    /// Adds the next review, here and to the totals.
    pub(super) fn add(&mut self, review: &Review, totals: &mut Totals) {
        totals.count(self.card.as_ref(), review);
        let now = review.moment();
        match (review.grade, self.card) {
            (Some(grade), card) => {
                let right = review.outcome == ReviewOutcome::Right;
                if self.session != Some(review.session) {
                    totals.count_in_session(review, right);
                }
                if !right {
                    totals.count_misled(review);
                }
                let rested = card.is_none_or(|card| card.last.day < now.day);
                self.known = right && (self.known || rested);
                self.session = Some(review.session);
                self.answers.count(right);
                self.answered = Some(review.outcome);
                self.card = Some(schedule::review(card.as_ref(), grade, now));
            }
            (None, Some(card)) if review.outcome == ReviewOutcome::Page => {
                self.card = Some(schedule::page_shown(&card, now));
            }
            (None, _) => {}
        }
        (self.day, self.order) = (review.day, review.order);
    }

    /// Whether the last answer was wrong, or only partly right.
    pub const fn is_missed(&self) -> bool {
        matches!(
            self.answered,
            Some(ReviewOutcome::Wrong | ReviewOutcome::Partly)
        )
    }

    /// Whether its page is to be shown instead of it.
    pub fn wants_page(&self) -> bool {
        self.card.as_ref().is_some_and(Card::wants_page)
    }
}
