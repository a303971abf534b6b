//! What keys and clicks do to a session.
//! Whatever changes the session's answers leaves its review in the record and its effects in the response.

use std::sync::Arc;

use crate::app::action::{MoveAction, QuizAction};
use crate::app::msg::Effect;
use crate::app::route::Route;
use crate::app::screen::quiz::{QuizPhase, QuizScreen};
use crate::app::screen::{Response, ScreenContext};
use crate::core::progress::{Change, Progress, Review};
use crate::core::quiz::{
    AnswerDraft, QuizOptions, ReviewWriter, Session, SessionStep, SessionSummary, Stage, Submitted,
};
use crate::pack::AnswerKind;
use crate::text::SafeText;
use crate::views::quiz::behind;
use crate::views::quiz::question::near;

impl QuizScreen {
    /// Does an act of the quiz.
    pub(super) fn quiz_act(&mut self, act: QuizAction, ctx: &ScreenContext) -> Response {
        match act {
            QuizAction::Toggle => self.toggle(ctx),
            QuizAction::Guess => self.submit(false, ctx),
            QuizAction::Hint => self.hint(ctx),
            QuizAction::Skip => self.skip(ctx),
            QuizAction::Undo => self.undo(ctx),
            QuizAction::Page => self.open_page(ctx),
            QuizAction::Retry => self.retry(ctx),
            QuizAction::Statistics if self.mind.is_some() && !self.asking() => {
                self.phase = QuizPhase::Statistics;
                self.turn_over();
                Response::done()
            }
            QuizAction::Statistics => {
                Response::toast(SafeText::ours("first answer, or leave with Esc"))
            }
        }
    }

    /// Enter: submits as sure, or goes on.
    pub(super) fn enter_key(&mut self, ctx: &ScreenContext) -> Response {
        match self.stage() {
            Some(Stage::Asking(_)) => self.submit(true, ctx),
            Some(Stage::Told(_)) => self.go_on(ctx),
            Some(Stage::Page) => self.leave_page(ctx),
            Some(Stage::Over) | None => self.leave(),
        }
    }

    fn submit(&mut self, sure: bool, ctx: &ScreenContext) -> Response {
        let now = self.now;
        let (Some(session), Some(mind)) = (&mut self.session, &mut self.mind) else {
            return Response::done();
        };
        let mut pen = ReviewWriter {
            ids: &mut mind.ids,
            now,
            lens: &ctx.settings.lens,
        };
        match session.submit(sure, ctx.library, &mut pen) {
            Submitted::Nothing(why) => Response::toast(why),
            Submitted::Near(note) => {
                let said = crate::safe!("almost: {}", near(note));
                self.fresh = true;
                Response::toast(said)
            }
            Submitted::Answered(review) => {
                let response = self.keep(review);
                self.turn_over();
                response
            }
        }
    }

    /// Keeps a review, and the session as it stands now.
    fn keep(&mut self, review: Review) -> Response {
        if let Some(mind) = &mut self.mind {
            Arc::make_mut(&mut mind.record).add(&review);
        }
        self.save_session(Response::effect(Effect::Record(Change::Add(review))))
    }

    /// Keeps the session as it stands, or drops it when it has ended.
    pub(super) fn save_session(&mut self, response: Response) -> Response {
        let Some(session) = &self.session else {
            return response;
        };
        let shelved = session.shelved();
        if let Some(mind) = &mut self.mind {
            Arc::make_mut(&mut mind.record)
                .saved_session
                .clone_from(&shelved);
        }
        let drop = Change::DropSession(session.number);
        response.and_effect(Effect::Record(shelved.map_or(drop, Change::SaveSession)))
    }

    fn go_on(&mut self, ctx: &ScreenContext) -> Response {
        let (Some(session), Some(mind)) = (&mut self.session, &self.mind) else {
            return Response::done();
        };
        match session.advance(ctx.library, &mind.record) {
            SessionStep::On => self.turn_over(),
            SessionStep::Heed => {
                return Response::toast(SafeText::ours(
                    "you were sure: read why, then Enter once more",
                ));
            }
            SessionStep::Nowhere => {}
        }
        Response::done()
    }

