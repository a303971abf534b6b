//! The quiz: its start page, the open question, the verdict, the summary, the statistics.
//!
//! `start.rs` is the start page, `play.rs` what keys do to a session; what is shown comes from the views.
//! Promises: one key answers one question at most; Enter without an answer does nothing; a session that is left is kept.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::{Action, GlobalAction, MoveAction, PageAction, QuizAction};
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::msg::Effect;
use crate::app::overlay::ChooserAction;
use crate::app::painter::Painter;
use crate::app::route::{Route, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, centered, inside, plain, worded};
use crate::app::widget::{TextField, Viewport};
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
    wish: QuizOptions,
    seed: Option<u64>,
    mind: Option<QuizContext>,
    session: Option<Session>,
    now: Timestamp,
    /// The row under the cursor: of the start page, or of the open question.
    cursor: usize,
    input: TextField,
    /// Keys go into the field.
    field: bool,
    /// How many questions there are to each wish, of these topics.
    counted: Option<(Vec<String>, DeckCounts)>,
    /// Why the last answer is not saved.
    unsaved: Option<SafeText>,
    reader: Viewport,
    laid: QuizPage,
    /// Another page than before: it starts at its top.
    fresh: bool,
    /// The cursor's row must be brought in sight.
    follow: bool,
}

impl QuizScreen {
    /// Sets what the next session is to be.
    pub fn set_options(&mut self, wish: QuizOptions, seed: Option<u64>) {
        (self.wish, self.seed) = (wish, seed);
    }

