//! The start page: go on, begin, and what the session is to be.
//! Guarantee: it says how many questions there are of each kind before one begins.

use crate::app::action::{Action, GlobalAction};
use crate::app::choice::ScreenChoice;
use crate::app::overlay::{Chooser, ChooserRow};
use crate::app::route::Route;
use crate::app::screen::quiz::{QuizPhase, QuizScreen, ToAsk};
use crate::app::screen::{Response, ScreenContext};
use crate::app::widget::cursor_sign;
use crate::core::progress::Progress;
use crate::core::quiz::course::{LEVELS, level_word};
use crate::core::quiz::next::NextStep;
use crate::core::quiz::{Course, DeckCounts, QuestionChoice, QuizOptions, deck};
use crate::layout::wrap::wrap;
use crate::layout::{PageBuilder, Role, Row, Run};
use crate::pack::entries::answer::KINDS;
use crate::pack::{Kind, Lesson, Library};
use crate::text::{SafeText, Timestamp, measure};
use crate::views::QuizPage;
use crate::views::next;
use crate::views::quiz::known;

/// Numbers of questions to choose from.
const NUMBERS: [usize; 6] = [5, 10, 15, 20, 30, 50];
/// Sessions whose results are named.
const SESSIONS: usize = 5;
/// The column where the values begin.
const VALUES: usize = 13;
/// Questions that a minute is taken to be enough for.
const A_MINUTE: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum StartRow {
    Resume,
    Begin,
    /// The next step, whatever it is.
    Next,
    Lesson,
    Topic,
    Level,
    Kind,
    Which,
    Number,
}

impl StartRow {
    /// Whether left and right change it.
    const fn turns(self) -> bool {
        match self {
            Self::Resume | Self::Next => false,
            Self::Begin
            | Self::Lesson
            | Self::Topic
            | Self::Level
            | Self::Kind
            | Self::Which
            | Self::Number => true,
        }
    }
}

/// A page narrower than this has labels above long values.
const STACKED: usize = 50;
/// What is said to a newcomer, for whom there is a first look.
fn first_look(ctx: &ScreenContext) -> SafeText {
    let guide = Action::Global(GlobalAction::Guide);
    match ctx.config.keymap.keys(guide).first() {
        Some(key) => {
            crate::safe!("Nothing is answered yet. {key} shows the idea in a few minutes.")
        }
        None => SafeText::ours("Nothing is answered yet."),
    }
}

impl QuizScreen {
    fn rows(&self) -> Vec<StartRow> {
        use StartRow::{Begin, Kind, Lesson, Level, Next, Number, Resume, Topic, Which};
        let resume = self.left_session().map(|_| Resume).into_iter();
        let rows = [Begin, Next, Which, Number, Level, Lesson, Topic, Kind];
        resume.chain(rows).collect()
    }

    /// Questions done and all of the session that was left: the one at hand, or the one in the record.
    pub(super) fn left_session(&self) -> Option<(usize, usize)> {
        let saved = self.run.as_ref()?.progress.saved_session.as_ref()?;
        Some(saved.asked())
    }

    /// Counts what there is to ask, where that is shown and not counted yet.
    pub(super) fn count(&mut self, ctx: &ScreenContext) {
        let start = self.phase == QuizPhase::Start;
        let Some(run) = self.run.as_ref().filter(|_| start) else {
            return;
        };
        let narrowed = QuizOptions {
            which: QuestionChoice::default(),
            count: 0,
            only: Vec::new(),
            ..self.options.clone()
        };
        if self
            .counted
            .as_ref()
            .is_none_or(|known| known.of != narrowed)
        {
            let (library, progress) = (ctx.library, &run.progress);
            let course = Course::of(library);
            let step = NextStep::of(library, &course, progress, &self.read, self.now);
            self.counted = Some(ToAsk {
                counts: deck::counts(library, progress, self.now, &narrowed),
                of: narrowed,
                open: course.open_level(progress),
                next: next::words(library, &step),
                topics: known::topics(library, progress),
                tomorrow: tomorrow(library, progress, self.now),
                asks: step.asks(),
            });
        }
    }

