//! The lessons: outline on the left, the lesson beside it, a question to recall at its end.
//! Promises: each lesson keeps its reading position; the recall question can be declined by reading on; its answer shows
//! only when asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::{Action, LearnAction, MoveAction, PageAction};
use crate::app::keymap::Scope;
use crate::app::painter::Painter;
use crate::app::route::{Route, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, TEXT, inside, plain, worded};
use crate::app::widget::{ListCursor, Viewport};
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::pack::{Address, Kind, Lesson};
use crate::text::SafeText;
use crate::views;

/// The screen.
#[derive(Default)]
pub struct LearnScreen {
    list: ListCursor,
    reader: Viewport,
    /// Where each lesson was left, by id.
    left: BTreeMap<String, ScrollPosition>,
    /// Whether the answers to the recall questions show.
    answers: bool,
    laid: Option<(String, usize, bool)>,
    outline: bool,
}

/// From this width on, outline and lesson stand side by side.
const SIDE_BY_SIDE: u16 = 72;

impl LearnScreen {
    fn areas(&self, area: Rect) -> (Rect, Rect) {
        let body = inside(area);
        let none = Rect {
            width: 0,
            height: 0,
            ..body
        };
        if body.width < SIDE_BY_SIDE {
            return if self.outline {
                (body, none)
            } else {
                (none, body)
            };
        }
        let left = Rect {
            width: (body.width / 4).clamp(24, 36),
            ..body
        };
        let gap = if body.width >= 100 { 4 } else { 2 };
        let x = left.right() + gap;
        (
            left,
            Rect {
                x,
                width: (body.right() - x).min(TEXT),
                ..body
            },
        )
    }

    /// Ids of the lessons in their order.
    fn ids(ctx: &ScreenContext) -> Vec<String> {
        ctx.library.lessons().iter().map(|l| l.id.clone()).collect()
    }

    fn id(&self, ctx: &ScreenContext) -> Option<String> {
        Self::ids(ctx).get(self.list.cursor).cloned()
    }

    /// Turns to the lesson at a row of the outline, where it was left.
    fn turn(&mut self, row: usize, ctx: &ScreenContext) {
        if let Some((id, ..)) = &self.laid {
            self.left.insert(id.clone(), self.reader.position());
        }
        self.list
            .set(row, (usize::from(self.areas(ctx.area).0.height) / 3).max(1));
        let spot = self
            .id(ctx)
            .and_then(|id| self.left.get(&id).copied())
            .unwrap_or_default();
        self.reader.want(spot);
        self.answers = false;
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        let (list, page) = self.areas(ctx.area);
        match to {
            MoveAction::Left => self.outline = true,
            MoveAction::Right | MoveAction::Enter => self.outline = false,
            MoveAction::Down | MoveAction::Up | MoveAction::Top | MoveAction::Bottom
                if self.outline =>
            {
                let mut moved = self.list;
                moved.moved(to, count, (usize::from(list.height) / 3).max(1));
                self.turn(moved.cursor, ctx);
            }
            MoveAction::Down
            | MoveAction::Up
            | MoveAction::Top
            | MoveAction::Bottom
            | MoveAction::HalfDown
            | MoveAction::HalfUp
            | MoveAction::PageDown
            | MoveAction::PageUp => {
                self.reader.moved(to, count, usize::from(page.height));
            }
        }
        Response::done()
    }

    fn neighbor(&mut self, forward: bool, ctx: &ScreenContext) -> Response {
        let row = if forward {
            self.list.cursor + 1
        } else {
            self.list.cursor.wrapping_sub(1)
        };
        if row >= self.list.len {
            let said = if forward {
                "this is the last lesson"
            } else {
                "this is the first lesson"
            };
            return Response::toast(SafeText::ours(said));
        }
        self.turn(row, ctx);
        Response::done()
    }

    fn view_outline(
        &self,
        brush: Painter,
        buf: &mut Buffer,
        area: Rect,
        ctx: &ScreenContext,
    ) -> Option<(u16, u16)> {
        let mut cursor = None;
        let lessons = ctx.library.lessons();
        let width = usize::from(area.width);
        let mut y = area.y;
        for (i, lesson) in lessons.iter().enumerate().skip(self.list.top) {
            let on = i == self.list.cursor;
            let rows = outline_rows(i, lesson, on, width);
            let spot = Rect {
                y,
                height: (rows.len() as u16).min(area.bottom().saturating_sub(y)),
                ..area
            };
            if spot.height == 0 {
                break;
            }
            brush.rows(buf, spot, &rows);
            if on {
                brush.tint(
                    buf,
                    spot,
                    if self.outline {
                        Role::Focus
                    } else {
                        Role::Strong
                    },
                );
                cursor = Some((spot.x, spot.y));
            }
            y += spot.height + 1;
        }
        cursor
    }

    /// The lesson at a row of the outline's area.
    fn lesson_at(&self, row: usize, width: usize, ctx: &ScreenContext) -> Option<usize> {
        let mut end = 0;
        for (i, lesson) in ctx.library.lessons().iter().enumerate().skip(self.list.top) {
            end += outline_rows(i, lesson, false, width).len() + 1;
            if row < end {
                return Some(i);
            }
        }
        None
    }
}