    /// Takes the page that was shown instead as read.
    fn leave_page(&mut self, ctx: &ScreenContext) -> Response {
        let review = self.written_by(
            |session, record, pen| session.read(ctx.library, record, pen),
            ctx,
        );
        self.done_with(review)
    }

    fn skip(&mut self, ctx: &ScreenContext) -> Response {
        if !self.asking() {
            return Response::toast(SafeText::ours("nothing to skip: Enter goes on"));
        }
        let review = self.written_by(
            |session, record, pen| session.skip(ctx.library, record, pen),
            ctx,
        );
        self.done_with(review)
    }

    fn written_by(
        &mut self,
        write: impl FnOnce(&mut Session, &Progress, &mut ReviewWriter<'_>) -> Option<Review>,
        ctx: &ScreenContext,
    ) -> Option<Review> {
        let now = self.now;
        let (session, mind) = (self.session.as_mut()?, self.mind.as_mut()?);
        let mut pen = ReviewWriter {
            ids: &mut mind.ids,
            now,
            lens: &ctx.settings.lens,
        };
        write(session, &mind.record, &mut pen)
    }

    fn done_with(&mut self, review: Option<Review>) -> Response {
        let Some(review) = review else {
            return Response::done();
        };
        let response = self.keep(review);
        self.turn_over();
        response
    }

    fn undo(&mut self, ctx: &ScreenContext) -> Response {
        let (Some(session), Some(mind)) = (&mut self.session, &mut self.mind) else {
            return Response::done();
        };
        let Some(id) = session.last_review() else {
            return Response::toast(SafeText::ours("nothing to take back"));
        };
        let here = Arc::make_mut(&mut mind.record).undo(id);
        session.undo(ctx.library, &mind.record);
        let mut response = self.save_session(Response::effect(Effect::Record(Change::Undo(id))));
        if !here {
            response = response.and_effect(Effect::Recall);
        }
        self.turn_over();
        response.and_toast(SafeText::ours(
            "the last answer is taken back, in the record too",
        ))
    }

    fn hint(&mut self, ctx: &ScreenContext) -> Response {
        let shown = self.session.as_mut().is_some_and(|s| s.hint(ctx.library));
        if shown {
            Response::done()
        } else {
            Response::toast(SafeText::ours("no hint here"))
        }
    }

    fn open_page(&self, ctx: &ScreenContext) -> Response {
        let question = self.session.as_ref().and_then(|s| s.question(ctx.library));
        let page = question.and_then(|q| behind(ctx.library, q));
        page.map_or_else(
            || Response::toast(SafeText::ours("no page behind this")),
            |address| Response::go(Route::of(address)),
        )
    }

    fn retry(&mut self, ctx: &ScreenContext) -> Response {
        let (Some(session), Some(mind)) = (&self.session, &self.mind) else {
            return Response::toast(SafeText::ours("nothing was missed yet"));
        };
        let missed = SessionSummary::of(session, ctx.library, &mind.record).missed_ids();
        if session.stage != Stage::Over || missed.is_empty() {
            return Response::toast(SafeText::ours("nothing was missed yet"));
        }
        self.begin(QuizOptions::only(missed), None, ctx)
    }

    /// A letter or digit pressed while a question is open; `None` when it is for others.
    pub(super) fn sign(&mut self, sign: char, ctx: &ScreenContext) -> Option<Response> {
        let question = self.session.as_ref()?.question(ctx.library)?;
        let truth = match (sign, &question.answer) {
            ('t', AnswerKind::TrueFalse(_)) => Some(0),
            ('f', AnswerKind::TrueFalse(_)) => Some(1),
            _ => None,
        };
        let (draft, shown) = self.session.as_mut()?.draft()?;
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
        let Some((draft, _)) = self.session.as_mut().and_then(Session::draft) else {
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
        if let Some((draft, shown)) = self.session.as_mut().and_then(Session::draft) {
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
        let Some((draft, shown)) = self.session.as_mut().and_then(Session::draft) else {
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
            .session
            .as_mut()
            .and_then(Session::draft)
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
        if let Some((draft, _)) = self.session.as_mut().and_then(Session::draft) {
            *draft = AnswerDraft::Words(words);
        }
        Response::done()
    }
}
