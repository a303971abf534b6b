//! The quiz: its start page, the open question, the verdict, the summary, the statistics.
//!
//! `start.rs` is the start page, `play.rs` what keys do to a session; what is shown comes from the views.
//! Guarantees: one key answers one question at most; Enter without an answer does nothing; a session that is left is kept;
//! a verdict shows when its answer is on the disk, or with the reason why it is not.

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::action::{Action, GlobalAction, MoveAction, PageAction, QuizAction};
use crate::app::choice::ScreenChoice;
use crate::app::component::entry_command;
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::msg::Effect;
use crate::app::painter::Painter;
use crate::app::route::Location;
use crate::app::screen::{Hint, Response, Screen, ScreenContext, plain, worded};
use crate::app::widget::{TextField, Viewport};
use crate::core::progress::{LoadedProgress, ReviewId, StorageState};
use crate::core::quiz::{
    AnswerDraft, DeckCounts, QuestionChoice, QuizContext, QuizOptions, QuizRun, Session, Stage,
};
use crate::pack::{Address, AnswerKind, Kind};
use crate::text::{SafeText, Timestamp};
use crate::views::next::NextWords;
use crate::views::quiz::known::TopicKnown;
use crate::views::quiz::question::{QuestionOptions, field_width};
use crate::views::{self, Citation, QuizPage};

mod aside;
mod head;
mod play;
mod start;

/// Rows from the verdict on that show at least, where the page is longer than the window.
const BELOW: usize = 8;
/// Rows that stay free below a question whose choices stand apart.
const AIR: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum QuizPhase {
    #[default]
    Start,
    Play,
    /// The summary of a session that is not over: Enter goes on with it, Esc leaves it.
    SoFar,
    Statistics,
}

#[derive(Default)]
pub struct QuizScreen {
    phase: QuizPhase,
    options: QuizOptions,
    seed: Option<u64>,
    /// Begins as soon as the record is read.
    at_once: bool,
    /// It is asked beside a lesson; see `aside.rs`.
    aside: bool,
    /// Lessons that were read, by id.
    read: BTreeSet<String>,
    run: Option<QuizRun>,
    /// What happened to the record; stays on the start page.
    notice: Option<SafeText>,
    now: Timestamp,
    /// The row under the cursor: of the start page, or of the open question.
    cursor: usize,
    input: TextField,
    /// Keys go into the field.
    field: bool,
    /// A question to ask as soon as the record is read.
    asked: Option<String>,
    /// What there is to ask.
    counted: Option<ToAsk>,
    /// Why the last answer is not saved.
    unsaved: Option<SafeText>,
    /// The answer that is being saved: its verdict shows when it is known what became of it.
    saving: Option<ReviewId>,
    viewport: Viewport,
    shown: QuizPage,
    /// Another page than before: it starts at its top.
    fresh: bool,
    /// The cursor's row must be brought in view.
    follow: bool,
}

/// What there is to ask of some options, and what to do next.
struct ToAsk {
    /// The options without what does not change the counts.
    of: QuizOptions,
    counts: DeckCounts,
    /// The highest level that is open.
    open: u8,
    next: NextWords,
    /// The topics of all questions.
    topics: Vec<TopicKnown>,
    /// How many fall due tomorrow.
    tomorrow: usize,
    /// What the next step asks, where it asks something.
    asks: Option<QuestionChoice>,
}

impl QuizScreen {
    /// Sets what the next session is to be, and whether it begins at once.
    pub fn set_options(&mut self, options: QuizOptions, seed: Option<u64>, at_once: bool) {
        (self.options, self.seed, self.at_once) = (options, seed, at_once);
    }

    /// Begins what was asked for on the command line, once the record is read.
    pub fn begin_at_once(&mut self, ctx: &ScreenContext) -> Response {
        if self.run.is_none() || !std::mem::take(&mut self.at_once) {
            return Response::ignored();
        }
        self.begin(self.options.clone(), self.seed, ctx)
    }

    /// Which lessons were read, by id.
    pub fn on_read(&mut self, lessons: &BTreeSet<String>) {
        self.read.clone_from(lessons);
        self.counted = None;
    }

    /// Asks one question, as soon as the record is read.
    pub fn ask(&mut self, id: String) {
        self.asked = Some(id);
    }

    pub fn on_time(&mut self, now: Timestamp) {
        self.now = now;
    }

