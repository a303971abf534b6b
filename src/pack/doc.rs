//! A page's meaning, freed from markdown: blocks of styled spans, with links resolved to what they name.
//! Nesting is at most [`MAX_DEPTH`] deep, every text is safe, and every link has a target and a place in its file.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::pack::address::Address;
use crate::text::{ByteRange as Bytes, SafeText, Url};

/// Deepest nesting of lists and quotes that is kept; deeper markdown is flattened and reported.
pub const MAX_DEPTH: usize = 32;

/// A piece of a page: blocks, and the links their spans refer to by number.
#[derive(Clone, Default, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Doc {
    pub blocks: Vec<Block>,
    /// Link targets; [`Span::link`] is an index into this.
    pub links: Vec<Link>,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Block {
    Heading {
        /// 1 to 6.
        level: u8,
        spans: Vec<Span>,
        /// Its anchor, see [`crate::text::measure::slug`].
        anchor: String,
    },
    Paragraph(Vec<Span>),
    /// A list; ordered when it has a first number.
    List {
        /// First number of an ordered list.
        start: Option<u64>,
        items: Vec<ListItem>,
    },
    Quote(Vec<Block>),
    /// A code block, tabs and newlines kept as written.
    Code {
        /// What stands behind the fence, its language first; empty when there is nothing.
        language: SafeText,
        /// The lines, without a last newline.
        text: SafeText,
    },
    /// A table; every row has as many cells as the head.
    Table {
        aligns: Vec<Align>,
        head: Vec<Vec<Span>>,
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A thematic break.
    Rule,
    Footnote {
        label: SafeText,
        blocks: Vec<Block>,
    },
}

#[derive(Clone, Default, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct ListItem {
    /// For a task item: ticked or not.
    pub ticked: Option<bool>,
    pub blocks: Vec<Block>,
    pub at: Bytes,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

#[derive(Clone, Default, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Span {
    /// The letters; a hard line break is a newline.
    pub text: SafeText,
    pub marks: Marks,
    /// The link they belong to, an index into [`Doc::links`].
    pub link: Option<u16>,
}

/// Emphasis and such, as flags.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Marks {
    pub emphasis: bool,
    pub strong: bool,
    pub code: bool,
    pub strike: bool,
}

/// A link: where it leads, and where it is written.
#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Link {
    pub target: LinkTarget,
    /// The bytes of the whole link in its file.
    pub at: Bytes,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub enum LinkTarget {
    /// An entry of the pack, perhaps at a heading.
    Entry(Address, Option<String>),
    /// A heading of the same page.
    Anchor(String),
    Web(Url),
    /// Something that cannot be followed; shown as plain text, reported by `check`.
    Nowhere(SafeText),
}

impl Doc {
    /// True when there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Splits at headings of level 2: what stands before the first, then each heading's words with what follows it.
    /// Every part keeps the links it uses, numbered anew.
    pub fn sections(&self) -> (Doc, Vec<(SafeText, Doc)>) {
        let mut intro = Vec::new();
        let mut parts: Vec<(SafeText, Vec<Block>)> = Vec::new();
        for block in &self.blocks {
            match (block, parts.last_mut()) {
                (
                    Block::Heading {
                        level: 2, spans, ..
                    },
                    _,
                ) => parts.push((plain(spans), Vec::new())),
                (other, Some((_, part))) => part.push(other.clone()),
                (other, None) => intro.push(other.clone()),
            }
        }
        let parts = parts
            .into_iter()
            .map(|(title, blocks)| (title, Self::piece(blocks, &self.links)))
            .collect();
        (Self::piece(intro, &self.links), parts)
    }

    /// A page of its own from some blocks of a page: it keeps the links they use, numbered anew. Links are numbered in
    /// reading order, so neighboring blocks use neighboring links.
    pub(crate) fn piece(mut blocks: Vec<Block>, links: &[Link]) -> Self {
        let (mut first, mut end) = (usize::MAX, 0);
        each_span(&mut blocks, &mut |span| {
            if let Some(link) = span.link {
                first = first.min(usize::from(link));
                end = end.max(usize::from(link) + 1);
            }
        });
        let links = links.get(first.min(end)..end).unwrap_or_default().to_vec();
        each_span(&mut blocks, &mut |span| {
            span.link = span
                .link
                .and_then(|link| u16::try_from(usize::from(link) - first).ok());
        });
        Self { blocks, links }
    }