/// A lesson in the outline: its number, its title over as many rows as it takes, and how long it is.
fn outline_rows(i: usize, lesson: &Lesson, on: bool, width: usize) -> Vec<Row> {
    let sign = if on {
        Run::ours("> ", Role::Focus)
    } else {
        Run::ours("  ", Role::Text)
    };
    let minutes = if width >= 30 {
        crate::safe!("  {} min", lesson.minutes)
    } else {
        SafeText::default()
    };
    let words = [
        sign,
        Run::new(crate::safe!("{}  ", i + 1), Role::Dim),
        Run::new(lesson.title.clone(), Role::Text),
        Run::new(minutes, Role::Dim),
    ];
    wrap(&words, width, 0, 5)
}

impl Screen for LearnScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Learn]
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        let pane = if self.outline {
            worded(Action::Move(MoveAction::Right), "read")
        } else {
            worded(Action::Move(MoveAction::Left), "outline")
        };
        let page = [
            PageAction::NextLink,
            PageAction::Peek,
            PageAction::Find,
            PageAction::Contents,
            PageAction::Copy,
        ];
        let mut hints = vec![
            worded(Action::Move(MoveAction::PageDown), "page"),
            pane,
            plain(Action::Learn(LearnAction::Next)),
        ];
        hints.extend(page.map(|p| plain(Action::Page(p))));
        hints.insert(4, plain(Action::Learn(LearnAction::Answer)));
        hints
    }

    fn on_action(&mut self, act: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match act {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::Learn(LearnAction::Next) => self.neighbor(true, ctx),
            Action::Learn(LearnAction::Previous) => self.neighbor(false, ctx),
            Action::Learn(LearnAction::Answer) => {
                self.answers = !self.answers;
                Response::done()
            }
            _ => Response::ignored(),
        }
    }

    fn on_enter(
        &mut self,
        route: &Route,
        spot: Option<ScrollPosition>,
        ctx: &ScreenContext,
    ) -> Response {
        let wanted = route.address().map(|a| a.id.to_string());
        let row = wanted.and_then(|id| Self::ids(ctx).iter().position(|i| *i == id));
        self.list.len = Self::ids(ctx).len();
        if let Some(row) = row.filter(|r| *r != self.list.cursor || self.laid.is_none()) {
            self.turn(row, ctx);
        }
        self.outline = false;
        if let Some(spot) = spot {
            self.reader.want(spot);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.list.len = Self::ids(ctx).len();
        let (outline, page) = self.areas(ctx.area);
        self.list.settle((usize::from(outline.height) / 3).max(1));
        let Some(id) = self.id(ctx).filter(|_| page.width > 0) else {
            return;
        };
        let wanted = (id, usize::from(page.width), self.answers);
        if self.laid.as_ref() != Some(&wanted) {
            let same = self.laid.as_ref().is_some_and(|l| l.0 == wanted.0);
            let laid = views::lesson::page(ctx.library, &wanted.0, wanted.1, self.answers);
            self.reader.show(Arc::new(laid), same);
            self.laid = Some(wanted);
        } else {
            self.reader.show(self.reader.page.clone(), true);
        }
        self.reader.settle(usize::from(page.height));
    }

    fn view(&self, brush: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let (outline, page) = self.areas(ctx.area);
        let row = if outline.width > 0 {
            self.view_outline(brush, buf, outline, ctx)
        } else {
            None
        };
        let link = if page.width > 0 {
            self.reader.view(brush, buf, page)
        } else {
            None
        };
        let top = (page.width > 0).then_some((page.x, page.y));
        link.or(if self.outline { row } else { top }).or(row)
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let (outline, _) = self.areas(ctx.area);
        self.outline = outline.contains((column, row).into());
        let lesson = self.lesson_at(
            usize::from(row.saturating_sub(outline.y)),
            usize::from(outline.width),
            ctx,
        );
        if let Some(lesson) = lesson.filter(|_| self.outline) {
            self.turn(lesson, ctx);
        }
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &ScreenContext) {
        let height = self.areas(ctx.area).1.height;
        self.reader.scroll(rows, usize::from(height));
    }

    fn reader(&mut self, ctx: &ScreenContext) -> Option<(&mut Viewport, usize)> {
        let height = usize::from(self.areas(ctx.area).1.height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &ScreenContext) -> Option<Rect> {
        Some(self.areas(ctx.area).1).filter(|a| a.width > 0)
    }

    fn address(&self, ctx: &ScreenContext) -> Option<Address> {
        self.id(ctx).and_then(|id| Address::new(Kind::Lessons, &id))
    }

    fn position(&self) -> ScrollPosition {
        self.reader.position()
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        let kept = self.laid.take().map(|(id, ..)| id);
        let spot = self.reader.position();
        if let Some(row) = kept.and_then(|id| Self::ids(ctx).iter().position(|i| *i == id)) {
            self.list.cursor = row;
            self.reader.want(spot);
        }
    }
}
