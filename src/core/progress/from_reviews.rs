//! Progress: everything that follows from the reviews, question by question and in total.
//! Guarantee: reviews that are added one by one come to the same as all of them at once, in any order; a review that is
//! undone leaves no trace.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::core::progress::question::QuestionProgress;
use crate::core::progress::review::{IdSource, Review, ReviewId};
use crate::core::progress::saved_session::SavedSession;
use crate::core::progress::totals::Totals;
use crate::core::schedule::DesiredRecall;
use crate::text::{SafeText, Timestamp};

/// What follows from the reviews.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Progress {
    /// The share of due cards that the learner wants to know.
    pub desired: DesiredRecall,
    /// Every question that was ever reviewed, by id, those that left the pack too.
    pub questions: BTreeMap<String, QuestionProgress>,
    pub totals: Totals,
    pub last_copy: LastCopy,
    /// Sessions begun.
    pub sessions: usize,
    /// The session that was left last and not ended.
    pub saved_session: Option<SavedSession>,
    /// Questions and totals as they were loaded, for undoing what was added since.
    loaded: Arc<(BTreeMap<String, QuestionProgress>, Totals)>,
    /// What was added since, in its order.
    pub(super) added: Vec<Review>,
}

/// The last copy of the record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum LastCopy {
    #[default]
    None,
    /// On this day, by UTC, in days since the beginning of 1970.
    Made(i64),
    /// It is there, and no good any more.
    Damaged,
    /// It is there and cannot be read, for this reason; it may well be good.
    Unread(SafeText),
}

impl LastCopy {
    /// The day on which a good one was made.
    pub const fn day(&self) -> Option<i64> {
        match self {
            Self::Made(day) => Some(*day),
            Self::None | Self::Damaged | Self::Unread(_) => None,
        }
    }
}

/// What opening the record came to.
#[derive(Clone, Debug)]
pub struct LoadedProgress {
    /// Empty where there is no record.
    pub progress: Arc<Progress>,
    /// Whether what is answered now will be kept.
    pub storage: StorageState,
    /// A notice for the user: that a damaged file was set aside, why nothing is saved, and the like.
    pub notice: Option<SafeText>,
    /// Where fresh ids, sessions and seeds come from.
    pub ids: IdSource,
    pub now: Timestamp,
}

/// Whether answers will be kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StorageState {
    Kept,
    /// The record is of a newer format: it is read, and nothing is added.
    ReadOnly,
    /// There is no place for them, or it cannot be written; each answer is another try.
    Unsaved,
}

impl Progress {
    /// Progress from nothing.
    pub fn new(desired: DesiredRecall) -> Self {
        Self {
            desired,
            ..Self::default()
        }
    }

    /// What follows from these reviews, whatever their order; ones taken back must have been left out.
    pub fn of(desired: DesiredRecall, reviews: impl IntoIterator<Item = Review>) -> Self {
        let mut progress = Self::new(desired);
        let mut reviews: Vec<Review> = reviews.into_iter().collect();
        // Clocks repeat and go back, so a question's reviews follow each other by number, not by time.
        reviews.sort_by(|a, b| (&a.question, a.order, a.id).cmp(&(&b.question, b.order, b.id)));
        for review in &reviews {
            progress.replay(review);
        }
        progress.loaded = Arc::new((progress.questions.clone(), progress.totals.clone()));
        progress
    }

    /// Adds a review as it stands, after all others of its question.
    fn replay(&mut self, review: &Review) {
        let question = self.questions.entry(review.question.clone());
        question.or_default().add(review, &mut self.totals);
    }

    /// Adds a review that happened just now, and gives it its order.
    pub fn add(&mut self, review: &Review) {
        let last = self.question(&review.question).map(|q| q.order);
        let review = Review {
            order: after(last, review.at),
            ..review.clone()
        };
        self.replay(&review);
        self.added.push(review);
    }

    /// Undoes a review that was added since the record was loaded; false when it was not, and the record must be loaded
    /// again after the review was taken back there.
    pub fn undo(&mut self, id: ReviewId) -> bool {
        let Some(at) = self.added.iter().position(|review| review.id == id) else {
            return false;
        };
        self.added.remove(at);
        // Few are added in a run: adding the others again is simpler than subtracting one.
        (self.questions, self.totals) = self.loaded.as_ref().clone();
        for review in std::mem::take(&mut self.added) {
            self.add(&review);
        }
        true
    }

    /// The progress of a question; `None` for one that was never reviewed.
    pub fn question(&self, id: &str) -> Option<&QuestionProgress> {
        self.questions.get(id)
    }
}

/// The last order that a review may have: far behind the end of the year 9999, in milliseconds, so that reviews that came
/// after a clock went back can count on by ones.
pub const LAST_ORDER: i64 = 253_402_300_799_999 + (1 << 53);

/// The order of a review at this time whose question has one of that order as its last.
pub fn after(last: Option<i64>, at: i64) -> i64 {
    last.map_or(at, |last| at.max(last.saturating_add(1)))
        .min(LAST_ORDER)
}
