//! A session that was left before its end, to be resumed.
//! Guarantee: it holds ids and numbers only, so that it survives a changed pack: what is gone is left out. It is stored as
//! JSON under the names of its fields.

use serde::{Deserialize, Serialize};

use crate::core::progress::review::{ReviewId, ReviewOutcome};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SavedSession {
    /// The session, as in its reviews.
    pub session: u64,
    /// What its questions were drawn and shuffled with.
    pub seed: u64,
    /// What it was begun with, as flags of the command line: `--topic events --count 10`.
    #[serde(rename = "asked")]
    pub options: String,
    /// How many questions are done with; the next one is `questions[done]`.
    pub done: usize,
    /// The questions in their order, answered or not.
    #[serde(rename = "stops")]
    pub questions: Vec<SavedQuestion>,
}

impl SavedSession {
    /// How many of the questions asked for are done with, and how many there are; what is asked once more is not counted.
    pub fn asked(&self) -> (usize, usize) {
        let first = |some: &[SavedQuestion]| some.iter().filter(|q| q.round == 0).count();
        let done = self.questions.get(..self.done).unwrap_or(&self.questions);
        (first(done), first(&self.questions))
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SavedQuestion {
    /// The question's id.
    pub question: String,
    /// How often it was asked before in this session: a new round has a new shuffle.
    pub round: u32,
    /// Its review, once it is answered, skipped or its page was shown.
    pub review: Option<ReviewId>,
    /// Its outcome, likewise.
    pub outcome: Option<ReviewOutcome>,
    pub sure: bool,
    pub chosen: Vec<String>,
}
