//! Definitions side by side, dimension by dimension: the heart, and what opens first.
//! Promises: the row under the cursor is always in sight; columns stand side by side where each gets 34 cells, else they
//! are stacked; what the columns are called stays in sight while one scrolls.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::{Action, CompareAction, CostAction, GlobalAction, MoveAction, PageAction};
use crate::app::keymap::Scope;
use crate::app::overlay::{Chooser, ChooserAction, ChooserRow};
use crate::app::painter::Painter;
use crate::app::route::{Route, ScrollPosition};
use crate::app::screen::cost::COARSE;
use crate::app::screen::dial::Dial;
use crate::app::screen::{Hint, Response, Screen, ScreenContext, inside, plain, versus, worded};
use crate::app::widget::{ListCursor, Viewport};
use crate::core::compare::{MAX_COLUMNS, default_columns};
use crate::layout::Role;
use crate::pack::{Address, Kind, Library};
use crate::text::SafeText;
use crate::views::{ComparisonPage, Top, comparison};

/// Below this many rows the dial takes two of them and the pack's question goes.
const SHORT: u16 = 20;

/// The screen.
pub struct CompareScreen {
    /// Perspective ids, left to right.
    columns: Vec<String>,
    /// The dimension under the cursor.
    list: ListCursor,
    /// Requests a month, and the two bills that move with them.
    dial: Dial,
    reader: Viewport,
    laid: Option<(ComparisonPage, (usize, u16))>,
    /// The cursor's row must be brought in sight when next settled.
    follow: bool,
}

impl CompareScreen {
    /// The pack's default comparison.
    pub fn new(library: &Library) -> Self {
        Self {
            columns: default_columns(library.pack()),
            list: ListCursor::new(library.pack().dimensions.len()),
            dial: Dial::new(library),
            reader: Viewport::default(),
            laid: None,
            follow: false,
        }
    }

    /// The rows that stay on top, once they would scroll away, and the rows that scroll.
    fn areas(&self, area: Rect) -> (Rect, Rect) {
        let body = inside(area);
        let sticky = self.sticky_rows().min(body.height);
        let head = Rect {
            height: sticky,
            ..body
        };
        (
            head,
            Rect {
                y: body.y + sticky,
                height: body.height - sticky,
                ..body
            },
        )
    }

    /// Rows that stay: the dial and the column heads; none while they are on the page itself.
    fn sticky_rows(&self) -> u16 {
        let pinned = self
            .laid
            .as_ref()
            .filter(|(l, _)| self.reader.top > l.pinned_from);
        pinned.map_or(0, |(l, _)| {
            u16::try_from(l.pinned.len()).unwrap_or(u16::MAX)
        })
    }

    fn lay(&mut self, ctx: &ScreenContext) {
        let (width, height) = (usize::from(inside(ctx.area).width), ctx.area.height);
        if self
            .laid
            .as_ref()
            .is_some_and(|(_, at)| *at == (width, height))
        {
            return;
        }
        let short = height < SHORT;
        let dial = |short| self.dial.rows(ctx.library, width, short);
        let top = Top {
            tall: height >= 30,
            titled: !short || dial(true).is_empty(),
            dial: dial(short),
            dial_pinned: dial(true),
        };
        let laid = comparison::set(ctx.library, &self.columns, width, top);
        self.list.len = laid.lines.len();
        self.reader
            .show(Arc::new(laid.page.clone()), self.laid.is_some());
        self.laid = Some((laid, (width, height)));
    }

    fn change(&mut self, columns: Vec<String>) -> Response {
        self.columns = columns;
        self.laid = None;
        Response::done()
    }

    fn reveal(&mut self, height: usize) {
        let Some(rows) = self
            .laid
            .as_ref()
            .and_then(|(l, _)| l.lines.get(self.list.cursor))
            .cloned()
        else {
            return;
        };
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

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        let height = usize::from(inside(ctx.area).height);
        let steps = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        match to {
            MoveAction::Down | MoveAction::Up | MoveAction::Top | MoveAction::Bottom => {
                self.list.moved(to, count, usize::MAX / 2);
                self.follow = true;
            }
            MoveAction::HalfDown
            | MoveAction::HalfUp
            | MoveAction::PageDown
            | MoveAction::PageUp => {
                self.reader.moved(to, count, height);
                self.cursor_into_sight(height);
            }
            MoveAction::Enter => return self.open(ctx),
            MoveAction::Left => return self.turn(-steps),
            MoveAction::Right => return self.turn(steps),
        }
        Response::done()
    }

