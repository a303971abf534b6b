//! Where parsed text comes from, to turn its offsets into places of the file.

use std::ops::Range;

use crate::pack::markdown::fence::{Shifts, before_shift};
use crate::text::ByteRange as Bytes;

/// The body of a file, or a value of its front matter, all of whose places are that value's.
pub(super) enum Origin<'s> {
    Body {
        /// What is parsed, and where it begins in the file.
        text: &'s str,
        start: usize,
        /// What was put into it.
        shifts: Shifts,
    },
    Value(Bytes),
}

impl Origin<'_> {
    /// A place in the file, without the blanks at its end.
    pub(super) fn place(&self, range: &Range<usize>) -> Bytes {
        match self {
            Self::Body {
                text,
                start,
                shifts,
            } => {
                let len = text
                    .get(range.clone())
                    .map_or(range.len(), |text| text.trim_end().len());
                let end = before_shift(shifts, range.start + len);
                start + before_shift(shifts, range.start)..start + end
            }
            Self::Value(at) => at.clone(),
        }
    }

    /// What stands there as the author wrote it; nothing for a value.
    pub(super) fn written(&self, range: &Range<usize>) -> &str {
        match self {
            Self::Body { text, .. } => text.get(range.clone()).unwrap_or(""),
            Self::Value(_) => "",
        }
    }
}
