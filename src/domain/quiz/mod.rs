//! The quiz as a pure game: what is asked, how an answer is read and graded, and how a session goes.
//!
//! [`deck`] draws the questions of a [`Wish`], [`Shown`] shuffles what one of them shows, a [`Draft`] is an answer in the
//! making, [`grade`] judges it, and [`Session`] is the way from the first question to the [`Summary`].
//! Promises: no clock, no chance of its own and no memory: the same seed, record and keys give the same session to the
//! letter; one call answers one question at most.

pub mod deck;
pub mod draft;
pub mod grade;
pub mod number;
mod session;
pub mod shown;
mod stage;
mod summary;
pub mod wish;

pub use draft::Draft;
pub use grade::{Graded, Mark, Note};
pub use session::{Pen, Session, Step, Submitted};
pub use shown::{LETTERS, Shown};
pub use stage::{Asking, Stage, Told};
pub use summary::{Missed, Summary};
pub use wish::{Which, Wish};

#[cfg(test)]
mod grade_tests;
#[cfg(test)]
mod session_tests;