    /// Moves the dial; the page keeps its place.
    fn turn(&mut self, steps: isize) -> Response {
        if self.dial.turn(steps) {
            self.relay();
        }
        Response::done()
    }

    /// The page must be laid out again, at the same place.
    fn relay(&mut self) {
        if let Some((_, at)) = &mut self.laid {
            *at = (0, 0);
        }
    }

    fn cost(&mut self, act: CostAction, ctx: &ScreenContext) -> Response {
        match act {
            CostAction::FarLess => self.turn(-COARSE),
            CostAction::FarMore => self.turn(COARSE),
            CostAction::Dial => match self.dial.side_chooser(ctx.library) {
                Some(chooser) => Response::open(chooser),
                None => Response::toast(SafeText::ours("this pack names no services for a dial")),
            },
            CostAction::Add
            | CostAction::Remove
            | CostAction::Preset
            | CostAction::Machine
            | CostAction::Scale => Response::ignored(),
        }
    }

    /// After a scroll, the cursor goes to the nearest row that shows.
    fn cursor_into_sight(&mut self, height: usize) {
        let Some((laid, _)) = &self.laid else { return };
        let (from, to) = (self.reader.top, self.reader.top + height);
        let seen = |i: &usize| {
            laid.lines
                .get(*i)
                .is_some_and(|r| r.start >= from && r.start < to)
        };
        if !seen(&self.list.cursor) {
            let mut all: Vec<usize> = (0..laid.lines.len()).filter(seen).collect();
            all.sort_by_key(|i| i.abs_diff(self.list.cursor));
            self.list.cursor = all.first().copied().unwrap_or(self.list.cursor);
        }
    }

    fn open(&self, ctx: &ScreenContext) -> Response {
        let dimension = ctx.library.pack().dimensions.get(self.list.cursor);
        dimension.map_or(Response::done(), |d| {
            Response::go(Route::Dimension(d.id.clone()))
        })
    }

    fn column_chooser(&self, ctx: &ScreenContext) -> Chooser {
        let name = |id: &str| {
            ctx.library
                .perspective(id)
                .map_or(SafeText::line(id), |p| p.name.clone())
        };
        let choice = |(i, id): (usize, &String)| ChooserRow {
            label: crate::safe!("Column {}", i + 1),
            aside: name(id),
            about: SafeText::ours("Enter chooses whose view stands there."),
            pick: ChooserAction::Column(i),
        };
        let columns = self.columns.iter().enumerate().map(choice);
        let choices = columns
            .chain(
                versus::sides()
                    .into_iter()
                    .filter(|c| c.pick != ChooserAction::Sides(None)),
            )
            .collect();
        Chooser::new("Which column?", choices, "nothing matches")
            .at(&ChooserAction::Column(self.columns.len().saturating_sub(1)))
    }

    fn perspective_chooser(&self, column: usize, ctx: &ScreenContext) -> Chooser {
        let choice = |n| {
            let head = ctx.library.head(Kind::Perspectives, n);
            ChooserRow {
                label: SafeText::line(head.title),
                aside: SafeText::line(head.brief),
                about: crate::safe!("Enter puts {} into the column.", head.id),
                pick: ChooserAction::Perspective(column, head.id.to_owned()),
            }
        };
        let choices = (0..ctx.library.count(Kind::Perspectives))
            .map(choice)
            .collect();
        let now = ChooserAction::Perspective(
            column,
            self.columns.get(column).cloned().unwrap_or_default(),
        );
        Chooser::new(
            crate::safe!("Column {}", column + 1),
            choices,
            "nobody matches",
        )
        .at(&now)
    }

    /// One more column: the first perspective that is not there yet.
    fn more(&self, ctx: &ScreenContext) -> Option<Vec<String>> {
        let all = (0..ctx.library.count(Kind::Perspectives))
            .map(|n| ctx.library.head(Kind::Perspectives, n).id.to_owned());
        let next = all.into_iter().find(|id| !self.columns.contains(id))?;
        (self.columns.len() < MAX_COLUMNS).then(|| [self.columns.clone(), vec![next]].concat())
    }
}

