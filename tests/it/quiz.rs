//! The quiz on the screen: each kind, by key scripts against pictures at three sizes, and whatever else is pressed.

use proptest::prelude::*;

use tozero::domain::progress::Outcome;
use tozero::domain::quiz::Wish;
use tozero::ui::msg::{Effect, Mouse, Msg};
use tozero::ui::update::open_quiz;

use crate::support::app::{App, compare};

const SIZES: [(u16, u16); 3] = [(50, 16), (80, 24), (120, 36)];

/// The quiz as `tozero quiz` opens it, with these flags and seed 7.
fn quiz(words: &str, (width, height): (u16, u16)) -> App {
    let mut app = App::bundled(width, height);
    let effects = open_quiz(&mut app.model, Wish::parse(words), Some(7));
    assert_eq!(effects, [Effect::Recall]);
    app.recall();
    app
}

/// Scenes: a name, the flags, and the keys.
const SCENES: &[(&str, &str, &str)] = &[
    ("quiz-start", "--all", ""),
    ("quiz-single", "--only bus-rule,t-saga", "<Enter>b"),
    ("quiz-single-right", "--only bus-rule,t-saga", "<Enter>c<Enter>"),
    ("quiz-single-wrong", "--only provider-view-floor,t-saga", "<Enter>b<Enter>"),
    ("quiz-single-hint", "--only provider-view-floor,t-saga", "<Enter>h"),
    ("quiz-several", "--only m-provider-traits,t-saga", "<Enter>bc"),
    ("quiz-several-partly", "--only m-provider-traits,t-saga", "<Enter>bc<Enter>"),
    ("quiz-true-false", "--only tf-broad-floor,t-saga", "<Enter>f"),
    ("quiz-true-false-wrong", "--only tf-broad-floor,t-saga", "<Enter>f<Enter>"),
    ("quiz-classify", "--only c-strict-sort,t-saga", "<Enter>121"),
    ("quiz-classify-partly", "--only c-strict-sort,t-saga", "<Enter>121212<Enter>"),
    ("quiz-order", "--only o-break-even,t-saga", "<Enter>ca"),
    ("quiz-order-partly", "--only o-break-even,t-saga", "<Enter>cadbe<Enter>"),
    ("quiz-match", "--only p-camps,t-saga", "<Enter>3<Right>"),
    ("quiz-match-partly", "--only p-camps,t-saga", "<Enter>1234<Enter>"),
    ("quiz-numeric", "--only n-break-even-long,t-saga", "<Enter>1,075"),
    ("quiz-numeric-right", "--only n-break-even-long,t-saga", "<Enter>1,075<Ctrl-g>"),
    ("quiz-typed", "--only t-break-even,t-saga", "<Enter>break-evan<Enter>"),
    ("quiz-typed-wrong", "--only t-break-even,t-saga", "<Enter>something<Enter>"),
    ("quiz-summary", "--only provider-view-floor,t-saga", "<Enter>b<Enter><Enter><Enter>saga<Ctrl-g><Enter>c<Enter><Enter>"),
    ("quiz-statistics", "--only provider-view-floor,t-saga", "<Enter>b<Enter>v"),
    ("quiz-resume", "--only provider-view-floor,t-saga", "<Enter>b<Enter><Esc>"),
];

#[test]
fn the_quiz_looks_as_approved() {
    for (name, words, keys) in SCENES {
        for size in SIZES {
            let app = quiz(words, size).keys(keys);
            compare(&format!("{name}-{}x{}", size.0, size.1), &app.picture());
        }
    }
}
