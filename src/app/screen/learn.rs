//! The lessons: outline on the left, the lesson beside it, its questions at the end of their sections.
//!
//! Each lesson keeps its reading position. A question is answered where it stands, with the widget of the quiz, and goes
//! into the same record; it can be skipped, or declined by reading on.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::layout::Rect;

use crate::app::action::{Action, GlobalAction, LearnAction, MoveAction, PageAction};
use crate::app::choice::Choice;
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::msg::Effect;
use crate::app::painter::Painter;
use crate::app::route::{Location, Route, ScrollPosition};
use crate::app::screen::quiz::QuizScreen;
use crate::app::screen::{
    Hint, Response, Screen, ScreenContext, inside, plain, text_width, worded,
};
use crate::app::widget::{ListCursor, Pane, Viewport, area};
use crate::core::progress::{LoadedProgress, ReviewId};
use crate::core::quiz::course::LessonProgress;
use crate::core::quiz::next::NextStep;
use crate::core::quiz::{Course, QuestionChoice, QuizOptions};
use crate::pack::{Address, Kind};
use crate::text::{SafeText, Timestamp};
use crate::views;
use crate::views::lesson::LessonState;
use crate::views::next::NextWords;

/// Most questions of a lesson that are asked at a time.
const MOST: usize = 10;

mod outline;

#[derive(Default)]
pub struct LearnScreen {
    list: ListCursor,
    /// Where each lesson was left, by id.
    left: BTreeMap<String, ScrollPosition>,
    /// Lessons whose end was in view, by id.
    read: BTreeSet<String>,
    /// The record, once it is read.
    loaded: Option<LoadedProgress>,
    /// How far each lesson is known, in their order; `None` when it must be counted.
    known: Option<Vec<LessonProgress>>,
    /// How many myths there are and how many were met, in words; counted with what is known.
    myths: Option<SafeText>,
    /// What to do next, and which questions that asks; counted with what is known.
    next: Option<(NextWords, Option<QuestionChoice>)>,
    /// How often what is known of the lessons changed.
    changes: usize,
    /// The lesson, by id; its width, and how often what is known of it changed.
    pane: Pane<String, (usize, usize)>,
    /// The rows of the questions on the page, with their ids.
    marks: Vec<(usize, String)>,
    /// The questions that are being asked in the lesson's place.
    ask: Option<Box<QuizScreen>>,
    outline: bool,
}

/// Widest outline, in cells: the longest title on one row, with how long it is and whether it was read.
const WIDEST_OUTLINE: u16 = 72;

impl LearnScreen {
    fn areas(&self, ctx: &ScreenContext) -> (Rect, Rect) {
        let body = inside(ctx.area);
        let text = text_width(ctx);
        // What the page beside it cannot use, the outline has.
        let share = (body.width / 4).max(body.width.saturating_sub(text + 4));
        area::list_and_page(body, share.clamp(24, WIDEST_OUTLINE), text, self.outline)
    }