    pub(super) fn start_page(
        &self,
        ctx: &ScreenContext,
        (width, height): (usize, usize),
    ) -> QuizPage {
        let counts = self.counted.as_ref().map(|known| known.counts);
        let mut shown = QuizPage::default();
        if let Some(notice) = self.notice.clone() {
            let mut builder = PageBuilder::new(width);
            builder.paragraph(vec![Run::new(notice, Role::Warn)]);
            shown.page = builder.finish();
        }
        for (i, row) in self.rows().into_iter().enumerate() {
            let lead = self.set_row(row, i == self.cursor, counts, ctx);
            let from = shown.page.rows.len();
            // Where a value has no room beside its label, it stands below that.
            let indent = if width < STACKED { 4 } else { VALUES };
            if lead.width() > width && width < STACKED {
                let label = lead.runs.iter().take(2).cloned().collect();
                let value: Vec<Run> = lead.runs.last().cloned().into_iter().collect();
                shown.page.rows.push(Row::from_runs(label));
                shown.page.rows.extend(wrap(&value, width, indent, indent));
            } else {
                shown.page.rows.extend(wrap(&lead.runs, width, 0, VALUES));
            }
            shown.rows.push(from..shown.page.rows.len());
            match row {
                StartRow::Begin => {
                    let said = Run::new(self.there_words(counts), Role::Dim);
                    shown.page.rows.extend(wrap(&[said], width, indent, indent));
                    shown.page.rows.push(Row::default());
                }
                StartRow::Next => shown.page.rows.push(Row::default()),
                _ => {}
            }
        }
        let pictures = self.pictures(width);
        if shown.page.rows.len() + pictures.len() <= height {
            shown.page.rows.extend(pictures);
        }
        let block = shown.page.rows.iter().map(|r| r.block).max().unwrap_or(0) + 1;
        for row in shown.page.rows.iter_mut().filter(|r| r.block == 0) {
            row.block = block;
        }
        shown
    }

    /// A row of the start page; where one begins looks like a button.
    fn set_row(
        &self,
        row: StartRow,
        on: bool,
        counts: Option<DeckCounts>,
        ctx: &ScreenContext,
    ) -> Row {
        let (label, value) = self.row_words(row, counts, ctx);
        let (name, role) = match (row, on) {
            (StartRow::Resume | StartRow::Begin, true) => (
                Run::new(crate::safe!(" {label} "), Role::TabOn),
                Role::Strong,
            ),
            (StartRow::Resume | StartRow::Begin, false) => (
                Run::new(crate::safe!(" {label} "), Role::Strong),
                Role::Strong,
            ),
            _ => (Run::ours(label, Role::Label), Role::Text),
        };
        let value = match row.turns() && on {
            true => crate::safe!("‹ {value} ›"),
            false => value,
        };
        let mut lead = Row::from_runs(vec![cursor_sign(on), name]);
        lead.pad_to(VALUES);
        lead.push(Run::new(value, role));
        lead
    }

    /// What there is to ask, in a sentence.
    fn there_words(&self, counts: Option<DeckCounts>) -> SafeText {
        let Some(c) = counts else {
            return SafeText::ours("The record is being read.");
        };
        let parts = [
            (c.due, "due"),
            (c.new, "new"),
            (c.missed, "missed last time"),
        ];
        let parts = parts.into_iter().filter(|(n, _)| *n > 0);
        let parts: Vec<SafeText> = parts.map(|(n, what)| crate::safe!("{n} {what}")).collect();
        let tomorrow = self.counted.as_ref().map_or(0, |known| known.tomorrow);
        let tomorrow = match tomorrow {
            0 => String::new(),
            n => format!("; {n} more tomorrow"),
        };
        match parts.is_empty() {
            true => crate::safe!("Nothing is due{tomorrow}."),
            false => crate::safe!("{}{tomorrow}.", SafeText::join(&parts, ", ")),
        }
    }

    /// How the last sessions went, and what is known of each topic.
    fn pictures(&self, width: usize) -> Vec<Row> {
        let (Some(run), Some(counted)) = (&self.run, &self.counted) else {
            return Vec::new();
        };
        let sessions = run.progress.last_sessions(SESSIONS);
        // Before the first session there is nothing to picture.
        let Some(last) = sessions.first() else {
            return Vec::new();
        };
        let mut row = Row::of("  Lately", Role::Label);
        row.pad_to(VALUES);
        row.add(known::sessions(&sessions), Role::Good);
        let words = crate::safe!(
            "  {} of {} right at first in the last session",
            last.hits,
            last.of
        );
        row.add(words, Role::Dim);
        row.cut(width);
        let mut rows = vec![Row::default(), row, Row::default()];
        rows.push(Row::of("  What you know of each topic", Role::Label));
        rows.push(Row::default());
        for mut row in known::topic_rows(&counted.topics, width.saturating_sub(2)) {
            row.indent(2);
            rows.push(row);
        }
        rows
    }

