//! What keys and clicks do to a session.
//! Whatever changes the session's answers leaves its review in the record and its effects in the response.

use crate::app::action::{MoveAction, QuizAction};
use crate::app::msg::Effect;
use crate::app::route::Route;
use crate::app::screen::quiz::{QuizPhase, QuizScreen};
use crate::app::screen::{Response, ScreenContext};
use crate::core::progress::Change;
use crate::core::quiz::{
    AnswerDraft, PresentedQuestion, QuizContext, QuizOptions, QuizRun, SessionStep, Stage, Undone,
    Ungraded,
};
use crate::pack::AnswerKind;
use crate::views::quiz::behind;
use crate::views::quiz::question::near;

impl QuizScreen {
    pub(super) fn quiz_action(&mut self, action: QuizAction, ctx: &ScreenContext) -> Response {
        match action {
            QuizAction::Retry | QuizAction::Statistics if self.aside => Response::ignored(),
            QuizAction::Toggle => self.toggle(ctx),
            QuizAction::Guess => self.submit(false, ctx),
            QuizAction::Hint => self.hint(ctx),
            QuizAction::Skip => self.skip(ctx),
            QuizAction::Undo => self.undo(ctx),
            QuizAction::Page => self.open_page(ctx),
            QuizAction::Retry => self.retry(ctx),
            QuizAction::Statistics if self.run.is_some() && !self.asking() => {
                self.phase = QuizPhase::Statistics;
                self.show_new_page();
                Response::done()
            }
            QuizAction::Statistics => Response::toast("first answer, or leave with Esc"),
        }
    }

    /// Enter: submits as sure, or goes on.
    pub(super) fn enter_key(&mut self, ctx: &ScreenContext) -> Response {
        match self.stage() {
            Some(Stage::Asking(_)) => self.submit(true, ctx),
            Some(Stage::Answered(_)) => self.next(ctx),
            Some(Stage::Page) => self.change(QuizRun::read_page, ctx),
            Some(Stage::Over) | None => self.leave(),
        }
    }

    fn submit(&mut self, sure: bool, ctx: &ScreenContext) -> Response {
        let context = self.context(ctx);
        let Some(run) = &mut self.run else {
            return Response::done();
        };
        match run.answer(sure, &context) {
            Ok(changes) => {
                self.saving = changes.iter().find_map(Change::review);
                self.on_changes(changes)
            }
            Err(Ungraded::Refused(why)) => Response::toast(why),
            Err(Ungraded::Near(note)) => {
                self.fresh = true;
                Response::toast(crate::safe!("almost: {}", near(note)))
            }
        }
    }

    /// Has changes of the session written, and shows what comes after them.
    pub(super) fn on_changes(&mut self, mut changes: Vec<Change>) -> Response {
        if !changes.is_empty() {
            self.show_new_page();
        }
        if self.aside {
            // Beside a lesson no session is left to be gone on with, and the one that was left stays.
            changes.retain(|change| change.review().is_some());
            self.end_aside();
        }
        Response {
            effects: changes.into_iter().map(Effect::Record).collect(),
            ..Response::done()
        }
    }

    fn next(&mut self, ctx: &ScreenContext) -> Response {
        let Some(run) = &mut self.run else {
            return Response::done();
        };
        let step = match run.next(ctx.library) {
            // There is no verdict to read yet: nobody waits for it who wants to go on.
            SessionStep::NeedsConfirm if self.saving.is_some() => run.next(ctx.library),
            step => step,
        };
        match step {
            SessionStep::Moved => {
                self.show_new_page();
                self.end_aside();
            }
            SessionStep::NeedsConfirm => {
                return Response::toast("you were sure: read why, then Enter once more");
            }
            SessionStep::Nowhere => {}
        }
        Response::done()
    }

    /// Changes the session's answers, where there is a session.
    fn change(
        &mut self,
        change: impl FnOnce(&mut QuizRun, &QuizContext) -> Vec<Change>,
        ctx: &ScreenContext,
    ) -> Response {
        let context = self.context(ctx);
        let run = self.run.as_mut();
        let changes = run.map_or_else(Vec::new, |run| change(run, &context));
        self.on_changes(changes)
    }

    fn skip(&mut self, ctx: &ScreenContext) -> Response {
        if !self.asking() {
            return Response::toast("nothing to skip: Enter goes on");
        }
        self.change(QuizRun::skip, ctx)
    }

    fn undo(&mut self, ctx: &ScreenContext) -> Response {
        let undone = self.run.as_mut().and_then(|run| run.undo(ctx.library));
        let Some(Undone { changes, reload }) = undone else {
            return Response::toast("nothing to take back");
        };
        let mut response = self.on_changes(changes);
        let load = reload.then_some(Effect::LoadProgress);
        response.effects.extend(load);
        response.toast = Some("the last answer is taken back".into());
        response
    }

