//! The memory of a learner as a value: reviews, and the record that follows from them.
//!
//! [`Review`] is one thing that happened, the only thing that is ever stored; [`Progress`] is what follows from all of them.
//! [`queue`] says what to ask, [`figures`] what to show, [`SavedSession`] is a session that waits to be gone on with.
//! Promises: pure; a record equals the fold of its reviews in whatever order they came; taking a review back leaves no trace
//! of it; a clock that jumps does no lasting harm.

pub mod facts;
pub mod figures;
mod history;
mod known;
pub mod quality;
pub mod queue;
mod review;
mod saved_session;

pub use facts::DayTotals;
pub use figures::{Forecast, Weak};
pub use quality::{AnswerPattern, QuestionFinding, QuestionOddity};

pub use facts::{Ratio, Totals};
pub use history::{LoadedProgress, Progress, StorageState, after};
pub use known::QuestionProgress;
pub use review::{IdSource, Review, ReviewId, ReviewOutcome, key};
pub use saved_session::{SavedQuestion, SavedSession};

#[cfg(test)]
mod tests;
