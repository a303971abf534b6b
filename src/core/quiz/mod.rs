//! The quiz as a pure game: what is asked, how an answer is read and graded, and how a session goes.
//!
//! [`deck`] draws the questions of a [`QuizOptions`], [`PresentedQuestion`] shuffles what one of them shows, an
//! [`AnswerDraft`] is an answer in the making, [`grade`] judges it, [`Session`] is the way from the first question to the
//! [`SessionSummary`], and a [`QuizRun`] plays sessions and says what the record must write.
//! Guarantees: no clock and no chance of its own: the same seed, progress and keys give the same session to the letter; one
//! call answers one question at most.

pub mod course;
pub mod deck;
pub mod draft;
pub mod grade;
pub mod myths;
pub mod next;
pub mod number;
pub mod options;
pub mod presented;
mod run;
mod session;
mod stage;
mod summary;

pub use course::Course;
pub use deck::DeckCounts;
pub use draft::AnswerDraft;
pub use grade::{RowMark, TypedNote, Ungraded};
pub use options::{QuestionChoice, QuizOptions};
pub use presented::PresentedQuestion;
pub use run::{QuizRun, Undone};
pub use session::{QuizContext, Session, SessionPosition, SessionStep};
pub use stage::{AnsweredQuestion, OpenQuestion, Stage};
pub use summary::{MissedQuestion, SessionSummary};

#[cfg(test)]
mod grade_tests;
#[cfg(test)]
mod learner_tests;
#[cfg(test)]
mod pack_tests;
#[cfg(test)]
mod repeat_tests;
#[cfg(test)]
mod run_tests;
