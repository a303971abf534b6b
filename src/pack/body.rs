//! An entry's file as its reader sees it: keys first, then the body, whole or as parts known by their headings.
//!
//! A heading is matched whatever its case and dashes. A part that nobody asked for is reported, as is one that is there
//! twice or holds nothing; what is asked for and missing is the caller's to judge.

use std::ops::Range;

use crate::pack::doc::{Block, Doc, Link, plain};
use crate::pack::fields::{Fields, allowed_words};
use crate::pack::front_matter::{FrontMatter, cut};
use crate::pack::markdown::{self, ParsedBody};
use crate::pack::notes::Notes;
use crate::pack::subject::OwnSection;
use crate::safe;
use crate::text::fold::fold_tight;
use crate::text::measure::quoted;
use crate::text::suggest::nearest;
use crate::text::{ByteRange, SafeText};

/// Reads an entry: `build` takes its keys and then its body. `None` when something was refused.
pub(crate) fn read_entry<T>(
    source: &str,
    notes: &mut Notes,
    build: impl FnOnce(&mut Fields<'_, '_>, &mut Body<'_>) -> T,
) -> Option<T> {
    let Some(front) = FrontMatter::of_entry(source, notes) else {
        // The author learns what is wrong with the body in the same run.
        if let Some(cut) = cut(source, &mut Notes::default()) {
            markdown::page(source, cut.body, notes);
        }
        return None;
    };
    read_parts(source, &front, notes, build)
}

/// Reads an entry that may do without keys: without a line `+++` at its start it is all body.
pub(crate) fn read_entry_or_body<T>(
    source: &str,
    notes: &mut Notes,
    build: impl FnOnce(&mut Fields<'_, '_>, &mut Body<'_>) -> T,
) -> Option<T> {
    match FrontMatter::none(source, notes) {
        Some(front) => read_parts(source, &front, notes, build),
        None => read_entry(source, notes, build),
    }
}

fn read_parts<T>(
    source: &str,
    front: &FrontMatter<'_>,
    notes: &mut Notes,
    build: impl FnOnce(&mut Fields<'_, '_>, &mut Body<'_>) -> T,
) -> Option<T> {
    let mut body = Body::new(source, front);
    let mut fields = front.fields(notes);
    let entry = build(&mut fields, &mut body);
    body.finish(notes);
    (!notes.refused()).then_some(entry)
}

/// The text below the front matter. It is parsed when it is first asked for, after which no more keys are read.
pub(crate) struct Body<'s> {
    pub(crate) source: &'s str,
    range: Range<usize>,
    /// Where something missing is reported: the line that ends the front matter.
    pub(crate) end: ByteRange,
    parts: Option<Parts>,
    known: Vec<String>,
}

/// A body split at its headings of level 2.
struct Parts {
    intro: Vec<Block>,
    sections: Vec<Section>,
    links: Vec<Link>,
}

struct Section {
    title: SafeText,
    /// The title as it is looked for.
    folded: String,
    at: ByteRange,
    blocks: Vec<Block>,
}

impl<'s> Body<'s> {
    fn new(source: &'s str, front: &FrontMatter<'_>) -> Self {
        Self {
            source,
            range: front.body.clone(),
            end: front.end.clone(),
            parts: None,
            known: Vec::new(),
        }
    }

    pub(crate) fn blocks(&self, f: &mut Fields<'_, '_>) -> ParsedBody {
        f.finish();
        markdown::page(self.source, self.range.clone(), f.notes)
    }

    /// The whole page; reported when it says nothing.
    pub(crate) fn page(&self, f: &mut Fields<'_, '_>) -> Doc {
        let doc = self.blocks(f).doc;
        self.check_filled(doc.is_empty(), f.notes);
        doc
    }

    /// What stands before the first part; reported when it is nothing.
    pub(crate) fn intro(&mut self, f: &mut Fields<'_, '_>) -> Doc {
        let parts = self.parts(f);
        let intro = Doc::piece(std::mem::take(&mut parts.intro), &parts.links);
        let first = parts.sections.first().map(|section| section.at.clone());
        match first {
            Some(at) if intro.is_empty() => f.notes.warn(
                "intro-missing",
                &at,
                "nothing stands before the first heading",
                "begin with a paragraph that says what it is",
            ),
            _ => self.check_filled(intro.is_empty(), f.notes),
        }
        intro
    }

    /// Takes the part of that title.
    pub(crate) fn part(&mut self, f: &mut Fields<'_, '_>, title: &str) -> Option<Doc> {
        self.placed_part(f, title).map(|(doc, _)| doc)
    }

    /// Takes the part of that title, with the place of its heading.
    pub(crate) fn placed_part(
        &mut self,
        f: &mut Fields<'_, '_>,
        title: &str,
    ) -> Option<(Doc, ByteRange)> {
        self.known.push(title.to_owned());
        let wanted = fold_tight(title);
        let parts = self.parts(f);
        let found = |section: &mut Section| section.folded == wanted;
        let mut found = parts
            .sections
            .extract_if(.., found)
            .collect::<Vec<_>>()
            .into_iter();
        let first = found.next()?;
        for twice in found {
            f.notes.refuse(
                "section-twice",
                &twice.at,
                safe!("`{title}` is there twice"),
                "put both parts under one heading",
            );
        }
        if first.blocks.is_empty() {
            f.notes.refuse(
                "section-empty",
                &first.at,
                safe!("there is nothing under `{title}`"),
                "write something, or leave the heading out",
            );
        }
        Some((Doc::piece(first.blocks, &parts.links), first.at))
    }

    /// Takes the parts that nobody asked for, in their order. One whose heading is nearly that of a known part is noted:
    /// it may be a slip.
    pub(crate) fn rest(&mut self, f: &mut Fields<'_, '_>) -> Vec<OwnSection> {
        let known: Vec<String> = std::mem::take(&mut self.known);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let parts = self.parts(f);
        let sections = std::mem::take(&mut parts.sections);
        let own = sections.into_iter().map(|section| {
            if let Some(near) = nearest(&section.title, known.iter().copied()) {
                let message = safe!(
                    "`{}` is shown under its own heading",
                    quoted(&section.title)
                );
                let help = safe!("did you mean `{near}`?");
                f.notes.warn("section-unknown", &section.at, message, help);
            }
            if section.blocks.is_empty() {
                let message = safe!("there is nothing under `{}`", quoted(&section.title));
                let help = "write something, or leave the heading out";
                f.notes.warn("section-empty", &section.at, message, help);
            }
            OwnSection {
                heading: section.title,
                text: Doc::piece(section.blocks, &parts.links),
            }
        });
        own.collect()
    }

    fn parts(&mut self, f: &mut Fields<'_, '_>) -> &mut Parts {
        let parsed = self.parts.is_none().then(|| self.blocks(f));
        self.parts
            .get_or_insert_with(|| Parts::of(parsed.unwrap_or_default()))
    }

    fn check_filled(&self, is_empty: bool, notes: &mut Notes) {
        if is_empty {
            let message = "there is no text below the front matter";
            notes.refuse(
                "body-missing",
                &self.end,
                message,
                "write at least a paragraph",
            );
        }
    }

    /// Reports the parts that nobody took.
    fn finish(self, notes: &mut Notes) {
        let known: Vec<&str> = self.known.iter().map(String::as_str).collect();
        for section in self.parts.into_iter().flat_map(|parts| parts.sections) {
            let message = safe!(
                "`{}` is not a part of this kind of entry",
                quoted(&section.title)
            );
            let help = allowed_words(&section.title, &known);
            notes.warn("section-unknown", &section.at, message, help);
        }
    }
}

impl Parts {
    fn of(page: ParsedBody) -> Self {
        let mut parts = Self {
            intro: Vec::new(),
            sections: Vec::new(),
            links: page.doc.links,
        };
        for (block, at) in page.doc.blocks.into_iter().zip(page.places) {
            match (block, parts.sections.last_mut()) {
                (
                    Block::Heading {
                        level: 2, spans, ..
                    },
                    _,
                ) => {
                    let title = plain(&spans);
                    parts.sections.push(Section {
                        folded: fold_tight(&title),
                        title,
                        at,
                        blocks: Vec::new(),
                    });
                }
                (block, Some(section)) => section.blocks.push(block),
                (block, None) => parts.intro.push(block),
            }
        }
        parts
    }
}

/// The first line of a place, which is what a complaint about it quotes.
pub(crate) fn first_line(source: &str, at: &Range<usize>) -> ByteRange {
    let text = source.get(at.clone()).unwrap_or("");
    at.start..at.start + text.lines().next().unwrap_or("").trim_end().len()
}

/// The n-th line of a place, counted from 0, without its indent.
pub(crate) fn nth_line(source: &str, at: &Range<usize>, n: usize) -> ByteRange {
    let text = source.get(at.clone()).unwrap_or("");
    let start = text
        .split_inclusive('\n')
        .take(n)
        .map(str::len)
        .sum::<usize>();
    let line = text.get(start..).unwrap_or("").lines().next().unwrap_or("");
    let indent = line.len() - line.trim_start().len();
    let start = at.start + start + indent;
    start..start + line.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The intro, the parts asked for, and the problems as code and quoted text.
    #[track_caller]
    fn check(body: &str, titles: &[&str], expected: &[Option<&str>], problems: &[(&str, &str)]) {
        let source = format!("+++\n+++\n{body}");
        let mut notes = Notes::new("terms/x.md");
        read_entry(&source, &mut notes, |f, body| {
            let mut docs = vec![Some(body.intro(f))];
            docs.extend(titles.iter().map(|title| body.part(f, title)));
            let texts: Vec<Option<String>> = docs
                .into_iter()
                .map(|doc| Some(doc?.text().to_string()))
                .collect();
            let texts: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
            assert_eq!(texts, expected, "{source}");
        });
        let found: Vec<(&str, &str)> = notes
            .problems
            .iter()
            .map(|d| (d.code, &source[d.span.clone().unwrap()]))
            .collect();
        assert_eq!(found, problems, "{source}");
    }

    #[test]
    fn parts_are_found_whatever_their_case_and_dashes() {
        check(
            "Intro.\n\n## Cold-Start\n\nA\n\n### Deep\n\nB",
            &["cold start", "gone"],
            &[Some("Intro."), Some("A\nDeep\nB"), None],
            &[],
        );
    }

    #[test]
    fn parts_that_say_nothing_or_twice_or_too_much_are_reported() {
        check("", &[], &[Some("")], &[("body-missing", "+++")]);
        check(
            "I\n\n## A\n\n## A\n\nb",
            &["A"],
            &[Some("I"), Some("")],
            &[("section-twice", "## A"), ("section-empty", "## A")],
        );
        check(
            "I\n\n## Exmaple\n\nb",
            &["Example"],
            &[Some("I"), None],
            &[("section-unknown", "## Exmaple")],
        );
    }

    #[test]
    fn what_is_left_is_kept_in_its_order() {
        #[track_caller]
        fn check(body: &str, expected: &[(&str, &str)], problems: &[(&str, &str, &str)]) {
            let source = format!("+++\n+++\n{body}");
            let mut notes = Notes::new("terms/x.md");
            read_entry(&source, &mut notes, |f, body| {
                body.intro(f);
                body.part(f, "Example");
                let rest = body.rest(f);
                let told = rest
                    .iter()
                    .map(|own| (&*own.heading, own.text.text().to_string()));
                let expected = expected
                    .iter()
                    .map(|(heading, text)| (*heading, text.to_string()));
                assert_eq!(
                    told.collect::<Vec<_>>(),
                    expected.collect::<Vec<_>>(),
                    "{source}"
                );
            })
            .expect("nothing of it is refused");
            let found: Vec<_> = notes
                .problems
                .iter()
                .map(|d| {
                    (
                        d.code,
                        &source[d.span.clone().unwrap()],
                        d.help.as_deref().unwrap_or(""),
                    )
                })
                .collect();
            assert_eq!(found, problems, "{source}");
        }
        check("I", &[], &[]);
        check(
            "I\n\n## Why\n\nA [b](../terms/b.md).\n\n## Example\n\nE\n\n## After\n\n### Deep\n\nC",
            &[("Why", "A b."), ("After", "Deep\nC")],
            &[],
        );
        check(
            "I\n\n## Exmaple\n\nE",
            &[("Exmaple", "E")],
            &[("section-unknown", "## Exmaple", "did you mean `Example`?")],
        );
        let help = "write something, or leave the heading out";
        check(
            "I\n\n## Why\n\n## After\n\nC",
            &[("Why", ""), ("After", "C")],
            &[("section-empty", "## Why", help)],
        );
    }

    #[test]
    fn lines_are_quoted_without_indent() {
        let source = "x\n  one \n  two\nthree";
        assert_eq!(&source[first_line(source, &(2..16))], "  one");
        assert_eq!(&source[nth_line(source, &(2..16), 1)], "two");
        assert_eq!(&source[nth_line(source, &(2..16), 9)], "");
    }
}
