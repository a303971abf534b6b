//! A pack's subject: what is asked of which things and what they are called, verdicts, readings, stances.
//! Everything has a default that fits any subject, so that a small pack declares little.

use std::collections::HashSet;
use std::io;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::pack::address::Kind;
use crate::pack::cost_words::{self, CostWords};
use crate::pack::criteria::{self, Criteria};
use crate::pack::doc::Doc;
use crate::pack::fields::Fields;
use crate::pack::search_words::{self, SearchWords};
use crate::pack::things::{self, Things, key};
use crate::safe;
use crate::text::measure::{slug, width};
use crate::text::{SafeText, Words};

/// Widest short word of a verdict, in cells.
const MAX_SHORT: usize = 10;

/// What a verdict is called.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct VerdictWords {
    /// The word of commands and of JSON.
    pub id: String,
    /// In a sentence.
    pub title: SafeText,
    /// In a table; `check` warns beyond 10 cells.
    pub short: SafeText,
    /// The sign in front of it, one ASCII character.
    #[borsh(serialize_with = "write_sign", deserialize_with = "read_sign")]
    pub sign: char,
}

fn write_sign<W: io::Write>(sign: &char, writer: &mut W) -> io::Result<()> {
    BorshSerialize::serialize(&u32::from(*sign), writer)
}

fn read_sign<R: io::Read>(reader: &mut R) -> io::Result<char> {
    let sign = char::from_u32(u32::deserialize_reader(reader)?);
    sign.ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// The four verdicts in words.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct VerdictsWords {
    /// Every criterion that is asked is met.
    pub met: VerdictWords,
    /// One or two are missed, none with a plain no.
    pub nearly: VerdictWords,
    /// More is missed, and the word is claimed.
    pub in_name: VerdictWords,
    /// More is missed, and the word is not claimed.
    pub not: VerdictWords,
}

impl Default for VerdictsWords {
    fn default() -> Self {
        let words = |id: &str, title, short, sign| VerdictWords {
            id: id.to_owned(),
            title: SafeText::ours(title),
            short: SafeText::ours(short),
            sign,
        };
        Self {
            met: words("met", "met", "met", '+'),
            nearly: words("nearly", "nearly met", "nearly", '~'),
            in_name: words("in-name", "met in name", "in name", '!'),
            not: words("not", "not met", "not", '-'),
        }
    }
}

/// One of the two sides of the dispute, which have a color each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Side {
    First,
    Second,
    Neither,
}

impl Words for Side {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("neither", Self::Neither),
        ("first", Self::First),
        ("second", Self::Second),
    ];
}

/// A way to read a term: a heading of its page, and the lens that it belongs to.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Reading {
    /// The heading in the files.
    pub heading: SafeText,
    /// The heading as it is shown.
    pub title: SafeText,
    pub lens: Option<String>,
    pub side: Side,
}

impl Reading {
    /// The key of JSON.
    pub fn key(&self) -> String {
        key(&self.heading)
    }
}

/// Where a text can stand in the dispute.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Stance {
    pub id: String,
    pub title: SafeText,
    pub side: Side,
}

/// A pack's subject.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Subject {
    pub criteria: Criteria,
    pub things: Things,
    pub cost: CostWords,
    pub verdicts: VerdictsWords,
    pub readings: Vec<Reading>,
    pub stances: Vec<Stance>,
    /// Ids of the kinds of parties that hold perspectives.
    pub parties: Vec<String>,
    pub search: SearchWords,
}

impl Subject {
    /// The side of a lens, as its reading says.
    pub fn side_of_lens(&self, lens: &str) -> Option<Side> {
        let reading = |reading: &&Reading| reading.lens.as_deref() == Some(lens);
        Some(self.readings.iter().find(reading)?.side)
    }

    pub fn stance(&self, id: &str) -> Option<&Stance> {
        self.stances.iter().find(|stance| stance.id == id)
    }
}

/// Reads the tables of a subject in a language; what is not declared has its default.
pub(crate) fn read(f: &mut Fields<'_, '_>, language: &str) -> Subject {
    let parties = f.each_with_id("parties", |_, id| id);
    Subject {
        criteria: criteria::read(f),
        things: f.table("things", things::read).unwrap_or_default(),
        cost: cost_words::read(f),
        verdicts: f.table("verdicts", verdicts).unwrap_or_default(),
        readings: readings(f),
        stances: stances(f),
        parties,
        search: search_words::read(f, language),
    }
}

