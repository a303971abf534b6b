//! Leaves: paragraphs, headings, cells and code, and the styled text that fills them.
//! Neighbors of one style are one span; text is cleaned span by span when its leaf is closed.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use crate::pack::doc::{Marks, Span, plain};
use crate::pack::markdown::{Block, DocBuilder, SafeText};
use crate::text::measure::slug;

/// Text that is being collected.
pub(super) struct Leaf {
    kind: LeafKind,
    start: usize,
    end: usize,
    runs: Vec<RawRun>,
    depth: Depth,
    links: Vec<Option<u16>>,
}

/// What the text will be.
pub(super) enum LeafKind {
    Paragraph,
    /// A paragraph that the parser does not announce: the text of a tight list item.
    Implicit,
    Heading(u8),
    Cell,
    Code(SafeText),
}

/// Uncleaned text of one style.
struct RawRun {
    text: String,
    marks: Marks,
    link: Option<u16>,
}

/// How often each mark is open; emphasis nests.
#[derive(Default)]
pub(super) struct Depth {
    pub(super) emphasis: i32,
    pub(super) strong: i32,
    pub(super) strike: i32,
}

impl LeafKind {
    pub(super) fn code(kind: &CodeBlockKind<'_>) -> Self {
        match kind {
            CodeBlockKind::Indented => Self::Code(SafeText::default()),
            CodeBlockKind::Fenced(info) => {
                Self::Code(SafeText::line(info.split_whitespace().next().unwrap_or("")))
            }
        }
    }
}

impl Leaf {
    fn new(kind: LeafKind, start: usize) -> Self {
        Self {
            kind,
            start,
            end: start,
            runs: Vec::new(),
            depth: Depth::default(),
            links: Vec::new(),
        }
    }

    fn marks(&self, code: bool) -> Marks {
        Marks {
            emphasis: self.depth.emphasis > 0,
            strong: self.depth.strong > 0,
            strike: self.depth.strike > 0,
            code,
        }
    }

    pub(super) fn link(&self) -> Option<u16> {
        self.links.last().copied().flatten()
    }

    fn add(&mut self, text: &str, code: bool) {
        let (marks, link) = (self.marks(code), self.link());
        match self.runs.last_mut() {
            Some(run) if run.marks == marks && run.link == link => run.text.push_str(text),
            Some(_) | None => self.runs.push(RawRun {
                text: text.to_owned(),
                marks,
                link,
            }),
        }
    }

    fn spans(self) -> Vec<Span> {
        let span = |run: RawRun| Span {
            text: SafeText::from(run.text),
            marks: run.marks,
            link: run.link,
        };
        self.runs
            .into_iter()
            .map(span)
            .filter(|span| !span.text.is_empty())
            .collect()
    }

    /// All text as it came, for code.
    fn raw(self) -> String {
        self.runs.into_iter().map(|run| run.text).collect()
    }
}

impl DocBuilder<'_, '_> {
    pub(super) fn open_leaf(&mut self, kind: LeafKind, range: &Range<usize>) {
        self.close_implicit();
        self.leaf = Some(Leaf::new(kind, range.start));
    }

    /// The leaf that text goes to; a tight list item gets a paragraph here.
    pub(super) fn leaf(&mut self, range: &Range<usize>) -> &mut Leaf {
        let leaf = self
            .leaf
            .get_or_insert_with(|| Leaf::new(LeafKind::Implicit, range.start));
        leaf.end = range.end;
        leaf
    }

    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        if self.take(text.len(), range) {
            self.leaf(range).add(text, false);
        }
    }

    pub(super) fn code(&mut self, text: &str, range: &Range<usize>) {
        if self.take(text.len(), range) {
            self.leaf(range).add(text, true);
        }
    }

    pub(super) fn mark(
        &mut self,
        by: i32,
        range: &Range<usize>,
        which: impl Fn(&mut Depth) -> &mut i32,
    ) {
        *which(&mut self.leaf(range).depth) += by;
    }

    pub(super) fn push_link(&mut self, link: Option<u16>, range: &Range<usize>) {
        self.leaf(&(range.start..range.start)).links.push(link);
    }

    /// Ends a link or image. One without words gets some, or nobody could follow it.
    pub(super) fn pop_link(&mut self, words: &str, range: &Range<usize>) {
        let leaf = self.leaf(range);
        let link = leaf.link();
        let silent = link.is_some() && leaf.runs.last().is_none_or(|run| run.link != link);
        if silent {
            leaf.add(words, false);
        }
        leaf.links.pop();
    }

    pub(super) fn close_implicit(&mut self) {
        if let Some(Leaf {
            kind: LeafKind::Implicit,
            start,
            end,
            ..
        }) = self.leaf
        {
            self.close_leaf(&(start..end));
        }
    }

    pub(super) fn close_leaf(&mut self, range: &Range<usize>) {
        let Some(mut leaf) = self.leaf.take() else {
            return;
        };
        let block = match std::mem::replace(&mut leaf.kind, LeafKind::Implicit) {
            LeafKind::Paragraph | LeafKind::Implicit => Block::Paragraph(trimmed(leaf.spans())),
            LeafKind::Heading(level) => self.heading(level, leaf.spans(), range),
            LeafKind::Cell => return,
            LeafKind::Code(language) => {
                let text = leaf.raw();
                Block::Code {
                    language,
                    text: SafeText::from(text.strip_suffix('\n').unwrap_or(&text).to_owned()),
                }
            }
        };
        let empty = matches!(&block, Block::Paragraph(spans) | Block::Heading { spans, .. } if spans.is_empty());
        if !empty {
            self.push(block, range);
        }
    }

    fn heading(&mut self, level: u8, spans: Vec<Span>, range: &Range<usize>) -> Block {
        let one_line = |span: Span| Span {
            text: SafeText::line(&span.text),
            ..span
        };
        let spans: Vec<Span> = trimmed(spans).into_iter().map(one_line).collect();
        let anchor = slug(&plain(&spans));
        self.notes
            .headings
            .push((anchor.clone(), self.origin.place(range)));
        Block::Heading {
            level,
            spans,
            anchor,
        }
    }

    /// Takes the cell that was just closed.
    pub(super) fn take_cell(&mut self) -> Vec<Span> {
        self.leaf
            .take()
            .map(|leaf| trimmed(leaf.spans()))
            .unwrap_or_default()
    }
}

/// Without blanks at both ends; entities and dropped characters can leave some.
fn trimmed(mut spans: Vec<Span>) -> Vec<Span> {
    while let Some(last) = spans.last_mut() {
        let len = last.text.trim_end().len();
        match len {
            0 => spans.truncate(spans.len() - 1),
            _ => {
                last.text = last.text.slice(0..len);
                break;
            }
        }
    }
    let blank = spans
        .iter()
        .take_while(|span| span.text.trim_start().is_empty())
        .count();
    spans.drain(..blank);
    if let Some(first) = spans.first_mut() {
        let cut = first.text.len() - first.text.trim_start().len();
        first.text = first.text.slice(cut..first.text.len());
    }
    spans
}
