//! The lessons: outline on the left, the lesson beside it, a question to recall at its end.
//! Promises: each lesson keeps its reading position; the recall question can be declined by reading on; its answer shows
//! only when asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::safe::SafeText;
use crate::content::address::{Address, Kind};
use crate::content::kind::lesson::Lesson;
use crate::page::row::{Role, Row, Run};
use crate::page::wrap::wrap;
use crate::sheets;
use crate::ui::act::{Act, LearnAct, Move, PageAct};
use crate::ui::keymap::Scope;
use crate::ui::paint::Brush;
use crate::ui::route::{Route, Spot};
use crate::ui::screen::{Ask, Ctx, Hint, Screen, TEXT, inside, plain, worded};
use crate::ui::widget::list::List;
use crate::ui::widget::reader::Reader;

/// The screen.
#[derive(Default)]
pub struct Learn {
    list: List,
    reader: Reader,
    /// Where each lesson was left, by id.
    left: BTreeMap<String, Spot>,
    /// Whether the answers to the recall questions show.
    answers: bool,
    laid: Option<(String, usize, bool)>,
    outline: bool,
}

/// From this width on, outline and lesson stand side by side.
const SIDE_BY_SIDE: u16 = 72;

impl Learn {
    fn areas(&self, area: Rect) -> (Rect, Rect) {
        let body = inside(area);
        let none = Rect { width: 0, height: 0, ..body };
        if body.width < SIDE_BY_SIDE {
            return if self.outline { (body, none) } else { (none, body) };
        }
        let left = Rect { width: (body.width / 4).clamp(24, 36), ..body };
        let gap = if body.width >= 100 { 4 } else { 2 };
        let x = left.right() + gap;
        (left, Rect { x, width: (body.right() - x).min(TEXT), ..body })
    }

    /// Ids of the lessons in their order.
    fn ids(ctx: &Ctx) -> Vec<String> {
        ctx.library.lessons().iter().map(|l| l.id.clone()).collect()
    }

    fn id(&self, ctx: &Ctx) -> Option<String> {
        Self::ids(ctx).get(self.list.cursor).cloned()
    }

    /// Turns to the lesson at a row of the outline, where it was left.
    fn turn(&mut self, row: usize, ctx: &Ctx) {
        if let Some((id, ..)) = &self.laid {
            self.left.insert(id.clone(), self.reader.spot());
        }
        self.list.set(row, (usize::from(self.areas(ctx.area).0.height) / 3).max(1));
        let spot = self.id(ctx).and_then(|id| self.left.get(&id).copied()).unwrap_or_default();
        self.reader.want(spot);
        self.answers = false;
    }

    fn movement(&mut self, to: Move, count: Option<usize>, ctx: &Ctx) -> Ask {
        let (list, page) = self.areas(ctx.area);
        match to {
            Move::Left => self.outline = true,
            Move::Right | Move::Enter => self.outline = false,
            Move::Down | Move::Up | Move::Top | Move::Bottom if self.outline => {
                let mut moved = self.list;
                moved.moved(to, count, (usize::from(list.height) / 3).max(1));
                self.turn(moved.cursor, ctx);
            }
            Move::Down | Move::Up | Move::Top | Move::Bottom | Move::HalfDown | Move::HalfUp | Move::PageDown | Move::PageUp => {
                self.reader.moved(to, count, usize::from(page.height));
            }
        }
        Ask::Nothing
    }

    fn neighbor(&mut self, forward: bool, ctx: &Ctx) -> Ask {
        let row = if forward { self.list.cursor + 1 } else { self.list.cursor.wrapping_sub(1) };
        if row >= self.list.len {
            let said = if forward { "this is the last lesson" } else { "this is the first lesson" };
            return Ask::Say(SafeText::ours(said));
        }
        self.turn(row, ctx);
        Ask::Nothing
    }

    fn view_outline(&self, brush: Brush, buf: &mut Buffer, area: Rect, ctx: &Ctx) -> Option<(u16, u16)> {
        let mut cursor = None;
        let lessons = ctx.library.lessons();
        let width = usize::from(area.width);
        let mut y = area.y;
        for (i, lesson) in lessons.iter().enumerate().skip(self.list.top) {
            let on = i == self.list.cursor;
            let rows = outline_rows(i, lesson, on, width);
            let spot = Rect { y, height: (rows.len() as u16).min(area.bottom().saturating_sub(y)), ..area };
            if spot.height == 0 {
                break;
            }
            brush.rows(buf, spot, &rows);
            if on {
                brush.tint(buf, spot, if self.outline { Role::Focus } else { Role::Strong });
                cursor = Some((spot.x, spot.y));
            }
            y += spot.height + 1;
        }
        cursor
    }

