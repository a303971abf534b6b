//! The lessons: outline on the left, the lesson beside it, a question to recall at its end.
//!
//! Each lesson keeps its reading position. The recall question can be declined by reading on; its answer shows only when
//! asked for.

use std::collections::BTreeMap;

use ratatui::layout::Rect;

use crate::app::action::{Action, LearnAction, MoveAction, PageAction};
use crate::app::keymap::Scope;
use crate::app::painter::Painter;
use crate::app::route::{Location, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, TEXT, inside, plain, worded};
use crate::app::widget::{ListCursor, Pane, Viewport, area, cursor_sign};
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::pack::{Address, Kind, Lesson};
use crate::text::SafeText;
use crate::views;

#[derive(Default)]
pub struct LearnScreen {
    list: ListCursor,
    /// Where each lesson was left, by id.
    left: BTreeMap<String, ScrollPosition>,
    /// Whether the answers to the recall questions show.
    answers: bool,
    /// The lesson, by id; its width, and whether the answers show.
    pane: Pane<String, (usize, bool)>,
    outline: bool,
}

impl LearnScreen {
    fn areas(&self, area: Rect) -> (Rect, Rect) {
        let body = inside(area);
        let width = (body.width / 4).clamp(24, 36);
        area::list_and_page(body, width, TEXT, self.outline)
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
        if let Some(id) = self.pane.subject() {
            self.left.insert(id.clone(), self.pane.viewport.position());
        }
        self.list.cursor = row;
        let position = self
            .id(ctx)
            .and_then(|id| self.left.get(&id).copied())
            .unwrap_or_default();
        self.pane.viewport.want(position);
        self.answers = false;
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match to {
            MoveAction::Left => self.outline = true,
            MoveAction::Right | MoveAction::Enter => self.outline = false,
            MoveAction::Down | MoveAction::Up | MoveAction::Top | MoveAction::Bottom
                if self.outline =>
            {
                let mut moved = self.list;
                moved.moved(to, count);
                self.turn(moved.cursor, ctx);
            }
            _ => {
                self.pane.viewport.moved(to, count);
            }
        }
        Response::done()
    }

    fn neighbor(&mut self, forward: bool, ctx: &ScreenContext) -> Response {
        let row = if forward {
            Some(self.list.cursor + 1)
        } else {
            self.list.cursor.checked_sub(1)
        };
        let Some(row) = row.filter(|row| *row < self.list.len) else {
            let end = if forward { "last" } else { "first" };
            return Response::toast(crate::safe!("this is the {end} lesson"));
        };
        self.turn(row, ctx);
        Response::done()
    }

    fn view_outline(
        &self,
        painter: &mut Painter,
        area: Rect,
        ctx: &ScreenContext,
    ) -> Option<(u16, u16)> {
        let mut cursor = None;
        let lessons = ctx.library.lessons();
        let width = usize::from(area.width);
        let mut y = area.y;
        for (i, lesson) in lessons.iter().enumerate().skip(self.list.top) {
            let on = i == self.list.cursor;
            let rows = outline_rows((i + 1, lessons.len()), lesson, on, width);
            let spot = area::rows(area, y - area.y, rows.len() as u16);
            if spot.height == 0 {
                break;
            }
            painter.rows(spot, &rows);
            if on {
                if self.outline {
                    painter.select(spot);
                } else {
                    painter.tint(spot, Role::Strong);
                }
                cursor = Some((spot.x, spot.y));
            }
            y += spot.height + 1;
        }
        cursor
    }

    /// The lesson at a row of the outline's area.
    fn lesson_at(&self, row: usize, width: usize, ctx: &ScreenContext) -> Option<usize> {
        let mut end = 0;
        let lessons = ctx.library.lessons();
        for (i, lesson) in lessons.iter().enumerate().skip(self.list.top) {
            end += outline_rows((i + 1, lessons.len()), lesson, false, width).len() + 1;
            if row < end {
                return Some(i);
            }
        }
        None
    }
}

