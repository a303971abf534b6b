//! A glossary entry.
//! Promise: it has a brief of at most 140 characters and a definition; readings and example are there or not.

use serde::Serialize;

use crate::pack::address::Kind;
use crate::pack::doc::Doc;
use crate::pack::entries::pack::Pack;
use crate::pack::entries::source::Source;
use crate::pack::entries::{check_named, open};
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::pack::sections::Sections;
use crate::safe;
use crate::text::{Day, SafeText};

/// Longest brief, in characters.
pub const MAX_BRIEF: usize = 140;

/// A glossary entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// The file's stem.
    pub id: String,
    /// The word itself.
    pub term: SafeText,
    /// Other names.
    pub aliases: Vec<SafeText>,
    /// Tag ids of the pack.
    pub tags: Vec<String>,
    /// One sentence.
    pub brief: SafeText,
    /// What it is.
    pub definition: Doc,
    /// How the provider view reads it.
    pub provider_view: Option<Doc>,
    /// How the scale-to-zero view reads it.
    #[serde(rename = "scale_to_zero_view")]
    pub zero_view: Option<Doc>,
    /// An example.
    pub example: Option<Doc>,
    /// Ids of other terms.
    pub see_also: Vec<String>,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// The date its statements hold for.
    pub as_of: Option<Day>,
}

/// Headings of a term's parts.
const PARTS: [&str; 3] = ["Provider view", "Scale-to-zero view", "Example"];

/// Reads a term's file.
pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Term> {
    let front = open(source, notes)?;
    let mut f = front.fields(notes);
    let term = f.need("term", Fields::name);
    let aliases = f.aliases("aliases").unwrap_or_default();
    let tags = f.ids("tags").unwrap_or_default();
    let brief = f.need("brief", Fields::text);
    let brief_at = f.place("brief");
    let see_also = f.entries("see_also", Kind::Terms).unwrap_or_default();
    let sources = f.sources("sources").unwrap_or_default();
    let as_of = f.date("as_of");
    f.finish();
    if let Some(length) = brief
        .as_ref()
        .map(|brief| brief.chars().count())
        .filter(|length| *length > MAX_BRIEF)
    {
        let problem = notes.warning(
            "brief-long",
            &brief_at,
            safe!("the brief has {length} characters"),
        );
        notes.add(problem.help(safe!(
            "say it in {MAX_BRIEF}; the rest belongs into the definition"
        )));
    }
    tags.iter()
        .for_each(|(tag, at)| check_named(tag, at, &pack.tags, "tag", notes));
    let mut parts = Sections::read(source, &front, notes);
    let definition = parts.intro(notes);
    let [provider_view, zero_view, example] =
        PARTS.map(|title| parts.part(title, notes).map(|(doc, _)| doc));
    parts.finish(&PARTS, notes);
    if notes.refused() {
        return None;
    }
    let tags = tags.into_iter().map(|(tag, _)| tag).collect();
    let id = id.to_owned();
    let (term, brief) = (term?, brief?);
    Some(Term {
        id,
        term,
        aliases,
        tags,
        brief,
        see_also,
        sources,
        as_of,
        definition,
        provider_view,
        zero_view,
        example,
    })
}

#[cfg(test)]
mod tests {
    use crate::pack::entries::probe;
    use crate::pack::entry::Entry;

    const GOOD: &str = "+++
term = \"Cold start\"
aliases = [\"startup delay\"]
tags = [\"data\"]
brief = \"A wait.\"
see_also = [\"warm-start\"]
sources = [\"a-paper\", \"https://a.org\"]
as_of = \"2026-05\"
+++

It happens.

## Provider view

A [detail](../terms/detail.md).

## scale to zero view

The price.

## Example

Three seconds.
";

    #[track_caller]
    fn check(from: &str, to: &str, expected: &[(&str, &str)]) -> Option<Entry> {
        assert!(GOOD.contains(from));
        probe::check("terms/cold-start.md", &GOOD.replace(from, to), expected)
    }

    #[test]
    fn a_term_is_read() {
        let Some(Entry::Term(term)) = check("", "", &[]) else {
            panic!("a term")
        };
        assert_eq!(
            (&*term.id, &*term.term, term.tags.len(), term.sources.len()),
            ("cold-start", "Cold start", 1, 2)
        );
        let texts = [
            &Some(term.definition.clone()),
            &term.provider_view,
            &term.zero_view,
            &term.example,
        ]
        .map(|doc| doc.clone().unwrap().text());
        assert_eq!(
            texts.map(|text| text.to_string()),
            ["It happens.", "A detail.", "The price.", "Three seconds."]
        );
        assert_eq!(term.provider_view.unwrap().links.len(), 1);
    }

    #[test]
    fn what_is_wrong_with_a_term() {
        check("term = \"Cold start\"", "", &[("key-missing", "+++")]);
        check("brief = \"A wait.\"", "", &[("key-missing", "+++")]);
        check("It happens.", "", &[("body-missing", "+++")]);
        check(
            "## Example",
            "## Provider view",
            &[("section-twice", "## Provider view")],
        );
        check("Three seconds.\n", "", &[("section-empty", "## Example")]);
        check(
            "brief = \"A wait.\"",
            "brief = \"\"",
            &[("value-empty", "\"\"")],
        );
        check("[\"warm-start\"]", "[\"Warm\"]", &[("id-form", "\"Warm\"")]);
        check("+++", "---", &[("front-matter-missing", "---")]);
        check(
            "+++\nterm",
            "+++\nb c\nterm",
            &[("front-matter-syntax", "")],
        );
    }

    #[test]
    fn what_is_odd_about_a_term_is_shown_all_the_same() {
        let long = format!("\"{}\"", "é".repeat(141));
        for (from, to, code, quoted) in [
            ("\"A wait.\"", long.as_str(), "brief-long", long.as_str()),
            ("[\"data\"]", "[\"dada\"]", "tag-unknown", "\"dada\""),
            ("## Example", "## Exmaple", "section-unknown", "## Exmaple"),
            ("see_also", "see_alos", "key-unknown", "see_alos"),
            (
                "../terms/detail.md",
                "../../x.md",
                "link-escapes",
                "[detail](../../x.md)",
            ),
        ] {
            assert!(check(from, to, &[(code, quoted)]).is_some(), "{code}");
        }
    }
}
