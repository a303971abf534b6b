//! The quiz screen: its start page, and what each key does in each phase.

use std::sync::Arc;

use super::*;
use crate::app::Config;
use crate::core::progress::{Change, IdSource, Progress, Review, ReviewOutcome, SavedSession};
use crate::core::quiz::QuestionChoice;
use crate::pack::{Bundled, Kind, Library};
use crate::text::Day;
use crate::views::ViewContext;

const NOW: Timestamp = Timestamp {
    at: 1_795_548_425,
    day: 20_781,
};

/// The screen with what it may look at.
struct Bench {
    library: Library,
    config: Config,
    view: ViewContext,
    screen: QuizScreen,
}

fn loaded(progress: Progress, storage: StorageState) -> LoadedProgress {
    LoadedProgress {
        progress: Arc::new(progress),
        storage,
        notice: None,
        ids: IdSource::new(7),
        now: NOW,
    }
}

impl Bench {
    /// Before the record is read.
    fn closed(flags: &str) -> Self {
        let mut screen = QuizScreen::default();
        screen.set_options(QuizOptions::parse(flags), Some(7), false);
        Self {
            library: Library::open(Arc::new(Bundled)).unwrap(),
            config: Config::default(),
            view: ViewContext::new("scale-to-zero-view", Day::new(2026, 11, 24)),
            screen,
        }
    }

    fn open(flags: &str) -> Self {
        Self::after(flags, Progress::default())
    }

    fn after(flags: &str, progress: Progress) -> Self {
        let mut bench = Self::closed(flags);
        bench
            .screen
            .on_progress(loaded(progress, StorageState::Kept));
        bench.layout();
        bench
    }

    /// The screen, and what it may look at.
    fn parts(&mut self) -> (&mut QuizScreen, ScreenContext<'_>) {
        let context = ScreenContext {
            library: &self.library,
            index: None,
            config: &self.config,
            view: &self.view,
            area: Rect::new(0, 0, 80, 30),
            toast: None,
        };
        (&mut self.screen, context)
    }

    fn layout(&mut self) {
        let (screen, context) = self.parts();
        screen.layout(&context);
    }

    fn act(&mut self, action: Action) -> Response {
        let (screen, context) = self.parts();
        let response = screen.on_action(action, None, &context);
        self.layout();
        for effect in &response.effects {
            if let Effect::Record(change) = effect
                && let Some(id) = change.review()
            {
                self.screen.on_saved(id, None);
                self.layout();
            }
        }
        response
    }

    fn quiz(&mut self, action: QuizAction) -> Response {
        self.act(Action::Quiz(action))
    }

    fn moved(&mut self, to: MoveAction) -> Response {
        self.act(Action::Move(to))
    }

    fn enter(&mut self) -> Response {
        self.moved(MoveAction::Enter)
    }

    fn typed(&mut self, text: &str) {
        for c in text.chars() {
            let (screen, context) = self.parts();
            screen.on_key(Key::char(c), &context);
            self.layout();
        }
    }

    fn rows(&self) -> Vec<String> {
        let text =
            |row: &crate::layout::Row| row.runs.iter().map(|r| r.text.as_str()).collect::<String>();
        let rows = self.screen.shown.page.rows.iter().map(text);
        rows.map(|row| row.trim_end().to_owned()).collect()
    }

    /// The choices of the start page, the one under the cursor first with `>`.
    fn start(&self) -> Vec<String> {
        let rows = self.rows();
        let shown = &self.screen.shown.rows;
        shown
            .iter()
            .map(|r| rows[r.start].trim().to_owned())
            .collect()
    }
}

/// What a response has written: `+right`, `-`, `save`, `drop`, `load`.
fn effects(response: &Response) -> Vec<String> {
    let word = |effect: &Effect| match effect {
        Effect::Record(Change::Add(review)) => format!("+{}", review.outcome.word()),
        Effect::Record(Change::Undo(_)) => "-".to_owned(),
        Effect::Record(Change::SaveSession(_)) => "save".to_owned(),
        Effect::Record(Change::DropSession(_)) => "drop".to_owned(),
        Effect::LoadProgress => "load".to_owned(),
        other => format!("{other:?}"),
    };
    response.effects.iter().map(word).collect()
}

#[track_caller]
fn wrote(response: &Response, expected: &[&str]) {
    assert_eq!(effects(response), expected);
}

#[track_caller]
fn says(response: &Response, expected: &str) {
    assert_eq!(response.toast.as_deref(), Some(expected));
    assert!(response.effects.is_empty(), "{:?}", response.effects);
}

fn left_session() -> Progress {
    let mut progress = Progress::default();
    progress.saved_session = Some(SavedSession {
        session: 1,
        seed: 7,
        options: "--only t-saga,bus-rule".to_owned(),
        done: 0,
        questions: ["t-saga", "bus-rule"]
            .map(|id| crate::core::progress::SavedQuestion {
                question: id.to_owned(),
                ..Default::default()
            })
            .into(),
    });
    progress
}

