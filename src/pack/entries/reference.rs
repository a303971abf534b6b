//! A reference: a text of the community with what it claims, an address, and the date on which that was checked.

use serde::Serialize;

use crate::pack::address::Kind;
use crate::pack::body::{Body, read_entry};
use crate::pack::doc::{Block, Doc};
use crate::pack::entries::pack::Pack;
use crate::pack::entries::perspective::stance;
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::pack::subject::OwnSection;
use crate::text::{Day, SafeText, Url, Words};

/// A text of the community.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reference {
    pub id: String,
    pub title: SafeText,
    /// Who wrote it; may be empty.
    pub authors: Vec<SafeText>,
    pub publisher: SafeText,
    pub published: Option<Day>,
    pub url: Url,
    #[serde(rename = "text_kind")]
    pub kind: TextKind,
    /// Where it stands in the dispute.
    pub stance: String,
    /// How the address was checked.
    pub verified: Verified,
    pub checked: Day,
    /// Term ids.
    pub terms: Vec<String>,
    pub summary: Doc,
    pub claims: Vec<SafeText>,
    /// What its author put under headings of its own.
    pub sections: Vec<OwnSection>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    Definition,
    /// By practitioners.
    Community,
    Docs,
    Critique,
    Paper,
    Announcement,
    Talk,
    Report,
    Tool,
}

impl Words for TextKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("definition", Self::Definition),
        ("community", Self::Community),
        ("docs", Self::Docs),
        ("critique", Self::Critique),
        ("paper", Self::Paper),
        ("announcement", Self::Announcement),
        ("talk", Self::Talk),
        ("report", Self::Report),
        ("tool", Self::Tool),
    ];
}

/// How an address was checked against a stored copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verified {
    PageRead,
    Excerpt,
    /// Other pages link to exactly this address.
    Listed,
}

impl Words for Verified {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("page-read", Self::PageRead),
        ("excerpt", Self::Excerpt),
        ("listed", Self::Listed),
    ];
}

/// Reads a reference's file.
pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Reference> {
    read_entry(source, notes, |f, body| Reference {
        id: id.to_owned(),
        title: f.need("title", Fields::name),
        authors: f.texts("authors").unwrap_or_default(),
        publisher: f.need("publisher", Fields::text),
        published: f.date("published"),
        url: f.need("url", Fields::web),
        kind: f.need_word("kind"),
        stance: stance(f, &pack.subject),
        verified: f.need_word("verified"),
        checked: f.need("checked", Fields::date),
        terms: f.entries("terms", Kind::Terms),
        summary: body.intro(f),
        claims: claims(f, body),
        sections: body.rest(f),
    })
}

/// The items of the list under the heading.
fn claims(f: &mut Fields<'_, '_>, body: &mut Body<'_>) -> Vec<SafeText> {
    let Some((doc, at)) = body.placed_part(f, "Claims") else {
        return Vec::new();
    };
    let [Block::List { items, .. }] = doc.blocks.as_slice() else {
        let message = "claims are one list and nothing else";
        f.notes.refuse(
            "list-missing",
            &at,
            message,
            "write each claim as an item, `- …`",
        );
        return Vec::new();
    };
    let text = |blocks: &[Block]| Doc::piece(blocks.to_vec(), &doc.links).text();
    items.iter().map(|item| text(&item.blocks)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::samples::check;
    use crate::pack::entry::Entry;

    const GOOD: &str = "+++
title = \"T\"
authors = [\"A\", \"B\"]
publisher = \"P\"
published = \"2019-02\"
url = \"https://a.org/x\"
kind = \"paper\"
stance = \"neutral\"
verified = \"page-read\"
checked = \"2026-11-23\"
terms = [\"faas\"]
+++

Says this.

## Claims

- One *claim*.
- Another.
";

    #[test]
    fn references_are_read_or_refused() {
        let Some(Entry::Reference(reference)) = check("references/x.md", GOOD, &[]) else {
            panic!("a reference")
        };
        assert_eq!(
            (reference.kind, &*reference.stance, reference.verified),
            (TextKind::Paper, "neutral", Verified::PageRead)
        );
        assert_eq!(
            reference.claims,
            [SafeText::ours("One claim."), SafeText::ours("Another.")]
        );
        let wrong = |from: &str, to: &str, expected: &[(&str, &str)]| {
            check("references/x.md", &GOOD.replace(from, to), expected);
        };
        wrong(
            "https://a.org/x",
            "ftp://a.org/x",
            &[("address-refused", "\"ftp://a.org/x\"")],
        );
        wrong("2019-02", "2019-13", &[("date-form", "\"2019-13\"")]);
        wrong(
            "\"paper\"",
            "\"papers\"",
            &[("value-unknown", "\"papers\"")],
        );
        wrong("checked = \"2026-11-23\"\n", "", &[("key-missing", "+++")]);
        wrong(
            "- One *claim*.\n- Another.",
            "One.",
            &[("list-missing", "## Claims")],
        );
    }
}
