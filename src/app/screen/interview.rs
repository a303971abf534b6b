//! The interview about one's own service: one question at a time, then what the answers come to.
//!
//! An answer is one key, and going back forgets none. The result is judged by the same rules as every service, and `y`
//! copies it as a text.

use ratatui::layout::Rect;

use crate::app::action::{Action, GlobalAction, InterviewAction, MoveAction, PageAction};
use crate::app::keymap::Scope;
use crate::app::painter::Painter;
use crate::app::screen::{Hint, Response, Screen, ScreenContext, centered, plain, worded};
use crate::app::widget::{SelectablePage, Viewport};
use crate::core::judge::assessment::judged;
use crate::core::judge::interview::steps;
use crate::core::judge::{InterviewAnswer, InterviewWalk};
use crate::layout::{Page, PageBuilder, Role, Run};
use crate::pack::Things;
use crate::text::SafeText;
use crate::views::interview::TITLE;
use crate::views::{Citation, LinePage, assessment, interview};

/// What was laid out: the step, the cursor, what was said to it, the width, the lens.
type InterviewLayoutKey = (usize, usize, Option<InterviewAnswer>, usize, String);

#[derive(Default)]
pub struct InterviewScreen {
    walk: InterviewWalk,
    page: SelectablePage,
    /// The line that has the cursor: a choice, or "unsure" behind them.
    cursor: usize,
    shown: Option<InterviewLayoutKey>,
}

impl InterviewScreen {
    fn area(ctx: &ScreenContext) -> Rect {
        centered(ctx)
    }

    /// From the result, begins anew; in the middle nothing is thrown away.
    pub fn start_over(&mut self) {
        if self.walk.is_done() {
            self.walk = InterviewWalk::default();
            self.shown = None;
        }
    }

    /// Whether a question is asked, and not the result shown.
    fn asks(&self) -> bool {
        !self.walk.is_done()
    }

    fn choices(&self, ctx: &ScreenContext) -> usize {
        steps(ctx.library.checklist())
            .get(self.walk.at())
            .map_or(0, |s| s.choices.len())
    }

    /// Answers with a choice, or with "unsure" for the line behind the last.
    fn answer(&mut self, line: usize, ctx: &ScreenContext) -> Response {
        let choices = self.choices(ctx);
        if self.asks() && line <= choices {
            self.walk.say(if line == choices {
                InterviewAnswer::Unsure
            } else {
                InterviewAnswer::Choice(line)
            });
            self.cursor_to_answer(ctx);
        }
        Response::done()
    }

    /// Another question shows: the cursor stands on what was said to it.
    fn cursor_to_answer(&mut self, ctx: &ScreenContext) {
        self.cursor = match self.walk.here() {
            Some(InterviewAnswer::Choice(n)) => n,
            Some(InterviewAnswer::Unsure) => self.choices(ctx),
            None => 0,
        };
    }