#[test]
fn the_start_page_says_what_there_is() {
    let bench = Bench::open("--count 5");
    let mut rows = bench.start();
    let next = rows.remove(1);
    assert!(
        next.starts_with("Next       Read the first lesson: "),
        "{next}"
    );
    assert_eq!(
        rows,
        [
            ">  Begin     ‹ 5 questions, about 3 minutes ›",
            &format!(
                "Which      due, then new · {}",
                bench.library.count(Kind::Questions)
            ),
            "Number     5",
            "Level      as you learn · easy now, medium next",
            "Lesson     all lessons",
            "Topic      all topics",
            "Kind       all kinds",
        ]
    );
    let bench = Bench::open("--missed");
    assert_eq!(
        bench.start()[0],
        ">  Begin     ‹ nothing of that kind now ›"
    );
    let bench = Bench::open("--only t-saga,bus-rule");
    assert_eq!(
        bench.start()[0],
        ">  Begin     ‹ 2 questions, about 1 minute ›"
    );
    assert_eq!(bench.start()[2], "Which      just these");
}

#[test]
fn a_session_that_was_left_is_offered_first() {
    let mut bench = Bench::after("", left_session());
    assert_eq!(
        bench.start()[0],
        "Go on     the session you left, 0 of 2 done"
    );
    assert_eq!(
        bench.start()[1],
        ">  Begin     ‹ 10 questions, about 5 minutes ›",
        "a seed was set"
    );
    bench.moved(MoveAction::Up);
    wrote(&bench.enter(), &[]);
    let question = bench
        .screen
        .run
        .as_ref()
        .unwrap()
        .session
        .question(&bench.library);
    assert_eq!(question.map(|q| q.id.as_str()), Some("t-saga"));
    // Nothing was set: going on is under the cursor.
    let mut bench = Bench::closed("");
    bench
        .screen
        .set_options(QuizOptions::default(), None, false);
    bench
        .screen
        .on_progress(loaded(left_session(), StorageState::Kept));
    bench.layout();
    assert!(
        bench.start()[0].starts_with(">  Go on"),
        "{:?}",
        bench.start()
    );
}

#[test]
fn the_rows_of_the_start_page_change() {
    let mut bench = Bench::open("--count 10");
    let row = |bench: &Bench, n: usize| bench.start()[n].clone();
    bench.moved(MoveAction::Down);
    bench.moved(MoveAction::Down);
    bench.enter();
    assert_eq!(bench.screen.options.which, QuestionChoice::Due);
    assert_eq!(row(&bench, 2), "> Which      ‹ due · 0 ›");
    bench.moved(MoveAction::Left);
    assert_eq!(bench.screen.options.which, QuestionChoice::Next);
    bench.moved(MoveAction::Down);
    for expected in ["15", "20", "30", "50", "5", "10"] {
        bench.moved(MoveAction::Right);
        assert_eq!(row(&bench, 3), format!("> Number     ‹ {expected} ›"));
    }
    bench.moved(MoveAction::Down);
    for expected in ["easy", "medium", "hard"] {
        bench.moved(MoveAction::Right);
        assert_eq!(row(&bench, 4), format!("> Level      ‹ {expected} ›"));
    }
    bench.moved(MoveAction::Right);
    for at in [5, 6] {
        bench.moved(MoveAction::Down);
        let any = row(&bench, at);
        bench.moved(MoveAction::Left);
        assert_ne!(row(&bench, at), any, "the last one");
        bench.moved(MoveAction::Right);
        assert_eq!(row(&bench, at), any, "around");
        assert!(bench.enter().open.is_some(), "Enter lets choose");
    }
    bench.moved(MoveAction::Down);
    bench.moved(MoveAction::Right);
    assert_eq!(row(&bench, 7), "> Kind       ‹ single ›");
    bench.moved(MoveAction::Down);
    assert!(row(&bench, 7).starts_with('>'), "there is no row below");
}

#[test]
fn nothing_begins_before_the_record_is_read() {
    let mut bench = Bench::closed("--all");
    bench.layout();
    assert!(
        bench
            .rows()
            .iter()
            .any(|r| r.trim() == "The record is being read.")
    );
    says(&bench.enter(), "one moment: the record is being read");
    let mut bench = Bench::open("--missed");
    says(
        &bench.enter(),
        "nothing of that kind to ask now: choose another",
    );
}

#[test]
fn what_is_not_saved_stays_on_the_start_page() {
    let check = |storage, notice: Option<&str>, expected: Option<&str>| {
        let mut bench = Bench::closed("--all");
        let mut progress = loaded(Progress::default(), storage);
        progress.notice = notice.map(SafeText::from);
        bench.screen.on_progress(progress);
        assert_eq!(bench.screen.notice.as_deref(), expected);
    };
    let forgotten = Some("not saved: answers are forgotten at the end");
    check(StorageState::Kept, None, None);
    check(StorageState::Unsaved, None, forgotten);
    check(StorageState::ReadOnly, None, forgotten);
    check(StorageState::Unsaved, Some("why"), Some("why"));
}

