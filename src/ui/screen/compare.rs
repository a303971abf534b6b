//! Definitions side by side, dimension by dimension: the heart, and what opens first.
//! Promises: the row under the cursor is always in sight; columns stand side by side where each gets 34 cells, else they
//! are stacked; what the columns are called stays in sight while one scrolls.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::safe::SafeText;
use crate::content::address::{Address, Kind};
use crate::content::library::Library;
use crate::domain::compare::{MAX_COLUMNS, default_columns};
use crate::page::row::Role;
use crate::sheets::comparison::{self, Laid, Top};
use crate::ui::act::{Act, CompareAct, CostAct, Global, Move, PageAct};
use crate::ui::keymap::Scope;
use crate::ui::overlay::chooser::{Choice, Chooser, Pick};
use crate::ui::paint::Brush;
use crate::ui::route::{Route, Spot};
use crate::ui::screen::cost::COARSE;
use crate::ui::screen::dial::Dial;
use crate::ui::screen::{Ask, Ctx, Hint, Screen, inside, plain, versus, worded};
use crate::ui::widget::list::List;
use crate::ui::widget::reader::Reader;

/// Below this many rows the dial takes two of them and the pack's question goes.
const SHORT: u16 = 20;

/// The screen.
pub struct Compare {
    /// Perspective ids, left to right.
    columns: Vec<String>,
    /// The dimension under the cursor.
    list: List,
    /// Requests a month, and the two bills that move with them.
    dial: Dial,
    reader: Reader,
    laid: Option<(Laid, (usize, u16))>,
    /// The cursor's row must be brought in sight when next settled.
    follow: bool,
}

impl Compare {
    /// The pack's default comparison.
    pub fn new(library: &Library) -> Self {
        Self {
            columns: default_columns(library.pack()),
            list: List::new(library.pack().dimensions.len()),
            dial: Dial::new(library),
            reader: Reader::default(),
            laid: None,
            follow: false,
        }
    }

    /// The rows that stay on top, once they would scroll away, and the rows that scroll.
    fn areas(&self, area: Rect) -> (Rect, Rect) {
        let body = inside(area);
        let sticky = self.sticky_rows().min(body.height);
        let head = Rect { height: sticky, ..body };
        (head, Rect { y: body.y + sticky, height: body.height - sticky, ..body })
    }

    /// Rows that stay: the dial and the column heads; none while they are on the page itself.
    fn sticky_rows(&self) -> u16 {
        let pinned = self.laid.as_ref().filter(|(l, _)| self.reader.top > l.pinned_from);
        pinned.map_or(0, |(l, _)| u16::try_from(l.pinned.len()).unwrap_or(u16::MAX))
    }

    fn lay(&mut self, ctx: &Ctx) {
        let (width, height) = (usize::from(inside(ctx.area).width), ctx.area.height);
        if self.laid.as_ref().is_some_and(|(_, at)| *at == (width, height)) {
            return;
        }
        let short = height < SHORT;
        let dial = |short| self.dial.rows(ctx.library, width, short);
        let top = Top { tall: height >= 30, titled: !short || dial(true).is_empty(), dial: dial(short), dial_pinned: dial(true) };
        let laid = comparison::set(ctx.library, &self.columns, width, top);
        self.list.len = laid.lines.len();
        self.reader.show(Arc::new(laid.page.clone()), self.laid.is_some());
        self.laid = Some((laid, (width, height)));
    }

    fn change(&mut self, columns: Vec<String>) -> Ask {
        self.columns = columns;
        self.laid = None;
        Ask::Nothing
    }

    fn reveal(&mut self, height: usize) {
        let Some(rows) = self.laid.as_ref().and_then(|(l, _)| l.lines.get(self.list.cursor)).cloned() else { return };
        if self.list.cursor == 0 {
            self.reader.top = 0;
        }
        let head = self.laid.as_ref().map_or(0, |(l, _)| l.pinned.len());
        let height = height.saturating_sub(head).max(1);
        if rows.start < self.reader.top + head && self.list.cursor > 0 {
            self.reader.top = rows.start.saturating_sub(head);
        }
        if rows.end > self.reader.top + height {
            // A row that is higher than the screen shows from its question on.
            self.reader.top = (rows.end - height).min(rows.start.saturating_sub(head));
        }
    }

    fn movement(&mut self, to: Move, count: Option<usize>, ctx: &Ctx) -> Ask {
        let height = usize::from(inside(ctx.area).height);
        let steps = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        match to {
            Move::Down | Move::Up | Move::Top | Move::Bottom => {
                self.list.moved(to, count, usize::MAX / 2);
                self.follow = true;
            }
            Move::HalfDown | Move::HalfUp | Move::PageDown | Move::PageUp => {
                self.reader.moved(to, count, height);
                self.cursor_into_sight(height);
            }
            Move::Enter => return self.open(ctx),
            Move::Left => return self.turn(-steps),
            Move::Right => return self.turn(steps),
        }
        Ask::Nothing
    }

