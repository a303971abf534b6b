//! The start page: go on, begin, and what the session is to be.
//! Promise: says how many questions there are to each options before one begins.

use crate::app::choice::ScreenChoice;
use crate::app::overlay::{Chooser, ChooserRow};
use crate::app::screen::quiz::{QuizPhase, QuizScreen};
use crate::app::screen::{Response, ScreenContext};
use crate::app::widget::cursor_sign;
use crate::core::quiz::{DeckCounts, QuestionChoice, QuizOptions, Session, deck};
use crate::layout::wrap::wrap;
use crate::layout::{PageBuilder, Role, Row, Run};
use crate::text::{SafeText, measure};
use crate::views::QuizPage;
use crate::views::quiz::topic;

/// Numbers of questions to choose from.
const NUMBERS: [usize; 6] = [5, 10, 15, 20, 30, 50];
/// Seeds are drawn below this, so that they can be told and typed.
const SEEDS: u64 = 100_000;

/// A row of the start page.
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
        let mut rows = vec![
            StartRow::Begin,
            StartRow::Topic,
            StartRow::Which,
            StartRow::Number,
        ];
        if self.left_session().is_some() {
            rows.insert(0, StartRow::Resume);
        }
        rows
    }

    /// Questions done and all of the session that was left: the one at hand, or the one in the record.
    pub(super) fn left_session(&self) -> Option<(usize, usize)> {
        let shelved = self.learner.as_ref()?.record.saved_session.as_ref()?;
        Some((shelved.done, shelved.questions.len()))
    }

    /// Counts what there is to ask, where that is shown and not counted yet.
    pub(super) fn count(&mut self, ctx: &ScreenContext) {
        let Some(learner) = self
            .learner
            .as_ref()
            .filter(|_| self.phase == QuizPhase::Start)
        else {
            return;
        };
        if self
            .counted
            .as_ref()
            .is_none_or(|(topics, _)| *topics != self.options.topics)
        {
            let counts = deck::counts(ctx.library, &learner.record, self.now, &self.options.topics);
            self.counted = Some((self.options.topics.clone(), counts));
        }
    }

    /// The start page.
    pub(super) fn lay_out_start(&self, ctx: &ScreenContext, width: usize) -> QuizPage {
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
        if let Some(said) = self.learner.as_ref().and_then(|m| m.said.clone()) {
            builder.paragraph(vec![Run::new(said, Role::Warn)]);
        }
        builder.blank();
        let mut laid = QuizPage {
            page: builder.finish(),
            ..QuizPage::default()
        };
        laid.page.rows.push(Row::default());
        for (i, row) in self.rows().into_iter().enumerate() {
            let (label, value) = self.row_words(row, counts, ctx);
            let mut lead = Row::from_runs(vec![
                cursor_sign(i == self.cursor),
                Run::ours(label, Role::Label),
            ]);
            lead.pad_to(13);
            lead.push(Run::new(
                value,
                if matches!(row, StartRow::Resume | StartRow::Begin) {
                    Role::Strong
                } else {
                    Role::Text
                },
            ));
            let from = laid.page.rows.len();
            laid.page.rows.extend(wrap(&lead.runs, width, 0, 13));
            laid.rows.push(from..laid.page.rows.len());
            if matches!(row, StartRow::Begin) {
                laid.page.rows.push(Row::default());
            }
        }
        let block = laid.page.rows.iter().map(|r| r.block).max().unwrap_or(0) + 1;
        laid.page
            .rows
            .iter_mut()
            .filter(|r| r.block == 0)
            .for_each(|r| r.block = block);
        laid
    }

    fn row_words(
        &self,
        row: StartRow,
        counts: Option<DeckCounts>,
        ctx: &ScreenContext,
    ) -> (&'static str, SafeText) {
        match row {
            StartRow::Resume => {
                let (done, of) = self.left_session().unwrap_or_default();
                (
                    "Go on",
                    crate::safe!("the session you left, {done} of {of} done"),
                )
            }
            StartRow::Begin => {
                let there = counts.map_or(0, |c| c.of(self.options.which));
                let seed = self
                    .seed
                    .map(|s| format!(" · seed {s}"))
                    .unwrap_or_default();
                let n = if self.options.only.is_empty() {
                    there.min(self.options.count)
                } else {
                    self.options.only.len()
                };
                let what = if n == 0 {
                    SafeText::ours("nothing of that kind now")
                } else {
                    measure::count(n, "question", "questions")
                };
                ("Begin", crate::safe!("{what}{seed}"))
            }
            StartRow::Topic => {
                let all: Vec<SafeText> = self
                    .options
                    .topics
                    .iter()
                    .map(|t| topic(ctx.library, t))
                    .collect();
                (
                    "Topic",
                    if all.is_empty() {
                        SafeText::ours("all topics")
                    } else {
                        SafeText::join(&all, ", ")
                    },
                )
            }
            StartRow::Which if !self.options.only.is_empty() => {
                ("Which", SafeText::ours("just these"))
            }
            StartRow::Which => {
                let there = counts
                    .map(|c| format!(" · {}", c.of(self.options.which)))
                    .unwrap_or_default();
                (
                    "Which",
                    crate::safe!("{}{there}", self.options.which.word()),
                )
            }
            StartRow::Number => ("Number", crate::safe!("{}", self.options.count)),
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
        let all = ChooserRow {
            label: SafeText::ours("All topics"),
            aside: SafeText::default(),
            about: SafeText::ours("Questions from everywhere, well mixed."),
            choice: ScreenChoice::Tag(None).into(),
        };
        let choice = |t: &crate::pack::entries::pack::NamedId| ChooserRow {
            label: t.title.clone(),
            aside: SafeText::default(),
            about: crate::safe!("Questions about {} only.", t.title),
            choice: ScreenChoice::Tag(Some(t.id.clone())).into(),
        };
        let choices = std::iter::once(all)
            .chain(ctx.library.pack().tags.iter().map(choice))
            .collect();
        Chooser::new("Topic", choices, "no topic matches")
            .at(ScreenChoice::Tag(self.options.topics.first().cloned()))
    }

    fn resume(&mut self, ctx: &ScreenContext) -> Response {
        let Some(learner) = &self.learner else {
            return Response::done();
        };
        let Some(shelved) = &learner.record.saved_session else {
            return Response::done();
        };
        let at_hand = self
            .session
            .as_ref()
            .filter(|s| s.number == shelved.session && s.shelved().as_ref() == Some(shelved));
        if at_hand.is_none() {
            self.session = Some(Session::resume(shelved, ctx.library, &learner.record));
        }
        self.phase = QuizPhase::Play;
        self.turn_page();
        Response::done()
    }

    /// Begins a session.
    pub(super) fn begin(
        &mut self,
        options: QuizOptions,
        seed: Option<u64>,
        ctx: &ScreenContext,
    ) -> Response {
        let now = self.now;
        let Some(learner) = &mut self.learner else {
            return Response::toast("one moment: the record is being read");
        };
        let seed = seed.unwrap_or_else(|| learner.ids.number() % SEEDS);
        let deck = deck::draw(ctx.library, &learner.record, now, &options, seed);
        let session = Session::begin(
            learner.ids.number(),
            seed,
            options,
            deck,
            ctx.library,
            &learner.record,
        );
        let Some(session) = session else {
            return Response::toast("nothing of that kind to ask now: choose another");
        };
        self.session = Some(session);
        self.phase = QuizPhase::Play;
        self.turn_page();
        self.save_session(Response::done())
    }
}

/// The next of all, or the one before, in a ring.
fn turned<T: Clone + PartialEq>(all: &[T], now: &T, forward: bool) -> T {
    let at = all.iter().position(|t| t == now).unwrap_or(0);
    let next = if forward { at + 1 } else { at + all.len() - 1 };
    all.get(next % all.len().max(1)).unwrap_or(now).clone()
}