    /// What the questions may look at: the place of the lesson.
    fn beside<'a>(&self, ctx: &ScreenContext<'a>) -> ScreenContext<'a> {
        ScreenContext {
            area: self.areas(ctx).1,
            ..*ctx
        }
    }

    /// Ids of the lessons in their order.
    fn ids(ctx: &ScreenContext) -> Vec<String> {
        ctx.library.lessons().iter().map(|l| l.id.clone()).collect()
    }

    fn id(&self, ctx: &ScreenContext) -> Option<String> {
        Self::ids(ctx).get(self.list.cursor).cloned()
    }

    /// Lessons that were read to their end, by id.
    pub const fn read(&self) -> &BTreeSet<String> {
        &self.read
    }

    /// What is to be remembered: lessons that were read, and where others were left.
    pub fn remembered(
        &self,
    ) -> (
        &BTreeSet<String>,
        impl Iterator<Item = (&String, ScrollPosition)>,
    ) {
        (&self.read, self.left.iter().map(|(id, at)| (id, *at)))
    }

    /// Goes on with what was remembered.
    pub fn restore(&mut self, read: BTreeSet<String>, left: BTreeMap<String, ScrollPosition>) {
        (self.read, self.left) = (read, left);
    }

    pub fn on_progress(&mut self, loaded: LoadedProgress) {
        self.loaded = Some(loaded);
        self.changed();
    }

    pub fn on_time(&mut self, now: Timestamp) {
        if let Some(loaded) = &mut self.loaded {
            loaded.now = now;
        }
        if let Some(ask) = &mut self.ask {
            ask.on_time(now);
        }
    }

    /// What became of a review that was to be saved.
    pub fn on_saved(&mut self, id: ReviewId, why_not: Option<&SafeText>) {
        if let Some(ask) = &mut self.ask {
            ask.on_saved(id, why_not.cloned());
        }
    }

    /// What is known of the lessons must be counted and shown anew.
    fn changed(&mut self) {
        self.known = None;
        self.changes += 1;
    }

    fn now(&self) -> Timestamp {
        self.loaded.as_ref().map(|l| l.now).unwrap_or_default()
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

    /// Asks the question that is in view, else the first of the page that was not answered today.
    fn ask_here(&mut self, ctx: &ScreenContext) -> Response {
        let viewport = &self.pane.viewport;
        let in_view = viewport.top..viewport.top + viewport.height();
        let (here, elsewhere): (Vec<_>, Vec<_>) = self
            .marks
            .iter()
            .partition(|(row, _)| in_view.contains(row));
        let progress = self.loaded.as_ref().map(|loaded| &loaded.progress);
        let today = self.now().day;
        let is_open = |id: &String| {
            let known = progress.and_then(|progress| progress.question(id));
            !known.is_some_and(|known| known.answered.is_some() && known.day == today)
        };
        let mut ids = here.into_iter().chain(elsewhere).map(|(_, id)| id);
        match ids.find(|id| is_open(id)).cloned() {
            Some(id) => self.ask(vec![id], ctx),
            None if self.marks.is_empty() => Response::toast("no question stands in this lesson"),
            None => Response::toast("what stands here is answered today: A asks the others"),
        }
    }

    /// Asks the questions of the lesson that are not known.
    fn ask_all(&mut self, ctx: &ScreenContext) -> Response {
        let Some(progress) = self.loaded.as_ref().map(|loaded| loaded.progress.clone()) else {
            return Response::toast("one moment: the record is being read");
        };
        let course = Course::of(ctx.library);
        let lesson = course.lessons.get(self.list.cursor);
        let questions = lesson.map(|lesson| lesson.questions.iter());
        let ids = questions.into_iter().flatten().map(|q| &q.id);
        let unknown = ids.filter(|id| !progress.is_known(id)).take(MOST).cloned();
        match unknown.collect::<Vec<_>>() {
            none if none.is_empty() => Response::toast("all questions of this lesson are known"),
            unknown => self.ask(unknown, ctx),
        }
    }

    fn ask(&mut self, ids: Vec<String>, ctx: &ScreenContext) -> Response {
        self.outline = false;
        let beside = self.beside(ctx);
        let Some(loaded) = &mut self.loaded else {
            return Response::toast("one moment: the record is being read");
        };
        let own = LoadedProgress {
            ids: loaded.ids.fork(),
            ..loaded.clone()
        };
        let (ask, response) = QuizScreen::aside(own, ids, &beside);
        if !ask.is_over() {
            self.ask = Some(Box::new(ask));
        }
        response
    }

    /// Lets the questions answer an event; behind the last one the lesson is back.
    fn asked(&mut self, event: impl FnOnce(&mut QuizScreen) -> Response) -> Response {
        let Some(ask) = &mut self.ask else {
            return Response::ignored();
        };
        let mut response = event(ask);
        if ask.is_over() {
            if let (Some(loaded), Some(progress)) = (&mut self.loaded, ask.progress()) {
                loaded.progress = progress;
            }
            self.ask = None;
            self.changed();
            response.effects.push(Effect::LoadProgress);
        }
        response
    }

    /// Goes to the page of the next step, or asks its questions.
    fn do_next(&self) -> Response {
        match &self.next {
            None => Response::toast("one moment: the record is being read"),
            Some((next, asks)) => match &next.page {
                Some(page) => Response::go(Route::of(page.clone())),
                None => Response::choice(Choice::Quiz(QuizOptions {
                    which: asks.unwrap_or_default(),
                    ..QuizOptions::default()
                })),
            },
        }
    }

    /// Counts how far the lessons are known, where that is not counted yet.
    fn count(&mut self, ctx: &ScreenContext) {
        if self.known.is_none()
            && let Some(loaded) = &self.loaded
        {
            let course = Course::of(ctx.library);
            let (progress, now) = (&loaded.progress, loaded.now);
            let lessons = course.lessons.iter();
            let known = lessons.map(|lesson| course.progress(lesson, progress, now));
            self.known = Some(known.collect());
            let step = NextStep::of(ctx.library, &course, progress, &self.read, now);
            self.next = Some((views::next::words(ctx.library, &step), step.asks()));
            let myths = views::myths::all(ctx.library, progress);
            self.myths = (!myths.is_empty()).then(|| views::myths::in_short(&myths));
        }
    }

    fn show(&mut self, id: String, page: Rect, ctx: &ScreenContext) {
        let known = self
            .known
            .as_ref()
            .and_then(|all| all.get(self.list.cursor));
        let state = LessonState {
            progress: self.loaded.as_ref().map(|loaded| &*loaded.progress),
            now: self.now(),
            known: known.copied(),
        };
        let options = (usize::from(page.width), self.changes);
        let mut marks = None;
        self.pane.show(id.clone(), options, page, |id, (width, _)| {
            let made = views::lesson::screen(ctx.library, id, *width, state);
            marks = Some(made.questions);
            made.page
        });
        self.marks = marks.unwrap_or(std::mem::take(&mut self.marks));
        let viewport = &self.pane.viewport;
        let is_at_end = viewport.top + viewport.height() >= viewport.page.rows.len();
        if is_at_end && self.read.insert(id) {
            // What was read changes what to do next.
            self.known = None;
            self.count(ctx);
        }
    }
}

