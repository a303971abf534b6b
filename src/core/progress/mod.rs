//! The progress of a learner as a value: reviews, and what follows from them.
//!
//! [`Review`] is one thing that happened, the only thing that is ever stored; [`Progress`] is what follows from all of them.
//! [`queue`] says what to ask, [`figures`] what to show, [`SavedSession`] is a session that waits to be resumed.
//! Guarantees: pure; progress equals the replay of its reviews in whatever order they came; a review that is undone leaves
//! no trace; a clock that jumps does no lasting harm.

mod change;
pub mod figures;
mod from_reviews;
pub mod quality;
mod question;
pub mod queue;
pub mod report;
mod review;
mod saved_session;
mod totals;

pub use change::Change;
pub use figures::Weak;
pub use from_reviews::{LAST_ORDER, LastCopy, LoadedProgress, Progress, StorageState, after};
pub use quality::{AnswerPattern, QuestionFinding, QuestionOddity};
pub use question::QuestionProgress;
pub use review::{IdSource, Review, ReviewId, ReviewOutcome, key};
pub use saved_session::{SavedQuestion, SavedSession};
pub use totals::{DayTotals, Ratio};

#[cfg(test)]
mod tests;
