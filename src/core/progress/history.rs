//! The record: everything that follows from the reviews, question by question and as a whole.
//! Promise: [`Progress::keep`] after [`Progress::undo`] of the same leaves the record as it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::core::progress::facts::Totals;
use crate::core::progress::known::QuestionProgress;
use crate::core::progress::review::{IdSource, Review, ReviewId};
use crate::core::progress::saved_session::SavedSession;
use crate::core::schedule::DesiredRecall;
use crate::text::{SafeText, Timestamp};

/// What follows from the reviews.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Progress {
    /// The share of due cards that the learner wants to know.
    pub desired: DesiredRecall,
    /// What is known of each question that was ever reviewed, by id, those that left the pack too.
    pub known: BTreeMap<String, QuestionProgress>,
    /// What all reviews add up to.
    pub facts: Totals,
    /// Sessions begun.
    pub sessions: usize,
    /// The session that was left last and not ended.
    pub shelved: Option<SavedSession>,
    /// What was kept since the record was opened, for taking it back.
    fresh: Vec<ReviewedCard>,
}

/// A review with what was known before it.
#[derive(Clone, PartialEq, Debug)]
struct ReviewedCard {
    review: Review,
    before: Option<QuestionProgress>,
}

/// What opening the record came to.
#[derive(Clone, Debug)]
pub struct LoadedProgress {
    /// The record; an empty one where there is no memory.
    pub record: Arc<Progress>,
    /// Whether what is answered now will be remembered.
    pub memory: StorageState,
    /// What must be said: that a damaged file was set aside, why nothing is saved, and the like.
    pub said: Option<SafeText>,
    /// Where fresh ids, sessions and seeds come from.
    pub ids: IdSource,
    /// Now.
    pub now: Timestamp,
}

/// Whether answers will be remembered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StorageState {
    /// They are.
    Kept,
    /// The record is of a newer format: it is read, and nothing is added.
    ReadOnly,
    /// There is no place for them, or it cannot be written; each answer is another try.
    Unsaved,
}

impl Progress {
    /// A record of nothing.
    pub fn new(desired: DesiredRecall) -> Self {
        Self {
            desired,
            ..Self::default()
        }
    }

    /// What follows from these reviews, whatever their order; ones taken back must have been left out.
    pub fn of(desired: DesiredRecall, reviews: impl IntoIterator<Item = Review>) -> Self {
        let mut record = Self::new(desired);
        let mut reviews: Vec<Review> = reviews.into_iter().collect();
        reviews.sort_by(|a, b| (&a.question, a.order, a.id).cmp(&(&b.question, b.order, b.id)));
        for review in &reviews {
            record.add(review);
        }
        record
    }

    /// Takes a review as it stands, after all others of its question.
    pub fn add(&mut self, review: &Review) {
        match self.known.get_mut(&review.question) {
            Some(known) => known.take(review, &mut self.facts, 1),
            None => {
                let known = QuestionProgress::first(review, &mut self.facts);
                self.known.insert(review.question.clone(), known);
            }
        }
    }

    /// Takes a review that happened just now and gives it its order.
    pub fn keep(&mut self, review: &Review) {
        let before = self.known.get(&review.question).copied();
        let review = Review {
            order: after(before.map(|k| k.order), review.at),
            ..review.clone()
        };
        self.add(&review);
        self.fresh.push(ReviewedCard { review, before });
    }

    /// Takes back a review that was kept since the record was opened; false when it was not, and the record must be
    /// opened again after the store has forgotten it.
    pub fn undo(&mut self, id: ReviewId) -> bool {
        let Some(at) = self.fresh.iter().position(|f| f.review.id == id) else {
            return false;
        };
        let question = self
            .fresh
            .get(at)
            .map(|f| f.review.question.clone())
            .unwrap_or_default();
        let (back, rest): (Vec<ReviewedCard>, Vec<ReviewedCard>) = self
            .fresh
            .split_off(at)
            .into_iter()
            .partition(|f| f.review.question == question);
        self.fresh.extend(rest);
        for fresh in back.iter().rev() {
            self.take_back(fresh);
        }
        for fresh in back.into_iter().filter(|f| f.review.id != id) {
            self.keep(&fresh.review);
        }
        true
    }

    fn take_back(&mut self, fresh: &ReviewedCard) {
        self.facts.count(
            fresh.before.and_then(|k| k.card).as_ref(),
            &fresh.review,
            -1,
        );
        match fresh.before {
            Some(known) => drop(self.known.insert(fresh.review.question.clone(), known)),
            None => drop(self.known.remove(&fresh.review.question)),
        }
    }

    /// What is known of a question; `None` for one that was never reviewed.
    pub fn known(&self, question: &str) -> Option<&QuestionProgress> {
        self.known.get(question)
    }

    /// Reviews that were kept since the record was opened, in their order.
    pub fn fresh(&self) -> impl Iterator<Item = &Review> {
        self.fresh.iter().map(|f| &f.review)
    }
}

/// The order of a review at this time whose question has one of that order as its last.
pub fn after(last: Option<i64>, at: i64) -> i64 {
    last.map_or(at, |last| at.max(last.saturating_add(1)))
}
