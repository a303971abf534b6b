//! How sessions go: each kind right, wrong, partly, skipped, undone, resumed; and whatever keys are pressed.

use std::sync::Arc;

use proptest::prelude::*;

use crate::core::progress::{IdSource, Progress, Review, ReviewOutcome};
use crate::core::quiz::{
    AnswerDraft, QuestionChoice, QuizOptions, ReviewWriter, Session, SessionStep, SessionSummary,
    Stage, Submitted, deck,
};
use crate::core::schedule::Grade;
use crate::pack::{AnswerKind, Bundled, Library};
use crate::text::Timestamp;

const NOW: Timestamp = Timestamp {
    at: 1_795_548_425,
    day: 20_781,
};

/// A session with all that its driver holds.
struct Game {
    library: Library,
    record: Progress,
    ids: IdSource,
    session: Session,
}

impl Game {
    fn new(words: &str, seed: u64) -> Self {
        let library = Library::open(Arc::new(Bundled)).unwrap();
        let (record, wish) = (Progress::default(), QuizOptions::parse(words));
        let deck = deck::draw(&library, &record, NOW, &wish, seed);
        let session = Session::begin(1, seed, wish, deck, &library, &record).unwrap();
        Self {
            library,
            record,
            ids: IdSource::new(9),
            session,
        }
    }

    fn submit(&mut self, sure: bool) -> Submitted {
        let mut pen = ReviewWriter {
            ids: &mut self.ids,
            now: NOW,
            lens: "scale-to-zero-view",
        };
        let submitted = self.session.submit(sure, &self.library, &mut pen);
        if let Submitted::Answered(review) = &submitted {
            self.record.add(review);
        }
        submitted
    }

    fn advance(&mut self) -> SessionStep {
        self.session.advance(&self.library, &self.record)
    }

    fn skip(&mut self) -> Option<Review> {
        let mut pen = ReviewWriter {
            ids: &mut self.ids,
            now: NOW,
            lens: "",
        };
        let review = self.session.skip(&self.library, &self.record, &mut pen)?;
        self.record.add(&review);
        Some(review)
    }

    fn read(&mut self) -> Option<Review> {
        let mut pen = ReviewWriter {
            ids: &mut self.ids,
            now: NOW,
            lens: "",
        };
        let review = self.session.read(&self.library, &self.record, &mut pen)?;
        self.record.add(&review);
        Some(review)
    }

    fn undo(&mut self) -> bool {
        let Some(id) = self.session.last_review() else {
            return false;
        };
        assert!(self.record.undo(id));
        self.session.undo(&self.library, &self.record) == Some(id)
    }

    fn open(&self) -> String {
        self.session
            .question(&self.library)
            .map_or_else(|| "-".to_owned(), |q| q.id.clone())
    }

