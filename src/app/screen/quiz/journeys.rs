//! What keys do to the start page and to a session, and what is written of it.

use crate::app::samples::{App, check, check_toasts, keys};
use crate::app::update::open_quiz;
use crate::app::{Effect, Msg};
use crate::core::progress::Change;
use crate::core::quiz::QuizOptions;

/// A session of these questions, then some keys.
fn quiz(ids: &str, script: &str) -> App {
    let mut app = App::new();
    let options = QuizOptions::parse(&format!("--only {ids}"));
    let effects = open_quiz(&mut app.model, options, Some(7), false);
    assert_eq!(effects, [Effect::LoadProgress]);
    let app = app.keys("6");
    app_with_progress(app).keys("<Enter>").keys(script)
}

/// Entering the quiz asks for the record; the helper answers.
fn app_with_progress(app: App) -> App {
    app.keys("16")
}

/// The effects in a word each: what was kept with its outcome.
fn effects(app: &App) -> Vec<String> {
    let word = |effect: &Effect| match effect {
        Effect::Record(Change::Add(r)) => format!(
            "keep {}{}",
            r.outcome.word(),
            if r.sure { " sure" } else { "" }
        ),
        Effect::Record(Change::Undo(_)) => "undo".to_owned(),
        Effect::Record(Change::SaveSession(s)) => format!("save {}", s.done),
        Effect::Record(Change::DropSession(_)) => "drop".to_owned(),
        other => format!("{other:?}"),
    };
    app.effects.iter().map(word).collect()
}

#[track_caller]
fn writes(ids: &str, script: &str, expected: &[&str]) {
    let app = quiz(ids, script);
    assert_eq!(effects(&app), expected, "{script}\n{}", app.text());
}

#[test]
fn the_start_page_says_what_there_is() {
    check(&[
        ("6", "Test what you think you know", ""),
        ("6", "8 questions", "The record is being read."),
        ("6jjjjjj<Right>", "Sound", "all topics"),
        ("6jjjjjj<Enter>money<Enter>", "Money", "all topics"),
        ("6<Left>", "‹ 5 questions, about 3 minutes ›", ""),
        ("6jjj<Right>", "Number     ‹ 15", ""),
        ("6jjj<Left>", "Number     ‹ 5", ""),
        ("6jjjj<Right>", "Level      ‹ easy", "as you learn"),
        ("6jjjj<Right><Right>", "Level      ‹ medium", "easy"),
        (
            "6jjjjj<Right>",
            "Lesson     ‹ 1. The first ring",
            "all lessons",
        ),
        (
            "6jjjjj<Enter>silence<Enter>",
            "Lesson     ‹ 2. Silence",
            "all lessons",
        ),
        ("6jjjjjjj<Right>", "Kind       ‹ single", "all kinds"),
        ("6H", "Nothing is answered yet", "Begin"),
        ("6H<Esc>", "Begin", ""),
    ]);
}

#[test]
fn an_answer_is_kept_with_the_session_and_nothing_else() {
    writes("bells-hum,press-once", "", &["save 0"]);
    writes(
        "bells-hum",
        "f<Enter>",
        &["save 0", "keep right sure", "drop"],
    );
    writes("bells-hum", "fg", &["save 0", "keep right", "drop"]);
    writes(
        "bells-hum",
        "t<Enter>",
        &["save 0", "keep wrong sure", "drop"],
    );
    writes(
        "name-the-sound",
        "chime<Enter>",
        &["save 0", "keep right sure", "drop"],
    );
    writes(
        "name-the-sound",
        "ding-dong<Ctrl-g>",
        &["save 0", "keep right", "drop"],
    );
    writes(
        "idle-price",
        "1<Enter>",
        &["save 0", "keep right sure", "drop"],
    );
}

#[test]
fn enter_without_an_answer_does_nothing() {
    for id in [
        "bells-hum",
        "press-once",
        "what-rings",
        "sort-sounds",
        "order-of-ringing",
        "match-sounds",
        "name-the-sound",
        "idle-price",
    ] {
        writes(id, "<Enter><Enter><Ctrl-g>", &["save 0"]);
    }
}

#[test]
fn an_answer_can_be_taken_back() {
    let app = quiz("bells-hum", "t<Enter>u");
    assert_eq!(effects(&app)[3..], ["undo", "save 0"]);
    app.says("the last answer is taken back")
        .shows("A good bell hums all night.");
    quiz("bells-hum", "u").says("nothing to take back");
}

#[test]
fn keys_that_mean_nothing_now_say_so() {
    quiz("bells-hum", "h").says("no hint here");
    quiz("bells-hum", "H").says("first answer, or leave with Esc");
    quiz("bells-hum", "f<Enter>x").says("nothing to skip: Enter goes on");
    quiz("bells-hum", "e").says("first answer: the page opens from the verdict on");
    quiz("bells-hum", "o").says("no source to open here");
    check_toasts(&[("6r", "nothing was missed yet")]);
}