/// A lesson in the outline: its number out of all, its title over as many rows as it takes, and how long it is.
fn outline_rows((number, of): (usize, usize), lesson: &Lesson, on: bool, width: usize) -> Vec<Row> {
    let digits = of.to_string().len();
    let minutes = if width >= 30 {
        crate::safe!("  {} min", lesson.minutes)
    } else {
        SafeText::default()
    };
    let words = [
        cursor_sign(on),
        Run::new(crate::safe!("{number:>digits$}  "), Role::Dim),
        Run::new(lesson.title.clone(), Role::Text),
        Run::new(minutes, Role::Dim),
    ];
    wrap(&words, width, 0, digits + 4)
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
        use PageAction::{Contents, Copy, Find, NextLink, Peek};
        let page = [NextLink, Peek, Find, Contents, Copy];
        let mut hints = vec![
            worded(Action::Move(MoveAction::PageDown), "page"),
            pane,
            plain(Action::Learn(LearnAction::Next)),
        ];
        hints.extend(page.map(|p| plain(Action::Page(p))));
        hints.insert(4, plain(Action::Learn(LearnAction::Answer)));
        hints
    }

    fn on_action(&mut self, action: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match action {
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

    fn on_enter(&mut self, to: &Location, ctx: &ScreenContext) -> Response {
        let wanted = to.route.address().map(|a| a.id.to_string());
        let row = wanted.and_then(|id| Self::ids(ctx).iter().position(|i| *i == id));
        self.list.len = Self::ids(ctx).len();
        if let Some(row) = row.filter(|r| *r != self.list.cursor || self.pane.subject().is_none()) {
            self.turn(row, ctx);
        }
        self.outline = false;
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.list.len = Self::ids(ctx).len();
        let (outline, page) = self.areas(ctx.area);
        self.list.layout((usize::from(outline.height) / 3).max(1));
        match self.id(ctx).filter(|_| page.width > 0) {
            Some(id) => {
                let options = (usize::from(page.width), self.answers);
                self.pane.show(id, options, page, |id, (width, answers)| {
                    views::lesson::page(ctx.library, id, *width, *answers)
                });
            }
            None => self.pane.viewport.layout(page),
        }
    }

    fn viewport(&mut self) -> &mut Viewport {
        &mut self.pane.viewport
    }

    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let (outline, page) = self.areas(ctx.area);
        let mut row = None;
        if outline.width > 0 {
            row = self.view_outline(painter, outline, ctx);
        }
        let mut link = None;
        if page.width > 0 {
            link = self.pane.viewport.view(painter);
        }
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

    fn address(&self, ctx: &ScreenContext) -> Option<Address> {
        self.id(ctx).and_then(|id| Address::new(Kind::Lessons, &id))
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        let kept = self.pane.subject();
        let row = kept.and_then(|id| Self::ids(ctx).iter().position(|i| i == id));
        self.list.cursor = row.unwrap_or(self.list.cursor);
        self.pane.invalidate();
    }
}

#[cfg(test)]
mod tests {
    use crate::app::samples::{App, check, check_toasts};

    #[test]
    fn lessons_are_turned_in_their_order() {
        check(&[
            ("2", "Press the button and wait", "Nobody rings."),
            ("2.", "Nobody rings.", "Press the button"),
            ("2.,", "Press the button", "Nobody rings."),
            ("2<Left>j", "Nobody rings.", "Press the button"),
            ("2<Left>jk", "Press the button", "Nobody rings."),
            ("2<Left>G", "Nobody rings.", ""),
        ]);
        check_toasts(&[
            ("2,", "this is the first lesson"),
            ("2..", "this is the last lesson"),
        ]);
    }

    #[test]
    fn answers_show_only_when_asked_for() {
        check(&[
            ("2", "How often must a guest press?", "Once is enough."),
            ("2a", "Once", ""),
            ("2aa", "How often must a guest press?", "Once is enough."),
            ("2a.", "What does a month", "12 / 12"),
        ]);
    }

    #[test]
    fn a_lesson_keeps_where_it_was_left() {
        let scrolled = App::sized(50, 12).keys("2jjj").text();
        assert_ne!(scrolled, App::sized(50, 12).keys("2").text());
        let returned = App::sized(50, 12).keys("2jjj.,");
        assert_eq!(returned.text(), scrolled);
    }

    #[test]
    fn outline_and_lesson_take_turns_in_a_narrow_window() {
        let narrow = |keys| App::sized(50, 16).keys(keys);
        narrow("2").shows("Press the button").hides("> 1");
        narrow("2<Left>").shows("> 1").hides("Press the button");
        narrow("2<Left>j<Enter>").shows("Nobody rings.");
    }

    #[test]
    fn a_click_in_the_outline_turns_to_the_lesson() {
        let app = App::new().keys("2");
        let (x, y) = app.find("Silence");
        app.click(x, y).shows("Nobody rings.");
    }
}