    /// Drafts the right answer, or one that is wrong in all parts or in one.
    fn draft(&mut self, wanted: ReviewOutcome) {
        let question = self.session.question(&self.library).unwrap();
        let (draft, shown) = self.session.draft().unwrap();
        *draft = AnswerDraft::of(question, shown);
        let wrong = wanted != ReviewOutcome::Right;
        match &question.answer {
            AnswerKind::Single(all) | AnswerKind::TrueFalse(all) => {
                let row = shown
                    .rows
                    .iter()
                    .position(|n| all[*n].right != wrong)
                    .unwrap();
                draft.choose(row);
            }
            AnswerKind::Several(all) => {
                let rows = (0..all.len())
                    .filter(|row| all[shown.rows[*row]].right != (wanted == ReviewOutcome::Wrong));
                rows.take(if wanted == ReviewOutcome::Partly {
                    1
                } else {
                    99
                })
                .for_each(|row| draft.choose(row));
            }
            AnswerKind::Classify { buckets, items } => {
                for row in 0..items.len() {
                    let off = usize::from(
                        wanted == ReviewOutcome::Wrong
                            || wanted == ReviewOutcome::Partly && row == 0,
                    );
                    draft.assign(row, (items[shown.rows[row]].bucket + off) % buckets.len());
                }
            }
            AnswerKind::Order(items) => {
                let mut rows: Vec<usize> = (0..items.len())
                    .map(|n| shown.rows.iter().position(|r| *r == n).unwrap())
                    .collect();
                match wanted {
                    ReviewOutcome::Wrong => rows.rotate_left(1),
                    ReviewOutcome::Partly => rows.swap(0, 1),
                    ReviewOutcome::Right | ReviewOutcome::Skipped | ReviewOutcome::Page => {}
                }
                rows.into_iter().for_each(|row| draft.choose(row));
            }
            AnswerKind::Match(pairs) => {
                let mut options: Vec<usize> = shown
                    .rows
                    .iter()
                    .map(|n| shown.options.iter().position(|o| o == n).unwrap())
                    .collect();
                match wanted {
                    ReviewOutcome::Wrong => options.rotate_left(1),
                    ReviewOutcome::Partly => options.swap(0, 1),
                    ReviewOutcome::Right | ReviewOutcome::Skipped | ReviewOutcome::Page => {}
                }
                assert_eq!(options.len(), pairs.len());
                options
                    .into_iter()
                    .enumerate()
                    .for_each(|(row, option)| draft.assign(row, option));
            }
            AnswerKind::Numeric { answer, .. } => {
                *draft = AnswerDraft::Words(if wrong {
                    "-123456".to_owned()
                } else {
                    format!("{answer}")
                });
            }
            AnswerKind::Typed { answers, .. } => {
                *draft = AnswerDraft::Words(if wrong {
                    "qwxz".to_owned()
                } else {
                    answers[0].to_string()
                });
            }
        }
    }
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

#[test]
fn each_kind_right_wrong_partly_skipped_undone_resumed() {
    for (id, parts) in KINDS {
        for (wanted, sure, grade) in [
            (ReviewOutcome::Right, true, Grade::Good),
            (ReviewOutcome::Right, false, Grade::Hard),
            (ReviewOutcome::Wrong, true, Grade::Again),
            (ReviewOutcome::Wrong, false, Grade::Again),
            (ReviewOutcome::Partly, true, Grade::Again),
        ] {
            if wanted == ReviewOutcome::Partly && !parts {
                continue;
            }
            let mut game = Game::new(&format!("--only {id},t-saga,t-jitter,t-handler"), 7);
            assert!(
                matches!(game.submit(sure), Submitted::Nothing(_)),
                "{id}: nothing is nothing"
            );
            game.draft(wanted);
            let before = game.session.clone();
            let Submitted::Answered(review) = game.submit(sure) else {
                panic!("{id} is not answered")
            };
            let told = (
                review.question.as_str(),
                review.outcome,
                review.sure,
                review.grade,
            );
            assert_eq!(
                told,
                (id, wanted, sure, Some(grade)),
                "{id} {wanted:?} {sure}"
            );
            assert!(!review.chosen.is_empty());
            let after = game.session.clone();
            assert!(
                matches!(game.submit(true), Submitted::Nothing(_)),
                "{id}: once is once"
            );
            assert_eq!(game.session, after);
            assert!(game.undo(), "{id} is undone");
            assert_eq!(
                (&game.session, game.record.totals.reviews),
                (&before, 0),
                "{id}: undone is as before"
            );
            assert!(
                matches!(game.submit(sure), Submitted::Answered(_)),
                "{id}: and answered anew"
            );
            let resumed = Session::resume(
                &game.session.shelved().unwrap(),
                &game.library,
                &game.record,
            );
            game.advance();
            game.advance();
            assert_eq!(resumed, game.session, "{id}: resumed is as gone on with");
            assert!(game.undo(), "and can still be undone");
        }
        let mut game = Game::new(&format!("--only {id},t-saga"), 7);
        let review = game.skip().unwrap();
        assert_eq!(
            (review.outcome, review.grade, game.open().as_str()),
            (ReviewOutcome::Skipped, None, "t-saga")
        );
        assert!(game.undo());
        assert_eq!(game.open(), id);
    }
}

#[test]
fn misses_come_back_and_confident_errors_sooner() {
    let five = "--only t-saga,t-jitter,t-handler,t-dlq,t-egress";
    let way = |sure: bool| {
        let mut game = Game::new(five, 7);
        game.draft(ReviewOutcome::Wrong);
        game.submit(sure);
        let mut seen = Vec::new();
        while game.session.stage != Stage::Over {
            game.advance();
            seen.push(game.open());
            if let Stage::Asking(_) = game.session.stage {
                game.draft(ReviewOutcome::Right);
                game.submit(true);
            }
        }
        seen.retain(|id| id != "-");
        seen.dedup();
        seen
    };
    assert_eq!(
        way(true),
        [
            "t-saga",
            "t-jitter",
            "t-handler",
            "t-saga",
            "t-dlq",
            "t-egress"
        ]
    );
    assert_eq!(
        way(false),
        ["t-jitter", "t-handler", "t-dlq", "t-egress", "t-saga"]
    );
}

#[test]
fn a_confident_error_is_left_with_a_second_key() {
    let mut game = Game::new("--only t-saga,t-jitter", 7);
    game.draft(ReviewOutcome::Wrong);
    game.submit(true);
    assert_eq!(
        (game.advance(), game.open().as_str()),
        (SessionStep::Heed, "t-saga")
    );
    assert_eq!(
        (game.advance(), game.open().as_str()),
        (SessionStep::On, "t-jitter")
    );
    game.draft(ReviewOutcome::Wrong);
    game.submit(false);
    assert_eq!(game.advance(), SessionStep::On);
    assert_eq!(game.advance(), SessionStep::Nowhere);
}

#[test]
fn after_four_lapses_the_page_is_shown() {
    let mut game = Game::new("--only t-saga", 7);
    for round in 0..4 {
        assert_eq!(
            (game.session.position(), game.open().as_str()),
            ((round + 1, round + 1, round as u32), "t-saga")
        );
        game.draft(ReviewOutcome::Wrong);
        game.submit(false);
        game.advance();
    }
    assert_eq!(game.session.stage, Stage::Page);
    assert!(game.skip().is_none() && matches!(game.submit(true), Submitted::Nothing(_)));
    assert_eq!(game.read().map(|r| r.outcome), Some(ReviewOutcome::Page));
    assert_eq!(
        (&game.session.stage, game.session.shelved()),
        (&Stage::Over, None)
    );
    let summary = SessionSummary::of(&game.session, &game.library, &game.record);
    assert_eq!(
        (
            summary.score.hits,
            summary.score.of,
            summary.pages,
            summary.missed.len()
        ),
        (0, 1, 1, 1)
    );
    assert!(game.undo());
    assert_eq!(game.session.stage, Stage::Page);
}

#[test]
fn near_gets_one_more_try_and_is_then_hard() {
    let mut game = Game::new("--only t-saga,t-idempotent", 7);
    game.draft(ReviewOutcome::Right);
    game.submit(true);
    game.advance();
    let write = |game: &mut Game, words: &str| {
        *game.session.draft().unwrap().0 = AnswerDraft::Words(words.to_owned())
    };
    write(&mut game, "idempotant");
    assert!(matches!(game.submit(true), Submitted::Near(_)));
    assert_eq!(game.record.totals.reviews, 1, "near is no answer");
    write(&mut game, "idempotent");
    let Submitted::Answered(review) = game.submit(true) else {
        panic!()
    };
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
    let (draft, shown) = game.session.draft().unwrap();
    draft.choose(shown.rows.iter().position(|n| *n == wrong).unwrap());
    game.submit(true);
    game.advance();
    game.advance();
    for (wanted, sure) in [
        (ReviewOutcome::Right, true),
        (ReviewOutcome::Right, false),
        (ReviewOutcome::Right, true),
    ] {
        game.draft(wanted);
        game.submit(sure);
        game.advance();
    }
    game.skip();
    let summary = SessionSummary::of(&game.session, &game.library, &game.record);
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
    assert_eq!(
        Game::new("--count 2 --all", 5).session.replay(),
        "tozero quiz --seed 5 --count 2 --all"
    );
    assert!(
        Game::new("--count 2", 5)
            .session
            .replay()
            .contains(" --only "),
        "what the record chose is named"
    );
}

#[test]
fn what_left_the_pack_is_left_out_when_resumed() {
    let game = Game::new("--only t-saga,t-jitter", 7);
    let mut shelved = game.session.shelved().unwrap();
    shelved.questions[0].question = "gone".to_owned();
    let session = Session::resume(&shelved, &game.library, &game.record);
    assert_eq!(session.position(), (1, 1, 0));
    shelved.questions.clear();
    shelved.done = 5;
    assert_eq!(
        Session::resume(&shelved, &game.library, &game.record).stage,
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
            let before = game.record.totals.reviews;
            match key {
                Key::Draft(wanted) if matches!(game.session.stage, Stage::Asking(_)) => game.draft(wanted),
                Key::Draft(_) => {}
                Key::Submit(sure) => drop(game.submit(sure)),
                Key::Advance => drop(game.advance()),
                Key::Skip => drop(game.skip()),
                Key::Undo => drop(game.undo()),
                Key::Read => drop(game.read()),
                Key::Hint => drop(game.session.hint(&game.library)),
                Key::Resume => {
                    if let Some(shelved) = game.session.shelved() {
                        game.session = Session::resume(&shelved, &game.library, &game.record);
                    }
                }
            }
            let change = game.record.totals.reviews - before;
            prop_assert!((-1..=1).contains(&change));
            prop_assert!(change <= 0 || matches!(key, Key::Submit(_) | Key::Skip | Key::Read));
            prop_assert_eq!(game.record.totals.reviews as usize, game.session.past().len());
            let (at, of, _) = game.session.position();
            prop_assert!(at <= of);
        }
    }

    #[test]
    fn the_same_seed_is_the_same_session(seed in 0_u64..10_000) {
        let words = QuizOptions { which: QuestionChoice::All, count: 6, ..QuizOptions::default() }.words();
        prop_assert_eq!(Game::new(&words, seed).session, Game::new(&words, seed).session);
    }
}
