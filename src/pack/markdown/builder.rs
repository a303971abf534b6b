//! The builder of a [`Doc`]: what is open while the events of a page go by, and what each of them does to it.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::pack::doc::{Align, Block, Doc, Link, LinkTarget, ListItem, MAX_DEPTH, Span, plain};
use crate::pack::markdown::block::{ContainerKind, OpenContainer, alert_name};
use crate::pack::markdown::inline::{Depth, Leaf, LeafKind, trimmed};
use crate::pack::markdown::link::resolve;
use crate::pack::markdown::origin::Origin;
use crate::pack::markdown::table::{CELL_COST, MAX_COLUMNS, TableBuilder, filled};
use crate::pack::markdown::unmeant::{self, without_comments};
use crate::pack::notes::{Notes, Outgoing};
use crate::safe;
use crate::text::measure::quoted;
use crate::text::measure::slug;
use crate::text::{ByteRange as Bytes, SafeText, Url};

/// Most text that a page holds, in bytes; link targets and table cells count as well.
pub(super) const MAX_TEXT: usize = 4 << 20;

/// A parsed body: its meaning, and where each of its outermost blocks stands in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParsedBody {
    pub doc: Doc,
    /// One per block of the page.
    pub places: Vec<Bytes>,
}

/// The constructs that are understood beyond CommonMark.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// What is open while events come in.
pub(super) struct DocBuilder<'s, 'n> {
    origin: Origin<'s>,
    notes: &'n mut Notes,
    /// Quotes, lists, items and footnotes that are open; the page itself is first.
    open: Vec<OpenContainer>,
    /// Open quotes, lists and footnotes.
    depth: usize,
    /// Containers that are open but too deep to be kept.
    flat: usize,
    leaf: Option<Leaf>,
    table: Option<TableBuilder>,
    links: Vec<Link>,
    places: Vec<Bytes>,
    bytes_left: usize,
    full: bool,
    deep: bool,
    /// A definition list was met, and said.
    defines: bool,
    /// Anchors that headings have, each with the number that the next of its words gets.
    anchors: HashMap<String, usize>,
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
            bytes_left: MAX_TEXT,
            full: false,
            deep: false,
            defines: false,
            anchors: HashMap::new(),
        }
    }

    pub(super) fn run(mut self, text: &str) -> ParsedBody {
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            self.event(event, range);
        }
        self.close_implicit();
        let (links, places) = (self.links, self.places);
        let page = self.open.into_iter().next();
        let blocks = page.map(|page| page.blocks).unwrap_or_default();
        ParsedBody {
            doc: Doc { blocks, links },
            places,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(text) => self.code(&text, &range),
            // Shown as it is written but for comments: dropping tags would lose text.
            Event::Html(text) => self.text(&text, &range),
            Event::InlineHtml(text) => self.inline_html(&text, &range),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, &range),
            Event::FootnoteReference(label) => self.text(&format!("[{label}]"), &range),
            Event::SoftBreak => self.soft_break(&range),
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
            Tag::HtmlBlock => self.open_leaf(LeafKind::Html, &range),
            Tag::CodeBlock(kind) => self.open_leaf(LeafKind::code(&kind), &range),
            Tag::BlockQuote(kind) => {
                self.open_container(ContainerKind::Quote, &range);
                self.alert(kind, &range);
            }
            Tag::List(start) => {
                let items = Vec::new();
                self.open_container(ContainerKind::List { start, items }, &range)
            }
            Tag::Item => self.open_container(ContainerKind::Item { ticked: None }, &range),
            Tag::FootnoteDefinition(label) => {
                let label = SafeText::line(&label);
                self.open_container(ContainerKind::Footnote { label }, &range)
            }
            Tag::Table(aligns) => self.open_table(&aligns, &range),
            Tag::TableCell => self.open_leaf(LeafKind::Cell, &range),
            Tag::Emphasis => self.mark(1, &range, |depth| &mut depth.emphasis),
            Tag::Strong => self.mark(1, &range, |depth| &mut depth.strong),
            Tag::Strikethrough => self.mark(1, &range, |depth| &mut depth.strike),
            Tag::Link {
                link_type: LinkType::Email,
                dest_url,
                ..
            } => self.open_mail(&dest_url, &range),
            Tag::Link { dest_url, .. } => self.open_link(&dest_url, &range),
            Tag::Image { dest_url, .. } => self.open_image(&dest_url, &range),
            // These need options that stay off.
            _ => {}
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
            TagEnd::Link => self.close_link(&range),
            TagEnd::Image => self.close_image(&range),
            _ => {}
        }
    }

    /// Takes room for some bytes. When there is none left, the page ends here for the reader, and that is said once.
    fn take(&mut self, bytes: usize, range: &Range<usize>) -> bool {
        if self.full {
            return false;
        }
        if let Some(left) = self.bytes_left.checked_sub(bytes) {
            self.bytes_left = left;
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

/// Containers and the blocks in them.
impl DocBuilder<'_, '_> {
    fn open_container(&mut self, kind: ContainerKind, range: &Range<usize>) {
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

    fn close_container(&mut self, range: &Range<usize>) {
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
                let (blocks, at) = (open.blocks, self.origin.place(range));
                let list = self.open.last_mut().map(|open| &mut open.kind);
                if let Some(ContainerKind::List { items, .. }) = list {
                    items.push(ListItem { ticked, blocks, at });
                }
            }
            ContainerKind::Page => {}
        }
    }

    /// An alert is a quote that begins with its name.
    fn alert(&mut self, kind: Option<BlockQuoteKind>, range: &Range<usize>) {
        if let Some(kind) = kind {
            self.push(alert_name(kind), range);
        }
    }

    /// Ticks the item that is being read.
    fn tick(&mut self, done: bool) {
        let item = self.open.last_mut().map(|open| &mut open.kind);
        if let Some(ContainerKind::Item { ticked }) = item
            && self.flat == 0
        {
            *ticked = Some(done);
        }
    }

    /// Puts a finished block where it belongs; only those of the page itself have a place of their own.
    fn push(&mut self, block: Block, range: &Range<usize>) {
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

/// Leaves.
impl DocBuilder<'_, '_> {
    fn open_leaf(&mut self, kind: LeafKind, range: &Range<usize>) {
        self.close_implicit();
        self.leaf = Some(Leaf::new(kind, range.start));
    }

    /// The leaf that text goes to; a tight list item gets a paragraph here.
    fn leaf(&mut self, range: &Range<usize>) -> &mut Leaf {
        let leaf = self
            .leaf
            .get_or_insert_with(|| Leaf::new(LeafKind::Implicit, range.start));
        leaf.end = range.end;
        leaf
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        if self.take(text.len(), range) {
            self.leaf(range).add(text, false);
        }
    }

    /// A line of the file ends and the paragraph goes on.
    fn soft_break(&mut self, range: &Range<usize>) {
        self.text(" ", range);
        self.leaf(range).breaks = true;
    }

    /// A comment is for authors; any other tag is shown as it is typed.
    fn inline_html(&mut self, text: &str, range: &Range<usize>) {
        let (shown, is_comment) = without_comments(text);
        let is_tag = !shown.starts_with("</") && !shown.is_empty();
        unmeant::say_html(&self.origin, self.notes, range, (is_comment, is_tag));
        self.text(&shown, range);
    }

    fn code(&mut self, text: &str, range: &Range<usize>) {
        if self.take(text.len(), range) {
            self.leaf(range).add(text, true);
        }
    }

    fn mark(&mut self, by: i32, range: &Range<usize>, which: impl Fn(&mut Depth) -> &mut i32) {
        *which(&mut self.leaf(range).depth) += by;
    }

    fn push_link(&mut self, link: Option<u16>, range: &Range<usize>) {
        self.leaf(&(range.start..range.start)).links.push(link);
    }

    /// Ends a link or image. One without words gets some, or nobody could follow it.
    fn pop_link(&mut self, words: &str, range: &Range<usize>) {
        let leaf = self.leaf(range);
        let link = leaf.link();
        let silent = link.is_some() && leaf.runs.last().is_none_or(|run| run.link != link);
        if silent {
            leaf.add(words, false);
        }
        leaf.links.pop();
    }

    fn close_implicit(&mut self) {
        if let Some(leaf) = &self.leaf
            && matches!(leaf.kind, LeafKind::Implicit)
        {
            let range = leaf.start..leaf.end;
            self.close_leaf(&range);
        }
    }

    fn close_leaf(&mut self, range: &Range<usize>) {
        let Some(mut leaf) = self.leaf.take() else {
            return;
        };
        if matches!(
            leaf.kind,
            LeafKind::Paragraph | LeafKind::Implicit | LeafKind::Heading(_)
        ) {
            unmeant::say_footnotes(&self.origin, self.notes, &leaf, range);
            if leaf.defines && !self.defines {
                self.defines = true;
                unmeant::say_definitions(&self.origin, self.notes, range);
            }
        }
        let block = match std::mem::replace(&mut leaf.kind, LeafKind::Implicit) {
            LeafKind::Html => {
                let (shown, is_comment) = without_comments(&leaf.raw());
                let shown = shown.trim();
                let found = (is_comment, !shown.is_empty());
                unmeant::say_html(&self.origin, self.notes, range, found);
                let text = SafeText::from(shown.to_owned());
                let span = (!text.is_empty()).then(|| Span {
                    text,
                    ..Span::default()
                });
                Block::Paragraph(span.into_iter().collect())
            }
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
        let anchor = self.anchor(&slug(&plain(&spans)));
        self.notes
            .headings
            .push((anchor.clone(), self.origin.place(range)));
        Block::Heading {
            level,
            spans,
            anchor,
        }
    }

    /// An anchor of its own for every heading: the second of a name gets `-1`, as forges do.
    fn anchor(&mut self, slug: &str) -> String {
        let Some(mut next) = self.anchors.get(slug).copied() else {
            self.anchors.insert(slug.to_owned(), 1);
            return slug.to_owned();
        };
        let free = loop {
            let numbered = format!("{slug}-{next}");
            next += 1;
            if !self.anchors.contains_key(&numbered) {
                break numbered;
            }
        };
        self.anchors.insert(slug.to_owned(), next);
        self.anchors.insert(free.clone(), 1);
        free
    }

    /// Takes the cell that was just closed.
    fn take_cell(&mut self) -> Vec<Span> {
        self.leaf
            .take()
            .map(|leaf| trimmed(leaf.spans()))
            .unwrap_or_default()
    }
}

/// Links.
impl DocBuilder<'_, '_> {
    fn open_link(&mut self, dest: &str, range: &Range<usize>) {
        if mail_address(dest).is_some() {
            return self.open_mail(dest, range);
        }
        let at = self.origin.place(range);
        let target = resolve(dest, &self.notes.path).unwrap_or_else(|fault| {
            self.notes.error(fault.code, &at, fault.message, fault.help);
            LinkTarget::Nowhere(quoted(dest))
        });
        match &target {
            LinkTarget::Entry(to, anchor) => {
                self.notes.outgoing.push(Outgoing {
                    to: to.clone(),
                    anchor: anchor.clone(),
                    is_key: false,
                    at: at.clone(),
                });
            }
            LinkTarget::Anchor(anchor) => self.notes.anchors.push((anchor.clone(), at.clone())),
            LinkTarget::Web(_) | LinkTarget::Nowhere(_) => {}
        }
        let link = self.add_link(target, dest.len(), range);
        self.push_link(link, range);
    }

    /// A mail address is shown and not followed.
    fn open_mail(&mut self, address: &str, range: &Range<usize>) {
        let bare = mail_address(address).unwrap_or(address);
        unmeant::say_mail(&self.origin, self.notes, bare, range);
        let target = LinkTarget::Nowhere(quoted(address));
        let link = self.add_link(target, address.len(), range);
        self.push_link(link, range);
    }

    /// Ends an image, of which only the words are shown.
    fn close_image(&mut self, range: &Range<usize>) {
        unmeant::say_image(&self.origin, self.notes, range);
        self.close_link(range);
    }

    /// An image is shown as its words; they lead to the picture when that is on the web.
    fn open_image(&mut self, dest: &str, range: &Range<usize>) {
        let outer = self.leaf(&(range.start..range.start)).link();
        let link = match (outer, Url::parse(dest)) {
            (None, Ok(address)) => self.add_link(LinkTarget::Web(address), dest.len(), range),
            (outer, _) => outer,
        };
        self.push_link(link, range);
    }

    fn add_link(&mut self, target: LinkTarget, bytes: usize, range: &Range<usize>) -> Option<u16> {
        let number = u16::try_from(self.links.len()).ok()?;
        if !self.take(bytes, range) {
            return None;
        }
        self.links.push(Link {
            target,
            at: self.origin.place(range),
        });
        Some(number)
    }

    fn close_link(&mut self, range: &Range<usize>) {
        let number = self.leaf(range).link();
        let link = number.and_then(|n| self.links.get(usize::from(n)));
        let target = link.map(|link| &link.target);
        // A mail address whose link has other words stands behind them, since it is not followed.
        let written = self.origin.written(range);
        let mail = if let Some(LinkTarget::Nowhere(to)) = target
            && written.starts_with('[')
            && let Some(address) = mail_address(to)
            && !written.starts_with(&format!("[{address}]"))
        {
            format!(" ({address})")
        } else {
            String::new()
        };
        let words = match target {
            Some(LinkTarget::Entry(address, _)) => address.to_string(),
            Some(LinkTarget::Web(address)) => address.host().to_owned(),
            Some(LinkTarget::Anchor(anchor)) => anchor.clone(),
            Some(LinkTarget::Nowhere(_)) | None => String::new(),
        };
        self.pop_link(&words, range);
        if !mail.is_empty() {
            self.text(&mail, range);
        }
    }
}

/// The address of a link that would write a mail, without what the mail would say.
fn mail_address(dest: &str) -> Option<&str> {
    let (scheme, address) = dest.split_once(':')?;
    let address = address.split('?').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("mailto").then_some(address)
}

/// Tables.
impl DocBuilder<'_, '_> {
    fn open_table(&mut self, aligns: &[Alignment], range: &Range<usize>) {
        self.close_implicit();
        if aligns.len() > MAX_COLUMNS {
            let message = safe!("the table has {} columns", aligns.len());
            let help = safe!("the first {MAX_COLUMNS} are shown; split it");
            self.notes
                .warn("table-wide", &self.origin.place(range), message, help);
        }
        let aligns = aligns.iter().take(MAX_COLUMNS).map(|align| match align {
            Alignment::None | Alignment::Left => Align::Left,
            Alignment::Center => Align::Center,
            Alignment::Right => Align::Right,
        });
        self.table = Some(TableBuilder {
            aligns: aligns.collect(),
            start: range.start,
            ..TableBuilder::default()
        });
    }

    fn close_cell(&mut self) {
        let cell = self.take_cell();
        if let Some(table) = &mut self.table
            && table.row.len() < table.aligns.len()
        {
            table.row.push(cell);
        }
    }

    fn close_head(&mut self) {
        if let Some(table) = &mut self.table {
            table.head = filled(&mut table.row, table.aligns.len());
        }
    }

    /// A row costs room for all its cells, so that short rows of wide tables cannot add up.
    fn close_row(&mut self) {
        let Some((columns, start)) = self
            .table
            .as_ref()
            .map(|table| (table.aligns.len(), table.start))
        else {
            return;
        };
        let fits = self.take(columns * CELL_COST, &(start..start));
        if let Some(table) = &mut self.table {
            let row = filled(&mut table.row, columns);
            table.rows.extend(fits.then_some(row));
        }
    }

    fn close_table(&mut self, range: &Range<usize>) {
        if let Some(TableBuilder {
            aligns, head, rows, ..
        }) = self.table.take()
        {
            self.push(Block::Table { aligns, head, rows }, range);
        }
    }
}
