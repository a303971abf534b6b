//! A reference: a text of the community, with what it claims.
//! Promise: it has an address that can be opened, and a date on which that was checked.

use serde::Serialize;

use crate::pack::address::Kind;
use crate::pack::doc::{Block, Doc};
use crate::pack::entries::open;
use crate::pack::entries::perspective::Stance;
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::pack::sections::Sections;
use crate::text::{ByteRange, Day, SafeText, Url};

/// A text of the community.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reference {
    /// The file's stem.
    pub id: String,
    /// Its title.
    pub title: SafeText,
    /// Who wrote it; may be empty.
    pub authors: Vec<SafeText>,
    /// Who published it.
    pub publisher: SafeText,
    /// When.
    pub published: Option<Day>,
    /// Where it can be read.
    pub url: Url,
    /// What kind of text it is.
    #[serde(rename = "text_kind")]
    pub kind: TextKind,
    /// Where it stands in the dispute.
    pub stance: Stance,
    /// How the address was checked.
    pub verified: Verified,
    /// When it was checked.
    pub checked: Day,
    /// Term ids.
    pub terms: Vec<String>,
    /// What it says, in our words.
    pub summary: Doc,
    /// What it claims, one by one.
    pub claims: Vec<SafeText>,
}

/// What kind of text a reference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// It defines the word.
    Definition,
    /// By practitioners.
    Community,
    /// Documentation.
    Docs,
    /// It criticizes.
    Critique,
    /// A scientific paper.
    Paper,
    /// A vendor's announcement.
    Announcement,
    /// A talk.
    Talk,
    /// A survey or report.
    Report,
    /// A tool.
    Tool,
}

impl TextKind {
    /// Words of the front matter with their meaning.
    pub const WORDS: [(&'static str, Self); 9] = [
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

    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, meaning)| *meaning == self)
            .map_or("", |(word, _)| word)
    }
}

/// How an address was checked against a stored copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verified {
    /// The text was read.
    PageRead,
    /// An excerpt was read.
    Excerpt,
    /// Other pages link to exactly this address.
    Listed,
}

impl Verified {
    /// Words of the front matter with their meaning.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("page-read", Self::PageRead),
        ("excerpt", Self::Excerpt),
        ("listed", Self::Listed),
    ];

    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, meaning)| *meaning == self)
            .map_or("", |(word, _)| word)
    }
}

/// Heading of the list of claims.
const CLAIMS: &str = "Claims";

/// Reads a reference's file.
pub(crate) fn read(id: &str, source: &str, notes: &mut Notes) -> Option<Reference> {
    let front = open(source, notes)?;
    let mut f = front.fields(notes);
    let title = f.need("title", Fields::name);
    let authors = f.texts("authors").unwrap_or_default();
    let publisher = f.need("publisher", Fields::text);
    let published = f.date("published");
    let url = f.need("url", Fields::web);
    let kind = f.need("kind", |f, key| f.word(key, &TextKind::WORDS));
    let stance = f.need("stance", |f, key| f.word(key, &Stance::WORDS));
    let verified = f.need("verified", |f, key| f.word(key, &Verified::WORDS));
    let checked = f.need("checked", Fields::date);
    let terms = f.entries("terms", Kind::Terms).unwrap_or_default();
    f.finish();
    let mut parts = Sections::read(source, &front, notes);
    let summary = parts.intro(notes);
    let claims = parts
        .part(CLAIMS, notes)
        .map(|(doc, at)| claims(&doc, &at, notes))
        .unwrap_or_default();
    parts.finish(&[CLAIMS], notes);
    if notes.refused() {
        return None;
    }
    let (title, publisher, url, id) = (title?, publisher?, url?, id.to_owned());
    let (kind, stance, verified, checked) = (kind?, stance?, verified?, checked?);
    Some(Reference {
        id,
        title,
        authors,
        publisher,
        published,
        url,
        kind,
        stance,
        verified,
        checked,
        terms,
        summary,
        claims,
    })
}

/// The items of the list under the heading.
fn claims(doc: &Doc, at: &ByteRange, notes: &mut Notes) -> Vec<SafeText> {
    if let [Block::List { items, .. }] = doc.blocks.as_slice() {
        return items
            .iter()
            .map(|item| Doc::piece(item.blocks.clone(), &doc.links).text())
            .collect();
    }
    let problem = notes.error(
        "list-missing",
        at,
        SafeText::ours("claims are one list and nothing else"),
    );
    notes.refuse(problem.help(SafeText::ours("write each claim as an item, `- …`")));
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::probe::check;
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
            (reference.kind, reference.stance, reference.verified),
            (TextKind::Paper, Stance::Neutral, Verified::PageRead)
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
