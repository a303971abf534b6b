//! What is known of one question: the card, and what its reviews add up to.
//! Promise: it follows from the question's reviews alone, in their order.

use crate::core::progress::facts::{Ratio, Totals};
use crate::core::progress::review::{Review, ReviewOutcome};
use crate::core::schedule::{self, Card};

/// What is known of one question.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct QuestionProgress {
    /// What the schedule knows; `None` while it was only skipped.
    pub card: Option<Card>,
    /// Right answers of all answers given sure.
    pub sure: Ratio,
    /// Right answers of all answers given as guesses.
    pub guessed: Ratio,
    /// Answers right in parts only; they count as wrong above.
    pub partly: u32,
    /// How often it was skipped.
    pub skipped: u32,
    /// What came of it last, skips and pages included.
    pub last: ReviewOutcome,
    /// What was the outcome of the last answer, if any was given.
    pub answered: Option<ReviewOutcome>,
    /// When that was, in milliseconds since 1970.
    pub at: i64,
    /// The learner's day then.
    pub day: i32,
    /// The order of its last review.
    pub order: i64,
}

impl QuestionProgress {
    /// What is known after a first review; its effects on the whole go into `facts`.
    pub fn first(review: &Review, facts: &mut Totals) -> Self {
        let empty = Ratio::default();
        let mut known = Self {
            card: None,
            sure: empty,
            guessed: empty,
            partly: 0,
            skipped: 0,
            last: review.outcome,
            answered: None,
            at: review.at,
            day: review.day,
            order: review.order,
        };
        known.take(review, facts, 1);
        known
    }

    /// Takes the next review. Its effects on the whole are counted `times`: 1, or -1 to take them back.
    pub fn take(&mut self, review: &Review, facts: &mut Totals, times: i64) {
        facts.count(self.card.as_ref(), review, times);
        let now = review.moment();
        match (review.grade, review.outcome) {
            (Some(grade), outcome) => {
                let share = if review.sure {
                    &mut self.sure
                } else {
                    &mut self.guessed
                };
                share.count(outcome == ReviewOutcome::Right, 1);
                self.partly += u32::from(outcome == ReviewOutcome::Partly);
                self.answered = Some(outcome);
                self.card = Some(schedule::review(self.card.as_ref(), grade, now));
            }
            (None, ReviewOutcome::Page) => {
                self.card = self
                    .card
                    .as_ref()
                    .map(|card| schedule::page_shown(card, now))
            }
            (
                None,
                ReviewOutcome::Skipped
                | ReviewOutcome::Right
                | ReviewOutcome::Partly
                | ReviewOutcome::Wrong,
            ) => self.skipped += 1,
        }
        (self.last, self.at, self.day, self.order) =
            (review.outcome, review.at, review.day, review.order);
    }

    /// Right answers of all answers.
    pub const fn all(&self) -> Ratio {
        Ratio {
            hits: self.sure.hits + self.guessed.hits,
            of: self.sure.of + self.guessed.of,
        }
    }

    /// Whether the last answer was wrong, or right in parts only.
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
