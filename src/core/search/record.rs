//! What is indexed of an entry: only what its reader sees, and never a question's answer.

use crate::pack::Kind;
use crate::text::SafeText;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SearchRecord {
    pub kind: Kind,
    pub id: String,
    pub title: SafeText,
    /// Other names from the entry itself.
    pub aliases: Vec<SafeText>,
    /// Shorter forms of the title, made by rule: `S3` for `Amazon S3 (Standard)`.
    pub shorts: Vec<SafeText>,
    pub labels: Vec<Label>,
    pub brief: SafeText,
    pub sections: Vec<RecordSection>,
}

impl SearchRecord {
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

/// A word or two about an entry: a tag, a provider, an author.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Decides the operator that filters by it.
    pub what: LabelKind,
    pub text: SafeText,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelKind {
    /// Found by `tag:`.
    Tag,
    /// Found by `provider:`.
    Provider,
    /// Author, or who holds an opinion.
    By,
    /// What the entry can answer, in the words people ask with.
    Shows,
}

impl LabelKind {
    /// All of them, in the order of their numbers.
    pub(super) const ALL: [Self; 4] = [Self::Tag, Self::Provider, Self::By, Self::Shows];

    /// The word before it in a hit's reason.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Provider => "provider",
            Self::By => "by",
            Self::Shows => "shows",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordSection {
    /// Empty before the first heading.
    pub anchor: String,
    /// Empty before the first heading.
    pub heading: SafeText,
    pub text: SafeText,
}