    /// Moves the dial; the page keeps its place.
    fn turn(&mut self, steps: isize) -> Ask {
        if self.dial.turn(steps) {
            self.relay();
        }
        Ask::Nothing
    }

    /// The page must be laid out again, at the same place.
    fn relay(&mut self) {
        if let Some((_, at)) = &mut self.laid {
            *at = (0, 0);
        }
    }

    fn cost(&mut self, act: CostAct, ctx: &Ctx) -> Ask {
        match act {
            CostAct::FarLess => self.turn(-COARSE),
            CostAct::FarMore => self.turn(COARSE),
            CostAct::Dial => match self.dial.side_chooser(ctx.library) {
                Some(chooser) => Ask::Choose(Box::new(chooser)),
                None => Ask::Say(SafeText::ours("this pack names no services for a dial")),
            },
            CostAct::Add | CostAct::Remove | CostAct::Preset | CostAct::Machine | CostAct::Scale => Ask::Unknown,
        }
    }

    /// After a scroll, the cursor goes to the nearest row that shows.
    fn cursor_into_sight(&mut self, height: usize) {
        let Some((laid, _)) = &self.laid else { return };
        let (from, to) = (self.reader.top, self.reader.top + height);
        let seen = |i: &usize| laid.lines.get(*i).is_some_and(|r| r.start >= from && r.start < to);
        if !seen(&self.list.cursor) {
            let mut all: Vec<usize> = (0..laid.lines.len()).filter(seen).collect();
            all.sort_by_key(|i| i.abs_diff(self.list.cursor));
            self.list.cursor = all.first().copied().unwrap_or(self.list.cursor);
        }
    }

    fn open(&self, ctx: &Ctx) -> Ask {
        let dimension = ctx.library.pack().dimensions.get(self.list.cursor);
        dimension.map_or(Ask::Nothing, |d| Ask::Go(Route::Dimension(d.id.clone())))
    }

    fn column_chooser(&self, ctx: &Ctx) -> Chooser {
        let name = |id: &str| ctx.library.perspective(id).map_or(SafeText::line(id), |p| p.name.clone());
        let choice = |(i, id): (usize, &String)| Choice {
            label: crate::safe!("Column {}", i + 1),
            aside: name(id),
            about: SafeText::ours("Enter chooses whose view stands there."),
            pick: Pick::Column(i),
        };
        let columns = self.columns.iter().enumerate().map(choice);
        let choices = columns.chain(versus::sides().into_iter().filter(|c| c.pick != Pick::Sides(None))).collect();
        Chooser::new("Which column?", choices, "nothing matches").at(&Pick::Column(self.columns.len().saturating_sub(1)))
    }

    fn perspective_chooser(&self, column: usize, ctx: &Ctx) -> Chooser {
        let choice = |n| {
            let head = ctx.library.head(Kind::Perspectives, n);
            Choice {
                label: SafeText::line(head.title),
                aside: SafeText::line(head.brief),
                about: crate::safe!("Enter puts {} into the column.", head.id),
                pick: Pick::Perspective(column, head.id.to_owned()),
            }
        };
        let choices = (0..ctx.library.count(Kind::Perspectives)).map(choice).collect();
        let now = Pick::Perspective(column, self.columns.get(column).cloned().unwrap_or_default());
        Chooser::new(crate::safe!("Column {}", column + 1), choices, "nobody matches").at(&now)
    }

    /// One more column: the first perspective that is not there yet.
    fn more(&self, ctx: &Ctx) -> Option<Vec<String>> {
        let all = (0..ctx.library.count(Kind::Perspectives)).map(|n| ctx.library.head(Kind::Perspectives, n).id.to_owned());
        let next = all.into_iter().find(|id| !self.columns.contains(id))?;
        (self.columns.len() < MAX_COLUMNS).then(|| [self.columns.clone(), vec![next]].concat())
    }
}

