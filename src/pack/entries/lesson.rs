//! A lesson: a part of the article retold. Lessons have an order, and end with questions to recall.

use serde::Serialize;

use crate::pack::address::{Kind, Source};
use crate::pack::body::read_entry;
use crate::pack::doc::Doc;
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::text::{Day, SafeText};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lesson {
    pub id: String,
    pub title: SafeText,
    /// Words by which people look for it.
    #[serde(skip)]
    pub found_by: Vec<SafeText>,
    /// Place among the lessons, from 1.
    pub order: u16,
    /// Minutes it takes to read.
    pub minutes: u16,
    pub body: Doc,
    /// Question ids to ask at the end.
    pub recall: Vec<String>,
    pub sources: Vec<Source>,
    /// The date its statements hold for.
    pub as_of: Option<Day>,
}

pub(crate) fn read(id: &str, source: &str, notes: &mut Notes) -> Option<Lesson> {
    read_entry(source, notes, |f, body| Lesson {
        id: id.to_owned(),
        title: f.need("title", Fields::name),
        found_by: f.texts("found_by").unwrap_or_default(),
        order: f.need("order", |f, key| f.whole(key, 1..=9_999)),
        minutes: f.need("minutes", |f, key| f.whole(key, 1..=600)),
        recall: f.entries("recall", Kind::Questions),
        sources: f.sources("sources").unwrap_or_default(),
        as_of: f.date("as_of"),
        body: body.page(f),
    })
}

#[cfg(test)]
mod tests {
    use crate::pack::entries::samples::check;
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
