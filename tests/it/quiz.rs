//! The quiz on the screen: each kind, by key scripts against pictures at three sizes, and whatever else is pressed.

use proptest::prelude::*;
use tozero::testing::{Change, Effect, Mouse, Msg, QuizOptions, ReviewOutcome, open_quiz};

use crate::support::app::{App, compare};

/// Sizes of a scene's pictures.
const PICTURES: [(u16, u16); 2] = [(50, 16), (120, 36)];

/// Scenes that are pictured at 80x24, too: where a question just fits, or just does not.
const AT_80: &[&str] = &[
    "quiz-start",
    "quiz-single-wrong",
    "quiz-match",
    "quiz-statistics",
];

/// The quiz as `tozero quiz` opens it, with these flags and seed 7.
fn quiz(words: &str, (width, height): (u16, u16)) -> App {
    let mut app = App::bundled(width, height);
    let effects = open_quiz(&mut app.model, QuizOptions::parse(words), Some(7), false);
    assert_eq!(effects, [Effect::LoadProgress]);
    app.recall();
    app
}

/// Scenes: a name, the flags, and the keys.
const SCENES: &[(&str, &str, &str)] = &[
    ("quiz-start", "--all", ""),
    ("quiz-single", "--only bus-rule,t-saga", "<Enter>b"),
    (
        "quiz-single-right",
        "--only bus-rule,t-saga",
        "<Enter>b<Enter>",
    ),
    (
        "quiz-single-wrong",
        "--only provider-view-floor,t-saga",
        "<Enter>b<Enter>",
    ),
    (
        "quiz-single-hint",
        "--only provider-view-floor,t-saga",
        "<Enter>h",
    ),
    (
        "quiz-several",
        "--only m-provider-traits,t-saga",
        "<Enter>bc",
    ),
    (
        "quiz-several-partly",
        "--only m-provider-traits,t-saga",
        "<Enter>bc<Enter>",
    ),
    (
        "quiz-true-false",
        "--only tf-broad-floor,t-saga",
        "<Enter>f",
    ),
    (
        "quiz-true-false-wrong",
        "--only tf-broad-floor,t-saga",
        "<Enter>f<Enter>",
    ),
    ("quiz-classify", "--only c-strict-sort,t-saga", "<Enter>121"),
    (
        "quiz-classify-partly",
        "--only c-strict-sort,t-saga",
        "<Enter>121212<Enter>",
    ),
    ("quiz-order", "--only o-break-even,t-saga", "<Enter>ca"),
    (
        "quiz-order-partly",
        "--only o-break-even,t-saga",
        "<Enter>cadbe<Enter>",
    ),
    ("quiz-match", "--only p-camps,t-saga", "<Enter>3<Right>"),
    (
        "quiz-match-partly",
        "--only p-camps,t-saga",
        "<Enter>1234<Enter>",
    ),
    (
        "quiz-numeric",
        "--only n-break-even-long,t-saga",
        "<Enter>1,075",
    ),
    (
        "quiz-numeric-right",
        "--only n-break-even-long,t-saga",
        "<Enter>1,075<Ctrl-g>",
    ),
    (
        "quiz-typed",
        "--only t-break-even,t-saga",
        "<Enter>break-evan<Enter>",
    ),
    (
        "quiz-typed-wrong",
        "--only t-break-even,t-saga",
        "<Enter>something<Enter>",
    ),
    (
        "quiz-page",
        "--only t-saga",
        "<Enter>x<Ctrl-g><Enter>x<Ctrl-g><Enter>rx<Ctrl-g><Enter>x<Ctrl-g><Enter>r",
    ),
    (
        "quiz-summary",
        "--only provider-view-floor,t-saga",
        "<Enter>b<Enter><Enter><Enter>saga<Ctrl-g><Enter>d<Enter><Enter>",
    ),
    (
        "quiz-statistics",
        "--only provider-view-floor,t-saga",
        "<Enter>b<Enter>v",
    ),
    (
        "quiz-resume",
        "--only provider-view-floor,t-saga",
        "<Enter>b<Enter><Esc><Esc>",
    ),
    (
        "quiz-so-far",
        "--only provider-view-floor,t-saga",
        "<Enter>b<Enter><Esc>",
    ),
];

