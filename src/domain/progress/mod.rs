//! The memory of a learner as a value: reviews, and the record that follows from them.
//!
//! [`Review`] is one thing that happened, the only thing that is ever stored; [`Record`] is what follows from all of them.
//! [`queue`] says what to ask, [`figures`] what to show, [`Shelved`] is a session that waits to be gone on with.
//! Promises: pure; a record equals the fold of its reviews in whatever order they came; taking a review back leaves no trace
//! of it; a clock that jumps does no lasting harm.

pub mod facts;
pub mod figures;
mod known;
pub mod quality;
pub mod queue;
mod record;
mod review;
mod shelved;

pub use facts::{Facts, Share};
pub use known::Known;
pub use record::{Memory, Recalled, Record, after};
pub use review::{Ids, Outcome, Review, ReviewId, key};
pub use shelved::{Shelved, Stop};

#[cfg(test)]
mod tests;
