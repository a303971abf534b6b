//! The start page: go on, begin, and what the session is to be.
//! Promise: says how many questions there are to each wish before one begins.

use crate::app::overlay::{Chooser, ChooserAction, ChooserRow};
use crate::app::screen::quiz::{QuizPhase, QuizScreen};
use crate::app::screen::{Response, ScreenContext};
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
        let shelved = self.mind.as_ref()?.record.saved_session.as_ref()?;
        Some((shelved.done, shelved.questions.len()))
    }

    /// Counts what there is to ask, where that is shown and not counted yet.
    pub(super) fn count(&mut self, ctx: &ScreenContext) {
        let Some(mind) = self
            .mind
            .as_ref()
            .filter(|_| self.phase == QuizPhase::Start)
        else {
            return;
        };
        if self
            .counted
            .as_ref()
            .is_none_or(|(topics, _)| *topics != self.wish.topics)
        {
            let counts = deck::counts(ctx.library, &mind.record, self.now, &self.wish.topics);
            self.counted = Some((self.wish.topics.clone(), counts));
        }
    }

    /// The start page.
    pub(super) fn lay_start(&self, ctx: &ScreenContext, width: usize) -> QuizPage {
        let mut setter = PageBuilder::new(width);
        setter.title(SafeText::ours("Test what you think you know"));
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
        setter.paragraph(vec![Run::new(said, Role::Text)]);
        if let Some(said) = self.mind.as_ref().and_then(|m| m.said.clone()) {
            setter.paragraph(vec![Run::new(said, Role::Warn)]);
        }
        setter.blank();
        let mut laid = QuizPage {
            page: setter.finish(),
            ..QuizPage::default()
        };
        laid.page.rows.push(Row::default());
        for (i, row) in self.rows().into_iter().enumerate() {
            let sign = if i == self.cursor {
                Run::ours("> ", Role::Focus)
            } else {
                Run::ours("  ", Role::Text)
            };
            let (label, value) = self.row_words(row, counts, ctx);
            let mut lead = Row::from_runs(vec![sign, Run::ours(label, Role::Label)]);
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
                let there = counts.map_or(0, |c| c.of(self.wish.which));
                let seed = self
                    .seed
                    .map(|s| format!(" · seed {s}"))
                    .unwrap_or_default();
                let n = if self.wish.only.is_empty() {
                    there.min(self.wish.count)
                } else {
                    self.wish.only.len()
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
                    .wish
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
            StartRow::Which if !self.wish.only.is_empty() => {
                ("Which", SafeText::ours("just these"))
            }
            StartRow::Which => {
                let there = counts
                    .map(|c| format!(" · {}", c.of(self.wish.which)))
                    .unwrap_or_default();
                ("Which", crate::safe!("{}{there}", self.wish.which.word()))
            }
            StartRow::Number => ("Number", crate::safe!("{}", self.wish.count)),
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
            Some(StartRow::Begin) => self.begin(self.wish.clone(), self.seed, ctx),
            Some(StartRow::Topic) => Response::open(self.topics(ctx)),
            Some(StartRow::Which | StartRow::Number) | None => {
                self.change_start(true, ctx);
                Response::done()
            }
        }
    }

    /// Left and right on the row under the cursor.
    pub(super) fn change_start(&mut self, forward: bool, ctx: &ScreenContext) {
        self.wish.only.clear();
        match self.rows().get(self.cursor) {
            Some(StartRow::Which) => {
                self.wish.which = turned(&QuestionChoice::ALL, self.wish.which, forward)
            }
            Some(StartRow::Number) => self.wish.count = turned(&NUMBERS, self.wish.count, forward),
            Some(StartRow::Topic) => {
                let all: Vec<Option<String>> = std::iter::once(None)
                    .chain(ctx.library.pack().tags.iter().map(|t| Some(t.id.clone())))
                    .collect();
                let next = turned_all(&all, &self.wish.topics.first().cloned(), forward);
                self.wish.topics = next.into_iter().collect();
            }
            Some(StartRow::Resume | StartRow::Begin) | None => {}
        }
    }

    fn topics(&self, ctx: &ScreenContext) -> Chooser {
        let all = ChooserRow {
            label: SafeText::ours("All topics"),
            aside: SafeText::default(),
            about: SafeText::ours("Questions from everywhere, well mixed."),
            pick: ChooserAction::Tag(None),
        };
        let choice = |t: &crate::pack::entries::pack::NamedId| ChooserRow {
            label: t.title.clone(),
            aside: SafeText::default(),
            about: crate::safe!("Questions about {} only.", t.title),
            pick: ChooserAction::Tag(Some(t.id.clone())),
        };
        let choices = std::iter::once(all)
            .chain(ctx.library.pack().tags.iter().map(choice))
            .collect();
        Chooser::new("Topic", choices, "no topic matches")
            .at(&ChooserAction::Tag(self.wish.topics.first().cloned()))
    }

    fn resume(&mut self, ctx: &ScreenContext) -> Response {
        let Some(mind) = &self.mind else {
            return Response::done();
        };
        let Some(shelved) = &mind.record.saved_session else {
            return Response::done();
        };
        let at_hand = self
            .session
            .as_ref()
            .filter(|s| s.number == shelved.session && s.shelved().as_ref() == Some(shelved));
        if at_hand.is_none() {
            self.session = Some(Session::resume(shelved, ctx.library, &mind.record));
        }
        self.phase = QuizPhase::Play;
        self.turn_over();
        Response::done()
    }

    /// Begins a session.
    pub(super) fn begin(
        &mut self,
        wish: QuizOptions,
        seed: Option<u64>,
        ctx: &ScreenContext,
    ) -> Response {
        let now = self.now;
        let Some(mind) = &mut self.mind else {
            return Response::toast(SafeText::ours("one moment: the record is being read"));
        };
        let seed = seed.unwrap_or_else(|| mind.ids.number() % SEEDS);
        let deck = deck::draw(ctx.library, &mind.record, now, &wish, seed);
        let session = Session::begin(
            mind.ids.number(),
            seed,
            wish,
            deck,
            ctx.library,
            &mind.record,
        );
        let Some(session) = session else {
            return Response::toast(SafeText::ours(
                "nothing of that kind to ask now: choose another",
            ));
        };
        self.session = Some(session);
        self.phase = QuizPhase::Play;
        self.turn_over();
        self.save_session(Response::done())
    }
}

fn turned<T: Copy + PartialEq>(all: &[T], now: T, forward: bool) -> T {
    let at = all.iter().position(|t| *t == now).unwrap_or(0);
    let next = if forward { at + 1 } else { at + all.len() - 1 };
    all.get(next % all.len().max(1)).copied().unwrap_or(now)
}

fn turned_all<T: Clone + PartialEq>(all: &[T], now: &T, forward: bool) -> T {
    let at = all.iter().position(|t| t == now).unwrap_or(0);
    let next = if forward { at + 1 } else { at + all.len() - 1 };
    all.get(next % all.len().max(1))
        .cloned()
        .unwrap_or_else(|| now.clone())
}