#[test]
fn the_quiz_looks_as_approved() {
    for (name, words, keys) in SCENES {
        let more = AT_80.contains(name).then_some((80, 24));
        for size in PICTURES.into_iter().chain(more) {
            let app = quiz(words, size).keys(keys);
            compare(&format!("{name}-{}x{}", size.0, size.1), &app.picture());
        }
    }
}

/// What of the effects changes the record: `+right sure`, `-`.
fn written(app: &App) -> Vec<String> {
    let told = |effect: &Effect| match effect {
        Effect::Record(Change::Add(review)) => Some(format!(
            "+{}{}",
            review.outcome.word(),
            if review.sure { " sure" } else { "" }
        )),
        Effect::Record(Change::Undo(_)) => Some("-".to_owned()),
        _ => None,
    };
    app.effects.iter().filter_map(told).collect()
}

#[track_caller]
fn writes(words: &str, keys: &str, expected: &[&str]) -> App {
    let app = quiz(words, (80, 24)).keys(keys);
    assert_eq!(written(&app), expected, "{keys}\n{}", app.picture());
    app
}

#[test]
fn each_kind_is_answered_by_its_keys() {
    // Each by letters, digits or words, sure or as a guess; the answers are those of seed 7.
    writes(
        "--only bus-rule,t-saga",
        "<Enter>b<Enter>",
        &["+right sure"],
    );
    writes("--only bus-rule,t-saga", "<Enter>2g", &["+right"]);
    writes(
        "--only bus-rule,t-saga",
        "<Enter>j<Space><Enter>",
        &["+right sure"],
    );
    writes(
        "--only bus-rule,t-saga",
        "<Enter>ba<Enter>",
        &["+wrong sure"],
    );
    writes(
        "--only m-provider-traits,t-saga",
        "<Enter>ab<Enter>",
        &["+right sure"],
    );
    writes(
        "--only m-provider-traits,t-saga",
        "<Enter><Space>12<Space>2<Down><Space><Enter>",
        &["+partly sure"],
    );
    writes(
        "--only tf-broad-floor,t-saga",
        "<Enter>t<Enter>",
        &["+right sure"],
    );
    writes(
        "--only tf-broad-floor,t-saga",
        "<Enter>f<Enter>",
        &["+wrong sure"],
    );
    writes("--only c-strict-sort,t-saga", "<Enter>212112g", &["+right"]);
    writes(
        "--only c-strict-sort,t-saga",
        "<Enter>a2b1c2d1e1f<Right><Right><Enter>",
        &["+right sure"],
    );
    writes(
        "--only o-break-even,t-saga",
        "<Enter>daecb<Enter>",
        &["+right sure"],
    );
    writes(
        "--only p-camps,t-saga",
        "<Enter>4123<Enter>",
        &["+right sure"],
    );
    writes(
        "--only n-break-even-long,t-saga",
        "<Enter>1.075 million calls<Enter>",
        &["+right sure"],
    );
    writes(
        "--only t-break-even,t-saga",
        "<Enter>crossover point<Ctrl-g>",
        &["+right"],
    );
    writes(
        "--only t-break-even,t-saga",
        "<Enter>break-evan<Enter><Backspace><Backspace>en<Enter>",
        &["+right sure"],
    );
}

