//! The quiz: its start page, the open question, the verdict, the summary, the statistics.
//!
//! `start.rs` is the start page, `play.rs` what keys do to a session; what is shown comes from the views.
//! One key answers one question at most, Enter without an answer does nothing, and a session that is left is kept.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::{Action, GlobalAction, MoveAction, PageAction, QuizAction};
use crate::app::choice::ScreenChoice;
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::msg::Effect;
use crate::app::painter::Painter;
use crate::app::route::{Route, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, centered, inside, plain, worded};
use crate::app::widget::{TextField, Viewport, area};
use crate::core::progress::{IdSource, LoadedProgress, Progress, ReviewId, StorageState};
use crate::core::quiz::{AnswerDraft, DeckCounts, QuizOptions, Session, SessionSummary, Stage};
use crate::layout::{Role, Row, Run};
use crate::pack::{Address, Kind};
use crate::text::{SafeText, Timestamp};
use crate::views::quiz::question::{FIELD_WIDTH, QuestionOptions};
use crate::views::{self, QuizPage};

mod play;
mod start;

/// Rows from the verdict on that show at least, where the page is longer than the window.
const BELOW: usize = 8;

/// What is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum QuizPhase {
    /// What the next session is to be.
    #[default]
    Start,
    /// The session.
    Play,
    /// What the record adds up to.
    Statistics,
}

/// What is known of the learner.
struct QuizContext {
    record: Arc<Progress>,
    ids: IdSource,
    /// What must be said of the memory; stays on the start page.
    said: Option<SafeText>,
}

/// The screen.
#[derive(Default)]
pub struct QuizScreen {
    phase: QuizPhase,
    options: QuizOptions,
    seed: Option<u64>,
    learner: Option<QuizContext>,
    session: Option<Session>,
    now: Timestamp,
    /// The row under the cursor: of the start page, or of the open question.
    cursor: usize,
    input: TextField,
    /// Keys go into the field.
    field: bool,
    /// How many questions there are to each options, of these topics.
    counted: Option<(Vec<String>, DeckCounts)>,
    /// Why the last answer is not saved.
    unsaved: Option<SafeText>,
    viewport: Viewport,
    laid: QuizPage,
    /// Another page than before: it starts at its top.
    fresh: bool,
    /// The cursor's row must be brought in sight.
    follow: bool,
}

impl QuizScreen {
    /// Sets what the next session is to be.
    pub fn set_options(&mut self, options: QuizOptions, seed: Option<u64>) {
        (self.options, self.seed) = (options, seed);
    }

