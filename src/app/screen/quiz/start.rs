//! The start page: go on, begin, and what the session is to be.
//! Guarantee: it says how many questions there are of each kind before one begins.

use crate::app::choice::ScreenChoice;
use crate::app::overlay::{Chooser, ChooserRow};
use crate::app::screen::quiz::{QuizPhase, QuizScreen};
use crate::app::screen::{Response, ScreenContext};
use crate::app::widget::cursor_sign;
use crate::core::quiz::{DeckCounts, QuestionChoice, QuizOptions, deck};
use crate::layout::wrap::wrap;
use crate::layout::{PageBuilder, Role, Row, Run};
use crate::text::{SafeText, measure};
use crate::views::QuizPage;

/// Numbers of questions to choose from.
const NUMBERS: [usize; 6] = [5, 10, 15, 20, 30, 50];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum StartRow {
    Resume,
    Begin,
    Topic,
    Which,
    Number,
}

impl QuizScreen {
    fn rows(&self) -> Vec<StartRow> {
        use StartRow::{Begin, Number, Resume, Topic, Which};
        let resume = self.left_session().map(|_| Resume).into_iter();
        resume.chain([Begin, Topic, Which, Number]).collect()
    }

    /// Questions done and all of the session that was left: the one at hand, or the one in the record.
    pub(super) fn left_session(&self) -> Option<(usize, usize)> {
        let saved = self.run.as_ref()?.progress.saved_session.as_ref()?;
        Some((saved.done, saved.questions.len()))
    }

    /// Counts what there is to ask, where that is shown and not counted yet.
    pub(super) fn count(&mut self, ctx: &ScreenContext) {
        let start = self.phase == QuizPhase::Start;
        let Some(run) = self.run.as_ref().filter(|_| start) else {
            return;
        };
        let topics = &self.options.topics;
        if self.counted.as_ref().is_none_or(|(of, _)| of != topics) {
            let counts = deck::counts(ctx.library, &run.progress, self.now, topics);
            self.counted = Some((topics.clone(), counts));
        }
    }

    pub(super) fn start_page(&self, ctx: &ScreenContext, width: usize) -> QuizPage {
        let mut builder = PageBuilder::new(width);
        builder.title(SafeText::ours("Test what you think you know"));
        let counts = self.counted.as_ref().map(|(_, counts)| *counts);
        let said = match counts {
            None => SafeText::ours("The record is being read."),
            Some(c) => crate::safe!(
                "{} here: {} due, {} new, {} missed last time.",
                measure::count(c.all, "question", "questions"),
                c.due,
                c.new,
                c.missed
            ),
        };
        builder.paragraph(vec![Run::new(said, Role::Text)]);
        if let Some(notice) = self.notice.clone() {
            builder.paragraph(vec![Run::new(notice, Role::Warn)]);
        }
        builder.blank();
        let mut shown = QuizPage {
            page: builder.finish(),
            ..QuizPage::default()
        };
        shown.page.rows.push(Row::default());
        for (i, row) in self.rows().into_iter().enumerate() {
            let sign = cursor_sign(i == self.cursor);
            let (label, value) = self.row_words(row, counts, ctx);
            let mut lead = Row::from_runs(vec![sign, Run::ours(label, Role::Label)]);
            lead.pad_to(13);
            let role = match row {
                StartRow::Resume | StartRow::Begin => Role::Strong,
                StartRow::Topic | StartRow::Which | StartRow::Number => Role::Text,
            };
            lead.push(Run::new(value, role));
            let from = shown.page.rows.len();
            shown.page.rows.extend(wrap(&lead.runs, width, 0, 13));
            shown.rows.push(from..shown.page.rows.len());
            if matches!(row, StartRow::Begin) {
                shown.page.rows.push(Row::default());
            }
        }
        let block = shown.page.rows.iter().map(|r| r.block).max().unwrap_or(0) + 1;
        for row in shown.page.rows.iter_mut().filter(|r| r.block == 0) {
            row.block = block;
        }
        shown
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
            StartRow::Begin => {
                let there = counts.map_or(0, |c| c.of(options.which));
                let n = if options.only.is_empty() {
                    there.min(options.count)
                } else {
                    options.only.len()
                };
                let what = if n == 0 {
                    SafeText::ours("nothing of that kind now")
                } else {
                    measure::count(n, "question", "questions")
                };
                let seed = self.seed.map(|s| format!(" · seed {s}"));
                ("Begin", crate::safe!("{what}{}", seed.unwrap_or_default()))
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

    /// What Enter does on the row under the cursor.
    pub(super) fn start_words(&self) -> &'static str {
        match self.rows().get(self.cursor) {
            Some(StartRow::Resume) => "go on",
            Some(StartRow::Begin) | None => "begin",
            Some(StartRow::Topic) => "choose",
            Some(StartRow::Which | StartRow::Number) => "change",
        }
    }

    /// Enter on the row under the cursor.
    pub(super) fn choose_start(&mut self, ctx: &ScreenContext) -> Response {
        match self.rows().get(self.cursor) {
            Some(StartRow::Resume) => self.resume(ctx),
            Some(StartRow::Begin) => self.begin(self.options.clone(), self.seed, ctx),
            Some(StartRow::Topic) => Response::open(self.topics(ctx)),
            Some(StartRow::Which | StartRow::Number) | None => {
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
            Some(StartRow::Number) => {
                self.options.count = turned(&NUMBERS, &self.options.count, forward)
            }
            Some(StartRow::Topic) => {
                let all: Vec<Option<String>> = std::iter::once(None)
                    .chain(ctx.library.pack().tags.iter().map(|t| Some(t.id.clone())))
                    .collect();
                let next = turned(&all, &self.options.topics.first().cloned(), forward);
                self.options.topics = next.into_iter().collect();
            }
            Some(StartRow::Resume | StartRow::Begin) | None => {}
        }
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

/// The next of all, or the one before, around the end.
fn turned<T: Clone + PartialEq>(all: &[T], now: &T, forward: bool) -> T {
    let at = all.iter().position(|t| t == now).unwrap_or(0);
    let next = if forward { at + 1 } else { at + all.len() - 1 };
    all.get(next % all.len().max(1)).unwrap_or(now).clone()
}
