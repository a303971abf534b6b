//! What an entry is called: `terms/cold-start`, one spelling for links, the command line and history.
//! An [`Address`] is well-formed: a known kind and a kebab-case id of at most 64 letters of any script.

use std::fmt;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Serialize, Serializer};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::{SafeText, Url};

/// Longest id, in characters.
pub const MAX_ID: usize = 64;
/// Longest id, in bytes: with `.md` it is a file name on every system.
const MAX_ID_BYTES: usize = 240;

/// The kinds of entries; each is a folder of the pack.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, BorshSerialize, BorshDeserialize,
)]
pub enum Kind {
    /// The article retold, in order.
    Lessons,
    /// One party's definition each.
    Perspectives,
    Terms,
    Questions,
    References,
    /// Facts about real services.
    Services,
    /// What people say, and what is so.
    Myths,
    /// Definitions as rules over facts.
    Lenses,
}

impl Kind {
    /// All kinds, in the order of the folders in the author's guide.
    pub const ALL: [Kind; 8] = [
        Self::Lessons,
        Self::Perspectives,
        Self::Terms,
        Self::Questions,
        Self::References,
        Self::Services,
        Self::Myths,
        Self::Lenses,
    ];

    /// The plural word: folder name, command word, first part of an address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lessons => "lessons",
            Self::Perspectives => "perspectives",
            Self::Terms => "terms",
            Self::Questions => "questions",
            Self::References => "references",
            Self::Services => "services",
            Self::Myths => "myths",
            Self::Lenses => "lenses",
        }
    }

    /// The singular word, for counts.
    pub const fn one(self) -> &'static str {
        match self {
            Self::Lessons => "lesson",
            Self::Perspectives => "perspective",
            Self::Terms => "term",
            Self::Questions => "question",
            Self::References => "reference",
            Self::Services => "service",
            Self::Myths => "myth",
            Self::Lenses => "lens",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }
}

/// An entry's name: its kind and its id.
#[derive(Clone, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
pub struct Address {
    pub kind: Kind,
    /// The file's stem.
    pub id: Box<str>,
}

impl Address {
    /// An address, when the id is well-formed.
    pub fn new(kind: Kind, id: &str) -> Option<Self> {
        is_id(id).then(|| Self {
            kind,
            id: id.into(),
        })
    }

    /// Reads `terms/cold-start`.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once('/')?;
        Self::new(Kind::parse(kind)?, id)
    }

    /// The entry's file inside the pack: `terms/cold-start.md`.
    pub fn path(&self) -> String {
        format!("{}/{}.md", self.kind.word(), self.id)
    }

    /// The address of a file inside the pack; `None` for other files and ill-formed ids.
    pub fn of_path(path: &str) -> Option<Self> {
        Self::parse(path.strip_suffix(".md")?)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.word(), self.id)
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An id with its words: a tag, a category, a position.
#[derive(Clone, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct NamedId {
    /// Kebab-case name.
    pub id: String,
    pub title: SafeText,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    Web(Url),
    /// A page that should say it and that nobody opened when the entry was written.
    Unopened(Url),
    /// A reference of the pack, by id.
    Reference(String),
}

/// True for words of small letters and digits of any script with single dashes between them, of at most [`MAX_ID`]
/// characters. Letters with marks are composed, so that an id is spelled in one way.
pub fn is_id(text: &str) -> bool {
    if text.is_ascii() {
        return text.len() <= MAX_ID
            && text.split('-').all(|word| {
                let small = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
                !word.is_empty() && word.bytes().all(small)
            });
    }
    let fits = text.len() <= MAX_ID_BYTES && text.chars().count() <= MAX_ID;
    let is_small = |c: char| c.is_alphanumeric() && c.to_lowercase().eq([c]);
    let is_word = |word: &str| {
        word.starts_with(is_small) && word.chars().all(|c| is_small(c) || is_combining_mark(c))
    };
    fits && text.split('-').all(is_word) && text.nfkc().eq(text.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_round_trip_or_are_refused() {
        for good in [
            "terms/cold-start",
            "lenses/no-knobs",
            "services/aws-s3",
            "terms/é",
            "terms/サーバーレス",
            "terms/हिन्दी-शब्द",
            "terms/ß-2",
        ] {
            let address = Address::parse(good).unwrap();
            assert_eq!(address.to_string(), good);
            assert_eq!(Address::of_path(&address.path()), Some(address));
        }
        for bad in [
            "terms",
            "terms/",
            "terms/Cold",
            "terms/a--b",
            "terms/-a",
            "terms/../x",
            "words/a",
            "terms/a/b",
            "terms/É",
            "terms/e\u{301}",
            "terms/ｓ",
            "terms/日 本",
            "terms/日/本",
            "terms/\u{301}",
            "terms/日--本",
            "terms/a\u{200d}b",
            "terms/c++",
        ] {
            assert_eq!(Address::parse(bad), None, "{bad}");
        }
        assert!(!is_id(&"a".repeat(65)));
        assert!(is_id(&"日".repeat(64)) && !is_id(&"日".repeat(65)));
        assert!(!is_id(&"𠀀".repeat(64)));
    }
}
