//! Ranked full-text search that tolerates typos, partial words and other names, and explains each hit.
//!
//! Pure: no threads and no clock. No query and no content makes it fail, the same entries give the same hits in whatever
//! order they were read, and no hit gives away a question's answer.

mod build;
mod index;
pub mod ingest;
mod named_in;
mod names;
mod near;
mod present;
pub mod query;
mod rank;
mod score;
mod text_match;
pub mod words;

pub use index::{LabelKind, RecordSection, SearchIndex, SearchRecord};
pub use named_in::named_in;
pub use present::SearchHit;
pub use query::Query;
pub use rank::{HitClass, RankedEntry, SearchFilter};

use std::borrow::Cow;

use crate::core::search::index::Texts;
use crate::core::search::ingest::{IndexSource, heads, texts};
use crate::pack::Library;

impl SearchIndex {
    /// The index of a pack with its full texts: that of the bundled pack as the build script made it, of another made now,
    /// in proportion to its text.
    pub fn of(library: &Library) -> Self {
        if library.is_bundled() {
            return bundled();
        }
        Self::build_in(&library.pack().subject.search, texts(source(library)))
    }

    /// The same, where it was made when the program was built.
    pub fn at_hand(library: &Library) -> Option<Self> {
        library.is_bundled().then(bundled)
    }

    /// The same, but of what the catalog knows where that is quicker.
    pub fn of_heads(library: &Library) -> Self {
        if library.is_bundled() {
            return bundled();
        }
        Self::build_in(&library.pack().subject.search, heads(source(library)))
    }
}

fn source(library: &Library) -> IndexSource<'_> {
    IndexSource {
        pack: library.pack(),
        catalog: library.catalog(),
        files: &**library.files(),
    }
}

fn bundled() -> SearchIndex {
    include!(concat!(env!("OUT_DIR"), "/search.rs"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::pack::Bundled;

    #[test]
    fn the_baked_index_is_the_one_that_would_be_built() {
        let library = Library::open(Arc::new(Bundled)).expect("the bundled pack is sound");
        let built = SearchIndex::build_in(&library.pack().subject.search, texts(source(&library)));
        assert!(library.is_bundled() && bundled() == built);
    }
}