    fn back(&mut self, ctx: &ScreenContext) -> Response {
        if !self.walk.back() {
            return Response::toast("this is the first question; Esc leaves the interview");
        }
        self.cursor_to_answer(ctx);
        Response::done()
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match to {
            MoveAction::Left => return self.back(ctx),
            MoveAction::Right if self.walk.on() => self.cursor_to_answer(ctx),
            MoveAction::Right if self.asks() => {
                return Response::toast("answer first; u says that you do not know");
            }
            MoveAction::Enter if self.asks() => return self.answer(self.cursor, ctx),
            MoveAction::Right | MoveAction::Enter => {}
            MoveAction::Down | MoveAction::Up | MoveAction::Top | MoveAction::Bottom
                if !self.asks() =>
            {
                self.page.viewport.moved(to, count);
            }
            _ => {
                self.page.moved(to, count);
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
            ctx.view.lens.clone(),
        )
    }

    fn lay_out(&mut self, ctx: &ScreenContext) {
        let steps = steps(ctx.library.checklist());
        if self.walk == InterviewWalk::default() {
            self.walk = InterviewWalk::new(steps.len());
            self.cursor = 0;
        }
        let key = self.key(ctx);
        if self.shown.as_ref() == Some(&key) {
            return;
        }
        let same = self.shown.as_ref().is_some_and(|l| l.0 == key.0);
        let without_lines = |page| LinePage {
            page,
            ..LinePage::default()
        };
        let page = if steps.is_empty() {
            without_lines(no_checklist(&ctx.library.pack().subject.things, key.3))
        } else if self.asks() {
            interview::question(ctx.library, &steps, &self.walk, self.cursor, key.3)
        } else {
            let judged = judged(ctx.library, &self.walk.picks());
            let (lens, today) = (&ctx.view.lens, ctx.view.today);
            without_lines(assessment::page(
                ctx.library.pack(),
                &judged,
                None,
                lens,
                today,
                key.3,
            ))
        };
        self.page.show(page, same);
        self.page.set(self.cursor);
        self.shown = Some(key);
    }
}

fn no_checklist(things: &Things, width: usize) -> Page {
    let mut builder = PageBuilder::new(width);
    builder.title(things.fill(TITLE));
    let said = "This pack has no checklist to judge by. A checklist.toml beside its pack.toml would hold the questions.";
    builder.paragraph(vec![Run::ours(said, Role::Text)]);
    builder.finish()
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

    fn on_action(&mut self, action: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match action {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::Interview(InterviewAction::Answer(n)) if usize::from(n) < self.choices(ctx) => {
                self.answer(usize::from(n), ctx)
            }
            Action::Interview(InterviewAction::Answer(_)) => {
                Response::toast("there is no such choice")
            }
            Action::Interview(InterviewAction::Unsure) => self.answer(self.choices(ctx), ctx),
            Action::Interview(InterviewAction::Back) => self.back(ctx),
            _ => Response::ignored(),
        }
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.lay_out(ctx);
        self.page.layout(Self::area(ctx));
    }

    fn viewport(&mut self) -> &mut Viewport {
        &mut self.page.viewport
    }

    fn view(&self, painter: &mut Painter, _ctx: &ScreenContext) -> Option<(u16, u16)> {
        self.page.view(painter)
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let viewport = &self.page.viewport;
        let cell = viewport.cell(column, row);
        // A click on a link in a choice follows the link and answers nothing.
        if cell.is_some_and(|(row, column)| viewport.page.link_at(row, column).is_some()) {
            return Response::done();
        }
        match self.page.line_at(column, row) {
            Some(line) => self.answer(line, ctx),
            None => Response::done(),
        }
    }

    fn citation(&self, ctx: &ScreenContext) -> Option<Citation> {
        if self.asks() || steps(ctx.library.checklist()).is_empty() {
            return None;
        }
        let judged = judged(ctx.library, &self.walk.picks());
        let text = assessment::text(ctx.library.pack(), &judged, None, ctx.view.today);
        Some(Citation {
            text,
            what: SafeText::ours("the result, as markdown"),
            sources: Vec::new(),
        })
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        if steps(ctx.library.checklist()).len() != self.walk.picks().len() {
            self.walk = InterviewWalk::default();
        }
        self.shown = None;
    }
}

#[cfg(test)]
mod tests {
    use crate::app::Effect;
    use crate::app::samples::{App, check, check_toasts};

    #[test]
    fn an_answer_is_one_key_and_going_back_forgets_none() {
        check(&[
            ("J", "What of provider managed?", ""),
            ("Ja", "What of scales automatically?", ""),
            ("J1", "What of scales automatically?", ""),
            ("J<Down><Enter>", "What of scales automatically?", ""),
            ("Ju", "What of scales automatically?", ""),
            ("Jab<Backspace>", "What of scales automatically?", ""),
            ("Jab<Left><Left>", "What of provider managed?", ""),
            (
                "Jab<Left><Left><Right><Right>",
                "What of scale to zero?",
                "",
            ),
        ]);
        check_toasts(&[
            (
                "J<Left>",
                "this is the first question; Esc leaves the interview",
            ),
            ("J<Right>", "answer first; u says that you do not know"),
            ("J6", "there is no such choice"),
        ]);
    }

    #[test]
    fn the_cursor_stands_on_what_was_answered() {
        let cursor = |keys| App::new().keys(keys).shown().1;
        let first = cursor("J");
        assert_eq!(cursor("Ja<Left>"), first);
        assert!(cursor("Jb<Left>").1 > first.1);
        assert!(cursor("Ju<Left>").1 > cursor("Jb<Left>").1);
    }

    #[test]
    fn the_result_is_judged_copied_and_begun_anew() {
        let app = App::new().keys("Jaaaaaay");
        assert!(
            matches!(app.effects.as_slice(), [Effect::Copy(_, what)] if what.as_str() == "the result, as markdown"),
            "{}",
            app.text()
        );
        check(&[
            ("JaaaaaaJ", "What of provider managed?", ""),
            ("Jaaaaaa<Left>", "Is it sold, or called, serverless", ""),
            ("JaJ", "What of scales automatically?", ""),
            ("Ja<Esc>", "Compare", "What of scales automatically?"),
            ("Ja<Esc>J", "What of scales automatically?", ""),
        ]);
    }

    #[test]
    fn a_click_answers() {
        let app = App::new().keys("J");
        let (x, y) = app.find("Hardly");
        app.click(x, y).shows("What of scales automatically?");
    }

    #[test]
    fn a_pack_without_a_checklist_says_so() {
        let library = crate::app::samples::library_with(&[("checklist.toml", "")]);
        assert!(library.checklist().questions.is_empty());
        let app = App::on(library, (100, 30)).keys("J");
        assert_eq!(app.toast(), "this pack has no checklist to judge by");
    }
}
