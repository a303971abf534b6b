//! The quiz: its start page, the open question, the verdict, the summary, the statistics.
//!
//! `start.rs` is the start page, `play.rs` what keys do to a session; what is shown comes from the sheets. What the world
//! must do waits in the outbox, which the hall empties after every message.
//! Promises: one key answers one question at most; Enter without an answer does nothing; a session that is left is kept.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::moment::Moment;
use crate::base::safe::SafeText;
use crate::content::address::{Address, Kind};
use crate::domain::progress::{Ids, Memory, Recalled, Record, ReviewId};
use crate::domain::quiz::deck::Counts;
use crate::domain::quiz::{Draft, Session, Stage, Summary, Wish};
use crate::page::row::{Role, Row, Run};
use crate::sheets;
use crate::sheets::quiz::Laid;
use crate::sheets::quiz::question::{FIELD_WIDTH, Manner};
use crate::ui::act::{Act, Global, Move, PageAct, QuizAct};
use crate::ui::key::Chord;
use crate::ui::keymap::Scope;
use crate::ui::msg::Effect;
use crate::ui::overlay::chooser::Pick;
use crate::ui::paint::Brush;
use crate::ui::route::{Route, Spot};
use crate::ui::screen::{Ask, Ctx, Hint, Screen, centered, inside, plain, worded};
use crate::ui::widget::input::Input;
use crate::ui::widget::reader::Reader;

mod play;
mod start;

/// Rows from the verdict on that show at least, where the page is longer than the window.
const BELOW: usize = 8;

/// What is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Phase {
    /// What the next session is to be.
    #[default]
    Start,
    /// The session.
    Play,
    /// What the record adds up to.
    Statistics,
}

/// What is known of the learner.
struct Mind {
    record: Arc<Record>,
    ids: Ids,
    /// What must be said of the memory; stays on the start page.
    said: Option<SafeText>,
}

/// The screen.
#[derive(Default)]
pub struct Quiz {
    /// What the world must do.
    pub outbox: Vec<Effect>,
    phase: Phase,
    wish: Wish,
    seed: Option<u64>,
    mind: Option<Mind>,
    session: Option<Session>,
    now: Moment,
    /// The row under the cursor: of the start page, or of the open question.
    cursor: usize,
    input: Input,
    /// Keys go into the field.
    field: bool,
    /// How many questions there are to each wish, of these topics.
    counted: Option<(Vec<String>, Counts)>,
    /// Why the last answer is not saved.
    unsaved: Option<SafeText>,
    reader: Reader,
    laid: Laid,
    /// Another page than before: it starts at its top.
    fresh: bool,
    /// The cursor's row must be brought in sight.
    follow: bool,
}

impl Quiz {
    /// Sets what the next session is to be.
    pub fn wished(&mut self, wish: Wish, seed: Option<u64>) {
        (self.wish, self.seed) = (wish, seed);
    }

    /// The time.
    pub fn tell_time(&mut self, now: Moment) {
        self.now = now;
    }

    /// The record was opened.
    pub fn recalled(&mut self, recalled: Recalled) {
        let first = self.mind.is_none();
        let unsaved = matches!(recalled.memory, Memory::ReadOnly | Memory::Unsaved);
        let said = recalled.said.or(unsaved.then_some(SafeText::ours("not saved: answers are forgotten at the end")));
        self.now = recalled.now;
        self.mind = Some(Mind { record: recalled.record, ids: recalled.ids, said });
        self.counted = None;
        if first && self.phase == Phase::Start {
            // Who names a wish wants it begun; who names none may want to go on.
            let wished = self.seed.is_some() || self.wish != Wish::default();
            self.cursor = usize::from(wished && self.left_session().is_some());
            self.fresh = true;
        }
    }

    /// What became of a review that was to be kept; something to say when it is not saved.
    pub fn kept(&mut self, _id: ReviewId, why_not: Option<SafeText>) {
        self.unsaved = why_not;
    }

    fn areas(ctx: &Ctx) -> (Rect, Rect) {
        let all = centered(inside(ctx.area));
        let head = Rect { height: 1.min(all.height), ..all };
        let used = if all.height > 16 { 2 } else { 1 }.min(all.height);
        (head, Rect { y: all.y + used, height: all.height - used, ..all })
    }

    fn stage(&self) -> Option<&Stage> {
        self.session.as_ref().filter(|_| self.phase == Phase::Play).map(|s| &s.stage)
    }

