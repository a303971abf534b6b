//! Ranked full-text search that tolerates typos, partial words and other names, and explains each hit.
//!
//! Pure: no threads and no clock. No query and no content makes it fail, the same entries give the same hits in whatever
//! order they were read, and no hit gives away a question's answer.

mod build;
mod edits;
mod excerpt;
mod expand;
mod folded;
pub mod frame;
mod hit;
mod index;
pub mod ingest;
mod marks;
mod names;
mod present;
pub mod query;
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
pub use query::Query;
pub use rank::SearchFilter;
pub use record::{RecordSection, SearchRecord};
