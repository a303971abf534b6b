//! A list of entries with the chosen one beside it: what the glossary and the references share.
//! Promises: the list costs what shows, not what there is; the entry is laid out once per width; in a narrow window list
//! and entry take turns.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::{Action, ListAction, MoveAction, PageAction};
use crate::app::key::{Key, KeyCode};
use crate::app::keymap::Scope;
use crate::app::msg::Effect;
use crate::app::overlay::{Chooser, ChooserAction, ChooserRow};
use crate::app::painter::Painter;
use crate::app::route::{Route, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, inside, plain, worded};
use crate::app::widget::{ListCursor, TextField, Viewport};
use crate::core::names::NameIndex;
use crate::core::search::Query;
use crate::layout::{Role, Row, Run};
use crate::pack::{Address, EntryHead, Kind, Library};
use crate::text::{SafeText, measure};
use crate::views::{self, ViewContext};

/// What makes one shelf different from another.
pub struct ListDetailKind {
    /// The kind on the shelf.
    pub kind: Kind,
    /// One of them, and many.
    pub words: (&'static str, &'static str),
    /// The tags of a head that the first filter goes by.
    pub tags: for<'a> fn(&EntryHead<'a>) -> Vec<&'a str>,
    /// What the first filter is called: tag, kind.
    pub tag_word: &'static str,
    /// The stance of a head that the second filter goes by.
    pub stance: Option<for<'a> fn(&EntryHead<'a>) -> Option<&'a str>>,
    /// A tag's title in the pack.
    pub tag_title: fn(&Library, &str) -> SafeText,
    /// The route of an entry.
    pub route: fn(Option<Address>) -> Route,
    /// The footer.
    pub hints: &'static [Hint],
    /// What part of the width the list takes, as a fraction.
    pub list_share: (u16, u16),
}

/// Which pane has the focus.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum ListDetailFocus {
    #[default]
    List,
    Page,
}

/// The screen.
pub struct ListDetailScreen {
    manner: &'static ListDetailKind,
    list: ListCursor,
    /// Positions among the kind that are shown, in the order they are shown.
    shown: Vec<u32>,
    /// Whether the filters keep something out.
    narrowed: bool,
    /// The order of titles; the order of ids where there are too many to sort while somebody waits.
    order: Option<Vec<u32>>,
    filter: TextField,
    typing: bool,
    tag: Option<String>,
    stance: Option<String>,
    names: Option<NameIndex>,
    reader: Viewport,
    /// What the reader's page is of: entry, width, sight.
    laid: Option<(Address, usize, ViewContext)>,
    focus: ListDetailFocus,
}

/// From this width on, list and entry stand side by side.
const SIDE_BY_SIDE: u16 = 72;
/// Most entries that are sorted by title; more stay in the order of their ids, which is nearly the same.
const SORTED: usize = 20_000;
/// Most entries that typing finds.
const MOST: usize = 1_000;
/// Rows above the list: field, count, air.
const HEAD_ROWS: u16 = 3;

/// The areas of the screen.
struct ListDetailAreas {
    head: Rect,
    list: Rect,
    page: Rect,
}

impl ListDetailScreen {
    /// A shelf with everything on it.
    pub fn new(manner: &'static ListDetailKind) -> Self {
        Self {
            manner,
            list: ListCursor::default(),
            shown: Vec::new(),
            narrowed: false,
            order: None,
            filter: TextField::default(),
            typing: false,
            tag: None,
            stance: None,
            names: None,
            reader: Viewport::default(),
            laid: None,
            focus: ListDetailFocus::default(),
        }
    }