    fn row_words(
        &self,
        row: StartRow,
        counts: Option<DeckCounts>,
        ctx: &ScreenContext,
    ) -> (&'static str, SafeText) {
        let options = &self.options;
        match row {
            StartRow::Resume => {
                let (done, of) = self.left_session().unwrap_or_default();
                let words = crate::safe!("the session you left, {done} of {of} done");
                ("Go on", words)
            }
            StartRow::Begin => ("Begin", self.begin_words(counts)),
            StartRow::Next => {
                let next = self.counted.as_ref().map(|known| &known.next);
                let words = next.map(|next| match next.look {
                    true => crate::safe!("{} {}", next.what, first_look(ctx)),
                    false => crate::safe!("{} {}", next.what, next.why),
                });
                ("Next", words.unwrap_or_default())
            }
            StartRow::Lesson => {
                let lesson = options.lesson.as_deref();
                let title = lesson.and_then(|id| ctx.library.lesson(id));
                let title = title.map(|l| crate::safe!("{}. {}", l.order, l.title));
                ("Lesson", title.unwrap_or(SafeText::ours("all lessons")))
            }
            StartRow::Level => ("Level", self.level_words()),
            StartRow::Kind => {
                let kind = options.kind.map(SafeText::ours);
                ("Kind", kind.unwrap_or(SafeText::ours("all kinds")))
            }
            StartRow::Topic if options.topics.is_empty() => ("Topic", SafeText::ours("all topics")),
            StartRow::Topic => {
                let all = options
                    .topics
                    .iter()
                    .map(|t| ctx.library.pack().tag_title(t));
                ("Topic", SafeText::join(&all.collect::<Vec<_>>(), ", "))
            }
            StartRow::Which if !options.only.is_empty() => ("Which", SafeText::ours("just these")),
            StartRow::Which => {
                let there = counts.map(|c| format!(" · {}", c.of(options.which)));
                let word = options.which.word();
                ("Which", crate::safe!("{word}{}", there.unwrap_or_default()))
            }
            StartRow::Number => ("Number", crate::safe!("{}", options.count)),
        }
    }

    /// How many questions there would be, and how long they take.
    fn begin_words(&self, counts: Option<DeckCounts>) -> SafeText {
        let options = &self.options;
        // While the record is being read nobody knows better.
        let there = counts.map_or(options.count, |c| c.of(options.which));
        let n = if options.only.is_empty() {
            there.min(options.count)
        } else {
            options.only.len()
        };
        if n == 0 {
            return SafeText::ours("nothing of that kind now");
        }
        let questions = measure::count(n, "question", "questions");
        let minutes = measure::count(n.div_ceil(A_MINUTE), "minute", "minutes");
        crate::safe!("{questions}, about {minutes}")
    }

    fn level_words(&self) -> SafeText {
        let open = self.counted.as_ref().map(|known| known.open);
        match (self.options.level, open) {
            (Some(level), _) => SafeText::ours(level_word(level)),
            (None, Some(open)) if self.options.which.brings_new() && open < LEVELS.len() as u8 => {
                let next = level_word(open + 1);
                crate::safe!("as you learn · {} now, {next} next", level_word(open))
            }
            (None, _) => SafeText::ours("all levels"),
        }
    }

