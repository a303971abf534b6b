//! A myth: what people say, and what is so.
//! Promise: it names a verdict and at least one source.

use serde::Serialize;

use crate::pack::address::Kind;
use crate::pack::doc::Doc;
use crate::pack::entries::open;
use crate::pack::entries::source::Source;
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::pack::sections::whole;
use crate::text::SafeText;

/// A claim with its truth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Myth {
    /// The file's stem.
    pub id: String,
    /// What people say.
    pub claim: SafeText,
    /// What to think of it.
    pub verdict: MythVerdict,
    /// What is so.
    pub truth: Doc,
    /// Term ids.
    pub terms: Vec<String>,
    /// Where the truth comes from.
    pub sources: Vec<Source>,
}

/// What to think of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MythVerdict {
    /// It is wrong.
    False,
    /// It holds in some cases.
    Depends,
    /// It is right.
    True,
}

impl MythVerdict {
    /// Words of the front matter with their meaning.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("false", Self::False),
        ("depends", Self::Depends),
        ("true", Self::True),
    ];

    /// The word that is shown.
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, v)| *v == self)
            .map_or("", |(w, _)| w)
    }
}

/// Reads a myth's file.
pub(crate) fn read(id: &str, source: &str, notes: &mut Notes) -> Option<Myth> {
    let front = open(source, notes)?;
    let mut f = front.fields(notes);
    let claim = f.need("claim", Fields::name);
    let verdict = f.need("verdict", |f, key| f.word(key, &MythVerdict::WORDS));
    let terms = f.entries("terms", Kind::Terms).unwrap_or_default();
    let sources = f.need("sources", |f, _| f.sources("sources"));
    let sources = f.filled("sources", sources);
    f.finish();
    let truth = whole(source, &front, notes);
    if notes.refused() {
        return None;
    }
    Some(Myth {
        id: id.to_owned(),
        claim: claim?,
        verdict: verdict?,
        terms,
        sources: sources?,
        truth,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::probe::check;
    use crate::pack::entry::Entry;

    #[test]
    fn myths_are_read_or_refused() {
        let good = "+++\nclaim = \"C\"\nverdict = \"depends\"\nterms = [\"a\"]\nsources = [\"b\"]\n+++\nText.\n";
        let Some(Entry::Myth(myth)) = check("myths/x.md", good, &[]) else {
            panic!("a myth")
        };
        assert_eq!(
            (myth.verdict, myth.verdict.word(), &*myth.truth.text()),
            (MythVerdict::Depends, "depends", "Text.")
        );
        check(
            "myths/x.md",
            &good.replace("[\"b\"]", "[]"),
            &[("value-empty", "[]")],
        );
        check(
            "myths/x.md",
            &good.replace("sources = [\"b\"]\n", ""),
            &[("key-missing", "+++")],
        );
        check(
            "myths/x.md",
            &good.replace("depends", "maybe"),
            &[("value-unknown", "\"maybe\"")],
        );
        check(
            "myths/x.md",
            &good.replace("\"depends\"", "false"),
            &[("value-type", "false")],
        );
    }
}
