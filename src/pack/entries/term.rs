//! A glossary entry: a brief of at most 140 characters and a definition; readings and an example are optional.

use serde::Serialize;

use crate::pack::address::{Kind, Source};
use crate::pack::body::{Body, read_entry};
use crate::pack::doc::Doc;
use crate::pack::entries::pack::Pack;
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::pack::subject::{OwnSection, Reading, TermReadings};
use crate::safe;
use crate::text::{Day, SafeText};

/// Longest brief, in characters.
pub const MAX_BRIEF: usize = 140;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    pub id: String,
    pub term: SafeText,
    pub aliases: Vec<SafeText>,
    /// Words by which people look for it, though nobody calls it so: searched, and no names of it.
    pub found_by: Vec<SafeText>,
    /// Tag ids of the pack.
    pub tags: Vec<String>,
    pub brief: SafeText,
    pub definition: Doc,
    /// How each of the pack's readings reads it.
    #[serde(flatten)]
    pub readings: TermReadings,
    /// An example.
    pub example: Option<Doc>,
    /// What its author put under headings of its own.
    pub sections: Vec<OwnSection>,
    /// Ids of other terms.
    pub see_also: Vec<String>,
    pub sources: Vec<Source>,
    /// The date its statements hold for.
    pub as_of: Option<Day>,
}

pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Term> {
    read_entry(source, notes, |f, body| Term {
        id: id.to_owned(),
        term: f.need("term", Fields::name),
        aliases: f.aliases("aliases").unwrap_or_default(),
        found_by: f.texts("found_by").unwrap_or_default(),
        tags: f.listed_ids("tags", &pack.tags, "tag").unwrap_or_default(),
        brief: f.need("brief", brief),
        see_also: f.entries("see_also", Kind::Terms),
        sources: f.sources("sources").unwrap_or_default(),
        as_of: f.date("as_of"),
        definition: body.intro(f),
        readings: readings(f, body, pack),
        example: body.part(f, "Example"),
        sections: body.rest(f),
    })
}

fn readings(f: &mut Fields<'_, '_>, body: &mut Body<'_>, pack: &Pack) -> TermReadings {
    let readings = pack.subject.readings.iter();
    let read = |reading: &Reading| (reading.clone(), body.part(f, &reading.heading));
    TermReadings::new(readings.map(read).collect())
}

/// A text of at most [`MAX_BRIEF`] characters; a longer one is told.
pub(super) fn brief(f: &mut Fields<'_, '_>, key: &str) -> Option<SafeText> {
    let brief = f.text(key)?;
    let length = brief.chars().count();
    if length > MAX_BRIEF {
        f.notes.warn(
            "brief-long",
            &f.place(key),
            safe!("the {key} has {length} characters"),
            safe!("say it in {MAX_BRIEF}; the rest belongs into the text"),
        );
    }
    Some(brief)
}

#[cfg(test)]
mod tests {
    use crate::pack::Doc;
    use crate::pack::entries::samples;
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
        samples::check("terms/cold-start.md", &GOOD.replace(from, to), expected)
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
        let readings: Vec<_> = term.readings.iter().collect();
        let [(provider, provider_view), (zero, zero_view)] = readings[..] else {
            panic!("two readings")
        };
        assert_eq!(
            (&*provider.heading, &*zero.heading),
            ("Provider view", "Scale-to-zero view")
        );
        let example = term.example.as_ref().unwrap();
        let texts = [&term.definition, provider_view, zero_view, example].map(Doc::text);
        assert_eq!(
            texts.map(|text| text.to_string()),
            ["It happens.", "A detail.", "The price.", "Three seconds."]
        );
        assert_eq!(provider_view.links.len(), 1);
    }

    #[test]
    fn what_is_wrong_with_a_term() {
        check("term = \"Cold start\"", "", &[("key-missing", "+++")]);
        check("brief = \"A wait.\"", "", &[("key-missing", "+++")]);
        check("It happens.", "", &[("intro-missing", "## Provider view")]);
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
