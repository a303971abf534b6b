//! `pack.toml`: what a pack is called, its subject with criteria and dimensions, tags and defaults.
//! Without a readable `pack.toml` there is no pack; everything else can be missing.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::pack::address::{Kind, MAX_ID, NamedId};
use crate::pack::criteria::{Criteria, CriterionId};
use crate::pack::fields::Fields;
use crate::pack::front_matter::FrontMatter;
use crate::pack::notes::Notes;
use crate::pack::subject::{self, Side, Subject};
use crate::safe;
use crate::text::measure::slug;
use crate::text::{SafeText, Url};

#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Pack {
    /// What tells it from other packs: progress is kept by it.
    pub id: String,
    /// What it is called; the question it answers.
    pub title: SafeText,
    /// Language tag, such as `en`.
    pub language: SafeText,
    pub summary: SafeText,
    pub license: Option<SafeText>,
    /// The pack that it is laid on, by id: it adds to that one and covers single entries of it.
    pub extends: Option<String>,
    /// The perspectives set side by side at first.
    pub default_comparison: Vec<String>,
    pub default_lens: String,
    /// The two services of the traffic dial: one whose bill keeps a floor, one whose bill falls to nothing. Empty when the
    /// pack names none.
    pub dial: Vec<String>,
    /// How long a request of the dial takes, in milliseconds.
    pub dial_duration_ms: u64,
    /// What the examples of the help name, by key, where the pack chooses it.
    pub examples: Vec<(String, SafeText)>,
    /// Which pages are a maker's own, by its name: hosts, or hosts with the beginning of a path.
    pub own_pages: Vec<(SafeText, Vec<SafeText>)>,
    /// What is asked of which things, and the words for it.
    pub subject: Arc<Subject>,
    /// The questions every perspective answers, in order.
    pub dimensions: Vec<Dimension>,
    /// Tags of terms and topics of questions.
    pub tags: Vec<NamedId>,
    pub categories: Vec<NamedId>,
}

impl Pack {
    /// The side of the dispute that a lens stands on: as its reading says, else by its place in the default comparison.
    pub fn side_of_lens(&self, lens: &str) -> Side {
        let by_place = || match self.default_comparison.iter().position(|id| id == lens) {
            Some(0) => Side::First,
            Some(1) => Side::Second,
            Some(_) | None => Side::Neither,
        };
        self.subject.side_of_lens(lens).unwrap_or_else(by_place)
    }

    /// Lays another pack on this one: its tags and categories are added, its defaults count; the subject stays.
    pub fn lay(&mut self, upper: Self) {
        let add = |known: &mut Vec<NamedId>, more: Vec<NamedId>| {
            known.retain(|old| more.iter().all(|new| new.id != old.id));
            known.extend(more);
        };
        add(&mut self.tags, upper.tags);
        add(&mut self.categories, upper.categories);
        let cover = |known: &mut Vec<String>, more: Vec<String>| {
            if !more.is_empty() {
                *known = more;
            }
        };
        let names = |name: &SafeText| upper.own_pages.iter().all(|(new, _)| new != name);
        self.own_pages.retain(|(name, _)| names(name));
        self.own_pages.extend(upper.own_pages);
        cover(&mut self.default_comparison, upper.default_comparison);
        cover(&mut self.dial, upper.dial);
        if !upper.default_lens.is_empty() {
            self.default_lens = upper.default_lens;
        }
    }

