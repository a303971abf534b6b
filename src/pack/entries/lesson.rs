//! A lesson: a part of the article retold.
//! Promise: lessons have an order, and end with questions to recall.

use serde::Serialize;

use crate::pack::address::Kind;
use crate::pack::doc::Doc;
use crate::pack::entries::open;
use crate::pack::entries::source::Source;
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::pack::sections::whole;
use crate::text::{Day, SafeText};

/// A lesson.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lesson {
    /// The file's stem.
    pub id: String,
    /// What it is called.
    pub title: SafeText,
    /// Place among the lessons, from 1.
    pub order: u16,
    /// Minutes it takes to read.
    pub minutes: u16,
    /// The text.
    pub body: Doc,
    /// Question ids to ask at the end.
    pub recall: Vec<String>,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// The date its statements hold for.
    pub as_of: Option<Day>,
}

/// Reads a lesson's file.
pub(crate) fn read(id: &str, source: &str, notes: &mut Notes) -> Option<Lesson> {
    let front = open(source, notes)?;
    let mut f = front.fields(notes);
    let title = f.need("title", Fields::name);
    let order = f.need("order", |f, key| f.whole(key, 1..=9_999));
    let minutes = f.need("minutes", |f, key| f.whole(key, 1..=600));
    let recall = f.entries("recall", Kind::Questions).unwrap_or_default();
    let sources = f.sources("sources").unwrap_or_default();
    let as_of = f.date("as_of");
    f.finish();
    let body = whole(source, &front, notes);
    if notes.refused() {
        return None;
    }
    let [order, minutes] =
        [order?, minutes?].map(|number| u16::try_from(number).unwrap_or(u16::MAX));
    Some(Lesson {
        id: id.to_owned(),
        title: title?,
        order,
        minutes,
        recall,
        sources,
        as_of,
        body,
    })
}

#[cfg(test)]
mod tests {
    use crate::pack::entries::probe::check;
    use crate::pack::entry::Entry;

    #[test]
    fn lessons_are_read_or_refused() {
        let good = "+++\ntitle = \"T\"\norder = 6\nminutes = 5\nrecall = [\"a-question\"]\nas_of = \"2026\"\n+++\nText.\n\n## Part\n\nMore.\n";
        let Some(Entry::Lesson(lesson)) = check("lessons/x.md", good, &[]) else {
            panic!("a lesson")
        };
        assert_eq!(
            (
                lesson.order,
                lesson.minutes,
                lesson.recall.len(),
                lesson.body.blocks.len()
            ),
            (6, 5, 1, 3)
        );
        check(
            "lessons/x.md",
            &good.replace("= 6", "= 0"),
            &[("value-range", "0")],
        );
        check(
            "lessons/x.md",
            &good.replace("order = 6\n", ""),
            &[("key-missing", "+++")],
        );
        check(
            "lessons/x.md",
            "+++\ntitle = \"T\"\norder = 1\nminutes = 1\n+++\n\n",
            &[("body-missing", "+++")],
        );
    }
}
