//! What is asked once more in a session, and what is not.

use std::sync::Arc;

use super::run_tests::Game;
use crate::core::progress::ReviewOutcome;
use crate::core::quiz::Stage;
use crate::core::schedule::Grade;
use crate::pack::{AnswerKind, Bundled, Library};

/// Ten is ten: whoever misses everything is asked once more of each, true or false only where enough lies between.
#[test]
fn who_misses_everything_is_asked_twice_at_most() {
    let library = Library::open(Arc::new(Bundled)).unwrap();
    for seed in 0..12 {
        let mut game = Game::new("--count 10 --all", seed);
        let mut asked: Vec<String> = Vec::new();
        while game.run.session.stage != Stage::Over {
            let position = game.run.session.position();
            assert!(position.number <= 10 && position.of == 10, "{position:?}");
            assert_eq!(
                position.again.is_some(),
                asked.len() >= 10,
                "repeats are last"
            );
            asked.push(game.open().to_owned());
            game.draft(ReviewOutcome::Wrong);
            let _ = game.submit(false);
            game.advance();
        }
        assert!(asked.len() <= 20, "{asked:?}");
        for (at, id) in asked.iter().enumerate() {
            let again = asked.iter().skip(at + 1).position(|other| other == id);
            let kind = &library.question(id).unwrap().answer;
            match again {
                Some(between) => assert!(between >= 5, "{id} after {between}"),
                None if at >= 10 => {}
                None => assert!(matches!(kind, AnswerKind::TrueFalse(_)), "{id} never again"),
            }
        }
    }
}

#[test]
fn true_or_false_is_not_asked_again_at_once() {
    for (words, expected) in [
        ("--only tf-batch-tradeoff,t-saga,t-jitter", None),
        ("--only tf-batch-tradeoff,t-saga,t-jitter,t-dlq", Some(3)),
        ("--only t-saga", Some(0)),
    ] {
        let mut game = Game::new(words, 7);
        game.draft(ReviewOutcome::Wrong);
        let _ = game.submit(true);
        let Stage::Answered(answered) = &game.run.session.stage else {
            panic!("{words}")
        };
        assert_eq!(answered.returns, expected, "{words}");
    }
}

#[test]
fn a_hint_makes_it_come_sooner() {
    let mut game = Game::new("--only provider-view-floor", 7);
    assert!(game.run.session.hint(&game.library));
    game.draft(ReviewOutcome::Right);
    let review = game.submit(true).unwrap();
    assert_eq!(review.grade, Some(Grade::Hard));
}

#[test]
fn a_command_asks_the_same_again() {
    let command = |words: &str| Game::new(words, 5).run.session.command();
    let all = command("--count 2 --all");
    assert_eq!(all, "tozero quiz --seed 5 --count 2 --all");
    let chosen = command("--count 2");
    assert!(
        chosen.contains(" --only "),
        "what progress chose is named: {chosen}"
    );
}
