//! What can be done with a pack: compare, judge, count costs, quiz, search. Plain values only: no rows, no screens, no files.
//! Pure: the same library and the same question give the same answer.

pub mod asking;
pub mod compare;
pub mod cost;
pub mod judge;
pub mod names;
pub mod progress;
pub mod quiz;
pub mod schedule;
pub mod search;
