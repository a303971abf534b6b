//! How sessions go: each kind right, wrong, partly, skipped, undone, resumed; and whatever keys are pressed.

use std::sync::Arc;

use proptest::prelude::*;

use crate::core::progress::{
    Change, IdSource, LoadedProgress, Progress, Review, ReviewOutcome, StorageState,
};
use crate::core::quiz::{
    AnswerDraft, QuestionChoice, QuizContext, QuizOptions, QuizRun, Session, SessionStep, Stage,
    Ungraded,
};
use crate::core::schedule::Grade;
use crate::pack::{AnswerKind, Bundled, Library};
use crate::text::Timestamp;

const NOW: Timestamp = Timestamp {
    at: 1_795_548_425,
    day: 20_781,
};

fn loaded(progress: Progress) -> LoadedProgress {
    LoadedProgress {
        progress: Arc::new(progress),
        storage: StorageState::Kept,
        notice: None,
        ids: IdSource::new(9),
        now: NOW,
    }
}

/// A quiz, with the record that its changes would write.
pub(super) struct Game {
    pub(super) library: Library,
    pub(super) run: QuizRun,
    record: Progress,
    now: Timestamp,
}

fn at(library: &Library, now: Timestamp) -> QuizContext<'_> {
    QuizContext { library, now }
}

fn context(library: &Library) -> QuizContext<'_> {
    at(library, NOW)
}

impl Game {
    pub(super) fn new(words: &str, seed: u64) -> Self {
        Self::after(Progress::default(), words, seed)
    }

    pub(super) fn after(progress: Progress, words: &str, seed: u64) -> Self {
        let library = Library::open(Arc::new(Bundled)).unwrap();
        let mut run = QuizRun::new(loaded(progress.clone()));
        let begun = run.begin(QuizOptions::parse(words), Some(seed), &context(&library));
        let mut game = Self {
            library,
            run,
            record: progress,
            now: NOW,
        };
        game.write(&begun.unwrap());
        game
    }

    /// Writes what a call has returned, and holds it to the progress of the run; the review that it adds.
    pub(super) fn write(&mut self, changes: &[Change]) -> Option<Review> {
        let mut added = None;
        for change in changes {
            match change {
                Change::Add(review) => {
                    self.record.add(review);
                    added = Some(review.clone());
                }
                Change::Undo(id) => assert!(self.record.undo(*id)),
                Change::SaveSession(session) => self.record.saved_session = Some(session.clone()),
                Change::DropSession(_) => self.record.saved_session = None,
            }
        }
        assert_eq!(self.record.totals, self.run.progress.totals);
        assert_eq!(self.record.saved_session, self.run.progress.saved_session);
        if !changes.is_empty() {
            assert_eq!(self.record.saved_session, self.run.session.saved());
        }
        added
    }

    pub(super) fn submit(&mut self, sure: bool) -> Result<Review, Ungraded> {
        let changes = self.run.answer(sure, &at(&self.library, self.now))?;
        assert!(matches!(
            changes[..],
            [
                Change::Add(_),
                Change::SaveSession(_) | Change::DropSession(_)
            ]
        ));
        Ok(self.write(&changes).unwrap())
    }

    pub(super) fn advance(&mut self) -> SessionStep {
        self.run.next(&self.library)
    }

    pub(super) fn skip(&mut self) -> Option<Review> {
        let changes = self.run.skip(&at(&self.library, self.now));
        self.write(&changes)
    }

    pub(super) fn read(&mut self) -> Option<Review> {
        let changes = self.run.read_page(&at(&self.library, self.now));
        self.write(&changes)
    }

    fn undo(&mut self) -> bool {
        let Some(undone) = self.run.undo(&self.library) else {
            return false;
        };
        assert!(!undone.reload, "it was added in this run");
        self.write(&undone.changes);
        true
    }

    /// To the same time of the next day.
    pub(super) fn sleep(&mut self) {
        self.now = self.now.plus_days(1);
    }

    /// Begins another session; false when there is nothing to ask.
    pub(super) fn begin(&mut self, options: QuizOptions, seed: u64) -> bool {
        let begun = self
            .run
            .begin(options, Some(seed), &at(&self.library, self.now));
        begun.inspect(|changes| drop(self.write(changes))).is_some()
    }

    fn resume(&mut self) {
        if let Some(saved) = self.run.session.saved() {
            self.run.session = Session::resume(&saved, &self.library, &self.run.progress);
        }
    }