    /// Whether a question is open.
    fn asking(&self) -> bool {
        matches!(self.stage(), Some(Stage::Asking(_)))
    }

    /// Whether the open question is answered by typing.
    fn in_words(&self) -> bool {
        matches!(self.stage(), Some(Stage::Asking(a)) if matches!(a.draft, Draft::Words(_)))
    }

    fn lay(&self, ctx: &Ctx, width: usize) -> Laid {
        let page = |page| Laid { page, ..Laid::default() };
        match (self.phase, &self.session, &self.mind) {
            (Phase::Play, Some(session), Some(mind)) => self.lay_session(session, mind, ctx, width),
            (Phase::Statistics, _, Some(mind)) => page(sheets::statistics::page(&mind.record, ctx.library, self.now, width)),
            (Phase::Start | Phase::Play | Phase::Statistics, _, _) => self.lay_start(ctx, width),
        }
    }

    fn lay_session(&self, session: &Session, mind: &Mind, ctx: &Ctx, width: usize) -> Laid {
        let question = session.question(ctx.library);
        match (&session.stage, question) {
            (Stage::Asking(asking), Some(question)) => {
                let (field, _) = self.input.shown(FIELD_WIDTH.min(width / 2).saturating_sub(3));
                let manner = Manner::Screen { cursor: self.cursor, field: &field };
                sheets::quiz::question::page(question, asking, &ctx.settings.lens, width, manner)
            }
            (Stage::Told(told), Some(question)) => sheets::quiz::feedback::page(ctx.library, question, told, width),
            (Stage::Page, Some(question)) => sheets::quiz::feedback::instead(ctx.library, question, width),
            (Stage::Asking(_) | Stage::Told(_) | Stage::Page | Stage::Over, _) => {
                let summary = Summary::of(session, ctx.library, &mind.record);
                let page = sheets::quiz::summary::page(ctx.library, &summary, true, self.now, width);
                Laid { page, ..Laid::default() }
            }
        }
    }

    /// The line on top: what this is, and what it is drawn with.
    fn head(&self, ctx: &Ctx, width: usize) -> Row {
        let words = |text: SafeText| vec![Run::new(text, Role::Label)];
        let session = self.session.as_ref().filter(|_| self.phase == Phase::Play);
        let question = session.and_then(|s| s.question(ctx.library));
        let left = match (session, question, self.phase) {
            (Some(session), Some(question), _) => sheets::quiz::place(ctx.library, question, session.position()),
            (Some(_), None, _) => SafeText::ours("Summary"),
            (None, _, Phase::Start | Phase::Play | Phase::Statistics) => SafeText::ours("Quiz"),
        };
        let seed = session.map(|s| crate::safe!("seed {}", s.seed)).unwrap_or_default();
        let right = match &self.unsaved {
            Some(why) => Run::new(crate::safe!("not saved: {why}"), Role::Warn),
            None => Run::new(seed, Role::Dim),
        };
        Row::spread(words(left), vec![right], width)
    }

    fn movement(&mut self, to: Move, count: Option<usize>, ctx: &Ctx) -> Ask {
        let height = usize::from(Self::areas(ctx).1.height);
        let rows = self.laid.rows.len();
        match to {
            Move::Enter if self.phase == Phase::Start => return self.choose_start(ctx),
            Move::Enter if self.phase == Phase::Play => return self.enter_key(ctx),
            Move::Enter => return self.leave(),
            Move::Left | Move::Right if self.phase == Phase::Start => self.change_start(to == Move::Right, ctx),
            Move::Left | Move::Right if self.asking() => self.turn(to == Move::Right),
            Move::Down | Move::Up if self.in_words() && !self.field => self.field = true,
            Move::Down if self.picks_rows() && self.cursor + 1 < rows => self.move_to(self.cursor + count.unwrap_or(1)),
            Move::Up if self.picks_rows() && self.cursor > 0 => {
                self.move_to(self.cursor.saturating_sub(count.unwrap_or(1)));
            }
            Move::Left | Move::Right => {}
            Move::Down | Move::Up | Move::HalfDown | Move::HalfUp | Move::PageDown | Move::PageUp | Move::Top | Move::Bottom => {
                self.reader.moved(to, count, height);
            }
        }
        Ask::Nothing
    }