    /// What Space does to the row under the cursor.
    pub(super) fn toggle_words(&self) -> &'static str {
        let asking = self.stage().and_then(|stage| match stage {
            Stage::Asking(asking) => Some(&asking.draft),
            _ => None,
        });
        match asking {
            Some(AnswerDraft::Sorted { .. }) => "next one",
            Some(AnswerDraft::Placed(..)) => "number",
            _ => "choose",
        }
    }

    fn draft(&mut self) -> Option<(&mut AnswerDraft, &PresentedQuestion)> {
        self.run.as_mut()?.session.draft()
    }

    fn hint(&mut self, ctx: &ScreenContext) -> Response {
        let run = self.run.as_mut();
        if run.is_some_and(|run| run.session.hint(ctx.library)) {
            Response::done()
        } else {
            Response::toast("no hint here")
        }
    }

    fn open_page(&self, ctx: &ScreenContext) -> Response {
        if self.asking() {
            return Response::toast("first answer: the page opens from the verdict on");
        }
        let run = self.run.as_ref();
        let question = run.and_then(|run| run.session.question(ctx.library));
        let page = question.and_then(|q| behind(ctx.library, q));
        page.map_or_else(
            || Response::toast("no page behind this"),
            |address| Response::go(Route::of(address)),
        )
    }

    fn retry(&mut self, ctx: &ScreenContext) -> Response {
        let run = self.run.as_ref().filter(|r| r.session.stage == Stage::Over);
        let missed = run.map(|run| run.summary(ctx.library).missed_ids());
        match missed.filter(|missed| !missed.is_empty()) {
            Some(missed) => self.begin(QuizOptions::only(missed), None, ctx),
            None => Response::toast("nothing was missed yet"),
        }
    }

    /// A letter or digit pressed while a question is open; `None` when it is for others.
    pub(super) fn on_sign(&mut self, sign: char, ctx: &ScreenContext) -> Option<Response> {
        let question = self.run.as_ref()?.session.question(ctx.library)?;
        let truth = match (sign, &question.answer) {
            ('t', AnswerKind::TrueFalse(_)) => Some(0),
            ('f', AnswerKind::TrueFalse(_)) => Some(1),
            _ => None,
        };
        let (draft, shown) = self.draft()?;
        let row = shown.row_of(sign).or(truth);
        let digit = sign.is_ascii_digit();
        if sign.is_uppercase() || !digit && row.is_none() {
            return None;
        }
        if matches!(draft, AnswerDraft::Sorted { .. }) {
            let option = shown.option_of(sign);
            match (digit, option, row) {
                (true, Some(option), _) => return Some(self.assign(option)),
                (false, _, Some(row)) => self.move_to(row),
                _ => {}
            }
        } else if let Some(row) = row {
            draft.choose(row);
            self.move_to(row);
        }
        Some(Response::done())
    }

    /// Gives the row under the cursor an option, and goes to the next row that has none.
    pub(super) fn assign(&mut self, option: usize) -> Response {
        let row = self.cursor;
        let Some((draft, _)) = self.draft() else {
            return Response::done();
        };
        draft.assign(row, option);
        if let AnswerDraft::Sorted { of, .. } = draft {
            let open = |i: &usize| of.get(*i).is_some_and(Option::is_none);
            let next = (row..of.len()).chain(0..row).find(open);
            if let Some(next) = next {
                self.move_to(next);
            }
        }
        Response::done()
    }

    /// Gives the row under the cursor the next option or the one before.
    pub(super) fn turn(&mut self, forward: bool) {
        let row = self.cursor;
        if let Some((draft, shown)) = self.draft() {
            draft.turn(row, shown.options.len(), forward);
        }
    }

    fn toggle(&mut self, ctx: &ScreenContext) -> Response {
        if self.in_words() {
            self.field = true;
            return Response::done();
        }
        if !self.asking() {
            return self.movement(MoveAction::PageDown, None, ctx);
        }
        self.pick(self.cursor)
    }

    fn pick(&mut self, row: usize) -> Response {
        let Some((draft, shown)) = self.draft() else {
            return Response::done();
        };
        match draft {
            AnswerDraft::Sorted { .. } => draft.turn(row, shown.options.len(), true),
            AnswerDraft::One(_) | AnswerDraft::Many(_) | AnswerDraft::Placed(..) => {
                draft.choose(row)
            }
            AnswerDraft::Words(_) => {}
        }
        Response::done()
    }

    /// A click on a row: chooses it; a row that is sorted is first gone to.
    pub(super) fn clicked_row(&mut self, row: usize) -> Response {
        let there = self.cursor == row;
        self.move_to(row);
        let sorted = self
            .draft()
            .is_some_and(|(d, _)| matches!(d, AnswerDraft::Sorted { .. }));
        if sorted && !there {
            Response::done()
        } else {
            self.pick(row)
        }
    }

    /// What stands in the field is the draft.
    pub(super) fn written(&mut self) -> Response {
        let words = self.input.value().to_owned();
        if let Some((draft, _)) = self.draft() {
            *draft = AnswerDraft::Words(words);
        }
        Response::done()
    }
}