    pub fn on_progress(&mut self, loaded: LoadedProgress) {
        let unsaved = matches!(
            loaded.storage,
            StorageState::ReadOnly | StorageState::Unsaved
        );
        let unsaved = unsaved.then_some(SafeText::ours(
            "not saved: answers are forgotten at the end",
        ));
        self.notice = loaded.notice.clone().or(unsaved);
        self.now = loaded.now;
        self.counted = None;
        if let Some(run) = &mut self.run {
            run.reload(loaded);
            return;
        }
        self.run = Some(QuizRun::new(loaded));
        if self.phase == QuizPhase::Start {
            // Whoever set options wants a session begun; others may want to go on with the last one.
            let begin = self.seed.is_some() || self.options != QuizOptions::default();
            self.cursor = usize::from(begin && self.left_session().is_some());
            self.fresh = true;
        }
    }

    /// What became of a review that was to be saved.
    pub fn on_saved(&mut self, id: ReviewId, why_not: Option<SafeText>) {
        self.unsaved = why_not;
        if self.saving == Some(id) {
            self.saving = None;
            self.fresh = true;
        }
    }

    fn context<'a>(&self, ctx: &ScreenContext<'a>) -> QuizContext<'a> {
        QuizContext {
            library: ctx.library,
            now: self.now,
        }
    }

    fn session(&self) -> Option<&Session> {
        let run = self.run.as_ref()?;
        (self.phase == QuizPhase::Play).then_some(&run.session)
    }

    fn stage(&self) -> Option<&Stage> {
        self.session().map(|session| &session.stage)
    }

    /// Whether a question is open.
    fn asking(&self) -> bool {
        matches!(self.stage(), Some(Stage::Asking(_)))
    }

    /// Whether the open question is answered by typing.
    fn in_words(&self) -> bool {
        matches!(self.stage(), Some(Stage::Asking(a)) if matches!(a.draft, AnswerDraft::Words(_)))
    }

    fn page(&self, ctx: &ScreenContext, (width, height): (usize, usize)) -> QuizPage {
        let Some(run) = &self.run else {
            return self.start_page(ctx, (width, height));
        };
        match self.phase {
            QuizPhase::Start => self.start_page(ctx, (width, height)),
            QuizPhase::Play => self.session_page(run, ctx, width),
            QuizPhase::SoFar => self.summary_page(run, ctx, width),
            QuizPhase::Statistics => QuizPage {
                page: views::statistics::page(&run.progress, ctx.library, self.now, width),
                ..QuizPage::default()
            },
        }
    }

    fn session_page(&self, run: &QuizRun, ctx: &ScreenContext, width: usize) -> QuizPage {
        use views::quiz::{feedback, question};
        let library = ctx.library;
        match (&run.session.stage, run.session.question(library)) {
            (Stage::Asking(asking), Some(open)) => {
                let (field, _) = self.input.shown(field_width(open, width));
                let options = QuestionOptions::Screen {
                    cursor: self.cursor,
                    field: &field,
                };
                question::page(open, asking, (library, &ctx.view.lens), width, options)
            }
            (Stage::Answered(answered), Some(open)) if self.saving.is_some() => {
                question::saving(open, answered, (library, &ctx.view.lens), width)
            }
            (Stage::Answered(answered), Some(open)) => {
                feedback::page(library, open, answered, width)
            }
            (Stage::Page, Some(open)) => feedback::instead(library, open, width),
            (Stage::Asking(_) | Stage::Answered(_) | Stage::Page | Stage::Over, _) => {
                self.summary_page(run, ctx, width)
            }
        }
    }

    fn summary_page(&self, run: &QuizRun, ctx: &ScreenContext, width: usize) -> QuizPage {
        let over = run.session.stage == Stage::Over;
        let mut summary = run.summary(ctx.library);
        summary.replay.push_str(&ctx.config.content_flags());
        QuizPage {
            page: views::quiz::summary::page(ctx.library, &summary, over, self.now, width),
            ..QuizPage::default()
        }
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        let rows = self.shown.rows.len();
        match to {
            MoveAction::Enter if self.phase == QuizPhase::Start => return self.choose_start(ctx),
            MoveAction::Enter if self.phase == QuizPhase::Play => return self.enter_key(ctx),
            MoveAction::Enter if self.phase == QuizPhase::SoFar => return self.go_on(),
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
        self.phase == QuizPhase::Start || self.asking() && !self.shown.rows.is_empty()
    }

    fn move_to(&mut self, row: usize) {
        self.cursor = row.min(self.shown.rows.len().saturating_sub(1));
        self.follow = true;
    }

    fn show_new_page(&mut self) {
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

    fn go_on(&mut self) -> Response {
        self.phase = QuizPhase::Play;
        self.show_new_page();
        Response::done()
    }

    /// Whether a key answers questions: it does nothing else from the question to the summary, so that a key that is
    /// pressed once too often never leads elsewhere.
    fn is_answer_key(&self, sign: char, ctx: &ScreenContext) -> bool {
        let truth = |session: &Session| {
            let question = session.question(ctx.library);
            question.is_some_and(|q| matches!(q.answer, AnswerKind::TrueFalse(_)))
        };
        let letter = match self.session().map(|s| (s, &s.stage)) {
            Some((session, Stage::Answered(answered))) => {
                answered.shown.row_of(sign).is_some() || matches!(sign, 't' | 'f') && truth(session)
            }
            _ => matches!(sign, 'a'..='f'),
        };
        sign.is_ascii_digit() || letter && !sign.is_uppercase()
    }

    fn leave(&mut self) -> Response {
        self.phase = QuizPhase::Start;
        self.show_new_page();
        if self.aside {
            return Response::done();
        }
        Response::effect(Effect::LoadProgress)
    }

    fn reveal(&mut self) {
        let height = self.viewport.height();
        let verdict = self.shown.verdict.filter(|_| self.fresh);
        if let Some(row) = verdict {
            let end = (row + BELOW).min(self.shown.page.rows.len());
            self.viewport.top = end.saturating_sub(height).min(row);
        }
        if std::mem::take(&mut self.follow)
            && let Some(rows) = self.shown.rows.get(self.cursor)
        {
            if self.cursor == 0 {
                self.viewport.top = rows.end.saturating_sub(height);
            } else if rows.start < self.viewport.top {
                self.viewport.top = rows.start;
            }
            if rows.end > self.viewport.top + height {
                self.viewport.top = rows.end.saturating_sub(height);
            }
        }
    }

    fn field_cursor(&self, ctx: &ScreenContext, body: Rect) -> Option<(u16, u16)> {
        let (row, column) = self.shown.field.filter(|_| self.field)?;
        let y = self.viewport.y_of(row)?;
        let open = self.session()?.question(ctx.library)?;
        let (_, at) = self.input.shown(field_width(open, usize::from(body.width)));
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
        let quiz = |action| plain(Action::Quiz(action));
        let page = |action| plain(Action::Page(action));
        let enter = |words| worded(Action::Move(MoveAction::Enter), words);
        let moving = |to, words| worded(Action::Move(to), words);
        let (hint, skip) = (quiz(QuizAction::Hint), quiz(QuizAction::Skip));
        let (guess, undo) = (quiz(QuizAction::Guess), quiz(QuizAction::Undo));
        let (behind, link) = (quiz(QuizAction::Page), page(PageAction::NextLink));
        match self.stage() {
            Some(Stage::Asking(_)) if self.in_words() => {
                let field = if self.field {
                    worded(Action::Global(GlobalAction::Close), "other keys")
                } else {
                    moving(MoveAction::Down, "type")
                };
                vec![enter("sure"), guess, field, hint, skip, undo]
            }
            Some(Stage::Asking(_)) => {
                let toggle = worded(Action::Quiz(QuizAction::Toggle), self.toggle_words());
                let row = moving(MoveAction::Down, "row");
                vec![enter("sure"), guess, toggle, hint, skip, undo, row]
            }
            Some(Stage::Answered(answered)) => {
                let peek = page(PageAction::Peek);
                let scroll = moving(MoveAction::Down, "scroll");
                let next = if answered.acknowledged {
                    "next"
                } else {
                    "I have read why"
                };
                vec![enter(next), behind, link, peek, undo, scroll]
            }
            Some(Stage::Page) => vec![enter("read, next"), behind, link, undo],
            Some(Stage::Over) => {
                let (retry, figures) = (QuizAction::Retry, QuizAction::Statistics);
                let copy = worded(Action::Page(PageAction::Copy), "copy command");
                let rest = [quiz(retry), link, copy, undo, quiz(figures)];
                [vec![enter("start page")], rest.to_vec()].concat()
            }
            None if self.phase == QuizPhase::SoFar => {
                let close = worded(Action::Global(GlobalAction::Close), "leave");
                vec![enter("go on"), close, link]
            }
            None if self.phase == QuizPhase::Statistics => {
                let scrolls = self.viewport.page.rows.len() > self.viewport.height();
                let page = scrolls.then_some(moving(MoveAction::PageDown, "page"));
                [Some(enter("start page")), page]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            None => vec![
                enter(self.start_words()),
                moving(MoveAction::Down, "row"),
                moving(MoveAction::Right, "change"),
                quiz(QuizAction::Statistics),
            ],
        }
    }

    fn offers(&self, action: Action, _ctx: &ScreenContext) -> bool {
        action != Action::Quiz(QuizAction::Undo)
            || self.session().is_some_and(|s| s.last_review().is_some())
    }

    fn on_action(&mut self, action: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match action {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::Quiz(action) => self.quiz_action(action, ctx),
            Action::Page(PageAction::Peek) if self.asking() => {
                Response::toast("answer first: looking up waits until then")
            }
            _ => Response::ignored(),
        }
    }

    fn on_choice(&mut self, choice: ScreenChoice, _ctx: &ScreenContext) -> Response {
        match choice {
            ScreenChoice::Tag(topic) => self.options.topics = topic.into_iter().collect(),
            ScreenChoice::Lesson(lesson) => self.options.lesson = lesson,
            _ => return Response::ignored(),
        }
        self.options.only.clear();
        Response::done()
    }

    fn on_enter(&mut self, _to: &Location, _ctx: &ScreenContext) -> Response {
        if self.run.is_none() || self.phase != QuizPhase::Play && self.unsaved.is_none() {
            return Response::effect(Effect::LoadProgress);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        let body = self.areas(ctx).1;
        self.viewport.area = body;
        self.begin_asked(ctx);
        self.count(ctx);
        let shown = self.page(ctx, (body.width.into(), body.height.into()));
        let with_air = shown.page.rows.len() + shown.rows.len() + AIR;
        let shown = match self.asking() && with_air <= usize::from(body.height) {
            true => shown.airy(),
            false => shown,
        };
        if shown.page != *self.viewport.page || self.fresh {
            self.viewport
                .show(Arc::new(shown.page.clone()), !self.fresh);
        } else {
            self.viewport.show_again();
        }
        self.shown = shown;
        self.reveal();
        self.fresh = false;
        self.viewport.layout(body);
    }

    fn viewport(&mut self) -> &mut Viewport {
        &mut self.viewport
    }

    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let (head, body) = self.areas(ctx);
        self.view_head(painter, head, ctx);
        let link = self.viewport.view(painter);
        let row = self.shown.rows.get(self.cursor);
        let row = row.filter(|_| self.picks_rows());
        let y = row.and_then(|r| self.viewport.y_of(r.start));
        let place = (body.x, y.unwrap_or(body.y));
        link.or(self.field_cursor(ctx, body)).or(Some(place))
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let Some((at, _)) = self.viewport.cell(column, row) else {
            return Response::done();
        };
        let row = self.shown.rows.iter().position(|r| r.contains(&at));
        let option = self.shown.options.iter().position(|r| r.contains(&at));
        match (row, option) {
            (Some(row), _) if self.phase == QuizPhase::Start => {
                self.cursor = row;
                self.choose_start(ctx)
            }
            (Some(row), _) if self.asking() => self.clicked_row(row),
            (None, Some(option)) if self.asking() => self.assign(option),
            _ => {
                self.field |= self.shown.field.is_some_and(|(row, _)| row == at);
                Response::done()
            }
        }
    }

    fn on_key(&mut self, key: Key, ctx: &ScreenContext) -> Response {
        if !matches!(self.phase, QuizPhase::Play | QuizPhase::SoFar) {
            return Response::ignored();
        }
        let sign = key.typed();
        if self.in_words() {
            // A digit belongs to the answer even where the field was left.
            self.field |= sign.is_some_and(|sign| sign.is_ascii_digit());
            if self.field && self.input.key(key) {
                return self.written();
            }
            return Response::ignored();
        }
        match sign {
            Some(sign) if self.asking() => self.on_sign(sign, ctx).unwrap_or_default(),
            Some(sign) if self.is_answer_key(sign, ctx) => Response::done(),
            Some(_) | None => Response::ignored(),
        }
    }

    fn typing(&self) -> bool {
        self.field && self.in_words()
    }

    fn on_paste(&mut self, text: &SafeText, _ctx: &ScreenContext) {
        self.input.paste(text);
        self.written();
    }

    /// None while a question is open: its sources would answer it.
    fn address(&self, ctx: &ScreenContext) -> Option<Address> {
        let session = self.session().filter(|_| !self.asking())?;
        let question = session.question(ctx.library)?;
        Address::new(Kind::Questions, &question.id)
    }

    /// Of the summary: the command that asks the same again.
    fn command(&self, ctx: &ScreenContext) -> Option<SafeText> {
        if self.phase == QuizPhase::Play && self.stage() == Some(&Stage::Over) {
            let words = self.session()?.command();
            return Some(SafeText::line(words.strip_prefix("tozero ")?));
        }
        Some(entry_command(&self.address(ctx)?, ctx))
    }

    fn citation(&self, ctx: &ScreenContext) -> Option<Citation> {
        let command = self.command(ctx).filter(|_| self.address(ctx).is_none())?;
        Some(Citation {
            text: crate::safe!("tozero {command}{}", ctx.config.content_flags()),
            what: SafeText::ours("the command"),
            sources: Vec::new(),
        })
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
        let begun = !self.aside
            && self
                .session()
                .is_some_and(|session| session.stage != Stage::Over && !session.past().is_empty());
        if begun {
            self.phase = QuizPhase::SoFar;
            self.show_new_page();
            return Response::done();
        }
        self.leave()
    }
}

#[cfg(test)]
mod journeys;
#[cfg(test)]
mod tests;