    /// Whether up and down go from row to row.
    fn picks_rows(&self) -> bool {
        self.phase == Phase::Start || self.asking() && !self.laid.rows.is_empty()
    }

    fn move_to(&mut self, row: usize) {
        self.cursor = row.min(self.laid.rows.len().saturating_sub(1));
        self.follow = true;
    }

    /// Another page.
    fn turn_over(&mut self) {
        self.fresh = true;
        self.cursor = 0;
        self.input = Input::default();
        self.field = self.in_words();
        if let Some(Stage::Asking(asking)) = self.stage()
            && let Draft::Words(words) = &asking.draft
        {
            let words = words.clone();
            self.input.set(&words);
        }
    }

    fn leave(&mut self) -> Ask {
        self.phase = Phase::Start;
        self.outbox.push(Effect::Recall);
        self.turn_over();
        Ask::Nothing
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
                self.reader.top = if self.cursor == 0 { rows.end.saturating_sub(height) } else { rows.start };
            }
            if rows.end > self.reader.top + height {
                self.reader.top = rows.end.saturating_sub(height);
            }
        }
    }

    fn field_cursor(&self, body: Rect) -> Option<(u16, u16)> {
        let (row, column) = self.laid.field.filter(|_| self.field)?;
        let y = row.checked_sub(self.reader.top).filter(|y| *y < usize::from(body.height))?;
        let (_, at) = self.input.shown(FIELD_WIDTH.min(usize::from(body.width) / 2).saturating_sub(3));
        Some((body.x + u16::try_from(column + at).unwrap_or(0), body.y + y as u16))
    }
}