    fn areas(&self, area: Rect) -> ListDetailAreas {
        let body = inside(area);
        let none = Rect {
            width: 0,
            height: 0,
            ..body
        };
        if body.width < SIDE_BY_SIDE {
            return match self.focus {
                ListDetailFocus::List => ListDetailAreas {
                    head: head_of(body),
                    list: list_of(body),
                    page: none,
                },
                ListDetailFocus::Page => ListDetailAreas {
                    head: none,
                    list: none,
                    page: body,
                },
            };
        }
        let (part, whole) = self.manner.list_share;
        let left = Rect {
            width: (body.width * part / whole).clamp(26, 48),
            ..body
        };
        let gap = if body.width >= 100 { 4 } else { 2 };
        let x = left.right() + gap;
        let page = Rect {
            x,
            width: (body.right() - x).min(crate::app::screen::TEXT),
            ..body
        };
        ListDetailAreas {
            head: head_of(left),
            list: list_of(left),
            page,
        }
    }

    /// The position among the kind of a row of the list.
    fn position(&self, row: usize) -> Option<usize> {
        self.shown.get(row).map(|n| *n as usize)
    }

    /// The row of an entry.
    fn row_of(&self, address: &Address, ctx: &ScreenContext) -> Option<usize> {
        let n = ctx.library.position(address)?;
        self.shown.iter().position(|s| *s as usize == n)
    }

    /// All positions in the order of their titles.
    fn ordered(&mut self, ctx: &ScreenContext) -> &[u32] {
        let kind = self.manner.kind;
        let count = ctx.library.count(kind);
        self.order.get_or_insert_with(|| {
            let mut order: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
            if count <= SORTED {
                order.sort_by_cached_key(|n| {
                    measure::fold(ctx.library.head(kind, *n as usize).title)
                });
            }
            order
        })
    }