    /// What Enter does on the row under the cursor.
    pub(super) fn start_words(&self) -> &'static str {
        match self.rows().get(self.cursor) {
            Some(StartRow::Resume) => "go on",
            Some(StartRow::Begin) | None => "begin",
            Some(StartRow::Next) => "do it",
            Some(StartRow::Lesson | StartRow::Topic) => "choose",
            Some(_) => "change",
        }
    }

    /// Enter on the row under the cursor.
    pub(super) fn choose_start(&mut self, ctx: &ScreenContext) -> Response {
        match self.rows().get(self.cursor) {
            Some(StartRow::Resume) => self.resume(ctx),
            Some(StartRow::Begin) => self.begin(self.options.clone(), self.seed, ctx),
            Some(StartRow::Next) => self.do_next(ctx),
            Some(StartRow::Topic) => Response::open(self.topics(ctx)),
            Some(StartRow::Lesson) => Response::open(self.lessons(ctx)),
            Some(_) | None => {
                self.change_start(true, ctx);
                Response::done()
            }
        }
    }

    /// Left and right on the row under the cursor.
    pub(super) fn change_start(&mut self, forward: bool, ctx: &ScreenContext) {
        self.options.only.clear();
        match self.rows().get(self.cursor) {
            Some(StartRow::Which) => {
                self.options.which = turned(&QuestionChoice::ALL, &self.options.which, forward)
            }
            Some(StartRow::Begin | StartRow::Number) => {
                self.options.count = turned(&NUMBERS, &self.options.count, forward)
            }
            Some(StartRow::Topic) => {
                let all = or_any(ctx.library.pack().tags.iter().map(|t| t.id.clone()));
                let next = turned(&all, &self.options.topics.first().cloned(), forward);
                self.options.topics = next.into_iter().collect();
            }
            Some(StartRow::Lesson) => {
                let lessons = ctx.library.lessons();
                let all = or_any(lessons.iter().map(|l| l.id.clone()));
                self.options.lesson = turned(&all, &self.options.lesson, forward);
            }
            Some(StartRow::Level) => {
                self.options.level = turned(&or_any(LEVELS), &self.options.level, forward);
            }
            Some(StartRow::Kind) => {
                self.options.kind = turned(&or_any(KINDS), &self.options.kind, forward);
            }
            Some(StartRow::Resume | StartRow::Next) | None => {}
        }
    }

    /// Reads or asks what the next step says.
    fn do_next(&mut self, ctx: &ScreenContext) -> Response {
        let Some(known) = &self.counted else {
            return Response::toast("one moment: the record is being read");
        };
        if let Some(page) = &known.next.page {
            return Response::go(Route::of(page.clone()));
        }
        let options = QuizOptions {
            which: known.asks.unwrap_or_default(),
            ..QuizOptions::default()
        };
        self.begin(options, self.seed, ctx)
    }

    fn lessons(&self, ctx: &ScreenContext) -> Chooser {
        let all = ChooserRow::new(
            "All lessons",
            "Questions of every lesson, and those of none.",
            ScreenChoice::Lesson(None),
        );
        let lessons = ctx.library.lessons();
        let choice = |l: &&Lesson| {
            let of = "Only the questions of this lesson.";
            let choice = ScreenChoice::Lesson(Some(l.id.clone()));
            ChooserRow::new(crate::safe!("{}. {}", l.order, l.title), of, choice)
        };
        let choices = std::iter::once(all).chain(lessons.iter().map(choice));
        Chooser::new("Lesson", choices, "no lesson matches")
            .at(ScreenChoice::Lesson(self.options.lesson.clone()))
    }

    fn topics(&self, ctx: &ScreenContext) -> Chooser {
        let all = ChooserRow::new(
            "All topics",
            "Questions from everywhere, well mixed.",
            ScreenChoice::Tag(None),
        );
        let choice = |t: &crate::pack::NamedId| {
            ChooserRow::new(
                t.title.clone(),
                crate::safe!("Questions about {} only.", t.title),
                ScreenChoice::Tag(Some(t.id.clone())),
            )
        };
        let choices = std::iter::once(all).chain(ctx.library.pack().tags.iter().map(choice));
        Chooser::new("Topic", choices, "no topic matches")
            .at(ScreenChoice::Tag(self.options.topics.first().cloned()))
    }

    fn resume(&mut self, ctx: &ScreenContext) -> Response {
        if self.run.as_mut().is_some_and(|run| run.resume(ctx.library)) {
            self.phase = QuizPhase::Play;
            self.show_new_page();
        }
        Response::done()
    }

    /// Opens the question that was asked for, beside a session that was left.
    pub(super) fn begin_asked(&mut self, ctx: &ScreenContext) {
        let context = self.context(ctx);
        let Some(run) = &mut self.run else { return };
        let Some(id) = self.asked.take() else { return };
        if run.ask(id, &context) {
            self.phase = QuizPhase::Play;
            self.show_new_page();
        }
    }

    pub(super) fn begin(
        &mut self,
        options: QuizOptions,
        seed: Option<u64>,
        ctx: &ScreenContext,
    ) -> Response {
        let context = self.context(ctx);
        let Some(run) = &mut self.run else {
            return Response::toast("one moment: the record is being read");
        };
        let Some(changes) = run.begin(options, seed, &context) else {
            return Response::toast("nothing of that kind to ask now: choose another");
        };
        self.phase = QuizPhase::Play;
        self.on_changes(changes)
    }
}

/// How many questions fall due tomorrow.
fn tomorrow(library: &Library, progress: &Progress, now: Timestamp) -> usize {
    let days = progress.forecast(library.ids(Kind::Questions), now, 2);
    days.get(1).map_or(0, |day| day.due)
}

/// Nothing in particular, and each of these.
fn or_any<T>(all: impl IntoIterator<Item = T>) -> Vec<Option<T>> {
    let each = all.into_iter().map(Some);
    std::iter::once(None).chain(each).collect()
}

/// The next of all, or the one before, around the end.
fn turned<T: Clone + PartialEq>(all: &[T], now: &T, forward: bool) -> T {
    let at = all.iter().position(|t| t == now).unwrap_or(0);
    let next = if forward { at + 1 } else { at + all.len() - 1 };
    all.get(next % all.len().max(1)).unwrap_or(now).clone()
}
