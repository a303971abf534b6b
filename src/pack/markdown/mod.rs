//! Markdown becomes a [`Doc`]: the index of events, each arm one call into the module of its construct.
//!
//! No recursion over events, nesting is flattened below [`MAX_DEPTH`](crate::pack::doc::MAX_DEPTH); every text is cleaned after entities are
//! decoded; places count from the start of the file; a page holds at most 4 MiB. Metadata and definition
//! lists stay off: the former is quadratic, the latter yields ranges inside characters.

mod block;
mod builder;
mod fence;
mod inline;
mod link;
mod origin;
mod table;
mod unmeant;

use std::ops::Range;

use builder::DocBuilder;
pub use builder::ParsedBody;
use origin::Origin;

use crate::pack::doc::Doc;
use crate::pack::notes::Notes;
use crate::text::ByteRange as Bytes;

pub fn page(source: &str, body: Range<usize>, notes: &mut Notes) -> ParsedBody {
    let (text, shifts) = fence::unboxed(source.get(body.clone()).unwrap_or(""));
    DocBuilder::new(
        Origin::Body {
            text: &text,
            start: body.start,
            shifts,
        },
        notes,
    )
    .run(&text)
}

/// Parses markdown that stands in a front matter value; all its places are that value's.
pub fn fragment(text: &str, at: Bytes, notes: &mut Notes) -> Doc {
    DocBuilder::new(Origin::Value(at), notes).run(text).doc
}

#[cfg(test)]
mod tests;