    /// The lesson at a row of the outline's area.
    fn lesson_at(&self, row: usize, width: usize, ctx: &Ctx) -> Option<usize> {
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
    let sign = if on { Run::ours("> ", Role::Focus) } else { Run::ours("  ", Role::Text) };
    let minutes = if width >= 30 { crate::safe!("  {} min", lesson.minutes) } else { SafeText::default() };
    let words = [
        sign,
        Run::new(crate::safe!("{}  ", i + 1), Role::Dim),
        Run::new(lesson.title.clone(), Role::Text),
        Run::new(minutes, Role::Dim),
    ];
    wrap(&words, width, 0, 5)
}

impl Screen for Learn {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Learn]
    }

    fn hints(&self, _ctx: &Ctx) -> Vec<Hint> {
        let pane = if self.outline { worded(Act::Move(Move::Right), "read") } else { worded(Act::Move(Move::Left), "outline") };
        let page = [PageAct::NextLink, PageAct::Peek, PageAct::Find, PageAct::Contents, PageAct::Copy];
        let mut hints = vec![worded(Act::Move(Move::PageDown), "page"), pane, plain(Act::Learn(LearnAct::Next))];
        hints.extend(page.map(|p| plain(Act::Page(p))));
        hints.insert(4, plain(Act::Learn(LearnAct::Answer)));
        hints
    }

    fn act(&mut self, act: Act, count: Option<usize>, ctx: &Ctx) -> Ask {
        match act {
            Act::Move(to) => self.movement(to, count, ctx),
            Act::Learn(LearnAct::Next) => self.neighbor(true, ctx),
            Act::Learn(LearnAct::Previous) => self.neighbor(false, ctx),
            Act::Learn(LearnAct::Answer) => {
                self.answers = !self.answers;
                Ask::Nothing
            }
            Act::Global(_)
            | Act::Page(_)
            | Act::List(_)
            | Act::Compare(_)
            | Act::Services(_)
            | Act::Interview(_)
            | Act::Cost(_)
            | Act::Quiz(_) => Ask::Unknown,
        }
    }

    fn enter(&mut self, route: &Route, spot: Option<Spot>, ctx: &Ctx) {
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
    }

    fn settle(&mut self, ctx: &Ctx) {
        self.list.len = Self::ids(ctx).len();
        let (outline, page) = self.areas(ctx.area);
        self.list.settle((usize::from(outline.height) / 3).max(1));
        let Some(id) = self.id(ctx).filter(|_| page.width > 0) else { return };
        let wanted = (id, usize::from(page.width), self.answers);
        if self.laid.as_ref() != Some(&wanted) {
            let same = self.laid.as_ref().is_some_and(|l| l.0 == wanted.0);
            let laid = sheets::lesson::page(ctx.library, &wanted.0, wanted.1, self.answers);
            self.reader.show(Arc::new(laid), same);
            self.laid = Some(wanted);
        } else {
            self.reader.show(self.reader.page.clone(), true);
        }
        self.reader.settle(usize::from(page.height));
    }

    fn view(&self, brush: Brush, buf: &mut Buffer, ctx: &Ctx) -> Option<(u16, u16)> {
        let (outline, page) = self.areas(ctx.area);
        let row = if outline.width > 0 { self.view_outline(brush, buf, outline, ctx) } else { None };
        let link = if page.width > 0 { self.reader.view(brush, buf, page) } else { None };
        let top = (page.width > 0).then_some((page.x, page.y));
        link.or(if self.outline { row } else { top }).or(row)
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx) -> Ask {
        let (outline, _) = self.areas(ctx.area);
        self.outline = outline.contains((column, row).into());
        let lesson = self.lesson_at(usize::from(row.saturating_sub(outline.y)), usize::from(outline.width), ctx);
        if let Some(lesson) = lesson.filter(|_| self.outline) {
            self.turn(lesson, ctx);
        }
        Ask::Nothing
    }

    fn wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &Ctx) {
        let height = self.areas(ctx.area).1.height;
        self.reader.scroll(rows, usize::from(height));
    }

    fn reader(&mut self, ctx: &Ctx) -> Option<(&mut Reader, usize)> {
        let height = usize::from(self.areas(ctx.area).1.height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &Ctx) -> Option<Rect> {
        Some(self.areas(ctx.area).1).filter(|a| a.width > 0)
    }

    fn address(&self, ctx: &Ctx) -> Option<Address> {
        self.id(ctx).and_then(|id| Address::new(Kind::Lessons, &id))
    }

    fn spot(&self) -> Spot {
        self.reader.spot()
    }

    fn renew(&mut self, ctx: &Ctx) {
        let kept = self.laid.take().map(|(id, ..)| id);
        let spot = self.reader.spot();
        if let Some(row) = kept.and_then(|id| Self::ids(ctx).iter().position(|i| *i == id)) {
            self.list.cursor = row;
            self.reader.want(spot);
        }
    }
}
