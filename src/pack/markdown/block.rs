//! Containers: quotes, lists, items and footnotes, and the blocks that end up in them.
//! What is nested too deep loses its container, never its words.

use std::ops::Range;

use crate::pack::doc::ListItem;
use crate::pack::markdown::{Block, DocBuilder, MAX_DEPTH, SafeText, safe};

/// A container whose end has not come yet.
pub(super) struct OpenContainer {
    kind: ContainerKind,
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
    fn nests(&self) -> bool {
        !matches!(self.kind, ContainerKind::Item { .. })
    }
}

impl DocBuilder<'_, '_> {
    pub(super) fn open_container(&mut self, kind: ContainerKind, range: &Range<usize>) {
        self.close_implicit();
        let open = OpenContainer::new(kind);
        if self.flat > 0 || (open.nests() && self.depth == MAX_DEPTH) {
            self.flat += 1;
            self.say_deep(range);
            return;
        }
        self.depth += usize::from(open.nests());
        self.open.push(open);
    }

    fn say_deep(&mut self, range: &Range<usize>) {
        if !self.deep {
            self.deep = true;
            let at = self.origin.place(range);
            let message = safe!("lists and quotes are nested more than {MAX_DEPTH} deep");
            let help = "nest less; what is deeper is shown without its indent";
            self.notes.warn("nesting-deep", &at, message, help);
        }
    }

    pub(super) fn close_container(&mut self, range: &Range<usize>) {
        self.close_implicit();
        if self.flat > 0 {
            self.flat -= 1;
            return;
        }
        // The page itself stays: a parser that closes more than it opened would otherwise leave nothing to add to.
        let Some(open) = (self.open.len() > 1).then(|| self.open.pop()).flatten() else {
            return;
        };
        self.depth -= usize::from(open.nests());
        match open.kind {
            ContainerKind::Quote => self.push(Block::Quote(open.blocks), range),
            ContainerKind::List { start, items } => self.push(Block::List { start, items }, range),
            ContainerKind::Footnote { label } => {
                let blocks = open.blocks;
                self.push(Block::Footnote { label, blocks }, range);
            }
            ContainerKind::Item { ticked } => {
                let at = self.origin.place(range);
                if let Some(OpenContainer {
                    kind: ContainerKind::List { items, .. },
                    ..
                }) = self.open.last_mut()
                {
                    items.push(ListItem {
                        ticked,
                        blocks: open.blocks,
                        at,
                    });
                }
            }
            ContainerKind::Page => {}
        }
    }

    /// Ticks the item that is being read.
    pub(super) fn tick(&mut self, done: bool) {
        if let Some(OpenContainer {
            kind: ContainerKind::Item { ticked },
            ..
        }) = self.open.last_mut()
            && self.flat == 0
        {
            *ticked = Some(done);
        }
    }

    /// Puts a finished block where it belongs; only those of the page itself have a place of their own.
    pub(super) fn push(&mut self, block: Block, range: &Range<usize>) {
        let outermost = self.open.len() == 1;
        if let Some(open) = self.open.last_mut() {
            open.blocks.push(block);
        }
        if outermost {
            let at = self.origin.place(range);
            self.places.push(at);
        }
    }
}