    /// All words of the page, blocks parted by newlines; for search and excerpts.
    pub fn text(&self) -> SafeText {
        let mut out = SafeText::default();
        for block in &self.blocks {
            block_text(block, &mut out);
        }
        out
    }
}

impl Serialize for Doc {
    /// Its words, and the addresses its links lead to.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let address = |link: &Link| match &link.target {
            LinkTarget::Entry(address, _) => Some(address.to_string()),
            LinkTarget::Web(url) => Some(url.to_string()),
            LinkTarget::Anchor(_) | LinkTarget::Nowhere(_) => None,
        };
        let links: Vec<String> = self.links.iter().filter_map(address).collect();
        let mut object = serializer.serialize_struct("Doc", 2)?;
        object.serialize_field("text", &self.text())?;
        object.serialize_field("links", &links)?;
        object.end()
    }
}

pub fn plain(spans: &[Span]) -> SafeText {
    SafeText::join(spans.iter().map(|s| &s.text), "")
}

/// Visits every span, in reading order. Nesting is bounded by [`MAX_DEPTH`], so the recursion is.
fn each_span(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Span)) {
    for block in blocks {
        match block {
            Block::Heading { spans, .. } | Block::Paragraph(spans) => {
                spans.iter_mut().for_each(&mut *visit)
            }
            Block::List { items, .. } => items
                .iter_mut()
                .for_each(|item| each_span(&mut item.blocks, visit)),
            Block::Quote(blocks) | Block::Footnote { blocks, .. } => each_span(blocks, visit),
            Block::Table { head, rows, .. } => {
                head.iter_mut()
                    .chain(rows.iter_mut().flatten())
                    .flatten()
                    .for_each(&mut *visit);
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

fn block_text(block: &Block, out: &mut SafeText) {
    let mut line = |text: &SafeText| {
        if !out.is_empty() {
            out.push(&SafeText::ours("\n"));
        }
        out.push(text);
    };
    match block {
        Block::Heading { spans, .. } | Block::Paragraph(spans) => line(&plain(spans)),
        Block::Code { text, .. } => line(text),
        Block::Table { head, rows, .. } => {
            for row in std::iter::once(head).chain(rows) {
                let cells: Vec<SafeText> = row.iter().map(|c| plain(c)).collect();
                line(&SafeText::join(&cells, " "));
            }
        }
        Block::List { items, .. } => items
            .iter()
            .flat_map(|i| &i.blocks)
            .for_each(|b| block_text(b, out)),
        Block::Quote(blocks) | Block::Footnote { blocks, .. } => {
            blocks.iter().for_each(|b| block_text(b, out))
        }
        Block::Rule => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str, link: Option<u16>) -> Block {
        Block::Paragraph(vec![Span {
            text: text.into(),
            link,
            ..Span::default()
        }])
    }

    fn link(anchor: &str) -> Link {
        Link {
            target: LinkTarget::Anchor(anchor.to_owned()),
            at: 0..1,
        }
    }

    #[test]
    fn sections_keep_the_links_they_use() {
        let heading = |text: &str| Block::Heading {
            level: 2,
            spans: vec![Span {
                text: text.into(),
                ..Span::default()
            }],
            anchor: String::new(),
        };
        let blocks = vec![
            paragraph("a", Some(0)),
            heading("One"),
            Block::Quote(vec![paragraph("b", Some(1)), paragraph("c", Some(2))]),
            heading("Two"),
            paragraph("d", None),
        ];
        let doc = Doc {
            blocks,
            links: vec![link("0"), link("1"), link("2")],
        };
        let (intro, parts) = doc.sections();
        assert_eq!(
            intro,
            Doc {
                blocks: vec![paragraph("a", Some(0))],
                links: vec![link("0")]
            }
        );
        let one = Block::Quote(vec![paragraph("b", Some(0)), paragraph("c", Some(1))]);
        assert_eq!(
            parts[0],
            (
                "One".into(),
                Doc {
                    blocks: vec![one],
                    links: vec![link("1"), link("2")]
                }
            )
        );
        assert_eq!(
            parts[1],
            (
                "Two".into(),
                Doc {
                    blocks: vec![paragraph("d", None)],
                    links: vec![]
                }
            )
        );
        assert_eq!(doc.text().as_str(), "a\nOne\nb\nc\nTwo\nd");
    }
}
