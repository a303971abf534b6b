//! Markdown becomes a [`Doc`]: the index of events, each arm one call into the room of its construct.
//!
//! No recursion over events, nesting is flattened below [`crate::pack::doc::MAX_DEPTH`]; every text is cleaned after entities are
//! decoded; places count from the start of the file; a page holds at most [`builder::MAX_TEXT`] bytes. Metadata and definition
//! lists stay off: the former is quadratic, the latter yields ranges inside characters.

mod block;
mod builder;
mod inline;
mod link;
mod table;

use std::ops::Range;

use builder::{ContainerKind, DocBuilder, LeafKind, Origin};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::pack::doc::{Block, Doc};
use crate::pack::notes::Notes;
use crate::text::{ByteRange as Bytes, SafeText};

/// A parsed body: its meaning, and where each of its outermost blocks stands in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParsedBody {
    /// The meaning.
    pub doc: Doc,
    /// One per block of the page.
    pub places: Vec<Bytes>,
}

/// Parses the body of a file.
pub fn page(source: &str, body: Range<usize>, notes: &mut Notes) -> ParsedBody {
    let text = source.get(body.clone()).unwrap_or("");
    DocBuilder::new(
        Origin::Body {
            text,
            start: body.start,
        },
        notes,
    )
    .run(text)
}

/// Parses markdown that stands in a front matter value; all its places are that value's.
pub fn fragment(text: &str, at: Bytes, notes: &mut Notes) -> Doc {
    DocBuilder::new(Origin::Value(at), notes).run(text).doc
}

/// The constructs that are understood beyond CommonMark.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

impl<'s, 'n> DocBuilder<'s, 'n> {
    fn run(mut self, text: &str) -> ParsedBody {
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            self.event(event, range);
        }
        self.close_implicit();
        let blocks = self
            .open
            .into_iter()
            .next()
            .map(|page| page.blocks)
            .unwrap_or_default();
        ParsedBody {
            doc: Doc {
                blocks,
                links: self.links,
            },
            places: self.places,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(text) => self.code(&text, &range),
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text, &range),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, &range),
            Event::FootnoteReference(label) => self.text(&format!("[{label}]"), &range),
            Event::SoftBreak => self.text(" ", &range),
            Event::HardBreak => self.text("\n", &range),
            Event::Rule => {
                self.close_implicit();
                self.push(Block::Rule, &range);
            }
            Event::TaskListMarker(ticked) => self.tick(ticked),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open_leaf(LeafKind::Paragraph, &range),
            Tag::Heading { level, .. } => self.open_leaf(LeafKind::Heading(level as u8), &range),
            Tag::HtmlBlock => self.open_leaf(LeafKind::Paragraph, &range),
            Tag::CodeBlock(kind) => self.open_leaf(LeafKind::code(&kind), &range),
            Tag::BlockQuote(_) => self.open_container(ContainerKind::Quote, &range),
            Tag::List(start) => self.open_container(
                ContainerKind::List {
                    start,
                    items: Vec::new(),
                },
                &range,
            ),
            Tag::Item => self.open_container(ContainerKind::Item { ticked: None }, &range),
            Tag::FootnoteDefinition(label) => {
                let label = SafeText::line(&label);
                self.open_container(ContainerKind::Footnote { label }, &range)
            }
            Tag::Table(aligns) => self.open_table(&aligns, &range),
            Tag::TableHead | Tag::TableRow => {}
            Tag::TableCell => self.open_leaf(LeafKind::Cell, &range),
            Tag::Emphasis => self.mark(1, &range, |depth| &mut depth.emphasis),
            Tag::Strong => self.mark(1, &range, |depth| &mut depth.strong),
            Tag::Strikethrough => self.mark(1, &range, |depth| &mut depth.strike),
            Tag::Link { dest_url, .. } => self.open_link(&dest_url, &range),
            Tag::Image { dest_url, .. } => self.open_image(&dest_url, &range),
            // These need options that stay off.
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::HtmlBlock | TagEnd::CodeBlock => {
                self.close_leaf(&range)
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.close_container(&range);
            }
            TagEnd::Table => self.close_table(&range),
            TagEnd::TableHead => self.close_head(),
            TagEnd::TableRow => self.close_row(),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Emphasis => self.mark(-1, &range, |depth| &mut depth.emphasis),
            TagEnd::Strong => self.mark(-1, &range, |depth| &mut depth.strong),
            TagEnd::Strikethrough => self.mark(-1, &range, |depth| &mut depth.strike),
            TagEnd::Link | TagEnd::Image => self.close_link(&range),
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::MetadataBlock(_) => {}
            TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => {}
        }
    }
}

#[cfg(test)]
mod tests;