    fn reviews(&self) -> i64 {
        self.record.totals.reviews
    }

    pub(super) fn open(&self) -> &str {
        let question = self.run.session.question(&self.library);
        question.map_or("-", |q| q.id.as_str())
    }

    /// Drafts the right answer, or one that is wrong in all parts or in one.
    pub(super) fn draft(&mut self, wanted: ReviewOutcome) {
        let question = self.run.session.question(&self.library).unwrap();
        let (draft, shown) = self.run.session.draft().unwrap();
        *draft = AnswerDraft::of(question, shown);
        let wrong = wanted != ReviewOutcome::Right;
        let row_of = |n: usize| shown.rows.iter().position(|r| *r == n).unwrap();
        match &question.answer {
            AnswerKind::Single(all) | AnswerKind::TrueFalse(all) => {
                let n = all.iter().position(|choice| choice.right != wrong).unwrap();
                draft.choose(row_of(n));
            }
            AnswerKind::Several(all) => {
                let most = if wanted == ReviewOutcome::Partly {
                    1
                } else {
                    99
                };
                let right = wanted != ReviewOutcome::Wrong;
                let chosen = (0..all.len()).filter(|n| all[*n].right == right);
                chosen.take(most).for_each(|n| draft.choose(row_of(n)));
            }
            AnswerKind::Classify { buckets, items } => {
                for (row, n) in shown.rows.iter().enumerate() {
                    let off = usize::from(is_off(wanted, row));
                    draft.assign(row, (items[*n].bucket + off) % buckets.len());
                }
            }
            AnswerKind::Order(items) => {
                let rows = spoiled((0..items.len()).map(row_of).collect(), wanted);
                rows.into_iter().for_each(|row| draft.choose(row));
            }
            AnswerKind::Match(_) => {
                let option = |n: &usize| shown.options.iter().position(|o| o == n).unwrap();
                let options = spoiled(shown.rows.iter().map(option).collect(), wanted);
                for (row, option) in options.into_iter().enumerate() {
                    draft.assign(row, option);
                }
            }
            AnswerKind::Numeric { .. } if wrong => *draft = AnswerDraft::Words("-123456".into()),
            AnswerKind::Typed { .. } if wrong => *draft = AnswerDraft::Words("qwxz".into()),
            AnswerKind::Numeric { answer, .. } => *draft = AnswerDraft::Words(answer.to_string()),
            AnswerKind::Typed { answers, .. } => {
                *draft = AnswerDraft::Words(answers[0].to_string())
            }
        }
    }
}

/// Whether a row is to be wrong.
fn is_off(wanted: ReviewOutcome, row: usize) -> bool {
    wanted == ReviewOutcome::Wrong || wanted == ReviewOutcome::Partly && row == 0
}

/// What is right in this order, in one that is wrong in all places or in two.
fn spoiled(mut right: Vec<usize>, wanted: ReviewOutcome) -> Vec<usize> {
    match wanted {
        ReviewOutcome::Wrong => right.rotate_left(1),
        ReviewOutcome::Partly => right.swap(0, 1),
        ReviewOutcome::Right | ReviewOutcome::Skipped | ReviewOutcome::Page => {}
    }
    right
}

/// One question of each kind, with whether it can be right in parts.
const KINDS: [(&str, bool); 8] = [
    ("bus-rule", false),
    ("m-async-needs", true),
    ("tf-batch-tradeoff", false),
    ("c-consistency", true),
    ("o-break-even", true),
    ("p-camps", true),
    ("n-break-even-long", false),
    ("t-break-even", false),
];

/// Answers a question of a kind, undoes that, answers anew, leaves and goes on.
fn answered_undone_resumed(id: &str, wanted: ReviewOutcome, sure: bool, grade: Grade) {
    let mut game = Game::new(&format!("--only {id},t-saga,t-jitter,t-handler"), 7);
    assert!(game.submit(sure).is_err(), "{id}: nothing is nothing");
    game.draft(wanted);
    let before = game.run.session.clone();
    let review = game.submit(sure).unwrap();
    let found = (review.outcome, review.sure, review.grade);
    assert_eq!(found, (wanted, sure, Some(grade)), "{id}");
    assert!(review.question == id && !review.chosen.is_empty());
    let after = game.run.session.clone();
    assert!(game.submit(true).is_err(), "{id}: once is once");
    assert_eq!(game.run.session, after);
    assert!(game.undo(), "{id} is undone");
    assert_eq!(game.run.session, before, "{id}: undone is as before");
    assert_eq!(game.reviews(), 0);
    assert!(game.submit(sure).is_ok(), "{id}: and answered anew");
    let saved = game.run.session.saved().unwrap();
    let resumed = Session::resume(&saved, &game.library, &game.run.progress);
    game.advance();
    game.advance();
    assert_eq!(
        resumed, game.run.session,
        "{id}: resumed is as gone on with"
    );
    assert!(game.undo(), "and can still be undone");
}