#[test]
fn nothing_is_nothing() {
    for id in [
        "bus-rule",
        "m-provider-traits",
        "tf-broad-floor",
        "c-strict-sort",
        "o-break-even",
        "p-camps",
        "t-saga",
        "n-dow",
    ] {
        writes(
            &format!("--only {id}"),
            "<Enter><Enter><Enter><Enter><Ctrl-g>",
            &[],
        );
    }
    writes("--only c-strict-sort", "<Enter>1212<Enter>", &[]);
    writes("--only o-break-even", "<Enter>da<Enter>g", &[]);
    writes("--only n-dow", "<Enter>many<Enter>", &[]);
}

#[test]
fn choosing_never_submits_and_a_held_enter_answers_one() {
    writes("--count 5 --all", "<Enter>aabbccdd1234", &[]);
    for (words, keys) in [
        ("--only bus-rule,t-saga,o-break-even", "b"),
        ("--only t-saga,bus-rule,p-camps", "saga"),
    ] {
        let held = "<Enter>".repeat(30);
        let app = quiz(words, (80, 24)).keys(&format!("<Enter>{keys}{held}"));
        assert_eq!(app.reviews(), 1, "{}", app.picture());
    }
}

#[test]
fn digits_choose_while_a_question_is_open_and_open_screens_elsewhere() {
    let app = quiz("--only bus-rule", (80, 24)).keys("<Enter>372");
    assert!(
        app.picture().contains("A fraud function has to check"),
        "{}",
        app.picture()
    );
    let app = app.keys("<Enter><Enter>3");
    assert!(
        app.picture().contains("The same again"),
        "{}",
        app.picture()
    );
    let app = app.keys("<Enter>3");
    assert!(app.picture().contains("3 Terms"), "{}", app.picture());
}

#[test]
fn undo_takes_the_answer_back_in_the_record_too() {
    let app = writes(
        "--only bus-rule,t-saga",
        "<Enter>a<Enter>u",
        &["+wrong sure", "-"],
    );
    assert!(
        app.picture().contains("(*) a"),
        "the answer is still chosen\n{}",
        app.picture()
    );
    assert_eq!(app.reviews(), 0);
    let app = app.keys("b<Enter><Enter><Alt-u>");
    assert_eq!(
        (written(&app).len(), app.reviews()),
        (4, 0),
        "from the next question too"
    );
    let app = app.keys("x");
    assert_eq!(written(&app).last().map(String::as_str), Some("+skipped"));
    assert!(
        app.picture().contains("Data") || app.picture().contains("2 of 2"),
        "{}",
        app.picture()
    );
}

#[test]
fn the_page_behind_is_opened_and_back_returns_to_the_same_question() {
    let app = quiz("--only bus-rule,t-saga", (80, 24)).keys("<Enter>b<Enter>");
    let before = app.picture();
    let app = app.keys("e");
    assert!(
        app.picture().contains("Event bus") && app.picture() != before,
        "{}",
        app.picture()
    );
    let after = app.keys("[").picture();
    assert_eq!(
        after.lines().take(22).collect::<Vec<_>>(),
        before.lines().take(22).collect::<Vec<_>>()
    );
}

#[test]
fn a_session_that_is_left_can_be_gone_on_with() {
    let app = quiz("--only bus-rule,t-saga,p-camps", (80, 24)).keys("<Enter>b<Enter><Enter>");
    let (record, question) = (app.record.clone(), app.picture());
    let mut later = App::bundled(80, 24);
    later.record = record;
    let later = later.keys("6");
    assert!(
        later
            .picture()
            .contains("Go on     the session you left, 1 of 3 done"),
        "{}",
        later.picture()
    );
    assert_eq!(later.keys("<Enter>").picture(), question);
}

#[test]
fn search_does_not_give_answers_away() {
    let app =
        quiz("--only bus-rule", (80, 24)).keys("<Enter><Ctrl-k>routing rule of the event bus");
    assert!(
        !app.picture().contains("In the routing rule"),
        "{}",
        app.picture()
    );
}