    /// The time.
    pub fn on_time(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// The record was opened.
    pub fn on_progress(&mut self, recalled: LoadedProgress) {
        let first = self.learner.is_none();
        let unsaved = matches!(
            recalled.storage,
            StorageState::ReadOnly | StorageState::Unsaved
        );
        let said = recalled.notice.or(unsaved.then_some(SafeText::ours(
            "not saved: answers are forgotten at the end",
        )));
        self.now = recalled.now;
        self.learner = Some(QuizContext {
            record: recalled.progress,
            ids: recalled.ids,
            said,
        });
        self.counted = None;
        if first && self.phase == QuizPhase::Start {
            // Who names a options wants it begun; who names none may want to go on.
            let wished = self.seed.is_some() || self.options != QuizOptions::default();
            self.cursor = usize::from(wished && self.left_session().is_some());
            self.fresh = true;
        }
    }

    /// What became of a review that was to be kept; something to say when it is not saved.
    pub fn on_saved(&mut self, _id: ReviewId, why_not: Option<SafeText>) {
        self.unsaved = why_not;
    }

    fn areas(ctx: &ScreenContext) -> (Rect, Rect) {
        let all = centered(inside(ctx.area));
        let used = if all.height > 16 { 2 } else { 1 };
        (area::row(all, 0), area::below(all, used))
    }

    fn stage(&self) -> Option<&Stage> {
        self.session
            .as_ref()
            .filter(|_| self.phase == QuizPhase::Play)
            .map(|s| &s.stage)
    }

    /// Whether a question is open.
    fn asking(&self) -> bool {
        matches!(self.stage(), Some(Stage::Asking(_)))
    }

    /// Whether the open question is answered by typing.
    fn in_words(&self) -> bool {
        matches!(self.stage(), Some(Stage::Asking(a)) if matches!(a.draft, AnswerDraft::Words(_)))
    }

    fn lay_out(&self, ctx: &ScreenContext, width: usize) -> QuizPage {
        let page = |page| QuizPage {
            page,
            ..QuizPage::default()
        };
        match (self.phase, &self.session, &self.learner) {
            (QuizPhase::Play, Some(session), Some(learner)) => {
                self.lay_out_session(session, learner, ctx, width)
            }
            (QuizPhase::Statistics, _, Some(learner)) => page(views::statistics::page(
                &learner.record,
                ctx.library,
                self.now,
                width,
            )),
            (QuizPhase::Start | QuizPhase::Play | QuizPhase::Statistics, _, _) => {
                self.lay_out_start(ctx, width)
            }
        }
    }

    fn lay_out_session(
        &self,
        session: &Session,
        learner: &QuizContext,
        ctx: &ScreenContext,
        width: usize,
    ) -> QuizPage {
        let question = session.question(ctx.library);
        match (&session.stage, question) {
            (Stage::Asking(asking), Some(question)) => {
                let (field, _) = self
                    .input
                    .shown(FIELD_WIDTH.min(width / 2).saturating_sub(3));
                let options = QuestionOptions::Screen {
                    cursor: self.cursor,
                    field: &field,
                };
                views::quiz::question::page(question, asking, &ctx.settings.lens, width, options)
            }
            (Stage::Told(told), Some(question)) => {
                views::quiz::feedback::page(ctx.library, question, told, width)
            }
            (Stage::Page, Some(question)) => {
                views::quiz::feedback::instead(ctx.library, question, width)
            }
            (Stage::Asking(_) | Stage::Told(_) | Stage::Page | Stage::Over, _) => {
                let summary = SessionSummary::of(session, ctx.library, &learner.record);
                let page = views::quiz::summary::page(ctx.library, &summary, true, self.now, width);
                QuizPage {
                    page,
                    ..QuizPage::default()
                }
            }
        }
    }

    /// The line on top: what this is, and what it is drawn with.
    fn head(&self, ctx: &ScreenContext, width: usize) -> Row {
        let words = |text: SafeText| vec![Run::new(text, Role::Label)];
        let session = self
            .session
            .as_ref()
            .filter(|_| self.phase == QuizPhase::Play);
        let question = session.and_then(|s| s.question(ctx.library));
        let left = match (session, question, self.phase) {
            (Some(session), Some(question), _) => {
                views::quiz::place(ctx.library, question, session.position())
            }
            (Some(_), None, _) => SafeText::ours("Summary"),
            (None, _, QuizPhase::Start | QuizPhase::Play | QuizPhase::Statistics) => {
                SafeText::ours("Quiz")
            }
        };
        let seed = session
            .map(|s| crate::safe!("seed {}", s.seed))
            .unwrap_or_default();
        let right = match &self.unsaved {
            Some(why) => Run::new(crate::safe!("not saved: {why}"), Role::Warn),
            None => Run::new(seed, Role::Dim),
        };
        Row::spread(words(left), vec![right], width)
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        let rows = self.laid.rows.len();
        match to {
            MoveAction::Enter if self.phase == QuizPhase::Start => return self.choose_start(ctx),
            MoveAction::Enter if self.phase == QuizPhase::Play => return self.enter_key(ctx),
            MoveAction::Enter => return self.leave(),
            MoveAction::Left | MoveAction::Right if self.phase == QuizPhase::Start => {
                self.change_start(to == MoveAction::Right, ctx)
            }
            MoveAction::Left | MoveAction::Right if self.asking() => {
                self.turn(to == MoveAction::Right)
            }
            MoveAction::Down | MoveAction::Up if self.in_words() && !self.field => {
                self.field = true
            }
            MoveAction::Down if self.picks_rows() && self.cursor + 1 < rows => {
                self.move_to(self.cursor + count.unwrap_or(1))
            }
            MoveAction::Up if self.picks_rows() && self.cursor > 0 => {
                self.move_to(self.cursor.saturating_sub(count.unwrap_or(1)));
            }
            MoveAction::Left | MoveAction::Right => {}
            _ => {
                self.viewport.moved(to, count);
            }
        }
        Response::done()
    }

    /// Whether up and down go from row to row.
    fn picks_rows(&self) -> bool {
        self.phase == QuizPhase::Start || self.asking() && !self.laid.rows.is_empty()
    }

    fn move_to(&mut self, row: usize) {
        self.cursor = row.min(self.laid.rows.len().saturating_sub(1));
        self.follow = true;
    }

    /// Another page.
    fn turn_page(&mut self) {
        self.fresh = true;
        self.cursor = 0;
        self.input = TextField::default();
        self.field = self.in_words();
        if let Some(Stage::Asking(asking)) = self.stage()
            && let AnswerDraft::Words(words) = &asking.draft
        {
            let words = words.clone();
            self.input.set(&words);
        }
    }

    fn leave(&mut self) -> Response {
        self.phase = QuizPhase::Start;
        self.turn_page();
        Response::effect(Effect::Recall)
    }

    fn reveal(&mut self) {
        let height = self.viewport.height();
        let verdict = self.laid.verdict.filter(|_| self.fresh);
        if let Some(row) = verdict {
            let end = (row + BELOW).min(self.laid.page.rows.len());
            self.viewport.top = end.saturating_sub(height).min(row);
        }
        if std::mem::take(&mut self.follow)
            && let Some(rows) = self.laid.rows.get(self.cursor)
        {
            if rows.start < self.viewport.top || self.cursor == 0 {
                self.viewport.top = if self.cursor == 0 {
                    rows.end.saturating_sub(height)
                } else {
                    rows.start
                };
            }
            if rows.end > self.viewport.top + height {
                self.viewport.top = rows.end.saturating_sub(height);
            }
        }
    }

    fn field_cursor(&self, body: Rect) -> Option<(u16, u16)> {
        let (row, column) = self.laid.field.filter(|_| self.field)?;
        let y = self.viewport.y_of(row)?;
        let (_, at) = self.input.shown(
            FIELD_WIDTH
                .min(usize::from(body.width) / 2)
                .saturating_sub(3),
        );
        Some((body.x + u16::try_from(column + at).unwrap_or(0), y))
    }
}

impl Screen for QuizScreen {
    fn scopes(&self) -> &'static [Scope] {
        if self.phase == QuizPhase::Play {
            &[Scope::Question, Scope::Quiz]
        } else {
            &[Scope::Quiz]
        }
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        let quiz = |act| plain(Action::Quiz(act));
        let page = |act| plain(Action::Page(act));
        let enter = |words| worded(Action::Move(MoveAction::Enter), words);
        match self.stage() {
            Some(Stage::Asking(_)) if self.in_words() => {
                let mut hints = vec![enter("sure"), quiz(QuizAction::Guess)];
                let field = worded(Action::Global(GlobalAction::Close), "other keys");
                hints.push(if self.field {
                    field
                } else {
                    worded(Action::Move(MoveAction::Down), "type")
                });
                hints.extend([QuizAction::Hint, QuizAction::Skip, QuizAction::Undo].map(quiz));
                hints
            }
            Some(Stage::Asking(_)) => {
                let mut hints = vec![
                    enter("sure"),
                    quiz(QuizAction::Guess),
                    quiz(QuizAction::Toggle),
                ];
                hints.extend([QuizAction::Hint, QuizAction::Skip, QuizAction::Undo].map(quiz));
                hints.push(worded(Action::Move(MoveAction::Down), "row"));
                hints
            }
            Some(Stage::Told(_)) => {
                let mut hints = vec![
                    enter("next"),
                    quiz(QuizAction::Page),
                    page(PageAction::NextLink),
                    page(PageAction::Peek),
                ];
                hints.extend([
                    quiz(QuizAction::Undo),
                    worded(Action::Move(MoveAction::Down), "scroll"),
                ]);
                hints
            }
            Some(Stage::Page) => vec![
                enter("read, next"),
                quiz(QuizAction::Page),
                page(PageAction::NextLink),
                quiz(QuizAction::Undo),
            ],
            Some(Stage::Over) => {
                let mut hints = vec![
                    enter("start page"),
                    quiz(QuizAction::Retry),
                    page(PageAction::NextLink),
                ];
                hints.extend([quiz(QuizAction::Undo), quiz(QuizAction::Statistics)]);
                hints
            }
            None if self.phase == QuizPhase::Statistics => vec![
                enter("start page"),
                worded(Action::Move(MoveAction::PageDown), "page"),
            ],
            None => vec![
                enter(self.start_words()),
                worded(Action::Move(MoveAction::Down), "row"),
                worded(Action::Move(MoveAction::Right), "change"),
                quiz(QuizAction::Statistics),
            ],
        }
    }