#[test]
fn each_kind_right_wrong_partly_undone_resumed() {
    for (id, parts) in KINDS {
        let each = |wanted, sure, grade| answered_undone_resumed(id, wanted, sure, grade);
        each(ReviewOutcome::Right, true, Grade::Good);
        each(ReviewOutcome::Right, false, Grade::Hard);
        each(ReviewOutcome::Wrong, true, Grade::Again);
        each(ReviewOutcome::Wrong, false, Grade::Again);
        if parts {
            each(ReviewOutcome::Partly, true, Grade::Again);
        }
    }
}

#[test]
fn each_kind_is_skipped() {
    for (id, _) in KINDS {
        let mut game = Game::new(&format!("--only {id},t-saga"), 7);
        let review = game.skip().unwrap();
        let found = (review.outcome, review.grade, game.open());
        assert_eq!(found, (ReviewOutcome::Skipped, None, "t-saga"));
        assert!(game.undo());
        assert_eq!(game.open(), id);
    }
}

#[test]
fn an_answer_of_an_earlier_run_is_undone_and_progress_loaded_again() {
    let mut game = Game::new("--only t-saga,t-jitter", 7);
    game.draft(ReviewOutcome::Right);
    let review = game.submit(true).unwrap();
    // The next run of the program knows the review only from the record.
    let mut known = Progress::of(Default::default(), [review.clone()]);
    known.saved_session.clone_from(&game.record.saved_session);
    let mut next = QuizRun::new(loaded(known));
    assert!(next.resume(&game.library));
    let undone = next.undo(&game.library).unwrap();
    assert!(undone.reload);
    let saved = next.session.saved().unwrap();
    assert_eq!(
        undone.changes,
        [Change::Undo(review.id), Change::SaveSession(saved)]
    );
    assert_eq!(next.session.question(&game.library).unwrap().id, "t-saga");
    next.reload(loaded(Progress::default()));
    assert_eq!(next.undo(&game.library), None);
}

#[test]
fn the_end_drops_the_session() {
    let mut game = Game::new("--only t-saga", 7);
    game.draft(ReviewOutcome::Right);
    let number = game.run.session.number;
    let changes = game.run.answer(true, &context(&game.library)).unwrap();
    assert_eq!(changes.last(), Some(&Change::DropSession(number)));
    assert_eq!(game.run.next(&game.library), SessionStep::Moved);
    assert_eq!(game.run.session.stage, Stage::Over);
    assert!(
        !game.run.resume(&game.library),
        "there is nothing to resume"
    );
    assert!(game.run.skip(&context(&game.library)).is_empty());
    assert!(game.run.read_page(&context(&game.library)).is_empty());
}

#[test]
fn what_is_at_hand_is_resumed_with_its_feedback() {
    let mut game = Game::new("--only t-saga,t-jitter", 7);
    game.draft(ReviewOutcome::Wrong);
    game.submit(true).unwrap();
    let at_hand = game.run.session.clone();
    assert!(matches!(at_hand.stage, Stage::Answered(_)));
    assert!(game.run.resume(&game.library));
    assert_eq!(game.run.session, at_hand);
    game.run.session = Session::default();
    assert!(game.run.resume(&game.library));
    assert_eq!(game.open(), "t-jitter", "feedback is not saved");
}

#[test]
fn nothing_to_ask_begins_nothing() {
    let library = Library::open(Arc::new(Bundled)).unwrap();
    let mut run = QuizRun::new(loaded(Progress::default()));
    let mut begin = |words: &str, seed| {
        let changes = run.begin(QuizOptions::parse(words), seed, &context(&library));
        (changes.map(|c| c.len()), run.session.seed)
    };
    assert_eq!(begin("--missed", Some(3)), (None, 0));
    assert_eq!(begin("--new", Some(3)), (Some(1), 3));
    let (changes, seed) = begin("--new", None);
    assert!(
        changes == Some(1) && seed < 100_000,
        "a seed is drawn: {seed}"
    );
}

