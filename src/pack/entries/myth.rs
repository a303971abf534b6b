//! A myth: what people say, and what is so, with a verdict and at least one source.

use serde::Serialize;

use crate::pack::address::{Kind, Source};
use crate::pack::body::read_entry;
use crate::pack::doc::Doc;
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::text::{SafeText, Words};

/// A claim with its truth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Myth {
    pub id: String,
    pub claim: SafeText,
    /// Words by which people look for it.
    #[serde(skip)]
    pub found_by: Vec<SafeText>,
    pub verdict: MythVerdict,
    pub truth: Doc,
    /// Term ids.
    pub terms: Vec<String>,
    pub sources: Vec<Source>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MythVerdict {
    False,
    Depends,
    True,
}

impl Words for MythVerdict {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("false", Self::False),
        ("depends", Self::Depends),
        ("true", Self::True),
    ];
}

pub(crate) fn read(id: &str, source: &str, notes: &mut Notes) -> Option<Myth> {
    read_entry(source, notes, |f, body| Myth {
        id: id.to_owned(),
        claim: f.need("claim", Fields::name),
        found_by: f.texts("found_by").unwrap_or_default(),
        verdict: f.need_word("verdict"),
        terms: f.entries("terms", Kind::Terms),
        sources: f.need_some("sources", Fields::sources),
        truth: body.page(f),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::samples::check;
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
