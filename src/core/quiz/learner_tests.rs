//! Ten learners of known strength over thirty days: what they are asked, how often, and which level opens.

use crate::core::progress::ReviewOutcome;
use crate::core::quiz::run_tests::Game;
use crate::core::quiz::{Course, QuizOptions, Stage};
use crate::pack::{AnswerKind, Question};
use crate::text::Rng;

/// What a learner does with a question: on a day, asked for the so-maniest time, with some chance.
type Learner = fn(&Question, i32, usize, &mut Rng) -> Option<bool>;

/// Name, what is done, and the least and greatest level that is open after thirty days.
const LEARNERS: [(&str, Learner, (u8, u8)); 10] = [
    ("expert", |_, _, _, _| Some(true), (3, 3)),
    ("always wrong", |_, _, _, _| Some(false), (1, 1)),
    ("easy only", |q, _, _, _| Some(q.difficulty == 1), (2, 2)),
    (
        "easy and medium",
        |q, _, _, _| Some(q.difficulty < 3),
        (3, 3),
    ),
    ("skips everything", |_, _, _, _| None, (1, 1)),
    ("coin", |_, _, _, rng| Some(rng.draw() % 2 == 0), (1, 2)),
    (
        "nine in ten",
        |_, _, _, rng| Some(rng.draw() % 10 != 0),
        (2, 3),
    ),
    (
        "one in five",
        |_, _, _, rng| Some(rng.draw() % 5 == 0),
        (1, 1),
    ),
    ("wrong at first", |_, _, before, _| Some(before > 0), (1, 3)),
    (
        "from the second week on",
        |_, day, _, _| Some(day >= 7),
        (3, 3),
    ),
];

/// What one day's session asked, each with whether it was asked once more; a page to read has no name.
fn session(
    game: &mut Game,
    learner: Learner,
    day: i32,
    asked: &mut Vec<String>,
    rng: &mut Rng,
) -> Vec<(String, bool)> {
    let mut today = Vec::new();
    while game.run.session.stage != Stage::Over {
        if game.run.session.stage == Stage::Page {
            let again = game.run.session.position().again.is_some();
            let _ = game.read();
            today.push((String::new(), again));
            continue;
        }
        let question = game.run.session.question(&game.library).unwrap().clone();
        let again = game.run.session.position().again.is_some();
        let before = asked.iter().filter(|id| **id == question.id).count();
        today.push((question.id.clone(), again));
        match learner(&question, day, before, rng) {
            None => drop(game.skip()),
            Some(right) => {
                game.draft(match right {
                    true => ReviewOutcome::Right,
                    false => ReviewOutcome::Wrong,
                });
                let _ = game.submit(true);
                game.advance();
                game.advance();
                asked.push(question.id.clone());
            }
        }
    }
    today
}

#[test]
fn ten_learners_over_thirty_days() {
    for (n, (name, learner, (least, most))) in LEARNERS.into_iter().enumerate() {
        let mut game = Game::new("", n as u64);
        let (mut rng, mut asked) = (Rng::new(n as u64), Vec::new());
        for day in 0..30 {
            if day > 0 {
                game.sleep();
                if !game.begin(QuizOptions::default(), day as u64) {
                    continue;
                }
            }
            let today = session(&mut game, learner, day, &mut asked, &mut rng);
            let first = today.iter().filter(|(_, again)| !again).count();
            assert!(
                first <= 10 && today.len() <= 20,
                "{name}, day {day}: {today:?}"
            );
            assert!(
                today.is_sorted_by_key(|(_, again)| *again),
                "{name}: repeats are last"
            );
            for (at, (id, _)) in today.iter().enumerate() {
                let Some(question) = game.library.question(id) else {
                    continue;
                };
                if day == 0 && at < 3 {
                    assert_eq!(question.difficulty, 1, "{name}: {id} comes first");
                }
                let next = today.iter().skip(at + 1).position(|(other, _)| other == id);
                let guessable = matches!(question.answer, AnswerKind::TrueFalse(_));
                assert!(
                    !guessable || next.is_none_or(|n| n >= 3),
                    "{name}: {id} after {next:?}"
                );
            }
        }
        let course = Course::of(&game.library);
        let open = course.open_level(&game.run.progress);
        assert!((least..=most).contains(&open), "{name}: level {open}");
    }
}
