//! The interview about one's own service: one question at a time, then what the answers come to.
//! Promises: an answer is one key; going back forgets none; the result is judged by the same rules as every service, and
//! `y` copies it as a text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::{Action, GlobalAction, InterviewAction, MoveAction, PageAction};
use crate::app::keymap::Scope;
use crate::app::painter::Painter;
use crate::app::route::{Route, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, centered, inside, plain, worded};
use crate::app::widget::{SelectablePage, Viewport};
use crate::core::judge::{InterviewAnswer as Said, InterviewWalk, self_assessment};
use crate::layout::{Page, PageBuilder};
use crate::pack::Address;
use crate::text::SafeText;
use crate::views::{Citation, LinePage, assessment, interview};

/// What was laid out: the step, the cursor, what was said to it, the width, the lens.
type InterviewLayoutKey = (usize, usize, Option<Said>, usize, String);

/// The screen.
#[derive(Default)]
pub struct InterviewScreen {
    walk: InterviewWalk,
    page: SelectablePage,
    /// The line that has the cursor: a choice, or "unsure" behind them.
    cursor: usize,
    laid: Option<InterviewLayoutKey>,
}

impl InterviewScreen {
    fn area(ctx: &ScreenContext) -> Rect {
        centered(inside(ctx.area))
    }

    fn height(ctx: &ScreenContext) -> usize {
        usize::from(Self::area(ctx).height)
    }

    /// From the result, begins anew; in the middle nothing is thrown away.
    pub fn start_over(&mut self) {
        if self.walk.is_done() {
            self.walk = InterviewWalk::default();
            self.laid = None;
        }
    }

    /// Whether a question is asked, and not the result shown.
    fn asks(&self) -> bool {
        !self.walk.is_done()
    }

    fn choices(&self, ctx: &ScreenContext) -> usize {
        self_assessment::steps(ctx.library.checklist())
            .get(self.walk.at())
            .map_or(0, |s| s.choices.len())
    }

    /// Answers with a choice, or with "unsure" for the line behind the last.
    fn say(&mut self, line: usize, ctx: &ScreenContext) -> Response {
        let choices = self.choices(ctx);
        if self.asks() && line <= choices {
            self.walk.say(if line == choices {
                Said::Unsure
            } else {
                Said::Choice(line)
            });
            self.turned(ctx);
        }
        Response::done()
    }

    /// Another question shows: the cursor stands on what was said to it.
    fn turned(&mut self, ctx: &ScreenContext) {
        self.cursor = match self.walk.here() {
            Some(Said::Choice(n)) => n,
            Some(Said::Unsure) => self.choices(ctx),
            None => 0,
        };
    }

    fn back(&mut self, ctx: &ScreenContext) -> Response {
        if !self.walk.back() {
            return Response::toast(SafeText::ours(
                "this is the first question; Esc leaves the interview",
            ));
        }
        self.turned(ctx);
        Response::done()
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match to {
            MoveAction::Left => return self.back(ctx),
            MoveAction::Right if self.walk.on() => self.turned(ctx),
            MoveAction::Right if self.asks() => {
                return Response::toast(SafeText::ours(
                    "answer first; u says that you do not know",
                ));
            }
            MoveAction::Enter if self.asks() => return self.say(self.cursor, ctx),
            MoveAction::Right | MoveAction::Enter => {}
            MoveAction::Down | MoveAction::Up | MoveAction::Top | MoveAction::Bottom
                if !self.asks() =>
            {
                self.page.reader.moved(to, count, Self::height(ctx));
            }
            MoveAction::Down
            | MoveAction::Up
            | MoveAction::Top
            | MoveAction::Bottom
            | MoveAction::HalfDown
            | MoveAction::HalfUp
            | MoveAction::PageDown
            | MoveAction::PageUp => {
                self.page.moved(to, count, Self::height(ctx));
                self.cursor = self.page.list.cursor;
            }
        }
        Response::done()
    }

    fn key(&self, ctx: &ScreenContext) -> InterviewLayoutKey {
        (
            self.walk.at(),
            self.cursor,
            self.walk.here(),
            usize::from(Self::area(ctx).width),
            ctx.settings.lens.clone(),
        )
    }

