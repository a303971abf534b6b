//! A list of entries with the page of the chosen one: what the glossary and the references share.
//!
//! The list costs what shows, not what there is. In a narrow window list and entry take turns.

mod arrangement;

use ratatui::layout::Rect;

use self::arrangement::Areas;
pub use self::arrangement::Arrangement;
use crate::app::action::{Action, ListAction, MoveAction, PageAction};
use crate::app::choice::ScreenChoice;
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::msg::Effect;
use crate::app::overlay::{Chooser, CountedRows};
use crate::app::painter::Painter;
use crate::app::route::{Location, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, plain, worded};
use crate::app::widget::{
    FilterChange, FilterField, ListCursor, Pane, Viewport, area, cursor_sign,
};
use crate::core::asking::operators::in_words_of_the_files;
use crate::core::names::NameIndex;
use crate::core::search::Query;
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::pack::{Address, EntryHead, Kind, Library};
use crate::text::fold::fold;
use crate::text::{SafeText, measure};
use crate::views::{self, ViewContext};

/// What makes one such screen different from another.
pub struct ListDetailKind {
    pub entries: Kind,
    /// One of them, and many.
    pub words: (&'static str, &'static str),
    /// The tags of a head that the first filter goes by.
    pub tags: for<'a> fn(&EntryHead<'a>) -> Vec<&'a str>,
    /// What the first filter is called: tag, kind.
    pub tag_word: &'static str,
    /// The stance of a head that the second filter goes by.
    pub stance: Option<for<'a> fn(&EntryHead<'a>) -> Option<&'a str>>,
    pub tag_title: fn(&Library, &str) -> SafeText,
    pub hints: &'static [Hint],
    pub arrangement: Arrangement,
    /// What a row says, in so many cells, of an entry that what was typed finds.
    pub row: fn(&Library, &EntryHead<'_>, usize, &str) -> Row,
    /// What comes before the order of titles; the least first.
    pub rank: fn(&Library, &EntryHead<'_>) -> u32,
}

pub struct ListDetailScreen {
    kind: &'static ListDetailKind,
    list: ListCursor,
    /// Positions among the kind that are shown, in the order they are shown.
    shown: Vec<u32>,
    /// Whether the filters keep something out.
    narrowed: bool,
    /// The order of titles; the order of ids where there are too many to sort while somebody waits.
    order: Option<Vec<u32>>,
    filter: FilterField,
    tag: Option<String>,
    stance: Option<String>,
    names: Option<NameIndex>,
    pane: Pane<Address, (usize, ViewContext)>,
    /// The focus is on the page, and not on the list.
    on_page: bool,
}

/// A title in so many cells, with where what was typed stands, as far as there is room.
pub fn titled(head: &EntryHead<'_>, cells: usize, typed: &str) -> Row {
    let title = measure::cut(&SafeText::line(head.title), cells);
    let mut row = Row::from_runs(vec![Run::new(title, Role::Text)]);
    let room = cells.saturating_sub(row.width() + 2);
    let why = why_found(head, typed).into_iter().flatten();
    if let Some(why) = why.into_iter().find(|why| measure::width(why) <= room) {
        row.add(crate::safe!("  {why}"), Role::Dim);
    }
    row
}

/// Most entries that are sorted by title; more stay in the order of their ids, which is nearly the same.
const SORTED: usize = 20_000;
/// Most entries that typing finds.
const MOST: usize = 1_000;

/// Where what was typed stands, when it does not stand in the title: in words, and in fewer.
fn why_found(head: &EntryHead<'_>, typed: &str) -> Option<[SafeText; 2]> {
    let typed = fold(typed);
    let holds = |text: &str| {
        let text = fold(text);
        typed.split_whitespace().any(|word| text.contains(word))
    };
    if typed.trim().is_empty() || holds(head.title) {
        return None;
    }
    let mut names = head.aliases.split('\n');
    let mut tags = head.tags.split('\n');
    let (long, short) = if let Some(name) = names.find(|name| holds(name)) {
        (
            crate::safe!("also {}", SafeText::line(name)),
            "by another name",
        )
    } else if head.found_by.split('\n').any(holds) {
        // Nobody calls it so.
        (SafeText::ours("found by other words"), "by other words")
    } else if let Some(tag) = tags.find(|tag| holds(tag)) {
        (crate::safe!("tag {}", SafeText::line(tag)), "by a tag")
    } else if holds(head.brief) {
        (SafeText::ours("in its summary"), "in its summary")
    } else {
        (SafeText::ours("letters of its names"), "by letters")
    };
    Some([long, SafeText::ours(short)])
}

/// What is left of a row for words: before them the cursor's sign, behind them air before the mark.
fn row_cells(area: Rect) -> usize {
    usize::from(area.width).saturating_sub(3)
}

impl ListDetailScreen {
    pub fn new(kind: &'static ListDetailKind) -> Self {
        Self {
            kind,
            list: ListCursor::default(),
            shown: Vec::new(),
            narrowed: false,
            order: None,
            filter: FilterField::default(),
            tag: None,
            stance: None,
            names: None,
            pane: Pane::default(),
            on_page: false,
        }
    }

    fn areas(&self, ctx: &ScreenContext) -> Areas {
        let entries = ctx.library.count(self.kind.entries);
        self.kind.arrangement.areas(ctx, entries, self.on_page)
    }

    /// The position among the kind of a row of the list.
    fn position(&self, row: usize) -> Option<usize> {
        self.shown.get(row).map(|n| *n as usize)
    }

    fn row_of(&self, address: &Address, ctx: &ScreenContext) -> Option<usize> {
        let n = ctx.library.position(address)?;
        self.shown.iter().position(|s| *s as usize == n)
    }

    /// All positions in the order of their titles.
    fn ordered(&mut self, ctx: &ScreenContext) -> &[u32] {
        let (kind, rank) = (self.kind.entries, self.kind.rank);
        let count = ctx.library.count(kind);
        self.order.get_or_insert_with(|| {
            let mut order: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
            if count <= SORTED {
                order.sort_by_cached_key(|n| {
                    let head = ctx.library.head(kind, *n as usize);
                    (rank(ctx.library, &head), fold(head.title))
                });
            }
            order
        })
    }

    fn head<'a>(&self, row: usize, ctx: &ScreenContext<'a>) -> Option<EntryHead<'a>> {
        let n = self.position(row)?;
        (n < ctx.library.count(self.kind.entries)).then(|| ctx.library.head(self.kind.entries, n))
    }

    fn chosen(&self, ctx: &ScreenContext) -> Option<Address> {
        self.head(self.list.cursor, ctx)
            .and_then(|h| Address::new(self.kind.entries, h.id))
    }

    /// Puts the cursor on an entry; filters that hide it are taken off.
    fn choose(&mut self, address: &Address, ctx: &ScreenContext) {
        if ctx.library.position(address).is_none() {
            return;
        }
        if self.order.is_none() || self.row_of(address, ctx).is_none() {
            self.clear_filters();
            self.narrow(ctx);
        }
        self.list.cursor = self.row_of(address, ctx).unwrap_or(0);
    }

    fn clear_filters(&mut self) {
        self.filter.field.set("");
        self.tag = None;
        self.stance = None;
    }

    /// Applies the filters; the cursor stays on its entry when that still shows.
    fn narrow(&mut self, ctx: &ScreenContext) {
        let before = self.chosen(ctx);
        let typed = self.filter.field.value().trim().to_owned();
        let kind = self.kind;
        self.narrowed = !typed.is_empty() || self.tag.is_some() || self.stance.is_some();
        let mut rows = match typed.as_str() {
            "" => self.ordered(ctx).to_vec(),
            typed => self.matching(typed, ctx),
        };
        if self.tag.is_some() || self.stance.is_some() {
            rows.retain(|n| {
                let head = ctx.library.head(kind.entries, *n as usize);
                let tags = (kind.tags)(&head);
                let stance = kind.stance.and_then(|of| of(&head));
                self.tag.as_deref().is_none_or(|t| tags.contains(&t))
                    && self.stance.as_deref().is_none_or(|s| stance == Some(s))
            });
        }
        self.shown = rows;
        self.list = ListCursor::new(self.shown.len());
        if typed.is_empty()
            && let Some(row) = before.and_then(|address| self.row_of(&address, ctx))
        {
            self.list.cursor = row;
        }
    }

    /// What the typed words find, best first: by the ranked search, or, until its index is there, by plain names.
    fn matching(&mut self, typed: &str, ctx: &ScreenContext) -> Vec<u32> {
        let kind = self.kind.entries;
        match ctx.index {
            Some(index) => {
                let things = &ctx.library.pack().subject.things;
                let typed = in_words_of_the_files(typed, things);
                index.narrow(&Query::parse(&typed), kind, MOST)
            }
            None => self
                .names
                .get_or_insert_with(|| NameIndex::of(ctx.library, kind))
                .matching(typed),
        }
    }

    /// A chooser over the tags or stances there are, with their counts.
    fn tag_chooser(&self, ctx: &ScreenContext, stance: bool) -> Chooser {
        let kind = self.kind;
        let heads = (0..ctx.library.count(kind.entries)).map(|n| ctx.library.head(kind.entries, n));
        let named: Vec<Vec<&str>> = heads
            .map(|head| match (stance, kind.stance) {
                (true, Some(of)) => of(&head).into_iter().collect(),
                (true, None) => Vec::new(),
                (false, _) => (kind.tags)(&head),
            })
            .collect();
        let (word, on) = if stance {
            ("stance", self.stance.clone())
        } else {
            (kind.tag_word, self.tag.clone())
        };
        let choice = if stance {
            ScreenChoice::Stance
        } else {
            ScreenChoice::Tag
        };
        let rows = CountedRows {
            every: crate::safe!("every {word}"),
            all: named.len(),
            about_every: SafeText::ours("Takes the filter off."),
            about: crate::safe!("Shows only this {word}."),
        };
        let title = |tag: &str| (kind.tag_title)(ctx.library, tag);
        let rows = rows.of(named.iter().flatten().copied(), title, choice);
        Chooser::new(crate::safe!("Narrow to a {word}"), rows, "nothing matches").at(choice(on))
    }

    fn view_head(&self, painter: &mut Painter, area: Rect, ctx: &ScreenContext) -> (u16, u16) {
        let room = usize::from(area.width).saturating_sub(8);
        let (row, column) = self.filter.row(room);
        painter.row(area, &row);
        let (one, many) = self.kind.words;
        let total = measure::count(ctx.library.count(self.kind.entries), one, many);
        let mut words = if self.narrowed {
            crate::safe!("{}, of {total}", self.list.place())
        } else {
            let at = (self.list.cursor + 1).min(self.list.len);
            crate::safe!("{} of {total}", measure::thousands(at as u64))
        };
        for narrowed in self.tag.iter().chain(&self.stance) {
            words = crate::safe!("{words} · {}", (self.kind.tag_title)(ctx.library, narrowed));
        }
        if !ctx.library.is_indexed() {
            words = crate::safe!("{words} · reading titles");
        }
        let words = measure::cut(&words, usize::from(area.width));
        painter.text(area::row(area, 1), &words, Role::Dim);
        (area.x + column, area.y)
    }

    fn view_column_heads(&self, painter: &mut Painter, area: Rect) {
        if let Arrangement::Above { heads, .. } = &self.kind.arrangement
            && area.height > 0
        {
            let mut row = heads(row_cells(area));
            row.indent(measure::width(&cursor_sign(false).text));
            painter.row(area, &row);
        }
    }

    fn view_list(
        &self,
        painter: &mut Painter,
        area: Rect,
        ctx: &ScreenContext,
    ) -> Option<(u16, u16)> {
        if self.list.len == 0 && area.height > 0 {
            let words = SafeText::ours(
                "Nothing matches. Enter searches everything, Esc takes the filters off.",
            );
            let width = usize::from(area.width).max(1);
            let rows = wrap(&[Run::new(words, Role::Dim)], width, 0, 0);
            painter.rows(area, &rows);
            return None;
        }
        let focus = if self.on_page {
            Role::Strong
        } else {
            Role::Focus
        };
        self.list.view(painter, area, focus, |row, on| {
            let head = self.head(row, ctx)?;
            let typed = self.filter.field.value();
            let mut row = (self.kind.row)(ctx.library, &head, row_cells(area), typed);
            row.runs.insert(0, cursor_sign(on));
            Some(row)
        })
    }

    fn list_action(&mut self, action: ListAction, ctx: &ScreenContext) -> Response {
        match action {
            ListAction::Filter => {
                self.filter.typing = true;
                self.on_page = false;
                Response::effect(Effect::Index)
            }
            ListAction::Tag => Response::open(self.tag_chooser(ctx, false)),
            ListAction::Stance if self.kind.stance.is_some() => {
                Response::open(self.tag_chooser(ctx, true))
            }
            ListAction::Stance => Response::toast("terms take no stance; references do"),
        }
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        let no_page = self.areas(ctx).page.height == 0;
        match to {
            MoveAction::Left if self.on_page => self.on_page = false,
            MoveAction::Right | MoveAction::Enter if !self.on_page && self.list.len > 0 => {
                self.on_page = true
            }
            MoveAction::Up if !self.on_page && self.list.cursor == 0 && count.is_none() => {
                return self.list_action(ListAction::Filter, ctx);
            }
            MoveAction::Down | MoveAction::Up | MoveAction::Top | MoveAction::Bottom
                if !self.on_page =>
            {
                self.list.moved(to, count);
            }
            _ if !self.on_page && no_page => {
                self.list.moved(to, count);
            }
            _ => {
                self.pane.viewport.moved(to, count);
            }
        }
        Response::done()
    }
}

