//! `pack.toml`: what a pack is called, its dimensions, tags and defaults.
//! Promise: without a readable `pack.toml` there is no pack; everything else can be missing.

use crate::pack::address::Kind;
use crate::pack::fields::{Fields, quoted};
use crate::pack::front_matter::FrontMatter;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::SafeText;

/// The head of a pack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pack {
    /// What it is called; the question it answers.
    pub title: SafeText,
    /// Language tag, such as `en`.
    pub language: SafeText,
    /// One or two sentences.
    pub summary: SafeText,
    /// License of the content.
    pub license: Option<SafeText>,
    /// The perspectives set side by side at first.
    pub default_comparison: Vec<String>,
    /// The lens that is on at first.
    pub default_lens: String,
    /// The two services of the traffic dial: one whose bill keeps a floor, one whose bill falls to nothing. Empty when the
    /// pack names none.
    pub dial: Vec<String>,
    /// The questions every perspective answers, in order.
    pub dimensions: Vec<Dimension>,
    /// Tags of terms and topics of questions.
    pub tags: Vec<NamedId>,
    /// Categories of services.
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
    /// The question as it is shown.
    pub question: SafeText,
    /// The answers an editor tells apart, key and words.
    pub positions: Vec<NamedId>,
}

/// An id with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedId {
    /// Kebab-case name.
    pub id: String,
    /// As it is shown.
    pub title: SafeText,
}

/// The newest form of packs that is understood.
pub const FORMAT: i64 = 1;

/// Reads `pack.toml`.
pub(crate) fn read(source: &str, notes: &mut Notes) -> Option<Pack> {
    let front = FrontMatter::of_file(source, notes)?;
    let mut f = front.fields(notes);
    let format = f.need("format", |f, key| f.whole(key, 1..=i64::MAX));
    if let Some(newer) = format.filter(|format| *format > FORMAT) {
        let message =
            safe!("this pack has format {newer}; {FORMAT} is the newest that is understood");
        let problem = f.notes.error("format-newer", &f.place("format"), message);
        f.notes
            .refuse(problem.help(SafeText::ours("it is made for a newer tozero")));
        return None;
    }
    let title = f.need("title", Fields::text);
    let language = f.need("language", Fields::text);
    let summary = f.need("summary", Fields::text);
    let license = f.text("license");
    let default_comparison = f
        .entries("default_comparison", Kind::Perspectives)
        .unwrap_or_default();
    let default_lens = f.entry("default_lens", Kind::Lenses).unwrap_or_default();
    let dial = dial(&mut f);
    let dimensions = once(&mut f, "dimensions", |d| &d.id, dimension);
    let tags = once(&mut f, "tags", |t| &t.id, named);
    let categories = once(&mut f, "categories", |c| &c.id, named);
    f.finish();
    if notes.refused() {
        return None;
    }
    let (title, language, summary) = (title?, language?, summary?);
    Some(Pack {
        title,
        language,
        summary,
        license,
        default_comparison,
        default_lens,
        dial,
        dimensions,
        tags,
        categories,
    })
}

/// The services of the dial: two, or the key is left out.
fn dial(f: &mut Fields<'_, '_>) -> Vec<String> {
    let dial = f.entries("dial", Kind::Services);
    if let Some(named) = dial.as_ref().filter(|d| d.len() != 2) {
        let message = safe!(
            "the dial sets two services against each other, and this names {}",
            named.len()
        );
        let problem = f.notes.error("dial-two", &f.place("dial"), message);
        f.notes.refuse(problem.help(SafeText::ours(
            "name one that keeps a floor, then one that falls to nothing",
        )));
    }
    dial.unwrap_or_default()
}

fn named(f: &mut Fields<'_, '_>) -> Option<NamedId> {
    let (id, title) = (f.need("id", Fields::id), f.need("title", Fields::text));
    Some(NamedId {
        id: id?,
        title: title?,
    })
}

fn dimension(f: &mut Fields<'_, '_>) -> Option<Dimension> {
    let (id, question) = (f.need("id", Fields::id), f.need("question", Fields::text));
    let positions = f.need("positions", Fields::named);
    Some(Dimension {
        id: id?,
        question: question?,
        positions: positions?,
    })
}

/// Reads a list of tables whose ids must differ.
fn once<'t, T>(
    f: &mut Fields<'t, '_>,
    key: &'t str,
    id: impl Fn(&T) -> &String,
    mut read: impl FnMut(&mut Fields<'t, '_>) -> Option<T>,
) -> Vec<T> {
    let mut seen = std::collections::HashSet::new();
    let all = f.each(key, |row| {
        let item = read(row)?;
        if !seen.insert(id(&item).clone()) {
            let problem = row.notes.error(
                "id-twice",
                &row.place("id"),
                safe!("`{}` is there twice", quoted(id(&item))),
            );
            row.notes
                .refuse(problem.help(SafeText::ours("leave one out, or rename it")));
        }
        Some(item)
    });
    all.unwrap_or_default()
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
}