    fn lay(&mut self, ctx: &ScreenContext) {
        let steps = self_assessment::steps(ctx.library.checklist());
        if self.walk == InterviewWalk::default() {
            self.walk = InterviewWalk::new(steps.len());
            self.cursor = 0;
        }
        let key = self.key(ctx);
        if self.laid.as_ref() == Some(&key) {
            return;
        }
        let same = self.laid.as_ref().is_some_and(|l| l.0 == key.0);
        let laid = if steps.is_empty() {
            LinePage {
                page: no_checklist(key.3),
                ..LinePage::default()
            }
        } else if self.asks() {
            interview::question(ctx.library, &steps, &self.walk, self.cursor, key.3)
        } else {
            let judged = self_assessment::judged(ctx.library, &self.walk.picks());
            LinePage {
                page: assessment::page(
                    &judged,
                    None,
                    &ctx.settings.lens,
                    ctx.settings.today,
                    key.3,
                ),
                ..LinePage::default()
            }
        };
        self.page.show(laid, same);
        self.page.set(self.cursor);
        self.laid = Some(key);
    }
}

fn no_checklist(width: usize) -> Page {
    let mut setter = PageBuilder::new(width);
    setter.title("Judge your own service");
    let said = "This pack has no checklist to judge by. A checklist.toml beside its pack.toml would hold the questions.";
    setter.paragraph(vec![crate::layout::row::Run::ours(
        said,
        crate::layout::row::Role::Text,
    )]);
    setter.finish()
}

impl Screen for InterviewScreen {
    fn scopes(&self) -> &'static [Scope] {
        if self.asks() {
            &[Scope::Interview]
        } else {
            &[]
        }
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        if self.asks() {
            return vec![
                worded(Action::Move(MoveAction::Down), "choose"),
                worded(Action::Move(MoveAction::Enter), "answer"),
                plain(Action::Interview(InterviewAction::Unsure)),
                plain(Action::Interview(InterviewAction::Back)),
                worded(Action::Global(GlobalAction::Close), "leave"),
                plain(Action::Page(PageAction::NextLink)),
                plain(Action::Page(PageAction::Peek)),
            ];
        }
        vec![
            worded(Action::Page(PageAction::Copy), "copy as text"),
            worded(Action::Move(MoveAction::PageDown), "page"),
            worded(Action::Move(MoveAction::Left), "change answers"),
            worded(Action::Global(GlobalAction::Judge), "start anew"),
            plain(Action::Global(GlobalAction::Lens)),
            plain(Action::Page(PageAction::NextLink)),
            plain(Action::Page(PageAction::Contents)),
        ]
    }

    fn on_action(&mut self, act: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match act {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::Interview(InterviewAction::Answer(n)) if usize::from(n) < self.choices(ctx) => {
                self.say(usize::from(n), ctx)
            }
            Action::Interview(InterviewAction::Answer(_)) => {
                Response::toast(SafeText::ours("there is no such choice"))
            }
            Action::Interview(InterviewAction::Unsure) => self.say(self.choices(ctx), ctx),
            Action::Interview(InterviewAction::Back) => self.back(ctx),
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
            self.page.reader.want(spot);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.lay(ctx);
        self.page.settle(Self::height(ctx));
    }

    fn view(&self, brush: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)> {
        self.page.view(brush, buf, Self::area(ctx))
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let area = Self::area(ctx);
        let on_link = |p: &SelectablePage| {
            p.reader.page.link_at(
                p.reader.top + usize::from(row - area.y),
                usize::from(column - area.x),
            )
        };
        if !area.contains((column, row).into()) || on_link(&self.page).is_some() {
            return Response::done();
        }
        match self.page.line_at(usize::from(row - area.y)) {
            Some(line) => self.say(line, ctx),
            None => Response::done(),
        }
    }

    fn on_wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &ScreenContext) {
        self.page.reader.scroll(rows, Self::height(ctx));
    }

    fn reader(&mut self, ctx: &ScreenContext) -> Option<(&mut Viewport, usize)> {
        Some((&mut self.page.reader, Self::height(ctx)))
    }

    fn page_area(&self, ctx: &ScreenContext) -> Option<Rect> {
        Some(Self::area(ctx))
    }

    fn address(&self, _ctx: &ScreenContext) -> Option<Address> {
        None
    }

    fn citation(&self, ctx: &ScreenContext) -> Option<Citation> {
        if self.asks() || self_assessment::steps(ctx.library.checklist()).is_empty() {
            return None;
        }
        let judged = self_assessment::judged(ctx.library, &self.walk.picks());
        let text = assessment::text(&judged, None, ctx.settings.today);
        Some(Citation {
            text,
            what: SafeText::ours("the result, as markdown"),
            sources: Vec::new(),
        })
    }

    fn position(&self) -> ScrollPosition {
        self.page.reader.position()
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        if self_assessment::steps(ctx.library.checklist()).len() != self.walk.picks().len() {
            self.walk = InterviewWalk::default();
        }
        self.laid = None;
    }
}
