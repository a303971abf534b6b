//! `pack.toml`: what a pack is called, its dimensions, tags and defaults.
//! Without a readable `pack.toml` there is no pack; everything else can be missing.

use std::collections::HashSet;

use crate::pack::address::{Kind, MAX_ID, NamedId};
use crate::pack::fields::Fields;
use crate::pack::front_matter::FrontMatter;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::slug;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pack {
    /// What answers to its questions are kept under. Made of the title where the pack does not say it.
    pub id: String,
    /// What it is called; the question it answers.
    pub title: SafeText,
    /// Language tag, such as `en`.
    pub language: SafeText,
    pub summary: SafeText,
    pub license: Option<SafeText>,
    /// The perspectives set side by side at first.
    pub default_comparison: Vec<String>,
    pub default_lens: String,
    /// The two services of the traffic dial: one whose bill keeps a floor, one whose bill falls to nothing. Empty when the
    /// pack names none.
    pub dial: Vec<String>,
    /// The questions every perspective answers, in order.
    pub dimensions: Vec<Dimension>,
    /// Tags of terms and topics of questions.
    pub tags: Vec<NamedId>,
    pub categories: Vec<NamedId>,
}

impl Pack {
    /// The title of a tag; the tag itself where the pack does not name it.
    pub fn tag_title(&self, id: &str) -> SafeText {
        title(&self.tags, id)
    }

    /// The title of a category; the category itself where the pack does not name it.
    pub fn category_title(&self, id: &str) -> SafeText {
        title(&self.categories, id)
    }
}

fn title(named: &[NamedId], id: &str) -> SafeText {
    let found = named.iter().find(|n| n.id == id);
    found.map_or_else(|| SafeText::line(id), |n| n.title.clone())
}

/// One question that every perspective answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    /// Kebab-case name.
    pub id: String,
    pub question: SafeText,
    /// The answers an editor tells apart, key and words.
    pub positions: Vec<NamedId>,
}

/// The newest form of packs that is understood.
pub const FORMAT: i64 = 1;

/// Reads `pack.toml`.
pub(crate) fn read(source: &str, notes: &mut Notes) -> Option<Pack> {
    let front = FrontMatter::of_file(source, notes)?;
    let mut f = front.fields(notes);
    f.require("format");
    let format = f.whole("format", 1..=i64::MAX);
    if let Some(newer) = format.filter(|format| *format > FORMAT) {
        let message =
            safe!("this pack has format {newer}; {FORMAT} is the newest that is understood");
        let help = "it is made for a newer tozero";
        f.notes
            .refuse("format-newer", &f.place("format"), message, help);
        return None;
    }
    let id = f.id("id");
    let title = f.need("title", Fields::text);
    let pack = Pack {
        id: id.unwrap_or_else(|| id_of(&title)),
        title,
        language: f.need("language", Fields::text),
        summary: f.need("summary", Fields::text),
        license: f.text("license"),
        default_comparison: f.entries("default_comparison", Kind::Perspectives),
        default_lens: f.entry("default_lens", Kind::Lenses).unwrap_or_default(),
        dial: dial(&mut f),
        dimensions: dimensions(&mut f),
        tags: named(&mut f, "tags"),
        categories: named(&mut f, "categories"),
    };
    f.finish();
    (!notes.refused()).then_some(pack)
}

/// An id made of a title: its letters and digits, with dashes for what is between them.
fn id_of(title: &str) -> String {
    let slug = slug(title);
    let words = slug.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut id = words.join("-");
    id.truncate(MAX_ID);
    let id = id.trim_end_matches('-');
    if id.is_empty() { "pack" } else { id }.to_owned()
}

/// The services of the dial: two, or the key is left out.
fn dial(f: &mut Fields<'_, '_>) -> Vec<String> {
    let before = f.notes.refusals();
    let dial = f.entries("dial", Kind::Services);
    if f.has("dial") && dial.len() != 2 && f.notes.refusals() == before {
        let message = safe!(
            "the dial sets two services against each other, and this names {}",
            dial.len()
        );
        let help = "name one that keeps a floor, then one that falls to nothing";
        f.notes.refuse("dial-two", &f.place("dial"), message, help);
    }
    dial
}