    fn on_action(&mut self, act: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match act {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::Quiz(act) => self.quiz_act(act, ctx),
            _ => Response::ignored(),
        }
    }

    fn on_choice(&mut self, choice: ScreenChoice, _ctx: &ScreenContext) -> Response {
        match choice {
            ScreenChoice::Tag(topic) => {
                self.options = QuizOptions {
                    topics: topic.into_iter().collect(),
                    only: Vec::new(),
                    ..self.options.clone()
                };
                Response::done()
            }
            _ => Response::ignored(),
        }
    }

    fn on_enter(
        &mut self,
        _route: &Route,
        position: Option<ScrollPosition>,
        _ctx: &ScreenContext,
    ) -> Response {
        if let Some(position) = position {
            self.viewport.want(position);
        }
        if self.learner.is_none() || self.phase != QuizPhase::Play && self.unsaved.is_none() {
            return Response::effect(Effect::Recall);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        let body = Self::areas(ctx).1;
        self.viewport.area = body;
        self.count(ctx);
        let laid = self.lay_out(ctx, usize::from(body.width));
        if laid.page != *self.viewport.page || self.fresh {
            self.viewport.show(Arc::new(laid.page.clone()), !self.fresh);
        } else {
            self.viewport.show_again();
        }
        self.laid = laid;
        self.reveal();
        self.fresh = false;
        self.viewport.layout(body);
    }

    fn viewport(&mut self) -> &mut Viewport {
        &mut self.viewport
    }

    fn view(&self, painter: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let (head, body) = Self::areas(ctx);
        painter.row(buf, head, &self.head(ctx, usize::from(head.width)));
        let link = self.viewport.view(painter, buf);
        let row = self.laid.rows.get(self.cursor);
        let row = row
            .filter(|_| self.picks_rows())
            .and_then(|r| self.viewport.y_of(r.start))
            .map(|y| (body.x, y));
        link.or(self.field_cursor(body))
            .or(row)
            .or(Some((body.x, body.y)))
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let Some((at, _)) = self.viewport.cell(column, row) else {
            return Response::done();
        };
        let row = self.laid.rows.iter().position(|r| r.contains(&at));
        let option = self.laid.options.iter().position(|r| r.contains(&at));
        match (row, option) {
            (Some(row), _) if self.phase == QuizPhase::Start => {
                self.cursor = row;
                self.choose_start(ctx)
            }
            (Some(row), _) if self.asking() => self.clicked_row(row),
            (None, Some(option)) if self.asking() => self.assign(option),
            _ => {
                self.field |= self.laid.field.is_some_and(|(row, _)| row == at);
                Response::done()
            }
        }
    }

    fn on_key(&mut self, key: Key, ctx: &ScreenContext) -> Response {
        if !self.asking() {
            return Response::ignored();
        }
        if self.in_words() {
            if self.field && self.input.key(key) {
                return self.written();
            }
            return Response::ignored();
        }
        let answered = key.typed().and_then(|sign| self.sign(sign, ctx));
        answered.unwrap_or_default()
    }

    fn typing(&self) -> bool {
        self.field && self.in_words()
    }

    fn on_paste(&mut self, text: &SafeText, _ctx: &ScreenContext) {
        if self.typing() {
            self.input.paste(text);
            self.written();
        }
    }

    fn address(&self, ctx: &ScreenContext) -> Option<Address> {
        let session = self
            .session
            .as_ref()
            .filter(|_| self.phase == QuizPhase::Play)?;
        Address::new(Kind::Questions, &session.question(ctx.library)?.id)
    }

    fn on_reload(&mut self, _ctx: &ScreenContext) {
        self.counted = None;
    }

    fn on_close(&mut self) -> Response {
        if self.typing() {
            self.field = false;
            return Response::done();
        }
        if self.phase == QuizPhase::Start || self.viewport.link.is_some() {
            return Response::ignored();
        }
        self.leave()
    }
}

#[cfg(test)]
mod tests;