    fn head<'a>(&self, row: usize, ctx: &ScreenContext<'a>) -> Option<EntryHead<'a>> {
        let n = self.position(row)?;
        (n < ctx.library.count(self.manner.kind)).then(|| ctx.library.head(self.manner.kind, n))
    }

    fn chosen(&self, ctx: &ScreenContext) -> Option<Address> {
        self.head(self.list.cursor, ctx)
            .and_then(|h| Address::new(self.manner.kind, h.id))
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
        let row = self.row_of(address, ctx).unwrap_or(0);
        let height = usize::from(self.areas(ctx.area).list.height);
        self.list.set(row, height.max(1));
    }

    fn clear_filters(&mut self) {
        self.filter.set("");
        self.tag = None;
        self.stance = None;
    }

    /// Applies the filters; the cursor stays on its entry when that still shows.
    fn narrow(&mut self, ctx: &ScreenContext) {
        let before = self.chosen(ctx);
        let typed = self.filter.value().trim().to_owned();
        let manner = self.manner;
        self.narrowed = !typed.is_empty() || self.tag.is_some() || self.stance.is_some();
        let mut rows = match typed.as_str() {
            "" => self.ordered(ctx).to_vec(),
            typed => self.matching(typed, ctx),
        };
        if self.tag.is_some() || self.stance.is_some() {
            rows.retain(|n| {
                let head = ctx.library.head(manner.kind, *n as usize);
                let tagged = self
                    .tag
                    .as_deref()
                    .is_none_or(|t| (manner.tags)(&head).contains(&t));
                let stands = self
                    .stance
                    .as_deref()
                    .is_none_or(|s| manner.stance.and_then(|f| f(&head)) == Some(s));
                tagged && stands
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
        let kind = self.manner.kind;
        match ctx.index {
            Some(index) => index.narrow(&Query::parse(typed), kind, MOST),
            None => self
                .names
                .get_or_insert_with(|| NameIndex::of(ctx.library, kind))
                .matching(typed),
        }
    }

    /// A chooser over the tags or stances there are, with their counts.
    fn tag_chooser(&self, ctx: &ScreenContext, stance: bool) -> Chooser {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for n in 0..ctx.library.count(self.manner.kind) {
            let head = ctx.library.head(self.manner.kind, n);
            let found: Vec<&str> = match (stance, self.manner.stance) {
                (true, Some(of)) => of(&head).into_iter().collect(),
                (true, None) => Vec::new(),
                (false, _) => (self.manner.tags)(&head),
            };
            for tag in found {
                match counts.iter_mut().find(|(t, _)| t == tag) {
                    Some((_, n)) => *n += 1,
                    None => counts.push((tag.to_owned(), 1)),
                }
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let pick = |tag: Option<String>| {
            if stance {
                ChooserAction::Stance(tag)
            } else {
                ChooserAction::Tag(tag)
            }
        };
        let word = if stance {
            "stance"
        } else {
            self.manner.tag_word
        };
        let mut choices = vec![ChooserRow {
            label: crate::safe!("every {word}"),
            aside: crate::safe!("{}", ctx.library.count(self.manner.kind)),
            about: SafeText::ours("Takes the filter off."),
            pick: pick(None),
        }];
        choices.extend(counts.into_iter().map(|(tag, n)| ChooserRow {
            label: (self.manner.tag_title)(ctx.library, &tag),
            aside: crate::safe!("{n}"),
            about: crate::safe!("Shows only this {word}."),
            pick: pick(Some(tag)),
        }));
        let on = if stance {
            self.stance.clone()
        } else {
            self.tag.clone()
        };
        Chooser::new(
            crate::safe!("Narrow to a {word}"),
            choices,
            "nothing matches",
        )
        .at(&pick(on))
    }

    fn view_head(
        &self,
        brush: Painter,
        buf: &mut Buffer,
        area: Rect,
        ctx: &ScreenContext,
    ) -> (u16, u16) {
        let room = usize::from(area.width).saturating_sub(8);
        let (typed, column) = self.filter.shown(room);
        let words = if typed.is_empty() && !self.typing {
            SafeText::ours("F to filter")
        } else {
            typed
        };
        let role = if self.typing { Role::Strong } else { Role::Dim };
        brush.row(
            buf,
            area,
            &Row::from_runs(vec![
                Run::ours("filter  ", Role::Label),
                Run::new(words, role),
            ]),
        );
        let total = measure::count(
            ctx.library.count(self.manner.kind),
            self.manner.words.0,
            self.manner.words.1,
        );
        let shown = measure::thousands(self.shown.len() as u64);
        let mut said = if self.narrowed {
            crate::safe!("{total}, {shown} shown")
        } else {
            total
        };
        for narrowed in [self.tag.as_ref(), self.stance.as_ref()]
            .into_iter()
            .flatten()
        {
            said = crate::safe!(
                "{said} · {}",
                (self.manner.tag_title)(ctx.library, narrowed)
            );
        }
        if !ctx.library.is_indexed() {
            said = crate::safe!("{said} · reading titles");
        }
        let second = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1).min(1),
            ..area
        };
        brush.text(
            buf,
            second,
            &measure::cut(&said, usize::from(area.width)),
            Role::Dim,
        );
        (area.x + 8 + column as u16, area.y)
    }

    fn view_list(
        &self,
        brush: Painter,
        buf: &mut Buffer,
        area: Rect,
        ctx: &ScreenContext,
    ) -> Option<(u16, u16)> {
        if self.list.len == 0 && area.height > 0 {
            let said = SafeText::ours("Nothing matches. Esc takes the filters off.");
            let rows = crate::layout::wrap::wrap(
                &[Run::new(said, Role::Dim)],
                usize::from(area.width).max(1),
                0,
                0,
            );
            brush.rows(buf, area, &rows);
            return None;
        }
        let mut cursor = None;
        for (i, row) in self.list.window(usize::from(area.height)).enumerate() {
            let Some(head) = self.head(row, ctx) else {
                continue;
            };
            let spot = Rect {
                y: area.y + i as u16,
                height: 1,
                ..area
            };
            let on = row == self.list.cursor;
            let sign = if on {
                Run::ours("> ", Role::Focus)
            } else {
                Run::ours("  ", Role::Text)
            };
            let title = measure::cut(
                &SafeText::line(head.title),
                usize::from(area.width).saturating_sub(2),
            );
            brush.row(
                buf,
                spot,
                &Row::from_runs(vec![sign, Run::new(title, Role::Text)]),
            );
            if on {
                brush.tint(
                    buf,
                    spot,
                    if self.focus == ListDetailFocus::List {
                        Role::Focus
                    } else {
                        Role::Strong
                    },
                );
                cursor = Some((spot.x, spot.y));
            }
        }
        cursor
    }

    fn list_act(&mut self, act: ListAction, ctx: &ScreenContext) -> Response {
        match act {
            ListAction::Filter => {
                self.typing = true;
                self.focus = ListDetailFocus::List;
                Response::effect(Effect::Index)
            }
            ListAction::Tag => Response::open(self.tag_chooser(ctx, false)),
            ListAction::Stance if self.manner.stance.is_some() => {
                Response::open(self.tag_chooser(ctx, true))
            }
            ListAction::Stance => {
                Response::toast(SafeText::ours("terms take no stance; references do"))
            }
        }
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        let areas = self.areas(ctx.area);
        let (list, page) = (
            usize::from(areas.list.height),
            usize::from(areas.page.height),
        );
        match (self.focus, to) {
            (ListDetailFocus::Page, MoveAction::Left) => self.focus = ListDetailFocus::List,
            (ListDetailFocus::List, MoveAction::Right | MoveAction::Enter) if self.list.len > 0 => {
                self.focus = ListDetailFocus::Page
            }
            (ListDetailFocus::List, MoveAction::Up) if self.list.cursor == 0 && count.is_none() => {
                return self.list_act(ListAction::Filter, ctx);
            }
            (
                ListDetailFocus::List,
                MoveAction::Down | MoveAction::Up | MoveAction::Top | MoveAction::Bottom,
            ) => {
                self.list.moved(to, count, list);
            }
            (ListDetailFocus::List, _) if page == 0 => {
                self.list.moved(to, count, list);
            }
            (ListDetailFocus::List | ListDetailFocus::Page, _) => {
                self.reader.moved(to, count, page);
            }
        }
        Response::done()
    }
}

fn head_of(area: Rect) -> Rect {
    Rect {
        height: area.height.min(HEAD_ROWS - 1),
        ..area
    }
}

fn list_of(area: Rect) -> Rect {
    let skip = HEAD_ROWS.min(area.height);
    Rect {
        y: area.y + skip,
        height: area.height - skip,
        ..area
    }
}

impl Screen for ListDetailScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        if self.focus == ListDetailFocus::List {
            return self.manner.hints.to_vec();
        }
        let page = [
            PageAction::NextLink,
            PageAction::Peek,
            PageAction::Find,
            PageAction::Source,
            PageAction::Copy,
            PageAction::Contents,
        ];
        let mut hints = vec![
            worded(Action::Move(MoveAction::PageDown), "page"),
            worded(Action::Move(MoveAction::Left), "list"),
        ];
        hints.extend(page.map(|p| plain(Action::Page(p))));
        hints
    }

    fn on_action(&mut self, act: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match act {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::List(act) => self.list_act(act, ctx),
            _ => Response::ignored(),
        }
    }

    fn on_choice(&mut self, pick: ChooserAction, ctx: &ScreenContext) -> Response {
        match pick {
            ChooserAction::Tag(tag) => self.tag = tag,
            ChooserAction::Stance(stance) => self.stance = stance,
            _ => return Response::ignored(),
        }
        self.focus = ListDetailFocus::List;
        self.narrow(ctx);
        Response::done()
    }

    fn on_enter(
        &mut self,
        route: &Route,
        spot: Option<ScrollPosition>,
        ctx: &ScreenContext,
    ) -> Response {
        if let Some(address) = route.address() {
            self.choose(address, ctx);
            self.focus = if spot.is_some_and(|s| s == ScrollPosition::default()) {
                self.focus
            } else {
                ListDetailFocus::Page
            };
        }
        if let Some(spot) = spot {
            self.reader.want(spot);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        if self.order.is_none() {
            self.narrow(ctx);
        }
        self.list.len = self.shown.len();
        let areas = self.areas(ctx.area);
        self.list.settle(usize::from(areas.list.height));
        let width = usize::from(areas.page.width);
        let Some(address) = self.chosen(ctx).filter(|_| width > 0) else {
            return;
        };
        let wanted = (address, width, ctx.settings.sight());
        if self.laid.as_ref() != Some(&wanted) {
            let same = self.laid.as_ref().is_some_and(|l| l.0 == wanted.0);
            let page = views::entry::page(ctx.library, &wanted.0, width, &wanted.2);
            self.reader.show(Arc::new(page), same);
            self.laid = Some(wanted);
        } else {
            self.reader.show(self.reader.page.clone(), true);
        }
        self.reader.settle(usize::from(areas.page.height));
    }

    fn view(&self, brush: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let areas = self.areas(ctx.area);
        let mut cursor = None;
        if areas.head.height > 0 {
            let field = self.view_head(brush, buf, areas.head, ctx);
            let row = self.view_list(brush, buf, areas.list, ctx);
            cursor = if self.typing { Some(field) } else { row };
        }
        if areas.page.width > 0 && self.list.len > 0 {
            let link = self.reader.view(brush, buf, areas.page);
            if self.focus == ListDetailFocus::Page || link.is_some() {
                cursor = link.or(Some((areas.page.x, areas.page.y)));
            }
        }
        cursor
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let areas = self.areas(ctx.area);
        self.typing = areas.head.contains((column, row).into());
        if areas.list.contains((column, row).into()) {
            let index = self.list.top + usize::from(row - areas.list.y);
            if index < self.list.len {
                self.list.cursor = index;
                self.focus = ListDetailFocus::List;
            }
        } else if self.typing {
            return Response::effect(Effect::Index);
        } else if areas.page.contains((column, row).into()) {
            self.focus = ListDetailFocus::Page;
        }
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32, column: u16, row: u16, ctx: &ScreenContext) {
        let areas = self.areas(ctx.area);
        if areas.page.contains((column, row).into()) {
            self.reader.scroll(rows, usize::from(areas.page.height));
        } else {
            self.list.scroll(rows, usize::from(areas.list.height));
        }
    }

    fn on_key(&mut self, chord: Key, ctx: &ScreenContext) -> Response {
        if !self.typing {
            return Response::ignored();
        }
        match chord.code {
            KeyCode::Enter | KeyCode::Down | KeyCode::Tab => self.typing = false,
            KeyCode::Esc => {
                self.typing = false;
                self.clear_filters();
                self.narrow(ctx);
            }
            _ if self.filter.key(chord) => self.narrow(ctx),
            _ => {}
        }
        Response::done()
    }

    fn on_paste(&mut self, text: &SafeText, ctx: &ScreenContext) {
        if self.typing {
            self.filter.paste(text);
            self.narrow(ctx);
        }
    }

    fn reader(&mut self, ctx: &ScreenContext) -> Option<(&mut Viewport, usize)> {
        let height = usize::from(self.areas(ctx.area).page.height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &ScreenContext) -> Option<Rect> {
        Some(self.areas(ctx.area).page).filter(|a| a.width > 0)
    }

    fn address(&self, ctx: &ScreenContext) -> Option<Address> {
        self.chosen(ctx)
    }

    fn position(&self) -> ScrollPosition {
        self.reader.position()
    }

    fn on_close(&mut self) -> Response {
        if self.typing {
            self.typing = false;
            return Response::done();
        }
        Response::ignored()
    }

    fn on_index(&mut self, ctx: &ScreenContext) {
        if !self.filter.value().trim().is_empty() {
            self.narrow(ctx);
        }
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        let kept = self.laid.take().map(|(address, ..)| address);
        self.names = None;
        self.order = None;
        self.narrow(ctx);
        if let Some(address) = kept.filter(|a| ctx.library.position(a).is_some()) {
            let spot = self.reader.position();
            self.choose(&address, ctx);
            self.reader.want(spot);
        }
    }
}