fn verdicts(f: &mut Fields<'_, '_>) -> VerdictsWords {
    let default = VerdictsWords::default();
    let mut seen = HashSet::new();
    let mut one = |key: &str, default: VerdictWords| {
        let read = f.table(key, |f| {
            let words = verdict(f, &default);
            f.once("id", &words.id, &mut seen);
            words
        });
        read.unwrap_or_else(|| {
            seen.insert(default.id.clone());
            default
        })
    };
    VerdictsWords {
        met: one("met", default.met),
        nearly: one("nearly", default.nearly),
        in_name: one("in_name", default.in_name),
        not: one("not", default.not),
    }
}

fn verdict(f: &mut Fields<'_, '_>, default: &VerdictWords) -> VerdictWords {
    let title = f.need("title", Fields::text);
    let short = f.text("short").unwrap_or_else(|| title.clone());
    if width(&short) > MAX_SHORT {
        let message = safe!("`{short}` is wider than a table's {MAX_SHORT} cells");
        let key = if f.has("short") { "short" } else { "title" };
        let help = "say in `short` what stands in tables";
        f.notes.warn("short-long", &f.place(key), message, help);
    }
    VerdictWords {
        id: f.id("id").unwrap_or_else(|| default.id.clone()),
        short,
        title,
        sign: sign(f).unwrap_or(default.sign),
    }
}

/// One ASCII sign, so that every terminal shows it in one cell.
fn sign(f: &mut Fields<'_, '_>) -> Option<char> {
    let text = f.text("sign")?;
    let mut chars = text.chars();
    let sign = chars.next().filter(char::is_ascii_graphic);
    if sign.is_none() || chars.next().is_some() {
        let help = "write one of the signs that every terminal has, such as `+`";
        let message = "a sign is one ASCII character";
        f.notes.refuse("sign-form", &f.place("sign"), message, help);
    }
    sign
}

fn readings(f: &mut Fields<'_, '_>) -> Vec<Reading> {
    let mut sides = [Side::First, Side::Second].into_iter();
    let mut seen = HashSet::new();
    let readings = f.each("readings", |f| {
        let heading = f.need("heading", Fields::text);
        // Headings that differ by signs only would be one key of JSON.
        f.once("heading", &slug(&heading), &mut seen);
        let side = sides.next().unwrap_or(Side::Neither);
        Reading {
            title: f.text("title").unwrap_or_else(|| heading.clone()),
            heading,
            lens: f.entry("lens", Kind::Lenses),
            side: f.word("side").unwrap_or(side),
        }
    });
    readings.unwrap_or_default()
}

fn stances(f: &mut Fields<'_, '_>) -> Vec<Stance> {
    f.each_with_id("stances", |f, id| Stance {
        title: f.text("title").unwrap_or_else(|| SafeText::line(&id)),
        id,
        side: f.word("side").unwrap_or(Side::Neither),
    })
}

/// A term as the pack's readings read it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermReadings(Vec<(Reading, Option<Doc>)>);

impl TermReadings {
    pub fn new(all: Vec<(Reading, Option<Doc>)>) -> Self {
        Self(all)
    }

    /// Those that say something.
    pub fn iter(&self) -> impl Iterator<Item = (&Reading, &Doc)> {
        self.0
            .iter()
            .filter_map(|(reading, doc)| Some((reading, doc.as_ref()?)))
    }
}

impl Serialize for TermReadings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (reading, doc) in &self.0 {
            map.serialize_entry(&reading.key(), doc)?;
        }
        map.end()
    }
}