impl Screen for ListDetailScreen {
    fn offers(&self, action: Action, ctx: &ScreenContext) -> bool {
        match action {
            Action::List(ListAction::Stance) => self.kind.stance.is_some(),
            Action::List(ListAction::Tag) => {
                self.kind.entries != Kind::Terms || !ctx.library.pack().tags.is_empty()
            }
            _ => true,
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        if !self.on_page {
            return self.kind.hints.to_vec();
        }
        use PageAction::{Contents, Copy, Find, NextLink, Peek, Source};
        let page = [NextLink, Peek, Find, Source, Copy, Contents];
        let mut hints = vec![
            worded(Action::Move(MoveAction::PageDown), "page"),
            worded(Action::Move(MoveAction::Left), "list"),
        ];
        hints.extend(page.map(|p| plain(Action::Page(p))));
        hints
    }

    fn on_action(&mut self, action: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match action {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::List(action) => self.list_action(action, ctx),
            Action::Page(PageAction::Find) if !self.on_page => {
                self.list_action(ListAction::Filter, ctx)
            }
            _ => Response::ignored(),
        }
    }

    fn on_choice(&mut self, choice: ScreenChoice, ctx: &ScreenContext) -> Response {
        match choice {
            ScreenChoice::Tag(tag) => self.tag = tag,
            ScreenChoice::Stance(stance) => self.stance = stance,
            _ => return Response::ignored(),
        }
        self.on_page = false;
        self.narrow(ctx);
        Response::done()
    }

    fn on_enter(&mut self, to: &Location, ctx: &ScreenContext) -> Response {
        if let Some(address) = to.route.address() {
            // Within the screen one comes from page to page; from another, it is as it was left.
            let is_another = self.order.is_some() && self.chosen(ctx).as_ref() != Some(address);
            self.choose(address, ctx);
            let is_page = |at: ScrollPosition| is_another || at.is_scrolled();
            self.on_page |= to.position.is_none_or(is_page);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        if self.order.is_none() {
            self.narrow(ctx);
        }
        self.list.len = self.shown.len();
        let areas = self.areas(ctx);
        self.list.layout(usize::from(areas.list.height));
        let width = usize::from(areas.page.width);
        match self.chosen(ctx).filter(|_| width > 0) {
            Some(address) => {
                let options = (width, ctx.view.clone());
                let page = |address: &Address, (width, view): &(usize, ViewContext)| {
                    views::entry::page(ctx.library, address, *width, view)
                };
                self.pane.show(address, options, areas.page, page);
            }
            None => self.pane.viewport.layout(areas.page),
        }
    }

    fn viewport(&mut self) -> &mut Viewport {
        &mut self.pane.viewport
    }

    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let areas = self.areas(ctx);
        let mut cursor = None;
        if areas.head.height > 0 {
            let field = self.view_head(painter, areas.head, ctx);
            self.view_column_heads(painter, areas.column_heads);
            let row = self.view_list(painter, areas.list, ctx);
            cursor = if self.filter.typing { Some(field) } else { row };
        }
        if areas.page.width > 0 && self.list.len > 0 {
            let link = self.pane.viewport.view(painter);
            if self.on_page || link.is_some() {
                cursor = link.or(Some((areas.page.x, areas.page.y)));
            }
        }
        cursor
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let areas = self.areas(ctx);
        let at = (column, row).into();
        self.filter.typing = areas.head.contains(at);
        if areas.list.contains(at) {
            if self.list.click(usize::from(row - areas.list.y)) {
                self.on_page = false;
            }
        } else if self.filter.typing {
            return Response::effect(Effect::Index);
        } else if areas.page.contains(at) {
            self.on_page = true;
        }
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32, column: u16, row: u16) {
        if self.pane.viewport.area.contains((column, row).into()) {
            self.pane.viewport.scroll(rows);
        } else {
            self.list.scroll(rows);
        }
    }

    fn on_key(&mut self, key: Key, ctx: &ScreenContext) -> Response {
        if let Some(search) = self.filter.searches_on(key, self.list.len) {
            return search;
        }
        match self.filter.on_key(key) {
            FilterChange::Ignored => return Response::ignored(),
            FilterChange::Same => {}
            FilterChange::Typed => self.narrow(ctx),
            FilterChange::Cleared => {
                self.clear_filters();
                self.narrow(ctx);
            }
        }
        Response::done()
    }

    fn typing(&self) -> bool {
        self.filter.typing
    }

    fn on_paste(&mut self, text: &SafeText, ctx: &ScreenContext) {
        self.filter.field.paste(text);
        self.narrow(ctx);
    }

    fn address(&self, ctx: &ScreenContext) -> Option<Address> {
        self.chosen(ctx)
    }

    fn on_close(&mut self) -> Response {
        if std::mem::take(&mut self.filter.typing) {
            return Response::done();
        }
        Response::ignored()
    }

    fn on_index(&mut self, ctx: &ScreenContext) {
        if !self.filter.field.value().trim().is_empty() {
            self.narrow(ctx);
        }
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        self.names = None;
        if self.order.take().is_none() {
            return;
        }
        self.ordered(ctx);
        let kept = self.pane.subject().cloned();
        self.pane.invalidate();
        self.narrow(ctx);
        if let Some(row) = kept.and_then(|address| self.row_of(&address, ctx)) {
            self.list.cursor = row;
        }
    }
}

#[cfg(test)]
mod tests;