fn named(f: &mut Fields<'_, '_>, key: &str) -> Vec<NamedId> {
    with_ids(f, key, |f, id| NamedId {
        id,
        title: f.need("title", Fields::text),
    })
}

/// The tables of a list, each with an id of its own.
fn with_ids<T>(
    f: &mut Fields<'_, '_>,
    key: &str,
    read: impl Fn(&mut Fields<'_, '_>, String) -> T,
) -> Vec<T> {
    let mut seen = HashSet::new();
    let all = f.each(key, |f| {
        let id = f.need("id", Fields::id);
        f.once(&id, &mut seen);
        read(f, id)
    });
    all.unwrap_or_default()
}

fn dimensions(f: &mut Fields<'_, '_>) -> Vec<Dimension> {
    with_ids(f, "dimensions", |f, id| Dimension {
        id,
        question: f.need("question", Fields::text),
        positions: f.need("positions", Fields::named),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "format = 1
title = \"T\"
language = \"en\"
summary = \"S\"
default_comparison = [\"a\", \"b\"]
default_lens = \"c\"

[[dimensions]]
id = \"idle-cost\"
question = \"What?\"
positions = { nothing = \"costs nothing\", depends = \"it depends\" }

[[tags]]
id = \"data\"
title = \"Data\"
";

    #[track_caller]
    fn check(from: &str, to: &str, expected: &[(&str, &str)]) -> Option<Pack> {
        let source = GOOD.replace(from, to);
        let mut notes = Notes::new("pack.toml");
        let pack = read(&source, &mut notes);
        let found: Vec<(&str, &str)> = notes
            .problems
            .iter()
            .map(|d| (d.code, &source[d.span.clone().unwrap()]))
            .collect();
        assert_eq!(found, expected);
        pack
    }

    #[test]
    fn heads_are_read_or_refused() {
        let pack = check("", "", &[]).unwrap();
        assert_eq!(
            (
                pack.dimensions[0].positions.len(),
                pack.tags.len(),
                pack.categories.len()
            ),
            (2, 1, 0)
        );
        check("format = 1", "format = 2", &[("format-newer", "2")]);
        check("format = 1\n", "", &[("key-missing", "title = \"T\"")]);
        check(
            "[[tags]]",
            "[[tags]]\nid = \"data\"\ntitle = \"D\"\n[[tags]]",
            &[("id-twice", "\"data\"")],
        );
        check(
            "nothing =",
            "Nothing =",
            &[("id-form", "\"costs nothing\"")],
        );
        check(
            "question = \"What?\"\n",
            "",
            &[("key-missing", "[[dimensions]]")],
        );
        assert!(
            check(
                "language",
                "hook = \"rm\"\nlanguage",
                &[("key-unknown", "hook")]
            )
            .is_some()
        );
        let pack = check(
            "default_lens",
            "dial = [\"neptune\", \"dynamo\"]\ndefault_lens",
            &[],
        )
        .unwrap();
        assert_eq!(pack.dial, ["neptune", "dynamo"]);
        check(
            "default_lens",
            "dial = [\"neptune\"]\ndefault_lens",
            &[("dial-two", "[\"neptune\"]")],
        );
        check(
            "title = \"T\"",
            "title = = \"T\"",
            &[("front-matter-syntax", "=")],
        );
    }

    #[test]
    fn tags_and_categories_have_titles() {
        let pack = check(
            "[[tags]]",
            "[[categories]]\nid = \"db\"\ntitle = \"Databases\"\n[[tags]]",
            &[],
        );
        let pack = pack.unwrap();
        assert_eq!(pack.tag_title("data").as_str(), "Data");
        assert_eq!(pack.tag_title("db").as_str(), "db");
        assert_eq!(pack.category_title("db").as_str(), "Databases");
    }
}