/// A part of an entry under a heading of its author's.
#[derive(Clone, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct OwnSection {
    pub heading: SafeText,
    pub text: Doc,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::front_matter::read_telling;

    /// Reads a subject and compares the problems as code and quoted text.
    #[track_caller]
    fn check(source: &str, expected: &[(&str, &str)]) -> Subject {
        read_telling(source, expected, |f| read(f, "en"))
    }

    #[test]
    fn verdicts_and_readings_are_told_apart() {
        let twice =
            "[verdicts]\nmet = { id = \"x\", title = \"X\" }\nnot = { id = \"x\", title = \"Y\" }";
        check(twice, &[("id-twice", "\"x\"")]);
        let of_another = "[verdicts]\nnot = { id = \"nearly\", title = \"Y\" }";
        check(of_another, &[("id-twice", "\"nearly\"")]);
        let same = "[[readings]]\nheading = \"A view\"\n[[readings]]\nheading = \"a-view\"";
        check(same, &[("id-twice", "\"a-view\"")]);
    }

    #[test]
    fn what_is_not_declared_has_its_default() {
        let subject = check("", &[]);
        assert_eq!(subject, Subject::default());
        let things = subject.things;
        assert_eq!(
            [things.one, things.many, things.maker].map(|word| word.to_string()),
            ["thing", "things", "maker"]
        );
        assert_eq!(things.claim, None);
        assert_eq!(subject.verdicts.met.title.as_str(), "met");
    }

    #[test]
    fn verdicts_are_called_what_the_pack_calls_them() {
        let verdicts = check(
            "[verdicts]\nmet = { id = \"bell\", title = \"a bell\", short = \"bell\", sign = \"*\" }\nnot = { title = \"no bell\" }",
            &[],
        )
        .verdicts;
        let told = |words: &VerdictWords| {
            let VerdictWords {
                id,
                title,
                short,
                sign,
            } = words;
            format!("{id} | {title} | {short} | {sign}")
        };
        assert_eq!(told(&verdicts.met), "bell | a bell | bell | *");
        assert_eq!(told(&verdicts.not), "not | no bell | no bell | -");
        assert_eq!(
            told(&verdicts.in_name),
            "in-name | met in name | in name | !"
        );
        for (sign, is_one) in [("+", true), ("++", false), ("é", false), (" x", true)] {
            let source = format!("[verdicts.met]\ntitle = \"T\"\nsign = \"{sign}\"");
            let quoted = format!("\"{sign}\"");
            let wrong = [("sign-form", quoted.as_str())];
            check(&source, if is_one { &[] } else { &wrong });
        }
        check(
            "[verdicts.met]\nid = \"m\"",
            &[("key-missing", "[verdicts.met]")],
        );
    }

    #[test]
    fn readings_take_sides_in_their_order_unless_they_say_otherwise() {
        let sides = |source: &str| -> Vec<(String, String, Side)> {
            let readings = check(source, &[]).readings.into_iter();
            let told = readings.map(|r| (r.heading.to_string(), r.title.to_string(), r.side));
            told.collect()
        };
        let of = |heading: &str, title: &str, side| (heading.to_owned(), title.to_owned(), side);
        assert_eq!(
            sides(
                "readings = [{ heading = \"A\", title = \"a\" }, { heading = \"B\" }, { heading = \"C\" }]"
            ),
            [
                of("A", "a", Side::First),
                of("B", "B", Side::Second),
                of("C", "C", Side::Neither)
            ]
        );
        assert_eq!(
            sides(
                "readings = [{ heading = \"A\", side = \"second\" }, { heading = \"B\", side = \"neither\" }]"
            ),
            [of("A", "A", Side::Second), of("B", "B", Side::Neither)]
        );
        let lens = check("readings = [{ heading = \"A\", lens = \"a-view\" }]", &[]);
        assert_eq!(lens.side_of_lens("a-view"), Some(Side::First));
        assert_eq!(lens.side_of_lens("b-view"), None);
        check(
            "readings = [{ heading = \"A\", side = \"third\" }, { title = \"B\" }]",
            &[
                ("value-unknown", "\"third\""),
                ("key-missing", "{ title = \"B\" }"),
            ],
        );
    }

    #[test]
    fn stances_parties_and_words_for_search_are_lists() {
        let subject = check(
            r#"stances = [{ id = "for", title = "In favor", side = "first" }, { id = "apart" }]
parties = [{ id = "makers" }, { id = "guests" }]
search = { stop_words = ["bell"], left_out = ["Acme"] }
"#,
            &[],
        );
        let of = |id| subject.stance(id).map(|s| (s.title.as_str(), s.side));
        assert_eq!(of("for"), Some(("In favor", Side::First)));
        assert_eq!(of("apart"), Some(("apart", Side::Neither)));
        assert_eq!(of("against"), None);
        assert_eq!(subject.parties, ["makers", "guests"]);
        let (search, english) = (subject.search, SearchWords::default());
        assert_eq!(search.stop_words.last(), Some(&"bell".into()));
        assert_eq!(search.stop_words.len(), english.stop_words.len() + 1);
        assert_eq!(search.frames, english.frames);
        assert_eq!(search.left_out, [SafeText::ours("Acme")]);
        let twice = "parties = [{ id = \"a\" }, { id = \"a\" }]";
        check(twice, &[("id-twice", "\"a\"")]);
        check(
            "stances = [{ title = \"T\" }]",
            &[("key-missing", "{ title = \"T\" }")],
        );
    }

    #[test]
    fn a_reading_is_one_word_in_json() {
        let subject = check(
            "readings = [{ heading = \"Scale-to-zero view\" }, { heading = \"B\" }]",
            &[],
        );
        let said = |reading: &Reading| (reading.clone(), None);
        let readings = TermReadings::new(subject.readings.iter().map(said).collect());
        assert_eq!(readings.iter().count(), 0);
        assert_eq!(
            serde_json::to_string(&readings).unwrap(),
            r#"{"scale_to_zero_view":null,"b":null}"#
        );
    }
}