#[test]
fn the_missed_can_be_asked_again() {
    let way = "<Enter>a<Enter><Enter><Enter>saga<Enter><Enter>x";
    let app = quiz("--only bus-rule,t-saga", (80, 24)).keys(way);
    assert!(app.picture().contains("1 of 2 right"), "{}", app.picture());
    let app = app.keys("r");
    assert!(
        app.picture().contains("Events, medium") && app.picture().contains(" 1 of 1"),
        "{}",
        app.picture()
    );
}

#[test]
fn the_mouse_chooses_and_never_submits() {
    let mut app = quiz("--only bus-rule,t-saga", (80, 24)).keys("<Enter>");
    let row = app
        .picture()
        .lines()
        .position(|l| l.contains("b  In the routing"))
        .unwrap() as u16;
    app.send(Msg::Mouse(Mouse::Click { column: 12, row }));
    assert!(
        app.picture().contains("(*) b") && app.reviews() == 0,
        "{}",
        app.picture()
    );
    let mut app = quiz("--only c-strict-sort,t-saga", (80, 24)).keys("<Enter>");
    let row = app
        .picture()
        .lines()
        .position(|l| l.contains("2  Not serverless"))
        .unwrap() as u16;
    for _ in 0..6 {
        app.send(Msg::Mouse(Mouse::Click { column: 12, row }));
    }
    assert!(
        app.picture().matches("[2]").count() == 6 && app.reviews() == 0,
        "{}",
        app.picture()
    );
}

#[test]
fn unsaved_answers_are_told_until_they_are_saved() {
    let mut app = quiz("--only bus-rule,t-saga", (80, 24)).keys("<Enter>b<Enter>");
    let Some(Effect::Record(Change::Add(review))) = app
        .effects
        .iter()
        .find(|e| matches!(e, Effect::Record(Change::Add(_))))
        .cloned()
    else {
        panic!()
    };
    assert_eq!(review.outcome, ReviewOutcome::Right);
    app.send(Msg::Saved(review.id, Some("the disk is full".into())));
    assert!(
        app.picture().contains("not saved: the disk is full"),
        "{}",
        app.picture()
    );
    app.send(Msg::Saved(review.id, None));
    assert!(!app.picture().contains("not saved"), "{}", app.picture());
}

#[test]
fn no_size_is_too_odd_for_the_quiz() {
    for (name, words, keys) in SCENES {
        let mut app = quiz(words, (120, 36)).keys(keys);
        for (width, height) in (1..=160)
            .step_by(7)
            .flat_map(|w| (1..=50).step_by(9).map(move |h| (w, h)))
        {
            app.send(Msg::Resize(width, height));
            assert_eq!(
                app.picture().lines().count(),
                usize::from(height) + 1,
                "{name} at {width}x{height}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Any keys at any size: nothing panics, and one key answers one question at most.
    #[test]
    fn any_keys(
        keys in proptest::collection::vec("[a-f1-6]|[a-z1-9 ,.]|<(Enter|Enter|Enter|Esc|Tab|Up|Down|Left|Right|PgDn|Space|Backspace|Ctrl-g|Alt-u|Alt-x)>", 0..60),
        width in 30_u16..140, height in 8_u16..50, seed in 0_usize..40,
    ) {
        let words = if seed % 2 == 0 { "--count 4 --all".to_owned() } else { format!("--topic billing --count {}", 1 + seed) };
        let mut app = quiz(&words, (width, height)).keys("<Enter>");
        for key in &keys {
            let before = (app.reviews() as i64, app.effects.iter().filter(|e| matches!(e, Effect::Record(Change::Add(_)))).count());
            app = app.keys(key);
            let after = (app.reviews() as i64, app.effects.iter().filter(|e| matches!(e, Effect::Record(Change::Add(_)))).count());
            prop_assert!(after.1 - before.1 <= 1 && (after.0 - before.0).abs() <= 1, "{} answered more than one", key);
            prop_assert_eq!(app.picture().lines().count(), usize::from(height) + 1);
        }
    }
}