impl Screen for Compare {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Compare, Scope::Dial]
    }

    fn hints(&self, _ctx: &Ctx) -> Vec<Hint> {
        vec![
            worded(Act::Move(Move::Right), "traffic"),
            worded(Act::Move(Move::Down), "row"),
            worded(Act::Move(Move::Enter), "all views"),
            plain(Act::Compare(CompareAct::Column)),
            plain(Act::Global(Global::Lens)),
            plain(Act::Page(PageAct::NextLink)),
            plain(Act::Compare(CompareAct::Sides)),
            plain(Act::Compare(CompareAct::More)),
            plain(Act::Compare(CompareAct::Swap)),
            plain(Act::Page(PageAct::Find)),
        ]
    }

    fn act(&mut self, act: Act, count: Option<usize>, ctx: &Ctx) -> Ask {
        match act {
            Act::Move(to) => self.movement(to, count, ctx),
            Act::Compare(CompareAct::Sides) => Ask::Choose(Box::new(versus::sides_chooser())),
            Act::Compare(CompareAct::Column) => Ask::Choose(Box::new(self.column_chooser(ctx))),
            Act::Compare(CompareAct::More) => match self.more(ctx) {
                Some(columns) => {
                    let column = columns.len() - 1;
                    self.change(columns);
                    Ask::Choose(Box::new(self.perspective_chooser(column, ctx)))
                }
                None => Ask::Say(SafeText::ours("four columns are the most")),
            },
            Act::Compare(CompareAct::Fewer) if self.columns.len() > 2 => {
                let fewer = self.columns.split_last().map(|(_, rest)| rest.to_vec()).unwrap_or_default();
                self.change(fewer)
            }
            Act::Compare(CompareAct::Fewer) => Ask::Say(SafeText::ours("two columns are the least")),
            Act::Compare(CompareAct::Swap) => {
                let mut columns = self.columns.clone();
                if columns.len() > 1 {
                    columns.swap(0, 1);
                }
                self.change(columns)
            }
            Act::Cost(act) => self.cost(act, ctx),
            Act::Global(_)
            | Act::Page(_)
            | Act::List(_)
            | Act::Learn(_)
            | Act::Services(_)
            | Act::Interview(_)
            | Act::Quiz(_) => Ask::Unknown,
        }
    }

    fn picked(&mut self, pick: Pick, ctx: &Ctx) -> Ask {
        match pick {
            Pick::Column(column) => Ask::Choose(Box::new(self.perspective_chooser(column, ctx))),
            Pick::Perspective(column, id) => {
                let mut columns = self.columns.clone();
                if let Some(slot) = columns.get_mut(column) {
                    *slot = id;
                }
                self.change(columns)
            }
            Pick::Dial(side, None) => Ask::Choose(Box::new(self.dial.service_chooser(ctx.library, side))),
            Pick::Dial(side, Some(id)) => {
                self.dial.put(side, id);
                self.relay();
                Ask::Nothing
            }
            Pick::Act(_)
            | Pick::Sides(_)
            | Pick::Service(_)
            | Pick::Preset(_)
            | Pick::Lens(_)
            | Pick::AsOf(_)
            | Pick::Provider(_)
            | Pick::Verdict(_)
            | Pick::Theme(_)
            | Pick::Tag(_)
            | Pick::Stance(_)
            | Pick::Go(_)
            | Pick::Heading(_)
            | Pick::Open(_)
            | Pick::CopyAddress(_) => Ask::Unknown,
        }
    }

    fn enter(&mut self, _route: &Route, spot: Option<Spot>, _ctx: &Ctx) {
        if let Some(spot) = spot {
            self.reader.want(spot);
        }
    }

    fn settle(&mut self, ctx: &Ctx) {
        self.lay(ctx);
        let page = self.reader.page.clone();
        self.reader.show(page, true);
        let height = usize::from(inside(ctx.area).height);
        if std::mem::take(&mut self.follow) {
            self.reveal(height);
        }
        self.reader.settle(height);
    }

    fn view(&self, brush: Brush, buf: &mut Buffer, ctx: &Ctx) -> Option<(u16, u16)> {
        let (laid, _) = self.laid.as_ref()?;
        let (head, _) = self.areas(ctx.area);
        let body = inside(ctx.area);
        let link = self.reader.view(brush, buf, body);
        if head.height > 0 {
            brush.clear(buf, head);
            brush.rows(buf, head, &laid.pinned);
        }
        let row = laid.lines.get(self.list.cursor)?.start.checked_sub(self.reader.top)?;
        let y = body.y + u16::try_from(row).ok()?;
        if y < body.y + head.height || y >= body.bottom() {
            return link.or(Some((body.x, body.y)));
        }
        brush.text(buf, Rect { x: body.x, y, width: 1, height: 1 }, &SafeText::ours(">"), Role::Focus);
        link.or(Some((body.x, y)))
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx) -> Ask {
        let body = inside(ctx.area);
        if !body.contains((column, row).into()) {
            return Ask::Nothing;
        }
        let at = self.reader.top + usize::from(row - body.y);
        let line = self.laid.as_ref().and_then(|(l, _)| l.lines.iter().position(|r| r.contains(&at)));
        if let Some(line) = line {
            self.list.cursor = line;
        }
        Ask::Nothing
    }

    fn wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &Ctx) {
        let height = usize::from(inside(ctx.area).height);
        self.reader.scroll(rows, height);
        self.cursor_into_sight(height);
    }

    fn reader(&mut self, ctx: &Ctx) -> Option<(&mut Reader, usize)> {
        let height = usize::from(inside(ctx.area).height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &Ctx) -> Option<Rect> {
        Some(inside(ctx.area))
    }

    fn address(&self, _ctx: &Ctx) -> Option<Address> {
        self.columns.first().and_then(|id| Address::new(Kind::Perspectives, id))
    }

    fn spot(&self) -> Spot {
        self.reader.spot()
    }

    fn renew(&mut self, ctx: &Ctx) {
        self.columns.retain(|id| ctx.library.perspective(id).is_some());
        if self.columns.is_empty() {
            self.columns = default_columns(ctx.library.pack());
        }
        self.dial.renew(ctx.library);
        self.laid = None;
    }
}