#[test]
fn a_hint_and_the_page_behind_show() {
    quiz("press-once", "h").shows("Think of a polite one.");
    quiz("bells-hum", "f<Enter>e").shows("Two tones, the higher one first.");
    quiz("bells-hum", "f<Enter>e[").shows("A good bell hums all night.");
}

#[test]
fn a_session_that_is_left_can_be_gone_on_with() {
    let left = quiz("bells-hum,press-once", "<Esc>");
    left.shows("Go on").keys("<Enter>").shows("1 of 2");
}

#[test]
fn esc_offers_what_was_done_so_far() {
    let so_far = || quiz("bells-hum,press-once", "f<Enter><Enter><Esc>");
    so_far()
        .shows("1 of 1 right so far")
        .hides("Summary so far");
    so_far().keys("<Enter>").shows("2 of 2");
    so_far().keys("<Esc>").shows("Go on").shows("1 of 2 done");
    // From the feedback, too.
    quiz("bells-hum,press-once", "f<Enter><Esc><Enter>").shows("Right.");
}

/// From the question to the summary digits and the letters of choices answer, or do nothing.
#[test]
fn answer_keys_lead_nowhere_else() {
    let still = |ids: &str, script: &str, keys: &str| {
        let before = quiz(ids, script).text();
        for key in keys.chars() {
            let after = quiz(ids, &format!("{script}{key}")).text();
            assert_eq!(after, before, "{key} after {script}");
        }
    };
    still("bells-hum,press-once", "f<Enter>", "1234567890abtf");
    still("press-once,bells-hum", "1<Enter>", "1234567abc");
    still("bells-hum,press-once", "f<Enter><Esc>", "1234567abcdf");
    still("bells-hum", "f<Enter><Enter>", "1234567abcdf");
    let app = quiz("idle-price", "<Esc>3");
    app.shows("> 3").hides("Glossary   ");
}

#[test]
fn the_command_under_the_summary_can_be_copied() {
    for key in ["y", "Y"] {
        let app = quiz("bells-hum", &format!("f<Enter><Enter>{key}"));
        let copied = app.effects.iter().find_map(|effect| match effect {
            Effect::Copy(words, what) => Some((words.as_str(), what.as_str())),
            _ => None,
        });
        let command = "tozero quiz --seed 7 --only bells-hum";
        assert_eq!(copied, Some((command, "the command")), "{key}");
    }
    quiz("bells-hum", "f<Enter><Enter>").shows("y copy command");
}

#[test]
fn letters_go_into_the_field_until_esc() {
    let app = quiz("name-the-sound", "qu");
    assert!(app.effects.iter().all(|e| *e != Effect::Quit));
    app.shows("qu").keys("<Esc>q");
    let app = quiz("name-the-sound", "<Esc>q");
    assert_eq!(app.effects.last(), Some(&Effect::Quit));
    let mut app = quiz("name-the-sound", "");
    app.send(Msg::Paste(crate::text::SafeText::ours("chime")));
    app.shows("chime");
}

#[test]
fn sorting_by_letters_and_digits_goes_on_to_the_next_open_row() {
    let app = quiz("sort-sounds", "");
    let before = app.shown().1;
    let app = app.keys("1");
    assert!(app.shown().1.1 > before.1, "{}", app.text());
    assert_eq!(keys("11").len(), 2);
}

/// The verdict waits for the disk; who does not want to wait goes on.
#[test]
fn a_verdict_shows_when_its_answer_is_saved() {
    let answered = || {
        let mut app = quiz("bells-hum,press-once", "");
        app.saves = false;
        let app = app.keys("f<Enter>");
        let Some(Effect::Record(Change::Add(review))) = app.effects.get(1).cloned() else {
            panic!("a review was kept");
        };
        (app, review.id)
    };
    let (app, id) = answered();
    let mut app = app.shows("saving…").hides("Right.").hides("your answer");
    app.send(Msg::Saved(crate::core::progress::ReviewId(1), None));
    let mut app = app.shows("saving…");
    app.send(Msg::Saved(id, Some("the disk is full".into())));
    app.shows("Right.")
        .shows("not saved: the disk is full")
        .hides("saving…");
    let (app, id) = answered();
    let mut app = app.keys("<Enter>").shows("2 of").hides("saving…");
    app.send(Msg::Saved(id, None));
    app.shows("2 of").hides("Right.");
}

#[test]
fn a_review_that_is_not_saved_is_said_on_top() {
    let mut app = quiz("bells-hum", "f<Enter>");
    let Some(Effect::Record(Change::Add(review))) = app.effects.get(1).cloned() else {
        panic!("a review was kept");
    };
    app.send(Msg::Saved(
        review.id,
        Some(crate::text::SafeText::ours("disk full")),
    ));
    let mut app = app.shows("not saved: disk full");
    app.send(Msg::Saved(review.id, None));
    app.hides("not saved");
}