#[test]
fn misses_come_back_once_behind_all_others() {
    let five = "--only t-saga,t-jitter,t-handler,t-dlq,t-egress";
    let way = |sure: bool| {
        let mut game = Game::new(five, 7);
        game.draft(ReviewOutcome::Wrong);
        let _ = game.submit(sure);
        let mut seen = Vec::new();
        while game.run.session.stage != Stage::Over {
            game.advance();
            seen.push(game.open().to_owned());
            if let Stage::Asking(_) = game.run.session.stage {
                game.draft(ReviewOutcome::Right);
                let _ = game.submit(true);
            }
        }
        seen.retain(|id| id != "-");
        seen.dedup();
        seen
    };
    let all = ["t-jitter", "t-handler", "t-dlq", "t-egress", "t-saga"];
    assert_eq!(way(true), [&["t-saga"], &all[..]].concat());
    assert_eq!(way(false), all);
}

#[test]
fn a_confident_error_is_left_with_a_second_key() {
    let mut game = Game::new("--only t-saga,t-jitter", 7);
    game.draft(ReviewOutcome::Wrong);
    let _ = game.submit(true);
    assert_eq!(
        (game.advance(), game.open()),
        (SessionStep::NeedsConfirm, "t-saga")
    );
    assert_eq!(
        (game.advance(), game.open()),
        (SessionStep::Moved, "t-jitter")
    );
    game.draft(ReviewOutcome::Wrong);
    let _ = game.submit(false);
    assert_eq!(game.advance(), SessionStep::Moved);
    assert_eq!(game.advance(), SessionStep::Nowhere);
}

#[test]
fn after_four_lapses_the_page_is_shown() {
    let mut game = Game::new("--only t-saga", 7);
    for session in 0..2 {
        for again in [None, Some((1, 1))] {
            let position = game.run.session.position();
            assert_eq!(
                (position.number, position.of, position.again),
                (1, 1, again)
            );
            assert_eq!(game.open(), "t-saga");
            game.draft(ReviewOutcome::Wrong);
            let _ = game.submit(false);
            game.advance();
        }
        assert_eq!(game.run.session.stage, Stage::Over);
        let again = game.run.begin(
            QuizOptions::parse("--only t-saga"),
            Some(session),
            &context(&game.library),
        );
        game.write(&again.unwrap());
    }
    assert_eq!(game.run.session.stage, Stage::Page);
    assert!(game.skip().is_none() && matches!(game.submit(true), Err(Ungraded::Refused(_))));
    assert_eq!(game.read().map(|r| r.outcome), Some(ReviewOutcome::Page));
    assert_eq!(
        (&game.run.session.stage, game.run.session.saved()),
        (&Stage::Over, None)
    );
    let summary = game.run.summary(&game.library);
    assert_eq!(
        (
            summary.score.hits,
            summary.score.of,
            summary.pages,
            summary.missed.len()
        ),
        (0, 0, 1, 0)
    );
    assert!(game.undo());
    assert_eq!(game.run.session.stage, Stage::Page);
}

#[test]
fn near_gets_one_more_try_and_is_then_hard() {
    let mut game = Game::new("--only t-saga,t-idempotent", 7);
    game.draft(ReviewOutcome::Right);
    let _ = game.submit(true);
    game.advance();
    let write = |game: &mut Game, words: &str| {
        *game.run.session.draft().unwrap().0 = AnswerDraft::Words(words.to_owned())
    };
    write(&mut game, "idempotant");
    assert!(matches!(game.submit(true), Err(Ungraded::Near(_))));
    assert_eq!(game.reviews(), 1, "near is no answer");
    write(&mut game, "idempotent");
    let review = game.submit(true).unwrap();
    assert_eq!(
        (review.outcome, review.grade),
        (ReviewOutcome::Right, Some(Grade::Hard))
    );
}

