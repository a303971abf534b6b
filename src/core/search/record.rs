//! What the index is told about an entry.
//! Promise: nothing in a record is hidden from the reader of the entry; a question's answer is never in one.

use crate::pack::Kind;
use crate::text::SafeText;

/// One entry, as search sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SearchRecord {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// The headline of the entry.
    pub title: SafeText,
    /// Other names that the entry itself gives.
    pub aliases: Vec<SafeText>,
    /// Shorter forms of the title, made by rule: `S3` for `Amazon S3 (Standard)`.
    pub shorts: Vec<SafeText>,
    /// What is known about it in a word or two each.
    pub labels: Vec<Label>,
    /// One line that says what it is.
    pub brief: SafeText,
    /// The text, section by section.
    pub sections: Vec<RecordSection>,
}

impl SearchRecord {
    /// A record that knows no more than a title.
    pub fn new(kind: Kind, id: &str, title: SafeText) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            title,
            aliases: Vec::new(),
            shorts: Vec::new(),
            labels: Vec::new(),
            brief: SafeText::default(),
            sections: Vec::new(),
        }
    }
}

/// A word or two about an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// What it says: decides the operator that filters by it.
    pub what: LabelKind,
    /// The words.
    pub text: SafeText,
}

/// What a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelKind {
    /// Found by `tag:`.
    Tag,
    /// Found by `provider:`.
    Provider,
    /// Who wrote it or holds it.
    By,
    /// What can be read off it, in the words people ask with.
    Shows,
}

impl LabelKind {
    /// All of them, in the order of their numbers.
    pub(super) const ALL: [Self; 4] = [Self::Tag, Self::Provider, Self::By, Self::Shows];

    /// The word in front of it where a hit says why it was found.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Provider => "provider",
            Self::By => "by",
            Self::Shows => "shows",
        }
    }
}

/// A part of an entry's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordSection {
    /// Its heading's anchor; empty before the first heading.
    pub anchor: String,
    /// Its heading; empty before the first one.
    pub heading: SafeText,
    /// Its words.
    pub text: SafeText,
}
