//! A session that was left before its end, to be gone on with.
//! Promise: it holds ids and numbers only, so that it survives a changed pack: what is gone is left out.

use crate::core::progress::review::{ReviewId, ReviewOutcome};

/// A session as it was left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedSession {
    /// The session, as in its reviews.
    pub session: u64,
    /// What its questions were drawn and shuffled with.
    pub seed: u64,
    /// What it was begun with, in the words of the command line: `--topic events --count 10`.
    pub asked: String,
    /// The questions in their order, answered or not.
    pub stops: Vec<SavedQuestion>,
    /// How many of them are done with; the next to be asked is `stops[done]`.
    pub done: usize,
}

/// One question of a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedQuestion {
    /// The question's id.
    pub question: String,
    /// How often it was asked before in this session: a new round has a new shuffle.
    pub round: u32,
    /// Its review, once it is answered, skipped or its page was shown.
    pub review: Option<ReviewId>,
    /// What came of it.
    pub outcome: Option<ReviewOutcome>,
    /// Whether the learner was sure.
    pub sure: bool,
    /// What was chosen, as in the review.
    pub chosen: Vec<String>,
}