#[test]
fn an_open_question_takes_its_keys() {
    let mut bench = Bench::open("--only bus-rule,t-saga");
    wrote(&bench.enter(), &["save"]);
    says(&bench.enter(), "nothing is chosen yet");
    says(&bench.quiz(QuizAction::Undo), "nothing to take back");
    says(
        &bench.quiz(QuizAction::Statistics),
        "first answer, or leave with Esc",
    );
    says(&bench.quiz(QuizAction::Retry), "nothing was missed yet");
    says(
        &bench.quiz(QuizAction::Page),
        "first answer: the page opens from the verdict on",
    );
    bench.typed("b");
    wrote(&bench.quiz(QuizAction::Guess), &["+right", "save"]);
    says(
        &bench.quiz(QuizAction::Skip),
        "nothing to skip: Enter goes on",
    );
    let undone = bench.quiz(QuizAction::Undo);
    wrote(&undone, &["-", "save"]);
    let words = "the last answer is taken back";
    assert_eq!(undone.toast.as_deref(), Some(words));
    wrote(&bench.quiz(QuizAction::Skip), &["+skipped", "save"]);
}

#[test]
fn a_confident_error_needs_a_second_enter() {
    let mut bench = Bench::open("--only bus-rule,t-saga");
    bench.enter();
    bench.typed("a");
    wrote(&bench.enter(), &["+wrong", "save"]);
    says(
        &bench.enter(),
        "you were sure: read why, then Enter once more",
    );
    wrote(&bench.enter(), &[]);
    assert!(
        bench.screen.typing(),
        "the next question is answered in words"
    );
}

#[test]
fn words_go_into_the_field() {
    let mut bench = Bench::open("--only t-idempotent");
    bench.enter();
    assert!(bench.screen.typing());
    says(&bench.enter(), "nothing is typed yet");
    bench.typed("idempotant");
    let near = bench.enter();
    let words = near.toast.unwrap();
    assert!(words.starts_with("almost: "), "{words}");
    assert!(near.effects.is_empty());
    assert!(
        bench.screen.on_close().handled,
        "the first Esc leaves the field"
    );
    assert!(!bench.screen.typing());
    bench.moved(MoveAction::Down);
    assert!(bench.screen.typing(), "down goes back into it");
    wrote(&bench.enter(), &["+wrong", "save"]);
}

#[test]
fn the_summary_leads_to_what_was_missed_and_back() {
    let mut bench = Bench::open("--only t-saga");
    bench.enter();
    bench.typed("x");
    wrote(&bench.quiz(QuizAction::Guess), &["+wrong", "save"]);
    bench.enter();
    bench.typed("saga");
    wrote(&bench.enter(), &["+right", "drop"]);
    bench.enter();
    assert!(matches!(bench.screen.stage(), Some(Stage::Over)));
    wrote(&bench.quiz(QuizAction::Retry), &["save"]);
    assert!(bench.screen.asking());
    wrote(&bench.screen.on_close(), &[]);
    wrote(&bench.screen.on_close(), &["load"]);
    assert_eq!(bench.screen.phase, QuizPhase::Start);
    assert!(
        !bench.screen.on_close().handled,
        "Esc leaves the start page to others"
    );
    bench.quiz(QuizAction::Statistics);
    assert_eq!(bench.screen.phase, QuizPhase::Statistics);
    wrote(&bench.enter(), &["load"]);
}

#[test]
fn an_answer_of_an_earlier_run_is_undone_and_progress_loaded_again() {
    let mut progress = left_session();
    let review = Review::new(
        IdSource::new(3).review(),
        "t-saga",
        ReviewOutcome::Right,
        true,
        NOW,
        1,
    );
    if let Some(session) = &mut progress.saved_session {
        session.done = 1;
        session.questions[0].review = Some(review.id);
        session.questions[0].outcome = Some(review.outcome);
    }
    let mut bench = Bench::after("", progress);
    bench.moved(MoveAction::Up);
    bench.enter();
    wrote(&bench.quiz(QuizAction::Undo), &["-", "save", "load"]);
}

#[test]
fn a_review_that_is_not_saved_shows_on_top() {
    let mut bench = Bench::open("--only bus-rule,t-saga");
    let head = |bench: &mut Bench| {
        let (screen, context) = bench.parts();
        let head = screen.head(&context, 70);
        head.runs
            .iter()
            .map(|r| r.text.as_str())
            .collect::<String>()
    };
    assert!(head(&mut bench).starts_with("Test what you think you know"));
    bench.enter();
    assert!(head(&mut bench).ends_with("▫·  1 of 2"));
    let id = IdSource::new(3).review();
    bench.screen.on_saved(id, Some("the disk is full".into()));
    assert!(head(&mut bench).ends_with("not saved: the disk is full"));
    bench.screen.on_saved(id, None);
    assert!(head(&mut bench).ends_with("▫·  1 of 2"));
}
