//! Ranked search: finds what somebody half remembers, misspells or knows by another name, and says why.
//!
//! Promises: pure, no threads, no clock; never fails on any query or any content; the same entries give the same
//! hits in whatever order they were read; nothing in a hit gives away a question's answer.

mod build;
mod edits;
mod excerpt;
mod expand;
mod folded;
mod hit;
mod index;
pub mod ingest;
mod marks;
mod names;
mod present;
mod query;
mod rank;
mod record;
mod refine;
mod rules;
mod tally;
mod text_match;
mod why;
mod words;

pub use hit::{HitClass, RankedEntry};
pub use index::SearchIndex;
pub use present::SearchHit;
pub use query::{MAX_QUERY, Query};
pub use rank::SearchFilter;
pub use record::{Label, LabelKind, RecordSection, SearchRecord};