impl Screen for LearnScreen {
    fn scopes(&self) -> &'static [Scope] {
        match &self.ask {
            Some(ask) => ask.scopes(),
            None => &[Scope::Learn],
        }
    }

    fn hints(&self, ctx: &ScreenContext) -> Vec<Hint> {
        if let Some(ask) = &self.ask {
            let mut hints = ask.hints(&self.beside(ctx));
            hints.push(worded(Action::Global(GlobalAction::Close), "lesson"));
            return hints;
        }
        let pane = if self.outline {
            worded(Action::Move(MoveAction::Enter), "read")
        } else {
            worded(Action::Move(MoveAction::Left), "outline")
        };
        use PageAction::{Contents, Copy, Find, NextLink, Peek};
        let page = [NextLink, Peek, Find, Contents, Copy];
        let mut hints = vec![
            worded(Action::Move(MoveAction::PageDown), "page"),
            pane,
            plain(Action::Learn(LearnAction::Next)),
            plain(Action::Learn(LearnAction::Answer)),
            plain(Action::Learn(LearnAction::Questions)),
        ];
        hints.extend(page.map(|p| plain(Action::Page(p))));
        if ctx.library.count(Kind::Myths) > 0 {
            hints.push(plain(Action::Global(GlobalAction::Myths)));
        }
        if self.read.is_empty() {
            hints.push(plain(Action::Global(GlobalAction::Guide)));
        }
        hints
    }

    fn on_action(&mut self, action: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        if self.ask.is_some() {
            let beside = self.beside(ctx);
            return self.asked(|ask| ask.on_action(action, count, &beside));
        }
        match action {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::Learn(LearnAction::Next) => self.neighbor(true, ctx),
            Action::Learn(LearnAction::Previous) => self.neighbor(false, ctx),
            Action::Learn(LearnAction::Answer) => self.ask_here(ctx),
            Action::Learn(LearnAction::Questions) => self.ask_all(ctx),
            Action::Learn(LearnAction::DoNext) => self.do_next(),
            _ => Response::ignored(),
        }
    }

    fn on_enter(&mut self, to: &Location, ctx: &ScreenContext) -> Response {
        let wanted = to.route.address().map(|a| a.id.to_string());
        let row = wanted.and_then(|id| Self::ids(ctx).iter().position(|i| *i == id));
        self.list.len = Self::ids(ctx).len();
        if let Some(row) = row.filter(|r| *r != self.list.cursor || self.pane.subject().is_none()) {
            self.ask = None;
            self.turn(row, ctx);
        }
        self.outline = false;
        Response::effect(Effect::LoadProgress)
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.list.len = Self::ids(ctx).len();
        self.count(ctx);
        let (outline, page) = self.areas(ctx);
        let (lessons, _) = self.parts(outline, ctx);
        self.list.layout(self.fitting(lessons, ctx).max(1));
        let beside = self.beside(ctx);
        if let Some(ask) = &mut self.ask {
            return ask.layout(&beside);
        }
        match self.id(ctx).filter(|_| page.width > 0) {
            Some(id) => self.show(id, page, ctx),
            None => self.pane.viewport.layout(page),
        }
    }

    fn viewport(&mut self) -> &mut Viewport {
        match &mut self.ask {
            Some(ask) => ask.viewport(),
            None => &mut self.pane.viewport,
        }
    }

    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let (outline, page) = self.areas(ctx);
        let mut row = None;
        if outline.width > 0 {
            row = self.view_outline(painter, outline, ctx);
        }
        if let Some(ask) = &self.ask {
            return ask.view(painter, &self.beside(ctx)).or(row);
        }
        let mut link = None;
        if page.width > 0 {
            link = self.pane.viewport.view(painter);
        }
        let top = (page.width > 0).then_some((page.x, page.y));
        link.or(if self.outline { row } else { top }).or(row)
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let (outline, _) = self.areas(ctx);
        if self.ask.is_some() {
            let beside = self.beside(ctx);
            return self.asked(|ask| ask.on_click(column, row, &beside));
        }
        self.outline = outline.contains((column, row).into());
        let (lessons, _) = self.parts(outline, ctx);
        let below = usize::from(row.saturating_sub(outline.y));
        let lesson = self.lesson_at(below, lessons, ctx);
        if let Some(lesson) = lesson.filter(|_| lessons.contains((column, row).into())) {
            self.turn(lesson, ctx);
        }
        Response::done()
    }

    fn on_key(&mut self, key: Key, ctx: &ScreenContext) -> Response {
        let beside = self.beside(ctx);
        self.asked(|ask| ask.on_key(key, &beside))
    }

    fn typing(&self) -> bool {
        self.ask.as_ref().is_some_and(|ask| ask.typing())
    }

    fn on_paste(&mut self, text: &SafeText, ctx: &ScreenContext) {
        let beside = self.beside(ctx);
        if let Some(ask) = &mut self.ask {
            ask.on_paste(text, &beside);
        }
    }

    fn on_close(&mut self) -> Response {
        self.asked(|ask| ask.on_close())
    }

    fn address(&self, ctx: &ScreenContext) -> Option<Address> {
        self.id(ctx).and_then(|id| Address::new(Kind::Lessons, &id))
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        let kept = self.pane.subject();
        let row = kept.and_then(|id| Self::ids(ctx).iter().position(|i| i == id));
        self.list.cursor = row.unwrap_or(self.list.cursor);
        self.ask = None;
        self.changed();
        self.pane.invalidate();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::app::Effect;
    use crate::app::samples::{App, check, check_toasts};
    use crate::core::progress::Change;
    use crate::pack::{Bundled, Library};

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
    fn what_to_do_next_and_the_myths_stand_at_the_foot() {
        // However many lessons there are, and however low the window is that has room for some of them.
        let library = Arc::new(Library::open(Arc::new(Bundled)).unwrap());
        for (width, height) in [(80, 24), (120, 36)] {
            let app = App::on(Arc::clone(&library), (width, height)).keys("2");
            let app = app.shows("I  The idea in a few").shows("W  Read");
            app.keys("...").shows("W  Read");
        }
        App::sized(80, 12).keys("2").hides("M  1 myth").shows("> 1");
        check(&[
            ("2", "M  1 myth", ""),
            ("2.", "W  Answer new", ""),
            ("2.W", "1 of 8", "Nobody rings."),
            ("2M", "A doorbell costs nothing.", "met"),
            ("2M<Enter>", "Between guests it does", ""),
        ]);
    }

    #[test]
    fn a_question_is_answered_where_it_stands() {
        check(&[
            ("2", "How often must a guest press?", "( ) a"),
            ("2", "a answers it here", "Right."),
            ("2a", "( ) a", "Press the button and wait"),
            ("2a<Enter>", "nothing is chosen yet", ""),
            ("2a<Esc>", "Press the button and wait", "( ) a"),
            ("2ax", "Press the button and wait", "( ) a"),
            ("2.a", "What does a month", "Nobody rings."),
            ("2.a<Esc><Esc>", "Nobody rings.", ""),
        ]);
    }

    #[test]
    fn what_is_answered_in_a_lesson_counts_and_leaves_the_quiz_alone() {
        let app = App::new().keys("6<Enter><Esc>2");
        let left = app.effects.len();
        let mut app = app.keys("a1<Enter>");
        let kept = app.effects.split_off(left);
        assert!(
            matches!(kept[..], [Effect::Record(Change::Add(_))]),
            "{kept:?}"
        );
        let app = app.keys("<Enter><Enter>").shows("due again");
        app.keys("6").shows("Go on");
    }

    #[test]
    fn a_lesson_asks_its_questions_at_the_end() {
        let app = App::new().keys("2A");
        app.shows("1 of").keys("<Esc>").shows("Press the button");
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
