//! The quiz as a pure game: what is asked, how an answer is read and graded, and how a session goes.
//!
//! [`deck`] draws the questions of a [`QuizOptions`], [`PresentedQuestion`] shuffles what one of them shows, a [`AnswerDraft`] is an answer in the
//! making, [`grade`] judges it, and [`Session`] is the way from the first question to the [`SessionSummary`].
//! Promises: no clock, no chance of its own and no memory: the same seed, record and keys give the same session to the
//! letter; one call answers one question at most.

pub mod deck;
pub mod draft;
pub mod grade;
pub mod number;
pub mod options;
pub mod presented;
mod session;
mod stage;
mod summary;

pub use deck::DeckCounts;

pub use draft::AnswerDraft;
pub use grade::{GradedAnswer, RowMark, TypedNote};
pub use options::{QuestionChoice, QuizOptions};
pub use presented::{LETTERS, PresentedQuestion};
pub use session::{ReviewWriter, Session, SessionStep, Submitted};
pub use stage::{AnsweredQuestion, OpenQuestion, Stage};
pub use summary::{MissedQuestion, SessionSummary};

#[cfg(test)]
mod grade_tests;
#[cfg(test)]
mod session_tests;
