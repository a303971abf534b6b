//! A body with fixed parts: what stands before the first heading of level 2, then parts known by their headings.
//! Promises: a heading is matched whatever its case and dashes; a part that nobody asked for is reported, as is one that
//! is there twice or holds nothing; what is asked for and missing is the caller's to judge.

use std::ops::Range;

use crate::pack::doc::{Block, Doc, Link, plain};
use crate::pack::fields::{did_you_mean, quoted};
use crate::pack::front_matter::FrontMatter;
use crate::pack::markdown;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::measure::fold_tight;
use crate::text::{ByteRange, SafeText};

/// A body, taken apart.
pub(crate) struct Sections {
    intro: Vec<Block>,
    parts: Vec<BodySection>,
    links: Vec<Link>,
    /// Where a missing part is reported: the line that ends the front matter.
    end: ByteRange,
}

/// A heading of level 2 with what follows it.
struct BodySection {
    title: SafeText,
    /// The title as titles are compared.
    folded: String,
    at: ByteRange,
    blocks: Vec<Block>,
}

/// Parses the body of a file that has no parts; reports one that says nothing.
pub(crate) fn whole(source: &str, front: &FrontMatter<'_>, notes: &mut Notes) -> Doc {
    let doc = markdown::page(source, front.body.clone(), notes).doc;
    if doc.is_empty() {
        nothing(&front.end, notes);
    }
    doc
}

fn nothing(at: &ByteRange, notes: &mut Notes) {
    let problem = notes.error(
        "body-missing",
        at,
        SafeText::ours("there is no text below the front matter"),
    );
    notes.refuse(problem.help(SafeText::ours("write at least a paragraph")));
}

impl Sections {
    /// Parses the body of a file.
    pub(crate) fn read(source: &str, front: &FrontMatter<'_>, notes: &mut Notes) -> Self {
        let page = markdown::page(source, front.body.clone(), notes);
        let mut intro = Vec::new();
        let mut parts: Vec<BodySection> = Vec::new();
        for (block, at) in page.doc.blocks.into_iter().zip(page.places) {
            match (block, parts.last_mut()) {
                (
                    Block::Heading {
                        level: 2, spans, ..
                    },
                    _,
                ) => {
                    let title = plain(&spans);
                    parts.push(BodySection {
                        folded: fold_tight(&title),
                        title,
                        at,
                        blocks: Vec::new(),
                    });
                }
                (block, Some(part)) => part.blocks.push(block),
                (block, None) => intro.push(block),
            }
        }
        Self {
            intro,
            parts,
            links: page.doc.links,
            end: front.end.clone(),
        }
    }

    /// What stands before the first part; reported when it is nothing.
    pub(crate) fn intro(&mut self, notes: &mut Notes) -> Doc {
        if self.intro.is_empty() {
            nothing(&self.end, notes);
        }
        Doc::piece(std::mem::take(&mut self.intro), &self.links)
    }

    /// Takes a part, with the place of its heading.
    pub(crate) fn part(&mut self, title: &str, notes: &mut Notes) -> Option<(Doc, ByteRange)> {
        let wanted = fold_tight(title);
        let mut found: Vec<BodySection> = self
            .parts
            .extract_if(.., |part| part.folded == wanted)
            .collect();
        for twice in found.drain(1.min(found.len())..) {
            let problem = notes.error(
                "section-twice",
                &twice.at,
                safe!("`{title}` is there twice"),
            );
            notes.refuse(problem.help(SafeText::ours("put both parts under one heading")));
        }
        let part = found.pop()?;
        if part.blocks.is_empty() {
            let problem = notes.error(
                "section-empty",
                &part.at,
                safe!("there is nothing under `{title}`"),
            );
            notes.refuse(problem.help(SafeText::ours("write something, or leave the heading out")));
        }
        Some((Doc::piece(part.blocks, &self.links), part.at))
    }

    /// Reports the parts that nobody took.
    pub(crate) fn finish(self, known: &[&str], notes: &mut Notes) {
        for part in self.parts {
            let message = safe!(
                "`{}` is not a part of this kind of entry",
                quoted(&part.title)
            );
            let problem = notes.warning("section-unknown", &part.at, message);
            notes.add(problem.help(did_you_mean(&part.title, known)));
        }
    }

    /// Where a missing part is reported.
    pub(crate) fn end(&self) -> ByteRange {
        self.end.clone()
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
