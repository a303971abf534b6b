//! What is open while a page is read: its containers, its leaf, its table, and the room that is left.
//! The files beside it open and close these, one construct each.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use crate::pack::doc::{Align, Block, Link, ListItem, Marks, Span};
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::{ByteRange as Bytes, SafeText};

/// Most text that a page holds, in bytes; link targets and table cells count as well.
pub const MAX_TEXT: usize = 4 << 20;

/// Where the parsed text comes from, to turn its offsets into places of the file.
pub(super) enum Origin<'s> {
    Body { text: &'s str, start: usize },
    Value(Bytes),
}

impl Origin<'_> {
    /// A place in the file, without the blanks at its end.
    pub(super) fn place(&self, range: &Range<usize>) -> Bytes {
        match self {
            Self::Body { text, start } => {
                let len = text
                    .get(range.clone())
                    .map_or(range.len(), |text| text.trim_end().len());
                start + range.start..start + range.start + len
            }
            Self::Value(at) => at.clone(),
        }
    }
}

/// What is open while events come in.
pub(super) struct DocBuilder<'s, 'n> {
    pub(super) origin: Origin<'s>,
    pub(super) notes: &'n mut Notes,
    /// Quotes, lists, items and footnotes that are open; the page itself is first.
    pub(super) open: Vec<OpenContainer>,
    /// Open quotes, lists and footnotes.
    pub(super) depth: usize,
    /// Containers that are open but too deep to be kept.
    pub(super) flat: usize,
    pub(super) leaf: Option<Leaf>,
    pub(super) table: Option<TableBuilder>,
    pub(super) links: Vec<Link>,
    pub(super) places: Vec<Bytes>,
    pub(super) room: usize,
    pub(super) full: bool,
    pub(super) deep: bool,
}

impl<'s, 'n> DocBuilder<'s, 'n> {
    pub(super) fn new(origin: Origin<'s>, notes: &'n mut Notes) -> Self {
        Self {
            origin,
            notes,
            open: vec![OpenContainer::new(ContainerKind::Page)],
            depth: 0,
            flat: 0,
            leaf: None,
            table: None,
            links: Vec::new(),
            places: Vec::new(),
            room: MAX_TEXT,
            full: false,
            deep: false,
        }
    }

    /// Takes room for some bytes. When there is none left, the page ends here for the reader, and that is said once.
    pub(super) fn take(&mut self, bytes: usize, range: &Range<usize>) -> bool {
        if self.full {
            return false;
        }
        if let Some(room) = self.room.checked_sub(bytes) {
            self.room = room;
            return true;
        }
        self.full = true;
        let message = safe!("the page comes to more than {} MiB of text", MAX_TEXT >> 20);
        let help = "split it; what follows is not shown";
        self.notes
            .warn("page-long", &self.origin.place(range), message, help);
        false
    }
}

/// A container whose end has not come yet.
pub(super) struct OpenContainer {
    pub(super) kind: ContainerKind,
    pub(super) blocks: Vec<Block>,
}

/// What kind of container it is, with what it collects besides blocks.
pub(super) enum ContainerKind {
    Page,
    Quote,
    List {
        start: Option<u64>,
        items: Vec<ListItem>,
    },
    Item {
        ticked: Option<bool>,
    },
    Footnote {
        label: SafeText,
    },
}

impl OpenContainer {
    pub(super) fn new(kind: ContainerKind) -> Self {
        Self {
            kind,
            blocks: Vec::new(),
        }
    }

    /// Items come one level below their list and do not count by themselves.
    pub(super) fn nests(&self) -> bool {
        !matches!(self.kind, ContainerKind::Item { .. })
    }
}

/// Text that is being collected.
pub(super) struct Leaf {
    pub(super) kind: LeafKind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) runs: Vec<RawRun>,
    pub(super) depth: Depth,
    pub(super) links: Vec<Option<u16>>,
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
pub(super) struct RawRun {
    pub(super) text: String,
    pub(super) marks: Marks,
    pub(super) link: Option<u16>,
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
    pub(super) fn new(kind: LeafKind, start: usize) -> Self {
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
        let Depth {
            emphasis,
            strong,
            strike,
        } = self.depth;
        Marks {
            emphasis: emphasis > 0,
            strong: strong > 0,
            strike: strike > 0,
            code,
        }
    }

    pub(super) fn link(&self) -> Option<u16> {
        self.links.last().copied().flatten()
    }

    pub(super) fn add(&mut self, text: &str, code: bool) {
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

    pub(super) fn spans(self) -> Vec<Span> {
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
    pub(super) fn raw(self) -> String {
        self.runs.into_iter().map(|run| run.text).collect()
    }
}

/// A table whose end has not come yet.
pub(super) struct TableBuilder {
    pub(super) aligns: Vec<Align>,
    pub(super) head: Vec<Vec<Span>>,
    pub(super) rows: Vec<Vec<Vec<Span>>>,
    pub(super) row: Vec<Vec<Span>>,
    pub(super) start: usize,
}