    /// The time.
    pub fn on_time(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// The record was opened.
    pub fn on_progress(&mut self, recalled: LoadedProgress) {
        let first = self.mind.is_none();
        let unsaved = matches!(
            recalled.storage,
            StorageState::ReadOnly | StorageState::Unsaved
        );
        let said = recalled.notice.or(unsaved.then_some(SafeText::ours(
            "not saved: answers are forgotten at the end",
        )));
        self.now = recalled.now;
        self.mind = Some(QuizContext {
            record: recalled.progress,
            ids: recalled.ids,
            said,
        });
        self.counted = None;
        if first && self.phase == QuizPhase::Start {
            // Who names a wish wants it begun; who names none may want to go on.
            let wished = self.seed.is_some() || self.wish != QuizOptions::default();
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
        let head = Rect {
            height: 1.min(all.height),
            ..all
        };
        let used = if all.height > 16 { 2 } else { 1 }.min(all.height);
        (
            head,
            Rect {
                y: all.y + used,
                height: all.height - used,
                ..all
            },
        )
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

    fn lay(&self, ctx: &ScreenContext, width: usize) -> QuizPage {
        let page = |page| QuizPage {
            page,
            ..QuizPage::default()
        };
        match (self.phase, &self.session, &self.mind) {
            (QuizPhase::Play, Some(session), Some(mind)) => {
                self.lay_session(session, mind, ctx, width)
            }
            (QuizPhase::Statistics, _, Some(mind)) => page(views::statistics::page(
                &mind.record,
                ctx.library,
                self.now,
                width,
            )),
            (QuizPhase::Start | QuizPhase::Play | QuizPhase::Statistics, _, _) => {
                self.lay_start(ctx, width)
            }
        }
    }

    fn lay_session(
        &self,
        session: &Session,
        mind: &QuizContext,
        ctx: &ScreenContext,
        width: usize,
    ) -> QuizPage {
        let question = session.question(ctx.library);
        match (&session.stage, question) {
            (Stage::Asking(asking), Some(question)) => {
                let (field, _) = self
                    .input
                    .shown(FIELD_WIDTH.min(width / 2).saturating_sub(3));
                let manner = QuestionOptions::Screen {
                    cursor: self.cursor,
                    field: &field,
                };
                views::quiz::question::page(question, asking, &ctx.settings.lens, width, manner)
            }
            (Stage::Told(told), Some(question)) => {
                views::quiz::feedback::page(ctx.library, question, told, width)
            }
            (Stage::Page, Some(question)) => {
                views::quiz::feedback::instead(ctx.library, question, width)
            }
            (Stage::Asking(_) | Stage::Told(_) | Stage::Page | Stage::Over, _) => {
                let summary = SessionSummary::of(session, ctx.library, &mind.record);
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
        let height = usize::from(Self::areas(ctx).1.height);
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
            MoveAction::Down
            | MoveAction::Up
            | MoveAction::HalfDown
            | MoveAction::HalfUp
            | MoveAction::PageDown
            | MoveAction::PageUp
            | MoveAction::Top
            | MoveAction::Bottom => {
                self.reader.moved(to, count, height);
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
    fn turn_over(&mut self) {
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
        self.turn_over();
        Response::effect(Effect::Recall)
    }

    fn reveal(&mut self, height: usize) {
        let verdict = self.laid.verdict.filter(|_| self.fresh);
        if let Some(row) = verdict {
            let end = (row + BELOW).min(self.laid.page.rows.len());
            self.reader.top = end.saturating_sub(height).min(row);
        }
        if std::mem::take(&mut self.follow)
            && let Some(rows) = self.laid.rows.get(self.cursor)
        {
            if rows.start < self.reader.top || self.cursor == 0 {
                self.reader.top = if self.cursor == 0 {
                    rows.end.saturating_sub(height)
                } else {
                    rows.start
                };
            }
            if rows.end > self.reader.top + height {
                self.reader.top = rows.end.saturating_sub(height);
            }
        }
    }

    fn field_cursor(&self, body: Rect) -> Option<(u16, u16)> {
        let (row, column) = self.laid.field.filter(|_| self.field)?;
        let y = row
            .checked_sub(self.reader.top)
            .filter(|y| *y < usize::from(body.height))?;
        let (_, at) = self.input.shown(
            FIELD_WIDTH
                .min(usize::from(body.width) / 2)
                .saturating_sub(3),
        );
        Some((
            body.x + u16::try_from(column + at).unwrap_or(0),
            body.y + y as u16,
        ))
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

    fn on_choice(&mut self, pick: ChooserAction, _ctx: &ScreenContext) -> Response {
        match pick {
            ChooserAction::Tag(topic) => {
                self.wish = QuizOptions {
                    topics: topic.into_iter().collect(),
                    only: Vec::new(),
                    ..self.wish.clone()
                };
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
        if self.mind.is_none() || self.phase != QuizPhase::Play && self.unsaved.is_none() {
            return Response::effect(Effect::Recall);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        let body = Self::areas(ctx).1;
        let (width, height) = (usize::from(body.width), usize::from(body.height));
        self.count(ctx);
        let laid = self.lay(ctx, width);
        if laid.page != *self.reader.page || self.fresh {
            self.reader.show(Arc::new(laid.page.clone()), !self.fresh);
        } else {
            self.reader.show(self.reader.page.clone(), true);
        }
        self.laid = laid;
        self.reveal(height);
        self.fresh = false;
        self.reader.settle(height);
    }

    fn view(&self, brush: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let (head, body) = Self::areas(ctx);
        brush.row(buf, head, &self.head(ctx, usize::from(head.width)));
        let link = self.reader.view(brush, buf, body);
        let row = self
            .laid
            .rows
            .get(self.cursor)
            .filter(|_| self.picks_rows())
            .map(|r| r.start);
        let row = row
            .and_then(|r| r.checked_sub(self.reader.top))
            .filter(|y| *y < usize::from(body.height));
        let row = row.map(|y| (body.x, body.y + y as u16));
        link.or(self.field_cursor(body))
            .or(row)
            .or(Some((body.x, body.y)))
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let body = Self::areas(ctx).1;
        if !body.contains((column, row).into()) {
            return Response::done();
        }
        let at = self.reader.top + usize::from(row - body.y);
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

    fn on_wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &ScreenContext) {
        self.reader
            .scroll(rows, usize::from(Self::areas(ctx).1.height));
    }

    fn on_key(&mut self, chord: Key, ctx: &ScreenContext) -> Response {
        if !self.asking() {
            return Response::ignored();
        }
        if self.in_words() {
            if self.field && self.input.key(chord) {
                return self.written();
            }
            return Response::ignored();
        }
        let answered = chord.typed().and_then(|sign| self.sign(sign, ctx));
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

    fn reader(&mut self, ctx: &ScreenContext) -> Option<(&mut Viewport, usize)> {
        let height = usize::from(Self::areas(ctx).1.height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &ScreenContext) -> Option<Rect> {
        Some(Self::areas(ctx).1)
    }

    fn address(&self, ctx: &ScreenContext) -> Option<Address> {
        let session = self
            .session
            .as_ref()
            .filter(|_| self.phase == QuizPhase::Play)?;
        Address::new(Kind::Questions, &session.question(ctx.library)?.id)
    }

    fn position(&self) -> ScrollPosition {
        self.reader.position()
    }

    fn on_reload(&mut self, _ctx: &ScreenContext) {
        self.counted = None;
    }

    fn on_close(&mut self) -> Response {
        if self.typing() {
            self.field = false;
            return Response::done();
        }
        if self.phase == QuizPhase::Start || self.reader.link.is_some() {
            return Response::ignored();
        }
        self.leave()
    }
}
