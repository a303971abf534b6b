//! Containers: quotes, lists, items and footnotes, and the blocks that end up in them.
//! What is nested too deep loses its container, never its words.

use pulldown_cmark::BlockQuoteKind;

use crate::pack::doc::{Block, ListItem, Marks, Span};
use crate::text::SafeText;

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

/// The first paragraph of an alert, which says what kind it is.
pub(super) fn alert_name(kind: BlockQuoteKind) -> Block {
    let word = match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    };
    let marks = Marks {
        strong: true,
        ..Marks::default()
    };
    let (text, link) = (SafeText::ours(word), None);
    Block::Paragraph(vec![Span { text, marks, link }])
}
