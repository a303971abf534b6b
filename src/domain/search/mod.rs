//! Ranked search: finds what somebody half remembers, misspells or knows by another name, and says why.
//!
//! Promises: pure, no threads, no clock; never fails on any query or any content; the same entries give the same
//! hits in whatever order they were read; nothing in a hit gives away a question's answer.

mod build;
mod edits;
mod excerpt;
mod expand;
pub mod feed;
mod folded;
mod marks;
mod names;
mod query;
mod rank;
mod reads;
mod record;
mod refine;
mod rules;
mod show;
mod store;
mod tally;
mod why;
mod words;

pub use query::{MAX_QUERY, Query};
pub use rank::{Class, Filter, Found};
pub use record::{Label, LabelKind, Record, Section};
pub use show::Hit;
pub use store::Index;