impl Screen for Quiz {
    fn scopes(&self) -> &'static [Scope] {
        if self.phase == Phase::Play { &[Scope::Question, Scope::Quiz] } else { &[Scope::Quiz] }
    }

    fn hints(&self, _ctx: &Ctx) -> Vec<Hint> {
        let quiz = |act| plain(Act::Quiz(act));
        let page = |act| plain(Act::Page(act));
        let enter = |words| worded(Act::Move(Move::Enter), words);
        match self.stage() {
            Some(Stage::Asking(_)) if self.in_words() => {
                let mut hints = vec![enter("sure"), quiz(QuizAct::Guess)];
                let field = worded(Act::Global(Global::Close), "other keys");
                hints.push(if self.field { field } else { worded(Act::Move(Move::Down), "type") });
                hints.extend([QuizAct::Hint, QuizAct::Skip, QuizAct::Undo].map(quiz));
                hints
            }
            Some(Stage::Asking(_)) => {
                let mut hints = vec![enter("sure"), quiz(QuizAct::Guess), quiz(QuizAct::Toggle)];
                hints.extend([QuizAct::Hint, QuizAct::Skip, QuizAct::Undo].map(quiz));
                hints.push(worded(Act::Move(Move::Down), "row"));
                hints
            }
            Some(Stage::Told(_)) => {
                let mut hints = vec![enter("next"), quiz(QuizAct::Page), page(PageAct::NextLink), page(PageAct::Peek)];
                hints.extend([quiz(QuizAct::Undo), worded(Act::Move(Move::Down), "scroll")]);
                hints
            }
            Some(Stage::Page) => vec![enter("read, next"), quiz(QuizAct::Page), page(PageAct::NextLink), quiz(QuizAct::Undo)],
            Some(Stage::Over) => {
                let mut hints = vec![enter("start page"), quiz(QuizAct::Retry), page(PageAct::NextLink)];
                hints.extend([quiz(QuizAct::Undo), quiz(QuizAct::Statistics)]);
                hints
            }
            None if self.phase == Phase::Statistics => vec![enter("start page"), worded(Act::Move(Move::PageDown), "page")],
            None => vec![
                enter(self.start_words()),
                worded(Act::Move(Move::Down), "row"),
                worded(Act::Move(Move::Right), "change"),
                quiz(QuizAct::Statistics),
            ],
        }
    }

    fn act(&mut self, act: Act, count: Option<usize>, ctx: &Ctx) -> Ask {
        match act {
            Act::Move(to) => self.movement(to, count, ctx),
            Act::Quiz(act) => self.quiz_act(act, ctx),
            Act::Global(_)
            | Act::Page(_)
            | Act::List(_)
            | Act::Compare(_)
            | Act::Learn(_)
            | Act::Services(_)
            | Act::Interview(_)
            | Act::Cost(_) => Ask::Unknown,
        }
    }

    fn picked(&mut self, pick: Pick, _ctx: &Ctx) -> Ask {
        match pick {
            Pick::Tag(topic) => {
                self.wish = Wish { topics: topic.into_iter().collect(), only: Vec::new(), ..self.wish.clone() };
                Ask::Nothing
            }
            Pick::Act(_)
            | Pick::Lens(_)
            | Pick::Sides(_)
            | Pick::AsOf(_)
            | Pick::Provider(_)
            | Pick::Verdict(_)
            | Pick::Dial(..)
            | Pick::Service(_)
            | Pick::Preset(_)
            | Pick::Theme(_)
            | Pick::Column(_)
            | Pick::Perspective(..)
            | Pick::Stance(_)
            | Pick::Go(_)
            | Pick::Heading(_)
            | Pick::Open(_)
            | Pick::CopyAddress(_) => Ask::Unknown,
        }
    }

    fn enter(&mut self, _route: &Route, spot: Option<Spot>, _ctx: &Ctx) {
        if let Some(spot) = spot {
            self.reader.want(spot);
        }
        if self.mind.is_none() || self.phase != Phase::Play && self.unsaved.is_none() {
            self.outbox.push(Effect::Recall);
        }
    }

    fn settle(&mut self, ctx: &Ctx) {
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

    fn view(&self, brush: Brush, buf: &mut Buffer, ctx: &Ctx) -> Option<(u16, u16)> {
        let (head, body) = Self::areas(ctx);
        brush.row(buf, head, &self.head(ctx, usize::from(head.width)));
        let link = self.reader.view(brush, buf, body);
        let row = self.laid.rows.get(self.cursor).filter(|_| self.picks_rows()).map(|r| r.start);
        let row = row.and_then(|r| r.checked_sub(self.reader.top)).filter(|y| *y < usize::from(body.height));
        let row = row.map(|y| (body.x, body.y + y as u16));
        link.or(self.field_cursor(body)).or(row).or(Some((body.x, body.y)))
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx) -> Ask {
        let body = Self::areas(ctx).1;
        if !body.contains((column, row).into()) {
            return Ask::Nothing;
        }
        let at = self.reader.top + usize::from(row - body.y);
        let row = self.laid.rows.iter().position(|r| r.contains(&at));
        let option = self.laid.options.iter().position(|r| r.contains(&at));
        match (row, option) {
            (Some(row), _) if self.phase == Phase::Start => {
                self.cursor = row;
                self.choose_start(ctx)
            }
            (Some(row), _) if self.asking() => self.clicked_row(row),
            (None, Some(option)) if self.asking() => self.assign(option),
            _ => {
                self.field |= self.laid.field.is_some_and(|(row, _)| row == at);
                Ask::Nothing
            }
        }
    }

    fn wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &Ctx) {
        self.reader.scroll(rows, usize::from(Self::areas(ctx).1.height));
    }

    fn typed(&mut self, chord: Chord, ctx: &Ctx) -> Option<Ask> {
        if !self.asking() {
            return None;
        }
        if self.in_words() {
            return (self.field && self.input.key(chord)).then(|| self.written());
        }
        self.sign(chord.typed()?, ctx)
    }

    fn typing(&self) -> bool {
        self.field && self.in_words()
    }

    fn paste(&mut self, text: &SafeText, _ctx: &Ctx) {
        if self.typing() {
            self.input.paste(text);
            self.written();
        }
    }

    fn reader(&mut self, ctx: &Ctx) -> Option<(&mut Reader, usize)> {
        let height = usize::from(Self::areas(ctx).1.height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &Ctx) -> Option<Rect> {
        Some(Self::areas(ctx).1)
    }

    fn address(&self, ctx: &Ctx) -> Option<Address> {
        let session = self.session.as_ref().filter(|_| self.phase == Phase::Play)?;
        Address::new(Kind::Questions, &session.question(ctx.library)?.id)
    }

    fn spot(&self) -> Spot {
        self.reader.spot()
    }

    fn renew(&mut self, _ctx: &Ctx) {
        self.counted = None;
    }

    fn close(&mut self) -> bool {
        if self.typing() {
            self.field = false;
            return true;
        }
        if self.phase == Phase::Start || self.reader.link.is_some() {
            return false;
        }
        self.leave();
        true
    }
}