    /// Whether an address is one of a maker's own pages; `None` where the pack does not say which these are.
    pub fn is_own_page(&self, maker: &str, url: &Url) -> Option<bool> {
        let (_, pages) = self
            .own_pages
            .iter()
            .find(|(name, _)| name.as_str() == maker)?;
        let address = url.as_str().split_once("://").map_or("", |(_, rest)| rest);
        let begins = |page: &SafeText| {
            let rest = address.strip_prefix(page.as_str());
            rest.is_some_and(|rest| rest.is_empty() || page.ends_with('/') || rest.starts_with('/'))
        };
        Some(pages.iter().any(begins))
    }

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
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Dimension {
    /// Kebab-case name.
    pub id: String,
    pub question: SafeText,
    /// The criterion that asks the same of things.
    pub criterion: Option<CriterionId>,
    /// The answers an editor tells apart, key and words.
    pub positions: Vec<NamedId>,
}

/// The newest form of packs that is understood.
pub const FORMAT: i64 = 1;

/// Reads `pack.toml`, as far as it can be understood: what is refused has its default, and the notes say so.
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
    let title = f.need("title", Fields::text);
    let language = f.text("language").unwrap_or(SafeText::ours("en"));
    let subject = subject::read(&mut f, &language);
    let pack = Pack {
        id: f.id("id").unwrap_or_else(|| default_id(&title)),
        title,
        language,
        summary: f.text("summary").unwrap_or_default(),
        license: f.text("license"),
        extends: f.id("extends"),
        default_comparison: f.entries("default_comparison", Kind::Perspectives),
        default_lens: f.entry("default_lens", Kind::Lenses).unwrap_or_default(),
        dial: dial(&mut f),
        dial_duration_ms: f.whole("dial_duration_ms", 1..=86_400_000).unwrap_or(100),
        examples: f.table("examples", examples).unwrap_or_default(),
        own_pages: f.table("own_pages", own_pages).unwrap_or_default(),
        dimensions: dimensions(&mut f, &subject.criteria),
        subject: Arc::new(subject),
        tags: named(&mut f, "tags"),
        categories: named(&mut f, "categories"),
    };
    if let Some(below) = &pack.extends {
        say_decided_below(&mut f, below);
    }
    f.finish();
    Some(pack)
}

/// Keys that count in the lowest of the packs that lie on one another only.
const OF_THE_LOWEST: [&str; 14] = [
    "language",
    "summary",
    "dial_duration_ms",
    "examples",
    "things",
    "cost",
    "criteria",
    "answers",
    "verdicts",
    "readings",
    "stances",
    "parties",
    "search",
    "dimensions",
];

/// Warns of what an upper pack says and nobody reads.
fn say_decided_below(f: &mut Fields<'_, '_>, below: &str) {
    for key in OF_THE_LOWEST
        .into_iter()
        .filter(|key| f.has(key))
        .collect::<Vec<_>>()
    {
        let message = safe!("`{key}` of a pack that lies on another is not read");
        let help = safe!(
            "the pack below, `{below}`, decides it: leave this out, or make a pack of its own without `extends`"
        );
        f.notes.warn("key-below", &f.place(key), message, help);
    }
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
    f.each_with_id(key, |f, id| NamedId {
        id,
        title: f.need("title", Fields::text),
    })
}

/// Any key with a text: the help says which it knows.
fn examples(f: &mut Fields<'_, '_>) -> Vec<(String, SafeText)> {
    let keys: Vec<&str> = f.keys().map(|(key, _)| key).collect();
    let read = |key: &str| Some((key.to_owned(), f.text(key)?));
    keys.into_iter().filter_map(read).collect()
}

/// Any name with a list of hosts.
fn own_pages(f: &mut Fields<'_, '_>) -> Vec<(SafeText, Vec<SafeText>)> {
    let names: Vec<&str> = f.keys().map(|(key, _)| key).collect();
    let read = |name: &str| Some((SafeText::line(name), f.texts(name)?));
    names.into_iter().filter_map(read).collect()
}

/// The title as an id.
fn default_id(title: &str) -> String {
    let mut id: String = slug(title).chars().take(MAX_ID).collect();
    id.truncate(id.trim_end_matches('-').len());
    if id.is_empty() { "pack".to_owned() } else { id }
}

fn dimensions(f: &mut Fields<'_, '_>, criteria: &Criteria) -> Vec<Dimension> {
    let ids: Vec<&str> = criteria
        .ids()
        .map(|criterion| criteria.id(criterion))
        .collect();
    f.each_with_id("dimensions", |f, id| Dimension {
        id,
        question: f.need("question", Fields::text),
        criterion: f
            .one_of("criterion", &ids)
            .and_then(|id| criteria.find(&id)),
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
        let pack = read(&source, &mut notes).filter(|_| !notes.refused());
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
