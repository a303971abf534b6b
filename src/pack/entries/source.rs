//! Where a statement comes from: a page on the web or a bundled reference.
//! Promise: a source is something a reader can follow.

use serde::Serialize;

use crate::text::Url;

/// One source of an entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A page on the web.
    Web(Url),
    /// A reference of the pack, by id.
    Reference(String),
}