#[test]
fn summaries_count_first_answers() {
    let mut game = Game::new("--only provider-view-floor,t-saga,t-jitter,t-handler", 7);
    let question = game
        .library
        .question("provider-view-floor")
        .unwrap()
        .clone();
    let AnswerKind::Single(choices) = &question.answer else {
        panic!()
    };
    let wrong = choices.iter().position(|c| c.myth.is_some()).unwrap();
    let (draft, shown) = game.run.session.draft().unwrap();
    draft.choose(shown.rows.iter().position(|n| *n == wrong).unwrap());
    let _ = game.submit(true);
    game.advance();
    game.advance();
    for sure in [true, false] {
        game.draft(ReviewOutcome::Right);
        let _ = game.submit(sure);
        game.advance();
    }
    game.skip();
    game.draft(ReviewOutcome::Right);
    let _ = game.submit(true);
    let summary = game.run.summary(&game.library);
    let share = |s: crate::core::progress::Ratio| (s.hits, s.of);
    assert_eq!(
        [
            share(summary.score),
            share(summary.sure),
            share(summary.guessed)
        ],
        [(2, 3), (1, 2), (1, 1)]
    );
    assert_eq!(
        (summary.skipped, &summary.myths),
        (1, &vec![choices[wrong].myth.clone().unwrap()])
    );
    assert_eq!(
        summary
            .missed
            .iter()
            .map(|m| (m.question.as_str(), m.mended))
            .collect::<Vec<_>>(),
        [("provider-view-floor", true)]
    );
    assert_eq!(
        summary.replay,
        "tozero quiz --seed 7 --only provider-view-floor,t-saga,t-jitter,t-handler"
    );
}

#[test]
fn what_left_the_pack_is_left_out_when_resumed() {
    let game = Game::new("--only t-saga,t-jitter", 7);
    let mut saved = game.run.session.saved().unwrap();
    saved.questions[0].question = "gone".to_owned();
    let session = Session::resume(&saved, &game.library, &game.run.progress);
    let position = session.position();
    assert_eq!((position.number, position.of), (1, 1));
    saved.questions.clear();
    saved.done = 5;
    assert_eq!(
        Session::resume(&saved, &game.library, &game.run.progress).stage,
        Stage::Over
    );
}

#[derive(Clone, Copy, Debug)]
enum Key {
    Draft(ReviewOutcome),
    Submit(bool),
    Advance,
    Skip,
    Undo,
    Read,
    Hint,
    Resume,
}

fn keys() -> impl Strategy<Value = Vec<Key>> {
    let one = prop_oneof![
        3 => Just(Key::Draft(ReviewOutcome::Right)),
        3 => Just(Key::Draft(ReviewOutcome::Wrong)),
        1 => Just(Key::Draft(ReviewOutcome::Partly)),
        4 => any::<bool>().prop_map(Key::Submit),
        6 => Just(Key::Advance),
        1 => Just(Key::Skip),
        2 => Just(Key::Undo),
        1 => Just(Key::Read),
        1 => Just(Key::Hint),
        1 => Just(Key::Resume),
    ];
    proptest::collection::vec(one, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever is pressed: each key makes at most one review; the record holds exactly those of the stops done with.
    #[test]
    fn any_keys(keys in keys(), seed in 0_u64..1000) {
        let mut game = Game::new("--count 5 --all", seed);
        for key in keys {
            let before = game.reviews();
            match key {
                Key::Draft(wanted) if matches!(game.run.session.stage, Stage::Asking(_)) => game.draft(wanted),
                Key::Draft(_) => {}
                Key::Submit(sure) => drop(game.submit(sure)),
                Key::Advance => drop(game.advance()),
                Key::Skip => drop(game.skip()),
                Key::Undo => drop(game.undo()),
                Key::Read => drop(game.read()),
                Key::Hint => drop(game.run.session.hint(&game.library)),
                Key::Resume => game.resume(),
            }
            let change = game.reviews() - before;
            prop_assert!((-1..=1).contains(&change));
            prop_assert!(change <= 0 || matches!(key, Key::Submit(_) | Key::Skip | Key::Read));
            prop_assert_eq!(game.reviews() as usize, game.run.session.past().len());
            let position = game.run.session.position();
            prop_assert!(position.number <= position.of && position.of == 5);
        }
    }

    #[test]
    fn the_same_seed_is_the_same_session(seed in 0_u64..10_000) {
        let words = QuizOptions { which: QuestionChoice::All, count: 6, ..QuizOptions::default() }.words();
        prop_assert_eq!(Game::new(&words, seed).run.session, Game::new(&words, seed).run.session);
    }
}