impl Screen for CompareScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Compare, Scope::Dial]
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        vec![
            worded(Action::Move(MoveAction::Right), "traffic"),
            worded(Action::Move(MoveAction::Down), "row"),
            worded(Action::Move(MoveAction::Enter), "all views"),
            plain(Action::Compare(CompareAction::Column)),
            plain(Action::Global(GlobalAction::Lens)),
            plain(Action::Page(PageAction::NextLink)),
            plain(Action::Compare(CompareAction::Sides)),
            plain(Action::Compare(CompareAction::More)),
            plain(Action::Compare(CompareAction::Swap)),
            plain(Action::Page(PageAction::Find)),
        ]
    }

    fn on_action(&mut self, act: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match act {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::Compare(CompareAction::Sides) => Response::open(versus::sides_chooser()),
            Action::Compare(CompareAction::Column) => Response::open(self.column_chooser(ctx)),
            Action::Compare(CompareAction::More) => match self.more(ctx) {
                Some(columns) => {
                    let column = columns.len() - 1;
                    self.change(columns);
                    Response::open(self.perspective_chooser(column, ctx))
                }
                None => Response::toast(SafeText::ours("four columns are the most")),
            },
            Action::Compare(CompareAction::Fewer) if self.columns.len() > 2 => {
                let fewer = self
                    .columns
                    .split_last()
                    .map(|(_, rest)| rest.to_vec())
                    .unwrap_or_default();
                self.change(fewer)
            }
            Action::Compare(CompareAction::Fewer) => {
                Response::toast(SafeText::ours("two columns are the least"))
            }
            Action::Compare(CompareAction::Swap) => {
                let mut columns = self.columns.clone();
                if columns.len() > 1 {
                    columns.swap(0, 1);
                }
                self.change(columns)
            }
            Action::Cost(act) => self.cost(act, ctx),
            _ => Response::ignored(),
        }
    }

    fn on_choice(&mut self, pick: ChooserAction, ctx: &ScreenContext) -> Response {
        match pick {
            ChooserAction::Column(column) => Response::open(self.perspective_chooser(column, ctx)),
            ChooserAction::Perspective(column, id) => {
                let mut columns = self.columns.clone();
                if let Some(slot) = columns.get_mut(column) {
                    *slot = id;
                }
                self.change(columns)
            }
            ChooserAction::Dial(side, None) => {
                Response::open(self.dial.service_chooser(ctx.library, side))
            }
            ChooserAction::Dial(side, Some(id)) => {
                self.dial.put(side, id);
                self.relay();
                Response::done()
            }
            _ => Response::ignored(),
        }
    }

    fn on_enter(
        &mut self,
        _route: &Route,
        spot: Option<ScrollPosition>,
        _ctx: &ScreenContext,
    ) -> Response {
        if let Some(spot) = spot {
            self.reader.want(spot);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.lay(ctx);
        let page = self.reader.page.clone();
        self.reader.show(page, true);
        let height = usize::from(inside(ctx.area).height);
        if std::mem::take(&mut self.follow) {
            self.reveal(height);
        }
        self.reader.settle(height);
    }

    fn view(&self, brush: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let (laid, _) = self.laid.as_ref()?;
        let (head, _) = self.areas(ctx.area);
        let body = inside(ctx.area);
        let link = self.reader.view(brush, buf, body);
        if head.height > 0 {
            brush.clear(buf, head);
            brush.rows(buf, head, &laid.pinned);
        }
        let row = laid
            .lines
            .get(self.list.cursor)?
            .start
            .checked_sub(self.reader.top)?;
        let y = body.y + u16::try_from(row).ok()?;
        if y < body.y + head.height || y >= body.bottom() {
            return link.or(Some((body.x, body.y)));
        }
        brush.text(
            buf,
            Rect {
                x: body.x,
                y,
                width: 1,
                height: 1,
            },
            &SafeText::ours(">"),
            Role::Focus,
        );
        link.or(Some((body.x, y)))
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let body = inside(ctx.area);
        if !body.contains((column, row).into()) {
            return Response::done();
        }
        let at = self.reader.top + usize::from(row - body.y);
        let line = self
            .laid
            .as_ref()
            .and_then(|(l, _)| l.lines.iter().position(|r| r.contains(&at)));
        if let Some(line) = line {
            self.list.cursor = line;
        }
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &ScreenContext) {
        let height = usize::from(inside(ctx.area).height);
        self.reader.scroll(rows, height);
        self.cursor_into_sight(height);
    }

    fn reader(&mut self, ctx: &ScreenContext) -> Option<(&mut Viewport, usize)> {
        let height = usize::from(inside(ctx.area).height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &ScreenContext) -> Option<Rect> {
        Some(inside(ctx.area))
    }

    fn address(&self, _ctx: &ScreenContext) -> Option<Address> {
        self.columns
            .first()
            .and_then(|id| Address::new(Kind::Perspectives, id))
    }

    fn position(&self) -> ScrollPosition {
        self.reader.position()
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        self.columns
            .retain(|id| ctx.library.perspective(id).is_some());
        if self.columns.is_empty() {
            self.columns = default_columns(ctx.library.pack());
        }
        self.dial.renew(ctx.library);
        self.laid = None;
    }
}
